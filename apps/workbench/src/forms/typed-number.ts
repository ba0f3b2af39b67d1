// Of what cannot be undone, the number of the document is typed first.
import type { Doc } from '../types.ts'
import type { Values } from './shape.ts'

/** Where the typed number is kept while the form is open; never sent. */
export const typedNumber = 'typedNumber'
const bare = (text: string): string => text.normalize('NFKC').replace(/[\s〔〕[\]()【】]/gu, '')
/** What is to be typed: the number, or the title where there is none. */
export const numberOf = (doc: Doc): string => doc.numbers?.document ?? doc.title

/** Why a change that cannot be undone may not be handed in yet; null when the number is there, or none is asked for. */
export const untyped = (doc: Doc, values: Values): string | null =>
  bare(String(values[typedNumber] ?? '')) === bare(numberOf(doc)) ? null : '先照写要撤销的文件的发文字号'
