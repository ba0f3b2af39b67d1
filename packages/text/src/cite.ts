// Citations in a text: names in 《》, 文号, article references. Only found and named here; the register resolves them.
import { numberSigns, parseNumber } from '@dianzhang/numbering'
import { amendedOf, amendedPassages } from './amended.ts'
import { type Meter, readNumeral } from './lines.ts'
import { beginsLikeReference } from './marks.ts'
import { notNormativeReason } from './normative-names.ts'
import { parseText } from './parse.ts'
import { type RelativeResolver, readRelative, relativePattern, relativeResolver } from './relative.ts'
import type { StructuredText } from './tree.ts'

/** An article reference as written and where it leads: “第二款” behind “第四十九条第一款、” leads to “第四十九条第二款”. */
export interface Reference {
  text: string
  target: string
  start: number
  end: number
}

export interface NamedCitation {
  /** The full name; of an abbreviation that was defined before, the name it stands for. */
  name: string
  /** Targets of the article references: “第四十九条第一款”, “第五条至第八条”. */
  articles: string[]
  /** 文号 in the brackets behind the name, as it should be written when it can be read. */
  docNo: string | null
  /** The abbreviation defined here (以下简称…) or used here. */
  alias?: string
  start: number
  /** Behind 》 (or behind the bare name). */
  end: number
  /** The article references with their places. */
  references: Reference[]
}
export interface DocNoCitation {
  text: string
  /** As parseNumber of the numbering package writes it; the text itself when it cannot be read. */
  normalized: string
  start: number
  end: number
}
export interface NotNormative {
  name: string
  reason: string
  start: number
  end: number
}
export interface Citations {
  named: NamedCitation[]
  docNos: DocNoCitation[]
  /** References to the text itself: “本办法第十条”, “本条第二款”, “第十条”; “前款”, “前条第二款”, “前两项” with the target they stand for. */
  internal: Reference[]
  notNormative: NotNormative[]
}

const numeral = '[零〇一二两三四五六七八九十百千0-9０-９]{1,14}'
const headUnit = '条(?:之[一二三四五六七八九十百]{1,4}){0,2}|分编|[编章节]'
const between = '(?:、|和|或者?|及|与|[至到－—–～~-])'
/** “第三、四条”, “第（一）至（三）项”, “第一、二款”: the unit is written once, behind the last number. */
const written = (number: string, more: string, unit: string, sign = between): string =>
  `${number}(?:${unit}|(?=(?:${sign}${more}){1,20}(?:${unit})))`
/** The same for 条 and what stands above it; not 第一、二条件. The unit that was left out is the group. */
const headNumbers = (number: string): string =>
  `${number}(?:${headUnit}|(?=(?:${between}第?\\s?${numeral}){1,20}(条|分编|[编章节])(?![件款例])))`
const articlePart = new RegExp(headNumbers(`第\\s?${numeral}`), 'uy')
/** What goes on behind “第三、” and “第三条、”: “四条”. */
const moreHeads = new RegExp(headNumbers(numeral), 'uy')
const paragraphPart = new RegExp(written(`第${numeral}`, `第?${numeral}`, '款'), 'uy')
const bracketed = `第?[（(]${numeral}[）)]`
const itemPart = new RegExp(
  `${written(bracketed, bracketed, '项', `${between}?`)}|${written(`第${numeral}`, `第?${numeral}`, '项')}`,
  'uy',
)
/** What goes on behind such a number: 三款, 三项. Numbers in brackets need no words of their own. */
const moreParagraphs = new RegExp(written(numeral, numeral, '款'), 'uy')
const moreItems = new RegExp(written(numeral, numeral, '项'), 'uy')
const subitemPart = new RegExp(`第[（(]?${numeral}[）)]?目`, 'uy')
const joint =
  /\s?(?:、|，?和|，?或者?|，?及|，?以及|与|[至到]|[－—–～~-](?=[第（(零〇一二三四五六七八九十百千0-9０-９]))\s?/uy
const rangeSign = /[至到－—–～~-]/u
const anchorPattern = new RegExp(
  `${headNumbers(`第\\s?${numeral}`)}|本条(?=第[（(]?${numeral})|${relativePattern}`,
  'gu',
)

/**
 * Finds what a text cites. In: plain text, and its structure when the caller has it already (otherwise the text is parsed
 * when it says 前款 and the like). Out: every occurrence with offsets. What an amendment inserts is no citation; 前款, 前条 and
 * 前项 that lead nowhere are left out.
 */
export function cite(source: string, structure?: StructuredText): Citations {
  return citeWithMeter(source, { steps: 0 }, structure)
}

const actKind =
  '(?:法|典|条例|规定|办法|细则|决定|决议|意见|通知|通告|公告|函|批复|答复|方案|规则|解释|请示|报告|纲要|规划|计划|规程|章程|准则|标准|规范|措施)(?:（[^（）\\n]{1,8}）)?'
/** Every sign that is set for 《 and for 》. */
const opens = '《〈＜<﹤«‹≪⟪⟨︽︿'
const closes = '》〉＞>﹥»›≫⟫⟩︾﹀'
const angled = new RegExp(`[〈＜<﹤«‹≪⟪⟨︽︿]([^${opens}${closes}\\n]{2,80}${actKind})[〉＞>﹥»›≫⟫⟩︾﹀]`, 'gu')
/** `〈〈某某办法〉〉`, `<‹某某办法>>`: two signs in place of one. */
const doubled = new RegExp(`[${opens}]{2}([^${opens}${closes}\\n]{2,80}${actKind})[${closes}]{2}`, 'gu')
/** “〈关于《某某办法》如何适用的请示〉”: the marks the wrong way round. */
const reversed = new RegExp(
  `〈([^〈〉《》\\n]{0,40})《([^〈〉《》\\n]{2,60})》([^〈〉《》\\n]{0,40}${actKind})〉`,
  'gu',
)
/** 「某某办法」第三条, “某某办法”第三条: as traditional texts and hasty hands quote. */
const cornered = new RegExp(
  `[「『“"＂[［【]((?![本该此其])[^「」『』《》“”"＂\\[\\]［］【】\\n]{2,80}${actKind})[」』”"＂\\]］】](?=\\s?第[零〇一二三四五六七八九十百0-9]{1,8}[条款])`,
  'gu',
)
/** 《某某办法〉, 《某某办法>: closed by the wrong mark; <某某办法》: opened by it. */
const wronglyClosed = new RegExp(`《([^${opens}${closes}\\n]{2,60}${actKind})[〉＞>﹥»›≫⟫⟩](?![^《\\n]{0,80}》)`, 'gu')
const wronglyOpened = new RegExp(`[〈＜<﹤«‹≪⟪⟨]([^${opens}${closes}\\n]{2,60}${actKind})》`, 'gu')
/** The same text, as long, with 〈某某办法〉 that stands in no 《》 as 《某某办法》. */
function withTitleMarks(source: string): string {
  if (!/[〈〉＜<﹤«‹≪⟪⟨︽︿＞>﹥»›≫⟫⟩「『]|《《|[“"＂[［【][^“”"＂\n]{2,90}[”"＂\]］】]\s?第/u.test(source))
    return source
  const isInside = (at: number, text: string): boolean => {
    const before = text.slice(Math.max(0, at - longestName), at)
    return before.lastIndexOf('《') > before.lastIndexOf('》')
  }
  const outside = (whole: string, name: string, at: number, text: string): string =>
    isInside(at, text) ? whole : `《${name}》`
  return source
    .replace(reversed, '《$1〈$2〉$3》')
    .replace(doubled, (whole, name: string, at: number, text: string) => (isInside(at, text) ? whole : `《 ${name} 》`))
    .replace(wronglyClosed, '《$1》')
    .replace(wronglyOpened, outside)
    .replace(angled, outside)
    .replace(cornered, outside)
}

export function citeWithMeter(given: string, meter: Meter, structure?: StructuredText): Citations {
  const source = withTitleMarks(given)
  const result: Citations = { named: [], docNos: [], internal: [], notNormative: [] }
  const passages = structure === undefined ? amendedPassages(source, meter) : amendedOf(structure, source, meter)
  const quoted = rangeTester(passages)
  const aliases = new Map<string, string>()
  /** Offsets the reference pass must not look at again: names with their brackets and references. */
  const taken: Array<{ start: number; end: number }> = []

  // 1. Names in title marks, and names without that are given an abbreviation: “中华人民共和国城乡规划法（以下简称规划法）”.
  const bare = [...source.matchAll(bareDefinition)]
  let bareEnd = 0
  const defineBareBefore = (limit: number): void => {
    for (let next = bare[0]; next !== undefined && next.index < limit; next = bare[0]) {
      bare.shift()
      const [name] = next
      const start = next.index
      if (quoted(start) || start < (taken.at(-1)?.end ?? 0)) continue
      const behind = behindName(source, start + name.length, meter)
      if (behind.alias === undefined) continue
      aliases.set(behind.alias, name)
      result.named.push({
        name,
        articles: behind.references.map((one) => one.target),
        docNo: behind.docNo,
        alias: behind.alias,
        start,
        end: start + name.length,
        references: behind.references,
      })
      taken.push({ start, end: behind.end })
      bareEnd = behind.end
    }
  }
  let at = source.indexOf('《')
  while (at >= 0) {
    defineBareBefore(at)
    // 法（以下简称《规划法》）: the abbreviation is no name of its own.
    if (at < bareEnd) {
      at = source.indexOf('《', bareEnd)
      continue
    }
    const close = closingOf(source, at, meter)
    if (close < 0) {
      at = source.indexOf('《', at + 1)
      continue
    }
    const end = close + 1
    let next = end
    const name = source
      .slice(at + 1, close)
      .replace(/^\[\[|\]\]$/gu, '')
      .trim()
    if (!quoted(at) && name !== '') {
      const behind = behindName(source, end, meter)
      const known = aliases.get(name)
      const reason = known === undefined ? notNormativeReason(name) : null
      const cited = behind.references.length > 0 || behind.docNo !== null || behind.alias !== undefined
      if (reason === null || (reason.certain === false && cited)) {
        const full = known ?? name
        const alias = behind.alias ?? (known === undefined ? undefined : name)
        result.named.push({
          name: full,
          articles: behind.references.map((one) => one.target),
          docNo: behind.docNo,
          ...(alias === undefined ? {} : { alias }),
          start: at,
          end,
          references: behind.references,
        })
        if (behind.alias !== undefined) aliases.set(behind.alias, full)
      } else result.notNormative.push({ name, reason: reason.text, start: at, end })
      if (behind.alias !== undefined) next = behind.end
      taken.push({ start: at, end: behind.end })
    }
    // A name is not looked into again: 《关于适用〈…〉第三条的批复》 is one name.
    // Nor is the abbreviation in the brackets behind it.
    at = source.indexOf('《', next)
  }

  defineBareBefore(source.length)

  // 2. 文号 anywhere, also inside the brackets behind a name.
  for (const found of documentNumbers(source, meter)) if (!quoted(found.start)) result.docNos.push(found)

  // 3. References: to the text itself, or behind a name without 《》.
  const inName = rangeTester(taken)
  let article: string | null = null
  let relative: RelativeResolver | null = null
  let done = 0
  for (const match of source.matchAll(anchorPattern)) {
    const { index } = match
    meter.steps += match[0].length
    if (index < done) continue
    const ownLine = startsLine(source, index)
    if (ownLine) {
      articlePart.lastIndex = index
      const own = articlePart.exec(source)
      const rest = own ? source.slice(index + own[0].length, index + own[0].length + 12) : ''
      // 第三、四条 is never the number of an article.
      if (own && own[1] === undefined && (/^[\s\u3000：:【（(]|^$/u.test(rest) || !beginsLikeReference(rest))) {
        if (own[0].includes('条') && !quoted(index)) article = own[0].replace(/\s/gu, '')
        continue
      }
    }
    if (inName(index)) continue
    if (!match[0].startsWith('第') && !match[0].startsWith('本条')) {
      const end = index + match[0].length
      const read = readRelative(match[0], source.slice(Math.max(0, index - 10), index), source.slice(end, end + 3))
      if (read === null || quoted(index)) continue
      relative ??= relativeResolver(structure ?? parseText(source))
      const base = relative(read.unit, read.count, index)
      if (base === null) continue
      // 前款第（一）项、第（二）项: what is written behind it belongs to it.
      const more = /^第?[（(]|^第/u.test(source.slice(end, end + 2))
        ? referencesAt(source, end, base.article, meter, base.paragraph)
        : []
      const [first, ...others] = more
      const whole = first === undefined || first.start !== end
      result.internal.push({
        text: source.slice(index, whole ? end : first.end),
        target: whole ? base.target : first.target,
        start: index,
        end: whole ? end : first.end,
      })
      if (!whole) result.internal.push(...others)
      done = whole ? end : (more.at(-1)?.end ?? end)
      continue
    }
    if (match[0].startsWith('本条')) {
      const references = referencesAt(source, index + 2, article ?? '', meter)
      const last = references.at(-1)
      if (last === undefined || article === null) continue
      done = last.end
      if (quoted(index)) continue
      for (const [order, one] of references.entries())
        result.internal.push(order === 0 ? { ...one, text: `本条${one.text}`, start: index } : one)
      continue
    }
    const references = referencesAt(source, index, '', meter)
    const last = references.at(-1)
    if (last === undefined) continue
    done = last.end
    if (quoted(index)) continue
    const before = source.slice(Math.max(0, index - 30), index)
    const self = ownName.exec(before)
    if (self !== null) {
      for (const [order, one] of references.entries())
        result.internal.push(
          order === 0 ? { ...one, text: `${self[0]}${one.text}`, start: index - self[0].length } : one,
        )
      continue
    }
    const unmarked = bareName(before, aliases)
    if (unmarked === null && instructs(before, source.slice(last.end, last.end + 24))) {
      // 将第三条修改为… speaks of the act that is amended, the last one named.
      const amended = result.named.findLast((one) => one.start < index && source[one.start] === '《')
      if (amended !== undefined)
        result.named.push({
          name: amended.name,
          articles: references.map((one) => one.target),
          docNo: null,
          start: index,
          end: index,
          references,
        })
      continue
    }
    if (unmarked === null) {
      result.internal.push(...references)
      continue
    }
    // 该条例第三条: the last name before it that is a 条例; where there is none it is left unbound (see citationEdges).
    const kind = before.slice(-unmarked.length).replace(/^(?:该|同|上述|前述|此)/u, '')
    const previous =
      unmarked.name === null ? result.named.findLast((one) => one.start < index && fitsKind(one.name, kind)) : undefined
    const name = unmarked.name ?? previous?.name
    if (name === undefined) continue
    result.named.push({
      name,
      articles: references.map((one) => one.target),
      docNo: null,
      ...(unmarked.alias === undefined ? {} : { alias: unmarked.alias }),
      start: index - unmarked.length,
      end: index,
      references,
    })
  }
  result.named.sort((x, y) => x.start - y.start)
  result.internal.sort((x, y) => x.start - y.start)
  return result
}

/** Ranges are in order and do not overlap in a way that matters; asked with any offset. */
export function rangeTester(ranges: ReadonlyArray<{ start: number; end: number }>): (at: number) => boolean {
  return (at) => {
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.start ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low > 0 && at < (ranges[low - 1]?.end ?? 0)
  }
}

const longestName = 160

/** The 》 that belongs to the 《 at `at`, names inside it skipped; -1 when there is none near. */
function closingOf(source: string, at: number, meter: Meter): number {
  let depth = 0
  const limit = Math.min(source.length, at + longestName)
  let p = at
  for (; p < limit; p++) {
    const character = source[p]
    if (character === '《') depth++
    else if (character === '》' && --depth === 0) break
    else if (character === '\n') break
  }
  meter.steps += p - at
  if (depth === 0) return p
  // 《关于《…》的通知 with one 》 missing: the first one closes.
  const first = source.slice(at, p).indexOf('》')
  return first < 0 ? -1 : at + first
}

interface Behind {
  docNo: string | null
  alias?: string
  references: Reference[]
  end: number
}
const bracket = /\s?[（(]([^（）()\n]{1,90}(?:[（(][^（）()\n]{0,30}[）)][^（）()\n]{0,40})?)[）)]/uy
const aliasPattern = /以下(?:简称|统称|称)(?:为|：|:)?\s?["“”'‘’《]?([^"“”'‘’《》，,；;）)]{1,30})/u
const toReferences = /(?:中的|中|的|之|关于)?\s?(?=第)/uy

/** What follows a name: 文号, abbreviation, article references. */
function behindName(source: string, from: number, meter: Meter): Behind {
  const behind: Behind = { docNo: null, references: [], end: from }
  for (let times = 0; times < 2; times++) {
    bracket.lastIndex = behind.end
    const found = bracket.exec(source)
    if (found === null) break
    const inside = found[1] ?? ''
    meter.steps += found[0].length
    const number = documentNumbers(inside, meter)[0]
    const alias = aliasPattern.exec(inside)?.[1]?.trim()
    if (number === undefined && alias === undefined && !/年|版|修|试行|号/u.test(inside)) break
    behind.docNo ??= number?.normalized ?? null
    if (alias !== undefined && alias !== '') behind.alias = alias
    behind.end = bracket.lastIndex
  }
  toReferences.lastIndex = behind.end
  if (toReferences.exec(source) !== null) {
    behind.references = referencesAt(source, toReferences.lastIndex, '', meter)
    behind.end = behind.references.at(-1)?.end ?? behind.end
  }
  return behind
}

interface Scope {
  article: string
  paragraph: string
  item: string
  /** The unit that the number read last left to a later one: 第三 of 第三、四条, 第一 of 第一、二款. */
  owed?: string
}

/**
 * The chain of references at `from`: “第四十九条第一款、第二款和第五十条”; `article` and `paragraph` are what a leading “第…款” or “第…项”
 * belongs to.
 */
function referencesAt(source: string, from: number, article: string, meter: Meter, paragraph = ''): Reference[] {
  const references: Reference[] = []
  let scope: Scope = { article, paragraph, item: '' }
  let at = from
  let range = false
  for (let times = 0; times < 200; times++) {
    const last = references.at(-1)
    const read = oneReference(source, at, scope, last === undefined ? '' : range ? 'range' : 'list')
    if (read === null) break
    meter.steps += read.end - at
    if (range && last !== undefined) {
      last.text = source.slice(last.start, read.end)
      last.target = `${last.target}至${read.target}`
      last.end = read.end
    } else references.push({ text: source.slice(at, read.end), target: read.target, start: at, end: read.end })
    scope = read.scope
    joint.lastIndex = read.end
    const next = joint.exec(source) ?? (read.scope.owed === '项' ? [''] : null)
    if (next === null) break
    at = read.end + next[0].length
    // （一）（二）项 stand side by side; a dash stands for 至.
    range = rangeSign.test(next[0])
  }
  return references
}

/** `behind`: what stands before it in the chain, if anything. */
function oneReference(
  source: string,
  at: number,
  scope: Scope,
  behind: '' | 'list' | 'range',
): { target: string; end: number; scope: Scope } | null {
  let end = at
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = end
    const found = pattern.exec(source)
    if (found === null) return ''
    end = pattern.lastIndex
    return found[0].replace(/[\s\u3000]/gu, '')
  }
  /** As it would stand alone: “第三条”, “第一款”, “第（三）项”. */
  const whole = (text: string, unit: string): string =>
    text === '' ? '' : `${text.startsWith('第') ? '' : '第'}${text}${text.endsWith(unit) ? '' : unit}`
  let owed: Scope['owed']
  const readHead = (): string => {
    if (scope.owed === '款' || scope.owed === '项') return ''
    articlePart.lastIndex = at
    let found = articlePart.exec(source)
    if (found === null && behind !== '') {
      moreHeads.lastIndex = at
      found = moreHeads.exec(source)
      if (found !== null && !goesOn(found, scope, behind, source)) return ''
    }
    if (found === null) return ''
    end = at + found[0].length
    owed = found[1]
    return whole(found[0].replace(/[\s\u3000]/gu, ''), owed ?? '')
  }
  const article = readHead()
  const readUnit = (pattern: RegExp, more: RegExp, unit: '款' | '项'): string => {
    if (owed !== undefined) return ''
    let text = read(pattern)
    if (text === '' && scope.owed === unit) text = read(more)
    if (text === '') return ''
    if (!text.endsWith(unit)) owed = unit
    return whole(text, unit)
  }
  const paragraph =
    article === '' || article.endsWith('条') || /之./u.test(article)
      ? readUnit(paragraphPart, moreParagraphs, '款')
      : ''
  const item = readUnit(itemPart, moreItems, '项')
  const subitem = owed === undefined ? read(subitemPart) : ''
  if (end === at) return null
  const now: Scope = {
    ...(article !== ''
      ? { article, paragraph, item }
      : paragraph !== ''
        ? { article: scope.article, paragraph, item }
        : { article: scope.article, paragraph: scope.paragraph, item: item === '' ? scope.item : item }),
    ...(owed === undefined ? {} : { owed }),
  }
  if (now.article === '') return null
  return { target: `${now.article}${now.paragraph}${now.item}${subitem}`, end, scope: now }
}

const unitAtEnd = /(分编|[编章节条])(?:之[一二三四五六七八九十百]+)*$/u
const ordinalIn = (text: string): number =>
  readNumeral(/[零〇一二两三四五六七八九十百千0-9０-９]+/u.exec(text)?.[0] ?? '') ?? 0

/**
 * Whether 四条 without 第 goes on with what was read before: 第三、四条 and 第三条至四条 always, 第三条、四条 when it counts on and
 * is followed as a reference is (not 四条措施).
 */
function goesOn(found: RegExpExecArray, scope: Scope, behind: 'list' | 'range', source: string): boolean {
  const [written, left] = found
  const unit = left ?? unitAtEnd.exec(written)?.[1]
  if (scope.owed !== undefined) return unit === scope.owed
  if (unit !== unitAtEnd.exec(scope.article)?.[1] || ordinalIn(written) <= ordinalIn(scope.article)) return false
  const rest = source.slice(found.index + written.length, found.index + written.length + 8)
  return behind === 'range'
    ? !/^[件款例]/u.test(rest)
    : beginsLikeReference(rest) ||
        /^(?:规定|[办处]理|执行|处罚|情形|[）)]|[和或与及至到]者?[一二三四五六七八九十百])/u.test(rest)
}

const startsLine = (source: string, at: number): boolean => {
  for (let p = at - 1; p >= 0 && at - p < 12; p--) {
    const character = source[p] ?? ''
    if (character === '\n' || character === '\r') return true
    if (!/[\s\u3000]/u.test(character)) return false
  }
  return at < 12
}

const ownName =
  /本(?:实施|暂行|若干)?(?:法|条例|办法|规定|细则|规则|决定|解释|章程|规范|意见|方案|通知|准则|规程|制度|守则|决议|公告|通告|指引|指南|标准|预案|措施|安排|批复|公约)(?:的|中|中的)?$/u
const actName =
  /[\p{Script=Han}]*(?:法|条例|规定|办法|细则|解释|规则|决定|典|准则|意见|章程|通知|规范|修正案|公约|条约|协定)(?:（[一二三四五六七八九十试暂行]{1,3}）)?$/u
const leads =
  /^.*(?:根据|依据|依照|按照|参照|比照|适用|违反|符合|属于|具有|所列|规定的|或者|以及|以下|执行|修改|认定为|认定其?|构成|包括|履行了|实施(?=刑法)|触犯|修[正订]后的?|(?<!共)和|与|及|或|(?<![国所享占持反])有)/u
const weakLeads = /^(?:将|在|对(?!外)|原|新|犯|由)/u
/** Nothing else ends like these. */
const certainName = /(?:刑法|民法典|宪法|中华人民共和国[\p{Script=Han}]{1,20})$/u
const instructs = (before: string, after: string): boolean =>
  /(?:将|删除|删去|增加[一二三四五六七八九十]{1,3}[条款]，作为)$/u.test(before) ||
  /^[^，。；\n“]{0,10}(?:修改为|改为|修正为|合并为|调整为)/u.test(after) ||
  /^(?:后|之后|前)?增加[一二三四五六七八九十]{1,3}[条款项]/u.test(after)
const bareDefinition =
  /中华人民共和国(?:(?!中华人民共和国)\p{Script=Han}){1,26}(?:法|法典|条例)(?=\s?[（(][^（）()\n]{0,40}以下(?:简称|统称|称))/gu
/** Whether 该条例, 同法 can mean an act of this name: 办法 is no 法. */
export function fitsKind(name: string, kind: string): boolean {
  const bare = name.replace(/[（(][^（）()]*[）)]$/u, '')
  return kind === '法' ? /(?:法|法典)$/u.test(bare) && !/办法$/u.test(bare) : bare.endsWith(kind)
}
const backReference = /^(?:该|同|上述|前述|此)/u

/** The name right before a reference without 《》; `name` is null when it points back (该法第三条). Null when there is none. */
function bareName(
  before: string,
  aliases: ReadonlyMap<string, string>,
): { name: string | null; alias?: string; length: number } | null {
  for (let length = Math.min(20, before.length); length >= 2; length--) {
    const word = before.slice(-length)
    const name = aliases.get(word)
    if (name !== undefined) return { name, alias: word, length }
  }
  const run = actName.exec(before)?.[0]
  if (run === undefined) return null
  const name = certainName.exec(run)?.[0] ?? run.replace(leads, '').replace(weakLeads, '')
  if (backReference.test(name) && name.length <= 6) return { name: null, length: name.length }
  // “法第三条”, “规定第三条”: a kind, not a name.
  return name.length < 2 || /^(?:规定|办法|条例|细则|规则|决定|解释|意见|通知|规范|准则|章程|公约|协定)$/u.test(name)
    ? null
    : { name, length: name.length }
}

/** The brackets that stand around the year, as the numbering package reads them; the year and number in Chinese numerals too. */
const bracketNumber =
  /[〔［[【（(﹝〈<＜{｛](?:[12][0-9]{3}|[一二][一二三四五六七八九〇零○]{3})年?[〕］\]】）)﹞〉>＞}｝]第?\s?(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,6})\s?号|〔[12][0-9]{3}〕[0-9]{1,5}(?=[的、，。；）)\s]|$)/gu
/** “海 政 规 发〔2026〕3号”: a “代字” that is set wide. */
const wideCode = /(?:\p{Script=Han}[\s\u3000]){2,12}\p{Script=Han}[\s\u3000]?$/u
const seriesNumber = new RegExp(
  `(?:令|公告|通告)\\s?[（(]?(?:第?\\s?${numeral}\\s?号|(?:[12][0-9]{3}|[一二][一二三四五六七八九〇零○]{3})\\s?年\\s?第?\\s?${numeral}\\s?号)[）)]?`,
  'gu',
)
/** “国务院第586号令”, “财政部2023年第12号公告”: the kind stands behind. */
const numberThenSeries = new RegExp(`(?:[12][0-9]{3}年\\s?)?第\\s?${numeral}\\s?号(?:令|公告|通告)`, 'gu')
const numberLeads =
  /^.*(?:根据|依据|依照|按照|参照|参考|比照|适用|符合|遵守|违反|转发|印发|废止|修改|执行|通知|[你我]院|[你我]厅|[你我]局|[你我]部|的|即|或者?|号[和与及]?|详?见|按|遵照|对照|结合|落实|贯彻|引用|援引|下发|印送|公布|发布|收到|依(?![政委党人兰安发办县])|(?:请示|报告|来函)[和与]|[令告][和与及]|报送|抄送|最高人民(?:法院|检察院)(?=.{1,4}[（(]))|^(?:日?原|[和与及以由是为经日据在对]|将(?!政|乐))/u

/** What stands between the names of organs that issue one number together. */
const jointBefore = /(?:\s{1,3}|\s?[、，,；/·•]\s?)$/u
const jointOrgan =
  /(?:部|委|委员会|局|署|院|厅|行|会|办|办公室|政府|中心|社|公司|部队|总队|支队|大队|[）)])(?:联合)?(?=$|令|公告|通告)/u
const mostJoint = 30

/** Where the names begin that a joint number carries: “财政部 税务总局公告…”, “甲县人民政府、乙县人民政府令…”. */
function jointStart(source: string, start: number, own: string, meter: Meter): number {
  if (!jointOrgan.test(own)) return start
  let from = start
  for (let times = 0; times < mostJoint && from > 1; times++) {
    const gap = jointBefore.exec(source.slice(Math.max(0, from - 3), from))
    if (gap === null || gap[0].includes('\n')) break
    let first = from - gap[0].length
    const end = first
    while (first > 0 && end - first < 30 && /[\p{Script=Han}]/u.test(source[first - 1] ?? '')) first--
    const run = source.slice(first, end)
    const name = run.replace(numberLeads, '')
    meter.steps += run.length + 1
    if (
      name.length < 2 ||
      !/(?:部|委|委员会|局|署|院|厅|行|会|办|办公室|政府|中心|社|公司|部队|总队|支队|大队)$/u.test(name)
    )
      break
    from = end - name.length
    // “根据财政部、税务总局公告”: what leads to the number stands before the first name.
    if (name !== run) break
  }
  return from
}

/** “国办发〔2020〕1号”, “国务院令第700号”, “国家税务总局公告2020年第3号” with the words before that belong to them. */
function documentNumbers(source: string, meter: Meter): DocNoCitation[] {
  const found: DocNoCitation[] = []
  const add = (index: number, matched: string, longest: number, series: boolean): void => {
    let start = index
    while (start > 0 && index - start < longest && /[\p{Script=Han}]/u.test(source[start - 1] ?? '')) start--
    // 法（研）发〔1991〕21号: a bracket may stand inside the prefix.
    const bracketed =
      start > 0 && (!series || start === index)
        ? /[\p{Script=Han}]{1,12}[（(][\p{Script=Han}]{1,6}[）)]$/u.exec(source.slice(Math.max(0, start - 20), start))
        : null
    if (bracketed !== null && start <= index) start -= bracketed[0].length
    const wide = !series && index - start < 2 ? wideCode.exec(source.slice(Math.max(0, index - 28), index)) : null
    if (wide !== null) start = index - wide[0].length
    const before = source.slice(start, index)
    const own = before.replace(numberLeads, '')
    start = index - own.length
    meter.steps += before.length + matched.length
    const closes = /[）)]$/u.test(matched)
    const unopened = series && closes && !/[（(]/u.test(matched)
    const open = series && !closes && /[（(](?=第|[12])/u.test(matched)
    const tail = unopened ? matched.slice(0, -1) : matched
    if (own === '' && !/^(?:令|公告|通告)/u.test(matched)) return
    // 第3号公告 needs a name before it; 第586号令 behind other words is none.
    if (series && /^(?:第|[12])/u.test(matched) && !jointOrgan.test(own)) return
    if (series) start = jointStart(source, start, `${own}${/^(?:第|[12])/u.test(matched) ? '' : '令'}`, meter)
    const end = index + tail.length
    const text = source.slice(start, end)
    const read = parseNumber(open ? text.replace(/[（(](?=第|[12])/u, '') : text)
    found.push({ text, normalized: read.normalized ?? text, start, end })
  }
  const signs = numberSigns(source)
  for (const match of signs.matchAll(bracketNumber))
    add(match.index, match[0], 14, /(?:公告|令|通告)$/u.test(source.slice(Math.max(0, match.index - 2), match.index)))
  for (const match of signs.matchAll(seriesNumber)) add(match.index, match[0], 30, true)
  for (const match of signs.matchAll(numberThenSeries))
    if (/[部委会局署院厅行办室府心社司队]/u.test(source[match.index - 1] ?? '')) add(match.index, match[0], 30, true)
  // Where two readings meet the longer one counts: 国务院令〔2020〕3号 is read by its brackets and by 令.
  let behind = 0
  return found
    .sort((x, y) => x.start - y.start || y.end - x.end)
    .filter(({ start, end }) => {
      if (start < behind) return false
      behind = end
      return true
    })
}
