import { describe, expect, it } from 'vitest'
import { readNotice } from './holiday-notice.ts'

const kinds = (text: string, year: number | null = null) => {
  const { days, doubts } = readNotice(text, year)
  const of = (kind: string) => days.filter((day) => day.kind === kind).map(({ date }) => date.slice(5))
  return { off: of('off'), work: of('work'), doubts }
}

describe('放假通知的原话', () => {
  it('整份通知：逐节读出放假与上班的日子，月份承前，括号里的不算，文号、年份也读出', () => {
    const read = readNotice(`国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。`)
    expect(read).toMatchObject({ year: 2026, source: '国办发明电〔2025〕7号', doubts: [] })
    expect(read.days).toHaveLength(3 + 1 + 9 + 2 + 3)
    expect(read.days.filter(({ kind }) => kind === 'work').map(({ date, name }) => `${date} ${name}`)).toEqual([
      '2026-01-04 元旦',
      '2026-02-14 春节',
      '2026-02-28 春节',
    ])
  })
  it('连在一行里的、跨年的、跨月的、只放一天的', () => {
    expect(kinds('一、元旦：1月1日放假，与周末连休。二、劳动节：4月29日至5月3日放假调休，共5天。', 2027)).toEqual({
      off: ['01-01', '04-29', '04-30', '05-01', '05-02', '05-03'],
      work: [],
      doubts: [],
    })
    const across = readNotice('一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。', 2023).days
    expect(across.map(({ date }) => date)).toEqual(['2022-12-31', '2023-01-01', '2023-01-02'])
    expect(kinds('六、国庆节、中秋节：10月1日至8日，放假调休，共8天。9月28日（周日）上班。', 2025)).toMatchObject({
      off: expect.arrayContaining(['10-01', '10-08']),
      work: ['09-28'],
    })
  })
  it('标题、文号与各节连成一段的，一节不少，文号不带标题', () => {
    const read = readNotice(
      '国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕9号 一、元旦：1月1日（周五）至3日（周日）放假，共3天。二、春节：2月5日（农历腊月二十九、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。',
    )
    expect(read).toMatchObject({ year: 2027, source: '国办发明电〔2026〕9号', doubts: [] })
    expect(read.days.filter(({ name }) => name === '元旦')).toHaveLength(3)
    expect(read.days.filter(({ name }) => name === '春节')).toHaveLength(9)
  })
  it('有放假的日子而读不出是哪个节日的，说出来，不悄悄丢掉', () => {
    expect(kinds('一、元旦：1月1日放假。\n1月8日放假一天。', 2027).doubts.join()).toContain(
      '“1月8日放假一天。”读不出是哪个节日',
    )
  })
  it('地方节日的一句话', () => {
    expect(kinds('2026年古尔邦节放假2天：5月27日（星期三）、28日（星期四）放假。')).toEqual({
      off: ['05-27', '05-28'],
      work: [],
      doubts: [],
    })
  })
  it('星期对不上、天数对不上、没有的日子、没有年份：说出来，不装作读懂', () => {
    expect(kinds('一、元旦：1月1日（周四）放假，共1天。', 2027).doubts.join()).toContain('2027-01-01 是周五')
    expect(kinds('一、元旦：1月1日至3日放假，共4天。', 2027).doubts.join()).toContain('共4天，读出3天')
    expect(kinds('一、春节：2月30日放假。', 2027)).toMatchObject({
      off: [],
      doubts: [expect.stringContaining('30日'), expect.anything()],
    })
    expect(kinds('一、元旦：1月1日放假。').doubts.join()).toContain('哪一年')
    expect(kinds('请做好节日期间的值班工作。', 2027).doubts.join()).toContain('没有读出')
  })
})
