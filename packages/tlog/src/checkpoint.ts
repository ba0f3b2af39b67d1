// Checkpoints (C2SP tlog-checkpoint) and cosignatures on them (tlog-cosignature).
import {
  concatBytes,
  decimal,
  hashFromBase64,
  MalformedError,
  sameBytes,
  toBase64,
  uint64,
  utf8ToBytes,
} from './bytes.ts'
import {
  type Check,
  checkEd25519,
  type Note,
  type NoteSignature,
  parseNote,
  signatureTypes,
  sm2Marker,
  type VerifierKey,
} from './note.ts'

export interface Checkpoint {
  origin: string
  size: number
  root: Uint8Array
  /** Lines after the third; ours has none. */
  extensions: string[]
}
/** The text that is signed. */
export const checkpointText = ({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`
/** Reads the text of a checkpoint; refuses ({@link MalformedError}) anything else. */
function parseCheckpointText(text: string): Checkpoint {
  const lines = text.split('\n')
  const [origin = '', size = '', root = '', ...rest] = lines
  if (lines.length < 4 || rest.pop() !== '' || origin === '') throw new MalformedError('检查点不完整')
  if (rest.some((line) => line === '')) throw new MalformedError('检查点的附加行不得为空')
  return { origin, size: decimal(size, '检查点的大小'), root: hashFromBase64(root), extensions: rest }
}
export interface SignedCheckpoint extends Checkpoint {
  note: Note
}
export function parseCheckpoint(source: string): SignedCheckpoint {
  const note = parseNote(source)
  return { ...parseCheckpointText(note.text), note }
}

const vector8 = (text: string): Uint8Array => {
  const bytes = utf8ToBytes(text)
  if (bytes.length === 0 || bytes.length > 255) throw new MalformedError('名称应为 1 至 255 字节')
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}
/** What an Ed25519 cosignature of type 0x04 signs; `time` in seconds since 1970. */
export const cosignedText = (text: string, time: number): Uint8Array =>
  utf8ToBytes(`cosignature/v1\ntime ${time}\n${text}`)
/** What an ML-DSA-44 line of type 0x06 signs: the whole tree under the name of the signer. */
export const cosignedTree = (name: string, tree: Omit<Checkpoint, 'extensions'>, time: number): Uint8Array =>
  concatBytes(
    utf8ToBytes('subtree/v1\n\0'),
    vector8(name),
    uint64(time),
    vector8(tree.origin),
    uint64(0),
    uint64(tree.size),
    tree.root,
  )
/** Time and signature of a cosignature, as they stand on the line. */
export const timestamped = (time: number, signature: Uint8Array): Uint8Array => concatBytes(uint64(time), signature)

/** A key that is trusted, and how its kind is checked where this package cannot. */
export interface Trusted {
  key: VerifierKey
  /** Needed for ML-DSA-44 and SM2; Ed25519 is checked here. */
  check?: Check | undefined
}
/** Why a line of a known key is not accepted. */
export interface SignatureAnswer {
  name: string
  ok: boolean
  /** Seconds since 1970; null for a kind without time. */
  time: number | null
}
/**
 * Checks one line against one key. Null: the line is by another key (or of a kind that cannot be checked here).
 */
function checkSignature(
  checkpoint: SignedCheckpoint,
  line: NoteSignature,
  { key, check }: Trusted,
): SignatureAnswer | null {
  if (line.name !== key.name || line.keyId !== key.keyId) return null
  const answer = (ok: boolean, time: number | null = null): SignatureAnswer => ({ name: line.name, ok, time })
  const { text } = checkpoint.note
  if (key.type === signatureTypes.ed25519) return answer(checkEd25519(key.key, utf8ToBytes(text), line.signature))
  if (key.type === signatureTypes.ed25519Cosignature || key.type === signatureTypes.mlDsa44) {
    if (line.signature.length < 9) return answer(false)
    const view = new DataView(line.signature.buffer, line.signature.byteOffset, 8)
    const time = Number(view.getBigUint64(0))
    if (!Number.isSafeInteger(time)) return answer(false)
    const signature = line.signature.slice(8)
    if (key.type === signatureTypes.ed25519Cosignature)
      return answer(checkEd25519(key.key, cosignedText(text, time), signature), time)
    return check ? answer(check(key.key, cosignedTree(key.name, checkpoint, time), signature), time) : null
  }
  if (key.type === signatureTypes.other && sameBytes(key.key.subarray(0, sm2Marker.length), sm2Marker) && check)
    return answer(check(key.key.subarray(sm2Marker.length), utf8ToBytes(text), line.signature))
  return null
}
/** All lines by the given keys, each with its answer; lines of unknown keys are left out. */
export const checkSignatures = (checkpoint: SignedCheckpoint, keys: readonly Trusted[]): SignatureAnswer[] =>
  checkpoint.note.signatures.flatMap((line) =>
    keys.flatMap((key) => {
      const answer = checkSignature(checkpoint, line, key)
      return answer ? [answer] : []
    }),
  )
