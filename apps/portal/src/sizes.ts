// How large a page is.

/**
 * Limit per page (bytes); a longer body is shown in parts, and each part with its markup does not exceed the second
 * number.
 */
export const largestPage = 60_000
export const largestPart = 42_000
