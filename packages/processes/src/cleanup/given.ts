// 命令写明的各项意见：一项的、成批的、只列序号的，归为一种写法。
import type { CleanupOutcome, LapseGround } from '@dianzhang/contract'
import type { CleanupItem } from './items.ts'

export type ItemRef = number | string
export interface GivenOpinion {
  item: ItemRef
  outcome: CleanupOutcome | undefined
  reason: string | null
  provisions: string[]
  lapseGround: LapseGround | null
  amend: { what: string; due: string | null; ifLate: 'lapse' | null } | null
  /** 在提交内容中的位置，供指明栏目。 */
  path: string
}
type Raw = Record<string, unknown>
const string = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null

function one(raw: Raw, common: Raw, path: string): GivenOpinion {
  const of = (name: string): unknown => raw[name] ?? common[name]
  const amend = of('amend') as { what?: string; due?: string; ifLate?: 'lapse' } | undefined
  return {
    item: raw.item as ItemRef,
    outcome: of('outcome') as CleanupOutcome | undefined,
    reason: string(of('reason')),
    provisions: (of('provisions') ?? []) as string[],
    lapseGround: (of('lapseGround') ?? null) as LapseGround | null,
    amend: amend ? { what: amend.what ?? '', due: string(amend.due), ifLate: amend.ifLate ?? null } : null,
    path,
  }
}
/** `GiveOpinion` 的各项意见。 */
export function givenOpinions(payload: Raw): GivenOpinion[] {
  const list = (payload.items ?? []) as unknown[]
  const single = payload.item === undefined ? [] : [one({ item: payload.item }, payload, '')]
  return [
    ...single,
    ...list.map((x, i) =>
      typeof x === 'object' && x !== null
        ? one(x as Raw, {}, `items.${i}.`)
        : one({ item: x as ItemRef }, payload, `items.${i}.`),
    ),
  ]
}
/** 各命令所指的项目。 */
export function refsOf(type: string, payload: Raw): ItemRef[] {
  if (type === 'GiveOpinion') return givenOpinions(payload).map((x) => x.item)
  if (type === 'AssignUnit') return (payload.items ?? []) as ItemRef[]
  if (type === 'CheckItems') return ((payload.items ?? []) as Array<{ item: ItemRef }>).map((x) => x.item)
  return payload.item === undefined ? [] : [payload.item as ItemRef]
}
/** 以序号、条目或者案卷的标识找到一项。 */
export const itemAt = (items: readonly CleanupItem[], ref: ItemRef): CleanupItem | undefined =>
  items.find(
    (x) => x.n === Number(ref) || (typeof ref === 'string' && ref !== '' && (x.entry === ref || x.matter === ref)),
  )
/** 意见提出以后的样子：判断各项意见的规则依此。 */
export function proposed(items: readonly CleanupItem[], payload: Raw): CleanupItem[] {
  return givenOpinions(payload).flatMap((given) => {
    const x = itemAt(items, given.item)
    if (!x || given.outcome === undefined) return []
    return [
      {
        ...x,
        opinion: {
          outcome: given.outcome,
          reason: given.reason,
          provisions: given.provisions,
          lapseGround: given.lapseGround,
          amend: given.amend,
          by: null,
          unit: null,
          on: '',
          seq: Number.MAX_SAFE_INTEGER,
        },
      },
    ]
  })
}
