// Changes of files, for live notices. However many people watch one process, there is one small query at intervals;
// with nobody watching, none.
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

/**
 * Looks for new changes every `everyMs` milliseconds and hands them to subscribers; while the database is away it
 * looks again next time and loses no change.
 */
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
        // Several may commit one after another in the same millisecond, so it looks from the last instant (inclusive)
        // and does not send again what was sent. Jurisdiction and kind are both given, one stretch of the index each.
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
        // Only changes after subscribing are announced.
        since = office.clock.now()
        seen = new Set()
        timer = setTimeout(look, everyMs).unref()
      }
      return () => listeners.delete(listener)
    },
  }
}
