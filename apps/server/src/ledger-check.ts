// The whole check of everything that is kept, asked for by a button: a process of its own with the independent code of `dianzhang
// verify`, one at a time, so that no request waits for it and it may grow with all ever written.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { answers } from '@dianzhang/contract'
import type { VerifyReport } from './cli/verify.ts'
import { neighbours } from './neighbours.ts'

export type LedgerCheckState = answers.Given<typeof answers.LedgerCheck>
export interface LedgerCheck {
  state(): LedgerCheckState
  /** Begins a check unless one is under way; the state that follows. */
  start(by: string, now: Date): LedgerCheckState
  /** Ends a check that is still under way. */
  close(): void
}
const launcher = fileURLToPath(new URL('../bin/dianzhang.mjs', import.meta.url))
/** A check that takes longer than this is given up (ms). */
const longest = 60 * 60_000

/** `url`: the database that is checked; `clock` stamps the end. */
export function createLedgerCheck(url: string, clock: () => Date): LedgerCheck {
  let child: ChildProcess | null = null
  let state: LedgerCheckState = {
    state: 'never',
    startedAt: null,
    finishedAt: null,
    by: null,
    ok: null,
    checks: [],
    faults: 0,
    notes: [],
    trouble: null,
  }
  // One check for all processes behind the port: whichever is asked tells of it.
  const topic = 'ledger-check'
  let elsewhere: number | null = null
  const become = (next: LedgerCheckState) => {
    state = next
    elsewhere = null
    neighbours.say(topic, state)
  }
  neighbours.hear(topic, (told, from) => {
    state = told as LedgerCheckState
    elsewhere = from
  })
  neighbours.onCome(() => {
    if (elsewhere === null && state.state !== 'never') neighbours.say(topic, state)
  })
  const undone = '核验没有做完，请再试一次；仍然不行的，在服务器上运行 dianzhang verify'
  neighbours.onGone((from) => {
    if (from === elsewhere && state.state === 'running')
      state = { ...state, state: 'failed', finishedAt: clock().toISOString(), trouble: undone }
  })
  const finish = (change: Partial<LedgerCheckState>) => {
    child = null
    become({ ...state, finishedAt: clock().toISOString(), ...change })
  }
  return {
    state: () => state,
    start: (by, now) => {
      if (state.state === 'running') return state
      become({
        state: 'running',
        startedAt: now.toISOString(),
        finishedAt: null,
        by,
        ok: null,
        checks: [],
        faults: 0,
        notes: [],
        trouble: null,
      })
      const one = spawn(process.execPath, [...process.execArgv, launcher, 'verify', '--json'], {
        env: { ...process.env, DATABASE_URL: url },
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: longest,
      })
      child = one
      let out = ''
      one.stdout?.on('data', (chunk: Buffer) => {
        out += chunk.toString()
      })
      one.once('error', (error) => finish({ state: 'failed', trouble: `没有能够开始核验：${error.message}` }))
      one.once('close', (code) => {
        if (child !== one) return
        const report = reportOf(out)
        if (report === null || (code !== 0 && code !== 1))
          return finish({
            state: 'failed',
            trouble: undone,
          })
        finish({
          state: 'done',
          ok: report.ok,
          checks: report.checks.map(({ check, label, checked, faults }) => ({ check, label, checked, faults })),
          faults: report.faults.length,
          notes: report.notes,
        })
      })
      return state
    },
    close: () => {
      const running = child
      child = null
      running?.kill('SIGTERM')
    },
  }
}
function reportOf(out: string): VerifyReport | null {
  try {
    const found = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Partial<VerifyReport>
    return Array.isArray(found.checks) ? (found as VerifyReport) : null
  } catch {
    return null
  }
}
