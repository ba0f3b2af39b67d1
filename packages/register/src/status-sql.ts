// statusOn in SQL: filtering and counting must be done in the database for paging to be exact. The rules are those of
// status-on.ts; tests compare the two case by case.

import type { PlainDate } from '@dianzhang/calendar'
import { type SQL, schema, sql } from '@dianzhang/database'
import { type PublicStatus, statedStatuses } from './status-on.ts'

const { registerEntries: entries } = schema
/** What `statusOn` asks of a row of the register, as columns of a select. */
export const statusColumns = {
  origin: entries.origin,
  publishedOn: entries.publishedOn,
  effectiveDate: entries.effectiveDate,
  validUntil: entries.validUntil,
  forceEvents: entries.forceEvents,
  sourceStatus: entries.sourceStatus,
  recordedOn: sql<string>`to_char(${entries.createdAt} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
}

const stating = (status: PublicStatus): string[] =>
  Object.entries(statedStatuses).flatMap(([says, means]) => (means === status ? [says] : []))
/** Statuses that cannot be inferred backwards before their stated date. */
const dated = ['amended', 'repealed', 'expired', 'suspended', 'annulled'] as const

/**
 * Expression: the status code (text) on `on` (a calendar day) of the register row `alias`. `alias` is a table alias
 * fixed in code outside this file, not input from outside.
 */
export function statusSql(alias: string, on: PlainDate): SQL {
  const e = sql.raw(alias)
  const day = sql`${on}::date`
  const recorded = sql`(${e}.created_at at time zone 'Asia/Shanghai')::date`
  // Constants written into this file, never words from outside: one text for the planner, no hundreds of parameters.
  const list = (status: PublicStatus) =>
    sql.raw(
      stating(status)
        .map((says) => `'${says}'`)
        .join(', '),
    )
  const base = sql`case
    when ${e}.origin <> 'imported' then case when ${e}.effective_date is null then 'unknown' else 'in_force' end
    when ${e}.source_status in (${list('in_force')}) then 'in_force'
    when ${day} < ${recorded} then 'unknown'
    ${sql.join(
      dated.map((status) => sql`when ${e}.source_status in (${list(status)}) then ${sql.raw(`'${status}'`)}`),
      sql` `,
    )}
    else 'unknown' end`
  const pending = sql`(${day} < coalesce(${e}.effective_date, case when ${e}.origin = 'imported' then ${e}.published_on end) or ${day} < ${e}.published_on)`
  const expired = sql`${e}.valid_until < ${day}`
  return sql`case when ${e}.force_events = '[]'::jsonb then
      case when ${expired} then 'expired' when ${pending} then 'pending' else ${base} end
    else (
      select case
        when bool_or(f.kind = 'annulled') then 'annulled'
        when min(f.at) filter (where f.kind = 'repealed' and f.at <= ${day})
          <= least(coalesce(min(f.at) filter (where f.kind = 'lapsed'), 'infinity'::date), coalesce(${e}.valid_until + 1, 'infinity'::date)) then 'repealed'
        when bool_or(f.kind = 'lapsed' and f.at <= ${day}) or ${expired} then 'expired'
        when ${pending} then 'pending'
        when (array_agg(f.kind order by f.at desc, f.n desc) filter (where f.kind in ('suspended', 'resumed') and f.at <= ${day}))[1] = 'suspended' then 'suspended'
        when bool_or(f.kind = 'amended' and f.at <= ${day}) then 'amended'
        else ${base} end
      from (
        ${standingEvents(alias)}
      ) as f
    ) end`
}

/**
 * Subquery: the events of force that stand on row `alias` (kind, at the date, n the sequence); withdrawn ones and
 * withdrawals themselves are not among them. The same as standingForce.
 */
export function standingEvents(alias: string): SQL {
  const e = sql.raw(alias)
  return sql`select event ->> 'kind' as kind, (event ->> 'on')::date as at, n
        from jsonb_array_elements(${e}.force_events) with ordinality as events(event, n)
        where event ->> 'kind' not in ('restored', 'reinstated') and coalesce(jsonb_array_length(event -> 'provisions'), 0) = 0 and coalesce((
          select u.event ->> 'kind' from jsonb_array_elements(${e}.force_events) with ordinality as u(event, n)
          where u.event ->> 'kind' in ('restored', 'reinstated') and (u.event ->> 'undoes')::int = events.n order by u.n desc limit 1
        ), '') <> 'restored'`
}

/**
 * Expression: the row of `alias` is in force on `on`, while its publication, effect and last amendment all lie
 * `years` years back (boolean). Where no date is known, no.
 */
export function unmodifiedSql(alias: string, on: PlainDate, years: number): SQL {
  const e = sql.raw(alias)
  const before = sql`(${on}::date - make_interval(years => ${years}::int))::date`
  return sql`(greatest(${e}.published_on, ${e}.effective_date) < ${before}
    and ${statusSql(alias, on)} in ('in_force', 'amended')
    and not exists (select from jsonb_array_elements(${e}.force_events) as changed
      where changed ->> 'kind' = 'amended' and (changed ->> 'on')::date between ${before} and ${on}::date))`
}
