// Proof files (C2SP tlog-proof), and what a reader says who was given one: a sentence for every way it can end.
import { decimal, fromBase64, hashFromBase64, MalformedError, toBase64 } from './bytes.ts'
import { checkSignatures, parseCheckpoint, type SignedCheckpoint, type Trusted } from './checkpoint.ts'
import { leafHash, verifyInclusion } from './tree.ts'

export interface ProofFile {
  extra: Uint8Array | null
  index: number
  proof: Uint8Array[]
  /** The signed checkpoint as it was published. */
  checkpoint: string
}
const head = 'c2sp.org/tlog-proof@v1'
export const formatProofFile = ({ extra, index, proof, checkpoint }: ProofFile): string =>
  [head, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...proof.map(toBase64), '', checkpoint].join(
    '\n',
  )
/** Refuses ({@link MalformedError}) what is no complete proof file. */
export function parseProofFile(source: string): ProofFile {
  const at = source.indexOf('\n\n')
  const lines = (at < 0 ? source : source.slice(0, at)).split('\n')
  if (lines.shift() !== head) throw new MalformedError(`不是证明文件：第一行应为 ${head}`)
  if (at < 0) throw new MalformedError('证明文件不完整：没有检查点')
  const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() ?? '').slice(6)) : null
  const index = /^index (\S+)$/.exec(lines.shift() ?? '')?.[1]
  if (index === undefined) throw new MalformedError('证明文件不完整：没有条目的序号')
  if (lines.length > 64) throw new MalformedError('证明文件的摘要太多')
  return {
    extra,
    index: decimal(index, '条目的序号'),
    proof: lines.map(hashFromBase64),
    checkpoint: source.slice(at + 2),
  }
}

export type ProofVerdict =
  | 'genuine'
  | 'malformed'
  | 'other_origin'
  | 'unsigned'
  | 'bad_signature'
  | 'retired_key'
  | 'future'
  | 'outside'
  | 'not_included'
  | 'few_witnesses'
export interface ProofAnswer {
  ok: boolean
  verdict: ProofVerdict
  /** One sentence for people. */
  says: string
  checkpoint: SignedCheckpoint | null
  index: number | null
  /** Names of the witnesses whose cosignature is true. */
  witnesses: string[]
}
/** What the reader trusts. */
export interface ProofTrust {
  /** The log's name: the first line of its checkpoints. */
  origin: string
  /** Keys of the log. `until`: retired; a checkpoint by it counts only up to that size. */
  keys: ReadonlyArray<Trusted & { until?: number | undefined }>
  witnesses?: readonly Trusted[]
  /** How many witnesses there must be; 0 when none is asked for. */
  quorum?: number
  /** Seconds since 1970: a cosignature later than this (and a day's grace of five minutes) is refused. */
  now?: number
}
/** Checks a proof file for one entry (its bytes as they stand in the log). */
export function checkProof(source: string, entry: Uint8Array, trust: ProofTrust): ProofAnswer {
  const answer = (
    verdict: ProofVerdict,
    says: string,
    found: { checkpoint?: SignedCheckpoint; index?: number; witnesses?: string[] } = {},
  ): ProofAnswer => ({
    ok: verdict === 'genuine',
    verdict,
    says,
    checkpoint: found.checkpoint ?? null,
    index: found.index ?? null,
    witnesses: found.witnesses ?? [],
  })
  let file: ProofFile
  let checkpoint: SignedCheckpoint
  try {
    file = parseProofFile(source)
    checkpoint = parseCheckpoint(file.checkpoint)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return answer('malformed', `证明文件读不出来：${error.message}。请重新下载。`)
  }
  const { index } = file
  const found = { checkpoint, index }
  const judged = checkCheckpoint(checkpoint, trust)
  if (!judged.ok) return answer(judged.verdict, judged.says, found)
  if (index >= checkpoint.size)
    return answer('outside', `证明所指的第 ${index} 条不在这个检查点之内：它只有 ${checkpoint.size} 条。`, found)
  if (!verifyInclusion(leafHash(entry), index, checkpoint.size, file.proof, checkpoint.root))
    return answer('not_included', '证明不成立：所给的内容不是日志里的这一条，或者证明被改动过。', found)
  const { witnesses } = judged
  const quorum = trust.quorum ?? 0
  if (witnesses.length < quorum)
    return answer('few_witnesses', `只有 ${witnesses.length} 个见证人签名，要求 ${quorum} 个。`, {
      ...found,
      witnesses,
    })
  return answer(
    'genuine',
    `属实：是日志 ${checkpoint.origin} 的第 ${index} 条，载于共 ${checkpoint.size} 条的检查点${witnesses.length > 0 ? `，由${witnesses.join('、')}见证` : '，未经见证'}。`,
    { ...found, witnesses },
  )
}
/** Whether a checkpoint is by the log that is trusted, with a key that counted at its size. */
export function checkCheckpoint(
  checkpoint: SignedCheckpoint,
  trust: ProofTrust,
): { ok: true; witnesses: string[] } | { ok: false; verdict: ProofVerdict; says: string } {
  const no = (verdict: ProofVerdict, says: string) => ({ ok: false as const, verdict, says })
  if (checkpoint.origin !== trust.origin)
    return no('other_origin', `这是另一个日志的证明：它出自 ${checkpoint.origin}，不是 ${trust.origin}。`)
  const lines = trust.keys.flatMap((key) =>
    checkSignatures(checkpoint, [key]).map((line) => ({ ...line, until: key.until })),
  )
  if (lines.length === 0) return no('unsigned', '检查点上没有可信公钥的签名：公钥不对，或者不是这个日志签的。')
  if (lines.some((line) => !line.ok)) return no('bad_signature', '检查点的签名不成立：内容或者签名被改动过。')
  if (lines.every((line) => line.until !== undefined && checkpoint.size > line.until))
    return no(
      'retired_key',
      `签名所用的公钥已经在第 ${Math.max(...lines.map((line) => line.until ?? 0))} 条更换，此后的检查点不得再用它签。`,
    )
  const seen = checkSignatures(checkpoint, trust.witnesses ?? [])
  if (trust.now !== undefined) {
    const late = [...seen, ...lines].find((line) => line.time !== null && line.time > (trust.now ?? 0) + 300)
    if (late) return no('future', `${late.name} 的签名时间晚于现在：时钟不对，或者签名是伪造的。`)
  }
  return { ok: true, witnesses: [...new Set(seen.filter((line) => line.ok).map((line) => line.name))] }
}
