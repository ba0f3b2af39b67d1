// Duties that should never be open: filings overdue, documents in effect that the public register does not have, evaluations
// before expiry that were missed, feedback on consultations that is overdue, suggestions without an answer in time. All of them are nought where the office keeps the law.
import { and, count, type DbOrTx, eq, inArray, lt, not, notExists, or, schema, sql } from '@dianzhang/database'
import { notOurs } from '@dianzhang/processes'
import { documentDesk } from '../document-desk.ts'
import type { Actor } from '../office.ts'

const { deadlines: c, matters: m, registerEntries: e, filingReviews: r } = schema

const dutyLabels = {
  filing: '逾期没有报送备案',
  unpublished: '已经施行而没有公布',
  evaluation: '届满以前应当评估而逾期没有评估',
  feedback: '征求意见截止以后逾期没有公布采纳情况',
  suggestion: '审查建议逾期没有办理、答复',
  report: '年度报送、公开逾期',
} as const
export type Duty = keyof typeof dutyLabels
const processOf: Partial<Record<Duty, string>> = { suggestion: 'review-suggestion', report: 'annual-report' }

/** A decision that amends or repeals has no file of its own that could be late: the file of its filing is. */
const decisionNotFiled = and(
  eq(c.kind, 'filing_due'),
  sql`exists (select from ${r} where ${r.jurisdictionId} = ${c.jurisdictionId} and ${r.matterId} = ${c.matterId} and ${r.decidedOn} is not null)`,
)
/** Matters behind each duty on a day; of one jurisdiction, or of all. */
const overdue = (duty: Exclude<Duty, 'unpublished'>, today: string, jurisdiction?: string) =>
  and(
    eq(c.status, 'open'),
    lt(c.dueOn, today),
    jurisdiction === undefined ? undefined : eq(c.jurisdictionId, jurisdiction),
    processOf[duty] === undefined
      ? duty === 'filing'
        ? or(eq(c.kind, 'filing'), decisionNotFiled)
        : eq(c.kind, duty)
      : and(
          eq(m.process, processOf[duty]),
          duty === 'suggestion' ? not(inArray(c.kind, notOurs)) : undefined,
          // What is overdue makes the matter overdue, and few are: of these the index is asked, not of all deadlines.
          sql`coalesce(${m.nextDueOn}, '9999-12-31'::date) < ${today}`,
        ),
  )
/** The stages of a document in effect, by name: `matters_stage` finds them, whatever else is under way. */
const inForce = [...documentDesk.engine.stages.keys()].filter((stage) => stage.split('.')[0] === 'effective')
const unpublished = (db: DbOrTx, jurisdiction?: string) =>
  and(
    eq(m.process, 'normative-document'),
    jurisdiction === undefined ? undefined : eq(m.jurisdictionId, jurisdiction),
    inArray(m.stage, inForce),
    notExists(
      db
        .select({ one: sql`1` })
        .from(e)
        .where(and(eq(e.jurisdictionId, m.jurisdictionId), eq(e.documentId, m.id), sql`${e.publishedOn} is not null`)),
    ),
  )
const joined = and(eq(m.jurisdictionId, c.jurisdictionId), eq(m.id, c.matterId))
const duties = Object.keys(dutyLabels) as Duty[]

/** How many of each duty are open on a day, in all jurisdictions: for the metrics. */
export async function dutyCounts(db: DbOrTx, today: string): Promise<Record<Duty, number>> {
  const counts = await Promise.all(
    duties.map(async (duty): Promise<[Duty, number]> => {
      const [row] =
        duty === 'unpublished'
          ? await db.select({ n: count() }).from(m).where(unpublished(db))
          : await db.select({ n: count() }).from(c).innerJoin(m, joined).where(overdue(duty, today))
      return [duty, row?.n ?? 0]
    }),
  )
  return Object.fromEntries(counts) as Record<Duty, number>
}
export interface DutyLine {
  id: string
  title: string
  unit: string
  process: string
  label: string
  dueOn: string | null
}
/**
 * The matters behind each duty, the longest overdue first; of the actor's jurisdiction, of one unit where given. At most
 * 200 each, and how many there are in all. */
export async function dutyLists(
  db: DbOrTx,
  actor: Actor,
  today: string,
  unit: string | null,
): Promise<Array<{ id: Duty; label: string; total: number; items: DutyLine[] }>> {
  const of = unit === null ? undefined : eq(m.unit, unit)
  const total = sql<number>`(count(*) over ())::int`
  const columns = { id: m.id, title: m.title, unit: m.unit, process: m.process, total }
  return await Promise.all(
    duties.map(async (duty) => {
      const items =
        duty === 'unpublished'
          ? (
              await db
                .select(columns)
                .from(m)
                .where(and(unpublished(db, actor.jurisdiction), of))
                .limit(200)
            ).map((row) => ({ ...row, label: '', dueOn: null }))
          : await db
              .select({ ...columns, label: c.label, dueOn: c.dueOn })
              .from(c)
              .innerJoin(m, joined)
              .where(and(overdue(duty, today, actor.jurisdiction), of))
              .orderBy(c.dueOn, m.id)
              .limit(200)
      return {
        id: duty,
        label: dutyLabels[duty],
        total: items[0]?.total ?? 0,
        items: items.map(({ total: _, ...line }) => line),
      }
    }),
  )
}
