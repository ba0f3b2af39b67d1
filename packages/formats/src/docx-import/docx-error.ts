// 导入被拒绝的原因：每个都是一句说得清楚的中文。

export type DocxErrorCode =
  | 'too-large'
  | 'not-docx'
  | 'legacy-word'
  | 'encrypted'
  | 'corrupt'
  | 'expands-too-much'
  | 'unsafe-xml'
  | 'would-lose-words'

/** A file that is not imported, with the reason for the person who uploaded it. */
export class DocxError extends Error {
  override readonly name = 'DocxError'
  readonly code: DocxErrorCode
  constructor(code: DocxErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
