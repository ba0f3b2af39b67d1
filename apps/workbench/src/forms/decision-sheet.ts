// The page to see before deciding, and which commands need it.
import type { answers } from '@dianzhang/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api.ts'
import type { Doc, Told } from '../types.ts'

export type DecisionSheet = Told<typeof answers.DecisionSheet>
/** Fetched again whenever the file's version changes. */
export const sheetQuery = (doc: Doc) =>
  queryOptions({
    queryKey: ['doc', doc.id, 'decision-sheet', doc.version],
    queryFn: () => get<DecisionSheet>(`/api/documents/${doc.id}/decision-sheet`),
  })

/** Commands that show this page before they are carried out. */
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
