// Projection of deadlines: they are derived from the file; after each command only changed rows are written, and those
// that need action when due are queued in the same transaction.
import { and, eq, inArray, schema, sql, type Tx } from '@dianzhang/database'
import type { MatterClock, MatterEvent, Process, Shape } from '@dianzhang/kernel'
import type { Office } from '../office.ts'

const changed = (a: MatterClock | undefined, b: MatterClock): boolean =>
  !a ||
  a.dueOn !== b.dueOn ||
  a.status !== b.status ||
  a.metOn !== b.metOn ||
  a.provisional !== b.provisional ||
  a.label !== b.label ||
  a.sends !== b.sends ||
  a.startsOn !== b.startsOn

export interface DeadlineChange<S extends Shape> {
  jurisdiction: string
  id: string
  before: S['dossier'] | null
  after: S['dossier']
  event: MatterEvent<S>
  /** Rewrites everything after a change of holiday notices or pack. */
  everything: boolean
  /** The nearest deadline now on the row; kept when deadlines have not changed. */
  current: string | null
}

/** `nextDueOn`: the nearest open deadline (day), null when there is none; `written`: the writing is done. */
export function projectDeadlines<S extends Shape>(
  process: Process<S>,
  office: Office,
  tx: Tx,
  change: DeadlineChange<S>,
): { nextDueOn: string | null; written: Promise<unknown> } {
  const { of, restOn, ours } = process.clocks
  const { jurisdiction, id, before: earlier } = change
  const untouched = (a: S['dossier'], b: S['dossier']): boolean => {
    const now = restOn(b)
    return restOn(a).every((part, i) => part === now[i])
  }
  if (earlier && !change.everything && untouched(earlier, change.after))
    return { nextDueOn: change.current, written: Promise.resolve() }
  const after = of(process.facts(change.after, change.event))
  const before = earlier && !change.everything ? of(process.facts(earlier, change.event)) : []
  const old = new Map(before.map((c) => [c.key, c]))
  const rows = after.filter((c) => changed(old.get(c.key), c))
  const keys = new Set(after.map((c) => c.key))
  const gone = before.filter((c) => !keys.has(c.key)).map((c) => c.key)
  const { deadlines: t } = schema
  const open = after.filter((c) => c.status === 'open' && ours(c))
  const written = Promise.all([
    rows.length
      ? tx
          .insert(t)
          .values(
            rows.map((c) => ({
              jurisdictionId: jurisdiction,
              matterId: id,
              key: c.key,
              kind: c.kind,
              label: c.label,
              startsOn: c.startsOn,
              dueOn: c.dueOn,
              dueAt: new Date(c.dueAt),
              status: c.status,
              metOn: c.metOn ?? null,
              provisional: c.provisional,
              sends: c.sends,
              sentCommandId: null,
            })),
          )
          .onConflictDoUpdate({
            target: [t.jurisdictionId, t.matterId, t.key],
            set: {
              kind: sql`excluded.kind`,
              label: sql`excluded.label`,
              startsOn: sql`excluded.starts_on`,
              dueOn: sql`excluded.due_on`,
              dueAt: sql`excluded.due_at`,
              status: sql`excluded.status`,
              metOn: sql`excluded.met_on`,
              provisional: sql`excluded.provisional`,
              sends: sql`excluded.sends`,
              // When the due instant changes (an extended deadline, say), it is another falling due.
              sentCommandId: sql`case when ${t.dueAt} = excluded.due_at then ${t.sentCommandId} else null end`,
            },
          })
      : null,
    gone.length
      ? tx
          .update(t)
          .set({ status: 'cancelled' })
          .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, id), inArray(t.key, gone)))
      : null,
    ...rows
      .filter((c) => c.status === 'open' && c.sends)
      .map((c) =>
        office.jobs.enqueue(tx, {
          name: 'deadline-reached',
          jurisdiction,
          document: id,
          key: c.key,
          startAfter: new Date(c.dueAt),
        }),
      ),
  ])
  return { nextDueOn: open.map((c) => c.dueOn).sort()[0] ?? null, written }
}
