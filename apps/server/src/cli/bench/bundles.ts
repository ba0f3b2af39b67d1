// Files of the workbench's first load (sign-in and to-do list) and their compressed size, beside the limit of 300 KB;
// then the chunks loaded on demand.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { ensureWorkbenchBuilt, workbenchDir } from '@dianzhang/workbench'

/** The KB that the scripts of the first load must not exceed when compressed (gzip, which every browser supports). */
const firstLoadLimitKb = 300

export interface BundleFile {
  file: string
  kb: number
  gzipKb: number
  brotliKb: number
}
export interface BundleBench {
  limitKb: number
  /** The scripts and styles that the first page says to load. */
  first: BundleFile[]
  scripts: Omit<BundleFile, 'file'>
  styles: Omit<BundleFile, 'file'>
  /** Loaded only when used, the largest first. */
  later: BundleFile[]
}

export const kilobytes = (bytes: number): number => Math.round(bytes / 102.4) / 10
/** The size of a content: as it is, gzip, brotli (at the level the server sends). */
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

/** Measures the built files; builds first if they have not been built. */
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
