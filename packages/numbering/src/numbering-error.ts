/** What the numbering package refuses to format. */
export type NumberingErrorCode =
  | 'invalid_prefix'
  | 'invalid_year'
  | 'invalid_sequence'
  | 'invalid_template'
  | 'missing_value'
  | 'invalid_value'
  | 'invalid_organisation_code'
  | 'series_exhausted'
  | 'invalid_series'
  | 'transition_refused'

/** A refusal with a stable `code` and a message in Chinese that can be shown to a person. */
export class NumberingError extends Error {
  readonly code: NumberingErrorCode
  constructor(code: NumberingErrorCode, message: string) {
    super(message)
    this.name = 'NumberingError'
    this.code = code
  }
}
