// Nobody waits without end: each statement has its limit (compose.ts), but a page asks many, and a database that answers
// each of them slowly would keep visitors and memory for minutes.
import { AppError } from '@dianzhang/contract'
import type { MiddlewareHandler } from 'hono'
import { listUploads, packageUpload, uploads } from './guards.ts'
import type { AppEnv } from './types.ts'

/** How long an answer may take (ms): pages and lists; what is written, or computed as a file in another thread. */
export const patience = { reading: 25_000, work: 50_000 } as const

/** Files have limits of their own, after waiting for a free thread. */
const files = /\.(?:csv|docx|pdf|xlsx|xml)$|\/export\/|^\/bulk\//

/** What was asked for, or after `limit` milliseconds the error `late`: what comes afterwards is nobody's any more. */
export async function withLimit<T>(limit: number, asked: Promise<T>, late: () => Error): Promise<T> {
  asked.catch(() => {})
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limit)
  })
  return await Promise.race([asked, over]).finally(() => clearTimeout(timer))
}

/**
 * `work`, or a refusal (503 with `Retry-After`) when it takes too long. What has been begun is not taken back: of a write
 * nobody can say whether it was done, so the sentence asks to look first; the same `commandId` sent again does it once.
 */
export async function inTime<T>(
  { method, path }: { method: string; path: string },
  work: () => Promise<T>,
  limits: { reading: number; work: number } = patience,
): Promise<T> {
  // How long a file takes to come is the visitor's line, not ours.
  if (uploads.path.test(path) || listUploads.path.test(path) || packageUpload.test(path)) return work()
  const reads = method === 'GET' || method === 'HEAD'
  const limit = reads && !files.test(path) ? limits.reading : limits.work
  const said = () =>
    reads
      ? `系统 ${Math.ceil(limit / 1000)} 秒没有答复，数据库可能太慢或者断开。请稍后再试；一再如此的，请告知系统管理员。`
      : `系统 ${Math.ceil(limit / 1000)} 秒没有答复，可能已经办理，也可能没有。请先查看是否办好；原样再提交一次，不会办两遍。`
  return withLimit(limit, work(), () => new AppError('unavailable', said(), { retryAfter: 15 }))
}

/** {@link inTime} for every route. */
export const answerInTime =
  (limits?: { reading: number; work: number }): MiddlewareHandler<AppEnv> =>
  (c, next) =>
    inTime(c.req, next, limits)

/** A second earlier: pages of the portal say it in their own words. */
export const portalPatience = { reading: patience.reading - 1_000, work: patience.work - 1_000 } as const
