// The small card on a citation: when the mouse rests on it or the cursor is in it, says which document it is and its
// status today.
import type { Editor } from '@tiptap/core'
import type { Cited } from './citations.ts'
import { CitedStatus } from './margin.tsx'
import { findings } from './plugins/findings.ts'
import { useHovered } from './use-hovered.ts'

export function CitedCard({ editor, cited }: { editor: Editor; cited: readonly Cited[] }) {
  const { shown, keep, hide } = useHovered(editor, '[data-cite]', atCaret)
  const key = shown?.element.getAttribute('data-cite')
  const found = cited.find((each) => each.key === key)
  if (!shown || !found) return null
  const { place, found: entry } = found
  return (
    <div
      className="cited-card"
      role="status"
      style={{ left: shown.left, top: shown.top }}
      onMouseEnter={keep}
      onMouseLeave={hide}
    >
      <p>
        <b>{place.name === null ? place.docNo : `《${place.name}》`}</b>
      </p>
      <p>
        <CitedStatus cited={found} />
      </p>
      {entry?.entry?.effectiveDate ? (
        <p className="quiet">
          自 {entry.entry.effectiveDate} 起施行
          {entry.entry.validUntil ? `，有效期至 ${entry.entry.validUntil}` : ''}
        </p>
      ) : null}
    </div>
  )
}
function atCaret(editor: Editor): Element | null {
  const { selection } = editor.state
  const inside = selection.empty
    ? findings
        .getState(editor.state)
        ?.find(selection.from, selection.from, (spec: { key?: string }) => spec.key?.startsWith('cite-') === true)[0]
    : undefined
  const key = (inside?.spec as { key?: string } | undefined)?.key
  return key === undefined ? null : editor.view.dom.querySelector(`[data-cite="${key}"]`)
}
