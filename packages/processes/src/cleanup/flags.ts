// 提请注意的矛盾：由日期、文号、名称推得，只提问，不下结论。
import type { CleanupFlag } from '@dianzhang/contract'
import type { CleanupItem } from './items.ts'

export interface FlagContext {
  /** 依哪一日判断：今日，公布截止日更早的依该日。 */
  on: string
  /** 暂行、试行的最长年限；没有规定的为 null。 */
  provisionalYears: number | null
  /** 依据已经废止、失效的条目。 */
  basisGone: ReadonlySet<string>
  /** 另有同名而较新的有效文件的条目。 */
  successors: ReadonlySet<string>
  /** 单位名册中的名称；不知道的为 null，不作此问。 */
  unitNames: ReadonlySet<string> | null
  /** 只问其中几项时，整个目录的名称与文号：重复与否看全部。 */
  all?: ReadonlyArray<Pick<CleanupItem, 'title' | 'number'>>
}
type Looked = Pick<
  CleanupItem,
  'n' | 'title' | 'number' | 'entry' | 'issuers' | 'publishedOn' | 'effectiveDate' | 'validUntil' | 'status' | 'origin'
>

const plain = (text: string): string => text.normalize('NFKC').replace(/[\s〈〉《》“”‘’"'·()（）［］〔〕[\]]/gu, '')
/** 文号里的年份；没有的为 null。 */
const yearOf = (number: string | null): string | null =>
  /[〔[【(（［]\s*((?:19|20)\d\d)\s*[〕\]】)）］]/u.exec(number ?? '')?.[1] ?? null
const later = (date: string, years: number): string => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
/** 一件何时公布；只知道年份的，以年末计，不早判。 */
const issuedBy = (x: Looked): string | null => {
  const known = x.publishedOn ?? x.effectiveDate
  const year = yearOf(x.number)
  return known ?? (year ? `${year}-12-31` : null)
}
/** 名称所写的期间（2016—2020年、“十三五”）最后一年；没有的为 null。 */
export function periodEnd(title: string): number | null {
  const plainTitle = title.normalize('NFKC')
  const span = [...plainTitle.matchAll(/((?:19|20)\d\d)\s*年?\s*[-—–~至到]+\s*((?:19|20)\d\d)\s*年?/gu)].map((m) =>
    Number(m[2]),
  )
  const plans = [...plainTitle.matchAll(/[“"]?十([一二三四五])五[”"]?(?:时期|期间|规划|计划)?/gu)].map(
    (m) => 2010 + 5 * '一二三四五'.indexOf(m[1] ?? '一'),
  )
  const one = /^(?:.*?)((?:19|20)\d\d)年度?(?=[^-—–~至到\d]*(?:计划|方案|要点|安排|活动|工作))/u.exec(plainTitle)?.[1]
  const all = [...span, ...plans, ...(one ? [Number(one)] : [])]
  return all.length > 0 ? Math.max(...all) : null
}

/** 各件的矛盾，以序号为键。 */
export function flagsOf(items: readonly Looked[], context: FlagContext): Map<number, CleanupFlag[]> {
  type Named = Pick<CleanupItem, 'title' | 'number'>
  const seen = (key: (x: Named) => string | null): Map<string, number> => {
    const found = new Map<string, number>()
    for (const x of context.all ?? items) {
      const k = key(x)
      if (k) found.set(k, (found.get(k) ?? 0) + 1)
    }
    return found
  }
  const numberKey = (x: Named) => (x.number && /\d/.test(x.number) ? plain(x.number) : null)
  const titleKey = (x: Named) => plain(x.title)
  const numbers = seen(numberKey)
  const titles = seen(titleKey)
  return new Map(
    items.map((x): [number, CleanupFlag[]] => {
      const flags: CleanupFlag[] = []
      const issued = issuedBy(x)
      if (
        /暂行|试行/.test(x.title) &&
        context.provisionalYears !== null &&
        issued !== null &&
        later(issued, context.provisionalYears) < context.on
      )
        flags.push('provisional_long')
      if (x.validUntil !== null && x.validUntil < context.on) flags.push('validity_over')
      if (x.entry !== null && context.basisGone.has(x.entry)) flags.push('basis_gone')
      if (context.unitNames && x.issuers.length > 0 && x.origin === 'register')
        if (x.issuers.every((name) => !context.unitNames?.has(name))) flags.push('issuer_gone')
      const number = numberKey(x)
      if ((number && (numbers.get(number) ?? 0) > 1) || (titles.get(titleKey(x)) ?? 0) > 1) flags.push('double')
      if (x.entry !== null && context.successors.has(x.entry)) flags.push('successor')
      const end = periodEnd(x.title)
      if (end !== null && `${end}-12-31` < context.on) flags.push('period_past')
      if (x.status === 'unknown' && x.origin === 'register') flags.push('status_unverified')
      return [x.n, flags]
    }),
  )
}
