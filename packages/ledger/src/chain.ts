// The chain of one file: the digest of each record includes the digest of the one before, so any change, deletion,
// insertion or swap shows.
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
  /** A record is missing. */
  | 'gap'
  /** Two records with the same sequence number. */
  | 'fork'
  /** Records not in order of sequence number. */
  | 'out-of-order'
  /** Content and digest do not match. */
  | 'altered'
  /** Not linked to the record before. */
  | 'broken-link'
  /** The tail was cut off: shorter than the expected chain head. */
  | 'cut-tail'
  /** Longer than the expected chain head. */
  | 'extra-tail'
  /** Same sequence number as the chain head, but another digest. */
  | 'wrong-head'
export interface ChainFault {
  seq: number
  code: ChainFaultCode
  message: string
}
export interface ChainReport {
  ok: boolean
  /** The actual chain head; with no records, seq is 0 and hash is {@link GENESIS}. */
  head: ChainHead
  faults: ChainFault[]
}

/**
 * Verifies all records of one file (given in stored order, sequence numbers running from 1 without gaps).
 * `expectedHead` is the chain head kept elsewhere (the row of the file, a seal): the chain alone cannot show a tail
 * cut off. Does not throw; every problem goes into `faults`.
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

/** The sequence number in the content of a record; undefined when the content has none. */
function ownSeq(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('seq' in body)) return undefined
  return typeof body.seq === 'number' ? body.seq : Number.NaN
}
