// Small helpers for writing XML and HTML.

const signs: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;' }

/** Characters that XML 1.0 does not allow at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** The text without the characters XML cannot carry; half a surrogate pair becomes U+FFFD. */
export const withoutControls = (text: string): string => text.replace(forbidden, '').toWellFormed()

/** The same data with every text in it as `withoutControls` gives it. In: plain data (objects, arrays, texts, numbers). */
export function withoutControlsIn<T>(data: T): T {
  if (typeof data === 'string') return withoutControls(data) as T
  if (Array.isArray(data)) return data.map(withoutControlsIn) as T
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutControlsIn(value)])) as T
}

/** Text for element content or an attribute in double quotes. Control characters XML cannot carry are left out. */
export const escapeXml = (text: string): string =>
  withoutControls(text).replace(/[<>&"']/g, (sign) => signs[sign] ?? sign)

/** ` name="value"` for each attribute that has a value. */
export const attributesOf = (attributes: Record<string, string | null | undefined>): string =>
  Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('')
