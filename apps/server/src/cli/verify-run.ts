// Shared by the checks of verification: their names, canonical JSON, digests. Shares no code with the writing side.
import { createHash } from 'node:crypto'
import type postgres from 'postgres'

export const checks = {
  guards: '数据库守卫',
  chains: '台账哈希链',
  heads: '案卷链头与案卷行',
  turns: '轮到谁',
  notices: '消息',
  commands: '命令与拒绝记录',
  office: '办公台账',
  rows: '各表的行',
  seals: '每日封存',
  anchors: '库外的锚',
  texts: '文本版本',
  artefacts: '起草材料',
  blobs: '附件内容',
  comments: '公众意见',
  numbers: '编号',
  register: '登记条目',
  search: '检索索引',
  log: '公开日志',
  exchange: '两套系统之间',
  published: '施行而未公布',
} as const
export type Check = keyof typeof checks

export type Sql = postgres.TransactionSql
/** A piece of a statement. */
export type Part = postgres.PendingQuery<postgres.Row[]>
/**
 * Column names: an old database in which a file was not yet one kind of matter (a single table documents) uses the
 * old names.
 */
export interface Names {
  old: boolean
  /** The matter's id in the ledger, command records, refusals and deadlines. */
  matter: postgres.Helper<string>
  /** The two ends of the outbox. */
  from: postgres.Helper<string>
  to: postgres.Helper<string>
}
export async function namesOf(sql: Sql): Promise<Names> {
  const [row] = await sql<{ old: boolean }[]>`select to_regclass('matters') is null as old`
  const old = row?.old ?? false
  return {
    old,
    matter: sql(old ? 'document_id' : 'matter_id'),
    from: sql(old ? 'from_document' : 'from_matter'),
    to: sql(old ? 'to_document' : 'to_matter'),
  }
}

export interface Run {
  sql: Sql
  names: Names
  count(check: Check, n?: number): void
  fault(check: Check, subject: string, message: string): void
  /** `{n}` in the message stands for `n`: of several shares the sum is told. */
  note(message: string, n?: number): void
  /** Only what was recorded from this instant on (ISO, UTC); null: everything. */
  since: string | null
  /** Of the matters only this share, by a hash of their id; null: all. */
  share: { of: number; n: number } | null
}
/** A condition on an instant column: recorded within what is asked for. */
export const recorded = ({ sql, since }: Pick<Run, 'sql' | 'since'>, column: string) =>
  since === null ? sql`true` : sql`${sql(column)} >= ${since}::timestamptz`
/** A condition on a jurisdiction and the id of a matter (two columns): its ledger has a record within what is asked for. */
export const touched = (run: Pick<Run, 'sql' | 'since' | 'names'>, columns: string, more: Part = run.sql``): Part =>
  run.since === null
    ? run.sql`true`
    : run.sql`(${run.sql.unsafe(columns)}) in (
        select jurisdiction_id, ${run.names.matter} from ledger_events where ${recorded(run, 'at')} ${more})`
/** A condition on a column with the id of a matter: within the share asked for. */
export const shared = ({ sql, share }: Pick<Run, 'sql' | 'share'>, column: postgres.Helper<string>) =>
  share === null ? sql`true` : sql`(hashtext(${column}) & 2147483647) % ${share.of} = ${share.n}`

/** Members repeat from record to record: how each is written is remembered. */
const written = new Map<string, string>()
function member(key: string): string {
  const known = written.get(key)
  if (known !== undefined) return known
  const text = `${JSON.stringify(key)}:`
  if (written.size < 10_000) written.set(key, text)
  return text
}
/** RFC 8785: keys sorted by UTF-16 code units; it only meets values taken from jsonb in the database. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const each of value) text += text === '' ? canonical(each) : `,${canonical(each)}`
    return `[${text}]`
  }
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record).sort())
    text += text === '' ? member(key) + canonical(record[key]) : `,${member(key)}${canonical(record[key])}`
  return `{${text}}`
}
export const digest = (...parts: Array<string | Uint8Array>): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
export const genesis = ''.padEnd(64, '0')
