// The log as a list of changes, for whoever keeps a copy; and what it says was known on an earlier day.
import { endOfDayInstant, type PlainDate } from '@dianzhang/calendar'
import { type Db, type SQL, sql } from '@dianzhang/database'
import {
  bytesToHex,
  type EntryType,
  entryTypeLabels,
  type LogEntry,
  type LoggedDocument,
  parseEntry,
  utf8ToBytes,
} from '@dianzhang/tlog'
import { type StatusAnswer, type StatusFacts, statusOn } from '../status-on.ts'
import { entriesFrom, entriesOfSubject } from './store.ts'

export interface LogChange extends LogEntry {
  index: number
  label: string
  /** Address below the site's origin; null where there is none. */
  url: string | null
  leafHash: string
  entry: string
}
const ofMatters: Partial<Record<EntryType, string>> = {
  cleanup_result: '/cleanups/',
  evaluation: '/evaluations/',
}
/** Where the public reads about an entry. */
export function addressOf({ type, subject, document }: LogEntry): string | null {
  if (subject === null) return null
  if (document || type === 'take_effect') return `/register/${encodeURIComponent(subject)}`
  const prefix = ofMatters[type]
  return prefix ? `${prefix}${encodeURIComponent(subject)}` : null
}
/** Entries from `from` on, below `size`. */
export async function changesFrom(
  db: Db,
  jurisdiction: string,
  from: number,
  limit: number,
  size: number,
): Promise<LogChange[]> {
  const rows = await entriesFrom(db, jurisdiction, from, limit, size)
  return rows.map(({ index, entry, leaf }) => {
    const read = parseEntry(utf8ToBytes(entry))
    return {
      ...read,
      index,
      label: entryTypeLabels[read.type],
      url: addressOf(read),
      leafHash: bytesToHex(leaf),
      entry,
    }
  })
}

/** The facts that {@link statusOn} asks for, as an entry holds them; the reasons of changes are not in the log. */
export const factsOfLogged = (document: LoggedDocument): StatusFacts => ({
  origin: document.origin,
  publishedOn: document.published,
  effectiveDate: document.effective,
  validUntil: document.until,
  forceEvents: document.force.map(({ kind, on, by, undoes, follows, clauses }) => ({
    kind,
    on,
    reason: '',
    byDocument: by,
    ...(undoes === null ? {} : { undoes }),
    ...(follows ? { follows } : {}),
    ...(clauses.length > 0 ? { provisions: clauses } : {}),
  })),
  sourceStatus: document.stated,
  recordedOn: document.recorded,
})
export interface KnownStatus {
  /** The last day whose knowledge counts. */
  knownOn: PlainDate
  /** Index of the entry that it rests on. */
  index: number
  document: LoggedDocument
  status: StatusAnswer
}
/**
 * The status on `on` as it was known at the end of `knownOn`: rests on the entries up to then. Null: nothing was known
 * yet, or the document had been withdrawn.
 */
export async function statusKnown(
  db: Db,
  jurisdiction: string,
  subject: string,
  on: PlainDate,
  knownOn: PlainDate,
): Promise<KnownStatus | null> {
  const rows = await entriesOfSubject(db, jurisdiction, subject, new Date(endOfDayInstant(knownOn)))
  const last = rows
    .map(({ index, entry }) => ({ index, entry: parseEntry(utf8ToBytes(entry)) }))
    .filter(({ entry }) => entry.document || entry.type === 'withdraw')
    .at(-1)
  if (!last?.entry.document) return null
  const { document } = last.entry
  return { knownOn, index: last.index, document, status: statusOn(factsOfLogged(document), on) }
}

/**
 * Subquery: what the log said of register row `alias` by the end of `knownOn`, under the names of the columns that
 * `statusSql` asks for; no row where nothing was known yet or it had been withdrawn. `alias` is fixed in code.
 */
export function knownRow(alias: string, knownOn: PlainDate): SQL {
  const e = sql.raw(alias)
  return sql`(select d ->> 'origin' as origin, d ->> 'stated' as source_status, (d ->> 'published')::date as published_on,
      (d ->> 'effective')::date as effective_date, (d ->> 'until')::date as valid_until,
      ((d ->> 'recorded')::date + time '12:00') at time zone 'Asia/Shanghai' as created_at,
      (select coalesce(jsonb_agg(f.x || jsonb_build_object('provisions', f.x -> 'clauses') order by f.n), '[]'::jsonb)
        from jsonb_array_elements(d -> 'force') with ordinality as f(x, n)) as force_events
    from (select t.entry::jsonb -> 'document' as d from tlog_entries t
      where t.jurisdiction_id = ${e}.jurisdiction_id and t.subject = ${e}.id and t.at <= ${endOfDayInstant(knownOn)}::timestamptz
        and (t.type = 'withdraw' or t.entry::jsonb ? 'document') order by t.idx desc limit 1) l
    where d is not null)`
}
/** {@link statusKnown} of several documents at once, in the order asked for. */
export async function statusesKnown(
  db: Db,
  subjects: ReadonlyArray<{ jurisdiction: string; id: string }>,
  on: PlainDate,
  knownOn: PlainDate,
): Promise<Array<KnownStatus | null>> {
  if (subjects.length === 0) return []
  const keys = subjects.map(({ jurisdiction, id }) => ({ jurisdiction, id }))
  const rows = await db.execute<{ idx: number; entry: string | null }>(sql`
    select l.idx::int as idx, l.entry from jsonb_array_elements(${JSON.stringify(keys)}::jsonb) with ordinality as a(x, n)
    left join lateral (select t.idx, t.entry from tlog_entries t
      where t.jurisdiction_id = a.x ->> 'jurisdiction' and t.subject = a.x ->> 'id' and t.at <= ${endOfDayInstant(knownOn)}::timestamptz
        and (t.type = 'withdraw' or t.entry::jsonb ? 'document') order by t.idx desc limit 1) l on true
    order by a.n`)
  return rows.map(({ idx, entry }) => {
    const document = entry === null ? undefined : parseEntry(utf8ToBytes(entry)).document
    return document ? { knownOn, index: idx, document, status: statusOn(factsOfLogged(document), on) } : null
  })
}
