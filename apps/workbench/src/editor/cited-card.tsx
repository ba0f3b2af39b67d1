// 引用上的小卡片：鼠标停在上面，或者光标在其中时，说明是哪一件、今日效力如何。
import type { Editor } from '@tiptap/core'
import { useEffect, useRef, useState } from 'react'
import type { Cited } from './citations.ts'
import { CitedStatus } from './margin.tsx'
import { findings } from './plugins/findings.ts'

interface Shown {
  key: string
  left: number
  top: number
}
export function CitedCard({ editor, cited }: { editor: Editor; cited: readonly Cited[] }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const keep = (): void => clearTimeout(timer.current)
  const hide = (): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(null), 250)
  }
  useEffect(() => {
    const { dom } = editor.view
    const place = (mark: Element): void => {
      const key = mark.getAttribute('data-cite') ?? ''
      const own = dom.closest('.edit-sheet')?.getBoundingClientRect()
      const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect()
      if (!own) return
      setShown({
        key,
        left: Math.max(8, Math.min(box.left - own.left, own.width - 340)),
        top: box.bottom - own.top + 4,
      })
    }
    const over = (event: Event): void => {
      const mark = (event.target as Element | null)?.closest?.('[data-cite]')
      if (!mark) return
      clearTimeout(timer.current)
      timer.current = setTimeout(() => place(mark), 200)
    }
    const out = (event: Event): void => {
      if ((event.target as Element | null)?.closest?.('[data-cite]')) {
        clearTimeout(timer.current)
        timer.current = setTimeout(() => setShown(null), 250)
      }
    }
    // The caret inside a citation shows it too, for those who do not use a mouse.
    const moved = (): void => {
      const { selection } = editor.state
      const inside = selection.empty
        ? findings
            .getState(editor.state)
            ?.find(
              selection.from,
              selection.from,
              (spec: { key?: string }) => spec.key?.startsWith('cite-') === true,
            )[0]
        : undefined
      clearTimeout(timer.current)
      if (!inside) {
        setShown((old) => (old === null ? old : null))
        return
      }
      const key = String((inside.spec as { key?: string }).key)
      const mark = dom.querySelector(`[data-cite="${key}"]`)
      if (mark) timer.current = setTimeout(() => place(mark), 400)
    }
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setShown(null)
    }
    dom.addEventListener('mouseover', over)
    dom.addEventListener('mouseout', out)
    dom.addEventListener('keydown', close)
    editor.on('selectionUpdate', moved)
    return () => {
      clearTimeout(timer.current)
      dom.removeEventListener('mouseover', over)
      dom.removeEventListener('mouseout', out)
      dom.removeEventListener('keydown', close)
      editor.off('selectionUpdate', moved)
    }
  }, [editor])
  const found = shown ? cited.find((each) => each.key === shown.key) : undefined
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
