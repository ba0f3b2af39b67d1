// Consultation of departments and of the public. It closes by the day; comments are taken until 24:00 of the last day
// (Beijing time).
import { randomUUID } from 'node:crypto'
import { endOfDayInstant } from '@dianzhang/calendar'
import { and, correlated, eq, inArray, schema, sql } from '@dianzhang/database'
import { countComments, isCounted, none } from '@dianzhang/register'
import { closingDay, interagencyDue } from '@dianzhang/rules'
import { addressOf } from '@dianzhang/text'
import { announcedTerm, announcementOf } from '../comments/announcement.ts'
import { commentHash, receiptCode } from '../comments/content.ts'
import { feedbackSummary } from '../comments/feedback-term.ts'
import { invalid } from '../failures.ts'
import { findElement } from '../text/anchors.ts'
import { textAlone } from '../text/versions.ts'
import { entryRow, silentInvitations } from './comments.ts'
import { type CommandContext, filledIn, type Handler, unitId } from './handler.ts'

export const requestOpinions: Handler<'RequestOpinions'> = {
  resolve: (c, p) => {
    const units = [...new Set(p.units.map((u, i) => unitId(c.units, u, `units.${i}`)))]
    return { units, dueOn: interagencyDue(c.facts, c.on).due }
  },
  write: (_c, _p, r) => ({ units: r.units, dueOn: r.dueOn }),
  ledger: (p, r) => ({ units: r.units, dueOn: r.dueOn, message: p.message ?? null }),
}
export const recordOpinion: Handler<'RecordOpinion'> = {
  resolve: (c, p) => {
    const unit = p.unit ? unitId(c.units, p.unit, 'unit') : (c.as.unit ?? '')
    filledIn('RecordOpinion', p)
    return { unit }
  },
  ledger: (p, r) => ({ unit: r.unit, opinion: p.opinion, text: p.text }),
}

export const openPublicConsultation: Handler<'OpenPublicConsultation'> = {
  resolve: (c, p) => ({
    id: randomUUID(),
    ...announcedTerm(c.facts, c.on, p),
    noteHash: c.dossier.artefacts.find((a) => a.kind === 'explanatory_note')?.hash ?? null,
  }),
  write: async (c, p, r) => {
    const announced = await announcementOf(c.tx, c.facts, c.units, c.on, p, r)
    await c.tx.insert(schema.publicConsultations).values({ ...announced, id: r.id, openedAt: c.now })
    const { due, decisive, provisional } = announced.minimum
    return { consultationId: r.id, closesOn: r.closesOn, closesAt: r.closesAt, minimum: { due, decisive, provisional } }
  },
  ledger: (p, r) => ({
    consultation: r.id,
    closesOn: r.closesOn,
    closesAt: r.closesAt,
    channels: p.channels,
    groups: p.groups ?? [],
    shortened: r.shortened,
    noteHash: r.noteHash,
  }),
}
export const extendConsultation: Handler<'ExtendConsultation'> = {
  resolve: (_c, p) => {
    const closesOn = closingDay(p.closesAt) ?? ''
    return { closesOn, closesAt: endOfDayInstant(closesOn) }
  },
  write: async (c, p, r) => {
    const round = c.dossier.consultations.at(-1)
    const { publicConsultations: t } = schema
    const extension = JSON.stringify([{ from: round?.closesOn, to: r.closesOn, reason: p.reason ?? null, at: c.at }])
    await c.tx
      .update(t)
      .set({
        closesOn: r.closesOn,
        closesAt: new Date(r.closesAt),
        extensions: sql`${t.extensions} || ${extension}::jsonb`,
      })
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.id, round?.id ?? '')))
    return { closesOn: r.closesOn, closesAt: r.closesAt }
  },
  ledger: (p, r) => ({ closesOn: r.closesOn, closesAt: r.closesAt, reason: p.reason ?? null }),
}
export const closeConsultation: Handler<'CloseConsultation'> = {
  // Silence is an answer, too: who was asked and did not answer stands in the ledger.
  resolve: async (c) => {
    const silent = await silentInvitations(c)
    return silent.length > 0 ? { silent } : {}
  },
  write: async (c) => {
    const { publicConsultations: t } = schema
    await c.tx
      .update(t)
      .set({ closedAt: c.now })
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.id, c.dossier.consultations.at(-1)?.id ?? '')))
    return undefined
  },
  ledger: (_p, r) => ({ ...(r.silent ? { silent: r.silent } : {}) }),
}

/**
 * The element a comment points at: an id or address, within the consultation draft alone (the public does not know
 * earlier drafts); null when none is named.
 */
async function anchored(c: CommandContext, anchor: { element: string } | undefined) {
  const n = c.dossier.consultations.at(-1)?.textVersion
  if (!anchor || n === undefined) return null
  const alone = await textAlone(c.office, c.tx, c.dossier, n)
  const element = findElement(alone, anchor.element)
  if (!element) throw invalid(['anchor.element', `征求意见稿中没有“${anchor.element}”`])
  return { element: element.id, address: addressOf(alone, element.id) }
}

export const submitComment: Handler<'SubmitComment'> = {
  keepsVersion: true,
  resolve: async (c, p) => {
    await anchored(c, p.anchor)
    return {
      id: randomUUID(),
      document: receiptCode(c.on),
      hash: commentHash({
        consultation: c.dossier.consultations.at(-1)?.id ?? null,
        anchor: p.anchor ?? null,
        text: p.text,
        channel: p.invitation ? 'invited' : 'online',
        source: null,
        receivedOn: c.on,
        attachments: (p.attachments ?? []).map(({ sha256 }) => sha256),
      }),
    }
  },
  write: async (c, p, r) => {
    const at = await anchored(c, p.anchor)
    const consultationId = c.dossier.consultations.at(-1)?.id ?? ''
    await c.tx.insert(schema.comments).values({
      jurisdictionId: c.jurisdiction,
      id: r.id,
      documentId: c.matterId,
      consultationId,
      receipt: r.document,
      anchor: p.anchor ?? null,
      anchorElement: at?.element ?? null,
      anchorAddress: at?.address ?? null,
      body: p.text,
      hash: r.hash,
      at: c.now,
    })
    const attachments = p.attachments ?? []
    await c.tx.insert(schema.commentEntries).values(
      entryRow(c, {
        id: r.id,
        consultation: consultationId,
        channel: p.invitation ? 'invited' : 'online',
        source: null,
        receivedOn: c.on,
        late: false,
        text: p.text,
        attachments: attachments.map(({ sha256 }) => sha256),
        invitation: p.invitation ?? null,
      }),
    )
    if (attachments.length > 0)
      await c.tx.insert(schema.commentAttachments).values(
        attachments.map((file, i) => ({
          jurisdictionId: c.jurisdiction,
          commentId: r.id,
          n: i + 1,
          documentId: c.matterId,
          ...file,
        })),
      )
    if (p.held)
      await c.tx.insert(schema.commentHolds).values({
        jurisdictionId: c.jurisdiction,
        commentId: r.id,
        n: 1,
        documentId: c.matterId,
        state: 'held',
        reason: p.held,
        createdBy: 'system',
        at: c.now,
      })
    if (p.name || p.contact)
      await c.tx.insert(schema.commentContacts).values({
        jurisdictionId: c.jurisdiction,
        commentId: r.id,
        name: p.name ?? null,
        contact: p.contact ?? null,
      })
    return { receipt: r.document, commentId: r.id, at: c.at, hash: r.hash }
  },
  // The ledger holds only the digest: the full comment may contain personal data.
  ledger: (p, r) => ({
    comment: r.id,
    hash: r.hash,
    ...(p.invitation ? { invitation: p.invitation } : {}),
    ...(p.held ? { held: p.held } : {}),
    ...(p.attachments?.length ? { attachments: p.attachments.map(({ sha256, size }) => ({ sha256, size })) } : {}),
  }),
}
export const disposeComment: Handler<'DisposeComment'> = {
  resolve: async (c, p) => {
    const { comments: t, commentDispositions: x } = schema
    const [row] = await c.tx
      .select({
        id: t.id,
        n: correlated(
          sql<number>`(select coalesce(max(n), 0)::int from ${x} where ${x.jurisdictionId} = ${t.jurisdictionId} and ${x.commentId} = ${t.id})`,
        ),
      })
      .from(t)
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId), eq(t.id, p.comment)))
    if (!row) throw invalid(['comment', '本案卷没有这条意见'])
    if (p.version !== undefined && !c.dossier.texts.some((y) => y.n === p.version))
      throw invalid(['version', `本案卷没有第${p.version}版文本`])
    return { id: p.comment, n: row.n + 1 }
  },
  write: async (c, p, r) => {
    await c.tx.insert(schema.commentDispositions).values({
      jurisdictionId: c.jurisdiction,
      commentId: p.comment,
      n: r.n,
      documentId: c.matterId,
      disposition: p.disposition,
      reason: p.reason,
      textVersion: p.version ?? null,
      createdBy: c.as.person ?? 'system',
      at: c.now,
    })
    return undefined
  },
  ledger: (p) => ({ comment: p.comment, disposition: p.disposition, reason: p.reason, version: p.version ?? null }),
}
export const publishFeedback: Handler<'PublishFeedback'> = {
  write: async (c, p) => {
    const { publicConsultations: t, comments, commentDispositions: x } = schema
    // Feedback on earlier rounds that closed without it (where the public was consulted again) is published as well,
    // each round with the comments it received.
    const rounds = c.dossier.consultations.filter((r) => r.closedAt && !r.feedbackAt).map((r) => r.id)
    const rows = await c.tx
      .select({
        round: comments.consultationId,
        disposition: x.disposition,
        count: sql<number>`count(distinct ${x.commentId})::int`,
      })
      .from(x)
      .innerJoin(comments, and(eq(comments.jurisdictionId, x.jurisdictionId), eq(comments.id, x.commentId)))
      .where(
        and(
          eq(x.jurisdictionId, c.jurisdiction),
          inArray(comments.consultationId, rounds),
          isCounted('"comments"'),
          sql`${x.n} = (select max(y.n) from ${x} y where y.jurisdiction_id = ${x.jurisdictionId} and y.comment_id = ${x.commentId})`,
        ),
      )
      .groupBy(comments.consultationId, x.disposition)
    const counted = await countComments(
      c.tx,
      sql`c.jurisdiction_id = ${c.jurisdiction} and c.document_id = ${c.matterId}`,
    )
    const feedbackOf = (round: string) => {
      const own = rows.filter((r) => r.round === round)
      const { total, distinct, late, channels } = counted.get(round) ?? none()
      return {
        summary: feedbackSummary(p.summary, total),
        total,
        distinct,
        late,
        channels: Object.fromEntries(channels.map(({ channel, count }) => [channel, count])),
        counts: Object.fromEntries(own.map((r) => [r.disposition, r.count])),
      }
    }
    for (const round of rounds)
      await c.tx
        .update(t)
        .set({ feedback: feedbackOf(round), feedbackAt: c.now })
        .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.id, round)))
    return { feedback: feedbackOf(rounds.at(-1) ?? '') }
  },
}
export const recordCoordination: Handler<'RecordCoordination'> = {
  resolve: (c, p) => {
    const objecting = c.dossier.interagency.filter((i) => i.opinion?.stance === 'object').map((i) => i.unit)
    const units = p.units ? p.units.map((u, i) => unitId(c.units, u, `units.${i}`)) : [...new Set(objecting)]
    return { units, settled: p.settled ? p.settled.map((u, i) => unitId(c.units, u, `settled.${i}`)) : units }
  },
}
