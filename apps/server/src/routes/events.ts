// Live notices (server-sent events): tell within seconds that someone else has acted. They say only which file has
// reached which version; the client fetches the content separately.
import { AppError } from '@dianzhang/contract'
import {
  type MatterChange,
  mayDraft,
  type Person,
  requireVisible,
  watchChanges,
  watchEditors,
} from '@dianzhang/workflow'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'
import { sessionNow } from '../http/session.ts'

const heartbeatSeconds = 25
/** A stream is asked whose it is before every notice, and when nothing happens at least this often. */
const sessionSeconds = 5
/** Open streams of one account in this process: a browser with many tabs, not a flood. */
const mostStreams = 10

export function eventRoutes(ops: Operations, ctx: AppContext): void {
  const changes = watchChanges(ctx.office)
  const editors = watchEditors(ctx.office)
  const open = new Map<string, number>()

  ops.staff(
    {
      method: 'get',
      path: '/api/events',
      tag: '案卷',
      summary: '案卷变化的实时通知（text/event-stream）',
      description: `document 给定时通知这件案卷的每次变化（须可见）与谁正在编辑文本，editing=true 表示本人正在编辑（须可以起草）；不给时只通知“有可见的案卷变化”，不含标识。登出、停用、任职变化以后随即结束；每个账号最多 ${mostStreams} 条。`,
      query: z.object({ document: z.string().max(100).optional(), editing: z.literal('true').optional() }),
      answer: {
        description: '事件 changed：{ id, version, stage, at } 或 {}；present：{ editing: 姓名[] }',
        mediaType: 'text/event-stream',
      },
      problems: ['rate_limited'],
    },
    async (c, { query, actor }) => {
      const { document, editing } = query
      if (document) await requireVisible(ctx.office, actor, document)
      const edits = document && editing ? await mayDraft(ctx.office, actor, document).then(...answered) : false
      const token = c.get('sessionToken') ?? ''
      const mine = open.get(actor.userId) ?? 0
      if (mine >= mostStreams)
        throw new AppError('rate_limited', `同一账号最多同时接收 ${mostStreams} 路实时通知；关闭不用的页面后再试。`, {
          retryAfter: 30,
        })
      open.set(actor.userId, mine + 1)
      // Proxies must not hold it back to send later.
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, async (stream) => {
        try {
          await follow(stream, token, actor, document, edits)
        } finally {
          const left = (open.get(actor.userId) ?? 1) - 1
          if (left > 0) open.set(actor.userId, left)
          else open.delete(actor.userId)
        }
      })
    },
  )

  async function follow(
    stream: SSEStreamingApi,
    token: string,
    actor: Person,
    document: string | undefined,
    edits: boolean,
  ): Promise<void> {
    const waiting: MatterChange[] = []
    let wake = () => {}
    let ended = false
    const unsubscribe = changes.subscribe(actor.jurisdiction, (change) => {
      if (document && change.id !== document) return
      // Nobody is told twice that something changed.
      if (waiting.length < 200) waiting.push(change)
      wake()
    })
    const { jurisdiction, person, name } = actor
    let company: string | null = null
    const unwatch = document ? editors.watch(jurisdiction, document, () => wake()) : () => {}
    const leave = document && edits ? editors.enter(jurisdiction, document, { person, name }) : () => {}
    stream.onAbort(() => {
      ended = true
      wake()
    })
    try {
      await stream.writeSSE({ event: 'ready', data: '{}' })
      let beat = performance.now()
      while (!ended) {
        const others = document ? JSON.stringify({ editing: editors.others(jurisdiction, document, person) }) : null
        if (others !== company) {
          // An empty room is only told to whom it was another.
          if (others !== null && !(company === null && others === '{"editing":[]}'))
            await stream.writeSSE({ event: 'present', data: others })
          company = others
        }
        if (waiting.length === 0) await sleepUntil(sessionSeconds * 1000, (done) => (wake = done))
        if (ended) return
        const now = await sessionNow(ctx, token).catch(() => undefined)
        // The database is away: nothing is told until it can be asked again.
        if (now === undefined) {
          await stream.sleep(1000)
          continue
        }
        if (now === null || now.userId !== actor.userId || now.jurisdiction !== actor.jurisdiction) return
        for (const change of waiting.splice(0)) {
          const visible = await requireVisible(ctx.office, now, change.id).then(
            () => true,
            () => false,
          )
          if (document && !visible) return
          if (!visible) continue
          const { id, version, stage, at } = change
          await stream.writeSSE({
            event: 'changed',
            data: document ? JSON.stringify({ id, version, stage, at }) : '{}',
          })
          if (!document) break
        }
        // Who may not see it any more hears nothing more of it, whether or not something happens.
        if (document) await requireVisible(ctx.office, now, document)
        if (performance.now() - beat > heartbeatSeconds * 1000) {
          await stream.writeSSE({ event: 'alive', data: '{}' })
          beat = performance.now()
        }
      }
    } catch (error) {
      // The database went away in between: the stream ends, and whoever listens opens another.
      if (!(error instanceof AppError)) ctx.office.log.warn({ err: error }, '实时通知中断')
    } finally {
      unsubscribe()
      unwatch()
      leave()
    }
  }
}

/** Whether it was answered at all. */
const answered = [() => true, () => false] as const
/** Resolves after `ms`, or as soon as the function handed to `earlier` is called. */
function sleepUntil(ms: number, earlier: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    earlier(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
