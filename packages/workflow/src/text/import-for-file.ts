// 导入以前先与案卷比对：拿错了文件，在采用任何文字之前就说出来。
import { AppError } from '@dianzhang/contract'
import { factsFor } from '@dianzhang/lifecycle'
import { type StatedDifference, textAgainstFile } from '@dianzhang/rules'
import type { Actor, Office } from '../office.ts'
import { circumstance } from '../queries/documents.ts'
import { openText } from '../queries/texts.ts'
import { type ImportedText, importText } from './docx-import.ts'
import { readStatement } from './statement.ts'

/** 一段将要成为文本的文字，其自述与案卷的差别。404 不可见；403 只是系统管理员。 */
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

/** {@link importText}，答复与拒绝都附上文字与此案卷的差别（`differences`）。 */
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
