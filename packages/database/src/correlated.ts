import { type SQL, sql } from 'drizzle-orm'

/**
 * A subquery among the fields of a select that names columns of the outer table: `correlated(sql`(select … where x.id = ${t.id})`)`.
 * In the fields of a select over one table drizzle writes columns without their table, so that inside a subquery the outer
 * `jurisdiction_id` would be read as the subquery's own and compared with itself. One level further in, a column keeps its table.
 */
export const correlated = <T>(query: SQL<T>): SQL<T> => sql<T>`${query}`
