// 开立账号：登录账号、人员与任职同一事务写入。没有自助注册。
import { randomUUID } from 'node:crypto'
import { AppError, type Role } from '@dianzhang/contract'
import { type DbOrTx, databaseProblem, schema } from '@dianzhang/database'

const { authAccounts, authUsers, people, personRoles } = schema

export interface NewAccount {
  jurisdiction: string
  /** 3–30 个字符：字母、数字、下划线、点；登录时不分大小写。 */
  username: string
  name: string
  unit: string
  posts: Array<{ role: Role; unit?: string | undefined; startsOn?: string | undefined; endsOn?: string | undefined }>
  /** 口令的散列值，由服务端认证库算出；这里从不见到明文。 */
  passwordHash: string
  mustChangePassword: boolean
  /** 单点登录按电子邮箱认人；没有则不能单点登录。 */
  email?: string | undefined
  /** 缺省随机生成。 */
  person?: string | undefined
  at: Date
}

/**
 * Writes one account with its person and posts. Call it inside a transaction where several must stand or fall together.
 * Refuses (`invalid`) a bad user name, (`conflict`) a taken one; an unknown unit fails on its foreign key.
 */
export async function createUser(db: DbOrTx, account: NewAccount): Promise<{ userId: string; person: string }> {
  const username = account.username.toLowerCase()
  if (!/^[a-z0-9_.]{3,30}$/.test(username)) {
    throw new AppError('invalid', '用户名不合要求', {
      issues: [{ path: 'username', message: '用户名须为 3–30 个字母、数字、下划线或者点' }],
    })
  }
  const userId = randomUUID()
  const person = account.person ?? randomUUID()
  const stamps = { createdAt: account.at, updatedAt: account.at }
  try {
    await db.insert(authUsers).values({
      id: userId,
      name: account.name,
      // The sign-in library wants an address; an account without one gets a name that cannot receive mail (RFC 2606).
      email: account.email?.toLowerCase() ?? `${username}@accounts.invalid`,
      emailVerified: account.email !== undefined,
      username,
      displayUsername: account.username,
      mustChangePassword: account.mustChangePassword,
      ...stamps,
    })
  } catch (error) {
    if (databaseProblem(error)?.code === '23505')
      throw new AppError('conflict', `用户名“${username}”或者其电子邮箱已被使用。`)
    throw error
  }
  await db.insert(authAccounts).values({
    id: randomUUID(),
    userId,
    accountId: userId,
    providerId: 'credential',
    password: account.passwordHash,
    ...stamps,
  })
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
