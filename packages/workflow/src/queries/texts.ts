// Queries on texts, materials, attachments and public comments. Unpublished bodies go only to people within the
// visible scope who are not merely administrators.

import type { answers, CommentChannel } from '@dianzhang/contract'
import { AppError, artefactLabels, commentChannelLabels, dispositionLabels } from '@dianzhang/contract'
import type { Page } from '@dianzhang/database'
import {
  and,
  asc,
  containing,
  decodeCursor,
  desc,
  encodeCursor,
  eq,
  gt,
  inArray,
  or,
  schema,
  sql,
} from '@dianzhang/database'
import { holdOf } from '@dianzhang/register'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { mayReadText } from '../policies/may.ts'
import { openDocument } from './documents.ts'
import { opinionsStatement } from './opinions-statement.ts'

/** A file whose text may be seen: 404 not visible, 403 for those who are only system administrators. */
export async function openText(office: Office, actor: Actor, id: string) {
  const opened = await openDocument(office.db, actor, id)
  if (!mayReadText(actor)) throw new AppError('forbidden', '系统管理员不能查看未公布的文本与材料')
  return opened
}
export async function getVersions(
  office: Office,
  actor: Actor,
  id: string,
): Promise<Array<answers.Given<typeof answers.TextVersion>>> {
  await openText(office, actor, id)
  const t = schema.texts
  const rows = await office.db
    .select({
      n: t.n,
      hash: t.hash,
      note: t.note,
      kind: t.kind,
      by: t.createdBy,
      at: t.at,
      attachments: t.attachments,
      characters: sql<number>`length(${t.body})::int`,
    })
    .from(t)
    .where(and(eq(t.jurisdictionId, actor.jurisdiction), eq(t.documentId, id)))
    .orderBy(asc(t.n))
  return rows.map((r) => ({ ...r, contentHash: r.hash, at: r.at.toISOString() }))
}
export async function getVersion(
  office: Office,
  actor: Actor,
  id: string,
  n: number,
): Promise<answers.Given<typeof answers.WholeText>> {
  await openText(office, actor, id)
  const row = await textOf(office, actor, id, n)
  return {
    n: row.n,
    contentHash: row.hash,
    hash: row.hash,
    body: row.body,
    attachments: row.attachments,
    note: row.note,
    kind: row.kind,
    by: row.createdBy,
    at: row.at.toISOString(),
  }
}
async function textOf(office: Office, actor: Actor, id: string, n: number): Promise<typeof schema.texts.$inferSelect> {
  const t = schema.texts
  const [row] = await office.db
    .select()
    .from(t)
    .where(and(eq(t.jurisdictionId, actor.jurisdiction), eq(t.documentId, id), eq(t.n, n)))
  if (!row) throw notFound(`第${n}版文本`)
  return row
}
/** Every file of a document, a row each: versions of the text, what was handed in, and what is attached to either. 404/403 as {@link openText}. */
export async function getFiles(
  office: Office,
  actor: Actor,
  id: string,
): Promise<Array<answers.Given<typeof answers.FileLine>>> {
  const [versions, artefacts] = await Promise.all([getVersions(office, actor, id), getArtefacts(office, actor, id)])
  return [
    ...versions.flatMap(({ n, note, at, hash, attachments }) => [
      { kind: '文本', edition: `第${n}版`, name: note, at, hash },
      ...attachments.map(({ name, sha256 }) => ({ kind: '文本附件', edition: `第${n}版`, name, at, hash: sha256 })),
    ]),
    ...artefacts.flatMap(({ label, derived, n, title, at, hash, attachment }) => {
      const edition = derived ? '由记录生成' : `第${n}次`
      return [
        { kind: label, edition, name: title, at, hash },
        ...(attachment ? [{ kind: `${label}附件`, edition, name: attachment.name, at, hash: attachment.sha256 }] : []),
      ]
    }),
  ]
}

export async function getArtefacts(
  office: Office,
  actor: Actor,
  id: string,
): Promise<Array<answers.Given<typeof answers.Artefact>>> {
  const { dossier, units } = await openText(office, actor, id)
  const a = schema.artefacts
  const rows = await office.db
    .select()
    .from(a)
    .where(and(eq(a.jurisdictionId, actor.jurisdiction), eq(a.documentId, id)))
    .orderBy(asc(a.kind), desc(a.n))
  const derived = await opinionsStatement(office.db, dossier, units)
  const provided = rows.map((r) => ({
    kind: r.kind,
    label: artefactLabels[r.kind as keyof typeof artefactLabels] ?? r.kind,
    n: r.n,
    title: r.title,
    body: r.body,
    attachment: r.attachment,
    bases: r.bases,
    hash: r.hash,
    by: r.createdBy,
    at: r.at.toISOString(),
  }))
  if (!derived) return provided
  // The feedback on opinions is made from the records and goes with the materials for review; feedback tables
  // submitted separately are listed after it as before.
  return [
    ...provided,
    {
      kind: 'comment_disposition',
      label: artefactLabels.comment_disposition,
      n: 0,
      title: '由征求意见的记录生成',
      body: derived.body,
      attachment: null,
      bases: null,
      hash: derived.hash,
      by: 'system',
      at: derived.at,
      derived: true as const,
    },
  ]
}
/** Bytes of an attachment; only one that belongs to this file's texts or materials. `name`: which, where several have the same bytes. */
export async function getAttachment(
  office: Office,
  actor: Actor,
  id: string,
  sha256: string,
  name?: string,
): Promise<{ name: string; mediaType: string; bytes: Uint8Array }> {
  await openText(office, actor, id)
  const [versions, artefacts] = await Promise.all([
    office.db
      .select({ list: schema.texts.attachments })
      .from(schema.texts)
      .where(and(eq(schema.texts.jurisdictionId, actor.jurisdiction), eq(schema.texts.documentId, id))),
    office.db
      .select({ one: schema.artefacts.attachment })
      .from(schema.artefacts)
      .where(and(eq(schema.artefacts.jurisdictionId, actor.jurisdiction), eq(schema.artefacts.documentId, id))),
  ])
  const meta = [...versions.flatMap((v) => v.list), ...artefacts.flatMap((x) => (x.one ? [x.one] : []))].find(
    (m) => m.sha256 === sha256 && (name === undefined || m.name === name),
  )
  if (!meta) throw notFound('这个附件')
  const b = schema.blobs
  const [blob] = await office.db
    .select({ bytes: b.bytes })
    .from(b)
    .where(and(eq(b.jurisdictionId, actor.jurisdiction), eq(b.sha256, sha256)))
  if (!blob) throw notFound('这个附件')
  return { name: meta.name, mediaType: meta.mediaType, bytes: blob.bytes }
}

/** Public comments and how they were dealt with. Names and contact details go only to people of the drafting unit. */
export async function getComments(
  office: Office,
  actor: Actor,
  id: string,
  query: {
    cursor?: string | undefined
    limit?: number | undefined
    q?: string | undefined
    held?: boolean | undefined
  },
): Promise<Page<answers.Given<typeof answers.StaffComment>>> {
  const opened = await openText(office, actor, id)
  const limit = query.limit ?? 50
  const c = schema.comments
  const after = query.cursor ? decodeCursor(query.cursor, ['instant', 'text']) : null
  const at = after ? new Date(after[0] ?? '') : null
  const rows = await office.db
    .select()
    .from(c)
    .where(
      and(
        eq(c.jurisdictionId, actor.jurisdiction),
        eq(c.documentId, id),
        after && at ? or(gt(c.at, at), and(eq(c.at, at), gt(c.id, after[1] ?? ''))) : undefined,
        query.held === undefined
          ? undefined
          : sql`coalesce(${holdOf('"comments"')}, 'restored') ${sql.raw(query.held ? "= 'held'" : "<> 'spam'")}`,
        query.q
          ? sql`(${c.body} ilike ${containing(query.q)} or exists (select from comment_attachments a left join attachment_texts t on t.jurisdiction_id = a.jurisdiction_id and t.sha256 = a.sha256 where a.jurisdiction_id = ${c.jurisdictionId} and a.comment_id = ${c.id} and (a.name ilike ${containing(query.q)} or t.text ilike ${containing(query.q)})))`
          : undefined,
      ),
    )
    .orderBy(asc(c.at), asc(c.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const ids = page.map((r) => r.id)
  const drafting =
    actor.kind === 'person' &&
    actor.posts.some((p) => p.unit === opened.dossier.draftingUnit && (p.role === 'drafter' || p.role === 'unit_head'))
  const { commentDispositions: x, commentContacts: k, commentEntries: e, commentHolds: h } = schema
  const { commentAttachments: f, attachmentTexts: w } = schema
  const [dispositions, contacts, entries, holds, files] = ids.length
    ? await Promise.all([
        office.db
          .select()
          .from(x)
          .where(and(eq(x.jurisdictionId, actor.jurisdiction), inArray(x.commentId, ids)))
          .orderBy(asc(x.n)),
        drafting
          ? office.db
              .select()
              .from(k)
              .where(and(eq(k.jurisdictionId, actor.jurisdiction), inArray(k.commentId, ids)))
          : [],
        office.db
          .select()
          .from(e)
          .where(and(eq(e.jurisdictionId, actor.jurisdiction), inArray(e.commentId, ids))),
        office.db
          .select()
          .from(h)
          .where(and(eq(h.jurisdictionId, actor.jurisdiction), inArray(h.commentId, ids)))
          .orderBy(asc(h.n)),
        office.db
          .select({ file: f, text: sql<string | null>`left(${w.text}, 2000)`, note: w.note })
          .from(f)
          .leftJoin(w, and(eq(w.jurisdictionId, f.jurisdictionId), eq(w.sha256, f.sha256)))
          .where(and(eq(f.jurisdictionId, actor.jurisdiction), inArray(f.commentId, ids)))
          .orderBy(asc(f.n)),
      ])
    : [[], [], [], [], []]
  const last = page.at(-1)
  return {
    items: page.map((r) => {
      const history = dispositions.filter((d) => d.commentId === r.id)
      const current = history.at(-1)
      const contact = contacts.find((y) => y.commentId === r.id)
      const entry = entries.find((y) => y.commentId === r.id)
      const hold = holds.findLast((y) => y.commentId === r.id)
      const channel = (entry?.channel ?? 'online') as CommentChannel
      return {
        id: r.id,
        consultation: r.consultationId,
        anchor: r.anchor,
        /** Address in the consultation draft of the place meant. */
        address: r.anchorAddress,
        text: r.body,
        hash: r.hash,
        at: r.at.toISOString(),
        channel,
        channelLabel: commentChannelLabels[channel],
        source: entry?.source ?? null,
        receivedOn: entry?.receivedOn ?? null,
        late: entry?.late ?? false,
        held: hold ? { state: hold.state, reason: hold.reason } : null,
        attachments: files
          .filter(({ file }) => file.commentId === r.id)
          .map(({ file, text, note }) => ({
            name: file.name,
            mediaType: file.mediaType,
            sha256: file.sha256,
            size: file.size,
            text,
            note,
          })),
        ...(drafting ? { name: contact?.name ?? null, contact: contact?.contact ?? null } : {}),
        disposition: current
          ? {
              disposition: current.disposition as keyof typeof dispositionLabels,
              label: dispositionLabels[current.disposition as keyof typeof dispositionLabels],
              reason: current.reason,
              version: current.textVersion,
              at: current.at.toISOString(),
            }
          : null,
        dispositions: history.length,
      }
    }),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  }
}
