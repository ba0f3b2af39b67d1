// 核验各项检查共用的：检查的名目、规范 JSON、摘要。与写入一方不共用代码。
import { createHash } from 'node:crypto'
import type postgres from 'postgres'

export const checks = {
  guards: '数据库守卫',
  chains: '台账哈希链',
  heads: '案卷链头与案卷行',
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
  published: '施行而未公布',
} as const
export type Check = keyof typeof checks

export type Sql = postgres.TransactionSql
/** 列名：案卷还没有成为事项之一的旧库（documents 一张表）用旧名。 */
export interface Names {
  old: boolean
  /** 台账、命令记录、拒绝记录、期限里的事项标识。 */
  matter: postgres.Helper<string>
  /** 发件箱的两端。 */
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
  note(message: string): void
}

/** RFC 8785：键按 UTF-16 码元排序；只会遇到数据库中 jsonb 取出的值。 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>
    const members = Object.keys(record).sort()
    return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`).join(',')}}`
  }
  return JSON.stringify(value)
}
export const digest = (...parts: Array<string | Uint8Array>): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
export const genesis = ''.padEnd(64, '0')
