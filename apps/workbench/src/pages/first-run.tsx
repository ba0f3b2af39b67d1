// The first time somebody stands at the desk: three sentences on what is where, put away for good with one press.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useState } from 'react'
import { meQuery } from '../queries.ts'

const keyOf = (person: string): string => `dianzhang:${person}:first-run`
const seen = (person: string): boolean => {
  try {
    return localStorage.getItem(keyOf(person)) !== null
  } catch {
    return true
  }
}
export function FirstRun() {
  const { data: me } = useQuery(meQuery)
  const [away, setAway] = useState(false)
  if (!me || away || seen(me.person)) return null
  const close = () => {
    try {
      localStorage.setItem(keyOf(me.person), '1')
    } catch {
      // Without a store it is shown again next time.
    }
    setAway(true)
  }
  return (
    <aside className="card first-run" aria-label="第一次来" data-testid="first-run">
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
      <Button size="small" onClick={close}>
        知道了
      </Button>
    </aside>
  )
}
