// A made file as an answer, under its own name.
import type { ExportedFile, StreamedFile } from '@dianzhang/workflow'
import type { Context } from 'hono'
import type { AppEnv } from './types.ts'

/** The bytes, to be saved under the file's name, which may be Chinese. */
export const sendFile = (c: Context<AppEnv>, file: ExportedFile | StreamedFile): Response =>
  c.body('pieces' in file ? ReadableStream.from(file.pieces) : new Uint8Array(file.bytes), 200, {
    'Content-Type': file.mediaType,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  })

/** The formats in which a paper of a procedure is given, with their names and media types. */
export const paperFormats = ['docx', 'pdf'] as const
export const paperNames = { docx: 'Word', pdf: 'PDF' } as const
export const paperTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const
