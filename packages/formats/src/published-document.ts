// A published document: the structure of the text plus head, imprint and registration data. Every export starts from
// it.
import type { StructuredText } from '@dianzhang/text'

/** State of a document on the day of the export. */
export type ValidityStatus =
  | 'pending_effect'
  | 'in_force'
  | 'amended'
  | 'suspended'
  | 'expired'
  | 'repealed'
  | 'annulled'

/** All dates are YYYY-MM-DD in Asia/Shanghai. What is not known is null; nothing is guessed. */
export interface PublishedDocument {
  /** Text of the document: title, addressees (“主送机关”), body, signature (“署名”), attachments. */
  structure: StructuredText
  /** Stable identifier of the register, used in addresses and XML ids. */
  id: string
  /** What kind of document it is, in the words of the register (行政规范性文件, 法律); null says nothing about it. */
  category: string | null
  /** `made`: issued by the organs that keep the register; `imported`: a text from another source that the register holds. */
  origin: 'made' | 'imported'
  /** 制定机关, the lead organ first. */
  issuers: string[]
  documentNumber: string | null
  registryNumber: string | null
  indexNumber: string | null
  /** Documents addressed upward (“上行文”) carry the signer (“签发人”). */
  direction: 'down' | 'level' | 'up'
  /** Printed only on 上行文. */
  signer: string | null
  adoptionDate: string | null
  publicationDate: string | null
  effectiveDate: string | null
  /** Day on which the text was saved; said only of a draft, that has no other date. */
  savedOn?: string | null
  /** Last day in force as stated in the document. */
  validUntil: string | null
  /** Day on which it lapsed or was repealed or annulled. */
  endedOn: string | null
  /** On the day of the export; null when it is not known, and then nothing is said about it. */
  status: ValidityStatus | null
  /** Address of the page on the portal; null before publication. */
  url: string | null
  /** Identifier of the jurisdiction, 6 digits of GB/T 2260, and its name. */
  jurisdiction: { code: string; name: string } | null
  /** Authorities copied to (“抄送机关”). */
  copies: string[]
  /** Printing office (“印发机关”) and printing date (“印发日期”) of the imprint (“版记”). */
  printedBy: string | null
  printDate: string | null
  summary: string | null
  /** Day of the last change that the text has taken in; absent where it is as it was published. */
  versionOn?: string | null
  /** Digest of text and attachments, as the register and the public log give it. */
  textHash?: string | null
  /** Digests (SHA-256, hex) of the files of this document as they are downloaded, by format, and the day they are of. */
  files?: { on: string; sha256: Readonly<Record<string, string>> } | null
  /** Titles of documents this one amends and repeals. */
  amends: string[]
  repeals: string[]
  /** Components of the GB/T 47229.2 set that only the register knows; null when they were not assigned. */
  gbt47229: { fileIdentifier: string | null; issuerCode: string | null; categoryCode: string } | null
}

/** Title for people: of the text, or the number when the text has none. */
export const titleOf = (document: PublishedDocument): string =>
  document.structure.title ?? document.documentNumber ?? document.id
