// The register's cursor: holds the place of the last item of the page before and the count of the first page, with a
// check value; one that was changed, or is used with other conditions, is always refused.
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { z } from 'zod'

const Position = z.object({
  /** Which segment (level of hit × publication date known or not). */
  phase: z.int().min(0).max(5),
  published: z.iso.date().nullable(),
  id: z.string().max(200),
  jurisdiction: z.string().max(40),
  /** The date used for the first page, unchanged while paging. */
  on: z.iso.date(),
  count: z.int().min(0),
  exact: z.boolean(),
})
export type Position = z.infer<typeof Position>

const checksum = (payload: string, query: string): string =>
  createHash('sha256').update(`${payload}\n${query}`, 'utf8').digest('base64url').slice(0, 16)

/** `query` is the text of all conditions of this query; the cursor is good only for the same conditions. */
export function packPosition(position: Position, query: string): string {
  const payload = Buffer.from(JSON.stringify(position), 'utf8').toString('base64url')
  return `${payload}.${checksum(payload, query)}`
}

/**
 * Reads a cursor; throws `AppError('invalid')` for one that is not from this system, was changed, or belongs to other
 * conditions.
 */
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
