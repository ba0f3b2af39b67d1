// People and units: here the system administrator adds people, disables them, changes posts, resets passwords, and
// adds or changes units.

import { type SignInAge, signInAges } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { lazy, Suspense, useState } from 'react'
import { meQuery, unitsQuery } from '../queries.ts'
import { dateOf, momentOf, roleName } from '../words.ts'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'
import type { Person } from './person.ts'
import { unitKinds } from './unit-kinds.ts'

const AdminDrawer = lazy(() => import('./people-admin.tsx').then((m) => ({ default: m.AdminDrawer })))
const PeopleImport = lazy(() => import('./people-import.tsx').then((m) => ({ default: m.PeopleImport })))
const OfficeActs = lazy(() => import('./people-admin.tsx').then((m) => ({ default: m.OfficeActs })))
const route = getRouteApi('/staff/people')

export function PeoplePage() {
  const [q, setQ] = useState('')
  const [signIn, setSignIn] = useState<SignInAge | ''>('')
  const { data: me } = useQuery(meQuery)
  const { do: doing, on } = route.useSearch()
  const navigate = route.useNavigate()
  const people = usePages<Person>(['people'], '/api/people', {
    q: q.trim() || undefined,
    signIn: signIn || undefined,
  })
  const units = useQuery(unitsQuery)
  const words = q.split(/\s+/).filter(Boolean)
  const nameOf = (id: string | null) => units.data?.find((unit) => unit.id === id)?.name ?? id ?? '—'
  const admin = me?.posts.some((post) => post.role === 'admin' && !post.delegatedFrom) ?? false
  const open = (what: string, id?: string) => navigate({ search: { do: what, ...(id ? { on: id } : {}) } })
  const act = (what: string, label: string, row: { id: string; name: string }) => (
    <Button size="small" onClick={() => open(what, row.id)} aria-label={`${label}：${row.name}`}>
      {label}
    </Button>
  )
  return (
    <RegisterPage
      title="人员与单位"
      intro={
        admin
          ? '人员与单位只添加、停用、更正，不删除；每一项都记入页末的管理记录。本人的账号由另一名系统管理员办理。'
          : '系统管理员、政府办公室文秘可见全部人员，其他人可见本单位人员。需要添加、变更的，请联系系统管理员。'
      }
      tools={
        <Input
          value={q}
          onChange={(e) => setQ(e.target.value)}
          placeholder="姓名、用户名、单位"
          aria-label="按姓名、用户名、单位检索"
          allowClear
          className="desk-search"
          maxLength={60}
        />
      }
    >
      <div className="page-head">
        <h2>人员</h2>
        {admin ? (
          <span className="row">
            <select
              className="native"
              aria-label="按最近登录筛选"
              value={signIn}
              onChange={(e) => setSignIn(e.target.value as SignInAge | '')}
            >
              <option value="">最近登录不限</option>
              {Object.entries(signInAges).map(([age, label]) => (
                <option key={age} value={age}>
                  在用而{label}
                </option>
              ))}
            </select>
            <Button onClick={() => open('import')}>由表格录入</Button>
            <Button onClick={() => open('add-person')}>添加人员</Button>
          </span>
        ) : null}
      </div>
      <PagedTable
        query={people}
        keyOf={(row) => row.id}
        empty="没有符合条件的人员。"
        columns={[
          { head: '姓名', cell: (row) => row.name },
          { head: '用户名', cell: (row) => row.username ?? '—' },
          { head: '单位', cell: (row) => row.unitName },
          {
            head: '任职',
            cell: (row) =>
              row.posts
                .map((post) => {
                  const where = post.unit === row.unit ? null : nameOf(post.unit)
                  const when = [post.startsOn ? `自${post.startsOn}` : null, post.endsOn ? `至${post.endsOn}` : null]
                  const notes = [where, when.filter(Boolean).join('') || null].filter(Boolean).join('，')
                  return `${roleName(post.role)}${notes ? `（${notes}）` : ''}`
                })
                .join('、') || '—',
          },
          { head: '状态', cell: (row) => (row.active ? '在职' : <span className="bad">已停用</span>), width: '5em' },
          ...(admin
            ? [
                { head: '最近登录', cell: (row: Person) => <LastSignIn found={row.lastSignIn} />, width: '7.5em' },
                {
                  head: '办理',
                  cell: (row: Person) =>
                    row.id === me?.person ? (
                      <span className="quiet">本人</span>
                    ) : (
                      <span className="row-acts">
                        {act('posts', '变更任职', row)}
                        {act('password', '重置密码', row)}
                        {row.active ? act('disable', '停用', row) : act('enable', '恢复', row)}
                      </span>
                    ),
                  width: '18em',
                },
              ]
            : []),
        ]}
      />
      <div className="page-head">
        <h2>单位</h2>
        {admin ? <Button onClick={() => open('add-unit')}>添加单位</Button> : null}
      </div>
      <Loaded query={units}>
        {(rows) => (
          <Table
            rows={rows.filter((row) => words.every((word) => row.name.includes(word) || row.id.includes(word)))}
            keyOf={(row) => row.id}
            empty={words.length > 0 ? '没有符合条件的单位。' : '还没有单位。'}
            taken={{ path: '/api/units' }}
            columns={[
              { head: '名称', cell: (row) => row.name },
              { head: '代码', cell: (row) => row.id },
              { head: '种类', cell: (row) => unitKinds[row.kind] ?? row.kind },
              { head: '上级', cell: (row) => (row.parent ? nameOf(row.parent) : '—') },
              { head: '制定主体', cell: (row) => (row.eligible ? '是' : '否') },
              ...(admin ? [{ head: '办理', cell: (row: (typeof rows)[number]) => act('unit', '更正', row) }] : []),
            ]}
          />
        )}
      </Loaded>
      {admin ? (
        <Suspense>
          <OfficeActs nameOf={nameOf} />
          {/* A workbook is judged against the units as it is read: they have to be there. */}
          {doing === 'import' ? (
            units.data && <PeopleImport units={units.data} onClose={() => navigate({ search: {} })} />
          ) : doing ? (
            <AdminDrawer
              what={doing}
              on={on}
              people={people.data?.pages.flatMap((page) => page.items)}
              units={units.data}
              onClose={() => navigate({ search: {} })}
            />
          ) : null}
        </Suspense>
      ) : null}
    </RegisterPage>
  )
}

/** Only an administrator is told; before this was recorded, all that is known is that there was one. */
function LastSignIn({ found }: { found: Person['lastSignIn'] }) {
  if (found === undefined) return '—'
  if (found === null) return <span className="quiet">{signInAges.never}</span>
  return found.exact ? <span title={momentOf(found.at)}>{dateOf(found.at)}</span> : `${dateOf(found.at)}以前`
}
