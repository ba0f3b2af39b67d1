// The public's side of the yearly lists: what is published with its adjustments and year-end statement, what is called for
// proposals, and a proposal of the public. No name, no contact is asked for or kept.
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import {
  type AdjustmentKind,
  adjustmentLabels,
  type answers,
  decisionCatalogue,
  decisionStepLabels,
  draftingPlan,
  type PlanItemKind,
  type ProcessContract,
  planItemKindLabels,
  proposalAnswerLabels,
} from '@dianzhang/contract'
import { and, desc, eq, inArray, schema } from '@dianzhang/database'
import { sheetFile, type TableFormat } from '@dianzhang/formats'
import { decisionCatalogues, draftingPlans, type ListDossier, type ListItem, standingItems } from '@dianzhang/processes'
import type { ExportedFile } from '../exported-file.ts'
import { loadUnits } from '../facts/load-facts.ts'
import { notFound } from '../failures.ts'
import { runOnMatter } from '../matters.ts'
import type { Office } from '../office.ts'

const { matters: m } = schema
const kinds: Readonly<Record<string, { contract: ProcessContract; engine: typeof draftingPlans }>> = {
  [draftingPlan.kind]: { contract: draftingPlan, engine: draftingPlans },
  [decisionCatalogue.kind]: { contract: decisionCatalogue, engine: decisionCatalogues },
}
type Row = typeof m.$inferSelect
const dossierOf = (row: Row): ListDossier => {
  const kind = kinds[row.process]
  if (!kind) throw notFound('这份清单')
  return kind.engine.restore(row.snapshot).context.dossier
}
const calling = (d: ListDossier, today: string): boolean =>
  d.publishedOn === null && d.approval === null && d.until !== null && today <= d.until
const today = (office: Office): string => dateInShanghai(office.clock.now().toISOString())

function summaryOf(row: Row, d: ListDossier, day: string) {
  return {
    id: row.id,
    jurisdiction: row.jurisdictionId,
    process: row.process,
    label: kinds[row.process]?.contract.label ?? '',
    title: row.title,
    year: d.year,
    publishedOn: d.publishedOn,
    callUntil: calling(d, day) ? d.until : null,
    items: d.publishedOn === null ? 0 : standingItems(d).length,
    closed: d.statement !== null,
  }
}
/** Lists that are published or called for proposals, the newest year first. */
export async function publicYearlyLists(office: Office): Promise<answers.Given<typeof answers.YearlyLists>> {
  const rows = await office.readDb
    .select()
    .from(m)
    .where(inArray(m.process, Object.keys(kinds)))
    .orderBy(desc(m.updatedAt))
  const day = today(office)
  const items = rows
    .map((row) => summaryOf(row, dossierOf(row), day))
    .filter((one) => one.publishedOn !== null || one.callUntil !== null)
    .toSorted((a, b) => b.year - a.year || a.process.localeCompare(b.process))
  return { items, total: items.length }
}
const stateOf = (item: ListItem): string =>
  item.dropped ? '已取消' : item.carried ? '结转下一年度' : item.completed ? '已完成' : '办理中'

async function rowOf(office: Office, id: string): Promise<Row> {
  const [row] = await office.readDb
    .select()
    .from(m)
    .where(and(eq(m.id, id), inArray(m.process, Object.keys(kinds))))
  if (!row) throw notFound('这份清单')
  return row
}
/**
 * One list; before it is published only that it is, or was, called for proposals, and how these were answered. 404: neither
 * published nor ever called for.
 */
export async function publicYearlyList(office: Office, id: string): Promise<answers.Given<typeof answers.YearlyList>> {
  const row = await rowOf(office, id)
  const d = dossierOf(row)
  const summary = summaryOf(row, d, today(office))
  if (summary.publishedOn === null && d.until === null) throw notFound('这份清单')
  const units = await loadUnits(office.readDb, row.jurisdictionId)
  const name = (unit: string | null): string | null => (unit === null ? null : (units[unit]?.name ?? unit))
  const shown = d.publishedOn === null ? [] : d.items.filter((item) => item.argued?.outcome !== 'exclude')
  return {
    ...summary,
    list: shown
      .filter((item) => item.dropped === null || item.dropped.on >= (d.publishedOn ?? ''))
      .map((item) => ({
        n: item.n,
        title: item.title,
        unit: name(item.unit) ?? '',
        due: item.due,
        kind: item.kind === null ? null : planItemKindLabels[item.kind as PlanItemKind],
        steps: item.steps.map((step) => decisionStepLabels[step as keyof typeof decisionStepLabels] ?? step),
        hearing: item.hearing,
        enterpriseRelated: item.enterpriseRelated,
        majorDecision: item.majorDecision,
        basis: item.basis,
        state: stateOf(item),
        completedOn: item.completed?.on ?? null,
        document: item.completed?.document ?? null,
        reason: item.dropped?.reason ?? item.carried?.reason ?? null,
      })),
    adjustments: d.adjustments.map((one) => ({
      on: one.on,
      item: one.item,
      label: one.adjustment === 'carry' ? '结转下一年度' : adjustmentLabels[one.adjustment as AdjustmentKind],
      from: one.adjustment === 'unit' ? name(one.from) : one.from,
      to: one.adjustment === 'unit' ? name(one.to) : one.to,
      reason: one.reason,
    })),
    calledUntil: d.until,
    // Who proposed knows the number; the words of the proposal itself were never cleared of what is personal.
    answered: d.proposals.flatMap(({ n, on, answer }) =>
      answer === null
        ? []
        : [{ n, on, label: proposalAnswerLabels[answer.answer], reason: answer.reason, answeredOn: answer.on }],
    ),
    statement: d.statement,
  }
}
/** The items as a table: the columns of the published catalogue. 404 as {@link publicYearlyList}. */
export async function yearlyListTable(office: Office, id: string, format: TableFormat): Promise<ExportedFile> {
  const { title: name, list } = await publicYearlyList(office, id)
  const columns = [
    { title: '序号', width: 6 },
    { title: '名称', width: 40 },
    { title: '类别', width: 10 },
    { title: '程序', width: 30 },
    { title: '是否听证', width: 10 },
    { title: '承办单位', width: 24 },
    { title: '完成时限', width: 12 },
    { title: '情况', width: 14 },
    { title: '完成之日', width: 12 },
    { title: '理由', width: 30 },
  ]
  const rows = list.map((item) => [
    String(item.n),
    item.title,
    item.kind,
    item.steps.join('、'),
    item.hearing ? '是' : '否',
    item.unit,
    item.due,
    item.state,
    item.completedOn,
    item.reason,
  ])
  return sheetFile({ name, columns, rows }, format)
}
/** A proposal of the public; answers with its number, under which it is answered. 404: no such list, or it is not called for; 409: the call is over. */
export async function proposeToList(
  office: Office,
  id: string,
  given: { title: string; reason: string; commandId?: string | undefined },
): Promise<answers.Given<typeof answers.ListProposalTaken>> {
  const row = await rowOf(office, id)
  if (!calling(dossierOf(row), today(office))) throw notFound('这份公开征集')
  const { commandId = randomUUID(), title, reason } = given
  const answer = await runOnMatter(office, { kind: 'public', jurisdiction: row.jurisdictionId }, id, {
    type: 'SubmitProposal',
    commandId,
    expectedVersion: 0,
    title,
    reason,
  } as never)
  const [after] = await office.db
    .select()
    .from(m)
    .where(and(eq(m.jurisdictionId, row.jurisdictionId), eq(m.id, id)))
  const own = after && dossierOf(after).proposals.findLast((one) => one.title === title && one.reason === reason)
  return { id, hash: answer.events.at(-1)?.hash ?? '', n: own?.n ?? 0 }
}
