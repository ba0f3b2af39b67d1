// The use of an attachment: as stated; when not stated, Office files are originals kept on file, and the rest is
// decided at publication.
import type { AttachmentUse } from '@dianzhang/contract'

const officeName = /\.(?:docx?|docm|dotx?|wps|xlsx?|xlsm|et|pptx?|dps|odt|ods|rtf|ofd)$/iu
const officeType = /msword|officedocument|ms-excel|opendocument|wps|rtf/iu

/** The use of one attachment; undefined when not stated and not an Office file. */
export const useOf = (a: {
  name: string
  mediaType: string
  use?: AttachmentUse | undefined
}): AttachmentUse | undefined =>
  a.use ?? (officeName.test(a.name) || officeType.test(a.mediaType) ? 'source' : undefined)
