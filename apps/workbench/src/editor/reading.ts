// 通读一遍文本：结构、检查、引用。在另一线程里做，不占打字的时间。
import {
  adoptIds,
  type CitedPlace,
  cite,
  citedActs,
  citedPlaces,
  type Fault,
  type Finding,
  type LintOptions,
  lintParsed,
  parseText,
  type Reference,
  type StructuredText,
  unfilledOf,
} from '@dianzhang/text'

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

/** 通读 `text`。`base` 是上一版的结构，有则元素沿用它的标识。 */
export function readThrough(text: string, options: LintOptions, base: StructuredText | null): Reading {
  const parsed = parseText(text)
  const structure = base ? adoptIds(base, parsed) : parsed
  const citations = cite(text, structure)
  return {
    findings: lintParsed(text, structure, options),
    faults: structure.faults,
    internal: citations.internal,
    // A reference that only continues a name before it has no words of its own.
    cited: citedPlaces(text, structure, citedActs(citations), options.title).filter((place) => place.end > place.start),
    unfilled: unfilledOf(text).length,
    title: structure.title,
  }
}
