// 一件事项的答复，由答复的模式推出；各种事项自己的内容在其余各项里。
import type { answers } from '@dianzhang/contract'
import type { Told } from '../types.ts'

export type Matter = Told<typeof answers.Matter> & Record<string, unknown>
export type MatterRow = Told<typeof answers.MatterRow>
