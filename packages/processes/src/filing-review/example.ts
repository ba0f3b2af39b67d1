// 一件事事合规、正在审查的备案：县农业农村局的办法报县政府，已经登记。规则的例子与测试都在它上面改动。

import { latestPack } from '@dianzhang/packs'
import { exampleFacts, exampleHash } from '@dianzhang/rules'
import type { FilingFacts } from './shape.ts'

const base = exampleFacts()
const pack = latestPack('640522', '2026-10-20') ?? base.pack
export const exampleReviewer = { person: 'p-filing', unit: 'hy-gov', roles: ['filing_reviewer' as const] }
export const exampleRegistrar = { person: 'p-registrar', unit: 'hy-gov', roles: ['registrar' as const] }
export const exampleSender = { person: 'p-head', unit: 'hy-agri', roles: ['unit_head' as const] }
const everything = ['备案报告', '审查说明', '正式文本']

/** 每次一份新的，互不影响。 */
export function exampleFiling(): FilingFacts {
  return {
    now: '2026-10-20T09:00:00+08:00',
    today: '2026-10-20',
    dossier: {
      id: 'f-1',
      jurisdiction: '640522',
      packVersion: pack.version,
      track: 'government',
      unit: 'hy-gov',
      document: {
        entry: 'entry-1',
        matter: 'doc-1',
        title: '海原县农机作业补贴发放办法',
        number: '海农规发〔2026〕1号',
        tier: 'department',
        issuers: ['hy-agri'],
        draftingUnit: 'hy-agri',
        publishedOn: '2026-09-21',
        effectiveDate: '2026-11-01',
      },
      openedOn: '2026-10-12',
      notices: [],
      submissions: [
        {
          on: '2026-10-12',
          materials: everything,
          textHash: exampleHash(1),
          note: null,
          kind: 'first',
          supplied: [],
        },
      ],
      deferrals: [],
      returns: [],
      registered: { on: '2026-10-14', number: '海备〔2026〕3号', note: null, by: 'p-registrar' },
      review: { kind: 'own', on: '2026-10-15', suggestion: null, requestedBy: null },
      extendedOn: null,
      checks: pack.filingReview.items.value.map((item) => ({
        item: item as FilingFacts['dossier']['checks'][number]['item'],
        result: 'none' as const,
        provisions: [],
        note: null,
        on: '2026-10-19',
        by: 'p-filing',
      })),
      experts: [],
      inquiries: [
        {
          n: 1,
          on: '2026-10-15',
          questions: '请说明第六条的依据。',
          until: '2026-10-23',
          answered: { on: '2026-10-18', text: '依据见对照表。' },
        },
      ],
      talks: [],
      plans: [],
      reminders: [],
      opinion: null,
      urges: [],
      correction: null,
      motion: null,
      closed: null,
      examiners: ['p-filing'],
    },
    command: { type: 'CloseReview', payload: {}, actor: exampleReviewer, resolved: {} },
    pack,
    calendar: base.calendar,
    external: {
      units: base.external.units,
      status: 'in_force',
      recipients: { government: 'hy-gov' },
      documentReviewers: ['p-reviewer'],
      numberUsedBy: null,
      correction: null,
      other: null,
    },
  }
}

type Dossier = FilingFacts['dossier']
/** 改动案卷。 */
export const dossier = (f: FilingFacts, change: Partial<Dossier>): FilingFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
/** 改动案卷以外的事实。 */
export const external = (f: FilingFacts, change: Partial<FilingFacts['external']>): FilingFacts => ({
  ...f,
  external: { ...f.external, ...change },
})
/** 正在办理的命令。 */
export const doing = (
  f: FilingFacts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: FilingFacts['command']['actor'] = exampleReviewer,
): FilingFacts => ({ ...f, command: { type, payload, actor, resolved: {} } })
/** 改变今天。 */
export const on = (f: FilingFacts, today: string): FilingFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
/** 刚收到，还没有登记。 */
export const justReceived = (f: FilingFacts, today = '2026-10-13'): FilingFacts =>
  on(dossier(f, { registered: null, review: null, checks: [], inquiries: [], examiners: [] }), today)
/** 还没有报送。 */
export const notFiled = (f: FilingFacts, today = '2026-11-02'): FilingFacts =>
  on(dossier(justReceived(f), { submissions: [], openedOn: '2026-10-12' }), today)
/** 报送的是废止的决定。 */
export const byDecision = (f: FilingFacts): FilingFacts =>
  dossier(f, {
    decision: {
      body: '局务会议',
      number: null,
      date: '2026-09-21',
      changes: [
        {
          entry: 'entry-1',
          matter: 'doc-1',
          title: '海原县农机作业补贴发放办法',
          number: '海农规发〔2026〕1号',
          kind: 'repealed',
          on: '2026-11-01',
          event: 1,
        },
      ],
    },
  })
export const required = (f: FilingFacts, change: Partial<Dossier['notices'][number]> = {}): FilingFacts =>
  dossier(f, {
    notices: [{ n: 1, kind: 'require', on: '2026-10-12', text: null, until: '2026-10-27', ...change }],
  })
export const deferred = (f: FilingFacts): FilingFacts =>
  dossier(justReceived(f), {
    deferrals: [{ on: '2026-10-13', items: ['审查说明'], until: '2026-10-23', suppliedOn: null }],
  })
export const returned = (f: FilingFacts, today = '2026-11-02'): FilingFacts =>
  on(dossier(justReceived(f), { returns: [{ on: '2026-10-13', ground: 'other', reason: '文本不全。' }] }), today)
/** 函询还没有答复。 */
export const asked = (f: FilingFacts): FilingFacts =>
  dossier(f, {
    inquiries: [{ n: 1, on: '2026-10-15', questions: '请说明。', until: '2026-10-23', answered: null }],
  })
export const planned = (f: FilingFacts, until = '2026-12-31'): FilingFacts =>
  dossier(f, { plans: [{ on: '2026-10-19', action: 'amend', plan: '年内修改。', until, endedOn: null }] })
export const finding = (demand: 'amend' | 'repeal' | 'stop' = 'amend') => ({
  item: 'powers' as const,
  problem: '第六条增设条件。',
  ground: '《优化营商环境条例》第六十四条',
  provisions: ['第六条'],
  demand,
})
export const opined = (f: FilingFacts, answers: NonNullable<Dossier['opinion']>['answers'] = []): FilingFacts =>
  dossier(f, {
    opinion: { on: '2026-10-19', number: null, findings: [finding()], by: 'p-filing', answers },
  })
export const kept = { on: '2026-10-19', action: 'keep' as const, answer: '认为无须修改。' }
export const willAmend = { on: '2026-10-19', action: 'amend' as const, answer: '同意修改。' }
export const corrected = (f: FilingFacts): FilingFacts =>
  dossier(f, {
    correction: {
      on: '2026-10-20',
      document: 'entry-2',
      title: '海原县农业农村局关于修改农机作业补贴发放办法的决定',
      number: '海农规发〔2026〕2号',
      report: null,
    },
  })
export const moved = (f: FilingFacts): FilingFacts =>
  dossier(opined(f, [kept]), {
    motion: { kind: 'annul', reason: '逾期没有改正。', on: '2026-10-20', decided: null },
  })
export const decided = (
  f: FilingFacts,
  decision: 'annul' | 'order_amend' | 'order_improve' | 'dismissed' = 'annul',
): FilingFacts =>
  dossier(moved(f), {
    motion: {
      kind: 'annul',
      reason: '逾期没有改正。',
      on: '2026-10-19',
      decided: { decision, body: 'hy-gov', number: null, date: '2026-10-20', until: null, on: '2026-10-20' },
    },
  })
export const made = { body: 'hy-gov', date: '2026-10-20' }
export const changedBy = {
  id: 'entry-2',
  title: '海原县农业农村局关于修改农机作业补贴发放办法的决定',
  number: '海农规发〔2026〕2号',
  changes: ['amended' as const],
  filed: true,
}
