// Drawing files for review so that anybody can draw them again: the order is by SHA-256 of the published seed and the file's id.
import { createHash } from 'node:crypto'
import { and, type DbOrTx, eq, gte, isNotNull, lte, schema, sql } from '@dianzhang/database'

const { registerEntries: e } = schema

/** How it is done, in words that can be published with the seed. */
export const samplingRecipe =
  '凡所问年度公布的文件都在其内，一件一个标识；对“种子、换行、标识”的 UTF-8 字节求 SHA-256，按十六进制值由小到大排列，取前 N 件。例：printf \'%s\\n%s\' "种子" "标识" | sha256sum'

const rank = (seed: string, id: string): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex')

/** The `n` ids that the seed draws, in the order drawn; the order of `ids` and repetitions do not matter. */
export const draw = (ids: readonly string[], n: number, seed: string): Array<{ id: string; rank: string }> =>
  [...new Set(ids)]
    .map((id) => ({ id, rank: rank(seed, id) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, n)
/** Digest of the population: `sha256` of the sorted ids, one a line. With it anybody knows that nothing was left out. */
export const populationDigest = (ids: readonly string[]): string =>
  createHash('sha256')
    .update([...new Set(ids)].toSorted().join('\n'))
    .digest('hex')

/** Every document of ours published in a year (calendar year of the day of publication), in no order. */
export function publishedIn(
  db: DbOrTx,
  jurisdiction: string,
  year: number,
): Promise<Array<{ id: string; title: string }>> {
  return db
    .select({ id: sql<string>`${e.documentId}`, title: e.title })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        isNotNull(e.documentId),
        gte(e.publishedOn, `${year}-01-01`),
        lte(e.publishedOn, `${year}-12-31`),
      ),
    )
}
