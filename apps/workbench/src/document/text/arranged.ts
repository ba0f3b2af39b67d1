// The rows of the comparison table: how the result of a comparison is laid out for people.
import type { ChangeWithWhy } from './shapes.ts'

/**
 * One row: mostly one change; when an article is rewritten whole (a deletion and an addition at the same place), the
 * two share a row, the deletion first.
 */
export interface Row {
  at: number
  change: ChangeWithWhy
  rewritten?: ChangeWithWhy
}
/**
 * Lays the changes out in rows; the order stays, only a deletion and an addition at the same place are joined into
 * one row.
 */
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
