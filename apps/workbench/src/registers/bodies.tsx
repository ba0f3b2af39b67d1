// Meetings and bodies: who deliberates and who reviews legality is decided by the records here. The system
// administrator registers, corrects, disables and restores them, and never deletes.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Select from 'antd/es/select'
import { lazy, Suspense, useState } from 'react'
import { TakeAway } from '../parts/take-away.tsx'
import { bodiesQuery, meQuery, unitsQuery } from '../queries.ts'
import type { BodyRow } from '../types.ts'
import { Loaded, RegisterPage, Table } from './parts.tsx'

const AdminDrawer = lazy(() => import('./people-admin.tsx').then((m) => ({ default: m.AdminDrawer })))
const route = getRouteApi('/staff/bodies')

export function BodiesPage() {
  const { data: me } = useQuery(meQuery)
  const { do: doing, on } = route.useSearch()
  const navigate = route.useNavigate()
  const bodies = useQuery({ ...bodiesQuery, staleTime: 0 })
  const units = useQuery(unitsQuery)
  const [unit, setUnit] = useState<string>()
  const nameOf = (id: string | null) => units.data?.find((each) => each.id === id)?.name ?? id ?? '—'
  const admin = me?.posts.some((post) => post.role === 'admin' && !post.delegatedFrom) ?? false
  const open = (what: string, id?: string) => navigate({ search: { do: what, ...(id ? { on: id } : {}) } })
  const act = (what: string, label: string, row: BodyRow) => (
    <Button size="small" onClick={() => open(what, row.id)} aria-label={`${label}：${row.name}`}>
      {label}
    </Button>
  )
  const table = (rows: BodyRow[], second: 'form' | 'seat', empty: string) => (
    <Table
      rows={rows}
      keyOf={(row) => row.id}
      empty={empty}
      columns={[
        { head: '名称', cell: (row) => row.name },
        { head: second === 'form' ? '以谁的名义决定' : '为谁审核', cell: (row) => row.unitName },
        second === 'form'
          ? { head: '会议的种类', cell: (row) => row.form ?? '—' }
          : { head: '设在', cell: (row) => nameOf(row.seat) },
        {
          head: '状态',
          cell: (row) => (row.active ? <span className="good">在用</span> : <span className="bad">已停用</span>),
        },
        ...(admin
          ? [
              {
                head: '办理',
                cell: (row: BodyRow) => (
                  <span className="row-acts">
                    {/* Made with the pack and its units (identifier with a colon): the name follows the unit. */}
                    {row.id.includes(':') ? null : act('body', '更正', row)}
                    {row.active ? act('disable-body', '停用', row) : act('enable-body', '恢复', row)}
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  )
  return (
    <RegisterPage
      title="会议与机构"
      intro={
        admin
          ? '各机关的会议、政府的合法性审核机构。能不能审议、由谁审核，以这里的记录判断，停用的不再算。随规则包建立的，名称随单位；另有的在此登记。每一项都记入“人员与单位”页末的管理记录。'
          : '各机关的会议、政府的合法性审核机构。能不能审议、由谁审核，以这里的记录判断。需要登记、变更的，请联系系统管理员。'
      }
      tools={
        <span className="row">
          <Select
            aria-label="只看某机关"
            value={unit ?? null}
            onChange={(next: string | null) => setUnit(next ?? undefined)}
            allowClear
            placeholder="全部机关"
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={320}
            className="desk-search"
            options={[...new Map(bodies.data?.map((row) => [row.unit, row.unitName]) ?? [])].map(([value, label]) => ({
              value,
              label,
            }))}
          />
          {admin ? <Button onClick={() => open('add-body')}>登记会议或者机构</Button> : null}
        </span>
      }
    >
      <Loaded query={bodies}>
        {(all) => {
          const rows = all.filter((row) => unit === undefined || row.unit === unit)
          return (
            <>
              <h2>会议</h2>
              {table(
                rows.filter((row) => row.kind === 'meeting'),
                'form',
                '还没有登记会议。',
              )}
              <h2>合法性审核机构</h2>
              {table(
                rows.filter((row) => row.kind === 'review'),
                'seat',
                '还没有登记审核机构。',
              )}
              <p className="desk-foot">
                <TakeAway path="/api/bodies" params={{ unit }} />
              </p>
            </>
          )
        }}
      </Loaded>
      {admin && doing ? (
        <Suspense>
          <AdminDrawer
            what={doing}
            on={on}
            units={units.data}
            bodies={bodies.data}
            onClose={() => navigate({ search: {} })}
          />
        </Suspense>
      ) : null}
    </RegisterPage>
  )
}
