// 每日封存：当日全部案卷链头的默克尔根，封存之间又连成一链。链自身看不出被截去的尾部，封存看得出。
import { canonicalJson } from './canonical-json.ts'
import { GENESIS, sha256Hex } from './hash.ts'
import { merklePath, merkleRoot, type PathStep, rootFromPath } from './merkle.ts'

/** 一件案卷在封存时的链头。 */
export interface SealedHead {
  document: string
  seq: number
  hash: string
}
/** 一日的封存；与 ledger_seals 的一行同形。 */
export interface Seal {
  /** 封存的日历日 `YYYY-MM-DD`（北京时间）。 */
  day: string
  /** 案卷件数。 */
  documents: number
  /** 至当日止的记录总条数（各链头序号之和）。 */
  events: number
  root: string
  /** 前一封存的 seal；第一次为 {@link GENESIS}。 */
  prevSeal: string
  seal: string
  /** 按案卷标识升序（UTF-16 码元）。 */
  heads: SealedHead[]
  /** 封存时办公台账的链头；没有办公台账的封存没有这一项。 */
  office?: OfficeHead | null
}
/** 办公台账的链头。 */
export interface OfficeHead {
  seq: number
  hash: string
}

/** 链头的叶：`规范JSON({ "document", "hash", "seq" })`。 */
const leafOf = ({ document, seq, hash }: SealedHead): string => canonicalJson({ document, hash, seq })

const byDocument = (a: SealedHead, b: SealedHead): number =>
  a.document < b.document ? -1 : a.document > b.document ? 1 : 0

/**
 * 封存摘要的配方：`sha256( UTF-8( "dianzhang/seal/1\n" + 规范JSON({ "day", "documents", "events", "prevSeal", "root" }) ) )`；
 * 连同办公台账链头的为第二式：前缀 `dianzhang/seal/2\n`，规范 JSON 中另有 `"office": { "hash", "seq" }`。
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
 * 封存一日。`heads` 为当日终了时全部案卷的链头（次序不限，内部排序），`prevSeal` 为前一封存的 seal（没有则 null）。
 * 拒绝重复的案卷与小于 1 的序号。
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
  const content = {
    day: input.day,
    documents: heads.length,
    events: heads.reduce((sum, head) => sum + head.seq, 0),
    root: merkleRoot(heads.map(leafOf)),
    prevSeal: input.prevSeal ?? GENESIS,
    ...(input.office ? { office: { seq: input.office.seq, hash: input.office.hash } } : {}),
  }
  return { ...content, seal: sealHash(content), heads }
}

export type SealFaultCode =
  /** 封存自身被改动。 */
  | 'altered-seal'
  /** 没有接在前一封存之后。 */
  | 'broken-link'
  /** 日期没有递增。 */
  | 'out-of-order'
  /** 有记录的日子没有封存。 */
  | 'missing-day'
  /** 案卷的链比封存时短。 */
  | 'cut-tail'
  /** 封存过的案卷不见了。 */
  | 'removed-document'
  /** 封存过的那一条记录的摘要变了。 */
  | 'rewritten'
export interface SealFault {
  day: string
  document: string | null
  code: SealFaultCode
  message: string
}

/** 案卷现在的链：链头，以及某一序号的摘要（查不到时为 undefined）。 */
export interface CurrentHead extends SealedHead {
  hashAt?: (seq: number) => string | undefined
}

/**
 * 核对全部封存（按日期升序给出）：逐一重算，核对连接，并与现在的链头对照，
 * 发现被截去的尾部、被移走的案卷、封存以后被整链重写的记录。
 * 只有当天确有记录而没有封存才算缺日：`eventDays` 为有记录的日历日，`through` 为应已封存到的日期（含），缺省为最后一次封存之日。
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
  for (const seal of seals) {
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
    if (!selfConsistent(seal)) fault(seal.day, null, 'altered-seal', `${seal.day} 的封存内容与其摘要不符，封存已被改动`)
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

function selfConsistent(seal: Seal): boolean {
  try {
    const again = sealDay({ day: seal.day, heads: seal.heads, prevSeal: seal.prevSeal, office: seal.office ?? null })
    const ordered = again.heads.every((head, i) => head.document === seal.heads[i]?.document)
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

/** 某案卷的链头确在某日封存之中的证明；可以单独交给他人，凭封存的根即可核对。 */
export interface InclusionProof {
  head: SealedHead
  path: PathStep[]
}

/** 在 `heads`（与封存时相同的全部链头）中证明 `document`；不在其中时为 null。 */
export function proveInclusion(heads: readonly SealedHead[], document: string): InclusionProof | null {
  const sorted = [...heads].sort(byDocument)
  const index = sorted.findIndex((head) => head.document === document)
  const found = sorted[index]
  if (!found) return null
  const head = { document: found.document, seq: found.seq, hash: found.hash }
  return { head, path: merklePath(sorted.map(leafOf), index) }
}

/** `proof` 是否证明其链头在根为 `root` 的封存之中。 */
export const verifyInclusion = (proof: InclusionProof, root: string): boolean =>
  rootFromPath(leafOf(proof.head), proof.path) === root
