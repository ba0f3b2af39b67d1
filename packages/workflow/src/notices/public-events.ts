// What the public log tells, in words for letters: title and link of what is public, nothing else.

import { and, type DbOrTx, eq, inArray, schema, sql } from '@dianzhang/database'
import { addressOf } from '@dianzhang/register'
import { type EntryType, entryTypeLabels, type LogEntry, parseEntry } from '@dianzhang/tlog'

const { tlogEntries: e, registerEntries: r, publicConsultations: c } = schema

export interface PublicEvent {
  index: number
  type: EntryType
  at: string
  /** Entry of the register or matter; null where even the id is nobody's business. */
  subject: string | null
  label: string
  title: string
  /** Path below the origin. */
  path: string
  issuers: string[]
  subjectWord: string | null
  /** The entry of the register that it is about; null for a consultation. */
  entry: string | null
  consultation: boolean
}
/** What subscribers are told of; seals, keys and the like are for programs. */
const told = new Set<EntryType>([
  'publish',
  'amend',
  'repeal',
  'annul',
  'lapse',
  'suspend',
  'resume',
  'restore',
  'reinstate',
  'interpret',
  'withdraw',
  'take_effect',
  'expire',
  'consultation_open',
  'consultation_extend',
  'feedback',
  'evaluation',
])

/** Entries of the log after `after`, at most `limit`, as written; in order. */
export async function logAfter(
  db: DbOrTx,
  jurisdiction: string,
  after: number,
  limit: number,
): Promise<Array<{ index: number; entry: LogEntry }>> {
  const rows = await db
    .select({ index: e.idx, entry: e.entry })
    .from(e)
    .where(and(eq(e.jurisdictionId, jurisdiction), sql`${e.idx} > ${after}`))
    .orderBy(e.idx)
    .limit(limit)
  return rows.map(({ index, entry }) => ({ index, entry: parseEntry(new TextEncoder().encode(entry)) }))
}
/** Those of them that people are told of, with what they are about. */
export async function publicEvents(
  db: DbOrTx,
  jurisdiction: string,
  entries: ReadonlyArray<{ index: number; entry: LogEntry }>,
): Promise<PublicEvent[]> {
  const wanted = entries.filter(({ entry }) => told.has(entry.type) && entry.subject !== null)
  const ids = [...new Set(wanted.map(({ entry }) => entry.subject ?? ''))]
  if (ids.length === 0) return []
  const [documents, consultations] = await Promise.all([
    db
      .select({ id: r.id, title: r.title, issuers: r.issuers, subject: r.subject })
      .from(r)
      .where(and(eq(r.jurisdictionId, jurisdiction), inArray(r.id, ids))),
    db
      .selectDistinctOn([c.documentId], {
        id: c.id,
        document: c.documentId,
        title: c.title,
        issuers: c.issuerNames,
      })
      .from(c)
      .where(and(eq(c.jurisdictionId, jurisdiction), inArray(c.documentId, ids)))
      .orderBy(c.documentId, sql`${c.n} desc`),
  ])
  return wanted.flatMap(({ index, entry }): PublicEvent[] => {
    const common = { index, type: entry.type, at: entry.at, subject: entry.subject, label: entryTypeLabels[entry.type] }
    const open = consultations.find((each) => each.document === entry.subject)
    if (entry.type.startsWith('consultation') || entry.type === 'feedback')
      return open
        ? [
            {
              ...common,
              title: `${open.title}（征求意见稿）`,
              path: `/consultations/${encodeURIComponent(open.id)}`,
              issuers: open.issuers,
              subjectWord: null,
              entry: null,
              consultation: true,
            },
          ]
        : []
    const document = documents.find((each) => each.id === entry.subject)
    if (!document) return []
    return [
      {
        ...common,
        title: document.title,
        path: addressOf(entry) ?? `/register/${encodeURIComponent(document.id)}`,
        issuers: document.issuers,
        subjectWord: document.subject,
        entry: document.id,
        consultation: false,
      },
    ]
  })
}
