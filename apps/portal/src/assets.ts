// Static files: the stylesheet is read once with the program; its name carries a digest, so it can be cached forever.
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

/** The stylesheet and the icon; the stylesheet lies in the same folder as the compiled program. */
export function loadAssets(): { stylesheet: string; assets: Asset[] } {
  const css = readFileSync(new URL('./portal.css', import.meta.url), 'utf8')
  const stylesheet = `/assets/portal-${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css`
  return {
    stylesheet,
    assets: [
      { path: stylesheet, type: 'text/css; charset=utf-8', body: css, immutable: true },
      { path: '/assets/seal.svg', type: 'image/svg+xml', body: seal, immutable: false },
    ],
  }
}
