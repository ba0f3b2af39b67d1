// 两套系统之间的往来：到了哪一步，用办事人员的话说。
export const exchangeStateLabels = {
  'out.draft': '正在整理',
  'out.waiting': '等待送出',
  'out.accepted': '对方系统已收到',
  'out.rejected': '对方系统没有收下',
  'out.delivered': '已送到对方经办处',
  'out.not_delivered': '对方收到，但办不成',
  'out.opened': '对方经办人已打开',
  'in.incomplete': '收到清单，文件未齐',
  'in.held': '已收到，等候办理',
  'in.settled': '已照办',
  'in.failed': '没有办成',
} as const
export type ExchangeState = keyof typeof exchangeStateLabels
export const exchangeKeyLabels = {
  holding: '收',
  ending: '收到所定之日',
  ended: '不再收',
} as const
export const exchangeStepLabels = {
  accepted: '已收到',
  rejected: '没有收下',
  delivered: '已送到经办处',
  not_delivered: '没有办成',
  opened: '经办人已打开',
} as const
