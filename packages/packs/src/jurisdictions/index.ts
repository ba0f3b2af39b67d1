// 全部规则包：按法域、按日期选用；案卷固定其立项时的版本，改用新版须预览差异。

import type { PlainDate } from '@dianzhang/calendar'
import { isPlainDate } from '@dianzhang/calendar'
import { artefactLabels, openTrackLabels, returnGroundLabels, reviewItemLabels } from '@dianzhang/contract'
import type { FirstPack, Pack, Param } from '../pack.ts'
import { mark } from '../words.ts'
import { packsOfNaiman } from './150525/index.ts'
import { packsOfAnhui } from './340000/index.ts'
import { packsOfYantai } from './370600/index.ts'
import { packsOfHunan } from './430000/index.ts'
import { packsOfGuangzhou } from './440100/index.ts'
import { packsOfZhaohua } from './510811/index.ts'
import { packsOfHaiyuan } from './640522/index.ts'
import { packsOfChina } from './CN/index.ts'
import { completePack } from './complete.ts'
import { allParameters, filingFields, filingParameters, parameterPaths, parameters } from './parameters.ts'

const byDate = (a: FirstPack, b: FirstPack): number =>
  a.effectiveFrom.localeCompare(b.effectiveFrom) || a.version.localeCompare(b.version, 'en', { numeric: true })

/** 存入数据库的各版，一字不动：最初的几版没有后来才有的参数。同一法域的按施行日期、版次排列。 */
export const storedPacks: FirstPack[] = [
  packsOfChina,
  packsOfNaiman,
  packsOfAnhui,
  packsOfYantai,
  packsOfHunan,
  packsOfGuangzhou,
  packsOfZhaohua,
  packsOfHaiyuan,
].flatMap((list) => list.toSorted(byDate))

/** 全部规则包，参数齐备，按法域、施行日期排列。 */
export const packs: Pack[] = storedPacks.map(completePack)

/** 按版本号（`640522@2023-03-09.1`）取规则包；没有时为 null。 */
export const findPack = (version: string): Pack | null => packs.find((p) => p.version === version) ?? null

/** 某法域在某日适用的最新规则包；该日尚无或者没有该法域时为 null。 */
export function latestPack(jurisdiction: string, on: PlainDate): Pack | null {
  const known = packs.filter((p) => p.jurisdiction === jurisdiction && p.effectiveFrom <= on)
  return known.reduce<Pack | null>((best, p) => (best && best.effectiveFrom > p.effectiveFrom ? best : p), null)
}

/** 参数路径 → 中文名称；备案参数的路径为 `filing.<轨道>.<层级>.<项目>`，名称随轨道给出。 */
export const parameterLabels: Record<string, string> = {
  ...Object.fromEntries(parameterPaths.map((path) => [path, parameters[path].label])),
  ...Object.fromEntries(filingFields.map((field) => [`filing.*.${field}`, `备案：${filingParameters[field].label}`])),
  ...Object.fromEntries(packs.flatMap((p) => allParameters(p).map((entry) => [entry.path, entry.label]))),
  'calendar.overlay': '本地节假日',
}

const units = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' } as const

/**
 * 一个参数值的显示文字：数值、是否、清单、对照表；待核实的加注。逐单位写的，`nameOf` 给出单位的名称，没有名称的只写值。
 */
export function describeParam(
  param: Param<unknown>,
  nameOf: (unit: string) => string | undefined = (unit) => unit,
): string {
  const { value, unit } = param
  return `${describeValue(value, nameOf)}${unit ? units[unit] : ''}${mark(param)}`
}

const tierNames: Record<string, string> = {
  government: '政府文件',
  department: '部门文件',
  township: '乡镇文件',
  onApproval: '报政府批准后以部门名义制发的',
}
/** 取值的代码 → 说法。 */
const valueNames: Record<string, string> = {
  unit_head: '起草单位负责人',
  on_nth: '公布后第N日',
  after_nth: '满N日之后，即公布后第N+1日',
  formed: '文件形成之日',
  next_year: '文件形成次年的1月1日',
  signed: '签发之日',
  effect: '施行之日',
  publication: '重新公布之日',
  registration: '登记年份',
  unstated: '没有规定',
  half: '半数以上',
  over_half: '过半数',
  two_thirds: '三分之二以上',
  received: '收到之日',
  accepted: '受理之日',
  adoption: '成文年份',
  own: '本机关审核机构',
  own_or_designated: '本单位审核机构，没有的由县级政府确定的审核机构',
  government: '同级政府审核机构',
}
/** 机关的种类，与效力变动的种类、有权决定的机关。 */
const unitKinds: Record<string, string> = {
  government: '政府',
  office: '政府办公室',
  department: '部门',
  township: '乡镇',
}
const forceNames: Record<string, string> = {
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '宣布失效',
  suspended: '停止执行',
  resumed: '恢复执行',
}
const itemNames: Record<string, string> = {
  // 备案实质审查的各项。
  ...returnGroundLabels,
  ...reviewItemLabels,
  self: '本机关',
  superior: '上级机关',
  standing_committee: '本级人大常委会',
  leader: '机关负责人',
  unit_head: '单位负责人',
  ...artefactLabels,
  ...tierNames,
  supplement: '补充材料',
  consultation: '征求意见',
  expert: '专家论证',
  repeal: '专用于废止的文件',
  discontinue: '停止某项制度实施的文件',
  reason_in_notice: '公告写明理由',
  approver: '有批准人',
  ...openTrackLabels,
}
/** 由几部分写成的值：各部分怎样说。 */
const partNames: Record<string, string> = { organisationCode: '组织代码', profile: '样式' }
const profileNames: Record<string, string> = {
  national: '国家目录样式（9位机构代码/4位年份-5位流水号）',
  creditCode: '统一社会信用代码样式',
}
/** 登记号、档号的写法里的各段。 */
const formParts: Record<string, string> = {
  region: '地区标识',
  fonds: '全宗号',
  yyyy: '年度',
  retention: '保管期限代码',
  seq: '顺序号',
}
const numberForm = (form: string): string =>
  form.replace(
    /\{(region|fonds|yyyy|retention|seq)(?::0?(\d+)d)?\}/g,
    (_all, part: string, digits?: string) => `（${digits ? `${digits}位` : ''}${formParts[part]}）`,
  )

/** 评分标准的各项与分值。 */
const itemsOf = (each: object): string =>
  'items' in each && Array.isArray(each.items)
    ? `（${each.items.map((x: { text: string; weight: number }) => `${x.text}${x.weight}分`).join('，')}）`
    : ''
/** 须由人填报的一项由谁填报。 */
const whoOf = (each: object): string => ('who' in each ? `（${each.who}）` : '')
/** 清单中的一项：代码写说法，有名称的写名称，清单里的清单为一组。 */
function describeItem(each: unknown): string {
  if (Array.isArray(each)) return each.map((kind) => unitKinds[String(kind)] ?? String(kind)).join('与')
  if (typeof each === 'object' && each !== null && 'label' in each) return `${each.label}${itemsOf(each)}${whoOf(each)}`
  return itemNames[String(each)] ?? String(each)
}
/** 一组值的各项：有名称的依名称的次序，其余依代码；存取以后次序变了的，读来仍是同一句。 */
const inOrder = (value: object): Array<[string, unknown]> => {
  const known = [...Object.keys(forceNames), ...Object.keys(tierNames)]
  const place = (key: string): number => (known.includes(key) ? known.indexOf(key) : known.length)
  return Object.entries(value).toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
}
function describeValue(value: unknown, nameOf: (unit: string) => string | undefined): string {
  if (value === null) return '条文未定'
  if (typeof value === 'string' && Object.hasOwn(valueNames, value)) return valueNames[value] ?? value
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return isPlainDate(value) ? value : `“${numberForm(value)}”`
  if (Array.isArray(value)) return value.map(describeItem).join('、') || '无'
  if (value !== null && typeof value === 'object') {
    return (
      inOrder(value)
        .map(([k, v]) => {
          const name = forceNames[k] ?? tierNames[k] ?? partNames[k] ?? nameOf(k)
          return `${name ? `${name}：` : ''}${describeValue(k === 'profile' ? (profileNames[String(v)] ?? v) : v, nameOf)}`
        })
        .join('；') || '无'
    )
  }
  return String(value)
}

export interface PackChange {
  path: string
  label: string
  before: string
  after: string
}

/** 改用新版规则包前的预览：逐项列出数值、核实程度或者受理单位不同的参数。 */
export function previewPackChange(from: Pack, to: Pack): PackChange[] {
  const before = new Map(allParameters(from).map((p) => [p.path, p]))
  const after = new Map(allParameters(to).map((p) => [p.path, p]))
  const changes: PackChange[] = []
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const a = before.get(path)
    const b = after.get(path)
    const [was, is] = [a ? describeParam(a.param) : '（无）', b ? describeParam(b.param) : '（无）']
    if (was !== is) changes.push({ path, label: (b ?? a)?.label ?? path, before: was, after: is })
  }
  const overlay = (p: Pack): string => (p.calendar.overlay === 'ningxia' ? '宁夏开斋节、古尔邦节' : '无')
  if (overlay(from) !== overlay(to)) {
    changes.push({ path: 'calendar.overlay', label: '本地节假日', before: overlay(from), after: overlay(to) })
  }
  for (const filing of to.filing) {
    const was = from.filing.find((f) => f.track === filing.track && f.tiers.join() === filing.tiers.join())
    if (was && was.recipient.name !== filing.recipient.name) {
      const path = `filing.${filing.track}.${filing.tiers.join('+')}.recipient`
      changes.push({ path, label: '备案受理单位', before: was.recipient.name, after: filing.recipient.name })
    }
  }
  return changes
}
