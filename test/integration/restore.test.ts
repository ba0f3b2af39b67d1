// 恢复旧备份：已经发出的号码不再发一次；换成旧的数据库、整个重写的历史，由库外的锚看出来。
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { backup, restore } from '@dianzhang/database'
import {
  commentReceipt,
  confirmNumbers,
  installJobs,
  latestHeads,
  noticeOlderDatabase,
  type Office,
  reserveNumber,
  runDueJobs,
  sealLedger,
} from '@dianzhang/workflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AnchorBook } from '../../apps/server/src/anchors.ts'
import { runRestore } from '../../apps/server/src/cli/database-actions.ts'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { readAnchors } from '../../apps/server/src/cli/verify-anchors.ts'
import { testDatabase } from '../support/database.ts'
import { quietOffice, TestClock, testOffice } from '../support/office.ts'

const folder = mkdtempSync(join(tmpdir(), 'dianzhang-restore-'))
const file = join(folder, 'backup.gz')
const jurisdiction = '640522'
const t = await testOffice('2026-03-02T09:00:00+08:00')
const clerk = t.as('secretariat')
const reserve = (office: Office, expiresOn = '2026-12-31') =>
  reserveNumber(office, clerk, { issuer: 'hy-agri', purpose: '年度通知', expiresOn })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let heads: Awaited<ReturnType<typeof latestHeads>>
beforeAll(async () => {
  expect((await reserve(t.office)).seq).toBe(1)
  await t.propose('drafter')
  await latestHeads(t.office)
  await backup(t.database.url, file)
  // 备份以后又发了两个号：恢复以后库里没有。
  expect((await reserve(t.office)).seq).toBe(2)
  expect((await reserve(t.office)).seq).toBe(3)
  heads = await latestHeads(t.office)
})

/** 恢复到一个空的数据库，在其上建成办公室。 */
async function restored(how: (url: string) => Promise<unknown>) {
  const database = await testDatabase({ empty: true })
  await how(database.url)
  const { db, sql } = database.connect({ max: 6 })
  const clock = new TestClock('2026-03-02T10:00:00+08:00')
  const office = await quietOffice(db, clock)
  afterAll(() => office.close())
  return { office, sql, clock }
}
/** 不经命令：没有记下恢复。 */
const quietly = async (url: string) => {
  await installJobs(url)
  await restore(file, url)
}
const byCommand = async (url: string) => {
  const before = process.env.DATABASE_URL
  process.env.DATABASE_URL = url
  try {
    await runRestore(file, { json: true })
  } finally {
    if (before === undefined) delete process.env.DATABASE_URL
    else process.env.DATABASE_URL = before
  }
}

test('由命令恢复以后，编号、封存暂停，逐系列确认以后接着往下发，丢失的号作废并写明理由', async () => {
  const { office, sql, clock } = await restored(byCommand)
  await expect(reserve(office)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('由备份恢复'),
  })
  clock.set('2026-03-04T09:00:00+08:00')
  await runDueJobs(office)
  expect(await sealLedger(office)).toBe(0)
  expect((await verifyDatabase(sql)).faults).toEqual([])

  const confirm = (last: number | null, who = clerk) =>
    confirmNumbers(office, who, {
      series: last === null ? [] : [{ series: '海农规发', year: 2026, last }],
      reason: '发文登记簿记到3号',
    })
  await expect(confirm(3, t.as('drafter'))).rejects.toMatchObject({ code: 'forbidden' })
  await expect(confirm(null)).rejects.toThrow(/海农规发〔2026〕没有确认/)
  await expect(confirm(0)).rejects.toThrow(/不得小于/)
  // 库外知道已经发到 3 号：说成 2 号不成。
  await noticeOlderDatabase(office, { [heads.database]: heads })
  await expect(confirm(2)).rejects.toThrow(/不得小于已知的最后用号 3/)
  expect(await confirm(3)).toMatchObject({ voided: 2 })
  const rows = await sql`select seq, status, void_reason as reason from numbers where series = '海农规发' order by seq`
  expect(rows.map((row) => [row.seq, row.status])).toEqual([
    [1, 'reserved'],
    [2, 'void'],
    [3, 'void'],
  ])
  expect(rows[1]?.reason).toMatch(/恢复备份时丢失.*发文登记簿/)
  expect((await reserve(office)).seq).toBe(4)
  expect(await sealLedger(office)).toBeGreaterThan(0)
  expect((await verifyDatabase(sql)).faults).toEqual([])
  await expect(confirm(5)).rejects.toMatchObject({ code: 'conflict' })
  const acts =
    await sql`select kind from office_acts where kind in ('backup_restored', 'numbers_confirmed') order by kind`
  expect(acts.map((act) => act.kind)).toEqual(['backup_restored', 'numbers_confirmed'])
})

test('丢失时段里的回执说明缘由，其他日子的照旧', async () => {
  const { office, sql } = await restored(byCommand)
  const code = (day: string) => `YJ${day.replaceAll('-', '')}-${'A1'.repeat(10)}`
  const [open] = await sql`select value ->> 'lostUntil' as until from settings where key like 'restoration:%'`
  await expect(commentReceipt(office, code(dateInShanghai(String(open?.until))))).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('由备份恢复'),
  })
  await expect(commentReceipt(office, code('2026-01-05'))).rejects.toThrow('没有找到这个回执号')
})

test('没有经过命令、被悄悄换成旧的数据库：由库外记下的链头看出来，同样暂停', async () => {
  const { office, sql } = await restored(quietly)
  expect(await noticeOlderDatabase(office, {})).toEqual([])
  expect(await noticeOlderDatabase(office, { [heads.database]: heads })).toEqual([jurisdiction])
  await expect(reserve(office)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('旧的') })
  // 再看一次不再多记。
  await noticeOlderDatabase(office, { [heads.database]: heads })
  const [row] = await sql`select count(*)::int as n from settings where key like 'restoration:%'`
  expect(row?.n).toBe(1)
})

test('整个重写、内部相符的历史：没有锚看不出，有锚看得出；锚自己改不得', async () => {
  t.clock.set('2026-03-05T09:00:00+08:00')
  expect(await sealLedger(t.office)).toBeGreaterThan(0)
  const anchors = join(folder, 'anchors')
  const book = new AnchorBook(anchors)
  expect(await book.anchorSeals(t.office)).toBeGreaterThan(0)
  expect(await book.anchorSeals(t.office)).toBe(0)
  const path = join(anchors, 'anchors.jsonl')
  const good = await readAnchors(path)
  const honest = await verifyDatabase(t.connection.sql, undefined, { anchors: good })
  expect(honest.faults).toEqual([])
  expect(honest.checks.find((each) => each.check === 'anchors')?.checked).toBeGreaterThan(0)

  // 从旧备份另写一遍历史，同样的日子也封存，自己与自己相符。
  const { office, sql, clock } = await restored(quietly)
  await reserve(office)
  clock.set('2026-03-05T09:00:00+08:00')
  expect(await sealLedger(office)).toBeGreaterThan(0)
  expect((await verifyDatabase(sql)).faults).toEqual([])
  const rewritten = await verifyDatabase(sql, undefined, { anchors: good })
  expect(rewritten.faults.map((fault) => fault.message).join('\n')).toMatch(/历史被重写/)

  for (const bent of [
    { ...good, anchors: good.anchors.map((a, i) => (i === 0 ? { ...a, seal: 'f'.repeat(64) } : a)) },
    { ...good, anchors: [] },
    { ...good, anchors: good.anchors.map((a) => ({ ...a, database: '另一个' })) },
  ])
    expect((await verifyDatabase(t.connection.sql, undefined, { anchors: bent })).ok).toBe(false)
})
