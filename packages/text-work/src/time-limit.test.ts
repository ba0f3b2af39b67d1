// The time limit for work done in place.
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
  expect(performance.now() - begun).toBeLessThan(5000)
  expect(within(50, () => 7, tooLong)).toBe(7)
})

test('结果、错误原样出来；里面再限时的以外面的为准', () => {
  const answer = { a: 1 }
  expect(within(1000, () => answer, tooLong)).toBe(answer)
  const own = new RangeError('自己的')
  expect(() =>
    within(
      1000,
      () => {
        throw own
      },
      tooLong,
    ),
  ).toThrow(own)
  expect(within(1000, () => within(1, () => 8, tooLong), tooLong)).toBe(8)
})
