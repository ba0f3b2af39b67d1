// A file refused by another thread: the class of an error does not survive the message, so it is written as data and
// restored.
import { type RefusalCode, UnreadableFile } from '@dianzhang/formats'

export interface TextRefusal {
  code: RefusalCode
  message: string
}
export const toRefusal = (error: unknown): TextRefusal | null =>
  error instanceof UnreadableFile ? { code: error.code, message: error.message } : null
export const fromRefusal = ({ code, message }: TextRefusal): UnreadableFile => new UnreadableFile(code, message)
