// Facts of a review suggestion beside its dossier: the document's force, where it is filed, who reviewed it, what the command points to.
import type { Tier } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, inArray, schema, sql } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import type { SuggestionDossier, SuggestionExternal } from '@dianzhang/processes'
import { statusOfRow } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import { clausesMissing } from '../facts/load-clauses.ts'
import { recipientsOf } from '../facts/load-facts.ts'

const { matters: m, registerEntries: e, ledgerEvents: l } = schema
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** One public entry as far as a suggestion needs it; null: none, or not public. */
export async function publicEntry(db: DbOrTx, jurisdiction: string, id: string) {
  const [row] = await db
    .select()
    .from(e)
    .where(and(eq(e.jurisdictionId, jurisdiction), eq(e.id, id), eq(e.disclosure, 'active')))
  return row ?? null
}
export const recipients = (
  pack: Pack,
  units: Record<string, UnitFact>,
  { tier, issuers }: SuggestionDossier['document'],
): Partial<Record<'government' | 'npc', string>> =>
  tier === null ? {} : recipientsOf(pack, units, { tier: tier as Tier, issuers })

export async function loadSuggestionFacts(
  db: DbOrTx,
  asked: {
    jurisdiction: string
    dossier: SuggestionDossier
    payload: Record<string, unknown>
    pack: Pack
    on: string
    units: Record<string, UnitFact>
  },
): Promise<SuggestionExternal> {
  const { jurisdiction, dossier: d, payload, pack, on, units } = asked
  const here = (table: typeof m | typeof l) => eq(table.jurisdictionId, jurisdiction)
  const entry = await publicEntry(db, jurisdiction, d.document.entry)
  const reviewing = ['AcceptPackage', 'IssueOpinion', 'ConfirmRevision']
  const [reviewers, change, earlier, linked] = await Promise.all([
    d.document.matter === null
      ? []
      : db
          .selectDistinct({ person: sql<string | null>`${l.body} -> 'actor' ->> 'person'` })
          .from(l)
          .where(
            and(here(l), eq(l.matterId, d.document.matter), inArray(sql`${l.body} -> 'command' ->> 'type'`, reviewing)),
          ),
    text(payload.change) === null ? null : publicEntry(db, jurisdiction, String(payload.change)),
    text(payload.earlier) === null
      ? null
      : db
          .select({ id: m.id, process: m.process, snapshot: m.snapshot })
          .from(m)
          .where(and(here(m), eq(m.id, String(payload.earlier)), eq(m.process, 'review-suggestion')))
          .then(([row]) => row ?? null),
    d.links.length === 0
      ? []
      : db
          .select({ id: m.id, title: m.title, stage: m.stage })
          .from(m)
          .where(and(here(m), inArray(m.id, d.links)))
          .orderBy(asc(m.id)),
  ])
  const before = (earlier?.snapshot as { context: { dossier: SuggestionDossier } } | undefined)?.context.dossier
  const concluded = Array.isArray(payload.conclusions) ? (payload.conclusions as Array<{ provisions?: string[] }>) : []
  const missingClauses = await clausesMissing(
    async () => entry?.body ?? null,
    concluded.flatMap((one) => one.provisions ?? []),
  )
  return {
    units,
    ...(missingClauses.length > 0 ? { missingClauses: [...new Set(missingClauses)] } : {}),
    document: entry
      ? {
          status: statusOfRow(entry, on),
          changes: entry.forceEvents
            .filter(({ kind }) => kind !== 'restored' && kind !== 'reinstated')
            .map(({ kind, on: since, byDocument }) => ({ kind, on: since, by: byDocument })),
          effectiveOn: entry.effectiveDate,
        }
      : null,
    recipients: Object.values(recipients(pack, units, d.document)),
    documentReviewers: reviewers.flatMap(({ person }) => (person === null ? [] : [person])),
    change: change ? { id: change.id, title: change.title, publishedOn: change.publishedOn } : null,
    earlier: before
      ? {
          id: before.id,
          document: before.document.entry,
          provisions: before.provisions,
          concludedOn: before.concludedOn,
        }
      : null,
    linked,
  }
}
