// 附件的用途：写明的从其所写；没有写明的，Office 文件是留存的原始文件，其余公布时再定。
import type { AttachmentUse } from '@dianzhang/contract'

const officeName = /\.(?:docx?|docm|dotx?|wps|xlsx?|xlsm|et|pptx?|dps|odt|ods|rtf|ofd)$/iu
const officeType = /msword|officedocument|ms-excel|opendocument|wps|rtf/iu

/** 一份附件的用途；没有写明而不是 Office 文件的为 undefined。 */
export const useOf = (a: {
  name: string
  mediaType: string
  use?: AttachmentUse | undefined
}): AttachmentUse | undefined =>
  a.use ?? (officeName.test(a.name) || officeType.test(a.mediaType) ? 'source' : undefined)
