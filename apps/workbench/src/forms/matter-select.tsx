// Chooses a file: searches by name those one can see, works by keyboard, stores the file's id.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { useState } from 'react'
import { get, search } from '../api.ts'
import type { MatterRow } from '../matter/types.ts'
import { useLate } from '../parts/late.ts'
import type { Page } from '../types.ts'

type Choice = Pick<MatterRow, 'id' | 'title' | 'processLabel' | 'stageLabel'>
const most = 20

export function MatterSelect({
  id,
  value,
  onChange,
  bad,
  process,
  except,
}: {
  id: string
  value: string | undefined
  onChange: (next: string | undefined) => void
  bad: boolean
  /** Lists only this kind of matter; all kinds when not stated. */
  process: string | undefined
  /** The one not to list: the file being handled itself. */
  except: string | undefined
}) {
  const [typed, setTyped] = useState('')
  const q = useLate(typed.trim())
  const found = useQuery({
    queryKey: ['matters', 'choose', process, q],
    queryFn: () => get<Page<Choice>>(`/api/matters${search({ q, process, limit: most + 1 })}`),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  // A kept form holds only the id; its title is asked for.
  const chosen = useQuery({
    queryKey: ['matters', 'chosen', value],
    queryFn: () => get<Choice>(`/api/matters/${encodeURIComponent(value ?? '')}`),
    enabled: Boolean(value),
    retry: false,
    staleTime: 300_000,
  })
  const shown = found.data?.items.filter((one) => one.id !== except).slice(0, most) ?? []
  const rows = chosen.data && !shown.some((one) => one.id === value) ? [chosen.data, ...shown] : shown
  const waiting = typed.trim() !== q || found.isFetching
  return (
    <Select
      id={id}
      className="entry-select"
      value={value ?? null}
      onChange={(next: string | null | undefined) => {
        onChange(next ?? undefined)
        setTyped('')
      }}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={waiting}
      placeholder="输入名称检索案卷"
      notFoundContent={waiting ? '正在检索……' : found.isError ? '没有连上，请稍后再试。' : '没有您看得到的这样的案卷。'}
      options={rows.map((one) => ({
        value: one.id,
        label: one.title,
        about: [one.processLabel, one.stageLabel].filter(Boolean).join('，'),
      }))}
      optionRender={(option) => (
        <span className="entry-option">
          <span>{option.data.label}</span>
          <small>{option.data.about}</small>
        </span>
      )}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
