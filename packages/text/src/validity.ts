// From when a text is in force and until when, as the text itself says it: `自…起施行`, `有效期五年`, `至…止`, `五年后自动失效`.
import { readChineseNumeral } from '@dianzhang/numbering'
import { pairTable } from './pairs.ts'

/** 施行日期 as a text states it. Offsets are UTF-16 code units of the text. */
export interface StatedEffect {
  start: number
  end: number
  /** YYYY-MM-DD; null when it hangs on the day of issue or on another event. */
  date: string | null
  /** From the day of printing, issue or publication (`自印发、发布、公布之日起`). */
  onIssue: boolean
}
/** Validity, trial period or day of lapse (“有效期”, “试行期”, “失效日期”) as a text states it. */
export interface StatedValidity {
  start: number
  end: number
  /** `span`: so long; `until`: up to a day; `unlimited`: 长期有效; `unread`: it is spoken of, but no length can be read. */
  kind: 'span' | 'until' | 'unlimited' | 'unread'
  /** How long, in months; of `span`. Null when it is so many days. */
  months: number | null
  /** How long, in days (180天); of `span`. */
  days: number | null
  /** The last day in force, as written (YYYY-MM-DD); of `until`. 2031年12月 and 2031年底 are their last day. */
  until: string | null
  /** The first day when the same words state it (自…至…), else null. */
  from: string | null
  /** 大写 or another way of writing that is read, but should not stand: 伍年, 五年度. */
  unusual: boolean
}
export interface StatedTerms {
  effective: StatedEffect[]
  validity: StatedValidity[]
}

const s = '[ \\t\\u3000\\u00a0]{0,4}'
const number = '(?:[0-9]{1,4}|[一二三四五六七八九十百两廿]{1,5}|半)'
/** Terms as written: `五年`, `36个月`, `八个年度`, `一年半`, `一年六个月`, `半年`, `5（五）年`, `60个月`, `3—5年`, `180天`. */
const duration = `(${number}(?:${s}[-－—–~～至到]${s}${number})?)(?:${s}[（(]${s}${number}${s}[）)])?${s}(?:个)?${s}(周年|自然年|年度|年|个月|月|天|日)(?:(?<=年)${s}(?:零|又|加)?${s}(半|${number}${s}个?${s}月)(?!底)|(?![\\d日度份底]))`
const date =
  '(?:[12][0-9]{3}\\s{0,2}年\\s{0,2}[0-9]{1,2}\\s{0,2}月\\s{0,2}[0-9]{1,2}\\s{0,2}日|[一二三四五六七八九零]{4}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十]{1,3}日|[12][0-9]{3}\\s?[-./]\\s?[0-9]{1,2}\\s?[-./]\\s?[0-9]{1,2}日?|[12][0-9]{3}年[0-9]{1,2}月底?|[12][0-9]{3}年年?底)'
const hour = '(?:24时|零时|0时)?'
const act = '(?:施行|实施|执行|实行|试行|暂行|生效|适用|有效)'
/** The word the length belongs to. */
const term = `(?:(?:政策|文件|规定)?有效(?:期限|期间|年限|时间|期)?|(?:施行|实施|执行|实行|试行|暂行|适用|政策)(?:有效)?(?:期限|期间|年限|时间|期)|期限|时效|时限)`
const link = `(?:${s}(?:暂定为?|暂为|定为|规定为|确定为|限为|限|为|是|共计?|计|最长为?|不超过|满|至|到|：|:|，|（|\\(|自[^。；\\n]{0,40}?起(?:计算|算|至|，)?|从[^。；\\n]{0,40}?起(?:计算|算|至|，)?))*`
const dash = '[-－—–−~～―至到]{1,2}'
const endWord =
  '(?:自动|自行|自然|即行|即|同时|予以|一律)?(?:失效|废止|终止|停止执行|停止施行|停止实施|不再执行|不再施行|不再实施|不再有效|失去效力|到期)'

const spanPattern = new RegExp(`${term}(?:${link})${s}${duration}`, 'gu')
/** `试行两年`, `暂行6年`, `有效五年`: only in the sentence that speaks of the text itself. */
const barePattern = new RegExp(
  `(?:(?:施行|实施|执行|实行|试行|暂行|有效|适用|为期|试运行|存续)(?:期)?(?:限?为)?|(?<=[，,；]${s})(?:暂定为?|时间(?:暂定|为)?|期间为?|以))${s}(?:满${s})?${duration}(?!以|来|内|之?前|多|间|的|计划|规划|行动|滚动|后再|一)`,
  'gu',
)
/** A term and what follows it: `五年后自动失效`, `满三年自行废止`, `期满五年即行失效`. */
const afterPattern = new RegExp(
  `(?:满|届满|期满)?${s}${duration}(?:(?:届满|期满|满)?(?:以后|之后|后)?${s}[，,]?(?:本[^。；，\\n]{1,10})?${endWord}|(?:之|以)?内?${s}有效(?![的期])|为[期限](?![^，。；、\\n]))`,
  'gu',
)
/** A span of years: `实施期为2026—2030年`. */
const yearsPattern = new RegExp(
  `${term}(?:${link})${s}([12][0-9]{3})年?${s}[-－—–−~～至到]{1,2}${s}([12][0-9]{3})年(?![0-9])`,
  'gu',
)
const untilPattern = new RegExp(
  `${term}(?:(?!有效期|试行期|暂行期|《)[^。；\\n]){0,40}?(?:截至|截止到?|延至|延长至|延续至|[至到]|${dash})${s}(${date})${hour}`,
  'gu',
)
/** 执行至2031年11月30日: only in the sentence that speaks of the text itself. */
const bareUntilPattern = new RegExp(
  `(?:施行|实施|执行|实行|试行|暂行|有效|适用)(?:(?!《)[^。；\\n]){0,12}?(?:截至|截止到?|延续?至|延长至|[至到])${s}(${date})${hour}`,
  'gu',
)
const endsPattern = new RegExp(
  `(?:截至|截止到?|[至到])${s}(${date})${hour}(?:止|为止|终止|届满|期满|期间有效|内?有效|${endWord})|(${date})${hour}${s}(?:期满|届满|到期|终止|截止)|(${date})${hour}(?:起)?${s}${endWord}|(?:失效|废止|截止|终止)(?:日期|时间)${s}(?:为|是|：|:)?${s}(${date})`,
  'gu',
)
const stretchPattern = new RegExp(`(${date})${s}起?${s}(?:施行|实施|执行)?${s}[，,]?${s}${dash}${s}(${date})`, 'gu')
const unlimitedPattern =
  /长期(?:有效|执行|施行|实施|适用)|永久有效|不设有效期|有效期(?:限)?(?:为|：)?(?:长期|永久|不限|无限期)|无(?:固定)?有效期(?:限制)?/gu
const spokenOf =
  /有效期(?![内外满]|届满)|有效至|(?:试行|暂行)期|(?:施行|执行|实施)期限|(?:失效|废止)(?:日期|时间)[为是：:]/gu
/** Counted from issue: `发布之日`, `发布之日起第31日`, `发布三十日后`. */
const issue =
  '(?:印发|发布|公布|颁布|发文|下发|签发|公告|通告)(?:之?日|(?=(?:满|后)?[0-9一二三四五六七八九十]{1,3}个?(?:工作)?日))(?:(?:起|后)?(?:满|第)?[0-9一二三四五六七八九十]{1,3}个?(?:工作)?日(?:后|起)?)?'
const effectPattern = new RegExp(
  `(?:(?:自|从|于|在)${s})?(${date}|[12][0-9]{3}年[0-9]{1,2}月)(?:零时|0时)?${s}(?:起|开始)${s}[^。；\\n]{0,6}?${act}(?!的)|(?:自|从|于|在)${s}(?:(${date})(?:零时|0时)?|(${issue})|[^，。；\\n]{1,20}?之日)${s}(?:起|开始)?${s}[^。；\\n]{0,6}?${act}(?!的${s}《)|(?:施行|生效|实施|执行)(?:日期|时间)${s}(?:为|是|：|:)?${s}(?:(${date}))?|(?:有效|试行|执行|施行)期限?[^。；\\n]{0,20}?(?:自|从)${s}(${date})(?:起|开始)?(?:计算|起算|算起)`,
  'gu',
)

/** What has a 有效期 of its own and is not the text: a licence, a list. */
const other =
  /(?:证|证书|执照|许可|资质|合同|协议|名录|名单|目录库|库|标识|标志|批文|批复|报告|报价|结果|成果|资格|保函|承诺书?|称号|[公铭号]牌|卡|券|药品|食品|产品|疫苗|意见书|登记|通行证|凭证|证明|评价|认定|评估|评审|测评|备案|公示|公告栏|投标|质保|保修|租赁|借款|贷款|担保|项目|工程|规划|计划|合作|经营|使用权|承包|委托|监管|考核)(?:书)?(?:的|之|，|,|其|在)?$/u
/** Another document's: `原办法有效期五年`. */
const another =
  /(?:原|旧|前述|上述|该)(?:办法|规定|细则|意见|方案|通知|政策|规则|文件|制度)(?:的|之)?(?:有效期限?|试行期|暂行期)?(?:为|是)?$/u
const itself =
  /本(?:办法|规定|细则|意见|方案|通知|通告|公告|决定|措施|政策|规则|规程|制度|标准|指南|指引|文件|预案|条例)(?!所称|规定|中的?|核发|颁发|发放|确定的?|认定|要求|明确)|(?:自|从)[^。；\n]{1,40}起[^。；\n]{0,6}(?:施行|实施|执行|试行|生效)/u

/** Digits of any width, 大写 and 〇 as the patterns expect them; same length, so that offsets hold. */
function levelled(source: string): string {
  if (!/[０-９壹贰叁肆伍陆柒捌玖拾佰貳參陸弍弎〇○ＯО．／]/u.test(source)) return source
  return source.replace(/[０-９壹贰叁肆伍陆柒捌玖拾佰貳參陸弍弎〇○ＯО．／]/gu, (sign) => {
    const code = sign.charCodeAt(0)
    if (code >= 0xff10 && code <= 0xff19) return String.fromCharCode(code - 0xfee0)
    return capitals[sign] ?? sign
  })
}
const capitals: Record<string, string> = {
  壹: '一',
  贰: '二',
  貳: '二',
  弍: '二',
  叁: '三',
  參: '三',
  弎: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  陸: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  〇: '零',
  '○': '零',
  Ｏ: '零',
  О: '零',
  '．': '.',
  '／': '/',
}
const capitalSign = /[壹贰叁肆伍陆柒捌玖拾佰貳參陸]/u

const numeralValue = (written: string): number | null =>
  /^[0-9]+$/u.test(written)
    ? Number(written)
    : written === '半'
      ? 0.5
      : readChineseNumeral(written.replaceAll('两', '二').replaceAll('廿', '二十'))

function monthsOf(written: string, unit: string, half: string | undefined): number | null {
  const last =
    written
      .split(/[-－—–~～至到]/u)
      .at(-1)
      ?.trim() ?? ''
  const value = numeralValue(last)
  if (value === null || value === 0 || value > (unit.endsWith('月') ? 1200 : 100)) return null
  if (unit === '月' || unit === '个月') return Number.isInteger(value) ? value : null
  const more = half === undefined ? 0 : half === '半' ? 6 : numeralValue(half.replace(/\s*个?\s*月$/u, ''))
  return more === null ? null : value * 12 + more
}
/** 180天, 九十日; null for what is no whole number. */
function daysOf(written: string): number | null {
  const value = /[-－—–~～至到]/u.test(written) ? null : numeralValue(written.trim())
  return value === null || !Number.isInteger(value) || value === 0 || value > 3660 ? null : value
}

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const two = (value: number): string => String(value).padStart(2, '0')

/** A date in any of the usual ways as YYYY-MM-DD; a month or the end of a year is its last day; null for 2月30日. */
export function readStatedDate(given: string): string | null {
  const written = levelled(given).replace(/\s/gu, '')
  const parts =
    /^(.{4})(?:年年?底|[年\-./]([0-9一二三四五六七八九十元]{1,3})(?:[月\-./]底?([0-9一二三四五六七八九十]{1,3})?日?)?)/u.exec(
      written,
    )
  if (parts === null) return null
  const [, year = '', month, day] = parts
  const y = /^[0-9]{4}$/u.test(year) ? Number(year) : digitsOf(year)
  if (y === null || y < 1900 || y > 2200) return null
  const m = month === undefined ? 12 : month === '元' ? 1 : numeralValue(month)
  if (m === null || m < 1 || m > 12) return null
  const most = new Date(Date.UTC(y, m, 0)).getUTCDate()
  const d = day === undefined ? most : numeralValue(day)
  return d === null || d < 1 || d > most ? null : `${y}-${two(m)}-${two(d)}`
}
/** The same of the day something begins: 2026年12月 is its first day. */
const firstDayOf = (written: string): string | null => {
  const read = readStatedDate(written)
  return read !== null && /月$/u.test(written.trim()) ? `${read.slice(0, 8)}01` : read
}
function digitsOf(year: string): number | null {
  const digits = [...year].map((one) => '零一二三四五六七八九'.indexOf(one))
  return digits.some((digit) => digit < 0) ? null : Number(digits.join(''))
}

/** The last day of a stretch of so many months that begins on a day: from 2026-12-01 sixty months end on 2031-11-30. */
export function lastDayOf(from: string, months: number): string {
  const [y = 0, m = 1, d = 1] = from.split('-').map(Number)
  const first = new Date(Date.UTC(y, m - 1 + months, 1))
  const most = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  // 2026-01-31 and one month: the month has no such day, its last one is meant.
  const end = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), d > most ? most : d - 1))
  return `${end.getUTCFullYear()}-${two(end.getUTCMonth() + 1)}-${two(end.getUTCDate())}`
}

/** A sentence without any of these says nothing of the time of the text. */
const telling = /施行|实施|执行|实行|试行|暂行|生效|有效|失效|废止|适用|时效|期限|期为|终止|截[至止]|不再/u
/** Every length ends like this: a number, 个 or a bracket before its unit. */
const lasting = /[0-9一二三四五六七八九十百两廿半）)个 \t\u3000\u00a0](?:周年|自然年|年|个?月|天|日)/u
/** Every date begins like this. */
const dated = /[12][0-9]{3}\s{0,2}[年\-./]|[一二三四五六七八九零]{4}年|[12][0-9]{3}\s{0,4}[-－—–−~～―至到]/u
const longestSentence = 500
/** So many statements are read of one sentence: nobody writes more. */
const mostInSentence = 8

/** The pairs `telling` begins or ends with. */
const tellingPairs = pairTable([
  ['施实执试暂', '行施'],
  ['生有失时', '效'],
  ['废终截', '止至'],
  ['适', '用'],
  ['期', '限为'],
  ['不', '再'],
])
const endsSentence = (code: number): boolean => code === 0x3002 || code === 0xff1b || code === 10 || code === 13

/**
 * What a text says of its own time. In: plain text; `skipped` tells places that are not its own words (what an amendment
 * quotes). Out: in order; the 有效期 of licences and lists the text speaks of is left out. Linear.
 */
export function statedTerms(source: string, skipped: (at: number) => boolean = () => false): StatedTerms {
  const terms: StatedTerms = { effective: [], validity: [] }
  const { first, second } = tellingPairs
  // Up to a full stop, a semicolon or the end of the line; what runs on without end is cut.
  for (let from = 0, at = 0; from < source.length; from = at) {
    let pairs = 0
    let before = 10
    const limit = Math.min(source.length, from + longestSentence)
    for (at = from; at < limit; at++) {
      const code = source.charCodeAt(at)
      if (endsSentence(code)) break
      pairs |= (first[before] ?? 0) & (second[code] ?? 0)
      before = code
    }
    if (pairs !== 0) {
      const sentence = source.slice(from, at)
      if (telling.test(sentence)) inSentence(levelled(sentence), from, source, skipped, terms)
    }
    while (at < source.length && endsSentence(source.charCodeAt(at))) at++
  }
  return terms
}

function matchesOf(pattern: RegExp, sentence: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  for (const match of sentence.matchAll(pattern)) {
    found.push(match)
    if (found.length === mostInSentence) break
  }
  return found
}

function inSentence(
  sentence: string,
  from: number,
  source: string,
  skipped: (at: number) => boolean,
  terms: StatedTerms,
): void {
  const timed = /年|月|[日天]|[-./][0-9]/u.test(sentence)
  for (const match of timed || sentence.includes('时间') ? matchesOf(effectPattern, sentence) : []) {
    const start = from + match.index
    if (skipped(start)) continue
    const [, since, on, issued, labelled, counted] = match
    const written = since ?? on ?? labelled ?? counted
    terms.effective.push({
      start,
      end: start + match[0].length,
      date: written === undefined ? null : firstDayOf(written),
      onIssue: issued !== undefined,
    })
  }
  const ofItself = itself.test(sentence)
  const found: StatedValidity[] = []
  const add = (
    match: RegExpExecArray,
    more: Partial<StatedValidity> & Pick<StatedValidity, 'kind'>,
    own: boolean,
  ): void => {
    const start = from + match.index
    const end = start + match[0].length
    if (skipped(start)) return
    const before = sentence.slice(0, match.index)
    // 许可证有效期十年 speaks of the licence, unless the text itself was named closer.
    if (other.test(before.slice(-8)) && !itself.test(before.slice(-14))) return
    if (another.test(before.slice(-12))) return
    if (own && !ofItself) return
    // Not its own validity: `有效期为五年的证书`
    if (/^的\p{Script=Han}/u.test(sentence.slice(match.index + match[0].length, match.index + match[0].length + 2)))
      return
    // `特许经营期限三十年`: a `期限` of its own is that of something else.
    if (
      /^(?:期限|时效|时限)/u.test(match[0]) &&
      !/(?:^|[^\p{Script=Han}]|本[^，。；\n]{1,8})$/u.test(before.slice(-12))
    )
      return
    // 《…》2020年1月1日废止 is the end of another act.
    if (own && /》[^，。；\n]{0,30}$/u.test(before.slice(-32))) return
    found.push({
      start,
      end,
      months: null,
      days: null,
      until: null,
      from: null,
      unusual: capitalSign.test(source.slice(start, end)) || /年度|周年|自然年/u.test(match[0]),
      ...more,
    })
  }
  const span = (pattern: RegExp, own: boolean): void => {
    for (const match of matchesOf(pattern, sentence)) {
      const [, length = '', unit = '年', more] = match
      const days = unit === '天' || unit === '日' ? daysOf(length) : null
      const months = unit === '天' || unit === '日' ? null : monthsOf(length, unit, more)
      if (months !== null || days !== null) add(match, { kind: 'span', months, days }, own)
    }
  }
  if (timed && lasting.test(sentence)) {
    span(spanPattern, false)
    span(barePattern, true)
    span(afterPattern, true)
  }
  if (timed && dated.test(sentence)) {
    for (const match of matchesOf(untilPattern, sentence)) {
      const until = readStatedDate(match[1] ?? '')
      if (until !== null) add(match, { kind: 'until', until }, false)
    }
    for (const match of matchesOf(bareUntilPattern, sentence)) {
      const until = readStatedDate(match[1] ?? '')
      if (until !== null) add(match, { kind: 'until', until }, true)
    }
    for (const match of matchesOf(endsPattern, sentence)) {
      const [, upTo, over, ends, labelled] = match
      const until = readStatedDate(upTo ?? over ?? ends ?? labelled ?? '')
      if (until === null) continue
      // 失效日期：… alone in its sentence is an entry of the text's own table.
      const entry = labelled !== undefined && sentence.slice(0, match.index).trim() === ''
      // 2036年12月1日废止: the day before is the last one in force; 2036年11月30日期满 is that day.
      add(match, { kind: 'until', until: ends === undefined ? until : dayBefore(until) }, !entry)
    }
    for (const match of matchesOf(yearsPattern, sentence)) {
      const [, first = '', last = ''] = match
      if (first <= last) add(match, { kind: 'until', until: `${last}-12-31` }, true)
    }
    for (const match of matchesOf(stretchPattern, sentence)) {
      const first = readStatedDate(match[1] ?? '')
      const until = readStatedDate(match[2] ?? '')
      if (first === null || until === null || until < first) continue
      const behind = sentence.slice(match.index + match[0].length, match.index + match[0].length + 8)
      const stated =
        /^[^，。；]{0,4}(?:施行|实施|执行|实行|试行|有效)/u.test(behind) &&
        /自\s?$/u.test(sentence.slice(Math.max(0, match.index - 2), match.index))
      add(match, { kind: 'until', from: first, until }, !stated && !/有效|期限|止/u.test(sentence))
    }
  }
  for (const one of found)
    if (one.from !== null && !terms.effective.some(({ date: known }) => known !== null))
      terms.effective.push({ start: one.start, end: one.end, date: one.from, onIssue: false })
  for (const match of matchesOf(unlimitedPattern, sentence)) add(match, { kind: 'unlimited' }, false)
  // The same words read by several patterns are one statement: the longest of those that begin first.
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const stated: StatedValidity[] = []
  for (const one of found) {
    const last = stated.at(-1)
    if (last === undefined || one.start >= last.end) stated.push(one)
    else if (last.from === null && one.from !== null && one.until === last.until) last.from = one.from
  }
  found.length = 0
  for (const match of matchesOf(spokenOf, sentence))
    if (!stated.some(({ start, end }) => start <= from + match.index && from + match.index < end))
      add(match, { kind: 'unread' }, false)
  terms.validity.push(...[...stated, ...found].sort((a, b) => a.start - b.start))
}
