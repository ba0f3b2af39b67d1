// Clauses of a superior act that leave it to somebody below to make a document: “具体办法由县级人民政府制定”. Proposed by the words
// alone; whether a county has to make it, a person says.
import { addressOf } from './address.ts'
import { amendedPassages } from './amended.ts'
import { leafAt, leavesOf } from './edges.ts'
import { parseText } from './parse.ts'

export interface MandateClause {
  /** Such as “第十二条”; '' in a text without articles. */
  article: string
  /** As far as it is known: “第十二条第二款”. */
  address: string
  /** Who is to make it, as written. */
  who: string
  /** What is to be made, as written; '' where the sentence does not say it apart. */
  what: string
  /** “可以制定” leaves it to them. */
  duty: 'must' | 'may'
  /** `county`: the words include a county; `below`: “地方人民政府” and the like, which may be one. */
  level: 'county' | 'below'
  quote: string
  start: number
  end: number
}

const county =
  /县级|县\(市|县（市|[市、]县|县人民政府|县、|各级(?:地方)?人民政府|地方各级人民政府|市辖区|区县|自治县|旗人民政府|本级人民政府/u
const below = /地方(?:人民)?政府|地方人民政府|所在地人民政府|当地人民政府|同级人民政府|各地区?|设区的市/u
/** Above a county, named alone. */
const above =
  /^(?:省|自治区|直辖市|国务院|国家|全国|中央|最高|中国|财政部|省级|[、和及或者以与]|人民政府|主管|部门|行政|有关|[\p{Script=Han}]{2,8}(?:部|委员会|总局|总署))+$/u
const maker = '(?:人民政府|主管部门|行政部门|管理部门|有关部门|部门|各地区?|机关)'
const makes =
  '(?:另行|自行|依法|具体|统一|分别|共同|结合实际|根据(?:本地|当地)?实际情况?|可以|应当|负责|组织|研究|公布|批准|参照|并|，)*(?:制定|规定|制订|确定)'
/** “…由甲制定”; “甲可以根据…制定…办法”. */
const passive = new RegExp(
  `由([^，。；：\n由]{0,60}?${maker}[^，。；：\n由制规确]{0,20}?)((?:，?[^，。；\n]{0,40}?)${makes})(?=[，。；、并和及后或）：]|公布|发布|向|报|\\s|$)`,
  'gu',
)
const active = new RegExp(
  `([^，。；：\n]{0,40}?(?:县级|县|各级|地方)[^，。；：\n]{0,30}?${maker})([^。；\n]{0,60}?(?:可以|应当|要|须)[^。；\n]{0,60}?(?<![不在])(?:制定|制订))([^，。；\n制]{0,40}?(?:办法|细则|规定|标准|规则|制度|目录|规范))(?=[，。；、并和及或（]|的|\\s|$)`,
  'gu',
)
/** What is made must be rules of some kind; plans and measures of one case are none. */
const made =
  /(?:办法|细则|规定|标准|规则|制度|措施|目录|范围|条件|程序|规范|数额|金额|额度|比例|期限|幅度|限额|面积|政策)$/u
const number = /^\s*第[零〇一二三四五六七八九十百千0-9]+[条款][\s　]*/u

/**
 * The clauses of one text that hand a making down as far as a county or possibly so; in order. What a text quotes in order to
 * insert it elsewhere gives none; nor what is left to the State Council or a province alone.
 */
export function mandateClauses(source: string): MandateClause[] {
  if (!/制定|规定|制订|确定/u.test(source) || !/县|地方|当地|各级|各地|本级|设区|旗人民/u.test(source)) return []
  const structure = parseText(source)
  const quoted = amendedPassages(source, { steps: 0 })
  const leaves = leavesOf(structure)
  const placeOf = (at: number): { article: string; address: string } => {
    const leaf = leafAt(leaves, at)
    const address = leaf ? addressOf(structure, leaf.element.id) : ''
    return {
      article: /^第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?/u.exec(address)?.[0] ?? '',
      address,
    }
  }
  const found: MandateClause[] = []
  const add = (who: string, what: string, how: string, at: number): void => {
    if (quoted.some(({ start, end }) => start <= at && at < end)) return
    const level = county.test(who) ? 'county' : below.test(who) ? 'below' : null
    if (level === null || (level === 'below' && above.test(who))) return
    let start = at
    while (start > 0 && at - start < 400 && !'。；;\n'.includes(source[start - 1] ?? '')) start--
    let end = at
    while (end < source.length && end - at < 400 && !'。；;\n'.includes(source[end] ?? '')) end++
    if (found.some((one) => one.start <= at && at < one.end)) return
    const quote = source.slice(start, end).trim()
    found.push({
      ...placeOf(at),
      who: who.replace(number, '').trim(),
      what: what.replace(/^[，、\s]+|[，、\s]+$/gu, ''),
      duty: /可以|可根据|可自行/u.test(how) ? 'may' : 'must',
      level,
      quote,
      start,
      end,
    })
  }
  for (const one of source.matchAll(passive)) {
    const before = source.slice(Math.max(0, one.index - 80), one.index)
    const what = (/[^。；;\n，,]*[，,]?$/u.exec(before)?.[0] ?? '').replace(/[，,]$/u, '').replace(number, '')
    if (made.test(what)) add(one[1] ?? '', what, one[2] ?? '', one.index)
  }
  for (const one of source.matchAll(active)) add(one[1] ?? '', one[3] ?? '', one[2] ?? '', one.index)
  return found.sort((a, b) => a.start - b.start)
}
