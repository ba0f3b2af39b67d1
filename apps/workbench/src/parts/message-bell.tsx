// The number of messages that wait, in the header and in the title of the window.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { call } from '../api.ts'
import type { Told } from '../types.ts'
import { plainTitle } from './opening.tsx'

export function MessageBell() {
  const { data } = useQuery({
    queryKey: ['messages', 'count'],
    // Asked by the page itself, also while it is not in view: the title tells; it keeps no session alive.
    queryFn: () =>
      call<Told<typeof answers.Messages>>('GET', '/api/messages?unread=true&limit=1', undefined, {
        headers: { 'x-background': '1' },
        withoutGate: true,
      }),
    retry: false,
    refetchInterval: 45_000,
    refetchIntervalInBackground: true,
  })
  const n = data?.unread ?? 0
  const count = n >= 100 ? '99+' : String(n)
  useEffect(() => {
    const write = () => {
      const plain = plainTitle()
      const wanted = n > 0 ? `(${count}) ${plain}` : plain
      if (document.title !== wanted) document.title = wanted
    }
    write()
    // Pages set their own title as they come.
    const watched = document.querySelector('title')
    const observer = new MutationObserver(write)
    if (watched) observer.observe(watched, { childList: true })
    return () => observer.disconnect()
  }, [n, count])
  return (
    <Link to="/messages" className="bell" aria-label={n > 0 ? `消息，${count}条未读` : '消息，没有未读的'}>
      消息{n > 0 ? <b aria-hidden="true">{count}</b> : null}
    </Link>
  )
}
