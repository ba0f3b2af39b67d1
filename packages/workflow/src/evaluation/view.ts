// What a reader sees of one post-evaluation: plan, evidence, readings, report and answers, with the words of each.
import {
  adoptionLabels,
  assessmentLabels,
  dimensionLabels,
  evaluationConclusionLabels,
  evaluationGroundLabels,
  evaluationQuestionLabels,
  evidenceKindLabels,
  proposalFateLabels,
  reportPartLabels,
} from '@dianzhang/contract'
import { and, asc, eq, schema } from '@dianzhang/database'
import { answerOf, type EvaluationDossier, type EvaluationShape, unansweredProposals } from '@dianzhang/processes'
import type { OpenedMatter } from '../door/desk.ts'
import type { Actor, Office } from '../office.ts'
import { makingOf } from './facts.ts'

const { evaluationTexts: texts } = schema

export interface ReportBody {
  parts: Record<string, string>
  dimensions: Array<{ dimension: string; result: string; score?: number; text: string; evidence: string[] }>
  questions: Array<{ question: string; result: string; text: string; evidence: string[] }>
  findings: Array<{ text: string; provisions?: string[]; evidence?: string[]; proposal: string }>
}
/** The texts of one evaluation by kind and part. */
export async function textsOf(db: Office['db'], d: Pick<EvaluationDossier, 'jurisdiction' | 'id'>) {
  const rows = await db
    .select({ kind: texts.kind, part: texts.part, body: texts.body, at: texts.at, hash: texts.hash })
    .from(texts)
    .where(and(eq(texts.jurisdictionId, d.jurisdiction), eq(texts.matterId, d.id)))
    .orderBy(asc(texts.n))
  return {
    purpose: rows.find(({ kind }) => kind === 'plan')?.body.purpose ?? null,
    summaries: Object.fromEntries(rows.flatMap((x) => (x.kind === 'evidence' ? [[x.part, x.body.summary]] : []))),
    report: (rows.findLast(({ kind }) => kind === 'report')?.body ?? null) as ReportBody | null,
  }
}
const labels = {
  ground: evaluationGroundLabels,
  evidence: evidenceKindLabels,
  dimension: dimensionLabels,
  question: evaluationQuestionLabels,
  result: assessmentLabels,
  conclusion: evaluationConclusionLabels,
  fate: proposalFateLabels,
  by: adoptionLabels,
  part: reportPartLabels,
}
export async function evaluationView(
  office: Office,
  _actor: Actor,
  { dossier: d, units }: OpenedMatter<EvaluationShape>,
): Promise<Record<string, unknown>> {
  const [said, making] = await Promise.all([
    textsOf(office.db, d),
    makingOf(office.db, d.jurisdiction, d.document.matter),
  ])
  const pack = office.rules.pack(d.jurisdiction, d.packVersion)
  const nameOf = (id: string | null): string | null => (id === null ? null : (units[id]?.name ?? id))
  return {
    document: {
      ...d.document,
      issuers: d.document.issuers.map((id) => ({ id, name: nameOf(id) })),
      draftingUnitName: nameOf(d.document.draftingUnit),
    },
    ground: d.ground,
    groundLabel: evaluationGroundLabels[d.ground],
    evaluator: { ...d.evaluator, name: d.evaluator.organisation ?? nameOf(d.evaluator.unit) },
    method: d.method,
    subjects: d.subjects,
    until: d.until,
    purpose: said.purpose,
    plannedOn: d.plannedOn,
    approvedOn: d.approvedOn,
    evidence: d.evidence.map((x) => ({
      ...x,
      kindLabel: evidenceKindLabels[x.kind],
      summary: said.summaries[x.id] ?? '',
    })),
    readings: d.readings,
    indicators: making?.indicators?.at(-1)?.items ?? [],
    dimensions: pack.evaluation.dimensions.value,
    report: d.report ? { ...d.report, texts: said.report } : null,
    answers: d.answers.map((x) => ({ ...x, ownerName: nameOf(x.owner) })),
    proposals: (d.report?.proposals ?? []).map((x) => {
      const found = answerOf(d, x.id)
      return { ...x, answer: found ? { ...found, ownerName: nameOf(found.owner) } : null }
    }),
    // The forms open with one row for each of them.
    toAssess: pack.evaluation.dimensions.value.map(({ code }) => ({ dimension: code, evidence: [] })),
    toAnswer: unansweredProposals(d).map(({ id }) => ({ proposal: id })),
    answeredOn: d.answeredOn,
    publishedOn: d.publishedOn,
    summary: d.summary,
    closed: d.closed,
    labels,
  }
}
