// Any few signs, repeated: no expression may wander for long, wherever the line stands. The clock can stop what hangs.
import { readdirSync, readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cite } from './cite.ts'
import { lint } from './lint/lint.ts'
import { parseText } from './parse.ts'
import { statementOf } from './statement.ts'
import { substanceOf } from './substance.ts'

/** What the expressions of this package speak of: the words and signs in its own sources, so that a new one joins by itself. */
const spoken = ((): string[] => {
  const folder = new URL('.', import.meta.url)
  const words = new Map<string, number>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || /\.(test|fixture)\.ts$/.test(name)) continue
    const source = readFileSync(new URL(name, folder), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gmu, '')
    for (const [word] of source.matchAll(/[\p{Script=Han}]{1,6}|[^\p{Script=Han}A-Za-z0-9\n]/gu))
      words.set(word, (words.get(word) ?? 0) + 1)
  }
  return [...words.keys(), '1', '12', 'a', 'Word', '　', '\t', '\u200b']
})()

const state = globalThis as { pumped?: () => void }
const script = new Script('globalThis.pumped()')
/** Milliseconds of this process for reading `source` in every way; stops after two seconds. */
function costOf(source: string): number {
  state.pumped = () => {
    const structure = parseText(source)
    cite(source)
    lint(source)
    statementOf(source, structure)
    substanceOf({ body: source }, { body: `${source}费` }, { mostCharacters: 50 })
  }
  const before = process.cpuUsage()
  try {
    script.runInThisContext({ timeout: 2000 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return 2000
  }
  return process.cpuUsage(before).user / 1000
}

// Signs are few among the words, and it is they that expressions divide by.
const signs = spoken.filter((word) => !/\p{Script=Han}/u.test(word))
const piece = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...signs) },
  { weight: 1, arbitrary: fc.constantFrom(...spoken) },
)
const unit = fc.array(piece, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
const frames: ReadonlyArray<(text: string) => string> = [
  (text) => `${text}\n`,
  (text) => `某办法\n第一条　${text}。\n`,
  (text) => `某办法\n第一条　${text}\n`,
  (text) => `当前位置：首页 > 政策\n${text}\n某办法\n第一条　甲。\n`,
  (text) => `某办法\n第一条　甲。\n${text}`,
]

it('a line of 600 characters made of any few signs is read within a tenth of a second', () => {
  expect(spoken.length).toBeGreaterThan(400)
  fc.assert(
    fc.property(unit, piece, fc.constantFrom(...frames), (repeated, last, frame) => {
      const source = frame(repeated.repeat(Math.ceil(600 / repeated.length)).slice(0, 600) + last)
      const cost = costOf(source)
      // Whatever else the machine does at that moment: measured again before it counts.
      if (cost > 100)
        expect([source, Math.min(cost, costOf(source), costOf(source))]).toEqual([
          source,
          expect.toSatisfy((ms: number) => ms <= 100),
        ])
    }),
    { numRuns: Number(process.env.PUMPED ?? 1200), endOnFailure: true },
  )
})
