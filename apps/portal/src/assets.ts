// The style, which stands in each page, and the icon. The style is 5 KB packed: fetched by itself it would cost whoever comes
// for the first time another round trip before anything is seen.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export interface Asset {
  path: string
  type: string
  body: string
  immutable: boolean
}

const seal =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#8c1d18"/><path d="M9 8h14v16H9zM9 13h14M9 18h14M13.7 8v10M18.3 8v10" fill="none" stroke="#fff" stroke-width="2"/></svg>'

/** Without comments and the blanks of its layout; no rule has two blanks or a brace inside a string. */
const packed = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replaceAll(';}', '}')
    .trim()

let style: string | undefined
/** The style of all pages; it lies in the same folder as the compiled program and is read once. */
export const styleOfPages = (): string => {
  style ??= packed(readFileSync(new URL('./portal.css', import.meta.url), 'utf8'))
  return style
}
/** What a content security policy names to allow this style and no other. */
export const styleSource = (): string => `'sha256-${createHash('sha256').update(styleOfPages()).digest('base64')}'`
export const assets: readonly Asset[] = [
  { path: '/assets/seal.svg', type: 'image/svg+xml', body: seal, immutable: false },
]
