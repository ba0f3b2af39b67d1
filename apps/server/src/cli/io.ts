// Where commands write: results to standard output, progress and errors to standard error; tests put in their own.
export interface Io {
  /** One result, on a line or lines of its own. */
  out(text: string): void
  error(text: string): void
  /**
   * Passing progress; on a terminal it overwrites the previous sentence, an empty string clears it; not shown when
   * not on a terminal.
   */
  progress(text: string): void
  /** Whether standard error is a terminal. */
  terminal: boolean
}

export const standardIo: Io = {
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
  },
  terminal: process.stderr.isTTY === true,
}
