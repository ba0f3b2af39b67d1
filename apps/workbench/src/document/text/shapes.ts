// 文本各接口答复的形状，与取法写在一处。
import type { answers } from '@dianzhang/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Doc, Told } from '../../types.ts'

export type AttachmentMeta = Told<typeof answers.AttachmentMeta>
export type Version = Told<typeof answers.TextVersion>
export type StructureAnswer = Told<typeof answers.TextStructure>
export type FindingsAnswer = Told<typeof answers.TextFindings>
export type OpenFinding = FindingsAnswer['open'][number]
export type Waived = FindingsAnswer['waived'][number]
/** 记下的“此处不改”：谁、何时、针对哪一版。 */
export type StoredWaiver = Waived['waiver']
export type Citations = Told<typeof answers.Citations>
export type ResolvedCitation = Citations['citations'][number]
export type CitationStatus = ResolvedCitation['status']
export type DiffAnswer = Told<typeof answers.Comparison>
export type ChangeWithWhy = DiffAnswer['comparison']['changes'][number]
export type Why = ChangeWithWhy['why'][number]
export type AnchoredItem = Told<typeof answers.Anchored>
export type FrozenFindings = Told<typeof answers.FrozenFindings>
export type DocxImport = Told<typeof answers.ImportedText>
/** 公众意见。 */
export type Comment = Told<typeof answers.StaffComment>

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['doc', id, 'versions'],
    queryFn: () => get<Version[]>(`/api/documents/${id}/versions`),
  })
/** 一版文本不可更改，取一次就够。 */
export const structureQuery = (id: string, n: number) =>
  queryOptions({
    queryKey: ['doc-text', id, 'structure', n],
    queryFn: () => get<StructureAnswer>(`/api/documents/${id}/versions/${n}/structure`),
    staleTime: Number.POSITIVE_INFINITY,
  })
export const findingsQuery = (id: string, n: number) =>
  queryOptions({
    queryKey: ['doc', id, 'findings', n],
    queryFn: () => get<FindingsAnswer>(`/api/documents/${id}/versions/${n}/findings`),
    staleTime: 30_000,
  })
export const anchorsQuery = (id: string, n: number) =>
  queryOptions({
    queryKey: ['doc', id, 'anchors', n],
    queryFn: () => get<AnchoredItem[]>(`/api/documents/${id}/anchors?version=${n}`),
  })
export const diffQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['doc', id, 'diff', from, to],
    queryFn: () => get<DiffAnswer>(`/api/documents/${id}/diff?from=${from}&to=${to}`),
    staleTime: 30_000,
  })
export const frozenQuery = (id: string) =>
  queryOptions({
    queryKey: ['doc', id, 'review-findings'],
    queryFn: () => get<FrozenFindings[]>(`/api/documents/${id}/review-findings`),
  })

/** 一版文本的摘要对应第几版；没有时为 null。 */
export const versionOfHash = (doc: Doc, hash: string | null | undefined): number | null =>
  doc.texts.find((each) => each.hash === hash)?.n ?? null
