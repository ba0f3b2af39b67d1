// Sets of ordinals below a limit: few are kept as an ascending list, many as a bitmap. Immutable.

const wordsFor = (limit: number): number => (limit + 31) >>> 5
const popcount = (given: number): number => {
  let x = given - ((given >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export class Ordinals {
  readonly limit: number
  readonly size: number
  /** One of the two. */
  readonly #list: Uint32Array | null
  readonly #bits: Uint32Array | null

  private constructor(limit: number, list: Uint32Array | null, bits: Uint32Array | null, size: number) {
    this.limit = limit
    this.#list = list
    this.#bits = bits
    this.size = size
  }

  /** `list` is ascending and without duplicates; it is taken over, not copied. */
  static of(limit: number, list: Uint32Array): Ordinals {
    return new Ordinals(limit, list, null, list.length)
  }
  /** Bit n of `bits` stands for ordinal n; taken over, not copied. */
  static ofBits(limit: number, bits: Uint32Array): Ordinals {
    let size = 0
    for (let i = 0; i < bits.length; i += 1) size += popcount(bits[i] as number)
    return new Ordinals(limit, null, bits, size)
  }
  static none(limit: number): Ordinals {
    return Ordinals.of(limit, new Uint32Array(0))
  }
  static all(limit: number): Ordinals {
    const bits = new Uint32Array(wordsFor(limit)).fill(0xffffffff)
    const rest = limit & 31
    if (rest > 0) bits[bits.length - 1] = 2 ** rest - 1
    return new Ordinals(limit, null, bits, limit)
  }

  has(ordinal: number): boolean {
    if (this.#bits) return ((this.#bits[ordinal >>> 5] as number) & (1 << (ordinal & 31))) !== 0
    const list = this.#list as Uint32Array
    const at = lowerBound(list, ordinal)
    return at < list.length && list[at] === ordinal
  }

  /** Ascending, from `from` on, while `each` does not answer false. */
  walk(each: (ordinal: number) => boolean | undefined, from = 0): void {
    if (this.#list) {
      for (let i = lowerBound(this.#list, from); i < this.#list.length; i += 1)
        if (each(this.#list[i] as number) === false) return
      return
    }
    const bits = this.#bits as Uint32Array
    for (let w = from >>> 5; w < bits.length; w += 1) {
      let word = bits[w] as number
      if (w === from >>> 5) word &= -1 << (from & 31)
      while (word !== 0) {
        const low = word & -word
        if (each((w << 5) + 31 - Math.clz32(low)) === false) return
        word ^= low
      }
    }
  }

  filter(keep: (ordinal: number) => boolean): Ordinals {
    if (this.#list)
      return Ordinals.of(
        this.limit,
        this.#list.filter((ordinal) => keep(ordinal)),
      )
    const bits = new Uint32Array(wordsFor(this.limit))
    this.walk((ordinal) => {
      if (keep(ordinal)) bits[ordinal >>> 5] = (bits[ordinal >>> 5] as number) | (1 << (ordinal & 31))
      return true
    })
    return Ordinals.ofBits(this.limit, bits)
  }

  and(other: Ordinals): Ordinals {
    if (this.#list) return other.#list && other.size < this.size ? other.and2(this) : this.and2(other)
    if (other.#list) return other.and2(this)
    return this.#both(other, (a, b) => a & b)
  }
  /** This one is a list. */
  private and2(other: Ordinals): Ordinals {
    return this.filter((ordinal) => other.has(ordinal))
  }
  or(other: Ordinals): Ordinals {
    if (this.size === 0) return other
    if (other.size === 0) return this
    return this.#both(other, (a, b) => a | b)
  }
  without(other: Ordinals): Ordinals {
    if (this.size === 0 || other.size === 0) return this
    if (this.#list) return this.filter((ordinal) => !other.has(ordinal))
    return this.#both(other, (a, b) => a & ~b)
  }
  #both(other: Ordinals, op: (a: number, b: number) => number): Ordinals {
    const one = this.#asBits()
    const two = other.#asBits()
    const bits = new Uint32Array(one.length)
    for (let i = 0; i < bits.length; i += 1) bits[i] = op(one[i] as number, two[i] as number)
    return Ordinals.ofBits(this.limit, bits)
  }
  #asBits(): Uint32Array {
    if (this.#bits) return this.#bits
    const bits = new Uint32Array(wordsFor(this.limit))
    for (const ordinal of this.#list as Uint32Array)
      bits[ordinal >>> 5] = (bits[ordinal >>> 5] as number) | (1 << (ordinal & 31))
    return bits
  }
  toArray(): number[] {
    const out: number[] = []
    this.walk((ordinal) => {
      out.push(ordinal)
      return true
    })
    return out
  }
}

function lowerBound(list: Uint32Array, wanted: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** Above one in sixteen a bitmap is smaller than the gaps. */
const bitmapFrom = 16

/**
 * The bytes of a set: the gaps between ascending ordinals, seven bits a byte; of many, the bitmap. Written at `at` of
 * `into`, which must have room ({@link encodedRoom}); answers where it ends. The set are `size` numbers of `list` from
 * `from` on.
 */
export function encodeSet(
  limit: number,
  list: ArrayLike<number>,
  size: number,
  into: Uint8Array,
  at: number,
  from = 0,
): number {
  let end = at
  const to = from + size
  if (size * bitmapFrom >= limit && limit > 64) {
    const bytes = (limit + 7) >>> 3
    into.fill(0, end, end + bytes)
    for (let i = from; i < to; i += 1) {
      const ordinal = list[i] as number
      into[end + (ordinal >>> 3)] = (into[end + (ordinal >>> 3)] as number) | (1 << (ordinal & 7))
    }
    return end + bytes
  }
  let last = -1
  for (let i = from; i < to; i += 1) {
    let gap = (list[i] as number) - last - 1
    last = list[i] as number
    while (gap >= 0x80) {
      into[end] = (gap & 0x7f) | 0x80
      end += 1
      gap >>>= 7
    }
    into[end] = gap
    end += 1
  }
  return end
}
/** How many bytes {@link encodeSet} may need for so many ordinals. */
export const encodedRoom = (limit: number, size: number): number => Math.max(5 * size, (limit + 7) >>> 3) + 8

/** Where the bytes of such a set end. */
export function endOfSet(limit: number, size: number, from: Uint8Array, at: number): number {
  if (size * bitmapFrom >= limit && limit > 64) return at + ((limit + 7) >>> 3)
  let end = at
  for (let left = size; left > 0; end += 1) if ((from[end] as number) < 0x80) left -= 1
  return end
}

/** The set of `size` ordinals below `limit` whose bytes begin at `at`. */
export function decodeSet(limit: number, size: number, from: Uint8Array, at: number): Ordinals {
  if (size * bitmapFrom >= limit && limit > 64) {
    const bits = new Uint32Array(wordsFor(limit))
    const bytes = (limit + 7) >>> 3
    for (let i = 0; i < bytes; i += 1)
      bits[i >>> 2] = (bits[i >>> 2] as number) | ((from[at + i] as number) << ((i & 3) << 3))
    return Ordinals.ofBits(limit, bits)
  }
  return Ordinals.of(limit, decodeGaps(size, from, at))
}
/**
 * The same set put through `map` into `into`, from `to` on; what maps to `gone` is left out. Answers where it ends there.
 * `into` has room for `size` more.
 */
export function mapSet(
  limit: number,
  size: number,
  from: Uint8Array,
  at: number,
  map: Uint32Array,
  gone: number,
  into: Uint32Array,
  to: number,
): number {
  let end = to
  if (size * bitmapFrom >= limit && limit > 64) {
    const bytes = (limit + 7) >>> 3
    for (let i = 0; i < bytes; i += 1)
      for (let byte = from[at + i] as number; byte !== 0; byte &= byte - 1) {
        const fresh = map[(i << 3) + 31 - Math.clz32(byte & -byte)] as number
        if (fresh === gone) continue
        into[end] = fresh
        end += 1
      }
    return end
  }
  let read = at
  let old = -1
  for (let i = 0; i < size; i += 1) {
    let gap = 0
    for (let shift = 0; ; shift += 7) {
      const byte = from[read] as number
      read += 1
      gap |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    old += gap + 1
    const fresh = map[old] as number
    if (fresh === gone) continue
    into[end] = fresh
    end += 1
  }
  return end
}
function decodeGaps(size: number, from: Uint8Array, at: number): Uint32Array {
  const list = new Uint32Array(size)
  let end = at
  let last = -1
  for (let i = 0; i < size; i += 1) {
    let gap = 0
    for (let shift = 0; ; shift += 7) {
      const byte = from[end] as number
      end += 1
      gap |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    last += gap + 1
    list[i] = last
  }
  return list
}
