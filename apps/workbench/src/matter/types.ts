// 一件事项的答复，由答复的模式推出；各种事项自己的内容在其余各项里。
import type { answers } from '@dianzhang/contract'
import type { Clock, Told } from '../types.ts'

export type Matter = Omit<Told<typeof answers.Matter>, 'deadlines'> & {
  deadlines: Clock[]
  units?: Record<string, string>
  people?: Record<string, string>
  [own: string]: unknown
}
export type MatterRow = Told<typeof answers.MatterRow>
