// A Merkle tree (shaped as in RFC 6962, section 2.1): leaves and inner nodes are computed with different prefixes, so
// neither can pass for the other.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

const leafPrefix = Uint8Array.of(0x00)
const nodePrefix = Uint8Array.of(0x01)

/** Digest of a leaf: `sha256(0x00 ‖ UTF-8(leaf))`, lower-case hexadecimal. */
const leafHash = (leaf: string): string => bytesToHex(sha256(concatBytes(leafPrefix, utf8ToBytes(leaf))))

/** An inner node: `sha256(0x01 ‖ left ‖ right)`; left and right are digests of 32 bytes. */
const nodeHash = (left: string, right: string): string =>
  bytesToHex(sha256(concatBytes(nodePrefix, hexToBytes(left), hexToBytes(right))))

/**
 * The root of leaves (texts) in order, lower-case hexadecimal; with no leaves, the SHA-256 of the empty string. With
 * n leaves (n>1), split left and right at the largest power of 2 smaller than n (RFC 6962).
 */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return bytesToHex(sha256(new Uint8Array(0)))
  return rootOf(leaves.map(leafHash))
}

export interface PathStep {
  side: 'left' | 'right'
  hash: string
}

/** The path from leaf number `index` to the root (leaf first); throws RangeError when the index is out of range. */
export function merklePath(leaves: readonly string[], index: number): PathStep[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('叶的位置越界')
  const hashes = leaves.map(leafHash)
  const path: PathStep[] = []
  let from = 0
  let to = hashes.length
  while (to - from > 1) {
    const middle = from + splitPoint(to - from)
    if (index < middle) {
      path.push({ side: 'right', hash: rootOf(hashes.slice(middle, to)) })
      to = middle
    } else {
      path.push({ side: 'left', hash: rootOf(hashes.slice(from, middle)) })
      from = middle
    }
  }
  return path.reverse()
}

/** The root computed from a leaf and its path. */
export const rootFromPath = (leaf: string, path: readonly PathStep[]): string =>
  path.reduce(
    (hash, step) => (step.side === 'left' ? nodeHash(step.hash, hash) : nodeHash(hash, step.hash)),
    leafHash(leaf),
  )

function rootOf(hashes: readonly string[]): string {
  const [only] = hashes
  if (hashes.length === 1 && only !== undefined) return only
  const middle = splitPoint(hashes.length)
  return nodeHash(rootOf(hashes.slice(0, middle)), rootOf(hashes.slice(middle)))
}

/** The largest power of 2 smaller than n. */
function splitPoint(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
