// Comparison results as docx: a redline (deletions in red strikethrough, additions underlined) and a comparison table
// (original article, as amended, reason). The words equal the comparison result to the letter. The marks are only font
// styles, not Word revisions, so WPS shows them too and they can be told apart in a black-and-white copy.
import { type Change, type DiffPart, inlineDiff, type StructuredText } from '@dianzhang/text'
import {
  AlignmentType,
  Document,
  Footer,
  type ISectionPropertiesOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { type FontName, gbt9704, type LayoutProfile } from '../docx-export/profiles.ts'
import { escapeXml, withoutControls } from '../xml-text.ts'

/** A change with the reasons given for it; `source` as the office names it: 审核意见, 公众意见, 修改说明. */
export type ExplainedChange = Change & { why?: ReadonlyArray<{ source?: string; text: string }> }

/** What is compared and how it is called on the page. */
export interface ComparedTexts {
  /** Title for people, when neither text carries one. */
  title: string
  before: StructuredText
  after: StructuredText
  /** “第1版（2026年3月2日）” */
  beforeLabel: string
  afterLabel: string
  changes: readonly ExplainedChange[]
  /** The texts were too long to look for what was split, merged, or moved and reworded: said in the legend. */
  coarse?: boolean
}

const coarsely = '文本很长，只按标识、相同的文字与原处的序号对应：拆分、合并、移动后又改写的，显示为删去与新增。'

const twips = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440)
const profile: LayoutProfile = gbt9704
const pitch = Math.floor(twips(profile.page.height - profile.page.top - profile.page.bottom) / profile.grid.lines)
const deletedColour = 'C00000'
const addedColour = '1F3FBF'
const noteColour = '666666'

const fontOf = (name: FontName) => ({
  ascii: profile.fonts[name],
  hAnsi: profile.fonts[name],
  eastAsia: profile.fonts[name],
})

interface Style {
  font: FontName
  /** Points. */
  size: number
}
const inBody: Style = { font: 'fangsong', size: 16 }
const inLead: Style = { font: 'hei', size: 16 }
const inTitle: Style = { font: 'xiaobiaosong', size: 22 }
const inCell: Style = { font: 'fangsong', size: 12 }
const inCellLead: Style = { font: 'hei', size: 12 }

type Kind = DiffPart['kind'] | 'note'
function runOf(text: string, kind: Kind, { font, size }: Style): TextRun {
  return new TextRun({
    text: withoutControls(text),
    font: fontOf(font),
    size: size * 2,
    ...(kind === 'removed' ? { strike: true, color: deletedColour } : {}),
    ...(kind === 'added' ? { underline: {}, color: addedColour } : {}),
    ...(kind === 'note' ? { color: noteColour } : {}),
  })
}

/** The parts as lines: what is between two line breaks, in order; a removed break ends a line as well. */
function linesOf(parts: readonly DiffPart[]): DiffPart[][] {
  const lines: DiffPart[][] = [[]]
  for (const { kind, text } of parts) {
    const [first = '', ...rest] = text.split('\n')
    if (first !== '') lines.at(-1)?.push({ kind, text: first })
    for (const piece of rest) lines.push(piece === '' ? [] : [{ kind, text: piece }])
  }
  return lines.filter((line) => line.length > 0)
}
const same = (text: string): DiffPart[] => (text === '' ? [] : [{ kind: 'same', text }])

/** The number in front of the words, old and new. */
function leadOf(change: Change): DiffPart[] {
  const old = change.before.map((state) => state.number ?? '').join('、')
  const fresh = change.after.map((state) => state.number ?? '').join('、')
  if (change.kind === 'added') return fresh === '' ? [] : [{ kind: 'added', text: fresh }]
  if (change.kind === 'deleted') return old === '' ? [] : [{ kind: 'removed', text: old }]
  if (old === fresh) return same(fresh)
  const parts: DiffPart[] = []
  if (old !== '') parts.push({ kind: 'removed', text: old })
  if (fresh !== '') parts.push({ kind: 'added', text: fresh })
  return parts
}
const isHeading = (change: Change): boolean =>
  ['part', 'subpart', 'chapter', 'section'].includes((change.after[0] ?? change.before[0])?.level ?? '')
/** Articles and headings stand apart from their number; （一）, 一、 and 1. do not. */
const apart = (change: Change): string =>
  isHeading(change) || (change.after[0] ?? change.before[0])?.level === 'article' ? '\u3000' : ''

const words = (change: Change): DiffPart[] => change.diff ?? same(change.after[0]?.text ?? '')

const fromWhere: Partial<Record<Change['kind'], (change: Change) => string>> = {
  moved: ({ before, reordered }) => (reordered ? `（原${before[0]?.address ?? ''}，移至此处）` : ''),
  changed: ({ before, reordered }) => (reordered ? `（原${before[0]?.address ?? ''}，移至此处并修改）` : ''),
  split: ({ before, after }) => `（原${before[0]?.address ?? ''}分为${after.map((one) => one.address).join('、')}）`,
  merged: ({ before, after }) => `（原${before.map((one) => one.address).join('、')}合并为${after[0]?.address ?? ''}）`,
}

const exact = { line: pitch, lineRule: LineRuleType.EXACT }

/** 花脸稿: the whole new text with what was deleted and added marked in place. */
export async function exportRedline(compared: ComparedTexts): Promise<Uint8Array> {
  const { before, after, changes } = compared
  const children: Paragraph[] = [legend(compared)]
  const plain = (parts: DiffPart[], style: Style, align: 'center' | 'right' | 'both', indent: boolean): void => {
    for (const line of linesOf(parts))
      children.push(
        new Paragraph({
          alignment: { center: AlignmentType.CENTER, right: AlignmentType.RIGHT, both: AlignmentType.BOTH }[align],
          spacing: { line: Math.max(pitch, Math.round(style.size * 27)), lineRule: LineRuleType.EXACT },
          ...(indent ? { indent: { firstLine: style.size * 40, firstLineChars: 200 } } : {}),
          children: line.map(({ kind, text }) => runOf(text, kind, style)),
        }),
      )
  }
  plain(inlineDiff(before.title ?? compared.title, after.title ?? compared.title), inTitle, 'center', false)
  plain(inlineDiff(colon(before.addressees), colon(after.addressees)), inBody, 'both', false)
  const labels = new Map(after.attachments.map((one) => [one.body[0]?.id, one]))
  for (const change of changes) {
    const attachment = labels.get(change.after[0]?.id)
    if (attachment) {
      if (attachment.label !== '') plain(same(attachment.label), inLead, 'both', false)
      if (attachment.title !== null) plain(same(attachment.title), inTitle, 'center', false)
    }
    children.push(...paragraphsOf(change))
  }
  const tail: Array<[string, string, 'right' | 'both']> = [
    [before.attachmentsNote.join('\n'), after.attachmentsNote.join('\n'), 'both'],
    [before.signature.join('\n'), after.signature.join('\n'), 'right'],
    [before.dateText ?? '', after.dateText ?? '', 'right'],
    [before.note === null ? '' : `（${before.note}）`, after.note === null ? '' : `（${after.note}）`, 'both'],
  ]
  for (const [old, fresh, align] of tail) plain(inlineDiff(old, fresh), inBody, align, align === 'both')
  return pack(compared, '花脸稿', children, {
    page: {
      size: { width: twips(profile.page.width), height: twips(profile.page.height) },
      margin: {
        top: twips(profile.page.top),
        bottom: twips(profile.page.bottom),
        left: twips(profile.page.left),
        right: twips(profile.page.right),
      },
    },
  })
}
const colon = (addressees: string | null): string => (addressees === null ? '' : `${addressees}：`)

function legend({ beforeLabel, afterLabel, coarse }: ComparedTexts): Paragraph {
  const style: Style = { font: 'kai', size: 12 }
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: pitch / 2 },
    children: [
      runOf(`${afterLabel}与${beforeLabel}的比较：`, 'note', style),
      runOf('删去的文字', 'removed', style),
      runOf('、', 'note', style),
      runOf('增加的文字', 'added', style),
      ...(coarse ? [runOf(`。${coarsely}`, 'note', style)] : []),
    ],
  })
}

function paragraphsOf(change: Change): Paragraph[] {
  const note = fromWhere[change.kind]?.(change) ?? ''
  if (change.kind !== 'split') return oneChange(change, leadOf(change), words(change), note)
  // Every part of what was split stands under its own number.
  const old = change.before[0]?.number ?? ''
  return cut(
    words(change),
    change.after.map((state) => state.text),
  ).flatMap((parts, at) => {
    const number = change.after[at]?.number ?? ''
    const lead: DiffPart[] =
      at === 0 && old === number
        ? same(number)
        : [
            ...(at === 0 && old !== '' ? [{ kind: 'removed' as const, text: old }] : []),
            { kind: 'added', text: number },
          ]
    return oneChange(change, lead, parts, at === change.after.length - 1 ? note : '')
  })
}
/** The parts that make each of `texts`, which joined by line breaks are the new words. */
function cut(parts: readonly DiffPart[], texts: readonly string[]): DiffPart[][] {
  const groups: DiffPart[][] = texts.map(() => [])
  let at = 0
  let left = texts[0]?.length ?? 0
  for (const { kind, text } of parts) {
    if (kind === 'removed') {
      groups[at]?.push({ kind, text })
      continue
    }
    let rest = text
    while (rest !== '') {
      if (left === 0 && at < texts.length - 1) {
        // The line break between two of them.
        rest = rest.slice(1)
        at++
        left = texts[at]?.length ?? 0
        continue
      }
      const piece = rest.slice(0, at === texts.length - 1 ? rest.length : left)
      groups[at]?.push({ kind, text: piece })
      left -= piece.length
      rest = rest.slice(piece.length)
    }
  }
  return groups
}

function oneChange(change: Change, lead: readonly DiffPart[], parts: readonly DiffPart[], note: string): Paragraph[] {
  const [first = [], ...rest] = linesOf(parts)
  const heading = isHeading(change)
  const gap = lead.length > 0 && first.length > 0 ? apart(change) : ''
  return [first, ...rest].map(
    (line, at) =>
      new Paragraph({
        alignment: heading ? AlignmentType.CENTER : AlignmentType.BOTH,
        spacing: heading ? { ...exact, before: pitch, after: pitch } : exact,
        ...(heading ? {} : { indent: { firstLine: 640, firstLineChars: 200 } }),
        children: [
          ...(at === 0 ? lead.map(({ kind, text }) => runOf(text, kind, inLead)) : []),
          ...(at === 0 && gap !== '' ? [runOf(gap, 'same', inBody)] : []),
          ...line.map(({ kind, text }) => runOf(text, kind, heading ? inLead : inBody)),
          ...(at === rest.length && note !== '' ? [runOf(note, 'note', { font: 'kai', size: 12 })] : []),
        ],
      }),
  )
}

const sourceNames: Record<string, string> = { point: '审核意见', comment: '公众意见', note: '修改说明' }

/**
 * 修改对照表: 原条文, 修改后, 修改理由, one row for each change; what did not change is left out. Articles that
 * only got another number, and those that differ in punctuation and width alone, are listed together in the last rows.
 */
export async function exportComparisonTable(compared: ComparedTexts): Promise<Uint8Array> {
  const { before, after, changes, beforeLabel, afterLabel } = compared
  const rows: TableRow[] = [
    row(
      ['原条文', '修改后', '修改理由'].map((text) => [cellLine([runOf(text, 'same', inCellLead)], true)]),
      true,
    ),
  ]
  const note = `${beforeLabel} → ${afterLabel}`
  const titles = inlineDiff(before.title ?? compared.title, after.title ?? compared.title)
  if (titles.some((part) => part.kind !== 'same'))
    rows.push(row([side(titles, 'removed'), side(titles, 'added'), [cellLine([])]]))
  const renumbered: string[] = []
  const marks: string[] = []
  for (const change of changes) {
    if (change.kind === 'unchanged') continue
    if (change.kind === 'marks') {
      marks.push(change.after[0]?.address || (change.after[0]?.text.slice(0, 12) ?? ''))
      continue
    }
    if (change.kind === 'moved' && !change.reordered) {
      renumbered.push(`${change.before[0]?.address ?? ''}→${change.after[0]?.address ?? ''}`)
      continue
    }
    const parts = words(change)
    const said = fromWhere[change.kind]?.(change) ?? ''
    const why = (change.why ?? []).map(({ source, text }) =>
      cellLine([
        ...(source === undefined ? [] : [runOf(`${sourceNames[source] ?? source}：`, 'same', inCellLead)]),
        runOf(text, 'same', inCell),
      ]),
    )
    rows.push(
      row([
        change.before.length === 0 ? [cellLine([runOf('（无，新增）', 'note', inCell)])] : oldCell(change, parts),
        change.after.length === 0 ? [cellLine([runOf('（删去）', 'note', inCell)])] : newCell(change, parts),
        [...why, ...(said === '' ? [] : [cellLine([runOf(said, 'note', inCell)])])],
      ]),
    )
  }
  if (renumbered.length > 0)
    rows.push(
      row([
        [cellLine([runOf('（文字未改，只有序号变动）', 'note', inCell)])],
        [cellLine([runOf(renumbered.join('；'), 'same', inCell)])],
        [cellLine([runOf('序号顺延', 'note', inCell)])],
      ]),
    )
  if (marks.length > 0)
    rows.push(
      row([
        [cellLine([runOf('（文字未改，仅标点、全半角不同）', 'note', inCell)])],
        [cellLine([runOf(marks.join('；'), 'same', inCell)])],
        [cellLine([runOf('标点规范', 'note', inCell)])],
      ]),
    )
  if (rows.length === 1)
    rows.push(row([[cellLine([runOf('（没有改动）', 'note', inCell)])], [cellLine([])], [cellLine([])]]))
  const children = [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 120 },
      children: [runOf(`《${after.title ?? compared.title}》修改对照表`, 'same', { font: 'xiaobiaosong', size: 18 })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 160 },
      children: [runOf(compared.coarse ? `${note}。${coarsely}` : note, 'note', { font: 'kai', size: 12 })],
    }),
    new Table({
      width: { size: tableWidth, type: WidthType.DXA },
      columnWidths: [...columns],
      layout: TableLayoutType.FIXED,
      rows,
    }),
  ]
  return pack(compared, '修改对照表', children, {
    page: {
      size: { width: twips(210), height: twips(297), orientation: PageOrientation.LANDSCAPE },
      margin: { top: twips(25), bottom: twips(20), left: twips(20), right: twips(20) },
    },
  })
}

const tableWidth = twips(297 - 40)
const columns = [0.38, 0.38, 0.24].map((share) => Math.round(tableWidth * share))

function row(cells: Paragraph[][], header = false): TableRow {
  return new TableRow({
    tableHeader: header,
    cantSplit: false,
    children: cells.map(
      (paragraphs, at) =>
        new TableCell({
          width: { size: columns[at] ?? 0, type: WidthType.DXA },
          margins: { top: 60, bottom: 60, left: 100, right: 100 },
          ...(header ? { shading: { fill: 'EDEDED' } } : {}),
          children: paragraphs.length > 0 ? paragraphs : [cellLine([])],
        }),
    ),
  })
}
const cellLine = (children: TextRun[], centred = false): Paragraph =>
  new Paragraph({ alignment: centred ? AlignmentType.CENTER : AlignmentType.BOTH, spacing: { line: 320 }, children })

/** One side of a difference: the old words with what was removed marked, or the new ones with what was added. */
function side(parts: readonly DiffPart[], mark: 'removed' | 'added', lead: readonly TextRun[] = []): Paragraph[] {
  const lines = linesOf(parts.filter(({ kind }) => kind === 'same' || kind === mark))
  return (lines.length > 0 ? lines : [[]]).map((line, at) =>
    cellLine([...(at === 0 ? lead : []), ...line.map(({ kind, text }) => runOf(text, kind, inCell))]),
  )
}
function numbered(change: Change, number: string | null, mark: 'removed' | 'added'): TextRun[] {
  if (number === null || number === '') return []
  const differs =
    change.before.map((state) => state.number).join('、') !== change.after.map((state) => state.number).join('、')
  return [runOf(number, differs ? mark : 'same', inCellLead), runOf(apart(change), 'same', inCell)]
}
function oldCell(change: Change, parts: readonly DiffPart[]): Paragraph[] {
  // Of a merged change every old article stands by itself; the difference is marked in the new one.
  if (change.before.length > 1)
    return change.before.flatMap((state) =>
      side(same(state.text), 'removed', numbered(change, state.number, 'removed')),
    )
  return side(parts, 'removed', numbered(change, change.before[0]?.number ?? null, 'removed'))
}
function newCell(change: Change, parts: readonly DiffPart[]): Paragraph[] {
  if (change.after.length > 1)
    return change.after.flatMap((state) => side(same(state.text), 'added', numbered(change, state.number, 'added')))
  return side(parts, 'added', numbered(change, change.after[0]?.number ?? null, 'added'))
}

/** The sheets are handed round: each carries its number. */
const pageNumber = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            font: fontOf(profile.pageNumber.font),
            size: profile.pageNumber.size * 2,
            children: ['— ', PageNumber.CURRENT, ' —'],
          }),
        ],
      }),
    ],
  })

async function pack(
  compared: ComparedTexts,
  what: string,
  children: Array<Paragraph | Table>,
  properties: ISectionPropertiesOptions,
): Promise<Uint8Array> {
  const title = `${compared.after.title ?? compared.title}（${what}）`
  const file = new Document({
    title,
    styles: { default: { document: { run: { font: fontOf('fangsong'), size: 32 } } } },
    sections: [{ properties, children, footers: { default: pageNumber() } }],
  })
  // The library would write the present time; the file holds none, so that the same comparison gives the same XML.
  const core = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title></cp:coreProperties>`
  return new Uint8Array(await Packer.toArrayBuffer(file, undefined, [{ path: 'docProps/core.xml', data: core }]))
}
