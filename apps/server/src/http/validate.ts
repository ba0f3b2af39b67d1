// ② Validation at the entry: here the unknown becomes known. Errors are listed field by field.
import { AppError, type FieldIssue, fieldMeta, fieldsOf } from '@dianzhang/contract'
import { z } from 'zod'

z.config(z.locales.zhCN())

/** Parses `value`; refuses (`invalid`) with every wrong field, its dotted path and a Chinese message. */
export function validated<T extends z.ZodType>(
  schema: T,
  value: unknown,
  detail = '提交的内容有误，请按所列各项更正。',
): z.output<T> {
  const unwritable = unwritableIn(value)
  if (unwritable.length > 0) throw new AppError('invalid', detail, { issues: unwritable })
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError('invalid', detail, { issues: issuesOf(result.error, schema, value) })
}

/** True of characters that no text holds and PostgreSQL cannot store: NUL, and halves of a surrogate pair. */
export const isUnwritable = (text: string): boolean => text.includes('\u0000') || !text.isWellFormed()

/** Deeper than anything of ours; walking, checking and hashing a body go down as deep as it does. */
const deepest = 64

/** The fields, at any depth, that cannot be stored. */
function unwritableIn(value: unknown, path: readonly string[] = []): FieldIssue[] {
  if (path.length > deepest) return [{ path: path.slice(0, 8).join('.'), message: `嵌套超过 ${deepest} 层` }]
  if (typeof value === 'string')
    return isUnwritable(value) ? [{ path: path.join('.'), message: '含有无法保存的字符（空字符或者残缺的字）' }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    isUnwritable(key)
      ? [{ path: path.join('.'), message: '字段名含有无法保存的字符' }]
      : unwritableIn(inner, [...path, key]),
  )
}

/** The names of the choices of the field at `path`, as its forms show them; none where the schema names none. */
function choiceLabels(schema: z.ZodType, path: readonly PropertyKey[]): Readonly<Record<string, string>> {
  const { innerType, in: piped, element } = schema.def as unknown as Record<string, z.ZodType | undefined>
  const inner = innerType ?? piped
  const [key, ...rest] = path
  if (key === undefined) return fieldMeta(schema).labels ?? {}
  if (inner) return choiceLabels(inner, path)
  const next = typeof key === 'number' ? element : fieldsOf(schema)[String(key)]
  return next ? choiceLabels(next, rest) : {}
}
/** What was written where one of several names was expected, and which there are, with what they mean. */
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

/** Every issue with a dotted path, unions resolved to the branch that came closest, nothing twice. */
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
function messageOf(issue: z.core.$ZodIssue): string {
  // zod says “expected string, received undefined”; for people a missing field is simply missing.
  if (issue.code === 'invalid_type' && issue.message.includes('undefined')) return '必须填写'
  if (issue.code === 'invalid_type') return kinds[issue.expected] ?? issue.message
  // The library's own words; a sentence of the schema's own stays.
  if (issue.code === 'invalid_format' && issue.message.startsWith('无效ISO'))
    return formats[issue.format] ?? issue.message
  if (issue.code === 'too_big' || issue.code === 'too_small') return boundOf(issue)
  return issue.message
}

/** “最多 200 个字” instead of the library's “数值过大：期望 string <=200 字符”; a sentence of the schema's own stays. */
function boundOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  if (!/^数值过[大小]：/.test(issue.message)) return issue.message
  const [bound, most] = issue.code === 'too_big' ? [issue.maximum, true] : [issue.minimum, false]
  const unit = { string: '个字', array: '项', set: '项', map: '项' }[issue.origin as string]
  if (unit === undefined) return `${most ? '不得大于' : '不得小于'} ${bound}`
  if (!most && issue.origin === 'string' && Number(bound) === 1) return '必须填写'
  return `${most ? '最多' : '至少'} ${bound} ${unit}`
}

/** Reads a JSON body; refuses (`malformed`) what is not JSON. The media type is checked before this. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text.trim() === '') throw new AppError('malformed', '请求没有内容，须为 JSON。')
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed', '请求内容不是有效的 JSON。')
  }
}

/** Of a file that is given out by its digest. */
export const fileNamed = z.object({
  name: z.string().max(300).optional().describe('同样的内容以几个名称附上的，要哪一个名称的'),
})
/** Query fields shared by every list. A limit beyond the maximum is refused, never silently reduced. */
export const pageQuery = {
  cursor: z.string().max(500).optional().describe('续页标记：上一页答复中的 nextCursor'),
  limit: z.coerce.number().int().min(1).max(100).optional().describe('每页条数，最多 100，缺省 50'),
}
/** `true`/`false` as texts of a query string. */
export const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')
