/** What the calendar refuses to answer. */
export type CalendarErrorCode =
  | 'invalid_date'
  | 'invalid_instant'
  | 'invalid_amount'
  | 'invalid_unit'
  | 'invalid_pause'
  | 'invalid_data'
  | 'out_of_range'
  | 'too_long'

/** A refusal with a stable `code` and a message in Chinese that can be shown to a person. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode
  constructor(code: CalendarErrorCode, message: string) {
    super(message)
    this.name = 'CalendarError'
    this.code = code
  }
}
