// What one message between two installations says: its manifest (canonical JSON), the text that is signed, and the names in
// the package. Everything that is checked later is bound by the digest of the manifest.
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { utf8ToBytes } from '@dianzhang/tlog'
import { z } from 'zod'

/** Bounds of a package: files together (bytes), number of files, the manifest alone (bytes). */
export const limits = { bytes: 100 * 1024 * 1024, files: 500, manifest: 1024 * 1024 } as const
export const manifestName = 'manifest.json'
export const signatureName = 'manifest.sig'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().min(1).max(200)
const text = (max: number) => z.string().max(max)

/** `files/<number>-<name>`: one level, nothing that a file system reads in its own way. */
const safePath = /^files\/(?!\.)[^/\\:*?"<>|\p{Cc}\p{Zl}\p{Zp}]{1,150}(?<![. ])$/u
export const ManifestFile = z.strictObject({
  path: z.string().regex(safePath),
  /** What it is among the materials of a filing. */
  item: text(200),
  name: text(200),
  mediaType: text(120),
  sha256: hex,
  size: z.int().min(0).max(limits.bytes),
})
export type ManifestFile = z.infer<typeof ManifestFile>

/** Steps of a package, each stated by the receiver only. */
export const steps = ['accepted', 'rejected', 'delivered', 'not_delivered', 'opened'] as const
export type Step = (typeof steps)[number]
const Reason = z.strictObject({ code: text(60), says: text(2000), file: text(300).optional() })
export type Reason = z.infer<typeof Reason>

const Document = z.strictObject({
  /** Entry and matter in the sender's own system. */
  entry: text(200),
  matter: text(200),
  title: text(500),
  number: text(200).nullable(),
  registry: text(200).nullable(),
  tier: z.enum(['government', 'department', 'township']),
  issuers: z.array(text(200)).min(1).max(50),
  draftingUnit: text(200),
  publishedOn: z.iso.date(),
  effectiveDate: z.iso.date(),
  /** What is filed is a decision that amends or repeals, without a document: who made it, under which number, when. */
  decision: z.strictObject({ body: text(200), number: text(200).nullable(), date: z.iso.date() }).optional(),
  /** A page of the sender's portal; nothing but a web address becomes a link. */
  address: z
    .string()
    .max(500)
    .regex(/^https?:\/\//)
    .nullable(),
  /** Where the publication stands in the sender's public log. */
  log: z.strictObject({ origin: name, index: z.int().min(0) }).nullable(),
})
export type ExchangedDocument = z.infer<typeof Document>

const head = {
  v: z.literal(1),
  id: z.uuid(),
  from: name,
  to: name,
  /** Position in what `from` says to `to`, from 0 without a gap. */
  seq: z.int().min(0),
  /** Id of the message before; null for the first. */
  prev: z.uuid().nullable(),
  at: z.iso.datetime(),
  files: z.array(ManifestFile).max(limits.files),
}
/** A command on a filing that both sides keep: what was decided or answered on one side. */
const Command = z.strictObject({
  ...head,
  kind: z.literal('command'),
  /** The filing, by the id that the filing authority's system gave it. */
  about: text(200),
  track: z.enum(['government', 'npc']),
  /** The receiving organ, by name. */
  recipient: text(200),
  /** On which day it was done there. */
  on: z.iso.date(),
  document: Document,
  command: z.looseObject({ type: text(60) }),
  /** The document that made a correction, as its own system knows it. */
  correction: z
    .strictObject({
      title: text(500),
      number: text(200).nullable(),
      changes: z.array(z.enum(['amended', 'repealed'])),
      filed: z.boolean(),
      log: z.int().min(0).nullable(),
    })
    .nullable()
    .optional(),
})
const Receipt = z.strictObject({
  ...head,
  kind: z.literal('receipt'),
  /** The package, and the digest of its manifest. */
  about: z.uuid(),
  digest: hex,
  step: z.enum(steps),
  reasons: z.array(Reason).max(50),
})
export const Manifest = z.discriminatedUnion('kind', [Command, Receipt])
export type Manifest = z.infer<typeof Manifest>
export type CommandManifest = z.infer<typeof Command>
export type ReceiptManifest = z.infer<typeof Receipt>

export const manifestText = (manifest: Manifest): string => canonicalJson(manifest)
export const digestOf = (manifest: string): string => sha256Hex(utf8ToBytes(manifest))
/** The manifest as it was written; null where it is none, or not in its one canonical form. */
export function readManifest(source: string): Manifest | null {
  try {
    const parsed = Manifest.safeParse(JSON.parse(source))
    return parsed.success && canonicalJson(parsed.data) === source ? parsed.data : null
  } catch {
    return null
  }
}
/** What a manifest claims to be, however broken the rest is: only to say in a refusal what was refused. */
export function claimsOf(source: string): { id: string | null; from: string | null } {
  try {
    const { id, from } = JSON.parse(source) as Record<string, unknown>
    const short = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : null)
    return { id: z.uuid().safeParse(id).success ? short(id) : null, from: short(from) }
  } catch {
    return { id: null, from: null }
  }
}
/** The text under which the signatures stand (signed-note); it names the digest of the manifest. */
export const signedText = ({ from, id }: Pick<Manifest, 'from' | 'id'>, digest: string): string =>
  `dianzhang/exchange/manifest/1\n${from}\n${id}\n${digest}\n`
/** The text of a request that only the other side may make; good for `requestMinutes` around `at`. */
export const requestText = (asked: { from: string; to: string; method: string; path: string; at: string }): string =>
  `dianzhang/exchange/request/1\n${asked.from}\n${asked.to}\n${asked.method} ${asked.path}\n${asked.at}\n`
export const requestMinutes = 10

/** A name within the package: what a file system reads in its own way is replaced. */
export const pathOf = (n: number, fileName: string): string => {
  const plain = [...fileName.normalize('NFC').replace(/[/\\:*?"<>|\p{Cc}\p{Zl}\p{Zp}]/gu, '_')]
  return `files/${n}-${
    plain
      .slice(-120)
      .join('')
      .replace(/[. ]+$/, '') || '_'
  }`
}
