// The grams of an entry, and the grams a search asks for.
import { type Condition, type Field, fieldOffset, gramsOfText, gramsOfWord, isDecisive } from '@dianzhang/gram-index'
import { references, type SearchableEntry, type SearchWord, searchText } from '../search.ts'

/** The version of this reading of a text: after a change here or in `searchText`, raise it; the index is then built anew. */
export const indexForm = 1

/** Calls `each` with every gram of an entry: anywhere, and again by field. */
export function gramsOfEntry(entry: SearchableEntry, each: (key: number) => void): void {
  const title = searchText(entry.title)
  gramsOfText(title, fieldOffset.any, each)
  gramsOfText(title, fieldOffset.title, each)
  for (const reference of references(entry)) {
    const text = searchText(reference)
    gramsOfText(text, fieldOffset.any, each)
    gramsOfText(text, fieldOffset.reference, each)
  }
  gramsOfText(searchText(entry.body), fieldOffset.any, each)
}

/** The grams alone decide: no text has to be looked at. */
export const areDecisive = (words: readonly SearchWord[]): boolean =>
  words.every((word) => word.forms.every(({ text }) => isDecisive(text)))

/** All words, each within one of `fields`. */
export const conditionOf = (words: readonly SearchWord[], fields: readonly Field[]): Condition =>
  words.map((word) => fields.flatMap((field) => word.forms.map(({ text }) => gramsOfWord(text, fieldOffset[field]))))
