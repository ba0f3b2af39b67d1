import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../../../../test/support/any-character.ts'
import { cite } from '../cite.ts'
import { citedActs } from '../cited.ts'
import { parseText } from '../parse.ts'
import type { Element } from '../tree.ts'
import { hitsOf, normalizeForPatterns } from './clauses.ts'
import {
  applyWaivers,
  type CitedStanding,
  checkIds,
  citationFindingIds,
  citationFindings,
  citedPlaces,
  type Finding,
  lint,
  lintPatterns,
  lintVersion,
  nameInTitle,
  toSarif,
} from './index.ts'

const good = `青禾县农机共享管理办法

第一条 为了规范农机共享服务，根据《中华人民共和国农业机械化促进法》，结合本县实际，制定本办法。
第二条 县农业农村局负责本办法的组织实施。
申请人可以线上或者窗口提交材料。
第三条 违反本办法第二条规定的，由县农业农村局责令改正。
第四条 本办法由县农业农村局负责解释。
第五条 本办法自2027年3月1日起施行，有效期5年。
`
const ids = (text: string, options: Parameters<typeof lint>[1] = {}): string[] =>
  lint(text, options).map((finding) => finding.id)

test('a complete text raises no question', () => {
  expect(lint(good, { maxYears: { general: 5, provisional: 2 }, issuers: ['青禾县人民政府'] })).toEqual([])
})

describe('a finding says where it is', () => {
  const text = good.replace(
    '申请人可以线上或者窗口提交材料。',
    '农机手入县作业,应当缴纳作业保证金500元；未经县农机协会批准，不得作业。',
  )
  const findings = lint(text)
  test('with quote, line, offsets and the element that holds it', () => {
    const deposit = findings.find((finding) => finding.id === 'L07')
    expect(deposit).toMatchObject({ severity: 'block', line: 5, quote: '缴纳作业保证金' })
    expect(text.slice(deposit?.start, deposit?.end)).toBe('缴纳作业保证金')
    expect(deposit?.element).toBeTypeOf('string')
    expect(deposit?.message).toMatch(/？|核对/)
  })
  test('each clause is asked on its own', () => expect(findings.map((finding) => finding.id)).toContain('L01'))
})

test('a finding carries the address of its element, and of a tree the ids of that tree', () => {
  const text = good.replace('责令改正', '处500元罚款')
  const tree = parseText(text)
  const rename = (element: Element): Element => ({
    ...element,
    id: `旧-${element.id}`,
    children: element.children.map(rename),
  })
  const renamed = { ...tree, body: tree.body.map(rename) }
  const [fromText] = lint(text)
  expect(fromText).toMatchObject({ id: 'L03', address: expect.stringContaining('第三条') })
  expect(lint(tree)).toMatchObject([{ id: 'L03', element: fromText?.element, quote: '处500元罚款' }])
  expect(lint(renamed)).toMatchObject([{ id: 'L03', element: `旧-${fromText?.element}` }])
})

describe('what a text should say', () => {
  test('施行日期、有效期、依据、解释机关', () => {
    const text = '第一条 为了规范农机共享，制定本办法。\n第二条 农机手应当安全作业。\n'
    expect(ids(text)).toEqual(expect.arrayContaining(['S01', 'S02', 'S03', 'S04']))
  })
  test('a short circular without provisions is not asked', () => {
    expect(ids('关于印发会议安排的通知\n\n各乡镇人民政府：\n\n现将会议安排印发给你们。\n')).toEqual([])
  })
})

describe('期限', () => {
  const limits = { general: 5, provisional: 2 }
  const three = good.replace('有效期5年', '试行期三年')
  test('试行 for three years where two are allowed is asked', () => {
    expect(ids(three, { title: '农机共享管理办法（试行）', maxYears: limits })).toEqual(['S05'])
  })
  test('dates are counted: 自X起施行，有效期至Y; 自印发之日起 counts from the date of the text', () => {
    const until = (words: string, title = '农机共享管理办法'): string[] =>
      ids(good.replace('自2027年3月1日起施行，有效期5年', words), { title, maxYears: limits })
    expect(until('自2027年3月1日起施行，有效期至2032年2月29日')).toEqual([])
    expect(until('自2027年3月1日起施行，有效期至2032年3月2日')).toEqual(['S06'])
    expect(until('自二〇二七年三月一日起施行，至二〇三五年三月一日止')).toEqual(['S06'])
    expect(until('自2027年3月1日起试行，试行期至2030年2月28日', '农机共享管理办法（试行）')).toEqual(['S05'])
    const signed = '\n青禾县人民政府\n2027年2月1日\n'
    const text = good.replace('自2027年3月1日起施行，有效期5年', '自印发之日起施行，有效期至2033年12月31日')
    expect(ids(text + signed, { maxYears: limits })).toContain('S06')
  })
  test('without a limit from the rule pack nothing is asked', () => {
    expect(ids(three, { title: '农机共享管理办法（试行）' })).toEqual([])
  })
  test('a stricter local limit is used for ordinary documents', () =>
    expect(ids(good, { maxYears: 3 })).toEqual(['S06']))
})

describe('名称', () => {
  test('条例 and 法 are asked about, 办法 is not', () => {
    expect(ids(good, { title: '青禾县农机共享条例' })).toEqual(['S11'])
    expect(ids(good, { title: '青禾县农机共享管理办法' })).toEqual([])
  })
  test('of a circular that issues a document the inner name counts', () => {
    expect(nameInTitle('青禾县人民政府关于印发《青禾县农机共享条例》的通知')).toBe('青禾县农机共享条例')
    expect(ids(good, { title: '青禾县人民政府关于贯彻《农业机械安全监督管理条例》的通知' })).toEqual([])
  })
})

describe('引用与简称', () => {
  test('a reference to an article, paragraph or item that does not exist', () => {
    const text = good
      .replace('违反本办法第二条规定', '违反本办法第十二条规定')
      .replace('负责本办法的组织实施。', '负责组织实施，按照本办法第一条第二款、本办法第二条第二款办理。')
    const findings = lint(text).filter((finding) => finding.id === 'S12')
    expect(findings.map((finding) => finding.quote)).toEqual(['本办法第一条第二款', '本办法第十二条'])
  })
  test('bare, chained, ranges, chapters, annexes; not of another law, not 前款, not what an amendment quotes', () => {
    const asked = (words: string, tail = ''): string[] =>
      lint(good.replace('申请人可以线上或者窗口提交材料。', words) + tail)
        .filter((finding) => finding.id === 'S12')
        .map((finding) => finding.quote)
    expect(asked('违反第九十九条规定的，依照第三条、第八十七条处理。')).toEqual(['第九十九条', '第八十七条'])
    expect(asked('按照本办法第二条和第八十八条办理。')).toEqual(['第八十八条'])
    expect(asked('违反本条例第六十条、第六十一条第一款规定的，处理。')).toEqual(['本条例第六十条', '第六十一条第一款'])
    expect(asked('违反本办法第二条第（一）、（三）、（五）项规定的，处理。')).toEqual([
      '本办法第二条第（一）、（三）、（五）项',
    ])
    expect(asked('违反第二、三条和第八十七、八十八条规定的，处理。')).toEqual(['第八十七、八十八条'])
    expect(asked('依照第二、三、八十九条办理，按照第三条第一、二款办理。')).toEqual(['八十九条', '二款'])
    expect(asked('见〔原第八十条，待改〕。')).toEqual([])
    expect(asked('本办法第二条至第九条、本办法第九章除外。')).toEqual(['本办法第二条至第九条', '本办法第九章'])
    const annex = '\n附件1\n\n一览表\n\n甲。\n\n附件2\n\n申请表\n\n乙。\n'
    expect(asked('材料见附件3，填写申请表（附件2）。', annex)).toEqual(['附件3'])
    expect(
      asked(
        '依照《青禾县农机租赁办法》第二十条和第八十条，有《青禾县农机租赁办法》规定的第九十条情形的，前款第八十条除外，见《青禾县农机租赁办法》附件3。',
      ),
    ).toEqual([])
    expect(asked('将《青禾县农机租赁办法》第二条修改为：“第二条　依照本办法第九十九条办理，见附件9。”')).toEqual([])
  })
  test('a reference inside an attached act is looked for in that act', () => {
    const circular = `青禾县人民政府关于印发《青禾县农机共享管理办法》的通知\n\n各乡镇人民政府：\n\n现将办法印发给你们。\n\n附件\n\n${good}`
    const quotes = (text: string): string[] =>
      lint(text)
        .filter((finding) => finding.id === 'S12')
        .map((finding) => finding.quote)
    expect(quotes(circular)).toEqual([])
    expect(quotes(circular.replace('违反本办法第二条', '违反本办法第六条'))).toEqual(['本办法第六条'])
  })
  test('an abbreviation in book marks that nobody defined', () => {
    expect(ids(good.replace('责令改正', '依照《细则》处理'))).toEqual(['S10'])
    expect(
      ids(good.replace('责令改正', '依照《农机作业服务细则》（以下简称《细则》）处理，《细则》没有规定的，协商解决')),
    ).toEqual([])
  })
  test('short names: given twice, never used, used before they are given, never given', () => {
    const asked = (words: string): string[] =>
      lint(good.replace('申请人可以线上或者窗口提交材料。', words))
        .filter((finding) => /^S(?:08|09|10)$/.test(finding.id))
        .map(({ id, quote, severity }) => `${id} ${quote} ${severity}`)
    expect(asked('农机服务中心（以下统称“服务站”）和县农机服务总站（以下简称服务站）受理，服务站不收费。')).toEqual([
      'S08 以下简称服务站 warn',
    ])
    expect(asked('县农机技术推广站（以下称县推广站）负责推广。')).toEqual(['S09 以下称县推广站 review'])
    expect(
      asked(
        '向县农机局申请，通过“农机通”办理。\n青禾县农机管理局（以下简称县农机局）建立平台（以下简称“农机通”）；县农机局公布“农机通”。',
      ),
    ).toEqual(['S10 县农机局 review', 'S10 “农机通” review'])
    const scheme = '依照《青禾县农机共享试点总体方案》（以下简称《方案》）办理，《方案》没有规定的，'
    expect(asked(`${scheme}按照《总体方案》执行。`)).toEqual(['S10 《总体方案》 review'])
    // In the full name itself, in words everybody uses, of the text itself, given in one row, and quoted by an amendment.
    for (const quiet of [
      `${scheme}依照本《办法》执行。`,
      '经营者可以申请。\n从事农机作业的单位和个人（以下简称经营者）应当登记，经营者年满十八周岁。',
      '青禾县农机管理局（以下简称县农机管理局）受理，县农机管理局答复。',
      '依照《甲县甲办法》、《甲县乙规定》（以下分别简称《甲办法》、《乙规定》），《甲办法》和《乙规定》执行。',
      '依照《青禾县农机管理办法》和《农机管理办法》、《中华人民共和国港口法》和《港口法》，核发《农机作业证》和《作业证》。',
      '将《某规定》第二条修改为：“第二条　县农机技术推广站（以下简称推广站）负责推广。”',
    ])
      expect(asked(quiet), quiet).toEqual([])
  })
  test('numbering faults of the tree become questions', () => {
    expect(ids(good.replace('第三条', '第六条'))).toContain('S07')
  })
})

test('issuers that look like internal or temporary bodies are asked about', () => {
  expect(ids(good, { issuers: ['青禾县农机共享工作领导小组'] })).toEqual(['L24'])
  expect(ids(good, { issuers: ['青禾县住房和城乡建设局办公室'] })).toEqual(['S15'])
  expect(ids(good, { issuers: ['青禾县委员会办公室'] })).toEqual(['L24'])
  expect(ids(good, { issuers: ['青禾县人民政府办公室', '青禾县人民防空办公室'] })).toEqual([])
})

test('table cells and attachments are read too', () => {
  const text = `${good}\n附件1\n\n支持政策表\n\n| 事项 | 标准 |\n| --- | --- |\n| 落户 | 土地出让金县级留成部分全额返还 |\n`
  expect(ids(text)).toEqual(['F09'])
})

describe('reasons for leaving the text as it is', () => {
  const text = good.replace('责令改正', '处500元罚款，签订责任书')
  const findings = lint(text)
  const fine = findings.find((finding) => finding.id === 'L03')
  const pledge = findings.find((finding) => finding.id === 'L23')
  if (fine === undefined || pledge === undefined) throw new Error('例文没有触发 L03 与 L23')
  test('a drafter settles a warning, but only explains a block', () => {
    const { open, waived, unused } = applyWaivers(findings, [
      { id: 'L23', quote: pledge.quote, reason: '上级文件要求', by: 'drafter' },
      { id: 'L03', quote: fine.quote, reason: '法律已有规定', by: 'drafter' },
    ])
    expect(waived.map(({ finding }) => finding.id)).toEqual(['L23'])
    expect(open).toMatchObject([{ id: 'L03', explained: '法律已有规定' }])
    expect(unused).toEqual([])
  })
  test('the reviewer settles a block; an empty reason counts for nothing; changed words revive the question', () => {
    const cleared = applyWaivers(findings, [
      { id: 'L03', quote: fine.quote, reason: '依据已核对', by: 'reviewer' },
      { id: 'L23', quote: pledge.quote, reason: ' ', by: 'drafter' },
    ])
    expect(cleared.waived.map(({ finding }) => finding.id)).toEqual(['L03'])
    expect(cleared.refused).toHaveLength(1)
    const stale = applyWaivers(findings, [{ id: 'L03', quote: '处200元罚款', reason: '依据已核对', by: 'reviewer' }])
    expect(stale.open.map(({ id }) => id)).toContain('L03')
    expect(stale.unused).toHaveLength(1)
  })
})

describe('所引文件的效力', () => {
  const text = `青禾县人民政府文件
青政规发〔2026〕3号

青禾县农机共享管理办法

第一条 根据《青禾县农机管理暂行规定》（以下简称《暂行规定》）和青政办发〔2019〕8号，制定本办法。
第二条 依照暂行规定第三条、《暂行规定》第五条办理，《青禾县农机共享管理办法》不重复规定。
第三条 本办法自2027年3月1日起施行。《青禾县农机租赁办法》同时废止。
`
  const ask = (standing: (name: string | null, docNo: string | null) => CitedStanding | null): Finding[] => {
    const structure = parseText(text)
    const places = citedPlaces(text, structure, citedActs(cite(text)))
    return citationFindings(
      text,
      places.map((place) => ({ place, found: standing(place.name, place.docNo) })),
    )
  }
  const lapsed: CitedStanding = { status: 'repealed', statusLabel: '已废止', entry: { effectiveDate: '2015-01-01' } }
  test('names, abbreviations and bare numbers are asked about; the own name and number and what is repealed are not', () => {
    const found = ask(() => lapsed)
    expect(found.map(({ id, quote, line, address }) => [id, quote, line, address])).toEqual([
      ['C01', '《青禾县农机管理暂行规定》', 6, '第一条第一款'],
      ['C01', '青政办发〔2019〕8号', 6, '第一条第一款'],
      ['C01', '暂行规定', 7, '第二条第一款'],
      ['C01', '《暂行规定》', 7, '第二条第一款'],
    ])
    expect(found[2]?.message).toBe('《青禾县农机管理暂行规定》已废止。是否改引现行有效的规定？')
  })
  test('what the register does not know is asked once; what has not been looked up is not asked', () => {
    const unknown: CitedStanding = { status: 'unknown', statusLabel: '文件库未收录', entry: null }
    expect(ask(() => unknown).map(({ quote }) => quote)).toEqual(['《青禾县农机管理暂行规定》', '青政办发〔2019〕8号'])
    expect(ask(() => null)).toEqual([])
  })
})

test('the version is raised whenever what is asked changes', async () => {
  const everything = `青禾县农机共享条例
第一条 农机服务（以下简称服务）按照《细则》办理。
第三条 按照本条例第九条办理，填写〔待填：金额〕和〔待填〕，见〔原第八条，待改〕和〔前款（原指第一条），待核〕。
第四条 农机作业（以下简称作业）和机耕作业（以下简称作业），有效期九年，见附件3。
第五条 本条例自2027年1月1日起施行，有效期至2037年1月1日。`
  const asked = [
    ...lint(everything, { maxYears: 5, issuers: ['青禾县农机共享工作领导小组', '青禾县农业农村局办公室'] }),
    ...lint(everything, { maxYears: { general: 5, provisional: 2 }, provisional: true }),
    ...lint('第一条 甲。\n第二条 乙，以下简称丙。'),
    ...lint('第一条 由XX局负责，单击此处输入文字。\n青政规发〔2026〕XX号\n第二条 明\ufffd标價，执（zhí）行\u200b。'),
    ...lint('為規範農機共享服務，根據有關法律法規，結合本縣實際情況，制定本辦法。縣農業農村局負責組織實施。'),
    ...lint(''),
    ...lint('无题之文，不成条款。'),
    ...(['repealed', 'unknown', 'pending_effect', 'suspended', 'ambiguous', 'in_force', 'amended'] as const).flatMap(
      (status) =>
        [null, { effectiveDate: '2027-01-01' }].flatMap((entry) =>
          citationFindings('《某办法》', [
            {
              place: { start: 0, end: 5, name: '某办法', docNo: null, line: 1, aside: false },
              found: { status, statusLabel: '现在的效力', entry },
            },
          ]),
        ),
    ),
  ]
  const reached = new Set(asked.map(({ id }) => id))
  expect([...checkIds, ...citationFindingIds].filter((id) => !reached.has(id))).toEqual([])
  expect(
    asked.filter(({ id }) => /^[SC]/.test(id) && ![...checkIds, ...citationFindingIds].some((x) => x === id)),
  ).toEqual([])
  // Bases are written as an official writes them: full names and articles in Chinese numerals, no shorthand of ours.
  for (const { id, basis } of [...lintPatterns, ...asked])
    expect([id, basis]).toEqual([id, expect.not.stringMatching(/[§;()]|seed|^$/)])
  const golden = `${JSON.stringify(
    {
      version: lintVersion,
      questions: asked.map(({ id, severity, category, basis, message, quote }) => [
        id,
        severity,
        category,
        basis,
        message,
        quote,
      ]),
      patterns: lintPatterns,
    },
    null,
    1,
  )}\n`
  const path = new URL('../golden/lint.golden', import.meta.url)
  const before = readFileSync(path, 'utf8')
  if (before !== golden)
    expect(lintVersion, '问句变了：请提高 checks.ts 的 lintVersion，再更新 golden/lint.golden').toBeGreaterThan(
      (JSON.parse(before) as { version: number }).version,
    )
  await expect(golden).toMatchFileSnapshot('../golden/lint.golden')
})

test('SARIF names rule, level and place', () => {
  const log = toSarif(lint(good.replace('责令改正', '处500元罚款')), '草案/办法 一.txt')
  const result = log.runs[0]?.results[0]
  expect(log.version).toBe('2.1.0')
  expect(result).toMatchObject({ ruleId: 'L03', level: 'error' })
  expect(log.runs[0]?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('L03')
  expect(result?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: '%E8%8D%89%E6%A1%88/%E5%8A%9E%E6%B3%95%20%E4%B8%80.txt' },
    region: { startLine: 6, snippet: { text: '处500元罚款' } },
  })
})

const piece = fc.oneof(
  fc.constantFrom(
    ...lintPatterns.map((pattern) => pattern.match),
    '第',
    '条',
    '\n',
    '。',
    '《',
    '》',
    '（',
    '不得',
    '|',
  ),
  fc.string({ unit: anyCharacter }),
)
const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

describe('任意文本', () => {
  test('nothing crashes, and every quote is the text at its place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const finding of lint(text)) {
          expect(finding.quote).toBe(text.slice(finding.start, finding.end))
          expect(finding.line).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('reading the whole text at once finds what reading clause by clause finds', () => {
    const clauseByClause = (text: string, id: (typeof lintPatterns)[number]): number =>
      normalizeForPatterns(text)
        .split(/[。；]/)
        .filter((clause) => hitsOf(id, clause).length > 0).length
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom(...lintPatterns.filter(({ where }) => where !== 'issuer')),
        (text, pattern) => {
          expect(hitsOf(pattern, normalizeForPatterns(text))).toHaveLength(clauseByClause(text, pattern))
        },
      ),
    )
  })

  // Work grows with the text: doubling a text doubles the questions, also without any sentence end.
  test('a text twice as long gives twice the hits, sentence ends or not', () => {
    const sentence = '经营户每月须缴纳市场管理费100元。'
    const fees = lintPatterns.find(({ id }) => id === 'L06')
    if (fees === undefined) throw new Error('没有 L06')
    expect(hitsOf(fees, sentence.repeat(4000))).toHaveLength(4000)
    expect(hitsOf(fees, sentence.replace('。', '，').repeat(4000))).toHaveLength(1)
  })
})
