// A decision that amends or repeals, without a document of ours, is filed like a document: one filing on each track, however
// many documents it changes. Opened by the change of force itself; the issuer sends the decision on that filing.
import { and, type DbOrTx, desc, eq, gte, isNotNull, schema, sql } from '@dianzhang/database'
import { decisionTitle, type FilingDossier } from '@dianzhang/processes'
import { forceOrgans } from '@dianzhang/rules'
import type { WriteContext } from '../commands/handler.ts'
import { recipientsOf } from '../facts/load-facts.ts'
import { derivedId, type Send } from '../outbox.ts'

const { filingReviews: t, matters: m, registerEntries: e } = schema
type Decision = NonNullable<FilingDossier['decision']>
export type DecidedChange = Decision['changes'][number]

/**
 * What the change of force just recorded has to have filed: for a decision of the issuers themselves that amends or repeals, on
 * each track where the rules in force on the day of the decision want it. Empty: nothing. A document that makes the change is
 * filed by itself; a decision of the superior government or the standing committee is not the issuer's to file.
 */
export async function decisionFilings(c: WriteContext): Promise<Send[]> {
  const event = c.next.forceEvents.at(-1)
  if (!event || c.next.forceEvents.length === c.dossier.forceEvents.length || !c.next.publication) return []
  const { kind, decision } = event
  if ((kind !== 'amended' && kind !== 'repealed') || event.byDocument !== null || decision === null) return []
  if (decision.organ === undefined || !forceOrgans(c.next, c.units).self.includes(decision.organ)) return []
  const { organ, date } = decision
  const pack = c.office.rules.latest(c.jurisdiction, date)
  const recipients = recipientsOf(pack, c.units, c.next)
  if (!pack.filingReview.changes.value) return []
  const tracks = pack.filing.filter((x) => x.tiers.includes(c.next.tier)).map((x) => x.track)
  if (tracks.length === 0) return []
  const [own] = await c.tx
    .select({ id: e.id })
    .from(e)
    .where(and(eq(e.jurisdictionId, c.jurisdiction), eq(e.documentId, c.matterId)))
  if (!own) return []
  const number = decision.number?.trim() || null
  const change: DecidedChange = {
    entry: own.id,
    matter: c.matterId,
    title: c.next.title,
    number: c.next.numbers?.document ?? null,
    kind,
    on: event.on,
    event: c.next.forceEvents.length,
  }
  return tracks.flatMap((track): Send[] => {
    const recipient = recipients[track]
    if (recipient === undefined) return []
    const matter = derivedId('filing-review', 'decision', c.jurisdiction, organ, date, number ?? '', track)
    const made: Omit<Decision, 'changes'> = { body: decision.body, number, date }
    const open = {
      type: 'OpenFiling',
      document: c.matterId,
      track,
      recipient,
      decision: made,
      change,
      sentBy: c.as.person,
    }
    // Opened by the first of the documents that the decision changes; the others are noted on it (`whenOpen`).
    return [{ opens: 'filing-review', matter, command: open }]
  })
}

/**
 * The latest decision of the issuers, filed on this track or still to be filed, that amended or repealed this document on or
 * after a day; null: there is none.
 */
export async function decidedChangeOf(
  db: DbOrTx,
  jurisdiction: string,
  { matter, track, since }: { matter: string; track: string; since: string },
) {
  const changes = sql<DecidedChange[]>`(${m.snapshot} #> '{context,dossier,decision,changes}')::jsonb`
  const rows = await db
    .select({
      id: t.matterId,
      filedOn: t.filedOn,
      changes,
      number: sql<string | null>`${m.snapshot} #>> '{context,dossier,decision,number}'`,
    })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(
      and(
        eq(t.jurisdictionId, jurisdiction),
        eq(t.track, track),
        isNotNull(t.decidedOn),
        gte(t.decidedOn, since),
        sql`${changes} @> ${JSON.stringify([{ matter }])}::jsonb`,
      ),
    )
    .orderBy(desc(t.decidedOn))
    .limit(1)
  return rows.map((row) => ({
    id: row.id,
    title: decisionTitle(row.changes),
    number: row.number,
    changes: row.changes.filter((x) => x.matter === matter).map(({ kind }) => kind),
    filed: row.filedOn !== null,
  }))[0]
}
