// The archive: what was filed away, under which number, kept until when; what has been kept long enough, what goes to the
// public archive.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Input from 'antd/es/input'
import { useEffect, useState } from 'react'
import { get } from '../api.ts'
import { useLate } from '../parts/late.ts'
import { UnitOptions } from '../parts/unit-options.tsx'
import type { Told } from '../types.ts'
import { dateOf, plain } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

type Row = Told<typeof answers.ArchivedFile>
type Summary = Told<typeof answers.ArchiveSummary>
export interface ArchiveSearch {
  q?: string
  retention?: string
  year?: string
  issuer?: string
  due?: string
}
const route = getRouteApi('/staff/archive')

export function ArchivePage() {
  const found = route.useSearch()
  const navigate = route.useNavigate()
  const asked = (change: ArchiveSearch) => {
    const next = Object.entries({ ...found, ...change }).filter(([, value]) => value)
    return navigate({ search: Object.fromEntries(next), replace: true })
  }
  const [typed, setTyped] = useState(found.q ?? '')
  const q = useLate(typed.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the address
  useEffect(() => void (q !== (found.q ?? '') && asked({ q })), [q])
  const { data: summary } = useQuery({
    queryKey: ['archive', 'summary'],
    queryFn: () => get<Summary>('/api/archive/summary'),
  })
  const query = usePages<Row>(['archive'], '/api/archive', { ...found })
  const counted = (n: number | undefined): string => (n === undefined ? '' : n >= 1000 ? '（1000 件以上）' : `（${n}）`)
  return (
    <RegisterPage title="档案" intro="已经归档的文件。保管期满的须经鉴定，由档案机构决定续存还是销毁，系统不自行删去。">
      <div className="desk-head">
        <Input
          className="desk-search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder="题名、发文字号，或者档号的开头"
          aria-label="检索档案"
          maxLength={100}
          allowClear
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, as on the desk */}
        <div className="segments" role="group" aria-label="哪些">
          {(
            [
              [undefined, '全部'],
              ['appraise', `待鉴定${counted(summary?.appraise)}`],
              ['transfer', `待移交${counted(summary?.transfer)}`],
            ] as const
          ).map(([value, label]) => (
            <button
              key={value ?? ''}
              type="button"
              aria-pressed={found.due === value}
              onClick={() => asked({ due: value ?? '' })}
            >
              {label}
            </button>
          ))}
        </div>
        <select
          className="native"
          aria-label="保管期限"
          value={found.retention ?? ''}
          onChange={(event) => asked({ retention: event.target.value })}
        >
          <option value="">各种保管期限</option>
          {summary?.retentions.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <select
          className="native"
          aria-label="牵头机关"
          value={found.issuer ?? ''}
          onChange={(event) => asked({ issuer: event.target.value })}
        >
          <option value="">各制定机关</option>
          <UnitOptions issuers />
        </select>
      </div>
      <PagedTable
        query={query}
        keyOf={(row) => row.id}
        empty={
          Object.keys(found).length > 0
            ? '没有这样的档案。换一个条件再查。'
            : '还没有归档的文件。施行以后，由文秘在案卷里办理“归档”。'
        }
        columns={[
          {
            head: '档号',
            width: '14em',
            cell: (row) =>
              row.archiveNo ? (
                <span className="copyable">{row.archiveNo}</span>
              ) : (
                <span className="quiet">没有编号</span>
              ),
          },
          {
            head: '题名',
            cell: (row) => (
              <>
                <Link to="/documents/$id" params={{ id: row.id }}>
                  {row.title}
                </Link>
                <small className="block quiet">{row.documentNumber}</small>
              </>
            ),
          },
          { head: '责任者', cell: (row) => row.issuer.name },
          {
            head: '归档',
            width: '9em',
            cell: (row) => (
              <>
                {dateOf(row.archivedAt)}
                <small className="block quiet">{row.files} 件</small>
                <small className="block quiet">{row.archivedBy}</small>
              </>
            ),
          },
          {
            head: '保管期限',
            width: '9em',
            cell: (row) => (
              <>
                {row.retention ?? <span className="quiet">没有写明</span>}
                {row.keptUntil ? (
                  <small className={`block ${row.due === 'appraise' ? 'bad' : 'quiet'}`}>
                    {row.due === 'appraise' ? '已满，待鉴定：' : '至 '}
                    {row.keptUntil}
                  </small>
                ) : null}
              </>
            ),
          },
          {
            head: '移交',
            width: '10em',
            cell: (row) =>
              row.transferOn ? (
                <span className={row.due === 'transfer' ? 'bad' : ''}>{plain(row.transferOn)}起</span>
              ) : (
                <span className="quiet">—</span>
              ),
          },
          {
            head: '取走',
            width: '8em',
            cell: (row) => (
              <span className="no-print">
                <a href={`/api/documents/${row.id}/archive-list.pdf`}>目录</a>{' '}
                <a href={`/api/documents/${row.id}/archive.zip`}>整卷</a>
              </span>
            ),
          },
        ]}
      />
    </RegisterPage>
  )
}
