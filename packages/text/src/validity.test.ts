// How long a text is in force, in the words offices use: every wording is read in both directions, within and beyond what is allowed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lint } from './lint/index.ts'
import { type SaidValidity, statementOf } from './statement.ts'
import { lastDayOf, readStatedDate, statedTerms } from './validity.ts'

const wide = (digits: string): string => digits.replace(/[0-9]/gu, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
const names = '零一二三四五六七八九十'
const capitals = '零壹贰叁肆伍陆柒捌玖拾'
const space = fc.constantFrom('', '', '', ' ', '　')
/** One to ten years, in any way of writing. */
const years = fc
  .tuple(
    fc.integer({ min: 1, max: 10 }),
    fc.constantFrom('digits', 'wide', 'names', 'capitals', 'months', 'wideMonths'),
    space,
  )
  .map(([value, how, gap]) => ({
    value,
    written:
      how === 'digits'
        ? `${gap}${value}${gap}年`
        : how === 'wide'
          ? `${wide(String(value))}年`
          : how === 'names'
            ? `${names[value]}${gap}年`
            : how === 'capitals'
              ? `${capitals[value]}年`
              : how === 'months'
                ? `${gap}${value * 12}个月`
                : `${wide(String(value * 12))}个月`,
  }))
const wordings = [
  '有效期#',
  '有效期为#',
  '有效期限为#',
  '有效期：#',
  '有效期限#',
  '有效期暂定#',
  '有效期暂定为#',
  '有效期不超过#',
  '有效期从施行之日起#',
  '有效期自印发之日起计算，为#',
  '有效时间为#',
  '执行期限暂定#',
  '执行期限为#',
  '执行期#',
  '施行期限#',
  '施行期限为#',
  '实施期限为#',
  '实施期#',
  '试行期#',
  '试行期限为#',
  '暂行#',
  '暂行期#',
  '试行#',
  '适用期限为#',
  '期限为#',
  '有效#',
  '执行#',
  '#后自动失效',
  '满#自动失效',
  '#期满自行废止',
  '施行满#后即行废止',
]
const frame = (clause: string): string => `海原县停车场管理办法
第一条　为规范管理，根据《中华人民共和国城乡规划法》，制定本办法。
第二条　适用本办法。
第三条　本办法自2026年12月1日起施行${clause}。
第四条　本办法由县住房城乡建设局负责解释。
`
const ids = (text: string): string[] =>
  lint(text, { maxYears: { general: 5, provisional: 2 } })
    .filter(({ id }) => /^S0[256]$/u.test(id))
    .map(({ id, line }) => `${id}@${line}`)

const dates = [
  (y: number, m: number, d: number) => `${y}年${m}月${d}日`,
  (y: number, m: number, d: number) => `${wide(String(y))}年${wide(String(m))}月${wide(String(d))}日`,
  (y: number, m: number, d: number) => `${y}.${m}.${d}`,
  (y: number, m: number, d: number) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
  (y: number, m: number, d: number) => `${y} 年 ${m} 月 ${d} 日`,
  (y: number, m: number, d: number) =>
    `${[...String(y)].map((one) => '〇一二三四五六七八九'[Number(one)]).join('')}年十一月${['', '十', '二十', '三十'][Math.floor(d / 10)]}${names[d % 10] === '零' ? '' : names[d % 10]}日`.replace(
      '十一月',
      m === 11 ? '十一月' : `${m > 10 ? '十' : ''}${names[m % 10 === 0 ? 10 : m % 10]}月`.replace('十十', '十'),
    ),
]
const untils = [
  '有效期至#',
  '有效期截至#',
  '有效期到#',
  '有效期限至#',
  '有效期自2026年12月1日至#',
  '执行至#',
  '试行至#',
  '至#止',
  '至#失效',
  '#废止',
  '#自动失效',
  '#起失效',
  '失效日期为#',
]

const monthsSaid = (one: SaidValidity): number | null =>
  one.kind === 'years' ? one.years * 12 : one.kind === 'months' ? one.months : null

describe('a stated length', () => {
  it('is read in every wording and width; beyond what is allowed it is asked about, within it is not', () => {
    fc.assert(
      fc.property(years, fc.constantFrom(...wordings), ({ value, written }, wording) => {
        const text = frame(`，${wording.replace('#', written)}`)
        expect(ids(text)).toEqual(value > 5 ? ['S06@4'] : [])
        expect(statedTerms(text).validity.map(({ months }) => months)).toEqual([value * 12])
        expect(statementOf(text).validity.map((one) => monthsSaid(one))).toEqual([value * 12])
      }),
      { numRuns: 250 },
    )
  })
  it('up to a day is read in every wording and width', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...untils),
        fc.constantFrom(...dates),
        fc.integer({ min: 2027, max: 2040 }),
        (wording, write, year) => {
          const text = frame(`，${wording.replace('#', write(year, 11, 30))}`)
          expect(ids(text)).toEqual(year > 2031 ? ['S06@4'] : [])
          const last = /^#/u.test(wording) ? 29 : 30
          expect(statedTerms(text).validity.map(({ until }) => until)).toEqual([`${year}-11-${last}`])
        },
      ),
      { numRuns: 200 },
    )
  })
  it('自…至… is read with both ends, whatever dash stands between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('至', '—', '－', '-', '~', '～', '——', '到'),
        fc.constantFrom(...dates),
        fc.constantFrom('本办法有效期#。', '本办法自#施行。', '本办法有效期为#。', '本办法施行期限：#。'),
        (dash, write, sentence) => {
          const text = sentence.replace('#', `${write(2026, 12, 1)}${dash}${write(2031, 11, 30)}`)
          expect(statedTerms(text)).toMatchObject({
            effective: [{ date: '2026-12-01' }],
            validity: [{ kind: 'until', from: '2026-12-01', until: '2031-11-30' }],
          })
        },
      ),
    )
  })
  it('missing is missing: without the clause, and with the 有效期 of something else', () => {
    for (const clause of [
      '',
      '。停车场经营许可证有效期为10年',
      '。登记证书的有效期五年',
      '。《旧办法》2020年1月1日废止',
      '。特许经营期限三十年',
      '，原办法有效期五年，同时废止',
      '，上述规定的有效期为三年',
    ])
      expect([clause, ids(frame(clause))]).toEqual([clause, ['S02@1']])
  })
  it('长期有效 is stated, has no length, and is longer than any limit', () => {
    for (const clause of ['，长期有效', '，有效期为长期', '，有效期长期', '，不设有效期']) {
      expect(statedTerms(frame(clause)).validity).toMatchObject([{ kind: 'unlimited' }])
      expect(ids(frame(clause))).toEqual(['S06@4'])
      expect(lint(frame(clause)).filter(({ id }) => /^S0[256]$/u.test(id))).toEqual([])
    }
  })
  it('what an amendment quotes is not the text’s own', () => {
    expect(
      ids(
        '海原县人民政府关于修改停车办法的决定\n一、将第九条修改为：“本办法自2020年1月1日起施行，有效期九年。”\n二、本决定自2026年12月1日起施行，有效期五年。',
      ),
    ).toEqual([])
  })
})

describe('days', () => {
  it.each([
    ['2026年12月1日', '2026-12-01'],
    ['二〇二六年十二月一日', '2026-12-01'],
    ['２０２６．１２．１', '2026-12-01'],
    ['2026-12-01', '2026-12-01'],
    ['2026/12/1', '2026-12-01'],
    ['2026年2月底', '2026-02-28'],
    ['2026年底', '2026-12-31'],
    ['2026年12月', '2026-12-31'],
    ['2026年2月30日', null],
    ['2026年13月1日', null],
  ])('%s', (written, day) => expect(readStatedDate(written)).toBe(day))
  it('sixty months from 1 December end on 30 November; from the end of a month with its last day', () => {
    expect(lastDayOf('2026-12-01', 60)).toBe('2031-11-30')
    expect(lastDayOf('2026-01-31', 1)).toBe('2026-02-28')
    expect(lastDayOf('2024-02-29', 12)).toBe('2025-02-28')
  })
})

describe('further wordings', () => {
  const of = (words: string) =>
    statedTerms(`海原县停车场管理办法\n第一条　本办法自2026年12月1日起施行，${words}。`).validity.map(
      ({ kind, months, days, until }) => months ?? days ?? until ?? kind,
    )
  it.each<[string, number | string]>([
    ['有效期为5（五）年', 60],
    ['有效期五（5）年', 60],
    ['有效期一年六个月', 18],
    ['有效期两年半', 30],
    ['有效期半年', 6],
    ['有效期为三个自然年', 36],
    ['有效期180天', 180],
    ['有效期为九十日', 90],
    ['五年内有效', 60],
    ['5年有效', 60],
    ['为期五年', 60],
    ['2031年11月30日期满失效', '2031-11-30'],
    ['2031年12月1日废止', '2031-11-30'],
    ['实施期为2026—2030年', '2030-12-31'],
  ])('%s', (words, expected) => {
    expect(of(words)).toEqual([expected])
    const stated = statementOf(`海原县停车场管理办法\n第一条　本办法自2026年12月1日起施行，${words}。`).validity
    expect(stated).toHaveLength(1)
  })
  it('what has a term of its own, or speaks of one that runs, states none', () => {
    for (const words of ['持使用有效期为五年的证书', '应当在有效期内提出', '有效期届满前三十日提出'])
      expect(of(words).filter((one) => one !== 'unread')).toEqual([])
  })
})
