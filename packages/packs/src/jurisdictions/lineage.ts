// 一地的各版规则包：国家规定与地方规定各在变动之日起立一版，每一版只由当日有效的规定合并得出。
import type { FilingParam, Pack, Param } from '../pack.ts'
import type { laterSections } from '../sections/index.ts'
import { generation } from './complete.ts'
import { mergeParam } from './merge.ts'
import {
  allParameters,
  type FilingField,
  filingFields,
  filingParameters,
  type ParameterPath,
  parameters,
} from './parameters.ts'

type SectionName = keyof typeof laterSections | 'interagency' | 'dispute' | 'numbering'
/** 与上一级不同的参数，按节写。 */
export type LocalValues = { [S in SectionName]?: Partial<Pack[S]> } & { artefacts?: Pack['artefacts'] }
type TrackValues = Partial<Pick<FilingParam, FilingField>>
export type LocalFiling = Pick<FilingParam, 'track' | 'tiers' | 'recipient'> & TrackValues

/** 自某日起的一层规定；后一层只写变动之处，未写的沿用前一层。 */
export interface Layer {
  /** 该层规定施行之日。 */
  from: string
  /** 该日的版次；该日已有更早的版次（更正以前的）时写明，缺省为 1。 */
  serial?: number
  values?: LocalValues
  filing?: LocalFiling[]
  /** 读过而没有此项规定的：参数路径 → 一句说明，加在沿用的值上。 */
  silent?: Record<string, string>
}
export interface Place {
  jurisdiction: string
  name: string
  areaCode: string | null
  calendar: Pack['calendar']
  layers: Layer[]
}

const keyOf = ({ track, tiers }: Pick<FilingParam, 'track' | 'tiers'>): string => `${track}.${tiers.join('+')}`

/** 截至 `on` 各层叠加的结果。 */
function standing(layers: Layer[], on: string) {
  const values: Record<string, unknown> = {}
  const filing = new Map<string, LocalFiling>()
  const silent: Record<string, string> = {}
  for (const layer of layers.filter((each) => each.from <= on)) {
    for (const [section, own] of Object.entries(layer.values ?? {})) {
      const before = section === 'artefacts' ? {} : (values[section] as object | undefined)
      values[section] = section === 'artefacts' ? own : { ...before, ...own }
      for (const key of Object.keys(own as object)) delete silent[`${section}.${key}`]
    }
    for (const own of layer.filing ?? []) filing.set(keyOf(own), { ...filing.get(keyOf(own)), ...own })
    Object.assign(silent, layer.silent)
  }
  return { values: values as LocalValues, filing: [...filing.values()], silent }
}

function mergedFiling(wide: FilingParam[], local: LocalFiling[]): FilingParam[] {
  return local.map((own) => {
    // 国家没有这一层级的轨道（如乡镇的人大轨道）时，缺省值取同一轨道的。
    const base =
      wide.find((w) => w.track === own.track && own.tiers.every((t) => w.tiers.includes(t))) ??
      wide.find((w) => w.track === own.track)
    if (!base) throw new Error(`备案轨道 ${own.track}（${own.tiers.join('、')}）在上级规则包中没有对应项`)
    const fields = filingFields.map((field) => {
      const mine = own[field] as Param<unknown> | undefined
      const theirs = base[field] as Param<unknown>
      return [field, mine ? mergeParam(theirs, mine, filingParameters[field].merge) : theirs]
    })
    return {
      track: own.track,
      tiers: own.tiers,
      recipient: own.recipient,
      ...Object.fromEntries(fields),
    } as FilingParam
  })
}

/** 国家在 `date` 的规定与一地截至该日的规定合并成一版。 */
function packOn(place: Place, national: Pack, date: string, serial: number): Pack {
  const { values, filing, silent } = standing(place.layers, date)
  const merged: Record<string, unknown> = {}
  for (const [section, own] of Object.entries(values)) {
    if (section === 'artefacts') {
      merged.artefacts = mergeParam(national.artefacts, own as Pack['artefacts'], 'replace')
      continue
    }
    const wide = national[section as SectionName] as Record<string, Param<unknown>>
    const changed = Object.entries(own as Record<string, Param<unknown>>).map(([key, local]) => {
      const path = `${section}.${key}` as ParameterPath
      const base = wide[key]
      if (!base) throw new Error(`没有参数 ${path}`)
      return [key, mergeParam(base, local, parameters[path].merge)]
    })
    merged[section] = { ...wide, ...Object.fromEntries(changed) }
  }
  const pack: Pack = JSON.parse(
    JSON.stringify({
      ...national,
      ...merged,
      jurisdiction: place.jurisdiction,
      name: place.name,
      version: `${place.jurisdiction}@${date}.${serial}`,
      effectiveFrom: date,
      areaCode: place.areaCode,
      parent: national.jurisdiction,
      calendar: place.calendar,
      generation,
      filing: mergedFiling(national.filing, filing),
    }),
  )
  const all = allParameters(pack)
  for (const [path, note] of Object.entries(silent)) {
    const found = all.find((each) => each.path === path)
    if (!found) throw new Error(`没有参数 ${path}`)
    found.param.note = [note, found.param.note].filter(Boolean).join('；')
  }
  return pack
}

/** 一地的全部版次：地方各层与其后国家各版的日期，每日一版，按日期排列。 */
export function lineage(place: Place, nationals: Pack[]): Pack[] {
  const first = place.layers[0]
  if (!first) throw new Error(`${place.jurisdiction} 没有规定`)
  const serials = new Map(place.layers.map((layer) => [layer.from, layer.serial ?? 1]))
  const dates = new Set([
    ...serials.keys(),
    ...nationals.map((n) => n.effectiveFrom).filter((date) => date > first.from),
  ])
  return [...dates].sort().map((date) => {
    const national = nationals.findLast((n) => n.effectiveFrom <= date)
    if (!national) throw new Error(`${date} 尚无国家基准`)
    return packOn(place, national, date, serials.get(date) ?? 1)
  })
}
