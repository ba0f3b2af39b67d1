// Checks on the client: the same zod schema and conditional fields, with errors reworded in Chinese.
import { conditionIssues, fieldsOf } from '@dianzhang/contract'
import type { z } from 'zod'
import { type Path, pathKey } from './shape.ts'

interface Issue {
  code: string
  path: PropertyKey[]
  message: string
  minimum?: unknown
  maximum?: unknown
  origin?: string
  input?: unknown
  format?: string
  errors?: Issue[][]
}
function sentenceOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return Number(issue.minimum) <= 1 ? '必须填写' : `至少 ${issue.minimum} 个字`
      if (issue.origin === 'array') return `至少 ${issue.minimum} 项`
      return `不得小于 ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'string') return `最多 ${issue.maximum} 个字`
      if (issue.origin === 'array') return `最多 ${issue.maximum} 项`
      return `不得大于 ${issue.maximum}`
    case 'invalid_format':
      // Words of the contract's own; those of the library's locale begin with 无效.
      if (/[\u4e00-\u9fff]/.test(issue.message) && !issue.message.startsWith('无效')) return issue.message
      return issue.format === 'date'
        ? '须为真实存在的日期'
        : issue.format === 'url'
          ? '须为网址，以 https:// 开头'
          : '格式有误'
    case 'invalid_union':
      // One of its notations is a day, and something was written.
      return issue.errors?.some((each) =>
        each.some(({ code, format }) => code === 'invalid_format' && format === 'date'),
      )
        ? '须为真实存在的日期'
        : '必须填写'
    case 'invalid_type':
    case 'invalid_value':
      return '必须填写'
    default:
      return /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '填写有误'
  }
}
/** The errors of the fields, keyed by dotted path; empty when there are none. */
export function issuesOf(schema: z.ZodType, value: unknown): Record<string, string> {
  const parsed = schema.safeParse(value)
  const conditional = conditionIssues(fieldsOf(schema), (value ?? {}) as Record<string, unknown>, false)
  if (parsed.success) return Object.fromEntries(conditional.map(({ path, message }) => [path, message]))
  const found: Record<string, string> = {}
  for (const issue of parsed.error.issues as unknown as Issue[]) {
    const key = pathKey(issue.path as unknown as Path)
    found[key] ??= sentenceOf(issue)
  }
  for (const { path, message } of conditional) found[path] ??= message
  return found
}
