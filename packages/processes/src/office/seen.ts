// 所见的与现有的是否一致：空的、没有的与 null 是一回事。
interface SeenUnit {
  name: string
  kind: string
  eligible?: boolean | undefined
  parent?: string | null | undefined
  eligibleSince?: string | null | undefined
  eligibleUntil?: string | null | undefined
  areaCode?: string | null | undefined
  bodyCode?: string | null | undefined
}
export const unitSeen = (unit: SeenUnit): string =>
  JSON.stringify([
    unit.name,
    unit.kind,
    unit.eligible === true,
    ...[unit.parent, unit.eligibleSince, unit.eligibleUntil, unit.areaCode, unit.bodyCode].map((value) => value || ''),
  ])
interface SeenPost {
  role: string
  unit: string
  startsOn?: string | null | undefined
  endsOn?: string | null | undefined
}
export const postsSeen = (list: readonly SeenPost[]): string =>
  JSON.stringify(list.map((post) => [post.unit, post.role, post.startsOn ?? '', post.endsOn ?? '']).toSorted())
export const bodySeen = (b: {
  name: string
  form?: string | null | undefined
  seat?: string | null | undefined
  active: boolean
}): string => JSON.stringify([b.name, b.form || '', b.seat || '', b.active])
