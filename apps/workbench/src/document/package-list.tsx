// The materials submitted for review, one line each: there, lacking or to be done again.
import { Link } from '@tanstack/react-router'
import type { Doc } from '../types.ts'

export const stateWords = { have: '✓ 已有', missing: '缺', unfit: '须重做' } as const

/** For the form that accepts them or asks for more; the materials themselves are one step away, in a window of their own. */
export function PackageList({ doc }: { doc: Doc }) {
  const asked = doc.materials.filter((each) => each.neededFor !== 'publication')
  if (asked.length === 0) return null
  return (
    <section aria-label="送审材料" data-testid="package-list">
      <h4>送审材料</h4>
      <ul className="checklist">
        {asked.map((each) => (
          <li key={each.kind} className={`checklist-${each.state}`}>
            <b className="checklist-state">{stateWords[each.state]}</b>
            <span>
              {each.label}
              {each.why && each.state === 'unfit' ? <small>{each.why}</small> : null}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'materials' }} target="_blank">
          另开窗口看各件材料
        </Link>
      </p>
    </section>
  )
}
