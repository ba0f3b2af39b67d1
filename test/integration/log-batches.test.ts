// 导入的条目整句进公开日志：与逐行追加的（迁移 0027 的原样）逐字节相同，次序也相同；办公台账记下的各行摘要也不变。
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationsFolder } from '@dianzhang/database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

/** 某一迁移里的一句。 */
function statementOf(file: string, start: string): string {
  const found = readFileSync(join(migrationsFolder, file), 'utf8')
    .split('--> statement-breakpoint')
    .map((one) => one.replace(/^\s*(?:--.*\n)+/, '').trim())
    .find((one) => one.startsWith(start))
  if (found === undefined) throw new Error(`${file} 里没有 ${start}`)
  return found.replace(/^CREATE FUNCTION/, 'CREATE OR REPLACE FUNCTION')
}

type Sql = ReturnType<Awaited<ReturnType<typeof testDatabase>>['connect']>['sql']
const jurisdiction = '990103'
async function prepared(rowwise: boolean): Promise<Sql> {
  const { sql } = (await testDatabase()).connect()
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '甲县'), ('990104', '乙县')`
  if (!rowwise) return sql
  const log = '0027_transparency_log.sql'
  for (const name of ['dz_tlog_text', 'dz_tlog_digest', 'dz_tlog_document'])
    await sql.unsafe(statementOf(log, `CREATE FUNCTION ${name}(`))
  await sql.unsafe(statementOf('0016_row_digests.sql', 'CREATE FUNCTION dz_office_changed('))
  for (const name of ['logged', 'made_logged', 'imported_logged'])
    await sql.unsafe(`drop trigger register_entries_${name} on register_entries`)
  await sql.unsafe(statementOf(log, 'CREATE CONSTRAINT TRIGGER register_entries_logged'))
  return sql
}

const text = fc.string({
  unit: fc.constantFrom('管', '理', '"', '\\', '\n', '，', 'a', '𠀀', '\u2028', '/'),
  maxLength: 8,
})
const day = fc.option(
  fc.integer({ min: 1, max: 28 }).map((n) => `2024-0${1 + (n % 9)}-${String(n).padStart(2, '0')}`),
  { nil: null },
)
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const file = fc.record({ name: text, mediaType: fc.constant('application/pdf'), sha256: text, size: fc.nat() })
const force = fc.record({
  kind: fc.constantFrom('amended', 'repealed', 'suspended'),
  on: fc.constant('2025-01-01'),
  reason: text,
  byDocument: maybe(text),
  follows: maybe(fc.boolean()),
  undoes: maybe(fc.nat({ max: 3 })),
  provisions: maybe(fc.array(fc.constantFrom('第三条', '附件一', '写不成地址的 x'), { maxLength: 3 })),
})
const row = fc.record({
  jurisdiction_id: fc.constantFrom(jurisdiction, jurisdiction, '990104'),
  title: text,
  issuers: fc.array(text, { maxLength: 3 }),
  document_number: maybe(text),
  category: maybe(text),
  subject: maybe(text),
  published_on: day,
  effective_date: day,
  valid_until: day,
  adoption_date: day,
  disclosure: fc.constantFrom('active', 'active', 'active', 'withheld'),
  force_events: fc.array(force, { maxLength: 2 }),
  source_status: maybe(fc.constantFrom('有效', '已废止', '有效 x', '不明')),
  body: text,
  text_hash: text,
  attachments: fc.array(file, { maxLength: 2 }),
  public_files: maybe(fc.array(file, { maxLength: 2 })),
  interpretation: maybe(text),
  interpretation_url: maybe(text),
  metadata: fc.constantFrom({}, { number: { seq: null } }),
  created_at: fc.constantFrom('2026-01-02T03:04:05.678Z', '2026-01-02T20:00:00Z', '2025-12-31T16:00:00.001Z'),
})
/** 一个事务：先后几句；`undone` 的一句随保存点退回，`changed` 的一句以后又在同一事务里改动。 */
const transaction = fc.array(
  fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 6 }),
    origin: fc.constantFrom('imported', 'imported', 'made'),
    undone: fc.boolean(),
    changed: fc.boolean(),
    again: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
)

test('任意的几句写入、退回、改动：整句追加与逐行追加的日志、办公台账的摘要完全相同', async () => {
  const [batched, rowwise] = await Promise.all([prepared(false), prepared(true)])
  let n = 0
  await fc.assert(
    fc.asyncProperty(transaction, async (steps) => {
      const written = steps.map((step) => ({ ...step, rows: step.rows.map((one) => ({ ...one, id: `e${n++}` })) }))
      for (const sql of [batched, rowwise])
        await sql.begin(async (tx) => {
          const write = async (rows: object[]) => {
            const columns = Object.keys(rows[0] ?? {}).join(', ')
            await tx.unsafe(
              `insert into register_entries (${columns}) select ${columns} from jsonb_populate_recordset(null::register_entries, $1::text::jsonb) on conflict do nothing`,
              [JSON.stringify(rows)],
            )
          }
          for (const { rows, origin, undone, changed, again } of written) {
            const given = rows.map((one) => ({ ...one, origin }))
            if (undone) {
              await tx.unsafe('savepoint here')
              await write(given)
              await tx.unsafe('rollback to savepoint here')
              continue
            }
            await write(given)
            if (again) await write(given)
            // 一件一句：一句改动几行的，先改哪一行看它们在磁盘上的位置，两个库不一定相同。
            if (changed)
              for (const { id } of rows)
                await tx.unsafe(
                  `update register_entries set interpretation = coalesce(interpretation, '解读'), force_events = force_events || '[{"kind":"repealed","on":"2031-01-01","reason":"","byDocument":null}]' where id = $1`,
                  [id],
                )
          }
        })
      const told = (sql: Sql) =>
        Promise.all([
          sql`select jurisdiction_id, idx, type, subject, case when type in ('import', 'publish') then entry end as entry,
              entry::jsonb - 'at' as facts, case when type in ('import', 'publish') then at end as at, leaf = sha256('\\x00'::bytea || convert_to(entry, 'UTF8')) as leaf
            from tlog_entries order by jurisdiction_id, idx`,
          sql`select jurisdiction_id, table_name, op, rows from office_ledger where table_name = 'register_entries' order by jurisdiction_id, seq`,
          sql`select count(*)::int as due from tlog_due`.catch(() => []),
        ])
      const [ours, theirs] = await Promise.all([told(batched), told(rowwise)])
      expect(ours).toEqual(theirs)
      expect(ours[2]).toEqual([{ due: 0 }])
      expect(ours[0].every(({ leaf }) => leaf === true)).toBe(true)
    }),
    // 不缩小：一例使两个库不同以后，其后的都不同，缩小只会说错是哪一例。
    { numRuns: 25, endOnFailure: true },
  )
  const [logged] = await batched`select count(*)::int as n from tlog_entries where type = 'import'`
  expect(logged?.n).toBeGreaterThan(10)
})

test('日志取号不早于提交：导入的事务还开着，别的照样公布；两处同时导入没有空号', async () => {
  const { connect } = await testDatabase()
  const { sql } = connect({ rawMax: 4 })
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '甲县')`
  const insert = (tx: Sql, id: string, origin: string) => tx`
    insert into register_entries (jurisdiction_id, id, origin, title, issuers, disclosure, force_events, body, text_hash, attachments, metadata, created_at)
    values (${jurisdiction}, ${id}, ${origin}, ${id}, '{}', 'active', '[]', '文', 'x', '[]', '{}', '2026-01-01')`
  let open = () => {}
  const held = new Promise<void>((resolve) => {
    open = resolve
  })
  const importing = sql.begin(async (tx) => {
    await insert(tx as unknown as Sql, 'a', 'imported')
    await held
  })
  // 日志的锁没有被占着。
  for (;;) {
    const [row] =
      await sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
    if (row?.n > 0) break
  }
  await sql`select dz_tlog_append(${jurisdiction}, 'withdraw', 'b', null, null, null, now())`
  open()
  await importing
  await Promise.all(Array.from({ length: 8 }, (_, i) => insert(sql, `c${i}`, 'imported')))
  const rows =
    await sql`select idx::int, subject from tlog_entries where jurisdiction_id = ${jurisdiction} order by idx`
  expect(rows.map(({ idx }) => idx)).toEqual(Array.from({ length: 10 }, (_, i) => i))
  expect(rows.slice(0, 2).map(({ subject }) => subject)).toEqual(['b', 'a'])
})
