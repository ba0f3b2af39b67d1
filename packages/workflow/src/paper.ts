// A paper of a procedure (letter, minutes, report, list) as docx or PDF in the layout of official documents (GB/T 9704).
import { findFormat, type PublishedDocument } from '@dianzhang/formats'
import { sha256Hex } from '@dianzhang/ledger'
import { writingWork } from '@dianzhang/text-work'
import type { ExportedFile } from './exported-file.ts'

export type PaperFormat = 'docx' | 'pdf'

/** Media type of a docx file. */
export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A plain date as papers write it: 2026-03-05 → 2026年3月5日. */
export const spokenDate = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

export interface PaperHead {
  /** Matter the paper comes from. */
  id: string
  /** `made`: with the red head of its issuers; `imported`: plain, for what is not issued under a number (minutes, lists for a meeting). */
  origin: 'made' | 'imported'
  /** Names of who issues it. */
  issuers: string[]
  /** 发文字号, where it has one. */
  documentNumber?: string | null
  /** Plain date (Shanghai) of printing and sending, where it is known. */
  printDate?: string | null
}

/**
 * The bytes of a paper: the first line is its title, each further line a paragraph; lines are trimmed, empty ones left out.
 * Nothing in it depends on the clock: the same lines and head give the same bytes. Long ones are set in another thread.
 */
function paperBytes(lines: readonly string[], head: PaperHead, format: PaperFormat): Promise<Uint8Array> {
  const text = lines.map((line) => line.trim()).filter((line) => line !== '')
  const body = text.join('\n')
  const document: Omit<PublishedDocument, 'structure'> = {
    id: head.id,
    category: null,
    origin: head.origin,
    issuers: head.issuers,
    documentNumber: head.documentNumber ?? null,
    registryNumber: null,
    indexNumber: null,
    direction: 'down',
    signer: null,
    adoptionDate: null,
    publicationDate: null,
    effectiveDate: null,
    validUntil: null,
    endedOn: null,
    status: null,
    url: null,
    jurisdiction: null,
    copies: [],
    printedBy: null,
    printDate: head.printDate ?? null,
    summary: null,
    amends: [],
    repeals: [],
    gbt47229: null,
  }
  const ask = { text: { key: sha256Hex(body), body, before: null }, format, title: text[0] ?? '', document }
  return writingWork('export', body.length, ask)
}

/** The bytes of a paper as docx; see {@link paperFile}. */
export const paperDocx = (lines: readonly string[], head: PaperHead): Promise<Uint8Array> =>
  paperBytes(lines, head, 'docx')

/** A paper as a file `name` (without extension), docx or PDF. */
export async function paperFile(
  name: string,
  lines: readonly string[],
  head: PaperHead,
  format: PaperFormat,
): Promise<ExportedFile> {
  const { extension, mediaType } = findFormat(format) ?? { extension: format, mediaType: docxType }
  return { name: `${name}.${extension}`, mediaType, bytes: await paperBytes(lines, head, format) }
}
