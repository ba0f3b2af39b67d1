// Who writes the search index of a connection: this thread, or one of its own (see search-thread.ts).
import type { Db } from '@dianzhang/database'
import { indexPending, keepSearchIndex, mergeSearchParts, type Pace } from './build.ts'

export interface Indexer {
  /** See {@link indexPending}. */
  pending(least?: number): Promise<number>
  /** See {@link mergeSearchParts}. */
  merge(pace?: Pace): Promise<number>
  /** See {@link keepSearchIndex}. */
  keep(signal: AbortSignal): Promise<void>
}
const indexers = new WeakMap<Db, Indexer>()

export const indexerOf = (db: Db): Indexer =>
  indexers.get(db) ?? {
    pending: (least) => indexPending(db, least),
    merge: (pace) => mergeSearchParts(db, pace),
    keep: (signal) => keepSearchIndex(db, { signal }),
  }
export const setIndexer = (db: Db, indexer: Indexer): void => void indexers.set(db, indexer)
