// From the tree back to plain text, one paragraph a line: what `parseText` reads back as the same tree.
import { numberBehindDate } from './headings.ts'
import { printTable } from './tables.ts'
import type { Element, StructuredText } from './tree.ts'

/**
 * Prints a text as plain text. Everything is printed but a table of contents, which is not text. Reading it again gives the same
 * tree, ids included, with the offsets of the printed text.
 */
export function printText(t: StructuredText): string {
  const lines: string[] = []
  const marked = t.letterhead !== undefined && t.letterhead.length > 0
  // Below the red mark stands the number, and then the title.
  if (marked) lines.push(...(t.letterhead ?? []))
  // A number behind a date is printed with the date, as the line stands in the preamble.
  const dated = t.preamble.find(
    ({ text }) => t.documentNumber !== null && numberBehindDate(text)?.number === t.documentNumber,
  )
  const number = dated?.text ?? t.documentNumber
  if (marked && number !== null) lines.push(number)
  if (t.title !== null) lines.push(t.title)
  if (!marked && number !== null) lines.push(number)
  if (t.addressees !== null) lines.push(`${t.addressees}：`)
  for (const element of [...t.preamble, ...t.body]) if (element !== dated) printElement(element, lines)
  const [only, ...more] = t.attachmentsNote
  if (only !== undefined) {
    if (more.length === 0) lines.push(`附件：${only}`)
    else
      for (const [at, name] of t.attachmentsNote.entries()) lines.push(`${at === 0 ? '附件：' : ''}${at + 1}. ${name}`)
  }
  lines.push(...t.signature)
  if (t.dateText !== null) lines.push(t.dateText)
  if (t.note !== null) lines.push(`（${t.note}）`)
  for (const attachment of t.attachments) {
    if (attachment.label !== '') lines.push(attachment.label)
    if (attachment.title !== null) lines.push(attachment.title)
    for (const element of attachment.body) printElement(element, lines)
  }
  lines.push(...t.imprint)
  return `${lines.join('\n')}\n`
}

/** Prints one element with everything in it, as `printText` does. */
function printOne(element: Element): string {
  const lines: string[] = []
  printElement(element, lines)
  return lines.join('\n')
}

/** Prints a table of these cells, row by row, as one stands in a text. */
export const printRows = (rows: string[][]): string =>
  printOne({
    id: '',
    level: 'table',
    number: null,
    ordinal: null,
    heading: null,
    text: '',
    line: 0,
    start: 0,
    end: 0,
    children: [],
    rows,
  })

/** A number that ends with a dot must not run into a digit: 1. 5万元. */
const apart = (number: string, words: string): string =>
  /[.．、]$/u.test(number) && /^[0-9０-９]/u.test(words) ? ' ' : ''

function printElement(element: Element, lines: string[]): void {
  const { level, number, heading, text, children } = element
  if (level === 'table') {
    // A blank line keeps two tables apart.
    if (lines.at(-1)?.endsWith('|')) lines.push('')
    lines.push(printTable(element.rows ?? []))
    return
  }
  if (level === 'article') {
    const [first, ...rest] = children
    const inLine = first?.level === 'paragraph' ? first : undefined
    lines.push([number ?? '', heading ?? '', inLine?.text ?? ''].filter((part) => part !== '').join('\u3000'))
    for (const child of inLine ? inLine.children : first ? [first] : []) printElement(child, lines)
    for (const child of rest) printElement(child, lines)
    return
  }
  if (level === 'part' || level === 'subpart' || level === 'chapter' || level === 'section')
    lines.push(heading === null ? (number ?? '') : `${number ?? ''}\u3000${heading}`)
  else {
    const words = heading === null ? text : text === '' ? heading : `${heading}。${text}`
    const line = number === null ? words : `${number}${apart(number, words)}${words}`
    if (line !== '') lines.push(line)
  }
  for (const child of children) printElement(child, lines)
}
