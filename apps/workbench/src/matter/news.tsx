// Changes by others, and what changed. One's own do not count.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useEffect, useRef, useState } from 'react'
import { askAnew, historyQuery, ownSeq } from '../queries.ts'
import type { Frame } from './frame.ts'

export function News({ matter }: { matter: Frame }) {
  const client = useQueryClient()
  const [since, setSince] = useState<number | null>(null)
  const shown = useRef(matter.seq)
  const { data: events } = useQuery({ ...historyQuery(matter.id, matter.place), enabled: since !== null })
  useEffect(() => {
    const before = shown.current
    shown.current = matter.seq
    // The parts that are remembered from before may be older than the matter, where the page was left between the two.
    const key = ['parts-seq', matter.id]
    const parts = client.getQueryData<number>(key) ?? before
    client.setQueryData(key, matter.seq)
    if (matter.seq === parts) return
    const own = ownSeq(client, matter.id)
    for (const part of [
      'actions',
      'history',
      'deadlines',
      'comments',
      'versions',
      'artefacts',
      'plan',
      'refusals',
      'findings',
      'anchors',
      'review-findings',
    ])
      void askAnew(client, { queryKey: [matter.place.key, matter.id, part] })
    if (before !== matter.seq && own < matter.seq) setSince((old) => old ?? before)
  }, [matter.seq, matter.id, matter.place.key, client])
  if (since === null) return null
  const fresh = events?.filter((event) => event.seq > since) ?? []
  return (
    <div className="note note-info news" role="status" data-testid="news">
      <p>
        <b>{matter.noun}已有新变化</b>
        {fresh.length > 0
          ? `：${fresh
              .slice(-5)
              .map((event) => `${event.actor.name ?? ''}${event.label}`)
              .join('；')}`
          : ''}
      </p>
      <Button size="small" onClick={() => setSince(null)}>
        知道了
      </Button>
    </div>
  )
}
