// The one place where a check meets the cleanup: what is to be amended or repealed goes into the immediate cleanup of this
// change, which is opened where there is none yet.
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import type { ImpactDossier } from '@dianzhang/processes'
import { derivedId, type Send } from '../outbox.ts'

export async function intoCleanup(db: DbOrTx, d: ImpactDossier): Promise<Send[]> {
  const { matters: m } = schema
  const id = derivedId('immediate cleanup', d.jurisdiction, d.event.key)
  const [there] = await db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.jurisdictionId, d.jurisdiction), eq(m.id, id)))
  const documents = [d.document.entry]
  const what = `《${d.event.title}》自${d.event.on}起${d.event.kind === 'ended' ? '废止、失效' : '修改'}`
  const why =
    `${what}；核查结论：${d.conclusion?.outcome === 'repeal' ? '应予废止' : '需要修改'}。${d.conclusion?.reason ?? ''}`.slice(
      0,
      2000,
    )
  return there
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
