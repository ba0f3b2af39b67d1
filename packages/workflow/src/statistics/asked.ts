// What a question about figures is about: the period, the day as known on, whose; and the documents made here that it finds.
import { type SQL, type SQLWrapper, sql } from '@dianzhang/database'
import type { Office } from '../office.ts'

export interface FiguresQuery {
  from?: string | undefined
  to?: string | undefined
  as_of?: string | undefined
  issuer?: string | undefined
  jurisdiction?: string | undefined
  /** Only documents that this unit issued or drafted. */
  unit?: string | undefined
}
/** Both days inclusive; nothing recorded after `asOf` is known. */
export type Period = { from: string; to: string; asOf: string }

/** A document made here and published. */
export interface MadeHere {
  jurisdiction: string
  /** Its own matter. */
  document: string
  id: string
  title: string
  number: string | null
  issuer: string
  publishedOn: string
  effectiveDate: string | null
}
/** What the loaders of facts share. */
export interface Asked {
  office: Office
  places: string[]
  made: ReadonlyMap<string, MadeHere>
  period: Period
  end: Date
  /** Neither of one issuer nor of one unit. */
  alone: boolean
}
/** A column among many values, as one parameter. */
export const among = (column: SQLWrapper, values: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...values])}::text[])`

/** Whether an event was on record at `end`; those of an import carry no instant. */
export const knownBy =
  (end: Date) =>
  (x: object): boolean =>
    !('at' in x) || Date.parse(String(x.at)) <= end.getTime()
