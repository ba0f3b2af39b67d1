// 通读一遍文本：结构、检查、引用。在另一线程里做，不占打字的时间。
import {
  addressOf,
  adoptIds,
  cite,
  type Element,
  type Fault,
  type Finding,
  type LintOptions,
  lintParsed,
  parseText,
  type Reference,
  type StructuredText,
  unfilledOf,
} from '@dianzhang/text'

/** 文中引用的一件文件，及其位置。 */
export interface CitedPlace {
  name: string | null
  docNo: string | null
  start: number
  end: number
  element?: string
  address?: string
  /** 是本文件自己的名称，或者列在“同时废止”里：不是依据。 */
  aside: boolean
}
export interface Reading {
  findings: Finding[]
  faults: Fault[]
  internal: Reference[]
  cited: CitedPlace[]
  /** 还没有填的处数。 */
  unfilled: number
  title: string | null
}
export interface ReadingRequest {
  id: number
  text: string
  options: LintOptions
  /** 上一版的结构：元素标识由它继承。只在变了的时候给。 */
  base?: StructuredText | null
}
export interface ReadingAnswer {
  id: number
  reading: Reading
}

const repealing = /^[^。；\n]*(?:同时|即行|予以|一并)?废止/u

function innermost(t: StructuredText, at: number): Element | null {
  let found: Element | null = null
  const visit = (list: readonly Element[]): void => {
    for (const element of list)
      if (element.start <= at && at < element.end) {
        found = element
        visit(element.children)
      }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) visit(list)
  return found
}

/** 通读 `text`。`base` 是上一版的结构，有则元素沿用它的标识。 */
export function readThrough(text: string, options: LintOptions, base: StructuredText | null): Reading {
  const parsed = parseText(text)
  const structure = base ? adoptIds(base, parsed) : parsed
  const citations = cite(text)
  const own = [structure.title ?? '', options.title ?? '', ...structure.attachments.map((one) => one.title ?? '')]
  const place = (start: number, end: number, name: string | null, docNo: string | null): CitedPlace => {
    const element = innermost(structure, start)
    const address = element === null ? '' : addressOf(structure, element.id)
    return {
      name,
      docNo,
      start,
      end,
      ...(element === null ? {} : { element: element.id }),
      ...(address === '' ? {} : { address }),
      aside:
        (name !== null && own.some((title) => title === name || title.includes(`《${name}》`))) ||
        repealing.test(text.slice(end, end + 120)),
    }
  }
  return {
    findings: lintParsed(text, structure, options),
    faults: structure.faults,
    internal: citations.internal,
    cited: citations.named
      .filter((one) => text[one.start] === '《')
      .map((one) => place(one.start, one.end, one.name, one.docNo)),
    unfilled: unfilledOf(text).length,
    title: structure.title,
  }
}
