// 年度报告：规则的例子、每支箭头、文字里的数。
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import * as e from './example.ts'
import { annualReports } from './process.ts'
import type { ReportEvent, ReportFacts, ReportShape } from './shape.ts'
import { figuresIn, measuresTemplate, renderReport, unlinkedNumbers } from './template.ts'

const payloads: Record<string, Record<string, unknown>> = {
  WriteSection: { section: 'plans', text: '继续清理。' },
  FillFigure: { figure: 'manual-website', value: '128件', source: '县政府办公室' },
  RecordDuty: { duty: 'report', to: '县委', on: '2026-02-09' },
  FreezeReport: {},
  ReopenReport: { reason: '数据有误。' },
  ApproveReport: { body: 'hy-gov:常务会议', on: '2026-02-09' },
  PublishReport: {},
  ObjectToFigure: { figure: 'issued', reason: '少计一件。' },
  AnswerObjection: { objection: 1, outcome: 'upheld', reason: '属实。' },
  RecordCorrection: { cause: '补录一件。' },
}
describe('规则', () => proveRules({ engine: annualReports, example: e.exampleReport }))
describe('箭头', () =>
  proveArrows<ReportShape>({
    engine: annualReports,
    example: e.exampleReport,
    dossierOf: (f) => f.dossier,
    event: (facts, type, given): ReportEvent => ({
      type,
      payload: facts.command.payload,
      meta: { at: facts.now, on: facts.today, actor: given.actor ?? e.exampleSecretary, resolved: {} },
      pack: facts.pack,
      calendar: facts.calendar,
      external: facts.external,
    }),
    ground: ({ command }, example): Ground<ReportShape> => {
      const type = String(command)
      const payload = payloads[type] ?? {}
      const actor = type === 'ObjectToFigure' ? e.exampleHead : e.exampleSecretary
      const facts: ReportFacts = { ...example, command: { type, payload, actor } }
      const open = { objections: facts.dossier.objections.map((x) => ({ ...x, answer: null })) }
      return { facts: type === 'AnswerObjection' ? e.dossier(facts, open) : facts, payload, actor }
    },
  }))
describe('文字里的数', () => {
  it('模板里没有直接写出的数，写到的统计项各有一条注，注附清单', () => {
    expect(measuresTemplate.flatMap(unlinkedNumbers)).toEqual([])
    const f = e.exampleReport()
    const ids = [...new Set(measuresTemplate.flatMap(figuresIn))]
    const frozen = f.dossier.frozen
    if (!frozen) throw new Error('例子没有冻结')
    const found = renderReport({
      ...f.dossier,
      frozen: { ...frozen, figures: ids.map((id, i) => e.exampleFigure(id, `${i}件`)) },
    })
    expect(found.notes.map(({ figure }) => figure)).toEqual(ids)
    expect(found.notes.every(({ list }) => list?.startsWith('/public/v1/statistics/'))).toBe(true)
    for (const { paragraphs } of found.sections)
      for (const segment of paragraphs.flat())
        if (!('figure' in segment)) expect(unlinkedNumbers(segment.text), segment.text).toEqual([])
  })
  it.each([
    ['2026年3月1日前完成〔2026〕12号第三条、第一季度所列', []],
    ['及时率９８％，共12件', ['98%', '12']],
    ['全年制发十二件，百分之九十', ['十二件', '百分之九十']],
    ['《关于2026年3件事的通知》', []],
    ['制发十二部文件，涉及三家企业、二十三项', ['十二部', '三家', '二十三项']],
    ['及时率九成五，增长一倍，较上年翻一番', ['九成五', '一倍', '翻一番']],
    ['三分之一没有按期，约半数报送，答复四十余条', ['三分之一', '半数', '四十余条']],
    ['完成⑫件、壹拾贰件，数十件、上百件', ['12', '壹拾贰件', '数十件', '百件']],
    ['落实“三项制度”、四个意识，推进“一件事”，出台一批文件，建立一项制度，一次性告知', []],
    ['写作“九件”也是数；12345热线不是', ['九件']],
    ['一体推进，一以贯之，一成不变，零件、第713号、二〇二五年度', []],
  ])('%s', (text, numbers) => {
    expect(unlinkedNumbers(text)).toEqual(numbers)
  })
  it('更正以后写更正的数', () => {
    const f = e.exampleReport()
    const later = { on: '2026-05-01', cause: '补录。', figures: f.external.differences ?? [] }
    const found = renderReport({ ...f.dossier, corrections: [later] })
    expect(JSON.stringify(found)).toContain('10件')
    expect(JSON.stringify(found)).not.toContain('"9件"')
  })
})
