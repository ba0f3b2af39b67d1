// 登记库中一件文件的条文：审查建议的分页与选条款的控件共用。
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api.ts'
import type { RegisterDetail } from '../types.ts'

export const registerText = (entry: string | undefined) =>
  queryOptions({
    queryKey: ['register-text', entry],
    queryFn: () => get<RegisterDetail>(`/public/v1/documents/${encodeURIComponent(entry ?? '')}`),
    enabled: Boolean(entry),
    staleTime: 60_000,
  })
const named = (body: string, pattern: RegExp): string[] => [
  ...new Set([...body.matchAll(pattern)].map((m) => m[1] ?? '')),
]
/** 条文里各条的名称，依次；不分条的（通知、意见），是各部分的标题。 */
export function articlesOf(body: string): string[] {
  const articles = named(body, /^\s*(第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?)/gmu)
  return articles.length > 0 ? articles : named(body, /^\s*([一二三四五六七八九十]+、\S{0,20})/gmu)
}
