// The published annual report: the words with every figure and its list, objections beside the figure until they are answered,
// corrections with their cause; as a page, a paper, a table.
import { annualReport, type answers, figureObjectionLabels } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { sheetFile, type TableFormat } from '@dianzhang/formats'
import { annualReports, currentFigures, type ReportDossier, renderReport } from '@dianzhang/processes'
import type { ExportedFile } from '../exported-file.ts'
import { loadUnits } from '../facts/load-facts.ts'
import { meetingOf } from '../facts/meeting.ts'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { type PaperFormat, paperFile, spokenDate } from '../paper.ts'
import { openOf } from '../queries/matters.ts'
import { annualReportDesk } from './desk.ts'
import { type Difference, differencesOf, figureNamed, manualFiguresOf } from './figures.ts'

const { matters: m } = schema
const lineOf = (d: ReportDossier) => ({
  id: d.id,
  jurisdiction: d.jurisdiction,
  year: d.year,
  title: renderReport({ ...d, frozen: null }).title,
  publishedOn: d.publishedOn ?? '',
  corrections: d.corrections.length,
  objections: d.objections.filter(({ answer }) => answer === null).length,
})
const dossierOf = (snapshot: unknown): ReportDossier => annualReports.restore(snapshot as never).context.dossier

/** Published reports, the newest year first. */
export async function publicReports(office: Office): Promise<answers.Given<typeof answers.AnnualReports>> {
  const rows = await office.readDb
    .select({ snapshot: m.snapshot })
    .from(m)
    .where(and(eq(m.process, annualReport.kind), eq(m.stage, 'published')))
  const items = rows.map(({ snapshot }) => lineOf(dossierOf(snapshot))).toSorted((a, b) => b.year - a.year)
  return { items, total: items.length }
}
async function published(office: Office, id: string): Promise<ReportDossier> {
  const [row] = await office.readDb
    .select({ snapshot: m.snapshot })
    .from(m)
    .where(and(eq(m.id, id), eq(m.process, annualReport.kind), eq(m.stage, 'published')))
  if (!row) throw notFound('这份年度报告')
  return dossierOf(row.snapshot)
}
/** One published report; 404: none of this id is published. */
export async function publicReport(office: Office, id: string): Promise<answers.Given<typeof answers.AnnualReport>> {
  const d = await published(office, id)
  const units = await loadUnits(office.readDb, d.jurisdiction)
  const { frozen } = d
  return {
    ...lineOf(d),
    ...renderReport(d, [], manualFiguresOf(office, d)),
    unit: units[d.unit]?.name ?? d.unit,
    asOf: frozen?.asOf ?? null,
    frozenOn: frozen?.on ?? null,
    digest: frozen?.digest ?? null,
    logSize: frozen?.logSize ?? null,
    approval: d.approval ? { on: d.approval.on, number: d.approval.number } : null,
    figures: currentFigures(d),
    issuers: frozen?.issuers ?? [],
    contested: d.objections.map((x) => ({
      n: x.n,
      figure: x.figure,
      unit: units[x.unit]?.name ?? x.unit,
      reason: x.reason,
      on: x.on,
      answer: x.answer
        ? {
            outcome: x.answer.outcome,
            label: figureObjectionLabels[x.answer.outcome],
            reason: x.answer.reason,
            on: x.answer.on,
          }
        : null,
    })),
    corrected: d.corrections.map((x) => ({
      on: x.on,
      cause: x.cause,
      figures: x.figures.map(({ id: figure, label, from, to }) => ({ id: figure, label, from, to })),
    })),
  }
}
const numerals = ['一', '二', '三', '四']
async function paper(office: Office, d: ReportDossier, format: PaperFormat): Promise<ExportedFile> {
  if (!d.frozen) throw notFound('这份年度报告：还没有冻结数据')
  const units = await loadUnits(office.readDb, d.jurisdiction)
  const government = Object.values(units).find(({ kind }) => kind === 'government')?.name ?? units[d.unit]?.name ?? ''
  const manual = manualFiguresOf(office, d)
  const { title, sections, notes } = renderReport(d, [], manual)
  // On paper an address is whole, and leads to the page that people read.
  const page = (list: string | null) => `${office.outward?.origin ?? ''}${(list ?? '').replace('/public/v1/', '/')}`
  const lines = [
    title,
    ...sections.flatMap(({ label, paragraphs }, i) => [
      `${numerals[i]}、${label}`,
      ...paragraphs.map((p) => p.map((x) => ('figure' in x ? `${x.text}［${x.note}］` : x.text)).join('')),
    ]),
    '附注：各数的算式、依据与清单',
    ...notes.map((x) =>
      x.source
        ? `［${x.n}］${x.text}：人工填报，来源${x.source}。`
        : `［${x.n}］${x.label}${x.text}：${x.formula}；依据${x.basis}；清单${page(x.list)}${x.denominatorList ? `，分母${page(x.denominatorList)}` : ''}。`,
    ),
    ...d.objections
      .filter(({ answer }) => answer === null)
      .map(
        (x) =>
          `异议：${units[x.unit]?.name ?? x.unit}对“${figureNamed([...currentFigures(d), ...manual], x.figure)}”提出异议：${x.reason}（尚待答复）。`,
      ),
    ...d.corrections.flatMap((x) => [
      `更正（${spokenDate(x.on)}）：${x.figures.map((f) => `${f.label}由${f.from}更正为${f.to}`).join('；')}。原因：${x.cause}`,
    ]),
    ...(d.approval
      ? [
          `本报告经${meetingOf(units, d.approval.body)?.name ?? d.approval.body}${spokenDate(d.approval.on)}批准${d.approval.number ? `（${d.approval.number}）` : ''}。`,
        ]
      : []),
    `数据截至${spokenDate(d.frozen.asOf)}，${spokenDate(d.frozen.on)}冻结；摘要${d.frozen.digest}${d.frozen.logSize === null ? '' : `；公开日志当时${d.frozen.logSize}条`}。`,
    government,
    spokenDate(d.publishedOn ?? d.frozen.on),
  ]
  return paperFile(
    title,
    lines,
    {
      id: d.id,
      // The number of the minutes is not that of the report: without one of its own it has no red head.
      origin: 'imported',
      issuers: [government],
      printDate: d.publishedOn,
    },
    format,
  )
}
/** The paper for staff who may see the matter; 404: none for this actor, or not frozen yet. */
export async function printReport(
  office: Office,
  actor: Actor,
  id: string,
  format: PaperFormat,
): Promise<ExportedFile> {
  const { dossier } = await openOf(annualReportDesk, office.db, actor, id)
  return paper(office, dossier, format)
}
/** The paper of a published report; 404: not published. */
export const printPublicReport = async (office: Office, id: string, format: PaperFormat): Promise<ExportedFile> =>
  paper(office, await published(office, id), format)
const figureColumns = [
  { title: '统计项', width: 24 },
  { title: '指标', width: 30 },
  { title: '怎样说', width: 20 },
  { title: '分子', width: 8 },
  { title: '分母', width: 8 },
  { title: '算式', width: 40 },
  { title: '依据', width: 40 },
  { title: '截至', width: 12 },
  { title: '清单', width: 50 },
  { title: '其后那些件的摘要', width: 66 },
]
/** The figures of a published report as a table. 404: not published. */
export async function reportFigures(office: Office, id: string, format: TableFormat): Promise<ExportedFile> {
  const d = await published(office, id)
  const rows = [
    ...currentFigures(d).map((x) => [
      x.id,
      x.label,
      x.text,
      x.numerator,
      x.denominator,
      x.formula,
      x.basis,
      d.frozen?.asOf ?? null,
      x.list,
      x.digest,
    ]),
    ...d.filled.map((x) => [
      x.figure,
      figureNamed(manualFiguresOf(office, d), x.figure),
      x.value,
      null,
      null,
      '人工填报',
      x.source,
      x.on,
      null,
      null,
    ]),
  ]
  return sheetFile({ name: `${d.year}年度报告各数`, columns: figureColumns, rows }, format)
}
/** The published figures against the same question asked today, for staff; 404 as {@link printReport}. */
export async function reportDifferences(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ asOf: string | null; items: Difference[] }> {
  const { dossier } = await openOf(annualReportDesk, office.db, actor, id)
  return { asOf: dossier.frozen?.asOf ?? null, items: await differencesOf(office, dossier) }
}
