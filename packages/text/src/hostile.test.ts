// Whatever is pasted in: no exception, no hang. Time is proved by counted steps, which do not depend on the machine.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import { addressOf } from './address.ts'
import { adoptIds } from './adopt.ts'
import { everyElement } from './arbitraries.fixture.ts'
import { cite, citeWithMeter } from './cite.ts'
import { compareStructures, compareWithMeter } from './compare.ts'
import { outline } from './outline.ts'
import { parseText, parseWithMeter } from './parse.ts'
import { printText } from './print.ts'
import { corpus } from './shared-data.fixture.ts'
import type { StructuredText } from './tree.ts'

const pieces = [
  '第',
  '一',
  '二',
  '十',
  '条',
  '章',
  '节',
  '编',
  '分编',
  '之',
  '款',
  '项',
  '目',
  '　',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u2028',
  '（',
  '）',
  '(',
  ')',
  '1',
  '12',
  '.',
  '．',
  '、',
  '①',
  '|',
  '---',
  '目录',
  '附件',
  '附',
  '：',
  ':',
  '“',
  '”',
  '《',
  '》',
  '修改为',
  '2026年3月2日',
  '海源市人民政府',
  '〔2026〕3号',
  '令第',
  '号',
  '以下简称',
  '本办法',
  '。',
  '；',
  '的',
  '\u0000',
  '\ud800',
  '𠮷',
  '\ufeff',
  '1.',
  '一、',
  '（一）',
  '第一条',
  '第一章',
  '附件1',
]
const mess = fc.array(fc.constantFrom(...pieces), { maxLength: 120 }).map((list) => list.join(''))

/** All that reads a text must come to an end and agree with itself. */
function readEverything(source: string): void {
  const t = parseText(source)
  const all = everyElement(t)
  expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
  for (const one of all) {
    expect(one.start).toBeGreaterThanOrEqual(0)
    expect(one.end).toBeLessThanOrEqual(source.length)
    expect(addressOf(t, one.id)).not.toBe('')
  }
  outline(t)
  const citations = cite(source)
  for (const one of [...citations.docNos, ...citations.internal])
    expect(source.slice(one.start, one.end)).toBe(one.text)
  parseText(printText(t))
}

describe('any text', () => {
  it('is read without an exception', () => {
    fc.assert(fc.property(fc.oneof(mess, fc.string({ unit: anyCharacter, maxLength: 300 })), readEverything), {
      numRuns: 1500,
    })
  })

  it('is compared with any other, and ids are taken over without a double', () => {
    fc.assert(
      fc.property(mess, mess, (one, other) => {
        const a = parseText(one)
        const b = parseText(other)
        compareStructures(a, b)
        const ids = everyElement(adoptIds(a, b)).map((element) => element.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 200 },
    )
  })

  it('a real text with lines lost, doubled, cut and swapped is read too', () => {
    const documents = corpus()
    if (documents === null) return
    const sample = documents.filter((_, at) => at % 90 === 0)
    fc.assert(
      fc.property(fc.constantFrom(...sample), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (document, cuts) => {
        let lines = document.body.slice(0, 20_000).split('\n')
        for (const [order, cut] of cuts.entries()) {
          const at = cut % Math.max(1, lines.length)
          const line = lines[at] ?? ''
          if (order % 4 === 0) lines.splice(at, 1)
          else if (order % 4 === 1) lines.splice(at, 0, line)
          else if (order % 4 === 2) lines.splice(at, 1, line.slice(0, cut % 7), line.slice(cut % 7))
          else lines = [...lines.slice(at), ...lines.slice(0, at)]
        }
        readEverything(lines.join('\n'))
      }),
      { numRuns: 60 },
    )
  })
})

describe('work grows with the length of the text and not faster', () => {
  const hostile: Record<string, string> = {
    articles: '第一条　应当办理登记。\n',
    'numbers without words': '第一章\n',
    'one long line': '第一条第二条',
    'tables of contents': '目录\n第一章　总则\n',
    'attachments announced and never given': '附件：1.甲\n2.乙\n丙\n',
    dates: '海源市人民政府\n2026年3月2日\n',
    'open quotations': '修改为：“第一条\n',
    'open names': '《',
    'names in names': '《甲》（以下简称《',
    'references without end': '第一条、第二条和',
    'spaces only': '　 \t',
    'tabs in lines': 'a\tb\n',
    'open brackets': '第一条（',
    titles: '关于档案\n',
    'document numbers': '国发〔2026〕1号',
    'numbers whose unit never comes': '第一、',
    'short names': '（以下简称“甲”、《乙》',
  }
  it('two long texts without a sentence in common: bounded for each character, and said to be compared coarsely', () => {
    const written = (seed: number, length: number): StructuredText => {
      // Sentences of one text are windows of one long row of signs; the rows of two texts share none.
      const row = Array.from({ length: 5000 }, (_, at) =>
        String.fromCharCode(0x4e00 + seed * 6000 + ((at * 7919) % 5003)),
      ).join('')
      const words = (count: number, at: number): string => row.slice((at * 577) % 4900).slice(0, count)
      const lines = ['某办法']
      for (let at = 1; at * 160 < length; at++) lines.push(`第${at}条　${words(90, at)}。`, `${words(60, at + 3)}。`)
      return parseText(lines.join('\n'))
    }
    for (const { length, coarse, most } of [
      { length: 60_000, coarse: false, most: 30 },
      { length: 640_000, coarse: true, most: 4 },
    ]) {
      const meter = { steps: 0 }
      expect(compareWithMeter(written(0, length), written(1, length), meter).coarse).toBe(coarse)
      expect(meter.steps).toBeLessThan(most * 2 * length)
      expect(meter.steps).toBeGreaterThan(length)
    }
    // A sentence that is repeated and numbered without end has an address each time.
    const repeated = parseText(`某办法\n第一条　甲：\n${'（一）乙；\n'.repeat(4000)}`)
    expect(new Set(everyElement(repeated).map((one) => addressOf(repeated, one.id))).size).toBe(4002)
  })
  for (const [name, piece] of Object.entries(hostile)) {
    it(`${name}: twice the text, twice the steps`, () => {
      const steps = (times: number): [number, number] => {
        const source = piece.repeat(times)
        const parsing = { steps: 0 }
        const citing = { steps: 0 }
        parseWithMeter(source, parsing)
        citeWithMeter(source, citing)
        return [parsing.steps, citing.steps]
      }
      const [parseOnce, citeOnce] = steps(2000)
      const [parseTwice, citeTwice] = steps(4000)
      expect(parseTwice).toBeLessThanOrEqual(2.2 * parseOnce + 200)
      expect(citeTwice).toBeLessThanOrEqual(2.2 * citeOnce + 200)
    })
  }
})
