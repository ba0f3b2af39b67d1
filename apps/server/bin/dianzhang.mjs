#!/usr/bin/env node
// The command line: where the host's Node is too old, the Node 24 that npm brought runs the program.
// Plain JavaScript that Node 20 can read; the program itself is TypeScript, built beforehand or run by type stripping (22.18
// or newer).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

endWithNpm()

// 'strip' where Node reads TypeScript by itself (22.18, 23.6, 24 …), absent or false where it does not.
if (process.features.typescript) {
  endWithParent()
  await run()
} else {
  const node = newerNode()
  if (node === undefined || process.env.DIANZHANG_REEXEC === '1') {
    console.error(
      `典章需要 Node 22.18 或更新版本，当前为 ${process.versions.node}，也没有找到 npm 带来的 Node 24。` +
        '请在程序文件夹中运行 npm ci（不要使用 --omit=optional）。',
    )
    process.exitCode = 1
  } else {
    const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      // The fourth carries nothing: it closes when this process ends, however that happens (see endWithParent).
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
      // With an arena for every thread, glibc keeps some 30 MB more of what was freed, and some 20 MB more when it raises
      // its own thresholds with what was allocated; elsewhere this means nothing.
      env: {
        MALLOC_ARENA_MAX: '1',
        MALLOC_TRIM_THRESHOLD_: '131072',
        ...process.env,
        DIANZHANG_REEXEC: '1',
        DIANZHANG_PARENT_PIPE: '3',
      },
    })
    // The terminal sends Ctrl-C to both; a service manager may signal only this process.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      })
    }
    child.once('error', (error) => {
      console.error(`无法启动 ${node}：${error.message}`)
      process.exitCode = 1
    })
    child.once('exit', (code, signal) => {
      process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1))
    })
  }
}

/** The built program where it is that of these sources (built.mjs), otherwise the sources. */
async function run() {
  const { builtProgram } = await import('./built.mjs')
  const built = builtProgram()
  if (built === undefined) {
    await import('./quick-start.mjs')
    await import('../src/cli/dianzhang.ts')
  } else {
    nodeModule.enableCompileCache?.()
    await import(built)
  }
}

/**
 * The process that this launcher started ends when the launcher does, also when that was killed without a chance to pass
 * the signal on: nobody would be left who knows of it, and it would keep the port and the data folder. It is asked to
 * stop in order and has ten seconds for it.
 */
function endWithParent() {
  const pipe = Number(process.env.DIANZHANG_PARENT_PIPE)
  // Not meant for the processes that this one starts.
  delete process.env.DIANZHANG_PARENT_PIPE
  if (!Number.isInteger(pipe) || pipe < 3) return
  let parent
  try {
    parent = new Socket({ fd: pipe, readable: true, writable: false })
  } catch {
    return
  }
  parent.unref()
  parent.resume()
  parent.once('error', () => {})
  parent.once('close', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10_000).unref()
    process.kill(process.pid, 'SIGTERM')
  })
}

/**
 * `npm start` that is ended without its terminal (closed window, a signal to npm alone) leaves its scripts behind, with
 * the port and the data folder: what npm started ends once it has been handed to another parent.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  // Not meant for the processes that this one starts.
  delete process.env.npm_lifecycle_event
  const parent = process.ppid
  if (parent <= 1) return
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 1000)
  watch.unref()
}

/** The executable of the `node-<platform>` package, looked for upwards from this file. */
function newerNode() {
  const windows = process.platform === 'win32'
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')
    if (existsSync(found)) return found
    if (dirname(folder) === folder) return undefined
  }
}
