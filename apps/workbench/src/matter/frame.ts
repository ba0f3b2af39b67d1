// What the shared parts of a page (stages, actions, forms, history…) need of any matter, without knowing its kind.
import type { Verdict } from '@dianzhang/contract'
import type { z } from 'zod'
import type { Shape } from '../forms/shape.ts'
import type { Place } from '../queries.ts'
import type { Clock } from '../types.ts'

export interface Frame {
  id: string
  /** The kind of matter. */
  process: string
  version: number
  stage: string
  stageLabel: string
  /** The outer stages, in order. */
  stages: ReadonlyArray<{ path: string; label: string }>
  /** The last entry of the ledger. */
  seq: number
  head: string
  /** What one of these is called within a sentence, such as “案卷”. */
  noun: string
  /** Finished; no stages follow. */
  ended: boolean
  deadlines: readonly Clock[]
  progress: ReadonlyArray<{ to: string; open: boolean; verdicts: Verdict[] }>
  place: Place
  /** The schema of each command; none for a command it does not know. */
  schemaOf: (command: string) => z.ZodType | undefined
  /** Which field an item recorded in the ledger is. */
  recorded: (command: string, name: string) => Shape | undefined
  labelOf: (command: string) => string
  stageOf: (path: string) => string
  /** Name of a unit or a person. */
  nameOf: (id: string) => string | undefined
  /** The stage a kind of deadline belongs to; those without one are all in the present stage. */
  clockStage?: Readonly<Record<string, string>>
  /** The matter's own items: prefilled values and limits are taken from here. */
  view: Readonly<Record<string, unknown>>
  /** The present text; absent for a matter without text. */
  text?: { n: number; hash: string } | undefined
}
