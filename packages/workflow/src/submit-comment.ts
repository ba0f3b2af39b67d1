// 公众提出意见：经同一写入口，不需登录；回执可随时查验。
import { randomUUID } from 'node:crypto'
import { AppError, dispositionLabels } from '@dianzhang/contract'
import { and, desc, eq, schema } from '@dianzhang/database'
import { notFound } from './failures.ts'
import type { Office } from './office.ts'
import { lostWith } from './restoration.ts'
import { runCommand } from './run-command.ts'

export interface CommentInput {
  text: string
  name?: string | undefined
  contact?: string | undefined
  anchor?: { element: string; quote?: string | undefined } | undefined
}
export interface CommentReceipt {
  receipt: string
  commentId: string
  at: string
  hash: string
}
/** 对一项公开征求意见提出意见；期限已过的答复 409 并说明截止时刻。 */
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
  })
  return {
    receipt: String(answer.receipt),
    commentId: String(answer.commentId),
    at: String(answer.at),
    hash: String(answer.hash),
  }
}

/** 凭回执号查验：意见原文、提交时刻、摘要、处理情况。不含姓名与联系方式。读主库：刚提交的人立刻就来查，热备还没有。 */
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
  const [disposition] = await office.db
    .select()
    .from(x)
    .where(and(eq(x.jurisdictionId, row.comment.jurisdictionId), eq(x.commentId, row.comment.id)))
    .orderBy(desc(x.n))
    .limit(1)
  // 采纳情况公布之前，处理意见属于内部过程，不对外显示。
  const published = row.feedbackAt !== null
  return {
    receipt: row.comment.receipt,
    consultation: row.consultation,
    title: row.title,
    text: row.comment.body,
    anchor: row.comment.anchor,
    hash: row.comment.hash,
    at: row.comment.at.toISOString(),
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
