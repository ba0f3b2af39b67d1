import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, findByAddress } from './address.ts'
import { everyElement, shapeOf, structuredText } from './arbitraries.fixture.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'

describe('a generated tree', () => {
  it('is read back from its print as the same tree', () => {
    fc.assert(
      fc.property(structuredText, (tree) => {
        const printed = printText(tree)
        const read = parseText(printed)
        expect(shapeOf(read)).toEqual(shapeOf(tree))
        expect(read.faults).toEqual([])
        // Printing what was read prints the same, and gives the same ids.
        expect(printText(read)).toBe(printed)
        expect(everyElement(parseText(printText(read))).map((one) => one.id)).toEqual(
          everyElement(read).map((one) => one.id),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('has ids and addresses of which no two are alike, and every address leads back', () => {
    fc.assert(
      fc.property(structuredText, (tree) => {
        const t = parseText(printText(tree))
        const all = everyElement(t)
        expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
        expect(new Set(all.map((one) => addressOf(t, one.id))).size).toBe(all.length)
        for (const element of all) expect(findByAddress(t, addressOf(t, element.id))).toBe(element)
      }),
      { numRuns: 100 },
    )
  })

  it('keeps every word: the offsets of an element without children give its words in the source', () => {
    fc.assert(
      fc.property(structuredText, (tree) => {
        const source = printText(tree)
        for (const one of everyElement(parseText(source))) {
          if (one.level === 'table' || one.text === '') continue
          expect(source.slice(one.start, one.end)).toContain(one.text)
        }
      }),
      { numRuns: 100 },
    )
  })
})
