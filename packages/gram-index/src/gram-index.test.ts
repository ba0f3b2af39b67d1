// Compared with looking at every text: any texts, any words, parts, removals and merges.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Condition,
  decodeSet,
  encodeSet,
  fieldOffset,
  Grams,
  gramsOfWord,
  holdsFor,
  isDecisive,
  Ordinals,
  PartBuilder,
  PartReader,
  readBlock,
  setFor,
  writeParts,
} from './index.ts'

const text = fc.string({ unit: fc.constantFrom(...'甲乙丙丁a1 𠀀'), maxLength: 24 })
const word = fc.string({ unit: fc.constantFrom(...'甲乙丙丁a1𠀀'), minLength: 1, maxLength: 4 })

interface Part {
  entries: number
  firstKeys: Float64Array
  blocks: Uint8Array[]
}
function gramsOf(one: string): Grams {
  const grams = new Grams()
  grams.add(one, 'any')
  return grams
}
async function built(texts: readonly string[]): Promise<Part> {
  const builder = new PartBuilder(texts.length)
  for (let ordinal = texts.length - 1; ordinal >= 0; ordinal -= 1) builder.add(ordinal, gramsOf(texts[ordinal] ?? ''))
  const blocks: Uint8Array[] = []
  return { ...(await builder.finish((_n, bytes) => void blocks.push(bytes))), blocks }
}
async function merged(parts: readonly Part[], maps: readonly Uint32Array[], entries: number): Promise<Part> {
  const blocks: Uint8Array[] = []
  const readers = parts.map(
    (part, i) =>
      new PartReader(
        (async function* () {
          yield* part.blocks
        })(),
        part.entries,
        maps[i] as Uint32Array,
      ),
  )
  return { ...(await writeParts(readers, entries, (_n, bytes) => void blocks.push(bytes))), blocks }
}
function setOf(part: Part, key: number): Ordinals {
  let n = part.firstKeys.findLastIndex((first) => first <= key)
  if (n < 0) n = 0
  let found = Ordinals.none(part.entries)
  const block = part.blocks[n]
  if (block)
    readBlock(block, part.entries, (one, _size, set) => {
      if (one === key) found = set()
      return one < key
    })
  return found
}
const conditionOf = (words: readonly string[][]): Condition =>
  words.map((forms) => forms.map((form) => gramsOfWord(form, fieldOffset.any)))
/** Text by text: every word occurs in one of its forms. */
const bruteForce = (texts: readonly string[], words: readonly string[][]): number[] =>
  texts.flatMap((one, i) => (words.every((forms) => forms.some((form) => one.includes(form))) ? [i] : []))

describe('集合', () => {
  it('交、并、差、逐个、编码与解码，与数组所得相同', () => {
    const list = (limit: number) => fc.uniqueArray(fc.nat({ max: limit - 1 }), { maxLength: limit })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }).chain((limit) => fc.tuple(fc.constant(limit), list(limit), list(limit))),
        fc.nat({ max: 320 }),
        ([limit, one, two], from) => {
          const ascending = (given: number[]) => Uint32Array.from(given).sort()
          for (const [a, b] of [
            [Ordinals.of(limit, ascending(one)), Ordinals.of(limit, ascending(two))],
            [bitsOf(limit, one), Ordinals.of(limit, ascending(two))],
            [bitsOf(limit, one), bitsOf(limit, two)],
          ] as const) {
            const sorted = (given: number[]) => given.toSorted((x, y) => x - y)
            expect(a.and(b).toArray()).toEqual(sorted(one.filter((x) => two.includes(x))))
            expect(a.or(b).toArray()).toEqual(sorted([...new Set([...one, ...two])]))
            expect(a.without(b).toArray()).toEqual(sorted(one.filter((x) => !two.includes(x))))
            expect([a.size, b.size]).toEqual([one.length, two.length])
            const seen: number[] = []
            a.walk((x) => {
              seen.push(x)
              return true
            }, from)
            expect(seen).toEqual(sorted(one.filter((x) => x >= from)))
          }
          const bytes = new Uint8Array(4096)
          const end = encodeSet(limit, ascending(one), one.length, bytes, 7)
          expect(end).toBeLessThanOrEqual(7 + Math.max(one.length * 2, limit / 8 + 1))
          expect(decodeSet(limit, one.length, bytes, 7).toArray()).toEqual([...ascending(one)])
        },
      ),
      { numRuns: 200 },
    )
    expect(Ordinals.all(70).toArray()).toHaveLength(70)
  })
})
function bitsOf(limit: number, list: readonly number[]): Ordinals {
  const bits = new Uint32Array((limit + 31) >>> 5)
  for (const x of list) bits[x >>> 5] = (bits[x >>> 5] as number) | (1 << (x & 31))
  return Ordinals.ofBits(limit, bits)
}

describe('检索', () => {
  const texts = fc.array(text, { minLength: 1, maxLength: 90 })
  const asked = fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })

  it('三个单位以内的词，查到的恰是含有它的；更长的，一件不漏；逐件判断与集合所得相同', async () => {
    await fc.assert(
      fc.asyncProperty(texts, asked, async (given, words) => {
        const part = await built(given)
        const condition = conditionOf(words)
        const found = setFor(condition, Ordinals.all(given.length), (key) => setOf(part, key)).toArray()
        const right = bruteForce(given, words)
        if (words.flat().every(isDecisive)) expect(found).toEqual(right)
        else expect(found).toEqual(expect.arrayContaining(right))
        const alone = given.flatMap((one, i) => {
          const keys = new Set(gramsOf(one).distinct())
          return holdsFor(condition, (key) => keys.has(key)) ? [i] : []
        })
        expect(alone).toEqual(found)
      }),
      { numRuns: 60 },
    )
  })

  it('分成几部再合并、去掉几件，与一次建成的相同', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, fc.nat({ max: 3 }), fc.boolean()), { minLength: 2, maxLength: 80 }),
        asked,
        async (given, words) => {
          const kept = given.filter(([, , keep]) => keep)
          const groups = [0, 1, 2, 3].map((g) => given.filter(([, group]) => group === g))
          const parts = await Promise.all(groups.map((group) => built(group.map(([one]) => one))))
          const maps = groups.map((group) =>
            Uint32Array.from(group, (entry) => (entry[2] ? kept.indexOf(entry) : PartReader.gone)),
          )
          const part = await merged(parts, maps, kept.length)
          const whole = await built(kept.map(([one]) => one))
          const condition = conditionOf(words)
          const all = Ordinals.all(kept.length)
          expect(setFor(condition, all, (key) => setOf(part, key)).toArray()).toEqual(
            setFor(condition, all, (key) => setOf(whole, key)).toArray(),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('几部合并，与一次建成的逐字节相同：少的、多的、去掉几件的，都是', async () => {
    const kept = Array.from({ length: 5_000 }, (_, i) => `公告${String.fromCharCode(0x4e00 + (i % 700))}甲${i % 97}`)
    const gone = (i: number): boolean => i % 11 === 3
    // Every third entry is in the first part, and so on; each part also has a few that are left out.
    const groups = [0, 1, 2].map((g) => kept.flatMap((one, i) => (i % 3 === g ? [{ one, i }] : [])))
    const withGone = groups.map((group) =>
      group.flatMap((entry, at) => (gone(at) ? [{ one: '要去掉的', i: PartReader.gone }, entry] : [entry])),
    )
    const parts = await Promise.all(withGone.map((group) => built(group.map(({ one }) => one))))
    const part = await merged(
      parts,
      withGone.map((group) => Uint32Array.from(group, ({ i }) => i)),
      kept.length,
    )
    const whole = await built(kept)
    expect(part.firstKeys).toEqual(whole.firstKeys)
    expect(part.blocks.map((block) => Buffer.from(block).toString('hex'))).toEqual(
      whole.blocks.map((block) => Buffer.from(block).toString('hex')),
    )
  })

  it('一块写满即另起一块，常用的字是位图，逐块读回的与写入的相同', async () => {
    const given = Array.from({ length: 3_000 }, (_, i) => `公告${String.fromCharCode(0x4e00 + (i % 2_000))}甲${i}乙`)
    const part = await built(given)
    expect(part.blocks.length).toBeGreaterThan(4)
    expect([...part.firstKeys]).toEqual([...part.firstKeys].sort((a, b) => a - b))
    expect(setOf(part, gramsOfWord('公', 0)[0] as number).size).toBe(3_000)
    for (const one of ['公告一', '甲7', '12乙', '没有'])
      expect(setFor(conditionOf([[one]]), Ordinals.all(3_000), (key) => setOf(part, key)).toArray()).toEqual(
        bruteForce(given, [[one]]),
      )
  })
})
