// The words of the query language, all taken from here.
// drizzle-orm's package.json lists 180 KB of entry points, and Node reads all of it again for every file that names the
// package: importing it in sixty places took a second of every start.
export {
  aliasedTable,
  and,
  arrayOverlaps,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  max,
  min,
  ne,
  not,
  notExists,
  notInArray,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'

import { sql as writtenSql } from 'drizzle-orm'

/** What {@link plannedAnew} leaves in the text of a statement. */
export const anewMark = '/* planned anew */'
/**
 * A condition that always holds. The statement that carries it is planned with its values each time: after some times a named
 * statement gets one plan for all values, and where one value leaves a handful of rows and another nearly all, that plan reads
 * all of them (a list of what is overdue: 3 ms with its day, 140 ms with any day).
 */
export const plannedAnew = writtenSql.raw(`true ${anewMark}`)
