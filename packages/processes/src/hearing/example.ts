// 一次事事合规的听证会：三月二日公告，四月十五日举行。规则的例子与测试都在它上面改动。
import { exampleFacts, exampleHash } from '@dianzhang/rules'
import type { HearingDossier, HearingFacts } from './shape.ts'

const base = exampleFacts()
export const exampleDrafter = { person: 'p-drafter', unit: 'hy-agri', roles: ['drafter' as const] }

/** 每次一份新的，互不影响。 */
export function exampleHearing(): HearingFacts {
  return {
    now: '2026-04-15T17:00:00+08:00',
    today: '2026-04-15',
    dossier: {
      id: 'h-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      unit: 'hy-agri',
      document: { id: 'doc-1', title: '海原县农机作业补贴发放办法' },
      subject: '补贴的对象与标准',
      announcedOn: '2026-03-02',
      heldOn: '2026-04-15',
      time: '09:00',
      place: '县农业农村局会议室',
      registersUntil: '2026-03-16',
      categories: [
        { name: '种植户代表', seats: 2 },
        { name: '农机手代表', seats: 1 },
      ],
      contact: null,
      registrations: [
        {
          id: 'r1',
          category: '种植户代表',
          hash: exampleHash('r1'),
          at: '2026-03-03T09:00:00+08:00',
          withdrawnOn: null,
        },
        {
          id: 'r2',
          category: '种植户代表',
          hash: exampleHash('r2'),
          at: '2026-03-04T09:00:00+08:00',
          withdrawnOn: null,
        },
        {
          id: 'r3',
          category: '种植户代表',
          hash: exampleHash('r3'),
          at: '2026-03-05T09:00:00+08:00',
          withdrawnOn: null,
        },
      ],
      closed: { at: '2026-03-17T00:00:00+08:00', on: '2026-03-17', digest: exampleHash('digest') },
      draw: {
        on: '2026-03-18',
        seed: exampleHash('seed'),
        root: 'root',
        size: 12,
        signedAt: '2026-03-18T01:00:00+08:00',
        order: { 种植户代表: ['r2', 'r3', 'r1'] },
      },
      materialsSentOn: '2026-03-20',
      held: null,
      report: null,
      cancelled: null,
    },
    command: { type: 'HoldHearing', payload: { heldOn: '2026-04-15', attended: 2, signed: 2 }, actor: exampleDrafter },
    pack: base.pack,
    calendar: base.calendar,
    external: { checkpoint: { root: 'root', size: 12, at: '2026-03-18T01:00:00+08:00' }, sameContact: [] },
  }
}
/** 改动案卷。 */
export const dossier = (f: HearingFacts, change: Partial<HearingDossier>): HearingFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
/** 正在办理的命令；报名、撤回时还在报名期内。 */
export const doing = (
  f: HearingFacts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: HearingFacts['command']['actor'] = exampleDrafter,
): HearingFacts => ({
  ...(type === 'Register' && f.today > '2026-03-16' ? on(f, '2026-03-10') : f),
  command: { type, payload, actor },
})
/** 改变今天。 */
export const on = (f: HearingFacts, today: string): HearingFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
