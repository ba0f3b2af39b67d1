// Compares with the file before importing: if it is the wrong document, says so before any of its words are taken
// over.
import { AppError } from '@dianzhang/contract'
import { factsFor } from '@dianzhang/lifecycle'
import { type StatedDifference, textAgainstFile } from '@dianzhang/rules'
import type { Actor, Office } from '../office.ts'
import { circumstance } from '../queries/documents.ts'
import { openText } from '../queries/texts.ts'
import { type ImportedText, importText } from './docx-import.ts'
import { readStatement } from './statement.ts'

/**
 * How what a text to be taken over says of itself differs from the file. 404 not visible; 403 for those who are only
 * system administrators.
 */
export async function differencesWithFile(
  office: Office,
  actor: Actor,
  id: string,
  body: string,
): Promise<StatedDifference[]> {
  const opened = await openText(office, actor, id)
  const now = await circumstance(office, actor, opened)
  return (
    textAgainstFile(factsFor(opened.dossier, { ...now, type: 'SaveDraft', payload: {} }), await readStatement(body)) ??
    []
  )
}

/**
 * {@link importText}, with the differences between the words and this file (`differences`) added to answers and
 * refusals.
 */
export async function importForFile(
  office: Office,
  actor: Actor,
  id: string,
  ...given: Parameters<typeof importText>
): Promise<ImportedText & { differences: StatedDifference[] }> {
  try {
    const imported = await importText(...given)
    return { ...imported, differences: await differencesWithFile(office, actor, id, imported.text) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'import_loses_words' && error.extra.text !== undefined)
      error.extra.differences = await differencesWithFile(office, actor, id, error.extra.text)
    throw error
  }
}
