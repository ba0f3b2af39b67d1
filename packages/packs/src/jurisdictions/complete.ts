// 补齐：立成时还没有某项参数的规则包，读入时补上当时实际的做法；库中与程序里存着的旧版一字不动。
import type { FilingParam, FirstPack, Pack } from '../pack.ts'
import { laterSections } from '../sections/index.ts'
import type { Later } from '../sections/later.ts'
import { laterFilingFields } from './parameters.ts'

/** 本程序所知参数的代：新立各版写明，此后再增加的参数属于下一代。 */
export const generation = 2

/**
 * 存着的规则包 → 参数齐备的规则包。缺少的参数取登记的 `before`（旧版立成时实际的做法）；已有的一概不动。
 * 对已经齐备的规则包，结果与原来相等。
 */
export function completePack(stored: FirstPack | Pack): Pack {
  const sections = Object.fromEntries(
    Object.entries(laterSections as Record<string, Record<string, Later<unknown>>>).map(([section, specs]) => {
      const own = (stored as unknown as Record<string, Record<string, unknown> | undefined>)[section] ?? {}
      const missing = Object.entries(specs).filter(([key]) => !(key in own))
      return [section, { ...Object.fromEntries(missing.map(([key, { before }]) => [key, before])), ...own }]
    }),
  )
  const filing = stored.filing.map((track) => {
    const missing = laterFilingFields.filter(({ key }) => !(key in track))
    return { ...track, ...Object.fromEntries(missing.map(({ key, spec: { before } }) => [key, before])) } as FilingParam
  })
  return { ...stored, ...sections, filing } as Pack
}
