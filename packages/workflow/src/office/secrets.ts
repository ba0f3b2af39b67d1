// Digests of passwords on their way from the route to the handler, by command; in memory only, for the time of one command.
import { and, eq, schema, type Tx } from '@dianzhang/database'

const kept = new Map<string, string>()
const { authAccounts, authUsers, people } = schema

export const secrets = {
  set: (commandId: string, hash: string): void => {
    kept.set(commandId, hash)
  },
  has: (commandId: string): boolean => kept.has(commandId),
  delete: (commandId: string): void => {
    kept.delete(commandId)
  },
  /** Taken once. */
  take: (commandId: string): string | undefined => {
    const hash = kept.get(commandId)
    kept.delete(commandId)
    return hash
  },
  /** Only while the person has not chosen one. */
  replace: async (tx: Tx, person: string, hash: string): Promise<void> => {
    const [found] = await tx
      .select({ user: authUsers.id, mustChange: authUsers.mustChangePassword })
      .from(people)
      .innerJoin(authUsers, eq(authUsers.id, people.userId))
      .where(eq(people.id, person))
    if (!found?.mustChange) return
    await tx
      .update(authAccounts)
      .set({ password: hash })
      .where(and(eq(authAccounts.userId, found.user), eq(authAccounts.providerId, 'credential')))
  },
}
