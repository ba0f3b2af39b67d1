// What Markdown, web pages and scanners put around and into the number of a line: read as if it were not there, at the same places.
import type { Line } from './lines.ts'

/** Signs that stand for 第, 条, 章, 节, 编 in scans and in traditional texts. */
const unitSigns: Record<string, string> = { 條: '条', 絛: '条', 樤: '条', 編: '编', 節: '节' }
/** Signs that stand for a numeral: 大写, Kana, radicals, dashes, Suzhou numerals. */
const signsOf: Record<string, string> = {
  一: '①㈠⑴⒈Ⅰⅰ壹弌⼀丨㇐ー—–－-─━―﹣−ｰ〡',
  '1': 'lI|｜',
  二: '②㈡⑵⒉Ⅱⅱ贰貳弍ニ⼆〢＝=',
  三: '③㈢⑶⒊Ⅲⅲ叁參叄弎ミ≡☰〣',
  四: '④㈣⑷⒋Ⅳⅳ肆〤',
  五: '⑤㈤⑸⒌Ⅴⅴ伍〥',
  六: '⑥㈥⑹⒍Ⅵⅵ陆陸〦',
  七: '⑦㈦⑺⒎Ⅶⅶ柒〧',
  八: '⑧㈧⑻⒏Ⅷⅷ捌ハ⼋〨',
  九: '⑨㈨⑼⒐Ⅸⅸ玖〩',
  十: '⑩㈩⑽⒑Ⅹⅹ拾⼗〸＋+╋',
  百: '佰',
  '0': 'OoＯО',
}
const numeralSigns: Record<string, string> = Object.fromEntries(
  Object.entries(signsOf).flatMap(([value, signs]) => [...signs].map((sign) => [sign, value])),
)
const like = Object.keys(numeralSigns)
  .map((sign) => (/[\\\]^-]/u.test(sign) ? `\\${sign}` : sign))
  .join('')
const numeral = '零〇○一二两三四五六七八九十百千0-9０-９'
const space = '[ \\t\\u3000\\u00a0\\u2000-\\u200d\\u2060\\ufeff]'
/** 第…条 with signs in it that stand for others. */
const lookalike = new RegExp(
  `^[第苐笫弟]${space}{0,3}([（(]?(?:[${numeral}${like}]${space}{0,2}){1,10}?[）)]?)${space}{0,2}([条條絛樤章节節编編])`,
  'u',
)
const usual = new RegExp(`^第${space}{0,3}[${numeral}]{1,10}${space}{0,3}[条章节编]`, 'u')

/** The number with the usual signs, as long; the line itself when it is usual already or no number. */
function withUsualSigns(text: string): string {
  const first = text[0] ?? ''
  if (first !== '第' && first !== '苐' && first !== '笫' && first !== '弟') return text
  const head = text.slice(0, 32)
  if (usual.test(head)) return text
  const found = lookalike.exec(head)
  if (found === null) return text
  const [whole, inner = ''] = found
  const bare = inner.replace(/[\s\u200b-\u200d\u2060\ufeff（()）]/gu, '')
  // 第(三条 opens what it does not close.
  if (/[（(]/u.test(inner) !== /[）)]/u.test(inner)) return text
  // 弟三条 is said of a younger brother; 第——条 is a number that is missing.
  if (first === '弟' && bare.length > 2) return text
  if (/^[—–－-]{2,}$/u.test(bare)) return text
  const read = [...whole].map((sign, at) => (at > 0 ? (numeralSigns[sign] ?? unitSigns[sign] ?? sign) : '第')).join('')
  // The number stands together; its spaces behind it, so that every word keeps its place.
  const together = read.replace(/[\s\u200b-\u200d\u2060\ufeff（()）]/gu, '')
  return together + ' '.repeat(whole.length - together.length) + text.slice(whole.length)
}

const inlineTag = '<\\/?[a-zA-Z][^<>\\n]{0,120}>'
const entity = '&(?:nbsp|emsp|ensp|#160|#8195|#12288|ldquo|middot|bull);'
const bullet = '[•·●○◦◆◇■□▪▫★☆※►▶▷→✦✓✔√➢➤❖⚫‣∙・▲△▼▽☑☒◎⊙☞☛✪⭐◾◽\\u{1f300}-\\u{1faff}\\-–—―=+*＊]'
/** What may stand before a number. */
const before = new RegExp(
  `^(?:(?:#{1,6}|＃{1,6}|>{1,3}|[*＊_~\`]{1,3}|={2,3}|${inlineTag}|${entity}|${bullet}(?=\\s*[第苐笫【<*_（(一二三四五六七八九十0-9#])|[\\uf000-\\uf0ff])[ \\t\\u3000\\u00a0]*)+`,
  'u',
)
const openers = '【[［（(〔《〈「『〖｛{＜<“"'
const closers: Record<string, string> = {
  '【': '】',
  '[': ']',
  '［': '］',
  '（': '）',
  '(': ')',
  '〔': '〕',
  '《': '》',
  '〈': '〉',
  '「': '」',
  '『': '』',
  '〖': '〗',
  '｛': '｝',
  '{': '}',
  '＜': '＞',
  '<': '>',
}
const counted =
  /^(?:[0-9０-９]{1,3}[.．、)）]|[（(][0-9０-９]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、|[a-zA-Z][.、)])[ \t\u3000]*(?=[第苐笫【[(（*<])/u
const unitAt = /^[第苐笫][^条條章节節编編\n]{1,12}[条條章节節编編](?:之[一二三四五六七八九十]{1,3})*/u
const behind = new RegExp(`^(?:[ \\t\\u3000]*(?:[*＊_~\`]{1,3}|={2,3}|${inlineTag}|${entity}))+`, 'u')
const wholeMarked = /^(?:\*{2,3}|_{2,3}|＊{2})(.+?)(?:\*{2,3}|_{2,3}|＊{2})$/u
const tagsAtEnd = new RegExp(`(?:${inlineTag}|${entity}|[ \\t]+)+$`, 'u')

const blank = (length: number): string => ' '.repeat(length)
const quick =
  /[#＃>*＊_~`<&•·●○◦◆◇■□▪▫★☆※►▶▷→✦✓✔√➢➤❖⚫‣∙・▲△▼▽☑☒◎⊙☞☛✪⭐◾◽\ud83c-\ud83e\-–—―=+0-9０-９①-⑳一二三四五六七八九十【[［（(〔《〈「『〖｛{＜第苐笫弟a-zA-Z\uf000-\uf0ff]/u

/** What was left out of the view of a line. */
export type Decoration = 'markdown' | 'html' | 'sign' | null

const entitiesAround =
  /^(?:&(?:nbsp|emsp|ensp|thinsp|sp|#160|#8194|#8195|#12288);[\s\u3000]*)+|(?:[\s\u3000]*&(?:nbsp|emsp|ensp|thinsp|sp|#160|#8194|#8195|#12288);)+$/gu
/** The line without the codes for spaces that a web page left before and behind its words. */
export function withoutEntities(line: Line): Line {
  const { text } = line
  if (text[0] !== '&' && !text.endsWith(';')) return line
  const from = text[0] === '&' ? (entitiesAround.exec(text)?.[0].length ?? 0) : 0
  entitiesAround.lastIndex = 0
  const words = text.replace(entitiesAround, '')
  if (words === '' || words === text) return line
  const start = line.start + from
  return { ...line, text: words, start, end: start + words.length }
}

/**
 * A line as its words would stand without decoration: **第一条** as 第一条, <b>第一条</b>, 【第一条】, •第一条, 1. 第一条, # 总则, 第—条 as
 * 第一条. The words keep their places: what is left out is blank. The same line when nothing is decorated.
 */
export function plainLine(line: Line): { line: Line; left: Decoration } {
  const { text } = line
  if (text.length === 0 || !quick.test(text[0] ?? '')) return { line, left: null }
  let words = text
  let at = 0
  let left: Decoration = null
  const heading = /^[#＃]{1,6}[ \t\u3000]/u.test(text)
  for (let times = 0; times < 3; times++) {
    const from = at
    const marked = before.exec(words.slice(at))
    if (marked) {
      const rest = words.slice(at + marked[0].length)
      const bare = marked[0].replace(/[ \t\u3000\u00a0]/gu, '')
      const tags = /^[<&]/u.test(bare)
      // Without a number only headings and lines that are marked as a whole are taken out of their marks.
      if (startsWithNumber(rest) || heading || wholeMarked.test(text) || tags) {
        at += marked[0].length
        left ??= tags ? 'html' : /[#*_~`＊＃>]/u.test(bare) ? 'markdown' : 'sign'
        words = blank(at) + rest
      }
    }
    const number = counted.exec(words.slice(at))
    if (number !== null) {
      const rest = words.slice(at + number[0].length)
      const unit = unitStart(rest)
      if (unit?.apart) {
        at += number[0].length
        words = blank(at) + rest
        left ??= 'sign'
      }
    }
    if (at === from) break
  }
  const opener = words[at] ?? ''
  if (openers.includes(opener)) {
    const inner = withUsualSigns(words.slice(at + 1).trimStart())
    const unit = unitAt.exec(inner)
    const close = closers[opener]
    if (unit !== null && close !== undefined) {
      const lead = words.slice(at + 1).length - words.slice(at + 1).trimStart().length
      const end = at + 1 + lead + unit[0].length
      const gap = /^[ \t\u3000]*/u.exec(words.slice(end))?.[0].length ?? 0
      // “【第一条】” and “【第一条 目的】”. 《第三条》 followed by “解读” is a name.
      const after = words[end + gap + 1] ?? ' '
      if (words[end + gap] === close && (!/[《〈＜<]/u.test(opener) || /[\s\u3000：:]/u.test(after))) {
        words = blank(at + 1 + lead) + inner.slice(0, unit[0].length) + blank(gap + 1) + words.slice(end + gap + 1)
        at += 1 + lead
        left ??= 'sign'
      }
    }
  }
  let rest = words.slice(at)
  const plain = withUsualSigns(rest)
  if (plain !== rest) {
    rest = plain
    left ??= 'sign'
  }
  // **第一条** 为了…: the marks that close behind the number.
  const unit = unitAt.exec(rest)
  if (unit !== null && left !== null) {
    const closing = behind.exec(rest.slice(unit[0].length))
    if (closing)
      rest = rest.slice(0, unit[0].length) + blank(closing[0].length) + rest.slice(unit[0].length + closing[0].length)
    else {
      // **第一章　总则**: the marks close at the end.
      const open = /(?:[*＊_~`]{1,3})$/u.exec(text.slice(0, at).trimEnd())?.[0]
      if (open !== undefined && rest.endsWith(open)) rest = rest.slice(0, -open.length)
    }
  } else if (left === 'markdown') {
    const open = /([*＊_~`]{1,3})$/u.exec(text.slice(0, at).trimEnd())?.[1]
    if (open !== undefined) {
      const close = rest.indexOf(open)
      if (close > 0) rest = rest.slice(0, close) + blank(open.length) + rest.slice(close + open.length)
    }
  }
  if (heading) rest = rest.replace(/[ \t]#{1,6}[ \t]*$/u, '')
  if (left === 'html' || left === 'markdown') rest = rest.replace(tagsAtEnd, '')
  if (left === 'html') rest = rest.replace(new RegExp(inlineTag, 'gu'), (tag) => blank(tag.length))
  if (left === null) return { line, left }
  const trimmedStart = rest.length - rest.trimStart().length
  const final = rest.trim()
  if (final === '') return { line, left: null }
  const start = line.start + at + trimmedStart
  return { line: { ...line, text: final, start, end: start + final.length }, left }
}

const listNumber =
  /^(?:[（(][一二三四五六七八九十0-9０-９]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9０-９]{1,3}[.．、])/u
const startsWithNumber = (text: string): boolean => {
  const rest = text.replace(/^[【[［（(〔《〈「『〖*＊_~`<][^第（(一二三四五六七八九十0-9]{0,12}/u, '')
  return unitStart(text) !== null || unitStart(rest) !== null || listNumber.test(text)
}

/** 第…条 at the beginning, in brackets or marks or not; `apart` when something parts it from the words. */
function unitStart(text: string): { apart: boolean } | null {
  const bare = text.replace(/^(?:[【[［（(〔《〈「『〖]|[*＊_~`]{1,3}|<[a-zA-Z][^<>]{0,120}>)+[ \t\u3000]*/u, '')
  const inner = withUsualSigns(bare)
  const unit = unitAt.exec(inner)
  if (unit === null || !usual.test(inner)) return null
  const next = inner[unit[0].length] ?? ''
  return { apart: next === '' || /[\s\u3000】\]］）)〕》〉」』〗*＊_~`<:：]/u.test(next) || bare !== text }
}

const suspected =
  /^[^\p{Script=Han}A-Za-z0-9“”「」『』〝〞"＂'‘’《》]{0,4}[第苐笫]([^第条條章节節编編，。；\s]{0,6})[条條章节節编編](?=[\s\u3000：:】\])）*|｜])/u
/** 一条　…, §1 …, 《第一条》…, 第一条 as the codes of a web page. */
const suspectedToo =
  /^(?:条文?\s?[0-9一二三四五六七八九十]{1,3}[\s\u3000：:、]|Art(?:icle|\.)\s?[0-9IVX]{1,4}[\s\u3000.：:]|“第[一二三四五六七八九十百0-9]{1,6}条”(?![\s\u3000]?(?:修改|改为|中|的|规定|增|删|之|和|与|至|、|，))|第[一二三四五六七八九十百]{1,4}[^\s\u3000第、，。；：:（()）\p{P}一二三四五六七八九十百千届次批期章节编条款项部回年卷册季周级类号集讲步层组个位名轮阶代医中小产师监目师人方党军野战步骑炮场天日月种点分线段站街道区片网院团营连排班][\s\u3000]|[一二三四五六七八九十百]{1,5}条[\s\u3000]|§{1,2}\s?[0-9]{1,3}[\s\u3000.]|《第[一二三四五六七八九十百0-9]{1,6}条》(?!.{0,8}(?:解读|释义))|&#(?:31532|x7b2c);)/iu
/** Whether a line that was not read as one looks like the beginning of an article or chapter: 第?条　…. */
export const looksNumbered = (text: string): boolean => {
  if (suspectedToo.test(text)) return true
  const found = suspected.exec(text.slice(0, 40))
  return found !== null && !/^[一-龥]*[关有规几某各]/u.test(found[1] ?? '')
}
