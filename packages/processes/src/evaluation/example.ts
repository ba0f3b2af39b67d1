// 一件事事合规、正在收集证据的后评估：县司法局评估县农业农村局起草、县政府制定的文件。规则的例子与测试都在它上面改动。
import { exampleFacts, exampleHash } from '@dianzhang/rules'
import type { EvaluationDossier, Evidence, Reading } from './dossier.ts'
import type { EvaluationFacts } from './shape.ts'

const base = exampleFacts()
export const exampleEvaluator = { person: 'p-evaluator', unit: 'hy-justice', roles: ['evaluator' as const] }

export const evidence = (id: string, change: Partial<Evidence> = {}): Evidence => ({
  id,
  kind: 'survey',
  title: '农户问卷',
  source: '随机抽取的农户',
  count: 120,
  groups: ['农户'],
  date: '2026-10-12',
  hash: exampleHash(id),
  by: 'p-evaluator',
  ...change,
})
export const reading = (id: string, change: Partial<Reading> = {}): Reading => ({
  id,
  indicator: '补贴按期发放率',
  value: 91,
  unit: '%',
  date: '2026-09-30',
  source: '县财政局台账',
  target: 95,
  provision: '第六条',
  by: 'p-evaluator',
  ...change,
})
const dimensions = base.pack.evaluation.dimensions.value.map(({ code }) => code)
/** 各方面都有证据。 */
export const assessed = (refs: string[] = ['E1']) =>
  dimensions.map((dimension) => ({ dimension, result: 'met' as const, text: '达到。', evidence: refs }))
export const report = (
  change: Partial<NonNullable<EvaluationDossier['report']>> = {},
): NonNullable<EvaluationDossier['report']> => ({
  n: 1,
  on: '2026-10-19',
  by: 'p-evaluator',
  hash: exampleHash('report'),
  conclusion: 'amend',
  dimensions: dimensions.map((dimension) => ({ dimension, result: 'met', score: null, evidence: ['E1'] })),
  questions: [],
  proposals: [
    { id: 'P1', text: '缩短审核的时间。', provisions: ['第六条'], evidence: ['R1'] },
    { id: 'P2', text: '取消重复的证明。', provisions: ['第八条'], evidence: ['E1'] },
  ],
  ...change,
})
export const answer = (
  proposal: string,
  change: Partial<EvaluationDossier['answers'][number]> = {},
): EvaluationDossier['answers'][number] => ({
  proposal,
  fate: 'rejected',
  by: null,
  document: null,
  provisions: [],
  reason: '上位法有此要求。',
  owner: null,
  due: null,
  on: '2026-10-20',
  person: 'p-secretary',
  ...change,
})

/** 每次一份新的，互不影响。 */
export function exampleEvaluation(): EvaluationFacts {
  return {
    now: '2026-10-20T09:00:00+08:00',
    today: '2026-10-20',
    dossier: {
      id: 'ev-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      unit: 'hy-gov',
      document: {
        entry: 'entry-1',
        title: '海原县农机作业补贴发放办法',
        number: '海政规发〔2023〕1号',
        tier: 'government',
        issuers: ['hy-gov'],
        matter: 'doc-1',
        draftingUnit: 'hy-agri',
        validUntil: '2027-03-31',
      },
      ground: 'before_expiry',
      evaluator: { unit: 'hy-justice', organisation: null },
      method: ['问卷', '座谈'],
      subjects: ['农户', '乡镇经办人员'],
      until: '2026-12-31',
      plannedOn: '2026-10-08',
      plannedBy: 'p-evaluator',
      approvedOn: '2026-10-09',
      evidence: [evidence('E1'), evidence('E2', { kind: 'data', title: '发放台账', count: null, groups: [] })],
      readings: [reading('R1')],
      report: null,
      answers: [],
      answeredOn: null,
      publishedOn: null,
      summary: null,
      closed: null,
    },
    command: { type: 'SubmitReport', payload: {}, actor: exampleEvaluator, resolved: {} },
    pack: base.pack,
    calendar: base.calendar,
    external: {
      units: base.external.units,
      status: 'in_force',
      earlier: [
        {
          part: 'drafted',
          record: '申请立项',
          on: '2023-01-05',
          unit: 'hy-agri',
          organisation: null,
          person: 'p-drafter',
        },
        {
          part: 'assessed',
          record: '记录风险评估',
          on: '2023-02-10',
          unit: null,
          organisation: '宁夏某评估咨询有限公司',
          person: 'p-drafter',
        },
      ],
      indicators: [],
      named: {},
    },
  }
}
type Dossier = EvaluationFacts['dossier']
/** 改动案卷。 */
export const dossier = (f: EvaluationFacts, change: Partial<Dossier>): EvaluationFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
/** 改动案卷以外的事实。 */
export const external = (f: EvaluationFacts, change: Partial<EvaluationFacts['external']>): EvaluationFacts => ({
  ...f,
  external: { ...f.external, ...change },
})
/** 正在办理的命令。 */
export const doing = (
  f: EvaluationFacts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: EvaluationFacts['command']['actor'] = exampleEvaluator,
): EvaluationFacts => ({ ...f, command: { type, payload, actor, resolved: {} } })
/** 改变今天。 */
export const on = (f: EvaluationFacts, today: string): EvaluationFacts => ({
  ...f,
  today,
  now: `${today}T09:00:00+08:00`,
})
/** 刚提出方案。 */
export const planned = (f: EvaluationFacts): EvaluationFacts =>
  dossier(f, { approvedOn: null, evidence: [], readings: [] })
/** 报告已经提交。 */
export const reported = (f: EvaluationFacts, change: Partial<Dossier> = {}): EvaluationFacts =>
  dossier(f, { report: report(), ...change })
/** 各项建议都有了答复。 */
export const answered = (f: EvaluationFacts): EvaluationFacts =>
  reported(f, { answers: [answer('P1'), answer('P2')], answeredOn: '2026-10-20' })
/** 已经公布。 */
export const published = (f: EvaluationFacts): EvaluationFacts => dossier(answered(f), { publishedOn: '2026-10-20' })
