// 一次事事合规、即将决定的定期清理：县政府的五件，各有意见，都已核对、公示。规则的例子与测试都在它上面改动。
import { exampleFacts, exampleHash } from '@dianzhang/rules'
import type { CleanupItem, CleanupOpinion } from './items.ts'
import type { CleanupFacts } from './shape.ts'

const base = exampleFacts()
export const exampleSecretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
export const exampleDrafter = { person: 'p-agri', unit: 'hy-agri', roles: ['drafter' as const] }
export const exampleLawyer = { person: 'p-reviewer', unit: 'hy-justice', roles: ['legality_reviewer' as const] }

export const opinion = (outcome: CleanupOpinion['outcome'], change: Partial<CleanupOpinion> = {}): CleanupOpinion => ({
  outcome,
  reason: outcome === 'keep' ? null : '被新的规定代替。',
  provisions: [],
  lapseGround: null,
  amend: null,
  by: 'p-agri',
  unit: 'hy-agri',
  on: '2026-10-15',
  seq: 1,
  ...change,
})
/** 一件有意见、已核对的。 */
export const exampleItem = (
  n: number,
  outcome: CleanupOpinion['outcome'],
  change: Partial<CleanupItem> = {},
): CleanupItem => ({
  n,
  title: `海原县第${n}号办法`,
  number: `海政规发〔2023〕${n}号`,
  entry: `e-${n}`,
  matter: `m-${n}`,
  issuers: ['海原县人民政府'],
  unit: 'hy-agri',
  unitName: '海原县农业农村局',
  publishedOn: '2023-05-10',
  effectiveDate: '2023-06-10',
  validUntil: '2028-06-09',
  status: 'in_force',
  statusOn: '2023-06-10',
  origin: 'register',
  included: '公布截止日以前公布，普查时有效',
  opinion: opinion(outcome),
  check: { agrees: true, reason: null, by: 'p-reviewer', on: '2026-10-20', seq: 2 },
  final: null,
  now: { status: 'in_force', on: '2023-06-10' },
  afterDecision: false,
  flags: [],
  ...change,
})
const items = (): CleanupItem[] => [
  exampleItem(1, 'keep'),
  exampleItem(2, 'amend', {
    opinion: opinion('amend', { amend: { what: '修改第六条。', due: '2027-03-31', ifLate: 'lapse' } }),
  }),
  exampleItem(3, 'repeal'),
  exampleItem(4, 'lapse', { opinion: opinion('lapse', { lapseGround: 'task_done' }) }),
  exampleItem(5, 'already_gone', {
    status: 'repealed',
    statusOn: '2026-03-01',
    now: { status: 'repealed', on: '2026-03-01' },
    opinion: null,
    check: null,
  }),
]

/** 每次一份新的，互不影响。 */
export function exampleCleanup(): CleanupFacts {
  return {
    now: '2026-11-20T09:00:00+08:00',
    today: '2026-11-20',
    dossier: {
      id: 'c-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      unit: 'hy-gov',
      title: '海原县人民政府2026年行政规范性文件定期清理',
      kind: 'periodic',
      ground: '距上次清理已满两年。',
      order: null,
      scope: {
        issuers: ['hy-gov', 'hy-office'],
        publishedUntil: '2026-09-30',
        act: null,
        theme: null,
        documents: null,
      },
      joined: [],
      plannedOn: '2026-10-09',
      deadlineForUnits: '2026-12-15',
      deadlineForResult: '2027-01-20',
      closedList: false,
      census: {
        at: '2026-10-10T09:00:00+08:00',
        on: '2026-10-10',
        origin: 'register',
        asOf: null,
        count: 5,
        gone: 1,
        digest: exampleHash('census'),
        previous: null,
        missing: 0,
        extra: 0,
        file: null,
      },
      lateFinds: 0,
      afterDecision: 0,
      units: ['hy-agri'],
      opinions: 4,
      checkedOn: '2026-10-20',
      checkers: ['p-reviewer'],
      notice: { openedOn: '2026-10-21', until: '2026-10-30', times: 1 },
      objections: [],
      unlistedConfirmed: 0,
      decision: null,
      published: null,
      conditional: [],
      republished: [],
      closedOn: null,
      cancelled: null,
    },
    command: { type: 'Decide', payload: {}, actor: exampleSecretary, resolved: {} },
    pack: base.pack,
    calendar: base.calendar,
    external: {
      units: base.external.units,
      items: items(),
      whole: true,
      unlisted: [],
      decision: null,
      effects: { done: 0, failed: 0, pending: 0 },
    },
  }
}

type Dossier = CleanupFacts['dossier']
/** 改动案卷。 */
export const dossier = (f: CleanupFacts, change: Partial<Dossier>): CleanupFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
/** 改动案卷以外的事实。 */
export const external = (f: CleanupFacts, change: Partial<CleanupFacts['external']>): CleanupFacts => ({
  ...f,
  external: { ...f.external, ...change },
})
/** 改动第 `n` 项。 */
export const item = (f: CleanupFacts, n: number, change: Partial<CleanupItem>): CleanupFacts =>
  external(f, { items: f.external.items.map((x) => (x.n === n ? { ...x, ...change } : x)) })
/** 正在办理的命令。 */
export const doing = (
  f: CleanupFacts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: CleanupFacts['command']['actor'] = f.command.actor,
): CleanupFacts => ({ ...f, command: { ...f.command, type, payload, actor } })
/** 改变今天。 */
export const on = (f: CleanupFacts, today: string): CleanupFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
/** 普查以前。 */
export const planned = (f: CleanupFacts): CleanupFacts =>
  external(
    dossier(f, { census: null, units: [], opinions: 0, checkedOn: null, checkers: [], notice: null, lateFinds: 0 }),
    { items: [], whole: true },
  )
/** 以目录文件补录的以往的清理。 */
export const past = (f: CleanupFacts): CleanupFacts =>
  dossier(f, { census: f.dossier.census && { ...f.dossier.census, origin: 'list' } })
/** 作出决定以后。 */
export const decided = (f: CleanupFacts, change: Partial<NonNullable<Dossier['decision']>> = {}): CleanupFacts =>
  external(
    dossier(f, {
      decision: {
        body: { id: 'hy-gov:常务会议', name: '海原县人民政府常务会议', unit: 'hy-gov' },
        session: '第12次',
        date: '2026-11-18',
        on: '2026-11-18',
        minutes: null,
        document: 'doc-decision',
        counts: { keep: 1, amend: 1, repeal: 1, lapse: 1, already_gone: 1 },
        lists: exampleHash('lists'),
        ...change,
      },
      conditional: [{ due: '2027-03-31', items: [2], appliedOn: null }],
    }),
    {
      decision: {
        id: 'doc-decision',
        title: '海原县人民政府关于公布行政规范性文件清理结果的决定',
        number: '海政规发〔2026〕20号',
        entry: 'e-decision',
        publishedOn: '2026-11-19',
        effectiveDate: '2026-11-19',
      },
    },
  )
/** 公布以后。 */
export const published = (f: CleanupFacts, change: Partial<Dossier> = {}): CleanupFacts =>
  dossier(decided(f), {
    published: { on: '2026-11-20', effectiveOn: '2026-11-20', document: 'doc-decision', effects: 2, imported: 0 },
    ...change,
  })
/** 一项意见正在提出：写明的内容即是。 */
export const giving = (
  f: CleanupFacts,
  n: number,
  given: Record<string, unknown>,
  actor = exampleDrafter,
): CleanupFacts => {
  const g = doing(f, 'GiveOpinion', { item: n, ...given }, actor)
  return external(g, { items: g.external.items.filter((x) => x.n === n), whole: false })
}
