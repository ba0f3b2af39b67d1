// 另一线程里拒绝读的文件：错误的类别不能随消息过来，写成数据再还原。
import { type RefusalCode, UnreadableFile } from '@dianzhang/formats'

export interface TextRefusal {
  code: RefusalCode
  message: string
}
export const toRefusal = (error: unknown): TextRefusal | null =>
  error instanceof UnreadableFile ? { code: error.code, message: error.message } : null
export const fromRefusal = ({ code, message }: TextRefusal): UnreadableFile => new UnreadableFile(code, message)
