// 参数值与出处写成的话：数额、待核实的标注、条文的引法。
import type { Basis } from '@dianzhang/contract'
import type { Param, PeriodUnit } from './pack.ts'
import { source } from './sources.ts'

const unitWords: Record<PeriodUnit, string> = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' }
const unverified: ReadonlySet<string> = new Set(['memory', 'inference', 'local_example'])

/** 参数值是否尚待核实：出处为记忆、推断或外地做法，且没有管理员确认。 */
export const isUnverified = (param: Param<unknown>): boolean =>
  unverified.has(param.confidence) && param.confirmedBy === null

/** 没有哪一部文件可供核实的：本系统自己的约定，由管理员依本地的正式文件确认，与待核实的条文分开数。 */
export const isConvention = (param: Param<unknown>): boolean =>
  isUnverified(param) && param.source.every((basis) => basis.document === source.design('').document)

/** 待核实参数的统一标注；已核实时为空。 */
export const mark = (...params: Array<Param<unknown>>): string => (params.some(isUnverified) ? '（参数待核实）' : '')

/** `30日`、`7个工作日`、`5年`。 */
export const amount = (param: Param): string => `${param.value}${param.unit ? unitWords[param.unit] : ''}`

/** `《优化营商环境条例（国务院令第722号）》第六十二条`；没有书名的约定原样写出。 */
export function cite(basis: Basis): string {
  const [, name = basis.document, number = ''] = /^(.*?)(（[^（）]*）)?$/.exec(basis.document) ?? []
  return `《${name.replaceAll('《', '〈').replaceAll('》', '〉')}》${number}${basis.article}`
}

/** `《甲》第一条、《乙》第二条`。 */
export const citeAll = (list: readonly Basis[]): string => list.map(cite).join('、')
