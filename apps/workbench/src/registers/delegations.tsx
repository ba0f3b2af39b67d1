// Delegation: given, received, revoked.
import type { answers } from '@dianzhang/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Popconfirm from 'antd/es/popconfirm'
import Select from 'antd/es/select'
import { type FormEvent, useState } from 'react'
import { fieldErrors, get, post, remove, search, sentence } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { useLate } from '../parts/late.ts'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { meQuery, unitsQuery } from '../queries.ts'
import type { Colleague, Delegates, Told } from '../types.ts'
import { dateOf, roleName } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

type Delegation = Told<typeof answers.Delegation>
export function DelegationsPage() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const list = usePages<Delegation>(['delegations'], '/api/delegations')
  const today = dateOf(me?.demo?.now ?? new Date())
  // An administrator may end anybody's delegation, as after somebody has left.
  const admin = me?.posts.some((post) => post.role === 'admin' && !post.delegatedFrom) ?? false
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
      intro="只能委托本人的任职，受托人须为其他在职人员（系统管理员除外），须有终止日，不得转委托；本人任职终止或者账号停用，委托随之失效。受托办理时台账同时写明委托人；起草与审核相分离的规定照样适用。"
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
            cell: (row) =>
              row.revokedAt ? (
                '已撤销'
              ) : row.active ? (
                <span className="good">有效</span>
              ) : row.startsOn > today ? (
                '尚未开始'
              ) : (
                '已期满'
              ),
          },
          {
            head: '操作',
            cell: (row) =>
              row.revokedAt === null && row.endsOn >= today && (admin || row.from.person === me?.person) ? (
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
/**
 * The delegate: searched for on the server, which lists only those who may be delegated to under the rules, the
 * person's own unit first.
 */
function DelegateSelect({
  id,
  value,
  onChange,
}: {
  id: string
  value: string | undefined
  onChange: (next: Colleague | undefined) => void
}) {
  const [typed, setTyped] = useState('')
  const q = useLate(typed.trim())
  const { data, isFetching, isError } = useQuery({
    queryKey: ['delegates', q],
    queryFn: () => get<Delegates>(`/api/delegates${search({ q })}`),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const [chosen, setChosen] = useState<Colleague | null>(null)
  const found = data?.items ?? []
  const rows = chosen && value === chosen.id && !found.some((each) => each.id === value) ? [chosen, ...found] : found
  const byUnit = [...Map.groupBy(rows, (row) => row.unitName)]
  const waiting = typed.trim() !== q || isFetching
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: string | null | undefined) => {
        const found = rows.find((each) => each.id === next) ?? null
        setChosen(found)
        setTyped('')
        onChange(found ?? undefined)
      }}
      placeholder="输入姓名或者单位"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      loading={waiting}
      popupMatchSelectWidth={320}
      notFoundContent={
        waiting
          ? '正在检索……'
          : isError
            ? '没有连上服务器，请稍后再试。'
            : q
              ? `没有姓名或者单位含“${q}”的在职人员。`
              : '本法域没有可以受托的其他在职人员，请联系系统管理员添加。'
      }
      options={byUnit.map(([unitName, list]) => ({
        label: unitName,
        title: unitName,
        options: list.map((each) => ({ value: each.id, label: each.name })),
      }))}
      {...(data?.more
        ? {
            popupRender: (menu) => (
              <>
                {menu}
                <p className="hint select-more">没有列全，请再写几个字。</p>
              </>
            ),
          }
        : {})}
    />
  )
}
const blank = { startsOn: '', endsOn: '', reason: '' }
function NewDelegation() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const { data: units } = useQuery(unitsQuery)
  const own = me?.posts.filter((post) => !post.delegatedFrom && post.role !== 'admin') ?? []
  const today = dateOf(me?.demo?.now ?? new Date())
  const [values, setValues] = useState<{
    to?: Colleague
    role?: string
    startsOn: string
    endsOn: string
    reason: string
  }>(blank)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  // Asked before authority leaves the unit; another choice asks anew.
  const [asking, setAsking] = useState(false)
  const change = (next: typeof values) => {
    setAsking(false)
    setValues(next)
  }
  const only = own.length === 1 ? own[0] : undefined
  const chosenPost = values.role ?? (only ? `${only.role}@${only.unit}` : undefined)
  const [role = '', unit = ''] = (chosenPost ?? '').split('@')
  const outward = values.to !== undefined && values.to.unit !== unit
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (outward && !asking) setAsking(true)
    else if (!outward) await send()
  }
  const send = async () => {
    setBusy(true)
    setErrors({})
    try {
      await post('/api/delegations', {
        toPerson: values.to?.id,
        role,
        unit,
        ...(values.startsOn ? { startsOn: values.startsOn } : {}),
        endsOn: values.endsOn,
        reason: values.reason,
      })
      toast(values.startsOn > today ? `已委托，自${values.startsOn}起生效。` : '已委托，即刻生效。')
      change(blank)
      await client.invalidateQueries({ queryKey: ['delegations'] })
    } catch (error) {
      setErrors(fieldErrors(error))
      setAsking(false)
    } finally {
      setBusy(false)
    }
  }
  if (own.length === 0) return <p className="note note-info">您没有可以委托的任职。</p>
  const nameOf = (unit: string) => units?.find((each) => each.id === unit)?.name ?? unit
  return (
    <form className="card inline-grid" onSubmit={submit}>
      <Labelled label="本人任职" error={errors.role ?? errors.unit}>
        {(id) => (
          <Select
            id={id}
            value={chosenPost ?? null}
            onChange={(next) => change({ ...values, role: next })}
            placeholder="选择"
            options={own.map((post) => ({
              value: `${post.role}@${post.unit}`,
              label: `${roleName(post.role)}${post.unit === me?.unit ? '' : `（${nameOf(post.unit)}）`}`,
            }))}
          />
        )}
      </Labelled>
      <Labelled label="受托人" error={errors.toPerson}>
        {(id) => (
          <DelegateSelect
            id={id}
            value={values.to?.id}
            onChange={(to) => {
              const { to: _, ...rest } = values
              change(to ? { ...rest, to } : rest)
            }}
          />
        )}
      </Labelled>
      <Labelled label="起始日（不填即今日）" error={errors.startsOn}>
        {(id) => (
          <DateInput
            id={id}
            value={values.startsOn}
            min={today}
            max={values.endsOn}
            onChange={(startsOn = '') => change({ ...values, startsOn })}
            bad={errors.startsOn !== undefined}
          />
        )}
      </Labelled>
      <Labelled label="终止日（含当日）" error={errors.endsOn}>
        {(id) => (
          <DateInput
            id={id}
            value={values.endsOn}
            min={values.startsOn || today}
            onChange={(endsOn = '') => change({ ...values, endsOn })}
            bad={errors.endsOn !== undefined}
          />
        )}
      </Labelled>
      <Labelled label="事由" error={errors.reason}>
        {(id) => (
          <Input
            id={id}
            value={values.reason}
            maxLength={500}
            onChange={(e) => change({ ...values, reason: e.target.value })}
          />
        )}
      </Labelled>
      <Submit
        type="primary"
        loading={busy}
        lacks={[
          !chosenPost && '本人任职',
          !values.to && '受托人',
          !values.endsOn && '终止日',
          !values.reason.trim() && '事由',
        ]}
        why={asking && '请先答复下面的提问'}
      >
        委托
      </Submit>
      {asking && values.to ? (
        <div className="note note-warn whole-row" role="alert" data-testid="leaves-unit">
          <p>
            {values.to.name}在{values.to.unitName}，不在{nameOf(unit)}：委托以后，{nameOf(unit)}的“{roleName(role)}”
            由外单位的人行使，至{values.endsOn}。确定委托给外单位的人吗？
          </p>
          <p className="row">
            <Button onClick={() => change({ ...values })}>再想想</Button>
            <Button danger loading={busy} onClick={() => void send()}>
              委托给外单位的{values.to.name}
            </Button>
          </p>
        </div>
      ) : null}
      <Trouble says={errors['']} />
    </form>
  )
}
