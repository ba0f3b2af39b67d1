// 决定之前要看的一页，以及哪些命令要看它。
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api.ts'
import type { Doc } from '../types.ts'

interface Difference {
  subject: string
  kind: 'contradicts' | 'doubtful' | 'unfilled' | 'unsaid'
  says: string
}
export interface DecisionSheet {
  text: { n: number; contentHash: string } | null
  approvedVersion: { n: number; by: string } | null
  differences: Difference[]
  approvals: Array<{
    what: string
    who: string | null
    unit: string | null
    on: string
    version: number | null
    stands: boolean
    why: string
  }>
  notAdopted: Array<{ id: string; text: string; reason: string | null }>
  dissents: string[]
  number: { document: string; registry: string; taken: boolean } | null
  consultation: { earliest: string | null; reason: string }
  files: Array<{ name: string; sha256: string; use: 'published' | 'source' | null; problem: string | null }>
  publication: {
    effectiveDate: string | null
    validity: { years: number } | { until: string } | { none: true } | null
    interpreter: string[]
    said: Record<'effective' | 'validity' | 'interpreter', { quote: string; address: string } | null>
  }
  address: string
  published: boolean
}
/** 案卷版本一变就重取。 */
export const sheetQuery = (doc: Doc) =>
  queryOptions({
    queryKey: ['doc', doc.id, 'decision-sheet', doc.version],
    queryFn: () => get<DecisionSheet>(`/api/documents/${doc.id}/decision-sheet`),
  })

/** 在办理之前给人看这一页的命令。 */
export const decisive: ReadonlySet<string> = new Set([
  'OpenPublicConsultation',
  'SubmitForReview',
  'ConfirmRevision',
  'ConfirmCorrection',
  'RecordSecretariatCheck',
  'ScheduleDeliberation',
  'RecordDecision',
  'Sign',
  'AssignNumbers',
  'Publish',
])
