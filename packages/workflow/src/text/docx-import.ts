// Imports a Word file: gives the words and the list of losses and stores nothing; where words would be lost it must be
// confirmed with the token of that list.
import { createHash } from 'node:crypto'
import { AppError, textMaximum } from '@dianzhang/contract'
import {
  countLoss,
  type DocxFacts,
  defaultLimits,
  importAnyFile,
  type LossItem,
  type RedlineParagraph,
  type RevisionDecisions,
  type TrackedChange,
  UnreadableFile,
} from '@dianzhang/formats'
import { canonicalJson } from '@dianzhang/ledger'
import type { Fault } from '@dianzhang/text'
import { elsewhere } from '@dianzhang/text-work'
import { invalid } from '../failures.ts'

/** The most bytes an uploaded file may have. */
export const docxMaximum = defaultLimits.fileBytes

/** Up to this many bytes it is read right here. */
const readHere = 30_000

export interface ImportedText {
  text: string
  title: string | null
  facts: DocxFacts
  loss: LossItem[]
  wouldLoseWords: boolean
  /** Digest of file and list of losses: sent back unchanged to confirm. */
  confirmation: string
  faults: Fault[]
  /**
   * How many tracked changes the file has, what each is and what was decided; paragraphs with tracked changes look as
   * in Word.
   */
  revisions: number
  changes: TrackedChange[]
  redline: RedlineParagraph[]
}

/**
 * Reads a docx; plain text and web pages are read just the same. Where words are lost and `confirm` is not the token
 * of this file and this list: 409 `import_loses_words`, with the list. `revisions`: accept all tracked changes,
 * reject all, or (`single`) accept and reject them one by one by number, those not named following “all”; without a
 * decision the words before the changes are read, and inserted words count as lost. 422: the file has no tracked
 * change of that number, or one is both accepted and rejected (fields `accept`, `reject`); (field `file`) PDF, images
 * and other things that are not text, old formats, password-protected, damaged, too large when unpacked, with a
 * DOCTYPE, body too long.
 */
export async function importText(
  bytes: Uint8Array,
  confirm: string | undefined,
  revisions?: 'accept' | 'reject',
  single: RevisionDecisions = {},
): Promise<ImportedText> {
  let imported: Awaited<ReturnType<typeof importAnyFile>>
  try {
    const options = { revisions: revisions ?? 'undecided', decisions: single } as const
    // Unpacking and reading a file of tens of megabytes takes seconds; the bytes move to another thread and are not
    // read here.
    imported = await (bytes.length <= readHere
      ? importAnyFile(bytes, options)
      : elsewhere('import', { bytes, options }))
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid(['file', error.message])
    throw error
  }
  const { text, structure, facts, loss, wouldLoseWords, changes, redline } = imported
  refuseUnknown(single, imported.revisions)
  if (text.length > textMaximum)
    throw invalid(['file', `文件有${text.length}字，超过一版文本的上限${textMaximum}字。请拆成几份或者作为附件。`])
  const confirmation = createHash('sha256')
    .update(createHash('sha256').update(bytes).digest())
    .update(canonicalJson(JSON.parse(JSON.stringify(loss))))
    .digest('hex')
  const { title, faults } = structure
  if (wouldLoseWords && confirm !== confirmation) {
    const lost = countLoss(loss.filter((item) => item.losesWords))
    throw new AppError(
      'import_loses_words',
      confirm === undefined
        ? `导入会丢失${lost}处文字，请看过损失清单并确认后再导入`
        : '确认的不是这份文件的损失清单，请重新看过再确认',
      { loss, facts, confirmation, text, faults, revisions: imported.revisions, changes, redline },
    )
  }
  return {
    text,
    title,
    facts,
    loss,
    wouldLoseWords,
    confirmation,
    faults,
    revisions: imported.revisions,
    changes,
    redline,
  }
}

/** Decisions one by one may name only numbers the file has, and each only one decision. */
function refuseUnknown({ accept = [], reject = [] }: RevisionDecisions, revisions: number): void {
  for (const [field, numbers] of [
    ['accept', accept],
    ['reject', reject],
  ] as const) {
    const missing = numbers.find((number) => number < 1 || number > revisions)
    if (missing !== undefined)
      throw invalid([
        field,
        revisions === 0
          ? `文件里没有修订，不能对第${missing}处作决定。`
          : `文件里共有${revisions}处修订，没有第${missing}处。请按清单里的编号填写。`,
      ])
  }
  const both = accept.find((number) => reject.includes(number))
  if (both !== undefined) throw invalid(['reject', `第${both}处修订不能又接受又拒绝。请只留一个决定。`])
}
