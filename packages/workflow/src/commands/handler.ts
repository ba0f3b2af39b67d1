// The shape of a command handler for files (see door/desk.ts), and checks the handlers share.
import { type CommandOf, type CommandType, commandSchemas, conditionIssues, fieldsOf } from '@dianzhang/contract'
import type { DocumentShape, ResolvedFor } from '@dianzhang/lifecycle'
import { isPartyOrgan, type UnitFact, whereJointPartyPapersBelong } from '@dianzhang/rules'
import type * as door from '../door/desk.ts'
import { invalid } from '../failures.ts'

export type CommandContext = door.CommandContext<DocumentShape>
export type WriteContext = door.WriteContext<DocumentShape>
type Written = door.Handler<DocumentShape, never>
/** What a command resolves is its own: the fold of the file relies on each value (lifecycle, `ResolvedOf`). */
export type Handler<T extends CommandType, P = CommandOf<T>, R = ResolvedFor<T>> = Pick<
  Written,
  'ahead' | 'keepsVersion' | 'recomputes'
> & {
  write?: (c: WriteContext, p: P, r: R) => ReturnType<NonNullable<Written['write']>>
  sends?: (c: WriteContext, p: P, r: R) => ReturnType<NonNullable<Written['sends']>>
  ledger?: (p: P, r: R) => ReturnType<NonNullable<Written['ledger']>>
  renewsClocks?: (p: P) => { jurisdiction: string; because: string }
} & (
    | (object extends R ? { resolve?: (c: CommandContext, p: P) => R | Promise<R>; allocate?: never } : never)
    | { resolve: (c: CommandContext, p: P) => R | Promise<R>; allocate?: never }
    // Some of it only once the command is granted.
    | {
        resolve?: (c: CommandContext, p: P) => Partial<R> | Promise<Partial<R>>
        allocate: (c: CommandContext, p: P, r: Partial<R>) => Partial<R> | Promise<Partial<R>>
      }
  )

/** Unit code or full name → code. */
export function unitId(units: Record<string, UnitFact>, ref: string, path: string): string {
  const unit = (Object.hasOwn(units, ref) ? units[ref] : undefined) ?? Object.values(units).find((u) => u.name === ref)
  if (!unit)
    throw invalid([
      path,
      `没有单位“${ref}”，请填单位代码或者全称${isPartyOrgan(ref) ? `；${whereJointPartyPapersBelong}` : ''}`,
    ])
  return unit.id
}
/**
 * Conditional fields that should be filled in and are not (the conditions are in the schema; forms check against the
 * same).
 */
export const unfilled = <T extends CommandType>(type: T, payload: CommandOf<T>): Array<[string, string]> =>
  conditionIssues(fieldsOf(commandSchemas[type]), payload as Record<string, unknown>, false).map(
    ({ path, message }): [string, string] => [path, message],
  )
/** Everything is filled in; if not, names each missing field. */
export function filledIn<T extends CommandType>(type: T, payload: CommandOf<T>): void {
  const missing = unfilled(type, payload)
  if (missing.length > 0) throw invalid(...missing)
}
/** The text version or digest named in the payload must belong to this file. */
export function knownText(
  c: CommandContext,
  p: { textVersion?: number | undefined; contentHash?: string | undefined },
): void {
  if (p.textVersion !== undefined && !c.dossier.texts.some((t) => t.n === p.textVersion))
    throw invalid(['textVersion', `本案卷没有第${p.textVersion}版文本`])
  if (p.contentHash !== undefined && !c.dossier.texts.some((t) => t.hash === p.contentHash))
    throw invalid(['contentHash', '内容摘要不属于本案卷的任何一版文本'])
}
