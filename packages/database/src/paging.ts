// Cursor: opaque to the client, holding only the sort keys of the last item of the page before.
import { AppError } from '@dianzhang/contract'

/** Packs the sort keys of the last row of a page into one opaque text. */
export function encodeCursor(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys), 'utf8').toString('base64url')
}

/** What a key of a cursor is: an instant as `toISOString` writes it, a day (or `-infinity`), a row number, any text. */
export type CursorKey = 'instant' | 'day' | 'number' | 'text'
// Only what encodeCursor was given: the database takes neither every instant of JavaScript nor every text.
const isKey: Record<CursorKey, (text: string) => boolean> = {
  instant: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  day: (text) => text === '-infinity' || (/^\d{4}-\d\d-\d\d$/.test(text) && dayExists(text)),
  number: (text) => /^\d{1,9}$/.test(text),
  text: (text) => !text.includes('\u0000') && text.isWellFormed(),
}

const dayExists = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Reads a cursor of exactly these keys; refuses (`invalid`, field `cursor`) anything else. */
export function decodeCursor(cursor: string, kinds: readonly CursorKey[]): string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const ours = (key: unknown, i: number): key is string =>
      typeof key === 'string' && kinds[i] !== undefined && isKey[kinds[i]](key)
    if (Array.isArray(keys) && keys.length === kinds.length && keys.every(ours)) return keys
  } catch {
    // Answered below: a cursor is either ours or refused.
  }
  throw notOurs()
}

const notOurs = (): AppError =>
  new AppError('invalid', '续页标记无效', {
    issues: [{ path: 'cursor', message: '续页标记无效，请从第一页重新开始' }],
  })

/** Reads a cursor that is the number of rows before the page; 0 without one. Refuses (`invalid`, field `cursor`) anything else. */
export function rowsBefore(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0
  if (!isKey.number(cursor)) throw notOurs()
  return Number(cursor)
}

/** One page; `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
export interface Paging {
  cursor?: string | undefined
  limit?: number | undefined
}
/** A page of `limit + 1` rows behind the `before` that {@link rowsBefore} told. */
export function pageBehind<T>(rows: readonly T[], before: number, limit: number): Page<T> {
  return { items: rows.slice(0, limit), nextCursor: rows.length > limit ? String(before + limit) : null }
}
/** Splits `limit + 1` rows into a page and the cursor of the next. */
export function pageFrom<T>(rows: T[], limit: number, keys: (row: T) => string[]): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keys(last)) : null }
}
