// 一条命令只写变了的，只锁要锁的：轮到谁没有变，那几行不重写；只写名下之行的不等它；单位别处改了，下一条命令就照新的。
import { demoJurisdiction } from '@dianzhang/demo'
import { indexMatters } from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { held } from '../support/held.ts'
import { testOffice } from '../support/office.ts'

const { office, connection, propose, send } = await testOffice()
const { sql } = connection
const drafting = async (): Promise<string> => {
  const { id } = await propose('drafter')
  await send('secretariat', id, 'ApproveInitiation')
  return id
}
const turnsWritten = (id: string) =>
  sql`select command, role, unit, ctid::text, xmin::text, xmax::text from turns where matter_id = ${id} order by 1, 2, 3`

it('再存一稿，轮到谁没有变：那几行既不重写也不上锁；轮到了别人才写', async () => {
  const id = await drafting()
  await send('drafter', id, 'SaveDraft', { body: '第一条　试行。' })
  const before = await turnsWritten(id)
  expect(before.length).toBeGreaterThan(0)
  await send('drafter', id, 'SaveDraft', { body: '第一条　施行。' })
  expect(await turnsWritten(id)).toEqual(before)
  await send('head', id, 'WithdrawDocument', { reason: '不再制定。' })
  expect(await turnsWritten(id)).not.toEqual(before)
})

it('命令办到一半，写检索行的不等它', async () => {
  const id = await drafting()
  // 文本存不进去：命令锁着案卷的行等在那里。
  const { release, done } = await held(sql, (tx) => tx`lock table texts in exclusive mode`)
  let saved = false
  const saving = send('drafter', id, 'SaveDraft', { body: '第一条　等着。' }).then(() => {
    saved = true
  })
  await expect
    .poll(async () => (await sql`select 1 from pg_locks where relation = 'texts'::regclass and not granted`).length)
    .toBeGreaterThan(0)
  setTimeout(release, 20_000).unref()
  expect(await indexMatters(office, demoJurisdiction, 100)).toBeGreaterThan(0)
  expect(saved).toBe(false)
  release()
  await Promise.all([done, saving])
  expect(await sql`select 1 from matter_search where matter_id = ${id}`).toHaveLength(1)
})

it('单位由别处改了，下一条命令就照新的', async () => {
  const questioned = async (): Promise<boolean> =>
    ((await propose('drafter')).warnings as Array<{ rule: string }>).some(({ rule }) => rule === 'issuer.eligible')
  expect(await questioned()).toBe(false)
  await sql`update units set eligible = false where id = 'hy-gov'`
  expect(await questioned()).toBe(true)
  await sql`update units set eligible = true where id = 'hy-gov'`
  expect(await questioned()).toBe(false)
})
