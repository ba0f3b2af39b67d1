// What a reader sees of one cleanup beside its row and clocks: the arithmetic, how far each unit is, differences, objections, effects.
import { dateInShanghai } from '@dianzhang/calendar'
import {
  type answers,
  cleanupFlagLabels,
  cleanupKindLabels,
  cleanupOutcomeLabels,
  lapseGroundLabels,
} from '@dianzhang/contract'
import { sql } from '@dianzhang/database'
import {
  type CleanupDossier,
  type CleanupItem,
  type CleanupShape,
  contradictions,
  goneMeanwhile,
  isChecked,
  outcomeOf,
  reasonOf,
  sumOf,
  tallyOf,
  totalOf,
} from '@dianzhang/processes'
import { type PublicStatus, publicStatusLabels } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import type { OpenedMatter } from '../door/desk.ts'
import type { Actor, Office } from '../office.ts'
import { sentAgain } from '../resend/handler.ts'
import { unlistedEntries } from './census.ts'
import { effectsOf } from './facts.ts'
import { wholeList } from './rows.ts'

interface Note extends Record<string, unknown> {
  seq: number
  n: number | null
  kind: string
  body: Record<string, unknown>
  by: string | null
  on: string
}
/** One item as it is shown. */
export function shown(x: CleanupItem, own: boolean) {
  const outcome = outcomeOf(x)
  const flags = contradictions(x)
  return {
    n: x.n,
    item: x.n,
    title: x.title,
    number: x.number,
    entry: x.entry,
    matter: x.matter,
    issuers: x.issuers,
    unit: x.unit,
    unitName: x.unitName,
    publishedOn: x.publishedOn,
    effectiveDate: x.effectiveDate,
    validUntil: x.validUntil,
    status: x.status,
    statusLabel: publicStatusLabels[x.status as PublicStatus] ?? x.status,
    origin: x.origin,
    included: x.included,
    afterDecision: x.afterDecision,
    outcome,
    outcomeLabel: outcome ? cleanupOutcomeLabels[outcome] : null,
    reason: reasonOf(x),
    provisions: x.opinion?.provisions ?? [],
    lapseGround: x.opinion?.lapseGround ?? null,
    amend: x.opinion?.amend ?? null,
    opinionOn: x.opinion?.on ?? null,
    /** Ended before or during the cleanup: needs no opinion. */
    gone: goneMeanwhile(x),
    checked: isChecked(x),
    check: x.check ? { agrees: x.check.agrees, reason: x.check.reason, on: x.check.on } : null,
    flags,
    flagLabels: flags.map((f) => cleanupFlagLabels[f]),
    /** Whether this reader's unit answers for it. */
    own,
  }
}
export type ShownItem = ReturnType<typeof shown>

/** Units for which this person gives opinions. */
export const unitsOf = (actor: Actor): Set<string> =>
  new Set(
    actor.kind === 'person'
      ? actor.posts.filter((p) => p.role === 'drafter' || p.role === 'unit_head').map((p) => p.unit)
      : [],
  )
export const isOwn = (actor: Actor) => {
  const units = unitsOf(actor)
  return (x: CleanupItem): boolean => x.unit !== null && units.has(x.unit)
}
/** How far each responsible unit is; those with most left first. */
function progressOf(items: readonly CleanupItem[]) {
  const found = new Map<string, { unit: string | null; name: string; total: number; open: number }>()
  for (const x of items) {
    const key = x.unit ?? `?${x.unitName ?? ''}`
    const row = found.get(key) ?? { unit: x.unit, name: x.unitName ?? '没有责任单位', total: 0, open: 0 }
    row.total++
    if (outcomeOf(x) === null) row.open++
    found.set(key, row)
  }
  return [...found.values()].toSorted((a, b) => b.open - a.open || b.total - a.total)
}
export async function notesOf(office: Office, d: CleanupDossier, kinds: readonly string[]): Promise<Note[]> {
  return [
    ...(await office.db.execute<Note>(sql`
      select x.seq, x.n, x.kind, x.body, x.by, to_char(x.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on from cleanup_notes x
      where x.jurisdiction_id = ${d.jurisdiction} and x.matter_id = ${d.id} and x.kind in (select jsonb_array_elements_text(${JSON.stringify(kinds)}::jsonb))
      order by x.seq`)),
  ]
}
/** Every change that was sent or recorded, with its result; those that failed first. */
async function effectRows(office: Office, d: CleanupDossier, items: readonly CleanupItem[]) {
  const first = await office.db.execute<{
    id: string
    matter: string
    type: string
    outcome: string | null
    detail: string | null
    title: string | null
  }>(sql`
    select s.id, s.to_matter as matter, s.command ->> 'type' as type, s.outcome, s.detail, m.title from sends s
    left join matters m on m.jurisdiction_id = s.jurisdiction_id and m.id = s.to_matter
    where s.jurisdiction_id = ${d.jurisdiction} and s.from_matter = ${d.id} and s.command ->> 'type' in ('RepealDocument', 'DeclareLapsed')
    order by s.id`)
  // What was refused and sent again counts by what became of it then.
  const again = await sentAgain(
    office.db,
    d.jurisdiction,
    first.filter(({ outcome }) => outcome === 'refused').map(({ id }) => id),
  )
  const sent = first.map((x) => {
    const later = again.get(x.id)
    return later ? { ...x, outcome: later.outcome, detail: later.detail } : x
  })
  const recorded = await notesOf(office, d, ['effect'])
  const [done, failed, pending] = ['done', 'failed', 'pending'] as const
  const byMatter = new Map(items.flatMap((x) => (x.matter ? [[x.matter, x] as const] : [])))
  const rows = [
    ...sent.map((x) => {
      const item = byMatter.get(x.matter)
      return {
        item: item?.n ?? null,
        title: item?.title ?? x.title ?? x.matter,
        number: item?.number ?? null,
        kind: x.type === 'RepealDocument' ? 'repealed' : 'lapsed',
        result: x.outcome === 'accepted' ? done : x.outcome === 'refused' ? failed : pending,
        reason: x.detail,
      }
    }),
    ...recorded.map((x) => ({
      item: x.n,
      title: String(x.body.title ?? ''),
      number: null,
      kind: String(x.body.kind),
      result: x.body.done === true ? done : failed,
      reason: (x.body.failed ?? null) as string | null,
    })),
  ]
  const order = { failed: 0, pending: 1, done: 2 } as Record<string, number>
  return rows.toSorted((a, b) => (order[a.result] ?? 0) - (order[b.result] ?? 0) || (a.item ?? 0) - (b.item ?? 0))
}
export async function cleanupView(
  office: Office,
  actor: Actor,
  { dossier: d, units }: OpenedMatter<CleanupShape>,
): Promise<answers.Given<typeof answers.CleanupFile> & Record<string, unknown>> {
  const on = dateInShanghai(office.clock.now().toISOString())
  const pack = office.rules.pack(d.jurisdiction, d.packVersion)
  const items = await wholeList(office.db, { dossier: d, pack, on, units })
  const { counts, open, census, late } = tallyOf(items)
  const counted = items.filter((x) => !x.afterDecision)
  const staff =
    actor.kind === 'person' && actor.posts.some((p) => ['secretariat', 'legality_reviewer', 'admin'].includes(p.role))
  const [notes, unlisted, effects, rows] = await Promise.all([
    notesOf(office, d, ['differences', 'objection', 'answer', 'unlisted', 'found', 'lapse', 'republished']),
    d.closedList && d.census && d.published === null ? unlistedEntries(office.db, { dossier: d, units, on }) : [],
    d.published ? effectsOf(office.db, d.jurisdiction, d.id) : null,
    d.published ? effectRows(office, d, items) : [],
  ])
  const last = (kind: string) => notes.findLast((x) => x.kind === kind)
  const answered = new Map(notes.filter((x) => x.kind === 'answer').map((x) => [Number(x.body.objection), x]))
  const own = isOwn(actor)
  const name = (id: string) => ({ id, name: (units as Record<string, UnitFact>)[id]?.name ?? id })
  return {
    kind: d.kind,
    kindLabel: cleanupKindLabels[d.kind],
    ground: d.ground,
    order: d.order,
    scope: {
      ...d.scope,
      issuers: d.scope.issuers.map(name),
      documents: d.scope.documents?.length ?? null,
      joined: d.joined.length,
    },
    deadlineForUnits: d.deadlineForUnits,
    deadlineForResult: d.deadlineForResult,
    closedList: d.closedList,
    census: d.census,
    /** Census of N documents, M late finds; the sum of the lists. */
    total: totalOf(d),
    lateFinds: late,
    afterDecision: d.afterDecision,
    counts,
    open: open.length,
    sum: sumOf(counts) + open.length,
    arithmetic: `${Object.entries(cleanupOutcomeLabels)
      .map(([key, label]) => `${label} ${counts[key as keyof typeof counts]}`)
      .join(
        ' + ',
      )}${open.length ? ` + 未答 ${open.length}` : ''} = ${sumOf(counts) + open.length}；普查 ${census} + 补充 ${late} = ${census + late}`,
    unchecked: counted.filter((x) => outcomeOf(x) !== null && !isChecked(x)).length,
    differing: counted.filter((x) => x.check && !x.check.agrees && isChecked(x)).length,
    flagged: counted.filter((x) => contradictions(x).length > 0).length,
    ownOpen: counted.filter((x) => own(x) && outcomeOf(x) === null).length,
    byUnit: progressOf(counted),
    differences: last('differences')?.body ?? null,
    found: notes.filter((x) => x.kind === 'found').map((x) => ({ item: x.n, why: x.body.why, on: x.on, by: x.by })),
    notice: d.notice,
    objections: staff
      ? notes
          .filter((x) => x.kind === 'objection')
          .map((x) => {
            const answer = answered.get(Number(x.body.objection))
            return {
              n: x.body.objection,
              item: x.body.item ?? null,
              text: x.body.text,
              source: x.body.source ?? null,
              on: x.on,
              answer: answer ? { adopted: answer.body.adopted, text: answer.body.text, on: answer.on } : null,
            }
          })
      : [],
    unlisted: unlisted.slice(0, 200),
    unlistedCount: unlisted.length,
    unlistedConfirmed: notes.filter((x) => x.kind === 'unlisted').map((x) => x.body),
    decision: d.decision,
    published: d.published,
    conditional: d.conditional,
    lapses: notes.filter((x) => x.kind === 'lapse').map((x) => ({ item: x.n, ...x.body })),
    republished: notes.filter((x) => x.kind === 'republished').map((x) => ({ item: x.n, ...x.body })),
    effects,
    effectRows: rows.slice(0, 1000),
    outcomeLabels: cleanupOutcomeLabels,
    lapseGroundLabels,
  }
}
