// The desk for administrative normative documents: apart from the compiled machine, who may act, where facts come
// from, what is written.
import type { Deviation } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { type DocumentShape, domainEventLabels, engine, plan, regionsOf } from '@dianzhang/lifecycle'
import { catalogue, confirmedEmergency, type Dossier, type RuleId } from '@dianzhang/rules'
import { handlers } from './commands/index.ts'
import { proposal } from './commands/propose.ts'
import type { Desk } from './door/desk.ts'
import { loadExternal, loadTurnFacts } from './facts/load-facts.ts'
import { documentOverseers, may, mayReadText } from './policies/may.ts'
import { concernedRoles, involvedUnits } from './projections/involved-units.ts'
import { insertDocument } from './statements.ts'
import { withStatement } from './text/statement.ts'

/** Commands whose arrows carry one of these rules. */
const asking = (...rules: RuleId[]): ReadonlySet<string | null> =>
  new Set(engine.arrows.flatMap((a) => (a.arrow.rules?.some((r) => rules.includes(r)) ? [a.command] : [])))
const asksBases = asking('draft.basis-in-force')
const asksPredecessors = asking('validity.renewal', 'validity.evaluated-before-renewal')
const asksBurdens = asking('classification.plausible')
const asksPlanning = new Set([
  ...asking('initiation.in-plan', 'initiation.overlap', 'major-decision.in-catalogue'),
  engine.process.opening.command,
])
/**
 * The rules of the gates ask for it, and so does working out which approvals still stand after a return or a change
 * of issuers.
 */
const asksSubstance = new Set([
  ...asking('consultation.same-substance', 'assessment.current'),
  'RecordSecretariatCheck',
  'ReturnFromSigning',
  'ChangeIssuers',
])

/** Commands that change how many comments there are, or wait. */
const countedAnew: ReadonlySet<string> = new Set([
  'SubmitComment',
  'RecordComments',
  'SettleHeldComments',
  'DisposeComment',
  'DisposeComments',
])
/** Whether the next step turns on how the present text differs from one that was assessed or approved. */
function restsOnOtherText(d: Dossier): boolean {
  const head = d.texts.at(-1)?.hash ?? null
  if (d.texts.length < 2 || d.closing !== null || d.publication !== null) return false
  if (d.returnedFrom) return true
  return [d.expertReviews.at(-1), d.riskAssessments.at(-1), d.fairCompetition.at(-1)].some(
    (last) => last !== undefined && last.textHash !== null && last.textHash !== head,
  )
}

export const documentDesk: Desk<DocumentShape> = {
  engine,
  recordLabels: domainEventLabels,
  ledgerForm: 1,
  opening: proposal,
  // Each takes what its own command resolved; which command it is, is known only here.
  handlers: handlers as unknown as Desk<DocumentShape>['handlers'],
  overseers: documentOverseers,
  may,
  complete: withStatement,
  facts: async ({ office, tx, jurisdiction, dossier, type, payload, as, pack, on, units }) => {
    const asked = {
      bases: type === null || asksBases.has(type),
      substance: type === null || asksSubstance.has(type),
      predecessors: type === null || asksPredecessors.has(type),
      burdens: type === null || asksBurdens.has(type),
      // Nothing of a file past initiation rests on it.
      archiving:
        type === 'ArchiveFile' ? ('claims' as const) : type === null && dossier.publication ? ('asks' as const) : null,
      planning: dossier.initiatedAt === null && (type === null || asksPlanning.has(type)) ? office.readDb : null,
    }
    const approving = type === 'ApproveDeviation' ? as.person : null
    return {
      pack,
      calendar: office.rules.calendar(jurisdiction),
      external: await loadExternal(tx, dossier, pack, on, units, asked, payload, approving),
    }
  },
  afterwards: async ({ tx, dossier, type, pack }, before) => {
    const counted = type !== null && countedAnew.has(type)
    const compared = restsOnOtherText(dossier)
    if (!counted && !compared) return before
    const external = await loadTurnFacts(tx, dossier, pack, { counted, compared }, before.external)
    return { ...before, external }
  },
  // Only what this command judged, its source allows and could not pass without deviating is recorded (where urgency
  // relaxed a time limit, the reason is recorded all the same). The rest does not count even if written, and enters
  // neither file nor register.
  deviations: (payload, verdicts, dossier) => {
    const kept = (payload.deviations as Deviation[]).filter((x) => {
      const verdict = verdicts.find((v) => v.rule === x.rule)
      if (verdict?.deviation) return true
      return confirmedEmergency(dossier) && verdict && catalogue[verdict.rule as RuleId]?.deviation !== undefined
    })
    return kept.length > 0 ? kept : undefined
  },
  concerns: (dossier) => ({ involvedUnits: involvedUnits(dossier), concernedRoles: concernedRoles(dossier) }),
  // Columns only documents have: rewritten when issuers change or a filing track moves on.
  project: (tx, { jurisdiction, matterId, before, after }) => {
    const columnsOf = ({ value, context }: NonNullable<typeof before>) => ({
      leadIssuer: context.dossier.issuers[0] ?? '',
      filing: ((value as { effective?: { filing?: Record<string, unknown> } }).effective?.filing ?? null) as Record<
        string,
        unknown
      > | null,
    })
    const columns = columnsOf(after)
    const { documents: t } = schema
    if (!before)
      return insertDocument(tx, {
        jurisdiction,
        document: matterId,
        tier: after.context.dossier.tier,
        leadIssuer: columns.leadIssuer,
        filing: columns.filing && JSON.stringify(columns.filing),
      })
    return JSON.stringify(columnsOf(before)) === JSON.stringify(columns)
      ? null
      : tx
          .update(t)
          .set(columns)
          .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.id, matterId)))
  },
  ledger: (dossier) => ({ textHash: dossier.texts.at(-1)?.hash ?? null }),
  answer: (value) => {
    const regions = regionsOf(value)
    return regions ? { regions } : {}
  },
  // The words an opinion quotes are unpublished text: those who may not see the text see the opinion without the
  // quotation.
  plan,
  veil: (actor, payload) =>
    Array.isArray(payload.points) && !mayReadText(actor)
      ? {
          ...payload,
          points: payload.points.map((point: unknown) => {
            if (typeof point !== 'object' || point === null) return point
            const { quote: _, ...rest } = point as { quote?: string }
            return rest
          }),
        }
      : payload,
}
