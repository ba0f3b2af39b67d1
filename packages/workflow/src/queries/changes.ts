// 案卷的变化：供实时通知。一个进程无论多少人在看，只有一条定时的小查询；没有人看时不查。
import { and, asc, gt, inArray, schema } from '@dianzhang/database'
import { desks } from '../desks.ts'
import type { Office } from '../office.ts'

export interface MatterChange {
  jurisdiction: string
  process: string
  id: string
  version: number
  stage: string
  at: string
}
export type Unsubscribe = () => void

/** 每 `everyMs` 毫秒看一次新变化，分发给订阅者；数据库暂时不可用时下一次再看，不丢变化。 */
export function watchChanges(
  office: Office,
  everyMs = 1500,
): { subscribe(jurisdiction: string, listener: (change: MatterChange) => void): Unsubscribe } {
  const listeners = new Map<(change: MatterChange) => void, string>()
  const d = schema.matters
  let timer: NodeJS.Timeout | null = null
  let since = new Date(0)
  let seen = new Set<string>()
  const look = async () => {
    try {
      const rows = await office.db
        .select({
          jurisdiction: d.jurisdictionId,
          process: d.process,
          id: d.id,
          version: d.version,
          stage: d.stage,
          updatedAt: d.updatedAt,
        })
        .from(d)
        // 同一毫秒可能有几件先后提交，故从上次的时刻（含）看起，已发过的不重发。法域与种类都写明，一种一段索引。
        .where(
          and(
            inArray(d.jurisdictionId, [...new Set(listeners.values())]),
            inArray(d.process, [...desks.keys()]),
            gt(d.updatedAt, new Date(since.getTime() - 1000)),
          ),
        )
        .orderBy(asc(d.updatedAt))
        .limit(500)
      const fresh = rows.filter((r) => !seen.has(`${r.id}@${r.version}`))
      seen = new Set(rows.map((r) => `${r.id}@${r.version}`))
      since = rows.at(-1)?.updatedAt ?? since
      for (const r of fresh)
        for (const [listener, jurisdiction] of listeners) {
          if (jurisdiction !== r.jurisdiction) continue
          listener({
            jurisdiction: r.jurisdiction,
            process: r.process,
            id: r.id,
            version: r.version,
            stage: r.stage,
            at: r.updatedAt.toISOString(),
          })
        }
    } catch (error) {
      office.log.warn({ err: error }, '查看变化失败，稍后再看')
    }
    if (listeners.size > 0) timer = setTimeout(look, everyMs).unref()
    else timer = null
  }
  return {
    subscribe(jurisdiction, listener) {
      listeners.set(listener, jurisdiction)
      if (timer === null) {
        // 只通知订阅之后的变化。
        since = office.clock.now()
        seen = new Set()
        timer = setTimeout(look, everyMs).unref()
      }
      return () => listeners.delete(listener)
    },
  }
}
