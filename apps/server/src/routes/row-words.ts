// What rows say in words, for the tables of lists: whose turn it is, kinds, sources, days.
import { confidenceLabels, roleLabels, unitKindLabels } from '@dianzhang/contract'
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
  const { mine, waitingFor, ahead } = lines(row)
  const [first] = ahead
  const who = (line: { unit: { name: string } | null; role: string }) => line.unit?.name ?? role(line.role)
  if (!waitingFor) return first && mine.length === 0 ? `${first.from}起，${who(first)}：${first.verb}` : null
  return `${who(waitingFor)}：${waitingFor.label}${waitingFor.daysLate > 0 ? `，已逾期${waitingFor.daysLate}天` : ''}`
}
/** Who did what last. */
export function lately(row: Record<string, unknown>): string | null {
  const { last } = lines(row)
  return last ? `${last.by?.name ?? ''}${last.label}，${minute(last.at)}` : null
}

/** A unit's kind. */
export const kindOf = ({ kind }: Record<string, unknown>): string | undefined =>
  unitKindLabels[kind as keyof typeof unitKindLabels]
interface Source {
  document: string
  article: string
}
/** Where a value is from; null for a side that has none. */
export const sourcesOf = (side: unknown): string[] | null =>
  (side as { sources?: Source[] } | null)?.sources?.map(({ document, article }) => `${document}${article}`) ?? null
/** The days of a holiday notice that are off, or that are worked instead. */
export const daysOf = (days: unknown, kind: 'off' | 'work'): string[] =>
  (days as Array<{ date: string; kind: string; name: string }>)
    .filter((day) => day.kind === kind)
    .map(({ date, name }) => `${date}（${name}）`)

/** A parameter by its path; below a filing track two steps name the element: the track, and the tiers it is for. */
function parameterAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) return parameterAt((value as Record<string, unknown>)[name], rest)
  const [tiers, ...below] = rest
  return parameterAt(
    value.find((each) => each.track === name && each.tiers.join('+') === tiers),
    below,
  )
}
/** The values of a version of a pack, a row each. */
export function packRows(pack: Record<string, unknown>): Array<Record<string, unknown>> {
  const { labels, texts } = pack as { labels: Record<string, string>; texts: Record<string, string> }
  return Object.entries(labels).map(([path, label]) => {
    const param = parameterAt(pack, path.split('.')) as
      | { source: Source[]; confidence: keyof typeof confidenceLabels; confirmedBy: unknown; confirmedOn: unknown }
      | undefined
    return {
      label,
      text: texts[path],
      source: param?.source.map(({ document, article }) => `${document}${article}`),
      confidence: param && confidenceLabels[param.confidence],
      confirmedBy: param?.confirmedBy,
      confirmedOn: param?.confirmedOn,
    }
  })
}

interface Citing {
  edges: Array<{ address: string; articles: string[] }>
}
/** The documents that rest on a superior act, a row for each document and role. */
export const restingOn = (answer: Record<string, unknown>): Array<Record<string, unknown>> =>
  (answer.groups as Array<{ label: string; items: Array<Record<string, unknown>> }>).flatMap(({ label, items }) =>
    items.map((item) => ({ ...item, role: label })),
  )
/** Where in the document it is cited, and which articles. */
export const placesOf = (row: Record<string, unknown>): string[] =>
  (row as unknown as Citing).edges.map(
    ({ address, articles }) => `${address || '开头'}：${articles.length > 0 ? articles.join('、') : '整部'}`,
  )
