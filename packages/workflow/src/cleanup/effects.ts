// What a result does to the documents: made here, by a command to each; imported, by a force event on its entry.
import { type DbOrTx, sql, type Tx } from '@dianzhang/database'
import { type CleanupDossier, type CleanupExternal, type CleanupItem, isGone, outcomeOf } from '@dianzhang/processes'
import { type PublicStatus, publicStatusLabels, statusSql, titleKeySql } from '@dianzhang/register'
import { checksOf, ownEvent } from '../impact-check/open-checks.ts'
import type { Send } from '../outbox.ts'

export interface Effect {
  /** The item; null: an unlisted document. */
  n: number | null
  entry: string
  /** Made here: its matter. */
  matter: string | null
  title: string
  kind: 'repealed' | 'lapsed'
  on: string
  reason: string
}
export interface Ground {
  byDocument: string | null
  decision: { body: string; date: string } | null
  /** The body's name, as the public reads it on imported entries. */
  bodyName: string | null
}
/** By which document or decision: the decision's own entry where it is published. */
export function groundOf(d: CleanupDossier, decision: CleanupExternal['decision']): Ground {
  if (decision?.entry && decision.publishedOn) return { byDocument: decision.entry, decision: null, bodyName: null }
  const { body, date } = d.decision ?? { body: { id: '', name: '' }, date: '' }
  return { byDocument: null, decision: { body: body.id || body.name, date }, bodyName: body.name }
}
/** Changes of the items whose outcome is repeal or lapse; of what is already gone, none. */
export const effectsOfItems = (items: readonly CleanupItem[], on: string): Effect[] =>
  items.flatMap((x): Effect[] => {
    const outcome = outcomeOf(x)
    if (x.afterDecision || x.entry === null || (outcome !== 'repeal' && outcome !== 'lapse')) return []
    const reason = x.final?.reason ?? x.opinion?.reason ?? (outcome === 'repeal' ? '清理决定废止' : '清理宣布失效')
    const { n, entry, matter, title } = x
    return [{ n, entry, matter, title, kind: outcome === 'repeal' ? 'repealed' : 'lapsed', on, reason }]
  })
export const sendsOf = (effects: readonly Effect[], ground: Ground): Send[] =>
  effects.flatMap(({ matter, kind, on, reason }): Send[] =>
    matter === null
      ? []
      : [
          {
            matter,
            command: {
              type: kind === 'repealed' ? 'RepealDocument' : 'DeclareLapsed',
              on,
              reason,
              ...(ground.byDocument ? { byDocument: ground.byDocument } : { decision: ground.decision }),
            },
          },
        ],
  )
/**
 * Imported documents have no matter of their own that could tell of their end: what rests on those that end with this result is
 * checked, as it is for documents made here. What ends itself is not checked any more.
 */
export function checksOfImported(
  tx: DbOrTx,
  jurisdiction: string,
  effects: ReadonlyArray<Effect & { failed: string | null; number: string | null }>,
  all: readonly Effect[],
  on: string,
  byDocument: string | null,
): Promise<Send[]> {
  const events = effects
    .filter((x) => x.failed === null)
    .map((x) => ownEvent({ title: x.title, number: x.number }, 'ended', x.on, x.reason))
  const except = [...all.map((x) => x.entry), ...(byDocument ? [byDocument] : [])]
  return checksOf(tx, jurisdiction, events, on, { except })
}
/** Of the imported ones: which can be changed now, and why the others cannot. Locks their entries. */
export async function settleImported(
  tx: DbOrTx,
  jurisdiction: string,
  effects: readonly Effect[],
  on: string,
): Promise<Array<Effect & { failed: string | null; number: string | null }>> {
  const wanted = effects.filter((x) => x.matter === null)
  if (wanted.length === 0) return []
  const rows = await tx.execute<{ id: string; number: string | null; status: string }>(sql`
    select e.id, e.document_number as number, ${statusSql('e', on)} as status from register_entries e where e.jurisdiction_id = ${jurisdiction}
      and e.id in (select jsonb_array_elements_text(${JSON.stringify(wanted.map((x) => x.entry))}::jsonb)) for update of e`)
  const now = new Map(rows.map((x) => [x.id, x]))
  return wanted.map((x) => {
    const { status, number = null } = now.get(x.entry) ?? {}
    const failed =
      status === undefined
        ? '登记库中已经没有这一条目'
        : isGone(status)
          ? `登记库载明${publicStatusLabels[status as PublicStatus] ?? status}，不再变动`
          : null
    return { ...x, failed, number }
  })
}
/** Records the force events of imported entries: the same column in which those of own documents stand, one statement for all. */
export async function writeImported(
  tx: Tx,
  jurisdiction: string,
  effects: ReadonlyArray<Effect & { failed: string | null }>,
  ground: Ground,
): Promise<void> {
  const list = effects
    .filter((x) => x.failed === null)
    .map(({ entry, kind, on, reason }) => ({
      entry,
      event: {
        kind,
        on,
        reason,
        byDocument: ground.byDocument,
        ...(ground.decision ? { decision: { ...ground.decision, body: ground.bodyName || ground.decision.body } } : {}),
      },
    }))
  if (list.length === 0) return
  await tx.execute(sql`
    update register_entries e set force_events = e.force_events || jsonb_build_array(r.event)
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as r(entry text, event jsonb)
    where e.jurisdiction_id = ${jurisdiction} and e.id = r.entry`)
}
/**
 * Which of the items were published anew until `due`: named by hand, amended or repealed by another document since the decision,
 * or followed by a document of the same name. Item → the document.
 */
export async function republishedBy(
  tx: DbOrTx,
  d: CleanupDossier,
  items: readonly CleanupItem[],
  due: string,
): Promise<Map<number, string>> {
  const since = d.decision?.date ?? d.plannedOn
  const wanted = items.flatMap(({ n, entry, title }) => (entry === null ? [] : [{ n, entry, title }]))
  if (wanted.length === 0) return new Map()
  const rows = await tx.execute<{ n: number; by: string }>(sql`
    select r.n, coalesce(
      (select o.id from register_entries o where o.jurisdiction_id = ${d.jurisdiction} and ${titleKeySql('o.title')} = ${titleKeySql('r.title')}
        and o.disclosure = 'active' and o.id <> r.entry and o.published_on >= ${since}::date and o.published_on <= ${due}::date order by o.published_on limit 1),
      (select f ->> 'byDocument' from register_entries e, jsonb_array_elements(e.force_events) f
        where e.jurisdiction_id = ${d.jurisdiction} and e.id = r.entry and f ->> 'kind' in ('amended', 'repealed')
          and f ->> 'byDocument' is not null and (f ->> 'on')::date >= ${since}::date and (f ->> 'on')::date <= ${due}::date limit 1)) as by
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r(n int, entry text, title text)`)
  return new Map(rows.flatMap((x) => (x.by === null ? [] : [[x.n, x.by] as const])))
}
