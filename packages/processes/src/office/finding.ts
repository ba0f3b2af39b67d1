// 一次判断的两种写法。
import type { Finding } from '@dianzhang/kernel'
import type { FieldFault } from './shape.ts'

export const holds = (reason: string): Finding => ({ holds: true, reason })
/** `earliest`：最早可以办理之日；`fields`：哪几栏，各写什么（表单标在栏下）。 */
export const fails = (reason: string, earliest?: string, fields?: ReadonlyArray<FieldFault>): Finding => ({
  holds: false,
  reason,
  ...(earliest ? { earliest } : {}),
  ...(fields ? { trace: [...fields] } : {}),
})
