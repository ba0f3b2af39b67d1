// A text that lost its line ends on the way (copied from a page as one line): cut again where its head, its numbers and its
// closing show that a line began. Only for texts of few lines; every piece keeps its place in the source.
import { endsLikeTitle, isDocumentNumber, namesSigner } from './headings.ts'
import { type Line, linesOf, spareMeter } from './lines.ts'

const fewLines = 3
const longLine = 120
/** So much of the line is looked at for the head. */
const headLength = 600

/** Whether the parts of a text had to be guessed, because it stands in a line or two. */
export function wasRunOn(source: string): boolean {
  if (source.split('\n', 12).length === 12) return false
  const lines = linesOf(source, spareMeter())
  return splitRunOn(lines).length > lines.length
}

function isRunOn(lines: readonly { text: string }[]): boolean {
  return lines.length > 0 && lines.length <= fewLines && lines.some(({ text }) => text.length > longLine)
}

const kind = '(?:通知|通告|公告|通报|意见|决定|批复|复函|函|答复|请示|报告)'
const titleAtStart = new RegExp(`^[^。：:；]{0,60}?关于[^。：:；]{2,160}?的[^的。：:；]{0,8}?${kind}(?![》〉”的])`, 'u')
const numberNext = /^[\p{Script=Han}]{1,14}[〔[［【（(][12][0-9]{3}[〕\]］】）)]\s?第?[0-9]{1,5}\s?号/u
const addresseeNext =
  /^[^。：:；]{2,300}?(?:政府|局|厅|部|院|委|办|会|处|所|镇|乡|街道|部门|单位|机构|机关|公司|企业|学校|中心|办事处|党委|党组|科室)(?:[（(][^（()）]{0,20}[）)])?[：:](?!\s*[一二三四五六七八九十]、)/u
/** Where a numbered line can begin: behind a stop or a space. */
const numberedNext =
  /(?<=[。；：:\s\u3000])(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,6}[条章][\s\u3000]|附件[0-9]?[：:]))|(?<=[。；：:\s\u3000][一二三四五六七八九十]{1,3}、[\p{Script=Han}、]{2,20})(?=[（(]一[）)])/gu
const closing =
  /(?<=[。\s])([\p{Script=Han}、]{4,60}?)[\s\u3000]*([12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)(?=$|[\s\u3000（(]|附件|\p{Script=Han}{2,60}(?:方案|办法|规定|细则|规则|规划|意见|清单|目录|名单|规范|计划|预案)(?:[\s\u3000一为第]|$))/gu
const note = /^[\s\u3000]*[（(][^（()）]{2,30}[）)]/u

/** The lines of a text, those of a run-on text cut into its parts. */
export function splitRunOn(lines: Line[]): Line[] {
  if (!isRunOn(lines)) return lines
  return lines.flatMap((line) => (line.text.length > longLine ? cut(line) : [line]))
}

function cut(line: Line): Line[] {
  const { text } = line
  const cuts = new Set<number>()
  let at = 0
  const skip = (): void => {
    while (/[\s\u3000]/u.test(text[at] ?? '')) at++
  }
  const head = text.slice(0, headLength)
  const title = titleAtStart.exec(head)?.[0]
  if (title !== undefined && endsLikeTitle(title)) {
    at = title.length
    skip()
    const number = numberNext.exec(text.slice(at, at + 60))?.[0]
    if (number !== undefined && isDocumentNumber(number)) {
      cuts.add(at)
      at += number.length
      skip()
    }
  }
  const addressees = addresseeNext.exec(text.slice(at, at + 320))?.[0]
  if (addressees !== undefined) {
    cuts.add(at)
    at += addressees.length
    skip()
  }
  if (at === 0 || (addressees === undefined && cuts.size === 0)) return [line]
  cuts.add(at)
  for (const { index } of text.slice(at).matchAll(numberedNext)) cuts.add(at + index)
  for (const { 0: whole, 1: organ = '', 2: date = '', index } of text.slice(at).matchAll(closing)) {
    if (!namesSigner(organ)) continue
    const end = at + index + whole.length
    cuts.add(at + index)
    cuts.add(end - date.length)
    cuts.add(end)
    const behind = note.exec(text.slice(end, end + 40))?.[0]
    if (behind !== undefined) cuts.add(end + behind.length)
  }
  const places = [0, ...[...cuts].filter((one) => one > 0 && one < text.length).sort((a, b) => a - b), text.length]
  return places.slice(0, -1).flatMap((from, index) => {
    const piece = text.slice(from, places[index + 1])
    const words = piece.trim()
    if (words === '') return []
    const start = line.start + from + (piece.length - piece.trimStart().length)
    return [{ ...line, text: words, start, end: start + words.length }]
  })
}
