// Filters of the list on the desk, written in the address.
export interface DeskSearch {
  stage?: string
  unit?: string
  q?: string
  /** Default: only those awaiting the person. */
  scope?: 'later' | 'waiting' | 'followed' | 'done' | 'all'
  /** The order; default: what presses first for what awaits, else the lately changed. */
  sort?: 'urgent' | 'since' | 'updated' | 'title'
  /** Only those overdue. */
  overdue?: 'yes'
  /** The walk past the places of the workbench is wanted. */
  tour?: 'yes'
}

const scopes = ['later', 'waiting', 'followed', 'done', 'all'] as const
const sorts = ['urgent', 'since', 'updated', 'title'] as const
const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value)
/** Scope and order as they stand in the address; what is not known is left out. */
export function scopeIn(found: Record<string, unknown>): Pick<DeskSearch, 'scope' | 'sort'> {
  const scope = oneOf(scopes, found.scope)
  const sort = oneOf(sorts, found.sort)
  return { ...(scope ? { scope } : {}), ...(sort ? { sort } : {}) }
}
