// Attachments of comments: told by their content in another thread, kept by digest, given out for saving only.
import { createHash } from 'node:crypto'
import { Attachment, type CommandOf, commentFiles } from '@dianzhang/contract'
import { and, asc, eq, schema } from '@dianzhang/database'
import { attachmentKindsSaid, elsewhere, nameForKind } from '@dianzhang/text-work'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { openText } from '../queries/texts.ts'

const MiB = 1024 * 1024
/** Said before anything is uploaded, and again where something is refused. */
export const commentFilesSaid = `最多 ${commentFiles.count} 份，每份不超过 ${commentFiles.each / MiB} MB，合计不超过 ${commentFiles.total / MiB} MB；只接收 ${attachmentKindsSaid}`
export type CommentFile = NonNullable<CommandOf<'SubmitComment'>['attachments']>[number]

/**
 * Takes what was attached to a comment. Nothing is kept unless everything can be: `problems` says of each refused file why,
 * in a sentence that begins with its name.
 */
export async function takeFiles(
  office: Office,
  jurisdiction: string,
  files: ReadonlyArray<{ name: string; bytes: Uint8Array }>,
): Promise<{ files: CommentFile[] } | { problems: string[] }> {
  if (files.length === 0) return { files: [] }
  if (files.length > commentFiles.count) return { problems: [`附件有 ${files.length} 份；${commentFilesSaid}`] }
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const large = files.filter(({ bytes }) => bytes.length > commentFiles.each)
  if (large.length > 0)
    return {
      problems: large.map(({ name, bytes }) => `“${shown(name)}”有 ${sizeSaid(bytes.length)}；${commentFilesSaid}`),
    }
  if (total > commentFiles.total) return { problems: [`附件合计 ${sizeSaid(total)}；${commentFilesSaid}`] }
  const problems: string[] = []
  const taken: Array<{ file: CommentFile; bytes: Uint8Array; text: string | null; note: string | null }> = []
  for (const { name, bytes } of files) {
    const known = Attachment.shape.name.safeParse(name)
    if (!known.success) {
      problems.push(`“${shown(name)}”：${known.error.issues[0]?.message ?? '文件名不规范'}`)
      continue
    }
    const read = await elsewhere('attachment', { bytes }, 'public')
    if ('problem' in read) {
      problems.push(`“${known.data}”${read.problem}`)
      continue
    }
    const kept = nameForKind(known.data, read.kind)
    if (kept === null)
      problems.push(
        `“${known.data}”的内容是 ${read.kind.toUpperCase()}，与文件名的后缀不符，请把后缀改为 .${read.kind} 再传`,
      )
    else
      taken.push({
        file: {
          name: kept,
          mediaType: read.mediaType,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          size: bytes.length,
        },
        bytes,
        text: read.text,
        note: read.note,
      })
  }
  if (problems.length > 0) return { problems }
  await office.db
    .insert(schema.blobs)
    .values(
      [...new Map(taken.map((x) => [x.file.sha256, x])).values()].map(({ file, bytes }) => ({
        jurisdictionId: jurisdiction,
        sha256: file.sha256,
        size: file.size,
        bytes,
      })),
    )
    .onConflictDoNothing()
  await office.db
    .insert(schema.attachmentTexts)
    .values(
      taken.map(({ file, text, note }) => ({
        jurisdictionId: jurisdiction,
        sha256: file.sha256,
        text: text?.replaceAll('\u0000', '') ?? null,
        note,
      })),
    )
    .onConflictDoNothing()
  return { files: taken.map(({ file }) => file) }
}
const shown = (name: string): string =>
  name.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '').slice(0, 80)
const sizeSaid = (bytes: number): string =>
  bytes >= MiB ? `${(bytes / MiB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`

/**
 * An attachment of a comment on this file, for those who see its text. `name`: which, where the same content was attached under
 * several names.
 */
export async function commentFile(
  office: Office,
  actor: Actor,
  id: string,
  sha256: string,
  name?: string,
): Promise<{ name: string; mediaType: string; bytes: Uint8Array }> {
  await openText(office, actor, id)
  const { commentAttachments: t, blobs: b } = schema
  const [row] = await office.db
    .select({ name: t.name, mediaType: t.mediaType, bytes: b.bytes })
    .from(t)
    .innerJoin(b, and(eq(b.jurisdictionId, t.jurisdictionId), eq(b.sha256, t.sha256)))
    .where(
      and(
        eq(t.jurisdictionId, actor.jurisdiction),
        eq(t.documentId, id),
        eq(t.sha256, sha256),
        name === undefined ? undefined : eq(t.name, name),
      ),
    )
    .orderBy(asc(t.commentId), asc(t.n))
    .limit(1)
  if (!row) throw notFound('这个附件')
  return row
}
