// The desk of checks: opened by the system, one for each document and change; the unit concludes, the legality reviewer confirms.
import {
  impactCheck,
  impactEventLabels,
  impactOutcomeLabels,
  impactRoleLabels,
  impactScopeLabels,
} from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { type ImpactDossier, type ImpactShape, impactChecks, pendingContest, roleOf } from '@dianzhang/processes'
import { statusOfRow } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import type { Desk, DeskOpening, Handler, Permission } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { invalid } from '../failures.ts'
import type { Actor, Post } from '../office.ts'
import { permitByRole } from '../policies/permit-by-role.ts'
import { cleanupOf, intoCleanup } from './cleanup.ts'

const { impactChecks: t, registerEntries: e, matters: m } = schema
const { law, labels } = impactChecks.process
type Payload = Record<string, unknown>

/** The unit itself, or the secretariat of the government it belongs to. */
const outside = (post: Post, d: ImpactDossier, units: Record<string, UnitFact>): string | null =>
  post.unit === d.unit || post.role === 'secretariat' || post.role === 'legality_reviewer'
    ? null
    : `须为${units[d.unit]?.name ?? d.unit}的人员`

const permit = (
  actor: Actor,
  type: ImpactShape['command'],
  d: ImpactDossier,
  units: Record<string, UnitFact>,
): Permission => permitByRole(actor, labels.command[type], law[type].by, (post) => outside(post, d, units))

type Opening = Pick<ImpactDossier, 'event' | 'scope' | 'places'> & { document: string }
const opening: DeskOpening<ImpactShape, Opening> = {
  may: (actor) =>
    actor.kind === 'system'
      ? { allowed: true, as: { person: null, unit: null, roles: ['system'] }, delegatedFrom: null }
      : { allowed: false, reason: '核查由系统在上位法变化时开启' },
  dossier: async (c, p) => {
    const [entry] = await c.tx
      .select({ id: e.id, title: e.title, number: e.documentNumber, matter: e.documentId, issuers: e.issuers })
      .from(e)
      .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.id, p.document)))
    if (!entry) throw invalid(['document', '登记库中没有这件文件'])
    const [own] = entry.matter
      ? await c.tx
          .select({ unit: m.unit })
          .from(m)
          .where(and(eq(m.jurisdictionId, c.jurisdiction), eq(m.id, entry.matter)))
      : []
    const all = Object.values(c.units)
    // Imported ones: checked by the issuer where it is in the register of units, else by the government office.
    const named = entry.issuers.flatMap((name) => all.find((unit) => unit.name === name)?.id ?? [])[0]
    const office = all.find((unit) => unit.kind === 'office') ?? all.find((unit) => unit.kind === 'government')
    return {
      id: c.matterId,
      jurisdiction: c.jurisdiction,
      packVersion: c.pack.version,
      unit: own?.unit ?? named ?? office?.id ?? '',
      document: { entry: entry.id, title: entry.title, number: entry.number, matter: entry.matter },
      event: p.event,
      scope: p.scope,
      places: p.places,
      openedOn: c.on,
      startedOn: null,
      conclusion: null,
      earlier: [],
      contests: [],
      confirmed: null,
    }
  },
  write: async (c, p) => {
    await c.tx.insert(t).values({
      jurisdictionId: c.jurisdiction,
      matterId: c.matterId,
      entryId: p.document,
      eventKey: p.event.key,
      actKey: p.event.actKey,
      actTitle: p.event.title,
      eventOn: p.event.on,
      role: roleOf(p),
      openedOn: c.on,
    })
    return undefined
  },
  summary: (d) => ({
    title: `《${d.document.title}》：《${d.event.title}》${impactEventLabels[d.event.kind]}的核查`.slice(0, 500),
    unit: d.unit,
  }),
}
type Own = Handler<ImpactShape, Payload>
const plain: Own = {}
const handlers: Record<ImpactShape['command'], Own> = {
  StartCheck: plain,
  Conclude: plain,
  Contest: plain,
  AnswerContest: plain,
  RecomputeDeadlines: recomputing(impactChecks.process),
  ConfirmConclusion: {
    sends: (c) => {
      const outcome = c.next.conclusion?.outcome
      return outcome === 'amend' || outcome === 'repeal' ? intoCleanup(c.tx, c.next) : []
    },
  },
}

export const impactDesk: Desk<ImpactShape> = {
  engine: impactChecks,
  recordLabels: impactCheck.records,
  ledgerForm: 2,
  opening: opening as Desk<ImpactShape>['opening'],
  handlers: handlers as Desk<ImpactShape>['handlers'],
  overseers: ['legality_reviewer', 'secretariat'],
  may: permit,
  facts: async ({ office, tx, jurisdiction, dossier, pack, on }) => {
    const [entry] = await tx
      .select()
      .from(e)
      .where(and(eq(e.jurisdictionId, jurisdiction), eq(e.id, dossier.document.entry)))
    return {
      pack,
      calendar: office.rules.calendar(jurisdiction),
      external: {
        document: entry ? statusOfRow(entry, on) : null,
      },
    }
  },
  concerns: (d) => ({ involvedUnits: [d.unit], concernedRoles: [] }),
  project: (tx, { jurisdiction, matterId, before, after }) => {
    if (before === null) return null
    const { conclusion, confirmed } = after.context.dossier
    const outcome = conclusion && conclusion.outcome !== 'undecided' ? conclusion.outcome : null
    return tx
      .update(t)
      .set({ outcome, confirmedOn: confirmed?.on ?? null })
      .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, matterId)))
  },
  view: async (office, _actor, { dossier: d, units }) => ({
    document: d.document,
    unitName: units[d.unit]?.name ?? d.unit,
    event: { ...d.event, label: impactEventLabels[d.event.kind] },
    scope: d.scope,
    scopeLabel: impactScopeLabels[d.scope],
    places: d.places.map((place) => ({ ...place, roleLabel: impactRoleLabels[place.role] })),
    openedOn: d.openedOn,
    conclusion: d.conclusion && { ...d.conclusion, label: impactOutcomeLabels[d.conclusion.outcome] },
    earlier: d.earlier.map((one) => ({ ...one, label: impactOutcomeLabels[one.outcome] })),
    contests: d.contests,
    pendingContest: pendingContest(d) !== undefined,
    confirmed: d.confirmed,
    cleanup: await cleanupOf(office.db, d),
  }),
  // Concluding is the unit's turn, answering and confirming the legality reviewer's; what is confirmed is nobody's.
}
