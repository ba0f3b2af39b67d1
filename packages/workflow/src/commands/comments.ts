// What is done with comments: entering letters, looking at held ones, grouping, answering several at once, blacking out,
// publishing, inviting. The words stand in rows, the ledger has ids, digests and reasons.
import { randomUUID } from 'node:crypto'
import { and, eq, inArray, schema, sql } from '@dianzhang/database'
import { addressOf } from '@dianzhang/text'
import { commentHash, contentKey, receiptCode } from '../comments/content.ts'
import { invalid } from '../failures.ts'
import { findElement } from '../text/anchors.ts'
import { textAlone } from '../text/versions.ts'
import type { CommandContext, Handler, WriteContext } from './handler.ts'

/** Every comment named is one of this file; names the first that is not. */
async function known(c: CommandContext, ids: readonly string[], path: (i: number) => string): Promise<void> {
  const { comments: t } = schema
  const rows = await c.tx
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId), inArray(t.id, [...ids])))
  const there = new Set(rows.map(({ id }) => id))
  const missing = ids.findIndex((id) => !there.has(id))
  if (missing >= 0) throw invalid([path(missing), '本案卷没有这条意见'])
}
/** The last number used per comment in a table that is only added to. */
async function lastOf(
  c: CommandContext,
  t: typeof schema.commentHolds | typeof schema.commentRedactions | typeof schema.commentDispositions,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await c.tx
    .select({ id: t.commentId, n: sql<number>`max(${t.n})::int` })
    .from(t)
    .where(and(eq(t.jurisdictionId, c.jurisdiction), inArray(t.commentId, [...ids])))
    .groupBy(t.commentId)
  return new Map(rows.map(({ id, n }) => [id, n]))
}
const by = (c: WriteContext): string => c.as.person ?? 'system'

/** A row that says how a comment came in. */
export function entryRow(
  c: WriteContext,
  given: {
    id: string
    consultation: string
    channel: string
    source: string | null
    receivedOn: string
    late: boolean
    text: string
    attachments: readonly string[]
    invitation: string | null
  },
): typeof schema.commentEntries.$inferInsert {
  return {
    jurisdictionId: c.jurisdiction,
    commentId: given.id,
    documentId: c.matterId,
    consultationId: given.consultation,
    channel: given.channel,
    source: given.source,
    receivedOn: given.receivedOn,
    late: given.late,
    contentKey: contentKey(given.text, given.attachments),
    invitationId: given.invitation,
    enteredBy: c.as.person,
  }
}

/** The clauses of the consultation draft that letters are about, in order; null where one is about the whole. Reads the draft once. */
async function placesOf(c: CommandContext, given: ReadonlyArray<string | undefined>) {
  const n = c.dossier.consultations.at(-1)?.textVersion
  if (n === undefined || !given.some(Boolean)) return given.map(() => null)
  const alone = await textAlone(c.office, c.tx, c.dossier, n)
  return given.map((name, i) => {
    if (!name) return null
    const element = findElement(alone, name)
    if (!element) throw invalid([`entries.${i}.element`, `征求意见稿中没有“${name}”`])
    return { element: element.id, address: addressOf(alone, element.id) }
  })
}

export const recordComments: Handler<'RecordComments'> = {
  resolve: async (c, p) => {
    const round = c.dossier.consultations.at(-1)
    const places = await placesOf(
      c,
      p.entries.map(({ element }) => element),
    )
    return {
      comments: p.entries.map((entry, i) => ({
        id: randomUUID(),
        receipt: receiptCode(c.on),
        place: places[i] ?? null,
        late: round !== undefined && entry.receivedOn > round.closesOn,
        hash: commentHash({
          consultation: round?.id ?? null,
          anchor: entry.element ? { element: entry.element } : null,
          text: entry.text,
          channel: entry.channel,
          source: entry.source,
          receivedOn: entry.receivedOn,
          attachments: [],
        }),
      })),
    }
  },
  write: async (c, p, r) => {
    const round = c.dossier.consultations.at(-1)
    const rows = p.entries.map((entry, i) => ({ entry, own: r.comments[i] as (typeof r.comments)[number] }))
    await c.tx.insert(schema.comments).values(
      rows.map(({ entry, own }) => ({
        jurisdictionId: c.jurisdiction,
        id: own.id,
        documentId: c.matterId,
        consultationId: round?.id ?? '',
        receipt: own.receipt,
        anchor: entry.element ? { element: entry.element } : null,
        anchorElement: own.place?.element ?? null,
        anchorAddress: own.place?.address ?? null,
        body: entry.text,
        hash: own.hash,
        at: c.now,
      })),
    )
    await c.tx.insert(schema.commentEntries).values(
      rows.map(({ entry, own }) =>
        entryRow(c, {
          id: own.id,
          consultation: round?.id ?? '',
          channel: entry.channel,
          source: entry.source,
          receivedOn: entry.receivedOn,
          late: own.late,
          text: entry.text,
          attachments: [],
          invitation: null,
        }),
      ),
    )
    const reachable = rows.filter(({ entry }) => entry.name || entry.contact)
    if (reachable.length > 0)
      await c.tx.insert(schema.commentContacts).values(
        reachable.map(({ entry, own }) => ({
          jurisdictionId: c.jurisdiction,
          commentId: own.id,
          name: entry.name ?? null,
          contact: entry.contact ?? null,
        })),
      )
    return { comments: rows.map(({ own }) => ({ id: own.id, receipt: own.receipt, late: own.late })) }
  },
  // As for comments of the public: the words may hold personal data, the ledger has their digest.
  ledger: (p, r) => ({
    comments: r.comments.map(({ id, hash, late }, i) => ({
      comment: id,
      hash,
      late,
      channel: p.entries[i]?.channel,
      source: p.entries[i]?.source,
      receivedOn: p.entries[i]?.receivedOn,
    })),
  }),
}

export const settleHeldComments: Handler<'SettleHeldComments'> = {
  resolve: async (c, p) => {
    await known(c, p.comments, (i) => `comments.${i}`)
    const last = await lastOf(c, schema.commentHolds, p.comments)
    const never = p.comments.findIndex((id) => !last.has(id))
    if (never >= 0) throw invalid([`comments.${never}`, '这条意见没有作为疑似垃圾信息待核'])
    return {}
  },
  write: async (c, p) => {
    const last = await lastOf(c, schema.commentHolds, p.comments)
    await c.tx.insert(schema.commentHolds).values(
      p.comments.map((comment) => ({
        jurisdictionId: c.jurisdiction,
        commentId: comment,
        n: (last.get(comment) ?? 0) + 1,
        documentId: c.matterId,
        state: p.outcome,
        reason: p.reason,
        createdBy: by(c),
        at: c.now,
      })),
    )
    return undefined
  },
}

export const groupComments: Handler<'GroupComments'> = {
  resolve: async (c, p) => {
    if (p.comments.length < 2) throw invalid(['comments', '归组、分开都须选定两条以上的意见'])
    await known(c, p.comments, (i) => `comments.${i}`)
    return { id: randomUUID() }
  },
  write: async (c, p, r) => {
    const { commentGroups: t } = schema
    const [row] = await c.tx
      .select({ n: sql<number>`coalesce(max(${t.n}), 0)::int` })
      .from(t)
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId)))
    await c.tx.insert(t).values({
      jurisdictionId: c.jurisdiction,
      id: r.id,
      documentId: c.matterId,
      n: (row?.n ?? 0) + 1,
      outcome: p.outcome,
      members: [...new Set(p.comments)].sort(),
      label: p.label ?? null,
      reason: p.reason ?? null,
      createdBy: by(c),
      at: c.now,
    })
    return { group: r.id }
  },
}

function knownVersion(c: CommandContext, p: { version?: number | undefined }): void {
  if (p.version !== undefined && !c.dossier.texts.some((x) => x.n === p.version))
    throw invalid(['version', `本案卷没有第${p.version}版文本`])
}

export const disposeComments: Handler<'DisposeComments'> = {
  resolve: async (c, p) => {
    await known(c, p.comments, (i) => `comments.${i}`)
    const among = new Set(p.comments)
    const outside = (p.except ?? []).findIndex(({ comment }) => !among.has(comment))
    if (outside >= 0) throw invalid([`except.${outside}.comment`, '另作处理的须是这一批意见中的一条'])
    const twice = (p.except ?? []).findIndex(({ comment }, i, all) => all.findIndex((x) => x.comment === comment) !== i)
    if (twice >= 0) throw invalid([`except.${twice}.comment`, '这条意见另作处理写了两次，请只留一次'])
    for (const one of [p, ...(p.except ?? [])]) knownVersion(c, one)
    return {}
  },
  write: async (c, p) => {
    const ids = [...new Set(p.comments)]
    const last = await lastOf(c, schema.commentDispositions, ids)
    const own = new Map((p.except ?? []).map((x) => [x.comment, x]))
    await c.tx.insert(schema.commentDispositions).values(
      ids.map((comment) => {
        const { disposition, reason, version } = own.get(comment) ?? p
        return {
          jurisdictionId: c.jurisdiction,
          commentId: comment,
          n: (last.get(comment) ?? 0) + 1,
          documentId: c.matterId,
          disposition,
          reason,
          textVersion: version ?? null,
          createdBy: by(c),
          at: c.now,
        }
      }),
    )
    return { comments: ids.length }
  },
}

export const redactComments: Handler<'RedactComments'> = {
  resolve: async (c, p) => {
    const ids = p.items.map(({ comment }) => comment)
    await known(c, ids, (i) => `items.${i}.comment`)
    const { comments: t } = schema
    const rows = await c.tx
      .select({ id: t.id, length: sql<number>`length(${t.body})` })
      .from(t)
      .where(and(eq(t.jurisdictionId, c.jurisdiction), inArray(t.id, ids)))
    // The database counts characters, the browser UTF-16 units: never more of the former.
    p.items.forEach(({ comment, spans }, i) => {
      const length = (rows.find(({ id }) => id === comment)?.length ?? 0) * 2
      const beyond = spans.findIndex(({ end }) => end > length)
      if (beyond >= 0) throw invalid([`items.${i}.spans.${beyond}.end`, '遮去的地方超出了意见的原文'])
    })
    return {}
  },
  write: async (c, p) => {
    const latest = new Map(p.items.map((item) => [item.comment, item]))
    const last = await lastOf(c, schema.commentRedactions, [...latest.keys()])
    await c.tx.insert(schema.commentRedactions).values(
      [...latest.values()].map((item) => ({
        jurisdictionId: c.jurisdiction,
        commentId: item.comment,
        n: (last.get(item.comment) ?? 0) + 1,
        documentId: c.matterId,
        outcome: item.outcome,
        spans: item.spans,
        reason: item.reason ?? null,
        createdBy: by(c),
        at: c.now,
      })),
    )
    return { items: latest.size }
  },
  // Which places, of what kind, why: the words themselves are in no ledger.
  ledger: (p) => ({ items: p.items }),
}

export const publishComments: Handler<'PublishComments'> = {
  resolve: (c) => ({ rounds: c.dossier.consultations.filter((r) => r.feedbackAt).map((r) => r.id) }),
  write: async (c, _p, r) => {
    if (r.rounds.length > 0)
      await c.tx
        .insert(schema.commentPublications)
        .values(
          r.rounds.map((round) => ({
            jurisdictionId: c.jurisdiction,
            consultationId: round,
            documentId: c.matterId,
            createdBy: by(c),
            at: c.now,
          })),
        )
        .onConflictDoNothing()
    return { consultations: r.rounds }
  },
  ledger: (_p, r) => ({ consultations: r.rounds }),
}

export const inviteParticipants: Handler<'InviteParticipants'> = {
  resolve: (_c, p) => ({ invitations: p.invitees.map(() => randomUUID()) }),
  write: async (c, p, r) => {
    const round = c.dossier.consultations.at(-1)?.id ?? ''
    await c.tx.insert(schema.consultationInvitations).values(
      p.invitees.map((invitee, i) => ({
        jurisdictionId: c.jurisdiction,
        id: r.invitations[i] as string,
        documentId: c.matterId,
        consultationId: round,
        kind: invitee.kind,
        createdBy: by(c),
        at: c.now,
      })),
    )
    await c.tx.insert(schema.invitationNames).values(
      p.invitees.map(({ name }, i) => ({
        jurisdictionId: c.jurisdiction,
        invitationId: r.invitations[i] as string,
        name,
      })),
    )
    return { invitations: r.invitations }
  },
  ledger: (p, r) => ({ invitees: p.invitees.map(({ kind }, i) => ({ invitation: r.invitations[i], kind })) }),
}

/** Invitations of this round that nobody answered. */
export async function silentInvitations(c: CommandContext): Promise<string[]> {
  const { consultationInvitations: t, commentEntries: e } = schema
  const rows = await c.tx
    .select({ id: t.id })
    .from(t)
    .where(
      and(
        eq(t.jurisdictionId, c.jurisdiction),
        eq(t.consultationId, c.dossier.consultations.at(-1)?.id ?? ''),
        sql`not exists (select from ${e} where ${e.jurisdictionId} = ${t.jurisdictionId} and ${e.invitationId} = ${t.id})`,
      ),
    )
    .orderBy(t.id)
  return rows.map(({ id }) => id)
}
