// The report of a post-evaluation (docx, GB/T 9704): six parts in their order, from the matter's record; nothing is typed anew.
import { dateInShanghai } from '@dianzhang/calendar'
import {
  assessmentLabels,
  dimensionLabels,
  evaluationConclusionLabels,
  evidenceKindLabels,
  proposalFateLabels,
  type ReportPart,
  reportPartLabels,
} from '@dianzhang/contract'
import { and, eq, isNotNull, schema } from '@dianzhang/database'
import { answerOf, type EvaluationDossier } from '@dianzhang/processes'
import type { ExportedFile } from '../exported-file.ts'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { type PaperFormat, paperFile, spokenDate } from '../paper.ts'
import { openOf } from '../queries/matters.ts'
import { evaluationDesk } from './desk.ts'
import { evaluationDossier } from './public.ts'
import { textsOf } from './view.ts'

const numerals = ['一', '二', '三', '四', '五', '六']
/** The paragraphs of one part, with what the record adds to it. */
function partLines(d: EvaluationDossier, name: ReportPart, written: string, said: Record<string, string>): string[] {
  const lines = written.split('\n')
  if (name === 'overview')
    lines.push(
      `评估机构：${said.evaluator}。方法：${d.method.join('、')}。调查对象：${d.subjects.join('、')}。`,
      ...d.evidence.map(
        (x) =>
          `${x.id} ${evidenceKindLabels[x.kind]}：${x.title ?? x.source}${x.count === null ? '' : `，${x.count}份（人）`}（来源：${x.source}，${spokenDate(x.date)}）。`,
      ),
    )
  if (name === 'assessment') {
    lines.push(
      ...(d.report?.dimensions ?? []).map(
        (x) =>
          `${dimensionLabels[x.dimension]}：${assessmentLabels[x.result]}${x.score === null ? '' : `，${x.score}分`}。${said[x.dimension] ?? ''}（证据：${x.evidence.join('、')}）`,
      ),
      ...d.readings.map(
        (x) =>
          `${x.id} ${x.indicator}：${x.value}${x.unit ?? ''}${x.target === null ? '' : `（目标${x.target}${x.unit ?? ''}）`}，${spokenDate(x.date)}，来源：${x.source}。`,
      ),
    )
  }
  if (name === 'conclusion') {
    lines.push(`结论：${evaluationConclusionLabels[d.report?.conclusion ?? 'keep']}。`)
    for (const x of d.report?.proposals ?? []) {
      const found = answerOf(d, x.id)
      const carried = found?.document ? `，见《${found.document.title}》${found.document.number ?? ''}` : ''
      const answer = found
        ? `制定机关答复：${proposalFateLabels[found.fate]}${carried}${found.reason ? `，${found.reason}` : ''}${found.due ? `，${spokenDate(found.due)}以前完成` : ''}。`
        : ''
      lines.push(
        `建议${x.id.slice(1)}：${x.text}${x.provisions.length > 0 ? `（所涉条款：${x.provisions.join('、')}）` : ''}${answer}`,
      )
    }
  }
  return lines
}
async function reportFile(
  office: Office,
  d: EvaluationDossier,
  names: (id: string) => string,
  format: PaperFormat,
): Promise<ExportedFile> {
  if (!d.report) throw notFound('这件后评估的报告')
  const said = await textsOf(office.db, d)
  const evaluator = d.evaluator.organisation ?? names(d.evaluator.unit ?? '')
  const words = {
    evaluator,
    ...Object.fromEntries((said.report?.dimensions ?? []).map((x) => [x.dimension, x.text])),
  }
  const heading = `《${d.document.title}》实施情况后评估报告`
  const parts = (Object.keys(reportPartLabels) as ReportPart[]).flatMap((name, i) => [
    `${numerals[i]}、${reportPartLabels[name]}`,
    ...partLines(d, name, said.report?.parts[name] ?? '', words),
  ])
  const lines = [heading, ...parts, evaluator, spokenDate(d.report.on)]
  return paperFile(
    heading,
    lines,
    {
      id: d.id,
      origin: 'made',
      issuers: [evaluator],
      printDate: dateInShanghai(`${d.report.on}T00:00:00+08:00`),
    },
    format,
  )
}
/** The report for staff who may see the matter; 404: no such matter for this actor, or no report yet. */
export async function printEvaluation(
  office: Office,
  actor: Actor,
  id: string,
  format: PaperFormat = 'docx',
): Promise<ExportedFile> {
  const { dossier, units } = await openOf(evaluationDesk, office.db, actor, id)
  return reportFile(office, dossier, (unit) => units[unit]?.name ?? unit, format)
}
/** The report once it is published; 404: not published, or its document is not public. */
export async function printPublishedEvaluation(
  office: Office,
  id: string,
  format: PaperFormat = 'docx',
): Promise<ExportedFile> {
  const { evaluations: t, matters: m, registerEntries: e, units: u } = schema
  const [row] = await office.readDb
    .select({ snapshot: m.snapshot, jurisdiction: t.jurisdictionId })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .innerJoin(e, and(eq(e.jurisdictionId, t.jurisdictionId), eq(e.id, t.entryId), eq(e.disclosure, 'active')))
    .where(and(eq(t.matterId, id), isNotNull(t.publishedOn)))
  if (!row) throw notFound('这件后评估')
  const units = await office.readDb
    .select({ id: u.id, name: u.name })
    .from(u)
    .where(eq(u.jurisdictionId, row.jurisdiction))
  return reportFile(
    office,
    evaluationDossier(row.snapshot),
    (unit) => units.find((x) => x.id === unit)?.name ?? unit,
    format,
  )
}
