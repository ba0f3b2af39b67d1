// PDF: the words of the text stand on its pages, in order, in faces that are embedded; nothing in a text is a command.
import { layoutLines, type PublishedDocument, typesetOf, wordsOfLine } from '@dianzhang/formats'
import { parseText } from '@dianzhang/text'
import fc from 'fast-check'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { circularDocument, documents, measuresDocument } from '../../formats/src/documents.fixture.ts'
import { writtenAs } from './typesetter.ts'

const pdf = { id: 'pdf', name: '', extension: 'pdf', mediaType: '', typeset: typesetOf } as const
const set = (document: PublishedDocument) => writtenAs({ ...pdf, typeset: (d) => typesetOf(d) }, document)
/** Words without space: where lines break is the typesetter's affair. Page numbers stand between pages. */
const bare = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '')
async function read(bytes: Uint8Array): Promise<{ pages: number; words: string; title: unknown; author: unknown }> {
  const file = await getDocumentProxy(new Uint8Array(bytes))
  const { totalPages, text } = await extractText(file, { mergePages: false })
  const { info } = await getMeta(file)
  const words = text.map((page, i) => bare(page).replace(new RegExp(`—${i + 1}—$`, 'u'), '')).join('')
  return { pages: totalPages, words, title: info.Title, author: info.Author }
}
/** The words the text has, in order, as the docx has them. */
const wordsOf = (document: PublishedDocument): string[] =>
  layoutLines(document.structure)
    .filter(({ role }) => role !== 'document-number' && role !== 'imprint')
    .flatMap((line) => (line.rows ? line.rows.flat() : [wordsOfLine(line)]))
    .map(bare)
    .filter((words) => words !== '')
function inOrder(words: string, wanted: readonly string[]): string | null {
  let at = 0
  for (const one of wanted) {
    const found = words.indexOf(one, at)
    if (found < 0) return one
    at = found + one.length
  }
  return null
}

describe('PDF', () => {
  it.each(Object.entries(documents))(
    '%s: every word in order, title, author, red head and number',
    async (_name, document) => {
      const { words, title, author } = await read(await set(document))
      expect(inOrder(words, wordsOf(document))).toBeNull()
      expect(title).toBe(document.structure.title)
      expect(author).toBe(document.issuers.join(', '))
      expect(words).toContain(bare(document.structure.documentNumber ?? document.documentNumber ?? ''))
      if (document.origin === 'made') expect(words).toContain(`${document.issuers.at(-1)}`)
    },
  )
  it('the same document gives the same bytes, another gives others', async () => {
    const once = Buffer.from(await set(measuresDocument))
    expect(Buffer.from(await set(measuresDocument)).equals(once)).toBe(true)
    expect(Buffer.from(await set(circularDocument)).equals(once)).toBe(false)
    expect(once.subarray(0, 5).toString()).toBe('%PDF-')
  })
  it('an imported text has no red head', async () => {
    const { words } = await read(await set({ ...measuresDocument, origin: 'imported' }))
    expect(words.startsWith(bare(measuresDocument.structure.title ?? ''))).toBe(true)
  })
  it('without a red head the title stands two lines below the top of the page, as in Word', async () => {
    const firstLine = async (document: PublishedDocument) => {
      const page = await (await getDocumentProxy(new Uint8Array(await set(document)))).getPage(1)
      const { items } = await page.getTextContent()
      const { height } = page.getViewport({ scale: 1 })
      return height - Math.max(...items.map((item) => ('transform' in item ? Number(item.transform[5]) : 0)))
    }
    // The top margin is 37 mm, a line 28.95 pt: the title's line of 22 pt ends in the third line.
    const at = await firstLine({ ...measuresDocument, origin: 'imported' })
    const top = (37 / 25.4) * 72
    expect(at - top).toBeGreaterThan(2 * 28)
    expect(at - top).toBeLessThan(3.2 * 29)
  })
  it('whatever signs stand in a text, they are printed and not obeyed', async () => {
    const signs = fc.stringMatching(/^[#$*_`~@<>\\[\]{}"'=/+\-a-z第条一]{1,30}$/)
    await fc.assert(
      fc.asyncProperty(signs, async (piece) => {
        const structure = parseText(`某县某办法\n第一条　甲${piece}乙。`)
        const { words } = await read(await set({ ...measuresDocument, structure }))
        // Ligatures and quotes are the face's own; the signs of the language of the typesetter are what matters here.
        expect(words).toContain(bare(`甲${piece}乙。`))
      }),
      { numRuns: 15 },
    )
  })
  it('a table keeps its cells, a long text its last article; it grows with the text and no faster', async () => {
    const articles = Array.from({ length: 300 }, (_, i) => `第${i + 1}条　本条规定第${i + 1}项事务的办理。`)
    const structure = parseText(
      ['某县某办法', ...articles, '| 项目 | 标准 |', '| --- | --- |', '| 灌溉 | 三元 |'].join('\n'),
    )
    const { words, pages } = await read(await set({ ...measuresDocument, structure }))
    expect(words).toContain('本条规定第300项事务的办理。')
    expect(words).toContain('灌溉三元')
    expect(pages).toBeGreaterThan(10)
  })
})
