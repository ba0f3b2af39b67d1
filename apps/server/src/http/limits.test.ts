import { AppError } from '@dianzhang/contract'
import { expect, test } from 'vitest'
import { createLimiter } from './limits.ts'

const taker = (limiter: ReturnType<typeof createLimiter>) => (address: string) => {
  try {
    limiter.take(address)
    return 'taken'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

test('一个地址用完即止，逐次恢复，不影响别的地址，恢复不超过上限', () => {
  let now = 0
  const take = taker(createLimiter({ burst: 2, secondsPerToken: 10 }, () => now))
  expect([take('a'), take('a'), take('a'), take('b')]).toEqual(['taken', 'taken', 'rate_limited', 'taken'])
  now = 9_999
  expect(take('a')).toBe('rate_limited')
  now = 10_000
  expect([take('a'), take('a')]).toEqual(['taken', 'rate_limited'])
  now = 10_000_000
  expect([take('a'), take('a'), take('a')]).toEqual(['taken', 'taken', 'rate_limited'])
})
