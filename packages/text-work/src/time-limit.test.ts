// The time limit for work done in place.
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { within } from './time-limit.ts'

const tooLong = () => new Error('太久')

test('没完没了的正则表达式、循环到时停下，此后照常', () => {
  const begun = performance.now()
  expect(() => within(50, () => /^(a+)+$/.test(`${'a'.repeat(60)}b`), tooLong)).toThrow('太久')
  expect(() =>
    within(
      50,
      () => {
        for (;;);
      },
      tooLong,
    ),
  ).toThrow('太久')
  expect(performance.now() - begun).toBeLessThan(30_000)
  // The limit goes by the clock: on a busy machine a moment of work may wait fifty milliseconds for its turn.
  expect(within(10_000, () => 7, tooLong)).toBe(7)
})

test('结果、错误原样出来；里面再限时的以外面的为准', () => {
  const answer = { a: 1 }
  expect(within(10_000, () => answer, tooLong)).toBe(answer)
  const own = new RangeError('自己的')
  expect(() =>
    within(
      10_000,
      () => {
        throw own
      },
      tooLong,
    ),
  ).toThrow(own)
  expect(within(10_000, () => within(1, () => 8, tooLong), tooLong)).toBe(8)
})

test('里面排下的事（微任务）在外面做，不算在限时之内', async () => {
  let later = false
  const answer = within(
    10_000,
    () => {
      queueMicrotask(() => {
        later = true
      })
      return later
    },
    tooLong,
  )
  expect([answer, later]).toEqual([false, false])
  await null
  expect(later).toBe(true)
})

test('限时不另起一个线程：代价不到那样做的一半', () => {
  const one = new Script('1')
  const cpu = (work: () => unknown): number => {
    for (let i = 0; i < 200; i++) work()
    const before = process.cpuUsage()
    for (let i = 0; i < 1000; i++) work()
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const ratios = Array.from(
    { length: 3 },
    () => cpu(() => within(10_000, () => 1, tooLong)) / cpu(() => one.runInThisContext({ timeout: 10_000 })),
  )
  expect(Math.min(...ratios)).toBeLessThan(0.5)
})
