// The public's side of post-evaluations: what was published, one page each, and the proposals nobody has carried out for
// longer than the pack says. Nothing of a person, nothing unpublished.
import { addMonths, dateInShanghai } from '@dianzhang/calendar'
import {
  adoptionLabels,
  type answers,
  assessmentLabels,
  dimensionLabels,
  evaluationConclusionLabels,
  evaluationGroundLabels,
  evaluationQuestionLabels,
  evidenceKindLabels,
  proposalFateLabels,
} from '@dianzhang/contract'
import { and, desc, eq, isNotNull, schema, sql } from '@dianzhang/database'
import { answerOf, type EvaluationDossier, evaluations, isPending, pendingProposals } from '@dianzhang/processes'
import { notFound } from '../failures.ts'
import type { Office } from '../office.ts'
import { textsOf } from './view.ts'

const { evaluations: t, matters: m, registerEntries: e, units: u } = schema

/** The record in a stored snapshot. */
export const evaluationDossier = (snapshot: unknown): EvaluationDossier =>
  evaluations.restore(snapshot as never).context.dossier as EvaluationDossier
const todayOf = (office: Office): string => dateInShanghai(office.clock.now().toISOString())
/** Names of units by their codes, of one jurisdiction. */
async function unitNames(office: Office, jurisdiction: string): Promise<(id: string | null) => string | null> {
  const rows = await office.readDb.select({ id: u.id, name: u.name }).from(u).where(eq(u.jurisdictionId, jurisdiction))
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (id) => (id === null ? null : (names.get(id) ?? id))
}
/** Published evaluations of entries that are public. */
const published = (office: Office) =>
  office.readDb
    .select({
      id: t.matterId,
      jurisdiction: t.jurisdictionId,
      publishedOn: t.publishedOn,
      pendingSince: t.pendingSince,
      snapshot: m.snapshot,
      packVersion: m.packVersion,
    })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .innerJoin(e, and(eq(e.jurisdictionId, t.jurisdictionId), eq(e.id, t.entryId), eq(e.disclosure, 'active')))

const lineOf = (d: EvaluationDossier) => ({
  id: d.id,
  jurisdiction: d.jurisdiction,
  document: { id: d.document.entry, title: d.document.title, documentNumber: d.document.number },
  ground: d.ground,
  groundLabel: evaluationGroundLabels[d.ground],
  publishedOn: d.publishedOn ?? '',
  conclusion: d.report?.conclusion ?? 'keep',
  conclusionLabel: evaluationConclusionLabels[d.report?.conclusion ?? 'keep'],
  summary: d.summary,
  proposals: d.report?.proposals.length ?? 0,
  pending: pendingProposals(d).length,
})

/**
 * Evaluations that were published: newest first, of one year where it is given; how many the year asks for; and every proposal
 * not carried out for longer than the pack says (`openOlder`, its count is the length of that list).
 */
export async function publicEvaluations(
  office: Office,
  query: { year?: number | undefined; jurisdiction?: string | undefined; document?: string | undefined },
): Promise<answers.Given<typeof answers.PublicEvaluations>> {
  const today = todayOf(office)
  const rows = await published(office)
    .where(
      and(
        isNotNull(t.publishedOn),
        query.jurisdiction === undefined ? undefined : eq(t.jurisdictionId, query.jurisdiction),
        query.document === undefined ? undefined : eq(t.entryId, query.document),
      ),
    )
    .orderBy(desc(t.publishedOn), desc(t.matterId))
  const all = rows.map((row) => ({ ...row, d: evaluationDossier(row.snapshot) }))
  const names = new Map<string, Awaited<ReturnType<typeof unitNames>>>()
  for (const jurisdiction of new Set(all.map((row) => row.jurisdiction)))
    names.set(jurisdiction, await unitNames(office, jurisdiction))
  const openOlder = all.flatMap(({ d, packVersion }) => {
    const months = office.rules.pack(d.jurisdiction, packVersion).evaluation.openProposalMonths.value
    return pendingProposals(d)
      .filter(({ since }) => addMonths(since, months) < today)
      .map(({ proposal, answer, since }) => ({
        evaluation: d.id,
        document: { id: d.document.entry, title: d.document.title, documentNumber: d.document.number },
        proposal: proposal.id,
        text: proposal.text,
        since,
        due: answer.due,
        owner: names.get(d.jurisdiction)?.(answer.owner) ?? answer.owner,
      }))
  })
  const year = query.year
  const items = all.filter(({ publishedOn }) => year === undefined || publishedOn?.startsWith(`${year}-`))
  const asked = Number(today.slice(0, 4))
  const places =
    query.jurisdiction === undefined ? [...new Set(all.map((row) => row.jurisdiction))] : [query.jurisdiction]
  return {
    year: year ?? null,
    total: items.length,
    items: items.map(({ d }) => lineOf(d)),
    years: [...new Set(all.map(({ publishedOn }) => Number(publishedOn?.slice(0, 4))))].sort((a, b) => b - a),
    quota: places.flatMap((jurisdiction) => quotaLine(office, jurisdiction, year ?? asked, all)),
    openOlderMonths: Math.min(...olderThan(office, places, today)),
    openOlder,
    openOlderCount: openOlder.length,
  }
}
/** After how many months a proposal that is not carried out is listed, in each place. */
const olderThan = (office: Office, places: readonly string[], today: string): number[] =>
  (places.some((place) => office.rules.versions(place).length > 0) ? places : ['CN']).flatMap((place) =>
    office.rules.versions(place).length === 0
      ? []
      : office.rules.latest(place, today).evaluation.openProposalMonths.value,
  )
function quotaLine(
  office: Office,
  jurisdiction: string,
  year: number,
  all: ReadonlyArray<{ jurisdiction: string; publishedOn: string | null }>,
): Array<{ jurisdiction: string; year: number; required: number; published: number }> {
  const on = `${year}-12-31`
  const today = todayOf(office)
  // An unknown place asks for nothing.
  if (office.rules.versions(jurisdiction).length === 0) return []
  const pack = office.rules.latest(jurisdiction, on < today ? on : today)
  return [
    {
      jurisdiction,
      year,
      required: pack.evaluation.yearlyQuota.value,
      published: all.filter((row) => row.jurisdiction === jurisdiction && row.publishedOn?.startsWith(`${year}-`))
        .length,
    },
  ]
}
/** How many evaluations this year asks for and how many were published; for the desks. */
export async function evaluationQuota(
  office: Office,
  jurisdiction: string,
): Promise<{ year: number; required: number; published: number; running: number }> {
  const year = Number(todayOf(office).slice(0, 4))
  const [row] = await office.db
    .select({
      published: sql<number>`(count(*) filter (where ${t.publishedOn} between ${`${year}-01-01`} and ${`${year}-12-31`}))::int`,
      running: sql<number>`(count(*) filter (where ${t.publishedOn} is null))::int`,
    })
    .from(t)
    .where(eq(t.jurisdictionId, jurisdiction))
  const pack = office.rules.latest(jurisdiction, todayOf(office))
  return {
    year,
    required: pack.evaluation.yearlyQuota.value,
    published: row?.published ?? 0,
    running: row?.running ?? 0,
  }
}

/** One published evaluation with all that is public of it; 404: none of this id that is published, or its document is not public. */
export async function publicEvaluation(
  office: Office,
  id: string,
): Promise<answers.Given<typeof answers.PublicEvaluation>> {
  const [row] = await published(office).where(and(eq(t.matterId, id), isNotNull(t.publishedOn)))
  if (!row) throw notFound('这件后评估')
  const d = evaluationDossier(row.snapshot)
  const [said, nameOf] = await Promise.all([
    textsOf(office.readDb as Office['db'], d),
    unitNames(office, d.jurisdiction),
  ])
  const wanted = office.rules.pack(d.jurisdiction, row.packVersion).evaluation.dimensions.value
  const words = (x: { result: keyof typeof assessmentLabels; evidence: string[] }) => ({
    result: x.result,
    resultLabel: assessmentLabels[x.result],
    evidence: x.evidence,
  })
  return {
    ...lineOf(d),
    unit: nameOf(d.unit) ?? d.unit,
    evaluator: d.evaluator.organisation ?? nameOf(d.evaluator.unit) ?? '',
    method: d.method,
    subjects: d.subjects,
    plannedOn: d.plannedOn,
    reportedOn: d.report?.on ?? null,
    answeredOn: d.answeredOn,
    purpose: (said.purpose as string | null) ?? null,
    evidence: d.evidence.map(({ id: n, kind, title, source, count, groups, date }) => ({
      id: n,
      kind,
      kindLabel: evidenceKindLabels[kind],
      title,
      source,
      count,
      groups,
      date,
    })),
    readings: d.readings.map(({ by: _by, ...x }) => x),
    dimensions: (d.report?.dimensions ?? []).map((x) => ({
      dimension: x.dimension,
      label: wanted.find(({ code }) => code === x.dimension)?.label ?? dimensionLabels[x.dimension],
      weight: wanted.find(({ code }) => code === x.dimension)?.weight ?? null,
      score: x.score,
      ...words(x),
      text: said.report?.dimensions.find(({ dimension }) => dimension === x.dimension)?.text ?? '',
    })),
    questions: (d.report?.questions ?? []).map((x) => ({
      question: x.question,
      label: (evaluationQuestionLabels as Record<string, string>)[x.question] ?? x.question,
      ...words(x),
      text: said.report?.questions.find(({ question }) => question === x.question)?.text ?? '',
    })),
    parts: said.report?.parts ?? {},
    findings: (said.report?.findings ?? []).map(({ text, provisions, evidence }, i) => ({
      proposal: `P${i + 1}`,
      text,
      provisions: provisions ?? [],
      evidence: evidence ?? [],
    })),
    answers: (d.report?.proposals ?? []).map((x) => {
      const found = answerOf(d, x.id)
      return {
        proposal: x.id,
        text: x.text,
        provisions: x.provisions,
        fate: found?.fate ?? null,
        fateLabel: found ? proposalFateLabels[found.fate] : null,
        by: found?.by ?? null,
        byLabel: found?.by ? adoptionLabels[found.by] : null,
        document: found?.document
          ? { id: found.document.entry, title: found.document.title, documentNumber: found.document.number }
          : null,
        inProvisions: found?.provisions ?? [],
        reason: found?.reason ?? null,
        owner: nameOf(found?.owner ?? null),
        due: found?.due ?? null,
        on: found?.on ?? null,
        pending: isPending(found),
      }
    }),
  }
}
/** What the page of a document says of its evaluations: published ones, newest first, with the provisions each touches. */
export async function evaluationsOfEntry(
  office: Office,
  jurisdiction: string,
  entry: string,
): Promise<Array<{ id: string; publishedOn: string; conclusionLabel: string; provisions: string[] }>> {
  const rows = await published(office)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.entryId, entry), isNotNull(t.publishedOn)))
    .orderBy(desc(t.publishedOn))
  return rows.map(({ snapshot }) => {
    const d = evaluationDossier(snapshot)
    const provisions = [
      ...(d.report?.proposals.flatMap((x) => x.provisions) ?? []),
      ...d.readings.flatMap((x) => x.provision ?? []),
    ]
    return {
      id: d.id,
      publishedOn: d.publishedOn ?? '',
      conclusionLabel: lineOf(d).conclusionLabel,
      provisions: [...new Set(provisions)],
    }
  })
}
