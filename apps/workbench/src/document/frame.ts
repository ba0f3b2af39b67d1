// The file of a document, written like that of any kind of matter.
import { commandLabels, commandSchemas, ProposeDocument } from '@dianzhang/contract'
import type { z } from 'zod'
import { recordedIn } from '../forms/words.ts'
import type { Frame } from '../matter/frame.ts'
import { documentProcess, documents } from '../queries.ts'
import type { Doc } from '../types.ts'
import { mainStages, stageName } from '../words.ts'

const schemas: Readonly<Record<string, z.ZodType>> = { ProposeDocument, ...commandSchemas }
const recorded = recordedIn(schemas)
const stageOf = (path: string): string => {
  const own = stageName(path)
  return own === path && path.includes('.') ? stageOf(path.slice(0, path.lastIndexOf('.'))) : own
}
const clockStage: Record<string, string> = {
  interagency_reply: 'consultation',
  feedback: 'consultation',
  consultation: 'consultation',
  review_minimum: 'legality_review',
  review_maximum: 'legality_review',
  publication: 'publication',
  effective: 'effective',
  force_change: 'effective',
  validity: 'effective',
  evaluation: 'effective',
  filing: 'effective',
  filing_supplement: 'effective',
  filing_resubmit: 'effective',
  filing_formal_check: 'effective',
  filing_review: 'effective',
  correction: 'effective',
  archive: 'effective',
  archive_transfer: 'effective',
}
const stages = mainStages.map((path) => ({ path, label: stageName(path) }))
export const frameOf = (doc: Doc): Frame => ({
  id: doc.id,
  process: documentProcess,
  version: doc.version,
  stage: doc.stage,
  stageLabel: doc.stageLabel,
  stages,
  seq: doc.ledger.seq,
  head: doc.ledger.head,
  deadlines: doc.deadlines,
  progress: doc.progress,
  nameOf: (id) => doc.units[id] ?? doc.people[id],
  clockStage,
  noun: '案卷',
  ended: /^(effective|closed)/.test(doc.stage),
  place: documents,
  schemaOf: (command) => (commandSchemas as Record<string, z.ZodType>)[command],
  recorded,
  labelOf: (command) => (commandLabels as Record<string, string>)[command] ?? command,
  stageOf,
  view: doc as unknown as Record<string, unknown>,
  text: doc.text ?? undefined,
})
