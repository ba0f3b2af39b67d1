// 登记库中一件文件的条文：审查建议的分页与选条款的控件共用。
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api.ts'

export const registerText = (entry: string | undefined) =>
  queryOptions({
    queryKey: ['register-text', entry],
    queryFn: () => get<{ body: string }>(`/public/v1/documents/${encodeURIComponent(entry ?? '')}`),
    enabled: Boolean(entry),
    staleTime: 60_000,
  })
/** 条文里各条的名称，依次。 */
export const articlesOf = (body: string): string[] => [
  ...new Set(
    [...body.matchAll(/^\s*(第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?)/gmu)].map(
      (m) => m[1] ?? '',
    ),
  ),
]
