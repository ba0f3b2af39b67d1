// Imports documents already published: checked line by line, written in batches; can be interrupted and run again.
// Importing the same entry again makes no duplicate; a changed content is only reported, never overwritten.

import { hash } from 'node:crypto'
import { AppError, issuesInLine } from '@dianzhang/contract'
import {
  type Db,
  databaseProblem,
  eq,
  getTableColumns,
  schema,
  sql,
  type Tx,
  withTransaction,
} from '@dianzhang/database'
import { refuseDamaged, UnreadableFile, wordsOf } from '@dianzhang/formats'
import { canonicalJson, contentHash } from '@dianzhang/ledger'
import { buildFileIdentifier, parseNumber } from '@dianzhang/numbering'
import { type CitationEdge, lastDayOf, statedTerms } from '@dianzhang/text'
import { z } from 'zod'
import { edgeRows, entrySource, settleCertainty, writeEdges } from './citations/edge-rows.ts'
import { readEdges } from './citations/read-edges.ts'
import { entryHasRareForms, rareFormsKey } from './search.ts'
import { partSize } from './search-index/build.ts'
import { indexerOf } from './search-index/indexer.ts'
import { knownStatusWord } from './status-on.ts'

const { jurisdictions, registerEntries } = schema

const day = z.iso.date('应为真实存在的日期 YYYY-MM-DD')
const line = (max: number) =>
  z
    .string('应为文本')
    .trim()
    .min(1, '不能为空')
    .max(max, `超过 ${max} 字`)
    .refine((text) => !text.includes('\u0000'), '含有空字符')

/**
 * One record; everything but id, title and body may be left out. Fields not listed are not imported, but count when
 * deciding whether the content has changed.
 */
const ImportRecord = z.looseObject({
  id: line(200),
  title: line(500),
  body: z
    .string('应为文本')
    .min(1, '正文为空')
    .max(2_000_000, '正文超过 200 万字')
    .refine((text) => !text.includes('\u0000'), '正文含有空字符')
    .refine((text) => text.isWellFormed(), '正文含有残缺的字符（孤立代理项）'),
  docNo: line(200).optional(),
  docNoRaw: line(200).optional(),
  issuer: line(500).optional(),
  category: line(100).optional(),
  sub: line(200).optional(),
  region: line(100).optional(),
  publishedAt: day.optional(),
  effectiveAt: day.optional(),
  originalEffectiveAt: day.optional(),
  /** Last day of validity (inclusive). */
  validUntil: day.optional(),
  status: line(50).optional(),
  history: z.array(z.string()).optional(),
  flat: z.boolean().optional(),
  source: line(500).optional(),
  sourcePath: line(1000).optional(),
  /** What lists carry and full-text imports do not. */
  listed: z
    .looseObject({ leadUnit: line(500).optional(), reason: line(4000).optional(), adoptedAt: day.optional() })
    .optional(),
})
type ImportRecord = z.infer<typeof ImportRecord>

export interface ImportOptions {
  /** The jurisdiction the entries go into (administrative division code); it must exist. */
  jurisdiction: string
  /** Name of the source; together with the source's id it uniquely identifies an entry. */
  sourceName: string
  /** Instant of the import. */
  now: Date
  /** Entries per batch, by default 100; one transaction per batch. */
  batch?: number
  signal?: AbortSignal
  onProgress?: (progress: ImportProgress) => void
}
export interface ImportProgress {
  lines: number
  imported: number
  unchanged: number
  failed: number
}
export interface ImportFault {
  /** Line number, from 1. */
  line: number
  /** Id at the source; null when it could not be read. */
  id: string | null
  kind: 'unreadable' | 'invalid' | 'duplicate' | 'conflict' | 'rejected'
  reason: string
}
/** Imported although not quite right: kept as it is, with a note in the metadata. */
export interface ImportRemark {
  line: number
  id: string
  kind:
    | 'number_tolerated'
    | 'number_unreadable'
    | 'no_published_date'
    | 'no_issuer'
    | 'status_unknown'
    | 'valid_until_asked'
    | 'no_title'
    | 'no_status'
    | 'date_unreadable'
    | 'results_differ'
    | 'page_read'
  detail: string
}
export interface ImportReport {
  jurisdiction: string
  sourceName: string
  /** Number of non-empty lines read. */
  lines: number
  imported: number
  /** Imported before, with the same content. */
  unchanged: number
  /** Lines not imported, each explained. */
  faults: ImportFault[]
  remarks: ImportRemark[]
  /** Number of entries given a file identifier (WJBS); each noted as not assigned by the issuer. */
  withFileIdentifier: number
  /** Status wordings not recognised, and how many of each; the force of these entries is unverified. */
  unknownStatuses: Record<string, number>
  /**
   * Citations read: how many and in which role; how many where it is unclear which act is meant, and how many found
   * neither in the directory nor in the register.
   */
  citations: { edges: number; roles: Record<string, number>; unbound: number; notInLibrary: number; seconds: number }
  aborted: boolean
}

interface Candidate {
  line: number
  record: ImportRecord
  fingerprint: string
  /** The source's body is a web page; its markup has been removed. */
  html?: boolean
}
type Row = typeof registerEntries.$inferInsert

/** A line and its number in the original file: for one from a table, the table's row number. */
export interface NumberedLine {
  line: number
  text: string
}

/**
 * Imports every line of `source` (JSON text). Committed batch by batch: run again after an interruption, it skips
 * what was imported. An unfit line does not affect the others and goes into `faults`; the same id with different
 * content is listed as conflict and does not overwrite the existing entry. Throws when the jurisdiction does not
 * exist.
 */
export async function importEntries(
  office: { db: Db },
  source: AsyncIterable<string | NumberedLine>,
  options: ImportOptions,
): Promise<ImportReport> {
  await requireJurisdiction(office.db, options.jurisdiction)
  const report: ImportReport = {
    jurisdiction: options.jurisdiction,
    sourceName: options.sourceName,
    lines: 0,
    imported: 0,
    unchanged: 0,
    faults: [],
    remarks: [],
    withFileIdentifier: 0,
    unknownStatuses: {},
    citations: { edges: 0, roles: {}, unbound: 0, notInLibrary: 0, seconds: 0 },
    aborted: false,
  }
  const size = options.batch ?? 100
  const seen = new Map<string, number>()
  let waiting: Candidate[] = []
  let number = 0
  // Two batches are being written while the next is read.
  const run: Run = { report, reading: new Turns() }
  const writing = new Set<Promise<void>>()
  const index = indexerOf(office.db)
  let indexedAt = 0
  let indexing: Promise<unknown> = Promise.resolve()
  // Nobody waits for a merge before the end: what comes meanwhile is added beside it.
  let merging: Promise<unknown> | null = null
  const merge = () => {
    merging ??= index.merge('filling').finally(() => {
      merging = null
    })
    merging.catch(() => {})
  }
  const flush = async () => {
    if (writing.size >= 2) await Promise.race(writing)
    // The search index is written as the import goes, in portions, beside the batches: searching stays as fast as it was.
    if (report.imported - indexedAt >= partSize) {
      indexedAt = report.imported
      await indexing
      indexing = index.pending().then(merge)
      indexing.catch(() => {})
    }
    const batch = waiting
    waiting = []
    const task = writeBatch(office.db, batch, options, run).then(() => {
      writing.delete(task)
      options.onProgress?.(progressOf(report))
    })
    // A failure stays in the set and is thrown by the next await; without this it would count as unhandled until then.
    task.catch(() => {})
    writing.add(task)
  }
  let count = 0
  for await (const given of source) {
    count += 1
    const text = typeof given === 'string' ? given : given.text
    number = typeof given === 'string' ? count : given.line
    if (options.signal?.aborted) {
      report.aborted = true
      break
    }
    // A file may begin with a byte order mark.
    const content = (count === 1 ? text.replace(/^\ufeff/, '') : text).trim()
    if (content === '') continue
    report.lines += 1
    const candidate = readLine(number, content, report)
    if (!candidate) continue
    const earlier = seen.get(candidate.record.id)
    if (earlier !== undefined) {
      const reason = `标识与第 ${earlier} 行重复`
      report.faults.push({ line: number, id: candidate.record.id, kind: 'duplicate', reason })
      continue
    }
    seen.set(candidate.record.id, number)
    waiting.push(candidate)
    if (waiting.length >= size) await flush()
  }
  await flush()
  await Promise.all([...writing, indexing])
  await merging
  if (report.imported > 0) {
    // A handful is left to the worker.
    let written = indexedAt > 0
    while ((await index.pending(500)) > 0) written = true
    if (written) await index.merge('filling')
    const started = performance.now()
    report.citations.notInLibrary = await settleCertainty(office.db, options.jurisdiction)
    report.citations.seconds += performance.now() - started
    report.citations.seconds = Math.round(report.citations.seconds / 100) / 10
    await onDisk(office.db)
  }
  report.faults.sort((a, b) => a.line - b.line)
  report.remarks.sort((a, b) => a.line - b.line)
  return report
}

const progressOf = (report: ImportReport): ImportProgress => ({
  lines: report.lines,
  imported: report.imported,
  unchanged: report.unchanged,
  failed: report.faults.length,
})

async function requireJurisdiction(db: Db, id: string): Promise<void> {
  const found = await db.select({ id: jurisdictions.id }).from(jurisdictions).where(eq(jurisdictions.id, id))
  if (found.length === 0)
    throw new AppError('not_found', `法域 ${id} 不存在：请先建立法域，或以 --jurisdiction 指定已有的法域`)
}

function readLine(number: number, content: string, report: ImportReport): Candidate | null {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    report.faults.push({ line: number, id: null, kind: 'unreadable', reason: '不是完整的 JSON' })
    return null
  }
  const parsed = ImportRecord.safeParse(value)
  if (!parsed.success) {
    const id = (value as { id?: unknown } | null)?.id
    const reason = issuesInLine(parsed.error, ImportRecord, value)
    report.faults.push({ line: number, id: typeof id === 'string' ? id : null, kind: 'invalid', reason })
    return null
  }
  try {
    // The body of a web site's export is often its page: read without its marks; other files and destroyed words are refused.
    const words = wordsOf(parsed.data.body)
    refuseDamaged(parsed.data.title)
    const record = words.html ? { ...parsed.data, body: words.text } : parsed.data
    const html = words.html ? { html: true } : {}
    return { line: number, record, fingerprint: sha256(canonicalJson(parsed.data)), ...html }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report.faults.push({ line: number, id: parsed.data.id, kind: 'invalid', reason })
    return null
  }
}

/**
 * A look by key, one key after the other, as the next in the order of the index. A table that is being filled has no
 * statistics yet: asked for equality, the planner takes any index that begins with the place, reads all its entries for every
 * batch, and keeps to a plan made while there were few. Only the index of the keys gives their order without sorting.
 */
const byKey = <T>(db: Db, look: (tx: Tx) => Promise<T>): Promise<T> =>
  withTransaction(db, async (tx) => {
    await tx.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`)
    return await look(tx)
  })

/** One after the other: a batch that waits for its turn is not counted as being read. */
class Turns {
  #last: Promise<unknown> = Promise.resolve()
  next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => {})
    return mine
  }
}
interface Run {
  report: ImportReport
  reading: Turns
}
async function writeBatch(db: Db, batch: Candidate[], options: ImportOptions, run: Run): Promise<void> {
  const { report, reading } = run
  if (batch.length === 0) return
  const ids = batch.map(({ record }) => record.id)
  const known = await byKey(db, (tx) =>
    tx.execute<{ id: string; fingerprint: string | null }>(sql`
      select e.source_id as id, e.metadata ->> 'sourceFingerprint' as fingerprint
      from unnest(${sql.param(ids)}::text[]) as wanted (id)
      cross join lateral (select source_id, metadata from register_entries e
        where e.jurisdiction_id = ${options.jurisdiction} and e.source_name = ${options.sourceName}
          and e.source_id >= wanted.id order by e.source_id limit 1) e
      where e.source_id = wanted.id`),
  )
  const fingerprints = new Map(known.map((row) => [row.id, row.fingerprint]))
  const fresh: Candidate[] = []
  for (const candidate of batch) {
    const fingerprint = fingerprints.get(candidate.record.id)
    if (fingerprint === undefined) fresh.push(candidate)
    else if (fingerprint === candidate.fingerprint) report.unchanged += 1
    else {
      const reason = '同一标识的条目已经导入，来源内容现已不同：未覆盖已有条目'
      report.faults.push({ line: candidate.line, id: candidate.record.id, kind: 'conflict', reason })
    }
  }
  if (fresh.length === 0) return
  const taken = await takenIdentifiers(db, options.jurisdiction, fresh)
  const edges = await reading.next(async () => {
    const started = performance.now()
    const found = await readEdges(fresh.map(({ record }) => ({ body: record.body, title: record.title })))
    report.citations.seconds += performance.now() - started
    return found
  })
  const rows = fresh.map((candidate, i) => ({
    candidate,
    edges: edges[i] ?? [],
    ...rowOf(candidate, options, taken),
  }))
  try {
    await insertRows(db, rows, report)
  } catch (error) {
    if (!databaseProblem(error) || rows.length === 1) return rejectOrThrow(error, rows, report)
    // One bad row must not cost the batch: each alone.
    for (const row of rows) await insertRows(db, [row], report).catch((cause) => rejectOrThrow(cause, [row], report))
  }
}

/** The batches were committed without waiting for the disk: before anybody is told that they are in, they are there. */
async function onDisk(db: Db): Promise<void> {
  await withTransaction(db, (tx) => tx.execute(sql`select pg_logical_emit_message(true, 'dianzhang', 'import')`))
}

interface PreparedRow {
  candidate: Candidate
  row: Row
  edges: CitationEdge[]
  remarks: ImportRemark[]
}

const columns = Object.entries(getTableColumns(registerEntries))
const names = sql.join(
  columns.map(([, { name }]) => sql.identifier(name)),
  sql`, `,
)
/** What is null is left out: the database puts it in itself, and most columns of an imported entry are. */
const asJson = (rows: readonly PreparedRow[]): string =>
  JSON.stringify(
    rows.map(({ row }) => {
      const given: Record<string, unknown> = {}
      for (const [key, { name }] of columns) {
        const value = row[key as keyof Row]
        if (value !== null && value !== undefined) given[name] = value
      }
      return given
    }),
  )

async function insertRows(db: Db, rows: PreparedRow[], report: ImportReport): Promise<void> {
  const written = await withTransaction(db, async (tx) => {
    // A batch that a power cut takes back is imported again by the next run. Nobody waits for it as for a page: on a busy
    // machine it takes its time, and waits its turn for the public log.
    await tx.execute(
      sql`select set_config('synchronous_commit', 'off', true), set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`,
    )
    // One parameter for all rows: the query builder takes longer over forty-five columns than the database does.
    const inserted = await tx.execute<{ sourceId: string; id: string }>(sql`
      insert into register_entries (${names}) select ${names} from jsonb_populate_recordset(null::register_entries, ${asJson(rows)}::jsonb)
      on conflict do nothing returning source_id as "sourceId", id`)
    const ids = new Set(inserted.map(({ id }) => id))
    const citing = rows
      .filter(({ row }) => ids.has(row.id))
      .flatMap(({ row, edges }) => edgeRows(entrySource(row.jurisdictionId, row.id, null, null), edges))
    const started = performance.now()
    await writeEdges(tx, citing)
    report.citations.seconds += performance.now() - started
    report.citations.edges += citing.length
    for (const { role, certainty } of citing) {
      report.citations.roles[role] = (report.citations.roles[role] ?? 0) + 1
      if (certainty === 'unbound') report.citations.unbound += 1
    }
    return inserted
  })
  const done = new Set(written.map((row) => row.sourceId))
  for (const { candidate, row, remarks } of rows) {
    // Another import of the same file was faster with this one.
    if (!done.has(candidate.record.id)) report.unchanged += 1
    else {
      report.imported += 1
      report.remarks.push(...remarks)
      for (const { kind } of remarks) {
        const says = candidate.record.status
        if (kind === 'status_unknown' && says !== undefined)
          report.unknownStatuses[says] = (report.unknownStatuses[says] ?? 0) + 1
      }
      if (row.wjbs) report.withFileIdentifier += 1
    }
  }
}

/**
 * When the database does not accept the content of a line (SQLSTATE classes 22, 23, 54), it is recorded as not
 * imported; connection problems and the like are thrown as usual, and the whole import can be run again.
 */
function rejectOrThrow(error: unknown, rows: PreparedRow[], report: ImportReport): void {
  const problem = databaseProblem(error)
  if (!problem || !/^(22|23|54)/.test(problem.code)) throw error
  for (const { candidate } of rows) {
    const reason = `数据库不接受：${problem.message}`
    report.faults.push({ line: candidate.line, id: candidate.record.id, kind: 'rejected', reason })
  }
}

/** The lead authority's name is followed by the other authorities, separated by “、”. */
const issuersOf = (issuer: string | undefined): string[] =>
  issuer
    ? issuer
        .split(/[、;；]/)
        .map((name) => name.trim())
        .filter(Boolean)
    : []

function rowOf(
  { line, record, fingerprint, html }: Candidate,
  options: ImportOptions,
  taken: ReadonlySet<string>,
): { row: Row; remarks: ImportRemark[] } {
  const remarks: ImportRemark[] = []
  const remark = (kind: ImportRemark['kind'], detail: string) => remarks.push({ line, id: record.id, kind, detail })
  const number = record.docNo === undefined ? null : parseNumber(record.docNo)
  if (number && !number.valid) {
    const faults = number.faults.map((fault) => fault.message).join('；')
    if (number.tolerated) remark('number_tolerated', `${record.docNo} → ${number.normalized}：${faults}`)
    else remark('number_unreadable', `${record.docNo}：${faults}`)
  }
  const issuers = issuersOf(record.issuer)
  if (issuers.length === 0) remark('no_issuer', '来源没有载明制定机关')
  if (html) remark('page_read', '来源的正文是网页，已去掉标记只读文字')
  if (!record.publishedAt) remark('no_published_date', '来源没有载明公布日期')
  const known = record.status === undefined ? null : knownStatusWord(record.status)
  if (record.status !== undefined && known === null)
    remark('status_unknown', `状态“${record.status}”不认识，效力按未核实登记`)
  const asked = record.validUntil === undefined ? validUntilIn(record) : null
  if (asked !== null) remark('valid_until_asked', asked.detail)
  const identifier = importedIdentifier(record, taken)
  const documentNumber = number?.normalized ?? record.docNo ?? null
  const documentNumberRaw = record.docNoRaw ?? (documentNumber === record.docNo ? null : (record.docNo ?? null))
  const content = {
    title: record.title,
    documentNumber,
    documentNumberRaw,
    issuers,
    body: record.body,
  }
  const row: Row = {
    ...content,
    jurisdictionId: options.jurisdiction,
    id: importedId(options, record.id),
    origin: 'imported',
    sourceId: record.id,
    sourceName: options.sourceName,
    leadIssuer: issuers[0] ?? null,
    category: record.category ?? null,
    subject: record.sub ?? null,
    region: record.region ?? null,
    publishedOn: record.publishedAt ?? null,
    effectiveDate: record.effectiveAt ?? null,
    validUntil: record.validUntil ?? null,
    disclosure: 'active',
    forceEvents: [],
    sourceStatus: known ?? record.status ?? null,
    wjbs: identifier.value,
    wjbsSource: identifier.value === null ? null : 'IMPORTED_NOT_ISSUED',
    wjbsMissing: identifier.missing,
    textHash: contentHash({ body: record.body, attachments: [] }, sha256),
    attachments: [],
    metadata: {
      sourceFingerprint: fingerprint,
      ...(entryHasRareForms(content) ? { [rareFormsKey]: true } : {}),
      ...(record.originalEffectiveAt ? { originalEffectiveDate: record.originalEffectiveAt } : {}),
      ...(record.listed ? { listed: record.listed } : {}),
      ...(known !== null && known !== record.status ? { statedStatus: record.status } : {}),
      ...(asked?.until ? { validUntilAsked: asked.until } : {}),
      ...(record.history ? { history: record.history } : {}),
      ...(record.flat ? { flat: true } : {}),
      ...(record.source ? { source: record.source } : {}),
      ...(record.sourcePath ? { sourcePath: record.sourcePath } : {}),
      ...(number
        ? {
            number: {
              kind: number.kind,
              prefix: number.prefix,
              year: number.year,
              seq: number.seq,
              valid: number.valid,
              tolerated: number.tolerated ?? false,
              faults: number.faults.map((fault) => fault.message),
            },
          }
        : {}),
    },
    createdAt: options.now,
  }
  return { row, remarks }
}

const speaksOfValidity = /有效期|[试暂]行期|(?:施行|执行|实施)期限|自动失效|自行失效|失效[。；]/u
/**
 * The validity stated in the body itself, worked out to its last day; raised only as a question, not registered as
 * fact. Null when not stated.
 */
function validUntilIn({
  body,
  effectiveAt,
  publishedAt,
}: ImportRecord): { until: string | null; detail: string } | null {
  // Taking effect and validity are written in the last article; a compilation of well over a hundred thousand
  // characters need not be read whole.
  const text = body.length > 20_000 ? body.slice(-20_000) : body
  if (!speaksOfValidity.test(text)) return null
  const { effective, validity } = statedTerms(text)
  const said = validity.find(({ kind }) => kind === 'span' || kind === 'until')
  if (said === undefined) return null
  const quote = text.slice(said.start, said.end).trim()
  if (said.until !== null) return { until: said.until, detail: `正文写明“${quote}”，至${said.until}；没有登记，请核对` }
  const stated = effective.find(({ date }) => date !== null)?.date
  const from =
    said.from ?? effectiveAt ?? stated ?? (effective.some(({ onIssue }) => onIssue) ? publishedAt : undefined)
  if (from === undefined || said.months === null)
    return { until: null, detail: `正文写明“${quote}”，没有施行日期，算不出最后一日，请核对` }
  const until = lastDayOf(from, said.months)
  return { until, detail: `正文写明“${quote}”，自${from}起算至${until}；没有登记，请核对` }
}

/**
 * The id in the register is determined by jurisdiction, source and the source's id: the same entry gets the same id
 * on whatever machine it is imported.
 */
function importedId(options: ImportOptions, sourceId: string): string {
  return `i${sha256(canonicalJson([options.jurisdiction, options.sourceName, sourceId])).slice(0, 20)}`
}

const sha256 = (text: string): string => hash('sha256', text, 'hex')

/**
 * The source's categories that are administrative normative documents; for the rest (laws, regulations, judicial
 * interpretations and so on) the number is often the order number of the last amendment, and no identifier can be
 * formed from it.
 */
const normativeCategories = new Set(['行政规范性文件', '国务院文件', '部门规范性文件', '地方规范性文件'])
/**
 * Central authorities whose code follows from the name alone (issuer codes of GB/T 47229.2, table B.3); the codes of
 * other authorities are not guessed.
 */
const centralAgencies: Record<string, string> = { 国务院: '0000003000', 国务院办公厅: '0000004340' }

function identifierComponents(record: ImportRecord) {
  const number = record.docNo === undefined ? undefined : parseNumber(record.docNo)
  // A number of another year belongs to another act (an amendment); the pair would be a guess.
  const consistent =
    number?.kind === 'document' && number.normalized !== null && String(number.year) === record.publishedAt?.slice(0, 4)
  const [lead, ...others] = issuersOf(record.issuer)
  return {
    categoryCode: normativeCategories.has(record.category ?? '') ? '1700' : null,
    agencyCode: lead !== undefined && others.length === 0 ? (centralAgencies[lead] ?? null) : null,
    publicationDate: record.publishedAt ?? null,
    ...(consistent && number?.normalized ? { documentNumber: number.normalized } : {}),
    sourceType: 'IMPORTED_NOT_ISSUED' as const,
  }
}

function importedIdentifier(
  record: ImportRecord,
  taken: ReadonlySet<string>,
): { value: string | null; missing: string[] } {
  const built = buildFileIdentifier(identifierComponents(record), { isTaken: (value) => taken.has(value) })
  return built.ok ? { value: built.value, missing: [] } : { value: null, missing: built.missing }
}

/**
 * Identifiers already in use, and identifiers two documents within this batch would share: for both, the issuer must
 * determine the internal sequence code, so none is given here.
 */
async function takenIdentifiers(db: Db, jurisdiction: string, batch: Candidate[]): Promise<Set<string>> {
  const counts = new Map<string, number>()
  for (const { record } of batch) {
    const built = buildFileIdentifier(identifierComponents(record))
    if (built.ok) counts.set(built.value, (counts.get(built.value) ?? 0) + 1)
  }
  if (counts.size === 0) return new Set()
  const used = await byKey(db, (tx) =>
    tx.execute<{ wjbs: string }>(sql`
      select wanted.wjbs from unnest(${sql.param([...counts.keys()])}::text[]) as wanted (wjbs)
      cross join lateral (select wjbs from register_entries e
        where e.jurisdiction_id = ${jurisdiction} and e.wjbs >= wanted.wjbs order by e.wjbs limit 1) e
      where e.wjbs = wanted.wjbs`),
  )
  const taken = new Set(used.map((row) => row.wjbs))
  for (const [value, count] of counts) if (count > 1) taken.add(value)
  return taken
}

/** Updates statistics after an import, and marks what all may see. Call it outside a transaction, as owner of the tables. */
export const settleRegister = async (db: Db): Promise<void> => {
  await db.execute(sql`vacuum (analyze) register_entries`)
}

/**
 * Splits a byte stream into lines (LF or CRLF; the last line may lack a line break), decoded as UTF-8; throws on
 * invalid bytes. Not node:readline: its async iteration may lose lines that arrive before reading begins.
 */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  // Pieces of the line that has not ended yet: put together once, however many chunks it takes.
  let open: string[] = []
  let length = 0
  let number = 0
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new UnreadableFile(
        'encoding',
        `第 ${number + 1} 行附近有不是 UTF-8 的字节：每行一个 JSON 的文件须是 UTF-8 编码，请另存后再导入。`,
      )
    }
  }
  for await (const chunk of source) {
    const [first = '', ...more] = decode(chunk).split('\n')
    for (const piece of [first, ...more].entries()) {
      const [at, text] = piece
      if (at > 0) {
        const line = open.join('')
        open = []
        length = 0
        number += 1
        yield line.endsWith('\r') ? line.slice(0, -1) : line
      }
      open.push(text)
      length += text.length
      if (length > longestLine)
        throw new UnreadableFile(
          'too-large',
          `第 ${number + 1} 行超过 ${longestLine / 1024 / 1024} MB：这不是每行一个 JSON 的文件。请按每件一行导出后再导入。`,
        )
    }
  }
  const rest = open.join('') + decode()
  if (rest !== '') yield rest
}
/**
 * The most characters in a line; a body has at most two million characters and does not reach this even when escaped.
 */
const longestLine = 16 * 1024 * 1024
