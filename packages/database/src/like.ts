// Words that somebody typed, for `like` and `ilike`: their signs stand for themselves.

/** The words with `\`, `%` and `_` taken literally. */
export const literally = (words: string): string => words.replace(/[\\%_]/g, '\\$&')
/** A pattern for what contains these words anywhere. */
export const containing = (words: string): string => `%${literally(words)}%`
