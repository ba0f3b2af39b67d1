// 命令处理中的输入错误：指明字段，中文说明。
import { AppError, type FieldIssue } from '@dianzhang/contract'

/** 422：逐个字段说明。 */
export function invalid(...issues: Array<[path: string, message: string]>): AppError {
  const list: FieldIssue[] = issues.map(([path, message]) => ({ path, message }))
  return new AppError('invalid', list.map((i) => i.message).join('；'), { issues: list })
}
export const notFound = (what: string): AppError => new AppError('not_found', `没有找到${what}`)
