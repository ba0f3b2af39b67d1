// Nobody waits without end: each statement has its limit (compose.ts), but a page asks many, and a database that answers
// each of them slowly would keep visitors and memory for minutes.
import { AppError } from '@dianzhang/contract'
import type { MiddlewareHandler } from 'hono'
import { listUploads, uploads } from './guards.ts'
import type { AppEnv } from './types.ts'

/** How long an answer may take (ms): pages and lists; what is written, or computed as a file in another thread. */
export const patience = { reading: 25_000, work: 50_000 } as const

/** Files have limits of their own, after waiting for a free thread. */
const files = /\.(?:csv|docx|pdf|xlsx|xml)$|\/export\/|^\/bulk\//

/**
 * 503 with `Retry-After` when there is no answer in time. What has been begun is not taken back: of a write nobody can
 * say whether it was done, so the sentence asks to look first; the same `commandId` sent again does it once.
 */
export function answerInTime(limits: { reading: number; work: number } = patience): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { path, method } = c.req
    // How long a file takes to come is the visitor's line, not ours.
    if (uploads.path.test(path) || listUploads.path.test(path)) return next()
    const reads = method === 'GET' || method === 'HEAD'
    const limit = reads && !files.test(path) ? limits.reading : limits.work
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const said = reads
        ? `系统 ${limit / 1000} 秒没有答复，数据库可能太慢或者断开。请稍后再试；一再如此的，请告知系统管理员。`
        : `系统 ${limit / 1000} 秒没有答复，可能已经办理，也可能没有。请先查看是否办好；原样再提交一次，不会办两遍。`
      timer = setTimeout(() => reject(new AppError('unavailable', said, { retryAfter: 15 })), limit)
    })
    const answered = next()
    // What comes after the answer is nobody's any more.
    answered.catch(() => {})
    await Promise.race([answered, late]).finally(() => clearTimeout(timer))
  }
}
