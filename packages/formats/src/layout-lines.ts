// Structure becomes lines of text, each with a role: shared by docx, HTML and plain text, so they all say the same
// words.
import type { Element, StructuredText } from '@dianzhang/text'

export type LineRole =
  | 'title'
  | 'document-number'
  /** 题注: when and by whom the text was made and amended, in brackets below the title. */
  | 'title-note'
  | 'addressees'
  | 'part'
  | 'subpart'
  | 'chapter'
  | 'section'
  | 'article'
  | 'paragraph'
  | 'item'
  | 'subitem'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'heading4'
  | 'text'
  | 'table'
  | 'attachments-note'
  | 'signature'
  | 'date'
  | 'note'
  | 'attachment-label'
  | 'attachment-title'
  | 'imprint'

/** One printed line. Its words are the segments put together; `rows` instead of words for a table. */
export interface LayoutLine {
  role: LineRole
  /** `lead`: number and heading, which may have a font of their own; `words`: the rest. */
  segments: Array<{ kind: 'lead' | 'words'; text: string }>
  rows?: string[][]
  /** Id of the element the line belongs to. */
  element?: string
}

const titleNote = /^[（(〔[](?=[^）)]{0,400}(?:通过|公布|发布|印发|修订|修正|修改|施行))[\s\S]{4,600}[）)〕\]]$/u

const apart = (number: string, words: string): string =>
  /[.．、]$/u.test(number) && /^[0-9０-９]/u.test(words) ? ' ' : ''

/** The lines of a text, in the order and with the words of `printText`, but for the red mark above them. */
export function layoutLines(text: StructuredText): LayoutLine[] {
  const lines: LayoutLine[] = []
  const plain = (role: LineRole, words: string): void => {
    lines.push({ role, segments: [{ kind: 'words', text: words }] })
  }
  if (text.title !== null) plain('title', text.title)
  if (text.documentNumber !== null) plain('document-number', text.documentNumber)
  if (text.addressees !== null) plain('addressees', `${text.addressees}：`)
  for (const [at, element] of text.preamble.entries()) {
    if (at === 0 && element.level === 'text' && titleNote.test(element.text.trim())) {
      const segments = [{ kind: 'words' as const, text: element.text }]
      lines.push({ role: 'title-note', segments, element: element.id })
    } else addElement(element, lines)
  }
  for (const element of text.body) addElement(element, lines)
  const { attachmentsNote } = text
  attachmentsNote.forEach((name, at) => {
    const number = attachmentsNote.length === 1 ? '' : `${at + 1}. `
    plain('attachments-note', `${at === 0 ? '附件：' : ''}${number}${name}`)
  })
  for (const name of text.signature) plain('signature', name)
  if (text.dateText !== null) plain('date', text.dateText)
  if (text.note !== null) plain('note', `（${text.note}）`)
  for (const attachment of text.attachments) {
    if (attachment.label !== '') plain('attachment-label', attachment.label)
    if (attachment.title !== null) plain('attachment-title', attachment.title)
    for (const element of attachment.body) addElement(element, lines)
  }
  for (const line of text.imprint) plain('imprint', line)
  return lines
}

/** The words of a line; of a table its cells as a Markdown table, as `printText` prints them. */
export function wordsOfLine(line: LayoutLine): string {
  if (line.rows === undefined) return line.segments.map((segment) => segment.text).join('')
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/[\\|]/gu, (sign) => `\\${sign}`)).join(' | ')} |`
  const [head = [], ...rest] = line.rows
  return [row(head), row(head.map(() => '---')), ...rest.map(row)].join('\n')
}

function addElement(element: Element, lines: LayoutLine[]): void {
  const { level, number, heading, text, children, id } = element
  const add = (role: LineRole, lead: string, words: string): void => {
    const segments: LayoutLine['segments'] = []
    if (lead !== '') segments.push({ kind: 'lead', text: lead })
    if (words !== '') segments.push({ kind: 'words', text: words })
    if (segments.length > 0) lines.push({ role, segments, element: id })
  }
  if (level === 'table') {
    lines.push({ role: 'table', segments: [], rows: element.rows ?? [], element: id })
    return
  }
  if (level === 'article') {
    const [first, ...rest] = children
    const inLine = first?.level === 'paragraph' ? first : undefined
    const lead = [number ?? '', heading ?? ''].filter((part) => part !== '').join('\u3000')
    const words = inLine?.text ?? ''
    add('article', lead, words === '' ? '' : lead === '' ? words : `\u3000${words}`)
    for (const child of inLine ? inLine.children : first ? [first] : []) addElement(child, lines)
    for (const child of rest) addElement(child, lines)
    return
  }
  if (level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section') {
    add(level, heading === null ? (number ?? '') : `${number ?? ''}\u3000${heading}`, '')
  } else if (heading !== null) {
    const words = text === '' ? heading : `${heading}。`
    add(level, number === null ? words : `${number}${apart(number, words)}${words}`, text)
  } else add(level, number === null ? '' : `${number}${apart(number, text)}`, text)
  for (const child of children) addElement(child, lines)
}
