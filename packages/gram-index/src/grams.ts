// Grams as numbers: one, two or three UTF-16 units, in disjoint ranges, exact in a double; no hash, so no collision.

/** Where a gram stands: anywhere in the entry, in its title, in its numbers or authorities. */
export type Field = 'any' | 'title' | 'reference'
export const fieldOffset: Record<Field, number> = { any: 0, title: 2 ** 48, reference: 2 ** 49 }
const two = 2 ** 16
const three = 2 ** 32
const space = 0x20

/**
 * The grams of an entry, repeatedly where they recur. Kept in one array of doubles: handed from function to function one
 * by one, each would become an object of its own.
 */
export class Grams {
  keys = new Float64Array(1 << 12)
  size = 0

  clear(): void {
    this.size = 0
  }
  /** Adds the grams of `text`; a space parts what stands beside it. */
  add(text: string, field: Field): void {
    const offset = fieldOffset[field]
    if (this.size + 3 * text.length > this.keys.length) {
      const larger = new Float64Array(2 * (this.size + 3 * text.length))
      larger.set(this.keys.subarray(0, this.size))
      this.keys = larger
    }
    const { keys } = this
    let at = this.size
    let before = 0
    let last = 0
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i)
      if (unit === space || unit === 0) {
        before = 0
        last = 0
        continue
      }
      keys[at++] = offset + unit
      if (last > 0) {
        keys[at++] = offset + last * two + unit
        if (before > 0) keys[at++] = offset + before * three + last * two + unit
      }
      before = last
      last = unit
    }
    this.size = at
  }
  /** Ascending, without duplicates. */
  distinct(): Float64Array {
    const sorted = this.keys.slice(0, this.size).sort()
    return sorted.filter((key, i) => i === 0 || key !== sorted[i - 1])
  }
}

/** Up to three units the grams alone decide; for longer words they are only necessary, and the text has to be looked at. */
export const isDecisive = (word: string): boolean => word.length <= 3

/** The grams every text with this word has; the longest ones, without duplicates. */
export function gramsOfWord(word: string, offset: number): number[] {
  const length = Math.min(word.length, 3)
  const keys = new Set<number>()
  for (let i = 0; i + length <= word.length; i += 1) {
    let key = 0
    for (let j = i; j < i + length; j += 1) key = key * two + word.charCodeAt(j)
    keys.add(offset + key)
  }
  return [...keys]
}
