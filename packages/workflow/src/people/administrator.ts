// 是否系统管理员：不得受托办理案卷。
import { and, eq, schema, type Tx } from '@dianzhang/database'

const { personRoles } = schema

/** 此人是否担任系统管理员（不论是否已到期）：不得受托办理案卷。 */
export async function isAdministrator(tx: Tx, jurisdiction: string, person: string): Promise<boolean> {
  const [found] = await tx
    .select({ unit: personRoles.unitId })
    .from(personRoles)
    .where(
      and(
        eq(personRoles.jurisdictionId, jurisdiction),
        eq(personRoles.personId, person),
        eq(personRoles.role, 'admin'),
      ),
    )
    .limit(1)
  return found !== undefined
}
