// What a sentence ends: names in 《》, and document numbers that stand without a name (废止海政发〔2015〕3号).
import { numberSigns, parseNumber } from '@dianzhang/numbering'

/** An act that is ended: its name, or its number as it should be written. Offsets are those of the sentence. */
export interface Repealed {
  name: string
  start: number
  end: number
}

const bareNumber =
  /\p{Script=Han}{1,14}[〔［[【（(﹝〈][12][0-9]{3}年?[〕］\]】）)﹞〉]第?[0-9]{1,5}号|\p{Script=Han}{2,14}(?:令|公告|通告)(?:[12][0-9]{3}年)?第[0-9]{1,5}号/gu
/** What the run of characters before a number may begin with and is none of it; 和政, 将乐, 原州 are places. */
const notOfNumber =
  /^(?:.*(?:废止|停止执行|通知|印发|之日起|之前|文件|以及|现将|的))?(?:号?文?[和与及或](?!政)|将(?!政|乐)|[对把由号])?(?:原(?!政))?/u

/** What may stand between the last name and the word that ends it: 《甲》（文号）自本办法施行之日起同时废止. */
const thenEnds =
  /^(?:[（(][^（()）]{0,80}[）)])?(?:等[^，。；《》]{0,30})?[，,]?(?:自[^，。；《》]{2,24}起)?[，,]?(?:现|同时|即行|予以|相应|一并|自行|均|全部|即|随之|也|亦|已|行)*$/u
/** The same behind a number: `海政发〔2015〕3号文件同时废止`, `海政发〔2015〕3号、4号同时废止`. */
const ofNumber = /^(?:文件|文|通知|两?[0-9一二三四五六七八九十]*[件个]文件)/u
/** What may stand between two names of such a list. */
const nextName = /^(?:[（(][^（()）]{0,80}[）)])?(?:[、，和及与以]{0,2}|等)[^，。；《》被代替按依据由]{0,16}$/u
const behindWord =
  /^了?(?:(?:以下|下列)(?:[0-9一二三四五六七八九十]{1,3}件)?(?:行政)?(?:规范性)?文件[：:]|原|本机关|我[县市区局]){0,2}(?=[《\p{Script=Han}])/u
/** `不废止`, `拟废止`: not what is done here. */
const notDone = /(?:拟|建议|提请|申请|不得?|未|不予|是否|尚未|没有|有权|可以|研究|决定是否)(?:予以|同时|一并)?$/u
/** 废止《甲》第五条: a part is no end of the whole. */
const partOnly =
  /^(?:[（(][^（()）]{0,80}[）)])?(?:文件|文)?(?:中|里)?的?(?:第[0-9零〇一二三四五六七八九十百]{1,6}[编章节条款项]|部分|附件)/u

/** Number as it should be written, and where it begins within the match; null for what is none. */
function numberIn(match: string): { name: string; from: number } | null {
  const bracket = match.search(/[〔［[【（(﹝〈第]|[12][0-9]{3}年/u)
  const from = notOfNumber.exec(match.slice(0, bracket))?.[0].length ?? 0
  const written = match.slice(from)
  const { normalized } = parseNumber(written)
  return normalized === null || normalized === undefined ? null : { name: normalized, from }
}

/** 海政发〔2015〕3号、4号、5号: the numbers that go on with the same 代字 and year. */
function furtherOf(sentence: string, first: string, from: number): Array<Repealed & { number: boolean }> {
  const series = first.slice(0, first.search(/[0-9]+号$/u))
  const more = /^(?:[、和及与]第?[0-9]{1,5}号){1,20}/u.exec(sentence.slice(from, from + 200))?.[0] ?? ''
  return [...more.matchAll(/[0-9]{1,5}号/gu)].map((one) => ({
    name: `${series}${one[0]}`,
    start: from + one.index,
    end: from + one.index + one[0].length,
    number: true,
  }))
}

/** Names and bare numbers in a sentence, in order; the number that belongs to a name beside it is not one of its own. */
function thingsIn(sentence: string): Array<Repealed & { number: boolean }> {
  const named = [...sentence.matchAll(/《([^《》]{2,120})》/gu)].map((one) => ({
    name: one[1] ?? '',
    start: one.index,
    end: one.index + one[0].length,
    number: false,
  }))
  const numbered = [...sentence.matchAll(bareNumber)].flatMap((one) => {
    const read = numberIn(one[0])
    if (read === null) return []
    const start = one.index + read.from
    const end = one.index + one[0].length
    const inName = named.some((each) => each.start < end && start < each.end)
    const before = sentence.slice(Math.max(0, start - 120), start)
    // Name and number of one document: `《甲》（海政发〔2015〕3号）`, `海政发〔2015〕3号《甲》`
    if (
      inName ||
      /》[（(，,][^（()）《》]*$/u.test(before) ||
      /^(?:文件|文)?[（(]?《/u.test(sentence.slice(end, end + 4))
    )
      return []
    return [{ name: read.name, start, end, number: true }, ...furtherOf(sentence, read.name, end)]
  })
  return [...named, ...numbered].sort((a, b) => a.start - b.start)
}

/**
 * What a sentence ends, by name or by number. In: one sentence without line ends. A share, a licence or another's act that may
 * be declared void is none, nor a part of an act, nor what is only proposed.
 */
export function repealedIn(written: string): Repealed[] {
  const sentence = numberSigns(written)
  const things = thingsIn(sentence)
  if (things.length === 0) return []
  const found: Repealed[] = []
  const behindOf = (at: number, to: number): string => {
    const rest = sentence.slice(things[at]?.end ?? 0, to)
    return things[at]?.number === true ? rest.replace(ofNumber, '') : rest
  }
  const between = (one: number, other: number): string => behindOf(one, things[other]?.start ?? 0)
  let last = 0
  for (const { 0: word, index } of sentence.matchAll(/废止|停止执行|停止施行|不再执行|不再施行|失效|失去效力/gu)) {
    const undone = notDone.test(sentence.slice(Math.max(0, index - 10), index))
    const behind = sentence.slice(index + word.length, index + word.length + 40)
    const at = things.findLastIndex(({ end }) => end <= index)
    if (at >= last && !undone && thenEnds.test(behindOf(at, index)) && !/^(?:的|日|前|后|或|、|情形)/u.test(behind)) {
      let from = at
      while (from > last && nextName.test(between(from - 1, from))) from--
      found.push(...things.slice(from, at + 1))
    }
    const opened = word === '废止' && !undone ? behindWord.exec(behind) : null
    if (opened !== null) {
      let to = things.findIndex(({ start }) => start === index + word.length + opened[0].length)
      for (; to >= 0 && to < things.length; to++) {
        const thing = things[to]
        if (thing !== undefined && !partOnly.test(sentence.slice(thing.end, thing.end + 100))) found.push(thing)
        if (to + 1 < things.length && !nextName.test(between(to, to + 1))) break
      }
    }
    last = Math.max(last, things.filter(({ end }) => end <= index).length)
  }
  return found
    .filter((one, at) => found.findIndex(({ name }) => name === one.name) === at)
    .map(({ name, start, end }) => ({ name, start, end }))
}

const ending = '(?:废止|停止执行|停止施行|不再执行|失效)'
const listed = '(?:下列|以下|下述|附件所列|本?附件中的)'
const acts = '(?:行政)?(?:规范性)?(?:文件|规定|通知|政策|办法)'
/**
 * Heads of such a list: `废止下列文件：`, `下列文件同时废止：`, `对以下3件文件予以废止：`, `一、废止的文件（2件）`, `废止文件目录`. What is only kept in force
 * is none.
 */
const listHead = new RegExp(
  `(?:^|[。；，,、\\s）)])(?:(?:决定|现|现将|经研究|予以|同时|一并)*${ending}${listed}[^。；：:]{0,20}${acts}|[^。；，：:《]{0,12}?${listed}[^。；：:《]{0,24}?(?:予以|同时|一并|即行|自[^。；：:]{2,24}起)*(?:予以|同时|一并|即行)*${ending}|(?:决定|予以|宣布|同时)*${ending}的?(?:现行)?(?:行政)?(?:规范性)?文件(?:目录|清单|名单)?)(?:[（(][^（()）]{0,24}[）)])?(?:目录|如下)?[：:。]?$`,
  'u',
)
const itemMark =
  /^(?:[（(]?[0-9一二三四五六七八九十百]{1,4}[）)、.．][\s\u3000]*|[①-⑳][\s\u3000]*|[•·●○*-][\s\u3000]*|[|｜][\s\u3000]*[0-9]{1,4}[\s\u3000]*[|｜])/u
const longestItem = 240
const mostItems = 2000

/**
 * What lists end: the lines below 废止下列文件：, each a name in 《》, a number, or a row of a table with either, up to the first line
 * that is none. In: the text. Linear.
 */
export function repealedLists(source: string): string[] {
  if (!/废止|停止执行|停止施行|不再执行|失效/u.test(source)) return []
  const found: string[] = []
  let open = false
  let seen = 0
  for (const raw of source.split(/[\n\r]+/u)) {
    const line = numberSigns(raw.trim())
    if (line === '') continue
    if (line.length <= longestItem && listHead.test(line.replace(/[\s\u3000]/gu, '')) && !/》/u.test(line)) {
      open = true
      seen = 0
      continue
    }
    if (!open) continue
    const item = line.length > longestItem || seen >= mostItems ? null : itemOf(line)
    // Between the head and its first item a title, a date or the head of the table may stand.
    if (item === null) open = seen === 0 && line.length <= 60 && !/[。；]$/u.test(line)
    else if (item !== '') {
      seen++
      if (!found.includes(item)) found.push(item)
    }
  }
  return found
}

/** The act a line of a list names; '' for the head of a table, null for a line that is no item. */
function itemOf(line: string): string | null {
  if (/^[|｜]/u.test(line) && !/[0-9]{4}|《/u.test(line)) return ''
  const marked = itemMark.exec(line)?.[0] ?? ''
  const words = line.slice(marked.length).trim()
  // 1.《甲办法》第五条 is no end of the whole.
  const [first] = thingsIn(words)
  if (first === undefined) return null
  const before = words.slice(0, first.start)
  if (partOnly.test(words.slice(first.end)) || /继续有效|[予以]?修改|保留/u.test(words)) return null
  if (first.number && marked === '' && before !== '') return null
  // A sentence that goes on speaks of something else.
  if (/[。，].{12,}/u.test(words.slice(first.end)) || before.length > 60) return null
  return first.name
}
