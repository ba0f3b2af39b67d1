// 国家基准现行各版：最初的数值（first.ts）加上后来才有的参数（sections/）。出处见 sources.md。
import type { FirstPack, Pack } from '../../pack.ts'
import { generation } from '../complete.ts'
import { withLater } from '../with-later.ts'
import { firstPacksOfChina } from './first.ts'

/** 国家规定变动的日期，每一日期一版。 */
const dates: Array<[from: string, serial: number]> = [
  ['2018-12-04', 3],
  ['2024-03-01', 1],
  ['2025-04-20', 1],
]
const last = firstPacksOfChina.at(-1) as FirstPack

export const nationals: Pack[] = dates.map(([from, serial]) =>
  withLater({ ...last, version: `CN@${from}.${serial}`, effectiveFrom: from, generation }),
)

export const packsOfChina: FirstPack[] = [...firstPacksOfChina, ...nationals]
