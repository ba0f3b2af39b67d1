// 未预期的 console.error / console.warn：记下来，照样输出。每个工作进程只换一次。
import { format } from 'node:util'

let recorded: string[] = []
for (const level of ['error', 'warn'] as const) {
  const original = console[level].bind(console)
  console[level] = (...parts: unknown[]) => {
    recorded.push(`console.${level}: ${format(...parts)}`)
    original(...parts)
  }
}
/** 上一次问以来输出的。 */
export function spokenSince(): string[] {
  const since = recorded
  recorded = []
  return since
}
