// 征求部门意见与公开征求意见。截止以日为准，收取至最后一日 24:00（北京时间）。
import { randomBytes, randomUUID } from 'node:crypto'
import { endOfDayInstant } from '@dianzhang/calendar'
import { and, desc, eq, inArray, schema, sql } from '@dianzhang/database'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { availableApproval, closingDay, consultationMinimum, headText, interagencyDue } from '@dianzhang/rules'
import { addressOf } from '@dianzhang/text'
import { invalid } from '../failures.ts'
import { findElement } from '../text/anchors.ts'
import { textAlone } from '../text/versions.ts'
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
  resolve: (c, p) => {
    const minimum = consultationMinimum(c.facts, c.on)
    const closesOn = closingDay(p.closesAt) ?? minimum.due
    const approved = availableApproval(c.dossier, 'consultation.minimum-period')
    return {
      id: randomUUID(),
      closesOn,
      closesAt: endOfDayInstant(closesOn),
      // 期限并没有短于最低期限的，写了理由也不是缩短；否则以后改列为涉企的，会误作已经依法缩短。
      // 没有批准的，由规则拒绝；批准人以批准的为准。
      shortened:
        closesOn < minimum.due && p.shortened && approved
          ? { reason: p.shortened.reason, approver: approved.confirmed?.name ?? '', deviation: approved.id }
          : null,
      noteHash: c.dossier.artefacts.find((a) => a.kind === 'explanatory_note')?.hash ?? null,
    }
  },
  write: async (c, p, r) => {
    const head = headText(c.dossier)
    const where = (t: typeof schema.texts | typeof schema.artefacts) =>
      and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId))
    const [[text], [note]] = await Promise.all([
      c.tx
        .select({ body: schema.texts.body })
        .from(schema.texts)
        .where(and(where(schema.texts), eq(schema.texts.n, head?.n ?? 0))),
      c.tx
        .select({ body: schema.artefacts.body })
        .from(schema.artefacts)
        .where(and(where(schema.artefacts), eq(schema.artefacts.kind, 'explanatory_note')))
        .orderBy(desc(schema.artefacts.n))
        .limit(1),
    ])
    const minimum = consultationMinimum(c.facts, c.on)
    const name = (id: string) => c.units[id]?.name ?? id
    await c.tx.insert(schema.publicConsultations).values({
      jurisdictionId: c.jurisdiction,
      id: r.id ?? '',
      documentId: c.matterId,
      n: c.dossier.consultations.length + 1,
      title: c.dossier.title,
      draftingUnitName: name(c.dossier.draftingUnit),
      issuerNames: c.dossier.issuers.map(name),
      body: text?.body ?? '',
      textHash: head?.hash ?? '',
      explanatoryNote: note?.body ?? '',
      channels: p.channels,
      groups: p.groups ?? [],
      contact: p.contact ?? null,
      shortened: r.shortened ? { reason: r.shortened.reason, approver: r.shortened.approver } : null,
      minimum: {
        due: minimum.due,
        provisional: minimum.provisional,
        decisive: minimum.decisive.label,
        basis: minimum.decisive.param.source,
        all: minimum.all.map((m) => ({ label: m.label, due: m.answer.due, basis: m.param.source })),
      },
      openedAt: c.now,
      closesOn: r.closesOn ?? c.on,
      closesAt: new Date(r.closesAt ?? c.at),
      closedAt: null,
      extensions: [],
      feedback: null,
      feedbackAt: null,
    })
    return {
      consultationId: r.id,
      closesOn: r.closesOn,
      closesAt: r.closesAt,
      minimum: { due: minimum.due, decisive: minimum.decisive.label, provisional: minimum.provisional },
    }
  },
  ledger: (p, r) => ({
    consultation: r.id,
    closesOn: r.closesOn,
    closesAt: r.closesAt,
    channels: p.channels,
    groups: p.groups ?? [],
    shortened: r.shortened ?? null,
    noteHash: r.noteHash ?? null,
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
        closesOn: r.closesOn ?? '',
        closesAt: new Date(r.closesAt ?? c.at),
        extensions: sql`${t.extensions} || ${extension}::jsonb`,
      })
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.id, round?.id ?? '')))
    return { closesOn: r.closesOn, closesAt: r.closesAt }
  },
  ledger: (p, r) => ({ closesOn: r.closesOn, closesAt: r.closesAt, reason: p.reason ?? null }),
}
export const closeConsultation: Handler<'CloseConsultation'> = {
  write: async (c) => {
    const { publicConsultations: t } = schema
    await c.tx
      .update(t)
      .set({ closedAt: c.now })
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.id, c.dossier.consultations.at(-1)?.id ?? '')))
    return undefined
  },
  ledger: () => ({}),
}

/** 回执号：日期加 80 位随机数，不能由他人推知。 */
const receiptCode = (on: string): string =>
  `YJ${on.replaceAll('-', '')}-${randomBytes(10).toString('hex').toUpperCase()}`

/** 意见所指的元素：标识或者地址，就征求意见稿本身而言（公众不知道以前各稿）；没有指明的为 null。 */
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
      hash: sha256Hex(
        `dianzhang/comment/1\n${canonicalJson({ consultation: c.dossier.consultations.at(-1)?.id ?? null, anchor: p.anchor ? JSON.parse(JSON.stringify(p.anchor)) : null, text: p.text })}`,
      ),
    }
  },
  write: async (c, p, r) => {
    const at = await anchored(c, p.anchor)
    const consultationId = c.dossier.consultations.at(-1)?.id ?? ''
    await c.tx.insert(schema.comments).values({
      jurisdictionId: c.jurisdiction,
      id: r.id ?? '',
      documentId: c.matterId,
      consultationId,
      receipt: r.document ?? '',
      anchor: p.anchor ?? null,
      anchorElement: at?.element ?? null,
      anchorAddress: at?.address ?? null,
      body: p.text,
      hash: r.hash ?? '',
      at: c.now,
    })
    if (p.name || p.contact)
      await c.tx.insert(schema.commentContacts).values({
        jurisdictionId: c.jurisdiction,
        commentId: r.id ?? '',
        name: p.name ?? null,
        contact: p.contact ?? null,
      })
    return { receipt: r.document, commentId: r.id, at: c.at, hash: r.hash }
  },
  // 台账只记摘要：意见全文可能含个人信息。
  ledger: (_p, r) => ({ comment: r.id, hash: r.hash }),
}
export const disposeComment: Handler<'DisposeComment'> = {
  resolve: async (c, p) => {
    const { comments: t, commentDispositions: x } = schema
    const [row] = await c.tx
      .select({
        id: t.id,
        n: sql<number>`(select coalesce(max(n), 0)::int from ${x} where ${x.jurisdictionId} = ${t.jurisdictionId} and ${x.commentId} = ${t.id})`,
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
      n: r.n ?? 1,
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
    // 此前各次已截止而没有公布的（重新公开征求意见的），各按其收到的意见一并公布。
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
          sql`${x.n} = (select max(y.n) from ${x} y where y.jurisdiction_id = ${x.jurisdictionId} and y.comment_id = ${x.commentId})`,
        ),
      )
      .groupBy(comments.consultationId, x.disposition)
    const feedbackOf = (round: string) => {
      const own = rows.filter((r) => r.round === round)
      const total = own.reduce((sum, r) => sum + r.count, 0)
      return {
        summary: p.summary ?? (total === 0 ? '征求意见期间未收到意见。' : null),
        total,
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
