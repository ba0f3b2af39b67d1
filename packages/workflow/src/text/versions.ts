// Structure of the text versions: computed from the texts version by version, ids of elements carried over from the
// first on; not stored in the database, those used lately stay in memory.
import { and, type Db, type DbOrTx, eq, inArray, lte, schema } from '@dianzhang/database'
import type { Dossier } from '@dianzhang/rules'
import type { Element, StructuredText } from '@dianzhang/text'
import type { TextRef } from '@dianzhang/text-work'
import { textWork } from '@dianzhang/text-work'
import { notFound } from '../failures.ts'

/** A text version and its structure. */
export interface TextVersion {
  n: number
  hash: string
  body: string
  /** Ids of elements are carried over from earlier versions. */
  structure: StructuredText
  /** This version alone: the ids the public sees (the public does not know earlier drafts). */
  alone: StructuredText
}
/** The part of the file that concerns text versions. */
export type TextsOf = Pick<Dossier, 'jurisdiction' | 'id' | 'texts'>

/**
 * Limit of aligning article by article (characters of one version). The longest law has fewer than 200,000; when two
 * versions together exceed 1,200,000, they are aligned only by id, equal words and article numbers in the same
 * position (the result says `coarse`), and time grows with the characters. Beyond that the memory is unacceptable:
 * ids are no longer carried over from earlier versions, and no comparison by article is made.
 */
export const alignedMaximum = 1_000_000
const alignable = (...versions: ReadonlyArray<{ body: string }>): boolean =>
  versions.every(({ body }) => body.length <= alignedMaximum)

/** Total characters of the bodies kept; a structure is about ten times the size of its body. */
const mostCharacters = 4_000_000
type Kept = Pick<TextVersion, 'body'>
class Recent<T extends Kept> {
  readonly #kept = new Map<string, T>()
  #characters = 0
  get(key: string): T | undefined {
    const found = this.#kept.get(key)
    if (found) {
      this.#kept.delete(key)
      this.#kept.set(key, found)
    }
    return found
  }
  set(key: string, version: T): void {
    if (this.#kept.has(key)) return
    this.#kept.set(key, version)
    this.#characters += version.body.length
    for (const [oldest, { body }] of this.#kept) {
      if (this.#characters <= mostCharacters || this.#kept.size === 1) break
      this.#kept.delete(oldest)
      this.#characters -= body.length
    }
  }
}
// Kept apart by database: tests use several in one process.
type Alone = Pick<TextVersion, 'body' | 'alone'>
interface Caches {
  versions: Recent<TextVersion>
  alone: Recent<Alone>
  /** Being computed: requests that come at the same time compute only once. */
  pending: Map<string, Promise<TextVersion>>
}
const caches = new WeakMap<Db, Caches>()
function cachesOf(db: Db): Caches {
  const known = caches.get(db)
  if (known) return known
  const fresh = {
    versions: new Recent<TextVersion>(),
    alone: new Recent<Alone>(),
    pending: new Map<string, Promise<TextVersion>>(),
  }
  caches.set(db, fresh)
  return fresh
}
const keyOf = ({ jurisdiction, id }: TextsOf, { n, hash }: { n: number; hash: string }): string =>
  `${jurisdiction}/${id}/${n}/${hash}`

/**
 * The text versions wanted with their structures, keyed by version number. `office.db` says where they are kept, `db`
 * is the connection or transaction to read with. 404 for a version that does not exist. The structure of a text is
 * the same whenever it is computed.
 */
export async function textVersions(
  office: { db: Db },
  db: DbOrTx,
  document: TextsOf,
  wanted: readonly number[],
): Promise<Map<number, TextVersion>> {
  const { versions: cache, pending } = cachesOf(office.db)
  const refs = document.texts.toSorted((a, b) => a.n - b.n)
  const found = new Map<number, TextVersion>()
  let first = refs.length
  let last = -1
  for (const n of wanted) {
    const at = refs.findIndex((ref) => ref.n === n)
    const ref = refs[at]
    if (!ref) throw notFound(`第${n}版文本`)
    const kept = cache.get(keyOf(document, ref))
    if (kept) found.set(n, kept)
    else {
      first = Math.min(first, at)
      last = Math.max(last, at)
    }
  }
  if (last < 0) return found
  // Goes on from the nearest kept version before it.
  let previous: TextVersion | undefined
  while (first > 0) {
    previous = cache.get(keyOf(document, refs[first - 1] as { n: number; hash: string }))
    if (previous) break
    first--
  }
  const chain = refs.slice(first, last + 1).map((ref) => ({ ref, kept: cache.get(keyOf(document, ref)) }))
  const bodies = await loadBodies(
    db,
    document,
    chain.filter(({ kept }) => !kept).map(({ ref }) => ref.n),
  )
  for (const { ref, kept } of chain) {
    let version = kept
    if (!version) {
      const body = bodies.get(ref.n)
      if (body === undefined) throw notFound(`第${ref.n}版文本`)
      const key = keyOf(document, ref)
      let reading = pending.get(key)
      if (!reading) {
        reading = readVersion(ref, body, previous)
        pending.set(key, reading)
        reading
          .then((read) => cache.set(key, read))
          .catch(() => {})
          .finally(() => pending.delete(key))
      }
      version = await reading
      // Yields after each version: with many versions of a very long text, other requests need not wait until all are
      // computed.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (wanted.includes(ref.n)) found.set(ref.n, version)
    previous = version
  }
  return found
}
async function readVersion(
  { n, hash }: { n: number; hash: string },
  body: string,
  previous: TextVersion | undefined,
): Promise<TextVersion> {
  const before = previous && alignable(previous, { body }) ? previous : null
  const { alone, structure } = await textWork('read', Math.max(body.length, before?.body.length ?? 0), {
    body,
    previous: before?.structure ?? null,
  })
  return { n, hash, body, alone, structure }
}
/**
 * Structure of a text version by itself (nothing carried over from earlier ones), for public comments inside the
 * write transaction: earlier versions need not be computed.
 */
export async function textAlone(office: { db: Db }, db: DbOrTx, document: TextsOf, n: number): Promise<StructuredText> {
  const ref = document.texts.find((one) => one.n === n)
  if (!ref) throw notFound(`第${n}版文本`)
  const { versions, alone } = cachesOf(office.db)
  const key = keyOf(document, ref)
  const kept = versions.get(key) ?? alone.get(key)
  if (kept) return kept.alone
  const body = (await loadBodies(db, document, [n])).get(n)
  if (body === undefined) throw notFound(`第${n}版文本`)
  const parsed = { body, alone: (await textWork('read', body.length, { body, previous: null })).alone }
  alone.set(key, parsed)
  return parsed.alone
}
/** A text version and its structure. */
export async function textVersion(office: { db: Db }, db: DbOrTx, document: TextsOf, n: number): Promise<TextVersion> {
  return (await textVersions(office, db, document, [n])).get(n) as TextVersion
}

async function loadBodies(db: DbOrTx, document: TextsOf, numbers: readonly number[]): Promise<Map<number, string>> {
  const t = schema.texts
  const rows = await db
    .select({ n: t.n, body: t.body })
    .from(t)
    .where(and(eq(t.jurisdictionId, document.jurisdiction), eq(t.documentId, document.id), inArray(t.n, [...numbers])))
  return new Map(rows.map((row) => [row.n, row.body]))
}

/**
 * The words of version `n` and of the earlier versions its ids are carried over from, so that another thread can read
 * the structure itself. 404 for a version that does not exist.
 */
export async function textRef(db: DbOrTx, document: TextsOf, n: number): Promise<TextRef> {
  const t = schema.texts
  const rows = await db
    .select({ n: t.n, body: t.body })
    .from(t)
    .where(and(eq(t.jurisdictionId, document.jurisdiction), eq(t.documentId, document.id), lte(t.n, n)))
    .orderBy(t.n)
  let ref: TextRef | null = null
  for (const row of rows) {
    const known = document.texts.find((one) => one.n === row.n)
    if (!known) continue
    const before: TextRef | null = ref && alignable(ref, row) ? ref : null
    ref = { key: keyOf(document, known), body: row.body, before }
  }
  if (ref === null || rows.at(-1)?.n !== n) throw notFound(`第${n}版文本`)
  return ref
}

const listed = new WeakMap<StructuredText, readonly Element[]>()
/** All elements of a text in order; attachments come last. */
export function elementsOf(t: StructuredText): readonly Element[] {
  const known = listed.get(t)
  if (known) return known
  const all: Element[] = []
  const visit = (list: readonly Element[]): void => {
    for (const element of list) {
      all.push(element)
      visit(element.children)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) visit(list)
  listed.set(t, all)
  return all
}
/** Ids of elements as the public sees them → ids carried over from earlier versions; the two differ in name only. */
export function carriedId(version: TextVersion, publicId: string): string | null {
  if (version.alone === version.structure) return publicId
  const at = elementsOf(version.alone).findIndex((element) => element.id === publicId)
  return elementsOf(version.structure)[at]?.id ?? null
}
