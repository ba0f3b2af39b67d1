// The tabs of a matter or file; the address says which one is open.
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { useChosenInView } from '../parts/chosen-in-view.ts'
import type { Frame } from './frame.ts'

export function Tabs({
  matter,
  tabs,
  chosen,
  opening = tabs[0]?.id,
}: {
  matter: Pick<Frame, 'id' | 'noun' | 'place'>
  /** `mark` follows the name (the number not handled, and so on). */
  tabs: ReadonlyArray<{ id: string; label: string; mark?: ReactNode }>
  chosen: string | undefined
  /** Seen on opening, without `?tab=` in the address; the first where nothing else is said. */
  opening?: string | undefined
}) {
  const bar = useRef<HTMLElement>(null)
  useChosenInView(bar, '.chosen', chosen ?? '')
  return (
    <nav className="tabs" aria-label={`${matter.noun}各部分`} ref={bar}>
      {tabs.map((each) => (
        <Link
          key={each.id}
          to={matter.place.page}
          params={{ id: matter.id }}
          search={each.id === opening ? {} : { tab: each.id }}
          resetScroll={false}
          className={each.id === chosen ? 'chosen' : ''}
          // The tab without anything in the address is not the present one because another has something in it.
          activeOptions={{ exact: true }}
          activeProps={{}}
          aria-current={each.id === chosen ? 'page' : undefined}
        >
          {each.label}
          {each.mark}
        </Link>
      ))}
    </nav>
  )
}
