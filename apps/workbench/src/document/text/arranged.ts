// 修改对照表的行：比较的结果怎样排给人看。
import type { ChangeWithWhy } from './shapes.ts'

/** 一行：多数是一处变动；原条文整条重写（同一位置一删一增）的两处并作一行，删去的在前。 */
export interface Row {
  at: number
  change: ChangeWithWhy
  rewritten?: ChangeWithWhy
}
/** 各处变动排成行；次序不变，只把同一位置的一删一增合为一行。 */
export function arranged(changes: readonly ChangeWithWhy[]): Row[] {
  const rows: Row[] = []
  for (let at = 0; at < changes.length; ) {
    // A run of additions and deletions stands between two elements that stayed.
    let end = at
    while (changes[end]?.kind === 'added' || changes[end]?.kind === 'deleted') end++
    if (end === at) {
      const change = changes[at]
      if (change) rows.push({ at, change })
      at++
      continue
    }
    const run = changes.slice(at, end)
    const taken = new Set<ChangeWithWhy>()
    run.forEach((change, i) => {
      if (taken.has(change)) return
      const place = (change.after[0] ?? change.before[0])?.address
      const other = run.find(
        (each) => each.kind !== change.kind && !taken.has(each) && (each.after[0] ?? each.before[0])?.address === place,
      )
      taken.add(change)
      if (!other) {
        rows.push({ at: at + i, change })
        return
      }
      taken.add(other)
      const [old, fresh] = change.kind === 'deleted' ? [change, other] : [other, change]
      rows.push({ at: at + i, change: old, rewritten: fresh })
    })
    at = end
  }
  return rows
}
