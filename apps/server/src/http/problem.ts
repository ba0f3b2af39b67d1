// ⑨ The only way out for errors: every exception becomes an RFC 9457 answer in Chinese. A refusal under the rules is a
// normal answer and is not logged as an error.
import { CalendarError } from '@dianzhang/calendar'
import { AppError, type Problem, type ProblemCode, problemCodes } from '@dianzhang/contract'
import { databaseProblem, isConnectionProblem } from '@dianzhang/database'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { loggedPath } from '../safe-error.ts'
import type { AppEnv } from './types.ts'

const byStatus: Partial<Record<number, ProblemCode>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'unsupported_media_type',
  422: 'invalid',
  429: 'rate_limited',
}

/** Turns whatever was thrown into a code, a sentence for people and the extra members; never shows foreign messages. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof CalendarError) return new AppError('invalid', error.message)
  if (error instanceof HTTPException) {
    const code = byStatus[error.status] ?? 'internal'
    return new AppError(code, problemCodes[code][1])
  }
  // Class 53: disk full, out of memory, too many connections. Nothing was written.
  if (databaseProblem(error)?.code.startsWith('53'))
    return new AppError('unavailable', '数据库的磁盘、内存或者连接已满，没有办理。请稍后再试，并告知系统管理员。')
  const problem = databaseProblem(error)?.code
  // 55P03 lock_timeout, 57014 statement_timeout, 25P03 idle_in_transaction_session_timeout. Rolled back.
  if (problem === '55P03')
    return new AppError('unavailable', '要办的这件正被别的办理占着，这一次没有办理，内容没有丢失。请稍后再试。', {
      retryAfter: 5,
    })
  if (problem === '57014' || problem === '25P03')
    return new AppError('unavailable', '数据库这一次答复得太慢，没有办理。请稍后再试；一再如此的，请告知系统管理员。', {
      retryAfter: 10,
    })
  // A table or column that is not there, or not open to this account: the program is newer than the database.
  if (problem === '42P01' || problem === '42703' || problem === '42501')
    return new AppError('unavailable', '数据库的结构与程序不一致，须先由系统管理员运行 npx dianzhang migrate。')
  if (isConnectionProblem(error)) return new AppError('unavailable', '数据库暂时无法连接，请稍后再试。')
  return new AppError('internal', '系统内部错误，请记下请求编号并联系管理员。')
}

/** The RFC 9457 body of an error. */
export function problemOf(error: AppError, instance: string, requestId: string | undefined): Problem {
  const [status, title] = problemCodes[error.code]
  return {
    type: `urn:dianzhang:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    instance,
    ...(requestId === undefined ? {} : { requestId }),
    ...error.extra,
  }
}

/** An answer of an error; headers that the error asks for (`Retry-After`, `Allow`) are passed in. */
export function problemResponse(c: Context<AppEnv>, error: AppError, headers: Record<string, string> = {}): Response {
  const problem = problemOf(error, c.req.path, c.get('requestId'))
  return c.body(JSON.stringify(problem), problem.status as 400, {
    'Content-Type': 'application/problem+json',
    'Content-Language': 'zh-CN',
    'Cache-Control': 'no-store',
    ...headers,
  })
}

/** `onError` of the whole application. */
export function onError(error: unknown, c: Context<AppEnv>): Response {
  // Who sent it has gone before it was whole: there is nobody to answer, and it is no fault of the database.
  const incoming = (c.env as { incoming?: { complete: boolean; destroyed: boolean } } | undefined)?.incoming
  if (incoming?.destroyed && !incoming.complete)
    return problemResponse(c, new AppError('malformed', '内容没有收完，连接已经断开。'))
  const known = toAppError(error)
  if (known.code === 'internal' || known.code === 'unavailable') {
    c.get('log').error(
      { requestId: c.get('requestId'), method: c.req.method, path: loggedPath(c.req.path), err: error },
      known.code === 'internal' ? '未预料的错误' : '数据库不可用',
    )
  }
  const seconds = known.extra.retryAfter ?? (known.code === 'unavailable' ? 2 : undefined)
  return problemResponse(c, known, seconds === undefined ? {} : { 'Retry-After': String(seconds) })
}

/** `429` with the seconds to wait, sent as `Retry-After`. */
export const rateLimited = (seconds: number): AppError =>
  new AppError('rate_limited', `操作过于频繁，请在 ${seconds} 秒后再试。`, { retryAfter: seconds })
