// The articles of a document in the register: shared by the review-suggestion tab and the control that picks an
// article.
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
/**
 * Names of the articles in the text, in order; for a text without articles (a notice, opinions), the headings of its
 * parts.
 */
export function articlesOf(body: string): string[] {
  const articles = named(body, /^\s*(第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?)/gmu)
  return articles.length > 0 ? articles : named(body, /^\s*([一二三四五六七八九十]+、\S{0,20})/gmu)
}
