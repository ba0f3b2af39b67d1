// Reading the items of a cleanup: a page of them for the table, the table as a file; and coming back filled in.
import { dateInShanghai } from '@dianzhang/calendar'
import type { CleanupOutcome } from '@dianzhang/contract'
import { rowsBefore } from '@dianzhang/database'
import type { TableFormat } from '@dianzhang/formats'
import { type CleanupItem, contradictions, isChecked, outcomeOf } from '@dianzhang/processes'
import { type PublicStatus, publicStatusLabels } from '@dianzhang/register'
import type { Actor, Office } from '../office.ts'
import { openOf } from '../queries/matters.ts'
import { cleanupDesk } from './desk.ts'
import { type ImportAsked, importOpinions } from './import-list.ts'
import { type ListFile, listsDocx, listsTable, opinionTable } from './lists.ts'
import { type Chosen, loadItems, numbersOf, wholeList } from './rows.ts'
import { isOwn, type ShownItem, shown, unitsOf } from './view.ts'

export interface ItemsAsked {
  unit?: string | undefined
  /** open, unchecked, differing, flagged, late, own. */
  only?: string | undefined
  outcome?: CleanupOutcome | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}
async function itemsFor(office: Office, actor: Actor, id: string) {
  const { dossier: d, units } = await openOf(cleanupDesk, office.db, actor, id)
  const on = dateInShanghai(office.clock.now().toISOString())
  const pack = office.rules.pack(d.jurisdiction, d.packVersion)
  return { d, units, pack, items: await wholeList(office.db, { dossier: d, pack, on, units }) }
}
const chosen =
  (asked: ItemsAsked, own: (x: CleanupItem) => boolean) =>
  (x: CleanupItem): boolean => {
    if (asked.unit !== undefined && (x.unit ?? '') !== asked.unit && (x.unitName ?? '') !== asked.unit) return false
    if (asked.outcome !== undefined && outcomeOf(x) !== asked.outcome) return false
    if (asked.q !== undefined && ![x.title, x.number ?? '', String(x.n)].some((text) => text.includes(asked.q ?? '')))
      return false
    switch (asked.only) {
      case 'open':
        return outcomeOf(x) === null
      case 'unchecked':
        return outcomeOf(x) !== null && !isChecked(x)
      case 'differing':
        return x.check !== null && !x.check.agrees && isChecked(x)
      case 'flagged':
        return contradictions(x).length > 0
      case 'late':
        return x.origin === 'late' || x.origin === 'added'
      case 'own':
        return own(x)
      default:
        return true
    }
  }
/** A page of the list for a person who may see the cleanup; 404 otherwise. */
export async function cleanupItemsOf(
  office: Office,
  actor: Actor,
  id: string,
  asked: ItemsAsked,
): Promise<{ items: ShownItem[]; total: number; nextCursor: string | null }> {
  const own = isOwn(actor)
  const from = rowsBefore(asked.cursor)
  const limit = asked.limit ?? 200
  const { page, total } =
    asked.only === 'flagged' ? await flaggedPage() : await pageOf(office, actor, id, asked, { from, limit })
  return {
    items: page.map((x) => shown(x, own(x))),
    total,
    nextCursor: from + page.length < total ? String(from + page.length) : null,
  }
  // What is asked about each is reckoned from all of them together.
  async function flaggedPage() {
    const { items } = await itemsFor(office, actor, id)
    const found = items.filter(chosen(asked, own))
    return { page: found.slice(from, from + limit), total: found.length }
  }
}
/** Just the items of the page are read. */
async function pageOf(
  office: Office,
  actor: Actor,
  id: string,
  asked: ItemsAsked,
  page: { from: number; limit: number },
): Promise<{ page: CleanupItem[]; total: number }> {
  const { dossier, units } = await openOf(cleanupDesk, office.db, actor, id)
  const on = dateInShanghai(office.clock.now().toISOString())
  const pack = office.rules.pack(dossier.jurisdiction, dossier.packVersion)
  const only = asked.only as Chosen['only']
  const found = await numbersOf(office.db, { dossier, on, units }, { ...asked, only, own: [...unitsOf(actor)] }, page)
  const items = await loadItems(office.db, { dossier, pack, on, units, only: found.numbers })
  return { page: items, total: found.total }
}
/** The table of opinions as a file, for the same choice of items. */
export async function exportOpinions(
  office: Office,
  actor: Actor,
  id: string,
  format: TableFormat,
  asked: ItemsAsked,
): Promise<ListFile> {
  const { d, items } = await itemsFor(office, actor, id)
  const label = (x: CleanupItem): string => publicStatusLabels[x.status as PublicStatus] ?? x.status
  return opinionTable(d, items.filter(chosen(asked, isOwn(actor))), format, label)
}
/** The lists as they would be, or are, published. */
export async function exportLists(
  office: Office,
  actor: Actor,
  id: string,
  format: TableFormat | 'docx',
): Promise<ListFile> {
  const { d, items, pack, units } = await itemsFor(office, actor, id)
  return format === 'docx' ? listsDocx(d, items, pack, units) : listsTable(d, items, pack, format)
}
/** The filled-in table; see `importOpinions`. */
export async function takeOpinions(office: Office, actor: Actor, id: string, bytes: Uint8Array, asked: ImportAsked) {
  const { items } = await itemsFor(office, actor, id)
  return importOpinions(office, actor, id, bytes, asked, items)
}
