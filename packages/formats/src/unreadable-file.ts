// Files that are not read: one kind of error and one list of reasons for every entrance; every reason is one clear
// sentence in Chinese.
import type { FileKind } from './recognise/file-kind.ts'

/** Why a file is not read: what it is (`FileKind`), or what is wrong with one that could have been read. */
export type RefusalCode =
  | FileKind
  | 'too-large'
  | 'not-docx'
  | 'legacy-word'
  | 'encrypted'
  | 'corrupt'
  | 'expands-too-much'
  | 'unsafe-xml'
  | 'would-lose-words'
  | 'encoding'
  | 'not-text'
  | 'html'
  | 'damaged'
  | 'not-a-list'

/** A file that is not read, with the reason for the person who chose it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly code: RefusalCode
  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}
