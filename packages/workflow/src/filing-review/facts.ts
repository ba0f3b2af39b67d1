// Facts of a filing beside its dossier: the document's force, who ought to receive it, who reviewed it when it was made,
// whether the number is free, what the named correction did.
import type { Tier, Track } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, isNull, ne, or, schema, sql } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { type FilingDossier, type FilingExternal, sentFromThere } from '@dianzhang/processes'
import { statusOfRow } from '@dianzhang/register'
import { standsAt, type UnitFact } from '@dianzhang/rules'
import { recipientsOf } from '../facts/load-facts.ts'
import { decidedChangeOf } from './decisions.ts'

const { registerEntries: e, ledgerEvents: l, filingReviews: t, matters: m, documents: doc } = schema
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

/** A published entry by its own id or by the id of the document's matter; null: none. */
export async function entryOf(db: DbOrTx, jurisdiction: string, id: string) {
  const [row] = await db
    .select()
    .from(e)
    .where(and(eq(e.jurisdictionId, jurisdiction), or(eq(e.id, id), eq(e.documentId, id))))
    .limit(1)
  return row ?? null
}
/** The filing of this document itself on this track; null: none yet. */
export async function reviewFor(db: DbOrTx, jurisdiction: string, document: string, track: string) {
  const [row] = await db
    .select({ matter: t.matterId })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, document), eq(t.track, track), isNull(t.decidedOn)))
  return row?.matter ?? null
}
/** Whether the document was sent on this track: by its own record, whoever received it. */
async function isFiled(db: DbOrTx, jurisdiction: string, document: string | null, track: Track): Promise<boolean> {
  if (document === null) return false
  const [row] = await db
    .select({ filing: doc.filing })
    .from(doc)
    .where(and(eq(doc.jurisdictionId, jurisdiction), eq(doc.id, document)))
  const state = row?.filing?.[track]
  return typeof state === 'string' && state !== 'due' && state !== 'returned'
}

/** The document that made a correction, as its own installation knows it. */
function correctedThere(payload: Record<string, unknown>): FilingExternal['correction'] {
  const told = sentFromThere(payload)?.correction
  return told ? { id: String(payload.document ?? ''), ...told } : null
}

/** Whether any change that a decision made still stands: a change taken back has nothing to be filed or examined. */
async function decisionStands(db: DbOrTx, jurisdiction: string, changes: Changes): Promise<boolean> {
  if (changes.length === 0) return true
  const rows = await db
    .select({ id: e.id, events: e.forceEvents })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        inArray(
          e.id,
          changes.map((x) => x.entry),
        ),
      ),
    )
  const events = new Map(rows.map((row) => [row.id, row.events]))
  return changes.some(({ entry, event }) => standsAt((events.get(entry) ?? []) as never[], event))
}
type Changes = NonNullable<FilingDossier['decision']>['changes']
/** Since when a correction may have been made: since the opinion, the agreed plan, or the registration. */
const correctableSince = (d: FilingDossier): string =>
  [d.plans.at(-1)?.on, d.opinion?.on, d.registered?.on, d.openedOn].find((on) => on !== undefined) ?? d.openedOn

export async function loadFilingFacts(
  db: DbOrTx,
  asked: {
    jurisdiction: string
    dossier: FilingDossier
    payload: Record<string, unknown>
    pack: Pack
    on: string
    units: Record<string, UnitFact>
    type?: string | null
  },
): Promise<FilingExternal> {
  const { jurisdiction, dossier: d, payload, pack, on, units, type } = asked
  const foreign = d.exchange?.side === 'receiver'
  const reviewing = ['AcceptPackage', 'IssueOpinion', 'ConfirmRevision']
  const number = text(payload.number)
  const correction = text(payload.document)
  const [entry, reviewers, [used], change, other] = await Promise.all([
    entryOf(db, jurisdiction, d.document.entry),
    db
      .selectDistinct({ person: sql<string | null>`${l.body} -> 'actor' ->> 'person'` })
      .from(l)
      .where(
        and(
          eq(l.jurisdictionId, jurisdiction),
          eq(l.matterId, d.document.matter),
          inArray(sql`${l.body} -> 'command' ->> 'type'`, reviewing),
        ),
      ),
    number === null
      ? []
      : db
          .select({ title: m.title })
          .from(t)
          .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
          .where(
            and(
              eq(t.jurisdictionId, jurisdiction),
              eq(t.recipient, d.unit),
              eq(t.number, number),
              ne(t.matterId, d.id),
            ),
          )
          .limit(1),
    correction === null ? null : entryOf(db, jurisdiction, correction),
    d.decision ? null : reviewFor(db, jurisdiction, d.document.matter, d.track),
  ])
  const stands = d.decision ? await decisionStands(db, jurisdiction, d.decision.changes) : null
  // Corrected by a decision, without a document: its own filing tells.
  const decided =
    !foreign && correction === null && type === 'ReportCorrection'
      ? await decidedChangeOf(db, jurisdiction, {
          matter: d.document.matter,
          track: d.track,
          since: correctableSince(d),
        })
      : undefined
  return {
    units,
    status: foreign
      ? // The register that knows is the sender's: what is known here is what was sent.
        d.document.effectiveDate > on
        ? 'pending'
        : d.correction
          ? 'amended'
          : 'in_force'
      : stands !== null
        ? stands
          ? 'in_force'
          : 'annulled'
        : entry
          ? statusOfRow(entry, on)
          : null,
    // Who receives was settled by the rules of the sender, and by agreement here.
    recipients: foreign
      ? { [d.track]: d.unit }
      : recipientsOf(pack, units, { tier: d.document.tier as Tier, issuers: d.document.issuers }),
    documentReviewers: reviewers.flatMap(({ person }) => (person === null ? [] : [person])),
    numberUsedBy: used?.title ?? null,
    correction: foreign
      ? correctedThere(payload)
      : change
        ? {
            id: change.id,
            title: change.title,
            number: change.documentNumber,
            changes: (entry?.forceEvents ?? []).flatMap(({ kind, byDocument }) =>
              (byDocument === change.id || byDocument === change.documentId) &&
              (kind === 'amended' || kind === 'repealed')
                ? [kind]
                : [],
            ),
            filed: await isFiled(db, jurisdiction, change.documentId, d.track),
          }
        : (decided ?? null),
    other: other === d.id ? null : other,
  }
}
