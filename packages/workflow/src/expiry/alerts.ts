// Alerts of the ladder as staff read them: which document, which rung, whose, and what answered it; and the validity that the
// texts of imported entries state, as questions.
import { dateInShanghai } from '@dianzhang/calendar'
import { type answers, type Role, roleLabels } from '@dianzhang/contract'
import {
  and,
  asc,
  decodeCursor,
  desc,
  eq,
  isNull,
  or,
  type Page,
  type Paging,
  pageFrom,
  schema,
  sql,
} from '@dianzhang/database'
import type { Actor, Office } from '../office.ts'

const {
  registerEntries: e,
  expiryAlerts: t,
  validityAnswers: v,
  evaluations: x,
  units: u,
  cleanups: cl,
  cleanupItems: ci,
} = schema

/**
 * Alerts of one jurisdiction, the nearest end first; keyset pages, `limit` 50 unless told. `open`: only those nothing has answered;
 * `mine`: only those of this person's units and roles.
 */
export async function expiryAlerts(
  office: Office,
  actor: Actor,
  query: Paging & { open?: boolean | undefined; mine?: boolean | undefined; entry?: string | undefined },
): Promise<Page<answers.Given<typeof answers.ExpiryAlert>>> {
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, ['day', 'text', 'number'])
  const posts = actor.kind === 'person' ? actor.posts : []
  // Answered by an evaluation of this document, published since the reminder was due or within the months before the end in
  // which the evaluation is to be made: an older one speaks of something else. By a cleanup published since that decided on it.
  // By a change of the document's force since.
  const today = dateInShanghai(office.clock.now().toISOString())
  const { preExpiryMonths } = office.rules.latest(actor.jurisdiction, today).evaluation
  const recent = sql`least(${t.dueOn}, (${t.validUntil} - make_interval(months => ${preExpiryMonths.value}))::date)`
  const cleaned = sql<
    string | null
  >`(select ${ci.matterId} from ${ci} join ${cl} on ${cl.jurisdictionId} = ${ci.jurisdictionId}
    and ${cl.matterId} = ${ci.matterId} where ${and(
      eq(ci.jurisdictionId, t.jurisdictionId),
      eq(ci.entryId, t.entryId),
      eq(ci.afterDecision, false),
      sql`${cl.publishedOn} >= ${recent}`,
    )} order by ${cl.publishedOn} limit 1)`
  const evaluated = sql<string | null>`(select ${x.matterId} from ${x} where ${and(
    eq(x.jurisdictionId, t.jurisdictionId),
    eq(x.entryId, t.entryId),
    sql`${x.publishedOn} >= ${recent}`,
  )} order by ${x.publishedOn} limit 1)`
  const changed = sql<string | null>`(select f ->> 'kind' from jsonb_array_elements(${e.forceEvents}) f
    where f ->> 'kind' in ('amended', 'repealed', 'annulled', 'lapsed') and (f ->> 'on')::date >= ${t.dueOn} limit 1)`
  const rows = await office.db
    .select({
      entry: t.entryId,
      title: e.title,
      documentNumber: e.documentNumber,
      validUntil: t.validUntil,
      months: t.months,
      dueOn: t.dueOn,
      raisedAt: t.raisedAt,
      ownerUnit: t.ownerUnit,
      ownerName: u.name,
      ownerRole: t.ownerRole,
      evaluated,
      cleaned,
      changed,
    })
    .from(t)
    .innerJoin(e, and(eq(e.jurisdictionId, t.jurisdictionId), eq(e.id, t.entryId)))
    .leftJoin(u, and(eq(u.jurisdictionId, t.jurisdictionId), eq(u.id, t.ownerUnit)))
    .where(
      and(
        eq(t.jurisdictionId, actor.jurisdiction),
        query.entry === undefined ? undefined : eq(t.entryId, query.entry),
        query.mine
          ? (or(...posts.map((p) => and(eq(t.ownerUnit, p.unit), eq(t.ownerRole, p.role)))) ?? sql`false`)
          : undefined,
        query.open ? and(isNull(evaluated), isNull(cleaned), isNull(changed)) : undefined,
        after === null
          ? undefined
          : sql`((${t.validUntil}, ${t.entryId}) > (${after[0]}::date, ${after[1]})
              or (${t.validUntil} = ${after[0]}::date and ${t.entryId} = ${after[1]} and ${t.months} < ${Number(after[2])}))`,
      ),
    )
    .orderBy(asc(t.validUntil), asc(t.entryId), desc(t.months))
    .limit(limit + 1)
  const items = rows.map((row) => ({
    entry: row.entry,
    title: row.title,
    documentNumber: row.documentNumber,
    validUntil: row.validUntil,
    months: row.months,
    dueOn: row.dueOn,
    raisedAt: row.raisedAt.toISOString(),
    owner: {
      unit: row.ownerUnit,
      name: row.ownerName ?? row.ownerUnit,
      role: row.ownerRole,
      roleLabel: roleLabels[row.ownerRole as Role] ?? row.ownerRole,
    },
    mine: posts.some((p) => p.unit === row.ownerUnit && p.role === row.ownerRole),
    answered: row.evaluated
      ? { by: 'evaluation' as const, matter: row.evaluated }
      : row.cleaned
        ? { by: 'cleanup' as const, matter: row.cleaned }
        : row.changed
          ? { by: 'change' as const, matter: null }
          : null,
  }))
  return pageFrom(items, limit, (row) => [row.validUntil, row.entry, String(row.months)])
}
/** Imported entries whose text states a validity that nobody has confirmed yet, by the day it states; keyset pages. */
export async function validityQuestions(
  office: Office,
  jurisdiction: string,
  query: Paging = {},
): Promise<Page<{ entry: string; title: string; documentNumber: string | null; asked: string }>> {
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, ['text', 'text'])
  const asked = sql<string>`(${e.metadata} ->> 'validUntilAsked')`
  const rows = await office.db
    .select({ entry: e.id, title: e.title, documentNumber: e.documentNumber, asked })
    .from(e)
    .leftJoin(v, and(eq(v.jurisdictionId, e.jurisdictionId), eq(v.entryId, e.id)))
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        // The conditions of `register_entries_asked`, word for word.
        sql`${e.origin} = 'imported' and ${e.validUntil} is null and ${asked} is not null`,
        isNull(v.entryId),
        // What is above a county is not for it to answer.
        sql`coalesce(${e.category}, '') !~ '法律|宪法|法规|司法解释|规章'`,
        after === null ? undefined : sql`(${asked}, ${e.id}) > (${after[0]}, ${after[1]})`,
      ),
    )
    .orderBy(asc(asked), asc(e.id))
    .limit(limit + 1)
  return pageFrom(rows, limit, (row) => [row.asked, row.entry])
}
