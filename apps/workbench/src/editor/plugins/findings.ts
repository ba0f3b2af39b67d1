// 检查提示、引用与待填之处在文字上的记号；随改动移动，下一次检查时重画。
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export interface TextMark {
  key: string
  kind: 'block' | 'warn' | 'review' | 'citation' | 'unfilled'
  from: number
  to: number
  title?: string
  /** 引用的效力：不佳，或者没有查明。 */
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
