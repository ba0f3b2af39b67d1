// A matter, written the way the parts of the page need it; commands and names are read from its contract.
import { processContracts } from '@dianzhang/contract'
import type { z } from 'zod'
import { recordedIn } from '../forms/words.ts'
import { matters } from '../queries.ts'
import type { Frame } from './frame.ts'
import type { Matter } from './types.ts'

/** The contract of a kind of matter: the command that opens it, and the schemas and names of its commands. */
function wordsOf(process: string) {
  const contract = processContracts[process]
  const opening = contract?.opening
  const schemas: Record<string, z.ZodType> = {
    ...(opening ? { [opening.type]: opening.schema } : {}),
    ...Object.fromEntries(Object.entries(contract?.commands ?? {}).map(([type, { schema }]) => [type, schema])),
  }
  return { contract, schemas, recorded: recordedIn(schemas) }
}
const known = new Map<string, ReturnType<typeof wordsOf>>()
export function contractWords(process: string): ReturnType<typeof wordsOf> {
  const words = known.get(process) ?? wordsOf(process)
  known.set(process, words)
  return words
}
export function matterFrame(matter: Matter): Frame {
  const { contract, recorded } = contractWords(matter.process)
  const label = (path: string): string | undefined =>
    matter.stages.find((stage) => stage.path === path)?.label ?? contract?.stages[path]
  const stageOf = (path: string): string =>
    label(path) ?? (path.includes('.') ? stageOf(path.slice(0, path.lastIndexOf('.'))) : path)
  return {
    id: matter.id,
    process: matter.process,
    version: matter.version,
    stage: matter.stage,
    stageLabel: matter.stageLabel,
    stages: matter.stages,
    seq: matter.ledger.seq,
    head: matter.ledger.head,
    noun: matter.noun,
    // Nobody's turn and no clock running: finished.
    ended: matter.turn.length === 0 && matter.deadlines.every((clock) => clock.status !== 'open'),
    deadlines: matter.deadlines,
    progress: matter.progress,
    place: matters,
    schemaOf: (command) => contract?.commands[command]?.schema,
    recorded,
    labelOf: (command) => contract?.commands[command]?.label ?? command,
    stageOf,
    nameOf: (id) => matter.names[id],
    view: matter,
  }
}
