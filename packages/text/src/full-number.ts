// The number of a document with the organs that issue it, where the text parts the two.
import { withoutSpaces } from './lines.ts'
import type { StructuredText } from './tree.ts'

const bare = /^[（(〔[【]?((?:[12][0-9]{3}年)?第?[0-9零〇一二三四五六七八九十百千]{1,9}号)[）)〕\]】]?$/u
const order = /(?:令|公告|通告)$/u

/**
 * The 发文字号 as it is cited. 第3号 below 甲部 乙部 公告 is 甲部、乙部公告第3号: the organs stand in the 版头, in the order before the act, or
 * are the title. Any other number as the text has it; null without one.
 */
export function fullNumberOf(text: StructuredText): string | null {
  const number = text.documentNumber
  const ordinal = number === null ? undefined : bare.exec(withoutSpaces(number))?.[1]
  if (ordinal === undefined) return number
  const head = [text.letterhead?.join(' '), text.title, ...text.preamble.slice(0, 3).map((one) => one.text)].find(
    (words) =>
      words !== undefined && words !== null && words.length <= 200 && order.test(words) && !words.includes('关于'),
  )
  if (head === undefined || head === null) return ordinal
  const kind = /(?:令|公[\s\u3000]*告|通[\s\u3000]*告)$/u.exec(head)?.[0] ?? ''
  const organs = head
    .slice(0, head.length - kind.length)
    .split(/[\s\u3000]+|、/u)
    .filter((one) => one !== '')
  return `${organs.join('、')}${withoutSpaces(kind)}${ordinal}`
}
