// 每条命令以后的案卷。只折叠，不判断；判断在规则里。
import type { EvaluationDossier } from './dossier.ts'
import { unansweredProposals } from './dossier.ts'
import type { EvaluationEvent, EvaluationShape } from './shape.ts'

type D = EvaluationDossier
type Report = NonNullable<D['report']>
const string = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
/** 一句话按行、分号拆成几项；已经是几项的照旧。 */
const asLines = (value: unknown): string[] =>
  Array.isArray(value)
    ? strings(value)
    : String(value ?? '')
        .split(/[\n；;]/u)
        .map((line) => line.trim())
        .filter(Boolean)
const figure = (value: string | null | undefined): number | null => {
  const found = /-?\d+(?:\.\d+)?/u.exec(value ?? '')
  return found ? Number(found[0]) : null
}

interface GivenDimension {
  dimension: Report['dimensions'][number]['dimension']
  result: Report['dimensions'][number]['result']
  score?: number
  evidence?: string[]
}
interface GivenFinding {
  proposal: string
  provisions?: string[]
  evidence?: string[]
}
interface GivenAnswer {
  proposal: string
  fate: D['answers'][number]['fate']
  by?: NonNullable<D['answers'][number]['by']>
  document?: string
  provisions?: string[]
  reason?: string
  owner?: string
  due?: string
}

const folds: { [T in EvaluationShape['command']]: (d: D, e: EvaluationEvent) => D } = {
  ApprovePlan: (d, e) => ({ ...d, approvedOn: e.meta.on }),
  RecordEvidence: (d, e) => ({
    ...d,
    evidence: [
      ...d.evidence,
      {
        id: `E${d.evidence.length + 1}`,
        kind: e.payload.kind as D['evidence'][number]['kind'],
        title: string(e.payload.title),
        source: string(e.payload.source) ?? '',
        count: number(e.payload.count),
        groups: strings(e.payload.groups),
        date: string(e.payload.date) ?? e.meta.on,
        hash: e.meta.resolved.hash ?? '',
        by: e.meta.actor.person,
      },
    ],
  }),
  RecordReading: (d, e) => {
    const stated = e.external.indicators.find((x) => x.indicator === e.payload.indicator)
    return {
      ...d,
      readings: [
        ...d.readings,
        {
          id: `R${d.readings.length + 1}`,
          indicator: string(e.payload.indicator) ?? '',
          value: number(e.payload.value) ?? 0,
          unit: string(e.payload.unit) ?? stated?.unit ?? null,
          date: string(e.payload.date) ?? e.meta.on,
          source: string(e.payload.source) ?? '',
          target: number(e.payload.target) ?? figure(stated?.target),
          provision: string(e.payload.provision) ?? stated?.article ?? null,
          by: e.meta.actor.person,
        },
      ],
    }
  },
  SubmitReport: (d, e) => ({
    ...d,
    report: {
      n: (d.report?.n ?? 0) + 1,
      on: e.meta.on,
      by: e.meta.actor.person,
      hash: e.meta.resolved.hash ?? '',
      conclusion: e.payload.conclusion as Report['conclusion'],
      dimensions: ((e.payload.dimensions ?? []) as GivenDimension[]).map((x) => ({
        dimension: x.dimension,
        result: x.result,
        score: x.score ?? null,
        evidence: x.evidence ?? [],
      })),
      questions: ((e.payload.questions ?? []) as Array<Report['questions'][number]>).map((x) => ({
        question: x.question,
        result: x.result,
        evidence: x.evidence ?? [],
      })),
      proposals: ((e.payload.findings ?? []) as GivenFinding[]).map((x, i) => ({
        id: `P${i + 1}`,
        text: x.proposal,
        provisions: x.provisions ?? [],
        evidence: x.evidence ?? [],
      })),
    },
    // 重新提交的报告须重新答复。
    answers: [],
    answeredOn: null,
  }),
  AnswerReport: (d, e) => {
    const given = (e.payload.answers ?? []) as GivenAnswer[]
    const answers = given.map((x): D['answers'][number] => {
      const named = x.document === undefined ? undefined : e.external.named[x.document]
      return {
        proposal: x.proposal,
        fate: x.fate,
        by: x.fate === 'adopted' ? (x.by ?? null) : null,
        document: named ? { entry: named.id, title: named.title, number: named.number } : null,
        provisions: x.provisions ?? [],
        reason: string(x.reason),
        owner: string(x.owner) ?? (x.fate === 'rejected' ? null : (d.document.draftingUnit ?? d.unit)),
        due: string(x.due),
        on: e.meta.on,
        person: e.meta.actor.person,
      }
    })
    const next = { ...d, answers: [...d.answers, ...answers] }
    return { ...next, answeredOn: unansweredProposals(next).length === 0 ? (d.answeredOn ?? e.meta.on) : null }
  },
  PublishReport: (d, e) => ({
    ...d,
    // 没有建议的报告不需要答复。
    answeredOn: d.answeredOn ?? e.meta.on,
    publishedOn: e.meta.on,
    summary: string(e.payload.summary),
  }),
  RecomputeDeadlines: (d) => d,
  CloseEvaluation: (d, e) => ({ ...d, closed: { on: e.meta.on, reason: string(e.payload.reason) } }),
}
export const evolve = (d: D, e: EvaluationEvent): D => folds[e.type](d, e)

/** 新提出的一件。 */
export function plannedEvaluation(
  base: Pick<D, 'id' | 'jurisdiction' | 'packVersion' | 'unit' | 'document'>,
  payload: Record<string, unknown>,
  on: string,
  by: string | null,
): D {
  const evaluator = (payload.evaluator ?? {}) as { unit?: string; organisation?: string }
  return {
    ...base,
    ground: payload.ground as D['ground'],
    evaluator: { unit: string(evaluator.unit), organisation: string(evaluator.organisation) },
    method: asLines(payload.method),
    subjects: asLines(payload.subjects),
    until: String(payload.until),
    plannedOn: on,
    plannedBy: by,
    approvedOn: null,
    evidence: [],
    readings: [],
    report: null,
    answers: [],
    answeredOn: null,
    publishedOn: null,
    summary: null,
    closed: null,
  }
}
