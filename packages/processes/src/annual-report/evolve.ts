// 每条命令以后的案卷。只折叠，不判断。
import type { ReportDossier } from './dossier.ts'
import type { ReportEvent, ReportShape } from './shape.ts'

type Fold = (d: ReportDossier, e: ReportEvent) => ReportDossier
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const or = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const folds: { [T in ReportShape['command']]: Fold } = {
  WriteSection: (d, e) => {
    const section = text(e.payload.section) as ReportDossier['sections'][number]['section']
    return {
      ...d,
      sections: [...d.sections.filter((x) => x.section !== section), { section, text: text(e.payload.text) }],
    }
  },
  FillFigure: (d, e) => {
    const figure = text(e.payload.figure)
    return {
      ...d,
      filled: [
        ...d.filled.filter((x) => x.figure !== figure),
        { figure, value: text(e.payload.value), source: text(e.payload.source), on: e.meta.on },
      ],
    }
  },
  RecordDuty: (d, e) => ({
    ...d,
    duties: [
      ...d.duties,
      {
        duty: text(e.payload.duty),
        to: text(e.payload.to),
        on: text(e.payload.on),
        reference: or(e.payload.reference),
      },
    ],
  }),
  FreezeReport: (d, e) => {
    const { figures = [], issuers = [], digest = '', logSize = null, asOf = e.meta.on } = e.meta.resolved
    return { ...d, frozen: { on: e.meta.on, at: e.meta.at, asOf, logSize, digest, figures, issuers } }
  },
  ReopenReport: (d) => ({ ...d, frozen: null, objections: [] }),
  ApproveReport: (d, e) => ({
    ...d,
    approval: { body: text(e.payload.body), on: text(e.payload.on), number: or(e.payload.number) },
  }),
  PublishReport: (d, e) => ({ ...d, publishedOn: e.meta.on }),
  ObjectToFigure: (d, e) => ({
    ...d,
    objections: [
      ...d.objections,
      {
        n: d.objections.length + 1,
        figure: text(e.payload.figure),
        unit: e.meta.actor.unit ?? '',
        reason: text(e.payload.reason),
        on: e.meta.on,
        answer: null,
      },
    ],
  }),
  AnswerObjection: (d, e) => ({
    ...d,
    objections: d.objections.map((x) =>
      x.n === e.payload.objection
        ? {
            ...x,
            answer: {
              outcome: e.payload.outcome === 'upheld' ? 'upheld' : 'not_upheld',
              reason: text(e.payload.reason),
              on: e.meta.on,
            },
          }
        : x,
    ),
  }),
  RecordCorrection: (d, e) => ({
    ...d,
    corrections: [
      ...d.corrections,
      { on: e.meta.on, cause: text(e.payload.cause), figures: e.meta.resolved.differences ?? [] },
    ],
  }),
}
export const evolve: Fold = (d, e) => folds[e.type](d, e)
