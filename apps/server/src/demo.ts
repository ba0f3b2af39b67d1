// The accounts of the demo county: one per role, with passwords printed in the message at start. Created in demo mode
// only.
import { type Role, roleLabels } from '@dianzhang/contract'
import { and, connect, type Db, eq, inArray, schema } from '@dianzhang/database'
import {
  demoJurisdiction,
  demoPassword,
  demoPeople,
  demoUnits,
  seedDemo as layOutDocuments,
  openCounty,
  SeedClock,
} from '@dianzhang/demo'
import type { Office } from '@dianzhang/workflow'
import { hashPassword } from './auth.ts'

const { authUsers, documents, settings } = schema

export interface DemoAccount {
  username: string
  password: string
  name: string
  unitName: string
  roles: string[]
}

const seedKey = { jurisdictionId: demoJurisdiction, key: 'demo-seed' }

/**
 * What a database holds, seen from the demo: nothing yet (`none`), a county whose laying out was cut off (`begun`: such a
 * half is not worth keeping), the demo county (`done`), or accounts or files that are not the demo's (`other`).
 */
export async function demoStateOf(url: string): Promise<'none' | 'begun' | 'done' | 'other'> {
  const { db, close } = connect(url, { max: 1 })
  try {
    const [row] = await db
      .select({ value: settings.value })
      .from(settings)
      .where(and(eq(settings.jurisdictionId, seedKey.jurisdictionId), eq(settings.key, seedKey.key)))
    if (row) return row.value.state === 'begun' ? 'begun' : 'done'
    const [account] = await db.select({ id: authUsers.id }).from(authUsers).limit(1)
    const [document] = await db.select({ id: documents.id }).from(documents).limit(1)
    return account || document ? 'other' : 'none'
  } finally {
    await close()
  }
}
async function mark(db: Db, state: 'begun' | 'done'): Promise<void> {
  await db
    .insert(settings)
    .values({ ...seedKey, value: { state } })
    .onConflictDoUpdate({ target: [settings.jurisdictionId, settings.key], set: { value: { state } } })
}

/** Creates what is missing of the demo county and answers its accounts; a second start writes nothing. */
export async function seedDemo(office: Office, say: (line: string) => void): Promise<DemoAccount[]> {
  const { db } = office
  const names = demoPeople.map((person) => person.username)
  let accounts = new Map(
    (
      await db
        .select({ id: authUsers.id, username: authUsers.username })
        .from(authUsers)
        .where(inArray(authUsers.username, names))
    ).map((row) => [row.username ?? '', row.id]),
  )
  if (accounts.size < names.length) {
    say('建立演示县的单位与账号……')
    // Before the first account: a database with accounts whose password is known must be known as the demo's.
    if (accounts.size === 0) await mark(db, 'begun')
    // One hash for all: the password is the same and printed on the screen.
    const passwordHash = await hashPassword(demoPassword)
    accounts = await openCounty(db, { passwordHash, at: office.clock.now() }, accounts)
  }
  const [document] = await db.select({ id: documents.id }).from(documents).limit(1)
  if (!document) {
    say('以真实的命令布置演示案卷……')
    await mark(db, 'begun')
    await layOutDocuments(office, new SeedClock(), { now: office.clock.now(), accounts })
    await mark(db, 'done')
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
