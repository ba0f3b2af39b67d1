// ② Validation at the entry: here the unknown becomes known. Errors are listed field by field.
import { AppError, type FieldIssue, issuesOf } from '@dianzhang/contract'
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
