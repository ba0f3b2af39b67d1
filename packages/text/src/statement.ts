// What a text says about itself: title, 发文字号, issuers, 施行日期, 有效期, 解释机关, what it repeals. Read from the head, the
// signature and the closing article; only said, never concluded: what is not written is null.
import { addressOf } from './address.ts'
import { amendedPassages } from './amended.ts'
import { isBlankNumber, isLetterhead, namesSigner } from './headings.ts'
import { readNumeral, withoutSpaces } from './lines.ts'
import type { TextFlaw } from './lint/flaws.ts'
import { parseText } from './parse.ts'
import { repealedIn, repealedLists } from './repeals.ts'
import type { Element, StructuredText } from './tree.ts'
import { statedTerms } from './validity.ts'

/** One thing a text says about itself, and where: `quote` is the sentence as written, offsets are those of the source. */
export type Said<T> = T & { quote: string; address: string; start: number; end: number }
/**
 * `date`: a day. `publication`: from the day of publication (公布、发布、印发), or `after` days, working days or months behind it.
 * `blank`: a place still to be filled (2026年X月X日). `other`: from an event that is no date (自批准之日起).
 */
export type SaidEffective =
  | { kind: 'date'; date: string }
  | { kind: 'publication'; after: number; unit: 'day' | 'working_day' | 'month' }
  | { kind: 'blank' }
  | { kind: 'other'; event: string }
/** `until` is the last day. `unlimited`: 长期有效. */
export type SaidValidity =
  | { kind: 'years'; years: number }
  | { kind: 'months'; months: number }
  | { kind: 'days'; days: number }
  | { kind: 'until'; date: string }
  | { kind: 'unlimited' }
  | { kind: 'blank' }
/** What a text says about itself. Small, and without the words of the text beyond the sentences quoted. */
export interface TextStatement {
  title: string | null
  /** Title of the act that a circular issues (关于印发《某某办法》的通知), as it stands above that act or in 《》. */
  innerTitle: string | null
  /** 发文字号 as written; `blank` when the place of the year or the number is still empty (海政规发〔2026〕　号). */
  documentNumber: null | { written: string; blank: boolean }
  /** Organs named in the red head and under the text. */
  letterhead: string[]
  signature: string[]
  /** Date of the document (“成文日期”) under the text. */
  date: string | null
  effective: Array<Said<SaidEffective>>
  validity: Array<Said<SaidValidity>>
  /** Who explains it, as written: `县农业农村局`, `县财政局`. */
  interpreters: Array<Said<{ names: string[] }>>
  /** What is repealed with it: names in 《》, and the 文号 of what is named by its number alone. */
  repeals: string[]
  /** What must be put right first: placeholders, damaged characters. Absent where the text was not looked through. */
  flaws?: TextFlaw[]
}

const nouns =
  '(?:办法|规定|细则|规则|规程|决定|决议|意见|措施|通知|方案|公告|通告|通报|规范|标准|制度|清单|目录|名录|指引|指南|计划|规划|预案|要点|章程|条例|法|解释|批复|答复|政策|文件|机制|准则|守则|安排|令|纲要|公约|修正案)'
const own = new RegExp(
  `^(?:本|此|上述|以上)[《〈]?\\p{Script=Han}{0,8}?${nouns}[》〉]?(?:[（(][^（()）]{1,8}[）)])?$`,
  'u',
)
const beginsWithOwn = new RegExp(`^本\\p{Script=Han}{0,8}?${nouns}(?:的|在|中|执行|实施|应用|具体|施行|由|解释)`, 'u')
const dateWords =
  '(?:[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日|[一二三四五六七八九零〇○]{4}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十]{1,3}日|[12][0-9]{3}[-./][0-9]{1,2}[-./][0-9]{1,2}日?)'
const gap = '[×✕xX＿_*○〇…\\-]{0,4}'
const blankWords = `(?:(?:[12][0-9]{3}|20${gap}|${gap})年(?:[0-9]{1,2}|${gap})月(?:[0-9]{1,2}|${gap})日|〔待填[^〔〕]*〕)`
const verb = '(?:施行|实施|执行|生效|试行|暂行|起效)'
const published = '(?:公布|发布|印发|颁布|颁发|公告|下发|发文|发文|公开发布|正式发布|发布实施)'
const numeral = '[0-9]{1,3}|[一二两三四五六七八九十百]{1,5}'
const hour = '(?:零时|零点|[0-9]{1,2}时|[0-9]{1,2}[:：][0-9]{2})?'

const fromDate = new RegExp(
  `^(.*?)(?:自|从|于|定于)?(${dateWords})${hour}(起?)(?:正式|开始|在.{2,20}(?:内|范围))?${verb}(?!的|以来|前|后)`,
  'u',
)
const fromTo = new RegExp(
  `^(.*?)(?:自|从)?(${dateWords})${hour}起?(?:${verb}|有效)?(?:，?有效期限?)?[至到](${dateWords})`,
  'u',
)
const fromPublication = new RegExp(
  `^(.*?)(?:自|从|于)(?:本\\p{Script=Han}{2,4})?${published}(?:之?日|(?=(?:满|后)?(?:${numeral})(?:个?工作日|个月|月|日|天)))(?:起|后)?(满|后|第)?(?:(${numeral})(个?工作日|个月|月|日|天)(?:后|期满|届满|以后|之后)?(?:起|开始)?)?(?:正式|开始)?(?:${verb}|有效)`,
  'u',
)
const fromBlank = new RegExp(`^(.*?)(?:自|从|于|定于)(${blankWords})${hour}起?(?:正式|开始)?${verb}`, 'u')
const fromEvent = new RegExp(`^(.*?)(?:自|从)([^，。；]{1,24}?)之日(?:起|后)[^，。；]{0,8}?${verb}`, 'u')

const term = '(?:有效期限?|试行期限?|暂行期限?|施行期限?|执行期限?|实施期限?)'
const sinceThen = `(?:自\\p{Script=Han}{2,6}之日起(?:计算)?)?`
const forYears = new RegExp(
  `^(.*?)(?:的)?(?:${term}${sinceThen}(?:为|是|：|:|定为|暂定)?${sinceThen}|(?:试行|暂行|有效)(?:期)?|${sinceThen}有效)(${numeral})(?:[（(](?:${numeral})[）)])?(年|个月|月)(?:(?<=年)(?:零|又)?(半|(?:${numeral})个?月))?(?![0-9]|的\\p{Script=Han})`,
  'u',
)
const untilDay = new RegExp(
  `^(.*?)(?:${term}|有效|${verb})?(?:自[^，。；]{2,24}?起)?(?:截止|截至|为|：)?[至到](${dateWords})(?:24时|二十四时)?(?:止|为止|失效|废止|终止|届满|结束)?`,
  'u',
)
const lapsesOn = new RegExp(`^(.*?)(?:自|于)?(${dateWords})起?(?:自行|自动|即行)?(?:失效|废止|停止执行)`, 'u')
const unlimited = /^(.*?)长期有效/u
const blankTerm = new RegExp(`^(.*?)${term}(?:为|至|到)?(?:(?:〔待填[^〔〕]*〕|[×✕xX＿_*]{1,3})年|${blankWords})`, 'u')

const explains =
  /^(.*?)(?:由|归)([^，。；“”]{2,80}?)(?:负责|承担|进行|作出)?(?:具体|最终|统一)?(?:应用)?(?:解释工作|解释|所有)(?:$|[，,（(和与并及])/u
const explainedBy = /^(.*?解释(?:权|工作))(?:由|归|属于|属)([^，。；“”]{2,80}?)(?:负责|承担|所有|行使)?$/u
/** What of a sentence before the clause at hand lets the clause still speak of the text itself. */
const aside = [
  /^(?:由|归).{2,80}解释/u,
  /^(?:[^，。；《》]{0,80}《[^《》]{2,120}》|本\p{Script=Han}{2,8})?(?:已?经|业经|已于|已由|根据).{2,120}(?:通过|同意|批准|审议|研究|规定)$/u,
  /^现(?:予|将|就)?.{0,120}(?:印发|公布|发布|施行|通知|转发)/u,
  /^(?:请|望).{0,40}(?:执行|落实|贯彻|组织实施)$/u,
  /废止$/u,
  /^(?:特此|此前|原有?规定|与本).{0,40}$/u,
]

const halfWidth = (text: string): string =>
  text.replace(/[０-９．]/gu, (one) => (one === '．' ? '.' : String.fromCharCode(one.charCodeAt(0) - 0xfee0)))

/** “2026年8月1日”, “二〇二六年八月一日”, 2026-8-1 as YYYY-MM-DD; null for a day that does not exist. */
function readWrittenDate(written: string): string | null {
  const [year = '', month = '', day = ''] = written.replace(/日$/u, '').split(/[年月\-./]/u)
  const y = /^\d+$/u.test(year)
    ? year
    : [...year].map((one) => '零一二三四五六七八九'.indexOf(one.replace(/[〇○]/u, '零'))).join('')
  const [m, d] = [month === '元' ? 1 : readNumeral(month), readNumeral(day)]
  if (m === null || d === null || !/^\d{4}$/u.test(y)) return null
  const iso = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
  const read = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== iso ? null : iso
}

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const issuing = /(?:印发|公布|发布|颁布|颁发|转发|批转|下发)/u
/** The act named in the title of a circular that issues it; null for other titles, and for 废止、修改. */
export function issuedTitle(title: string): string | null {
  if (!issuing.test(title)) return null
  const marked =
    /(?:印发|公布|发布|颁布|颁发|转发|批转|下发).{0,60}?《(.+)》(?:等.{0,12})?的(?:通知|公告|通告|决定|命令|令|函)$/u.exec(
      title,
    )
  if (marked) return marked[1] ?? null
  const bare = /关于(?:印发|公布|发布|颁布|颁发|转发|批转|下发)(.{4,120}?)的(?:通知|公告|通告)$/u.exec(title)
  return bare?.[1]?.replace(/^《|》$/gu, '') ?? null
}

const draftMark =
  /[（(〔【[](?:.{0,8}(?:草案|草稿|初稿|送审稿|审议稿|讨论稿|修改稿|征求意见稿|征求意见|报批稿|报审稿|会签稿|审核稿|代拟稿|定稿).{0,8})[）)〕】\]]$/u
/** （征求意见稿）, （送审稿） and their like at the end of a title; null when there is none. */
export const draftMarkOf = (title: string): string | null => draftMark.exec(title.trim())?.[0] ?? null

/** What two titles are compared by: width, spaces, line breaks, title marks and quotation marks do not count, nor a draft mark. */
export const titleKeyOf = (title: string): string =>
  title
    .trim()
    .replace(draftMark, '')
    .normalize('NFKC')
    .replace(/[\s\u200b《》〈〉<>「」『』“”‘’"'·・]/gu, '')
    .replace(/[〔【[]/gu, '(')
    .replace(/[〕】\]]/gu, ')')

/** Whether two titles name the same act: see `titleKeyOf`. */
export const sameActTitle = (one: string, other: string): boolean => titleKeyOf(one) === titleKeyOf(other)

/** The same text, as long, with spaces for what stands in “…”: what is quoted there says nothing of the text itself. */
function withoutQuotations(text: string): string {
  if (!text.includes('“')) return text
  return text.replace(/“[^“”]*(?:“[^“”]*”[^“”]*)*(?:”|$)/gu, (one) => `“${' '.repeat(Math.max(0, one.length - 2))}”`)
}

interface Place {
  element: Element
  /** The article of a single paragraph is what one names. */
  named: Element
  text: string
  /** Stands at the end of its scope: a sentence without a subject speaks of the text itself. */
  closing: boolean
}
type Leaf = Pick<Place, 'element' | 'named'>
const leaves = (elements: readonly Element[], parent?: Element): Leaf[] =>
  elements
    .flatMap((one): Leaf[] => [
      { element: one, named: parent?.level === 'article' && elements.length === 1 ? parent : one },
      ...leaves(one.children, one),
    ])
    .filter(({ element }) => element.text !== '' || element.heading !== null)
const closingLeaves = 8
const telling = /施行|实施|执行|生效|有效|试行|暂行|解释|废止|失效|截[止至]日期|存续期|为期/u

function placesIn(elements: readonly Element[], early: readonly Element[]): Place[] {
  const all = leaves(elements)
  const of = ({ element, named }: Leaf, closing: boolean): Place => ({
    element,
    named,
    closing,
    text: [element.heading, element.text].filter((one) => one !== null && one !== '').join('。'),
  })
  return [
    ...leaves(early).map((element) => of(element, true)),
    ...all.map((element, at) => of(element, at >= all.length - closingLeaves)),
  ].filter(({ text }) => telling.test(text))
}

/** The attachment that is the act itself: named in the title, or following the circular without a label. */
function innerOf(structure: StructuredText): { title: string | null; body: Element[] } | null {
  const named = structure.title === null ? null : issuedTitle(structure.title)
  const { attachments } = structure
  const hasArticles = (elements: readonly Element[]): boolean =>
    elements.some(({ level }) => level === 'article' || level === 'chapter' || level === 'part')
  const found =
    (named === null ? undefined : attachments.find(({ title }) => title !== null && sameActTitle(title, named))) ??
    attachments.find(
      ({ label, body }) => label === '' && (named !== null || (hasArticles(body) && !hasArticles(structure.body))),
    ) ??
    (named === null ? undefined : attachments.find(({ body }) => hasArticles(body)))
  if (named === null && found === undefined) return null
  return { title: found?.title ?? named, body: found?.body ?? [] }
}

const organEnd = '(?:局|委|办|厅|部|院|政府|中心|办公室|委员会|会|处|所|队|部门|机关|单位|机构|公司|镇|乡)'
const together = new RegExp(`(?<=${organEnd})(?:和|与|及|并|商)`, 'u')
/** `县农业农村局会同县财政局` as two names; `发展和改革局` stays one. */
export function organNames(written: string): string[] {
  return withoutSpaces(written)
    .split(/、|会同|会商|商同|以及|，|,|联合/u)
    .flatMap((one) => one.split(together))
    .map((one) => one.replace(/^(?:由|归|并|同)/u, '').replace(/(?:负责|承担|共同|分别|按照?(?:各自)?职责.*)$/u, ''))
    .filter((one) => one.length >= 2)
}

function add<T extends object>(list: Array<Said<T>>, value: T, place: Omit<Said<object>, never>): void {
  const key = JSON.stringify(value)
  const same = list.some(({ quote: _q, address: _a, start: _s, end: _e, ...other }) => JSON.stringify(other) === key)
  if (!same) list.push({ ...value, ...place } as Said<T>)
}

/**
 * What a text says about itself. `structure` is the tree of `source`, parsed when absent. Sentences that an amendment
 * quotes, and what is said of permits, fees or single articles (许可证有效期五年, 第三条自……起施行), are not about the text.
 * Time grows with the length of the text.
 */
export function statementOf(source: string, structure: StructuredText = parseText(source)): TextStatement {
  const inner = innerOf(structure)
  const title = structure.title
  const names = [title, inner?.title ?? null, title === null ? null : issuedTitle(title)].filter((one) => one !== null)
  const isOwn = (words: string): boolean =>
    own.test(words) || (/^《.+》$/u.test(words) && names.some((name) => sameActTitle(words.slice(1, -1), name)))
  const quoted = amendedPassages(source, { steps: 0 })
  const numbered = structure.documentNumber ?? blankNumberLine(structure)
  const statement: TextStatement = {
    title,
    innerTitle: inner?.title ?? null,
    documentNumber: numbered === null ? null : { written: numbered, blank: isBlankNumber(numbered) },
    letterhead: (structure.letterhead ?? [])
      .filter(isLetterhead)
      .map((line) => withoutSpaces(line).replace(/文件$/u, '')),
    signature: structure.signature.flatMap(signersOf),
    date: structure.date,
    effective: [],
    validity: [],
    interpreters: [],
    repeals: [],
  }
  const places = [
    ...placesIn(structure.body, structure.preamble),
    ...(inner === null ? [] : placesIn(inner.body, [])),
  ].filter(
    ({ element }) =>
      !quoted.some(({ start, end }) => start < element.end && element.start < end && start <= element.start),
  )
  for (const { element, named, text, closing } of places) {
    let speaking = false
    let from = element.start
    const words = withoutQuotations(text)
    let past = 0
    for (const sentence of words.split(/(?<=[。；;！？])/u)) {
      const written = text.slice(past, past + sentence.length)
      past += sentence.length
      if (!telling.test(sentence)) continue
      const found = source.indexOf(written.trim(), Math.max(0, from - 1))
      const start = found < 0 ? element.start : found
      if (found >= 0) from = found + written.length
      const place = {
        quote: written.trim().slice(0, 160),
        address: addressOf(structure, named.id),
        start,
        end: found < 0 ? element.end : start + written.trim().length,
      }
      speaking = read(statement, halfWidth(withoutSpaces(sentence)), place, closing || speaking, isOwn, names)
    }
  }
  for (const name of repealedLists(source))
    if (!names.some((one) => sameActTitle(one, name)) && !statement.repeals.includes(name)) statement.repeals.push(name)
  readOtherWordings(statement, source, structure, places, isOwn)
  return statement
}

/** 大写, months, 五年后自动失效 and whatever else `statedTerms` knows, in closing sentences that the above gave nothing of. */
function readOtherWordings(
  statement: TextStatement,
  source: string,
  structure: StructuredText,
  places: readonly Place[],
  isOwn: (words: string) => boolean,
): void {
  if (statement.validity.length > 0 && statement.effective.length > 0) return
  const closing = places.filter((one) => one.closing)
  const { effective, validity } = statedTerms(
    withoutQuotations(source),
    (at) => !closing.some(({ element: { start, end } }) => start <= at && at < end),
  )
  const placeOf = (one: { start: number; end: number }): Omit<Said<object>, never> => {
    const holder = closing.find(({ element }) => element.start <= one.start && one.start < element.end)
    const start =
      one.start - (/[^。；\n]*$/u.exec(source.slice(Math.max(0, one.start - 300), one.start))?.[0].length ?? 0)
    const end = one.end + (/^[^。；\n]{0,300}/u.exec(source.slice(one.end, one.end + 300))?.[0].length ?? 0)
    return {
      quote: source.slice(start, end).trim().slice(0, 160),
      address: holder === undefined ? '' : addressOf(structure, holder.named.id),
      start,
      end,
    }
  }
  if (statement.effective.length === 0)
    for (const one of effective) {
      const before = /[^，,。；;\n]*$/u.exec(source.slice(Math.max(0, one.start - 80), one.start))?.[0] ?? ''
      const subject = withoutSpaces(before)
        .replace(/^第[^条]{1,8}条/u, '')
        .replace(/(?:的|于|定|自|从)+$/u, '')
      if (one.date !== null && (subject === '' || isOwn(subject)))
        add(statement.effective, { kind: 'date', date: one.date }, placeOf(one))
    }
  if (statement.validity.length > 0) return
  for (const one of validity) {
    const place = placeOf(one)
    if (one.kind === 'until' && one.until !== null) add(statement.validity, { kind: 'until', date: one.until }, place)
    else if (one.kind === 'unlimited') add(statement.validity, { kind: 'unlimited' }, place)
    else if (one.kind === 'span' && one.days !== null) add(statement.validity, { kind: 'days', days: one.days }, place)
    else if (one.kind === 'span' && one.months !== null)
      add(
        statement.validity,
        one.months % 12 === 0 ? { kind: 'years', years: one.months / 12 } : { kind: 'months', months: one.months },
        place,
      )
  }
}

/** Reads one sentence into the statement; answers whether it speaks of the text itself. */
function read(
  statement: TextStatement,
  sentence: string,
  place: { quote: string; address: string; start: number; end: number },
  mayLackSubject: boolean,
  isOwn: (words: string) => boolean,
  names: readonly string[],
): boolean {
  const plain = sentence
    .replace(/[。；;！？]$/u, '')
    .replace(/〔待填[^〔〕]*〕/gu, '〔待填〕')
    .replace(/^(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、])/u, '')
  const clauses = plain.split(/[，,]/u)
  /** Clauses that were read as speaking of the text. */
  const read = new Set<number>()
  let subject = false
  for (const [at, clause] of clauses.entries()) {
    /** Whether what stands before the word is the text itself, here or in the clauses before. */
    const self = (before: string): boolean => {
      const words = before.replace(/(?:的|，)$/u, '')
      if (isOwn(words)) return true
      if (words !== '' && !/^(?:并|且|其|现|特)$/u.test(words)) return false
      return subject || mayLackSubject
    }
    const plainly = clauses
      .slice(0, at)
      .every((one, index) => one === '' || read.has(index) || isOwn(one) || aside.some((each) => each.test(one)))
    if (plainly) {
      const effective = effectiveIn(clause, self)
      if (effective) {
        read.add(at)
        add(statement.effective, effective, place)
      }
      for (const validity of validityIn(clause, self)) {
        read.add(at)
        add(statement.validity, validity, place)
      }
    }
    const who = explainedBy.exec(clause) ?? explains.exec(clause)
    if (who) {
      const asked = (who[1] ?? '').replace(/(?:的|具体|最终)*解释(?:权|工作)$/u, '').replace(/的$/u, '')
      const speaks =
        asked === '' || /^(?:并|具体|未尽|应用|执行|实施)/u.test(asked)
          ? read.size > 0 || subject || mayLackSubject
          : isOwn(asked) || beginsWithOwn.test(asked)
      const organs = speaks ? organNames(who[2] ?? '') : []
      if (organs.length > 0) {
        read.add(at)
        add(statement.interpreters, { names: organs }, place)
      }
    }
    if (
      isOwn(clause) ||
      [...clause.matchAll(/^.{2,24}?(?=由|自|从|于|有效|的|执行|实施|施行)/gu)].some(([one]) => isOwn(one))
    )
      subject = true
  }
  for (const { name } of repealedIn(sentence))
    if (!names.some((one) => sameActTitle(one, name)) && !statement.repeals.includes(name)) statement.repeals.push(name)
  return read.size > 0
}

function effectiveIn(clause: string, self: (before: string) => boolean): SaidEffective | null {
  const range = fromTo.exec(clause)
  if (range && self((range[1] ?? '').replace(new RegExp(`(?:的)?${term}(?:为|：)?$`, 'u'), ''))) {
    const date = readWrittenDate(range[2] ?? '')
    if (date !== null) return { kind: 'date', date }
  }
  const day = fromDate.exec(clause)
  if (day && self(day[1] ?? '')) {
    const date = readWrittenDate(day[2] ?? '')
    return date === null ? { kind: 'blank' } : { kind: 'date', date }
  }
  const publication = fromPublication.exec(clause)
  if (publication && self(publication[1] ?? '')) {
    const [, , ordinal, amount, unit = ''] = publication
    // The first day is that of publication: 第31日 is thirty days behind it.
    const after = amount === undefined ? 0 : Math.max(0, (readNumeral(amount) ?? 0) - (ordinal === '第' ? 1 : 0))
    return {
      kind: 'publication',
      after,
      unit: unit.includes('工作日') ? 'working_day' : /月/u.test(unit) ? 'month' : 'day',
    }
  }
  const blank = fromBlank.exec(clause)
  if (blank && self(blank[1] ?? '')) return { kind: 'blank' }
  const event = fromEvent.exec(clause)
  if (event && self(event[1] ?? '')) return { kind: 'other', event: event[2] ?? '' }
  return null
}

function validityIn(clause: string, self: (before: string) => boolean): SaidValidity[] {
  const found: SaidValidity[] = []
  const bare = (before: string | undefined): string =>
    (before ?? '')
      .replace(
        new RegExp(
          `(?:自|从|于|定于)?(?:${dateWords}|${blankWords}|${published}之?日)${hour}起?(?:正式|开始)?(?:${verb})?$`,
          'u',
        ),
        '',
      )
      .replace(new RegExp(`(?:的)?${term}(?:为|：)?$`, 'u'), '')
  const years = forYears.exec(clause)
  if (years && self(bare(years[1]))) {
    const amount = readNumeral(years[2] ?? '')
    if (amount !== null && amount > 0) found.push(termOf(amount, years[3] === '年', years[4]))
  }
  const until = untilDay.exec(clause)
  if (until && self(bare(until[1]).replace(/[（(]自?$/u, ''))) {
    const date = readWrittenDate(until[2] ?? '')
    if (date !== null) found.push({ kind: 'until', date })
  } else if (years) {
    const bracketed = new RegExp(`[至到](${dateWords})`, 'u').exec(clause)
    const date = bracketed && found.length > 0 ? readWrittenDate(bracketed[1] ?? '') : null
    if (date) found.push({ kind: 'until', date })
  }
  const lapses = lapsesOn.exec(clause)
  if (lapses && self(bare(lapses[1]))) {
    const date = readWrittenDate(lapses[2] ?? '')
    if (date !== null) found.push({ kind: 'until', date: dayBefore(date) })
  }
  const forever = unlimited.exec(clause)
  if (forever && self(bare(forever[1]))) found.push({ kind: 'unlimited' })
  if (found.length === 0) {
    const blank = blankTerm.exec(clause)
    const written = blank !== null && new RegExp(dateWords, 'u').test(blank[0])
    if (blank && !written && self(bare(blank[1]))) found.push({ kind: 'blank' })
  }
  return found
}

/** Terms as written: `五年`, `36个月`, `一年半`, `一年六个月`. */
function termOf(amount: number, inYears: boolean, more: string | undefined): SaidValidity {
  const rest = more === undefined ? 0 : more === '半' ? 6 : (readNumeral(more.replace(/个?月$/u, '')) ?? 0)
  if (inYears && rest === 0) return { kind: 'years', years: amount }
  return { kind: 'months', months: inYears ? amount * 12 + rest : amount }
}

/** A 发文字号 to be filled that the parser left among the first lines. */
function blankNumberLine(structure: StructuredText): string | null {
  return structure.preamble.slice(0, 3).find(({ text }) => isBlankNumber(text))?.text ?? null
}

/** `海原县农业农村局　海原县财政局` on one line are two; `县长 马某某` is none. */
function signersOf(line: string): string[] {
  const parts = line.split(/[\s\u3000]+/u).filter((one) => one !== '')
  const whole = line
    .split(/\s{2,}|\u3000/u)
    .map(withoutSpaces)
    .filter((one) => one !== '')
  const organs = (names: string[], least: number): boolean =>
    names.length > 1 && names.every((one) => one.length >= least && namesSigner(one))
  // Names may be set wide (财 政 局); a wide gap parts two of them, a narrow one only where both are long.
  const all = organs(parts, 4) ? parts : organs(whole, 3) ? whole : [withoutSpaces(line)]
  return all
    .flatMap((one) => one.split('、'))
    .filter(
      (one) =>
        namesSigner(one) &&
        !/^(?:主席|总理|省长|市长|州长|主任|部长|局长|县长|区长|院长|检察长|署长|行长|司令员)/u.test(one),
    )
}
