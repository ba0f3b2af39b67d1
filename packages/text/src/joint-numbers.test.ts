// Numbers that several organs issue together: no organ is lost, whatever parts the names and wherever the year stands.
import { parseNumber } from '@dianzhang/numbering'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cite } from './cite.ts'
import { fullNumberOf } from './full-number.ts'
import { parseText } from './parse.ts'

const organs = [
  '财政部',
  '税务总局',
  '国家税务总局',
  '工业和信息化部',
  '国家发展和改革委员会',
  '国家发展改革委',
  '中国人民银行',
  '海关总署',
  '国家卫生健康委员会',
  '海原县人民政府',
  '海原县住房和城乡建设局',
  '自治区教育厅',
]
const joint = fc.record({
  names: fc.uniqueArray(fc.constantFrom(...organs), { minLength: 2, maxLength: 5 }),
  sign: fc.constantFrom(' ', '　', '、', '  ', ' 、 '),
  form: fc.constantFrom(
    { write: (y: number, n: number) => `公告${y}年第${n}号`, normal: (y: number, n: number) => `公告${y}年第${n}号` },
    {
      write: (y: number, n: number) => `公告（${y}年第${n}号）`,
      normal: (y: number, n: number) => `公告${y}年第${n}号`,
    },
    { write: (y: number, n: number) => `公告 ${y}年第${n}号`, normal: (y: number, n: number) => `公告${y}年第${n}号` },
    { write: (y: number, n: number) => `${y}年第${n}号公告`, normal: (y: number, n: number) => `公告${y}年第${n}号` },
    { write: (_: number, n: number) => `令第${n}号`, normal: (_: number, n: number) => `令第${n}号` },
    { write: (y: number, n: number) => `令${y}年第${n}号`, normal: (y: number, n: number) => `令${y}年第${n}号` },
    { write: (_: number, n: number) => `通告第${n}号`, normal: (_: number, n: number) => `通告第${n}号` },
    { write: (_: number, n: number) => `第${n}号令`, normal: (_: number, n: number) => `令第${n}号` },
    { write: (y: number, n: number) => `公告〔${y}〕${n}号`, normal: (y: number, n: number) => `公告〔${y}〕${n}号` },
  ),
  year: fc.integer({ min: 1990, max: 2030 }),
  seq: fc.integer({ min: 1, max: 300 }),
})
const sentences = [
  '按照#执行。',
  '根据《关于税费事项的公告》（#）办理。',
  '适用#的规定。',
  '#同时废止。',
  '一、执行#。',
]

describe('numbers of several organs', () => {
  it('are cited with every organ, in any sentence', () => {
    fc.assert(
      fc.property(joint, fc.constantFrom(...sentences), ({ names, sign, form, year, seq }, sentence) => {
        const written = `${names.join(sign)}${form.write(year, seq)}`
        const text = sentence.replace('#', written)
        const wanted = `${names.join('、')}${form.normal(year, seq)}`
        expect(cite(text).docNos).toMatchObject([{ text: written, normalized: wanted }])
        expect(parseNumber(written).normalized).toBe(wanted)
      }),
      { numRuns: 150 },
    )
  })
  it('are the number of the document that carries them, above or below its title', () => {
    fc.assert(
      fc.property(joint, fc.boolean(), ({ names, sign, form, year, seq }, above) => {
        const written = `${names.join(sign)}${form.write(year, seq)}`
        const title = '关于延续实施小微企业优惠政策的公告'
        const text = `${(above ? [written, title] : [title, written]).join('\n')}\n一、自2026年1月1日起执行。\n二、特此公告。`
        expect(parseText(text)).toMatchObject({ title, documentNumber: written })
      }),
      { numRuns: 200 },
    )
  })
  it('do not take in what is no organ', () => {
    const cited = (text: string): string[] => cite(text).docNos.map(({ normalized }) => normalized)
    expect(cited('根据《办法》、财政部令第3号办理')).toEqual(['财政部令第3号'])
    expect(cited('报送税务机关、国家税务总局公告2019年第1号另有规定的除外')).toEqual(['国家税务总局公告2019年第1号'])
    expect(cited('交通运输部令2022年第3号、公安部令第4号')).toEqual(['交通运输部令2022年第3号', '公安部令第4号'])
    expect(cited('依据国务院第586号令和财政部2023年第12号公告')).toEqual(['国务院令第586号', '财政部公告2023年第12号'])
  })
  it('the chamber of a court stands in the prefix: 法（经）复', () => {
    expect(cite('按照最高人民法院法（经）复〔1988〕50号批复办理').docNos).toMatchObject([
      { text: '法（经）复〔1988〕50号', normalized: '法（经）复〔1988〕50号' },
    ])
    expect(parseNumber('法(研)发[1991]21号').normalized).toBe('法（研）发〔1991〕21号')
    expect(parseText('关于合同效力的批复\n法（经）复〔1988〕50号\n省高级人民法院：\n收悉。').documentNumber).toBe(
      '法（经）复〔1988〕50号',
    )
  })
  it('国办发[2018]128号 is read as it is written', () => {
    expect(cite('依据国办发[2018]128号办理').docNos).toMatchObject([
      { text: '国办发[2018]128号', normalized: '国办发〔2018〕128号' },
    ])
  })
  it('in the head stand line by line: organs, kind, number and title in lines of their own', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...organs), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('令', '公告', '通告'),
        fc.constantFrom('第12号', '2026年第12号', '（2026年第12号）', '（第12号）'),
        fc.constantFrom('lines', 'one line', 'kind apart', 'kind behind the last'),
        fc.boolean(),
        (names, kind, number, layout, promulgated) => {
          const heads = {
            lines: [...names, kind],
            'one line': [`${names.join(' ')}${kind}`],
            'kind apart': [names.join('　'), kind],
            'kind behind the last': [...names.slice(0, -1), `${names.at(-1)}${kind}`],
          }
          const title = '海原县停车场管理办法'
          const act = [title, '第一条　甲应当。', '第二条　乙应当。']
          const order = ['《海原县停车场管理办法》已经审议通过，现予公布。', names.join(' '), '2026年3月2日']
          const text = [...heads[layout], number, ...(promulgated ? order : []), ...act].join('\n')
          const wanted = `${names.join('、')}${kind}${number.replace(/[（）]/gu, '')}`
          const read = parseText(text)
          expect([text, read.title, fullNumberOf(read), read.counts.articles]).toEqual([text, title, wanted, 2])
        },
      ),
      { numRuns: 200 },
    )
  })
  it.each([
    [
      '甲县公安局 甲县交通局关于停车的通告\n甲公通〔2026〕3号　甲交发〔2026〕5号',
      '甲县公安局 甲县交通局关于停车的通告',
      '甲公通〔2026〕3号',
    ],
    [
      '甲县公安局\n甲县交通局\n关于停车的通告\n甲公通〔2026〕3号\n甲交发〔2026〕5号',
      '甲县公安局 甲县交通局关于停车的通告',
      '甲公通〔2026〕3号',
    ],
    ['财政部 税务总局关于停车的公告（2026年第3号）', '财政部 税务总局关于停车的公告', '2026年第3号'],
  ])('%s', (head, title, number) => {
    const read = parseText(`${head}\n一、甲应当。\n二、乙应当。`)
    expect(read).toMatchObject({ title, documentNumber: number })
    if (head.includes('甲交发')) expect(read.preamble.map(({ text }) => text).join()).toContain('甲交发〔2026〕5号')
  })
  it.each([
    ['依照工业和信息化部公告二〇二三年第十号执行', '工业和信息化部公告2023年第10号'],
    ['依照财政部、国家税务总局联合公告2020年第6号执行', '财政部、国家税务总局联合公告2020年第6号'],
    ['依照财政部·税务总局公告2020年第6号执行', '财政部、税务总局公告2020年第6号'],
    ['依照市场监管总局（标准委）公告2020年第6号执行', '市场监管总局（标准委）公告2020年第6号'],
    ['依照财政部、税务总局和海关总署公告2020年第6号执行', '财政部、税务总局、海关总署公告2020年第6号'],
    ['依照海原县第十七届人民代表大会常务委员会公告第6号执行', '海原县第十七届人民代表大会常务委员会公告第6号'],
  ])('%s', (text, wanted) => {
    expect(cite(text).docNos.map(({ normalized }) => normalized)).toEqual([wanted])
  })
  it('what the numbering package reads as a number is cited, whatever brackets, spaces and numerals it is written with', () => {
    const written = fc.record({
      code: fc.constantFrom('国办发', '海政规发', '宁政办规发', '海 政 规 发', '法（经）复'),
      brackets: fc.constantFrom(...['〔〕', '[]', '［］', '【】', '（）', '()', '﹝﹞', '{}', '<>', '＜＞', '〈〉']),
      year: fc.constantFrom('2018', '２０１８', '二〇一八', '2018年'),
      number: fc.constantFrom('128号', '第128号', '0128号', ' 128 号', '１２８号'),
    })
    fc.assert(
      fc.property(
        written,
        fc.constantFrom('根据#的规定，执行。', '《停车办法》（#）同时废止。', '#'),
        ({ code, brackets, year, number }, sentence) => {
          const text = `${code}${brackets[0]}${year}${brackets[1]}${number}`
          const wanted = parseNumber(text).normalized
          expect([text, wanted]).toEqual([text, `${code.replace(/ /gu, '')}〔2018〕128号`])
          expect([text, cite(sentence.replace('#', text)).docNos.map(({ normalized }) => normalized)]).toEqual([
            text,
            [wanted],
          ])
        },
      ),
      { numRuns: 200 },
    )
  })
  it('an old number with its year in front is named as such', () => {
    for (const old of ['〔81〕法民字第2号', '（88）民他字第12号', '[1963]法研字第3号'])
      expect(
        parseNumber(old)
          .faults.map(({ message }) => message)
          .join(),
      ).toMatch(/旧时的写法.*老文件照原样写/)
  })
})

describe('names in other marks than 《》', () => {
  it.each([
    ['〈', '〉'],
    ['＜', '＞'],
    ['<', '>'],
    ['﹤', '﹥'],
    ['«', '»'],
    ['「', '」'],
    ['『', '』'],
    ['《', '〉'],
  ])('%s停车场管理办法%s第三条', (open, close) => {
    expect(cite(`根据${open}停车场管理办法${close}第三条办理。`).named).toMatchObject([
      { name: '停车场管理办法', articles: ['第三条'] },
    ])
  })
  it.each([
    ['你局《关于〈停车办法〉如何适用的请示》收悉。', '关于〈停车办法〉如何适用的请示'],
    ['你局〈关于《停车办法》如何适用的请示〉收悉。', '关于〈停车办法〉如何适用的请示'],
    ['你院〈关于停车收费的请示〉收悉。', '关于停车收费的请示'],
    ['你院＜关于停车收费的请示报告＞收悉。', '关于停车收费的请示报告'],
  ])('%s', (text, name) => {
    const { named, notNormative } = cite(text)
    expect([...named, ...notNormative].map((one) => one.name)).toEqual([name])
  })
  it('words in quotation marks and signs of arithmetic are no names', () => {
    for (const text of ['所称「停车场」，是指公共停车场。', '实行「阳光办法」第二轮检查。', '当 a<b 且 c>d 时。'])
      expect(cite(text).named).toEqual([])
  })
})
