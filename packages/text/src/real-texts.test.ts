// Trials on the real documents beside the repository; what is checked is stated, what is missing is said.
import { readChineseNumeral } from '@dianzhang/numbering'
import { describe, expect, it } from 'vitest'
import { addressOf, findByAddress } from './address.ts'
import { everyElement } from './arbitraries.fixture.ts'
import { cite } from './cite.ts'
import { type Comparison, compareStructures } from './compare.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'
import { type CorpusDocument, companyLaw, corpus, sharedFile, sourceOf } from './shared-data.fixture.ts'
import type { StructuredText } from './tree.ts'

/** The words without spaces, signs of tables and list signs: what printing must not lose. */
const letters = (text: string): string => text.replace(/[^\p{Script=Han}0-9A-Za-z]/gu, '')

/** What one pass over all documents found: each is read once, none is kept. */
interface Read {
  documents: number
  numbered: number
  wrong: string[]
  printed: number
  lost: string[]
  unstable: number
  addresses: number
  back: number
  named: number
  misplaced: string[]
  /** Counts and trees that other tests ask for, by the id of the document. */
  counts: Map<string, StructuredText['counts']>
  trees: Map<string, StructuredText>
}

function readAll(documents: readonly CorpusDocument[], kept: ReadonlySet<string>): Read {
  const read: Read = {
    documents: documents.length,
    numbered: 0,
    wrong: [],
    printed: 0,
    lost: [],
    unstable: 0,
    addresses: 0,
    back: 0,
    named: 0,
    misplaced: [],
    counts: new Map(),
    trees: new Map(),
  }
  for (const [at, { id, body }] of documents.entries()) {
    const t = parseText(body)
    read.counts.set(id, t.counts)
    if (kept.has(id)) read.trees.set(id, t)
    const right = countedRight(body, t)
    if (right !== null) read.numbered++
    if (right === false) read.wrong.push(id)
    if (at % 4 === 0) {
      read.printed++
      const printed = printText(t)
      const source = t.toc === null ? body : body.slice(0, t.toc.start) + body.slice(t.toc.end)
      // Lines of a web page are not of the text; every one that is left out is listed.
      const listed = (t.skipped ?? []).map(({ line }) => letters(body.split('\n')[line - 1] ?? '')).join('')
      // Only list signs may be added (“1.” before the one name of 附件说明 that had none).
      // What the page says of the text stands in for what the text does not say.
      const kept = body.split('\n').filter((_, at) => !(t.skipped ?? []).some(({ line }) => line === at + 1))
      const given = (t.candidates ?? [])
        .map(({ value }) => value)
        .filter((value) => (value === t.title || value === t.documentNumber) && !kept.includes(value))
      const difference =
        letters(printed).length - (letters(source).length - listed.length) - letters(given.join('')).length
      if (difference < 0 || difference > 3) read.lost.push(id)
      if (printText(parseText(printed)) !== printed) read.unstable++
    }
    if (at % 20 === 0) {
      for (const element of everyElement(t)) {
        read.addresses++
        if (findByAddress(t, addressOf(t, element.id)) === element) read.back++
      }
      const citations = cite(body, t)
      read.named += citations.named.length
      for (const one of [...citations.internal, ...citations.docNos])
        if (body.slice(one.start, one.end) !== one.text) read.misplaced.push(`${id} ${one.text}`)
    }
  }
  return read
}

/** Whether articles and chapters are counted right; null for a text that does not number its articles 1…N. */
function countedRight(body: string, t: StructuredText): boolean | null {
  const written = [
    ...body.matchAll(/^第([一二三四五六七八九十百千零〇]+)条(之[一二三四五六七八九十]+)?(?=[\s\u3000])/gmu),
  ]
  const main = written.filter((one) => one[2] === undefined).map((one) => readChineseNumeral(one[1] ?? ''))
  if (main.length === 0 || main.some((value, at) => value !== at + 1)) return null
  const headings = [...body.matchAll(/^第[一二三四五六七八九十百千零〇]+章(?:[\s\u3000][^。；\n]*)?$/gmu)]
  const { toc } = t
  const ofToc = toc === null ? 0 : headings.filter((one) => one.index >= toc.start && one.index < toc.end).length
  // Headings without a space after the number are found too, so there may be more than were counted here.
  return (
    t.counts.articles === main.length &&
    t.counts.articles + t.counts.insertedArticles === written.length &&
    t.counts.chapters >= headings.length - ofToc
  )
}

/** The groups of versions of the corpus that are compared. */
const groups = (JSON.parse(sharedFile('versions.json') ?? '[]') as Array<{ versions: Array<{ id: string }> }>).filter(
  (_, at) => at % 6 === 0,
)
const documents = corpus()
const read =
  documents && readAll(documents, new Set(groups.flatMap(({ versions }) => versions.slice(0, 2).map(({ id }) => id))))

describe('the real documents', () => {
  it('that number their articles 1…N are read with N articles, and chapters as often as their headings stand in the text', () => {
    if (read === null) return
    expect(read.numbered).toBeGreaterThan(read.documents * 0.8)
    expect(read.wrong.length / read.numbered).toBeLessThanOrEqual(0.005)
  })

  it('lose no word when printed, and are read back with as many elements', () => {
    if (read === null) return
    expect(read.lost).toEqual([])
    expect(read.unstable / read.printed).toBeLessThanOrEqual(0.02)
  })

  it('have addresses that lead back to each of their elements', () => {
    if (read === null) return
    expect(read.back / read.addresses).toBeGreaterThan(0.999)
  })

  it('cite others: offsets hold, and a range of well-known laws is found', () => {
    if (read === null) return
    expect(read.misplaced).toEqual([])
    expect(read.named).toBeGreaterThan(400)
  })
})

describe('the manifest of the docx files', () => {
  it('agrees with the same texts read as plain text, but for headings numbered by Word', () => {
    const manifest = sharedFile('docx/manifest.json')
    if (manifest === null || read === null) return
    const facts = JSON.parse(manifest) as Array<{
      file: string
      corpusId: string | null
      autoNumberedParagraphs: number
      parts: number
      chapters: number
      sections: number
      articles: number
      firstArticle: string | null
      lastArticle: string | null
    }>
    let checked = 0
    for (const fact of facts) {
      const counts = fact.corpusId === null ? undefined : read.counts.get(fact.corpusId)
      // Automatic numbers are not in the plain text; the docx import reads them.
      if (counts === undefined || fact.autoNumberedParagraphs > 0) continue
      checked++
      const { parts, chapters, sections, articles, firstArticle, lastArticle } = fact
      expect(counts, fact.file).toMatchObject({ parts, chapters, sections, articles, firstArticle, lastArticle })
    }
    expect(checked).toBeGreaterThanOrEqual(14)
  })
})

describe('the versions of 公司法', () => {
  /** Of the pair that two tests look at. */
  let last: Comparison | null = null
  it('are compared in all 21 pairs; an article with the same words under another number is found as moved', () => {
    const versions = companyLaw()
    if (versions === null) return
    const trees = versions.map((version) => parseText(sourceOf(version)))
    expect(trees.map((t) => t.counts.articles)).toEqual(versions.map((version) => version.articles.length))
    let pairs = 0
    let expected = 0
    let moved = 0
    for (const [at, before] of trees.entries())
      for (const [behind, after] of trees.slice(at + 1).entries()) {
        pairs++
        const comparison = compareStructures(before, after)
        if (at === trees.length - 2) last = comparison
        const found = new Set(
          comparison.changes
            .filter((one) => one.moved)
            .flatMap((one) => one.before.flatMap((x) => one.after.map((y) => `${x.number}>${y.number}`))),
        )
        const newByText = Map.groupBy(versions[at + 1 + behind]?.articles ?? [], (one) => one.text.replace(/\s/gu, ''))
        const oldByText = Map.groupBy(versions[at]?.articles ?? [], (one) => one.text.replace(/\s/gu, ''))
        for (const [words, [article, ...others]] of oldByText) {
          const same = newByText.get(words)
          if (others.length > 0 || same?.length !== 1 || article?.no === same[0]?.no) continue
          expected++
          if (found.has(`${article?.no}>${same[0]?.no}`)) moved++
        }
      }
    expect(pairs).toBe(21)
    expect(expected).toBeGreaterThan(100)
    expect(moved).toBe(expected)
  })

  it('known mergers of 2023 are found: 第一百三十三条 and 第一百三十五条 of 2018 are 第一百五十一条', () => {
    const versions = companyLaw()
    if (versions === null) return
    const [before, after] = versions.slice(-2).map((version) => parseText(sourceOf(version)))
    if (!before || !after) throw new Error('版本不足')
    last ??= compareStructures(before, after)
    const merged = last.changes.filter((one) => one.kind === 'merged')
    expect(merged.map((one) => `${one.before.map((x) => x.number).join('+')}→${one.after[0]?.number}`)).toContain(
      '第一百三十三条+第一百三十五条→第一百五十一条',
    )
  })
})

describe('the version pairs of the corpus', () => {
  it('pair at least every article whose words did not change', () => {
    if (read === null) return
    let compared = 0
    for (const { versions } of groups) {
      const [newer, older] = versions.map(({ id }) => read.trees.get(id))
      if (!newer || !older) continue
      compared++
      const { changes } = compareStructures(older, newer)
      const deleted = new Set(
        changes.filter((one) => one.kind === 'deleted').map((one) => one.before[0]?.text.replace(/\s/gu, '')),
      )
      for (const change of changes)
        if (change.kind === 'added')
          expect(deleted.has(change.after[0]?.text.replace(/\s/gu, '')), change.after[0]?.address).toBe(false)
    }
    expect(compared).toBeGreaterThan(10)
  })
})
