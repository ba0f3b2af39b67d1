import { describe, expect, test } from 'vitest'
import { toAppError } from './http/problem.ts'
import { safeError } from './safe-error.ts'

/** What drizzle throws around what the driver throws. */
const failed = (cause: Error): Error =>
  Object.assign(new Error('Failed query: insert into "comments" values ($1)\nparams: 某居民,13800001111', { cause }), {
    query: 'insert into "comments" values ($1)',
    params: ['某居民', '13800001111'],
  })

describe('写进日志的错误', () => {
  test.each([
    ['22021', 'invalid byte sequence for encoding "UTF8": 0x00 13800001111'],
    ['23505', 'duplicate key value 13800001111'],
  ])('SQLSTATE %s：留下代码、表与出处，不留参数与驱动的原话', (code, message) => {
    const cause = Object.assign(new Error(message), {
      severity: 'ERROR',
      code,
      table: 'comments',
      detail: '13800001111',
    })
    const kept = safeError(failed(cause)) as Record<string, string>
    expect(kept).toMatchObject({ code, table: 'comments' })
    expect(kept.stack).toContain('safe-error.test.ts')
    expect(JSON.stringify(kept)).not.toMatch(/13800001111|某居民|insert into/)
  })

  test('数据库断开留下原因，参数仍不留', () => {
    const kept = safeError(failed(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })))
    expect(kept).toMatchObject({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' })
    expect(JSON.stringify(kept)).not.toContain('13800001111')
  })

  test.each(['53100', '53200', '53300'])('数据库资源用尽（%s）答复 503，不是系统内部错误', (code) => {
    const full = failed(Object.assign(new Error('No space left on device'), { severity: 'ERROR', code }))
    expect(toAppError(full)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('已满') })
  })

  test('程序自己的错误照原样', () => {
    expect(safeError(new TypeError('没有这个函数'))).toMatchObject({ type: 'TypeError', message: '没有这个函数' })
  })
})
