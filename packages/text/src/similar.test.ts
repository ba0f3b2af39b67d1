// Proposals of groups: the same together, opposites and other numbers never; the order changes nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceFrom, groupSimilar, saysTheSame } from './similar.ts'

const base = '建议把农机作业补贴的发放时间提前到春耕以前，让农户及时买到柴油和种子。'
/** Two comments, whether they are to be proposed as one, and why. */
const pairs: ReadonlyArray<readonly [string, string, boolean, string]> = [
  ['同意第三条的规定，执行起来方便。', '不同意第三条的规定，执行起来方便。', false, '不同意／同意'],
  ['我同意第三条关于补贴标准的规定。', '我反对第三条关于补贴标准的规定。', false, '同意／反对'],
  ['补贴标准应当提高到120元每亩。', '补贴标准应当提高到150元每亩。', false, '120元／150元'],
  ['补贴标准应当提高到120元每亩。', '补贴标准应当降低到120元每亩。', false, '提高／降低'],
  ['公示期建议延长到十五日，方便村民查看。', '公示期建议延长到三十日，方便村民查看。', false, '中文数字不同'],
  ['第三条写得不清楚，请修改。', '第五条写得不清楚，请修改。', false, '条号不同'],
  ['建议取消作业补贴的申请表。', '建议保留作业补贴的申请表。', false, '取消／保留'],
  ['应当允许合作社申请补贴资金。', '不应当允许合作社申请补贴资金。', false, '应当／不应当'],
  ['应当禁止外地农机手参加作业。', '应当允许外地农机手参加作业。', false, '禁止／允许'],
  ['补贴每年发放1次比较合适。', '补贴每年发放2次比较合适。', false, '次数不同'],
  ['反对第六条，同意第七条的安排。', '同意第六条，反对第七条的安排。', false, '次序对调'],
  ['有必要设立举报电话方便群众。', '没有必要设立举报电话方便群众。', false, '没有必要'],
  ['我们村民支持这项政策的出台。', '我们村民不支持这项政策的出台。', false, '不支持'],
  ['建议缩短审批的时间，方便群众。', '建议延长审批的时间，方便群众。', false, '缩短／延长'],
  ['建议减少需要提交的材料和环节。', '建议增加需要提交的材料和环节。', false, '减少／增加'],
  ['贊成第三條關於補貼的規定內容。', '反對第三條關於補貼的規定內容。', false, '繁体的正反'],
  ['补贴标准每亩80元太低了些。', '补贴标准每亩８０元太低了些。', true, '全角半角'],
  ['建议：把发放时间提前到春耕以前。', '建议把发放时间，提前到春耕以前！', true, '标点不同'],
  ['请在网站上公示补贴名单 ', '　请在网站上公示补贴名单', true, '空白不同'],
  ['建议扩大补贴对象的范围到合作社。', '建议缩小补贴对象的范围到合作社。', false, '扩大／缩小'],
  ['现在的补贴标准太高了，请考虑。', '现在的补贴标准太低了，请考虑。', false, '高／低'],
  ['第三条的处罚规定过严，请再考虑。', '第三条的处罚规定过宽，请再考虑。', false, '严／宽'],
  ['希望这项政策继续实施，大家放心。', '希望这项政策停止实施，大家放心。', false, '继续／停止'],
  ['建议把补贴名单向社会公开为好。', '建议把补贴名单向社会保密为好。', false, '公开／保密'],
  ['建议农机作业对农户收费为好。', '建议农机作业对农户免费为好。', false, '收费／免费'],
  ['补贴最好在春耕以前发放到户。', '补贴最好在春耕以后发放到户。', false, '以前／以后'],
  ['经营面积较大以上的才有资格申报。', '经营面积较大以下的才有资格申报。', false, '以上／以下'],
  ['这一条对合作社有利，请抓紧办。', '这一条对合作社有害，请抓紧办。', false, '有利／有害'],
  ['请尽快出台这个办法，我们等着。', '请暂缓出台这个办法，我们等着。', false, '尽快／暂缓'],
  ['建议增设服务网点方便老年人办事。', '建议撤销服务网点方便老年人办事。', false, '增设／撤销'],
  ['要加大对违规行为的处罚力度。', '要减轻对违规行为的处罚力度。', false, '加大／减轻'],
  ['这样做很难执行，请主管部门考虑。', '这样做很易执行，请主管部门考虑。', false, '难／易'],
  ['岂能对合作社收取押金呢，请考虑。', '宜对合作社收取押金呢，请考虑。', false, '反问'],
  ['办理时限偏长，群众意见大。', '办理时限偏短，群众意见大。', false, '长／短'],
  ['現在的補貼標準太高了，請考慮。', '現在的補貼標準太低了，請考慮。', false, '繁体的高低'],
  [base, base, true, '一字不差'],
  [base, `${base}我家住在山区，路远难行，盼望早些落实。`, true, '附了自己的话'],
  [base, `尊敬的领导：您好！${base}谢谢！`, true, '加了称呼'],
  [base, base.replace('及时', '早日'), true, '换了一个词'],
  [base, base.replace('农户', '大家'), true, '换了主语'],
  [base, `${base}我家不种玉米。`, false, '附的话里有否定'],
  [base, `${base}我家有3口人。`, false, '附的话里有数字'],
  ['PDF附件打开以后是空白的，请检查。', 'pdf附件打开以后是空白的，请检查。', true, '大小写'],
  ['希望把申请地点设在乡镇服务大厅。', '希望把申请地点设在乡镇的服务大厅。', true, '多一个字'],
  ['希望简化申请手续，方便老人办理。', '希望公开申请名单，接受大家监督。', false, '说的是两回事'],
  ['建议加强宣传。', '建议加强监督。', false, '短句，说的是两回事'],
  ['好', '坏', false, '一个字'],
  ['', '', false, '没有内容'],
  ['。。。', '！！！', false, '只有标点'],
  ['建议第三条第一款改为按亩计算。', '建议第三条第二款改为按亩计算。', false, '款号不同'],
  ['年满60周岁的优先办理。', '年满65周岁的优先办理。', false, '年龄不同'],
  ['没有意见，希望尽快实施下去。', '没有意见，希望尽快实施下去！', true, '同为否定，一样'],
  ['不同意收取押金，这样会加重农户的负担。', '不同意收取押金，这样会加重农民的负担。', true, '同样反对'],
  ['未成年人不得单独操作农业机械。', '未成年人可以单独操作农业机械。', false, '不得／可以'],
  ['建议由村委会核对面积后上报乡镇。', '建议由村委会核对面积以后上报乡镇。', true, '虚词不同'],
  ['補貼發放要公開透明，接受監督。', '補貼發放要公開透明，接受監督！', true, '同为繁体'],
]

describe('两条意见', () => {
  it('五十六种', () => expect(pairs).toHaveLength(56))
  it.each(pairs)('%s ／ %s → %s（%s）', (a, b, together) => {
    expect(saysTheSame(a, b)).toBe(together)
    expect(saysTheSame(b, a)).toBe(together)
    const found = groupSimilar([
      { id: '1', text: a },
      { id: '2', text: b },
    ])
    expect(found.map((x) => x.members)).toEqual(together ? [['1', '2']] : [])
  })
})

describe('许多意见', () => {
  const items = pairs.flatMap(([a, b], i) => [
    { id: `${i}a`, text: a },
    { id: `${i}b`, text: b },
  ])
  it('任何次序都得到同样的组', () => {
    const expected = groupSimilar(items)
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
        expect(groupSimilar(shuffled)).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
  it('人少的一组排在前面；换一个进程、换意见的编号次序，都一样', () => {
    const found = groupSimilar([
      ...Array.from({ length: 9 }, (_, i) => ({ id: `many${i}`, text: `${base}请考虑${'。'.repeat(i)}` })),
      ...['few-b', 'few-a'].map((id) => ({ id, text: '公示期间请一并在村务公开栏张贴名单。' })),
    ])
    expect(found.map(({ members }) => members.length)).toEqual([2, 9])
    // No seed, no chance, no clock: the same texts have one result.
    const real = [Math.random, Date.now] as const
    try {
      Math.random = () => expect.unreachable()
      Date.now = () => expect.unreachable()
      expect(groupSimilar(items.toReversed())).toEqual(groupSimilar(items))
    } finally {
      ;[Math.random, Date.now] = real
    }
  })
  it('经人分开的不再直接归到一起', () => {
    const two = [
      { id: 'a', text: base },
      { id: 'b', text: base.replace('农户', '大家') },
    ]
    expect(groupSimilar(two)).toHaveLength(1)
    expect(groupSimilar(two, new Set(['b a']))).toEqual([])
  })
  it('正反两种意见隔着许多相近的话，也不到一组', () => {
    const middle = Array.from({ length: 50 }, (_, i) => ({ id: `m${i}`, text: `${base}${'还请考虑'.repeat(i % 3)}` }))
    const found = groupSimilar([
      ...middle,
      { id: 'for', text: `同意。${base}` },
      { id: 'against', text: `不同意。${base}` },
    ])
    for (const { members } of found) expect(members.includes('for') && members.includes('against')).toBe(false)
  })
  it('两万条在十五秒以内，四十场活动的意见都归到组里', () => {
    // A fixed series: the same input every time.
    let seed = 7
    const random = (n: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % n
    }
    const letters = [...'农机作业补贴发放对象条件程序公示监督村民合作社乡镇部门标准面积时间材料网站名单资金审核']
    const words = (n: number) => Array.from({ length: n }, () => letters[random(letters.length)]).join('')
    const campaigns = Array.from({ length: 40 }, () => words(80))
    const many = Array.from({ length: 20_000 }, (_, i) => {
      if (i % 2 === 1) return { id: String(i), text: words(40 + random(60)) }
      const text = [...(campaigns[(i / 2) % 40] ?? '')]
      for (let k = 0; k < random(4); k++) text[random(text.length)] = letters[random(letters.length)] ?? ''
      return { id: String(i), text: text.join('') + (random(3) === 0 ? words(random(20)) : '') }
    })
    // Processor time: other work on the machine must not decide.
    const before = process.cpuUsage()
    const found = groupSimilar(many)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000)
    const grouped = new Set(found.flatMap(({ members }) => members))
    const campaign = many.filter((_, i) => i % 2 === 0)
    expect(campaign.filter(({ id }) => grouped.has(id)).length / campaign.length).toBeGreaterThan(0.98)
    for (const { members } of found.slice(-40))
      expect(new Set(members.filter((id) => Number(id) % 2 === 0).map((id) => (Number(id) / 2) % 40)).size).toBe(1)
  })
})

describe('与所示的一条不同在哪里', () => {
  it('附上的一句看得见', () => {
    const pieces = differenceFrom(base, `${base}我家住在山区，路远难行。`)
    expect(pieces.filter((x) => x.added).map((x) => x.text)).toEqual(['我家住在山区，路远难行。'])
    expect(pieces.map((x) => x.text).join('')).toBe(`${base}我家住在山区，路远难行。`)
  })
  it('一字不差的没有不同', () => expect(differenceFrom(base, base).every((x) => !x.added)).toBe(true))
})
it('两件相反的，都含着第三件的话：第三件只随其中一件，不把两件拉到一起', () => {
  const found = groupSimilar([
    { id: 'a', text: '补贴标准太高了，请主管部门认真考虑以后再定。' },
    { id: 'b', text: '补贴标准太低了，请主管部门认真考虑以后再定。' },
    { id: 'c', text: '请主管部门认真考虑以后再定。' },
  ])
  expect(found.every(({ members }) => !(members.includes('a') && members.includes('b')))).toBe(true)
})
