// The public submits a comment: through the same write entrance, without sign-in; the receipt can be looked up at any
// time.
import { randomUUID } from 'node:crypto'
import { AppError, type CommentChannel, commentChannelLabels, dispositionLabels } from '@dianzhang/contract'
import { and, desc, eq, schema } from '@dianzhang/database'
import { contentLine } from './comments/content.ts'
import type { CommentFile } from './comments/files.ts'
import { notFound } from './failures.ts'
import type { Office } from './office.ts'
import { lostWith } from './restoration.ts'
import { runCommand } from './run-command.ts'

export interface CommentInput {
  text: string
  name?: string | undefined
  contact?: string | undefined
  anchor?: { element: string; quote?: string | undefined } | undefined
  /** Taken before (`takeFiles`). */
  attachments?: CommentFile[] | undefined
  /** The invitation answered; checked by its code before. */
  invitation?: string | undefined
  /** Why it is held for a person to look at; it is received all the same. */
  held?: string | undefined
}
export interface CommentReceipt {
  receipt: string
  commentId: string
  at: string
  hash: string
}
/** Submits a comment on a public consultation; after its close answers 409 with the instant it closed. */
export async function submitComment(
  office: Office,
  consultationId: string,
  input: CommentInput,
  commandId: string = randomUUID(),
): Promise<CommentReceipt> {
  const t = schema.publicConsultations
  const [row] = await office.db
    .select({ jurisdiction: t.jurisdictionId, document: t.documentId })
    .from(t)
    .where(eq(t.id, consultationId))
  if (!row) throw notFound('这项公开征求意见')
  const answer = await runCommand(office, { kind: 'public', jurisdiction: row.jurisdiction }, row.document, {
    type: 'SubmitComment',
    commandId,
    expectedVersion: 0,
    ...input,
    // Of which round: a draft that was changed is consulted on anew, and what was said on the former is not said on it.
    consultation: consultationId,
  })
  return {
    receipt: String(answer.receipt),
    commentId: String(answer.commentId),
    at: String(answer.at),
    hash: String(answer.hash),
  }
}

/**
 * Looks a comment up by its receipt code: the comment itself, when it was submitted, digest, how it was dealt with.
 * Without name and contact details. Reads the primary database: people look right after submitting, before the hot
 * standby has it.
 */
export async function commentReceipt(office: Office, receipt: string): Promise<Record<string, unknown>> {
  const { comments: c, commentDispositions: x, publicConsultations: t } = schema
  const [row] = await office.db
    .select({ comment: c, title: t.title, consultation: t.id, feedbackAt: t.feedbackAt })
    .from(c)
    .innerJoin(t, and(eq(t.jurisdictionId, c.jurisdictionId), eq(t.id, c.consultationId)))
    .where(eq(c.receipt, receipt.trim().toUpperCase()))
  if (!row) {
    const lost = await lostWith(office.db, receipt.trim().toUpperCase())
    throw lost === null ? notFound('这个回执号') : new AppError('not_found', lost)
  }
  const { commentAttachments: f, commentEntries: e, commentHolds: h } = schema
  const own = { jurisdiction: row.comment.jurisdictionId, id: row.comment.id }
  const [files, [entry], [hold]] = await Promise.all([
    office.db
      .select({ name: f.name, sha256: f.sha256, size: f.size })
      .from(f)
      .where(and(eq(f.jurisdictionId, own.jurisdiction), eq(f.commentId, own.id)))
      .orderBy(f.n),
    office.db
      .select()
      .from(e)
      .where(and(eq(e.jurisdictionId, own.jurisdiction), eq(e.commentId, own.id))),
    office.db
      .select({ state: h.state })
      .from(h)
      .where(and(eq(h.jurisdictionId, own.jurisdiction), eq(h.commentId, own.id)))
      .orderBy(desc(h.n))
      .limit(1),
  ])
  const channel = (entry?.channel ?? 'online') as CommentChannel
  const proven = contentLine({
    consultation: row.consultation,
    anchor: row.comment.anchor,
    text: row.comment.body,
    channel,
    source: entry?.source ?? null,
    receivedOn: entry?.receivedOn ?? '',
    attachments: files.map(({ sha256 }) => sha256),
  })
  const [disposition] = await office.db
    .select()
    .from(x)
    .where(and(eq(x.jurisdictionId, row.comment.jurisdictionId), eq(x.commentId, row.comment.id)))
    .orderBy(desc(x.n))
    .limit(1)
  // Until the feedback on opinions is published, how a comment is dealt with is internal and not shown outside.
  const published = row.feedbackAt !== null
  return {
    receipt: row.comment.receipt,
    consultation: row.consultation,
    title: row.title,
    text: row.comment.body,
    anchor: row.comment.anchor,
    hash: row.comment.hash,
    at: row.comment.at.toISOString(),
    /** The two lines of which the digest is made. */
    proven,
    channel,
    channelLabel: commentChannelLabels[channel],
    receivedOn: entry?.receivedOn ?? null,
    late: entry?.late ?? false,
    attachments: files,
    /** held: taken for spam and waiting for a person; spam: confirmed as such. */
    hold: hold && hold.state !== 'restored' ? hold.state : null,
    disposition:
      published && disposition
        ? {
            disposition: disposition.disposition,
            label: dispositionLabels[disposition.disposition as keyof typeof dispositionLabels],
            reason: disposition.reason,
          }
        : null,
    feedbackPublished: published,
  }
}
