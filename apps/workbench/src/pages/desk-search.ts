// Filters of the list on the desk, written in the address.
export interface DeskSearch {
  stage?: string
  unit?: string
  q?: string
  /** Default: only those awaiting the person. */
  scope?: 'all' | 'done'
  /** Only those overdue. */
  overdue?: 'yes'
}
