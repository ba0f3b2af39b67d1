// What the plan and the catalogue of the year say of a proposal: the item it names, like items, like documents in force.
import { decisionCatalogue, draftingPlan } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import { decisionCatalogues, draftingPlans, type ListDossier, type ListItem, standingItems } from '@dianzhang/processes'
import type { Dossier, PlanningFact } from '@dianzhang/rules'
import { alike } from '../yearly-list/alike.ts'
import { similarEntries } from '../yearly-list/similar-entries.ts'

const { matters: m } = schema

/** “2026年度制定计划第3项” → year and number; null for what names neither. */
export function planItemNamed(text: string | null): { year: number; n: number } | null {
  const found = /(\d{4})\s*年.*?第\s*(\d+)\s*项/u.exec((text ?? '').normalize('NFKC'))
  return found ? { year: Number(found[1]), n: Number(found[2]) } : null
}
const whyClosed = (item: ListItem | undefined): string =>
  item === undefined
    ? '没有列在计划里'
    : item.dropped
      ? '已经取消'
      : item.carried
        ? '已经结转下一年度'
        : item.argued?.outcome === 'exclude'
          ? '论证以后没有列入'
          : item.completed
            ? '已经完成'
            : ''

export async function loadPlanning(db: DbOrTx, d: Dossier, today: string): Promise<PlanningFact> {
  const rows = await db
    .select({ process: m.process, title: m.title, snapshot: m.snapshot })
    .from(m)
    .where(
      and(
        eq(m.jurisdictionId, d.jurisdiction),
        inArray(m.process, [draftingPlan.kind, decisionCatalogue.kind]),
        inArray(m.stage, ['published', 'running', 'closed']),
      ),
    )
  const lists = rows.map((row) => ({
    process: row.process,
    title: row.title,
    d: (row.process === draftingPlan.kind ? draftingPlans : decisionCatalogues).restore(row.snapshot).context
      .dossier as ListDossier,
  }))
  const of = (process: string, year: number) => lists.find((x) => x.process === process && x.d.year === year)
  const year = Number(today.slice(0, 4))
  const plan = of(draftingPlan.kind, year)
  const catalogue = of(decisionCatalogue.kind, year)
  const named = planItemNamed(d.planItem)
  const list = named ? of(draftingPlan.kind, named.year) : undefined
  const item = list?.d.items.find(({ n }) => n === named?.n)
  const why = whyClosed(item)
  const others = plan ? standingItems(plan.d).filter((x) => x !== item && x.completed === null) : []
  const entries = await similarEntries(db, { jurisdiction: d.jurisdiction, title: d.title, on: today, except: d.id })
  return {
    plan: plan ? { title: plan.title, year } : null,
    item: named && list ? { label: `第${named.n}项${item ? `“${item.title}”` : ''}`, open: why === '', why } : null,
    catalogue: catalogue?.title ?? null,
    listed: catalogue
      ? standingItems(catalogue.d)
          .filter((x) => alike(x.title, d.title))
          .map((x) => x.title)
      : [],
    similar: [
      ...others.filter((x) => alike(x.title, d.title)).map((x) => `${plan?.title}第${x.n}项“${x.title}”`),
      ...entries.map((title) => `现行的《${title}》`),
    ].slice(0, 10),
  }
}
