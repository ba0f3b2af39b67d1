// Tracked changes, all and one by one: whatever a person decides, the text is the one Word would show, and the report says so.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { docxOf, paragraph, part, run } from './docx.fixture.ts'
import { importDocx } from './index.ts'

describe('修订：任意的插入、删除、移动', () => {
  // Words in order: kept, inserted, deleted, by one of two persons, perhaps with a comment on them or another format.
  const piece = fc.record({
    words: fc.stringMatching(/^[甲乙丙丁戊己庚辛]{1,6}$/),
    kind: fc.constantFrom('kept', 'inserted', 'deleted', 'both', 'formatted', 'commented'),
    by: fc.constantFrom('起草', '审核'),
  })
  const printed = ({ words, kind, by }: { words: string; kind: string; by: string }): string => {
    const who = `w:id="1" w:author="${by}" w:date="2026-08-01T00:00:00Z"`
    const gone = `<w:del ${who}><w:r><w:delText>${words}</w:delText></w:r></w:del>`
    if (kind === 'inserted') return `<w:ins ${who}>${run(words)}</w:ins>`
    if (kind === 'deleted') return gone
    // Inserted by one and deleted again by the other.
    if (kind === 'both') return `<w:ins ${who}>${gone}</w:ins>`
    if (kind === 'formatted') return run(words, `<w:b/><w:rPrChange ${who}><w:rPr/></w:rPrChange>`)
    if (kind === 'commented')
      return `<w:commentRangeStart w:id="0"/>${run(words)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`
    return run(words)
  }
  const comments = {
    'comments.xml': part('comments', `<w:comment w:id="0" w:author="审核"><w:p>${run('请核对')}</w:p></w:comment>`),
  }
  test('接受、拒绝、未决定各得其文，已决定的不算丢失，未决定的不会不说', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
        const body = `<w:p>${run('第一条　')}${pieces.map(printed).join('')}${run('。')}</w:p>`
        const bytes = await docxOf(body, comments)
        const text = (...kinds: string[]): string =>
          `第一条　${pieces.flatMap(({ kind, words }) => (kinds.includes(kind) ? words : [])).join('')}。\n`
        const common = ['kept', 'formatted', 'commented']
        const accepted = await importDocx(bytes, { revisions: 'accept' })
        const rejected = await importDocx(bytes, { revisions: 'reject' })
        const undecided = await importDocx(bytes)
        expect(accepted.text).toBe(text(...common, 'inserted'))
        expect(rejected.text).toBe(text(...common, 'deleted'))
        expect(undecided.text).toBe(rejected.text)
        const revised = ({ kind }: { kind: string }): boolean => kind === 'insertion' || kind === 'deletion'
        for (const { loss } of [accepted, rejected]) {
          expect(loss.filter(revised).filter(({ losesWords }) => losesWords)).toEqual([])
          for (const { message } of loss) expect(message).not.toMatch(/请先决定/)
        }
        const changed = pieces.some(({ kind }) => ['inserted', 'deleted', 'both'].includes(kind))
        expect(undecided.revisions > 0).toBe(changed)
        if (changed)
          expect(
            undecided.loss
              .filter(revised)
              .map(({ message }) => message)
              .join(),
          ).toMatch(/还没有决定/)
        if (pieces.some(({ kind }) => kind === 'inserted')) expect(undecided.wouldLoseWords).toBe(true)
      }),
      { numRuns: 80 },
    )
  })
  test.each([
    [
      '两段合为一段',
      `<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="甲"/></w:rPr></w:pPr>${run('第一条　经营者应当')}</w:p>${paragraph('公示。')}`,
      2,
      1,
    ],
    [
      '一段分为两段',
      `<w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="甲"/></w:rPr></w:pPr>${run('第一条　甲。')}</w:p>${paragraph('乙。')}`,
      1,
      2,
    ],
  ])('%s的修订没有文字，也说明照哪一种分段', async (_, body, before, after) => {
    for (const [revisions, lines, said] of [
      ['undecided', before, /修订以前的分段.*请先决定/],
      ['reject', before, /已拒绝.*修订以前的分段/],
      ['accept', after, /已接受.*修订以后的分段/],
    ] as const) {
      const read = await importDocx(await docxOf(body), { revisions })
      expect(read.text.trimEnd().split('\n')).toHaveLength(lines)
      expect(read.loss.map(({ message }) => message).join()).toMatch(said)
      expect(read.wouldLoseWords).toBe(false)
    }
  })
})
