// 按法域分片（Citus）：把分片的语句在真实的数据库上执行一遍——只有 Citus 自己的几个函数以记录代替——再走遍系统表，逐项照 Citus
// 写明的限制核对：多一项、少一项都不通过。换成逐行的触发器另在真实的写入上与逐句的比一遍。没有在真的集群上试过。
import { noClassification } from '@dianzhang/contract'
import { DistributeError, distribute, distributionStatements, isDistributed } from '@dianzhang/database'
import { demoJurisdiction, demoPeople, openCounty } from '@dianzhang/demo'
import { importEntries, rebuildCitations } from '@dianzhang/register'
import { hashPassword } from '@dianzhang/server'
import { type Actor, proposeDocument } from '@dianzhang/workflow'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { quietOffice, TestClock } from '../support/office.ts'

const plain = await testDatabase()
const spread = await testDatabase()
const before = plain.connect().sql
const { sql } = spread.connect({ max: 1 })
const names = async (rows: Promise<Array<{ name: string }>>): Promise<string[]> => (await rows).map(({ name }) => name)
/** 没有法域、不分的表：账号（留在协调节点），由登记条目推算的索引（协调节点自己的）。 */
const whole =
  /^(auth_(users|accounts|sessions|verifications|rate_limits|sign_ins)|search_(index|parts|blocks|columns))$/
let placed: Array<{ what: string; target: string; key: string | null }> = []

/** Citus 的几个函数，只记下叫了什么；分了片的表记在 pg_dist_partition 里，与真的一样认得出。 */
const stubs = `
  create schema stub;
  create table stub.calls (n bigint generated always as identity, what text, target text, key text, colocated text);
  create table public.pg_dist_partition (logicalrelid regclass primary key, key text);
  create function create_distributed_table(t regclass, key text, colocate_with text) returns void language sql as
    $$ insert into stub.calls (what, target, key, colocated) values ('table', t::text, key, colocate_with);
       insert into pg_dist_partition values (t, key) $$;
  create function citus_add_local_table_to_metadata(t regclass, cascade_via_foreign_keys boolean) returns void language sql as
    $$ insert into stub.calls (what, target) values ('local', t::text) $$;
  create function create_distributed_function(f regprocedure, key text default null, colocate_with text default null, force_delegation boolean default null)
    returns void language sql as $$ insert into stub.calls (what, target, key, colocated) values ('function', f::text, key, colocate_with) $$;`

beforeAll(async () => {
  await sql.unsafe(stubs)
  const statements = await distributionStatements(sql)
  await sql.begin(async (tx) => {
    for (const each of statements) await tx.unsafe(each)
  })
  placed = await sql`select what, target, key from stub.calls order by n`
})

test('没有 Citus 的数据库：说明缺什么，什么都没有改；已经分了的不再分', async () => {
  await expect(distribute(before)).rejects.toThrow(DistributeError)
  await expect(distribute(before)).rejects.toThrow(/没有装 Citus 扩展.*--plan/)
  expect(await isDistributed(before)).toBe(false)
  expect(await before`select to_regprocedure('dz_table_name(text)') as f`).toEqual([{ f: null }])
  expect(await isDistributed(sql)).toBe(true)
})

describe('分片以后，Citus 会拒绝的一项也没有', () => {
  const distributed = () => placed.filter(({ what }) => what === 'table').map(({ target }) => target)
  test('每张表不是按法域分了，就是写明不分的', async () => {
    const all = await names(sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace
      and relkind = 'r' and relname <> 'pg_dist_partition' order by 1`)
    expect(all.length).toBeGreaterThan(60)
    expect([...distributed(), ...all.filter((name) => whole.test(name))].sort()).toEqual(all)
    // 视图、规则、继承、行级安全都没有。
    expect(
      await sql`select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind in ('v', 'm', 'p')
        or relhasrules or relhassubclass or relrowsecurity)`,
    ).toEqual([])
  })
  test('分的列不可空；主键、唯一索引都含它，没有排他约束；自增的列是 bigint', async () => {
    const loose = await sql`
      select d.logicalrelid::text as name from pg_dist_partition d
      join pg_attribute a on a.attrelid = d.logicalrelid and a.attname = d.key where not a.attnotnull`
    expect(loose).toEqual([])
    const unique = await sql`
      select i.indexrelid::regclass::text as name from pg_index i join pg_dist_partition d on d.logicalrelid = i.indrelid
      where (i.indisunique or i.indisexclusion) and not exists (select from unnest(i.indkey) k
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k where a.attname = d.key)`
    expect(unique).toEqual([])
    const narrow = await sql`
      select a.attrelid::regclass::text as name from pg_attribute a join pg_dist_partition d on d.logicalrelid = a.attrelid
      where a.attnum > 0 and a.atttypid <> 'bigint'::regtype and (a.attidentity <> '' or exists (select from pg_attrdef f
        where f.adrelid = a.attrelid and f.adnum = a.attnum and pg_get_expr(f.adbin, f.adrelid) ~ 'nextval'))`
    expect(narrow).toEqual([])
  })
  test('外键：两端都分了的，分的列对着分的列，被指的先分；没有指向不分的表的，也没有倒过来的', async () => {
    const keys = await sql<Array<{ name: string; source: string; target: string; aligned: boolean }>>`
      select conname as name, conrelid::regclass::text as source, confrelid::regclass::text as target,
        exists (select from unnest(conkey, confkey) as k(a, b)
          join pg_attribute s on s.attrelid = conrelid and s.attnum = k.a
          join pg_attribute t on t.attrelid = confrelid and t.attnum = k.b
          join pg_dist_partition ds on ds.logicalrelid = conrelid and ds.key = s.attname
          join pg_dist_partition dt on dt.logicalrelid = confrelid and dt.key = t.attname) as aligned
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`
    expect(keys.length).toBeGreaterThan(20)
    const order = distributed()
    for (const { name, source, target, aligned } of keys) {
      if (whole.test(source) && whole.test(target)) continue
      expect([name, aligned]).toEqual([name, true])
      if (source !== target) expect([name, order.indexOf(target) < order.indexOf(source)]).toEqual([name, true])
    }
  })
  test('分了的表上没有逐句的触发器（不得清空的除外），没有用到整句改动的', async () => {
    const statements = await names(sql`
      select t.tgname as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_dist_partition d on d.logicalrelid = t.tgrelid
      where not t.tgisinternal and (t.tgnewtable is not null or t.tgoldtable is not null
        or t.tgtype & 1 = 0 and not (p.proname = 'dz_refuse' and t.tgtype & 32 <> 0))`)
    expect(statements).toEqual([])
  })
  test('触发器只碰本法域的行：函数里每张表都是分了的，每条语句都写着法域；表名不带分片的号', async () => {
    const order = distributed()
    const functions = await sql<Array<{ name: string; body: string }>>`
      select p.proname as name, p.prosrc as body from pg_proc p where p.pronamespace = 'public'::regnamespace
        and (exists (select from pg_trigger t join pg_dist_partition d on d.logicalrelid = t.tgrelid where t.tgfoid = p.oid and not t.tgisinternal)
          or p.proname in ('dz_office_record', 'dz_tlog_append'))`
    expect(functions.length).toBeGreaterThan(15)
    const wrong: string[] = []
    for (const { name, body } of functions) {
      if (/(?<!dz_table_name\()\bTG_TABLE_NAME\b(?! ~ '\^)/.test(body)) wrong.push(`${name}：表名带着分片的号`)
      for (const statement of body.split(';')) {
        const touched = [...statement.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)\b/g)]
          .map(([, table]) => table ?? '')
          .filter((table) => order.includes(table) || whole.test(table))
        for (const table of touched) {
          if (whole.test(table)) wrong.push(`${name}：${table} 不在分片上`)
          else if (!/jurisdiction_id/.test(statement)) wrong.push(`${name}：问 ${table} 没有写法域`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
  test('触发器所用的函数各节点都有；取本事务各行摘要的一问送到那个法域去', async () => {
    const sent = placed.filter(({ what }) => what === 'function')
    const helpers = await names(sql`select oid::regprocedure::text as name from pg_proc
      where pronamespace = 'public'::regnamespace and proname like 'dz\\_%' and prorettype <> 'trigger'::regtype`)
    expect(sent.map(({ target }) => target).sort()).toEqual(helpers.sort())
    expect(sent.find(({ target }) => target === 'dz_bound_rows(text)')?.key).toBe('$1')
  })
})

test('同样的写入，逐行的与逐句的留下同样的：检索待办、引用的投影、公开日志、办公台账；核验认得分片以后的守卫', async () => {
  const clock = new TestClock('2026-03-02T09:00:00+08:00')
  const line = (n: number) =>
    JSON.stringify({
      id: `旧${n}`,
      title: `海原县第${n}号旧有办法`,
      body: `海原县第${n}号旧有办法\n第一条 根据《中华人民共和国农业法》第三十七条、《中华人民共和国行政许可法》，制定本办法。\n第二条 依照《中华人民共和国农业法》第三十七条办理。`,
      publishedAt: '2019-05-06',
      status: '现行有效',
    })
  const left = async (of: TestDatabase) => {
    const { db, sql: on } = of.connect({ max: 4 })
    const office = await quietOffice(db, clock)
    const accounts = await openCounty(db, { passwordHash: await hashPassword('scale-password'), at: clock.now() })
    const lines = (async function* () {
      for (let n = 1; n <= 5; n++) yield line(n)
    })()
    await importEntries(office, lines, { jurisdiction: demoJurisdiction, sourceName: '旧有文件', now: clock.now() })
    await rebuildCitations(db)
    await on`update register_entries set valid_until = '2030-01-01' where source_id in ('旧1', '旧2')`
    await on`delete from citations where entry_id = (select id from register_entries where source_id = '旧4')`
    // 案卷的办理：行的摘要、台账、封存所依的都照旧。
    const drafter = demoPeople.find(({ username }) => username === 'drafter')
    if (!drafter) throw new Error('演示县没有起草人')
    const actor: Actor = {
      kind: 'person',
      jurisdiction: demoJurisdiction,
      person: drafter.id,
      userId: accounts.get('drafter') ?? '',
      name: drafter.name,
      unit: drafter.unit,
      unitName: '某局',
      posts: drafter.posts,
      mustChangePassword: false,
    }
    await proposeDocument(office, actor, {
      type: 'ProposeDocument',
      commandId: 'scale-1',
      title: '海原县分片试验办法',
      jurisdiction: demoJurisdiction,
      issuers: ['hy-gov'],
      tier: 'government',
      necessity: '试验',
      classification: { ...noClassification, affectsRights: true },
    })
    await office.close()
    const id = await on<Array<{ id: string; source: string }>>`select id, source_id as source from register_entries`
    const named = (text: string) => id.reduce((out, each) => out.replaceAll(each.id, each.source), text)
    const rows = async (query: string) =>
      (await on.unsafe<Array<{ row: string }>>(`select row_to_json(x)::text as row from (${query}) x`))
        .map(({ row }) => named(row))
        .sort()
    return {
      citing: await rows('select entry_id, target, article, rank, whole, published_on, over_from from citing'),
      pending: await rows('select id, fresh from search_pending'),
      log: await rows("select type, subject from tlog_entries where type <> 'publish'"),
      office: await rows(
        `select distinct table_name, op, r ->> 0 as key from office_ledger, jsonb_array_elements(rows) r
         where table_name in ('units', 'bodies', 'people', 'person_roles', 'rule_packs', 'register_entries', 'jurisdictions')`,
      ),
      events: await rows("select type, body -> 'rows' -> 0 -> 0 as bound from ledger_events"),
      counted: await rows(
        `select (select sum(n) > 0 from auth_version) as a, (select sum(n) > 0 from rules_version) as r, (select sum(n) > 0 from public_writes) as p`,
      ),
      faults: (await verifyDatabase(on)).faults,
    }
  }
  const [once, each] = [await left(plain), await left(spread)]
  expect(once.citing.length).toBeGreaterThan(5)
  expect(once.office.length).toBeGreaterThan(20)
  expect(each).toEqual(once)
  expect(each.faults).toEqual([])
  // 计数写在各自的法域名下。
  const [counts] = await sql`select count(*) filter (where jurisdiction_id <> 'CN')::int as own from public_writes`
  expect(counts?.own).toBeGreaterThan(0)
})
