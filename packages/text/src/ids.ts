// Element ids: made from the place and the words of an element at its first parse; later versions inherit them by `adoptIds`.
const prefixes: Record<string, string> = {
  part: 'b',
  subpart: 'f',
  chapter: 'z',
  section: 'j',
  article: 't',
  paragraph: 'k',
  item: 'x',
  subitem: 'm',
  heading1: 'h1',
  heading2: 'h2',
  heading3: 'h3',
  heading4: 'h4',
  table: 'g',
  text: 'w',
}

/** 53 bits of the words, the same on every machine. Not for secrets. */
function hashOf(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyz'
const pairs = Array.from({ length: 1296 }, (_, value) => `${digits[Math.floor(value / 36)]}${digits[value % 36]}`)

const fiveDigits = 36 ** 5

/** `toString(36)` of a whole number below 2^53, in small whole numbers: texts have hundreds of thousands of ids. */
function base36(value: number): string {
  const high = Math.floor(value / fiveDigits)
  const low = value - high * fiveDigits
  if (high === 0) return shortBase36(low)
  const first = (low / 46656) | 0
  const rest = low - first * 46656
  const middle = (rest / 36) | 0
  return shortBase36(high) + pairs[first] + pairs[middle] + digits[rest - middle * 36]
}

/** Of a number below 2^31. */
function shortBase36(value: number): string {
  let text = ''
  let rest = value | 0
  while (rest >= 1296) {
    const next = (rest / 1296) | 0
    text = pairs[rest - next * 1296] + text
    rest = next
  }
  return rest < 36 ? digits[rest] + text : pairs[rest] + text
}

/** Gives ids that no other element of the text has. */
export class IdMaker {
  readonly #given = new Map<string, number>()

  /** `place` is the id of the parent; two equal elements of one parent are told apart by their order. */
  give(level: string, place: string, ...words: string[]): string {
    let hash = hashOf(place, 7)
    for (const part of words) hash = hashOf(part, hash | 0)
    const base = `${prefixes[level] ?? 'e'}${base36(hash)}`
    const times = this.#given.get(base) ?? 0
    this.#given.set(base, times + 1)
    return times === 0 ? base : `${base}-${times + 1}`
  }
}
