// docx export: sets the text as an official document according to the layout data. The words equal printText to the
// letter, so importing again gives the same tree.
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  FrameAnchorType,
  FrameWrap,
  HeightRule,
  HorizontalPositionAlign,
  type IFrameOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  VerticalPositionAlign,
  WidthType,
} from 'docx'
import { letterheadStyle } from '../docx-import/letterhead-style.ts'
import { type LayoutLine, type LineRole, layoutLines, wordsOfLine } from '../layout-lines.ts'
import { type PublishedDocument, titleOf } from '../published-document.ts'
import { escapeXml, withoutControlsIn } from '../xml-text.ts'
import { type FontName, gbt9704, type LayoutProfile, type LineStyle } from './profiles.ts'

const twipsOfMillimetres = (length: number): number => Math.round((length / 25.4) * 1440)
/** Height of a line of the body grid, in twips. */
const linePitchOf = ({ page, grid }: LayoutProfile): number =>
  Math.floor(twipsOfMillimetres(page.height - page.top - page.bottom) / grid.lines)

/** How the properties of a file end that has no 版头 on purpose. */
export const withoutHead = '不加版头'
/**
 * Why a document has no 版头, as the properties of its file say; null where it has one. An imported text would look as if it
 * had been issued here; a document of the register without 署名 or 成文日期 as if it had been issued at all (GB/T 9704—2012
 * clause 7.3.5: both belong to what is issued).
 */
function whyHeadless({ origin, category, structure }: PublishedDocument): string | null {
  if (origin === 'imported') return `据登记库收录的文本编排，不是原件，${withoutHead}`
  if (category === null) return null
  const lacking = [
    ...(structure.signature.length === 0 ? ['署名'] : []),
    ...(structure.dateText === null ? ['成文日期'] : []),
  ]
  return lacking.length === 0 ? null : `正文没有${lacking.join('、')}，${withoutHead}`
}
/** The layout that suits the document: without 版头 where it would pretend something. */
export const dressed = (document: PublishedDocument, layout: LayoutProfile): LayoutProfile =>
  whyHeadless(document) === null ? layout : { ...layout, head: null }
/**
 * A document as .docx in the layout of `profile` (GB/T 9704—2012 unless told otherwise). 签发人 appears only on 上行文; a text
 * that was imported, or that lacks 署名 or 成文日期, has no 版头, and the file's properties say why. Characters XML cannot carry are left out. The file holds
 * no time but the document's own dates: the same document gives the same XML.
 */
export async function exportDocx(given: PublishedDocument, layout: LayoutProfile = gbt9704): Promise<Uint8Array> {
  const document = withoutControlsIn(given)
  const profile = dressed(document, layout)
  const { page } = profile
  const file = new Document({
    title: titleOf(document),
    creator: document.issuers.join('、'),
    lastModifiedBy: document.issuers[0] ?? '',
    evenAndOddHeaderAndFooters: true,
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
  return new Uint8Array(
    await Packer.toArrayBuffer(file, undefined, [
      { path: 'docProps/core.xml', data: core },
      { path: 'word/styles.xml', data: stylesXml(profile) },
    ]),
  )
}

/**
 * The styles, written here because the library has no switch for the grid of a paragraph. 28 characters a line come from the
 * spacing of the run and 22 lines from the exact height of the line: what programs make of the grid itself differs
 * (LibreOffice adds its pitch to every character), so the grid is stated in the section and the text does not lean on it.
 */
function stylesXml(profile: LayoutProfile): string {
  const font = escapeXml(profile.fonts.fangsong)
  const half = bodySize * 2
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
    `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${font}" w:eastAsia="${font}" w:hAnsi="${font}"/><w:snapToGrid w:val="0"/><w:spacing w:val="${characterSpacingOf(profile)}"/><w:sz w:val="${half}"/><w:szCs w:val="${half}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`,
    '<w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>',
    `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:snapToGrid w:val="0"/></w:pPr><w:rPr><w:snapToGrid w:val="0"/><w:sz w:val="${half}"/><w:szCs w:val="${half}"/></w:rPr></w:style>`,
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    `<w:style w:type="character" w:customStyle="1" w:styleId="${letterheadStyle}"><w:name w:val="${letterheadStyle}"/></w:style>`,
    '</w:styles>',
  ].join('')
}

const bodySize = 16
/** Points between the beginnings of two characters of the body. */
const characterPitchOf = ({ page, grid }: LayoutProfile): number =>
  ((page.width - page.left - page.right) / 25.4) * (72 / grid.characters)
/** Difference between the pitch of a character and its size, in 1/4096 points, as w:charSpace wants it. */
const charSpaceOf = (profile: LayoutProfile): number => Math.round((characterPitchOf(profile) - bodySize) * 4096)
/** The same in twips, as w:spacing wants it; rounded so that the last character of a line still fits. */
const characterSpacingOf = (profile: LayoutProfile): number => Math.floor((characterPitchOf(profile) - bodySize) * 20)
/** Width of the 版心 in twips. */
const textWidthOf = ({ page }: LayoutProfile): number => twipsOfMillimetres(page.width - page.left - page.right)
/** Width in full characters: digits, Latin letters and spaces take half of one. */
export const charactersOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/[\u0020-\u007e]/u.test(sign) ? 0.5 : 1), 0)

const fontOf = (name: FontName, { fonts }: LayoutProfile) => ({
  ascii: fonts[name],
  hAnsi: fonts[name],
  eastAsia: fonts[name],
})

function coreProperties(document: PublishedDocument): string {
  const why = whyHeadless(document)
  const said = why === null ? '' : `<dc:description>${why}</dc:description>`
  const day = document.publicationDate ?? document.adoptionDate
  const time = (name: string): string =>
    day === null ? '' : `<dcterms:${name} xsi:type="dcterms:W3CDTF">${day}T00:00:00+08:00</dcterms:${name}>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(titleOf(document))}</dc:title><dc:creator>${escapeXml(document.issuers.join('、'))}</dc:creator>${said}${time('created')}${time('modified')}</cp:coreProperties>`
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

/** 首页必须显示正文: the marks of a joint document together take no more height than this, in points. */
const mostMarkHeight = 140
/** Height of a line of the mark, in sizes of its characters. */
const markLine = 1.35

/** Size of the 发文机关标志: that of the profile, or what lets the longest name stand on one line and the text on the first page. */
export function markSizeOf(issuers: readonly string[], { head, page }: LayoutProfile): number {
  if (head === null) return 0
  const width = ((page.width - page.left - page.right) / 25.4) * 72
  const suffix = charactersOf(head.markSuffix)
  const longest = Math.max(1, ...issuers.map(charactersOf)) + suffix
  const rows = issuers.length > 1 ? mostMarkHeight / markLine / issuers.length : head.markSize
  return Math.max(bodySize, Math.floor(Math.min(head.markSize, (width - 8) / longest, rows)))
}

function headOf(document: PublishedDocument, profile: LayoutProfile): Array<Paragraph | Table> {
  const { head } = profile
  if (head === null) return []
  const pitch = linePitchOf(profile)
  const number = document.structure.documentNumber ?? document.documentNumber
  const upward = document.direction === 'up' && document.signer !== null
  const size = markSizeOf(document.issuers, profile)
  const red = (text: string): TextRun =>
    new TextRun({
      text,
      style: letterheadStyle,
      color: head.red,
      size: size * 2,
      characterSpacing: 0,
      font: fontOf('xiaobiaosong', profile),
    })
  const signer = (text: string, font: FontName): TextRun =>
    new TextRun({ text, style: letterheadStyle, size: 32, font: fontOf(font, profile) })
  const markOf = (text: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType], before: number) =>
    new Paragraph({
      alignment,
      spacing: { before, line: Math.round(size * 20 * markLine), lineRule: LineRuleType.EXACT },
      children: [red(text)],
    })
  const top = twipsOfMillimetres(head.markTop)
  const width = textWidthOf(profile)
  const [only = ''] = document.issuers
  const marks =
    document.issuers.length > 1
      ? [
          new Paragraph({ spacing: { before: 0, after: top - 20, line: 20, lineRule: LineRuleType.EXACT } }),
          jointMark(document.issuers, head.markSuffix, size, profile, markOf),
        ]
      : [markOf(`${only}${head.markSuffix}`, AlignmentType.CENTER, top)]
  const character = bodySize * 20
  return [
    ...marks,
    new Paragraph({
      alignment: upward ? AlignmentType.LEFT : AlignmentType.CENTER,
      spacing: { before: head.numberLines * pitch, line: pitch, lineRule: LineRuleType.EXACT },
      // 上行文: the number stands one character in from the left, the 签发人 one character in from the right. Tabs, not
      // indents: the red line is as wide as the paragraph, and that is the 版心.
      ...(upward
        ? {
            tabStops: [
              { type: 'left' as const, position: character },
              { type: 'right' as const, position: width - character },
            ],
          }
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
        ...(upward ? [new TextRun({ style: letterheadStyle, children: [new Tab()] })] : []),
        new TextRun({ text: number ?? '', size: 32, font: fontOf('fangsong', profile) }),
        ...(upward
          ? [
              new TextRun({ style: letterheadStyle, children: [new Tab()] }),
              signer('签发人：', 'fangsong'),
              signer(document.signer ?? '', 'kai'),
            ]
          : []),
      ],
    }),
  ]
}

/** 联合行文: the organs below each other, 文件 to the right of them at half their height. */
function jointMark(
  issuers: readonly string[],
  suffix: string,
  size: number,
  profile: LayoutProfile,
  markOf: (text: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType], before: number) => Paragraph,
): Table {
  const width = textWidthOf(profile)
  const character = size * 20
  const right = Math.round(charactersOf(suffix) * character) + 160
  const left = Math.min(width - right, Math.round(Math.max(...issuers.map(charactersOf)) * character) + 160)
  const cell = (columns: number, children: Paragraph[]): TableCell =>
    new TableCell({
      width: { size: columns, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 40, right: 40 },
      children,
    })
  return new Table({
    alignment: AlignmentType.CENTER,
    width: { size: left + right, type: WidthType.DXA },
    columnWidths: [left, right],
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    rows: [
      new TableRow({
        children: [
          cell(
            left,
            issuers.map((issuer) => markOf(issuer, AlignmentType.DISTRIBUTE, 0)),
          ),
          cell(right, [markOf(suffix, AlignmentType.CENTER, 0)]),
        ],
      }),
    ],
  })
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.BOTH,
} as const

/** The lines that stand below the 版头: the number among them only where there is no 版头, the 版记 at the end. */
export function linesBelowHead(document: PublishedDocument, profile: LayoutProfile): LayoutLine[] {
  const lines = layoutLines(document.structure).filter(
    (line) => profile.head === null || line.role !== 'document-number',
  )
  if (profile.head === null && document.structure.documentNumber === null && document.documentNumber !== null) {
    const at = lines.findIndex((line) => line.role === 'title') + 1
    lines.splice(at, 0, { role: 'document-number', segments: [{ kind: 'words', text: document.documentNumber }] })
  }
  if (document.structure.imprint.length === 0) lines.push(...imprintOf(document))
  return lines
}

function bodyOf(document: PublishedDocument, profile: LayoutProfile): Array<Paragraph | Table> {
  const pitch = linePitchOf(profile)
  const lines = linesBelowHead(document, profile)
  const children: Array<Paragraph | Table> = []
  const imprint = lines.filter((line) => line.role === 'imprint')
  const date = lines.find((line) => line.role === 'date')
  lines.forEach((line, index) => {
    if (line.role === 'imprint') return
    const style = profile.lines[line.role]
    if (line.rows !== undefined) {
      if (line.rows.length > 0) children.push(tableOf(line.rows, style, profile))
      // Word joins two tables that follow each other.
      if (lines[index + 1]?.rows !== undefined) children.push(new Paragraph({}))
      return
    }
    const first = lines[index - 1]?.role !== line.role
    children.push(paragraphOf(line, style, first, lines, index, profile, pitch, date))
  })
  if (imprint.length > 0) children.push(...imprintFrame(imprint, profile), hairline())
  return children
}

/** An empty paragraph that takes no room. */
const hairline = (): Paragraph =>
  new Paragraph({
    spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT },
    run: { size: 2 },
  })

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
  date: LayoutLine | undefined,
): Paragraph {
  const runs: ParagraphChild[] = line.segments.map(
    ({ kind, text }) =>
      new TextRun({
        text,
        size: style.size * 2,
        font: fontOf(kind === 'lead' ? (style.leadFont ?? style.font) : style.font, profile),
      }),
  )
  const exact = style.size > bodySize ? Math.round(style.size * 20 * 1.35) : pitch
  const last = lines[index + 1]?.role !== line.role
  return new Paragraph({
    alignment: alignments[style.align],
    spacing: {
      before: first ? style.linesBefore * pitch : 0,
      after: last ? style.linesAfter * pitch : 0,
      line: style.lineDistance === undefined ? Math.max(pitch, exact) : twipsOfMillimetres(style.lineDistance),
      lineRule: LineRuleType.EXACT,
    },
    indent: indentOf(line, style, first, date, profile.lines.date),
    ...(style.newPage === true ? { pageBreakBefore: true } : {}),
    ...(keptWithNext.has(line.role) ? { keepNext: true } : {}),
    children: runs,
  })
}

/** A heading does not stand alone at the foot of a page, nor 署名 without its date. */
export const keptWithNext: ReadonlySet<LineRole> = new Set([
  'part',
  'subpart',
  'chapter',
  'section',
  'attachment-label',
  'attachment-title',
  'signature',
])

function indentOf(
  line: LayoutLine,
  style: LineStyle,
  first: boolean,
  date: LayoutLine | undefined,
  dateStyle: LineStyle,
) {
  const character = style.size * 20
  const words = wordsOfLine(line)
  if (line.role === 'attachments-note') {
    // The numbers stand below each other, and a name that goes on below the beginning of the name.
    const [, label = '', number = ''] = /^(附件：)?(\d+[.．]\s?)?/u.exec(words) ?? []
    const begin = style.firstLine + (first ? 0 : charactersOf('附件：'))
    const hanging = charactersOf(label) + charactersOf(number)
    return { left: Math.round((begin + hanging) * character), hanging: Math.round(hanging * character) }
  }
  if (line.role === 'signature' && date !== undefined) {
    // 加盖印章的公文: 署名 is centred above the date, which stands four characters from the right (7.3.5.1).
    const dated = charactersOf(wordsOfLine(date))
    return { right: Math.max(0, Math.round((dateStyle.right + (dated - charactersOf(words)) / 2) * character)) }
  }
  return {
    ...(style.firstLine === 0 ? {} : { firstLine: style.firstLine * character, firstLineChars: style.firstLine * 100 }),
    ...(style.right === 0 ? {} : { right: style.right * character }),
    ...(style.left === undefined ? {} : { left: style.left * character }),
  }
}

/**
 * 版记: on the last lines of the last page, its rules as wide as the 版心, its words one character in from both sides,
 * 印发机关 on the left and 印发日期 on the right of the same line. A frame at the foot of the 版心 holds words and rules
 * as paragraphs, the rules without words, so that the indents of the words do not shorten them.
 */
function imprintFrame(lines: readonly LayoutLine[], profile: LayoutProfile): Paragraph[] {
  const style = profile.lines.imprint
  const width = textWidthOf(profile)
  const character = style.size * 20
  const frame: IFrameOptions = {
    type: 'alignment',
    width,
    height: 0,
    anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
    alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
    rule: HeightRule.AUTO,
    wrap: FrameWrap.NOT_BESIDE,
  }
  // A line of its own height, filled: a border on one paragraph of a frame makes LibreOffice give the frame up.
  const rule = (millimetres: number): Paragraph =>
    new Paragraph({
      frame,
      spacing: { before: 0, after: 0, line: twipsOfMillimetres(millimetres), lineRule: LineRuleType.EXACT },
      run: { size: 2 },
      shading: { type: ShadingType.CLEAR, color: 'auto', fill: '000000' },
    })
  const run = (text: string): TextRun => new TextRun({ text, size: style.size * 2, font: fontOf(style.font, profile) })
  return [
    ...lines.flatMap((line, index) => {
      const words = wordsOfLine(line)
      const label = charactersOf(/^[^：:]{2,3}[：:]/u.exec(words)?.[0] ?? '')
      const [, organ, day] = /^(.+\u3000)(\S*日\s*印发)$/u.exec(words) ?? []
      return [
        rule(index === 0 ? profile.imprint.outerRule : profile.imprint.innerRule),
        new Paragraph({
          frame,
          alignment: AlignmentType.LEFT,
          spacing: { line: linePitchOf(profile), lineRule: LineRuleType.EXACT },
          // 抄送 goes on below the first organ, not below the label.
          indent: { left: (1 + label) * character, right: character, hanging: label * character },
          tabStops: [{ type: 'right' as const, position: width - character }],
          children:
            organ === undefined || day === undefined
              ? [run(words)]
              : [run(organ), new TextRun({ style: letterheadStyle, children: [new Tab()] }), run(day)],
        }),
      ]
    }),
    rule(profile.imprint.outerRule),
  ]
}

const narrowest = 3
/** What the margins of a cell take, in characters. */
const cellMargins = 1.5
/** Widths of the columns in twips: as wide as their longest words where that fits; otherwise the widest share what the others leave. */
function columnsOf(rows: readonly string[][], style: LineStyle, profile: LayoutProfile): number[] {
  const count = Math.max(1, ...rows.map((row) => row.length))
  const width = textWidthOf(profile)
  const most = width / (style.size * 20)
  const natural = Array.from({ length: count }, (_, at) =>
    Math.max(narrowest, ...rows.map((row) => charactersOf(row[at] ?? '') + cellMargins)),
  )
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0)
  const wide = natural.map((one) => one > most / count)
  const left = most - sum(natural.filter((_, at) => !wide[at]))
  const roots = sum(natural.filter((_, at) => wide[at]).map(Math.sqrt))
  const wanted =
    sum(natural) <= most ? natural : natural.map((one, at) => (wide[at] ? (left * Math.sqrt(one)) / roots : one))
  const columns = wanted.map((one) => Math.floor((one / sum(wanted)) * width))
  columns[count - 1] = width - sum(columns.slice(0, -1))
  return columns
}

function tableOf(rows: readonly string[][], style: LineStyle, profile: LayoutProfile): Table {
  const columns = columnsOf(rows, style, profile)
  return new Table({
    width: { size: textWidthOf(profile), type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: cells.map(
            (cell, at) =>
              new TableCell({
                width: { size: columns[at] ?? 0, type: WidthType.DXA },
                verticalAlign: VerticalAlignTable.CENTER,
                children: [
                  new Paragraph({
                    alignment: index === 0 ? AlignmentType.CENTER : AlignmentType.LEFT,
                    children: [new TextRun({ text: cell, size: style.size * 2, font: fontOf(style.font, profile) })],
                  }),
                ],
              }),
          ),
        }),
    ),
  })
}
