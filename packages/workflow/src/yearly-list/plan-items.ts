// What a proposal may rest on: the items of the year's plan that are still open, each as the form writes it.
import { dateInShanghai } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { loadUnits } from '../facts/load-facts.ts'
import { openPlanItems } from '../facts/load-planning.ts'
import type { Actor, Office } from '../office.ts'

/** The open items of this year's published drafting plan of the actor's place, in their order. */
export async function planItems(office: Office, actor: Actor): Promise<answers.Given<typeof answers.PlanItems>> {
  const { jurisdiction } = actor
  const plan = await openPlanItems(office.db, jurisdiction, dateInShanghai(office.clock.now().toISOString()))
  if (!plan) return { plan: null, items: [] }
  const units = await loadUnits(office.db, jurisdiction)
  return {
    plan: { title: plan.title, year: plan.year },
    items: plan.items.map(({ n, title, unit, due, necessity, enterpriseRelated, majorDecision }) => ({
      text: `${plan.year}年度制定计划第${n}项`,
      title,
      unit: { id: unit, name: units[unit]?.name ?? unit },
      due,
      necessity,
      enterpriseRelated,
      majorDecision,
    })),
  }
}
