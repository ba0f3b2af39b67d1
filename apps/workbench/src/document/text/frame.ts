// 正文以外的部分（标题、主送、署名、日期、附件名称）在两版之间的变动。条款的比较由服务端给出。
import { type DiffPart, inlineDiff, type StructuredText } from '@dianzhang/text'

export interface FrameChange {
  label: string
  before: string
  after: string
  diff: DiffPart[]
}
const partsOf = (text: StructuredText): Array<[string, string]> => [
  ['标题', text.title ?? ''],
  ['发文字号', text.documentNumber ?? ''],
  ['主送机关', text.addressees ?? ''],
  ['附件说明', text.attachmentsNote.join('\n')],
  ['署名', text.signature.join('\n')],
  ['成文日期', text.dateText ?? ''],
  ['附注', text.note ?? ''],
  ['附件名称', text.attachments.map((each) => [each.label, each.title].filter(Boolean).join(' ')).join('\n')],
  ['版记', text.imprint.join('\n')],
]
/** 只列有变动的。 */
export function frameChanges(before: StructuredText, after: StructuredText): FrameChange[] {
  const later = new Map(partsOf(after))
  return partsOf(before).flatMap(([label, old]) => {
    const now = later.get(label) ?? ''
    return old === now ? [] : [{ label, before: old, after: now, diff: inlineDiff(old, now) }]
  })
}
