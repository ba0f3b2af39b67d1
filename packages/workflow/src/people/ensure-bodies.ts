// 会议与审核机构依规则包随单位建立；缺的补上，随单位改名的改名。
import { dateInShanghai } from '@dianzhang/calendar'
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { standardBodies } from '@dianzhang/rules'
import { loadUnits } from '../facts/load-facts.ts'
import type { Office } from '../office.ts'

const { bodies } = schema

/**
 * 使各单位都有规则包所列的会议与审核机构：缺的补上，随单位改名的改名；停用的不恢复，管理员增加的不动。
 * 可以反复运行；旧数据库在程序启动时由此补齐。
 */
export async function ensureBodies(db: DbOrTx, jurisdiction: string, pack: Pack): Promise<void> {
  const known = await loadUnits(db, jurisdiction)
  const present = new Map(
    (await db.select().from(bodies).where(eq(bodies.jurisdictionId, jurisdiction))).map((b) => [b.id, b]),
  )
  const wanted = Object.values(known).flatMap((u) => standardBodies(pack, u, known))
  const missing = wanted.filter((b) => !present.has(b.id))
  if (missing.length > 0)
    await db
      .insert(bodies)
      .values(
        missing.map((b) => ({
          jurisdictionId: jurisdiction,
          id: b.id,
          name: b.name,
          kind: b.kind,
          unitId: b.unit,
          form: b.form,
          seatId: b.seat,
          sort: wanted.indexOf(b),
        })),
      )
      .onConflictDoNothing()
  for (const b of wanted) {
    const old = present.get(b.id)
    if (old && (old.name !== b.name || old.seatId !== b.seat))
      await db
        .update(bodies)
        .set({ name: b.name, seatId: b.seat })
        .where(and(eq(bodies.jurisdictionId, jurisdiction), eq(bodies.id, b.id)))
  }
}
/** {@link ensureBodies}，用该法域现行的规则包；没有规则包的法域不做什么。 */
export async function ensureCurrentBodies(office: Office, db: DbOrTx, jurisdiction: string): Promise<void> {
  if (office.rules.versions(jurisdiction).length === 0) return
  const today = dateInShanghai(office.clock.now().toISOString())
  await ensureBodies(db, jurisdiction, office.rules.latest(jurisdiction, today))
}
