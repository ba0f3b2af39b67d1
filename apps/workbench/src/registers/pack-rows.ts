// The parameters of a pack as rows of a table: name, value, source.
import type { answers } from '@dianzhang/contract'
import { openTrackLabels, tierLabels } from '@dianzhang/contract'
import type { Pack, Told } from '../types.ts'

export type Param = Told<typeof answers.Parameter>
type Verification = Pack['verification'][number]
/** For example: 19 items to verify for making, publication and filing; 8 for review suggestions; … */
export const openCounts = (verification: readonly Verification[]): string =>
  verification
    .filter((each, n) => n === 0 || each.unverified.length > 0)
    .map((each, n) => `${each.label}${n === 0 ? '待核实' : ''} ${each.unverified.length} 项`)
    .join('，')
const isParam = (value: unknown): value is Param =>
  typeof value === 'object' && value !== null && 'value' in value && 'confidence' in value && 'source' in value
const groupNames: Record<string, string> = {
  consultation: '公开征求意见',
  interagency: '部门意见',
  hearing: '听证',
  dispute: '分歧',
  review: '合法性审核',
  fairCompetition: '公平竞争审查',
  deliberation: '集体审议',
  publication: '公布',
  effective: '施行',
  validity: '有效期',
  evaluation: '评估',
  cleanup: '清理',
  suggestion: '审查建议',
  numbering: '编号',
  filing: '备案',
}
export const unitNames: Record<string, string> = {
  working_day: '个工作日',
  calendar_day: '日',
  month: '个月',
  year: '年',
}
export const words: Record<string, string> = {
  registration: '登记年份',
  adoption: '成文年份',
  reason_in_notice: '公告写明理由',
  approver: '有批准人',
  national: '国家目录样式（9位机构代码/4位年份-5位流水号）',
  creditCode: '统一社会信用代码样式',
  next_year: '形成次年的1月1日',
  formed: '文件形成之日',
  ...openTrackLabels,
}
export interface Row {
  path: string
  name: string
  param: Param
  /** The value put into words. */
  text: string
}
export function rowsOf(pack: Pack): Row[] {
  const { labels, texts } = pack
  const rows: Row[] = []
  const walk = (value: unknown, path: string[]) => {
    if (isParam(value)) {
      const key = path.join('.')
      rows.push({
        path: key,
        name: labels[key] ?? key,
        param: value,
        text: texts[key] ?? '',
      })
    } else if (Array.isArray(value)) {
      for (const each of value) {
        if (typeof each !== 'object' || each === null) continue
        const { recipient, tiers, track } = each as { recipient?: { name: string }; tiers?: string[]; track?: string }
        const label = recipient
          ? `报${recipient.name}（${(tiers ?? []).map((tier) => tierLabels[tier as keyof typeof tierLabels]?.replace('规范性文件', '') ?? tier).join('、')}）`
          : ''
        for (const [name, param] of Object.entries(each))
          if (isParam(param))
            rows.push({
              path: `${path.join('.')}.${track}.${(tiers ?? []).join('+')}.${name}`,
              text: texts[`${path.join('.')}.${track}.${(tiers ?? []).join('+')}.${name}`] ?? '',
              name: `${label}${labels[`${path.join('.')}.${track}.${(tiers ?? []).join('+')}.${name}`]?.split('：').at(-1) ?? name}`,
              param,
            })
      }
    } else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) walk(each, [...path, name])
  }
  const order = Object.keys(groupNames)
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  for (const [name, value] of Object.entries(pack).sort(([a], [b]) => place(a) - place(b)))
    if (typeof value === 'object' && name !== 'labels' && name !== 'texts' && name !== 'verification')
      walk(value, [name])
  return rows
}
