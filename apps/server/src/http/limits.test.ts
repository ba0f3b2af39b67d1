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

test('同一端口上的各个进程合起来算：别处用掉的，这里也少', () => {
  const heard: Array<Array<(key: string) => void>> = [[], []]
  const limiters = [0, 1].map((own) =>
    taker(
      createLimiter({ burst: 3, secondsPerToken: 10 }, () => 0, {
        say: (key) => {
          for (const listener of heard[1 - own] ?? []) listener(key)
        },
        hear: (listener) => heard[own]?.push(listener),
      }),
    ),
  )
  const [here, there] = limiters as [(address: string) => string, (address: string) => string]
  expect([here('a'), there('a'), here('a'), there('a'), here('a'), there('b')]).toEqual([
    'taken',
    'taken',
    'taken',
    'rate_limited',
    'rate_limited',
    'taken',
  ])
})
