// Laws, regulations and documents cited in a body → register entries and their force on a given day; what the register
// does not hold is looked up among the superior acts. However many are cited, the database is queried three times.
import { actNumbered, actsAsOf, type KnownFact, knownOn } from '@dianzhang/acts'
import { isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError, type ForceStatus, forceLabels } from '@dianzhang/contract'
import { type DbOrTx, sql } from '@dianzhang/database'
import { type Citations, citedActs, type Reference } from '@dianzhang/text'
import { factsOfActs } from './acts/facts.ts'
import { chineseDate, type StatusAnswer, type StatusFacts, statusOn } from './status-on.ts'
import { titleKey, titleKeySql } from './title-key.ts'

/**
 * Force of the cited document. `unknown`: neither in the register nor among the superior acts (`entry` is null), or
 * there with unverified force;
 * `ambiguous`: several different documents have the same title or number.
 */
export type CitationStatus = Exclude<ForceStatus, 'pending'> | 'pending_effect' | 'unknown' | 'ambiguous'

export interface CitedEntry {
  /** A register entry with its text, or one of the superior acts, known by name and dates only. */
  source: 'register' | 'acts'
  id: string
  title: string
  documentNumber: string | null
  /** Address on the portal. */
  href: string
  effectiveDate: PlainDate | null
  validUntil: PlainDate | null
  /** Bytes of the body: the portal shows very long ones in parts. */
  bodyBytes: number
}
export interface ResolvedCitation {
  /** Where the title (with its title marks) or document number stands in the original text, in UTF-16 units. */
  start: number
  end: number
  /** Full title of the cited document; null when only a number is cited. */
  name: string | null
  docNo: string | null
  /** The articles and paragraphs cited, and where they stand. */
  references: Reference[]
  status: CitationStatus
  statusLabel: string
  entry: CitedEntry | null
}

interface Row extends Record<string, unknown> {
  key: string
  jurisdiction_id: string
  id: string
  title: string
  document_number: string | null
  region: string | null
  origin: string
  published_on: string | null
  effective_date: string | null
  valid_until: string | null
  force_events: StatusFacts['forceEvents']
  source_status: string | null
  recorded_on: string
  body_bytes: number
}
interface Candidate {
  row: Row
  titleKey: string
  start: PlainDate | null
  answer: StatusAnswer
}

/**
 * Finds out which register entries the citations found by `cite()` are, and their force on the day `on` (a calendar
 * day); in the order of the original text. Titles and numbers are compared after normalisation. When several versions
 * of the same title are held, takes the one in force on `on`, else the latest that had taken effect, and if none had,
 * the earliest to take effect. The same title in different regions, or the same number with different titles, is not
 * chosen between (`ambiguous`); when `jurisdiction` is given, entries of that jurisdiction come first. Queries only
 * entries disclosed on initiative. An act the register does not hold stands as the catalogue of superior acts and what
 * was registered beside it have it on `on`. Refuses dates that do not exist (AppError invalid).
 */
export async function resolveCitations(
  db: DbOrTx,
  citations: Citations,
  options: { on: PlainDate; jurisdiction?: string | undefined },
): Promise<ResolvedCitation[]> {
  const { on, jurisdiction } = options
  if (!isPlainDate(on)) {
    throw new AppError('invalid', '日期无效', { issues: [{ path: 'on', message: '应为真实存在的日期 YYYY-MM-DD' }] })
  }
  const asked = citedActs(citations)
  const names = new Set(asked.flatMap(({ name }) => (name === null ? [] : [titleKey(name)])))
  const numbers = new Set(asked.flatMap(({ docNo }) => (docNo === null ? [] : numberForms(docNo))))
  const byName = await candidatesBy(db, titleKeySql('e.title'), names, on)
  const byNumber = await candidatesBy(db, sql`e.document_number`, numbers, on)
  const resolved = asked.map((one) => {
    const named = one.name === null ? [] : (byName.get(titleKey(one.name)) ?? [])
    const numbered = one.docNo === null ? [] : numberForms(one.docNo).flatMap((form) => byNumber.get(form) ?? [])
    return { ...one, ...chosen(named, numbered, on, jurisdiction) }
  })
  const elsewhere = resolved.flatMap((one) => (one.entry === null && one.status === 'unknown' ? actWritten(one) : []))
  if (elsewhere.length === 0) return resolved
  const facts = await factsOfActs(db, elsewhere)
  return resolved.map((one) => {
    const written = one.entry === null && one.status === 'unknown' ? actWritten(one)[0] : undefined
    return written === undefined ? one : { ...one, ...(actStanding(written, facts, on) ?? {}) }
  })
}

/** The name by which an act is looked up: as written, or the one whose number is cited alone. */
function actWritten({ name, docNo }: { name: string | null; docNo: string | null }): string[] {
  const written = name ?? (docNo === null ? null : actNumbered(docNo))
  return written === null ? [] : [written]
}

function actStanding(name: string, facts: readonly KnownFact[], on: PlainDate): Resolution | null {
  const found = knownOn(facts, name, on)
  const act = found?.fact ?? found?.listed
  if (!found || !act) return null
  const { status } = found
  const by = found.fact ? '（登记的上位法）' : `（上位法目录，截至${chineseDate(actsAsOf)}）`
  return {
    status: status === 'pending' ? 'pending_effect' : status,
    statusLabel: `${status === 'unknown' ? '效力未核实' : forceLabels[status]}${by}`,
    entry: {
      source: 'acts',
      id: act.id,
      title: act.title,
      documentNumber: act.documentNumber,
      href: `/acts/${encodeURIComponent(act.id)}`,
      effectiveDate: 'effectiveDate' in act ? act.effectiveDate : act.effectiveOn,
      validUntil: null,
      bodyBytes: 0,
    },
  }
}

/** The register may write “国务院令第七百号” with the country's name in front. */
const numberForms = (number: string): string[] => {
  const bare = number.replace(/^中华人民共和国/, '')
  return [bare, `中华人民共和国${bare}`]
}

async function candidatesBy(
  db: DbOrTx,
  key: ReturnType<typeof titleKeySql>,
  wanted: ReadonlySet<string>,
  on: PlainDate,
): Promise<Map<string, Candidate[]>> {
  // jsonb takes neither NUL nor half a surrogate pair; no entry carries them.
  const keys = [...wanted].filter((text) => text !== '' && !text.includes('\u0000') && text.isWellFormed())
  const found = new Map<string, Candidate[]>()
  if (keys.length === 0) return found
  // Lateral and unflattened: without statistics on the expression the planner would compute it for the whole register.
  const rows = await db.execute<Row>(sql`
    select asked.key, e.* from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as asked(key)
    cross join lateral (
      select e.jurisdiction_id, e.id, e.title, e.document_number, e.region, e.origin, e.published_on::text,
        e.effective_date::text, e.valid_until::text, e.force_events, e.source_status,
        to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on,
        octet_length(e.body) as body_bytes
      from register_entries e where ${key} = asked.key and e.disclosure = 'active' offset 0
    ) e`)
  for (const row of rows) found.set(row.key, [...(found.get(row.key) ?? []), candidateOf(row, on)])
  return found
}

const candidateOf = (row: Row, on: PlainDate): Candidate => ({
  row,
  titleKey: titleKey(row.title),
  start: row.effective_date ?? row.published_on,
  answer: statusOn(
    {
      origin: row.origin,
      publishedOn: row.published_on,
      effectiveDate: row.effective_date,
      validUntil: row.valid_until,
      forceEvents: row.force_events,
      sourceStatus: row.source_status,
      recordedOn: row.recorded_on,
    },
    on,
  ),
})

type Resolution = Pick<ResolvedCitation, 'status' | 'statusLabel' | 'entry'>
const notFound: Resolution = { status: 'unknown', statusLabel: '文件库未收录', entry: null }
const ambiguous: Resolution = { status: 'ambiguous', statusLabel: '有几件同名或者同号的文件，不能确定', entry: null }

function chosen(
  named: readonly Candidate[],
  numbered: readonly Candidate[],
  on: PlainDate,
  jurisdiction: string | undefined,
): Resolution {
  // Name and number together say most; a law's own number may be that of an amendment, so the name alone is enough.
  const both = named.filter((one) => numbered.some((other) => sameEntry(one, other)))
  let candidates = both.length > 0 ? both : named.length > 0 ? named : numbered
  if (candidates.length === 0) return notFound
  if (!areOneAct(candidates)) {
    const own = candidates.filter(({ row }) => row.jurisdiction_id === jurisdiction)
    if (own.length === 0 || !areOneAct(own)) return ambiguous
    candidates = own
  }
  // The number may name one version of an act; which one applies is asked of all of them.
  if (both.length > 0 && areOneAct(named)) candidates = named
  return resolutionOf(versionOn(candidates, on))
}

const sameEntry = (a: Candidate, b: Candidate): boolean =>
  a.row.id === b.row.id && a.row.jurisdiction_id === b.row.jurisdiction_id

/** The entries are versions of one act: same title, regions not in conflict. */
const areOneAct = (candidates: readonly Candidate[]): boolean =>
  new Set(candidates.map((one) => one.titleKey)).size === 1 &&
  new Set(candidates.map((one) => one.row.region ?? '')).size === 1

/** The version that applies on the day `on`; `candidates` is not empty. */
function versionOn(candidates: readonly Candidate[], on: PlainDate): Candidate {
  const newestFirst = [...candidates].sort(
    (a, b) =>
      (b.start ?? '').localeCompare(a.start ?? '') ||
      Number(b.answer.status === 'in_force') - Number(a.answer.status === 'in_force') ||
      (b.row.published_on ?? '').localeCompare(a.row.published_on ?? '') ||
      a.row.id.localeCompare(b.row.id),
  )
  const begun = newestFirst.filter((one) => one.answer.status !== 'pending' && (one.start ?? '') <= on)
  const newest = begun[0]
  if (newest === undefined) return newestFirst.at(-1) as Candidate
  if (newest.answer.status === 'in_force' || newest.answer.status === 'unknown' || newest.answer.status === 'suspended')
    return newest
  return begun.find((one) => one.answer.status === 'in_force') ?? newest
}

const resolutionOf = ({ row, answer }: Candidate): Resolution => ({
  status: answer.status === 'pending' ? 'pending_effect' : answer.status,
  statusLabel: answer.label,
  entry: {
    source: 'register',
    id: row.id,
    title: row.title,
    documentNumber: row.document_number,
    href: `/register/${encodeURIComponent(row.id)}`,
    effectiveDate: row.effective_date,
    validUntil: row.valid_until,
    bodyBytes: Number(row.body_bytes),
  },
})
