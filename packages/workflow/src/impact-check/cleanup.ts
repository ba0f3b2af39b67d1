// The one place where a check meets the cleanup: what is to be amended or repealed goes into the immediate cleanup of this
// change, which is opened where there is none yet, or none that still takes documents.
import { and, type Db, type DbOrTx, eq, inArray, schema, sql } from '@dianzhang/database'
import type { ImpactDossier } from '@dianzhang/processes'
import { derivedId, type Send } from '../outbox.ts'

const { matters: m, sends: t } = schema
/** Stages in which what is added is still decided on. */
const taking = ['planned', 'collecting', 'checked', 'noticed']

/**
 * The immediate cleanup of a change: the first that still takes documents, else the id of one that is to be opened. Their ids
 * follow from the change, so that checks confirmed at the same time arrive at the same one.
 */
async function cleanupFor(db: DbOrTx, d: ImpactDossier): Promise<{ id: string; open: boolean }> {
  for (let n = 0; ; n++) {
    const id = derivedId('immediate cleanup', d.jurisdiction, d.event.key, ...(n === 0 ? [] : [String(n)]))
    const [there] = await db
      .select({ stage: m.stage })
      .from(m)
      .where(and(eq(m.jurisdictionId, d.jurisdiction), eq(m.id, id)))
    if (!there) return { id, open: false }
    if (taking.includes(there.stage)) return { id, open: true }
  }
}
export async function intoCleanup(db: DbOrTx, d: ImpactDossier): Promise<Send[]> {
  const { id, open } = await cleanupFor(db, d)
  const documents = [d.document.entry]
  const what = `《${d.event.title}》自${d.event.on}起${d.event.kind === 'ended' ? '废止、失效' : '修改'}`
  const why =
    `${what}；核查结论：${d.conclusion?.outcome === 'repeal' ? '应予废止' : '需要修改'}。${d.conclusion?.reason ?? ''}`.slice(
      0,
      2000,
    )
  return open
    ? [{ matter: id, command: { type: 'AddDocuments', documents, why, source: d.id } }]
    : [
        {
          opens: 'cleanup',
          matter: id,
          command: {
            type: 'PlanCleanup',
            kind: 'immediate',
            ground: `${what}，以它为依据的文件经核查需要修改或者废止。`,
            title: `因《${d.event.title}》变化的即时清理`.slice(0, 200),
            scope: { act: d.event.title.slice(0, 300), documents },
          },
        },
      ]
}

/** Where a confirmed check has gone, and, if the cleanup did not take it, why not; null: nothing was sent. */
export async function cleanupOf(
  db: Db,
  { jurisdiction, id }: Pick<ImpactDossier, 'jurisdiction' | 'id'>,
): Promise<{
  matter: string
  title: string | null
  state: 'joined' | 'refused' | 'waiting'
  reason: string | null
} | null> {
  const [row] = await db
    .select({ matter: t.toMatter, outcome: t.outcome, reason: t.detail, title: m.title })
    .from(t)
    .leftJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.toMatter)))
    .where(
      and(
        eq(t.jurisdictionId, jurisdiction),
        eq(t.fromMatter, id),
        inArray(sql`${t.command} ->> 'type'`, ['PlanCleanup', 'AddDocuments']),
      ),
    )
    .orderBy(sql`${t.at} desc`)
    .limit(1)
  if (!row) return null
  const state = row.outcome === 'accepted' ? 'joined' : row.outcome === 'refused' ? 'refused' : 'waiting'
  return { matter: row.matter, title: row.title, state, reason: state === 'refused' ? row.reason : null }
}
