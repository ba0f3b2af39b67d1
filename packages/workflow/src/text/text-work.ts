// 读结构、承接标识、逐条比较、找位置、检查、找引用：只看文字，结果由文字决定，因此可以在另一线程里做。
import {
  type Anchor,
  adoptIds,
  type Citations,
  type Comparison,
  cite,
  compareStructures,
  type Finding,
  type LintOptions,
  type LocatedAnchor,
  lintParsed,
  locateAnchor,
  parseText,
  type StructuredText,
} from '@dianzhang/text'

export interface TextTasks {
  /** `previous` 为上一版的结构，没有或者不再相承时为 null；这时 `structure` 就是 `alone`。 */
  read: {
    ask: { body: string; previous: StructuredText | null }
    answer: { alone: StructuredText; structure: StructuredText }
  }
  compare: { ask: { before: StructuredText; after: StructuredText }; answer: Comparison }
  locate: {
    ask: { before: StructuredText; after: StructuredText; anchors: readonly Anchor[] }
    answer: LocatedAnchor[]
  }
  lint: { ask: { body: string; structure: StructuredText; options: LintOptions }; answer: Finding[] }
  /** 没有结构时给 null，用得着时再解析。 */
  cite: { ask: { body: string; structure: StructuredText | null }; answer: Citations }
}
export type TextTask = keyof TextTasks

const work: { [K in TextTask]: (ask: TextTasks[K]['ask']) => TextTasks[K]['answer'] } = {
  read: ({ body, previous }) => {
    const alone = parseText(body)
    return { alone, structure: previous === null ? alone : adoptIds(previous, alone) }
  },
  compare: ({ before, after }) => compareStructures(before, after),
  locate: ({ before, after, anchors }) => anchors.map((anchor) => locateAnchor(anchor, before, after)),
  lint: ({ body, structure, options }) => lintParsed(body, structure, options),
  cite: ({ body, structure }) => cite(body, structure ?? undefined),
}

/** 就在这里做。 */
export const doTextWork = <K extends TextTask>(kind: K, ask: TextTasks[K]['ask']): TextTasks[K]['answer'] =>
  work[kind](ask)
