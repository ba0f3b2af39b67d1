// Reading structure, carrying ids over, comparing article by article, finding places, checking, finding citations:
// looks only at text, and text alone decides the result, so it can be done in another thread.
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
  differenceFrom,
  type Finding,
  flawsOf,
  groupSimilar,
  type LintOptions,
  type LocatedAnchor,
  lint,
  lintParsed,
  locateAnchor,
  type MemberDifference,
  normalised,
  outline,
  type ProposedGroup,
  parseText,
  type SimilarItem,
  type StructuredText,
  type Substance,
  type SubstanceOptions,
  statementOf,
  substanceOf,
  type TextStatement,
  type WholeText,
} from '@dianzhang/text'
import { type ReadAttachment, readAttachment } from './attachment.ts'
import { type CleanedFile, cleanForPublic } from './clean-file.ts'
import { writtenAs } from './typesetter.ts'

/**
 * One text: key (the same only if content and origin are both the same), body, and the version before it (ids are
 * carried over from it; null when they no longer are).
 */
export interface TextRef {
  key: string
  body: string
  before: TextRef | null
}

/** Number of characters of the longest version. */
export const lengthOf = ({ body, before }: TextRef): number =>
  Math.max(body.length, before === null ? 0 : lengthOf(before))

export interface TextTasks {
  /**
   * `previous` is the structure of the version before, null when there is none or ids are no longer carried over;
   * then `structure` is just `alone`.
   */
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
  /** Null when there is no structure; parsed when it is needed. */
  cite: { ask: { body: string; structure: StructuredText | null }; answer: Citations }
  /** The citations of each text, place by place with their role; see `citationEdges`. */
  edges: { ask: { texts: ReadonlyArray<{ body: string; title: string | null }> }; answer: CitationEdge[][] }
  /**
   * The answer with structure, table of contents and numbering problems, already as bytes of JSON: the structure of a
   * very long text is ten times the size of its body and is not moved between threads.
   */
  structure: { ask: { text: TextRef; n: number; contentHash: string }; answer: Uint8Array }
  /** A text written out in some format; a text without a title takes `title`. */
  export: {
    ask: { text: TextRef; format: string; title: string; document: Omit<PublishedDocument, 'structure'> }
    answer: Uint8Array
  }
  /** The redline or comparison table of two versions. */
  difference: { ask: { kind: 'redline' | 'table'; input: ComparedTexts }; answer: Uint8Array }
  /** Reads what the public attached to a comment; see {@link readAttachment}. */
  attachment: { ask: { bytes: Uint8Array }; answer: ReadAttachment }
  /** Proposes which comments say the same; `apart`: pairs told apart by a person. */
  similar: {
    ask: { items: readonly SimilarItem[]; apart: readonly string[] }
    answer: Array<ProposedGroup & { differences: MemberDifference[] }>
  }
  /** Reads a Word file. */
  import: { ask: { bytes: Uint8Array; options: ImportOptions }; answer: ImportedDocx }
  /** Removes author, paths and so on from an attachment to be made public; see {@link cleanForPublic}. */
  clean: { ask: { bytes: Uint8Array }; answer: CleanedFile }
  state: { ask: { body: string }; answer: TextStatement }
  /** `state` and `edges` of one text in one go: its structure is read once, and the clock is set once. */
  saved: { ask: { body: string; title: string }; answer: { says: TextStatement; edges: CitationEdge[] } }
  /** Changes of substance between two texts; for `mostCharacters` see {@link SubstanceOptions}. */
  substance: { ask: { from: WholeText; to: WholeText; options: SubstanceOptions }; answer: Substance }
  /** Problems new in the later text compared with the earlier that must be removed before it can pass. */
  freshFaults: { ask: { before: string; after: string; options: LintOptions }; answer: string[] }
}
export type TextTask = keyof TextTasks

/** Structures read recently, kept by key; only the last few, as a long one takes hundreds of megabytes. */
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
const stated = (body: string, structure: StructuredText): TextStatement => ({
  ...statementOf(body, structure),
  flaws: flawsOf(body, structure),
})
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
    const whole = { ...document, structure: structure.title === null ? { ...structure, title } : structure }
    return writtenAs(found, whole)
  },
  difference: ({ kind, input }) => (kind === 'redline' ? exportRedline(input) : exportComparisonTable(input)),
  attachment: ({ bytes }) => readAttachment(bytes),
  similar: ({ items, apart }) => {
    const textOf = new Map(items.map(({ id, text }) => [id, text]))
    return groupSimilar(items, new Set(apart)).map((group) => {
      const shown = textOf.get(group.shown) ?? ''
      return {
        ...group,
        differences: group.members.map((id) => {
          const text = textOf.get(id) ?? ''
          const same = normalised(text) === normalised(shown)
          return { id, same, pieces: same ? [] : differenceFrom(shown, text) }
        }),
      }
    })
  },
  import: ({ bytes, options }) => importAnyFile(bytes, options),
  clean: ({ bytes }) => cleanForPublic(bytes),
  substance: ({ from, to, options }) => substanceOf(from, to, options),
  freshFaults: ({ before, after, options }) => {
    const seen = new Set(lint(before, options).map((x) => `${x.id} ${x.quote}`))
    return lint(after, options).flatMap((x) =>
      x.severity === 'block' && !seen.has(`${x.id} ${x.quote}`) ? [x.message] : [],
    )
  },
  state: ({ body }) => stated(body, parseText(body)),
  saved: ({ body, title }) => {
    const structure = parseText(body)
    return { says: stated(body, structure), edges: citationEdges(body, { structure, title }) }
  },
}

/** Does it right here. */
export const doTextWork = async <K extends TextTask>(
  kind: K,
  ask: TextTasks[K]['ask'],
): Promise<TextTasks[K]['answer']> => work[kind](ask)
