// The desks of the two yearly lists: the drafting plan and the catalogue of major decisions. Everything is in the file itself;
// what is asked beside it are names: like titles among the items and the documents in force, and last year's list.
import { actorRoleLabels, decisionCatalogue, draftingPlan, type ProcessContract } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import type { Engine } from '@dianzhang/kernel'
import {
  decisionCatalogues,
  draftingPlans,
  type ListDossier,
  type ListShape,
  standingItems,
  unsettledItems,
} from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import type { CommandContext, Desk, DeskOpening, FactsAsked, Handler, Permission } from '../door/desk.ts'
import { meetingOf } from '../facts/meeting.ts'
import { invalid } from '../failures.ts'
import { ofYear } from '../of-year.ts'
import type { Actor } from '../office.ts'
import { inPost } from '../policies/permit-by-role.ts'
import { alike } from './alike.ts'
import { statementDraft } from './completed-by.ts'
import { documentsOfPlan } from './documents.ts'
import { similarEntries } from './similar-entries.ts'

const { matters: m, registerEntries: e, people } = schema
type Payload = Record<string, unknown>
type Context = CommandContext<ListShape>

/** The secretariat keeps the list, drafting units propose for themselves, the legality reviewer argues. */
function permit(
  engine: Engine<ListShape>,
  actor: Actor,
  type: string,
  d: ListDossier | null,
  units: Record<string, UnitFact>,
  payload: Payload,
): Permission {
  const { law, labels, opening } = engine.process
  const by = type === opening.command ? opening.law.by : (law[type]?.by ?? [])
  const label = type === opening.command ? opening.label : labels.command[type]
  if (actor.kind !== 'person')
    return by.includes(actor.kind)
      ? { allowed: true, as: { person: null, unit: null, roles: [actor.kind] }, delegatedFrom: null }
      : { allowed: false, reason: `${label}须由${by.map((role) => actorRoleLabels[role]).join('、')}办理` }
  let reason = `${label}由${by.map((role) => actorRoleLabels[role]).join('、')}办理；您的角色是${[...new Set(actor.posts.map((post) => actorRoleLabels[post.role]))].join('、') || '（无）'}`
  for (const post of actor.posts.filter(({ role }) => (by as readonly string[]).includes(role))) {
    const own = post.role === 'drafter' || post.role === 'unit_head'
    if (own && type === 'ProposeItem' && typeof payload.unit === 'string' && payload.unit !== post.unit) {
      reason = `只能为本单位（${units[post.unit]?.name ?? post.unit}）申报`
      continue
    }
    if (post.role === 'secretariat' && d && units[post.unit]?.kind !== 'office' && post.unit !== d.unit) {
      reason = `${label}由政府办公室文秘办理`
      continue
    }
    return inPost(actor, post)
  }
  return { allowed: false, reason }
}

/** Records that a payload points at: units, meetings, people, published documents. Refuses (422) what is not there. */
async function requireRecords(c: Context, p: Payload): Promise<object> {
  const wrong: Array<[string, string]> = []
  if (typeof p.unit === 'string' && !Object.hasOwn(c.units, p.unit)) wrong.push(['unit', '没有这个单位'])
  for (const key of ['body', 'decidedBy'])
    if (typeof p[key] === 'string' && !meetingOf(c.units, p[key])) wrong.push([key, '不是已登记的会议，请从会议中选定'])
  if (typeof p.leader === 'string') {
    const [row] = await c.tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.jurisdictionId, c.jurisdiction), eq(people.id, p.leader)))
    if (!row) wrong.push(['leader', '不在人员名册中，请从名册中选定'])
  }
  for (const key of ['target', 'document']) {
    if (typeof p[key] !== 'string' || p[key] === '') continue
    const [row] = await c.tx
      .select({ id: e.id })
      .from(e)
      .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.id, p[key])))
    if (!row) wrong.push([key, '登记库中没有这件文件'])
  }
  if (wrong.length > 0) throw invalid(...wrong)
  return {}
}
/** Titles like the one proposed, among the items that stand and the documents in force. At most ten. */
async function similarTo(asked: FactsAsked<ListShape>) {
  const { title } = asked.payload
  if (typeof title !== 'string' || title.trim() === '') return []
  const items = standingItems(asked.dossier)
    .filter((item) => alike(item.title, title))
    .map((item) => ({ what: 'item' as const, title: item.title }))
  const entries = (
    await similarEntries(asked.tx, asked.office.readDb, { jurisdiction: asked.jurisdiction, title, on: asked.on })
  ).map((similar) => ({ what: 'entry' as const, title: similar.title }))
  return [...items, ...entries].slice(0, 10)
}
/** The document that is said to have completed an item; null: none is named. */
async function completing({ tx, jurisdiction, type, payload }: FactsAsked<ListShape>) {
  if (type !== 'CompleteItem' || typeof payload.document !== 'string' || payload.document === '') return null
  const [row] = await tx
    .select({ title: e.title, publishedOn: e.publishedOn, disclosure: e.disclosure })
    .from(e)
    .where(and(eq(e.jurisdictionId, jurisdiction), eq(e.id, payload.document)))
  return row ? { title: row.title, publishedOn: row.publishedOn, disclosed: row.disclosure === 'active' } : null
}
/** How many new documents each unit had in the list of the year before; null without such a list. */
async function countsOfYear(
  asked: Pick<FactsAsked<ListShape>, 'tx' | 'jurisdiction' | 'dossier'>,
  kind: string,
): Promise<Record<string, number> | null> {
  const [row] = await asked.tx
    .select({ snapshot: m.snapshot })
    .from(m)
    .where(ofYear(asked.jurisdiction, kind, asked.dossier.year - 1))
  if (!row) return null
  const { dossier } = (row.snapshot as unknown as { context: { dossier: ListDossier } }).context
  const counts: Record<string, number> = {}
  for (const item of standingItems(dossier))
    if ((item.kind ?? 'new') === 'new') counts[item.unit] = (counts[item.unit] ?? 0) + 1
  return counts
}
/** How many new documents each unit has in this list and had in that of the year before; by the names of units. */
function countsOf(d: ListDossier, units: Record<string, UnitFact>, before: Record<string, number> | null) {
  const own = new Map<string, number>()
  for (const item of standingItems(d))
    if ((item.kind ?? 'new') === 'new') own.set(item.unit, (own.get(item.unit) ?? 0) + 1)
  return [...new Set([...own.keys(), ...Object.keys(before ?? {})])]
    .map((unit) => ({
      unit: units[unit]?.name ?? unit,
      now: own.get(unit) ?? 0,
      before: before === null ? null : (before[unit] ?? 0),
    }))
    .sort((a, b) => a.unit.localeCompare(b.unit, 'zh'))
}
/** Titles of the documents that completed items. */
async function titlesOf(db: DbOrTx, d: ListDossier): Promise<Map<string, string>> {
  const ids = d.items.flatMap((x) => x.completed?.document ?? [])
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: e.id, title: e.title })
    .from(e)
    .where(and(eq(e.jurisdictionId, d.jurisdiction), inArray(e.id, ids)))
  return new Map(rows.map((row) => [row.id, row.title]))
}
const unitNames = (units: Record<string, UnitFact>): Record<string, string> =>
  Object.fromEntries(Object.values(units).map((unit) => [unit.id, unit.name]))

function deskFor(contract: ProcessContract, engine: Engine<ListShape>): Desk<ListShape> {
  const opening: DeskOpening<ListShape, { year: number; until?: string }> = {
    may: (actor, payload, units) => permit(engine, actor, engine.process.opening.command, null, units, payload),
    dossier: async (c, p) => {
      const [before] = await c.tx
        .select({ id: m.id })
        .from(m)
        .where(ofYear(c.jurisdiction, contract.kind, p.year))
      if (before) throw invalid(['year', `${p.year}年度的${contract.noun}已经有了，一年一份`])
      if (p.until !== undefined && p.until < c.on) throw invalid(['until', '公开征集截止日已经过去'])
      return {
        id: c.matterId,
        jurisdiction: c.jurisdiction,
        packVersion: c.pack.version,
        year: p.year,
        unit: c.as.unit ?? '',
        until: p.until ?? null,
        openedOn: c.on,
        items: [],
        proposals: [],
        approval: null,
        consent: null,
        publishedOn: null,
        adjustments: [],
        statement: null,
      }
    },
    summary: (d) => ({ title: `${d.year}年度${contract.label.replace(/^年度/, '')}`, unit: d.unit }),
  }
  const checked: Handler<ListShape, Payload> = { resolve: requireRecords }
  // A suggestion of the public goes into the file without moving anybody's version.
  const handlers: Record<string, Handler<ListShape, Payload>> = Object.fromEntries(
    Object.keys(contract.commands).map((type) => [
      type,
      type === 'SubmitProposal' ? { ...checked, keepsVersion: true as const } : checked,
    ]),
  )
  return {
    engine,
    recordLabels: contract.records,
    ledgerForm: 2,
    opening: opening as unknown as NonNullable<Desk<ListShape>['opening']>,
    handlers: handlers as Desk<ListShape>['handlers'],
    overseers: ['secretariat', 'legality_reviewer', 'leader', 'drafter', 'unit_head'],
    may: (actor, type, dossier, units, payload) => permit(engine, actor, type, dossier, units, payload as Payload),
    facts: async (asked) => {
      const [similar, lastYear, completedBy] = await Promise.all([
        similarTo(asked),
        countsOfYear(asked, contract.kind),
        completing(asked),
      ])
      return {
        pack: asked.pack,
        calendar: asked.office.rules.calendar(asked.jurisdiction),
        external: { completedBy, similar, lastYear, units: unitNames(asked.units) },
      }
    },
    concerns: (d) => ({ involvedUnits: [...new Set(d.items.map((item) => item.unit))], concernedRoles: [] }),
    view: async (office, actor, { dossier: d, units }) => ({
      year: d.year,
      until: d.until,
      items: d.items.map((item) => ({ ...item, unitName: units[item.unit]?.name ?? item.unit })),
      documents: contract.kind === draftingPlan.kind ? await documentsOfPlan(office.db, actor, d.year) : [],
      counts: countsOf(
        d,
        units,
        await countsOfYear({ tx: office.db, jurisdiction: actor.jurisdiction, dossier: d }, contract.kind),
      ),
      proposals: d.proposals,
      approval: d.approval,
      consent: d.consent,
      publishedOn: d.publishedOn,
      adjustments: d.adjustments,
      statement: d.statement,
      statementDraft: d.statement ? null : statementDraft(d, contract.noun, await titlesOf(office.db, d)),
      standing: standingItems(d).length,
      unsettled: unsettledItems(d).length,
    }),
  }
}
export const draftingPlanDesk = deskFor(draftingPlan, draftingPlans)
export const decisionCatalogueDesk = deskFor(decisionCatalogue, decisionCatalogues)
