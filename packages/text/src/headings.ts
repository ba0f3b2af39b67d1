// The small judgements of the parser about a single line: may it be a title, a heading, a signature, a date?
import { numberSigns, readChineseNumeral } from '@dianzhang/numbering'
import { readDigits, withoutSpaces } from './lines.ts'

const sentenceEnd = /[。；;：:，,、！？!?]$/u

/** No sentence: short enough and without a closing stop. */
export const isHeadingLike = (text: string, longest: number): boolean =>
  text.length > 0 && text.length <= longest && !sentenceEnd.test(text) && !text.includes('。')

/** 文种 and other words a title ends with; brackets behind them (试行) do not count. */
const titleEnd =
  /(?:法|法典|宪法|条例|规定|办法|细则|决定|决议|通知|通告|公告|意见|函|批复|答复|方案|规则|解释|规划|章程|纲要|要点|令|命令|报告|请示|议案|纪要|公报|标准|规范|指南|指引|制度|计划|措施|目录|清单|名录|名单|准则|规程|守则|预案|政策|安排|倡议|声明|修正案|说明|复函|通报|若干问题|汇编|表|书)$/u
const closingBracket = /[（(〔【][^（(〔【）)〕】]{0,40}[）)〕】]$/u
export const endsLikeTitle = (text: string): boolean => titleEnd.test(withoutSpaces(text.replace(closingBracket, '')))

/** “国办发〔2020〕1号”, “第37号”, “国家税务总局公告2020年第1号”, “财政部、税务总局令第3号” on a line of its own, in brackets or not. */
const documentNumberLine =
  /^[〔［[（(](?:[12][0-9])?[0-9]{2}[〕］\])）]\p{Script=Han}{1,12}(?:[（(]\p{Script=Han}{1,4}[）)]\p{Script=Han}{0,6})?第?[0-9]{1,5}号$|^[（(〔[【]?[\p{Script=Han}、]{0,120}(?:[（(][\p{Script=Han}]{1,4}[）)][\p{Script=Han}]{0,6})?(?:[〔[［【（(﹝〈][12][0-9]{3}年?[〕\]］】）)﹞〉]第?[0-9]{1,5}号|(?:令|公告|通告)?[（(]?[12][0-9]{3}年第?[0-9]{1,5}号[）)]?|(?:令|公告|通告)?[（(]?第[0-9零〇一二三四五六七八九十百千]{1,9}号[）)]?)(?:令|公告|通告)?[）)〕\]】]?$/u
export const isDocumentNumber = (text: string): boolean =>
  text.length <= 160 &&
  !text.includes('关于') &&
  (documentNumberLine.test(withoutSpaces(numberSigns(text))) || isBlankNumber(text))
/** 1996年12月31日　法发〔1996〕34号: the number that stands behind a date in one line, and the date. */
export const numberBehindDate = (text: string): { number: string; date: DateLine | null } | null => {
  const found = /^([12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)\s+(\S{4,30}号)$/u.exec(text)
  const [, date = '', number = ''] = found ?? []
  return isDocumentNumber(number) ? { number, date: dateLineOf(date) } : null
}
const toFill = '[×✕xX＿_*○〇…]{0,4}'
const blankNumber = new RegExp(
  `^[\\p{Script=Han}]{1,20}[〔［[【（(](?:[12][0-9]{3}|20${toFill}|${toFill})年?[〕］\\]】）)]第?${toFill}号$`,
  'u',
)
/** “海政规发〔2026〕　号”, “海政规发〔20××〕×号”: a document number whose year or sequence is still to be given. */
export const isBlankNumber = (line: string): boolean => {
  const plain = withoutSpaces(numberSigns(line))
  return plain.length <= 40 && blankNumber.test(plain)
}

/** How many lines of the head are looked through for the place of the number. */
const headLines = 8
/**
 * The text with its 发文字号 in the place left empty for it in the head (海政规发〔2026〕　号); `blank` is that line as the
 * text had it. Null when there is no such place: nothing else of the text changes.
 */
export function withDocumentNumber(source: string, number: string): { text: string; blank: string } | null {
  let from = 0
  for (let seen = 0; seen < headLines && from < source.length; ) {
    const end = source.indexOf('\n', from)
    const line = source.slice(from, end < 0 ? source.length : end)
    if (line.trim() !== '') {
      seen += 1
      if (isBlankNumber(line)) {
        const blank = line.trim()
        return {
          text: source.slice(0, from) + line.replace(blank, () => number) + (end < 0 ? '' : source.slice(end)),
          blank,
        }
      }
    }
    if (end < 0) break
    from = end + 1
  }
  return null
}

const addressee = /[：:]$/u
const notAddressee =
  /如下|通知|根据|依照|按照|下列|以下|现将|现就|(?:^|[，、])(?:业)?经(?![济信开发贸管营委合促商文])|经(?:过|研究|审|讨论|请示|批准|同意)|为了|附件|规定|决定|情况|内容|目标|第(?![一二三四五六七八九十0-9]{1,3}(?:师|团|兵团|医院|中学|小学|监狱))/u
/** “各县（市、区）人民政府，市政府各部门：” */
export const isAddressee = (text: string): boolean =>
  text.length <= 400 && text.length > 2 && addressee.test(text) && !text.includes('。') && !notAddressee.test(text)

export interface DateLine {
  /** What stands before the date on the same line: the issuer, when it is there. */
  before: string
  written: string
  date: string | null
}
const arabicDate = /([12][0-9]{3}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日$/u
const chineseDate =
  /([一二三四五六七八九零〇○ＯO0]{4})年([一二三四五六七八九十元]{1,3})月([一二三四五六七八九十]{1,3})日$/u

/** A line that ends with a date and holds nothing else but an issuer. */
export function dateLineOf(line: string): DateLine | null {
  if (line.length > 60 || !line.endsWith('日')) return null
  const text = line.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  const match = arabicDate.exec(text) ?? chineseDate.exec(text)
  if (match === null) return null
  const written = line.slice(match.index)
  const before = line.slice(0, match.index).trim()
  if (before !== '' && !isSignature(before)) return null
  return { before, written, date: readDate(match[1] ?? '', match[2] ?? '', match[3] ?? '') }
}

function readDate(year: string, month: string, day: string): string | null {
  const y = readDigits(year) ?? readChineseNumeral(year.replace(/[○ＯO0]/gu, '〇'))
  const m = month === '元' ? 1 : (readDigits(month) ?? readChineseNumeral(month))
  const d = readDigits(day) ?? readChineseNumeral(day)
  if (y === null || m === null || d === null || y < 1000 || m < 1 || m > 12 || d < 1) return null
  const days = [31, y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (d > (days[m - 1] ?? 0)) return null
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}

/** May be 署名: short, no sentence. */
export const isSignature = (text: string): boolean =>
  text.length >= 2 && text.length <= 60 && !/[。；;：:，,？！]/u.test(text) && !/^[（(【《]|《/u.test(text)

const organ =
  /(?:政府|办公厅|办公室|委员会|常委会|大会|局|部|院|厅|会|署|行|省|市|县|区|乡|镇|中心|处|所|公司|大学|党委|党组|指挥部|领导小组|法院|检察院|总局|社|支队|总队|大队|站|街道办事处|办事处|管委会|军委|总部|\p{Script=Han}委|\p{Script=Han}{2}办|妇联|残联|文联|社科联|工商联|科协|政协|海关|兵团|旗|盟|苏木|学校|馆)$/u
const officer =
  /(?:主席|总理|省长|市长|州长|主任|部长|局长|县长|区长|院长|检察长|署长|行长|司令员)\s*\S{2,8}(?:\s\S{1,2})?$/u
/** Names an organ, or an officer with a name. */
export const namesSigner = (text: string): boolean => organ.test(withoutSpaces(text)) || officer.test(text)

/** 河湾县人民政府文件, and the name of an organ alone: what stands in red above a 文号 or a title. */
export const isLetterhead = (text: string): boolean => {
  const words = withoutSpaces(text)
  return words.length >= 4 && words.length <= 40 && organ.test(words.replace(/文件$/u, '')) && !words.includes('关于')
}

const headMark =
  /^(?:[0-9]{6}|(?:份号|№|[Nn][Oo][.．]?)[：:]?(?:№|[Nn][Oo][.．]?)?[0-9]{1,8}|(?:密级(?:和保密期限)?[：:]?)?(?:绝密|机密|秘密|内部|普通|非密|公开)(?:[★☆*].{0,10})?|密级[：:]|保密期限[：:].{0,10}|(?:紧急程度|紧急度|缓急程度|缓急)[：:].{0,4}|[【［[（(]?(?:特急|加急|特提|平急|急件|特急件)[】］\]）)]?(?:[·•].{0,6})?|(?:签发人|会签人|签批盖章|发电单位|等级)[：:].{0,40}|内部(?:资料|文件|传阅|使用)|注意(?:保存|保密)|不得(?:外传|翻印)|妥善保管|阅后(?:退回|收回))$/u
/**
 * A line of the head that is neither the issuer's mark nor the number: copy number, secrecy and its period, urgency,
 * signer, one or several in one line (GB/T 9704—2012 7.2.1—7.2.3, 7.2.6).
 */
export const isHeadMark = (line: string): boolean => {
  const text = line.trim()
  if (text.length > 80) return false
  return (
    headMark.test(withoutSpaces(text)) ||
    text.split(/[\s\u3000]+/u).every((one) => headMark.test(one)) ||
    /^(?:签发人|会签人)[：:]?(?:[\s\u3000、]+\p{Script=Han}{2,4}){1,6}$/u.test(
      text.replace(/(?<=签)[\s\u3000]*发[\s\u3000]*(?=人)/u, '发'),
    )
  )
}
/** “海政发〔2026〕3号　　签发人：张三”: the number, where a line holds it and the signer besides. */
export const numberBesideSigner = (line: string): string | null => {
  const number = /^(\S.{3,60}?号)[\s\u3000]+(?:签[\s\u3000]*发[\s\u3000]*人|会签人)[\s\u3000]*[：:]?.{0,40}$/u.exec(
    line,
  )?.[1]
  return number !== undefined && isDocumentNumber(number) ? number : null
}

const promulgates =
  /《(.{2,150}?)》[^《》。]{0,20}(?:已|业|于)[^。]{0,300}(?:通过|批准|审议|同意|修订|修正)[^。]{0,120}。?[^。《》]{0,60}(?:公布|发布|施行|颁布)/u
/** “现公布《…》”, “现将《…》予以公布”, without the meeting that passed it. */
const promulgatesNow =
  /(?:现(?:予|将)?|兹(?:将)?|特)(?:予以)?(?:公布|发布|颁布)[^。《》]{0,20}《(.{2,150}?)》|(?:现将|兹将|现就)[^。《》]{0,30}《(.{2,150}?)》[^。《》]{0,12}(?:予以)?(?:公布|发布|颁布)/u
/** Title of the act that a sentence of an order or announcement promulgates, inner title marks as 〈〉; null for other sentences. */
export const promulgatedTitle = (text: string): string | null => {
  const plain = text.replace(/《([^《》]*)《([^《》]*)》([^《》]*)》/u, '《$1〈$2〉$3》')
  const passed = promulgates.exec(plain)?.[1]
  if (passed !== undefined) return passed
  const now = promulgatesNow.exec(plain)
  return now?.[1] ?? now?.[2] ?? null
}

export const isImprint = (text: string): boolean =>
  (text.length <= 600 && /^(?:抄送|分送|主送|抄报|报送)[：:]/u.test(text)) ||
  (text.length <= 80 && /日\s*印发$/u.test(text)) ||
  /^[（(]?共印\s?[0-9]{1,5}\s?份[）)]?$/u.test(text)

const bracketed = /^[（(]([^（()）]{2,60})[）)]$/u
/** 附注 on a line of its own, in brackets: without them. */
export const noteOf = (text: string): string | null => bracketed.exec(text)?.[1] ?? null

export interface AttachmentMark {
  label: string
  /** What stands behind the label on the same line. */
  rest: string
  colon: boolean
}
const attachmentLabel =
  /^(附\s?件|附\s?表|附\s?录|附\s?图|附)\s?([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[A-Z])?(?:\s*([：:])\s*|\s+|$)(.*)$/u
const attachmentJoined = /^(附件)([0-9０-９]{1,3})([\p{Script=Han}《“].{1,80})$/u

/** “附件”, “附件1”, “附件1：…”, “附：…” at the beginning of a line. */
export function attachmentMarkOf(text: string): AttachmentMark | null {
  if (text.length > 200) return null
  const match = attachmentLabel.exec(text)
  if (match === null) {
    const joined = attachmentJoined.exec(text)
    return joined === null ? null : { label: `${joined[1]}${joined[2]}`, rest: joined[3] ?? '', colon: false }
  }
  const [, word = '', number = '', colon, rest = ''] = match
  if (word === '附' && number === '' && colon === undefined) return null
  const plain = withoutSpaces(word)
  if (number === '' && colon === undefined && rest !== '') return null
  return { label: `${plain}${number}`, rest, colon: colon !== undefined }
}
