// Trials on the real documents beside the repository; what is checked is stated, what is missing is said.
import { readChineseNumeral } from '@dianzhang/numbering'
import { describe, expect, it } from 'vitest'
import { addressOf, findByAddress } from './address.ts'
import { everyElement } from './arbitraries.fixture.ts'
import { cite } from './cite.ts'
import { compareStructures } from './compare.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'
import { companyLaw, corpus, sharedFile, sourceOf } from './shared-data.fixture.ts'

/** The words without spaces, signs of tables and list signs: what printing must not lose. */
const letters = (text: string): string => text.replace(/[^\p{Script=Han}0-9A-Za-z]/gu, '')

describe('the real documents', () => {
  it('that number their articles 1…N are read with N articles, and chapters as often as their headings stand in the text', () => {
    const documents = corpus()
    if (documents === null) return
    let numbered = 0
    const wrong: string[] = []
    for (const { id, body } of documents) {
      const written = [
        ...body.matchAll(/^第([一二三四五六七八九十百千零〇]+)条(之[一二三四五六七八九十]+)?(?=[\s\u3000])/gmu),
      ]
      const main = written.filter((one) => one[2] === undefined).map((one) => readChineseNumeral(one[1] ?? ''))
      if (main.length === 0 || main.some((value, at) => value !== at + 1)) continue
      numbered++
      const t = parseText(body)
      const headings = [...body.matchAll(/^第[一二三四五六七八九十百千零〇]+章(?:[\s\u3000][^。；\n]*)?$/gmu)]
      const ofToc =
        t.toc === null
          ? 0
          : headings.filter((one) => one.index >= (t.toc?.start ?? 0) && one.index < (t.toc?.end ?? 0)).length
      const articles =
        t.counts.articles === main.length && t.counts.articles + t.counts.insertedArticles === written.length
      // Headings without a space after the number are found too, so there may be more than were counted here.
      if (!articles || t.counts.chapters < headings.length - ofToc) wrong.push(id)
    }
    expect(numbered).toBeGreaterThan(documents.length * 0.8)
    expect(wrong.length / numbered).toBeLessThanOrEqual(0.005)
  })

  it('lose no word when printed, and are read back with as many elements', () => {
    const documents = corpus()
    if (documents === null) return
    const lost: string[] = []
    const unstable: string[] = []
    const sample = documents.filter((_, at) => at % 4 === 0)
    for (const { id, body } of sample) {
      const t = parseText(body)
      const printed = printText(t)
      const source = t.toc === null ? body : body.slice(0, t.toc.start) + body.slice(t.toc.end)
      // Only list signs may be added (“1.” before the one name of 附件说明 that had none).
      const difference = letters(printed).length - letters(source).length
      if (difference < 0 || difference > 3) lost.push(id)
      if (printText(parseText(printed)) !== printed) unstable.push(id)
    }
    expect(lost).toEqual([])
    expect(unstable.length / sample.length).toBeLessThanOrEqual(0.02)
  })

  it('have addresses that lead back to each of their elements', () => {
    const documents = corpus()
    if (documents === null) return
    let all = 0
    let back = 0
    for (const { body } of documents.filter((_, at) => at % 20 === 0)) {
      const t = parseText(body)
      for (const element of everyElement(t)) {
        all++
        if (findByAddress(t, addressOf(t, element.id)) === element) back++
      }
    }
    expect(back / all).toBeGreaterThan(0.999)
  })

  it('cite others: offsets hold, and a range of well-known laws is found', () => {
    const documents = corpus()
    if (documents === null) return
    let found = 0
    for (const { body } of documents.filter((_, at) => at % 20 === 0)) {
      const citations = cite(body)
      found += citations.named.length
      for (const one of [...citations.internal, ...citations.docNos])
        expect(body.slice(one.start, one.end)).toBe(one.text)
    }
    expect(found).toBeGreaterThan(400)
  })
})

describe('the manifest of the docx files', () => {
  it('agrees with the same texts read as plain text, but for headings numbered by Word', () => {
    const manifest = sharedFile('docx/manifest.json')
    const documents = corpus()
    if (manifest === null || documents === null) return
    const bodies = new Map(documents.map((one) => [one.id, one.body]))
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
      const body = fact.corpusId === null ? undefined : bodies.get(fact.corpusId)
      // Automatic numbers are not in the plain text; the docx import reads them.
      if (body === undefined || fact.autoNumberedParagraphs > 0) continue
      checked++
      const { parts, chapters, sections, articles, firstArticle, lastArticle } = fact
      expect(parseText(body).counts, fact.file).toMatchObject({
        parts,
        chapters,
        sections,
        articles,
        firstArticle,
        lastArticle,
      })
    }
    expect(checked).toBeGreaterThanOrEqual(14)
  })
})

describe('the versions of 公司法', () => {
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
    const merged = compareStructures(before, after).changes.filter((one) => one.kind === 'merged')
    expect(merged.map((one) => `${one.before.map((x) => x.number).join('+')}→${one.after[0]?.number}`)).toContain(
      '第一百三十三条+第一百三十五条→第一百五十一条',
    )
  })
})

describe('the version pairs of the corpus', () => {
  it('pair at least every article whose words did not change', () => {
    const list = sharedFile('versions.json')
    const documents = corpus()
    if (list === null || documents === null) return
    const bodies = new Map(documents.map((one) => [one.id, one.body]))
    const groups = JSON.parse(list) as Array<{ versions: Array<{ id: string; articles: number }> }>
    let compared = 0
    for (const group of groups.filter((_, at) => at % 6 === 0)) {
      const [newer, older] = group.versions.map((one) => bodies.get(one.id) ?? '')
      if (!newer || !older) continue
      compared++
      const a = parseText(older)
      const b = parseText(newer)
      const { changes } = compareStructures(a, b)
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
