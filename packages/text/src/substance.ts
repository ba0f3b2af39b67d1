// Substantive change: whether two texts differ in wording or in content. Worked out from the body, not ticked by
// anybody; in doubt it counts as substantive.
import { diffArrays } from 'diff'
import { type DiffPart, inlineDiff } from './inline-diff.ts'
import { readNumeral } from './lines.ts'

/** A text: body and attachments (name, digest of the bytes). */
export interface WholeText {
  body: string
  attachments?: ReadonlyArray<{ name: string; sha256: string }>
}
/** The substantive changes between two texts. */
export interface Substance {
  substantive: boolean
  /** The changes one by one, for people to check; empty when none is substantive. */
  changes: string[]
  /** Among these, the duties, charges, penalties and permits that are new or heavier. */
  burdens: string[]
}
export interface SubstanceOptions {
  /**
   * With more characters inserted and deleted than this the change counts as substantive, whatever it touches; null
   * for no such limit.
   */
  mostCharacters: number | null
  /**
   * Only slips may be corrected (a correction after signing): one wrong, missing or surplus character, or two
   * transposed; any other change of words counts as substantive.
   */
  slipsOnly?: boolean
}

const numerals = '零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟'
const units =
  '个工作日|工作日|个月|个?小时|分钟|周岁|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|人次|万元|亿元|千元|百元|[日天周月年时秒元角分名人件次倍米吨升亩台辆户级类批期届岁度成]|%|‰'
/**
 * A number with the unit behind it; full-width digits, thousands separators, Chinese and Arabic numerals of the same
 * value are the same.
 */
const figure = new RegExp(`(?:百分之|第)?(\\d+(?:,\\d{3})*(?:\\.\\d+)?|[${numerals}]+)([万亿]?(?:${units})?)`, 'gu')
const formal: Record<string, string> = {
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
}
function numericValue(text: string): string {
  if (/^\d/.test(text)) return text.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const plain = [...text].map((c) => formal[c] ?? c).join('')
  const read = readNumeral(plain)
  return read === null || read === undefined ? plain : String(read)
}
/** Words that decide rights and duties: changing any of them is substantive. Longer ones first. */
const decisive =
  /每(?:半年|个?[年月日天周季]度?|[户人亩头只辆间台车船次套吨])|次[年月日]|当[年月日]|半年|应当|应该|必须|须|不得|禁止|严禁|不应|可以|有权|罚款|处罚|没收|吊销|责令|追究|拘留|强制|取消|罚|收费|缴纳|交纳|缴费|收取|押金|保证金|滞纳金|费|许可|审批|核准|批准|备案|登记|资格|资质|补助|补贴|奖励|减免|免除|免|除外|以上|以下|以内|以外|以前|以后|不少于|不超过|不低于|不高于|超过|不足|低于|高于|至少|最多|全部|部分|所有|任何|仅|或者|或|并且|并|且|和|及|与|等|其他|鼓励|自愿|要求|参照|依照|同时|分别|共同|连带|优先|立即|累计|连续|书面|口头|有偿|无偿|减半|减收|全额|足额|半价|双倍|倍|同意|放弃|拒绝|视为|推定|暂停|停止|中止|终止|恢复|撤销|撤回|变更|延长|缩短|延期|解除|停产|停业|关闭|查封|扣押|冻结|拆除|公示|公告|告知|通报|约谈|移送|听证|男|女|惩戒|惩罚|处分|失信|黑名单|负责人|经办人|代表人|代理人|监护人|委托人|受托人|承租人|出租人|上级|下级|本级|同级|甲|乙|丙|丁|临时|永久|轻微|严重|一般|较大|重大|特别|(?:国家|省|市|县|区|乡|镇)级|每|各|均|只|才|先|前|后|季|不|未|无|非|勿/gu
/**
 * Single characters that turn a sentence round when one is put for another (内/外, 东/西, 进/出, 有/没): in a correction
 * after signing none of them passes as a slip.
 */
const turning =
  /[内外东西南北左右上下中大小多少高低增减加升降涨有没可能会是正副主新旧公私老幼长短早晚轻重宽严远近首末买卖借贷进出收付来去开关始终起止城乡农工军民父母夫妻子女兄弟生死活已曾将拟原现另同异真假合违准允许防救]/gu
/** Organs and the persons addressed: what is governed, and who. */
const subjects =
  /(\p{Script=Han}{0,4})(人民政府|政府|委员会|局|厅|主管部门|部门|机关|办公室|办事处|中心|大队|公司|企业|单位|个人|公民|法人|组织|协会|商会|经营者|申请人|当事人|村民|居民|业主|用户)/gu
const citation = /《[^》]*》|〔\d+〕\d+号|〔[^〕]*〕/gu
const organ = /人民政府|政府|委员会|局|厅|主管部门|部门|机关|办公室|办事处|工作人员|乡镇|街道|司法所|派出所/u
const people =
  /企业|单位|个人|公民|法人|组织|申请人|经营者|当事人|村民|居民|农户|用户|业主|从业人员|承包人|承租人|投标人|供应商|建设者|驾驶人|所有人|使用人/u
const duty = /应当|必须|须|不得|禁止|严禁/gu
const heavier: ReadonlyArray<readonly [string, RegExp]> = [
  [
    '处罚',
    /处以?[^，。；]{0,20}罚款|罚款|处罚|没收|吊销|拘留|处以|取消[^，。；]{0,6}资格|追究[^，。；]{0,6}责任|责令停/gu,
  ],
  ['收费', /收费|缴纳|交纳|缴费|收取|押金|保证金|滞纳金|费用|[\p{Script=Han}]费(?!用)/gu],
  ['许可', /许可|审批|核准|准入|资质|资格证/gu],
]
const placeNumber = new RegExp(`第[\\d${numerals}]+[编章节条款项目号]`, 'gu')
const charged = /罚|费|缴|交纳|收取|押金|保证金|滞纳金|没收/u

const plainLines = (body: string): string[] =>
  body
    .normalize('NFKC')
    // Variant spellings, nothing more.
    .replaceAll('其它', '其他')
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ''))
    .filter((line) => line !== '')

interface Hunk {
  before: string[]
  after: string[]
}
/**
 * Compares line by line; neighbouring deletions and insertions become one change; too great a difference becomes one
 * change as a whole.
 */
function hunksOf(a: string[], b: string[]): Hunk[] {
  const parts = diffArrays(a, b, { maxEditLength: 4000 })
  if (parts === undefined) return [{ before: a, after: b }]
  const hunks: Hunk[] = []
  let open: Hunk | null = null
  for (const part of parts) {
    if (!part.added && !part.removed) {
      open = null
      continue
    }
    if (open === null) {
      open = { before: [], after: [] }
      hunks.push(open)
    }
    const side = part.added ? open.after : open.before
    for (const line of part.value) side.push(line)
  }
  return hunks
}
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[0])
const figuresOf = (text: string): string[] =>
  [...text.matchAll(figure)].map(
    (m) => `${m[0].startsWith('百分之') ? '百分之' : ''}${numericValue(m[1] ?? '')}${m[2] ?? ''}`,
  )
const articlesOf = (lines: string[]): number =>
  lines.filter((l) => /^第[\d零〇一二三四五六七八九十百千]+条/.test(l)).length
const letters = (text: string): number => found(text, /[\p{L}\p{N}]/gu).length

/** How two sequences differ: in the first only, in the second only (a few items of each, for the explanation). */
function difference(a: string[], b: string[]): string | null {
  if (a.length === b.length && a.every((x, i) => x === b[i])) return null
  const removed: string[] = []
  const added: string[] = []
  for (const part of diffArrays(a, b, { maxEditLength: 2000 }) ?? [
    { removed: true, added: false, value: a },
    { removed: false, added: true, value: b },
  ]) {
    if (part.removed) removed.push(...part.value)
    if (part.added) added.push(...part.value)
  }
  const show = (list: string[]) => `${list.slice(0, 4).join('、')}${list.length > 4 ? '等' : ''}`
  if (removed.length === 0) return `增加${show(added)}`
  if (added.length === 0) return `删去${show(removed)}`
  return `${show(removed)}→${show(added)}`
}
/** How many words in the sentences impose a duty on the persons addressed (not on the organ). */
function dutiesOn(text: string): number {
  let count = 0
  for (const sentence of text.split(/[。；;\n]/u))
    for (const m of sentence.matchAll(duty)) {
      const subject = sentence.slice(0, m.index)
      if (organ.test(subject) && !people.test(subject)) continue
      count++
    }
  return count
}
/** Neighbouring deletion and insertion make one edit. */
function edits(parts: readonly DiffPart[]): Array<{ removed: string; added: string }> {
  const list: Array<{ removed: string; added: string }> = []
  let open: { removed: string; added: string } | null = null
  for (const part of parts) {
    if (part.kind === 'same') open = null
    else {
      if (open === null) {
        open = { removed: '', added: '' }
        list.push(open)
      }
      open[part.kind] += part.text
    }
  }
  return list
}
/** Characters without meaning: with or without them the sentence says the same. */
const hollow = /^(?:的|地|得|了|之|所|其|予以|进行|对于|关于)$/u
/**
 * Whether an edit is a slip: another spelling of the same number and punctuation aside, one character wrong, missing
 * or surplus, or characters transposed.
 */
function isSlip(removed: string, added: string): boolean {
  const [figuresBefore, figuresAfter] = [figuresOf(removed), figuresOf(added)]
  const sameFigures = figuresBefore.length > 0 && figuresBefore.join() === figuresAfter.join()
  const bare = (text: string) => found(sameFigures ? text.replace(figure, '') : text, /[\p{L}\p{N}]/gu)
  const [before, after] = [bare(removed), bare(added)]
  while (before.length > 0 && after.length > 0 && before[0] === after[0]) {
    before.shift()
    after.shift()
  }
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1)) {
    before.pop()
    after.pop()
  }
  const [from, to] = [before.join(''), after.join('')]
  if (before.length <= 1 && after.length <= 1) return true
  if ((from === '' && hollow.test(to)) || (to === '' && hollow.test(from))) return true
  return before.toSorted().join('') === after.toSorted().join('')
}
const sentences = (text: string): string[] => text.split(/[。；;\n]/u).filter(Boolean)

/**
 * The substantive changes from `from` to `to`. Each of these is substantive: the title; numbers (amounts, dates,
 * ratios, periods and their units, however written); words that decide rights and duties; organs and persons
 * addressed; items of an enumeration; documents cited; the count of articles, paragraphs and items; attachments; and
 * more characters inserted and deleted than the given limit. Corrections of punctuation, wrong characters, simplified
 * or traditional forms and full or half width are not.
 */
export function substanceOf(from: WholeText, to: WholeText, options: SubstanceOptions): Substance {
  const [a, b] = [plainLines(from.body), plainLines(to.body)]
  const hunks = hunksOf(a, b)
  const changes: string[] = []
  const say = (what: string, detail: string | null) => {
    if (detail !== null) changes.push(`${what}：${detail}`)
  }
  if (
    a[0] !== b[0] &&
    letters(a[0] ?? '') + letters(b[0] ?? '') > 0 &&
    difference([...(a[0] ?? '')].filter(isLetter), [...(b[0] ?? '')].filter(isLetter))
  )
    say('名称', `“${a[0] ?? ''}”→“${b[0] ?? ''}”`)
  const [fromArticles, toArticles] = [articlesOf(a), articlesOf(b)]
  if (fromArticles !== toArticles) say('条数', `${fromArticles}条→${toArticles}条`)
  if (a.length !== b.length) say('款项数', `${a.length}段→${b.length}段`)
  let edited = 0
  for (const hunk of hunks) {
    const [before, after] = [hunk.before.join('\n'), hunk.after.join('\n')]
    say('数字', difference(figuresOf(before), figuresOf(after)))
    say('用语', difference(found(before, decisive), found(after, decisive)))
    say('机关与相对人', difference(found(before, subjects), found(after, subjects)))
    say('所引文件', difference(found(before, citation), found(after, citation)))
    const parts = inlineDiff(before, after)
    if (options.slipsOnly)
      for (const { removed, added } of edits(parts))
        if (!isSlip(removed, added) || difference(found(removed, turning), found(added, turning)) !== null)
          say('词语', `${removed || '（无）'}→${added || '（删去）'}`)
    for (const part of parts) {
      if (part.kind === 'same') continue
      edited += letters(part.text)
      // An item of an enumeration was added or removed, whatever it is.
      if (part.text.includes('、') && letters(part.text) > 1) say('列举', `“${part.text}”`)
    }
  }
  const files = (t: WholeText) => (t.attachments ?? []).map((x) => `${x.name} ${x.sha256}`).toSorted()
  if (difference(files(from), files(to)) !== null)
    say(
      '附件',
      difference(
        (from.attachments ?? []).map((x) => x.name),
        (to.attachments ?? []).map((x) => x.name),
      ) ?? '内容有变化',
    )
  if (options.mostCharacters !== null && edited > options.mostCharacters)
    say('字数', `增删${edited}个字，超过${options.mostCharacters}个`)

  const removed = hunks.flatMap((h) => h.before).join('\n')
  const added = hunks.flatMap((h) => h.after).join('\n')
  const burdens: string[] = []
  const duties = dutiesOn(added) - dutiesOn(removed)
  if (duties > 0) burdens.push(`新增义务性规定${duties}处`)
  for (const [name, pattern] of heavier) {
    const more = found(added, pattern).length - found(removed, pattern).length
    if (more > 0) burdens.push(`新增${name}的规定${more}处`)
  }
  // The number of the article that is broken or followed is no amount.
  const amounts = (text: string) =>
    sentences(text)
      .filter((s) => charged.test(s))
      .flatMap((s) => figuresOf(s.replace(placeNumber, '')))
  const [fewer, more] = [amounts(removed), amounts(added)]
  const amount = difference(fewer, more)
  // Where every amount stood before, some went or changed places, none is new.
  if (amount !== null && burdens.length === 0 && more.some((each) => !fewer.includes(each)))
    burdens.push(`罚款、收费的数额有变化：${amount}`)
  // What makes a burden heavier is substantive.
  if (burdens.length > 0 && changes.length === 0) say('负担', burdens.join('、'))
  const unique = [...new Set(changes)]
  return {
    substantive: unique.length > 0,
    changes: unique.length > 40 ? [...unique.slice(0, 40), `另有${unique.length - 40}项`] : unique,
    burdens,
  }
}
function isLetter(c: string): boolean {
  return /[\p{L}\p{N}]/u.test(c)
}
