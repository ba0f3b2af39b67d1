// 参数的一个值：数额、单位、出处与核实的程度。规则包由它组成，自己不认识规则包。
import type { Basis } from '@dianzhang/contract'

export type Confidence = NonNullable<Basis['confidence']>
export type PeriodUnit = 'working_day' | 'calendar_day' | 'month' | 'year'

/** 据以确认的正式文件原件：名称与内容摘要，原件按摘要存放。 */
export interface ParamFile {
  name: string
  sha256: string
  size: number
}
/** 一个参数值。`unit` 缺省表示无量纲；未经核实（memory/inference/local_example）的值处处加注。 */
export interface Param<T = number> {
  value: T
  unit?: PeriodUnit
  source: Basis[]
  confidence: Confidence
  confirmedBy: string | null
  confirmedOn: string | null
  note?: string
  /** 条文原话（摘要）。 */
  quote?: string
  /** 地方依法另有规定而不从严比较的理由。 */
  derogates?: string
  /** 据以确认的正式文件；在系统里修订的才有。 */
  file?: ParamFile
}
