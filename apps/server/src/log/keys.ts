// The log's keys: files outside the database, readable by this account only. Ed25519 is always there; an ML-DSA-44 or SM2
// line is added where its key file lies beside it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeOnce } from '@dianzhang/database'
import {
  type Check,
  type Checkpoint,
  checkpointText,
  concatBytes,
  cosignedTree,
  type NoteSignature,
  parseVerifierKey,
  signatureTypes,
  sm2Marker,
  type Trusted,
  timestamped,
  utf8ToBytes,
  type VerifierKey,
  verifierKey,
} from '@dianzhang/tlog'

export const keyKinds = ['ed25519', 'ml-dsa-44', 'sm2'] as const
export type KeyKind = (typeof keyKinds)[number]

const rawKey = (key: KeyObject, bytes: number): Uint8Array =>
  new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-bytes))
/** The SPKI headers of keys given as bare bytes. */
const spki = {
  mlDsa44: Buffer.from('30820532300b060960864801650304031103820521' + '00', 'hex'),
  sm2: Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'),
}
const publicKey = (header: Buffer, bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([header, bytes]), format: 'der', type: 'spki' })

const checkMlDsa: Check = (key, message, signature) => {
  try {
    return verify(null, message, publicKey(spki.mlDsa44, key), signature)
  } catch {
    return false
  }
}
const checkSm2: Check = (key, message, signature) => {
  try {
    return verify('sm3', message, publicKey(spki.sm2, key), signature)
  } catch {
    return false
  }
}
/** A key to check with, whatever its kind. */
export const trusted = (key: VerifierKey): Trusted => ({
  key,
  check: key.type === signatureTypes.mlDsa44 ? checkMlDsa : key.type === signatureTypes.other ? checkSm2 : undefined,
})
export const trustedText = (vkey: string): Trusted => trusted(parseVerifierKey(vkey))

export interface LogSigner {
  kind: KeyKind
  key: VerifierKey
  sign(checkpoint: Omit<Checkpoint, 'extensions'>, time: number): NoteSignature
  /** The line under any other text; Ed25519 only. */
  signText(text: string): NoteSignature
}
/** What one key file signs with under `name`; PEM, PKCS #8. Refuses a key of another kind. */
export function signerOf(pem: string | Buffer, name: string): LogSigner {
  const secret = createPrivateKey(pem)
  const open = createPublicKey(secret)
  const line = (key: VerifierKey, signature: Uint8Array): NoteSignature => ({ name, keyId: key.keyId, signature })
  const signText = (text: string): NoteSignature => {
    if (kind !== 'ed25519') throw new Error('只有 Ed25519 密钥签其他文字')
    return line(verifierKey(name, signatureTypes.ed25519, rawKey(open, 32)), sign(null, utf8ToBytes(text), secret))
  }
  // Node has no name for an SM2 key.
  const kind = (secret.asymmetricKeyType as string | undefined) ?? 'sm2'
  if (kind === 'ed25519') {
    const key = verifierKey(name, signatureTypes.ed25519, rawKey(open, 32))
    return { kind, key, sign: (tree) => signText(checkpointText(tree)), signText }
  }
  if (kind === 'ml-dsa-44') {
    const key = verifierKey(name, signatureTypes.mlDsa44, rawKey(open, 1312))
    return {
      kind,
      key,
      sign: (tree, time) => line(key, timestamped(time, sign(null, cosignedTree(name, tree, time), secret))),
      signText,
    }
  }
  if (kind === 'ec' || kind === 'sm2') {
    const key = verifierKey(name, signatureTypes.other, concatBytes(sm2Marker, rawKey(open, 65)))
    return {
      kind: 'sm2',
      key,
      sign: (tree) => line(key, sign('sm3', utf8ToBytes(checkpointText(tree)), secret)),
      signText,
    }
  }
  throw new Error(`不认识的密钥种类 ${kind}：须为 Ed25519、ML-DSA-44 或者 SM2`)
}
/** A new key of one kind, PEM. */
export function newKey(kind: KeyKind): string {
  const { privateKey } =
    kind === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : kind === 'ml-dsa-44'
        ? generateKeyPairSync('ml-dsa-44' as never)
        : generateKeyPairSync('ec', { namedCurve: 'SM2' })
  return (privateKey as KeyObject).export({ type: 'pkcs8', format: 'pem' }).toString()
}
export const keyFile = (folder: string, kind: KeyKind): string =>
  join(folder, kind === 'ed25519' ? 'tlog-key.pem' : `tlog-key-${kind}.pem`)

/** The signers in `folder` under `name`; makes the Ed25519 key where there is none. `ed25519File` is that key kept elsewhere. */
export function signersIn(folder: string, name: string, ed25519File: string | null): LogSigner[] {
  const path = ed25519File ?? keyFile(folder, 'ed25519')
  if (ed25519File === null && !existsSync(path)) writeOnce(path, newKey('ed25519'))
  return [
    signerOf(readFileSync(path), name),
    ...(['ml-dsa-44', 'sm2'] as const)
      .filter((kind) => existsSync(keyFile(folder, kind)))
      .map((kind) => signerOf(readFileSync(keyFile(folder, kind)), name)),
  ]
}
