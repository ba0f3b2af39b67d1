// The shape of a check's result: a finding is a question, never a conclusion.

/** block: settled only once a reviewer confirms it; warn: the drafter confirms; review: a person takes a look */
export type Severity = 'block' | 'warn' | 'review'

/** One question about one place of a text. Offsets are UTF-16 code units of the text that was read; lines count from 1. */
export interface Finding {
  /** L01–L24, F01–F21 of the patterns; S01… of the checks of the whole text. */
  id: string
  severity: Severity
  category: string
  /** Articles the question rests on. */
  basis: string
  /** A question in Chinese to the drafter or reviewer. */
  message: string
  /** The words the question is about; empty when something is missing. */
  quote: string
  start: number
  end: number
  line: number
  /** Id of the innermost element that holds the place. */
  element?: string
  /** Printed address of that element: “第十二条第二款第（三）项” */
  address?: string
}
