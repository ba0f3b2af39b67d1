// Queries kept under a name: one press brings them back.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { type FormEvent, useState } from 'react'
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
  // The query being named; changing the filter puts the field away.
  const [naming, setNaming] = useState<string | null>(null)
  const keep = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
    if (name === '') return
    setNaming(null)
    void change(post('/api/saved-filters', { name, list, query }))
  }
  if (rows.length === 0 && query === '') return null
  return (
    <div className="saved-filters">
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
      ) : query === '' ? null : naming === query ? (
        <form className="row" onSubmit={keep}>
          <label>
            名称{' '}
            <input
              name="name"
              maxLength={40}
              required
              // biome-ignore lint/a11y/noAutofocus: it has just been asked for
              autoFocus
              onKeyDown={(event) => {
                event.stopPropagation()
                if (event.key === 'Escape') setNaming(null)
              }}
            />
          </label>
          <Button size="small" type="primary" htmlType="submit">
            保存
          </Button>
          <Button size="small" onClick={() => setNaming(null)}>
            不存了
          </Button>
        </form>
      ) : (
        <Button size="small" onClick={() => setNaming(query)}>
          保存这个筛选
        </Button>
      )}
    </div>
  )
}
