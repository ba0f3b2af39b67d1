// 年度报告对外的约定：由模板写成、逐数附清单、冻结、批准、公布；单位可以对一个数提出异议，其后的差别以更正说明。
import { z } from 'zod'
import { keysOf } from '../keys-of.ts'
import { defineContract, field } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const day = z.iso.date()

/** 报告的四个部分。 */
export const reportSectionLabels = {
  measures: '推进法治政府建设的主要举措和成效',
  shortcomings: '存在的不足和原因',
  leaders: '党政主要负责人履行推进法治建设第一责任人职责的情况',
  plans: '下一年度的主要安排',
} as const
export type ReportSection = keyof typeof reportSectionLabels
/** 这一年度的报送、公开。 */
export const reportDutyLabels = {
  three_numbers: '报送三个数（政府信息公开年报）',
  filing_list: '报送年度备案目录',
  report: '报送年度报告',
  quarter_1: '公布第一季度备案目录',
  quarter_2: '公布第二季度备案目录',
  quarter_3: '公布第三季度备案目录',
  quarter_4: '公布第四季度备案目录',
} as const
export type ReportDuty = keyof typeof reportDutyLabels
export const figureObjectionLabels = { upheld: '采纳', not_upheld: '不采纳' } as const

const reason = field(text(2000), '理由', { control: 'long-text' })
const figure = field(text(80), '哪一个数', {
  description: '统计项的标识，如 issued',
  help: '',
  control: 'own-item',
  of: { from: 'figures', value: 'id', label: 'label' },
})

export const annualReport = defineContract({
  kind: 'annual-report',
  label: '年度报告',
  noun: '年度报告',
  opening: {
    type: 'OpenReport' as const,
    label: '开始编写年度报告',
    fields: { year: field(z.int().min(2000).max(2100), '报告的年度') },
  },
  commands: {
    WriteSection: {
      label: '编写一部分',
      fields: {
        section: field(z.enum(keysOf(reportSectionLabels)), '部分', { labels: reportSectionLabels }),
        text: field(text(20_000), '文字', {
          control: 'figure-text',
          description: '写数的地方以双花括号写统计项的标识，如 {{issued}}；不要直接写数',
          help: '不要直接写数：在写数的地方选“插入一个数”，印出时由系统代入，附上清单',
        }),
      },
    },
    FillFigure: {
      label: '填报一个数',
      fields: {
        figure: field(text(80), '哪一个数', {
          description: '须由人填报的统计项，如 manual-website',
          help: '',
          control: 'own-item',
          of: { from: 'manual', value: 'id', label: 'label,who' },
        }),
        value: field(text(100), '数', { description: '连同单位，如 128件' }),
        source: field(text(500), '来源', { description: '由哪个单位、据什么填报' }),
      },
    },
    RecordDuty: {
      label: '记载报送、公开',
      fields: {
        duty: field(z.enum(keysOf(reportDutyLabels)), '哪一项', { labels: reportDutyLabels }),
        to: field(text(300), '送何处、在何处公开'),
        on: field(day, '日期', { prefill: 'today' }),
        reference: field(z.string().trim().max(300).optional(), '文号、网址'),
      },
    },
    FreezeReport: { label: '冻结数据', fields: {} },
    ReopenReport: { label: '退回编写', fields: { reason } },
    ApproveReport: {
      label: '批准报告',
      fields: {
        body: field(text(200), '批准的会议', { control: 'body' }),
        on: field(day, '会议日期', { prefill: 'today' }),
        number: field(z.string().trim().max(200).optional(), '会议纪要、批复的文号'),
      },
    },
    PublishReport: { label: '公布报告', fields: {} },
    ObjectToFigure: { label: '对一个数提出异议', fields: { figure, reason } },
    AnswerObjection: {
      label: '答复异议',
      fields: {
        objection: field(z.int().min(1).max(10_000), '哪一条异议', {
          control: 'own-item',
          of: { from: 'objections', value: 'n', label: 'n,figureLabel,unitName', unless: 'answer' },
        }),
        outcome: field(z.enum(keysOf(figureObjectionLabels)), '答复', { labels: figureObjectionLabels }),
        reason,
      },
    },
    RecordCorrection: {
      label: '更正',
      fields: { cause: field(text(2000), '为何与公布时不同', { control: 'long-text' }) },
    },
  },
  stages: { drafting: '编写', frozen: '已冻结', approved: '已批准', published: '已公布' },
  records: {
    ReportOpened: '开始编写年度报告',
    SectionWritten: '编写一部分',
    FigureFilled: '填报一个数',
    DutyRecorded: '记载报送、公开',
    ReportFrozen: '冻结数据',
    ReportReopened: '退回编写',
    ReportApproved: '批准报告',
    ReportPublished: '公布报告',
    FigureObjected: '对一个数提出异议',
    FigureObjectionAnswered: '答复异议',
    CorrectionRecorded: '更正',
  },
})
