// 人员与单位；委托。

import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Popconfirm from 'antd/es/popconfirm'
import Select from 'antd/es/select'
import { type FormEvent, useState } from 'react'
import { get, ProblemError, post, remove, sentence } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery, unitsQuery } from '../queries.ts'
import type { Page } from '../types.ts'
import { dateOf, roleName } from '../words.ts'
import { unitKinds } from './desks.tsx'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

interface Person {
  id: string
  name: string
  username: string | null
  unit: string
  unitName: string
  active: boolean
  posts: Array<{ role: string; unit: string; startsOn: string | null; endsOn: string | null }>
}
export function PeoplePage() {
  const [q, setQ] = useState('')
  const people = usePages<Person>(['people'], '/api/people', { q: q.trim() || undefined })
  const units = useQuery(unitsQuery)
  const nameOf = (id: string | null) => units.data?.find((unit) => unit.id === id)?.name ?? id ?? '—'
  return (
    <RegisterPage
      title="人员与单位"
      intro="系统管理员、政府办公室文秘可见全部人员，其他人可见本单位人员。"
      tools={
        <Input
          value={q}
          onChange={(e) => setQ(e.target.value)}
          placeholder="姓名中的文字"
          aria-label="按姓名检索"
          allowClear
          className="desk-search"
          maxLength={60}
        />
      }
    >
      <h2>人员</h2>
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
                .map((post) => `${roleName(post.role)}${post.unit === row.unit ? '' : `（${nameOf(post.unit)}）`}`)
                .join('、'),
          },
          { head: '状态', cell: (row) => (row.active ? '在职' : <span className="bad">已停用</span>) },
        ]}
      />
      <h2>单位</h2>
      <Loaded query={units}>
        {(rows) => (
          <Table
            rows={rows}
            keyOf={(row) => row.id}
            empty="还没有单位。"
            columns={[
              { head: '名称', cell: (row) => row.name },
              { head: '种类', cell: (row) => unitKinds[row.kind] ?? row.kind },
              { head: '上级', cell: (row) => (row.parent ? nameOf(row.parent) : '—') },
              { head: '制定主体', cell: (row) => (row.eligible ? '是' : '否') },
            ]}
          />
        )}
      </Loaded>
    </RegisterPage>
  )
}
interface Delegation {
  id: string
  from: { person: string; name: string }
  to: { person: string; name: string }
  role: string
  roleLabel: string
  unitName: string
  startsOn: string
  endsOn: string
  reason: string
  revokedAt: string | null
  active: boolean
}
export function DelegationsPage() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const list = usePages<Delegation>(['delegations'], '/api/delegations')
  const revoke = async (id: string) => {
    try {
      await remove(`/api/delegations/${id}`)
      toast('委托已撤销；已办理的仍然有效。')
      await client.invalidateQueries({ queryKey: ['delegations'] })
    } catch (error) {
      toast(sentence(error), 'warn')
    }
  }
  return (
    <RegisterPage
      title="委托"
      intro="只能委托本人的任职，须有终止日，受托人不得转委托。受托办理时台账同时写明委托人；起草与审核相分离的规定照样适用。"
    >
      <NewDelegation />
      <PagedTable
        query={list}
        keyOf={(row) => row.id}
        empty="没有您给出或者受托的委托。"
        columns={[
          { head: '委托人', cell: (row) => row.from.name },
          { head: '受托人', cell: (row) => row.to.name },
          { head: '任职', cell: (row) => `${row.roleLabel}（${row.unitName}）` },
          { head: '期间', cell: (row) => `${row.startsOn} 至 ${row.endsOn}` },
          { head: '事由', cell: (row) => row.reason },
          {
            head: '状态',
            cell: (row) => (row.revokedAt ? '已撤销' : row.active ? <span className="good">有效</span> : '未在期间'),
          },
          {
            head: '操作',
            cell: (row) =>
              row.revokedAt === null && row.from.person === me?.person ? (
                <Popconfirm title="撤销这项委托？" okText="撤销" cancelText="不撤销" onConfirm={() => revoke(row.id)}>
                  <Button size="small">撤销</Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
    </RegisterPage>
  )
}
function NewDelegation() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const { data: people } = useQuery({
    queryKey: ['people', 'all'],
    queryFn: () => get<Page<Person>>('/api/people?limit=100'),
  })
  const own = me?.posts.filter((post) => !post.delegatedFrom) ?? []
  const today = dateOf(me?.demo?.now ?? new Date())
  const [values, setValues] = useState<{ toPerson?: string; role?: string; endsOn: string; reason: string }>({
    endsOn: '',
    reason: '',
  })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    const [role, unit] = (values.role ?? '').split('@')
    try {
      await post('/api/delegations', {
        toPerson: values.toPerson,
        role,
        unit,
        endsOn: values.endsOn,
        reason: values.reason,
      })
      toast('已委托。')
      setValues({ endsOn: '', reason: '' })
      await client.invalidateQueries({ queryKey: ['delegations'] })
    } catch (error) {
      const issues = error instanceof ProblemError ? (error.problem.issues ?? []) : []
      setErrors(
        issues.length > 0
          ? Object.fromEntries(issues.map((issue) => [issue.path, issue.message]))
          : { '': sentence(error) },
      )
    } finally {
      setBusy(false)
    }
  }
  if (own.length === 0) return null
  return (
    <form className="card inline-grid" onSubmit={submit}>
      <Labelled label="本人任职" error={errors.role}>
        {(id) => (
          <Select
            id={id}
            value={values.role ?? null}
            onChange={(role) => setValues({ ...values, role })}
            placeholder="选择"
            options={own.map((post) => ({ value: `${post.role}@${post.unit}`, label: roleName(post.role) }))}
          />
        )}
      </Labelled>
      <Labelled label="受托人" error={errors.toPerson}>
        {(id) => (
          <Select
            id={id}
            value={values.toPerson ?? null}
            onChange={(toPerson) => setValues({ ...values, toPerson })}
            placeholder="选择"
            showSearch={{ optionFilterProp: 'label' }}
            options={(people?.items ?? [])
              .filter((person) => person.id !== me?.person && person.active)
              .map((person) => ({ value: person.id, label: `${person.name}（${person.unitName}）` }))}
          />
        )}
      </Labelled>
      <Labelled label="终止日" error={errors.endsOn}>
        {(id) => (
          <input
            id={id}
            type="date"
            value={values.endsOn}
            min={today}
            onChange={(e) => setValues({ ...values, endsOn: e.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="事由" error={errors.reason}>
        {(id) => (
          <Input
            id={id}
            value={values.reason}
            maxLength={500}
            onChange={(e) => setValues({ ...values, reason: e.target.value })}
          />
        )}
      </Labelled>
      <Button
        type="primary"
        htmlType="submit"
        loading={busy}
        disabled={!values.role || !values.toPerson || !values.endsOn || !values.reason.trim()}
      >
        委托
      </Button>
      {errors[''] ? <p className="field-error">{errors['']}</p> : null}
    </form>
  )
}
