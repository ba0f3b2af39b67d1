// 按法域分片时数据库会拒绝的，逐项列在 docs/scale.md；这里走遍真实的系统表，多一项、少一项都不通过。
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

const { sql } = (await testDatabase()).connect()
const names = async (rows: Promise<Array<{ name: string }>>): Promise<string[]> => (await rows).map(({ name }) => name)

/** 没有法域的表：参照表、计数、推算出来的。 */
const shared =
  /^(auth_(users|accounts|sessions|verifications|rate_limits|version)|jurisdictions|rules_version|public_writes|search_(index|parts|blocks|columns))$/

test('没有法域的表只有参照表、计数与推算出来的', async () => {
  const without = await names(sql`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'jurisdiction_id' and a.attnotnull and not a.attisdropped)
    order by 1`)
  expect(without.length).toBeGreaterThan(5)
  expect(without.filter((name) => !shared.test(name))).toEqual([])
})

test('各张业务表的唯一索引都含法域，外键带着法域，或者指向参照表；没有排他约束', async () => {
  const unique = await names(sql`
    select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and i.indisunique
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'jurisdiction_id')
      and not exists (select from unnest(i.indkey) k join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k where a.attname = 'jurisdiction_id')`)
  expect(unique).toEqual([])
  const foreign = await sql<Array<{ name: string; target: string; first: string; other: string }>>`
    select conrelid::regclass::text as name, confrelid::regclass::text as target,
      (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as first,
      (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) as other
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`
  expect(foreign.length).toBeGreaterThan(20)
  expect(
    foreign.filter(
      ({ target, first, other }) =>
        !shared.test(target) && (first !== 'jurisdiction_id' || other !== 'jurisdiction_id'),
    ),
  ).toEqual([])
  expect(
    await names(
      sql`select conname as name from pg_constraint where contype in ('x', 't') and connamespace = 'public'::regnamespace and conname !~ '_logged$'`,
    ),
  ).toEqual([])
})

test('逐句的触发器只有文中列出的几种', async () => {
  const statements = await names(sql`
    select distinct p.proname as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and t.tgtype & 1 = 0
      -- 不得清空整张表的守卫，分片以后由各分片自己守着。
      and not (p.proname = 'dz_refuse' and t.tgtype & 32 <> 0)
    order by 1`)
  expect(statements).toEqual([
    'dz_auth_changed',
    'dz_citing_added',
    'dz_citing_entry',
    'dz_citing_gone',
    'dz_office_changed',
    'dz_public_changed',
    'dz_rules_changed',
    'dz_search_pending',
    'dz_tlog_imported',
  ])
})
