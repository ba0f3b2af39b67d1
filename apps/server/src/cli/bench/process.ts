// Start-up time (first, later) and type-check time, both of the whole process.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeEmbedded } from '@dianzhang/database'
import { repository } from './paths.ts'

const launcher = fileURLToPath(new URL('../../../bin/dianzhang.mjs', import.meta.url))

function run(args: string[], env: Record<string, string>, ready: RegExp | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const child = spawn(process.execPath, args, {
      cwd: repository,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let took = 0
    child.stdout.on('data', (d: Buffer) => {
      out += d.toString()
      if (ready?.test(out) && !took) {
        took = Math.round(performance.now() - begun)
        child.kill('SIGTERM')
      }
    })
    child.stderr.on('data', (d: Buffer) => {
      out += d.toString()
    })
    child.once('exit', (code) => {
      if (ready && !took) reject(new Error(`没有启动（${code}）：${out}`))
      else resolve(took || Math.round(performance.now() - begun))
    })
  })
}
export async function benchProcess(say: (line: string) => void) {
  const dir = mkdtempSync(join(tmpdir(), 'dianzhang-bench-start-'))
  try {
    const env = { DIANZHANG_DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'error' }
    const first = await run([launcher, 'demo'], env, /http:\/\/127\.0\.0\.1:\d+/)
    const again: number[] = []
    for (let i = 0; i < 3; i++) again.push(await run([launcher, 'demo'], env, /http:\/\/127\.0\.0\.1:\d+/))
    // As `npm run check:types` does it: the second time nothing has changed.
    const types: number[] = []
    for (let i = 0; i < 2; i++) types.push(await run([join(repository, 'test/check.mjs'), 'types'], {}, null))
    const [typeCheckFirst = 0, typeCheck = 0] = types
    const startAgain = again.sort((a, b) => a - b)[1] ?? 0
    say(
      `  首次 ${first} ms（含建库与演示县），再次 ${startAgain} ms，类型检查 ${typeCheckFirst} ms，再次 ${typeCheck} ms`,
    )
    return { firstStartMs: first, startMs: startAgain, typeCheckFirstMs: typeCheckFirst, typeCheckMs: typeCheck }
  } finally {
    await removeEmbedded(dir)
    rmSync(dir, { recursive: true, force: true })
  }
}
