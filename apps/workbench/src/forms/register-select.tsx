// Chooses a document in the public register: searches by title and document number, works by keyboard, stores the
// register id.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { useState } from 'react'
import { get, search } from '../api.ts'
import { useLate } from '../parts/late.ts'
import { meQuery } from '../queries.ts'
import type { Page, RegisterEntry } from '../types.ts'

const most = 20

export default function RegisterSelect({
  id,
  value,
  onChange,
  bad,
  except,
}: {
  id: string
  value: string | undefined
  onChange: (next: string | undefined) => void
  bad: boolean
  /** The one not to list: the file itself. */
  except: string | undefined
}) {
  const { data: me } = useQuery(meQuery)
  const [typed, setTyped] = useState('')
  const q = useLate(typed.trim())
  const found = useQuery({
    queryKey: ['register', me?.jurisdiction, q],
    queryFn: () =>
      get<Page<RegisterEntry>>(`/public/v1/documents${search({ q, jurisdiction: me?.jurisdiction, limit: most + 1 })}`),
    enabled: Boolean(me),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  // A kept form holds only the id; its title is asked for.
  const chosen = useQuery({
    queryKey: ['register-entry', me?.jurisdiction, value],
    queryFn: () =>
      get<RegisterEntry>(
        `/public/v1/documents/${encodeURIComponent(value ?? '')}${search({ jurisdiction: me?.jurisdiction })}`,
      ),
    enabled: Boolean(value),
    retry: false,
    staleTime: 300_000,
  })
  const shown = found.data?.items.filter((entry) => entry.id !== except).slice(0, most) ?? []
  const rows = chosen.data && !shown.some((entry) => entry.id === value) ? [chosen.data, ...shown] : shown
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
      placeholder="输入标题或者文号检索公开登记库"
      notFoundContent={
        waiting ? '正在检索……' : found.isError ? '没有连上登记库，请稍后再试。' : '登记库中没有这样的文件。'
      }
      options={rows.map((entry) => ({
        value: entry.id,
        label: entry.documentNumber ? `《${entry.title}》（${entry.documentNumber}）` : `《${entry.title}》`,
        about: [entry.statusLabel, entry.publishedOn ? `${entry.publishedOn} 公布` : null].filter(Boolean).join('，'),
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
