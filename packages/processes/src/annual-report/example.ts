// 一份事事合规的年度报告，已经冻结；规则的例子与测试在它上面改动。
import { exampleFacts } from '@dianzhang/rules'
import type { FrozenFigure, ReportDossier } from './dossier.ts'
import type { ReportExternal, ReportFacts } from './shape.ts'

const base = exampleFacts()
export const exampleSecretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
export const exampleHead = { person: 'p-head', unit: 'hy-agri', roles: ['unit_head' as const] }
export const exampleFigure = (id: string, text: string): FrozenFigure => ({
  id,
  label: '本期制发件数',
  text,
  value: Number.parseInt(text, 10),
  numerator: null,
  denominator: null,
  formula: '本期公布',
  basis: '国办公开办函〔2021〕30号',
  list: `/public/v1/statistics/${id}?part=count`,
  denominatorList: null,
  digest: 'a'.repeat(64),
})
/** 每次一份新的，互不影响。 */
export function exampleReport(): ReportFacts {
  return {
    now: '2026-02-10T09:00:00+08:00',
    today: '2026-02-10',
    dossier: {
      id: 'report-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      year: 2025,
      unit: 'hy-office',
      openedOn: '2026-01-05',
      sections: [
        { section: 'shortcomings', text: '有的文件公布不够及时。' },
        { section: 'leaders', text: '主要负责人听取汇报，部署清理。' },
        { section: 'plans', text: '2026年完成定期清理。' },
      ],
      filled: [],
      duties: [],
      frozen: {
        on: '2026-02-01',
        at: '2026-02-01T09:00:00+08:00',
        asOf: '2026-01-31',
        logSize: 120,
        digest: 'b'.repeat(64),
        figures: [exampleFigure('issued', '9件')],
        issuers: [{ issuer: '海原县人民政府', opening: 10, issued: 9, revived: 0, ended: 2, closing: 17 }],
      },
      approval: null,
      publishedOn: null,
      objections: [
        {
          n: 1,
          figure: 'closing',
          unit: 'hy-agri',
          reason: '少计一件。',
          on: '2026-02-03',
          answer: { outcome: 'not_upheld', reason: '该件已经失效。', on: '2026-02-04' },
        },
      ],
      corrections: [],
    },
    command: {
      type: 'RecordDuty',
      payload: { duty: 'report', to: '县委、县人大常委会', on: '2026-02-09' },
      actor: exampleSecretary,
    },
    pack: base.pack,
    calendar: base.calendar,
    external: {
      figures: ['issued', 'closing'],
      manual: [{ id: 'manual-website', label: '政府网站发文件数', who: '县政府办公室' }],
      differences: [{ id: 'issued', label: '本期制发件数', from: '9件', to: '10件', digest: 'c'.repeat(64) }],
    },
  }
}
export const dossier = (f: ReportFacts, change: Partial<ReportDossier>): ReportFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
export const doing = (f: ReportFacts, payload: Record<string, unknown>): ReportFacts => ({
  ...f,
  command: { ...f.command, payload: { ...f.command.payload, ...payload } },
})
export const known = (f: ReportFacts, change: Partial<ReportExternal>): ReportFacts => ({
  ...f,
  external: { ...f.external, ...change },
})
export const on = (f: ReportFacts, today: string): ReportFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
