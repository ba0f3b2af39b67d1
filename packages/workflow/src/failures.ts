// Input errors in handling commands: they name the field and explain in Chinese.
import { AppError, type FieldIssue } from '@dianzhang/contract'

/** 422: explained field by field. */
export function invalid(...issues: Array<[path: string, message: string]>): AppError {
  const list: FieldIssue[] = issues.map(([path, message]) => ({ path, message }))
  return new AppError('invalid', list.map((i) => i.message).join('；'), { issues: list })
}
export const notFound = (what: string): AppError => new AppError('not_found', `没有找到${what}`)
