// 需要时才构建工作台：源文件与锁文件的摘要同 dist/.stamp 一致即已是最新，几毫秒内返回，不载入 vite。
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const here = dirname(fileURLToPath(import.meta.url))
const source = join(here, 'src')
const dist = join(here, 'dist')
// What the bundle carries besides its own sources: the contract's schemas for the forms, and the text packages.
const carried = ['contract', 'text', 'formats', 'numbering', 'calendar'].map((name) =>
  join(here, '..', '..', 'packages', name, 'src'),
)
export const workbenchDir = dist

function wanted() {
  const hash = createHash('sha256')
  const add = (path, name) => hash.update(`${name}\n`).update(readFileSync(path)).update('\n')
  for (const folder of [source, ...carried]) {
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
      if (/\.(tsx?|css)$/.test(name) && !/\.(test|fixture)\.tsx?$/.test(name)) add(join(folder, name), name)
    }
  }
  for (const name of ['package.json', 'vite.config.ts', 'tsconfig.json', 'index.html', 'build.mjs'])
    add(join(here, name), name)
  const lock = join(here, '..', '..', 'package-lock.json')
  if (existsSync(lock)) add(lock, 'package-lock.json')
  return hash.digest('hex')
}

function stamped() {
  try {
    return existsSync(join(dist, 'index.html')) ? readFileSync(join(dist, '.stamp'), 'utf8') : undefined
  } catch {
    return undefined
  }
}

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

/**
 * Builds `dist/` when it is missing or older than its sources. Returns whether it built.
 * Several processes may call it at once: each builds into its own folder and moves it into place.
 * @param {(line: string) => void} [log] told once when a build begins and once when it is done
 * @returns {Promise<boolean>}
 */
export async function ensureWorkbenchBuilt(log = () => {}) {
  // An installation that carries only the built files has nothing to compare with.
  if (!existsSync(source) && existsSync(join(dist, 'index.html'))) return false
  const hash = wanted()
  if (stamped() === hash) return false
  log('构建工作台页面……')
  const begun = performance.now()
  const { build } = await import('vite')
  const made = `${dist}.${process.pid}`
  // What is served is always the production build, also when a test or a development server happens to make it.
  const environment = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await build({ configFile: join(here, 'vite.config.ts'), build: { outDir: made } })
    compress(join(made, 'assets'))
    writeFileSync(join(made, '.stamp'), hash)
    for (let attempt = 1; ; attempt += 1) {
      try {
        rmSync(dist, { recursive: true, force: true })
        renameSync(made, dist)
        break
      } catch (error) {
        // Another process put the same build there in between.
        if (stamped() === hash) break
        if (attempt === 5) throw error
      }
    }
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    rmSync(made, { recursive: true, force: true })
  }
  log(`工作台页面已构建，用时 ${((performance.now() - begun) / 1000).toFixed(1)} 秒。`)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureWorkbenchBuilt((line) => console.log(line))
