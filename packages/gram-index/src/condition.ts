// What is asked of an entry: all words, each in some form, each form by all its grams. The same condition is answered for
// a part by sets and for one entry by its own grams.
import type { Ordinals } from './ordinals.ts'

/** All of these words; each word is a list of forms; each form a list of grams that must all be there. */
export type Condition = ReadonlyArray<ReadonlyArray<readonly number[]>>

export const keysOf = (condition: Condition): number[] => [...new Set(condition.flat(2))]

/** Whether an entry meets the condition; `has` tells its grams. */
export const holdsFor = (condition: Condition, has: (key: number) => boolean): boolean =>
  condition.every((word) => word.some((form) => form.every(has)))

/** The entries that meet the condition; `set` tells which have a gram. */
export function setFor(condition: Condition, all: Ordinals, set: (key: number) => Ordinals): Ordinals {
  let found = all
  const words = condition.map((forms) => forms.map((grams) => grams.map(set).sort((a, b) => a.size - b.size)))
  // The rarest word first: everything after it is looked up in few.
  const rarity = (forms: Ordinals[][]): number => forms.reduce((sum, grams) => sum + (grams[0]?.size ?? all.size), 0)
  for (const forms of words.sort((a, b) => rarity(a) - rarity(b))) {
    let either: Ordinals | null = null
    for (const grams of forms) {
      let both = found
      for (const gram of grams) both = gram.size < both.size ? gram.and(both) : both.and(gram)
      either = either === null ? both : either.or(both)
    }
    if (either !== null) found = either
    if (found.size === 0) break
  }
  return found
}
