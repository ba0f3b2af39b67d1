// The lists of a cleanup: computed from the census and what was decided, never typed. The same census gives the same bytes.
import { dateInShanghai } from '@dianzhang/calendar'
import { cleanupFlagLabels, cleanupOutcomeLabels, lapseGroundLabels } from '@dianzhang/contract'
import { sheetFile, type TableFormat } from '@dianzhang/formats'
import type { Pack } from '@dianzhang/packs'
import {
  type CleanupDossier,
  type CleanupItem,
  contradictions,
  listsOf,
  outcomeOf,
  reasonOf,
  totalOf,
} from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import { docxType, paperDocx, spokenDate } from '../paper.ts'
import { standingMark } from './opinion-mark.ts'

export interface ListFile {
  name: string
  mediaType: string
  bytes: Uint8Array
}
export const sectionsOf = (items: readonly CleanupItem[], pack: Pack) => listsOf(items, pack.cleanup.sections.value)

/** One line of a public list; nothing of a person, nothing that changes with the day. */
export const publicLine = (x: CleanupItem, i: number) => {
  const outcome = outcomeOf(x)
  return {
    no: i + 1,
    title: x.title,
    documentNumber: x.number,
    issuers: x.issuers,
    unit: x.unitName,
    publishedOn: x.publishedOn,
    validUntil: x.validUntil,
    outcome,
    outcomeLabel: outcome ? cleanupOutcomeLabels[outcome] : null,
    reason: reasonOf(x),
    amend: x.opinion?.amend && outcome === 'amend' ? x.opinion.amend : null,
    id: x.entry,
  }
}
const columns = [
  { title: '栏目', width: 24 },
  { title: '序号', width: 6 },
  { title: '文件名称', width: 48 },
  { title: '文号', width: 24 },
  { title: '制定机关', width: 24 },
  { title: '清理牵头单位', width: 22 },
  { title: '公布日期', width: 12 },
  { title: '有效期至', width: 12 },
  { title: '清理结果', width: 14 },
  { title: '清理理由', width: 40 },
]
/** The lists as one table. */
export async function listsTable(
  d: CleanupDossier,
  items: readonly CleanupItem[],
  pack: Pack,
  format: TableFormat,
): Promise<ListFile> {
  const rows = sectionsOf(items, pack).flatMap((section) =>
    section.items.map((x, i) => {
      const line = publicLine(x, i)
      return [
        section.label,
        String(line.no),
        line.title,
        line.documentNumber,
        line.issuers.join('、'),
        line.unit,
        line.publishedOn,
        line.validUntil,
        line.outcomeLabel,
        amended(line),
      ]
    }),
  )
  return sheetFile({ name: '清理结果', columns, rows }, format, d.title)
}
const amended = ({ reason, amend }: ReturnType<typeof publicLine>): string | null =>
  amend
    ? [
        reason,
        `拟修改：${amend.what}`,
        amend.due && `${amend.due}以前重新公布${amend.ifLate === 'lapse' ? '，逾期未公布的自次日起失效' : ''}`,
      ]
        .filter(Boolean)
        .join('；')
    : reason

/** The lists as a paper in the layout of official documents: what was cleaned up, the arithmetic, one list after the other. */
export async function listsDocx(
  d: CleanupDossier,
  items: readonly CleanupItem[],
  pack: Pack,
  units: Record<string, UnitFact>,
): Promise<ListFile> {
  const unit = units[d.unit]?.name ?? d.unit
  const day = d.published?.on ?? d.notice?.openedOn ?? d.census?.on ?? d.plannedOn
  const draft = d.decision === null
  const sections = sectionsOf(items, pack)
  const heading = `${d.title}${draft ? '（公示稿）' : '结果'}`
  const opening = `对截至${spokenDate(d.scope.publishedUntil)}公布的行政规范性文件进行清理，普查${d.census?.count ?? 0}件，补充${d.lateFinds}件，共${totalOf(d)}件：${sections.map((x) => `${x.label.replace(/的行政规范性文件目录$/u, '')}${x.items.length}件`).join('，')}。${d.decision ? `经${d.decision.body.name}${d.decision.session ?? ''}（${spokenDate(d.decision.date)}）审议通过，现予公布。` : `现予公示，公示至${spokenDate(d.notice?.until ?? day)}。`}`
  const effect =
    d.published && sections.some((x) => x.outcomes.some((y) => y === 'repeal' || y === 'lapse'))
      ? [`废止、失效的文件自${spokenDate(d.published.effectiveOn)}起不再执行。`]
      : []
  const closed = d.closedList && d.decision ? ['未列入继续有效目录的，不得作为行政管理的依据。'] : []
  const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
  const lines = [
    heading,
    opening,
    ...effect,
    ...closed,
    ...sections.flatMap((section, i) => [
      `${numerals[i] ?? i + 1}、${section.label}（${section.items.length}件）`,
      ...section.items.map((x, k) => {
        const line = publicLine(x, k)
        const why = amended(line)
        return `${line.no}. ${line.title}${line.documentNumber ? `（${line.documentNumber}）` : ''}${line.unit ? `，${line.unit}` : ''}${why ? `。理由：${why}` : ''}`
      }),
    ]),
    unit,
    spokenDate(day),
  ]
  return {
    name: `${heading}.docx`,
    mediaType: docxType,
    bytes: await paperDocx(lines, { id: d.id, origin: 'made', issuers: [unit], printDate: day }),
  }
}

const tableColumns = [
  { title: '序号', width: 6 },
  { title: '文件名称', width: 48 },
  { title: '文号', width: 24 },
  { title: '责任单位', width: 22 },
  { title: '公布日期', width: 12 },
  { title: '有效期至', width: 12 },
  { title: '普查时效力', width: 12 },
  { title: '请注意', width: 28 },
  { title: '清理意见', width: 14 },
  { title: '清理理由', width: 40 },
  { title: '失效的缘由', width: 16 },
  { title: '拟修改内容', width: 30 },
  { title: '完成时限', width: 12 },
  { title: '逾期的后果', width: 14 },
  { title: '导出时的摘要（请勿改动）', width: 14 },
] as const
const tableRows = (
  items: readonly CleanupItem[],
  statusLabel: (x: CleanupItem) => string,
): Array<Array<string | null>> =>
  items.map((x) => {
    const outcome = outcomeOf(x)
    return [
      String(x.n),
      x.title,
      x.number,
      x.unitName,
      x.publishedOn,
      x.validUntil,
      statusLabel(x),
      contradictions(x)
        .map((flag) => cleanupFlagLabels[flag])
        .join('；') || null,
      outcome ? cleanupOutcomeLabels[outcome] : null,
      reasonOf(x),
      x.opinion?.lapseGround ? lapseGroundLabels[x.opinion.lapseGround] : null,
      x.opinion?.amend?.what ?? null,
      x.opinion?.amend?.due ?? null,
      x.opinion?.amend?.ifLate === 'lapse' ? '逾期失效' : null,
      standingMark(x),
    ]
  })
/** 《行政规范性文件清理意见表》: filled in by the units in a spreadsheet, and read back (`importOpinions`). */
export async function opinionTable(
  d: CleanupDossier,
  items: readonly CleanupItem[],
  format: TableFormat,
  statusLabel: (x: CleanupItem) => string,
): Promise<ListFile> {
  const name = `${d.title}清理意见表（${dateInShanghai(d.census?.at ?? `${d.plannedOn}T00:00:00+08:00`)}）`
  return sheetFile({ name: '清理意见表', columns: tableColumns, rows: tableRows(items, statusLabel) }, format, name)
}
