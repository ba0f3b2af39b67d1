// 一件事项，照页面各部分所需的写法；命令、名称都从它的约定读来。
import { processContracts } from '@dianzhang/contract'
import type { z } from 'zod'
import { recordedIn } from '../forms/words.ts'
import { matters } from '../queries.ts'
import type { Frame } from './frame.ts'
import type { Matter } from './types.ts'

/** 一种事项的约定：开启它的命令与各命令的模式、名称。 */
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
    // 没有轮到谁、也没有时钟在走的，已经了结。
    ended: matter.turn.length === 0 && matter.deadlines.every((clock) => clock.status !== 'open'),
    deadlines: matter.deadlines,
    progress: matter.progress,
    place: matters,
    schemaOf: (command) => contract?.commands[command]?.schema,
    recorded,
    labelOf: (command) => contract?.commands[command]?.label ?? command,
    stageOf,
    nameOf: (id) => matter.units?.[id] ?? matter.people?.[id],
    view: matter,
  }
}
