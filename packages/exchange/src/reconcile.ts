// Two records of the same messages compared: a tree with 256 branches over the positions, of which only those parts are
// asked for that differ. A position where a message is missing has a hash of its own, so that a gap is a difference too.
import { leafHash, nodeHash } from '@dianzhang/tlog'

/** Stands where there is no message. */
export const absent: Uint8Array = new Uint8Array(32)
const width = 256
/** The root over 256^level positions without a message. */
const emptyNodes: Uint8Array[] = [absent]
export function emptyNode(level: number): Uint8Array {
  for (let at = emptyNodes.length; at <= level; at += 1) {
    let node = emptyNodes[at - 1] as Uint8Array
    for (let n = 1; n < width; n *= 2) node = nodeHash(node, node)
    emptyNodes.push(node)
  }
  return emptyNodes[level] as Uint8Array
}
/** The Merkle root (RFC 6962) over at most 256 nodes of one level, filled up with empty ones. */
export function rootOfBlock(nodes: readonly Uint8Array[], level: number): Uint8Array {
  let row = [...nodes]
  let filler = emptyNode(level)
  if (row.length === 0) return emptyNode(level + 1)
  for (let n = width; n > 1; n /= 2) {
    const above: Uint8Array[] = []
    for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i] as Uint8Array, row[i + 1] ?? filler))
    row = above
    filler = nodeHash(filler, filler)
  }
  return row[0] as Uint8Array
}
/** The leaf of one message: the hash over its manifest. */
export const leafOf = (manifest: Uint8Array): Uint8Array => leafHash(manifest)

export interface Head {
  /** Messages there are. */
  count: number
  /** Highest position; -1 where there is none. */
  last: number
  /** Over all positions up to the last, hexadecimal. */
  root: string
}
/** How many levels a tree over so many positions has above its leaves; at least one. */
export function depthOf(positions: number): number {
  let depth = 1
  for (let reach = width; reach < positions; reach *= width) depth += 1
  return depth
}
export interface Source {
  head(): Promise<Head>
  /** Up to 256 nodes of `level` from node `index · 256` on; hexadecimal; what is beyond the end may be left out. */
  tile(level: number, index: number): Promise<string[]>
}
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
/** The tree over `leaves` (hashes by position; undefined: no message there). */
export async function headOf(
  count: number,
  last: number,
  tile: (level: number, index: number) => Promise<Uint8Array[]>,
): Promise<Head> {
  const depth = depthOf(last + 1)
  return { count, last, root: toHex(rootOfBlock(await tile(depth - 1, 0), depth - 1)) }
}

export interface Difference {
  equal: boolean
  own: Head
  theirs: Head
  /** The smallest ranges of positions that differ, both ends included. */
  ranges: Array<{ from: number; to: number }>
  /** Requests made to the other side. */
  requests: number
  /** More differs than was asked for: the ranges at the end are as wide as what was not looked into. */
  cut: boolean
}
/**
 * Where two records differ. Asks the other side for its head and then only for tiles that differ, `most` requests at the
 * utmost: what could not be looked into any more is told as one range.
 */
export async function compare(own: Source, theirs: Source, most = 8): Promise<Difference> {
  const [a, b] = await Promise.all([own.head(), theirs.head()])
  const result: Difference = { equal: false, own: a, theirs: b, ranges: [], requests: 1, cut: false }
  if (a.count === b.count && a.last === b.last && a.root === b.root) return { ...result, equal: true }
  const end = Math.max(a.last, b.last)
  const add = (from: number, to: number) => {
    const before = result.ranges.at(-1)
    if (before && before.to + 1 === from) before.to = to
    else if (from <= end) result.ranges.push({ from, to: Math.min(to, end) })
  }
  const visit = async (level: number, index: number): Promise<void> => {
    const span = width ** level
    if (result.requests >= most) {
      result.cut = true
      add(index * width * span, (index + 1) * width * span - 1)
      return
    }
    result.requests += 1
    const [mine, others] = await Promise.all([own.tile(level, index), theirs.tile(level, index)])
    const filler = toHex(emptyNode(level))
    for (let i = 0; i < Math.max(mine.length, others.length); i += 1) {
      if ((mine[i] ?? filler) === (others[i] ?? filler)) continue
      const at = index * width + i
      if (level === 0) add(at, at)
      else await visit(level - 1, at)
    }
  }
  await visit(depthOf(end + 1) - 1, 0)
  return result
}
