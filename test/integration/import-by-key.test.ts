// 导入逐批看哪些标识已经在库里：只按标识去看，不因库里的件数而多看。
import { importEntries } from '@dianzhang/register'
import { expect, it } from 'vitest'
import { testDatabase } from '../support/database.ts'

const jurisdiction = '990101'

it('还没有统计信息的登记库里，四千件逐批导入，看过的行随件数增长，不随件数的平方', async () => {
  const { connect } = await testDatabase()
  const { db, sql } = connect({ max: 2 })
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '青石县') on conflict do nothing`
  // 与首次导入一样：还没有人替这张表做过统计。
  await sql`alter table register_entries set (autovacuum_enabled = false)`
  const count = 4_000
  const report = await importEntries(
    { db },
    (async function* () {
      for (let i = 0; i < count; i += 1)
        yield JSON.stringify({
          id: `k${i}`,
          title: `第${i}号规定`,
          body: `第一条　规定之${i}。`,
          issuer: '青石县人民政府',
        })
    })(),
    { jurisdiction, sourceName: '逐批', now: new Date('2026-06-15T02:00:00Z') },
  )
  expect([report.imported, report.faults]).toEqual([count, []])
  // 各会话的计数，过一会儿再问一句就都记下。
  await new Promise((done) => setTimeout(done, 1_500))
  await Promise.all([db.execute('select 1'), db.execute('select 2'), sql`select 3`])
  const read = async (): Promise<number> => {
    const [row] = await sql<Array<{ n: string }>>`
      select sum(idx_tup_read) as n from pg_stat_user_indexes where relname = 'register_entries'`
    return Number(row?.n)
  }
  await expect.poll(read).toBeGreaterThan(0)
  // 四十批若各看一遍库里的，是八万行。
  expect(await read()).toBeLessThan(count * 10)
})
