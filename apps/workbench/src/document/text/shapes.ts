// 文本各接口答复的形状，与取法写在一处。
import type { DocxFacts, LossItem, RedlineParagraph, TrackedChange } from '@dianzhang/formats'
import type { AnchorState, Change, Comparison, Fault, Finding, Outline, StructuredText, Waiver } from '@dianzhang/text'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Doc } from '../../types.ts'

export interface AttachmentMeta {
  name: string
  sha256: string
  mediaType?: string
  size?: number
}
export interface Version {
  n: number
  hash: string
  note: string | null
  kind: string
  by: string
  at: string
  characters: number
  attachments: AttachmentMeta[]
}
export interface StructureAnswer {
  n: number
  contentHash: string
  structure: StructuredText
  outline: Outline
  faults: Fault[]
}
/** 记下的“此处不改”：谁、何时、针对哪一版。 */
export type StoredWaiver = Waiver & { at: string; person: string; personName?: string; version: number }
export type OpenFinding = Finding & { explained?: string }
export interface Waived {
  finding: Finding
  waiver: StoredWaiver
}
export type CitationStatus =
  | 'in_force'
  | 'amended'
  | 'pending_effect'
  | 'suspended'
  | 'expired'
  | 'repealed'
  | 'annulled'
  | 'unknown'
  | 'ambiguous'
export interface ResolvedCitation {
  start: number
  end: number
  name: string | null
  docNo: string | null
  references: Array<{ text: string; target: string; start: number; end: number }>
  status: CitationStatus
  statusLabel: string
  entry: null | {
    id: string
    title: string
    documentNumber: string | null
    href: string
    effectiveDate: string | null
    validUntil: string | null
  }
}
export interface FindingsAnswer {
  n: number
  contentHash: string
  linter: string
  findings: Finding[]
  open: OpenFinding[]
  waived: Waived[]
  citations: ResolvedCitation[]
}
export interface Why {
  source: 'point' | 'comment' | 'note'
  text: string
  ref?: string
}
export type ChangeWithWhy = Change & { why: Why[] }
export interface DiffAnswer {
  from: { n: number; contentHash: string }
  to: { n: number; contentHash: string }
  comparison: { changes: ChangeWithWhy[]; counts: Comparison['counts']; coarse: Comparison['coarse'] }
  attachments: Array<{ name: string; kind: 'added' | 'removed' | 'same' | 'changed' }>
}
export interface AnchoredItem {
  kind: 'comment' | 'point'
  id: string
  text: string
  madeOn: number | null
  address: string | null
  quote: string | null
  state: AnchorState
  now: null | { element: string; address: string }
  answer?: null | { kind: string; version: number | null; reason: string | null }
  disposition?: null | { disposition: string; label?: string; reason: string; version?: number | null }
}
export interface FrozenFindings {
  n: number
  textVersion: number
  linter: string
  at: string
  open: OpenFinding[]
  waived: Waived[]
}
export interface DocxImport {
  text: string
  title: string | null
  facts: DocxFacts
  loss: LossItem[]
  wouldLoseWords: boolean
  confirmation: string
  faults: Fault[]
  revisions: number
  changes: TrackedChange[]
  redline: RedlineParagraph[]
  /** 文字的自述与案卷的差别。 */
  differences: Array<{ subject: string; kind: 'contradicts' | 'doubtful' | 'unfilled' | 'unsaid'; says: string }>
}

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
