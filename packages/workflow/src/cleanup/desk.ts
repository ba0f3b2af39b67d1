// The desk of cleanups: planned by the secretariat (or by a check of a superior act's change), answered unit by unit, decided,
// published. The items and what is said about them stand in rows of their own.
import { type ActorRole, cleanupContract, cleanupKindLabels } from '@dianzhang/contract'
import { and, eq, schema, sql } from '@dianzhang/database'
import { type CleanupDossier, type CleanupShape, cleanups, plannedCleanup } from '@dianzhang/processes'
import { governmentOf, type UnitFact } from '@dianzhang/rules'
import type { Desk, OpeningContext, Permission } from '../door/desk.ts'
import { invalid } from '../failures.ts'
import type { Actor, Post } from '../office.ts'
import { permitByRole } from '../policies/permit-by-role.ts'
import { loadCleanupFacts, owedBy } from './facts.ts'
import { cleanupHandlers } from './handlers.ts'
import { cleanupView } from './view.ts'

type Payload = Record<string, unknown>
type Units = Record<string, UnitFact>
const { process } = cleanups

/** Of the organ that cleans up, or of its government's office; roles of the units: any unit, the rules say which items. */
function outside(post: Post, unit: string, units: Units): string | null {
  if (post.role !== 'secretariat') return null
  const government = governmentOf(units, unit)?.id ?? unit
  const office = units[post.unit]?.kind === 'office' && (units[post.unit]?.parent ?? government) === government
  return post.unit === unit || post.unit === government || office
    ? null
    : `须为${units[unit]?.name ?? unit}或者本级政府办公机构的文秘`
}
const permit = (actor: Actor, label: string, by: readonly ActorRole[], unit: string | null, units: Units): Permission =>
  permitByRole(actor, label, by, (post) => (unit === null ? null : outside(post, unit, units)))
/** Whose cleanup it is: one department's or township's own, else the government's. */
function organOf(c: Pick<OpeningContext, 'units' | 'as'>, issuers: readonly string[]): string {
  const [only] = issuers
  const own = only === undefined ? undefined : c.units[only]
  if (issuers.length === 1 && own && (own.kind === 'department' || own.kind === 'township')) return own.id
  const near = only && own ? only : (c.as.unit ?? '')
  return governmentOf(c.units, near)?.id ?? Object.values(c.units).find((u) => u.kind === 'government')?.id ?? near
}
interface Scope {
  issuers?: string[]
  documents?: string[]
  publishedUntil?: string
}
/** Issuers by code or by name; what is in no register stays a name (an organ that no longer exists). */
const issuersOf = (given: readonly string[], units: Units): string[] => [
  ...new Set(given.map((x) => (units[x] ? x : (Object.values(units).find((u) => u.name === x)?.id ?? x)))),
]
async function documentsOf(c: OpeningContext, given: readonly string[]): Promise<string[]> {
  const rows = await c.tx.execute<{ id: string; document_id: string | null }>(sql`
    select e.id, e.document_id from register_entries e where e.jurisdiction_id = ${c.jurisdiction}
      and (e.id in (select jsonb_array_elements_text(${JSON.stringify(given)}::jsonb))
        or e.document_id in (select jsonb_array_elements_text(${JSON.stringify(given)}::jsonb)))`)
  const wrong: Array<[string, string]> = []
  const ids = given.flatMap((ref, i) => {
    const row = rows.find((x) => x.id === ref || x.document_id === ref)
    if (!row) wrong.push([`scope.documents.${i}`, '登记库中没有这件文件'])
    return row ? [row.id] : []
  })
  const [first, ...rest] = wrong
  if (first) throw invalid(first, ...rest.slice(0, 19))
  return [...new Set(ids)]
}
function titleOf(c: OpeningContext, p: Payload, unit: string): string {
  if (typeof p.title === 'string' && p.title.trim() !== '') return p.title.trim()
  const scope = (p.scope ?? {}) as { act?: string; theme?: string }
  const about = scope.act ? `涉及《${scope.act.replace(/^《|》$/gu, '')}》的` : scope.theme ? `“${scope.theme}”` : ''
  return `${c.units[unit]?.name ?? ''}${c.on.slice(0, 4)}年${about}行政规范性文件${cleanupKindLabels[p.kind as keyof typeof cleanupKindLabels]}`
}

export const cleanupDesk: Desk<CleanupShape> = {
  engine: cleanups,
  recordLabels: cleanupContract.records,
  ledgerForm: 2,
  opening: {
    may: (actor, _p: Payload, units) => permit(actor, process.opening.label, process.opening.law.by, null, units),
    dossier: async (c, p: Payload) => {
      const scope = (p.scope ?? {}) as Scope
      const issuers = issuersOf(scope.issuers ?? [], c.units)
      const documents = scope.documents?.length ? await documentsOf(c, scope.documents) : null
      if (scope.publishedUntil && scope.publishedUntil > c.on)
        throw invalid(['scope.publishedUntil', '公布截止日不能在今日以后'])
      const unit = organOf(c, issuers)
      return plannedCleanup(
        {
          id: c.matterId,
          jurisdiction: c.jurisdiction,
          packVersion: c.pack.version,
          unit,
          title: titleOf(c, p, unit),
        },
        p,
        issuers,
        documents,
        c.on,
      )
    },
    summary: (d) => ({ title: d.title, unit: d.unit }),
    whenOpen: (p: Payload) => ({
      type: 'AddDocuments',
      documents: ((p.scope ?? {}) as Scope).documents ?? [],
      why: String(p.ground).slice(0, 2000),
    }),
  },
  handlers: cleanupHandlers as Desk<CleanupShape>['handlers'],
  overseers: ['secretariat', 'legality_reviewer', 'admin'],
  may: (actor, type, d, units) => permit(actor, process.labels.command[type], process.law[type].by, d.unit, units),
  facts: async ({ office, tx, jurisdiction, dossier, type, payload, pack, on, units }) => ({
    pack,
    calendar: office.rules.calendar(jurisdiction),
    external: await loadCleanupFacts(tx, { jurisdiction, dossier, type, payload, pack, on, units }),
  }),
  // Every unit may know what is cleaned up and report what is missing.
  concerns: (d) => ({
    involvedUnits: [...new Set([d.unit, ...d.units])].sort(),
    concernedRoles: ['drafter', 'unit_head', 'registrar'],
  }),
  project: (tx, { jurisdiction, matterId, before, after }) => {
    const { cleanups: t } = schema
    const columns = (d: CleanupDossier) => ({
      frozenOn: d.census?.on ?? null,
      noticeUntil: d.notice?.until ?? null,
      decidedOn: d.decision?.date ?? null,
      publishedOn: d.published?.on ?? null,
    })
    const next = columns(after.context.dossier)
    const { kind, scope } = after.context.dossier
    if (!before)
      return tx.insert(t).values({
        jurisdictionId: jurisdiction,
        matterId,
        kind,
        issuers: scope.issuers,
        publishedUntil: scope.publishedUntil,
        ...next,
      })
    if (JSON.stringify(next) === JSON.stringify(columns(before.context.dossier))) return null
    return tx
      .update(t)
      .set(next)
      .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, matterId)))
  },
  view: cleanupView,
  // A unit's turn: as long as one of its items has no opinion.
  afterwards: async ({ tx, jurisdiction, dossier }, before) =>
    dossier.census === null || dossier.decision !== null
      ? before
      : { ...before, external: { ...before.external, owed: await owedBy(tx, jurisdiction, dossier.id) } },
}
