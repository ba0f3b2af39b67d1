// 国家与地方并列时取哪一个值：先看核实程度，再看参数的方向；两方出处都保留，理由写在 note。
import type { Basis } from '@dianzhang/contract'
import type { Param } from '../pack.ts'
import type { Merge } from '../sections/merge.ts'
import { isUnverified } from '../words.ts'
import { roughDays } from './derive.ts'
import { sameValue } from './same-value.ts'

const words = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' } as const
/** 一个值的写法：`30日`、`没有此项`。 */
export const shown = ({ value, unit }: Param<unknown>): string =>
  value === null ? '没有此项' : `${String(value)}${unit ? words[unit] : ''}`
const unique = (list: Basis[]): Basis[] =>
  list.filter((b, i) => list.findIndex((o) => o.document === b.document && o.article === b.article) === i)
/** 只有数值、布尔、文字可以在一句话里并列说明；清单与对照表看各自的出处。 */
export const plain = ({ value }: Param<unknown>): boolean => typeof value !== 'object' || value === null
const noted = <T>(param: Param<T>, ...notes: Array<string | undefined>): Param<T> => {
  // 已经写过的不再写。
  const text = [param.note, ...notes.filter((note) => !note || !param.note?.includes(note))].filter(Boolean).join('；')
  return text === '' ? param : { ...param, note: text }
}

/**
 * 合并上一级的值与本地的值。
 * - 已核实（含部分核实）的一方总是胜过未核实的一方：缺省值不参加从严比较。
 * - 两方程度相当：`longer` 取较长，`shorter` 取较短，`replace` 以本地为准；本地写明 `derogates` 的以本地为准。
 * - 一方没有此项（null）时取有规定的一方；本地据通读的条文写明没有、上一级只是未核实的缺省值时，取本地。
 * 出处都保留，但上一级以外地做法为出处的缺省值，不作为本地值的出处。
 */
export function mergeParam<T>(wide: Param<T>, local: Param<T>, how: Merge): Param<T> {
  const source = unique([...local.source, ...wide.source.filter((b) => b.confidence !== 'local_example')])
  const same = sameValue([wide.value, wide.unit], [local.value, local.unit])
  const take = (winner: Param<T>, why?: string): Param<T> => {
    const own = winner === local ? source : unique([...winner.source, ...source])
    return noted({ ...winner, source: own }, same || !plain(wide) || !plain(local) ? undefined : why)
  }
  const both = `上级规定${shown(wide)}，本地规定${shown(local)}`
  if (local.derogates !== undefined) return take(local, `${both}：${local.derogates}`)
  if (how === 'replace') return take(local)
  const [known, knownWide] = [!isUnverified(local), !isUnverified(wide)]
  if (same) return take(known || !knownWide ? local : wide)
  if (known && !knownWide) return take(local, `上级没有已核实的规定（缺省${shown(wide)}），依本地规定${shown(local)}`)
  if (!known && knownWide) return take(wide, `本地的${shown(local)}未经核实，依上级规定${shown(wide)}`)
  if (wide.value === null) return take(local)
  if (local.value === null) return take(wide, `本地没有此项，依上级规定${shown(wide)}`)
  const [a, b] = [roughDays(wide), roughDays(local)]
  const winner = (how === 'longer' ? b >= a : b <= a) ? local : wide
  return take(winner, `${both}，从严适用${shown(winner)}`)
}
