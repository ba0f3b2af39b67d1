// 各版文本的结构：由文本逐版算出，元素标识自第一版起相承；不存库，近来用过的留在内存里。
import { and, type Db, type DbOrTx, eq, inArray, lte, schema } from '@dianzhang/database'
import type { Dossier } from '@dianzhang/rules'
import type { Element, StructuredText } from '@dianzhang/text'
import type { TextRef } from '@dianzhang/text-work'
import { textWork } from '@dianzhang/text-work'
import { notFound } from '../failures.ts'

/** 一版文本及其结构。 */
export interface TextVersion {
  n: number
  hash: string
  body: string
  /** 元素标识与以前各版相承。 */
  structure: StructuredText
  /** 只看这一版：公众所见的标识（公众不知道以前各稿）。 */
  alone: StructuredText
}
/** 案卷中与文本版本有关的部分。 */
export type TextsOf = Pick<Dossier, 'jurisdiction' | 'id' | 'texts'>

/**
 * 逐条对照的上限（一版的字数）。法律最长的也不到二十万字；两版合计超过一百二十万字时只按标识、相同的文字与同一位置的条号
 * 对照（结果里写明 `coarse`），时间随字数增长。再长的文本所占内存不可接受：标识不再与以前各版相承，也不作逐条比较。
 */
export const alignedMaximum = 1_000_000
const alignable = (...versions: ReadonlyArray<{ body: string }>): boolean =>
  versions.every(({ body }) => body.length <= alignedMaximum)

/** 留存的正文总字数；结构约为正文的十倍大。 */
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
// 按数据库分开：测试在一个进程里用几个库。
type Alone = Pick<TextVersion, 'body' | 'alone'>
interface Caches {
  versions: Recent<TextVersion>
  alone: Recent<Alone>
  /** 正在算的：同时来的几个请求只算一次。 */
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
 * 所要的各版文本及其结构，键为版本号。`office.db` 定留存之处，`db` 为读取所用的连接或者事务。
 * 没有的版本 404。同一份文本无论何时计算，结构都相同。
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
  // 自其前最近的一个留存的版本接着算。
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
      // 一版一让：很长的文本有很多版时，别的请求不必等到全部算完。
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
/** 某版文本自身的结构（不与以前各版相承），公众意见在写事务里用：不必算以前各版。 */
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
/** 一版文本及其结构。 */
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

/** 第 `n` 版的文字连同标识所由相承的以前各版，供另一线程自己读出结构。没有的版本 404。 */
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
/** 一份文本的全部元素，依次序；附件在后。 */
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
/** 公众所见的元素标识 → 与以前各版相承的标识；两者只是名称不同。 */
export function carriedId(version: TextVersion, publicId: string): string | null {
  if (version.alone === version.structure) return publicId
  const at = elementsOf(version.alone).findIndex((element) => element.id === publicId)
  return elementsOf(version.structure)[at]?.id ?? null
}
