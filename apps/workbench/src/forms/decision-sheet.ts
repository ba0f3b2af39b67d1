// 决定之前要看的一页，以及哪些命令要看它。
import type { answers } from '@dianzhang/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api.ts'
import type { Doc, Told } from '../types.ts'

export type DecisionSheet = Told<typeof answers.DecisionSheet>
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
