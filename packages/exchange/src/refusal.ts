// Why a package is refused: the code that programs read and the sentence that a clerk can act on.
import type { Reason } from './manifest.ts'

const sentences = {
  broken_package: () => '压缩包读不出来：不是完整的 ZIP，或者其中没有清单。请重新送出。',
  unsafe_path: (file?: string) => `包里有不能收的文件名“${file ?? ''}”：只收清单列出的 files/ 之下的文件。`,
  bad_manifest: () => '清单不合格式（应为规范 JSON），请用同一版本的系统重新生成。',
  unknown_sender: (file?: string) => `不认识寄件方“${file ?? ''}”：请先请我方管理员登记贵方的名称与公钥。`,
  bad_signature: () => '签名与寄件方的公钥对不上：不是寄件方签的，或者途中被改动。',
  old_key: (lastDay?: string) =>
    `签名用的是已经更换的旧密钥${lastDay ? `（收到${lastDay}为止）` : ''}：请以现在的密钥重新签出，或者请我方管理员登记现在的公钥。`,
  late_key: (lastDay?: string) =>
    `告知更换密钥的话来迟了，旧公钥只用到${lastDay ?? '先前'}：请我方管理员当面或者凭公文核对以后登记现在的公钥。`,
  bad_notice: () => '告知更换密钥的话不合格式：请用同一版本的系统重新生成，或者请我方管理员登记现在的公钥。',
  wrong_recipient: (file?: string) =>
    `收件方写的是“${file ?? ''}”，不是我方，或者不由我方受理：请核对报送的机关与轨道。`,
  too_large: () => '超过 100 MB（或者文件太多）：请减少随附的材料，或者改用光盘、U 盘报送。',
  not_agreed: () => '这一备案轨道没有约定由贵方向我方报送，请与我方管理员核对登记。',
  missing_file: (file?: string) => `缺少清单列出的文件“${file ?? ''}”。`,
  changed_file: (file?: string) => `文件“${file ?? ''}”与清单的摘要不同：途中被改动或者损坏，请重新送出。`,
  extra_file: (file?: string) => `文件“${file ?? ''}”没有列在清单里。`,
  same_id: () => '同一标识已经收到过内容不同的一包：请以新的标识另行送出。',
  same_place: () => '同一序号已经收到过另一包：双方的往来记录对不上，请先对账。',
} as const
export type RefusalCode = keyof typeof sentences
export const refusalCodes = Object.keys(sentences) as RefusalCode[]

/** `subject`: the file, or the name that is at fault. */
export const reasonFor = (code: RefusalCode, subject?: string): Reason => ({
  code,
  says: sentences[code](subject),
  ...(subject !== undefined && ['unsafe_path', 'missing_file', 'changed_file', 'extra_file'].includes(code)
    ? { file: subject.slice(0, 300) }
    : {}),
})
/** Sent once more, the same package may be taken: it was damaged on the way. */
const passing: ReadonlySet<string> = new Set<RefusalCode>([
  'broken_package',
  'missing_file',
  'changed_file',
  'extra_file',
])
export const mayPass = (reasons: readonly Reason[]): boolean => reasons.every(({ code }) => passing.has(code))
