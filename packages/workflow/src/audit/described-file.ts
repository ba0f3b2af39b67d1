// A past file from elsewhere, read for the audit: JSON, or a table with one event a line. Every fault names its event and field.
import {
  AppError,
  auditChoices,
  auditClassification,
  auditDetails,
  auditEventLabels,
  auditFieldLabels,
  auditOutcomes,
  DescribedFile,
  messageOf,
} from '@dianzhang/contract'
import { UnreadableFile } from '@dianzhang/formats'
import { readList } from '@dianzhang/register'

type Key = keyof typeof auditFieldLabels
const fileKeys = [
  'title',
  'place',
  'tier',
  'issuers',
  'draftingUnit',
  'source',
  'asOf',
  'notSeen',
  'planned',
  ...auditClassification,
] as const satisfies readonly Key[]
const lists: ReadonlySet<string> = new Set(['issuers', 'channels', 'heard', 'notSeen'])
const numbers: ReadonlySet<string> = new Set(['years', 'experts'])
const booleans: ReadonlySet<string> = new Set(['planned', 'interpretation', ...auditClassification])
const columns = new Map<string, Key>(
  (Object.entries(auditFieldLabels) as Array<[Key, string]>).flatMap(([key, label]) => [
    [key.toLowerCase(), key],
    [label, key],
  ]),
)
const columnOf = (head: string): Key | undefined => columns.get(head.normalize('NFKC').replace(/\s/g, '').toLowerCase())

interface Issue {
  path: string
  message: string
}
const refused = (detail: string, issues: Issue[]): AppError => new AppError('invalid', detail, { issues })

/** A code for what was written as a name; what is neither is left as it is, for the schema to name. */
function codeOf(key: string, text: string, kind: string | undefined): string {
  const choices = key === 'outcome' ? auditOutcomes[kind as keyof typeof auditOutcomes] : auditChoices[key]
  return Object.entries(choices ?? {}).find(([, label]) => label === text)?.[0] ?? text
}
/** Dates as offices write them: 2025-3-3, 2025/3/3, 2025.3.3, 2025年3月3日. Anything else is left for the schema to name. */
const dateOf = (text: string): string => {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text.normalize('NFKC')) ?? []
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
}
const dates: ReadonlySet<string> = new Set([
  'date',
  'closes',
  'due',
  'effective',
  'validUntil',
  'announced',
  'sent',
  'asOf',
])
function cellValue(key: Key, text: string, kind: string | undefined): unknown {
  if (key === 'notSeen') return text.split(/[、;；,，]/u).map((part) => codeOf('event', part.trim(), undefined))
  if (lists.has(key))
    return text
      .split(/[、;；]/u)
      .map((part) => part.trim())
      .filter((part) => part !== '')
  if (numbers.has(key)) return /^\d+$/.test(text) ? Number(text) : text
  if (booleans.has(key)) return { 是: true, true: true, 有: true, 否: false, false: false, 无: false }[text] ?? text
  if (dates.has(key)) return dateOf(text)
  return codeOf(key, text, kind)
}

interface Read {
  value: unknown
  /** Line of each event, where the file has lines. */
  lines: number[] | null
}
/** The table as the value of the schema; the first line with cells names the columns. */
async function readTable(bytes: Uint8Array): Promise<Read> {
  const { tables } = await readList(bytes).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw refused(error.message, [{ path: 'file', message: error.message }])
    throw error
  })
  const rows = tables.flatMap((table) => table.rows).filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [head, ...body] = rows
  const keys = (head?.cells ?? []).map(columnOf)
  if (!head || !keys.includes('date') || !keys.includes('event'))
    throw refused('没有认出表头：第一行须有列名，至少有“日期”“事项”', [
      {
        path: 'file',
        message: `第一行须是列名，至少有“日期”“事项”；可以有：${Object.values(auditFieldLabels).join('、')}`,
      },
    ])
  const strange = head.cells.filter((cell, i) => cell !== '' && keys[i] === undefined)
  if (strange.length > 0)
    throw refused(`不认得列名“${strange.join('”“')}”`, [
      {
        path: 'file',
        message: `不认得列名“${strange.join('”“')}”；可以是：${Object.values(auditFieldLabels).join('、')}`,
      },
    ])
  const file: Record<string, unknown> = {}
  const events: Array<Record<string, unknown>> = []
  const lines: number[] = []
  const issues: Issue[] = []
  for (const { number, cells } of body) {
    const cell = (key: Key): string => cells[keys.indexOf(key)]?.trim() ?? ''
    const kind = codeOf('event', cell('event'), undefined)
    const event: Record<string, unknown> = {}
    for (const [i, key] of keys.entries()) {
      const text = cells[i]?.trim() ?? ''
      if (key === undefined || text === '') continue
      const value = cellValue(key, text, kind)
      if (!(fileKeys as readonly string[]).includes(key)) event[key] = value
      else if (file[key] !== undefined && JSON.stringify(file[key]) !== JSON.stringify(value))
        issues.push({ path: `line.${number}.${key}`, message: `第${number}行：${auditFieldLabels[key]}与前面写的不同` })
      else file[key] = value
    }
    // A line that only says something of the file has no event.
    if (Object.keys(event).length === 0) continue
    events.push({ date: '', ...event })
    lines.push(number)
  }
  if (issues.length > 0) throw refused(issues[0]?.message ?? '', issues)
  return { value: { ...file, events }, lines }
}
/** A JSON value; `{ csv }` carries a table, for clients that send nothing else. */
async function readJson(text: string): Promise<Read> {
  try {
    const value = JSON.parse(text) as { csv?: unknown }
    if (typeof value.csv === 'string') return await readTable(new TextEncoder().encode(value.csv))
    return { value, lines: null }
  } catch (error) {
    if (error instanceof AppError) throw error
    const said = `不是有效的 JSON：${error instanceof Error ? error.message : ''}`
    throw refused(said, [{ path: 'file', message: said }])
  }
}

const labelOf = (key: PropertyKey | undefined): string => auditFieldLabels[String(key) as Key] ?? String(key ?? '')
/** “第4项（公开征求意见，2025-03-24）的截止日” */
function placeOf(path: readonly PropertyKey[], read: Read): string {
  const [first, n, ...rest] = path
  if (first !== 'events' || typeof n !== 'number') return labelOf(first)
  const event = (read.value as { events: Array<Record<string, unknown>> }).events[n] ?? {}
  const kind = auditEventLabels[event.event as keyof typeof auditEventLabels] ?? event.event
  const named = [kind, event.date].filter((part) => typeof part === 'string' && part !== '').join('，')
  const line = read.lines === null ? '' : `第${read.lines[n]}行，`
  return `${line}第${n + 1}项${named === '' ? '' : `（${named}）`}${rest.length > 0 ? `的${labelOf(rest[0])}` : ''}`
}

/** What stands there, as it was read. */
const writtenAt = (path: readonly PropertyKey[], read: Read): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], read.value)
/** What was written where one of several names was expected, and which there are; null: there are none there. */
function choiceAmong(path: readonly PropertyKey[], read: Read): string | null {
  const key = String(path.at(-1))
  const { event } = (writtenAt(path.slice(0, -1), read) ?? {}) as { event?: keyof typeof auditOutcomes }
  const choices = key === 'outcome' && event ? auditOutcomes[event] : auditChoices[key]
  if (!choices) return null
  const written = writtenAt(path, read)
  const what = written === undefined || written === '' ? '没有写' : `不认得“${String(written)}”`
  return `${what}；可以是：${Object.values(choices).join('、')}`
}

/**
 * Reads a described file: JSON, CSV in the usual encodings, or XLSX. Refuses (422) what is not one; each issue has the path
 * (`events.3.closes`) and a sentence with the event's number, kind, date, field, and line.
 */
export async function readDescribedFile(bytes: Uint8Array): Promise<DescribedFile> {
  if (bytes.length === 0) throw refused('文件是空的', [{ path: 'file', message: '文件是空的' }])
  const start = new TextDecoder()
    .decode(bytes.subarray(0, 64))
    .replace(/^\ufeff/, '')
    .trimStart()
  const read = start.startsWith('{')
    ? await readJson(new TextDecoder().decode(bytes).replace(/^\ufeff/, ''))
    : await readTable(bytes)
  const parsed = DescribedFile.safeParse(read.value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 50).map((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? `不认得“${issue.keys.join('”“')}”` : messageOf(issue)
    const absent = issue.code === 'invalid_type' && writtenAt(issue.path, read) === undefined ? '没有写' : null
    const said = issue.code === 'invalid_value' ? choiceAmong(issue.path, read) : absent
    return { path: issue.path.map(String).join('.'), message: `${placeOf(issue.path, read)}：${said ?? unknown}` }
  })
  throw refused(`案卷有${parsed.error.issues.length}处读不出：${issues[0]?.message ?? ''}`, issues)
}
/** All details a line may have, for the description of the format. */
export const describedColumns = ['date', 'event', ...auditDetails, ...fileKeys].map((key) => ({
  key,
  label: auditFieldLabels[key as Key],
}))
