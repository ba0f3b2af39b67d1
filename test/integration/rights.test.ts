// 日常运行的账号：只读写数据，不能停用守卫；升级用另外的账号。权限过大的说明缘由。
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limitRights, TooManyRightsError, whyTooManyRights } from '@dianzhang/database'
import { start } from '@dianzhang/server'
import { afterAll, expect, test } from 'vitest'
import { recordedTables } from '../../apps/server/src/cli/verify-guards.ts'
import { asApplication, testDatabase } from '../support/database.ts'
import { testSite } from '../support/site.ts'

const folder = mkdtempSync(join(tmpdir(), 'dianzhang-rights-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const database = await testDatabase()
const { sql } = database.asApplication()
const denied = { code: '42501' }

test('守卫停用不了，删改不了：触发器、函数、表结构、清空、会话的复制角色', async () => {
  for (const statement of [
    'alter table ledger_events disable trigger all',
    'drop trigger ledger_events_append_only on ledger_events',
    'create or replace function dz_refuse() returns trigger language plpgsql as $$ begin return null; end $$',
    'alter table matters add column spare text',
    'drop table refusals',
    'truncate refusals',
    'create table spare (id int)',
    "set session_replication_role = 'replica'",
  ])
    await expect(
      sql.begin((tx) => tx.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied)
})

test('只增不改的表，连改与删的权限也没有；不得删的表没有删的权限', async () => {
  const owner = database.connect().sql
  const guards = await owner<Array<{ table: string; name: string }>>`
    select c.relname as table, t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgname like '%\\_append\\_only' or t.tgname like '%\\_no\\_delete'`
  expect(guards.length).toBeGreaterThan(15)
  for (const { table, name } of guards) {
    await expect(sql`delete from ${sql(table)}`, name).rejects.toMatchObject(denied)
    if (name.endsWith('_append_only'))
      await expect(sql`update ${sql(table)} set jurisdiction_id = 'x'`, name).rejects.toMatchObject(denied)
  }
})

test('检索索引合并以后空出的地方，日常账号自己还得回去；别的表不行', async () => {
  const [server] = await sql<{ v: number }[]>`select current_setting('server_version_num')::int as v`
  if ((server?.v ?? 0) < 170_000) return
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and has_table_privilege(oid, 'MAINTAIN') order by 1`
  expect(rows.map(({ name }) => name)).toEqual(['search_blocks', 'search_columns', 'search_parts', 'search_pending'])
})

test('每张业务表都读得到：备份与核验用的就是这个账号', async () => {
  for (const { table } of recordedTables) await sql`select 1 from ${sql(table)} limit 1`
})

test('生产模式：升级用所有者的账号，运行用普通账号；再启动一次照常', async () => {
  const own = await testDatabase({ empty: true })
  for (const _ of [1, 2]) {
    const running = await start('serve', {
      DATABASE_URL: own.appUrl,
      DATABASE_OWNER_URL: own.url,
      DIANZHANG_DATA_DIR: folder,
      DIANZHANG_SECRET: 'a-secret-for-tests-that-is-long-enough-0123456789',
      DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
      DIANZHANG_SITE: testSite,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
    })
    try {
      expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
    } finally {
      await running.stop()
    }
  }
  expect(await whyTooManyRights(own.appUrl)).toBeNull()
  expect(await whyTooManyRights(own.url)).toMatch(/超级用户|所有者/)
})

test('没有的账号由所有者建立；就是所有者、是超级用户、拥有表的，拒绝并说明怎么办', async () => {
  const fresh = new URL(database.url)
  fresh.username = `${database.name}_new`
  fresh.password = "o'neil$$"
  await limitRights(database.url, fresh.href)
  expect(await whyTooManyRights(fresh.href)).toBeNull()
  await expect(limitRights(database.url, database.url)).rejects.toThrow(TooManyRightsError)
  await database.administer(`alter role "${fresh.username}" superuser`)
  await expect(limitRights(database.url, fresh.href)).rejects.toThrow(/超级用户.*DATABASE_OWNER_URL/)
  await database.administer(`alter role "${fresh.username}" nosuperuser`)
  const owner = database.connect().sql
  await owner.unsafe(`alter table refusals owner to "${fresh.username}"`)
  await expect(limitRights(database.url, fresh.href)).rejects.toThrow(/refusals.*归它所有/)
  await owner.unsafe(`alter table refusals owner to current_user`)
  await owner.unsafe(`drop owned by "${fresh.username}"`)
  await database.administer(`drop role "${fresh.username}"`)
  expect(asApplication(database.url)).toBe(database.appUrl)
})
