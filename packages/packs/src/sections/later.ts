// 后来才有的参数：一处写齐名称、合并方式、国家基准的值，以及此前立成的规则包读入时补上的值。
import type { Param } from '../value.ts'
import type { Merge } from './merge.ts'

/** 一项后来才有的参数。 */
export interface Later<T> {
  label: string
  merge: Merge
  /** 属于第几代参数；缺省为第 2 代。此前立成的各版不含此项，读入时补 `before`，存着的一字不动。 */
  since?: number
  /** 国家基准自该日起有此规定；缺省自始即有。此前日期的各版用 `before`。 */
  from?: string
  /** 没有此项的旧版读入时补上的值：当时实际的做法，不使已经合法办理的变为违法。 */
  before: Param<T>
  /** 国家基准的值；地方包在各自的文件夹里写不同之处。 */
  national: Param<T>
  /** 只用于备案轨道：人大轨道的国家基准与政府轨道不同时。 */
  npc?: Param<T>
}
export type LaterSection = Record<string, Later<unknown>>

/**
 * 登记一项后来才有的参数。两种情形下的值都要给出：`before` 用于旧版，`national` 用于新版的国家基准。
 * 只给 `national` 的，旧版也用这个值（用于纯属说明、不改变办理的参数）。
 */
export function later<T>(
  label: string,
  merge: Merge,
  values: { national: Param<T>; before?: Param<T>; from?: string; npc?: Param<T>; since?: number },
): Later<T> {
  return { label, merge, before: values.before ?? values.national, ...values }
}

/** 一节的参数 → 其在规则包中的类型。 */
export type ValuesOf<S> = { -readonly [K in keyof S]: S[K] extends Later<infer T> ? Param<T> : never }
