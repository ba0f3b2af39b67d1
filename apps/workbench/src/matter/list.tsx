// biome-ignore-all lint/a11y/useSemanticElements: a group of buttons, as on the desk
// The list of matters: waiting for me, done by me, all that are visible; filters by kind and name stand in the address.

import { processContracts } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import Input from 'antd/es/input'
import { useEffect, useState } from 'react'
import { useLate } from '../parts/late.ts'
import { DueCell, TurnCell } from '../parts/turn-cells.tsx'
import { documentProcess, meQuery } from '../queries.ts'
import { PagedTable, RegisterPage, usePages } from '../registers/parts.tsx'
import { dateOf, momentOf } from '../words.ts'
import { MatterLink } from './matter-link.tsx'
import { OpenLink } from './open-link.tsx'
import type { MatterSearch } from './search.ts'
import type { MatterRow } from './types.ts'

const route = getRouteApi('/staff/matters')
const kinds = Object.values(processContracts).map(({ kind, label }) => ({ kind, label }))

export function MattersPage() {
  const filters = route.useSearch()
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const navigate = useNavigate({ from: '/matters' })
  const set = (
    patch: Record<keyof MatterSearch, string | undefined> | Partial<Record<keyof MatterSearch, string | undefined>>,
  ) =>
    navigate({
      search: (old) =>
        Object.fromEntries(Object.entries({ ...old, ...patch }).filter(([, value]) => value)) as MatterSearch,
      replace: true,
    })
  const [typed, setTyped] = useState(filters.q ?? '')
  const q = useLate(typed.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the address
  useEffect(() => void (q !== (filters.q ?? '') && set({ q: q || undefined })), [q])
  const scope = filters.scope ?? 'mine'
  const list = usePages<MatterRow>(['matters'], '/api/matters', {
    process: filters.process,
    q: filters.q,
    ...(scope === 'mine' ? { mine: 'true' } : scope === 'done' ? { done: 'true' } : {}),
  })
  return (
    <RegisterPage
      title="事项"
      intro="各种事项都在这里：文件的制定、建议审查、会议、办公事务等。"
      tools={filters.process === documentProcess ? null : <Opening process={filters.process} />}
    >
      <div className="desk-head">
        <div className="segments" role="group" aria-label="范围">
          {(
            [
              [undefined, '待我办理'],
              ['done', '我办过的'],
              ['all', '全部可见'],
            ] as const
          ).map(([value, label]) => (
            <button
              key={label}
              type="button"
              aria-pressed={filters.scope === value}
              onClick={() => set({ scope: value })}
            >
              {label}
            </button>
          ))}
        </div>
        <select
          className="native"
          aria-label="种类"
          value={filters.process ?? ''}
          onChange={(e) => set({ process: e.target.value || undefined })}
        >
          <option value="">各种事项</option>
          <option value={documentProcess}>文件的制定</option>
          {kinds.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
        <Input
          className="desk-search"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          placeholder="名称中的文字"
          aria-label="在名称中检索"
          maxLength={100}
          allowClear
        />
      </div>
      <PagedTable<MatterRow>
        query={list}
        keyOf={(row) => row.id}
        empty={
          filters.q || filters.process
            ? '没有符合条件的事项。'
            : scope === 'mine'
              ? '现在没有待您办理的事项。'
              : scope === 'done'
                ? '还没有您办理过的事项。'
                : '还没有您可以查看的事项。'
        }
        columns={[
          {
            head: '名称',
            cell: (row) => (
              <>
                <MatterLink id={row.id} process={row.process}>
                  {row.title}
                </MatterLink>
                <small className="block quiet">
                  {row.processLabel} · {row.stageLabel} · {row.unit.name}
                </small>
              </>
            ),
          },
          {
            head: '要办什么',
            cell: (row) => (
              <div className="cell-turn">
                <TurnCell row={row} today={today} />
              </div>
            ),
            width: '17em',
          },
          {
            head: '期限',
            cell: (row) => (
              <div className="cell-due">
                <DueCell row={row} today={today} />
              </div>
            ),
            width: '9em',
          },
          { head: '更新于', cell: (row) => momentOf(row.updatedAt), width: '10.5em' },
        ]}
      />
    </RegisterPage>
  )
}

/** The way to open one: of the chosen kind, or a list of those that the person's posts may open. */
function Opening({ process }: { process: string | undefined }) {
  const [asked, setAsked] = useState(false)
  if (process) return <OpenLink process={process} />
  return (
    <details className="open-menu" onToggle={(event) => event.currentTarget.open && setAsked(true)}>
      <summary>开启一件</summary>
      {asked ? (
        <div className="open-kinds">
          {kinds.map(({ kind }) => (
            <OpenLink key={kind} process={kind} aside />
          ))}
          <p className="quiet">这里只列您的任职可以开启的。</p>
        </div>
      ) : null}
    </details>
  )
}
