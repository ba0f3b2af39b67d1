// Marks on the words for hints from checks, citations and places to fill in; they move with edits and are redrawn at
// the next check.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export interface TextMark {
  key: string
  kind: 'block' | 'warn' | 'review' | 'citation' | 'unfilled'
  from: number
  to: number
  title?: string
  /** The standing of the citation: bad, or not established. */
  standing?: 'doubtful' | 'unsure' | undefined
}
export const findings = new PluginKey<DecorationSet>('findings')

const decorationOf = (mark: TextMark): Decoration =>
  Decoration.inline(
    mark.from,
    mark.to,
    {
      class: `mark mark-${mark.kind}${mark.standing ? ` mark-${mark.standing}` : ''}`,
      // Marks on the same words share one element: each kind has an attribute of its own.
      [mark.kind === 'citation' ? 'data-cite' : 'data-mark']: mark.key,
      ...(mark.title ? { title: mark.title } : {}),
    },
    { key: mark.key },
  )

export const Findings = Extension.create({
  name: 'findings',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: findings,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, value) {
          const told = tr.getMeta(findings) as { marks: TextMark[] } | undefined
          if (told) return DecorationSet.create(tr.doc, told.marks.map(decorationOf))
          return tr.docChanged ? value.map(tr.mapping, tr.doc) : value
        },
      },
      props: {
        decorations: (state) => findings.getState(state),
      },
    }),
  ],
})
