// 一次判断的两种写法。
import type { Finding } from '@dianzhang/kernel'

export const holds = (reason: string): Finding => ({ holds: true, reason })
/** `earliest`：最早可以办理之日。 */
export const fails = (reason: string, earliest?: string): Finding => ({
  holds: false,
  reason,
  ...(earliest ? { earliest } : {}),
})
