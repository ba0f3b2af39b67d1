// What a row says of whose turn it is, in words, for the tables of lists.
import { roleLabels } from '@dianzhang/contract'
import type { RowLines } from '@dianzhang/workflow'
import { minute } from '../http/tables.ts'

const lines = (row: Record<string, unknown>) => row as unknown as RowLines
const role = (name: string): string => (roleLabels as Record<string, string>)[name] ?? name

/** What this person must do. */
export const todo = (row: Record<string, unknown>): string =>
  lines(row)
    .mine.map((line) => `${line.verb}${line.daysLate > 0 ? `（已逾期${line.daysLate}天）` : ''}`)
    .join('；')
/** Whom this person waits for, or whose turn it is. */
export function waited(row: Record<string, unknown>): string | null {
  const { waitingFor } = lines(row)
  if (!waitingFor) return null
  return `${waitingFor.unit?.name ?? role(waitingFor.role)}：${waitingFor.label}${waitingFor.daysLate > 0 ? `，已逾期${waitingFor.daysLate}天` : ''}`
}
/** Who did what last. */
export function lately(row: Record<string, unknown>): string | null {
  const { last } = lines(row)
  return last ? `${last.by?.name ?? ''}${last.label}，${minute(last.at)}` : null
}
