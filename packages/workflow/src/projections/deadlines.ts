// 期限的投影：期限由案卷推算；每次命令后只写变化了的行，需要到期动作的同时在本事务内入队。
import { and, eq, inArray, schema, sql, type Tx } from '@dianzhang/database'
import { factsFor, type LifecycleEvent } from '@dianzhang/lifecycle'
import { type Clock, clocks, type Dossier } from '@dianzhang/rules'
import type { Office } from '../office.ts'

const changed = (a: Clock | undefined, b: Clock): boolean =>
  !a ||
  a.dueOn !== b.dueOn ||
  a.status !== b.status ||
  a.metOn !== b.metOn ||
  a.provisional !== b.provisional ||
  a.label !== b.label ||
  a.sends !== b.sends ||
  a.startsOn !== b.startsOn

export interface DeadlineChange {
  before: Dossier | null
  after: Dossier
  event: LifecycleEvent
  /** 放假通知或规则包变动后全部重写。 */
  everything: boolean
  /** 案卷行上现有的最近期限；期限没有变化时沿用。 */
  current: string | null
}
/** 不算作制定机关最近期限的：审核最短期限不是义务，备案机关的审查期限由备案台显示。 */
const notOurs = new Set<Clock['kind']>(['review_minimum', 'filing_formal_check', 'filing_review'])

/** 期限所依的案卷内容；折叠不动的部分保持同一引用，因此引用相同即没有变化。 */
const inputs = (d: Dossier) => [
  d.classification,
  d.packVersion,
  d.interagency,
  d.consultations,
  d.review,
  d.reviewHistory,
  d.decision,
  d.signatures,
  d.numbers,
  d.publication,
  d.filings,
  d.forceEvents,
  d.closing,
  d.tier,
]
const untouched = (a: Dossier, b: Dossier): boolean => {
  const [x, y] = [inputs(a), inputs(b)]
  return x.every((part, i) => part === y[i])
}

/** `nextDueOn`：最近的未了期限（日），没有则为 null；`written`：写入完成。 */
export function projectDeadlines(
  office: Office,
  tx: Tx,
  change: DeadlineChange,
): { nextDueOn: string | null; written: Promise<unknown> } {
  if (change.before && !change.everything && untouched(change.before, change.after))
    return { nextDueOn: change.current, written: Promise.resolve() }
  const after = clocks(factsFor(change.after, change.event))
  const before = change.before && !change.everything ? clocks(factsFor(change.before, change.event)) : []
  const old = new Map(before.map((c) => [c.key, c]))
  const rows = after.filter((c) => changed(old.get(c.key), c))
  const keys = new Set(after.map((c) => c.key))
  const gone = before.filter((c) => !keys.has(c.key)).map((c) => c.key)
  const { deadlines: t } = schema
  const d = change.after
  const open = after.filter((c) => c.status === 'open' && !notOurs.has(c.kind))
  const written = Promise.all([
    rows.length
      ? tx
          .insert(t)
          .values(
            rows.map((c) => ({
              jurisdictionId: d.jurisdiction,
              documentId: d.id,
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
            target: [t.jurisdictionId, t.documentId, t.key],
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
              // 到期时刻变了（如延长期限），是另一次到期。
              sentCommandId: sql`case when ${t.dueAt} = excluded.due_at then ${t.sentCommandId} else null end`,
            },
          })
      : null,
    gone.length
      ? tx
          .update(t)
          .set({ status: 'cancelled' })
          .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), inArray(t.key, gone)))
      : null,
    ...rows
      .filter((c) => c.status === 'open' && c.sends)
      .map((c) =>
        office.jobs.enqueue(tx, {
          name: 'deadline-reached',
          jurisdiction: d.jurisdiction,
          document: d.id,
          key: c.key,
          startAfter: new Date(c.dueAt),
        }),
      ),
  ])
  return { nextDueOn: open.map((c) => c.dueOn).sort()[0] ?? null, written }
}
