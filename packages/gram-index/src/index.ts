// Which texts contain which words: grams of one to three characters, each with the compressed set of the texts that have
// it. Pure: knows no database, no register, no clock.

export { type Condition, holdsFor, keysOf, setFor } from './condition.ts'
export { type Field, fieldOffset, Grams, gramsOfWord, isDecisive } from './grams.ts'
export { decodeSet, encodeSet, Ordinals } from './ordinals.ts'
export { PartBuilder, PartReader, readBlock, writeParts } from './part.ts'
