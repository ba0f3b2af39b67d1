// A published document completes what it was planned for: the item of the plan that it names, and the item of the catalogue of
// major decisions that it names or that has its title.
import { decisionCatalogue, draftingPlan } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import { decisionCatalogues, draftingPlans, type ListDossier, type ListItem } from '@dianzhang/processes'
import { catalogueItemNamed, planItemNamed } from '../facts/load-planning.ts'
import type { Send } from '../outbox.ts'

const { matters: m } = schema
const plain = (title: string): string => title.normalize('NFKC').replace(/[\s《》〈〉“”]/gu, '')
const isOpen = (x: ListItem): boolean =>
  x.argued?.outcome !== 'exclude' && x.dropped === null && x.carried === null && x.completed === null

/** The commands of the system that record it; none where the list is not published, is closed, or has the item settled already. */
export async function completionsOf(
  db: DbOrTx,
  {
    jurisdiction,
    title,
    planItem,
    majorDecision,
    entry,
    on,
  }: {
    jurisdiction: string
    title: string
    planItem: string | null
    majorDecision: boolean
    /** The document's entry of the register; null: it is not for everybody, and the public list does not name it. */
    entry: string | null
    on: string
  },
): Promise<Send[]> {
  const rows = await db
    .select({ id: m.id, process: m.process, snapshot: m.snapshot })
    .from(m)
    .where(
      and(
        eq(m.jurisdictionId, jurisdiction),
        inArray(m.process, [draftingPlan.kind, decisionCatalogue.kind]),
        inArray(m.stage, ['published', 'running']),
      ),
    )
    .orderBy(m.id)
  return rows.flatMap(({ id, process, snapshot }): Send[] => {
    const isPlan = process === draftingPlan.kind
    const d = (isPlan ? draftingPlans : decisionCatalogues).restore(snapshot).context.dossier as ListDossier
    const named = isPlan ? planItemNamed(planItem) : catalogueItemNamed(planItem)
    const found =
      named?.year === d.year
        ? d.items.find(({ n }) => n === named.n)
        : !isPlan && majorDecision && Number(on.slice(0, 4)) === d.year
          ? d.items.find((x) => plain(x.title) === plain(title))
          : undefined
    return found && isOpen(found)
      ? [
          {
            matter: id,
            command: {
              type: 'CompleteItem',
              item: found.n,
              on,
              ...(entry === null ? {} : { document: entry }),
              note: entry === null ? '文件公布，由系统记载。' : `《${title}》公布，由系统记载。`,
            },
          },
        ]
      : []
  })
}
/** What a year-end statement can say by itself: how many items, how each was settled, which documents completed them. */
export function statementDraft(d: ListDossier, noun: string, titles: ReadonlyMap<string, string>): string {
  const items = d.items.filter((x) => x.argued?.outcome !== 'exclude')
  const [done, carried, dropped] = [
    items.filter((x) => x.completed),
    items.filter((x) => x.carried),
    items.filter((x) => x.dropped),
  ]
  const left = items.length - done.length - carried.length - dropped.length
  const by = done.filter((x) => x.completed?.document)
  const ended = (reason: string): string => reason.trim().replace(/[。；]+$/, '')
  const each = (x: ListItem): string => {
    const document = x.completed?.document
    return `第${x.n}项“${x.title}”${x.completed ? `，${x.completed.on}完成${document ? `（《${titles.get(document) ?? document}》）` : ''}` : x.carried ? `，结转下一年度：${ended(x.carried.reason)}` : x.dropped ? `，取消：${ended(x.dropped.reason)}` : '，还没有着落'}。`
  }
  return [
    `${d.year}年度${noun}共${items.length}项：完成${done.length}项（其中由公布的文件完成${by.length}项），结转${carried.length}项，取消${dropped.length}项${left > 0 ? `，还没有着落${left}项` : ''}。`,
    ...items.map(each),
  ].join('\n')
}
