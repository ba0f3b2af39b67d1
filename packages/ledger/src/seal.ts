// Daily seal: the Merkle root of the chain heads of all files on that day; the seals form a chain of their own. A
// chain alone cannot show a tail cut off; a seal can.
import { canonicalJson } from './canonical-json.ts'
import { GENESIS, sha256Hex } from './hash.ts'
import { merklePath, merkleRoot, type PathStep, rootFromPath } from './merkle.ts'

/** The chain head of one file at sealing. */
export interface SealedHead {
  document: string
  seq: number
  hash: string
}
/** The seal of one day; same shape as a row of ledger_seals. */
export interface Seal {
  /** The calendar day sealed, `YYYY-MM-DD` (Beijing time). */
  day: string
  /** Number of files. */
  documents: number
  /** Number of records up to that day (sum of the heads' sequence numbers). */
  events: number
  root: string
  /** The seal before; {@link GENESIS} for the first. */
  prevSeal: string
  seal: string
  /**
   * In ascending order of file id (UTF-16 code units). As many as there are files: all of them; fewer: those that changed
   * since the seal before, the others are as they were there.
   */
  heads: SealedHead[]
  /** The chain head of the office ledger at sealing; absent from seals made without an office ledger. */
  office?: OfficeHead | null
}
/** The chain head of the office ledger. */
export interface OfficeHead {
  seq: number
  hash: string
}

/** The leaf of a chain head: `canonicalJSON({ "document", "hash", "seq" })`. */
export const leafOf = ({ document, seq, hash }: SealedHead): string => canonicalJson({ document, hash, seq })

const byDocument = (a: SealedHead, b: SealedHead): number =>
  a.document < b.document ? -1 : a.document > b.document ? 1 : 0

/**
 * Recipe of the seal digest: `sha256( UTF-8( "dianzhang/seal/1\n" + canonicalJSON({ "day", "documents", "events",
 * "prevSeal", "root" }) ) )`.
 * With the chain head of the office ledger it is the second form: prefix `dianzhang/seal/2\n`, and `"office": {
 * "hash", "seq" }` also in the canonical JSON.
 */
const sealHash = (s: Pick<Seal, 'day' | 'documents' | 'events' | 'prevSeal' | 'root' | 'office'>): string => {
  const content = { day: s.day, documents: s.documents, events: s.events, prevSeal: s.prevSeal, root: s.root }
  return s.office
    ? sha256Hex(
        `dianzhang/seal/2\n${canonicalJson({ ...content, office: { seq: s.office.seq, hash: s.office.hash } })}`,
      )
    : sha256Hex(`dianzhang/seal/1\n${canonicalJson(content)}`)
}

/**
 * Seals one day. `heads` are the chain heads of all files at the end of the day (in any order, sorted here);
 * `prevSeal` is the seal before (null if none). Refuses a file given twice and sequence numbers below 1.
 */
export function sealDay(input: {
  day: string
  heads: readonly SealedHead[]
  prevSeal: string | null
  office?: OfficeHead | null
}): Seal {
  const heads = input.heads.map(({ document, seq, hash }) => ({ document, seq, hash })).sort(byDocument)
  for (const [i, head] of heads.entries()) {
    if (heads[i + 1]?.document === head.document) throw new TypeError(`案卷 ${head.document} 出现两次`)
    if (!Number.isInteger(head.seq) || head.seq < 1) throw new TypeError(`案卷 ${head.document} 的链头序号无效`)
  }
  return sealOf({
    day: input.day,
    documents: heads.length,
    events: heads.reduce((sum, head) => sum + head.seq, 0),
    root: merkleRoot(heads.map(leafOf)),
    prevSeal: input.prevSeal,
    office: input.office,
    heads,
  })
}
/** The seal over a root that was already computed. */
export function sealOf(input: {
  day: string
  documents: number
  events: number
  root: string
  prevSeal: string | null
  office?: OfficeHead | null | undefined
  heads: SealedHead[]
}): Seal {
  const { day, documents, events, root, office, heads } = input
  const content = {
    day,
    documents,
    events,
    root,
    prevSeal: input.prevSeal ?? GENESIS,
    ...(office ? { office: { seq: office.seq, hash: office.hash } } : {}),
  }
  return { ...content, seal: sealHash(content), heads }
}

export type SealFaultCode =
  /** The seal itself was changed. */
  | 'altered-seal'
  /** Not linked to the seal before. */
  | 'broken-link'
  /** The dates do not increase. */
  | 'out-of-order'
  /** A day with records has no seal. */
  | 'missing-day'
  /** The chain of the file is shorter than when sealed. */
  | 'cut-tail'
  /** A sealed file is gone. */
  | 'removed-document'
  /** The digest of the sealed record has changed. */
  | 'rewritten'
export interface SealFault {
  day: string
  document: string | null
  code: SealFaultCode
  message: string
}

/** The file's chain as it is now: the head, and the digest at a given sequence number (undefined when not found). */
export interface CurrentHead extends SealedHead {
  hashAt?: (seq: number) => string | undefined
}

/**
 * Verifies all seals (given in ascending order of date): recomputes each, checks the links, and compares with the
 * present chain heads, so as to find tails cut off, files removed, and records rewritten along the whole chain after
 * sealing.
 * A day counts as missing only when it has records and no seal: `eventDays` are the calendar days with records,
 * `through` the date (inclusive) up to which seals are due, by default the day of the last seal.
 */
export function verifySeals(
  seals: readonly Seal[],
  currentHeads: readonly CurrentHead[],
  options: { eventDays?: readonly string[]; through?: string } = {},
): { ok: boolean; faults: SealFault[] } {
  const faults: SealFault[] = []
  const fault = (day: string, document: string | null, code: SealFaultCode, message: string) =>
    faults.push({ day, document, code, message })
  const current = new Map(currentHeads.map((head) => [head.document, head]))
  let previous: Seal | null = null
  let heads = new Map<string, SealedHead>()
  for (const seal of seals) {
    // A seal of all files stands for itself; one of those that changed goes on from the seal before.
    heads = new Map([...(seal.heads.length === seal.documents ? [] : heads), ...seal.heads.map(byId)])
    if (previous && seal.day <= previous.day) {
      fault(seal.day, null, 'out-of-order', `${seal.day} 的封存排在 ${previous.day} 之后`)
    }
    if (seal.prevSeal !== (previous?.seal ?? GENESIS)) {
      fault(
        seal.day,
        null,
        'broken-link',
        `${seal.day} 的封存没有接在${previous ? ` ${previous.day} 的封存` : '起点'}之后`,
      )
    }
    if (!selfConsistent(seal, [...heads.values()]))
      fault(seal.day, null, 'altered-seal', `${seal.day} 的封存内容与其摘要不符，封存已被改动`)
    compareHeads(seal, current, fault)
    previous = seal
  }
  const through = options.through ?? previous?.day
  if (through !== undefined) {
    const sealed = new Set(seals.map((seal) => seal.day))
    for (const day of [...new Set(options.eventDays ?? [])].sort()) {
      if (day <= through && !sealed.has(day)) fault(day, null, 'missing-day', `${day} 有台账记录而没有封存`)
    }
  }
  return { ok: faults.length === 0, faults }
}

const byId = (head: SealedHead): [string, SealedHead] => [head.document, head]
function selfConsistent(seal: Seal, heads: readonly SealedHead[]): boolean {
  try {
    const again = sealDay({ day: seal.day, heads, prevSeal: seal.prevSeal, office: seal.office ?? null })
    const ordered = seal.heads.every((head, i) => i === 0 || (seal.heads[i - 1]?.document ?? '') < head.document)
    return (
      ordered &&
      again.seal === seal.seal &&
      again.root === seal.root &&
      again.documents === seal.documents &&
      again.events === seal.events
    )
  } catch {
    return false
  }
}

function compareHeads(
  seal: Seal,
  current: ReadonlyMap<string, CurrentHead>,
  fault: (day: string, document: string | null, code: SealFaultCode, message: string) => void,
): void {
  for (const head of seal.heads) {
    const now = current.get(head.document)
    if (!now) {
      fault(seal.day, head.document, 'removed-document', `${seal.day} 封存过的案卷 ${head.document} 已不存在`)
    } else if (now.seq < head.seq) {
      fault(
        seal.day,
        head.document,
        'cut-tail',
        `案卷 ${head.document} 在 ${seal.day} 封存时有 ${head.seq} 条，现在只有 ${now.seq} 条：尾部被截去`,
      )
    } else {
      const hash = now.seq === head.seq ? now.hash : now.hashAt?.(head.seq)
      if (hash !== undefined && hash !== head.hash) {
        fault(
          seal.day,
          head.document,
          'rewritten',
          `案卷 ${head.document} 第 ${head.seq} 条的摘要与 ${seal.day} 封存时不同：记录被重写`,
        )
      }
    }
  }
}

/**
 * Proof that a file's chain head is in the seal of a given day; it can be handed on alone and checked against the
 * root of the seal.
 */
export interface InclusionProof {
  head: SealedHead
  path: PathStep[]
}

/** Proves `document` within `heads` (all chain heads, the same as at sealing); null when it is not among them. */
export function proveInclusion(heads: readonly SealedHead[], document: string): InclusionProof | null {
  const sorted = [...heads].sort(byDocument)
  const index = sorted.findIndex((head) => head.document === document)
  const found = sorted[index]
  if (!found) return null
  const head = { document: found.document, seq: found.seq, hash: found.hash }
  return { head, path: merklePath(sorted.map(leafOf), index) }
}

/** Whether `proof` proves that its chain head is in the seal whose root is `root`. */
export const verifyInclusion = (proof: InclusionProof, root: string): boolean =>
  rootFromPath(leafOf(proof.head), proof.path) === root
