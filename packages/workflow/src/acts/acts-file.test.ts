import { describe, expect, it } from 'vitest'
import { compareActs, readActsFile } from './acts-file.ts'

const csv = [
  '名称,文号,制定机关,公布日期,施行日期,效力,自何日起,变动的条,来源',
  '甲省规范性文件办法,甲政令第9号,甲省人民政府,2026年9月1日,2026-11-01,有效,,,公报2026年第9期',
  '乙市物业条例,,乙市人民代表大会常务委员会,2019-01-01,2019-03-01,已废止,2026/10/1,,公报',
  '丙条例,,丙省人民代表大会,2020-01-01,2020-02-01,已修改,2026-10-01,第三条、第五条,公报',
  '没有日期的条例,,某机关,,,有效,,,公报',
  '坏日期条例,,某机关,2026-02-30,,有效,,,公报',
  '不知效力条例,,某机关,2026-02-03,,好像有效,,,公报',
  '没有何日废止条例,,某机关,2016-02-03,,废止,,,公报',
  '甲省规范性文件办法,甲政令第9号,甲省人民政府,2026年9月1日,2026-11-01,有效,,,另一处',
].join('\r\n')
// GB18030 of the plain two-byte kind, from the table of the decoder itself.
const table = new Map<string, number[]>()
const decoder = new TextDecoder('gb18030')
for (let a = 0x81; a <= 0xfe; a++)
  for (let b = 0x40; b <= 0xfe; b++) if (b !== 0x7f) table.set(decoder.decode(Uint8Array.of(a, b)), [a, b])
const gb18030 = (text: string): Uint8Array =>
  Uint8Array.from(
    [...text].flatMap((one) => (one.charCodeAt(0) < 128 ? [one.charCodeAt(0)] : (table.get(one) ?? [0x3f]))),
  )

describe('a file of acts', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(csv)],
    ['UTF-8 with a byte order mark', new TextEncoder().encode(`\ufeff${csv}`)],
    ['GB18030', gb18030(csv)],
  ])('as CSV in %s: rows, and every fault with its line and why', async (_name, bytes) => {
    const file = await readActsFile(bytes, '导入的文件')
    expect(file.rows.map(({ line, act }) => [line, act.title, act.status, act.statusSince ?? null])).toEqual([
      [2, '甲省规范性文件办法', 'in_force', null],
      [3, '乙市物业条例', 'repealed', '2026-10-01'],
      [4, '丙条例', 'amended', '2026-10-01'],
    ])
    expect(file.rows[2]?.act.articles).toEqual(['第三条', '第五条'])
    expect(file.faults.map(({ line, reason }) => [line, reason])).toEqual([
      [5, expect.stringContaining('没有公布日期')],
      [6, expect.stringContaining('2026-02-30')],
      [7, expect.stringContaining('好像有效')],
      [8, expect.stringContaining('自何日起')],
      [9, expect.stringContaining('与第 2 行相同')],
    ])
  })
  it('dates as spreadsheets and offices write them; a month is no day; a title keeps the marks that are its own', async () => {
    const rows = [
      '名称,制定机关,公布日期,施行日期,效力',
      '《己条例》,己人大,43831,20200301,有效',
      '《税收征收管理法》实施细则,国务院,2002.9.7,2002年10月15日,有效',
      '关于修改《庚法》的决定,庚人大,2020/1/5,2020-3-1,有效',
      '辛条例,辛人大,2020年5月,,有效',
    ].join('\n')
    const file = await readActsFile(new TextEncoder().encode(rows), '某处')
    expect(file.rows.map(({ act }) => [act.title, act.publishedOn, act.effectiveDate])).toEqual([
      ['己条例', '2020-01-01', '2020-03-01'],
      ['《税收征收管理法》实施细则', '2002-09-07', '2002-10-15'],
      ['关于修改《庚法》的决定', '2020-01-05', '2020-03-01'],
    ])
    expect(file.faults).toMatchObject([{ line: 5, reason: expect.stringContaining('不是日期') }])
  })
  it('as JSON lines', async () => {
    const lines = [
      { title: '《丁规定》', issuers: ['丁部'], publishedOn: '2026-10-01', effectiveOn: '2027-01-01', status: '有效' },
      { title: '戊规定' },
    ].map((one) => JSON.stringify(one))
    const file = await readActsFile(new TextEncoder().encode([...lines, '{坏的'].join('\n')), '某处')
    expect(file.rows).toMatchObject([
      { line: 1, act: { title: '丁规定', effectiveDate: '2027-01-01', source: '某处' } },
    ])
    expect(file.faults.map(({ line }) => line)).toEqual([2, 3])
  })
  it.each(['', '甲,乙\n1,2', '<html><body>表</body></html>'])('refuses %s', async (text) => {
    await expect(readActsFile(new TextEncoder().encode(text), '某处')).rejects.toThrow(/\p{Script=Han}{4}/u)
  })
  it('says what is new, other than known, and known already', async () => {
    const file = await readActsFile(
      new TextEncoder().encode(
        [
          '名称,制定机关,公布日期,施行日期,效力,自何日起',
          '物业管理条例,国务院,2018-03-19,2018-03-19,有效,',
          '物业管理条例,国务院,2026-10-08,2027-01-01,有效,',
          '从没有听说过的条例,某机关,2026-10-08,2027-01-01,有效,',
          '优化营商环境条例,国务院,2019-10-22,2020-01-01,已废止,2026-11-01',
        ].join('\n'),
      ),
      '某处',
    )
    expect(compareActs(file.rows, []).map(({ difference }) => difference)).toEqual([
      'same',
      'new_version',
      'new_act',
      'changed',
    ])
  })
})
