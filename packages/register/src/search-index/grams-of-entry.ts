// The grams of an entry, and the grams a search asks for.
import { type Condition, type Field, fieldOffset, type Grams, gramsOfWord, isDecisive } from '@dianzhang/gram-index'
import { references, type SearchableEntry, type SearchWord, searchText } from '../search.ts'

/** The version of this reading of a text: after a change here or in `searchText`, raise it; the index is then built anew. */
export const indexForm = 1

/** The grams of an entry in place of what `grams` held: anywhere, and again by field. */
export function gramsOfEntry(entry: SearchableEntry, grams: Grams): Grams {
  grams.clear()
  const title = searchText(entry.title)
  grams.add(title, 'any')
  grams.add(title, 'title')
  for (const reference of references(entry)) {
    const text = searchText(reference)
    grams.add(text, 'any')
    grams.add(text, 'reference')
  }
  grams.add(searchText(entry.body), 'any')
  return grams
}

/**
 * The single characters, as grams of the title, that a title with this piece has wherever they stand: what parts words
 * there, or is no part of them, asks for nothing.
 */
export const titleUnits = (piece: string): number[] => {
  const units = [...piece].flatMap((sign) => [...(/\p{Surrogate}/u.test(sign) ? '' : searchText(sign))])
  return [...new Set(units.filter((unit) => unit.trim() !== ''))].flatMap((unit) =>
    Array.from({ length: unit.length }, (_, i) => fieldOffset.title + unit.charCodeAt(i)),
  )
}

/** The grams alone decide: no text has to be looked at. */
export const areDecisive = (words: readonly SearchWord[]): boolean =>
  words.every((word) => word.forms.every(({ text }) => isDecisive(text)))

/** All words, each within one of `fields`. */
export const conditionOf = (words: readonly SearchWord[], fields: readonly Field[]): Condition =>
  words.map((word) => fields.flatMap((field) => word.forms.map(({ text }) => gramsOfWord(text, fieldOffset[field]))))
