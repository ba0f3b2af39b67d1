// A part: the grams of so many entries, written once and never changed. Its grams stand in ascending order in blocks of
// some kilobytes, and the first gram of each block tells where to look.
import type { Grams } from './grams.ts'
import { decodeSet, encodedRoom, encodeSet, endOfSet, mapSet, type Ordinals } from './ordinals.ts'

/** A block is closed when it has so many bytes; one frequent gram may make a larger one. */
const blockSize = 8_000

export interface BuiltPart {
  entries: number
  /** The first gram of each block. */
  firstKeys: Float64Array
}
/** Takes the blocks in order, as they are made. */
export type Blocks = (n: number, bytes: Uint8Array) => void | Promise<void>

/** Writes grams in ascending order into blocks. */
class BlockWriter {
  readonly #limit: number
  #bytes = new Uint8Array(blockSize * 4)
  #end = 0
  #last = 0
  readonly #firsts: number[] = []
  readonly #full: Uint8Array[] = []

  constructor(limit: number) {
    this.#limit = limit
  }
  /** So many of `list`, from `from` on. */
  add(key: number, list: ArrayLike<number>, size: number = list.length, from = 0): void {
    const room = encodedRoom(this.#limit, size) + 24
    if (this.#end > 0 && (this.#end >= blockSize || this.#end + room > blockSize * 8)) this.#close()
    if (this.#end + room > this.#bytes.length) {
      const larger = new Uint8Array(this.#end + room)
      larger.set(this.#bytes.subarray(0, this.#end))
      this.#bytes = larger
    }
    if (this.#end === 0) {
      this.#firsts.push(key)
      this.#last = 0
    }
    let at = this.#number(key - this.#last, this.#end)
    this.#last = key
    at = this.#number(size, at)
    this.#end = encodeSet(this.#limit, list, size, this.#bytes, at, from)
  }
  #number(given: number, from: number): number {
    let value = given
    let at = from
    while (value >= 0x80) {
      this.#bytes[at] = (value % 0x80) | 0x80
      value = Math.floor(value / 0x80)
      at += 1
    }
    this.#bytes[at] = value
    return at + 1
  }
  #close(): void {
    this.#full.push(this.#bytes.slice(0, this.#end))
    this.#end = 0
  }
  get waiting(): boolean {
    return this.#full.length > 0
  }
  /** The blocks finished since the last call. */
  taken(): Uint8Array[] {
    return this.#full.splice(0)
  }
  finish(): Float64Array {
    if (this.#end > 0) this.#close()
    return Float64Array.from(this.#firsts)
  }
}

/** Calls `each` with every gram of a block, ascending; `set` decodes its ordinals when asked, whose bytes begin at `at`. */
export function readBlock(
  bytes: Uint8Array,
  limit: number,
  each: (key: number, size: number, set: () => Ordinals, at: number) => boolean | undefined,
): void {
  let at = 0
  const number = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at] as number
      at += 1
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  let key = 0
  while (at < bytes.length) {
    key += number()
    const size = number()
    const start = at
    at = endOfSet(limit, size, bytes, start)
    if (each(key, size, () => decodeSet(limit, size, bytes, start), start) === false) return
  }
}

const growth = 2
/**
 * Collects the grams of entries that are added from the last ordinal to the first. What is written for each gram of each
 * entry stands in the order of arrival; the lists are laid out once, at the end, when it is known how long each is. Few
 * places of memory are touched for a gram: that is where the time goes.
 */
export class PartBuilder {
  /** The gram at each slot; 0, which is no gram, where it is free. */
  #keys = new Float64Array(1 << 12)
  /** Of the gram at each slot: the ordinal after the last entry that has it, and how many have it. */
  #of = new Uint32Array(1 << 13)
  #distinct = 0
  /** The slots, entry by entry. */
  #slots = new Uint32Array(1 << 14)
  #size = 0
  /** Which entries were added, and where the slots of each begin. */
  readonly #ordinals: number[] = []
  readonly #starts: number[] = []
  readonly entries: number

  constructor(entries: number) {
    this.entries = entries
  }

  /** The entry `ordinal` has these grams; ordinals come in descending order. */
  add(ordinal: number, grams: Grams): void {
    const { keys: given, size } = grams
    if (this.#size + size > this.#slots.length) {
      const larger = new Uint32Array(this.#slots.length * growth + size)
      larger.set(this.#slots)
      this.#slots = larger
    }
    // Half of the slots stay free.
    while ((this.#distinct + size) * 2 > this.#keys.length) this.#grow()
    this.#ordinals.push(ordinal)
    this.#starts.push(this.#size)
    const keys = this.#keys
    const of = this.#of
    const slots = this.#slots
    const mask = keys.length - 1
    const mark = ordinal + 1
    let distinct = this.#distinct
    let at = this.#size
    for (let i = 0; i < size; i += 1) {
      const key = given[i] as number
      let slot = hash(key) & mask
      for (let there = keys[slot] as number; there !== key; there = keys[slot] as number) {
        if (there === 0) {
          keys[slot] = key
          distinct += 1
          break
        }
        slot = (slot + 1) & mask
      }
      const info = slot << 1
      if (of[info] === mark) continue
      of[info] = mark
      of[info + 1] = (of[info + 1] as number) + 1
      slots[at] = slot
      at += 1
    }
    this.#distinct = distinct
    this.#size = at
  }
  #grow(): void {
    const keys = new Float64Array(this.#keys.length * growth)
    const of = new Uint32Array(this.#of.length * growth)
    const moved = new Uint32Array(this.#keys.length)
    const mask = keys.length - 1
    for (const [old, key] of this.#keys.entries()) {
      if (key === 0) continue
      let slot = hash(key) & mask
      while (keys[slot] !== 0) slot = (slot + 1) & mask
      keys[slot] = key
      of[slot << 1] = this.#of[old << 1] as number
      of[(slot << 1) + 1] = this.#of[(old << 1) + 1] as number
      moved[old] = slot
    }
    for (let i = 0; i < this.#size; i += 1) this.#slots[i] = moved[this.#slots[i] as number] as number
    this.#keys = keys
    this.#of = of
  }

  /** Gives the blocks in order; answers what the part is. Nothing can be added afterwards. */
  async finish(take: Blocks): Promise<BuiltPart> {
    const keys = this.#keys
    const of = this.#of
    const mask = keys.length - 1
    const order = keys.filter((key) => key !== 0).sort()
    // Where the list of each gram begins, in the order of the grams; the sizes stay beside it.
    const sizes = new Uint32Array(order.length)
    let begin = 0
    for (let i = 0; i < order.length; i += 1) {
      const key = order[i] as number
      let slot = hash(key) & mask
      while (keys[slot] !== key) slot = (slot + 1) & mask
      const size = of[(slot << 1) + 1] as number
      of[slot << 1] = begin
      sizes[i] = size
      begin += size
    }
    // From the last entry that was added to the first: each list is ascending.
    const lists = new Uint32Array(begin)
    let end = this.#size
    for (let entry = this.#ordinals.length - 1; entry >= 0; entry -= 1) {
      const ordinal = this.#ordinals[entry] as number
      const start = this.#starts[entry] as number
      for (let i = start; i < end; i += 1) {
        const info = (this.#slots[i] as number) << 1
        const at = of[info] as number
        lists[at] = ordinal
        of[info] = at + 1
      }
      end = start
    }
    const writer = new BlockWriter(this.entries)
    let n = 0
    let at = 0
    for (let i = 0; i < order.length; i += 1) {
      const size = sizes[i] as number
      writer.add(order[i] as number, lists, size, at)
      at += size
      if (writer.waiting) for (const block of writer.taken()) await take(n++, block)
    }
    const firstKeys = writer.finish()
    for (const block of writer.taken()) await take(n++, block)
    return { entries: this.entries, firstKeys }
  }
}
function hash(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000)
  let h = Math.imul((key >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}
/** The blocks of one part, in order, for merging. */
export class PartReader {
  readonly #blocks: AsyncIterator<Uint8Array>
  readonly #limit: number
  readonly #map: Uint32Array
  #keys: number[] = []
  /** Where the list of each gram ends in {@link values}. */
  #ends: number[] = []
  #at = 0
  #done = false
  /** The new ordinals of the block at hand, gram by gram. */
  values = new Uint32Array(1 << 14)

  /** `map` gives the new ordinal of each old one; {@link gone} for an entry that is left out. */
  constructor(blocks: AsyncIterable<Uint8Array>, limit: number, map: Uint32Array) {
    this.#blocks = blocks[Symbol.asyncIterator]()
    this.#limit = limit
    this.#map = map
  }
  static readonly gone = 0xffffffff

  /** The gram at hand; infinite when no block is at hand ({@link fill}), or none is left. */
  get key(): number {
    return this.#keys[this.#at] ?? Number.POSITIVE_INFINITY
  }
  /** Its ordinals stand in {@link values} from here … */
  get from(): number {
    return this.#at === 0 ? 0 : (this.#ends[this.#at - 1] as number)
  }
  /** … to here. */
  get to(): number {
    return this.#ends[this.#at] as number
  }
  get empty(): boolean {
    return this.#at >= this.#keys.length && !this.#done
  }
  step(): void {
    this.#at += 1
  }
  /** Reads blocks until one has a gram, or none is left. */
  async fill(): Promise<void> {
    while (this.empty) {
      const { value, done } = await this.#blocks.next()
      if (done) this.#done = true
      else this.#read(value)
    }
  }
  #read(bytes: Uint8Array): void {
    this.#keys = []
    this.#ends = []
    this.#at = 0
    let end = 0
    readBlock(bytes, this.#limit, (key, size, _set, start) => {
      if (end + size > this.values.length) {
        const larger = new Uint32Array(growth * (end + size))
        larger.set(this.values)
        this.values = larger
      }
      const from = end
      end = mapSet(this.#limit, size, bytes, start, this.#map, PartReader.gone, this.values, end)
      if (end > from) {
        this.#keys.push(key)
        this.#ends.push(end)
      }
      return true
    })
  }
}

/** Puts lists that share nothing into one, ascending; a bitmap sorts many, `sort` few. */
class Union {
  readonly #bits: Uint32Array
  values = new Uint32Array(1 << 10)
  size = 0

  constructor(limit: number) {
    this.#bits = new Uint32Array((limit + 31) >>> 5)
  }
  clear(): void {
    this.size = 0
  }
  add({ values, from, to }: PartReader): void {
    const size = to - from
    if (this.size + size > this.values.length) {
      const larger = new Uint32Array(growth * (this.size + size))
      larger.set(this.values.subarray(0, this.size))
      this.values = larger
    }
    for (let i = from; i < to; i += 1) this.values[this.size + i - from] = values[i] as number
    this.size += size
  }
  sort(): void {
    const { values, size } = this
    const bits = this.#bits
    if (size < 64 || size * 8 < bits.length) {
      if (size <= 12) sortFew(values, size)
      else values.subarray(0, size).sort()
      return
    }
    for (let i = 0; i < size; i += 1) {
      const value = values[i] as number
      bits[value >>> 5] = (bits[value >>> 5] as number) | (1 << (value & 31))
    }
    let at = 0
    for (let w = 0; w < bits.length; w += 1) {
      let word = bits[w] as number
      if (word === 0) continue
      bits[w] = 0
      while (word !== 0) {
        const low = word & -word
        values[at] = (w << 5) + 31 - Math.clz32(low)
        at += 1
        word ^= low
      }
    }
  }
}
/** Most lists are of a few: what `sort` needs to begin would cost more. */
function sortFew(values: Uint32Array, size: number): void {
  for (let i = 1; i < size; i += 1) {
    const value = values[i] as number
    let at = i
    while (at > 0 && (values[at - 1] as number) > value) {
      values[at] = values[at - 1] as number
      at -= 1
    }
    values[at] = value
  }
}

/** Merges parts into one of `entries` entries. Within each, the map to new ordinals is ascending. */
export async function writeParts(readers: readonly PartReader[], entries: number, take: Blocks): Promise<BuiltPart> {
  const writer = new BlockWriter(entries)
  const union = new Union(entries)
  let n = 0
  for (;;) {
    let least = Number.POSITIVE_INFINITY
    let only: PartReader | null = null
    for (const reader of readers) {
      if (reader.empty) await reader.fill()
      const { key } = reader
      if (key < least) {
        least = key
        only = reader
      } else if (key === least) only = null
    }
    if (least === Number.POSITIVE_INFINITY) break
    if (only) {
      writer.add(least, only.values, only.to - only.from, only.from)
      only.step()
    } else {
      union.clear()
      for (const reader of readers)
        if (reader.key === least) {
          union.add(reader)
          reader.step()
        }
      union.sort()
      writer.add(least, union.values, union.size)
    }
    if (writer.waiting) for (const block of writer.taken()) await take(n++, block)
  }
  const firstKeys = writer.finish()
  for (const block of writer.taken()) await take(n++, block)
  return { entries, firstKeys }
}
