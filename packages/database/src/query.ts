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
  lt,
  lte,
  max,
  min,
  ne,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
