// The speed of pure functions: one transition, decide, explain, plan, in microseconds.
import { decide, explain, initial, type LifecycleEvent, plan, restore, step, store } from '@dianzhang/lifecycle'
import { clocks, exampleFacts, judge, ruleIds } from '@dianzhang/rules'
import { microseconds } from './measure.ts'

export function benchPure() {
  const facts = exampleFacts()
  const circumstance = {
    meta: { at: facts.now, on: facts.today, actor: { person: 'p', unit: null, roles: [] }, resolved: {} },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
  const snapshot = initial(facts.dossier)
  const approve: LifecycleEvent = { ...circumstance, type: 'ApproveInitiation', payload: {} }
  const stored = store(snapshot)
  const reviewing = restore({ ...stored, value: { legality_review: 'reviewing' } })
  return {
    transition: microseconds(() => step(snapshot, approve)),
    judgeAllRules: microseconds(() => judge(ruleIds, facts)),
    decide: microseconds(() => decide(snapshot, approve)),
    explain: microseconds(() => explain(reviewing, circumstance)),
    transitionJudgeExplain: microseconds(() => {
      decide(snapshot, approve)
      step(snapshot, approve)
      explain(snapshot, circumstance)
    }),
    restore: microseconds(() => restore(stored)),
    clocks: microseconds(() => clocks(facts)),
    plan: microseconds(() => plan(snapshot, circumstance), 10, 5),
    unit: 'µs',
  }
}
