// The desk of jobs: which commands the system sends when a deadline falls due, and whether they have gone.
import type { answers } from '@dianzhang/contract'
import {
  and,
  asc,
  decodeCursor,
  desc,
  eq,
  inArray,
  isNotNull,
  not,
  type Page,
  type Paging,
  pageFrom,
  schema,
  sql,
} from '@dianzhang/database'
import { deskOf } from '../desks.ts'
import type { Actor, Office } from '../office.ts'
import { commandLabelOf } from './matters.ts'
import { mattersById } from './names.ts'

const { deadlines } = schema
const statusLabels: Record<string, string> = { open: '待到期', met: '已了结', cancelled: '已取消', paused: '中止中' }

/** Those still to come (`open`) the nearest first, those settled (`done`) the newest first; keyset pages, `limit` 50 unless told. */
export async function listJobs(
  office: Office,
  actor: Actor,
  query: Paging & { state?: 'open' | 'done' | undefined },
): Promise<Page<answers.Given<typeof answers.Job>>> {
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['instant', 'text', 'text'])
  const unfinished = inArray(deadlines.status, ['open', 'paused'])
  const latestFirst = query.state === 'done'
  const order = latestFirst ? desc : asc
  const rows = await office.db
    .select({
      document: deadlines.matterId,
      key: deadlines.key,
      kind: deadlines.kind,
      label: deadlines.label,
      sends: deadlines.sends,
      dueAt: deadlines.dueAt,
      status: deadlines.status,
      sent: sql<boolean>`${deadlines.sentCommandId} is not null`,
    })
    .from(deadlines)
    .where(
      and(
        eq(deadlines.jurisdictionId, actor.jurisdiction),
        isNotNull(deadlines.sends),
        query.state === undefined ? undefined : query.state === 'open' ? unfinished : not(unfinished),
        after
          ? sql`(${deadlines.dueAt}, ${deadlines.matterId}, ${deadlines.key}) ${sql.raw(latestFirst ? '<' : '>')} (${after[0] ?? ''}::timestamptz, ${after[1] ?? ''}, ${after[2] ?? ''})`
          : undefined,
      ),
    )
    .orderBy(order(deadlines.dueAt), order(deadlines.matterId), order(deadlines.key))
    .limit(limit + 1)
  const matters = await mattersById(office.db, actor, [...new Set(rows.map((row) => row.document))])
  const now = office.clock.now()
  return pageFrom(
    rows.map((row) => {
      const { process = '', title = null } = matters.get(row.document) ?? {}
      const desk = deskOf(process)
      const late = row.status === 'open' && !row.sent && row.dueAt < now
      return {
        ...row,
        process,
        processLabel: desk?.engine.process.label ?? process,
        title,
        sendsLabel: desk && row.sends ? commandLabelOf(desk, row.sends) : (row.sends ?? ''),
        dueAt: row.dueAt.toISOString(),
        statusLabel: row.sent ? '已办理' : late ? '到期没有办成' : (statusLabels[row.status] ?? row.status),
        late,
      }
    }),
    limit,
    (row) => [row.dueAt, row.document, row.key],
  )
}
