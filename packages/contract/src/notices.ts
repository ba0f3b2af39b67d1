// 通知的名词：订阅什么、寄送到哪一步。
/** 公众可以订阅的种类。 */
export const subscriptionKinds = {
  document: '一件文件的变动',
  issuer: '一个机关的文件',
  subject: '一个主题的文件',
  act: '引用一部上位法的文件',
  query: '一次检索的新结果',
  consultations: '公开征求意见',
  receipt: '一个回执的进展',
} as const
export type SubscriptionKind = keyof typeof subscriptionKinds
/** 寄送的状态。 */
export const deliveryStateLabels = {
  due: '待送',
  gathered: '待汇总',
  sent: '已送出',
  dead: '没有送到',
  dropped: '不再发出',
} as const
export type DeliveryState = keyof typeof deliveryStateLabels
