import { describe, expect, it } from 'vitest'
import { draftMarkOf, issuedTitle, organNames, sameActTitle, statementOf, type TextStatement } from './statement.ts'

const measure = (closing: string): string =>
  [
    '海原县示范管理办法',
    '第一条　为规范示范事项，制定本办法。',
    '第二条　许可证有效期五年，自发证之日起生效。补贴标准自2026年1月1日起执行。',
    `第三条　${closing}`,
  ].join('\n')
const plain = (list: ReadonlyArray<{ quote: string; address: string; start: number; end: number }>) =>
  list.map(({ quote: _q, address: _a, start: _s, end: _e, ...value }) => value)
const dates = (s: TextStatement) =>
  s.effective.map((one) => (one.kind === 'date' ? one.date : one.kind === 'publication' ? one.after : one.kind))
const terms = (s: TextStatement) =>
  s.validity.map((one) => ('years' in one ? one.years : 'date' in one ? one.date : one.kind))

describe('the closing article', () => {
  it.each<[string, unknown[], unknown[]]>([
    ['本办法自公布之日起施行。', [0], []],
    ['本办法自2026年8月1日起施行，有效期5年。', ['2026-08-01'], [5]],
    ['本办法自2026年 8 月 1 日起施行，有效期至2031年7月31日。', ['2026-08-01'], ['2031-07-31']],
    ['本办法自二〇二六年八月一日起施行，有效期为五年。', ['2026-08-01'], [5]],
    [
      '本办法自２０２６年８月１日零时起施行，有效期5年（自2026年8月1日至2031年7月31日）。',
      ['2026-08-01'],
      [5, '2031-07-31'],
    ],
    ['本办法有效期为5年，自2026年8月1日至2031年7月31日。', ['2026-08-01'], [5, '2031-07-31']],
    ['本办法自2026年8月1日起施行至2028年7月31日止。', ['2026-08-01'], ['2028-07-31']],
    ['本办法自2026年8月1日起施行，2031年8月1日起失效。', ['2026-08-01'], ['2031-07-31']],
    ['本办法自发布之日起30日后施行，试行期两年。', [30], [2]],
    ['本办法自公布之日起满三十日施行，长期有效。', [30], ['unlimited']],
    ['本办法自2026年X月X日起施行，有效期×年。', ['blank'], ['blank']],
    ['本办法自2026年 月 日起施行。', ['blank'], []],
    ['本办法自〔待填：施行日期，如2026年5月1日〕起施行，有效期〔待填：年数，本地最长5年〕年。', ['blank'], ['blank']],
    ['本办法自2026年2月30日起施行。', ['blank'], []],
    ['本办法自上级批准之日起施行。', ['other'], []],
    ['自2026年8月1日起施行。', ['2026-08-01'], []],
    ['《海原县示范管理办法》自2026年8月1日起施行。', ['2026-08-01'], []],
    ['本办法第十条自2027年1月1日起施行。', [], []],
    ['本办法自2026年8月1日起施行，暂定两年。', ['2026-08-01'], [2]],
    ['本办法暂定实施两年，自2026年8月1日起施行。', ['2026-08-01'], [2]],
    ['本办法自2026年8月1日起施行，存续期五年。', ['2026-08-01'], [5]],
    ['本办法自2026年8月1日起施行，两年为期。', ['2026-08-01'], [2]],
    ['本办法有效期五年，从2026年8月1日开始计算。', ['2026-08-01'], [5]],
    ['本办法施行日期：2026年8月1日；有效期：5年。', ['2026-08-01'], [5]],
    ['本办法自2026年8月起施行。', ['2026-08-01'], []],
    ['本办法自发布之日起第31日施行。', [30], []],
    ['本办法自发布三十日后施行。', [30], []],
    ['本办法于发布之日起三十日后实施。', [30], []],
    ['本办法截止日期为2031年7月31日。', [], ['2031-07-31']],
    ['本办法所称许可证有效期五年，本办法自2026年8月1日起施行。', ['2026-08-01'], []],
    ['2019年5月1日起施行的《海原县示范管理暂行办法》同时废止。', [], []],
    ['纳入目录的许可证自2026年8月1日起执行新的有效期。', [], []],
  ])('%s', (closing, effective, validity) => {
    const said = statementOf(measure(closing))
    expect(dates(said)).toEqual(effective)
    expect(terms(said)).toEqual(validity)
  })

  it('names who explains it, what it repeals, and the article', () => {
    const said = statementOf(
      measure(
        '本办法由县农业农村局会同县发展和改革局负责解释，自2026年8月1日起施行，有效期五年。原《海原县示范管理暂行办法》（海政发〔2019〕3号）同时废止。',
      ),
    )
    expect(plain(said.interpreters)).toEqual([{ names: ['县农业农村局', '县发展和改革局'] }])
    expect(said.repeals).toEqual(['海原县示范管理暂行办法'])
    expect(said.effective[0]).toMatchObject({
      address: '第三条',
      quote: expect.stringContaining('自2026年8月1日起施行'),
    })
    const source = measure('本办法自2026年8月1日起施行。')
    const [one] = statementOf(source).effective
    expect(source.slice(one?.start, one?.end)).toBe('本办法自2026年8月1日起施行。')
  })
  it('what an amendment quotes is not said of the text', () => {
    const said = statementOf(
      '海原县人民政府关于修改《海原县示范管理办法》的决定\n一、第五条修改为：“本办法自2025年1月1日起施行，有效期3年。”\n二、本决定自2026年8月1日起施行。',
    )
    expect(dates(said)).toEqual(['2026-08-01'])
    expect(terms(said)).toEqual([])
  })
})

describe('the head', () => {
  const circular = [
    '海原县人民政府文件',
    '海政规发〔2026〕　号',
    '海原县人民政府关于印发《海原县示范管理办法》的通知',
    '各乡镇人民政府，县政府各部门：',
    '现将《海原县示范管理办法》印发给你们，请认真贯彻执行。',
    '海原县人民政府',
    '2026年5月1日',
    '海原县示范管理办法',
    '第一条　为规范示范事项，制定本办法。',
    '第二条　本办法自2026年8月1日起施行，有效期5年。',
  ].join('\n')
  it('a circular that issues an act: both titles, the closing article of the act, a number still to be given', () => {
    const said = statementOf(circular)
    expect(said).toMatchObject({
      title: '海原县人民政府关于印发《海原县示范管理办法》的通知',
      innerTitle: '海原县示范管理办法',
      documentNumber: { written: '海政规发〔2026〕　号', blank: true },
      letterhead: ['海原县人民政府'],
      signature: ['海原县人民政府'],
      date: '2026-05-01',
    })
    expect(dates(said)).toEqual(['2026-08-01'])
    expect(terms(said)).toEqual([5])
  })
  it.each([
    ['海政规发〔2026〕××号', true],
    ['海政规发〔20  〕　号', true],
    ['海政规发〔〕号', true],
    ['海政规发〔2026〕3号', false],
    ['法释〔2023〕11号', false],
  ])('%s', (written, blank) => {
    expect(statementOf(`海原县示范管理办法\n${written}\n第一条　内容。`).documentNumber).toEqual({ written, blank })
  })
  it('two organs on one line are two; an officer is none', () => {
    const said = statementOf(
      '关于示范的通知\n各乡镇人民政府：\n请遵照执行。\n海原县农业农村局　海原县财政局\n2026年5月8日',
    )
    expect(said.signature).toEqual(['海原县农业农村局', '海原县财政局'])
  })
})

describe('titles', () => {
  it('width, title marks, line breaks and draft marks do not make another title; 试行 does', () => {
    expect(sameActTitle('海原县示范管理办法（试行）', '《海原县\n示范管理办法(试行)》')).toBe(true)
    expect(sameActTitle('海原县示范管理办法（征求意见稿）', '海原县示范管理办法')).toBe(true)
    expect(sameActTitle('海原县示范管理办法（试行）', '海原县示范管理办法')).toBe(false)
    expect(draftMarkOf('海原县示范管理办法（送审稿）')).toBe('（送审稿）')
  })
  it('the act a circular issues', () => {
    expect(issuedTitle('关于印发《某某办法（试行）》的通知')).toBe('某某办法（试行）')
    expect(issuedTitle('关于印发某某办法的通知')).toBe('某某办法')
    expect(issuedTitle('关于废止《某某办法》的决定')).toBeNull()
  })
  it('organs in one phrase', () => {
    expect(organNames('国家工商行政管理局')).toEqual(['国家工商行政管理局'])
    expect(organNames('县司法局商县财政局')).toEqual(['县司法局', '县财政局'])
  })
})

it('a length in years and months is whole, whatever spaces stand in it', () => {
  for (const written of ['2 年 6 个月', '2年 6个月', '2年6个月', '二年零六个月', '2　年　零　6　个　月'])
    expect(statementOf(measure(`本办法自2026年8月1日起施行，有效期暂定为${written}。`)).validity).toMatchObject([
      { kind: 'months', months: 30 },
    ])
})

describe('what is repealed', () => {
  it.each<[string, string[]]>([
    ['本办法自2026年8月1日起施行，《海原县停车办法》同时废止。', ['海原县停车办法']],
    [
      '《甲管理办法》（海政发〔2019〕3号）、《乙管理办法》（海政发〔2020〕4号）同时废止。',
      ['甲管理办法', '乙管理办法'],
    ],
    ['《甲管理办法》（海政发〔2019〕3号）自本办法施行之日起同时废止。', ['甲管理办法']],
    ['本办法施行后，《甲管理办法》和《乙管理办法》即行废止。', ['甲管理办法', '乙管理办法']],
    ['自本办法施行之日起废止《甲管理办法》《乙管理办法》。', ['甲管理办法', '乙管理办法']],
    ['《甲管理办法》停止执行。', ['甲管理办法']],
    ['《甲管理办法》等3件文件一并废止。', ['甲管理办法']],
    ['《甲管理办法》已被《乙管理办法》代替，《丙管理办法》同时失效。', ['丙管理办法']],
    ['依照《中华人民共和国民事诉讼法》规定的公示催告程序，请求人民法院宣告该证书失效。', []],
    ['按照《省行政规范性文件管理办法》的要求清理文件，提出继续有效、修改、废止和失效的意见。', []],
    ['《甲管理办法》废止后，本办法继续有效。', []],
    ['许可证遗失的，按照《甲管理办法》公告，原证废止。', []],
    ['废止海政发〔2015〕3号。', ['海政发〔2015〕3号']],
    ['废止海政发[2015]3号、海政办发〔2016〕12号文件。', ['海政发〔2015〕3号', '海政办发〔2016〕12号']],
    ['海政发〔2015〕3号文件同时废止。', ['海政发〔2015〕3号']],
    [
      '原海政发〔2015〕3号和海政发〔2016〕12号自本办法施行之日起同时废止。',
      ['海政发〔2015〕3号', '海政发〔2016〕12号'],
    ],
    ['废止下列文件：海政发（2015）3号、《甲管理办法》（海政发〔2016〕4号）。', ['海政发〔2015〕3号', '甲管理办法']],
    ['《甲管理办法》（海政发〔2015〕3号）同时废止。', ['甲管理办法']],
    ['海政发〔2015〕3号《甲管理办法》同时废止。', ['甲管理办法']],
    ['自2026年8月1日起施行，海政规发〔2021〕7号停止执行。', ['海政规发〔2021〕7号']],
    ['现将海政发〔2015〕3号予以废止。', ['海政发〔2015〕3号']],
    ['废止海政发〔2015〕3号第五条。', []],
    ['根据海政发〔2015〕3号的规定提出修改、废止的意见。', []],
    ['未经同意不得废止海政发〔2015〕3号。', []],
    ['拟废止海政发〔2015〕3号的，应当征求意见。', []],
    ['按照海政发〔2020〕1号的要求，海政发〔2015〕3号同时废止。', ['海政发〔2015〕3号']],
    ['海政发〔2015〕3号废止后，本办法继续有效。', []],
    ['海原县人民政府令第5号同时废止。', ['海原县人民政府令第5号']],
  ])('%s', (closing, names) => {
    expect(statementOf(measure(closing)).repeals).toEqual(names)
  })
})

describe('what a list ends', () => {
  const listed = (...lines: string[]): string[] =>
    statementOf(['海原县人民政府关于清理文件的决定', ...lines, '本决定自公布之日起施行。'].join('\n')).repeals
  it.each<[string, string[]]>([
    ['决定废止下列文件：', ['海政发〔2015〕3号', '海政发〔2016〕12号']],
    ['下列文件同时废止：', ['海政发〔2015〕3号', '海政发〔2016〕12号']],
    ['现决定对以下2件文件予以废止：', ['海政发〔2015〕3号', '海政发〔2016〕12号']],
    ['一、废止的文件（2件）', ['海政发〔2015〕3号', '海政发〔2016〕12号']],
    ['宣布下列文件失效：', ['海政发〔2015〕3号', '海政发〔2016〕12号']],
    ['下列文件继续有效：', []],
    ['修改下列文件：', []],
  ])('%s', (head, ended) => {
    expect(listed(head, '海政发﹙2015﹚3号', '海政发[2016]12号')).toEqual(ended)
    expect(listed(head, '1.海政发（2015）3号；', '2.海政发〔2016〕12號。')).toEqual(ended)
  })
  it('a row of a table, a name in 《》, numbers that go on with the same 代字', () => {
    expect(
      listed(
        '废止文件目录',
        '| 序号 | 名称 | 文号 |',
        '| 1 | 甲办法 | 海政发〔2015〕3号 |',
        '二、继续有效的文件',
        '1.《乙办法》',
      ),
    ).toEqual(['海政发〔2015〕3号'])
    expect(listed('废止下列文件：', '1.《甲办法》（海政发〔2015〕3号）', '2.《乙办法》第五条')).toEqual(['甲办法'])
    expect(listed('海政发〔2015〕3号、4号、5号文件同时废止。')).toEqual([
      '海政发〔2015〕3号',
      '海政发〔2015〕4号',
      '海政发〔2015〕5号',
    ])
  })
})

describe('who signs', () => {
  it.each<[string, string[]]>([
    ['国务院　中央军委', ['国务院', '中央军委']],
    ['海原县财政局　海原县教育局', ['海原县财政局', '海原县教育局']],
    ['县发展改革委   县卫生健康委', ['县发展改革委', '县卫生健康委']],
    ['县财政局  县委', ['县财政局县委']],
    ['财 政 局', ['财政局']],
  ])('%s', (line, names) => {
    const source = `海原县停车办法\n第一条　为了规范管理，制定本办法。\n${line}\n2026年8月1日`
    expect(statementOf(source).signature).toEqual(names)
  })
})
