// 登记库的续页标记：装着上一页末项的位置与第一页的计数，附校验值；改动过的、换了查询条件的一律拒绝。
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { z } from 'zod'

const Position = z.object({
  /** 第几段（命中级别 × 有无公布日期）。 */
  phase: z.int().min(0).max(5),
  published: z.iso.date().nullable(),
  id: z.string().max(200),
  jurisdiction: z.string().max(40),
  /** 第一页所用的日期，翻页期间不变。 */
  on: z.iso.date(),
  count: z.int().min(0),
  exact: z.boolean(),
})
export type Position = z.infer<typeof Position>

const checksum = (payload: string, query: string): string =>
  createHash('sha256').update(`${payload}\n${query}`, 'utf8').digest('base64url').slice(0, 16)

/** `query` 是本次查询全部条件的文本，标记只能用于同样的条件。 */
export function packPosition(position: Position, query: string): string {
  const payload = Buffer.from(JSON.stringify(position), 'utf8').toString('base64url')
  return `${payload}.${checksum(payload, query)}`
}

/** 读出标记；不是本系统发出的、改动过的、用于其他条件的，抛出 AppError('invalid')。 */
export function unpackPosition(cursor: string, query: string): Position {
  const [payload, check, ...more] = cursor.split('.')
  if (payload !== undefined && check === checksum(payload, query) && more.length === 0) {
    try {
      const parsed = Position.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
      if (parsed.success) return parsed.data
    } catch {
      // Refused below.
    }
  }
  throw new AppError('invalid', '续页标记无效', {
    issues: [{ path: 'cursor', message: '续页标记无效或者用于别的查询条件，请从第一页重新开始' }],
  })
}
