// When an account was last signed in with: written once per sign-in, never per request.
import { type Db, schema, sql } from '@dianzhang/database'

const { authSignIns } = schema

/** Accounts not signed in with for more than this many days ask whether they are still needed. */
export const dormantAfterDays = 90

/** Notes a sign-in with the account `userId` at `at`; an earlier moment never replaces a later one. */
export async function noteSignIn(db: Db, userId: string, at: Date): Promise<void> {
  await db
    .insert(authSignIns)
    .values({ userId, at })
    .onConflictDoUpdate({
      target: authSignIns.userId,
      set: { at: sql`greatest(${authSignIns.at}, excluded.at)`, exact: true },
    })
}
