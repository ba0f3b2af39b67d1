// 不知道的事实：案卷没有写明的，不作推测。规则读到它就停下，说明缺的是哪一项；是与否两种情形结论相同的，照样判断。

/** 没有写明。 */
const unstated = Symbol('没有写明')
/** 占住一项没有写明的事实，种类随所在之处。 */
export const unknown = <T>(): T => unstated as T
export const isUnknown = (value: unknown): boolean => value === unstated

/** 规则读到了没有写明的事实。 */
export class Unstated extends Error {
  readonly path: string
  constructor(path: string) {
    super(`没有写明：${path}`)
    this.path = path
  }
}

/** 是与否两种情形都可以设想的事实。 */
const yesOrNo: ReadonlySet<string> = new Set([
  'affectsRights',
  'enterpriseRelated',
  'majorDecision',
  'expertise',
  'competition',
  'stability',
  'hearingRequired',
  'confidential',
  'provisional',
  'eligible',
  'interpretation',
])
export const supposable = (path: string): boolean => yesOrNo.has(path.split('.').at(-1) ?? '')

/** 看守一份事实：读到没有写明的即停下（`Unstated`）；`supposed` 是为推演而设想的（路径 → 值）。 */
export function guarded<T extends object>(root: T, at: string, supposed: ReadonlyMap<string, unknown>): T {
  const made = new WeakMap<object, object>()
  const wrap = (target: object, path: string): object => {
    const known = made.get(target)
    if (known) return known
    const proxy = new Proxy(target, {
      get(object, key, receiver) {
        const value: unknown = Reflect.get(object, key, receiver)
        if (typeof key === 'symbol') return value
        const here = `${path}.${key}`
        if (value === unstated) {
          if (supposed.has(here)) return supposed.get(here)
          throw new Unstated(here)
        }
        return typeof value === 'object' && value !== null ? wrap(value, here) : value
      },
    })
    made.set(target, proxy)
    return proxy
  }
  return wrap(root, at) as T
}

/** 各项事实的名称，写给评查人看：路径的末段 → 名称。 */
const names: Record<string, string> = {
  affectsRights: '是否影响权利义务',
  enterpriseRelated: '是否涉企',
  majorDecision: '是否重大行政决策',
  expertise: '是否专业性强',
  competition: '是否涉及公平竞争',
  stability: '是否涉及社会稳定',
  hearingRequired: '是否应当听证',
  confidential: '是否涉密',
  provisional: '是否暂行、试行',
  eligible: '制定机关是否在制定主体清单内',
  interpretation: '是否同步解读',
  texts: '各版文本',
  textHash: '所依的是哪一版文本',
  contentHash: '所审的是哪一版文本',
  artefacts: '送审的各种材料',
  materials: '送审的各种材料',
  bases: '制定依据',
  substance: '两版文本的实质变化',
  undisposed: '公众意见是否逐条处理',
  comments: '公众意见的处理',
  total: '公众意见的件数',
  channels: '公布的渠道',
  validUntil: '有效期',
  validityYears: '有效期',
  editors: '起草人',
  by: '办理人',
  person: '签署人',
  unit: '办理单位',
  acceptedOn: '受理送审材料之日',
  acceptedAt: '受理送审材料之日',
  closedAt: '征求意见何时截止',
  planItem: '是否列入年度计划',
  stakeholdersHeard: '听取了哪些利害关系人的意见',
  experts: '专家人数',
  people: '人员名册',
  numbers: '登记编号',
  archive: '归档',
  review: '合法性审核',
  publication: '公布',
  consultations: '公开征求意见',
  interagency: '征求部门意见',
  coordination: '协调分歧',
  decision: '集体审议',
  signatures: '签署',
  filings: '报送备案',
  partyReports: '请示报告党委',
  hearings: '听证',
  expertReviews: '专家论证',
  riskAssessments: '风险评估',
  fairCompetition: '公平竞争审查',
  secretariatCheck: '办公机构审核',
  initiatedAt: '同意立项',
  feedbackAt: '公布采纳情况',
  opinion: '审核意见',
  heldOn: '听证会何日举行',
  materialsSentOn: '听证材料何日送达',
  announcedOn: '听证会何日公告',
  eligibleSince: '制定主体清单何日公布',
  recipients: '应当报送哪个单位',
  seat: '审核机构是哪个单位',
  disclosure: '公开属性',
  predecessors: '有没有在先的同名文件',
  planning: '年度计划与目录怎样列',
}
export const nameOfFact = (path: string): string =>
  path
    .split('.')
    .toReversed()
    .map((part) => names[part])
    .find((name) => name !== undefined) ?? path
