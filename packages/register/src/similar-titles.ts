// Entries whose titles may be like another one: asked of the search index, the judging is the caller's.
import type { Db } from '@dianzhang/database'
import type { TitleAsk } from './search-index/engine.ts'
import type { Key } from './search-index/rows.ts'
import { searcherOf } from './search-index/searcher.ts'

/** The most entries given: those whose titles have most of the pairs. */
const most = 2_000

/**
 * Entries of the jurisdiction, disclosed or not, whose titles have of `pairs` (two characters each, and how much it counts)
 * together at least `least`, those with most first. None with the pairs is missing; some are given that have only their
 * characters. Null while there is no search index.
 */
export const entriesTitledLike = (db: Db, asked: Omit<TitleAsk, 'limit'>): Promise<Key[] | null> =>
  searcherOf(db).titles({ ...asked, limit: most })
