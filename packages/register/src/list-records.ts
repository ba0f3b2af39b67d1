// Cleanup lists and register ledgers: each row of the table becomes one import record. Column names differ from place
// to place and are matched by meaning; columns, rows and wordings not recognised all go into the report, nothing is
// dropped silently.
import { createHash } from 'node:crypto'
import { parseNumber } from '@dianzhang/numbering'
import { lastDayOf, readStatedDate, statedTerms } from '@dianzhang/text'
import { knownStatusWord, statusWordWithin } from './status-on.ts'

/** One table: the sheet name (CSV has none), and the cells of each row. */
export interface ListTable {
  name: string | null
  rows: ListRow[]
}
export interface ListRow {
  /** Row number in the file, from 1. */
  number: number
  cells: string[]
  /** Columns filled in from a merged cell above. */
  repeated?: number[]
}

/** A row that can be imported; `text` is one line of JSON. */
export interface ListRecord {
  line: number
  text: string
  /** The class it is listed under: its own column, else the heading above it. */
  section?: string
  /** Its sheet, where the file has several: rows are counted in each anew. */
  sheet?: string
}
export interface ListReading {
  records: ListRecord[]
  /** How the head of each table was matched. */
  heads: Array<{ table: string | null; line: number; columns: Record<string, string>; unused: string[] }>
  /** Rows that are no documents: section titles, totals, notes. */
  skipped: Array<{ line: number; reason: string; text: string }>
  /**
   * Rows that are documents but could not be read in full: one without a title is not imported; one with an
   * unreadable date still is.
   */
  remarks: Array<{
    line: number
    kind: 'no_title' | 'date_unreadable' | 'no_status' | 'valid_until_asked' | 'results_differ'
    detail: string
    sheet?: string
  }>
}

const fields = {
  title: '文件名称',
  docNo: '文号',
  issuer: '制定机关',
  leadUnit: '主管单位',
  status: '清理结果',
  reason: '说明',
  publishedAt: '公布日期',
  adoptedAt: '成文日期',
  effectiveAt: '施行日期',
  validUntil: '有效期至',
  endsOn: '失效日期',
  section: '类别',
  number: '序号',
} as const
type Field = keyof typeof fields

const heads: Array<[Field, RegExp]> = [
  ['number', /^(?:序号|序|编号|no|num|index|行号)$/],
  ['docNo', /文号|发文字号|^字号$|文件编号|文件号|^docno$|^(?:document)?number$/],
  [
    'title',
    /^(?:文件|规范性文件|行政规范性文件|政策|制度|规章)?(?:名称|标题|题名|题目|文件名)$|文件名称|文件标题|^文件$|^(?:title|name)$/,
  ],
  ['endsOn', /^(?:失效|废止)(?:日期|时间)$/],
  ['validUntil', /有效期|(?:截止|到期|届满|终止)(?:日期|时间|日)?$|^(?:validuntil|expir)/],
  ['effectiveAt', /(?:施行|实施|生效|执行)(?:日期|时间|日)$|^effective/],
  ['publishedAt', /(?:公布|发布|印发|颁布|发文|公开)(?:日期|时间|日)$|^published/],
  ['adoptedAt', /(?:成文|签发|制定|通过)(?:日期|时间|日)$/],
  ['issuer', /^(?:制定|发文|发布|公布|印发|颁布|制发|制文)(?:机关|单位|部门|主体)|^issuer$/],
  [
    'leadUnit',
    /(?:主管|起草|责任|牵头|实施|负责|承办|清理|解释|主办|报送|申报|执行|提出)(?:单位|部门|机关|科室|股室|主体)|^(?:单位|部门|leadunit|unit)$/,
  ],
  [
    'status',
    /清理(?:结果|意见|结论|建议|情况|类型|类别)?$|效力(?:状态|情况)?$|有效性$|时效性?$|^状态$|处理(?:意见|结果|建议|方式|结论)?$|^(?:结果|结论|意见|建议|拟处理意见)$|(?:评估|审查|审核)(?:意见|结论|结果)$|^(?:status|suggestion|result|decision)$/,
  ],
  ['reason', /理由|原因|依据|说明|备注|^(?:reason|remarks?|note)$/],
  ['section', /^(?:类别|分类|类型|section|category)$/],
]
/** One column for both: “文件名称及文号”. */
const joined = /(?:名称|标题).{0,3}(?:文号|字号)|(?:文号|字号).{0,3}(?:名称|标题)/
/** A number of document in brackets at the end of its title. */
const numberAtEnd = /[（(]([^（）()]*[〔［[【（(]\s*\d{4}\s*[〕］\]】）)][^（）()]*号)[）)]\s*$/u
const ticked = /^(?:[√✓✔☑■●○★Yyx×是1]|有)$/u

interface Head {
  columns: Map<number, Field>
  /** One column per status, marked by ticks. */
  ticks: Map<number, string>
  names: string[]
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{S}]+/gu, '')
    .toLowerCase()

function headOf(cells: readonly string[]): Head | null {
  const columns = new Map<number, Field>()
  const ticks = new Map<number, string>()
  const taken = new Set<Field>()
  for (const [at, cell] of cells.entries()) {
    if (cell === '' || cell.length > 30) continue
    const name = plain(cell)
    const word = knownStatusWord(cell)
    const field =
      joined.test(name) && !taken.has('title')
        ? 'title'
        : heads.find(([one, pattern]) => !taken.has(one) && pattern.test(name))?.[0]
    if (field !== undefined) {
      columns.set(at, field)
      taken.add(field)
    } else if (word !== null) ticks.set(at, word)
  }
  const others =
    [...taken].filter((field) => field !== 'title' && field !== 'number').length +
    ticks.size +
    cells.filter((cell) => joined.test(plain(cell))).length
  return taken.has('title') && others > 0 ? { columns, ticks, names: [...cells] } : null
}

/** At most this many rows before the head: main title, attachment number, unit, explanation. */
const mostBefore = 30

/**
 * Each row of the tables becomes a record. Returns null when no table has a recognisable head: it needs at least a
 * column of titles, and one of number, unit, result or date.
 */
export function listRecords(tables: readonly ListTable[]): ListReading | null {
  const reading: ListReading = { records: [], heads: [], skipped: [], remarks: [] }
  let known = false
  for (const table of tables) {
    const at = table.rows.slice(0, mostBefore).findIndex(({ cells }) => headOf(cells) !== null)
    if (at < 0) {
      for (const { number, cells } of table.rows.slice(0, 3))
        reading.skipped.push({ line: number, reason: '这张表没有认出表头，整张没有读', text: shortened(cells) })
      continue
    }
    known = true
    for (const { number, cells } of table.rows.slice(0, at))
      if (cells.some(Boolean)) reading.skipped.push({ line: number, reason: '表头以前', text: shortened(cells) })
    // The main title often states the result for the whole table: “……宣布失效的行政规范性文件目录”.
    const caption = table.rows.slice(0, at).map(({ cells }) => cells.join(''))
    let section = statusWordWithin(caption.at(-1) ?? '') ?? statusWordWithin(table.name ?? '')
    let head: Head | null = null
    for (const row of table.rows.slice(at)) {
      const own = headOf(row.cells)
      if (own !== null && (head === null || own.names.filter((name) => head?.names.includes(name)).length > 1)) {
        if (head === null) reading.heads.push(describeHead(table.name, row.number, own))
        else reading.skipped.push({ line: row.number, reason: '重复的表头', text: shortened(row.cells) })
        head = own
        continue
      }
      if (head === null || row.cells.every((cell) => cell === '')) continue
      const title = sectionTitle(row, head)
      if (title !== null) {
        section = statusWordWithin(title) ?? (totals.test(title.trim()) ? section : null)
        reading.skipped.push({
          line: row.number,
          reason: totals.test(title.trim()) ? '合计、附注' : '分类标题',
          text: shortened(row.cells),
        })
        continue
      }
      const told = reading.remarks.length
      addRecord(reading, row, head, section)
      if (tables.length < 2 || table.name === null) continue
      const { name } = table
      for (const each of reading.remarks.slice(told)) each.sheet = name
      const record = reading.records.at(-1)
      if (record?.line === row.number && record.sheet === undefined) record.sheet = name
    }
  }
  return known ? reading : null
}

const totals =
  /^(?:合\s*计|总\s*计|小\s*计|共\s*计|注\s*[:：]|备\s*注\s*[:：]|说\s*明\s*[:：]|填\s*表|联系人|审\s*核\s*人|制\s*表)/u
const shortened = (cells: readonly string[]): string => {
  const text = cells.filter(Boolean).join(' ')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/**
 * A row with only one cell filled is a section title, unless that cell is in the title column and does not look like
 * a heading; totals and notes are no documents either.
 */
function sectionTitle({ cells, repeated = [] }: ListRow, head: Head): string | null {
  const own = [...cells.entries()].filter(([at, cell]) => cell !== '' && !repeated.includes(at))
  const [first] = own
  if (first === undefined) return null
  const [at, text] = first
  if (totals.test(text.trim())) return text
  const others = new Set(own.map(([, cell]) => cell))
  if (others.size > 1) return null
  if (head.columns.get(at) !== 'title') return text
  const listed =
    /[（(]?(?:共|计)?\s*\d+\s*件[）)]?|目录|清单|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[）)]/u
  return listed.test(text) && statusWordWithin(text) !== null ? text : null
}

const describeHead = (table: string | null, line: number, head: Head): ListReading['heads'][number] => ({
  table,
  line,
  columns: {
    ...Object.fromEntries([...head.columns].map(([at, field]) => [head.names[at] ?? '', fields[field]])),
    ...Object.fromEntries([...head.ticks].map(([at, word]) => [head.names[at] ?? '', `勾选：${word}`])),
  },
  unused: head.names.filter((name, at) => name !== '' && !head.columns.has(at) && !head.ticks.has(at)),
})

function addRecord(reading: ListReading, { number, cells }: ListRow, head: Head, section: string | null): void {
  const of = (field: Field): string => {
    const at = [...head.columns].find(([, one]) => one === field)?.[0]
    return at === undefined ? '' : (cells[at] ?? '').replace(/\s*\n\s*/gu, '').trim()
  }
  const named = of('title')
  const both = [...head.columns].some(([at, field]) => field === 'title' && joined.test(plain(head.names[at] ?? '')))
  const own = both ? numberAtEnd.exec(named)?.[1] : undefined
  const title = own === undefined ? named : named.replace(numberAtEnd, '').trim()
  if (title === '') {
    reading.remarks.push({ line: number, kind: 'no_title', detail: `没有文件名称，没有导入：${shortened(cells)}` })
    return
  }
  const dates: Record<string, string> = {}
  const dateOf = (field: Field): string | null => {
    const text = of(field)
    if (text === '' || /^[-—–/无空]+$/u.test(text)) return null
    const read = dayOf(text)
    if (read === null)
      reading.remarks.push({
        line: number,
        kind: 'date_unreadable',
        detail: `${fields[field]}“${text}”读不出日期，没有登记`,
      })
    return read
  }
  for (const field of ['publishedAt', 'effectiveAt'] as const) {
    const day = dateOf(field)
    if (day !== null) dates[field] = day
  }
  const adoptedAt = dateOf('adoptedAt')
  const until = untilOf(of('validUntil'), dates.effectiveAt ?? null)
  if (until.asked !== null) reading.remarks.push({ line: number, kind: 'valid_until_asked', detail: until.asked })
  // The date of lapse is the first day no longer in force.
  const ends = of('endsOn') === '' ? null : dateOf('endsOn')
  const validUntil = until.day ?? (ends === null ? null : dayBefore(ends))
  const ticks = [...head.ticks].filter(([at]) => ticked.test((cells[at] ?? '').trim())).map(([, word]) => word)
  const differ = new Set(ticks).size > 1
  const says = differ ? '' : of('status') || ticks[0] || statusWordWithin(of('section')) || section || ''
  if (differ)
    reading.remarks.push({
      line: number,
      kind: 'results_differ',
      detail: `勾选了${ticks.map((word) => `“${word}”`).join('、')}，看不出是哪一种`,
    })
  else if (says === '') reading.remarks.push({ line: number, kind: 'no_status', detail: '目录没有载明清理结果' })
  const docNo = (own ?? of('docNo')).replace(/^[-—–/无]+$/u, '')
  const key = `${parseNumber(docNo).normalized ?? docNo}|${title}`
  const listed = [...head.names.entries()].flatMap(([at, name]) =>
    name !== '' && (cells[at] ?? '') !== ''
      ? [`${name.replace(/\s+/gu, '')}：${(cells[at] ?? '').replace(/\s*\n\s*/gu, ' ')}`]
      : [],
  )
  const record = {
    id: `list-${createHash('sha256').update(key).digest('hex').slice(0, 20)}`,
    title,
    body: ['来源是一份目录，没有正文。目录所载：', ...listed].join('\n'),
    ...(docNo === '' ? {} : { docNo }),
    ...(of('issuer') === '' ? {} : { issuer: of('issuer') }),
    ...dates,
    ...(validUntil === null ? {} : { validUntil }),
    ...(says === '' ? {} : { status: says }),
    listed: {
      ...(of('leadUnit') === '' ? {} : { leadUnit: of('leadUnit') }),
      ...(of('reason') === '' ? {} : { reason: of('reason') }),
      ...(adoptedAt === null ? {} : { adoptedAt }),
    },
  }
  const under = of('section') || section
  reading.records.push({ line: number, text: JSON.stringify(record), ...(under ? { section: under } : {}) })
}

/**
 * “2020年1月5日”, “2020.1.5”, “20200105”, Excel's date serial; null when only year and month are given or the day does
 * not exist.
 */
export function dayOf(given: string): string | null {
  const text = given.normalize('NFKC').replace(/\s+/gu, '')
  const compact = /^(19|20)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (compact) return readStatedDate(`${compact[1]}${compact[2]}-${compact[3]}-${compact[4]}`)
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : 0
  // Date serials for 1954 to 2119; no other five-digit number occurs in a date column.
  if (serial >= 20_000 && serial <= 80_000)
    return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
  if (!/\d日?$/.test(text) || !/[日.\-/]/.test(text) || /^\d{4}[年.\-/]\d{1,2}月?$/.test(text)) {
    return /[〇零一二三四五六七八九]{4}年.+日$/u.test(text) ? readStatedDate(text) : null
  }
  return readStatedDate(text)
}
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/**
 * The validity column: where a day is written, the last day is taken; where only a number of years is written, it is
 * counted from the day of taking effect and raised as a question.
 */
function untilOf(text: string, effectiveAt: string | null): { day: string | null; asked: string | null } {
  const none = { day: null, asked: null }
  if (text === '' || /^[-—–/无空长期永久有效]+$/u.test(text)) return none
  const days = [
    ...text.normalize('NFKC').matchAll(/\d{4}[年.\-/]\s*\d{1,2}[月.\-/]\s*\d{1,2}日?|\d{8}|^\d{5}(?:\.\d+)?$/gu),
  ]
  const last = days.at(-1)?.[0]
  const day = last === undefined ? null : dayOf(last)
  if (day !== null) return { day, asked: null }
  const months = statedTerms(/有效期/u.test(text) ? text : `有效期${text}`).validity.find(
    ({ kind }) => kind === 'span',
  )?.months
  if (!months) return { day: null, asked: `有效期“${text}”读不出最后一日，没有登记，请核对` }
  return {
    day: null,
    asked:
      effectiveAt === null
        ? `有效期“${text}”，没有施行日期，算不出最后一日，请核对`
        : `有效期“${text}”，自${effectiveAt}起算至${lastDayOf(effectiveAt, months)}；没有登记，请核对`,
  }
}
