// Places that wait for words and damaged characters: made up of signs, units and places, and never asked of a finished text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damageIn, isTraditional } from '../damage.ts'
import { lint } from './lint.ts'
import { placeholdersIn } from './placeholders.ts'

const frame = (words: string): string => `海原县停车场管理办法
第一条　为规范管理，根据《中华人民共和国城乡规划法》，制定本办法。
第二条　${words}
第三条　本办法自2026年12月1日起施行，有效期五年，由县住房城乡建设局负责解释。
`
const asked = (text: string, id: string) => lint(text).filter((finding) => finding.id === id)

const x = fc.constantFrom('X', 'x', 'Ｘ', '×', '✕')
const runs = (sign: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(sign, fc.integer({ min: 2, max: 6 })).map(([one, times]) => one.repeat(times))
const blanks = fc.oneof(
  fc
    .tuple(runs(x), fc.constantFrom('局负责。', '元以上。', '号文件执行。', '年内完成。', '乡镇人民政府负责。'))
    .map((p) => p.join('')),
  fc
    .tuple(fc.constantFrom('自20', '自202'), x, fc.constantFrom('年1月1日起施行。', '年起执行。'))
    .map((p) => p.join('')),
  fc
    .tuple(fc.constant('按照第'), x, fc.constantFrom('条', '章', '款', '项'), fc.constant('办理。'))
    .map((p) => p.join('')),
  fc.tuple(fc.constant('有效期'), runs(fc.constantFrom('_', '＿', '﹍')), fc.constant('年。')).map((p) => p.join('')),
  fc.tuple(fc.constant('有效期'), runs(fc.constantFrom(' ', '　')), fc.constant('年。')).map((p) => p.join('')),
  fc
    .tuple(
      fc.constantFrom('由', '费用为', '期限为'),
      fc.constantFrom('【】', '[]', '［］', '（）', '〔〕'),
      fc.constantFrom(
        '待定',
        '待填写',
        '待补充',
        '待确定',
        '待明确',
        '此处填写单位名称',
        '请填写',
        'TBD',
        '待核实数据',
      ),
    )
    .map(([before, pair, words]) => `${before}${pair[0]}${words}${pair[1]}负责。`),
  fc
    .tuple(
      fc.constantFrom(['{{', '}}'], ['${', '}'], ['«', '»'], ['<%', '%>'], ['【', '】']),
      fc.constantFrom('主管部门', '单位名称', '日期'),
    )
    .map(([[open, close], words]) => `由${open}${words}${close}负责。`),
  fc.constantFrom(
    '单击或点击此处输入文字。',
    '单击此处输入文字。',
    '点击此处输入日期。',
    '在此处键入内容。',
    '请输入标题',
    '选择一项。',
    'Click or tap here to enter text.',
    '由○○县人民政府负责。',
    '由某某局负责。',
    '金额为……元。',
    '罚款**元以下。',
    '具体标准待补充。',
    '责任部门待定。',
    '在N个工作日内办结。',
    '按照海政规发〔2026〕　号执行。',
    '自　　年　月　日起办理。',
  ),
)

describe('places that wait for words', () => {
  it('are asked about where they stand, whatever sign stands for the words', () => {
    fc.assert(
      fc.property(blanks, (words) => {
        const findings = asked(frame(words), 'S16')
        expect(findings.length).toBeGreaterThan(0)
        expect(findings.every(({ line, severity }) => line === 3 && severity === 'block')).toBe(true)
      }),
      { numRuns: 250 },
    )
  })
  it('finished words are not asked about', () => {
    for (const words of [
      '停车场应当明码标价。',
      '车位为2.5米×5.3米，即2.5×5.3。',
      '按照A4纸打印，X射线设备除外，由NBA、N95等名称除外。',
      '二○○九年、二〇〇九年一月以前建成的除外。',
      '（一）公示；（二）标价。附件（略）。',
      '依据《办法》（海政规发〔2026〕3号）第三条办理。',
      '等候……结果公布后办理。',
      '由亟待定点的单位申请，正在此处施工的除外。',
    ])
      expect([words, placeholdersIn(words).length > 0 && words.includes('此处') === false]).toEqual([words, false])
  })
  it('in a form, a table, a quotation and the own number they do not stop anybody', () => {
    const text = `海原县停车场管理办法
海政规发〔2026〕XX号
第一条　名称为“XX停车场”。
第二条　填写附件。
附件1
停车场登记表
单位名称：________
| 名称 | XX |
| --- | --- |
| 电话 | ____ |
`
    const findings = asked(text, 'S16')
    expect(findings.length).toBeGreaterThanOrEqual(5)
    expect(findings.filter(({ severity }) => severity === 'block')).toEqual([])
  })
})

/** What the words become when the bytes of one encoding are read by another. */
const misread = (words: string, as: string): string => new TextDecoder(as).decode(new TextEncoder().encode(words))
const word = fc.constantFrom('停车场应当明码标价', '公共停车场的管理', '收费标准和监督电话', '应当公示收费标准')
const damages = fc.oneof(
  word.map((words) => words.replace('场', '\ufffd').replace('费', '\ufffd\ufffd')),
  word.map((words) => `${words}\ufffd`),
  fc.tuple(word, fc.constantFrom('\ue5f9', '\uf8ff', '\ue000')).map(([words, sign]) => `${words}${sign}`),
  fc
    .tuple(word, fc.constantFrom('\u202e', '\u200f', '\u2067', '\u0007', '\u0090'))
    .map(([words, sign]) => `停${sign}${words}`),
  word.map((words) => misread(words, 'windows-1252')),
  word.map((words) => misread(words, 'gb18030')),
  fc.constantFrom('锟斤拷锟斤拷', '烫烫烫烫', '屯屯屯', '锘挎湰鍔炴硶', '明码标价□□', '明码标价????的'),
  fc.constantFrom(
    '停車場應當明碼標價',
    '停车場应当明码标价',
    '应當公示',
    '執(zhí)行規(guī)定',
    '鄉(xiāng)镇',
    '加强（qiáng）管理',
  ),
  fc.constantFrom('。ㄒ唬┘訌娊M織領導', '社会カ量', '应当ㄓ公示'),
)

describe('damaged characters', () => {
  it('are asked about in their line, once', () => {
    fc.assert(
      fc.property(damages, fc.constantFrom('', '由县人民政府公示。'), (words, more) => {
        const findings = asked(frame(`${more}${words}。`), 'S17')
        expect(findings).toMatchObject([{ line: 3, severity: 'block' }])
      }),
      { numRuns: 150 },
    )
  })
  it('good text has none: names, formulas, forms, other scripts', () => {
    for (const words of [
      '停车场应当明码标价。',
      '祐、璟、瞭望台、昇、鉅等字。',
      'α射线、β系数、№1、①②、㎡、℃、‰、§9。',
      '是□　否□；男□女□。',
      'Café、résumé、Ö、naïve。',
      '“引号”‘单引号’——破折号……《书名〈内〉》。',
      '┌──┐\n│表│\n└──┘',
    ])
      expect([words, damageIn(frame(words))]).toEqual([words, []])
  })
  it('a text in traditional characters throughout is asked about once', () => {
    const text =
      '為規範停車場管理，根據有關法律法規，結合本縣實際情況，制定本辦法。縣住房城鄉建設局負責本辦法的組織實施。'
    expect(isTraditional(text)).toBe(true)
    expect(asked(text, 'S17')).toHaveLength(1)
  })
  it('are found in time that grows with the length', () => {
    const timed = (text: string): number => {
      const before = process.cpuUsage()
      damageIn(text)
      placeholdersIn(text)
      return process.cpuUsage(before).user / 1000
    }
    for (const unit of ['□', '【', '鍋滆溅', 'X', '（待', '{{', '場', 'å', '  年', '_', '…', '锟斤拷']) {
      // Two seconds for a tenth of a megabyte would be quadratic. Processor time: other work on the machine must not decide.
      expect([unit, timed(unit.repeat(Math.ceil(160_000 / unit.length))) < 5_000]).toEqual([unit, true])
    }
  })
})

describe('what programs, templates and other encodings leave', () => {
  it.each([
    '由%主管部门%负责',
    '由#单位名称#负责',
    '由{0}负责',
    '金额为NaN元',
    '由undefined负责',
    '见[object Object]',
    '依照错误!未找到引用源。',
    '金额#REF!元',
    '由［单位］负责',
    '【插入表格】',
    '标准（数字待核）',
    '费用待定',
    '不少于 日',
    '自　年　月　日起执行',
    '5-X日内办结',
    '由ХХ局负责',
    '由OO局负责',
    '由■■局负责',
    '期限\\_\\_日',
    '由‹主管部门›负责',
    '由‹标题>负责',
    '由<部门>负责',
    '由〈部门名称〉负责',
    '由（单位名称）负责',
    '由[[dept]]负责',
    '由【【部门】】负责',
    '由$部门$负责',
    '依据《　　》执行',
    '依据《某办法》执行',
    '费用待财政局确认后填写',
    '标准待批准后再补',
    '金额另行填写',
    '由县住建局负责（需再议）',
    '由县住建局负责（是否保留？）',
    '由县住建局负责（建议删除）',
    '由县住建局负责【注：需与司法局沟通】',
    '由县住建局负责。批注：此处需修改',
    '收费标准见附件X',
    '收费标准见附表×',
    '按照附件N执行',
    '依据第 条执行',
    '由　负责解释',
    '自YYYY年MM月DD日起执行',
    '自2026年00月00日起执行',
    '依据海政发〔2026〕*号执行',
    '依据海政发〔2026〕第 号执行',
    '罚款？元',
    '标准为--元',
    '由AA局负责',
    '由县@@局负责',
    '测试测试',
  ])('%s waits for words', (words) => {
    expect(placeholdersIn(frame(`停车场${words}。`))).not.toEqual([])
  })
  it.each([
    '评为☆☆☆级',
    '型号XX-100',
    '在此处填写姓名的人',
    '增长5%至10%',
    '由待岗人员负责',
    '占50%其中一半',
    '编号为N95的口罩',
    '待定点医院确认后办理',
    '待主管部门批准后补办手续',
    '依照[[中华人民共和国水法]]执行'.replace('[[', '《').replace(']]', '》'),
    '由负责安全生产监督管理的部门检查',
    '经X光检查',
    '国务院关于修改《〈停车条例〉实施办法》',
    '属于（国家规定的）情形',
  ])('%s does not', (words) => {
    expect(placeholdersIn(frame(`停车场${words}的，照此办理。`))).toEqual([])
  })
  it.each<[string, string]>([
    ['⺠政局', 'radical'],
    ['停⻋场', 'radical'],
    ['\uf90a额', 'radical'],
    ['明&nbsp;码', 'escaped'],
    ['明&#26126;码', 'escaped'],
    ['\\u660e\\u7801', 'escaped'],
    ['%E6%98%8E', 'escaped'],
    ['=E6=98=8E', 'escaped'],
    ['収费', 'traditional'],
    ['停tíng车', 'pinyin'],
    ['明의码', 'foreign'],
    ['明\u3164码', 'invisible'],
    ['明码銆', 'mojibake'],
    ['明码ï¼', 'mojibake'],
    ['明\ud840码', 'replacement'],
    ['明å¥½码', 'mojibake'],
    ['明Ã¥码', 'mojibake'],
    ['明Å¡码', 'mojibake'],
    ['明¿码', 'replacement'],
    ['明囗码', 'replacement'],
    ['明〓码', 'replacement'],
    ['明?码', 'replacement'],
    ['明<br>码', 'escaped'],
    ['明<U+660E>码', 'escaped'],
    ['明､码', 'foreign'],
  ])('%s is damaged: %s', (words, kind) => {
    expect(damageIn(frame(`停车场应当${words}标价。`)).map((one) => one.kind)).toContain(kind)
  })
})
