// The same command id again: the same answer, or a conflict where it is another command.
import type { ProblemCode } from '@dianzhang/contract'
import type { DatabaseProblem, schema } from '@dianzhang/database'
import type { CommandAnswer } from '../ledger-record.ts'
import type { Actor } from '../office.ts'

/** The result of the transaction; a refusal is kept, hence it is thrown only after the commit. */
export type Outcome =
  | { kind: 'accepted' | 'replayed'; answer: CommandAnswer }
  | { kind: 'refused'; code: ProblemCode; detail: string; extra: Record<string, unknown> }

export type Answered = Pick<
  typeof schema.commandLog.$inferSelect,
  'matterId' | 'person' | 'status' | 'answer' | 'requestHash'
>
export const usedBefore = '这个命令标识（commandId）已用于另一次办理，请换用新的标识'

/** The answer kept under this command id, if it was the same command by the same person. */
export function replay(seen: Answered, matterId: string, hash: string, actor: Actor): Outcome {
  const person = actor.kind === 'person' ? actor.person : null
  if (seen.matterId !== matterId || seen.requestHash !== hash || (seen.person ?? null) !== person)
    return { kind: 'refused', code: 'conflict', detail: usedBefore, extra: {} }
  if (seen.status === 200) return { kind: 'replayed', answer: seen.answer as unknown as CommandAnswer }
  const stored = seen.answer as { code: ProblemCode; detail: string; extra: Record<string, unknown> }
  return { kind: 'refused', code: stored.code, detail: stored.detail, extra: stored.extra }
}
/** Two submissions of one command arrived together: the later starts anew and reads the earlier's answer. */
export const answeredMeanwhile = (problem: DatabaseProblem): boolean =>
  problem.code === '23505' && (problem.table === 'command_log' || problem.table === 'matters')
