// Queries kept under a name: one press brings them back.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { get, post, remove, search, sentence } from '../api.ts'
import { toast } from '../parts/toasts.tsx'
import type { Told } from '../types.ts'

type Saved = Told<typeof answers.SavedFilter>

/** Those of one list; `now` is its query at present. */
export function SavedFilters({ list, now }: { list: string; now: Record<string, string | undefined> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data } = useQuery({ queryKey: ['saved-filters'], queryFn: () => get<Saved[]>('/api/saved-filters') })
  const query = search(now).replace(/^\?/, '')
  const rows = (data ?? []).filter((row) => row.list === list)
  const here = rows.find((row) => row.query === query)
  const change = async (work: Promise<unknown>) => {
    try {
      await work
      await client.invalidateQueries({ queryKey: ['saved-filters'] })
    } catch (error) {
      toast(sentence(error), 'warn')
    }
  }
  const keep = () => {
    const name = window.prompt('给这个筛选取个名字')?.trim().slice(0, 40)
    if (name) void change(post('/api/saved-filters', { name, list, query }))
  }
  if (rows.length === 0 && query === '') return null
  return (
    <p className="saved-filters">
      {rows.map((row) => (
        <Button
          key={row.id}
          size="small"
          aria-pressed={row.query === query}
          onClick={() =>
            void navigate({ to: '/', search: Object.fromEntries(new URLSearchParams(row.query)) as never })
          }
        >
          {row.name}
        </Button>
      ))}
      {here ? (
        <Button size="small" onClick={() => void change(remove(`/api/saved-filters/${here.id}`))}>
          删去“{here.name}”
        </Button>
      ) : query === '' ? null : (
        <Button size="small" onClick={keep}>
          保存这个筛选
        </Button>
      )}
    </p>
  )
}
