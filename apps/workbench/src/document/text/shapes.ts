// The shapes of what the text interfaces answer, kept together with how to fetch them.
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
/** A recorded “此处不改” (left as it is): who, when, for which version. */
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
/** Public comments. */
export type Comment = Told<typeof answers.StaffComment>
export type CommentGroups = Told<typeof answers.CommentGroups>
export type CommentClearance = Told<typeof answers.CommentClearance>
export type CommentTotals = Told<typeof answers.CommentTotals>
export type Invitations = Told<typeof answers.Invitations>

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['doc', id, 'versions'],
    queryFn: () => get<Version[]>(`/api/documents/${id}/versions`),
  })
/** A version of the text cannot change; fetching it once is enough. */
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

/** Which version has this digest; null when none has. */
export const versionOfHash = (doc: Doc, hash: string | null | undefined): number | null =>
  doc.texts.find((each) => each.hash === hash)?.n ?? null
