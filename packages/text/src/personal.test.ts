// Personal data as proposed: of what was planted in five hundred comments, how much is found, and how much too much.
import { describe, expect, it } from 'vitest'
import { blackedOut, type PersonalKind, personalData } from './personal.ts'

const kinds = (text: string, names: string[] = []) => personalData(text, names).map((x) => [x.kind, x.text])
describe('逐种辨认', () => {
  it.each([
    ['身份证号是110105199003078515。', [['id_card', '110105199003078515']]],
    ['身份证 110105 19900307 8515', [['id_card', '110105 19900307 8515']]],
    ['电话１３８００１３８０００', [['phone', '１３８００１３８０００']]],
    ['请打138-0013-8000联系', [['phone', '138-0013-8000']]],
    ['座机0955-4011234', [['phone', '0955-4011234']]],
    ['邮箱 zhang.san@example.com，谢谢', [['email', 'zhang.san@example.com']]],
    ['我的车宁A12345在路上', [['plate', '宁A12345']]],
    ['卡号6222021234567890128转入', [['bank_card', '6222021234567890128']]],
    ['我住在海城镇团结路12号3栋2单元501室', [['address', '我住在海城镇团结路12号3栋2单元501室']]],
    ['我叫李建国，是农机手', [['name', '李建国']]],
    ['电话一三八零零一三八零零零', [['phone', '一三八零零一三八零零零']]],
    ['请打138.0013.8000', [['phone', '138.0013.8000']]],
    ['请打138_0013_8000', [['phone', '138_0013_8000']]],
    ['座机（0955）4011234', [['phone', '（0955）4011234']]],
    ['座机0955—4011234', [['phone', '0955—4011234']]],
    ['打400-820-8820', [['phone', '400-820-8820']]],
    ['邮箱 zhang(at)qq.com', [['email', 'zhang(at)qq.com']]],
    ['邮箱 zhang @ qq.com', [['email', 'zhang @ qq.com']]],
    ['邮箱 zhang＠qq．com', [['email', 'zhang＠qq．com']]],
    ['车牌宁a12345', [['plate', '宁a12345']]],
    ['车牌宁A-D12345', [['plate', '宁A-D12345']]],
    ['车牌宁 A 12345', [['plate', '宁 A 12345']]],
    ['老证640522900307851', [['id_card', '640522900307851']]],
    ['护照E12345678', [['id_card', 'E12345678']]],
    ['社保卡号640000199003', [['id_card', '640000199003']]],
    ['家住三河镇四营村五组', [['address', '家住三河镇四营村五组']]],
    ['我住团结小区三号楼二单元', [['address', '我住团结小区三号楼二单元']]],
    ['住址：三河镇四营村', [['address', '三河镇四营村']]],
    ['村民王小明反映，', [['name', '王小明']]],
    ['我是海城镇王小明。', [['name', '王小明']]],
    ['我姓王，叫王小明', [['name', '王小明']]],
    ['谢谢！\n王小明\n', [['name', '王小明']]],
    [
      '王小明 13800138000',
      [
        ['name', '王小明'],
        ['phone', '13800138000'],
      ],
    ],
  ] as Array<[string, Array<[PersonalKind, string]>]>)('%s', (text, expected) => expect(kinds(text)).toEqual(expected))
  it.each([
    '补贴标准每亩120元，2026年执行。',
    '第三条第二款与国办发〔2018〕115号不一致。',
    '共计1234567890元',
    '群众方便办事，市民马路上走。',
    '不改变户籍地与居住地的登记。',
  ])('不是个人信息：%s', (text) => expect(kinds(text)).toEqual([]))
  it('名册里的姓名无论在哪里都算', () => expect(kinds('马建忠局长说过。', ['马建忠'])).toEqual([['name', '马建忠']]))
})
it('遮去以后不再有原来的字', () => {
  const text = '我叫李建国，电话13800138000。'
  const out = blackedOut(
    text,
    personalData(text).map(({ start, end }) => ({ start, end, label: '个人信息' })),
  )
  expect(out).toBe('我叫〔个人信息略〕，电话〔个人信息略〕。')
})
it('五百件：召回不低于百分之九十五，多找不超过百分之五', () => {
  const digits = (n: number, i: number) => String(10 ** n + ((i * 7919 + 13) % 10 ** n)).slice(1)
  const planted: Array<(i: number) => [PersonalKind, string, string]> = [
    (i) => ['phone', `139${digits(8, i)}`, '请打'],
    (i) => ['id_card', `640522199${i % 10}0${(i % 9) + 1}1${i % 10}${digits(3, i)}X`, '证件'],
    (i) => ['email', `user${i}@mail${i % 7}.example.cn`, '来信请寄 '],
    (i) => ['plate', `宁E${digits(5, i)}`, '车号'],
    (i) => ['address', `建设路${(i % 90) + 1}号`, '家在'],
    (i) => ['name', ['王秀兰', '马小军', '杨建国'][i % 3] ?? '', '我叫'],
  ]
  let [hit, wanted, extra] = [0, 0, 0]
  for (let i = 0; i < 500; i++) {
    const body = `关于第${(i % 20) + 1}条，建议补贴标准提高到${100 + i}元，自202${i % 7}年${(i % 12) + 1}月起执行。`
    const [kind, value, before] = planted[i % planted.length]?.(i) ?? ['phone', '', '']
    const has = i % 4 !== 3
    const text = has ? `${body}${before}${value}，谢谢。` : body
    const found = personalData(text)
    if (has) {
      wanted++
      const at = text.indexOf(value)
      if (found.some((x) => x.kind === kind && x.start <= at && x.end >= at + value.length)) hit++
      extra += found.filter((x) => x.end <= at || x.start >= at + value.length).length
    } else extra += found.length
  }
  console.info(`埋下${wanted}处，找到${hit}处（召回${((hit / wanted) * 100).toFixed(1)}%），多找${extra}处`)
  expect(hit / wanted).toBeGreaterThanOrEqual(0.95)
  expect(extra / (hit + extra)).toBeLessThanOrEqual(0.05)
})
