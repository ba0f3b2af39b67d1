/** Done beside the comments' own words, not in a form of their own. */
export const besideComments: ReadonlySet<string> = new Set([
  'DisposeComment',
  'DisposeComments',
  'GroupComments',
  'SettleHeldComments',
  'RedactComments',
])

/** Where on a file's page a command is done: its form, or the comments (the first that waits, where they are dealt with). */
export const placeOfCommand = (command: string): { do: string } | { tab: 'consultation'; on?: 'first' } =>
  command === 'DisposeComment'
    ? { tab: 'consultation', on: 'first' }
    : besideComments.has(command)
      ? { tab: 'consultation' }
      : { do: command }
