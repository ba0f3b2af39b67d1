// Plain-text export: written as the structure is printed, so reading it back gives the same tree.
import { printText } from '@dianzhang/text'
import type { PublishedDocument } from '../published-document.ts'

/** The document as plain text, one paragraph a line; 发文字号 of the register under the title when the text has none. */
export function exportText(document: PublishedDocument): string {
  const { structure, documentNumber } = document
  return printText(structure.documentNumber === null ? { ...structure, documentNumber } : structure)
}
