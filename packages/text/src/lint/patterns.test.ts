import { describe, expect, test } from 'vitest'
import { clauseHit } from './clauses.ts'
import { lintPatterns } from './patterns.ts'

test('there are 45 patterns with distinct ids', () => {
  expect(lintPatterns).toHaveLength(45)
  expect(new Set(lintPatterns.map((pattern) => pattern.id)).size).toBe(45)
})

describe.each(lintPatterns.map((pattern) => [pattern.id, pattern] as const))('%s', (_id, pattern) => {
  test(`asks about: ${pattern.match}`, () => expect(clauseHit(pattern, pattern.match)).not.toBeNull())
  test(`stays silent about: ${pattern.nomatch}`, () => expect(clauseHit(pattern, pattern.nomatch)).toBeNull())
})

test('依照《…办法》does not silence a penalty, 依照《…条例》does', () => {
  const penalty = lintPatterns.find((pattern) => pattern.id === 'L03')
  if (penalty === undefined) throw new Error('没有 L03')
  expect(clauseHit(penalty, '依照《某县市容管理办法》处200元罚款')).not.toBeNull()
  expect(clauseHit(penalty, '依照《城市道路管理条例》处200元罚款')).toBeNull()
})
