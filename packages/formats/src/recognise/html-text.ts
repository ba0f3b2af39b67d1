// A web page becomes plain text: one paragraph to a line, tables as Markdown tables, marks removed; images and hidden
// content go into the list.
import { Parser } from 'htmlparser2'
import type { LossItem } from '../docx-import/loss.ts'
import { shortened } from '../docx-import/loss.ts'
import { UnreadableFile } from '../unreadable-file.ts'

const blockTags = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption br option o:p'.split(
    ' ',
  ),
)
/** What these hold is no text of the page. */
const silent = new Set(
  'script style head title noscript template iframe object svg math select textarea button'.split(' '),
)

/** Block marks of a web page in a text: a line with `<b>第一条</b>` alone is none. */
const blockMark =
  /<(?:!doctype html|\/?(?:html|body|head|meta|p|div|table|tr|td|th|h[1-6]|ul|ol|li|section|article|br)\b[^<>]{0,400})>/giu

/** Whether a text is a web page, or a piece of one. Looks at its beginning. */
export function looksLikeHtml(text: string): boolean {
  const head = text.slice(0, 20_000)
  if (/^\s*(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])/iu.test(head)) return true
  const marks = head.match(blockMark)?.length ?? 0
  if (marks < 2) return false
  return /^\s*<[a-z!]/iu.test(head) ? true : marks >= 6 && marks * 200 > Math.min(head.length, text.length)
}

/** No page that people wrote nests its marks as deep. */
const deepest = 3000

interface Table {
  rows: string[][]
  cell: string[] | null
  /** A cell with more than one paragraph, or with a table inside, lays the page out and is no table of data. */
  layout: boolean
  /** Whole lines in the order of the page, for a table that is unfolded. */
  lines: string[]
}

/**
 * The words of a web page, one paragraph a line, and what of it is not in them. What never closes is closed at the end.
 * Refuses (`UnreadableFile`) marks nested beyond all measure; linear in the length of the page.
 */
export function htmlText(html: string): { text: string; loss: LossItem[] } {
  const lines: string[] = []
  const loss: LossItem[] = []
  const tables: Table[] = []
  const lists: Array<{ ordered: boolean; next: number }> = []
  let quiet = 0
  let hidden = 0
  let hiddenWords = ''
  let line = ''
  let prefix = ''
  let images = 0
  let links = 0
  let preformatted = 0
  const stack: Array<{ name: string; quiet: boolean; hidden: boolean; element: boolean }> = []
  const note = (item: Pick<LossItem, 'kind' | 'message' | 'content'> & Partial<LossItem>): void => {
    loss.push({ effect: 'dropped', losesWords: false, paragraph: 0, quote: '', ...item })
  }
  const flush = (): void => {
    const words = line.replace(/[ \t\n\r\f]+/gu, ' ').trim()
    line = ''
    if (words === '') return
    const whole = `${prefix}${words}`
    prefix = ''
    const table = tables.at(-1)
    if (table === undefined) lines.push(whole)
    else {
      table.lines.push(whole)
      if (table.cell !== null) table.cell.push(whole)
    }
  }
  const closeTable = (): void => {
    const table = tables.pop()
    if (table === undefined) return
    const rows = table.rows.filter((row) => row.some((cell) => cell !== ''))
    const columns = Math.max(0, ...rows.map((row) => row.length))
    const data = !table.layout && rows.length > 0 && columns > 1
    const outer = tables.at(-1)
    if (outer !== undefined) {
      outer.layout = true
      outer.lines.push(...table.lines)
      outer.cell?.push(...table.lines)
      return
    }
    if (!data) lines.push(...table.lines)
    else {
      const printed = (row: string[]): string =>
        `| ${Array.from({ length: columns }, (_, at) => (row[at] ?? '').replace(/[\\|]/gu, (sign) => `\\${sign}`)).join(' | ')} |`
      const [head = [], ...rest] = rows
      lines.push('', printed(head), printed(Array.from({ length: columns }, () => '---')), ...rest.map(printed), '')
    }
  }
  const closeCell = (): void => {
    const table = tables.at(-1)
    if (table?.cell == null) return
    flush()
    if (table.cell.length > 1) table.layout = true
    table.rows.at(-1)?.push(table.cell.join(' '))
    table.cell = null
  }
  const open = (name: string, attributes: Record<string, string>): void => {
    const style = (attributes.style ?? '').replace(/\s/gu, '').toLowerCase()
    const isSilent = silent.has(name)
    const isHidden =
      attributes.hidden !== undefined || style.includes('display:none') || style.includes('visibility:hidden')
    if (stack.length >= deepest)
      throw new UnreadableFile(
        'html',
        `这是网页（HTML），标记一层套一层超过 ${deepest} 层，不像是编辑出来的页面。请打开网页，复制正文或者另存为 .docx 再导入。`,
      )
    if (!voidTags.has(name)) stack.push({ name, quiet: isSilent, hidden: isHidden, element: true })
    if (isSilent && !voidTags.has(name)) quiet++
    if (isHidden && !voidTags.has(name)) hidden++
    if (quiet > 0) return
    if (name === 'img') {
      images++
      if (images <= 20)
        note({
          kind: 'image',
          content: shortened(attributes.alt ?? ''),
          message: '图片没有导入；图里如有文字，请补录',
        })
      return
    }
    if (name === 'a') links++
    if (name === 'pre') preformatted++
    if (name === 'table') {
      flush()
      tables.push({ rows: [], cell: null, layout: false, lines: [] })
      return
    }
    const table = tables.at(-1)
    if (name === 'tr' && table) {
      closeCell()
      table.rows.push([])
      return
    }
    if ((name === 'td' || name === 'th') && table) {
      closeCell()
      if (table.rows.length === 0) table.rows.push([])
      table.cell = []
      return
    }
    if (!blockTags.has(name)) return
    flush()
    if (name === 'ol' || name === 'ul') {
      const from = Number.parseInt(attributes.start ?? '1', 10)
      lists.push({ ordered: name === 'ol', next: Number.isNaN(from) ? 1 : from })
    }
    if (name === 'li') {
      const list = lists.at(-1)
      if (list?.ordered) prefix = `${list.next++}. `
    }
  }
  const close = (name: string): void => {
    let at = stack.length - 1
    while (at >= 0 && stack[at]?.name !== name) at--
    if (at < 0) return
    while (stack.length > at) {
      const one = stack.pop()
      if (one?.quiet) quiet--
      if (one?.hidden) hidden--
    }
    if (quiet > 0) return
    if (name === 'pre') preformatted = Math.max(0, preformatted - 1)
    if (name === 'td' || name === 'th') closeCell()
    else if (name === 'table') {
      closeCell()
      flush()
      closeTable()
    } else if (blockTags.has(name)) {
      flush()
      if (name === 'ol' || name === 'ul') lists.pop()
      prefix = ''
    }
  }
  const parser = new Parser(
    {
      onopentag: open,
      onclosetag: close,
      ontext(words) {
        if (quiet > 0) return
        if (hidden > 0) {
          if (hiddenWords.length < 400) hiddenWords += words
          return
        }
        if (preformatted > 0 && words.includes('\n')) {
          for (const [at, one] of words.split('\n').entries()) {
            if (at > 0) flush()
            line += one
          }
          return
        }
        line += words
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
  )
  parser.write(html)
  parser.end()
  flush()
  while (tables.length > 0) {
    closeCell()
    closeTable()
  }
  if (images > 20)
    note({
      kind: 'image',
      content: String(images - 20),
      message: `另有${images - 20}张图片没有导入`,
      count: images - 20,
    })
  const hiddenText = hiddenWords.replace(/\s+/gu, ' ').trim()
  if (hiddenText !== '')
    note({ kind: 'hidden-text', content: shortened(hiddenText, 200), message: '网页上不显示的文字没有导入' })
  note({
    kind: 'markup',
    effect: 'changed',
    content: '',
    message: `这是网页（HTML），已去掉标记只读文字${links > 0 ? `，${links}处链接只留文字` : ''}`,
  })
  return {
    text: `${lines
      .join('\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trim()}\n`,
    loss,
  }
}
const voidTags = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
