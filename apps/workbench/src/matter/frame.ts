// 任一种事项的页面共用的各部分（阶段、可办事项、表单、历史……）所需的一件：不认识是哪一种。
import type { Verdict } from '@dianzhang/contract'
import type { z } from 'zod'
import type { Shape } from '../forms/shape.ts'
import type { Place } from '../queries.ts'
import type { Clock } from '../types.ts'

export interface Frame {
  id: string
  /** 哪一种事项。 */
  process: string
  version: number
  stage: string
  stageLabel: string
  /** 外层各阶段，按先后。 */
  stages: ReadonlyArray<{ path: string; label: string }>
  /** 台账的最后一条。 */
  seq: number
  head: string
  /** 一件叫什么，用在句子里，如“案卷”。 */
  noun: string
  /** 已经了结，没有以后的阶段。 */
  ended: boolean
  deadlines: readonly Clock[]
  progress: ReadonlyArray<{ to: string; open: boolean; verdicts: Verdict[] }>
  place: Place
  /** 各命令的模式；不认识的没有。 */
  schemaOf: (command: string) => z.ZodType | undefined
  /** 台账所载的一项是哪一栏。 */
  recorded: (command: string, name: string) => Shape | undefined
  labelOf: (command: string) => string
  stageOf: (path: string) => string
  /** 单位、人员的名称。 */
  nameOf: (id: string) => string | undefined
  /** 这一种期限属于哪一阶段；没有的，都在现在的阶段。 */
  clockStage?: Readonly<Record<string, string>>
  /** 这一件的各项：预填与限定由此取。 */
  view: Readonly<Record<string, unknown>>
  /** 现文本；没有文本的没有。 */
  text?: { n: number; hash: string } | undefined
}
