// 正文所引的法律、法规、文件 → 登记库条目及其在某日的效力。不论引了多少，只查两次库。
import { isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError, type ForceStatus } from '@dianzhang/contract'
import { type DbOrTx, sql } from '@dianzhang/database'
import { type Citations, citedActs, type Reference } from '@dianzhang/text'
import { type StatusAnswer, type StatusFacts, statusOn } from './status-on.ts'
import { titleKey, titleKeySql } from './title-key.ts'

/** 所引文件的效力。`unknown`：文件库没有收录（`entry` 为空），或者收录了而效力未核实；`ambiguous`：有几件同名、同号的不同文件。 */
export type CitationStatus = Exclude<ForceStatus, 'pending'> | 'pending_effect' | 'unknown' | 'ambiguous'

export interface CitedEntry {
  id: string
  title: string
  documentNumber: string | null
  /** 门户上的地址。 */
  href: string
  effectiveDate: PlainDate | null
  validUntil: PlainDate | null
  /** 正文的字节数：很长的，门户分部分显示。 */
  bodyBytes: number
}
export interface ResolvedCitation {
  /** 名称（含书名号）或者文号在原文中的位置，UTF-16 单元。 */
  start: number
  end: number
  /** 所引名称的全称；单独引用文号的为 null。 */
  name: string | null
  docNo: string | null
  /** 所引的条款及其位置。 */
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
 * 查明 `cite()` 找到的引用在登记库中是哪一件、`on` 之日（日历日）效力如何；按在原文中的先后。
 * 名称与文号都归一后比较；同一名称收录了几个版本的，取 `on` 之日有效的，其次已经施行的最新一个，都未施行的取最早将施行的。
 * 同名而属不同地区的、文号相同而名称不同的，不作选择（`ambiguous`）；`jurisdiction` 给出时，本法域登记的优先。
 * 只查主动公开的条目。拒绝不存在的日期（AppError invalid）。
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
  return asked.map((one) => {
    const named = one.name === null ? [] : (byName.get(titleKey(one.name)) ?? [])
    const numbered = one.docNo === null ? [] : numberForms(one.docNo).flatMap((form) => byNumber.get(form) ?? [])
    return { ...one, ...chosen(named, numbered, on, jurisdiction) }
  })
}

/** 国务院令第七百号 的登记写法可能冠以国名。 */
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

/** 各件是同一部文件的不同版本：名称相同，地区不相冲突。 */
const areOneAct = (candidates: readonly Candidate[]): boolean =>
  new Set(candidates.map((one) => one.titleKey)).size === 1 &&
  new Set(candidates.map((one) => one.row.region ?? '')).size === 1

/** `on` 之日适用的版本；`candidates` 不为空。 */
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
    id: row.id,
    title: row.title,
    documentNumber: row.document_number,
    href: `/register/${encodeURIComponent(row.id)}`,
    effectiveDate: row.effective_date,
    validUntil: row.valid_until,
    bodyBytes: Number(row.body_bytes),
  },
})
