// The log as a list of changes, for whoever keeps a copy; and what it says was known on an earlier day.
import { endOfDayInstant, type PlainDate } from '@dianzhang/calendar'
import type { Db } from '@dianzhang/database'
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
