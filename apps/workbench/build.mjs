// Builds the workbench: `node build.mjs` builds; other programs go through ensureWorkbenchBuilt, which builds only
// when needed.
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { buildPages, ensureBuilt } from '../build-pages.mjs'

const script = fileURLToPath(import.meta.url)
const here = dirname(script)
export const workbenchDir = join(here, 'dist')

/** Compressed once here instead of at every request. */
function compress(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue
    const bytes = readFileSync(join(folder, name))
    writeFileSync(
      join(folder, `${name}.br`),
      brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    )
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/** The parts of earlier builds: pages opened before will still come to fetch them. */
const builds = 3
/**
 * Keeps the parts of the last builds under `previous/<time>/`: a page opened before this build asks for its own parts by
 * their old names.
 * @param {string} made the new build, not yet in its place
 * @param {string} [old] the build it replaces
 */
export function keepPrevious(made, old = workbenchDir) {
  if (!existsSync(join(old, 'assets'))) return
  const kept = join(made, 'previous')
  const earlier = existsSync(join(old, 'previous'))
    ? readdirSync(join(old, 'previous'))
        .sort()
        .slice(1 - builds)
    : []
  for (const name of earlier) cpSync(join(old, 'previous', name), join(kept, name), { recursive: true })
  const fresh = new Set(readdirSync(join(made, 'assets')))
  // Whole milliseconds: with a fraction, names of different length would not sort by time.
  const built = String(Math.trunc(statSync(join(old, 'index.html')).mtimeMs)).padStart(15, '0')
  cpSync(join(old, 'assets'), join(kept, built), {
    recursive: true,
    filter: (path) => !fresh.has(basename(path)),
  })
}

const pages = {
  name: '工作台',
  here,
  script,
  entry: 'index.html',
  // What the bundle carries besides its own sources: the contract's schemas for the forms, and the text packages.
  folders: [
    join(here, 'src'),
    ...['contract', 'text', 'formats', 'numbering', 'calendar'].map((name) =>
      join(here, '..', '..', 'packages', name, 'src'),
    ),
  ],
  files: ['package.json', 'vite.config.ts', 'tsconfig.json', 'index.html', 'build.mjs'],
  finish: (made) => {
    compress(join(made, 'assets'))
    keepPrevious(made)
  },
}

/**
 * Builds `dist/` when it is missing or older than its sources. Returns whether it built.
 * @param {(line: string) => void} [log]
 * @returns {Promise<boolean>}
 */
export const ensureWorkbenchBuilt = (log = () => {}) => ensureBuilt(pages, log)

if (process.argv[1] === script) await buildPages(pages)
