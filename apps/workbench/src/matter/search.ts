// Filters of the list of matters, written in the address.
export interface MatterSearch {
  process?: string
  q?: string
  /** Default: only those awaiting the person. */
  scope?: 'all' | 'done'
}
