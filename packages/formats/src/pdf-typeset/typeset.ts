// What a document looks like on paper, as data for the typesetter: the same lines and the same layout as the docx.
import { charactersOf, dressed, keptWithNext, linesBelowHead, markSizeOf } from '../docx-export/export-docx.ts'
import { type FontName, gbt9704, type LayoutProfile } from '../docx-export/profiles.ts'
import { type LayoutLine, wordsOfLine } from '../layout-lines.ts'
import { type PublishedDocument, titleOf } from '../published-document.ts'
import { withoutControlsIn } from '../xml-text.ts'
import { template } from './template.ts'

/** A program for the typesetter and its data; `date` (YYYY-MM-DD) is the only time the file states. */
export interface Typeset {
  main: string
  inputs: { document: string }
  date: string | null
}

const bodySize = 16
const pointsOf = (millimetres: number): number => (millimetres / 25.4) * 72
/** These stand out by weight where the office has not put in its own 黑体 and 小标宋. */
const heavy: ReadonlySet<FontName> = new Set(['hei', 'xiaobiaosong'])
/** The open Song face that everything falls back on. */
const fallback = 'Noto Serif SC'

/**
 * A document as a program for Typst in the layout of `profile` (GB/T 9704—2012 unless told otherwise). As in the docx: a text
 * that was imported, or that lacks 署名 or 成文日期, has no 版头, 签发人 appears only on 上行文, the 版记 stands at the foot of the last page.
 */
export function typesetOf(given: PublishedDocument, layout: LayoutProfile = gbt9704): Typeset {
  const document = withoutControlsIn(given)
  const profile = dressed(document, layout)
  const { page, grid, head } = profile
  const pitch = pointsOf(page.height - page.top - page.bottom) / grid.lines
  const width = pointsOf(page.width - page.left - page.right)
  const number = document.structure.documentNumber ?? document.documentNumber
  const all = linesBelowHead(document, profile)
  const imprint = all.filter((line) => line.role === 'imprint')
  const date = all.find((line) => line.role === 'date')
  const lines = all.flatMap((line, index) =>
    line.role === 'imprint' || line.rows?.length === 0 ? [] : [lineOf(line, index, all, date, profile)],
  )
  const data = {
    title: titleOf(document),
    authors: document.issuers,
    page,
    pitch,
    size: bodySize,
    tracking: Math.floor((width / grid.characters - bodySize) * 100) / 100,
    number: profile.pageNumber,
    fonts: Object.fromEntries(
      Object.entries(profile.fontAliases).map(([name, aliases]) => [
        name,
        [...new Set([profile.fonts[name as FontName], ...aliases])].concat(fallback),
      ]),
    ),
    head:
      head === null
        ? null
        : {
            top: head.markTop,
            red: `#${head.red}`,
            size: markSizeOf(document.issuers, profile),
            marks: document.issuers,
            suffix: head.markSuffix,
            numberLines: head.numberLines,
            number: number ?? '',
            signer: document.direction === 'up' ? document.signer : null,
            ruleBelow: head.ruleBelow,
          },
    lines,
    imprint:
      imprint.length === 0
        ? null
        : {
            size: profile.lines.imprint.size,
            font: profile.lines.imprint.font,
            outer: profile.imprint.outerRule,
            inner: profile.imprint.innerRule,
            lines: imprint.map((line) => {
              const words = wordsOfLine(line)
              const [, organ, day] = /^(.+)\u3000(\S*日\s*印发)$/u.exec(words) ?? []
              const label = charactersOf(/^[^：:]{2,3}[：:]/u.exec(words)?.[0] ?? '')
              return { text: organ ?? words, day: day ?? null, label }
            }),
          },
  }
  const day = document.publicationDate ?? document.adoptionDate
  return { main: template, inputs: { document: JSON.stringify(data) }, date: day }
}

function lineOf(
  line: LayoutLine,
  index: number,
  all: readonly LayoutLine[],
  date: LayoutLine | undefined,
  profile: LayoutProfile,
) {
  const style = profile.lines[line.role]
  const words = wordsOfLine(line)
  const first = all[index - 1]?.role !== line.role
  const last = all[index + 1]?.role !== line.role
  const place = { first: style.firstLine, hanging: 0, left: style.left ?? 0, right: style.right }
  if (line.role === 'attachments-note') {
    const [, label = '', number = ''] = /^(附件：)?(\d+[.．]\s?)?/u.exec(words) ?? []
    place.left = style.firstLine + (first ? 0 : charactersOf('附件：'))
    place.hanging = charactersOf(label) + charactersOf(number)
    place.first = 0
  }
  // 署名 is centred above the date (GB/T 9704 7.3.5.1).
  if (line.role === 'signature' && date !== undefined)
    place.right = Math.max(0, profile.lines.date.right + (charactersOf(wordsOfLine(date)) - charactersOf(words)) / 2)
  return {
    ...place,
    size: style.size,
    font: style.font,
    align: style.align,
    before: first ? style.linesBefore : 0,
    after: last ? style.linesAfter : 0,
    distance: style.lineDistance ?? null,
    newPage: style.newPage === true,
    keep: keptWithNext.has(line.role),
    segments: line.segments.map(({ kind, text }) => {
      const font = kind === 'lead' ? (style.leadFont ?? style.font) : style.font
      return { text, font, heavy: heavy.has(font) }
    }),
    rows: line.rows === undefined ? null : even(line.rows),
    columns: line.rows === undefined ? [] : columnsOf(line.rows),
  }
}
/** Rows of one length: the typesetter counts cells. */
function even(rows: readonly string[][]): string[][] {
  const count = Math.max(1, ...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array.from({ length: count - row.length }, () => '')])
}
/** Shares of the width: by the root of the longest words of a column, so that a long one does not starve the others. */
const columnsOf = (rows: readonly string[][]): number[] =>
  (even(rows)[0] ?? []).map((_, at) => Math.sqrt(Math.max(3, ...rows.map((row) => charactersOf(row[at] ?? '')))))
