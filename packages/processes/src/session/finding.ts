// 一次判断的几种写法。
import type { Finding } from '@dianzhang/kernel'

export const holds = (reason: string): Finding => ({ holds: true, reason })
export const fails = (reason: string, more: Partial<Finding> = {}): Finding => ({ holds: false, reason, ...more })
export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
