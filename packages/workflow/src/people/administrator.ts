// Whether someone is a system administrator: they may not act on files by delegation.
import { and, eq, schema, type Tx } from '@dianzhang/database'

const { personRoles } = schema

/**
 * Whether this person holds the post of system administrator (expired or not): they may not act on files by
 * delegation.
 */
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
