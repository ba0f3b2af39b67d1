// What a reader sees of one suggestion: the reviewer everything, the issuer the reasons but not who gave them.
import type { answers } from '@dianzhang/contract'
import { conclusionLabels, declineReasonLabels, refusalGroundLabels, suggestionDoorLabels } from '@dianzhang/contract'
import { and, asc, desc, eq, ne, schema } from '@dianzhang/database'
import { isAnonymous, type SuggestionDossier, type SuggestionShape, unanswered } from '@dianzhang/processes'
import type { OpenedMatter } from '../door/desk.ts'
import type { Actor, Office } from '../office.ts'

const { suggestions: t, suggestionTexts: texts, suggestionContacts: contacts, matters: m } = schema

/** Whether this actor examines suggestions at the receiving organ. */
export const examines = (actor: Actor, d: SuggestionDossier): boolean =>
  actor.kind === 'person' && actor.posts.some((p) => p.role === 'filing_reviewer' && p.unit === d.unit)

/** Ground of an exit in words. */
export const exitWords = (exit: SuggestionDossier['exit']): string | null => {
  if (!exit) return null
  const labels: Record<string, string> = { ...declineReasonLabels, ...refusalGroundLabels }
  return exit.kind === 'transferred' ? `移送${exit.to ?? ''}` : (labels[exit.ground ?? ''] ?? exit.ground)
}
export async function suggestionView(
  office: Office,
  actor: Actor,
  { row, dossier: d, units }: OpenedMatter<SuggestionShape>,
): Promise<answers.Given<typeof answers.SuggestionFile> & Record<string, unknown>> {
  const own = examines(actor, d)
  const here = { jurisdictionId: row.jurisdictionId, matterId: row.id }
  const [[suggestion], all, [contact], similar] = await Promise.all([
    office.db
      .select({ receipt: t.receipt })
      .from(t)
      .where(and(eq(t.jurisdictionId, here.jurisdictionId), eq(t.matterId, here.matterId))),
    office.db
      .select({ n: texts.n, kind: texts.kind, body: texts.body, at: texts.at, hash: texts.hash })
      .from(texts)
      .where(and(eq(texts.jurisdictionId, here.jurisdictionId), eq(texts.matterId, here.matterId)))
      .orderBy(asc(texts.n)),
    own
      ? office.db
          .select({ name: contacts.name, contact: contacts.contact })
          .from(contacts)
          .where(and(eq(contacts.jurisdictionId, here.jurisdictionId), eq(contacts.matterId, here.matterId)))
      : [],
    own
      ? office.db
          .select({ id: m.id, title: m.title, stage: m.stage, receivedAt: t.receivedAt })
          .from(t)
          .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
          .where(
            and(
              eq(t.jurisdictionId, here.jurisdictionId),
              eq(t.entryId, d.document.entry),
              ne(t.matterId, here.matterId),
              eq(m.unit, d.unit),
            ),
          )
          .orderBy(desc(t.receivedAt))
          .limit(20)
      : [],
  ])
  // The issuer sees what it was asked, its own answer and the reasons, not the inner work of the review.
  const forIssuer = new Set(['submission', 'completion', 'inquiry', 'explanation', 'answer'])
  // The conflicts are numbered in the order in which they were written; their words stand in the texts, not in the dossier.
  const written = all
    .filter(({ kind }) => kind === 'submission' || kind === 'completion')
    .flatMap(({ body }) => (body.conflicts ?? []) as Array<{ reason?: string }>)
  return {
    receipt: own ? (suggestion?.receipt ?? null) : null,
    door: d.door,
    doorLabel: suggestionDoorLabels[d.door],
    document: { ...d.document, issuers: d.document.issuers.map((id) => ({ id, name: units[id]?.name ?? id })) },
    receivedOn: d.receivedOn,
    from: own && d.from ? { ...d.from, unit: units[d.from.unit]?.name ?? d.from.unit } : null,
    number: d.number,
    anonymous: isAnonymous(d),
    keepPrivate: d.keepPrivate,
    provisions: d.provisions,
    conflicts: d.conflicts.map((x, i) => ({
      ...x,
      reason: written[i]?.reason ?? null,
      finding: own ? (d.findings.find((found) => found.conflict === x.id) ?? null) : null,
    })),
    outcomeLabels: conclusionLabels,
    unanswered: unanswered(d).map(({ id }) => id),
    // The form of conclusions opens with one row for each of them.
    toConclude: unanswered(d).map(({ id }) => ({ conflict: id })),
    completion: own ? d.completion : null,
    inquiries: d.inquiries,
    exit: own && d.exit ? { ...d.exit, words: exitWords(d.exit) } : null,
    notifiedOn: d.notifiedOn,
    answers: d.answers,
    links: own ? d.links : [],
    similar,
    texts: (own ? all : all.filter(({ kind }) => forIssuer.has(kind))).map((each) => ({
      ...each,
      at: each.at.toISOString(),
    })),
    // Name and contact: only who examines, only while they are kept.
    person: own ? (contact ?? null) : null,
    contactForgottenOn: d.contactForgottenOn,
  }
}
