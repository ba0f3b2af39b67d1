// 命令行登记、查找、比较上位法，如在终端里办：数据库自己的，文件为 CSV（UTF-8、GB18030）与 jsonl；坏行写明行号与缘由。
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { county } from '../model/county.ts'

const bin = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))
const c = await county({ now: '2026-03-02T09:00:00+08:00' })
const folder = mkdtempSync(join(tmpdir(), 'dianzhang-acts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [bin, 'acts', ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', DATABASE_URL: c.database.appUrl, DIANZHANG_DATA_DIR: folder },
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.once('error', failed)
    child.once('close', (code) => done({ code, out, err }))
    child.stdin.end()
  })
const facts = async () => (await c.sql`select title from acts order by title`).map((row) => String(row.title))

const csv = [
  '名称,文号,制定机关,公布日期,施行日期,效力,自何日起,变动的条,来源',
  '某省试验条例,,某省人民代表大会常务委员会,2019-01-01,2019-03-01,已修改,2026-05-01,第三条、第五条,公报',
  '某市试验办法,某政令第9号,某市人民政府,2020年9月1日,2020-11-01,已废止,2026-08-01,,公报第8期',
  '坏日期条例,,某机关,2026-02-30,,有效,,,公报',
].join('\r\n')

it('acts import：有坏行的一件也不登记，写明行号与缘由；加 --skip-faults 登记其余', async () => {
  writeFileSync(join(folder, 'acts.csv'), csv)
  const stopped = await run('import', 'acts.csv', '-j', '640522')
  expect(stopped.code, stopped.err).toBe(1)
  expect(stopped.out).toMatch(/2 件读得出，1 行读不出；登记 0 件/)
  expect(stopped.out).toMatch(/第 4 行《坏日期条例》：.*2026-02-30/)
  expect(stopped.out).toContain('一件也没有登记')
  expect(await facts()).toEqual([])
  const rest = await run('import', 'acts.csv', '-j', '640522', '--skip-faults', '--json')
  expect(JSON.parse(rest.out)).toMatchObject({ registered: 2, read: 2, faults: [{ line: 4 }] })
  expect(await facts()).toEqual(['某市试验办法', '某省试验条例'].toSorted())
})
it('acts diff：jsonl 与所知比较，什么也不写；acts list、show 找得到登记的，连同某日的效力', async () => {
  writeFileSync(
    join(folder, 'acts.jsonl'),
    [
      {
        title: '某市试验办法',
        documentNumber: '某政令第9号',
        issuers: ['某市人民政府'],
        publishedOn: '2020-09-01',
        effectiveOn: '2020-11-01',
        status: '已废止',
        statusSince: '2026-07-01',
      },
      {
        title: '某县新规定',
        issuers: ['某县人民政府'],
        publishedOn: '2026-01-01',
        effectiveOn: '2026-02-01',
        status: '有效',
      },
    ]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  )
  const diff = await run('diff', 'acts.jsonl', '-j', '640522')
  expect(diff.code, diff.err).toBe(0)
  expect(diff.out).toMatch(/2 件读得出，其中 2 件与所知不同/)
  expect(diff.out).toMatch(/第 1 行《某市试验办法》/)
  expect(await facts()).toHaveLength(2)
  const listed = await run('list', '试验', '--json', '--on', '2026-06-01')
  const found = JSON.parse(listed.out) as { items: Array<{ title: string; status: string }> }
  expect(found.items).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ title: '某省试验条例', status: 'amended' }),
      expect.objectContaining({ title: '某市试验办法', status: 'in_force' }),
    ]),
  )
})
it('写错的以新的一项更正，先前的留着：当时所知仍答得出', async () => {
  writeFileSync(
    join(folder, 'right.csv'),
    '名称,文号,制定机关,公布日期,施行日期,效力,来源\r\n某市试验办法,某政令第9号,某市人民政府,2020-09-01,2020-11-01,有效,公报第9期更正\r\n',
  )
  const right = await run('import', 'right.csv', '-j', '640522', '--json')
  expect(JSON.parse(right.out)).toMatchObject({ registered: 1 })
  const [row] = await c.sql`select count(*)::int as n from acts where title = '某市试验办法'`
  expect(row?.n).toBe(2)
  await expect(c.sql`delete from acts`).rejects.toThrow()
  const now = await run('list', '某市试验办法', '--json', '--on', '2026-09-01')
  expect((JSON.parse(now.out) as { items: unknown[] }).items[0]).toMatchObject({ status: 'in_force' })
})
