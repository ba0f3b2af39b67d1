// 读不出的内容怎样说：接口、导入、案卷评查用同一种说法，不出现校验库的外文。
import type { z } from 'zod'
import { fieldMeta, fieldsOf } from './field.ts'
import type { FieldIssue } from './problems.ts'

/** `path` 一栏各选项的名称，与表单所示相同；没有写明的为空。 */
function choiceLabels(schema: z.ZodType, path: readonly PropertyKey[]): Readonly<Record<string, string>> {
  const { innerType, in: piped, element } = schema.def as unknown as Record<string, z.ZodType | undefined>
  const inner = innerType ?? piped
  const [key, ...rest] = path
  if (key === undefined) return fieldMeta(schema).labels ?? {}
  if (inner) return choiceLabels(inner, path)
  const next = typeof key === 'number' ? element : fieldsOf(schema)[String(key)]
  return next ? choiceLabels(next, rest) : {}
}
/** 应为几种写法之一而写了别的：写了什么，可以是哪些。 */
function choiceOf(
  issue: z.core.$ZodIssueInvalidValue,
  schema: z.ZodType,
  path: readonly PropertyKey[],
  given: unknown,
): string {
  if (!issue.message.startsWith('无效')) return issue.message
  const labels = choiceLabels(schema, path)
  const choices = issue.values.map((one) =>
    labels[String(one)] ? `${String(one)}（${labels[String(one)]}）` : String(one),
  )
  const at = path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    given,
  )
  if (at === undefined) return '必须填写'
  const said =
    typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean'
      ? `没有“${String(at).slice(0, 60)}”这一项，`
      : ''
  return `${said}可以是：${choices.join('、')}`
}

/**
 * 读不出的各栏：路径以点相连，每一处一句办事的话；几种形式都不合的，说最接近的一种，同一句不说两遍。
 * 给出 `schema` 与 `given` 的，写错选项时列出可以是哪些。
 */
export function issuesOf(error: z.ZodError, schema?: z.ZodType, given?: unknown): FieldIssue[] {
  const found: FieldIssue[] = []
  const visit = (issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[]): void => {
    for (const issue of issues) {
      const path = [...prefix, ...issue.path]
      if (issue.code === 'invalid_union' && issue.errors.length > 0) {
        const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
        if (closest && closest.length > 0) visit(closest, path)
        else found.push({ path: path.map(String).join('.'), message: issue.message })
      } else if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys)
          found.push({ path: [...path, key].map(String).join('.'), message: '不认识的字段' })
      } else if (issue.code === 'invalid_value' && schema) {
        found.push({ path: path.map(String).join('.'), message: choiceOf(issue, schema, path, given) })
      } else {
        found.push({ path: path.map(String).join('.'), message: messageOf(issue) })
      }
    }
  }
  visit(error.issues, [])
  return found.filter(
    (issue, at) => found.findIndex((other) => other.path === issue.path && other.message === issue.message) === at,
  )
}

const kinds: Record<string, string> = {
  int: '应为整数',
  number: '应为数字',
  string: '应为文字',
  boolean: '应为是或者否',
  array: '应为一组值',
  object: '应为一组字段',
  record: '应为一组字段',
}
const formats: Record<string, string> = {
  date: '应为真实的日期，写作 2026-03-02',
  datetime: '应为真实的时刻，写作 2026-03-02T09:00:00+08:00',
}
/** 一处读不出的，怎样说。 */
export function messageOf(issue: z.core.$ZodIssue): string {
  // 没有这一栏，就是没有填。
  if (issue.code === 'invalid_type' && issue.message.includes('undefined')) return '必须填写'
  if (issue.code === 'invalid_type') return kinds[issue.expected] ?? issue.message
  // 只改校验库自己的话；约定里写的那一句照用。
  if (issue.code === 'invalid_format' && issue.message.startsWith('无效ISO'))
    return formats[issue.format] ?? issue.message
  if (issue.code === 'too_big' || issue.code === 'too_small') return boundOf(issue)
  return issue.message
}

/** 一行、一处配置读不出的，写成一句：“栏：怎样”，几处以分号相连；没有栏的写作“整行”。 */
export const issuesInLine = (error: z.ZodError, schema?: z.ZodType, given?: unknown): string =>
  issuesOf(error, schema, given)
    .map(({ path, message }) => `${path || '整行'}：${message}`)
    .join('；')

/** 写作“最多 200 个字”；约定里写的那一句照用。 */
function boundOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  if (!/^数值过[大小]：/.test(issue.message)) return issue.message
  const [bound, most] = issue.code === 'too_big' ? [issue.maximum, true] : [issue.minimum, false]
  const unit = { string: '个字', array: '项', set: '项', map: '项' }[issue.origin as string]
  if (unit === undefined) return `${most ? '不得大于' : '不得小于'} ${bound}`
  if (!most && issue.origin === 'string' && Number(bound) === 1) return '必须填写'
  return `${most ? '最多' : '至少'} ${bound} ${unit}`
}
