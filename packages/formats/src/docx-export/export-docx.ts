// docx 导出：按版式数据排成公文。文字与 printText 逐字相同，所以再导入得到同一棵树。
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { letterheadStyle } from '../docx-import/letterhead-style.ts'
import { type LayoutLine, layoutLines } from '../layout-lines.ts'
import { type PublishedDocument, titleOf } from '../published-document.ts'
import { escapeXml, withoutControlsIn } from '../xml-text.ts'
import { type FontName, gbt9704, type LayoutProfile, type LineStyle } from './profiles.ts'

const twipsOfMillimetres = (length: number): number => Math.round((length / 25.4) * 1440)
/** Height of a line of the body grid, in twips. */
export const linePitchOf = ({ page, grid }: LayoutProfile): number =>
  Math.floor(twipsOfMillimetres(page.height - page.top - page.bottom) / grid.lines)

/**
 * A document as .docx in the layout of `profile` (GB/T 9704—2012 unless told otherwise). 签发人 appears only on 上行文; a text
 * that was imported has no 版头, which would look as if it had been issued here. Characters XML cannot carry are left out. The file holds no time but the document's own dates: the same document gives the same XML.
 */
export async function exportDocx(given: PublishedDocument, layout: LayoutProfile = gbt9704): Promise<Uint8Array> {
  const document = withoutControlsIn(given)
  const profile: LayoutProfile = document.origin === 'imported' ? { ...layout, head: null } : layout
  const { page } = profile
  const file = new Document({
    title: titleOf(document),
    creator: document.issuers.join('、'),
    lastModifiedBy: document.issuers[0] ?? '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: fontOf('fangsong', profile), size: 32 } } },
      characterStyles: [{ id: letterheadStyle, name: letterheadStyle }],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twipsOfMillimetres(page.width), height: twipsOfMillimetres(page.height) },
            margin: {
              top: twipsOfMillimetres(page.top),
              bottom: twipsOfMillimetres(page.bottom),
              left: twipsOfMillimetres(page.left),
              right: twipsOfMillimetres(page.right),
              // The page number stands below the 版心; the footer is measured from the edge of the paper.
              footer: twipsOfMillimetres(page.bottom - profile.pageNumber.below) - profile.pageNumber.size * 20,
            },
          },
          grid: {
            type: DocumentGridType.LINES_AND_CHARS,
            linePitch: linePitchOf(profile),
            charSpace: charSpaceOf(profile),
          },
        },
        footers: { default: pageNumber('right', profile), even: pageNumber('left', profile) },
        children: [...headOf(document, profile), ...bodyOf(document, profile)],
      },
    ],
  })
  const core = coreProperties(document)
  return new Uint8Array(await Packer.toArrayBuffer(file, undefined, [{ path: 'docProps/core.xml', data: core }]))
}

/** Difference between the pitch of a character and its size, in 1/4096 points, as w:charSpace wants it. */
function charSpaceOf({ page, grid }: LayoutProfile): number {
  const pitch = ((page.width - page.left - page.right) / 25.4) * (72 / grid.characters)
  return Math.round((pitch - 16) * 4096)
}

const fontOf = (name: FontName, { fonts }: LayoutProfile) => ({
  ascii: fonts[name],
  hAnsi: fonts[name],
  eastAsia: fonts[name],
})

function coreProperties(document: PublishedDocument): string {
  const day = document.publicationDate ?? document.adoptionDate
  const time = (name: string): string =>
    day === null ? '' : `<dcterms:${name} xsi:type="dcterms:W3CDTF">${day}T00:00:00+08:00</dcterms:${name}>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(titleOf(document))}</dc:title><dc:creator>${escapeXml(document.issuers.join('、'))}</dc:creator>${time('created')}${time('modified')}</cp:coreProperties>`
}

function pageNumber(side: 'left' | 'right', profile: LayoutProfile): Footer {
  const { font, size } = profile.pageNumber
  const character = size * 20
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'right' ? { right: character } : { left: character },
        children: [
          new TextRun({ font: fontOf(font, profile), size: size * 2, children: ['— ', PageNumber.CURRENT, ' —'] }),
        ],
      }),
    ],
  })
}

function headOf(document: PublishedDocument, profile: LayoutProfile): Paragraph[] {
  const { head } = profile
  if (head === null) return []
  const pitch = linePitchOf(profile)
  const number = document.structure.documentNumber ?? document.documentNumber
  const upward = document.direction === 'up' && document.signer !== null
  const red = (text: string): TextRun =>
    new TextRun({
      text,
      style: letterheadStyle,
      color: head.red,
      size: head.markSize * 2,
      font: fontOf('xiaobiaosong', profile),
    })
  const signer = (text: string, font: FontName): TextRun =>
    new TextRun({ text, style: letterheadStyle, size: 32, font: fontOf(font, profile) })
  const marks = document.issuers.map((issuer, index) => {
    const last = index === document.issuers.length - 1
    return new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: index === 0 ? twipsOfMillimetres(head.markTop) : 0 },
      children: [red(`${issuer}${last ? head.markSuffix : ''}`)],
    })
  })
  const width = twipsOfMillimetres(profile.page.width - profile.page.left - profile.page.right)
  return [
    ...marks,
    new Paragraph({
      alignment: upward ? AlignmentType.LEFT : AlignmentType.CENTER,
      spacing: { before: head.numberLines * pitch, line: pitch, lineRule: LineRuleType.EXACT },
      // 上行文: the number stands one character in from the left, the 签发人 one character in from the right.
      ...(upward
        ? { indent: { left: 320, right: 320 }, tabStops: [{ type: 'right' as const, position: width - 320 }] }
        : {}),
      border: {
        bottom: {
          style: BorderStyle.SINGLE,
          color: head.red,
          size: 12,
          space: Math.round((head.ruleBelow / 25.4) * 72),
        },
      },
      children: [
        new TextRun({ text: number ?? '', size: 32, font: fontOf('fangsong', profile) }),
        ...(upward
          ? [
              new TextRun({ style: letterheadStyle, children: ['\t'] }),
              signer('签发人：', 'fangsong'),
              signer(document.signer ?? '', 'kai'),
            ]
          : []),
      ],
    }),
  ]
}

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.BOTH,
} as const

function bodyOf(document: PublishedDocument, profile: LayoutProfile): Array<Paragraph | Table> {
  const pitch = linePitchOf(profile)
  const lines = layoutLines(document.structure).filter(
    (line) => profile.head === null || line.role !== 'document-number',
  )
  if (profile.head === null && document.structure.documentNumber === null && document.documentNumber !== null) {
    const at = lines.findIndex((line) => line.role === 'title') + 1
    lines.splice(at, 0, { role: 'document-number', segments: [{ kind: 'words', text: document.documentNumber }] })
  }
  if (document.structure.imprint.length === 0) lines.push(...imprintOf(document))
  const children: Array<Paragraph | Table> = []
  lines.forEach((line, index) => {
    const style = profile.lines[line.role]
    if (line.rows !== undefined) {
      if (line.rows.length > 0) children.push(tableOf(line.rows, style, profile))
      // Word joins two tables that follow each other.
      if (lines[index + 1]?.rows !== undefined) children.push(new Paragraph({}))
      return
    }
    const first = lines[index - 1]?.role !== line.role
    children.push(paragraphOf(line, style, first, lines, index, profile, pitch))
  })
  return children
}

/** 版记 from the register, when the text carries none of its own. */
function imprintOf(document: PublishedDocument): LayoutLine[] {
  const lines: LayoutLine[] = []
  const add = (text: string): void => {
    lines.push({ role: 'imprint', segments: [{ kind: 'words', text }] })
  }
  if (document.copies.length > 0) add(`抄送：${document.copies.join('，')}。`)
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(document.printDate ?? '')
  if (document.printedBy !== null && day !== null) {
    add(`${document.printedBy}\u3000${day[1]}年${Number(day[2])}月${Number(day[3])}日印发`)
  }
  return lines
}

function paragraphOf(
  line: LayoutLine,
  style: LineStyle,
  first: boolean,
  lines: readonly LayoutLine[],
  index: number,
  profile: LayoutProfile,
  pitch: number,
): Paragraph {
  const runs: ParagraphChild[] = line.segments.map(
    ({ kind, text }) =>
      new TextRun({
        text,
        size: style.size * 2,
        font: fontOf(kind === 'lead' ? (style.leadFont ?? style.font) : style.font, profile),
      }),
  )
  const exact = style.size > 16 ? Math.round(style.size * 20 * 1.35) : pitch
  const last = lines[index + 1]?.role !== line.role
  return new Paragraph({
    alignment: alignments[style.align],
    spacing: {
      before: first ? style.linesBefore * pitch : 0,
      after: last ? style.linesAfter * pitch : 0,
      line: Math.max(pitch, exact),
      lineRule: LineRuleType.EXACT,
    },
    indent: {
      ...(style.firstLine === 0
        ? {}
        : { firstLine: style.firstLine * style.size * 20, firstLineChars: style.firstLine * 100 }),
      ...(style.right === 0 ? {} : { right: style.right * style.size * 20 }),
    },
    ...(style.newPage === true ? { pageBreakBefore: true } : {}),
    ...(line.role === 'imprint' ? { border: imprintBorder(first, last, profile) } : {}),
    children: runs,
  })
}

function imprintBorder(first: boolean, last: boolean, { imprint }: LayoutProfile) {
  // Border sizes are eighths of a point.
  const rule = (millimetres: number) => ({
    style: BorderStyle.SINGLE,
    color: '000000',
    size: Math.max(2, Math.round((millimetres / 25.4) * 72 * 8)),
    space: 1,
  })
  return {
    top: rule(first ? imprint.outerRule : imprint.innerRule),
    ...(last ? { bottom: rule(imprint.outerRule) } : {}),
  }
}

function tableOf(rows: readonly string[][], style: LineStyle, profile: LayoutProfile): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          children: cells.map(
            (cell) =>
              new TableCell({
                children: [
                  new Paragraph({
                    children: [new TextRun({ text: cell, size: style.size * 2, font: fontOf(style.font, profile) })],
                  }),
                ],
              }),
          ),
        }),
    ),
  })
}
