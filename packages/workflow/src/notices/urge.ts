// Urging: whoever waits for a step may say so, not too often and not without end. What the rule needs to know, and what is
// written: one reminder for every post that is awaited.
import { dateInShanghai } from '@dianzhang/calendar'
import type { OfficePayload } from '@dianzhang/contract'
import { and, eq, schema, sql } from '@dianzhang/database'
import type { OfficeShape, OfficeState } from '@dianzhang/processes'
import type { FactsAsked, Handler, WriteContext } from '../door/desk.ts'
import { readable } from '../door/reading.ts'
import { notFound } from '../failures.ts'
import type { Person } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { awaits, ownUnits } from '../projections/turns.ts'
import { workdaysFrom } from './quiet.ts'

const { turns: t, reminders: r, matters: m, noticeQueue: q } = schema
type Urge = OfficePayload<'UrgeTurn'>
type Asked = FactsAsked<OfficeShape>

const standing = (db: Asked['tx'], jurisdiction: string, { matter, command }: Urge) =>
  db
    .select()
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, matter), eq(t.command, command)))

/** The step to be urged as the rules see it. */
export async function urgeState(a: Asked, p: Urge, posts: Person['posts']): Promise<OfficeState> {
  const rows = (await standing(a.tx, a.jurisdiction, p)).filter(
    (row) => row.notBefore === null || row.notBefore <= a.on,
  )
  const [matter] = await a.tx
    .select()
    .from(m)
    .where(and(eq(m.jurisdictionId, a.jurisdiction), eq(m.id, p.matter)))
  const [first] = rows
  const said = first
    ? await a.tx
        .select({ at: sql<string>`max(${r.at})::text`, n: sql<number>`count(distinct ${r.at})::int` })
        .from(r)
        .where(
          and(
            eq(r.jurisdictionId, a.jurisdiction),
            eq(r.matterId, p.matter),
            eq(r.command, p.command),
            eq(r.kind, 'urge'),
            eq(r.since, first.since),
          ),
        )
    : []
  const { urgeEvery, urgeMost } = a.pack.reminding
  const last = said[0]?.at ? dateInShanghai(new Date(said[0].at).toISOString()) : null
  const own = ownUnits(posts)
  return {
    urge: {
      awaited: rows.length > 0,
      mine: rows.some((row) => awaits(posts, row as never)),
      concerned:
        rows.some((row) => row.askedBy !== null && row.askedBy === a.as.person) ||
        matter?.openedBy === a.as.person ||
        rows.some((row) => own.includes(row.businessOf)) ||
        posts.some((post) => post.role === 'secretariat'),
      times: said[0]?.n ?? 0,
      most: urgeMost.value,
      earliest: last === null ? null : workdaysFrom(last, urgeEvery.value, a.office.rules.calendar(a.jurisdiction)),
    },
  }
}

/** Whoever may not see the file is told that there is none. */
export const urgeHandler: Handler<OfficeShape, Urge> = {
  resolve: async (c, p) => {
    const [row] = await c.tx
      .select()
      .from(m)
      .where(and(eq(m.jurisdictionId, c.jurisdiction), eq(m.id, p.matter)))
    if (!row || !readable(['secretariat', 'legality_reviewer', 'admin'], c.actor, row)) throw notFound('这份案卷')
    return {}
  },
  write: async (c, p) => {
    const rows = await standing(c.tx, c.jurisdiction, p)
    const [first] = rows
    if (!first) return { result: { urged: 0 } }
    await writeReminders(
      c,
      rows.map((row) => ({
        id: derivedId('urge', c.jurisdiction, c.commandId, row.role, row.unit),
        matterId: p.matter,
        kind: 'urge' as const,
        command: p.command,
        since: row.since,
        role: row.role,
        unit: row.unit,
        rung: null,
        dueOn: row.dueOn,
        by: c.as.person,
        words: p.words ?? null,
      })),
    )
    return { result: { urged: rows.length } }
  },
}
export async function writeReminders(
  c: WriteContext<OfficeShape>,
  rows: ReadonlyArray<Omit<typeof r.$inferInsert, 'jurisdictionId' | 'at'>>,
): Promise<void> {
  const values = rows.map((row) => ({ ...row, jurisdictionId: c.jurisdiction, at: c.now }))
  await c.tx.insert(r).values(values).onConflictDoNothing()
  await c.tx
    .insert(q)
    .values(values.map(({ id }) => ({ jurisdictionId: c.jurisdiction, id, source: 'reminder' })))
    .onConflictDoNothing()
}
