// The Merkle tree of RFC 6962, section 2.1, over bytes: hashes, inclusion and consistency proofs, and their checks.
import { concatBytes, sameBytes, sha256 } from './bytes.ts'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)
/** `sha256(0x00 ‖ entry)`. */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concatBytes(leafPrefix, entry))
/** `sha256(0x01 ‖ left ‖ right)`. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concatBytes(nodePrefix, left, right))
/** The root of a tree without leaves. */
const emptyRoot: Uint8Array = sha256(new Uint8Array(0))

/** A complete subtree: the leaves from `index · 2^level` on, `2^level` of them. */
export interface Node {
  level: number
  index: number
}
/** Gives the hashes of complete subtrees, in the order asked for. */
export type NodeReader = (nodes: readonly Node[]) => Promise<Uint8Array[]>

/** The largest power of 2 smaller than `n` (n > 1). */
function split(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
/** The complete subtrees that leaves `from` to `to` (exclusive) fall into, left to right. */
function nodesOf(from: number, to: number): Node[] {
  const nodes: Node[] = []
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1]
    while (width * 2 <= to - at) [level, width] = [level + 1, width * 2]
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}
type Range = readonly [from: number, to: number]
async function rangeHashes(read: NodeReader, ranges: readonly Range[]): Promise<Uint8Array[]> {
  const lists = ranges.map(([from, to]) => nodesOf(from, to))
  const hashes = await read(lists.flat())
  let at = 0
  return lists.map((list) => {
    const own = hashes.slice(at, at + list.length)
    at += list.length
    return own.reduceRight((right, left) => nodeHash(left, right))
  })
}
/** The root over the first `size` leaves. */
export async function rootAt(read: NodeReader, size: number): Promise<Uint8Array> {
  if (size === 0) return emptyRoot
  const [root] = await rangeHashes(read, [[0, size]])
  return root ?? emptyRoot
}
/** Inclusion proof of leaf `index` in the tree of `size` leaves, leaf's sibling first. Throws RangeError outside the tree. */
export function inclusionProof(read: NodeReader, index: number, size: number): Promise<Uint8Array[]> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('叶的位置越界')
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + split(to - from)
    if (index < middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  return rangeHashes(read, ranges.reverse())
}
/** Consistency proof between the trees of `first` and `second` leaves, 0 < first ≤ second; empty when they are the same. */
export function consistencyProof(read: NodeReader, first: number, second: number): Promise<Uint8Array[]> {
  if (first < 1 || first > second) throw new RangeError('须 0 < 先前的大小 ≤ 后来的大小')
  const ranges: Range[] = []
  let [from, to, whole] = [0, second, true]
  while (to !== first) {
    const middle = from + split(to - from)
    if (first <= middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
      whole = false
    }
  }
  if (!whole) ranges.push([from, to])
  return rangeHashes(read, ranges.reverse())
}

const half = (n: number): number => Math.floor(n / 2)
const odd = (n: number): boolean => n % 2 === 1

/** Whether `proof` shows that the leaf with hash `leaf` is number `index` of the tree with `size` leaves and `root` (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (leaf.length !== 32 || !Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return false
  if (index < 0 || index >= size) return false
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const p of proof) {
    if (sn === 0 || p.length !== 32) return false
    if (odd(fn) || fn === sn) {
      hash = nodeHash(p, hash)
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else hash = nodeHash(hash, p)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && sameBytes(hash, root)
}
/**
 * Whether `proof` shows that the tree (`second`, `root2`) continues the tree (`first`, `root1`) (RFC 9162, 2.1.4.2).
 * From an empty tree there is nothing to prove: refused.
 */
export function verifyConsistency(
  first: number,
  second: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 1 || first > second) return false
  if (first === second) return proof.length === 0 && sameBytes(root1, root2)
  if (proof.length === 0 || proof.some((p) => p.length !== 32)) return false
  let [fn, sn] = [first - 1, second - 1]
  while (odd(fn)) [fn, sn] = [half(fn), half(sn)]
  const path = fn === 0 ? [root1, ...proof] : [...proof]
  let fr = path[0] as Uint8Array
  let sr = fr
  for (const p of path.slice(1)) {
    if (sn === 0) return false
    if (odd(fn) || fn === sn) {
      fr = nodeHash(p, fr)
      sr = nodeHash(p, sr)
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else sr = nodeHash(sr, p)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && sameBytes(fr, root1) && sameBytes(sr, root2)
}

/** A tree kept as its right edge: leaves are added one by one, memory grows with the logarithm of the size. */
export class Frontier {
  size = 0
  readonly #edge: Uint8Array[] = []

  add(leaf: Uint8Array): void {
    let hash = leaf
    let n = this.size
    while (odd(n)) {
      hash = nodeHash(this.#edge.pop() as Uint8Array, hash)
      n = half(n)
    }
    this.#edge.push(hash)
    this.size += 1
  }
  root(): Uint8Array {
    return this.#edge.length === 0 ? emptyRoot : this.#edge.reduceRight((right, left) => nodeHash(left, right))
  }
}
