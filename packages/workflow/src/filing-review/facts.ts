// Facts of a filing beside its dossier: the document's force, who ought to receive it, who reviewed it when it was made,
// whether the number is free, what the named correction did.
import type { Tier, Track } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, ne, or, schema, sql } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { type FilingDossier, type FilingExternal, sentFromThere } from '@dianzhang/processes'
import { statusOfRow } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import { recipientsOf } from '../facts/load-facts.ts'

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
/** The filing of this document on this track; null: none yet. */
export async function reviewFor(db: DbOrTx, jurisdiction: string, document: string, track: string) {
  const [row] = await db
    .select({ matter: t.matterId })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.documentId, document), eq(t.track, track)))
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

export async function loadFilingFacts(
  db: DbOrTx,
  asked: {
    jurisdiction: string
    dossier: FilingDossier
    payload: Record<string, unknown>
    pack: Pack
    on: string
    units: Record<string, UnitFact>
  },
): Promise<FilingExternal> {
  const { jurisdiction, dossier: d, payload, pack, on, units } = asked
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
    reviewFor(db, jurisdiction, d.document.matter, d.track),
  ])
  return {
    units,
    status: foreign
      ? // The register that knows is the sender's: what is known here is what was sent.
        d.document.effectiveDate > on
        ? 'pending'
        : d.correction
          ? 'amended'
          : 'in_force'
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
        : null,
    other: other === d.id ? null : other,
  }
}
