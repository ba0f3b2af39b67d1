// 对整篇文本的提问：应有而没有的条款、期限、名称、编号、简称、内部引用。阈值由调用者（规则包）给出。
import { readChineseNumeral } from '@dianzhang/numbering'
import type { Element, StructuredText } from '../tree.ts'
import type { Severity } from './finding.ts'
import { lineStarts } from './places.ts'

/** What the checks may know besides the text. */
export interface LintOptions {
  /** Title when the text itself does not carry it. */
  title?: string | undefined
  /** 暂行、试行; read from the title when absent. */
  provisional?: boolean | undefined
  /** Longest 有效期 in years that the jurisdiction allows a document like this one; not checked when absent. */
  maxYears?: number | { general: number; provisional: number } | undefined
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

/** 暂行、试行 in the title. */
export const isProvisionalTitle = (title: string): boolean => /暂行|试行/.test(title)

const missing = (id: string, severity: Severity, category: string, basis: string, message: string): RawFinding[] => [
  { id, severity, category, basis, message, start: 0, end: 0 },
]

// 印发通知之类没有权利义务条款的短文不问施行日期。
const isRuleText = (structure: StructuredText): boolean => structure.counts.articles > 0 || structure.counts.level1 > 1

const effectiveDate =
  /自[^。；]{1,40}?起[^。；]{0,6}(?:施行|执行|实施|生效)|(?:施行|生效|实施)(?:日期|时间)[^。；]{0,4}[为是：:]/
const validity =
  /有效期|长期有效|(?:试行|暂行)期|有效至|(?:施行|执行|实施)至\d|至[^。；]{4,14}(?:止|失效|废止)|期限为[^。；]{1,6}年/
const basisWords = /(?:根据|依据|依照|按照|遵照|贯彻落实|贯彻|落实)[^。]{0,60}(?:《|法律|法规|规定|精神|要求)/
const interpreter = /由[^。；]{2,60}?(?:负责)?解释|解释(?:权|工作)(?:归|由)/

const missingClauses: Check = ({ text, structure }) => {
  if (!isRuleText(structure)) return []
  const found: RawFinding[] = []
  if (!effectiveDate.test(text)) {
    found.push(
      ...missing(
        'S01',
        'warn',
        '没有施行日期',
        '规章制定程序条例§32(参照§36)',
        '全文没有找到施行日期。是否漏写“自……起施行”？',
      ),
    )
  }
  if (!validity.test(text)) {
    found.push(
      ...missing('S02', 'warn', '没有有效期', '本地有效期制度', '全文没有找到有效期。是否应当写明有效期或者失效日期？'),
    )
  }
  if (!basisWords.test(text.slice(0, 3000))) {
    found.push(
      ...missing(
        'S03',
        'warn',
        '没有制定依据',
        '国办发37号(一); 组织法§75',
        '开头没有找到“根据《……》”。制定依据是否漏写？',
      ),
    )
  }
  if (!interpreter.test(text)) {
    found.push(
      ...missing('S04', 'review', '没有解释机关', '公文/立法技术', '没有写明由哪个机关负责解释。是否需要写明？'),
    )
  }
  return found
}

const statedYears = /(有效期|试行期|暂行期|试行|期限)(?:限)?(?:为|至|：|:)?(\d{1,3}|[一二两三四五六七八九十]{1,3})年/g

const validityTooLong: Check = (input) => {
  const { options, text } = input
  if (options.maxYears === undefined) return []
  const provisional = options.provisional ?? isProvisionalTitle(titleOf(input))
  const allowed =
    typeof options.maxYears === 'number'
      ? options.maxYears
      : provisional
        ? options.maxYears.provisional
        : options.maxYears.general
  const found: RawFinding[] = []
  for (const match of text.matchAll(statedYears)) {
    const digits = match[2] ?? ''
    const years = /^\d/.test(digits) ? Number(digits) : readChineseNumeral(digits)
    if (years === null || years <= allowed) continue
    found.push({
      id: provisional ? 'S05' : 'S06',
      severity: 'block',
      category: provisional ? '试行、暂行期限过长' : '有效期超过本地上限',
      basis: '本地有效期制度',
      message: `写的是${digits}年，本地规则${provisional ? '对试行、暂行文件' : ''}最长${allowed}年。期限是否写错，或者另有依据？`,
      start: match.index,
      end: match.index + match[0].length,
    })
  }
  return found
}

const numberingFaults: Check = ({ structure, text }) => {
  const starts = lineStarts(text)
  return structure.faults.map((fault) => {
    const start = starts[fault.line - 1] ?? 0
    const end = Math.max(start, (starts[fault.line] ?? text.length + 1) - 1)
    return {
      id: 'S07',
      severity: 'warn',
      category: '序号',
      basis: '立法技术规范; GB/T 9704—2012 7.3.3',
      message: `${fault.message.replace(/[。？?]$/, '')}。序号是否写错？`,
      start,
      end: Math.min(end, start + 40),
      ...(fault.element === undefined ? {} : { element: fault.element }),
    }
  })
}

const definedShort =
  /(?:以下|下文)(?:统一|合并|分别)?(?:简称|称)为?[：:]?[“"'‘《]?([^”"'’》）)，,。；]{1,20})[”"'’》]?/g
const bareKind =
  /《((?:实施|暂行|管理|试行)?(?:条例|办法|规定|细则|意见|方案|规划|纲要|决定|通知|规程|规则|标准|目录|清单))》/g

const abbreviations: Check = ({ text }) => {
  const found: RawFinding[] = []
  const defined = new Map<string, number>()
  for (const match of text.matchAll(definedShort)) {
    const name = (match[1] ?? '').trim()
    if (name === '') continue
    const start = match.index
    const place = { start, end: start + match[0].length }
    if (defined.has(name)) {
      found.push({
        id: 'S08',
        severity: 'warn',
        category: '简称重复定义',
        basis: '立法技术规范',
        message: `“${name}”前面已经定义过。两处所指是否相同，是否应当只保留一处？`,
        ...place,
      })
      continue
    }
    defined.set(name, start)
    const after = start + match[0].length
    if (text.indexOf(name, after) < 0) {
      found.push({
        id: 'S09',
        severity: 'review',
        category: '简称没有使用',
        basis: '立法技术规范',
        message: `定义了简称“${name}”，后文没有使用。是否可以不设简称？`,
        ...place,
      })
    }
  }
  const asked = new Set<string>()
  for (const match of text.matchAll(bareKind)) {
    const name = match[1] ?? ''
    if (asked.has(name)) continue
    const definition = defined.get(name)
    // The name inside its own definition （以下简称《办法》） begins a few characters behind the definition.
    if (definition !== undefined && match.index >= definition) continue
    asked.add(name)
    found.push({
      id: 'S10',
      severity: 'warn',
      category: definition === undefined ? '简称没有定义' : '简称先用后定义',
      basis: '立法技术规范',
      message:
        definition === undefined
          ? `《${name}》像是简称，全文没有“以下简称《${name}》”。指的是哪一件文件？`
          : `《${name}》在定义之前就使用了。定义是否应当提前？`,
      start: match.index,
      end: match.index + match[0].length,
    })
  }
  return found
}

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
      basis: '行政法规制定程序条例§5; 规章制定程序条例§7(参照§36)',
      message: `行政规范性文件的名称一般不用“法”“条例”。《${name}》是否应当改称规定、办法、细则、意见或者通知？`,
      start: present ? at : 0,
      end: present ? at + name.length : 0,
    },
  ]
}

const ownReference =
  /(本(?:办法|规定|细则|意见|方案|规则|规程|通知|决定|标准|条例|法))第([一二两三四五六七八九十百千零〇\d]+)条(?:之([一二三四五六七八九十]+))?(?:第([一二两三四五六七八九十百\d]+)款)?(?:第[（(]?([一二两三四五六七八九十百\d]+)[）)]?项)?/g

/** Articles by number: [12] → "12", [120, 1] → "120.1". */
function articlesOf(elements: readonly Element[], into = new Map<string, Element>()): Map<string, Element> {
  for (const element of elements) {
    if (element.level === 'article') {
      const key = element.ordinal?.join('.')
      if (key !== undefined && !into.has(key)) into.set(key, element)
    } else articlesOf(element.children, into)
  }
  return into
}

const numeral = (written: string | undefined): number | null =>
  written === undefined ? null : /^\d+$/.test(written) ? Number(written) : readChineseNumeral(written)

const internalReferences: Check = ({ text, structure }) => {
  const articles = articlesOf(structure.body)
  const found: RawFinding[] = []
  if (articles.size === 0) return found
  for (const match of text.matchAll(ownReference)) {
    const article = numeral(match[2])
    if (article === null) continue
    const branch = numeral(match[3])
    const target = articles.get(branch === null ? String(article) : `${article}.${branch}`)
    const ask = (what: string): void => {
      found.push({
        id: 'S12',
        severity: 'block',
        category: '内部引用落空',
        basis: '立法技术规范',
        message: `引用的“${match[0]}”${what}。条号是否写错，或者条文调整后没有同步修改？`,
        start: match.index,
        end: match.index + match[0].length,
      })
    }
    if (target === undefined) {
      ask('不存在')
      continue
    }
    const paragraph = numeral(match[4])
    const paragraphs = target.children.filter((child) => child.level === 'paragraph')
    if (paragraph !== null && paragraph > Math.max(1, paragraphs.length)) {
      ask(`所在的条只有${Math.max(1, paragraphs.length)}款`)
      continue
    }
    const item = numeral(match[5])
    if (item === null) continue
    const holder = paragraph === null ? target : (paragraphs[paragraph - 1] ?? target)
    const items = descendants(holder).filter((child) => child.level === 'item')
    if (!items.some((child) => child.ordinal?.[0] === item)) ask('没有这一项')
  }
  return found
}

function descendants(of: Element): Element[] {
  return of.children.flatMap((child) => [child, ...descendants(child)])
}

/** Places of a template that wait for words; references whose article was deleted in the editor; 前款 that means another now. */
const unfinished: Check = ({ text }) => [
  ...[...text.matchAll(/〔待填(?:：([^〔〕\n]{0,60}))?〕/gu)].map((found) => ({
    id: 'S13',
    severity: 'block' as const,
    category: '没有填写',
    basis: '公文/立法技术',
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
export const lintVersion = 3

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
] as const

/** The checks of a whole text, in the order of their ids. */
export const checks: readonly Check[] = [
  missingClauses,
  validityTooLong,
  numberingFaults,
  abbreviations,
  forbiddenName,
  internalReferences,
  unfinished,
]
