// Turns HTML from the clipboard (Word, WPS, web pages) into plain words: one paragraph per line, tables as rows and
// columns, numbers as words. No style or script is run or kept.
import { printRows } from '@dianzhang/text'

const dropped = new Set([
  'SCRIPT',
  'STYLE',
  'HEAD',
  'TITLE',
  'META',
  'LINK',
  'NOSCRIPT',
  'TEMPLATE',
  'SVG',
  'OBJECT',
  'IFRAME',
])
const blocks = new Set([
  'P',
  'DIV',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'LI',
  'UL',
  'OL',
  'SECTION',
  'ARTICLE',
  'BLOCKQUOTE',
  'PRE',
  'CENTER',
  'DT',
  'DD',
  'FORM',
  'HEADER',
  'FOOTER',
  'MAIN',
  'HR',
])

const clean = (text: string): string => text.replace(/[\s\u00a0]+/gu, ' ').trim()
const hidden = (element: Element): boolean =>
  /display\s*:\s*none|mso-hide\s*:\s*all/iu.test(element.getAttribute('data-was') ?? '')

/** What was not carried over from the pasted content: how many revisions, annotations and footnotes. */
export interface Left {
  /** Deleted in revisions, not taken. */
  deleted: number
  /** Inserted in revisions, taken. */
  inserted: number
  comments: number
  notes: number
}
/** Word's annotations and footnotes: the marks where they are referred to, and the content listed at the end. */
function asideOf(element: Element): 'comments' | 'notes' | 'mark' | null {
  const style = element.getAttribute('data-was') ?? ''
  const classes = element.getAttribute('class') ?? ''
  if (/mso-element\s*:\s*comment\b(?!-)/iu.test(style)) return 'comments'
  if (/mso-element\s*:\s*(?:footnote|endnote)\b(?!-)/iu.test(style)) return 'notes'
  if (/mso-special-character\s*:\s*(?:comment|footnote)/iu.test(style)) return 'mark'
  return /Mso(?:Comment|Footnote|Endnote)Reference|msocomanchor/iu.test(classes) ? 'mark' : null
}

function tableOf(table: Element, left: Left): string {
  const rows: string[][] = []
  for (const row of table.querySelectorAll('tr')) {
    if (row.closest('table') !== table) continue
    rows.push(
      [...row.children]
        .filter((cell) => cell.tagName === 'TD' || cell.tagName === 'TH')
        .map((cell) => clean(linesOf(cell, left).join(' '))),
    )
  }
  const widest = Math.max(0, ...rows.map((row) => row.length))
  // A table of one cell is a frame around words.
  if (widest <= 1) return rows.map((row) => row[0] ?? '').join('\n')
  return printRows(rows)
}

/**
 * Numbers that a web page's ordered list does not write out: first level “（一）”, second level “1.”, third level “（1）”.
 */
function itemNumber(item: Element): string {
  const list = item.parentElement
  if (list?.tagName !== 'OL') return ''
  let depth = 0
  for (let up: Element | null = list; up; up = up.parentElement) if (up.tagName === 'OL' || up.tagName === 'UL') depth++
  const order =
    Number(list.getAttribute('start') ?? 1) + [...list.children].filter((each) => each.tagName === 'LI').indexOf(item)
  const chinese = '零一二三四五六七八九十'
  if (depth === 1) return order <= 10 ? `（${chinese[order]}）` : `（${order}）`
  return depth === 2 ? `${order}.` : `（${order}）`
}

function linesOf(root: Element, left: Left): string[] {
  const lines: string[] = []
  let line = ''
  const end = (): void => {
    const text = clean(line)
    if (text !== '') lines.push(text)
    line = ''
  }
  const visit = (node: Node): void => {
    if (node.nodeType === 3) {
      line += (node.nodeValue ?? '').replace(/[\n\r\t]+/gu, ' ')
      return
    }
    if (node.nodeType !== 1) return
    const element = node as Element
    const tag = element.tagName.toUpperCase()
    // Word's own elements: <o:p>, <w:sdt>, comments kept as hidden text.
    if (dropped.has(tag) || hidden(element)) return
    const aside = asideOf(element)
    if (aside !== null) {
      if (aside !== 'mark') left[aside] += 1
      return
    }
    if (tag === 'DEL') {
      left.deleted += 1
      return
    }
    if (tag === 'INS') left.inserted += 1
    if (tag === 'BR') {
      end()
      return
    }
    if (tag === 'TABLE') {
      end()
      const table = tableOf(element, left)
      if (table !== '') lines.push(...table.split('\n'))
      return
    }
    const isBlock = blocks.has(tag)
    if (isBlock) end()
    if (tag === 'LI') line += itemNumber(element)
    for (const child of element.childNodes) visit(child)
    if (isBlock) end()
  }
  for (const child of root.childNodes) visit(child)
  end()
  return lines
}

/** The words of the HTML, one paragraph per line, and what was not carried over. */
export function plainOf(html: string): { text: string; left: Left } {
  // The document made here is inert: nothing in it runs or is fetched.
  // Styles would be refused by the page's policy one by one, with a warning each; only what hides words is looked at.
  const plain = html
    .replace(/<style\b[\s\S]*?<\/style\s*>/giu, '')
    .replace(/<[a-z][^>]*>/giu, (tag) => tag.replace(/\sstyle(\s*=)/giu, ' data-was$1'))
  const { body } = new DOMParser().parseFromString(plain, 'text/html')
  const left: Left = { deleted: 0, inserted: 0, comments: 0, notes: 0 }
  return { text: linesOf(body, left).join('\n'), left }
}
