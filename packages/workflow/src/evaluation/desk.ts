// The desk of post-evaluations: who may, which facts, what is written. Long texts stand in rows of their own.
import { type ActorRole, actorRoleLabels, evaluationContract, type Tier } from '@dianzhang/contract'
import { and, count, eq, schema } from '@dianzhang/database'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import {
  type EvaluationDossier,
  type EvaluationShape,
  evaluations,
  pendingProposals,
  plannedEvaluation,
} from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import type { Desk, DeskOpening, Handler, WriteContext } from '../door/desk.ts'
import { recomputing } from '../door/recompute.ts'
import { invalid } from '../failures.ts'
import { permitByRole as permit } from '../policies/permit-by-role.ts'
import { unitNamed } from '../units-from.ts'
import { entryFor, loadEvaluationFacts, makingOf } from './facts.ts'
import { evaluationView } from './view.ts'

type Payload = Record<string, unknown>
type Write = WriteContext<EvaluationShape>
type Own = Handler<EvaluationShape, Payload>
const { evaluations: t, evaluationTexts: texts } = schema
const { process } = evaluations

const hashOf = (kind: string, body: unknown): string =>
  sha256Hex(`dianzhang/evaluation/1\n${canonicalJson({ kind, body: JSON.parse(JSON.stringify(body)) })}`)
async function addText(
  c: Pick<Write, 'tx' | 'jurisdiction' | 'matterId' | 'now'>,
  kind: string,
  part: string,
  body: Payload,
): Promise<void> {
  const here = and(eq(texts.jurisdictionId, c.jurisdiction), eq(texts.matterId, c.matterId))
  const [row] = await c.tx.select({ n: count() }).from(texts).where(here)
  await c.tx.insert(texts).values({
    jurisdictionId: c.jurisdiction,
    matterId: c.matterId,
    n: (row?.n ?? 0) + 1,
    kind,
    part,
    body,
    hash: hashOf(kind, body),
    at: c.now,
  })
}
const without = (p: Payload, ...names: string[]): Payload =>
  Object.fromEntries(Object.entries(p).filter(([name]) => !names.includes(name)))
const some = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

/** Of which units a post must be, by its role; null: of any. */
function unitsFor(role: ActorRole, type: string, d: EvaluationDossier): string[] | null {
  const { issuers, draftingUnit } = d.document
  if (role === 'evaluator') return d.evaluator.unit === null || type === 'CloseEvaluation' ? null : [d.evaluator.unit]
  if (role === 'leader') return [...new Set([...issuers, d.unit])]
  if (role === 'unit_head') return [...new Set([...issuers, d.unit, ...(draftingUnit ? [draftingUnit] : [])])]
  return null
}
/** The long parts of a report, as they are kept: its six parts, what was said of each dimension and question, the findings. */
const reportBody = (p: Payload): Payload => ({
  parts: p.parts,
  dimensions: p.dimensions,
  questions: p.questions ?? [],
  findings: p.findings ?? [],
})
const shortOf = (rows: unknown): unknown[] =>
  (Array.isArray(rows) ? (rows as Payload[]) : []).map((row) => without(row, 'text'))
const plain: Own = {}
const handlers: { [T in EvaluationShape['command']]: Own } = {
  ApprovePlan: plain,
  RecordEvidence: {
    resolve: (_c, p) => ({ hash: hashOf('evidence', { summary: p.summary }) }),
    write: async (c, p) => {
      await addText(c, 'evidence', c.next.evidence.at(-1)?.id ?? '', { summary: p.summary })
      return { evidence: c.next.evidence.at(-1)?.id }
    },
    ledger: (p, r) => ({ ...without(p, 'summary'), hash: r.hash }),
  },
  RecordReading: { write: (c) => ({ reading: c.next.readings.at(-1)?.id }) },
  SubmitReport: {
    resolve: (_c, p) => ({ hash: hashOf('report', reportBody(p)) }),
    write: async (c, p) => {
      await addText(c, 'report', String(c.next.report?.n ?? 1), reportBody(p))
      return { proposals: c.next.report?.proposals.map(({ id, text }) => ({ id, text })) }
    },
    ledger: (p, r) => ({
      conclusion: p.conclusion,
      dimensions: shortOf(p.dimensions),
      questions: shortOf(p.questions),
      findings: shortOf(p.findings),
      hash: r.hash,
    }),
  },
  AnswerReport: {
    resolve: (c, p) => {
      const answers = (p.answers ?? []) as Array<{ owner?: string }>
      const faults = answers.flatMap(
        ({ owner }, i): Array<[string, string]> =>
          owner !== undefined && unitNamed(c.units, owner) === undefined
            ? [[`answers.${i}.owner`, '没有这个单位']]
            : [],
      )
      const [first, ...rest] = faults
      if (first) throw invalid(first, ...rest)
      return {}
    },
  },
  PublishReport: {
    sends: (c) =>
      c.dossier.document.matter === null
        ? []
        : [
            {
              matter: c.dossier.document.matter,
              command: {
                type: 'RecordEvaluation',
                evaluation: c.matterId,
                on: c.on,
                conclusion: c.dossier.report?.conclusion ?? 'keep',
              },
            },
          ],
  },
  RecomputeDeadlines: recomputing(process) as Own,
  CloseEvaluation: plain,
}

const opening: DeskOpening<EvaluationShape, never> = {
  may: (actor) => permit(actor, evaluationContract.opening.label, process.opening.law.by, () => null),
  dossier: async (c, p: Payload) => {
    const entry = await entryFor(c.tx, c.jurisdiction, String(p.document))
    if (!entry) throw invalid(['document', '登记库中没有这件文件'])
    const given = p.evaluator as { unit?: string; organisation?: string }
    const named = some(given.unit)
    const unit = named === null ? null : unitNamed(c.units, named)
    if (unit === undefined) throw invalid(['evaluator.unit', '没有这个单位'])
    if (unit === null && some(given.organisation) === null) throw invalid(['evaluator', '请写明由哪个单位或者机构评估'])
    const making = await makingOf(c.tx, c.jurisdiction, entry.documentId)
    const issuers = entry.issuers.flatMap((name) => unitNamed(c.units, name) ?? [])
    const government = Object.values(c.units).find((u) => u.kind === 'government')?.id ?? ''
    return plannedEvaluation(
      {
        id: c.matterId,
        jurisdiction: c.jurisdiction,
        packVersion: c.pack.version,
        unit: issuers[0] ?? government,
        document: {
          entry: entry.id,
          title: entry.title,
          number: entry.documentNumber,
          tier: (entry.tier as Tier | null) ?? null,
          issuers,
          matter: entry.documentId,
          draftingUnit: making?.draftingUnit ?? null,
          validUntil: entry.validUntil,
        },
      },
      { ...p, evaluator: { ...given, ...(unit ? { unit } : {}) } },
      c.on,
      c.as.person,
    )
  },
  write: async (c, p: Payload) => {
    if (some(p.purpose)) await addText(c, 'plan', '1', { purpose: p.purpose })
    return undefined
  },
  ledger: (p: Payload) => without(p, 'purpose'),
  summary: (d) => ({ title: `《${d.document.title}》后评估`, unit: d.unit }),
}

export const evaluationDesk: Desk<EvaluationShape> = {
  engine: evaluations,
  recordLabels: evaluationContract.records,
  ledgerForm: 2,
  opening,
  handlers: handlers as Desk<EvaluationShape>['handlers'],
  // Whoever organises and whoever scores the offices sees every evaluation.
  overseers: ['secretariat', 'inspector'],
  may: (actor, type, d, units: Record<string, UnitFact>) =>
    permit(actor, process.labels.command[type], process.law[type].by, (post) => {
      const wanted = unitsFor(post.role, type, d)
      return wanted === null || wanted.includes(post.unit)
        ? null
        : `须为${wanted.map((id) => units[id]?.name ?? id).join('、')}的${actorRoleLabels[post.role]}`
    }),
  facts: async ({ office, tx, jurisdiction, dossier, payload, pack, on, units }) => ({
    pack,
    calendar: office.rules.calendar(jurisdiction),
    external: await loadEvaluationFacts(tx, { jurisdiction, dossier, payload, on, units }),
  }),
  concerns: (d) => ({
    involvedUnits: [
      ...new Set([
        d.unit,
        ...d.document.issuers,
        ...(d.document.draftingUnit ? [d.document.draftingUnit] : []),
        ...(d.evaluator.unit ? [d.evaluator.unit] : []),
      ]),
    ],
    concernedRoles: ['evaluator', 'legality_reviewer'],
  }),
  project: (tx, { jurisdiction, matterId, before, after }) => {
    const d = after.context.dossier
    const columns = (x: EvaluationDossier) => ({
      publishedOn: x.publishedOn,
      conclusion: x.publishedOn === null ? null : (x.report?.conclusion ?? null),
      pendingSince:
        x.publishedOn === null
          ? null
          : (pendingProposals(x)
              .map(({ since }) => since)
              .sort()[0] ?? null),
    })
    const now = columns(d)
    if (!before)
      return tx.insert(t).values({
        jurisdictionId: jurisdiction,
        matterId,
        entryId: d.document.entry,
        ground: d.ground,
        plannedOn: d.plannedOn,
        ...now,
      })
    const was = columns(before.context.dossier)
    return JSON.stringify(was) === JSON.stringify(now)
      ? null
      : tx
          .update(t)
          .set(now)
          .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, matterId)))
  },
  view: evaluationView,
}
