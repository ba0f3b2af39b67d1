// A published list (CSV in any usual encoding, XLSX) as the census of a cleanup of long ago, and a filled-in table of opinions
// coming back: read row by row, in the offices' own words. What cannot be read is told with its line; nothing is half done.
import { createHash } from 'node:crypto'
import {
  AppError,
  type CleanupListRow,
  type CleanupOutcome,
  cleanupOutcomeLabels,
  type LapseGround,
  lapseGroundLabels,
} from '@dianzhang/contract'
import { UnreadableFile } from '@dianzhang/formats'
import { type CleanupItem, outcomeOf } from '@dianzhang/processes'
import { headWanted, type ListReading, listRecords, readList } from '@dianzhang/register'
import { invalid } from '../failures.ts'
import type { CommandAnswer } from '../ledger-record.ts'
import { runAt } from '../matters.ts'
import type { Actor, Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { openOf } from '../queries/matters.ts'
import { cleanupDesk } from './desk.ts'
import { opinionMark, standingMark } from './opinion-mark.ts'
import { outcomeIn, outcomeWord, plainWords } from './outcome-word.ts'

export interface BadRow {
  line: number
  reason: string
}
export interface CensusList {
  rows: CleanupListRow[]
  bad: BadRow[]
  /** Headings, totals, remarks. */
  skipped: number
  format: string
}
interface Read {
  title: string
  docNo?: string
  status?: string
  publishedAt?: string
  effectiveAt?: string
  validUntil?: string
  body: string
  listed?: { leadUnit?: string; reason?: string }
}
/** Without these a row is no row of a census. */
const refusing: ReadonlySet<string> = new Set(['no_title', 'date_unreadable', 'results_differ'])
const onSheet = (sheet: string | undefined): string => (sheet === undefined ? '' : `（工作表“${sheet}”）`)
/** What a row of a list decides, by its own words and those of the section it stands in; `ended`: that it ends, and no more. */
function decided(status: string | undefined, section: string): { outcome: CleanupOutcome | null; ended: boolean } {
  const alone = status === undefined || status === section
  const said = outcomeWord(section)
  const own = alone ? said : outcomeWord(status)
  const outcome = outcomeIn(alone ? null : said, own)
  return { outcome, ended: outcome === null && own === 'ended' }
}
/** How many documents of a list each outcome has, in the offices' own words; `null`: of so many the words decide none. */
export function outcomesListed(list: Pick<ListReading, 'records'>): Map<CleanupOutcome | null, number> {
  const counts = new Map<CleanupOutcome | null, number>()
  for (const { text, section = '' } of list.records) {
    const { outcome } = decided((JSON.parse(text) as Read).status, section)
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return counts
}
/** Reads the file. Refuses (422) what is no list, or has no head; bad rows are told, not refused. */
async function readCensusList(bytes: Uint8Array): Promise<CensusList> {
  const read = await readList(bytes).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw invalid(['file', error.message])
    throw error
  })
  const list = listRecords(read.tables)
  if (!list) throw invalid(['file', headWanted])
  const bad: BadRow[] = list.remarks
    .filter((x) => refusing.has(x.kind))
    .map(({ line, detail, sheet }) => ({ line, reason: `${onSheet(sheet)}${detail.replace('没有导入', '读不出')}` }))
  const placed = (line: number, sheet: string | undefined) => `${line} ${sheet ?? ''}`
  const faulty = new Set(list.remarks.filter((x) => refusing.has(x.kind)).map(({ line, sheet }) => placed(line, sheet)))
  const rows: CleanupListRow[] = []
  const listed = new Map<string, { line: number; sheet: string | undefined; outcome: CleanupOutcome }>()
  for (const { line, text, section = '', sheet } of list.records) {
    if (faulty.has(placed(line, sheet))) continue
    const x = JSON.parse(text) as Read
    const { outcome, ended } = decided(x.status, section)
    if (outcome === null) {
      bad.push({
        line,
        reason: x.status
          ? `${onSheet(sheet)}${ended ? '看不出是废止还是失效：' : '认不出清理结果'}“${x.status.slice(0, 40)}”`
          : `${onSheet(sheet)}没有写清理结果`,
      })
      continue
    }
    // One document has one outcome: listed a second time it would be counted twice.
    const same = x.docNo
      ? key(x.docNo, x.title)
      : `${key(null, x.title)}|${x.listed?.leadUnit ?? ''}|${x.publishedAt ?? ''}`
    const before = listed.get(same)
    if (before) {
      const where = before.sheet === sheet ? '' : onSheet(before.sheet)
      bad.push({
        line,
        reason: `${onSheet(sheet)}与${where}第${before.line}行是同一件${before.outcome === outcome ? '' : `，那里是“${cleanupOutcomeLabels[before.outcome]}”，这里是“${cleanupOutcomeLabels[outcome]}”`}`,
      })
      continue
    }
    listed.set(same, { line, sheet, outcome })
    rows.push({
      line,
      title: x.title.slice(0, 1000),
      ...(x.docNo ? { number: x.docNo.slice(0, 200) } : {}),
      ...(x.listed?.leadUnit ? { unit: x.listed.leadUnit.slice(0, 200) } : {}),
      outcome,
      ...(x.listed?.reason ? { reason: x.listed.reason.slice(0, 4000) } : {}),
      ...(x.publishedAt ? { publishedOn: x.publishedAt } : {}),
      ...(x.effectiveAt ? { effectiveDate: x.effectiveAt } : {}),
      ...(x.validUntil ? { validUntil: x.validUntil } : {}),
    })
  }
  return { rows, bad: bad.toSorted((a, b) => a.line - b.line), skipped: list.skipped.length, format: read.format }
}
const refuseBad = (bad: readonly BadRow[], good: number): AppError =>
  new AppError(
    'invalid',
    `有${bad.length}行读不出，什么也没有写入：${bad
      .slice(0, 3)
      .map((x) => `第${x.line}行${x.reason}`)
      .join('；')}${bad.length > 3 ? '等' : ''}。改正以后再提交；或者选择略去这些行，只取读得出的${good}行。`,
    {
      issues: bad.slice(0, 200).map((x) => ({ path: `第${x.line}行`, message: x.reason })),
      rows: bad,
      readable: good,
    } as never,
  )
/** The day a list of long ago speaks of, where nobody said: within half a year after the year of its newest document. */
function dayOfList(rows: readonly CleanupListRow[], today: string): string | undefined {
  const years = rows.flatMap((x) => [
    x.publishedOn?.slice(0, 4),
    /[〔[【(（［]\s*((?:19|20)\d\d)/u.exec(x.number ?? '')?.[1],
  ])
  const newest = years
    .filter((x) => x !== undefined)
    .toSorted()
    .at(-1)
  if (newest === undefined) return undefined
  const day = `${Number(newest) + 1}-06-30`
  return day < today ? day : undefined
}
export interface ImportAsked {
  name: string
  commandId?: string | undefined
  expectedVersion?: number | undefined
  /** Leaves out the rows that cannot be read; by default they refuse the whole. */
  skipBad?: boolean | undefined
  asOf?: string | undefined
}
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const standing = (id: string, row: { version: number; stage: string }): CommandAnswer =>
  ({
    id,
    version: row.version,
    stage: row.stage,
    stageLabel: cleanupDesk.engine.process.labels.stage(row.stage),
    events: [],
    warnings: [],
  }) as unknown as CommandAnswer
/**
 * A list as the census of a planned cleanup, with its outcomes. Refuses 422 with every row that cannot be read (unless they are to
 * be left out), and as any command. The same file again gets the same answer.
 */
export async function importCensus(
  office: Office,
  actor: Actor,
  id: string,
  bytes: Uint8Array,
  asked: ImportAsked,
): Promise<CommandAnswer & { skipped: BadRow[] }> {
  const { row, dossier: d } = await openOf(cleanupDesk, office.db, actor, id)
  const list = await readCensusList(bytes)
  // The same list again, as by a second click: what stands already is the answer.
  if (d.census?.file?.sha256 === hashOf(bytes) && asked.commandId === undefined)
    return { ...standing(id, row), skipped: list.bad }
  if (list.rows.length === 0) throw invalid(['file', '目录里没有读得出的文件'])
  if (list.bad.length > 0 && !asked.skipBad) throw refuseBad(list.bad, list.rows.length)
  const sha256 = hashOf(bytes)
  const asOf =
    asked.asOf ?? (d.scope.publishedUntil < d.plannedOn ? d.scope.publishedUntil : dayOfList(list.rows, d.plannedOn))
  const answer = await runAt(cleanupDesk, office, actor, id, {
    type: 'ImportCensus',
    commandId: asked.commandId ?? derivedId(id, 'census-import', sha256, String(asked.skipBad === true)),
    expectedVersion: asked.expectedVersion ?? row.version,
    rows: list.rows,
    file: { name: asked.name.slice(0, 300) || '目录', sha256, format: list.format },
    skipped: list.bad.length,
    ...(asOf ? { asOf } : {}),
  } as never)
  return { ...answer, skipped: list.bad }
}

const key = (number: string | null, title: string): string => `${plainWords(number ?? '')}|${plainWords(title)}`
/**
 * A filled-in table of opinions: one opinion per row whose outcome or reason differs from what stands. Rows are found by their
 * number in the list, else by number and title of the document. What others said since the table went out stands; a row that says
 * something else again is told as one that cannot be taken. Refuses as `importCensus`.
 */
export async function importOpinions(
  office: Office,
  actor: Actor,
  id: string,
  bytes: Uint8Array,
  asked: ImportAsked,
  items: readonly CleanupItem[],
): Promise<(CommandAnswer & { skipped: BadRow[]; changed: number }) | { changed: 0; skipped: BadRow[] }> {
  const { row } = await openOf(cleanupDesk, office.db, actor, id)
  const read = await readList(bytes).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw invalid(['file', error.message])
    throw error
  })
  const bad: BadRow[] = []
  const given: Array<Record<string, unknown>> = []
  const byKey = new Map(items.map((x) => [key(x.number, x.title), x]))
  for (const { rows } of read.tables) {
    const at = rows
      .slice(0, 30)
      .findIndex(({ cells }) => cells.some((x) => plainWords(x) === '清理意见' || plainWords(x) === '清理建议'))
    if (at < 0) continue
    const names = (rows[at]?.cells ?? []).map(plainWords)
    const column = (...wanted: string[]): number => names.findIndex((x) => wanted.includes(x))
    const [no, title, number, outcome, reason, what, due, late, ground, mark] = [
      column('序号'),
      column('文件名称'),
      column('文号'),
      column('清理意见', '清理建议'),
      column('清理理由', '理由'),
      column('拟修改内容'),
      column('完成时限'),
      column('逾期后果', '逾期的后果'),
      column('失效缘由', '失效的缘由'),
      column('导出时的摘要请勿改动'),
    ]
    for (const { number: line, cells } of rows.slice(at + 1)) {
      const cell = (i: number): string => (i < 0 ? '' : (cells[i] ?? '').replace(/^'/, '').trim())
      const says = cell(outcome)
      if (says === '') continue
      const named = key(cell(number), cell(title))
      const x =
        items.find(
          (y) => String(y.n) === cell(no) && (cell(title) === '' || plainWords(y.title) === plainWords(cell(title))),
        ) ?? byKey.get(named)
      if (!x) {
        if (cell(title) !== '') bad.push({ line, reason: `目录中没有《${cell(title).slice(0, 40)}》` })
        continue
      }
      const wanted = outcomeWord(says)
      if (wanted === null || wanted === 'ended') {
        const why = wanted === null ? '认不出清理意见' : '看不出是废止还是失效：'
        bad.push({ line, reason: `${why}“${says.slice(0, 40)}”` })
        continue
      }
      const day = cell(due)
        .normalize('NFKC')
        .replace(/[年月./]/gu, '-')
        .replace(/日$/u, '')
      const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day)
      if (cell(due) !== '' && !iso) {
        bad.push({ line, reason: `完成时限“${cell(due).slice(0, 40)}”读不出日期` })
        continue
      }
      const until = iso ? `${iso[1]}-${(iso[2] ?? '').padStart(2, '0')}-${(iso[3] ?? '').padStart(2, '0')}` : undefined
      const words = cell(reason)
      const lapses = /失效/u.test(cell(late)) ? 'lapse' : null
      const [cause = null] = (Object.keys(lapseGroundLabels) as LapseGround[]).filter(
        (name) => plainWords(lapseGroundLabels[name]) === plainWords(cell(ground)),
      )
      const same =
        outcomeOf(x) === wanted &&
        (x.opinion?.reason ?? '') === words &&
        (wanted !== 'lapse' || ground < 0 || (x.opinion?.lapseGround ?? null) === cause) &&
        (what < 0 || (x.opinion?.amend?.what ?? '') === cell(what)) &&
        (due < 0 || (x.opinion?.amend?.due ?? '') === (until ?? '')) &&
        (wanted !== 'amend' || late < 0 || (x.opinion?.amend?.ifLate ?? null) === lapses)
      // What ended by itself is in its list already.
      if (same || outcomeOf(x) === 'already_gone') continue
      // Others said something since the table went out: a row left as it was does not undo it, a changed one is asked about.
      if (cell(mark) !== '' && cell(mark) !== standingMark(x)) {
        const ifLate = lapses
        const left = opinionMark({
          outcome: wanted,
          reason: words,
          ground: cause,
          what: cell(what),
          due: until ?? '',
          ifLate,
        })
        const now = outcomeOf(x)
        if (left !== cell(mark))
          bad.push({
            line,
            reason: `导出以后他人已改：第${x.n}项现为${now ? cleanupOutcomeLabels[now] : '没有意见'}${x.opinion?.reason ? `（${x.opinion.reason.slice(0, 40)}）` : ''}，请重新导出，看过再填`,
          })
        continue
      }
      given.push({
        item: x.n,
        outcome: wanted,
        ...(words ? { reason: words } : {}),
        // The table has no column for them.
        ...(x.opinion?.provisions.length ? { provisions: x.opinion.provisions } : {}),
        ...(wanted === 'lapse' && cause ? { lapseGround: cause } : {}),
        ...(wanted === 'amend' && cell(what)
          ? {
              amend: {
                what: cell(what),
                ...(until ? { due: until } : {}),
                ...(lapses ? { ifLate: lapses } : {}),
              },
            }
          : {}),
      })
    }
  }
  if (bad.length > 0 && !asked.skipBad) throw refuseBad(bad, given.length)
  if (given.length === 0) return { changed: 0, skipped: bad }
  const answer = await runAt(cleanupDesk, office, actor, id, {
    type: 'GiveOpinion',
    commandId: asked.commandId ?? derivedId(id, 'opinions-import', hashOf(bytes), String(row.version)),
    expectedVersion: asked.expectedVersion ?? row.version,
    items: given,
  } as never)
  return { ...answer, changed: given.length, skipped: bad }
}
