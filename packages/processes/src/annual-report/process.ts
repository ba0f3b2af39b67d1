// 年度报告：编写、冻结、批准、公布四个阶段；编成机器。
import { annualReport, reportDutyLabels } from '@dianzhang/contract'
import { type Arrows, type CommandLaw, compile, defineProcess, type StageSpec } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { openObjections, ReportDossier } from './dossier.ts'
import { evolve } from './evolve.ts'
import { reportRules } from './rules/index.ts'
import { sectionsMissing } from './rules/sections-written.ts'
import { factsOf, type ReportShape } from './shape.ts'

const { commands, opening } = annualReport
const basis = source.governmentReport('年度报告')
const secretariat: CommandLaw = { by: ['secretariat'], basis }
const law: Record<ReportShape['command'], CommandLaw> = {
  WriteSection: secretariat,
  FillFigure: { by: ['secretariat', 'legality_reviewer'], basis },
  RecordDuty: { by: ['secretariat'], basis: source.disclosure('第四十九条') },
  FreezeReport: secretariat,
  ReopenReport: { ...secretariat, seldom: true },
  ApproveReport: secretariat,
  PublishReport: { by: ['secretariat'], basis: source.disclosure('第五十条') },
  ObjectToFigure: {
    by: ['unit_head', 'drafter', 'legality_reviewer'],
    basis: source.design('对统计的数可以提出异议'),
    seldom: true,
  },
  AnswerObjection: { by: ['secretariat'], basis: source.design('对统计的数可以提出异议') },
  RecordCorrection: { by: ['secretariat'], basis: source.design('公布以后的差别以更正说明'), seldom: true },
}
type On = Arrows<ReportShape>
/** 公布以后等着记载的各项；备案目录是后来列入的，先前公布的报告不再追记。 */
const asked = Object.keys(reportDutyLabels).filter((duty) => duty !== 'filing_list')
/** 尚待答复的异议，还没有记载的报送、公开。 */
const asks = (d: ReportDossier): ReportShape['command'][] => [
  ...(openObjections(d).length > 0 ? (['AnswerObjection'] as const) : []),
  ...(asked.some((duty) => !d.duties.some((x) => x.duty === duty)) && d.publishedOn !== null
    ? (['RecordDuty'] as const)
    : []),
]
const duties: On = { RecordDuty: [{ rules: ['report.recorded-act'], records: 'DutyRecorded' }] }
const contest: On = {
  ObjectToFigure: [{ rules: ['report.figure-known', 'report.one-objection'], records: 'FigureObjected' }],
  AnswerObjection: [{ rules: ['report.objection-open'], records: 'FigureObjectionAnswered' }],
}
const stages: Record<string, StageSpec<ReportShape>> = {
  drafting: {
    label: '编写',
    basis,
    tags: ['open'],
    whose: ['secretariat'],
    on: {
      WriteSection: [{ rules: ['report.figures-linked', 'report.figures-known'], records: 'SectionWritten' }],
      FillFigure: [{ rules: ['report.filled-by-hand'], records: 'FigureFilled' }],
      ...duties,
      FreezeReport: [{ to: 'frozen', rules: ['report.year-over', 'report.sections-written'], records: 'ReportFrozen' }],
    },
    ideal: () => ({ type: 'FreezeReport', payload: {} }),
    // 年度没有结束、没有写好的，不等着冻结：等着的是写。
    asks: (d) => {
      const freezing = { command: 'FreezeReport' as const, notBefore: `${d.year + 1}-01-01` }
      return sectionsMissing(d).length > 0 ? ['WriteSection', { ...freezing, units: [] }] : [freezing]
    },
  },
  frozen: {
    label: '已冻结',
    basis,
    tags: ['open'],
    whose: ['secretariat'],
    on: {
      ...duties,
      ...contest,
      ReopenReport: [{ to: 'drafting', records: 'ReportReopened' }],
      ApproveReport: [
        {
          to: 'approved',
          rules: ['report.recorded-act', 'report.objections-answered'],
          records: 'ReportApproved',
        },
      ],
    },
    ideal: () => ({ type: 'ApproveReport', payload: {} }),
    asks,
  },
  approved: {
    label: '已批准',
    basis,
    tags: ['open'],
    whose: ['secretariat'],
    on: {
      ...duties,
      ...contest,
      PublishReport: [{ to: 'published', rules: ['report.in-time'], records: 'ReportPublished' }],
    },
    ideal: () => ({ type: 'PublishReport', payload: {} }),
    asks,
  },
  published: {
    label: '已公布',
    basis: source.disclosure('第五十条'),
    tags: ['public', 'ended'],
    whose: ['secretariat'],
    on: {
      ...duties,
      ...contest,
      RecordCorrection: [{ rules: ['report.differs'], records: 'CorrectionRecorded' }],
    },
    asks,
  },
}
export const annualReports = compile(
  defineProcess<ReportShape>({
    kind: annualReport.kind,
    label: annualReport.label,
    noun: annualReport.noun,
    opening: {
      command: opening.type,
      // 到了规则包所定之日没有人开始编写的，由系统开启，期限照走。
      law: { ...secretariat, by: [...secretariat.by, 'system'] },
      label: opening.label,
      record: 'ReportOpened',
    },
    initial: 'drafting',
    stages,
    labels: {
      command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
        ReportShape['command'],
        string
      >,
      stage: (path) => (annualReport.stages as Record<string, string>)[path] ?? path,
      cases: {},
    },
    law,
    order: basis,
    rules: reportRules,
    facts: factsOf,
    caseOf: () => ({}),
    casesOfDossier: new Set(),
    evolve,
    clocks,
    snapshot: { version: 1, dossier: ReportDossier, upcasters: {} },
  }),
)
