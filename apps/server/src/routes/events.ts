// 实时通知（server-sent events）：他人办理之后数秒内告知。只说哪件案卷到了第几版，内容由客户端另取。
import { openDocument, watchChanges } from '@dianzhang/workflow'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'

const heartbeatSeconds = 25

export function eventRoutes(ops: Operations, ctx: AppContext): void {
  const changes = watchChanges(ctx.office)
  ops.staff(
    {
      method: 'get',
      path: '/api/events',
      tag: '案卷',
      summary: '案卷变化的实时通知（text/event-stream）',
      description: 'document 给定时通知这件案卷的每次变化（须可见）；不给时只通知“本法域有变化”，不含标识。',
      query: z.object({ document: z.string().max(100).optional() }),
      answer: { description: '事件 changed：{ id, version, stage, at } 或 {}', mediaType: 'text/event-stream' },
    },
    async (c, { query, actor }) => {
      if (query.document) await openDocument(ctx.office.db, actor, query.document)
      // 代理不得攒着不发。
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, async (stream) => {
        let ended = false
        const unsubscribe = changes.subscribe((change) => {
          if (change.jurisdiction !== actor.jurisdiction) return
          if (query.document && change.id !== query.document) return
          const data = query.document
            ? { id: change.id, version: change.version, stage: change.stage, at: change.at }
            : {}
          void stream.writeSSE({ event: 'changed', data: JSON.stringify(data) })
        })
        stream.onAbort(() => {
          ended = true
          unsubscribe()
        })
        await stream.writeSSE({ event: 'ready', data: '{}' })
        while (!ended) {
          await stream.sleep(heartbeatSeconds * 1000)
          if (!ended) await stream.writeSSE({ event: 'alive', data: '{}' })
        }
      })
    },
  )
}
