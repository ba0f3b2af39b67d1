// What a witness decides (C2SP tlog-witness, add-checkpoint), and the policy of how many are asked for (tlog-policy).
// Storage, keys and HTTP are the caller's: between reading the state and keeping the new one nothing else may happen.
import { decimal, fromUtf8, hashFromBase64, MalformedError, sameBytes, toBase64 } from './bytes.ts'
import { checkSignatures, parseCheckpoint, type SignedCheckpoint, type Trusted } from './checkpoint.ts'
import { parseVerifierKey, type VerifierKey } from './note.ts'
import { verifyConsistency } from './tree.ts'

export interface AddCheckpoint {
  old: number
  proof: Uint8Array[]
  checkpoint: SignedCheckpoint
}
export const formatAddCheckpoint = (old: number, proof: readonly Uint8Array[], checkpoint: string): string =>
  [`old ${old}`, ...proof.map(toBase64), '', checkpoint].join('\n')
/** Refuses ({@link MalformedError}) what is no such request. */
function parseAddCheckpoint(body: Uint8Array): AddCheckpoint {
  const text = fromUtf8(body)
  const at = text.indexOf('\n\n')
  if (at < 0) throw new MalformedError('请求不完整：没有检查点')
  const [first = '', ...lines] = text.slice(0, at).split('\n')
  const old = /^old (\S+)$/.exec(first)?.[1]
  if (old === undefined) throw new MalformedError('第一行应为“old 大小”')
  if (lines.length > 63) throw new MalformedError('一致性证明不得超过 63 行')
  return {
    old: decimal(old, '先前的大小'),
    proof: lines.map(hashFromBase64),
    checkpoint: parseCheckpoint(text.slice(at + 2)),
  }
}
/** What the witness last cosigned for a log. */
export interface Witnessed {
  size: number
  root: Uint8Array
}
export type WitnessAnswer =
  | { status: 200; keep: Witnessed }
  | { status: 400 | 403 | 404 | 422; says: string }
  | { status: 409; size: number; says: string }

/**
 * Decides on one request; `keysOf` gives the keys trusted for an origin, null for an origin that is not known. `until`: the
 * key was retired, and counts up to that size.
 */
export function judgeCheckpoint(
  body: Uint8Array,
  keysOf: (origin: string) => ReadonlyArray<Trusted & { until?: number | undefined }> | null,
  stateOf: (origin: string) => Witnessed | null,
): WitnessAnswer & { request?: AddCheckpoint } {
  let request: AddCheckpoint
  try {
    request = parseAddCheckpoint(body)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return { status: 400, says: `请求读不出来：${error.message}。` }
  }
  const { checkpoint, old, proof } = request
  const keys = keysOf(checkpoint.origin)
  if (!keys) return { status: 404, says: `不认识日志 ${checkpoint.origin}。`, request }
  const counts = keys.filter(({ until }) => until === undefined || checkpoint.size <= until)
  const lines = checkSignatures(checkpoint, counts)
  if (lines.length === 0 && checkSignatures(checkpoint, keys).some((line) => line.ok))
    return { status: 403, says: '签名所用的公钥已经更换，此后的检查点不得再用它签。', request }
  if (!lines.some((line) => line.ok) || lines.some((line) => !line.ok))
    return { status: 403, says: '检查点上没有可信公钥的有效签名。', request }
  if (old > checkpoint.size) return { status: 400, says: '先前的大小不得大于检查点的大小。', request }
  const state = stateOf(checkpoint.origin)
  const size = state?.size ?? 0
  if (old !== size) return { status: 409, size, says: `最近见证的大小是 ${size}。`, request }
  if (old === checkpoint.size && state && !sameBytes(state.root, checkpoint.root))
    return { status: 409, size, says: '同一大小有两个不同的根：日志分叉。', request }
  const proven =
    old === 0
      ? proof.length === 0
      : verifyConsistency(old, checkpoint.size, proof, (state as Witnessed).root, checkpoint.root)
  if (!proven) return { status: 422, says: '一致性证明不成立：后来的日志不是先前日志的延续。', request }
  return { status: 200, keep: { size: checkpoint.size, root: checkpoint.root }, request }
}

export interface WitnessPolicy {
  witnesses: Array<{ name: string; key: VerifierKey; url: string }>
  /** Names of witnesses, or of groups of them, and how many must have signed. */
  quorum: { of: string[]; need: number } | null
}
/**
 * Reads a policy: lines `witness <name> <verifier key> <address>`, `group <name> <any|all|number> <witness…>`,
 * `quorum <name|none>`; `#` starts a comment, `log` lines are skipped. Groups of groups are refused.
 */
export function parsePolicy(source: string): WitnessPolicy {
  const policy: WitnessPolicy = { witnesses: [], quorum: null }
  const groups = new Map<string, { of: string[]; need: number }>()
  for (const [i, line] of source.split('\n').entries()) {
    const [word = '', name = '', ...rest] = line.replace(/#.*/, '').trim().split(/\s+/)
    const wrong = (why: string) => new MalformedError(`见证规则第 ${i + 1} 行：${why}`)
    if (word === '' || word === 'log') continue
    if (word === 'witness') {
      if (rest.length !== 2) throw wrong('应写作“witness 名称 公钥 网址”')
      policy.witnesses.push({ name, key: parseVerifierKey(rest[0] ?? ''), url: rest[1] ?? '' })
    } else if (word === 'group') {
      const [need = '', ...of] = rest
      const known = (one: string) => policy.witnesses.some((w) => w.name === one)
      if (of.length === 0 || !of.every(known)) throw wrong('组里的每一个都须是前面写过的见证人')
      const count = need === 'any' ? 1 : need === 'all' ? of.length : Number(need)
      if (!Number.isInteger(count) || count < 1 || count > of.length)
        throw wrong('个数应为 any、all 或者不超过组内人数的数')
      groups.set(name, { of, need: count })
    } else if (word === 'quorum') {
      const one = policy.witnesses.some((w) => w.name === name) ? { of: [name], need: 1 } : groups.get(name)
      if (name !== 'none' && !one) throw wrong(`没有“${name}”`)
      policy.quorum = one ?? null
    } else throw wrong(`不认识“${word}”`)
  }
  return policy
}
