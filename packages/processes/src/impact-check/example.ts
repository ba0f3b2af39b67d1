// 一件事事合规、正在核查的：县住建局的办法以《物业管理条例》为依据，该条例改了第十二条。
import { exampleFacts } from '@dianzhang/rules'
import type { ImpactFacts } from './shape.ts'

const base = exampleFacts()
export const exampleDrafter = { person: 'p-drafter', unit: 'hy-housing', roles: ['drafter' as const] }
export const exampleLawyer = { person: 'p-reviewer', unit: 'hy-justice', roles: ['legality_reviewer' as const] }
/** 每次一份新的，互不影响。 */
export function exampleCheck(): ImpactFacts {
  return {
    now: '2026-10-20T09:00:00+08:00',
    today: '2026-10-20',
    dossier: {
      id: 'i-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      unit: 'hy-housing',
      document: { entry: 'entry-1', title: '海原县物业管理办法', number: '海住建规发〔2026〕1号', matter: 'doc-1' },
      event: {
        key: '物业管理条例@2026-12-01#changed',
        actKey: '物业管理条例',
        title: '物业管理条例',
        documentNumber: '国务院令第379号',
        kind: 'changed',
        on: '2026-12-01',
        articles: ['第十二条'],
        replacedBy: null,
        source: '国务院公报',
      },
      scope: 'articles',
      places: [{ role: 'basis', address: '第三条', articles: ['第十二条'], declared: true }],
      openedOn: '2026-10-12',
      startedOn: '2026-10-13',
      conclusion: null,
      earlier: [],
      contests: [],
      confirmed: null,
    },
    command: { type: 'Conclude', payload: {}, actor: exampleDrafter },
    pack: base.pack,
    calendar: base.calendar,
    external: { document: 'in_force' },
  }
}
type Dossier = ImpactFacts['dossier']
export const dossier = (f: ImpactFacts, change: Partial<Dossier>): ImpactFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
export const doing = (
  f: ImpactFacts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: ImpactFacts['command']['actor'] = exampleDrafter,
): ImpactFacts => ({ ...f, command: { type, payload, actor } })
export const on = (f: ImpactFacts, today: string): ImpactFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
export const concluding = (outcome: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  outcome,
  reason: '对照新的第十二条，第三条的比例须调整。',
  ...more,
})
export const concluded = (f: ImpactFacts, change: Partial<Dossier> = {}): ImpactFacts =>
  dossier(f, {
    conclusion: { outcome: 'amend', reason: '比例不同。', articles: ['第三条'], on: '2026-10-19', by: 'p-drafter' },
    ...change,
  })
export const contested = (f: ImpactFacts): ImpactFacts =>
  dossier(f, { contests: [{ on: '2026-10-19', by: 'p-drafter', reason: '所引不是这一部。', answer: null }] })
