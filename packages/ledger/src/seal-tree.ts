// The tree under the daily seals, kept from day to day: a day costs what happened on it, not what ever happened. The roots
// are those of merkle.ts over all chain heads, byte for byte.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { leafOf, type OfficeHead, type Seal, type SealedHead, sealOf } from './seal.ts'

const leafPrefix = Uint8Array.of(0x00)
const nodePrefix = Uint8Array.of(0x01)

/** The chain heads of all files so far, and the Merkle tree over them in order of file id. */
export class SealTree {
  /** In ascending order of file id (UTF-16 code units). */
  readonly #heads: SealedHead[] = []
  /** Level 0 are the leaves; a node without a right neighbour goes up as it is (RFC 6962). */
  readonly #levels: Uint8Array[][] = [[]]
  readonly #place = new Map<string, number>()
  #events = 0

  constructor(heads: readonly SealedHead[] = []) {
    this.add(heads)
  }
  /** Number of files. */
  get size(): number {
    return this.#heads.length
  }
  /** Sets heads: of files already there, and of new ones. Refuses a sequence number below 1 and a file given twice. */
  add(changed: readonly SealedHead[]): void {
    const sorted = inOrder(changed)
    const fresh = sorted.filter(({ document }) => !this.#place.has(document))
    const touched = new Set<number>()
    for (const head of sorted) {
      const at = this.#place.get(head.document)
      if (at === undefined) continue
      this.#events += head.seq - (this.#heads[at]?.seq ?? 0)
      this.#heads[at] = head
      ;(this.#levels[0] as Uint8Array[])[at] = leaf(head)
      touched.add(at)
    }
    const from = fresh.length === 0 ? this.#heads.length : this.#insert(fresh)
    this.#rise(touched, from)
  }
  /** Merges new heads in; everything from the place returned on has moved. */
  #insert(fresh: readonly SealedHead[]): number {
    const first = fresh[0] as SealedHead
    let from = this.#heads.length
    while (from > 0 && (this.#heads[from - 1] as SealedHead).document > first.document) from -= 1
    const [heads, leaves] = [this.#heads.splice(from), (this.#levels[0] as Uint8Array[]).splice(from)]
    let next = 0
    const put = (head: SealedHead, hash: Uint8Array) => {
      this.#place.set(head.document, this.#heads.length)
      this.#heads.push(head)
      this.#levels[0]?.push(hash)
    }
    for (const [i, head] of heads.entries()) {
      for (; next < fresh.length && (fresh[next] as SealedHead).document < head.document; next += 1)
        put(fresh[next] as SealedHead, leaf(fresh[next] as SealedHead))
      put(head, leaves[i] as Uint8Array)
    }
    for (const head of fresh.slice(next)) put(head, leaf(head))
    for (const { seq } of fresh) this.#events += seq
    return from
  }
  #rise(touched: ReadonlySet<number>, from: number): void {
    let dirty = [...touched].filter((at) => at < from)
    let moved = from
    for (let level = 0; (this.#levels[level]?.length ?? 0) > 1; level += 1) {
      const below = this.#levels[level] as Uint8Array[]
      const count = Math.ceil(below.length / 2)
      this.#levels[level + 1] ??= []
      const above = this.#levels[level + 1] as Uint8Array[]
      const parent = (n: number): Uint8Array => {
        const [left, right] = [below[2 * n] as Uint8Array, below[2 * n + 1]]
        return right ? sha256(concatBytes(nodePrefix, left, right)) : left
      }
      // The last node below may have had no neighbour before: its parent is made anew as well.
      moved = Math.max(0, Math.floor((moved - 1) / 2))
      above.length = Math.min(above.length, count)
      dirty = [...new Set(dirty.map((at) => Math.floor(at / 2)))].filter((at) => at < moved)
      for (const n of dirty) above[n] = parent(n)
      for (let n = moved; n < count; n += 1) above[n] = parent(n)
    }
    const top = this.#levels.findIndex((nodes) => nodes.length <= 1)
    if (top >= 0) this.#levels.length = top + 1
  }
  /** The Merkle root, lower-case hexadecimal. */
  root(): string {
    return bytesToHex(this.#levels.at(-1)?.[0] ?? sha256(new Uint8Array(0)))
  }
  /** Seals a day on which `changed` became the heads; the seal's own `heads` are those alone. */
  seal(input: {
    day: string
    changed: readonly SealedHead[]
    prevSeal: string | null
    office?: OfficeHead | null
  }): Seal {
    this.add(input.changed)
    const { day, prevSeal, office } = input
    const heads = inOrder(input.changed)
    return sealOf({ day, documents: this.size, events: this.#events, root: this.root(), prevSeal, office, heads })
  }
}

const leaf = (head: SealedHead): Uint8Array => sha256(concatBytes(leafPrefix, utf8ToBytes(leafOf(head))))
function inOrder(heads: readonly SealedHead[]): SealedHead[] {
  const sorted = heads
    .map(({ document, seq, hash }) => ({ document, seq, hash }))
    .sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0))
  for (const [i, { document, seq }] of sorted.entries()) {
    if (sorted[i + 1]?.document === document) throw new TypeError(`案卷 ${document} 出现两次`)
    if (!Number.isInteger(seq) || seq < 1) throw new TypeError(`案卷 ${document} 的链头序号无效`)
  }
  return sorted
}
