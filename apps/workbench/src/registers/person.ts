// One person in the roster.
import type { answers } from '@dianzhang/contract'
import type { Told } from '../types.ts'

export type Person = Told<typeof answers.PersonRow>
