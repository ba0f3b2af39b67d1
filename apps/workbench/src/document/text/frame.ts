// Changes between two versions in what lies outside the provisions (title, addressees, signature, date, names of
// attachments). The comparison of provisions comes from the server.
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
/** Lists only what changed. */
export function frameChanges(before: StructuredText, after: StructuredText): FrameChange[] {
  const later = new Map(partsOf(after))
  return partsOf(before).flatMap(([label, old]) => {
    const now = later.get(label) ?? ''
    return old === now ? [] : [{ label, before: old, after: now, diff: inlineDiff(old, now) }]
  })
}
