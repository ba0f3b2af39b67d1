// 另一线程里拒绝读的文件：错误的类别不能随消息过来，写成数据再还原。
import { DocxError, type DocxErrorCode } from '@dianzhang/formats'

export interface TextRefusal {
  code: DocxErrorCode
  message: string
}
export const toRefusal = (error: unknown): TextRefusal | null =>
  error instanceof DocxError ? { code: error.code, message: error.message } : null
export const fromRefusal = ({ code, message }: TextRefusal): DocxError => new DocxError(code, message)
