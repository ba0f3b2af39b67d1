// The public log, read again: every entry follows the one before, its columns and its leaf are those of its text, the log
// says of every document what the register says, every public act of the ledgers has its entry, tiles and checkpoints
// are those of the entries. Shares no code with the writing side.
import { createHash } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { canonical, digest, type Run, recorded, touched } from './verify-run.ts'

interface Row {
  j: string
  idx: number
  type: string
  subject: string | null
  at: string
  /** Null where only the leaf was read. */
  entry: string | null
  leaf: string
  recovered: boolean
}
interface Entry {
  at: string
  document?: Record<string, unknown>
  log: string
  prev: number | null
  record: string | null
  subject: string | null
  type: string
  v: number
}
const hash = (...parts: Uint8Array[]): Buffer => {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest()
}
const node = (left: Buffer, right: Buffer): Buffer => hash(Buffer.of(1), left, right)
/** The root over hashes as RFC 6962 defines it, from the right edge kept in `edge`. */
const rootOf = (edge: readonly Buffer[]): string =>
  edge.length === 0 ? '' : edge.reduceRight((right, left) => node(left, right)).toString('base64')

/** `only`: check these tables only. */
export async function checkLog(run: Run): Promise<void> {
  const {
    sql,
    names: { old },
  } = run
  const [there] = await sql<{ found: boolean }[]>`select to_regclass('tlog_entries') is not null as found`
  if (old || !there?.found) return
  const logs = await sql<{ j: string }[]>`
    select distinct jurisdiction_id as j from tlog_entries union select distinct jurisdiction_id from register_entries where disclosure = 'active'
    union select distinct jurisdiction_id from tlog_tiles union select distinct jurisdiction_id from tlog_checkpoints order by 1`
  for (const { j } of logs) await checkOne(run, j)
}

async function checkOne(run: Run, j: string): Promise<void> {
  const { sql, count, fault, since } = run
  // Of the older entries only the leaves are read: the tree is put together from all of them.
  const [newest] = await sql<{ first: number }[]>`
    select coalesce(min(idx) filter (where ${recorded(run, 'at')}), max(idx) + 1, 0)::float8 as first
    from tlog_entries where jurisdiction_id = ${j}`
  const first = since === null ? 0 : (newest?.first ?? 0)
  const checkpoints = await sql<{ origin: string; size: number; root: string; note: string }[]>`
    select origin, size::float8 as size, root, note from tlog_checkpoints where jurisdiction_id = ${j} order by size`
  const roots = new Map(checkpoints.map((each) => [each.size, '']))
  const edge: Buffer[] = []
  const last = new Map<string, number>()
  const documents = new Map<string, string>()
  const records = new Map<string, boolean>()
  const recovered = new Set<string>()
  let level: Buffer[] = []
  const tiles: string[] = []
  let size = 0
  for (let from = 0; ; ) {
    const rows = await sql<Row[]>`
      select jurisdiction_id as j, idx::float8 as idx, type, subject, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        case when idx >= ${first} then entry end as entry, encode(leaf, 'hex') as leaf, recovered
      from tlog_entries where jurisdiction_id = ${j} and idx >= ${from} order by idx limit 4000`
    for (const row of rows) {
      const subject = `${j}/${row.idx}`
      if (row.entry !== null) count('log')
      if (row.idx !== size) fault('log', subject, `公开日志应有第 ${size} 条，接着的是第 ${row.idx} 条`)
      const leaf = row.entry === null ? Buffer.from(row.leaf, 'hex') : hash(Buffer.of(0), Buffer.from(row.entry))
      if (row.entry === null && row.subject !== null) last.set(row.subject, row.idx)
      if (leaf.toString('hex') !== row.leaf) fault('log', subject, '公开日志的条目与叶的摘要不符')
      let entry: Entry | null = null
      try {
        entry = row.entry === null ? null : (JSON.parse(row.entry) as Entry)
      } catch {
        fault('log', subject, '公开日志的条目读不出来')
      }
      if (entry) {
        if (canonical(entry) !== row.entry) fault('log', subject, '公开日志的条目不是规范的写法')
        if (entry.type !== row.type || entry.subject !== row.subject || entry.at !== row.at || entry.log !== j)
          fault('log', subject, '公开日志的条目与它的栏目不符')
        if (entry.subject !== null) {
          if ((last.get(entry.subject) ?? null) !== entry.prev)
            fault('log', subject, '公开日志的条目没有接上同一件的上一条')
          last.set(entry.subject, row.idx)
          if (entry.document) documents.set(entry.subject, canonical(entry.document))
          if (entry.type === 'withdraw') documents.delete(entry.subject)
        }
        if (entry.record !== null) records.set(entry.record, row.recovered)
        if (row.recovered && entry.subject !== null && entry.document) recovered.add(entry.subject)
      }
      for (let n = size, right = leaf; ; n = (n - 1) / 2) {
        if (n % 2 === 0) {
          edge.push(right)
          break
        }
        right = node(edge.pop() as Buffer, right)
      }
      size = row.idx + 1
      level.push(leaf)
      if (level.length === 256) {
        tiles.push(Buffer.concat(level).toString('hex'))
        level = []
      }
      if (roots.has(size)) roots.set(size, rootOf(edge))
      from = size
    }
    if (rows.length < 4000) break
  }
  level = []
  await checkRegister(run, j, documents, recovered, last)
  const acts = await sql<{ what: string; record: string }[]>`
    select x.what, x.record from (
      select '台账第 ' || e.seq || ' 条（' || e.matter_id || '）' as what, e.hash as record from ledger_events e join matters m on m.jurisdiction_id = e.jurisdiction_id and m.id = e.matter_id
      where e.jurisdiction_id = ${j} and dz_tlog_kind(m.process, e.type) is not null and ${recorded(run, 'e.at')}
      union all select day || ' 的封存', seal from ledger_seals where jurisdiction_id = ${j}
        and ${since === null ? sql`true` : sql`day >= ${dateInShanghai(since)}::text::date`}) x`
  const known = new Set(acts.map((act) => act.record))
  // The log may have taken an act under an older instant than its own.
  const unseen = acts.map((act) => act.record).filter((record) => !records.has(record))
  if (first > 0 && unseen.length > 0)
    for (const { record, recovered: taken } of await sql<{ record: string; recovered: boolean }[]>`
      select entry::jsonb ->> 'record' as record, recovered from tlog_entries
      where jurisdiction_id = ${j} and idx < ${first} and entry::jsonb ->> 'record' = any (${unseen}::text[])`)
      records.set(record, taken)
  for (const act of acts) if (!records.has(act.record)) fault('log', j, `${act.what}没有进公开日志`)
  for (const [record, taken] of records)
    if (taken && known.has(record)) fault('log', j, '公开日志的一条自称从镜像补齐，库里却有它')
  for (const each of checkpoints) {
    count('log')
    const root = roots.get(each.size)
    const text = each.note.split('\n').slice(0, 3).join('\n')
    // Whose signatures these are, the public keys say, which are not in the database; that they are signatures is seen here.
    const signed = /^[^\n]*\n[^\n]*\n[^\n]*\n\n(?:\u2014 \S+ [A-Za-z0-9+/]+={0,2}\n)+$/u.test(each.note)
    if (root !== each.root || text !== `${each.origin}\n${each.size}\n${each.root}` || !signed)
      fault('log', `${j}/${each.size}`, `公开日志第 ${each.size} 条的检查点与条目不符`)
  }
  const stored = await sql<{ level: number; n: number; hashes: string; root: string }[]>`
    select level, n::float8 as n, encode(hashes, 'hex') as hashes, encode(root, 'hex') as root from tlog_tiles where jurisdiction_id = ${j} order by level, n`
  const covered = Math.max(0, ...checkpoints.map((each) => each.size))
  const found = new Map(stored.map((tile) => [`${tile.level}/${tile.n}`, tile]))
  for (let depth = 0, full = tiles, due = covered; full.length > 0; depth += 1) {
    const above = full.map(tileRoot)
    due = Math.floor(due / 256)
    for (const [n, hashes] of full.entries()) {
      const tile = found.get(`${depth}/${n}`)
      found.delete(`${depth}/${n}`)
      if (!tile ? n < due : tile.hashes !== hashes || tile.root !== above[n]?.toString('hex'))
        fault('log', `${j}/${depth}/${n}`, '公开日志的分块与条目不符')
    }
    full = Array.from({ length: Math.floor(above.length / 256) }, (_, i) =>
      Buffer.concat(above.slice(i * 256, (i + 1) * 256)).toString('hex'),
    )
  }
  for (const name of found.keys()) fault('log', `${j}/${name}`, '公开日志多出一个分块')
}
function tileRoot(hashes: string): Buffer {
  const bytes = Buffer.from(hashes, 'hex')
  let row: Buffer[] = Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, (i + 1) * 32))
  while (row.length > 1) row = row.flatMap((left, i) => (i % 2 === 0 ? [node(left, row[i + 1] as Buffer)] : []))
  return row[0] as Buffer
}

interface Registered {
  id: string
  content: string
  effective: string | null
  files: Array<Record<string, unknown>>
  force: Array<Record<string, unknown>>
  interpretation: string | null
  interpretation_url: string | null
  number: string | null
  origin: string
  published: string | null
  recorded: string
  stated: string | null
  until: string | null
  meta: Record<string, unknown>
}
/** What the log last said of each document must be what the register says now. */
async function checkRegister(
  run: Run,
  j: string,
  documents: Map<string, string>,
  recovered: ReadonlySet<string>,
  last: ReadonlyMap<string, number>,
): Promise<void> {
  const { sql, count, fault, since } = run
  const left = new Set(documents.keys())
  // What was said of a document lately, what was recorded lately, and what is in the register since.
  const asked =
    since === null
      ? sql`true`
      : sql`(id = any (${[...left]}::text[]) or ${recorded(run, 'created_at')} or ${touched(run, 'jurisdiction_id, document_id')})`
  for (let after = ''; ; ) {
    const rows = await sql<Registered[]>`
      select id, text_hash as content, effective_date::text as effective, coalesce(public_files, attachments) as files, force_events as force,
        interpretation, interpretation_url, document_number as number, origin, published_on::text as published,
        (created_at at time zone 'Asia/Shanghai')::date::text as recorded, source_status as stated, valid_until::text as until,
        jsonb_build_object('adopted', adoption_date::text, 'category', category, 'genre', genre, 'id', id, 'index', index_number,
          'issuers', issuers, 'number', document_number, 'registry', registry_number, 'subject', subject, 'tier', tier, 'title', title, 'wjbs', wjbs) as meta
      from register_entries where jurisdiction_id = ${j} and disclosure = 'active' and id > ${after}
        and ${asked} order by id limit 2000`
    const before = new Map(
      rows.flatMap(({ id }) => {
        const idx = documents.has(id) ? undefined : last.get(id)
        return idx === undefined ? [] : [[id, idx] as const]
      }),
    )
    if (since !== null && before.size > 0)
      for (const { subject, entry } of await sql<{ subject: string; entry: string }[]>`
        select subject, entry from tlog_entries where jurisdiction_id = ${j} and idx = any (${[...before.values()]}::bigint[])`) {
        const { document } = JSON.parse(entry) as Entry
        if (document) documents.set(subject, canonical(document))
      }
    for (const row of rows) {
      count('log')
      left.delete(row.id)
      after = row.id
      const said = documents.get(row.id)
      if (said === undefined) fault('log', row.id, '登记条目没有进公开日志')
      else if (said !== canonical(documentOf(row))) fault('log', row.id, '登记条目与公开日志最后所说的不同')
    }
    if (rows.length < 2000) break
  }
  for (const id of left) if (!recovered.has(id)) fault('log', id, '公开日志里有的文件，登记库没有')
  for (const id of recovered)
    if (!left.has(id) && documents.has(id)) fault('log', id, '公开日志的一条自称从镜像补齐，登记库里却有它')
}
const marked = (name: string, content: string): string => digest(`dianzhang/tlog/${name}/1\n${content}`)
const address = /^[第条款项目章节编附件一二三四五六七八九十百千零〇0-9（）()之、]{1,60}$/
function documentOf(row: Registered): Record<string, unknown> {
  return {
    content: row.content,
    effective: row.effective,
    files: marked(
      'files',
      canonical(row.files.map(({ mediaType = null, name = null, sha256 = null }) => ({ mediaType, name, sha256 }))),
    ),
    force: row.force.map(({ byDocument, provisions, follows, kind, on, undoes }) => ({
      by: byDocument ?? null,
      clauses: (Array.isArray(provisions) ? (provisions as string[]) : []).map((x) =>
        address.test(x) ? x : marked('clause', x),
      ),
      follows: follows === true,
      kind,
      on,
      undoes: undoes ?? null,
    })),
    interpretation:
      row.interpretation === null && row.interpretation_url === null
        ? null
        : marked('interpretation', canonical({ text: row.interpretation, url: row.interpretation_url })),
    meta: marked('meta', canonical(row.meta)),
    number: row.number,
    origin: row.origin,
    published: row.published,
    recorded: row.recorded,
    stated:
      row.stated !== null &&
      /^[一-龥]{1,12}$/.test(row.stated) &&
      /效|废|失|停|暂|中止|撤|修|保留|行|用|正常|作废|期|执行/.test(row.stated)
        ? row.stated
        : null,
    until: row.until,
  }
}
