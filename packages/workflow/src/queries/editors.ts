// Who else has the text of a file open for editing, whichever process serves them. It only lets people know: what was
// written is guarded by the working copy's revision (412).
import { randomUUID } from 'node:crypto'
import { and, eq, inArray, lt, ne, or, schema, sql } from '@dianzhang/database'
import type { Office } from '../office.ts'
import type { Unsubscribe } from './changes.ts'

const { editing: t } = schema

interface Editor {
  person: string
  name: string
}
export interface Editors {
  /** This person has the text open until the function answered is called. */
  enter(jurisdiction: string, document: string, who: Editor): Unsubscribe
  /** `listener` is called whenever somebody comes or goes. */
  watch(jurisdiction: string, document: string, listener: () => void): Unsubscribe
  /** Names of those who have it open besides `person`, each once. */
  others(jurisdiction: string, document: string, person: string): string[]
}

/**
 * Those served by this process are known at once, those of other processes within `everyMs` milliseconds. As long as
 * somebody edits or watches there is one small query at intervals and one that renews this process's own rows; with
 * nobody, none. A process that ends without a word is forgotten after {@link staleMs}; while the database is away each
 * process tells of what it last knew.
 */
export function watchEditors(office: Office, everyMs = 1500): Editors {
  const self = randomUUID()
  const own = new Map<string, Editor & { jurisdiction: string; document: string }>()
  const listeners = new Map<() => void, { jurisdiction: string; document: string }>()
  let elsewhere: ReadonlyMap<string, readonly Editor[]> = new Map()
  let looking = false
  let renewed = 0
  /** What has to be written one after another: a row that is deleted must not come back. */
  let writing: Promise<unknown> = Promise.resolve()
  const keyOf = (jurisdiction: string, document: string) => `${jurisdiction}/${document}`
  const tell = (key: string) => {
    for (const [listener, at] of listeners) if (keyOf(at.jurisdiction, at.document) === key) listener()
  }
  const write = (work: () => Promise<unknown>) => {
    writing = writing
      .then(work)
      .catch((error: unknown) => office.log.warn({ err: error }, '谁正在编辑没有记下，稍后再记'))
    return writing
  }
  // Every row anew, and not only its instant: what could not be written before is written now.
  const renew = () =>
    write(async () => {
      renewed = performance.now()
      const rows = [...own].map(([id, { jurisdiction, document, person, name }]) => ({
        jurisdictionId: jurisdiction,
        id,
        documentId: document,
        process: self,
        person,
        name,
        seenAt: sql`clock_timestamp()`,
      }))
      if (rows.length === 0) return
      await office.db
        .insert(t)
        .values(rows)
        .onConflictDoUpdate({ target: [t.jurisdictionId, t.id], set: { seenAt: sql`excluded.seen_at` } })
      await office.db.delete(t).where(lt(t.seenAt, sql`clock_timestamp() - interval '1 minute'`))
    })
  const look = async () => {
    try {
      const watched = [
        ...new Map([...listeners.values()].map((at) => [keyOf(at.jurisdiction, at.document), at])).values(),
      ]
      const rows =
        watched.length === 0
          ? []
          : await office.db
              .select({ jurisdiction: t.jurisdictionId, document: t.documentId, person: t.person, name: t.name })
              .from(t)
              .where(
                and(
                  ne(t.process, self),
                  sql`${t.seenAt} > clock_timestamp() - ${staleMs} * interval '1 millisecond'`,
                  or(
                    ...[...Map.groupBy(watched, ({ jurisdiction }) => jurisdiction)].map(([jurisdiction, at]) =>
                      and(
                        eq(t.jurisdictionId, jurisdiction),
                        inArray(
                          t.documentId,
                          at.map(({ document }) => document),
                        ),
                      ),
                    ),
                  ),
                ),
              )
              .orderBy(t.name, t.person)
      const before = elsewhere
      elsewhere = Map.groupBy(rows, (row) => keyOf(row.jurisdiction, row.document))
      for (const { jurisdiction, document } of watched) {
        const key = keyOf(jurisdiction, document)
        if (JSON.stringify(before.get(key) ?? []) !== JSON.stringify(elsewhere.get(key) ?? [])) tell(key)
      }
    } catch (error) {
      office.log.warn({ err: error }, '查看谁正在编辑失败，稍后再看')
    }
    if (performance.now() - renewed > renewMs) await renew()
    looking = listeners.size + own.size > 0
    if (looking) setTimeout(look, everyMs).unref()
  }
  const begin = () => {
    if (looking) return
    looking = true
    setTimeout(look, 0).unref()
  }
  return {
    enter(jurisdiction, document, who) {
      const id = randomUUID()
      own.set(id, { ...who, jurisdiction, document })
      tell(keyOf(jurisdiction, document))
      void renew()
      begin()
      return () => {
        own.delete(id)
        tell(keyOf(jurisdiction, document))
        void write(() => office.db.delete(t).where(and(eq(t.jurisdictionId, jurisdiction), eq(t.id, id))))
      }
    },
    watch(jurisdiction, document, listener) {
      listeners.set(listener, { jurisdiction, document })
      begin()
      return () => listeners.delete(listener)
    },
    others(jurisdiction, document, person) {
      const key = keyOf(jurisdiction, document)
      const here = [...own.values()].filter((each) => keyOf(each.jurisdiction, each.document) === key)
      const found = [...here, ...(elsewhere.get(key) ?? [])].filter((each) => each.person !== person)
      return [...new Map(found.map((each) => [each.person, each.name])).values()]
    },
  }
}

/** How often a process renews its rows, and after how long a row that nobody renews is worth nothing (milliseconds). */
const renewMs = 4_000
const staleMs = 15_000
