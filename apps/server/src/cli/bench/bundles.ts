// 工作台首次载入（登录与待办）的文件与压缩后的大小，与 300 KB 的上限并列；其后按需载入的各块。
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { ensureWorkbenchBuilt, workbenchDir } from '@dianzhang/workbench'

/** 首次载入的脚本压缩后不得超过的 KB（gzip，浏览器都支持的一种）。 */
const firstLoadLimitKb = 300

export interface BundleFile {
  file: string
  kb: number
  gzipKb: number
  brotliKb: number
}
export interface BundleBench {
  limitKb: number
  /** 首页写明要载入的脚本与样式。 */
  first: BundleFile[]
  scripts: Omit<BundleFile, 'file'>
  styles: Omit<BundleFile, 'file'>
  /** 用到时才载入的，大的在前。 */
  later: BundleFile[]
}

export const kilobytes = (bytes: number): number => Math.round(bytes / 102.4) / 10
/** 一份内容的大小：原样、gzip、brotli（与服务端发送的同一档）。 */
export function sizes(content: Buffer): Omit<BundleFile, 'file'> {
  return {
    kb: kilobytes(content.length),
    gzipKb: kilobytes(gzipSync(content, { level: 9 }).length),
    brotliKb: kilobytes(
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
        .length,
    ),
  }
}
const sum = (files: readonly BundleFile[]): Omit<BundleFile, 'file'> => {
  const of = (key: 'kb' | 'gzipKb' | 'brotliKb') =>
    Math.round(files.reduce((total, each) => total + each[key], 0) * 10) / 10
  return { kb: of('kb'), gzipKb: of('gzipKb'), brotliKb: of('brotliKb') }
}

/** 量构建好的文件；没有构建过则先构建。 */
export async function benchBundles(say: (line: string) => void): Promise<BundleBench> {
  await ensureWorkbenchBuilt(say)
  const page = readFileSync(join(workbenchDir, 'index.html'), 'utf8')
  const named = new Set([...page.matchAll(/(?:src|href)="\/staff\/assets\/([^"]+)"/g)].map((match) => match[1] ?? ''))
  const files = readdirSync(join(workbenchDir, 'assets'))
    .filter((file) => /\.(js|css)$/.test(file))
    .map((file) => ({ file, ...sizes(readFileSync(join(workbenchDir, 'assets', file))) }))
  const first = files.filter((each) => named.has(each.file))
  const scripts = sum(first.filter((each) => each.file.endsWith('.js')))
  say(`  首次载入的脚本 gzip ${scripts.gzipKb} KB、brotli ${scripts.brotliKb} KB，上限 ${firstLoadLimitKb} KB`)
  return {
    limitKb: firstLoadLimitKb,
    first,
    scripts,
    styles: sum(first.filter((each) => each.file.endsWith('.css'))),
    later: files.filter((each) => !named.has(each.file) && each.gzipKb >= 3).sort((a, b) => b.gzipKb - a.gzipKb),
  }
}
