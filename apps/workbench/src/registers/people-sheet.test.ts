import { xlsxOf } from '@dianzhang/formats'
import { describe, expect, it } from 'vitest'
import type { UnitRow } from '../types.ts'
import { readPeople } from './people-sheet.ts'

const units = [
  { id: 'hy-agri', name: '海原县农业农村局' },
  { id: 'hy-gov', name: '海原县人民政府' },
] as unknown as UnitRow[]
/** As a spreadsheet saves it. */
const peopleOf = (...rows: string[][]) =>
  readPeople(new Blob([`\ufeff${rows.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')}`]), units)
const head = ['姓名', '用户名', '单位', '任职', '任职单位', '终止日']

describe('people from a table', () => {
  it('reads posts by their names, in another unit where it is named, with an end', async () => {
    expect(
      await peopleOf(['名单'], head, ['马丽', 'mali', '海原县农业农村局', '起草经办人、起草单位负责人', '', '']),
    ).toEqual([
      {
        row: 3,
        name: '马丽',
        username: 'mali',
        unitName: '海原县农业农村局',
        problems: [],
        input: {
          name: '马丽',
          username: 'mali',
          unit: 'hy-agri',
          posts: [
            { role: 'drafter', unit: 'hy-agri' },
            { role: 'unit_head', unit: 'hy-agri' },
          ],
        },
      },
    ])
    const [lent] = await peopleOf(head, ['李强', 'liq', 'hy-agri', 'secretariat', 'hy-gov', '2027-01-01'])
    expect((lent as { input: { posts: unknown } }).input.posts).toEqual([
      { role: 'secretariat', unit: 'hy-gov', endsOn: '2027-01-01' },
    ])
    for (const day of ['2027年1月1日', '2027/1/1', '2027.01.1', '20270101', '２０２７年１月１日']) {
      const [until] = await peopleOf(head, ['李强', 'liq', 'hy-agri', 'secretariat', '', day])
      expect([day, until]).toEqual([day, expect.objectContaining({ problems: [] })])
    }
  })
  it.each([
    [['马丽', 'mali', '没有的局', '起草经办人'], /没有“没有的局”这个单位/],
    [['马丽', 'mali', 'hy-agri', '局长'], /没有“局长”这种任职/],
    [['马丽', '马丽', 'hy-agri', '起草经办人'], /用户名须为/],
    [['', 'mali', 'hy-agri', '起草经办人'], /^姓名：必须填写$/],
    [['马丽', '', 'hy-agri', '起草经办人'], /^用户名须为/],
    [['马丽', 'mali', 'hy-agri', ''], /^任职：至少 1 项$/],
    [['马丽', 'mali', 'hy-agri', '起草经办人', '', '2027年2月30日'], /^终止日：须为真实存在的日期$/],
    [['马丽', 'mali', 'hy-agri', '系统管理员、起草经办人'], /不得兼有/],
    [['马丽', 'mali', 'hy-agri', '起草经办人', '', '明年'], /^终止日：须为真实存在的日期$/],
  ])('says what is wrong with %j', async (cells, says) => {
    const [person] = await peopleOf(head, cells)
    expect(person).toMatchObject({ input: null, problems: [expect.stringMatching(says)] })
  })
  it('names the other row of a repeated account, and what the heading line lacks', async () => {
    const found = await peopleOf(head, ['甲', 'same', 'hy-agri', 'drafter'], ['乙', 'SAME', 'hy-agri', 'drafter'])
    expect(found[1]).toMatchObject({ problems: ['用户名与第2行相同'] })
    expect(await peopleOf(['姓名', '单位'])).toBe('表头缺少：用户名、任职。')
    expect(await peopleOf(['a'])).toContain('没有写着“姓名”的一行表头')
  })
  it('reads a real workbook, and says so of what is none', async () => {
    const bytes = await xlsxOf([
      {
        name: '人员',
        columns: head.map((title) => ({ title, width: 20 })),
        rows: [['马丽', 'mali', '海原县农业农村局', '起草经办人', null, null]],
      },
    ])
    const found = await readPeople(new Blob([bytes as unknown as BlobPart]), units)
    expect(found).toMatchObject([{ name: '马丽', problems: [] }])
    expect(await readPeople(new Blob(['not a workbook']), units)).toContain('没有写着“姓名”')
    expect(await readPeople(new Blob(['%PDF-1.7\n']), units)).toMatch(/PDF.*\.xlsx/)
    expect(await readPeople(new Blob([bytes.slice(0, 200) as unknown as BlobPart]), units)).not.toContain('docx')
    const many = Array.from({ length: 2_000 }, (_, i) => ['马', `ma${i}`, 'hy-agri', 'drafter'])
    expect(await peopleOf(head, ...many)).toContain('超过 2000 行')
    expect(await peopleOf(head, ...many.slice(1))).toHaveLength(1_999)
    expect(await readPeople(new Blob(['姓名,用户名\r\n"马,mali\r\n']), units)).toContain('引号没有成对')
  })
})
