// 写下一个参数值：数值、单位、出处、引文、核实程度。
import type { Basis } from '@dianzhang/contract'
import type { Confidence, Param, PeriodUnit } from './value.ts'

export interface ParamOptions {
  /** 核实程度；缺省取第一条出处的。 */
  confidence?: Confidence
  note?: string
  /** 条文原话（摘要）。 */
  quote?: string
  /** 地方依法作出不同于上一级的规定（不是更严，而是另有规定）：写明理由，合并时以地方为准，两方出处都保留。 */
  derogates?: string
}

/**
 * 一个参数值；出处一条或多条，核实程度缺省取第一条出处的。
 * `value` 为 null 表示条文没有此项规定（不设期限、没有上限），其出处是通读过的条文。
 */
export function param<T>(
  value: T,
  unit: PeriodUnit | null,
  sources: Basis | Basis[],
  options: ParamOptions = {},
): Param<T> {
  const list = Array.isArray(sources) ? sources : [sources]
  const made: Param<T> = {
    value,
    source: list,
    confidence: options.confidence ?? list[0]?.confidence ?? 'inference',
    confirmedBy: null,
    confirmedOn: null,
  }
  if (unit) made.unit = unit
  if (options.note !== undefined) made.note = options.note
  if (options.quote !== undefined) made.quote = options.quote
  if (options.derogates !== undefined) made.derogates = options.derogates
  return made
}
