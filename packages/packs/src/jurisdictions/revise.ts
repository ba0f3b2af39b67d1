// 管理员依正式文件修订参数：在一版规则包上改若干个值，成为新的一版；旧版不动，旧案卷仍依旧版。
import type { Basis } from '@dianzhang/contract'
import type { Pack, Param, ParamFile, PeriodUnit } from '../pack.ts'
import { isUnverified } from '../words.ts'
import { roughDays } from './derive.ts'
import { plain, shown } from './merge.ts'
import { allParameters, type FilingField, filingParameters, type ParameterPath, parameters } from './parameters.ts'
import { sameValue } from './same-value.ts'

export interface PackRevision {
  version: string
  /** 自该日起适用于新立项的文件，`YYYY-MM-DD`。 */
  effectiveFrom: string
  confirmedBy: string
  confirmedOn: string
  changes: ParamChange[]
}
/** 一项改动：新值、出处；期限可以换计算单位；原话与说明属于新的条文，没有给出就没有，不沿用旧的。 */
export interface ParamChange {
  path: string
  value: unknown
  unit?: PeriodUnit | undefined
  source: Basis
  quote?: string | undefined
  note?: string | undefined
  /** 正式文件的原件；没有附的，不沿用旧的。 */
  file?: ParamFile | undefined
}
export interface RevisionFault {
  path: string
  message: string
  /** 比国家规定宽松；其余是写法有误。 */
  laxer?: true
}

const mergeOf = (path: string) =>
  path.startsWith('filing.')
    ? filingParameters[path.split('.').at(-1) as FilingField]?.merge
    : parameters[path as ParameterPath]?.merge
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

/**
 * 修订一版规则包。返回新的一版，或者逐项说明为何不能：没有这个参数、类型不符、非正数、
 * 比国家规定宽松（最低期限更短、最高期限更长；国家与地方不同时从严）。`national` 为国家规定的规则包。
 */
export function revisePack(
  base: Pack,
  national: Pack,
  revision: PackRevision,
): { ok: true; pack: Pack } | { ok: false; faults: RevisionFault[] } {
  const pack = JSON.parse(JSON.stringify(base)) as Pack
  const own = new Map(allParameters(pack).map((p) => [p.path, p]))
  const floor = new Map(allParameters(national).map((p) => [p.path, p.param]))
  const faults: RevisionFault[] = []
  for (const change of revision.changes) {
    const found = own.get(change.path)
    if (!found) {
      faults.push({ path: change.path, message: `没有参数“${change.path}”` })
      continue
    }
    const param = found.param as Param<unknown>
    // 条文没有此项的参数（null）可以填入数；期限须已有单位。
    const filling = param.value === null && typeof change.value === 'number' && param.unit !== undefined
    if (!filling && kindOf(change.value) !== kindOf(param.value)) {
      faults.push({
        path: change.path,
        message: `“${found.label}”的值应为${{ number: '数', string: '文字', boolean: '是或否', array: '列表', object: '对照表' }[kindOf(param.value)] ?? kindOf(param.value)}`,
      })
      continue
    }
    if (typeof change.value === 'number' && (!Number.isInteger(change.value) || change.value < 0)) {
      faults.push({ path: change.path, message: `“${found.label}”须为非负整数` })
      continue
    }
    if (change.unit !== undefined && param.unit === undefined) {
      faults.push({ path: change.path, message: `“${found.label}”不是期限，没有计算单位` })
      continue
    }
    const unit = change.unit ?? param.unit
    const { quote: oldQuote, note: _note, file: _file, ...rest } = param
    const same = sameValue([param.value, param.unit], [change.value, unit])
    // 只是确认原值的，原话仍是它的依据；值变了，旧条文的话不能再放在新值旁边。
    const quote = change.quote ?? (same ? oldQuote : undefined)
    const note = [change.note, !same && plain(param) ? `修订前为${shown(param)}` : undefined].filter(Boolean).join('；')
    const revised: Param<unknown> = {
      ...rest,
      ...(unit ? { unit } : {}),
      ...(quote ? { quote } : {}),
      ...(note ? { note } : {}),
      ...(change.file ? { file: change.file } : {}),
      value: change.value,
      source: [
        change.source,
        ...param.source.filter((s) => s.document !== change.source.document || s.article !== change.source.article),
      ],
      confidence: 'verified',
      confirmedBy: revision.confirmedBy,
      confirmedOn: revision.confirmedOn,
    }
    const nationally = floor.get(change.path)
    const how = mergeOf(change.path)
    if (
      nationally &&
      !isUnverified(nationally) &&
      typeof nationally.value === 'number' &&
      typeof change.value === 'number' &&
      (how === 'longer' || how === 'shorter')
    ) {
      const [ours, theirs] = [roughDays(revised), roughDays(nationally)]
      if (how === 'longer' ? ours < theirs : ours > theirs) {
        faults.push({
          path: change.path,
          laxer: true,
          message: `“${found.label}”不得比国家规定宽松（国家规定：${String(nationally.value)}，见${nationally.source[0]?.document ?? ''}${nationally.source[0]?.article ?? ''}）`,
        })
        continue
      }
    }
    delete param.quote
    delete param.note
    delete param.file
    Object.assign(param, revised)
  }
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, pack: { ...pack, version: revision.version, effectiveFrom: revision.effectiveFrom } }
}
