// Opening accounts: sign-in account, person and posts are written in one transaction. There is no self-registration.
import { randomUUID } from 'node:crypto'
import { AppError, type Role, usernamePattern } from '@dianzhang/contract'
import { type DbOrTx, databaseProblem, schema } from '@dianzhang/database'

const { authAccounts, authUsers, people, personRoles } = schema

export interface NewLogin {
  /** 3–30 characters: letters, digits, underscore, dot, hyphen; case does not matter at sign-in. */
  username: string
  name: string
  /** Hash of the password, computed by the server's authentication library; the plain password is never seen here. */
  passwordHash: string
  mustChangePassword: boolean
  /** Single sign-on recognises people by e-mail address; without one there is no single sign-on. */
  email?: string | undefined
  at: Date
}
export interface NewAccount extends NewLogin {
  jurisdiction: string
  unit: string
  posts: Array<{ role: Role; unit?: string | undefined; startsOn?: string | undefined; endsOn?: string | undefined }>
  /** Made at random by default. */
  person?: string | undefined
}

export { usernamePattern }

/**
 * Writes one sign-in account (without a person) and answers its id. Call it inside a transaction where several rows
 * must stand or fall together. Refuses (`invalid`) a bad user name, (`conflict`) a taken one.
 */
export async function createLogin(db: DbOrTx, login: NewLogin): Promise<string> {
  const username = login.username.toLowerCase()
  if (!usernamePattern.test(username)) {
    throw new AppError('invalid', '用户名不合要求', {
      issues: [{ path: 'username', message: '用户名须为 3–30 个字母、数字、下划线、点或者连字符' }],
    })
  }
  const userId = randomUUID()
  const stamps = { createdAt: login.at, updatedAt: login.at }
  try {
    await db.insert(authUsers).values({
      id: userId,
      name: login.name,
      // The sign-in library wants an address; an account without one gets a name that cannot receive mail (RFC 2606).
      email: login.email?.toLowerCase() ?? `${username}@accounts.invalid`,
      emailVerified: login.email !== undefined,
      username,
      displayUsername: login.username,
      mustChangePassword: login.mustChangePassword,
      ...stamps,
    })
  } catch (error) {
    if (databaseProblem(error)?.code !== '23505') throw error
    throw new AppError('conflict', `用户名“${username}”或者其电子邮箱已被使用。`, {
      issues: [{ path: 'username', message: '已被使用，请换一个' }],
    })
  }
  await db.insert(authAccounts).values({
    id: randomUUID(),
    userId,
    accountId: userId,
    providerId: 'credential',
    password: login.passwordHash,
    ...stamps,
  })
  return userId
}

/** Writes an account with its person and posts, as {@link createLogin}; an unknown unit fails on its foreign key. */
export async function createUser(db: DbOrTx, account: NewAccount): Promise<{ userId: string; person: string }> {
  const userId = await createLogin(db, account)
  const person = account.person ?? randomUUID()
  await db.insert(people).values({
    jurisdictionId: account.jurisdiction,
    id: person,
    userId,
    name: account.name,
    unitId: account.unit,
    active: true,
  })
  if (account.posts.length > 0) {
    await db.insert(personRoles).values(
      account.posts.map((post) => ({
        jurisdictionId: account.jurisdiction,
        personId: person,
        unitId: post.unit ?? account.unit,
        role: post.role,
        startsOn: post.startsOn ?? null,
        endsOn: post.endsOn ?? null,
      })),
    )
  }
  return { userId, person }
}
