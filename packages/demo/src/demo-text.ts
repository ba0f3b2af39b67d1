// 演示文件的全部文字：正文、说明、依据、解读。均为虚构县的自拟文字，只为演示，不是任何机关的文件。
import type { Attachment } from '@dianzhang/contract'

/** 写进正文的日期，已是“2026年3月1日”的写法。 */
export interface TextDates {
  /** 施行之日。 */
  effective: string
  /** 有效期最后一日。 */
  until: string
}
export interface CitedInDemo {
  title: string
  docNo?: string
  articles?: string[]
  /** 对应本文件的条款。 */
  clause?: string
}
export interface DemoText {
  title: string
  necessity: string
  body: (dates: TextDates) => string
  /** 起草说明。 */
  note: string
  bases: CitedInDemo[]
  /** 政策解读；尚未写出的没有。 */
  interpretation?: string
  attachments?: Attachment[]
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const chinese = (n: number): string =>
  n < 10 ? (digits[n] ?? '') : `${n < 20 ? '' : digits[Math.floor(n / 10)]}十${digits[n % 10]}`

/** 条文增删、移动以后，依次重编条号；正文里没有互相引用的条号才可以用。 */
export function renumbered(body: string): string {
  let n = 0
  return body.replace(/^第[一二三四五六七八九十]+条(?=　)/gm, () => {
    n += 1
    return `第${chinese(n)}条`
  })
}
