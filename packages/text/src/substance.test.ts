// 实质变化由文字推算：每一行是一处更正，以及它算不算实质。
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { substanceOf } from './substance.ts'

const text = (clause: string, more = ''): string =>
  [
    '海原县集贸市场管理办法',
    '第一条 为规范集贸市场经营秩序，保护经营者和消费者合法权益，制定本办法。',
    `第二条 ${clause}`,
    '第三条 县市场监督管理局负责本办法的实施。',
    '第四条 本办法自2026年7月1日起施行，有效期5年。',
    more,
  ]
    .filter(Boolean)
    .join('\n')
const of = (a: string, b: string) => substanceOf({ body: a }, { body: b }, { mostCharacters: 10 })
const clause = '经营者违反规定的，处500元罚款；拒不改正的，可以责令停业三日。'

describe('更正是不是实质', () => {
  it.each([
    ['罚款500元改为5000元', clause, clause.replace('500', '5000'), '500元→5000元'],
    ['全角数字改值', clause.replace('500', '５００'), clause.replace('500', '８００'), '800元'],
    ['金额写成中文并改值', clause, clause.replace('500', '五千'), '500元→5000元'],
    ['三日改为三个工作日', clause, clause.replace('三日', '三个工作日'), '3日→3个工作日'],
    ['比例改变', '优惠比例为百分之三十。', '优惠比例为百分之五十。', '百分之30→百分之50'],
    ['百分号写法改变数值', '优惠比例为30%。', '优惠比例为50%。', '30%→50%'],
    ['可以改为应当', clause, clause.replace('可以', '应当'), '可以→应当'],
    ['不得改为可以', '经营者不得占道经营。', '经营者可以占道经营。', '不得→可以'],
    ['删去一个不字', '未经许可不得经营。', '未经许可得经营。', '不得'],
    ['增加一项罚款', '经营者应当亮证经营。', '经营者应当亮证经营，违者罚款。', '罚款'],
    ['以上改为以下', '面积五百平方米以上的适用本办法。', '面积五百平方米以下的适用本办法。', '以上→以下'],
    ['或者改为并且', '有甲或者乙情形的，不予登记。', '有甲并且乙情形的，不予登记。', '或者→并且'],
    ['主管机关换了', '由县农业农村局负责。', '由县财政局负责。', '财政局'],
    ['适用的人变了', '个人申请的，免费办理。', '企业申请的，免费办理。', '个人'],
    ['所引文件变了', '依照《中华人民共和国农业法》办理。', '依照《中华人民共和国商业法》办理。', '农业法'],
    ['发文字号变了', '依照海政发〔2020〕5号执行。', '依照海政发〔2020〕6号执行。', '6号'],
    ['日期变了', '自二〇二六年七月一日起。', '自二〇二六年八月一日起。', '7月→8月'],
    ['备案以后改为备案以前', '办理登记后方可经营。', '办理登记前方可经营。', '后→前'],
    ['按季改为按月', '补助按季发放。', '补助按月发放。', '删去季'],
    ['县级改为市级', '属于县级事项。', '属于市级事项。', '县级→市级'],
    ['同时改为分别', '两项补助同时适用。', '两项补助分别适用。', '同时→分别'],
    ['鼓励改为要求', '鼓励商户投保。', '要求商户投保。', '鼓励→要求'],
    ['依照改为参照', '依照前款办理。', '参照前款办理。', '依照→参照'],
    ['改动很多字', '集贸市场实行分区经营制度维护秩序。', '集贸场所采取划行归市办法保障良好环境氛围。', '超过10个'],
  ])('%s：是', (_name, a, b, says) => {
    const found = of(text(a), text(b))
    expect(found.substantive).toBe(true)
    expect(found.changes.join('；')).toContain(says)
  })
  it.each([
    ['错别字', '经营者应当诚实守信经营，自觉维护市厂秩序。', '经营者应当诚实守信经营，自觉维护市场秩序。'],
    ['的、地、得', '认真的履行职责。', '认真地履行职责。'],
    ['逗号改为分号', '亮证经营，明码标价。', '亮证经营；明码标价。'],
    ['全角数字改为半角', '处５００元罚款。', '处500元罚款。'],
    ['阿拉伯数字改为中文数字，值相同', '期限为30日。', '期限为三十日。'],
    ['千分位', '补助5,000元。', '补助5000元。'],
    ['行末空格与空行', '亮证经营。', '亮证经营。  \n'],
  ])('%s：不是', (_name, a, b) => {
    expect(of(text(a), text(b))).toEqual({ substantive: false, changes: [], burdens: [] })
  })
  it('增加一条、拆出一款、改名称、换附件：是', () => {
    expect(of(text(clause), text(clause, '第五条 本办法由司法局解释。')).changes.join()).toContain('4条→5条')
    expect(of(text(clause), text(clause.replace('；', '；\n'))).changes.join()).toContain('款项数')
    expect(of(text(clause), text(clause).replace('集贸市场管理办法', '集贸市场管理规定')).changes.join()).toContain(
      '名称',
    )
    const files = (sha256: string) => ({ body: text(clause), attachments: [{ name: '收费标准.xlsx', sha256 }] })
    expect(substanceOf(files('a'), files('b'), { mostCharacters: null }).changes).toEqual(['附件：内容有变化'])
    expect(substanceOf(files('a'), { body: text(clause) }, { mostCharacters: null }).changes).toEqual([
      '附件：删去收费标准.xlsx',
    ])
  })
})

describe('新增的义务、收费、处罚、许可', () => {
  it.each([
    ['增加罚款', '经营者应当亮证经营。', '经营者应当亮证经营，违者处罚款。', '处罚'],
    ['加重罚款', clause, clause.replace('500', '5000'), '数额有变化'],
    ['增加收费', '经营者可以使用摊位。', '经营者可以使用摊位，缴纳摊位费。', '收费'],
    ['增加保证金', '经营者可以使用摊位。', '经营者可以使用摊位，交付保证金。', '收费'],
    ['增加许可', '经营者可以使用摊位。', '经营者经许可可以使用摊位。', '许可'],
    ['增加义务', '经营者可以使用摊位。', '经营者可以使用摊位，应当每日清扫。', '义务'],
    ['增加禁止', '本市场早六时开放。', '本市场早六时开放，禁止携带宠物。', '义务'],
  ])('%s', (_name, a, b, says) => {
    expect(of(text(a), text(b)).burdens.join('；')).toContain(says)
  })
  it('机关自己的职责不算加在相对人身上的义务；删去的不算', () => {
    expect(of(text('县财政局拨付补助。'), text('县财政局应当在十日内拨付补助。')).burdens).toEqual([])
    expect(of(text(clause), text('经营者可以使用摊位。')).burdens).toEqual([])
  })
})

describe('性质', () => {
  const words = fc.stringMatching(/^[一二三五百千应当可以不得罚款元日经营者市场局，。；\n0-9]{0,60}$/)
  it('与自己相比没有变化；前后对调，是否实质不变', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(of(text(a), text(a)).substantive).toBe(false)
        expect(of(text(a), text(b)).substantive).toBe(of(text(b), text(a)).substantive)
      }),
    )
  })
  it('任何一处阿拉伯数字的值变了都是实质', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999), (m, n) => {
        fc.pre(m !== n)
        expect(of(text(`处${m}元罚款。`), text(`处${n}元罚款。`)).substantive).toBe(true)
      }),
    )
  })
})
