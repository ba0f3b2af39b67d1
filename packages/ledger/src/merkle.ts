// 默克尔树（RFC 6962 第 2.1 节的形状）：叶与内部节点以不同前缀计算，不能互相冒充。
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

const leafPrefix = Uint8Array.of(0x00)
const nodePrefix = Uint8Array.of(0x01)

/** 叶的摘要：`sha256(0x00 ‖ UTF-8(leaf))`，小写十六进制。 */
const leafHash = (leaf: string): string => bytesToHex(sha256(concatBytes(leafPrefix, utf8ToBytes(leaf))))

/** 内部节点：`sha256(0x01 ‖ left ‖ right)`，左右为 32 字节摘要。 */
const nodeHash = (left: string, right: string): string =>
  bytesToHex(sha256(concatBytes(nodePrefix, hexToBytes(left), hexToBytes(right))))

/**
 * 有次序的若干叶（文本）的根，小写十六进制；没有叶时为空串的 SHA-256。
 * n 个叶（n>1）在小于 n 的最大 2 的幂处分为左右两棵（RFC 6962）。
 */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return bytesToHex(sha256(new Uint8Array(0)))
  return rootOf(leaves.map(leafHash))
}

export interface PathStep {
  side: 'left' | 'right'
  hash: string
}

/** 第 `index` 片叶到根的路径（自叶向根）；index 越界时抛出 RangeError。 */
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

/** 由叶与路径算出的根。 */
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

/** 小于 n 的最大 2 的幂。 */
function splitPoint(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
