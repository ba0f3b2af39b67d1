// 静态文件：样式表随程序读入一次，名字里带摘要，可以永久缓存。
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

/** 样式表与图标；样式表与编译后的程序放在同一文件夹。 */
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
