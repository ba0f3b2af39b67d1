// Shared by the portal and the workbench: builds only when needed. When the digest of the source files and the lock
// file equals dist/.stamp, the build is already up to date and returns within a few milliseconds, without loading
// vite.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inTurn } from './in-turn.mjs'

/**
 * @typedef {object} Pages
 * @property {string} name for messages: portal or workbench
 * @property {string} here the application's folder
 * @property {string} script the build program itself; run in another process
 * @property {string} entry a file that dist always holds after a successful build
 * @property {string[]} folders source folders whose contents decide the result
 * @property {string[]} files further files that decide the result, relative to `here`
 * @property {(made: string) => void} [finish] work done after the build, before it is put in place
 */

/** @param {Pages} pages */
function wanted(pages) {
  const hash = createHash('sha256')
  const add = (path, name) => hash.update(`${name}\n`).update(readFileSync(path)).update('\n')
  for (const folder of pages.folders) {
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
      if (/\.(tsx?|css)$/.test(name) && !/\.(test|fixture)\.tsx?$/.test(name)) add(join(folder, name), name)
    }
  }
  for (const name of pages.files) add(join(pages.here, name), name)
  add(fileURLToPath(import.meta.url), 'build-pages.mjs')
  const lock = join(pages.here, '..', '..', 'package-lock.json')
  if (existsSync(lock)) add(lock, 'package-lock.json')
  return hash.digest('hex')
}

/** @param {Pages} pages */
function stamped({ here, entry }) {
  try {
    return existsSync(join(here, 'dist', entry)) ? readFileSync(join(here, 'dist', '.stamp'), 'utf8') : undefined
  } catch {
    return undefined
  }
}

/**
 * Builds `dist/` when it is missing or older than its sources. Returns whether it built. The build runs in a process of its
 * own: what the bundler takes of memory goes with it, the server keeps none of it.
 * @param {Pages} pages
 * @param {(line: string) => void} log told once when a build begins and once when it is done
 * @returns {Promise<boolean>}
 */
export async function ensureBuilt(pages, log) {
  // An installation that carries only the built files has nothing to compare with.
  if (!existsSync(join(pages.here, 'src')) && existsSync(join(pages.here, 'dist', pages.entry))) return false
  if (stamped(pages) === wanted(pages)) return false
  log(`构建${pages.name}页面……`)
  const begun = performance.now()
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [pages.script], { stdio: ['ignore', 'ignore', 'pipe'] })
    const said = []
    child.stderr.on('data', (chunk) => said.push(chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve(undefined)
        : reject(
            new Error(`${pages.name}页面没有构建成（${code}）：\n${Buffer.concat(said).toString('utf8').slice(-4000)}`),
          ),
    )
  })
  log(`${pages.name}页面已构建，用时 ${((performance.now() - begun) / 1000).toFixed(1)} 秒。`)
  return true
}

/**
 * The build itself, in the process that runs the build script: into a folder of its own that is then moved into place. One
 * at a time; who comes while another builds takes what that one has made.
 * @param {Pages} pages
 */
export async function buildPages(pages) {
  const hash = wanted(pages)
  const lock = join(pages.here, 'dist.lock')
  const before = stamped(pages)
  // Built by hand it is built also when nothing has changed; built by another meanwhile it need not be built again.
  await inTurn(lock, { done: () => before !== hash && stamped(pages) === hash }, () => build(pages, hash))
}

async function build(pages, hash) {
  const dist = join(pages.here, 'dist')
  const made = `${dist}.${process.pid}`
  // A build that was killed leaves its folder behind.
  for (const name of readdirSync(pages.here))
    if (/^dist\.\d+$/.test(name)) rmSync(join(pages.here, name), { recursive: true, force: true })
  // What is served is always the production build, also when a test or a development server happens to make it.
  process.env.NODE_ENV = 'production'
  const vite = await import('vite')
  try {
    await vite.build({ configFile: join(pages.here, 'vite.config.ts'), build: { outDir: made } })
    pages.finish?.(made)
    writeFileSync(join(made, '.stamp'), hash)
    rmSync(dist, { recursive: true, force: true })
    renameSync(made, dist)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
