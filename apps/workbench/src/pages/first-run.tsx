// The first time somebody stands at the desk: three sentences on what is where, and a walk past the real places. Put away for
// good with one press; the help page begins it anew.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { lazy, Suspense, useState } from 'react'
import { meQuery } from '../queries.ts'

const Tour = lazy(() => import('./tour.tsx').then((m) => ({ default: m.Tour })))

const keyOf = (person: string): string => `dianzhang:${person}:first-run`
const seen = (person: string): boolean => {
  try {
    return localStorage.getItem(keyOf(person)) !== null
  } catch {
    return true
  }
}
/** `tour`: the address asks for the walk; `onTour` puts it there and takes it away. */
export function FirstRun({ tour, onTour }: { tour: boolean; onTour: (on: boolean) => void }) {
  const { data: me } = useQuery(meQuery)
  const [away, setAway] = useState(false)
  if (!me) return null
  const close = () => {
    try {
      localStorage.setItem(keyOf(me.person), '1')
    } catch {
      // Without a store it is shown again next time.
    }
    setAway(true)
  }
  if (tour)
    return (
      <Suspense>
        <Tour
          onEnd={() => {
            close()
            onTour(false)
          }}
        />
      </Suspense>
    )
  if (away || seen(me.person)) return null
  return (
    <aside className="card first-run no-print" aria-label="第一次来" data-testid="first-run">
      <ol>
        <li>
          <b>待我办</b>列着等您办的事，点“要办什么”直接去填。
        </li>
        <li>
          案卷页最上面的<b>卡片</b>写着轮到谁、办什么、到哪一天；不能办的写明差什么、依据哪一条。
        </li>
        <li>
          找东西按 <kbd>Ctrl K</kbd>；不会办看<Link to="/help">帮助</Link>。
        </li>
      </ol>
      <span className="row">
        <Button size="small" type="primary" onClick={() => onTour(true)}>
          带我看一遍
        </Button>
        <Button size="small" onClick={close}>
          知道了
        </Button>
      </span>
    </aside>
  )
}
