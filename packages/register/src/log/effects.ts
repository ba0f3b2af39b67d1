// Changes of force, seen from the document that makes them or from the one they are made to.
import { dateInShanghai, endOfDayInstant, type PlainDate } from '@dianzhang/calendar'
import { type Db, sql } from '@dianzhang/database'
import { standsAt } from '@dianzhang/rules'
import type { RegisterForceEvent } from '../status-on.ts'

const labels: Record<string, string> = {
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '宣布失效',
  suspended: '停止执行',
  resumed: '恢复执行',
  restored: '收回变动',
  reinstated: '变动重新生效',
}
export interface Effect {
  jurisdiction: string
  affected: string
  affectedTitle: string
  affecting: string | null
  kind: string
  label: string
  on: PlainDate
  /** The day has come (on `on` asked about) and the change was not taken back. */
  applied: boolean
  stands: boolean
  provisions: string[]
}
/** The changes of a document that its last entry up to the end of a day held; they are only ever added to. */
const knownEvents = (day: PlainDate) => sql`coalesce((
  select jsonb_agg(f.x order by f.n) from jsonb_array_elements(e.force_events) with ordinality as f(x, n)
  where f.n <= (select coalesce(jsonb_array_length(t.entry::jsonb -> 'document' -> 'force'), 0) from tlog_entries t
    where t.jurisdiction_id = e.jurisdiction_id and t.subject = e.id and t.at <= ${endOfDayInstant(day)}::timestamptz
      and t.entry::jsonb ? 'document' order by t.idx desc limit 1)), '[]'::jsonb)`
/** Changes made to `affected` or by `affecting` (ids in the register), nearest day last; all of them. */
export async function effectsOf(
  db: Db,
  asked: {
    affected?: string | undefined
    affecting?: string | undefined
    on?: PlainDate | undefined
    /** Only changes that the public log held by the end of that day. */
    knownOn?: PlainDate | undefined
    now: Date
  },
): Promise<{ items: Effect[]; on: PlainDate }> {
  const on = asked.on ?? dateInShanghai(asked.now.toISOString())
  const by = asked.affecting
  const rows = await db.execute<{
    j: string
    id: string
    title: string
    force_events: RegisterForceEvent[]
    names: string[] | null
  }>(sql`
    select e.jurisdiction_id as j, e.id, e.title, ${asked.knownOn === undefined ? sql`e.force_events` : knownEvents(asked.knownOn)} as force_events,
      (select array_remove(array[a.id, a.document_id], null) from register_entries a where a.id = ${by ?? null}::text and a.disclosure = 'active' limit 1) as names
    from register_entries e where e.disclosure = 'active' and e.force_events <> '[]'::jsonb
      and (${asked.affected ?? null}::text is null or e.id = ${asked.affected ?? null})
      and (${by ?? null}::text is null or e.force_events @> ${JSON.stringify([{ byDocument: by ?? '' }])}::jsonb
        or exists (select 1 from register_entries a where a.id = ${by ?? null}::text and a.document_id is not null
          and e.force_events @> jsonb_build_array(jsonb_build_object('byDocument', a.document_id))))`)
  const items = rows.flatMap(({ j, id, title, force_events, names }) =>
    force_events.flatMap((event, i): Effect[] => {
      if (by !== undefined && event.byDocument !== by && !(names ?? []).includes(event.byDocument ?? '')) return []
      const stands = standsAt(force_events, i + 1)
      return [
        {
          jurisdiction: j,
          affected: id,
          affectedTitle: title,
          affecting: event.byDocument,
          kind: event.kind,
          label: labels[event.kind] ?? event.kind,
          on: event.on,
          applied: stands && event.on <= on,
          stands,
          provisions: event.provisions ?? [],
        },
      ]
    }),
  )
  return { items: items.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)), on }
}
