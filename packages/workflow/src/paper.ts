// A paper of a procedure (letter, minutes, report, list) as docx in the layout of official documents (GB/T 9704).
import { exportDocx, type PublishedDocument } from '@dianzhang/formats'
import { parseText } from '@dianzhang/text'

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
 * Nothing in it depends on the clock: the same lines and head give the same bytes.
 */
export function paperDocx(lines: readonly string[], head: PaperHead): Promise<Uint8Array> {
  const text = lines.map((line) => line.trim()).filter((line) => line !== '')
  const document: PublishedDocument = {
    structure: parseText(text.join('\n')),
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
  return exportDocx(document)
}
