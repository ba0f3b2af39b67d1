// 新立一版：最初就有的参数照旧，后来才有的取其国家基准在该版施行日的值。
import type { FilingParam, FirstPack, Pack } from '../pack.ts'
import { laterSections } from '../sections/index.ts'
import type { Later } from '../sections/later.ts'
import { laterFilingFields } from './parameters.ts'

const on = <T>({ from, before, national }: Later<T>, date: string) =>
  from !== undefined && from > date ? before : national

/** `pack` 连同后来才有的参数在 `pack.effectiveFrom` 的国家基准值；`pack` 已有的不动。 */
export function withLater(pack: FirstPack): Pack {
  const date = pack.effectiveFrom
  const known = ({ since = 2 }: Later<unknown>): boolean => since <= (pack.generation ?? 2)
  const sections = Object.fromEntries(
    Object.entries(laterSections as Record<string, Record<string, Later<unknown>>>).flatMap(([section, specs]) => {
      const own = (pack as unknown as Record<string, Record<string, unknown> | undefined>)[section] ?? {}
      const added = Object.fromEntries(
        Object.entries(specs)
          .filter(([, spec]) => known(spec))
          .map(([key, spec]) => [key, on(spec, date)]),
      )
      const all = { ...added, ...own }
      // 整节都是以后才有的，不留空的一节。
      return Object.keys(all).length > 0 ? [[section, all]] : []
    }),
  )
  const filing = pack.filing.map((track) => ({
    ...Object.fromEntries(
      laterFilingFields
        .filter(({ spec }) => known(spec))
        .map(({ key, spec }) => [key, track.track === 'npc' && spec.npc !== undefined ? spec.npc : on(spec, date)]),
    ),
    ...track,
  })) as FilingParam[]
  return { ...pack, ...sections, filing } as Pack
}
