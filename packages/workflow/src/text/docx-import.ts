// 导入 Word 文件：给出文字与损失清单，不存任何内容；会丢失文字的，须带着清单的凭据确认。
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

/** 上传文件最大的字节数。 */
export const docxMaximum = defaultLimits.fileBytes

/** 不超过这么多字节的就在这里读。 */
const readHere = 30_000

export interface ImportedText {
  text: string
  title: string | null
  facts: DocxFacts
  loss: LossItem[]
  wouldLoseWords: boolean
  /** 文件与损失清单的摘要：确认时原样带回。 */
  confirmation: string
  faults: Fault[]
  /** 文件里的修订有多少处、每处是什么、作了什么决定；有修订的段落照 Word 里的样子。 */
  revisions: number
  changes: TrackedChange[]
  redline: RedlineParagraph[]
}

/**
 * 读一份 docx；上传的是纯文本、网页的，照样读。会丢失文字而 `confirm` 不是这份文件、这份清单的凭据时，409 `import_loses_words` 并给出清单。
 * `revisions`：修订全部接受、全部拒绝，或者（`single`）按编号逐处接受、拒绝，没有点到的随“全部”；没有决定的按修订之前的文字读，
 * 插入的文字算作丢失。
 * 422：文件里没有这个编号的修订、同一处又接受又拒绝（字段 `accept`、`reject`）；（字段 `file`）PDF、图片等不是文本的、旧格式、设有密码、损坏、解压后过大、带 DOCTYPE、正文过长。
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
    // 几十兆的文件解压、读出要几秒；字节移到另一线程，不在这里读。
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

/** 逐处决定只能说文件里有的编号，一处只能有一个决定。 */
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
