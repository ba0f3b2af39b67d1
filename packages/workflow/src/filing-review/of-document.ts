// The filings of one document as its own file tells of them: whom each waits for, and the decisions that changed it, which are
// filed by themselves. Only what the reader may see.
import { type answers, type Track, tracks } from '@dianzhang/contract'
import { and, eq, isNotNull, or, type SQL, schema, sql } from '@dianzhang/database'
import { filingReviews } from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import { visibleRows } from '../door/reading.ts'
import type { Actor, Office } from '../office.ts'
import { linesOf, type RowLines } from '../queries/turns.ts'
import { filingReviewDesk } from './desk.ts'

const { filingReviews: t, matters: m } = schema
type Filings = Pick<answers.Given<typeof answers.Document>, 'decisionFilings'> & {
  /** Whom the document's own filing on each track waits for, where the reader does not have to act. */
  waiting: Partial<Record<Track, RowLines['waitingFor']>>
}

export async function filingsOfDocument(
  office: Office,
  actor: Actor,
  document: string,
  units: Record<string, UnitFact>,
): Promise<Filings> {
  const decided = sql`(${m.snapshot} #> '{context,dossier,decision,changes}')::jsonb @> ${JSON.stringify([{ matter: document }])}::jsonb`
  const rows = await office.db
    .select({
      id: m.id,
      process: m.process,
      ledgerSeq: m.ledgerSeq,
      stage: m.stage,
      track: t.track,
      decidedOn: t.decidedOn,
      title: sql<string>`${m.snapshot} #>> '{context,dossier,document,title}'`,
    })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(
      and(
        eq(t.jurisdictionId, actor.jurisdiction),
        or(eq(t.documentId, document), and(isNotNull(t.decidedOn), decided)) as SQL,
        visibleRows(filingReviewDesk.overseers, actor),
      ),
    )
    .orderBy(t.openedOn, m.id)
  const lines = await linesOf(office, actor, rows, units)
  const waitingOf = (id: string) => lines.get(id)?.waitingFor ?? null
  const trackOf = (name: string): Track => tracks.find((x) => x === name) ?? 'government'
  return {
    waiting: Object.fromEntries(
      rows.filter((row) => row.decidedOn === null).map((row) => [trackOf(row.track), waitingOf(row.id)]),
    ),
    decisionFilings: rows
      .filter((row) => row.decidedOn !== null)
      .map((row) => ({
        review: row.id,
        track: trackOf(row.track),
        title: row.title,
        stageLabel: filingReviews.process.labels.stage(row.stage),
        waitingFor: waitingOf(row.id),
      })),
  }
}
