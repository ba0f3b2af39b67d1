// Document numbers (“发文字号”), order numbers (“令号”) and announcement numbers (“公告号”): what is written well, what is
// tolerated when old entries are imported, what is refused. 《党政机关公文处理工作条例》 9(5); GB/T 9704—2012 7.2.5: agency mark +
// year + sequence, Arabic numerals, full year, “〔〕”, no “第”, no leading zeros. Orders run across the years without a
// year (“四川省人民政府令第351号”); announcements carry “年…第…号”.
import { chineseNumeralCharacters, readChineseNumeral } from './chinese-numeral.ts'
import { NumberingError } from './numbering-error.ts'

export type NumberKind = 'document' | 'order' | 'announcement' | 'unknown'

export type NumberFaultCode =
  | 'not_text'
  | 'empty'
  | 'too_long'
  | 'several_numbers'
  | 'unrecognised'
  | 'prefix_missing'
  | 'prefix_characters'
  | 'prefix_too_long'
  | 'year_missing'
  | 'year_not_four_digits'
  | 'year_out_of_range'
  | 'year_first'
  | 'sequence_missing'
  | 'sequence_zero'
  | 'sequence_too_large'
  | 'sequence_malformed'
  // Tolerated on import, and flagged:
  | 'spaces'
  | 'full_width_digits'
  | 'wrong_brackets'
  | 'wrapped_in_brackets'
  | 'labelled'
  | 'trailing_characters'
  | 'superfluous_di'
  | 'missing_di'
  | 'missing_hao'
  | 'leading_zeros'
  | 'chinese_numerals'
  | 'year_suffix'
  | 'order_word_last'
  | 'joint_sign'
  | 'traditional_characters'

export interface NumberFault {
  code: NumberFaultCode
  message: string
}

export interface ParsedNumber {
  /** The text is written exactly as the rules want it (Chinese numerals are proper in an order: 令第十二号). */
  valid: boolean
  /** Not written properly, but its meaning is beyond doubt; `normalized` says how it should read. */
  tolerated?: boolean
  kind: NumberKind
  /** The agency mark (“海政规发”), or the issuer with “令” or “公告” (“四川省人民政府令”, “国家税务总局公告”): the name of the series. */
  prefix: string | null
  year: number | null
  seq: number | null
  /** The proper form, itself valid; null when refused. */
  normalized: string | null
  faults: NumberFault[]
}

const maximumSequence = 99_999
const maximumLength = 100
/** Of a number that several organs issue together, whose names all stand before it. */
const maximumJointLength = 400
const longestDocumentPrefix = 12
const longestIssuerPrefix = 40
const opening = '〔\\[［【(（﹝〈<＜「{｛'
const closing = '〕\\]］】)）﹞〉>＞」}｝'
const number = `[0-9]+|[${chineseNumeralCharacters}]+`

// A full stop, or a bracket that opens outside the cell; not the bracket that closes 令（第783号）.
const trailing = new RegExp(`(?<=[${closing}](?:${number})号)[${closing}。，、；,;.]+$`, 'u')

/** 代字 and issuer are ideographs only, as in the reference pattern of the rules (5.2). */
const prefixPattern = /^[\u4e00-\u9fff]+$/
/** 法（经）复: the courts of the eighties and nineties put the chamber into the 代字. */
const prefixWithChamber = /^[\u4e00-\u9fff]{1,6}（[\u4e00-\u9fff]{1,4}）[\u4e00-\u9fff]{0,6}$/
const seriesWords: Array<[RegExp, NumberKind]> = [
  [/令$/, 'order'],
  [/(?:公告|通告)$/, 'announcement'],
]

const bracketForm = new RegExp(
  `^(?<prefix>.*?)(?<di1>第?)(?<open>[${opening}])(?<year>[0-9]+|[${chineseNumeralCharacters}]+)(?<nian>年?)(?<close>[${closing}])(?<di2>第?)(?<seq>${number})(?<hao>号?)$`,
  'u',
)
const yearForm = new RegExp(
  `^(?<prefix>.*?(?:令|公告|通告))(?<open>[${opening}]?)(?<year>[0-9]{4}|[一二][一二三四五六七八九〇零○]{3})年(?<di>第?)(?<seq>${number})(?<hao>号?)(?<close>[${closing}]?)$`,
  'u',
)
const plainForm = new RegExp(
  `^(?<prefix>.*?(?:令|公告|通告))(?<open>[${opening}]?)(?<di>第?)(?<seq>${number})(?<hao>号?)(?<close>[${closing}]?)$`,
  'u',
)
const wordLastForm = new RegExp(
  `^(?<issuer>.*?)(?:(?<year>[0-9]{4})年)?(?<di>第)(?<seq>${number})号(?<word>令|公告|通告)$`,
  'u',
)

/** What the name of an organ ends with. */
const organEnd = /(?:部|委|委员会|局|署|院|厅|行|会|办|办公室|政府|中心|社|公司|部队|总队|支队|大队)$/u
const organName = /^[\u4e00-\u9fff]{2,40}$/u
/** “市场监管总局（标准委）”: the organ that acts for another one. */
const organWithName = /^[\u4e00-\u9fff]{2,40}（[\u4e00-\u9fff]{2,10}）$/u
const isOrgan = (name: string): boolean => organName.test(name) && organEnd.test(name)
const seriesBegins = /联合(?=公告|通告|令)|令|公告|通告|[12][0-9]{3}年|第/u

/** 文号：, 发文字号: as index tables and portals print them. */
const label =
  /^[\s\u3000]*(?:发\s{0,4}文\s{0,4}字\s{0,4}号|发文号|公文字号|文件编号|文\s{0,4}号|字\s{0,4}号|编\s{0,4}号)\s{0,4}[:：]/u

const messages: Record<NumberFaultCode, string> = {
  not_text: '不是文本',
  empty: '内容为空',
  too_long: `超过${maximumLength}个字符`,
  several_numbers: '含有多个字号；联合行文只使用主办机关的发文字号',
  unrecognised: '不是发文字号、令号或者公告号的写法',
  prefix_missing: '缺少机关代字或者发布机关名称',
  prefix_characters: '机关代字只能由汉字组成',
  prefix_too_long: `机关代字超过${longestDocumentPrefix}个字`,
  year_missing: '缺少用六角括号〔〕括入的年份',
  year_not_four_digits: '年份应当标全称（四位数）',
  year_first: '年份写在机关代字之前，是旧时的写法：查找老文件照原样写，新文件写作“代字〔年份〕顺序号”',
  year_out_of_range: '年份应当在1900年至2099年之间',
  sequence_missing: '缺少顺序号',
  sequence_zero: '顺序号应当从1开始',
  sequence_too_large: `顺序号不得超过${maximumSequence}`,
  sequence_malformed: '顺序号写法有误',
  spaces: '含有空格',
  full_width_digits: '使用了全角数字',
  wrong_brackets: '年份应当用六角括号〔〕括入',
  wrapped_in_brackets: '字号被括号括入',
  labelled: '字号之前的栏名（“文号：”等）不是字号的一部分',
  trailing_characters: '末尾有多余的标点或者括号',
  superfluous_di: '顺序号不加“第”字',
  missing_di: '令号、公告号应当写作“第…号”',
  missing_hao: '顺序号后应当加“号”字',
  leading_zeros: '顺序号不编虚位（不以0开头）',
  chinese_numerals: '应当使用阿拉伯数字',
  year_suffix: '括号内的年份不加“年”字',
  order_word_last: '应当写作“令第…号”',
  joint_sign: '联合发布的，机关名称之间建议用顿号',
  traditional_characters: '使用了繁体字',
}

/** Brackets that look like those of a number, and 號: each as the sign it stands for, as long as before. */
const lookalikes: Record<string, string> = Object.fromEntries(
  [
    ...'﹙（﹚）❨（❩）⦅（⦆）⸨（⸩）⟮（⟯）⟨〈⟩〉❮〈❯〉‹〈›〉〖【〗】〘【〙】⟦【⟧】❲〔❳〕〚【〛】號号'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, sign = '', read = '']) => [sign, read]),
)
const lookalike = new RegExp(`[${Object.keys(lookalikes).join('')}０-９]`, 'gu')
/** A text with the brackets of small form, the mathematical ones, 號 and full-width digits as numbers are written; same length. */
export const numberSigns = (text: string): string =>
  text.replace(lookalike, (sign) => lookalikes[sign] ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

/** Traditional characters of 代字 and of the names of organs. */
const traditional =
  '財财稅税發发規规國国務务辦办農农業业環环資资審审監监衛卫勞劳動动會会計计長长廳厅廣广東东寧宁蘇苏漢汉陝陕贛赣滬沪雲云貴贵遼辽龍龙內内縣县區区鄉乡鎮镇銀银證证險险電电質质檢检標标準准術术學学體体總总聯联軍军組组紀纪黨党團团婦妇殘残協协價价費费運运鐵铁氣气測测災灾應应預预備备條条車车場场島岛衝冲溝沟門门陽阳陰阴濟济魯鲁瀋沈鄭郑許许吳吴莊庄葉叶鹽盐達达寶宝興兴樂乐義义華华藝艺專专創创單单員员維维穩稳網网訊讯報报紙纸圖图書书館馆檔档歷历遺遗產产權权關关際际貿贸進进經经濱滨灣湾澤泽漁渔獸兽種种糧粮穀谷礦矿綠绿護护園园繕缮築筑設设築筑處处復复請请覆覆批批辭辞訓训師师範范衆众眾众與与裝装備备據据數数點点萬万億亿劃划療疗藥药醫医驗验憲宪調调統统戰战對对臺台灣湾僑侨歸归慶庆贊赞溫温嶺岭閩闽黃黄齊齐齡龄爾尔瀏浏澗涧沖冲匯汇淨净滅灭災灾貧贫鄰邻郵邮'
const simplifiedOf = new Map(
  [...traditional.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']): [string, string] => [from, to]),
)
const simplified = (text: string): string => [...text].map((one) => simplifiedOf.get(one) ?? one).join('')

const fault = (code: NumberFaultCode): NumberFault => ({ code, message: messages[code] })

/**
 * Reads a 发文字号, 令号 or 公告号. Never throws: what cannot be read comes back with `kind: 'unknown'` or the kind that was
 * recognised, `normalized: null` and the reasons in `faults`.
 */
export function parseNumber(text: string): ParsedNumber {
  if (typeof text !== 'string') return refused('unknown', [fault('not_text')])
  const faults: NumberFault[] = []
  if (text.length > 4 * maximumJointLength) return refused('unknown', [fault('too_long')])
  const cleaned = clean(text, faults)
  if (cleaned === '') return refused('unknown', [fault('empty')])
  if (cleaned.length > (cleaned.includes('、') ? maximumJointLength : maximumLength))
    return refused('unknown', [fault('too_long')])
  const groups = (pattern: RegExp): Record<string, string> | undefined => pattern.exec(cleaned)?.groups

  const bracket = groups(bracketForm)
  if (bracket) return readBracketForm(bracket, faults)
  const withYear = groups(yearForm)
  if (withYear) return readYearForm(withYear, faults)
  const plain = groups(plainForm)
  if (plain) return readPlainForm(plain, faults)
  const wordLast = groups(wordLastForm)
  if (wordLast) {
    faults.push(fault('order_word_last'))
    const read = wordLast.year === undefined ? readPlainForm : readYearForm
    return read({ ...wordLast, prefix: `${wordLast.issuer}${wordLast.word}`, hao: '号' }, faults)
  }
  return refused('unknown', [fault(whyUnrecognised(cleaned))])
}

/** `海政规发` + 2026 + 12 → `海政规发〔2026〕12号`. Refuses a 代字 that is not 1–12 ideographs, a wrong year or number. */
export function formatDocumentNumber(parts: { prefix: string; year: number; seq: number }): string {
  return formatted(`${parts.prefix}〔${parts.year}〕${parts.seq}号`, parts)
}

/** `四川省人民政府令` + 351 → `四川省人民政府令第351号`; with a year `…令2023年第2号`. The prefix ends in 令. */
export function formatOrderNumber(parts: { prefix: string; year?: number | null; seq: number }): string {
  if (!/令$/.test(parts.prefix)) throw new NumberingError('invalid_prefix', '令号的前缀应当以“令”结尾')
  return formatted(`${parts.prefix}${yearPart(parts.year)}第${parts.seq}号`, parts)
}

/** `国家税务总局公告` + 2026 + 19 → `国家税务总局公告2026年第19号`. The prefix ends in 公告 or 通告. */
export function formatAnnouncementNumber(parts: { prefix: string; year?: number | null; seq: number }): string {
  if (!/(?:公告|通告)$/.test(parts.prefix)) {
    throw new NumberingError('invalid_prefix', '公告号的前缀应当以“公告”或者“通告”结尾')
  }
  return formatted(`${parts.prefix}${yearPart(parts.year)}第${parts.seq}号`, parts)
}

function yearPart(year: number | null | undefined): string {
  return year === null || year === undefined ? '' : `${year}年`
}

// What is formatted is read back: a number that this package would not call valid never leaves it.
function formatted(text: string, parts: { prefix: string; year?: number | null; seq: number }): string {
  const parsed = parseNumber(text)
  const asGiven =
    parsed.prefix === parts.prefix && parsed.year === (parts.year ?? null) && Object.is(parsed.seq, parts.seq)
  if (parsed.valid && asGiven) return text
  const reason = parsed.faults[0]
  const code = reason?.code.startsWith('year')
    ? 'invalid_year'
    : reason?.code.startsWith('sequence')
      ? 'invalid_sequence'
      : 'invalid_prefix'
  throw new NumberingError(code, `不能编为“${text}”：${reason?.message ?? '前缀含有字号的组成部分'}`)
}

function clean(labelled: string, faults: NumberFault[]): string {
  const given = labelled.replace(label, '')
  if (given !== labelled) faults.push(fault('labelled'))
  const text = withJointNames(given, faults)
  let cleaned = text.replace(/[\s\u3000\u00a0\u200b-\u200f\u2060\ufeff]+/gu, '')
  if (cleaned !== text && cleaned !== '') faults.push(fault('spaces'))
  const narrow = cleaned.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  if (narrow !== cleaned) faults.push(fault('full_width_digits'))
  // A 代字 of any ideographs is proper (rules 5.2); with 號 the whole is written in traditional characters.
  const inTraditional = narrow.includes('號')
  if (inTraditional) faults.push(fault('traditional_characters'))
  const plain = numberSigns(inTraditional ? simplified(narrow) : narrow)
  cleaned = plain
  const wrapped = new RegExp(`^[${opening}](.*号)[${closing}]$`, 'u').exec(cleaned)?.[1]
  if (wrapped === undefined) {
    const trimmed = cleaned.replace(trailing, '')
    if (trimmed !== cleaned) faults.push(fault('trailing_characters'))
    return trimmed
  }
  faults.push(fault('wrapped_in_brackets'))
  return wrapped
}

/** 财政部 税务总局公告…: the organs parted by 、, and said when something else parted them. */
function withJointNames(text: string, faults: NumberFault[]): string {
  const trimmed = text.trim()
  const end = trimmed.search(seriesBegins)
  if (end <= 0) return text
  const names = trimmed.slice(0, end)
  const parts = names
    .trim()
    .split(/\s+|\s?[、，,；;/·•]\s?/u)
    .flatMap(parted)
  if (parts.length < 2 || !parts.every(isOrgan)) return text
  const joined = parts.join('、')
  if (joined === names) return text
  faults.push(fault('joint_sign'))
  return joined + trimmed.slice(end)
}

/** “财政部和税务总局” are two; “工业和信息化部” is one. */
function parted(names: string): string[] {
  for (const sign of names.matchAll(/和|与|会同/gu)) {
    const [before, after] = [names.slice(0, sign.index), names.slice(sign.index + sign[0].length)]
    if (isOrgan(before) && isOrgan(after)) return [before, ...parted(after)]
  }
  return [names]
}

function readBracketForm(groups: Record<string, string>, faults: NumberFault[]): ParsedNumber {
  const prefix = (groups.prefix ?? '').replace(/[(（〔[［]([\u4e00-\u9fff]{1,4})[)）〕\]］]/u, '（$1）')
  if (groups.open !== '〔' || groups.close !== '〕') faults.push(fault('wrong_brackets'))
  if (groups.di1 || groups.di2) faults.push(fault('superfluous_di'))
  if (groups.nian) faults.push(fault('year_suffix'))
  if (!groups.hao) faults.push(fault('missing_hao'))
  const kind = kindOf(prefix)
  const year = readYear(groups.year ?? '', faults)
  const seq = readSequence(groups.seq ?? '', faults, false)
  return conclude(kind, prefix, year, seq, faults, (y, s) => `${prefix}〔${y}〕${s}号`)
}

function readYearForm(groups: Record<string, string>, faults: NumberFault[]): ParsedNumber {
  const prefix = groups.prefix ?? ''
  if (Boolean(groups.open) !== Boolean(groups.close)) return refused(kindOf(prefix), [fault('unrecognised')])
  if (groups.open) faults.push(fault('wrapped_in_brackets'))
  if (!groups.di) faults.push(fault('missing_di'))
  if (!groups.hao) faults.push(fault('missing_hao'))
  const year = readYear(groups.year ?? '', faults)
  const seq = readSequence(groups.seq ?? '', faults, false)
  return conclude(kindOf(prefix), prefix, year, seq, faults, (y, s) => `${prefix}${y}年第${s}号`)
}

function readPlainForm(groups: Record<string, string>, faults: NumberFault[]): ParsedNumber {
  const prefix = groups.prefix ?? ''
  const opened = Boolean(groups.open)
  if (opened !== Boolean(groups.close)) return refused(kindOf(prefix), [fault('unrecognised')])
  if (opened) faults.push(fault('wrapped_in_brackets'))
  if (!groups.di) faults.push(fault('missing_di'))
  if (!groups.hao) faults.push(fault('missing_hao'))
  const seq = readSequence(groups.seq ?? '', faults, true)
  return conclude(kindOf(prefix), prefix, undefined, seq, faults, (_, s) => `${prefix}第${s}号`)
}

function kindOf(prefix: string): NumberKind {
  return seriesWords.find(([word]) => word.test(prefix))?.[1] ?? 'document'
}

function readYear(text: string, faults: NumberFault[]): number | NumberFaultCode {
  let digits = text
  if (!/^[0-9]+$/.test(text)) {
    const value = text.length === 4 ? readChineseNumeral(text) : null
    if (value === null) return 'year_not_four_digits'
    digits = String(value)
    faults.push(fault('chinese_numerals'))
  }
  if (digits.length !== 4) return 'year_not_four_digits'
  const year = Number(digits)
  return year >= 1900 && year <= 2099 ? year : 'year_out_of_range'
}

function readSequence(text: string, faults: NumberFault[], chineseIsProper: boolean): number | NumberFaultCode {
  let digits = text
  if (!/^[0-9]+$/.test(text)) {
    const value = readChineseNumeral(text)
    if (value === null) return 'sequence_malformed'
    if (!chineseIsProper) faults.push(fault('chinese_numerals'))
    digits = String(value)
  }
  const stripped = digits.replace(/^0+/, '')
  if (stripped === '') return 'sequence_zero'
  if (stripped !== digits) faults.push(fault('leading_zeros'))
  return stripped.length > 5 ? 'sequence_too_large' : Number(stripped)
}

function conclude(
  kind: NumberKind,
  prefix: string,
  year: number | NumberFaultCode | undefined,
  seq: number | NumberFaultCode,
  faults: NumberFault[],
  write: (year: number | undefined, seq: number) => string,
): ParsedNumber {
  const reasons: NumberFaultCode[] = []
  const prefixFault = whyPrefixRefused(prefix, kind)
  if (prefixFault) reasons.push(prefixFault)
  if (typeof year === 'string') reasons.push(year)
  if (typeof seq === 'string') reasons.push(seq)
  if (reasons.length > 0 || typeof year === 'string' || typeof seq === 'string') {
    return refused(kind, [...reasons.map(fault), ...unique(faults)])
  }
  const result: ParsedNumber = {
    valid: faults.length === 0,
    kind,
    prefix,
    year: year ?? null,
    seq,
    normalized: write(year, seq),
    faults: unique(faults),
  }
  if (faults.length > 0) result.tolerated = true
  return result
}

function whyPrefixRefused(prefix: string, kind: NumberKind): NumberFaultCode | null {
  const issuer = kind === 'document' ? prefix : prefix.replace(/(?:令|公告|通告)$/, '')
  if (issuer === '') return 'prefix_missing'
  if (/号/.test(prefix)) return 'several_numbers'
  // In orders and announcements issued jointly, the authorities are separated by “、”.
  const parts = kind === 'document' ? [prefix] : issuer.split('、')
  const named = (part: string): boolean => prefixPattern.test(part) || (kind !== 'document' && organWithName.test(part))
  if (!parts.every(named) && !(kind === 'document' && prefixWithChamber.test(prefix))) return 'prefix_characters'
  return parts.some((part) => part.length > (kind === 'document' ? longestDocumentPrefix : longestIssuerPrefix))
    ? 'prefix_too_long'
    : null
}

function whyUnrecognised(text: string): NumberFaultCode {
  if (new RegExp(`^[${opening}][0-9]{2,4}年?[${closing}][\\u4e00-\\u9fff]{1,12}第?[0-9]{1,5}号$`, 'u').test(text))
    return 'year_first'
  if (/号.*[、，,;；/及和].*号/u.test(text)) return 'several_numbers'
  if (new RegExp(`^第(?:${number})号?$`, 'u').test(text)) return 'prefix_missing'
  const bracketed = new RegExp(`[${opening}]([^${closing}]*)[${closing}]`, 'u').exec(text)?.[1]
  if (bracketed !== undefined) {
    if (!/^(?:19|20)?[0-9]{2}年?$/.test(bracketed)) return 'year_not_four_digits'
    return /[〕\]］】)）﹞〉>＞」}｝]第?号?$/u.test(text) ? 'sequence_missing' : 'sequence_malformed'
  }
  return /^[\u4e00-\u9fff]+第?[0-9-]*年?第?[0-9]+号?$/u.test(text) ? 'year_missing' : 'unrecognised'
}

function unique(faults: NumberFault[]): NumberFault[] {
  return faults.filter((item, index) => faults.findIndex((other) => other.code === item.code) === index)
}

function refused(kind: NumberKind, faults: NumberFault[]): ParsedNumber {
  return { valid: false, kind, prefix: null, year: null, seq: null, normalized: null, faults }
}
