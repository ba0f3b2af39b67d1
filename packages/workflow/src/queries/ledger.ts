// The desk of the ledger: how long it is, and whether the latest seal still agrees with it.
import type { answers } from '@dianzhang/contract'
import { count, desc, eq, schema, sql } from '@dianzhang/database'
import type { Actor, Office } from '../office.ts'

const { documents, ledgerEvents, ledgerSeals } = schema

/** Compares every head of the latest seal with the ledger; `intact` is null where nothing has been sealed. */
export async function ledgerState(office: Office, actor: Actor): Promise<answers.Given<typeof answers.LedgerState>> {
  const j = actor.jurisdiction
  const [[files], [events], [seal]] = await Promise.all([
    office.db.select({ n: count() }).from(documents).where(eq(documents.jurisdictionId, j)),
    office.db.select({ n: count() }).from(ledgerEvents).where(eq(ledgerEvents.jurisdictionId, j)),
    office.db
      .select({
        day: ledgerSeals.day,
        documents: ledgerSeals.documents,
        events: ledgerSeals.events,
        root: ledgerSeals.root,
        seal: ledgerSeals.seal,
        at: ledgerSeals.at,
        missing: sql<number>`(select count(*) from jsonb_to_recordset(${ledgerSeals.heads})
            as head(document text, seq int, hash text)
          where not exists (select 1 from ledger_events e where e.jurisdiction_id = ${ledgerSeals.jurisdictionId}
            and e.matter_id = head.document and e.seq = head.seq and e.hash = head.hash))::int`,
      })
      .from(ledgerSeals)
      .where(eq(ledgerSeals.jurisdictionId, j))
      .orderBy(desc(ledgerSeals.day))
      .limit(1),
  ])
  return {
    documents: files?.n ?? 0,
    events: events?.n ?? 0,
    latestSeal: seal ? { ...seal, at: seal.at.toISOString() } : null,
    intact: seal ? seal.missing === 0 && (events?.n ?? 0) >= seal.events : null,
  }
}
