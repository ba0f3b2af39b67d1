// A made file as an answer, under its own name.
import type { ExportedFile } from '@dianzhang/workflow'
import type { Context } from 'hono'
import type { AppEnv } from './types.ts'

/** The bytes, to be saved under the file's name, which may be Chinese. */
export const sendFile = (c: Context<AppEnv>, { name, mediaType, bytes }: ExportedFile): Response =>
  c.body(new Uint8Array(bytes), 200, {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  })

/** The formats in which a paper of a procedure is given, with their names and media types. */
export const paperFormats = ['docx', 'pdf'] as const
export const paperNames = { docx: 'Word', pdf: 'PDF' } as const
export const paperTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const
