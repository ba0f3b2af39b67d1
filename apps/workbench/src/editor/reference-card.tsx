// The small card on a reference to this document's own provisions: when the mouse rests on it or the cursor is beside
// it, says which provision is meant and what it says; an unsure one is settled right there.
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { Command } from '@tiptap/pm/state'
import Button from 'antd/es/button'
import { confirmReference, spellOutReference } from './commands.ts'
import { wordsOf } from './document.ts'
import { addressName } from './model/references.ts'
import { isRelative, type Meaning, meaningOf } from './model/relative.ts'
import { directoryIn } from './plugins/numbering.ts'
import { useHovered } from './use-hovered.ts'

/** The opening words of the paragraphs meant. */
const most = 70

export function ReferenceCard({
  editor,
  editable,
  run,
}: {
  editor: Editor
  editable: boolean
  run: (command: Command) => void
}) {
  const { shown, keep, hide, close } = useHovered(editor, '.reference', besides)
  const position = shown ? positionOf(editor, shown.element) : null
  const node = position === null ? null : editor.state.doc.nodeAt(position)
  if (!shown || position === null || node?.type.name !== 'reference') return null
  const { text, broken, was } = node.attrs
  const { original, now, spelled } = said(editor, node, position)
  const doubtful = broken || was !== null
  const rewritten = doubtful && editable ? spelled : null
  const accepted = was !== null && editable ? now : null
  const settle = (command: Command): void => {
    close()
    run(command)
  }
  return (
    <div
      className="cited-card"
      role="status"
      data-testid="reference-card"
      style={{ left: shown.left, top: shown.top }}
      onMouseEnter={keep}
      onMouseLeave={hide}
    >
      <p>
        <b>{text}</b>
        {broken ? <span className="reference-state">{original ? '这样写无所指' : '所引的条款已经删去'}</span> : null}
        {was === null ? null : <span className="reference-state">待核：所指已变</span>}
      </p>
      {doubtful ? (
        <>
          <Place what="原指" place={original ?? (was ? { name: was, words: '' } : null)} />
          {was === null ? null : <Place what="现读作" place={now} />}
        </>
      ) : (
        <Place place={now ?? original} />
      )}
      {rewritten || accepted ? (
        <div className="row">
          {rewritten ? (
            <Button size="small" type="primary" ghost onClick={() => settle(spellOutReference(position))}>
              改写为{rewritten}
            </Button>
          ) : null}
          {accepted ? (
            <Button size="small" onClick={() => settle(confirmReference(position))}>
              就指{accepted.name}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
function Place({ what, place }: { what?: string; place: { name: string; words: string } | null }) {
  return place ? (
    <p>
      {what ? <span className="quiet">{what}　</span> : null}
      {place.name}
      {place.words ? <span className="quiet">　{place.words}</span> : null}
    </p>
  ) : null
}

function said(editor: Editor, node: Node, position: number) {
  const { state } = editor
  const directory = directoryIn(state)
  const words = (at: number): string => {
    const line = state.doc.maybeChild(at)
    const all = line ? wordsOf(line) : ''
    return all.length > most ? `${all.slice(0, most)}……` : all
  }
  const { form, target, text } = node.attrs
  if (!isRelative(form)) {
    const at = directory.byId.get(String(target))
    const block = at === undefined ? undefined : directory.blocks[at]
    const place =
      at === undefined || !block
        ? null
        : { name: addressName(directory.addresses[at] ?? null, block), words: words(at) }
    return { original: place, now: null, spelled: null }
  }
  const line = state.doc.resolve(position).index(0)
  const { original, now, spelled } = meaningOf({ form, target, text }, line, directory, directory.byId)
  const place = (meant: Meaning | null) => meant && { name: meant.name, words: meant.at.map(words).join('　') }
  return { original: place(original), now: place(now), spelled: spelled?.text ?? null }
}

/** Which reference of the document this element is. */
function positionOf(editor: Editor, element: Element): number | null {
  if (!editor.view.dom.contains(element)) return null
  const at = editor.view.posAtDOM(element, 0)
  return [at, at - 1].find((each) => each >= 0 && editor.state.doc.nodeAt(each)?.type.name === 'reference') ?? null
}
/** The one beside the cursor. */
function besides(editor: Editor): Element | null {
  const { selection, doc } = editor.state
  const at = [selection.from, selection.from - 1].find(
    (each) => each >= 0 && doc.nodeAt(each)?.type.name === 'reference',
  )
  if (at === undefined || selection.to > at + 1) return null
  const dom = editor.view.nodeDOM(at)
  return dom instanceof Element ? dom : null
}
