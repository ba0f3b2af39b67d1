// Questions put to a whole text: clauses that should be there and are not, deadlines, titles, numbering,
// abbreviations, internal references. Thresholds are given by the caller (the pack).
import { amendedOf } from '../amended.ts'
import { type Citations, cite, type Reference, rangeTester } from '../cite.ts'
import { damageIn, damageNames, isTraditional } from '../damage.ts'
import { endsLikeTitle } from '../headings.ts'
import { readNumeral } from '../lines.ts'
import { beginsLikeReference } from '../marks.ts'
import { notNormativeReason } from '../normative-names.ts'
import { wasRunOn } from '../run-on.ts'
import type { Element, StructuredText } from '../tree.ts'
import { type StatedTerms, statedTerms } from '../validity.ts'
import type { Severity } from './finding.ts'
import { lintPatterns } from './patterns.ts'
import { placeholdersIn } from './placeholders.ts'
import { lineStarts } from './places.ts'

/** What the checks may know besides the text. */
export interface LintOptions {
  /** Title when the text itself does not carry it. */
  title?: string | undefined
  /** 暂行、试行; read from the title when absent. */
  provisional?: boolean | undefined
  /** Longest 有效期 in years that the jurisdiction allows a document like this one; not checked when absent. */
  maxYears?: number | { general: number | null; provisional: number | null } | undefined
  /** Names of the issuing bodies; read from the 署名 when absent. */
  issuers?: readonly string[] | undefined
}

/** What a check found, before it is put into its place. */
export interface RawFinding {
  id: string
  severity: Severity
  category: string
  basis: string
  message: string
  start: number
  end: number
  element?: string
}

/** What every check gets. `text` is the whole source, `structure` its tree. */
export interface CheckInput {
  text: string
  structure: StructuredText
  options: LintOptions
}

type Check = (input: CheckInput) => RawFinding[]

const titleOf = ({ structure, options }: CheckInput): string => options.title ?? structure.title ?? ''

/** The name of the document itself: of 关于印发《某某办法》的通知 the inner one. */
export function nameInTitle(title: string): string {
  const inner = /(?:印发|公布|发布|颁布|颁发)《([^》]+)》/.exec(title)
  return (inner?.[1] ?? title).replace(/[（(](?:试行|暂行|草案|征求意见稿|送审稿|修订|修正)[）)]$/u, '').trim()
}

/** “暂行” or “试行” in the title. */
export const isProvisionalTitle = (title: string): boolean => /暂行|试行/.test(title)

const missing = (id: string, severity: Severity, category: string, basis: string, message: string): RawFinding[] => [
  { id, severity, category, basis, message, start: 0, end: 0 },
]

// Short texts without rights or duties, such as a notice of printing and distribution, are not asked for a date of
// taking effect.
const isRuleText = (structure: StructuredText): boolean => structure.counts.articles > 0 || structure.counts.level1 > 1

const effectiveDate =
  /自[^。；]{1,40}?起[^。；]{0,6}(?:施行|试行|执行|实施|生效)|(?:施行|生效|实施)(?:日期|时间)[^。；]{0,4}[为是：:]/
const basisWords = /(?:根据|依据|依照|按照|遵照|贯彻落实|贯彻|落实)[^。]{0,60}(?:《|法律|法规|规定|精神|要求)/
const interpreter = /由[^。；]{2,60}?(?:负责)?解释|解释(?:权|工作)(?:归|由)/

const missingClauses: Check = (input) => {
  const { text, structure } = input
  if (!isRuleText(structure)) return []
  const found: RawFinding[] = []
  const stated = termsOf(input)
  if (stated.effective.length === 0 && !effectiveDate.test(text)) {
    found.push(
      ...missing(
        'S01',
        'warn',
        '没有施行日期',
        '《规章制定程序条例》第三十二条（依第三十六条参照执行）',
        '全文没有找到施行日期。是否漏写“自……起施行”？',
      ),
    )
  }
  if (stated.validity.length === 0) {
    found.push(
      ...missing(
        'S02',
        'warn',
        '没有有效期',
        '本地的有效期制度',
        '全文没有找到有效期。是否应当写明有效期或者失效日期？',
      ),
    )
  }
  if (!basisWords.test(text.slice(0, 3000))) {
    found.push(
      ...missing(
        'S03',
        'warn',
        '没有制定依据',
        '国办发〔2018〕37号（一）；《地方各级人民代表大会和地方各级人民政府组织法》第七十五条',
        '开头没有找到“根据《……》”。制定依据是否漏写？',
      ),
    )
  }
  if (!interpreter.test(text)) {
    found.push(
      ...missing('S04', 'review', '没有解释机关', '公文与立法技术规范', '没有写明由哪个机关负责解释。是否需要写明？'),
    )
  }
  return found
}

/** From X to Y is longer than so many years; X is the 成文日期 when it is not written. The same day of that year is let pass. */
function reachesTooFar(from: string | null, until: string, allowed: number): boolean {
  if (from === null) return false
  return until > `${String(Number(from.slice(0, 4)) + allowed).padStart(4, '0')}${from.slice(4)}`
}

const validityTooLong: Check = (input) => {
  const { options, structure } = input
  if (options.maxYears === undefined) return []
  const provisional = options.provisional ?? isProvisionalTitle(titleOf(input))
  const allowed =
    typeof options.maxYears === 'number'
      ? options.maxYears
      : provisional
        ? options.maxYears.provisional
        : options.maxYears.general
  if (allowed === null) return []
  const ask = (written: string, { start, end }: { start: number; end: number }): RawFinding => ({
    id: provisional ? 'S05' : 'S06',
    severity: 'block',
    category: provisional ? '试行、暂行期限过长' : '有效期超过本地上限',
    basis: '本地的有效期制度',
    message: `${written}，本地规则${provisional ? '对试行、暂行文件' : ''}最长${allowed}年。期限是否写错，或者另有依据？`,
    start,
    end,
  })
  const { effective, validity } = termsOf(input)
  return validity.flatMap((stated) => {
    const { kind, months, days, until, start } = stated
    if (kind === 'unlimited') return [ask('写的是长期有效', stated)]
    if (kind === 'span' && days !== null && days > allowed * 366) return [ask(`写的是${days}天`, stated)]
    if (kind === 'span' && months !== null && months > allowed * 12) return [ask(`写的是${lengthOf(months)}`, stated)]
    const near = effective.findLast((one) => one.start <= start) ?? effective[0]
    const from = stated.from ?? (near?.onIssue === true ? structure.date : (near?.date ?? null))
    if (kind === 'until' && until !== null && reachesTooFar(from, until, allowed))
      return [ask('写的起止日期超过了这一期限', stated)]
    return []
  })
}

const lengthOf = (months: number): string => (months % 12 === 0 ? `${months / 12}年` : `${months}个月`)

const terms = new WeakMap<StructuredText, { text: string; terms: StatedTerms }>()
/** What the text says of its own time; what an amendment quotes is not its own. */
function termsOf({ text, structure }: CheckInput): StatedTerms {
  const known = terms.get(structure)
  if (known?.text === text) return known.terms
  const read = statedTerms(text, rangeTester(amendedOf(structure, text)))
  terms.set(structure, { text, terms: read })
  return read
}

/** 占位: what a draft, a template or Word left to be filled in. In a form, a table and a quotation it is only pointed at. */
const placeholders: Check = ({ text, structure }) => {
  const forms = structure.attachments.filter(
    ({ label, body }) => label !== '' && !body.some(({ level }) => level === 'article' || level === 'chapter'),
  )
  const inForm = (at: number): boolean =>
    forms.some(({ body }) => body.length > 0 && (body[0]?.start ?? 0) <= at && at < (body.at(-1)?.end ?? 0))
  // What this program itself left to be done is asked about as S13 and S14.
  const waiting = placeholdersIn(text)
  if (waiting.length === 0) return []
  const own = unfinished({ text, structure, options: {} })
  const isOwn = (at: number): boolean => own.some(({ start, end }) => start <= at && at < end)
  return waiting.flatMap(({ kind, start, end }) => {
    if (isOwn(start)) return []
    const line = lineAround(text, start)
    const quoted = /“[^“”\n]{0,80}$/u.test(text.slice(Math.max(line.start, start - 82), start))
    const words = text.slice(line.start, line.end).trim()
    // 文号 and 成文日期 of the text itself come with numbering and signing.
    const later = words === structure.documentNumber || isBlankNumberOrDate(words)
    const table = words.startsWith('|') || words.includes('\t')
    const finding: RawFinding = {
      id: 'S16',
      severity: later || table || inForm(start) || (quoted && kind === 'blank') ? 'review' : 'block',
      category: '占位没有填写',
      basis: '公文与立法技术规范',
      message: later
        ? '这里的占位在编号、签署以后才能填写，文字里先不写是否更好？'
        : `这里像是没有填写的占位（${kind === 'prompt' ? '提示文字' : '记号'}）。应当怎样写，或者应当删去？`,
      start,
      end,
    }
    return [finding]
  })
}

const isBlankNumberOrDate = (words: string): boolean =>
  words.length <= 40 &&
  (/^[（(]?[\p{Script=Han}]{1,12}[〔［[][12][0-9]{3}[〕］\]]\s*[XxＸｘ×_＿—\s]*号[）)]?$/u.test(words) ||
    /^[\p{Script=Han}\s]{0,30}(?:[12][0-9Xx×]{1,3}|[\s\u3000_＿]+)\s*年[\sXx×_＿\u3000]+月[\sXx×_＿\u3000]+日$/u.test(
      words,
    ))

function lineAround(text: string, at: number): { start: number; end: number } {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const end = text.indexOf('\n', at)
  return { start, end: end < 0 ? text.length : end }
}

const longestDamage = 60
/** 坏字: one question a line, whatever is wrong with it. */
const damaged: Check = ({ text }) => {
  const found: RawFinding[] = []
  const traditional = isTraditional(text)
  const perLine = Map.groupBy(damageIn(text, undefined, traditional), ({ line }) => line)
  for (const damages of perLine.values()) {
    const first = damages[0]
    if (first === undefined) continue
    const kinds = [...new Set(damages.map(({ kind }) => kind))]
    const hidden = kinds.every((kind) => kind === 'invisible')
    found.push({
      id: 'S17',
      severity: hidden ? 'warn' : 'block',
      category: '坏字',
      basis: '《党政机关公文处理工作条例》第十九条第（四）项',
      message: `这一行有${kinds.map((kind) => damageNames[kind]).join('、')}，共${damages.length}处。是否请对照原件改正？`,
      start: first.start,
      end: Math.min(damages.at(-1)?.end ?? first.end, first.start + longestDamage),
    })
  }
  if (traditional)
    found.push({
      id: 'S17',
      severity: 'block',
      category: '坏字',
      basis: '《国家通用语言文字法》第九条',
      message: '全文是繁体字。国家机关的公文应当使用规范汉字，是否应当改为简体？',
      start: 0,
      end: 0,
    })
  return found
}

/** Nothing of a document was found in the text: it is not said to be in order. */
const nothingRead: Check = ({ text, structure }) => {
  const { counts, title, documentNumber, signature } = structure
  const read =
    (title !== null && endsLikeTitle(title)) ||
    documentNumber !== null ||
    signature.length > 0 ||
    counts.articles + counts.chapters + counts.level1 + counts.level2 + counts.level3 + counts.level4 > 0
  if (wasRunOn(text))
    return missing(
      'S18',
      'warn',
      '没有分段',
      '公文与立法技术规范',
      '全文连成一两行，段落和层次只能照标点与序号猜。是否请先恢复分段（从网页复制时常丢失），再检查？',
    )
  if (read) return []
  return missing(
    'S18',
    'warn',
    '没有读出标题和层次',
    '公文与立法技术规范',
    text.trim() === ''
      ? '没有读到文字。是否选错了文件？'
      : '没有读出标题、文号、署名，也没有条款和层次，无从检查。是否选错了文件，或者排版须先整理？',
  )
}

/** Departments that are named 办公室 and issue documents themselves. */
const departmentOffices = /(?:人民防空|国防动员|外事|侨务|台湾事务|港澳事务|政务服务管理)办公室$/u
const governmentOffice = /人民政府办公室$/u

/** The office inside an organ (…局办公室); what is L24's is asked there. */
const innerOffice: Check = ({ text, structure, options }) => {
  const pattern = lintPatterns.find(({ id }) => id === 'L24')
  const asked = pattern === undefined ? null : new RegExp(pattern.pattern)
  return (options.issuers ?? structure.signature)
    .map((issuer) => issuer.replace(/[\s\u3000]/gu, ''))
    .filter(
      (issuer) =>
        issuer.endsWith('办公室') &&
        !governmentOffice.test(issuer) &&
        !departmentOffices.test(issuer) &&
        asked?.test(issuer) !== true,
    )
    .map((issuer) => {
      const at = text.lastIndexOf(issuer)
      return {
        id: 'S15',
        severity: 'warn',
        category: '署名为机关内设的办公室',
        basis: '国办发〔2018〕37号（一）；《党政机关公文处理工作条例》第十七条',
        message: `“${issuer}”像是机关内设的办公室。它能否作为制定机关，是否应当由其所属机关制发？`,
        start: Math.max(0, at),
        end: at < 0 ? 0 : at + issuer.length,
      }
    })
}

const numberingFaults: Check = ({ structure, text }) => {
  if (structure.faults.length === 0) return []
  const starts = lineStarts(text)
  return structure.faults.map((fault) => {
    const start = starts[fault.line - 1] ?? 0
    const end = Math.max(start, (starts[fault.line] ?? text.length + 1) - 1)
    if (fault.code === 'vertical-table')
      return {
        id: 'S18',
        severity: 'warn',
        category: '表格没有读成表',
        basis: '公文与立法技术规范',
        message: `${fault.message}。`,
        start,
        end: Math.min(end, start + 40),
      }
    return {
      id: 'S07',
      severity: 'warn',
      category: '序号',
      basis: '立法技术规范；GB/T 9704—2012第7.3.3条',
      message: `${fault.message.replace(/[。？?]$/, '')}。序号是否写错？`,
      start,
      end: Math.min(end, start + 40),
      ...(fault.element === undefined ? {} : { element: fault.element }),
    }
  })
}

/** “以下简称‘甲’”, “以下称《办法》”, “以下统称乙”; a bare “简称” must be in brackets. */
const definedShort =
  /(?:(?:以下|下文|后文)(?:均|分别|统一|合并)?(?:简称|统称|通称|合称|总称|称)|(?<=[（(])(?:下称|简称))[为作]?[：:]?\s?(?:[“"‘]([^”"’\n]{1,24})[”"’]|[新原本]?《([^《》\n]{1,40})》|([^“”"‘’《》（）(),，。；\n]{1,24}))/gu
const moreShort = /\s?(?:、|和|及|以及|或者?)\s?([“《]([^“”《》\n]{1,40})[”》])/uy
const mostInRow = 20
/** Each is looked for in the whole text. */
const mostDefinitions = 300
const bareKind =
  /^(?:实施|暂行|管理|试行)?(?:条例|办法|规定|细则|意见|方案|规划|纲要|决定|通知|规程|规则|标准|目录|清单)$/u
/** 市水务局, 县农机中心: the short name of a body, which is no common word. */
const bodyName =
  /^(?:省|市|区|县|州|镇|乡|旗|自治区|管委会)[\p{Script=Han}]{2,12}(?:局|委|办|厅|部门|中心|机构|队|会|组|处|院|所)$/u
/** What may stand before the short name of a body; behind anything else it is the end of a longer name. */
const beforeBody = /[\s，。；：、（(“由向和或的与经在对将及按报请交给送受是为]$/u

interface Definition {
  name: string
  /** As it is recognised where it is used: with the marks it was defined in. Null for a common word. */
  used: string | null
  start: number
  end: number
}

function definitionsOf(text: string, skipped: (at: number) => boolean): Definition[] {
  return [...text.matchAll(definedShort)].slice(0, mostDefinitions).flatMap((match) => {
    const [whole, quoted, marked, plain] = match
    const name = (quoted ?? marked ?? plain ?? '').trim()
    if (name === '' || skipped(match.index)) return []
    const used =
      quoted !== undefined ? `“${name}”` : marked !== undefined ? `《${name}》` : bodyName.test(name) ? name : null
    const first = { name, used, start: match.index, end: match.index + whole.length }
    if (plain !== undefined) return [first]
    // “以下分别简称《甲》、《乙》和《丙》”
    const all: Definition[] = [first]
    for (let end = first.end; all.length < mostInRow; ) {
      moreShort.lastIndex = end
      const more = moreShort.exec(text)
      if (more === null) break
      const start = end
      end = moreShort.lastIndex
      all.push({ name: (more[2] ?? '').trim(), used: more[1] ?? '', start, end })
    }
    return all
  })
}

/** Where a short name stands before the sentence that gives it; -1 when it does not. */
function usedBefore({ used, start }: Definition, text: string, from: number): number {
  if (used === null || used.startsWith('《')) return -1
  // The full name stands in the clause the short one is given in.
  const near = Math.max(0, start - 300)
  const clause = near + text.slice(near, start).search(/[^\n。；，]*$/u)
  for (let at = text.indexOf(used, from); at >= 0 && at + used.length <= clause; at = text.indexOf(used, at + 1))
    if (used.startsWith('“') || beforeBody.test(text.slice(Math.max(0, at - 1), at) || '\n')) return at
  return -1
}

/**
 * Behind these the full name is another act's: 《总体方案》 where 《某某试验区总体方案》 was named before is asked about, a law without
 * 中华人民共和国 and the namesake of a local act are not.
 */
const otherActBefore = /(?:中华人民共和国|[省市县区州旗盟]|国家|国务院|全国)$/u
const longestShort = 12

const abbreviations: Check = ({ text, structure }) => {
  const found: RawFinding[] = []
  const definitions = definitionsOf(text, rangeTester(amendedOf(structure, text)))
  const defined = new Map<string, Definition>()
  const base = { severity: 'review', basis: '立法技术规范' } as const
  for (const definition of definitions) {
    const { name, start, end } = definition
    if (defined.has(name)) {
      found.push({
        ...base,
        id: 'S08',
        severity: 'warn',
        category: '简称重复定义',
        message: `“${name}”前面已经定义过。两处所指是否相同，是否应当只保留一处？`,
        start,
        end,
      })
      continue
    }
    defined.set(name, definition)
    if (text.indexOf(name, end) < 0)
      found.push({
        ...base,
        id: 'S09',
        category: '简称没有使用',
        message: `定义了简称“${name}”，后文没有使用。是否可以不设简称？`,
        start,
        end,
      })
    const early = usedBefore(definition, text, structure.toc?.end ?? 0)
    if (early >= 0)
      found.push({
        ...base,
        id: 'S10',
        category: '简称先用后定义',
        message: `“${name}”在定义之前就使用了。定义是否应当提前？`,
        start: early,
        end: early + (definition.used ?? '').length,
      })
  }
  const asked = new Set<string>()
  /** Names in full that were read so far. */
  const full: string[] = []
  for (const match of text.matchAll(/《([^《》\n]{1,120})》/gu)) {
    const name = match[1] ?? ''
    const at = match.index
    const definition = defined.get(name)
    const place = { start: at, end: at + match[0].length }
    // 本《办法》 is the text itself; the name inside its own definition （以下简称《办法》） is no use of it.
    const itself = /本$/u.test(text.slice(Math.max(0, at - 1), at))
    if (itself || asked.has(name) || (definition !== undefined && at >= definition.start)) continue
    asked.add(name)
    const long =
      name.length > longestShort || notNormativeReason(name) !== null
        ? undefined
        : full.find((one) => one.endsWith(name) && !otherActBefore.test(one.slice(0, -name.length)))
    if (bareKind.test(name))
      found.push({
        ...base,
        id: 'S10',
        severity: 'warn',
        category: definition === undefined ? '简称没有定义' : '简称先用后定义',
        message:
          definition === undefined
            ? `《${name}》像是简称，全文没有“以下简称《${name}》”。指的是${long === undefined ? '哪一件文件' : `《${long}》吗，是否应当写明`}？`
            : `《${name}》在定义之前就使用了。定义是否应当提前？`,
        ...place,
      })
    else if (definition === undefined && long !== undefined)
      found.push({
        ...base,
        id: 'S10',
        category: '简称没有定义',
        message: `《${name}》像是前面《${long}》的简称，全文没有“以下简称《${name}》”。是否应当写明，或者是另一件文件？`,
        ...place,
      })
    if (full.length < mostNames) full.push(name)
  }
  return found
}
/** Names that are kept to look for the long form of a short one. */
const mostNames = 500

const forbiddenName: Check = (input) => {
  const title = titleOf(input)
  const name = nameInTitle(title)
  if (!/(?:条例|(?<!办)法|法典|章程)$/.test(name)) return []
  const at = Math.max(0, input.text.indexOf(name))
  const present = input.text.startsWith(name, at)
  return [
    {
      id: 'S11',
      severity: 'block',
      category: '名称',
      basis: '《行政法规制定程序条例》第五条；《规章制定程序条例》第七条（依第三十六条参照执行）',
      message: `行政规范性文件的名称一般不用“法”“条例”。《${name}》是否应当改称规定、办法、细则、意见或者通知？`,
      start: present ? at : 0,
      end: present ? at + name.length : 0,
    },
  ]
}

type Units = Map<string, Element>

/** Articles, chapters and the like by number: [12] → 条12, [120, 1] → 条120.1; 目 and below are in their article. */
function unitsOf(elements: readonly Element[], into: Units = new Map()): Units {
  for (const element of elements) {
    const word = unitWords[element.level]
    if (word === undefined) continue
    const key = element.ordinal === null ? null : `${word}${element.ordinal.join('.')}`
    if (key !== null && !into.has(key)) into.set(key, element)
    if (word !== '条') unitsOf(element.children, into)
  }
  return into
}
const lowestNumbers = new WeakMap<Units, Map<string, number>>()
/** The lowest number of each kind of unit. */
function lowestOf(units: Units): Map<string, number> {
  const known = lowestNumbers.get(units)
  if (known !== undefined) return known
  const lowest = new Map<string, number>()
  for (const key of units.keys()) {
    const word = key.replace(/[0-9.]+$/u, '')
    const number = Number.parseInt(key.slice(word.length), 10)
    lowest.set(word, Math.min(number, lowest.get(word) ?? number))
  }
  lowestNumbers.set(units, lowest)
  return lowest
}
const unitWords: Partial<Record<Element['level'], string>> = {
  part: '编',
  subpart: '分编',
  chapter: '章',
  section: '节',
  article: '条',
}

const targetParts =
  /^第([^第条编章节分]+)(条|分编|[编章节])((?:之[一二三四五六七八九十百]+)*)(?:第([^第款]+)款)?(?:第[（(]?([^第）)项]+)[）)]?项)?/u
const chainSign = /^\s?(?:、|，?和|，?或者?|，?及|，?以及|与)\s?$/u
const writtenSelf = /^本(?!条(?!例)|款)/u
const relativeText = /^(?:[前上]|本(?:条(?!例)|款))/u
/** Another act was named in the sentence, so that a bare 第三条 may be of that act. */
const nameBefore =
  /》|(?:(?<![办方合违依司执非守无用做])法|条例|法典|[通总分]则|公约|协定|条约)(?:的|中|第|（|，|$)|(?:规定|办法|[附细规]则|解释|章程|决定|意见)(?:第|$)/u
const selfNames = /本(?:实施|暂行|若干)?(?:法|条例|办法|规定|细则|规则|决定|解释|章程|意见)/gu
/** A decision that amends another act, or an interpretation, speaks of that act's articles. */
const amendsTitle = /(?:修改|修正|废止|修订)[\s\S]*(?:决定|通知|公告|案)|修正案|适用《|的(?:批复|答复|复函)$/u

/** Does the reference say by its own words, or by those of the chain it stands in, that it means this very text? */
function ownReferences(input: CheckInput, cited: Citations): Array<{ reference: Reference; certain: boolean }> {
  const { text } = input
  const amending = amendsTitle.test(titleOf(input))
  const own: Array<{ reference: Reference; certain: boolean }> = []
  let previous = { end: -1, certain: false, relative: false }
  for (const reference of cited.internal) {
    const { start, end } = reference
    const chained: boolean = start >= previous.end && chainSign.test(text.slice(previous.end, start))
    const certain: boolean = writtenSelf.test(reference.text) || (chained && previous.certain)
    // 前款, 前条, 本条 and what follows them are read from the place they stand at.
    const relative: boolean = relativeText.test(reference.text) || (chained && previous.relative)
    // Articles that follow each other in one line: 。第三条 国家…
    const heading =
      /[。；]\s*$/u.test(text.slice(Math.max(0, start - 4), start)) && !beginsLikeReference(text.slice(end, end + 12))
    // 〔原第八条，待改〕 is asked about as what it is.
    const marked = /〔[^〕\n]{0,40}$/u.test(text.slice(Math.max(0, start - 42), start))
    if (!relative && !heading && !marked) {
      const sentence = text
        .slice(Math.max(0, start - 120), start)
        .replace(/^[\s\S]*[。；\n]/u, '')
        .replace(selfNames, '')
      if (certain || !(amending || nameBefore.test(sentence))) own.push({ reference, certain })
    }
    previous = { end, certain, relative }
  }
  return own
}

const internalReferences: Check = (input) => {
  const { text, structure } = input
  const body = unitsOf(structure.body)
  const parts = structure.attachments.map(({ body: elements }) => ({
    start: elements[0]?.start ?? 0,
    end: elements.at(-1)?.end ?? 0,
    units: unitsOf(elements),
  }))
  const found: RawFinding[] = []
  if (body.size === 0 && parts.every(({ units }) => units.size === 0)) return found
  for (const { reference, certain } of ownReferences(input, cite(text, structure))) {
    const part = parts.find(
      ({ start, end, units }) => units.size > 0 && start <= reference.start && reference.start < end,
    )
    // What an attachment calls 第三条 is its own, or one of the text it is attached to.
    const fault = [part?.units ?? body, body]
      .filter((units) => units.size > 0)
      .map(
        (units) =>
          reference.target
            .split('至')
            .flatMap((one) => faultOf(one, units, certain) ?? [])
            .at(0) ?? null,
      )
    const what = fault[0]
    if (what == null || fault.some((one) => one === null)) continue
    const question = (words: string): string => `引用的“${words}”${what}。条号是否写错，或者条文调整后没有同步修改？`
    const last = found.at(-1)
    // “第（一）、（二）、（三）项” of one article, and “第八十七、八十八条”, are one question.
    const short = !(/^(?:第|本)/u.test(reference.text) && /[条编章节]/u.test(reference.text))
    if (
      last !== undefined &&
      short &&
      last.message.includes(`”${what}。`) &&
      chainSign.test(text.slice(last.end, reference.start)) &&
      last.end <= reference.start
    ) {
      last.end = reference.end
      last.message = question(text.slice(last.start, last.end))
      continue
    }
    found.push({
      id: 'S12',
      severity: 'block',
      category: '内部引用落空',
      basis: '立法技术规范',
      message: question(short ? reference.target : reference.text),
      start: reference.start,
      end: reference.end,
    })
  }
  return found
}

/** What is wrong with one target, e.g. 第十二条第二款; null when it exists or nothing can be said. */
function faultOf(target: string, units: Units, certain: boolean): string | null {
  const read = targetParts.exec(target)
  if (read === null) return null
  const [, main = '', word = '', branches = '', ...below] = read
  const [paragraph, item] = below.map((one) => (one === undefined ? null : readNumeral(one)))
  const number = readNumeral(main)
  if (number === null) return null
  const key = [number, ...branches.split('之').slice(1).map(readNumeral)].join('.')
  const element = units.get(`${word}${key}`)
  if (element === undefined) {
    const lowest = lowestOf(units).get(word)
    // Part of a longer text (one book of a code) begins with a later number: what is before it is elsewhere.
    if (lowest !== undefined && number < lowest) return null
    // Without chapters of its own, a text that says 第三章 without 本办法 may mean those of another.
    if (word !== '条' && !(certain && units.has('条1') && (lowest !== undefined || word === '章'))) return null
    if (lowest === undefined && !certain) return null
    return '不存在'
  }
  if (word !== '条') return null
  const paragraphs = element.children.filter((child) => child.level === 'paragraph')
  if (paragraph != null && paragraph > Math.max(1, paragraphs.length))
    return `所在的条只有${Math.max(1, paragraphs.length)}款`
  if (item == null) return null
  const holder = paragraph == null ? element : (paragraphs[paragraph - 1] ?? element)
  if (itemsOf(holder).includes(item)) return null
  // A paragraph of its own between two items: the numbers behind it go on.
  const behind = paragraphs.slice(paragraphs.indexOf(holder) + 1).map(itemsOf)
  if (behind.some((numbers) => (numbers[0] ?? 1) > 1 && numbers.includes(item))) return null
  // “（一）甲；（二）乙” in one line.
  const inLine = [...textOf(holder).matchAll(/(?<!第)[（(]([^（()）]{1,4})[）)](?![项目、和或与及至到])/gu)].some(
    ([, one = '']) => readNumeral(one) === item,
  )
  return inLine ? null : '没有这一项'
}

const attachmentNumber = '([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9０-９一二三四五六七八九十般并同起式])'
/** Not behind the name of another act, and not the heading of the annex itself. */
const attachmentReference = new RegExp(
  `(?<=见|参照|按|按照|依照|根据|填写|填报|符合|使用|执行|本(?:办法|规定|细则|意见|方案|规则|规程|通知|决定|标准|条例|法)(?:的|中的)?|[（(]|附件[0-9０-９一二三四五六七八九十]{1,3}(?:、|和|与|及|至|或者?))附件\\s?[（(]?${attachmentNumber}`,
  'gu',
)

/** 见附件3 where there are two. */
const missingAttachments: Check = ({ text, structure }) => {
  const labelled = structure.attachments.map(({ label }) =>
    readNumeral(label.replace(/^附件[\s（(]*|[\s）)：:]+$/gu, '')),
  )
  const listed = structure.attachmentsNote.map((line) =>
    readNumeral(/^\s*([0-9０-９]{1,2})[.．、]/u.exec(line)?.[1] ?? ''),
  )
  const known = new Set([...labelled, ...listed])
  const highest = Math.max(structure.attachments.length, structure.attachmentsNote.length)
  const quoted = rangeTester(amendedOf(structure, text))
  return [...text.matchAll(attachmentReference)].flatMap((match) => {
    const number = readNumeral(match[1] ?? '')
    const at = match.index
    if (number === null || known.has(number) || number <= highest) return []
    if (quoted(at)) return []
    return [
      {
        id: 'S12',
        severity: 'block' as const,
        category: '内部引用落空',
        basis: '立法技术规范',
        message: `引用的“附件${match[1]}”不存在。附件序号是否写错，或者附件没有附上？`,
        start: at,
        end: at + match[0].length,
      },
    ]
  })
}

const itemsOf = (of: Element): number[] =>
  descendants(of).flatMap((child) => (child.level === 'item' ? (child.ordinal?.[0] ?? []) : []))

const textOf = (of: Element): string => `${of.text}${of.children.map(textOf).join('')}`

function descendants(of: Element): Element[] {
  return of.children.flatMap((child) => [child, ...descendants(child)])
}

/** Places of a template that wait for words; references whose article was deleted in the editor; 前款 that means another now. */
const unfinished: Check = ({ text }) => [
  ...[...text.matchAll(/〔待填(?:：([^〔〕\n]{0,60}))?〕/gu)].map((found) => ({
    id: 'S13',
    severity: 'block' as const,
    category: '没有填写',
    basis: '公文与立法技术规范',
    message: found[1]
      ? `这里要填“${found[1]}”，还没有填。怎样写，或者应当删去？`
      : '这里还没有填。怎样写，或者应当删去？',
    start: found.index,
    end: found.index + found[0].length,
  })),
  ...[...text.matchAll(/〔原([^〔〕\n]{1,40})，待改〕/gu)].map((found) => ({
    id: 'S14',
    severity: 'block' as const,
    category: '引用待改',
    basis: '立法技术规范',
    message: `这里原引用“${found[1]}”，该条款已经删去。应当改引哪一条，或者删去引用？`,
    start: found.index,
    end: found.index + found[0].length,
  })),
  ...[...text.matchAll(/〔([前上本][^〔〕\n]{1,30})（原指([^〔〕\n]{1,40})），待核〕/gu)].map((found) => ({
    id: 'S14',
    severity: 'block' as const,
    category: '引用待核',
    basis: '立法技术规范',
    message: `这里的“${found[1]}”原指${found[2]}，条款增删、移动之后读来已不是那一处。应当指哪一处，怎样写？`,
    start: found.index,
    end: found.index + found[0].length,
  })),
]

/**
 * Version of the questions as a whole. Raise it whenever a check, a pattern or the words of a question change: what was
 * frozen with a package says which version asked (golden/lint.golden holds what this version asks).
 */
export const lintVersion = 11

/** Ids of the questions the checks of a whole text may ask. */
export const checkIds = [
  'S01',
  'S02',
  'S03',
  'S04',
  'S05',
  'S06',
  'S07',
  'S08',
  'S09',
  'S10',
  'S11',
  'S12',
  'S13',
  'S14',
  'S15',
  'S16',
  'S17',
  'S18',
] as const

/** What must be put right before a text is submitted or signed. */
export const flawChecks: readonly Check[] = [unfinished, placeholders, damaged]

/** The checks of a whole text, in the order of their ids. */
export const checks: readonly Check[] = [
  missingClauses,
  validityTooLong,
  numberingFaults,
  abbreviations,
  forbiddenName,
  internalReferences,
  missingAttachments,
  unfinished,
  innerOffice,
  placeholders,
  damaged,
  nothingRead,
]
