// A part: the grams of so many entries, written once and never changed. Its grams stand in ascending order in blocks of
// some kilobytes, and the first gram of each block tells where to look.
import type { Grams } from './grams.ts'
import { decodeSet, encodedRoom, encodeSet, endOfSet, type Ordinals } from './ordinals.ts'

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
  /** The first `size` of `list`. */
  add(key: number, list: ArrayLike<number>, size: number = list.length): void {
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
    this.#end = encodeSet(this.#limit, list, size, this.#bytes, at)
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

/** Calls `each` with every gram of a block, ascending; `set` decodes its ordinals when asked. */
export function readBlock(
  bytes: Uint8Array,
  limit: number,
  each: (key: number, size: number, set: () => Ordinals) => boolean | undefined,
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
    if (each(key, size, () => decodeSet(limit, size, bytes, start)) === false) return
  }
}

const growth = 2
/** Collects the grams of entries that are added from the last ordinal to the first. */
export class PartBuilder {
  #slots = new Int32Array(1 << 12).fill(-1)
  #keys = new Float64Array(1 << 11)
  #heads = new Int32Array(1 << 11)
  #sizes = new Uint32Array(1 << 11)
  #distinct = 0
  #ordinals = new Uint32Array(1 << 14)
  #next = new Int32Array(1 << 14)
  #postings = 0
  readonly entries: number

  constructor(entries: number) {
    this.entries = entries
  }

  /** The entry `ordinal` has these grams; ordinals come in descending order. */
  add(ordinal: number, grams: Grams): void {
    const { keys: given, size } = grams
    if (this.#postings + size > this.#ordinals.length) {
      this.#ordinals = grown(this.#ordinals, Uint32Array, size)
      this.#next = grown(this.#next, Int32Array, size)
    }
    while (this.#distinct + size > this.#keys.length) {
      this.#keys = grown(this.#keys, Float64Array, 0)
      this.#heads = grown(this.#heads, Int32Array, 0)
      this.#sizes = grown(this.#sizes, Uint32Array, 0)
      this.#slots = new Int32Array(this.#slots.length * growth).fill(-1)
      for (let id = 0; id < this.#distinct; id += 1) this.#place(id)
    }
    const slots = this.#slots
    const keys = this.#keys
    const heads = this.#heads
    const sizes = this.#sizes
    const ordinals = this.#ordinals
    const next = this.#next
    const mask = slots.length - 1
    let distinct = this.#distinct
    let postings = this.#postings
    for (let i = 0; i < size; i += 1) {
      const key = given[i] as number
      let slot = hash(key) & mask
      let id = slots[slot] as number
      while (id >= 0 && keys[id] !== key) {
        slot = (slot + 1) & mask
        id = slots[slot] as number
      }
      if (id < 0) {
        id = distinct
        distinct += 1
        keys[id] = key
        heads[id] = -1
        slots[slot] = id
      }
      const head = heads[id] as number
      if (head >= 0 && ordinals[head] === ordinal) continue
      ordinals[postings] = ordinal
      next[postings] = head
      heads[id] = postings
      sizes[id] = (sizes[id] as number) + 1
      postings += 1
    }
    this.#distinct = distinct
    this.#postings = postings
  }
  #place(id: number): void {
    const mask = this.#slots.length - 1
    let slot = hash(this.#keys[id] as number) & mask
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask
    this.#slots[slot] = id
  }

  /** Gives the blocks in order; answers what the part is. */
  async finish(take: Blocks): Promise<BuiltPart> {
    const order = this.#keys.slice(0, this.#distinct).sort()
    const mask = this.#slots.length - 1
    const writer = new BlockWriter(this.entries)
    let n = 0
    let list = new Uint32Array(1 << 10)
    for (const key of order) {
      let slot = hash(key) & mask
      while (this.#keys[this.#slots[slot] as number] !== key) slot = (slot + 1) & mask
      const id = this.#slots[slot] as number
      const size = this.#sizes[id] as number
      if (size > list.length) list = new Uint32Array(size * growth)
      let at = this.#heads[id] as number
      for (let i = 0; i < size; i += 1) {
        list[i] = this.#ordinals[at] as number
        at = this.#next[at] as number
      }
      writer.add(key, list, size)
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
  return Math.imul(h, 0x2c1b3c6d) >>> 8
}
function grown<T extends Uint32Array | Int32Array | Float64Array>(
  old: T,
  Kind: new (length: number) => T,
  room: number,
): T {
  const larger = new Kind(old.length * growth + room)
  larger.set(old as never)
  return larger
}

/** The blocks of one part, in order, for merging. */
export class PartReader {
  readonly #blocks: AsyncIterator<Uint8Array>
  readonly #limit: number
  readonly #map: Uint32Array
  #waiting: Array<{ key: number; list: number[] }> = []
  #at = 0

  /** `map` gives the new ordinal of each old one; {@link gone} for an entry that is left out. */
  constructor(blocks: AsyncIterable<Uint8Array>, limit: number, map: Uint32Array) {
    this.#blocks = blocks[Symbol.asyncIterator]()
    this.#limit = limit
    this.#map = map
  }
  static readonly gone = 0xffffffff

  /** The gram at hand; null at the end. */
  async peek(): Promise<{ key: number; list: number[] } | null> {
    while (this.#at === this.#waiting.length) {
      const { value, done } = await this.#blocks.next()
      if (done) return null
      const found: Array<{ key: number; list: number[] }> = []
      readBlock(value, this.#limit, (key, _size, set) => {
        const list: number[] = []
        set().walk((old) => {
          const fresh = this.#map[old] as number
          if (fresh !== PartReader.gone) list.push(fresh)
          return true
        })
        if (list.length > 0) found.push({ key, list })
        return true
      })
      this.#waiting = found
      this.#at = 0
    }
    return this.#waiting[this.#at] ?? null
  }
  /** The same without waiting; undefined where a block has to be read first. */
  now(): { key: number; list: number[] } | undefined | null {
    return this.#waiting[this.#at]
  }
  step(): void {
    this.#at += 1
  }
}

/** Merges parts into one of `entries` entries. Within each, the map to new ordinals is ascending. */
export async function writeParts(readers: readonly PartReader[], entries: number, take: Blocks): Promise<BuiltPart> {
  const writer = new BlockWriter(entries)
  let n = 0
  for (;;) {
    const heads = readers.map((reader) => reader.now())
    for (const [i, reader] of readers.entries()) if (heads[i] === undefined) heads[i] = await reader.peek()
    let least = Number.POSITIVE_INFINITY
    for (const head of heads) if (head && head.key < least) least = head.key
    if (least === Number.POSITIVE_INFINITY) break
    const lists: number[][] = []
    for (const [i, head] of heads.entries())
      if (head?.key === least) {
        lists.push(head.list)
        readers[i]?.step()
      }
    const [first = []] = lists
    writer.add(least, lists.length === 1 ? first : Uint32Array.from(lists.flat()).sort())
    if (writer.waiting) for (const block of writer.taken()) await take(n++, block)
  }
  const firstKeys = writer.finish()
  for (const block of writer.taken()) await take(n++, block)
  return { entries, firstKeys }
}
