// Where the program is that was built (see ../build.mjs) from the sources as they lie here: dist/<what they are>/.
// Without it, or when anything was edited since, the sources are run: they need no build.
// Plain JavaScript without packages: read at every start, by the host's Node as well.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const server = join(dirname(fileURLToPath(import.meta.url)), '..')
export const root = join(server, '..', '..')
/** Beside the sources, so that packages are found from it as from them. */
export const dist = join(server, 'dist')

/** Of every file that the program is made from: name, size and when it was last written, which takes a few milliseconds. */
export function sourcesNow() {
  const hash = createHash('sha256').update(root)
  const add = (path) => {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  const addFolder = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) addFolder(path)
      else if (/\.(tsx?|json|mjs|css)$/.test(entry.name) && !/\.(test|fixture)\.ts$/.test(entry.name)) add(path)
    }
  }
  addFolder(join(server, 'src'))
  addFolder(join(root, 'apps/portal/src'))
  for (const name of readdirSync(join(root, 'packages')).sort()) addFolder(join(root, 'packages', name, 'src'))
  // The portal goes in as it was built.
  hash.update(readFileSync(join(root, 'apps/portal/dist/.stamp')))
  for (const name of ['package-lock.json', 'apps/server/build.mjs']) hash.update(readFileSync(join(root, name)))
  return hash.digest('hex').slice(0, 32)
}

/** The address of the built program; undefined where there is none for these sources. */
export function builtProgram() {
  // Watched for edits, it is the files that are edited that have to be loaded.
  if (process.env.WATCH_REPORT_DEPENDENCIES) return undefined
  try {
    const path = join(dist, sourcesNow(), 'dianzhang.mjs')
    return existsSync(path) ? pathToFileURL(path).href : undefined
  } catch {
    // Not even the portal has been built.
    return undefined
  }
}
