// 一份事事合规的决策目录，已公布、正在执行；规则的例子与测试在它上面改动。
import { exampleFacts } from '@dianzhang/rules'
import type { ListDossier, ListFacts, ListItem } from './shape.ts'

const base = exampleFacts()
export const exampleSecretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
export const exampleItem = (n: number, change: Partial<ListItem> = {}): ListItem => ({
  n,
  title: `海原县第${n}项公共停车设施规划`,
  unit: 'hy-housing',
  due: '2026-10-31',
  kind: 'new',
  target: null,
  basis: '城市停车设施规划的要求',
  necessity: '停车设施不足。',
  enterpriseRelated: false,
  majorDecision: true,
  leader: 'p-leader',
  steps: ['consultation', 'legality', 'collective'],
  hearing: false,
  overlap: null,
  proposedOn: '2026-02-02',
  argued: { outcome: 'include', argument: '确有必要。', on: '2026-02-20' },
  added: null,
  dropped: null,
  carried: null,
  completed: null,
  ...change,
})
/** 每次一份新的，互不影响。 */
export function exampleList(): ListFacts {
  return {
    now: '2026-06-03T09:00:00+08:00',
    today: '2026-06-03',
    dossier: {
      id: 'list-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      year: 2026,
      unit: 'hy-office',
      until: '2026-02-10',
      openedOn: '2026-01-10',
      items: [exampleItem(1), exampleItem(2)],
      proposals: [
        {
          n: 1,
          title: '老旧小区加装电梯',
          reason: '老人出行不便。',
          on: '2026-01-20',
          answer: { answer: 'taken', reason: '已列入。', on: '2026-02-15' },
        },
      ],
      approval: { body: 'hy-gov:常务会议', on: '2026-03-02', number: null },
      consent: { on: '2026-03-10', reference: '海党办〔2026〕8号' },
      publishedOn: '2026-03-12',
      adjustments: [],
      statement: null,
    },
    command: { type: 'CompleteItem', payload: { item: 1, on: '2026-06-01' }, actor: exampleSecretary },
    pack: base.pack,
    calendar: base.calendar,
    external: {
      completedBy: null,
      similar: [],
      lastYear: { 'hy-housing': 3 },
      units: { 'hy-housing': '海原县住房和城乡建设局' },
    },
  }
}
export const dossier = (f: ListFacts, change: Partial<ListDossier>): ListFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
export const doing = (f: ListFacts, type: string, payload: Record<string, unknown> = {}): ListFacts => ({
  ...f,
  command: { ...f.command, type, payload },
})
export const on = (f: ListFacts, today: string): ListFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
export const similar = (f: ListFacts, title: string): ListFacts => ({
  ...f,
  external: { ...f.external, similar: [{ what: 'entry', title }] },
})
export const completedBy = (f: ListFacts, publishedOn: string | null, disclosed = true): ListFacts => ({
  ...f,
  external: { ...f.external, completedBy: { title: '海原县停车办法', publishedOn, disclosed } },
})
export const lastYear = (f: ListFacts, count: number): ListFacts => ({
  ...f,
  external: { ...f.external, lastYear: { 'hy-housing': count } },
})
