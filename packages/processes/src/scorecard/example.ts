// 一份事事合规的考核评分，已经核定、有一条异议；规则的例子与测试在它上面改动。
import { exampleFacts } from '@dianzhang/rules'
import { fromFacts, ordinary, type ScoreDossier } from './dossier.ts'
import type { ScoreFacts, ScoreLine } from './shape.ts'

const base = exampleFacts()
export const exampleInspector = { person: 'p-inspector', unit: 'hy-justice', roles: ['inspector' as const] }
export const exampleHead = { person: 'p-head', unit: 'hy-agri', roles: ['unit_head' as const] }
export const exampleLeader = { person: 'p-leader', unit: 'hy-gov', roles: ['leader' as const] }
const [standard] = base.pack.scorecard.standards.value
if (!standard) throw new Error('规则包没有评分标准')
const shown = { id: standard.id, label: standard.label, source: '外地的标准', items: standard.items }
/** 各项满分。 */
export const full = (byHand = false): ScoreLine[] =>
  ordinary({ standard: shown })
    .filter((x) => !byHand || !fromFacts(x))
    .map(({ id, weight }) => ({ item: id, score: weight }))
/** 每次一份新的，互不影响。 */
export function exampleScorecard(): ScoreFacts {
  return {
    now: '2026-12-29T09:00:00+08:00',
    today: '2026-12-29',
    dossier: {
      id: 'score-1',
      jurisdiction: '640522',
      packVersion: base.pack.version,
      year: 2026,
      unit: 'hy-agri',
      organiser: 'hy-justice',
      standard: shown,
      openedOn: '2026-11-20',
      self: { on: '2026-12-05', scores: full().map((x) => ({ item: x.item, score: x.score, note: null })) },
      checked: {
        on: '2026-12-15',
        asOf: '2026-12-14',
        items: full().map((x) => ({ item: x.item, score: x.score, reason: null, cases: [] })),
      },
      objections: [
        {
          item: 'training',
          reason: '已经培训。',
          on: '2026-12-16',
          decision: { outcome: 'not_upheld', score: null, reason: '没有记录。', on: '2026-12-18' },
        },
      ],
      finalOn: null,
    },
    command: { type: 'FinaliseScore', payload: {}, actor: exampleLeader },
    pack: base.pack,
    calendar: base.calendar,
  }
}
export const dossier = (f: ScoreFacts, change: Partial<ScoreDossier>): ScoreFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
export const doing = (f: ScoreFacts, payload: Record<string, unknown>): ScoreFacts => ({
  ...f,
  command: { ...f.command, payload: { ...f.command.payload, ...payload } },
})
export const on = (f: ScoreFacts, today: string): ScoreFacts => ({ ...f, today, now: `${today}T09:00:00+08:00` })
/** 有一条还没有决定的异议。 */
export const contested = (f: ScoreFacts): ScoreFacts =>
  dossier(f, { objections: f.dossier.objections.map((x) => ({ ...x, decision: null })) })
/** 命令里的各项改动其一。 */
export const scored = (f: ScoreFacts, item: string, change: Partial<ScoreLine>): ScoreFacts => {
  const lines = f.command.type === 'SelfAssess' ? full() : full(true)
  return doing(f, { scores: lines.map((x) => (x.item === item ? { ...x, ...change } : x)) })
}
