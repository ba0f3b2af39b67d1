// 一件案卷的链：每条记录的摘要包含前一条的摘要，任何改动、删除、插入、调换都会露出来。
import { CanonicalJsonError } from './canonical-json.ts'
import { eventHash, GENESIS } from './hash.ts'

export interface ChainEvent {
  seq: number
  prevHash: string
  hash: string
  body: unknown
}
export interface ChainHead {
  seq: number
  hash: string
}
export type ChainFaultCode =
  /** 缺少记录。 */
  | 'gap'
  /** 同一序号有两条记录。 */
  | 'fork'
  /** 记录未按序号排列。 */
  | 'out-of-order'
  /** 内容与摘要不符。 */
  | 'altered'
  /** 没有接在前一条之后。 */
  | 'broken-link'
  /** 尾部被截去：比应有的链头短。 */
  | 'cut-tail'
  /** 比应有的链头长。 */
  | 'extra-tail'
  /** 序号与链头相同而摘要不同。 */
  | 'wrong-head'
export interface ChainFault {
  seq: number
  code: ChainFaultCode
  message: string
}
export interface ChainReport {
  ok: boolean
  /** 实际链头；没有记录时 seq 为 0、hash 为 {@link GENESIS}。 */
  head: ChainHead
  faults: ChainFault[]
}

/**
 * 核对一件案卷的全部记录（按存放次序给出，序号自 1 起连续）。
 * `expectedHead` 是别处所存的链头（案卷行、封存）：仅凭链自身看不出被截去的尾部。不抛出，问题全部列入 `faults`。
 */
export function verifyChain(events: readonly ChainEvent[], expectedHead?: ChainHead): ChainReport {
  const faults: ChainFault[] = []
  const fault = (seq: number, code: ChainFaultCode, message: string) => faults.push({ seq, code, message })
  const seen = new Map<number, ChainEvent>()
  let last = 0
  for (const event of events) {
    if (!Number.isInteger(event.seq) || event.seq < 1) {
      fault(event.seq, 'gap', `第 ${event.seq} 条：序号无效，应为自 1 起的整数`)
      continue
    }
    if (event.seq < last) fault(event.seq, 'out-of-order', `第 ${event.seq} 条排在第 ${last} 条之后`)
    last = Math.max(last, event.seq)
    const hash = recomputed(event)
    if (hash !== event.hash) fault(event.seq, 'altered', `第 ${event.seq} 条的内容与其摘要不符，记录已被改动`)
    const inside = ownSeq(event.body)
    if (inside !== undefined && inside !== event.seq) {
      fault(event.seq, 'altered', `第 ${event.seq} 条的内容自称第 ${inside} 条`)
    }
    if (seen.has(event.seq)) fault(event.seq, 'fork', `第 ${event.seq} 条有两条不同的记录，链已分叉`)
    else seen.set(event.seq, event)
  }
  const ordered = [...seen.values()].sort((a, b) => a.seq - b.seq)
  let previous: ChainHead = { seq: 0, hash: GENESIS }
  for (const event of ordered) {
    if (event.seq !== previous.seq + 1) {
      const missing = event.seq - previous.seq - 1
      fault(previous.seq + 1, 'gap', `缺少第 ${previous.seq + 1} 条${missing > 1 ? `至第 ${event.seq - 1} 条` : ''}`)
    }
    if (event.prevHash !== previous.hash) {
      fault(
        event.seq,
        'broken-link',
        `第 ${event.seq} 条没有接在${previous.seq === 0 ? '链的起点' : `第 ${previous.seq} 条`}之后`,
      )
    }
    previous = { seq: event.seq, hash: event.hash }
  }
  if (expectedHead) {
    if (previous.seq < expectedHead.seq) {
      fault(expectedHead.seq, 'cut-tail', `链止于第 ${previous.seq} 条，应至第 ${expectedHead.seq} 条：尾部被截去`)
    } else if (previous.seq > expectedHead.seq) {
      fault(previous.seq, 'extra-tail', `链止于第 ${previous.seq} 条，所存链头为第 ${expectedHead.seq} 条`)
    } else if (previous.hash !== expectedHead.hash) {
      fault(previous.seq, 'wrong-head', `第 ${previous.seq} 条的摘要与所存链头不同`)
    }
  }
  return { ok: faults.length === 0, head: previous, faults }
}

function recomputed(event: ChainEvent): string | null {
  try {
    return eventHash(event.prevHash, event.body)
  } catch (error) {
    if (error instanceof CanonicalJsonError || error instanceof TypeError) return null
    throw error
  }
}

/** 记录内容中所载的序号；内容没有序号时为 undefined。 */
function ownSeq(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('seq' in body)) return undefined
  return typeof body.seq === 'number' ? body.seq : Number.NaN
}
