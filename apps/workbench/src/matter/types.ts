// The answer for one matter, inferred from the answer's schema; what is particular to a kind of matter is in the
// remaining items.
import type { answers } from '@dianzhang/contract'
import type { Told } from '../types.ts'

export type Matter = Told<typeof answers.Matter> & Record<string, unknown>
export type MatterRow = Told<typeof answers.MatterRow>
