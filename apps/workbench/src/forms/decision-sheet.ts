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

const decisive: ReadonlySet<string> = new Set([
  'RecordOpinion',
  'OpenPublicConsultation',
  'PublishFeedback',
  'SubmitForReview',
  'AcceptPackage',
  'RequestSupplement',
  'ConfirmRevision',
  'ConfirmCorrection',
  'RecordSecretariatCheck',
  'ScheduleDeliberation',
  'RecordDecision',
  'Sign',
  'AssignNumbers',
  'Publish',
])
/**
 * Whether this page is shown before the command is carried out; also where the drafting unit's own examiner says whether
 * the text is lawful. `material`: the kind of material the form opens with.
 */
export const decides = (command: string, material?: unknown): boolean =>
  decisive.has(command) || (command === 'ProvideArtefact' && material === 'own_legality_opinion')
