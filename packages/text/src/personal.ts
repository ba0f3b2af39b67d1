// Personal data in what people write: proposals for a person to confirm before anything is published. Finds too much rather
// than too little; what it finds is never blacked out by itself.

export type PersonalKind = 'id_card' | 'phone' | 'email' | 'plate' | 'bank_card' | 'address' | 'name'
/** A place in the text (UTF-16 positions, end exclusive). */
export interface PersonalSpan {
  start: number
  end: number
  kind: PersonalKind
  text: string
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** Check digit of an identity number (GB 11643); people mistype, so a wrong one counts too where the date is a date. */
const isIdentity = (id: string): boolean => {
  const [month, day] = [Number(id.slice(10, 12)), Number(id.slice(12, 14))]
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0)
  return '10X98765432'[sum % 11] === id[17]?.toUpperCase() || /^[1-9]\d{5}(19|20)/.test(id)
}
/** Luhn, as bank cards have it. */
const isCard = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
const gaps = / |[-—.·•_]/gu
const gap = '[ \\-—.·•_]?'
// The hundred commonest surnames and those common among the Hui: where a word before or after says that a name stands here.
const surname =
  '(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤哈纳撒冶虎摆拜沙穆者牟锁妥苗锁麻苟铁买单])'
const given = '\\p{Script=Han}{1,2}'
/** What follows a name, rather than the rest of a word that begins like one. */
const afterName = '(?=[,，。；;、:：\\s（()]|反映|来电|来信|建议|认为|提出|说|称|$)'
const numeral = '[一二三四五六七八九十百零〇\\d]'
const patterns: ReadonlyArray<{
  kind: PersonalKind
  pattern: RegExp
  holds?: (plain: string) => boolean
  group?: number
}> = [
  {
    kind: 'id_card',
    pattern: new RegExp(`(?<!\\d)[1-9](?:${gap}\\d){16}${gap}[\\dXx](?!\\d)`, 'gu'),
    holds: isIdentity,
  },
  { kind: 'bank_card', pattern: new RegExp(`(?<!\\d)[3-6](?:${gap}\\d){15,18}(?!\\d)`, 'gu'), holds: isCard },
  { kind: 'phone', pattern: new RegExp(`(?<!\\d)(?:\\+?86${gap})?1[3-9](?:${gap}\\d){9}(?!\\d)`, 'gu') },
  {
    kind: 'phone',
    pattern:
      /(?<![零〇一二三四五六七八九十幺])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九十幺])/gu,
  },
  { kind: 'phone', pattern: /(?<!\d)\(?0\d{2,3}\)?[-— ]?\d{7,8}(?!\d)/gu },
  { kind: 'phone', pattern: /(?<!\d)[48]00[-— ]\d{3}[-— ]?\d{4}(?!\d)/gu },
  { kind: 'phone', pattern: /(?:电话|座机|手机|微信|QQ)(?:号码?)?[:：是为]?\s*([A-Za-z0-9_-]{5,20})/gu, group: 1 },
  {
    kind: 'email',
    pattern: /[A-Za-z0-9._%+-]+ ?(?:@|\(at\)|\[at\]) ?[A-Za-z0-9-]+(?: ?(?:\.|点|\(dot\)|\[dot\]) ?[A-Za-z0-9-]+)+/giu,
  },
  {
    kind: 'plate',
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Z] ?[-—·•.]? ?[A-Z0-9]{5,6}(?![A-Z0-9])/giu,
  },
  {
    kind: 'address',
    pattern:
      /(?:[\p{Script=Han}]{1,8}(?:乡|镇|街道))?[\p{Script=Han}]{1,8}(?:村|社区|小区|花园|家园|路|街|巷|胡同|大道)[\p{Script=Han}\d]{0,8}?\d{1,4}(?:号楼?|组|队|栋|幢|单元|室|户|弄)(?:[\p{Script=Han}]?\d{1,4}(?:号楼?|栋|幢|单元|室|户|层))*/gu,
  },
  {
    kind: 'address',
    pattern: new RegExp(
      `[\\p{Script=Han}]{2,12}(?:村|社区|小区|花园|家园|路|街|巷)[\\p{Script=Han}]{0,4}?${numeral}{1,4}(?:号楼?|组|队|栋|幢|单元|室|户|弄)(?:${numeral}{1,4}(?:号楼?|栋|幢|单元|室|户|层))*`,
      'gu',
    ),
  },
  {
    kind: 'address',
    pattern: /(?:(?:住址|家庭地址|通讯地址|联系地址)(?:[:：]|是|为)|家住|现住)\s*([\p{Script=Han}\d]{3,30})/gu,
    group: 1,
  },
  // Fifteen digits, as identity numbers were before 1999.
  {
    kind: 'id_card',
    pattern: /(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)/gu,
  },
  {
    kind: 'id_card',
    pattern:
      /(?:身份证|护照|通行证|社保卡|医保卡|驾驶证|驾照|证件|银行卡|存折|账号|账户|卡号)(?:尾号|号码?)?[:：是为]?\s*([A-Za-z0-9]{4,20})/gu,
    group: 1,
  },
  {
    kind: 'name',
    pattern: new RegExp(
      `(?:村民|居民|市民|群众|户主|签名|签字|署名|申请人|投诉人|举报人|反映人|联系人|我叫|[,、]叫|名叫)[:：]?\\s*(${surname}${given})${afterName}`,
      'gu',
    ),
    group: 1,
  },
  // Of such a village, such a person.
  {
    kind: 'name',
    pattern: new RegExp(
      `我们?是[\\p{Script=Han}]{1,10}?(?:村|镇|乡|社区|街道|县|市)的?(${surname}${given})${afterName}`,
      'gu',
    ),
    group: 1,
  },
  // Before a telephone number, or alone on a line as people sign.
  { kind: 'name', pattern: new RegExp(`(${surname}${given})(?=[\\s，,：:(]{0,3}1[3-9]\\d{9})`, 'gu'), group: 1 },
  { kind: 'name', pattern: new RegExp(`^[ \\u3000]*(${surname}${given})[ \\u3000]*$`, 'gmu'), group: 1 },
  {
    kind: 'name',
    pattern:
      /(?:我叫|我是|本人(?:姓名)?|姓名|署名|联系人|提出人|建议人|此致)[:：是为叫]?\s*([\p{Script=Han}]{2,4})(?=[，。；,;\s、（(]|$)/gu,
    group: 1,
  },
]

/**
 * Places that look like personal data, in order and without overlap. `names`: names of people (staff, the sender) that count
 * wherever they stand.
 */
export function personalData(text: string, names: readonly string[] = []): PersonalSpan[] {
  // Full-width digits and letters are looked at as ordinary ones; one for one, so that places stay.
  const plain = text.replace(/[！-～]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  const found: PersonalSpan[] = []
  const add = (start: number, end: number, kind: PersonalKind) => {
    if (!found.some((span) => start < span.end && end > span.start))
      found.push({ start, end, kind, text: text.slice(start, end) })
  }
  for (const { kind, pattern, holds, group } of patterns)
    for (const match of plain.matchAll(pattern)) {
      const [whole] = match
      const part = group === undefined ? whole : (match[group] ?? '')
      if (part === '' || (holds && !holds(part.replace(gaps, '')))) continue
      const start = match.index + whole.lastIndexOf(part)
      add(start, start + part.length, kind)
    }
  for (const name of names) {
    if (name.length < 2) continue
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      add(at, at + name.length, 'name')
  }
  return found.sort((a, b) => a.start - b.start)
}

/** The text with these places blacked out; each becomes 【略】 with what it was. Overlapping places are one. */
export function blackedOut(text: string, spans: ReadonlyArray<{ start: number; end: number; label: string }>): string {
  let at = 0
  let out = ''
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.end <= at) continue
    out += `${text.slice(at, Math.max(at, span.start))}〔${span.label}略〕`
    at = span.end
  }
  return out + text.slice(at)
}
