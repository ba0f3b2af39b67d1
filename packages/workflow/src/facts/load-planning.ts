// What the plan and the catalogue of the year say of a proposal: the item it names, like items, like documents in force.
import { decisionCatalogue, draftingPlan } from '@dianzhang/contract'
import { type Db, type DbOrTx, statement } from '@dianzhang/database'
import { decisionCatalogues, draftingPlans, type ListDossier, type ListItem, standingItems } from '@dianzhang/processes'
import type { Dossier, PlanningFact } from '@dianzhang/rules'
import { alike } from '../yearly-list/alike.ts'
import { similarEntries } from '../yearly-list/similar-entries.ts'

const yearlyLists = statement<
  { process: string; title: string; snapshot: unknown },
  { jurisdiction: string; kinds: readonly string[] }
>(`
  select process, title, snapshot from matters
  where jurisdiction_id = $jurisdiction and process = any($kinds) and stage in ('published', 'running', 'closed')`)

interface ItemNamed {
  year: number
  n: number
}
/** Every “…年…第…项” in the text; whether it names the catalogue of decisions. */
const itemsNamed = (text: string | null): Array<ItemNamed & { catalogue: boolean }> =>
  [...(text ?? '').normalize('NFKC').matchAll(/(\d{4})\s*年([^;；]*?)第\s*(\d+)\s*项/gu)].map((x) => ({
    year: Number(x[1]),
    n: Number(x[3]),
    catalogue: /决策/u.test(x[2] ?? ''),
  }))
const named = (text: string | null, catalogue: boolean): ItemNamed | null => {
  const found = itemsNamed(text).find((x) => x.catalogue === catalogue)
  return found ? { year: found.year, n: found.n } : null
}
/** “2026年度制定计划第3项” → year and number; null for what names neither. */
export const planItemNamed = (text: string | null): ItemNamed | null => named(text, false)
/** “2026年度重大行政决策事项目录第2项” → year and number; null for what names neither. */
export const catalogueItemNamed = (text: string | null): ItemNamed | null => named(text, true)
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

/** The lists of these kinds of a place that have been published, of every year. */
async function publishedLists(
  db: DbOrTx,
  jurisdiction: string,
  kinds: string[],
): Promise<Array<{ process: string; title: string; d: ListDossier }>> {
  const rows = await yearlyLists(db, { jurisdiction, kinds })
  return rows.map((row) => ({
    process: row.process,
    title: row.title,
    d: (row.process === draftingPlan.kind ? draftingPlans : decisionCatalogues).restore(row.snapshot).context
      .dossier as ListDossier,
  }))
}

/**
 * What is left of the year's published plan, by the day `today`: its title and the items on which a proposal may still rest;
 * null when none was published.
 */
export async function openPlanItems(
  db: DbOrTx,
  jurisdiction: string,
  today: string,
): Promise<{ title: string; year: number; items: ListItem[] } | null> {
  const year = Number(today.slice(0, 4))
  const plan = (await publishedLists(db, jurisdiction, [draftingPlan.kind])).find((x) => x.d.year === year)
  return plan ? { title: plan.title, year, items: plan.d.items.filter((item) => whyClosed(item) === '') } : null
}

/** `register`: the connection on which the register is searched. */
export async function loadPlanning(db: DbOrTx, register: Db, d: Dossier, today: string): Promise<PlanningFact> {
  const lists = await publishedLists(db, d.jurisdiction, [draftingPlan.kind, decisionCatalogue.kind])
  const of = (process: string, year: number) => lists.find((x) => x.process === process && x.d.year === year)
  const year = Number(today.slice(0, 4))
  const plan = of(draftingPlan.kind, year)
  const catalogue = of(decisionCatalogue.kind, year)
  const named = planItemNamed(d.planItem)
  const list = named ? of(draftingPlan.kind, named.year) : undefined
  const item = list?.d.items.find(({ n }) => n === named?.n)
  const why = whyClosed(item)
  const others = plan ? standingItems(plan.d).filter((x) => x !== item && x.completed === null) : []
  const entries = await similarEntries(db, register, {
    jurisdiction: d.jurisdiction,
    title: d.title,
    on: today,
    except: d.id,
  })
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
      ...entries.map(({ title, how }) => `${how}《${title}》`),
    ].slice(0, 10),
  }
}
