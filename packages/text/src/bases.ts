// Rows of a table of bases.

/** One row: the superior act, which of its articles, for which clause of our own text. */
export interface BasisRow {
  title: string
  articles?: readonly string[] | null | undefined
  clause?: string | null | undefined
}
/**
 * Whether `row`, which does not say for which clause, is told clause by clause in `rows`: the same act, all of its articles.
 * Such a row gives way to those.
 */
export function toldByClause(row: BasisRow, rows: readonly BasisRow[]): boolean {
  if (row.clause) return false
  const closer = rows.filter((one) => one.title === row.title && one.clause)
  return (
    closer.length > 0 && (row.articles ?? []).every((article) => closer.some((one) => one.articles?.includes(article)))
  )
}
