// Cleanups: the census and the opinion on each item. The digest of a batch is in the ledger of the matter
// (payload.batches); here it is reckoned again by its description: the digest of each row and of each batch, the
// instant it was written; rows not recorded and rows missing are both named.
import { canonical, digest, type Run, recorded } from './verify-run.ts'

interface Batch {
  from: number
  to: number
  digest: string
}
interface Row {
  key: number
  at: string
  hash: string
  content: Record<string, unknown>
}
const tables = {
  items: { table: 'cleanup_items', recipe: 'dianzhang/cleanup-item/1', label: '普查目录' },
  notes: { table: 'cleanup_notes', recipe: 'dianzhang/cleanup-note/1', label: '逐件的意见' },
} as const
type Kind = keyof typeof tables

/** `only`: check these tables only. */
export async function checkCleanups(run: Run, only?: readonly string[]): Promise<void> {
  const {
    sql,
    count,
    fault,
    names: { old },
  } = run
  const [there] = await sql<{ found: boolean }[]>`select to_regclass('cleanup_items') is not null as found`
  if (old || !there?.found) return
  const kinds = (Object.keys(tables) as Kind[]).filter((kind) => !only || only.includes(tables[kind].table))
  if (kinds.length === 0) return
  const events = await sql<
    { jurisdiction: string; matter: string; seq: number; at: string; batches: Partial<Record<Kind, Batch>> }[]
  >`
    select jurisdiction_id as jurisdiction, matter_id as matter, seq::float8 as seq,
      to_char((body ->> 'at')::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, body -> 'payload' -> 'batches' as batches
    from ledger_events where ${recorded(run, 'at')} and body ->> 'process' = 'cleanup' and body -> 'payload' ? 'batches' order by jurisdiction_id, matter_id, ledger_events.seq`
  for (const kind of kinds) {
    const { recipe, label } = tables[kind]
    let known = 0
    for (const event of events) {
      const batch = event.batches[kind]
      if (!batch) continue
      const subject = event.matter
      const rows = await rowsOf(sql, kind, event, batch)
      known += rows.length
      count('rows', rows.length)
      const expected = batch.to - batch.from + 1
      if (rows.length !== expected) {
        fault(
          'rows',
          subject,
          `清理的${label}：台账第 ${event.seq} 条记有第 ${batch.from} 至 ${batch.to} 行，现有 ${rows.length} 行`,
        )
        continue
      }
      for (const row of rows) {
        if (digest(`${recipe}\n${canonical(row.content)}`) !== row.hash)
          fault('rows', subject, `清理的${label}第 ${row.key} 行的内容与摘要不符，被改动`)
        if (row.at !== event.at) fault('rows', subject, `清理的${label}第 ${row.key} 行的时刻与台账不同`)
      }
      if (digest(`dianzhang/cleanup-batch/1\n${rows.map((row) => row.hash).join('\n')}`) !== batch.digest)
        fault('rows', subject, `清理的${label}第 ${batch.from} 至 ${batch.to} 行与台账第 ${event.seq} 条所记的摘要不符`)
    }
    const [all] = await sql<
      { n: number }[]
    >`select count(*)::int as n from ${sql(tables[kind].table)} where ${recorded(run, 'at')}`
    if ((all?.n ?? 0) !== known)
      fault('rows', tables[kind].table, `清理的${label}现有 ${all?.n ?? 0} 行，台账所记的 ${known} 行`)
  }
}
async function rowsOf(
  sql: Run['sql'],
  kind: Kind,
  { jurisdiction, matter, at }: { jurisdiction: string; matter: string; at: string },
  { from, to }: Batch,
): Promise<Row[]> {
  if (kind === 'items')
    return await sql<Row[]>`
      select n as key, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, hash, jsonb_build_object('n', n, 'entry', entry_id,
        'document', document_id, 'title', title, 'number', number, 'issuers', to_jsonb(issuers), 'unit', unit, 'unitName', unit_name,
        'publishedOn', to_char(published_on, 'YYYY-MM-DD'), 'effectiveDate', to_char(effective_date, 'YYYY-MM-DD'), 'validUntil', to_char(valid_until, 'YYYY-MM-DD'),
        'status', status, 'statusOn', to_char(status_on, 'YYYY-MM-DD'), 'origin', origin, 'included', included, 'textHash', text_hash,
        'afterDecision', after_decision) as content
      from cleanup_items where jurisdiction_id = ${jurisdiction} and matter_id = ${matter} and n between ${from} and ${to} order by n`
  const rows = await sql<Row[]>`
    select seq as key, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, hash,
      jsonb_build_object('n', n, 'kind', kind, 'body', body, 'seq', seq, 'by', by, 'unit', unit) as content
    from cleanup_notes where jurisdiction_id = ${jurisdiction} and matter_id = ${matter} and seq between ${from} and ${to} order by seq`
  return rows.map((row) => ({ ...row, content: { ...row.content, at } }))
}
