// 读结构、承接标识、逐条比较、找位置、检查、找引用：只看文字，结果由文字决定，因此可以在另一线程里做。
import {
  type ComparedTexts,
  exportComparisonTable,
  exportRedline,
  findFormat,
  type ImportedDocx,
  type ImportOptions,
  importAnyFile,
  type PublishedDocument,
} from '@dianzhang/formats'
import {
  type Anchor,
  adoptIds,
  type CitationEdge,
  type Citations,
  type Comparison,
  citationEdges,
  cite,
  compareStructures,
  type Finding,
  flawsOf,
  type LintOptions,
  type LocatedAnchor,
  lint,
  lintParsed,
  locateAnchor,
  outline,
  parseText,
  type StructuredText,
  type Substance,
  type SubstanceOptions,
  statementOf,
  substanceOf,
  type TextStatement,
  type WholeText,
} from '@dianzhang/text'
import { type CleanedFile, cleanForPublic } from './clean-file.ts'

/** 一份文本：标识（内容与来历都相同才相同）、正文、其前一版（标识由它相承；不再相承的为 null）。 */
export interface TextRef {
  key: string
  body: string
  before: TextRef | null
}

/** 最长一版的字数。 */
export const lengthOf = ({ body, before }: TextRef): number =>
  Math.max(body.length, before === null ? 0 : lengthOf(before))

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
  lint: { ask: { body: string; structure: StructuredText | TextRef; options: LintOptions }; answer: Finding[] }
  /** 没有结构时给 null，用得着时再解析。 */
  cite: { ask: { body: string; structure: StructuredText | null }; answer: Citations }
  /** 各份文本的引用，逐处写明角色；见 `citationEdges`。 */
  edges: { ask: { texts: ReadonlyArray<{ body: string; title: string | null }> }; answer: CitationEdge[][] }
  /** 结构、目录与编号问题的答复，已是 JSON 的字节：很长的文本的结构有正文的十倍大，不在线程之间搬来搬去。 */
  structure: { ask: { text: TextRef; n: number; contentHash: string }; answer: Uint8Array }
  /** 一份文本以某种格式写出；没有标题的文本以 `title` 为题。 */
  export: {
    ask: { text: TextRef; format: string; title: string; document: Omit<PublishedDocument, 'structure'> }
    answer: Uint8Array
  }
  /** 两版的花脸稿或者修改对照表。 */
  difference: { ask: { kind: 'redline' | 'table'; input: ComparedTexts }; answer: Uint8Array }
  /** 读一份 Word 文件。 */
  import: { ask: { bytes: Uint8Array; options: ImportOptions }; answer: ImportedDocx }
  /** 去掉要公开的附件里的作者、路径等；见 {@link cleanForPublic}。 */
  clean: { ask: { bytes: Uint8Array }; answer: CleanedFile }
  state: { ask: { body: string }; answer: TextStatement }
  /** 两份文本之间的实质变化；`mostCharacters` 见 {@link SubstanceOptions}。 */
  substance: { ask: { from: WholeText; to: WholeText; options: SubstanceOptions }; answer: Substance }
  /** 后一份比前一份新出现的、不消除不能过关的问题。 */
  freshFaults: { ask: { before: string; after: string; options: LintOptions }; answer: string[] }
}
export type TextTask = keyof TextTasks

/** 近来读过的结构，按标识留着；只留最近几份，长的一份就有上百兆。 */
const structures = new Map<string, { characters: number; structure: StructuredText }>()
const mostCharacters = 3_000_000
function structureOf({ key, body, before }: TextRef): StructuredText {
  const known = structures.get(key)
  if (known) {
    structures.delete(key)
    structures.set(key, known)
    return known.structure
  }
  const alone = parseText(body)
  const structure = before === null ? alone : adoptIds(structureOf(before), alone)
  structures.set(key, { characters: body.length, structure })
  let kept = [...structures.values()].reduce((sum, { characters }) => sum + characters, 0)
  for (const [oldest, { characters }] of structures) {
    if (kept <= mostCharacters || structures.size === 1) break
    structures.delete(oldest)
    kept -= characters
  }
  return structure
}
const isRef = (given: StructuredText | TextRef): given is TextRef => 'key' in given

const work: {
  [K in TextTask]: (ask: TextTasks[K]['ask']) => TextTasks[K]['answer'] | Promise<TextTasks[K]['answer']>
} = {
  read: ({ body, previous }) => {
    const alone = parseText(body)
    return { alone, structure: previous === null ? alone : adoptIds(previous, alone) }
  },
  compare: ({ before, after }) => compareStructures(before, after),
  locate: ({ before, after, anchors }) => anchors.map((anchor) => locateAnchor(anchor, before, after)),
  lint: ({ body, structure, options }) =>
    lintParsed(body, isRef(structure) ? structureOf(structure) : structure, options),
  cite: ({ body, structure }) => cite(body, structure ?? undefined),
  edges: ({ texts }) => texts.map(({ body, title }) => citationEdges(body, { title })),
  structure: ({ text, n, contentHash }) => {
    const structure = structureOf(text)
    return new TextEncoder().encode(
      JSON.stringify({ n, contentHash, structure, outline: outline(structure), faults: structure.faults }),
    )
  },
  export: async ({ text, format, title, document }) => {
    const structure = structureOf(text)
    const found = findFormat(format)
    if (!found) throw new Error(`没有 ${format} 格式`)
    return found.write({ ...document, structure: structure.title === null ? { ...structure, title } : structure })
  },
  difference: ({ kind, input }) => (kind === 'redline' ? exportRedline(input) : exportComparisonTable(input)),
  import: ({ bytes, options }) => importAnyFile(bytes, options),
  clean: ({ bytes }) => cleanForPublic(bytes),
  substance: ({ from, to, options }) => substanceOf(from, to, options),
  freshFaults: ({ before, after, options }) => {
    const seen = new Set(lint(before, options).map((x) => `${x.id} ${x.quote}`))
    return lint(after, options).flatMap((x) =>
      x.severity === 'block' && !seen.has(`${x.id} ${x.quote}`) ? [x.message] : [],
    )
  },
  state: ({ body }) => {
    const structure = parseText(body)
    return { ...statementOf(body, structure), flaws: flawsOf(body, structure) }
  },
}

/** 就在这里做。 */
export const doTextWork = async <K extends TextTask>(
  kind: K,
  ask: TextTasks[K]['ask'],
): Promise<TextTasks[K]['answer']> => work[kind](ask)
