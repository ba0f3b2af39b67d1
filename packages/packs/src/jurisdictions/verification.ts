// 一版规则包核实到了哪里，依用到参数的程序分开数：文件从立项到备案是一家，公布以后的各种程序各是一家。
import type { Pack } from '../pack.ts'
import { isConvention, isUnverified } from '../words.ts'
import { allParameters } from './parameters.ts'

/** 文件公布以后的程序及其参数所在的节（或者单独一项）；不在此列的，为文件的制定、公布与备案所用。 */
const afterwards: ReadonlyArray<{ label: string; parts: readonly string[] }> = [
  { label: '会议', parts: ['deliberation.quorum'] },
  { label: '届满提醒', parts: ['validity.ladderMonths', 'validity.neglectYears'] },
  { label: '审查建议', parts: ['suggestion'] },
  { label: '备案审查', parts: ['filingReview'] },
  { label: '催办与提醒', parts: ['reminding'] },
  { label: '清理', parts: ['cleanup'] },
  { label: '后评估', parts: ['evaluation'] },
  { label: '年度报送与报告', parts: ['yearly'] },
  { label: '考核评分', parts: ['scorecard'] },
]
const making = '制定、公布与备案'

/** 一种程序所用参数的核实情况。 */
export interface Verification {
  /** 程序：制定、公布与备案，审查建议等。 */
  label: string
  parameters: number
  /** 待核实的参数路径；本系统的约定另列。 */
  unverified: string[]
  /** 没有条文、由本系统约定的参数路径。 */
  conventions: string[]
}

const usedBy = (path: string): string =>
  afterwards.find((each) => each.parts.some((part) => path === part || path.startsWith(`${part}.`)))?.label ?? making

/** 一版规则包各种程序的核实情况，制定、公布与备案在前；没有参数的程序不列。 */
export function verificationOf(pack: Pack): Verification[] {
  const all = Map.groupBy(allParameters(pack), (each) => usedBy(each.path))
  return [making, ...afterwards.map((each) => each.label)].flatMap((label) => {
    const own = all.get(label)
    if (own === undefined) return []
    return [
      {
        label,
        parameters: own.length,
        unverified: own.filter((p) => isUnverified(p.param) && !isConvention(p.param)).map((p) => p.path),
        conventions: own.filter((p) => isConvention(p.param)).map((p) => p.path),
      },
    ]
  })
}
