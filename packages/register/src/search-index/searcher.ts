// Who answers the searches of a connection: an engine here, or one in a thread of its own (see search-thread.ts).
import type { Db } from '@dianzhang/database'
import type { SearchWord } from '../search.ts'
import { type IndexAnswer, type IndexAsk, IndexEngine, type TitleAsk } from './engine.ts'
import type { Key } from './rows.ts'

export interface Searcher {
  /** Null while no index is complete. */
  ask(asked: IndexAsk): Promise<IndexAnswer | null>
  references(word: SearchWord, limit: number): Promise<Key[] | null>
  titles(asked: TitleAsk): Promise<Key[] | null>
}
const searchers = new WeakMap<Db, Searcher>()

export function searcherOf(db: Db): Searcher {
  let searcher = searchers.get(db)
  if (searcher === undefined) {
    searcher = new IndexEngine(db)
    searchers.set(db, searcher)
  }
  return searcher
}
export const setSearcher = (db: Db, searcher: Searcher): void => void searchers.set(db, searcher)
