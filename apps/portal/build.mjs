// Builds the portal: `node build.mjs` builds; other programs go through ensurePortalBuilt, which builds only when
// needed.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPages, ensureBuilt } from '../build-pages.mjs'

const script = fileURLToPath(import.meta.url)
const here = dirname(script)
const pages = {
  name: '门户',
  here,
  script,
  entry: 'index.js',
  folders: [join(here, 'src')],
  files: ['package.json', 'vite.config.ts', 'tsconfig.json', 'build.mjs'],
}

/**
 * Builds `dist/` when it is missing or older than its sources. Returns whether it built.
 * @param {(line: string) => void} [log]
 * @returns {Promise<boolean>}
 */
export const ensurePortalBuilt = (log = () => {}) => ensureBuilt(pages, log)

if (process.argv[1] === script) await buildPages(pages)
