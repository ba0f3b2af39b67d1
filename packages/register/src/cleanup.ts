// Cleanup lists: the administrative normative documents that on a given day are in force, amended, repealed or lapsed
// (also suspended, annulled, or of unverified force) (rules.md 7.1). Derived only from the dates and events of force
// in the register: the list a document is on is its status of force on that day, and nothing is registered separately.
import { addDays, dateInShanghai, isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { type Db, type SQL, sql } from '@dianzhang/database'
import { standingForce } from '@dianzhang/rules'
import { type SummaryRow, statusFacts } from './register-entry.ts'
import { type PublicStatus, type RegisterDecision, type StatusAnswer, statusOn } from './status-on.ts'
import { standingEvents, statusSql } from './status-sql.ts'
import { unlessChanged } from './unchanged.ts'

/**
 * The lists, in the order in which cleanup results are published; documents not yet in effect are listed as in force,
 * with a note.
 */
export const cleanupLists = {
  keep: { label: '继续有效', statuses: ['in_force', 'pending'] },
  amend: { label: '修改', statuses: ['amended'] },
  repeal: { label: '废止', statuses: ['repealed'] },
  lapse: { label: '失效', statuses: ['expired'] },
  suspend: { label: '停止执行', statuses: ['suspended'] },
  annul: { label: '撤销', statuses: ['annulled'] },
  unverified: { label: '效力未核实', statuses: ['unknown'] },
} as const satisfies Record<string, { label: string; statuses: readonly PublicStatus[] }>
export type CleanupList = keyof typeof cleanupLists
export const cleanupListNames = Object.keys(cleanupLists) as CleanupList[]

/**
 * The categories that are administrative normative documents; laws, regulations, rules and judicial interpretations
 * are not in cleanup lists.
 */
const normativeCategories = ['行政规范性文件', '地方规范性文件', '部门规范性文件']

export interface CleanupItem {
  id: string
  title: string
  documentNumber: string | null
  issuers: string[]
  publishedOn: PlainDate | null
  effectiveDate: PlainDate | null
  validUntil: PlainDate | null
  /** The status of force on that day. */
  status: PublicStatus
  statusLabel: string
  /** So since this day; null when not known. */
  on: PlainDate | null
  /** The reason, such as “被某文件代替” or “有效期届满”; for one in force a note, or null if none. */
  reason: string | null
  /** The document that decided it; null when not done by a document. */
  decision: { id: string; title: string; documentNumber: string | null } | null
  /** The authority or meeting that decided it; null when done by a document. */
  decidedBy: RegisterDecision | null
  imported: boolean
}

export interface CleanupQuery {
  /** As of which day, by default today; with a year given, no later than the last day of that year. */
  on?: PlainDate | undefined
  /**
   * Only those amended, repealed, lapsed, suspended or annulled within the year; of those in force, the ones still in
   * force at the end of the year (or on `on`).
   */
  year?: number | undefined
  issuer?: string | undefined
  jurisdiction?: string | undefined
  now: Date
}

export interface CleanupOverview {
  /** The calendar day the lists are based on. */
  asOf: PlainDate
  counts: Array<{ list: CleanupList; label: string; count: number }>
  issuers: Array<{ value: string; count: number }>
  /** From the earliest year with a published document to now, latest first. */
  years: number[]
}

interface Checked {
  asOf: PlainDate
  /** Where changes within the year begin: those already in the same state the day before are not listed. */
  before: PlainDate | null
  scope: SQL
  key: string
}

const invalid = (path: string, message: string): AppError =>
  new AppError('invalid', message, { issues: [{ path, message }] })

function checked(query: CleanupQuery): Checked {
  const today = dateInShanghai(query.now.toISOString())
  if (query.on !== undefined && !isPlainDate(query.on)) throw invalid('on', '应为真实存在的日期 YYYY-MM-DD')
  const { year } = query
  if (year !== undefined && !(Number.isInteger(year) && year >= 1900 && year <= 2999))
    throw invalid('year', '应为四位年份')
  for (const [path, value] of Object.entries({ issuer: query.issuer, jurisdiction: query.jurisdiction }))
    if (value !== undefined && (value.length > 200 || value.includes('\u0000') || !value.isWellFormed()))
      throw invalid(path, '含有不能识别的字符，或者过长')
  const on = query.on ?? today
  const last = year === undefined ? on : `${year}-12-31`
  const asOf = last < on ? last : on
  const conditions = [
    sql`e.disclosure = 'active'`,
    sql`(e.origin = 'made' or e.category in (${sql.join(
      normativeCategories.map((name) => sql`${name}`),
      sql`, `,
    )}))`,
    sql`(e.published_on is null or e.published_on <= ${asOf}::date)`,
  ]
  if (query.issuer) conditions.push(sql`${query.issuer} = any(e.issuers)`)
  if (query.jurisdiction) conditions.push(sql`e.jurisdiction_id = ${query.jurisdiction}`)
  return {
    asOf,
    before: year === undefined ? null : addDays(`${year}-01-01`, -1),
    scope: sql.join(conditions, sql` and `),
    key: JSON.stringify([asOf, year ?? null, query.issuer ?? null, query.jurisdiction ?? null]),
  }
}

/**
 * Entries of the list; with a year given, only changes within the year, except for those in force and those
 * unverified. A change stated only by the source has no date and belongs to no year.
 */
function within(list: CleanupList, { asOf, before }: Checked): SQL {
  const statuses = sql.join(
    cleanupLists[list].statuses.map((status) => sql`${status}`),
    sql`, `,
  )
  const here = sql`${statusSql('e', asOf)} in (${statuses})`
  if (before === null || list === 'keep' || list === 'unverified') return here
  const dated = sql`(e.origin = 'made' or e.force_events <> '[]'::jsonb or e.valid_until < ${asOf}::date)`
  // An annulment is retroactive: its year is that of the decision.
  if (list === 'annul')
    return sql`${here} and exists (select from (${standingEvents('e')}) as f where f.kind = 'annulled'
      and f.at > ${before}::date and f.at <= ${asOf}::date)`
  return sql`${here} and ${dated} and ${statusSql('e', before)} not in (${statuses})`
}

/**
 * The number in each list, with the authorities and years to choose from. Refuses dates and years that do not exist
 * (AppError invalid).
 */
export async function cleanupOverview(db: Db, query: CleanupQuery): Promise<CleanupOverview> {
  const c = checked(query)
  return await unlessChanged(
    db,
    `cleanup ${c.key}`,
    async () => {
      const rows = await db.execute<Record<CleanupList, number>>(sql`
      select ${sql.join(
        cleanupListNames.map((list) => sql`count(*) filter (where ${within(list, c)})::int as ${sql.identifier(list)}`),
        sql`, `,
      )} from register_entries e where ${c.scope}`)
      // The choices stay the same whatever has been chosen.
      const all = checked({ now: query.now, jurisdiction: query.jurisdiction })
      const issuers = await db.execute<{ value: string; count: number }>(sql`
      select issuer as value, count(*)::int as count from register_entries e, unnest(e.issuers) as issuer
      where ${all.scope} group by issuer order by count(*) desc, issuer limit 200`)
      const first = await db.execute<{ year: number | null }>(sql`
      select extract(year from min(e.published_on))::int as year from register_entries e where ${all.scope}`)
      const thisYear = Number(all.asOf.slice(0, 4))
      const firstYear = first[0]?.year ?? thisYear
      return {
        asOf: c.asOf,
        counts: cleanupListNames.map((list) => ({
          list,
          label: cleanupLists[list].label,
          count: rows[0]?.[list] ?? 0,
        })),
        issuers: [...issuers],
        years: Array.from({ length: Math.max(1, thisYear - firstYear + 1) }, (_, i) => thisYear - i),
      }
    },
    'register',
  )
}

/** Entries of one list in order of publication date, page `page` (from 1, `size` to a page). */
export async function cleanupItems(
  db: Db,
  list: CleanupList,
  query: CleanupQuery & { page?: number; size?: number },
): Promise<CleanupItem[]> {
  const c = checked(query)
  const { page = 1, size = 100 } = query
  const find = async (): Promise<CleanupItem[]> => {
    const rows = await db.execute<SummaryRow & Record<string, unknown>>(sql`
      select e.jurisdiction_id, e.id, e.origin, e.source_id, e.source_name, e.title, e.document_number, e.registry_number,
        e.issuers, e.lead_issuer, e.tier, e.category, e.genre, e.subject, e.region, e.adoption_date::text,
        e.published_on::text, e.effective_date::text, e.valid_until::text, e.force_events, e.source_status,
        to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on, e.summary
      from register_entries e where ${c.scope} and ${within(list, c)}
      order by e.published_on nulls last, e.document_number nulls last, e.jurisdiction_id, e.id
      limit ${size} offset ${(page - 1) * size}`)
    const decisions = await decisionsOf(db, rows)
    return rows.map((row) => itemOf(row, c.asOf, decisions))
  }
  // A whole list, as for a download, is not worth remembering.
  return await (size > 200 ? find() : unlessChanged(db, `cleanup ${list} ${page} ${size} ${c.key}`, find, 'register'))
}

type Decisions = ReadonlyMap<string, CleanupItem['decision']>

async function decisionsOf(db: Db, rows: readonly SummaryRow[]): Promise<Decisions> {
  const ids = [...new Set(rows.flatMap((row) => row.force_events.flatMap((event) => event.byDocument ?? [])))]
  if (ids.length === 0) return new Map()
  const found = await db.execute<{
    jurisdiction_id: string
    asked: string
    id: string
    title: string
    document_number: string | null
  }>(sql`
    select e.jurisdiction_id, asked.id as asked, e.id, e.title, e.document_number
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as asked(id)
    join register_entries e on e.id = asked.id or e.document_id = asked.id where e.disclosure = 'active'`)
  return new Map(
    found.map((row) => [
      `${row.jurisdiction_id}/${row.asked}`,
      { id: row.id, title: row.title, documentNumber: row.document_number },
    ]),
  )
}

/** The kind of event that puts a document into a status; the other statuses do not come from events. */
const causes: Partial<Record<PublicStatus, string>> = {
  amended: 'amended',
  repealed: 'repealed',
  expired: 'lapsed',
  suspended: 'suspended',
  annulled: 'annulled',
}

function itemOf(row: SummaryRow, asOf: PlainDate, decisions: Decisions): CleanupItem {
  const answer = statusOn(statusFacts(row), asOf)
  const cause = standingForce(row.force_events)
    .filter(
      (event) => event.kind === causes[answer.status] && (answer.status === 'annulled' || event.on === answer.since),
    )
    .at(-1)
  const reason = cause?.reason ?? withoutCause(answer)
  return {
    id: row.id,
    title: row.title,
    documentNumber: row.document_number,
    issuers: row.issuers,
    publishedOn: row.published_on,
    effectiveDate: row.effective_date,
    validUntil: row.valid_until,
    status: answer.status,
    statusLabel: answer.label,
    on: cause?.on ?? (answer.status === 'unknown' || answer.status === 'pending' ? null : answer.since),
    reason,
    decision: (cause?.byDocument && decisions.get(`${row.jurisdiction_id}/${cause.byDocument}`)) || null,
    decidedBy: cause?.decision ?? null,
    imported: row.origin === 'imported',
  }
}

/** The reason for a status that does not come from an event of force. */
function withoutCause({ status, source, label, explanation }: StatusAnswer): string | null {
  const stated = source !== 'computed'
  if (status === 'in_force') return stated ? label : null
  return status === 'expired' && !stated ? '有效期届满' : explanation
}
