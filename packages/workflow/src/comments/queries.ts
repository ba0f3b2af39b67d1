// What the drafting unit sees of the comments beyond their list: proposals of groups, of places to black out, invitations.
import type { answers, Clearance, GroupOutcome, InviteeKind } from '@dianzhang/contract'
import { clearanceLabels, inviteeLabels } from '@dianzhang/contract'
import { and, asc, type DbOrTx, desc, eq, inArray, schema, sql } from '@dianzhang/database'
import { countComments, holdOf, isCounted, latestRedaction, none } from '@dianzhang/register'
import { personalData } from '@dianzhang/text'
import { elsewhere } from '@dianzhang/text-work'
import type { Actor, Office } from '../office.ts'
import { openText } from '../queries/texts.ts'
import { invitationCode } from './form-guard.ts'
import { inviteeName } from './invitations.ts'

type Groups = answers.Given<typeof answers.CommentGroups>
/** What rests on the comments and the decisions on groups alone. */
type Grouped = Omit<Groups, 'accepted'> & { accepted: Array<Omit<Groups['accepted'][number], 'answered'>> }

/** Proposals already worked out, by the comments and decisions they rest on: the same give the same. */
const proposals = new Map<string, Promise<Grouped>>()
const mostKept = 20

interface Words {
  id: string
  text: string
}
/** Comments of the file with the words of their attachments, without spam. */
async function wordsOf(db: DbOrTx, jurisdiction: string, document: string): Promise<Words[]> {
  const rows = await db.execute<{ id: string; body: string; attached: string | null }>(sql`
    select c.id, c.body, (
      select string_agg(t.text, E'\n' order by a.n) from comment_attachments a
      join attachment_texts t on t.jurisdiction_id = a.jurisdiction_id and t.sha256 = a.sha256
      where a.jurisdiction_id = c.jurisdiction_id and a.comment_id = c.id
    ) as attached
    from comments c where c.jurisdiction_id = ${jurisdiction} and c.document_id = ${document}
      and coalesce(${holdOf('c')}, 'restored') <> 'spam' order by c.id`)
  return [...rows].map(({ id, body, attached }) => ({ id, text: attached ? `${body}\n${attached}` : body }))
}

/**
 * Which comments seem to say the same, as proposals: how each member differs from the one shown, and what a person has
 * decided already. Worked out in another thread; the same comments give the same proposals, after a restart, too.
 */
export async function commentGroups(
  office: Office,
  actor: Actor,
  id: string,
): Promise<answers.Given<typeof answers.CommentGroups>> {
  await openText(office, actor, id)
  const { comments: c, commentGroups: g } = schema
  const where = and(eq(c.jurisdictionId, actor.jurisdiction), eq(c.documentId, id))
  const [[state], decisions] = await Promise.all([
    office.db
      .select({
        n: sql<number>`count(*)::int`,
        last: sql<string>`coalesce(max(${c.at})::text, '')`,
        holds: sql<number>`(select count(*)::int from comment_holds h where h.jurisdiction_id = ${actor.jurisdiction} and h.document_id = ${id})`,
      })
      .from(c)
      .where(where),
    office.db
      .select()
      .from(g)
      .where(and(eq(g.jurisdictionId, actor.jurisdiction), eq(g.documentId, id)))
      .orderBy(asc(g.n)),
  ])
  const key = JSON.stringify([actor.jurisdiction, id, state, decisions.length])
  const known = proposals.get(key)
  if (known) return withAnswers(office, actor.jurisdiction, id, await known)
  const made = propose(office, actor.jurisdiction, id, decisions)
  proposals.set(key, made)
  made.catch(() => proposals.delete(key))
  for (const oldest of proposals.keys()) {
    if (proposals.size <= mostKept) break
    proposals.delete(oldest)
  }
  return withAnswers(office, actor.jurisdiction, id, await made)
}
/** How many of each group are answered already: that changes more often than the groups do. */
async function withAnswers(
  office: Office,
  jurisdiction: string,
  id: string,
  groups: Grouped,
): Promise<answers.Given<typeof answers.CommentGroups>> {
  const { commentDispositions: x } = schema
  const rows = await office.db
    .selectDistinct({ id: x.commentId })
    .from(x)
    .where(and(eq(x.jurisdictionId, jurisdiction), eq(x.documentId, id)))
  const answered = new Set(rows.map((row) => row.id))
  return {
    ...groups,
    accepted: groups.accepted.map((group) => ({
      ...group,
      answered: group.members.filter((member) => answered.has(member)).length,
    })),
  }
}
async function propose(
  office: Office,
  jurisdiction: string,
  id: string,
  decisions: ReadonlyArray<typeof schema.commentGroups.$inferSelect>,
): Promise<Grouped> {
  // The latest decision that names a comment counts for it.
  const decided = new Map<string, { group: string; outcome: GroupOutcome; label: string | null }>()
  const apart: string[] = []
  for (const each of decisions) {
    for (const member of each.members)
      decided.set(member, { group: each.id, outcome: each.outcome as GroupOutcome, label: each.label })
    if (each.outcome === 'apart')
      for (const a of each.members) for (const b of each.members) if (a < b) apart.push(`${a} ${b}`)
  }
  const items = await wordsOf(office.db, jurisdiction, id)
  const textOf = new Map(items.map((item) => [item.id, item.text]))
  const undecided = items.filter((item) => decided.get(item.id)?.outcome !== 'same')
  const found = await elsewhere('similar', { items: undecided, apart })
  const accepted = new Map<string, { label: string | null; members: string[] }>()
  for (const [member, { group, outcome, label }] of decided)
    if (outcome === 'same' && textOf.has(member)) {
      const of = accepted.get(group) ?? { label, members: [] }
      of.members.push(member)
      accepted.set(group, of)
    }
  return {
    comments: items.length,
    // What few say first, as in the proposals: it is read before what many repeat.
    accepted: [...accepted]
      .map(([group, { label, members }]) => ({ group, label, members: members.sort() }))
      .sort((a, b) => a.members.length - b.members.length || (a.group < b.group ? -1 : 1)),
    proposed: found.map(({ members, shown, differences }) => ({
      members,
      shown,
      text: (textOf.get(shown) ?? '').slice(0, 2000),
      differences: differences.slice(0, 200).map((each) => ({
        ...each,
        pieces:
          each.pieces.length > 60 ? [{ text: (textOf.get(each.id) ?? '').slice(0, 2000), added: true }] : each.pieces,
      })),
    })),
  }
}

/**
 * What is still to be decided before comments become public: each with the places that look like personal data. `done` tells
 * how far the work is.
 */
export async function commentClearance(
  office: Office,
  actor: Actor,
  id: string,
  query: { limit?: number | undefined; all?: boolean | undefined },
): Promise<answers.Given<typeof answers.CommentClearance>> {
  await openText(office, actor, id)
  const { commentContacts: k, people: p, commentPublications: made } = schema
  const rows = await office.db.execute<{
    id: string
    body: string
    outcome: string | null
    spans: Array<{ start: number; end: number; kind: string; reason: string }> | null
    reason: string | null
    n: number | null
  }>(sql`
    select c.id, c.body, r.outcome, r.spans, r.reason, r.n from comments c
    left join ${latestRedaction}
    where c.jurisdiction_id = ${actor.jurisdiction} and c.document_id = ${id}
      and ${isCounted('c')}
      ${query.all ? sql`` : sql`and r.outcome is null`}
    order by c.at, c.id limit ${query.limit ?? 50}`)
  const [[progress], names, contacts, published] = await Promise.all([
    office.db.execute<{ total: number; done: number }>(sql`
      select count(*)::int as total, count(*) filter (where exists (
        select from comment_redactions r where r.jurisdiction_id = c.jurisdiction_id and r.comment_id = c.id))::int as done
      from comments c where c.jurisdiction_id = ${actor.jurisdiction} and c.document_id = ${id}
        and ${isCounted('c')}`),
    office.db.select({ name: p.name }).from(p).where(eq(p.jurisdictionId, actor.jurisdiction)),
    rows.length === 0
      ? []
      : office.db
          .select({ id: k.commentId, name: k.name })
          .from(k)
          .where(
            and(
              eq(k.jurisdictionId, actor.jurisdiction),
              inArray(
                k.commentId,
                [...rows].map((row) => row.id),
              ),
            ),
          ),
    office.db
      .select({ round: made.consultationId })
      .from(made)
      .where(and(eq(made.jurisdictionId, actor.jurisdiction), eq(made.documentId, id))),
  ])
  const staff = names.map(({ name }) => name)
  return {
    total: progress?.total ?? 0,
    done: progress?.done ?? 0,
    published: published.map(({ round }) => round),
    items: [...rows].map((row) => {
      const own = contacts.find((each) => each.id === row.id)?.name
      return {
        comment: row.id,
        text: row.body,
        proposed: personalData(row.body, own ? [...staff, own] : staff),
        decided:
          row.outcome === null
            ? null
            : {
                outcome: row.outcome as Clearance,
                label: clearanceLabels[row.outcome as Clearance],
                spans: row.spans ?? [],
                reason: row.reason,
                times: row.n ?? 1,
              },
      }
    }),
  }
}

/** Who was asked by name in the latest round: the link to hand over, and whether they answered. */
export async function invitationsOf(
  office: Office,
  actor: Actor,
  id: string,
): Promise<answers.Given<typeof answers.Invitations>> {
  const { dossier } = await openText(office, actor, id)
  const { consultationInvitations: t, commentEntries: e, invitationNames: k } = schema
  const rows = await office.db
    .select({ id: t.id, name: inviteeName, kind: t.kind, round: t.consultationId, at: t.at, comment: e.commentId })
    .from(t)
    .leftJoin(k, and(eq(k.jurisdictionId, t.jurisdictionId), eq(k.invitationId, t.id)))
    .leftJoin(e, and(eq(e.jurisdictionId, t.jurisdictionId), eq(e.invitationId, t.id)))
    .where(and(eq(t.jurisdictionId, actor.jurisdiction), eq(t.documentId, id)))
    .orderBy(desc(t.at), asc(inviteeName))
  const drafting =
    actor.kind === 'person' &&
    actor.posts.some(
      (post) => post.unit === dossier.draftingUnit && (post.role === 'drafter' || post.role === 'unit_head'),
    )
  const closed = new Set(dossier.consultations.filter((r) => r.closedAt).map((r) => r.id))
  const of = rows.filter((row) => row.round === dossier.consultations.at(-1)?.id)
  const business = of.filter(({ kind }) => kind === 'enterprise' || kind === 'association').length
  return {
    total: of.length,
    answered: of.filter(({ comment }) => comment !== null).length,
    share: of.length === 0 ? null : Math.round((business / of.length) * 1000) / 10,
    items: rows.map((row) => ({
      id: row.id,
      name: row.name ?? '（名称已到期删除）',
      kind: row.kind,
      label: inviteeLabels[row.kind as InviteeKind],
      at: row.at.toISOString(),
      answered: row.comment !== null,
      state: row.comment !== null ? '已答复' : closed.has(row.round) ? '到截止没有答复' : '尚未答复',
      // Who may answer in somebody's name is for those who asked.
      ...(drafting ? { path: `/invitations/${encodeURIComponent(invitationCode(office, row.id))}` } : {}),
    })),
  }
}

/** Counts of every round of this file, as the public sees them. */
export async function commentTotals(office: Office, actor: Actor, id: string) {
  const { dossier } = await openText(office, actor, id)
  const counted = await countComments(
    office.db,
    sql`c.jurisdiction_id = ${actor.jurisdiction} and c.document_id = ${id}`,
  )
  return {
    items: dossier.consultations.map((round) => ({
      consultation: round.id,
      n: round.n,
      closesOn: round.closesOn,
      ...(counted.get(round.id) ?? none()),
    })),
  }
}
