// Operation: liveness, readiness, metrics, API description, demo clock.

import { timingSafeEqual } from 'node:crypto'
import { AppError, answers } from '@dianzhang/contract'
import { clockFacts, clockFault, runDueJobs } from '@dianzhang/workflow'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'
import { withLimit } from '../http/patience.ts'
import type { AppEnv } from '../http/types.ts'
import { openApiDocument } from '../openapi/document.ts'

const { Alive, ClockMoved, OpenApi, Ready } = answers

export function operationRoutes(ops: Operations, ctx: AppContext): void {
  const { office, metrics, demoClock } = ctx
  const tag = '运行'
  ops.open(
    { method: 'get', path: '/healthz', tag, summary: '进程存活', answer: { description: '存活', schema: Alive } },
    (c) => {
      const log = ctx.log?.held() ?? []
      return c.json({ status: 'ok' as const, ...(log.length > 0 ? { log } : {}) })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/readyz',
      tag,
      summary: '数据库可用，可以受理；另有热备的，说明它是否在答复（不在时公众的检索由主库代答）',
      answer: { description: '就绪', schema: Ready },
      problems: ['unavailable'],
    },
    async (c) => {
      let fault: string | null
      try {
        fault = clockFault(office, await withLimit(readyMs, clockFacts(office.sessionDb), silent))
      } catch (error) {
        office.log.warn({ err: error }, '就绪检查：数据库不可用')
        throw new AppError('unavailable', '数据库暂时无法连接。')
      }
      if (fault !== null) throw new AppError('unavailable', `${fault}，暂停办理。`, { retryAfter: 60 })
      const standby = ctx.standby
        ? (await ctx.standby.answers(1_000))
          ? ('ready' as const)
          : ('away' as const)
        : undefined
      return c.json({ status: 'ready' as const, ...(standby === undefined ? {} : { standby }) })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/metrics',
      tag,
      summary: 'Prometheus 指标；生产模式须带口令（Authorization: Bearer），没有设置口令的只答复本机',
      answer: { description: '指标', mediaType: 'text/plain' },
      problems: ['unauthenticated'],
    },
    async (c) => {
      if (!mayReadMetrics(ctx, c)) throw new AppError('unauthenticated', '取指标须带口令。')
      return c.body(await metrics.render(), 200, { 'Content-Type': metrics.contentType })
    },
  )
  if (demoClock) {
    ops.open(
      {
        method: 'post',
        path: '/api/demo/clock',
        tag,
        summary: '演示时钟拨到更晚的时刻，并办理其间到期的作业',
        body: z.object({ now: z.iso.datetime({ offset: true }) }),
        answer: { description: '现在的时刻与办理的作业数', schema: ClockMoved },
      },
      async (c, { body }) => {
        await demoClock.advance(new Date(body.now))
        const { done, failed } = await runDueJobs(office)
        return c.json({ now: demoClock.now().toISOString(), ran: done, failed })
      },
    )
  }
  const documents: { whole?: string; open?: string } = {}
  ops.open(
    {
      method: 'get',
      path: '/api/openapi.json',
      tag,
      summary: '本接口说明（OpenAPI 3.1）',
      answer: { description: 'OpenAPI 文档', schema: OpenApi },
    },
    (c) => {
      // In production mode only someone signed in sees the whole of the interface; everybody sees what is open to everybody.
      const whole = office.mode !== 'serve' || Boolean(c.get('actor'))
      if (whole) documents.whole ??= JSON.stringify(openApiDocument(ops, '0.1.0'))
      else documents.open ??= JSON.stringify(openApiDocument(ops, '0.1.0', ({ access }) => access === 'anyone'))
      return c.body((whole ? documents.whole : documents.open) ?? '', 200, {
        'Content-Type': 'application/json; charset=utf-8',
      })
    },
  )
}

/** How long readiness waits for the database (ms): whoever asks has to decide where to send the next request. */
const readyMs = 5_000

/** The database is connected and does not answer: a cable cut in between says nothing. */
const silent = () => new Error(`数据库 ${readyMs / 1000} 秒没有答复`)

/** In `serve`: with the token, or, where none is set, on this machine itself and not through a proxy. */
function mayReadMetrics(ctx: AppContext, c: Context<AppEnv>): boolean {
  if (ctx.office.mode !== 'serve') return true
  if (ctx.metricsToken === null)
    return (
      ['127.0.0.1', '::1', 'local'].includes(c.get('address')) &&
      c.req.header('x-forwarded-for') === undefined &&
      c.req.header('forwarded') === undefined
    )
  const given = Buffer.from(c.req.header('authorization') ?? '')
  const wanted = Buffer.from(`Bearer ${ctx.metricsToken}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
