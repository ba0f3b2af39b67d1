// 演示县的账号：每种角色一个，密码印在启动时的说明里。只在演示模式建立。
import { type Role, roleLabels } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { createLogin, demoPassword, demoPeople, demoUnits, installCounty, type Office } from '@dianzhang/workflow'
import { inArray } from 'drizzle-orm'
import { hashPassword } from './auth.ts'

const { authUsers } = schema

export interface DemoAccount {
  username: string
  password: string
  name: string
  unitName: string
  roles: string[]
}

/** Creates what is missing of the demo county and answers its accounts; a second start writes nothing. */
export async function seedDemo(office: Office, say: (line: string) => void): Promise<DemoAccount[]> {
  const { db } = office
  const names = demoPeople.map((person) => person.username)
  const known = new Map(
    (
      await db
        .select({ id: authUsers.id, username: authUsers.username })
        .from(authUsers)
        .where(inArray(authUsers.username, names))
    ).map((row) => [row.username, row.id]),
  )
  const missing = demoPeople.filter((person) => !known.has(person.username))
  if (missing.length > 0) {
    say('建立演示县的单位与账号……')
    // One hash for all: the password is the same and printed on the screen.
    const passwordHash = await hashPassword(demoPassword)
    for (const { username, name } of missing) {
      const at = office.clock.now()
      known.set(username, await createLogin(db, { username, name, passwordHash, mustChangePassword: false, at }))
    }
    await installCounty(db, (username) => known.get(username) ?? '')
  }
  const units = new Map(demoUnits.map((unit) => [unit.id, unit.name]))
  return demoPeople.map((person) => ({
    username: person.username,
    password: demoPassword,
    name: person.name,
    unitName: units.get(person.unit) ?? person.unit,
    roles: person.posts.map((post: { role: Role }) => roleLabels[post.role]),
  }))
}
