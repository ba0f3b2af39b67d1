// The system administrator's forms and administration records. The forms are generated from the contract, the same
// rules the server checks by.
import {
  type answers,
  BodyCorrectionInput,
  BodyInput,
  officeActLabels,
  PersonInput,
  PostsInput,
  ReasonInput,
  UnitChange,
} from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Drawer from 'antd/es/drawer'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import { post } from '../api.ts'
import { Fields } from '../forms/field.tsx'
import { FormContext } from '../forms/form-state.ts'
import { FormTrouble, Restored } from '../forms/form-trouble.tsx'
import { describe, type Shape, type Values } from '../forms/shape.ts'
import { useCommandForm } from '../forms/use-command.ts'
import { Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import type { BodyRow, Told, UnitRow } from '../types.ts'
import { momentOf, roleName } from '../words.ts'
import { PagedTable, usePages } from './parts.tsx'
import type { Person } from './person.ts'
import { unitKinds } from './unit-kinds.ts'

type Group = Extract<Shape, { kind: 'group' }>
interface Act {
  title: string
  /** Name of the command the field names go by, see forms/words.ts. */
  command: string
  schema: z.ZodType
  /** One sentence to know before doing it. */
  note?: (name: string) => string
  done: (name: string) => string
  danger?: boolean
}
const acts: Record<string, Act> = {
  'add-person': {
    title: '添加人员',
    command: 'AddPerson',
    schema: PersonInput,
    note: () => '保存以后给出一次性密码，本人首次登录须修改。',
    done: (name) => `已添加${name}。`,
  },
  posts: {
    title: '变更任职',
    command: 'ChangePosts',
    schema: PostsInput,
    note: (name) => `以下面所列替换${name}现有的全部任职，即刻生效；失去的任职所给出的委托随之失效。`,
    done: (name) => `已变更${name}的任职。`,
  },
  password: {
    title: '重置密码',
    command: 'ResetPassword',
    schema: ReasonInput,
    note: (name) => `${name}现有的登录即刻失效；给出一次性密码，下次登录须修改。`,
    done: (name) => `已重置${name}的密码。`,
  },
  disable: {
    title: '停用账号',
    command: 'DisablePerson',
    schema: ReasonInput,
    note: (name) => `${name}即刻不能登录，给出的委托随之失效；已办理的仍然有效，随时可以恢复。`,
    done: (name) => `已停用${name}的账号。`,
    danger: true,
  },
  enable: {
    title: '恢复账号',
    command: 'EnablePerson',
    schema: ReasonInput,
    note: (name) => `${name}可以用原来的密码登录，任职照旧。`,
    done: (name) => `已恢复${name}的账号。`,
  },
  'add-unit': { title: '添加单位', command: 'AddUnit', schema: UnitChange, done: (name) => `已添加${name}。` },
  unit: {
    title: '更正单位',
    command: 'ChangeUnit',
    schema: UnitChange,
    note: () => '列入、移出制定主体清单即刻影响在办案卷的判断；已公布的文件不受影响。',
    done: (name) => `已更正${name}。`,
  },
  'add-body': {
    title: '登记会议或者机构',
    command: 'AddBody',
    schema: BodyInput,
    note: () => '会议按所属机关与种类判断能否审议；合法性审核机构按所属机关与所在单位判断由谁审核。',
    done: (name) => `已登记${name}。`,
  },
  body: {
    title: '更正会议或者机构',
    command: 'ChangeBody',
    schema: BodyCorrectionInput,
    note: () => '所属机关与种类不改；另属别的机关的，停用这一个，另行登记。已有的决定与意见不受影响。',
    done: (name) => `已更正${name}。`,
  },
  'disable-body': {
    title: '停用会议或者机构',
    command: 'DisableBody',
    schema: ReasonInput,
    note: (name) => `停用以后，${name}不能再作决定或者审核；已有的决定与意见不受影响，随时可以恢复。`,
    done: (name) => `已停用${name}。`,
    danger: true,
  },
  'enable-body': {
    title: '恢复会议或者机构',
    command: 'EnableBody',
    schema: ReasonInput,
    done: (name) => `已恢复${name}。`,
  },
}
const withoutSubject: ReadonlySet<string> = new Set(['add-person', 'add-unit', 'add-body'])
const ofBodies: ReadonlySet<string> = new Set(['body', 'disable-body', 'enable-body'])

export function AdminDrawer({
  what,
  on,
  people = [],
  units,
  bodies = [],
  onClose,
}: {
  what: string
  on: string | undefined
  people?: Person[] | undefined
  units: UnitRow[] | undefined
  bodies?: BodyRow[] | undefined
  onClose: () => void
}) {
  const act = acts[what]
  const person = people?.find((each) => each.id === on)
  const unit = units?.find((each) => each.id === on)
  const body = bodies.find((each) => each.id === on)
  const subject = what === 'unit' ? unit : ofBodies.has(what) ? body : person
  const needed = !withoutSubject.has(what)
  return (
    <Drawer
      open
      onClose={onClose}
      title={act && subject ? `${act.title}：${subject.name}` : (act?.title ?? '没有这项办理')}
      size={620}
      mask={{ closable: false }}
      destroyOnHidden
      className="command-drawer"
    >
      {!act ? (
        <p>地址有误。</p>
      ) : units === undefined ? (
        <Loading />
      ) : needed && !subject ? (
        <p>没有在名册里找到，请检索以后再办。</p>
      ) : (
        <AdminForm
          key={`${what}-${on ?? ''}`}
          what={what}
          act={act}
          person={person}
          unit={unit}
          body={body}
          onClose={onClose}
        />
      )}
    </Drawer>
  )
}
const seenOf = ({ name, form, seat, active }: BodyRow) => ({ name, form, seat, active })
function AdminForm({
  what,
  act,
  person,
  unit,
  body,
  onClose,
}: {
  what: string
  act: Act
  person: Person | undefined
  unit: UnitRow | undefined
  body: BodyRow | undefined
  onClose: () => void
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [given, setGiven] = useState<{ name: string; username: string | null; password: string } | null>(null)
  const fields = useMemo(() => {
    const shape = describe(act.schema) as Group
    const all = { ...shape.fields }
    // The code of a unit stands for good; old files point to it.
    if (what === 'unit') delete all.id
    if (what === 'body') {
      if (body?.kind === 'meeting') delete all.seat
      else delete all.form
    }
    const { posts } = all
    if (posts?.kind === 'list' && posts.element.kind === 'group') {
      const { unit: at } = posts.element.fields
      if (at) posts.element.fields.unit = { ...at, optional: true, hint: '缺省为所在单位' }
    }
    return all
  }, [act, what, body])
  // What stood there when it was opened; the lists go on being asked, and what another changed since was not seen.
  const seen = useRef({ person, unit, body })
  const form = useCommandForm<Partial<Told<typeof answers.PersonAdded>>>({
    schema: act.schema,
    storageKey: `dianzhang:${me?.person ?? ''}:people:${what}:${person?.id ?? unit?.id ?? body?.id ?? ''}`,
    initial:
      what === 'posts'
        ? { posts: person?.posts.length ? person.posts : [{}] }
        : what === 'add-person'
          ? { posts: [{}] }
          : what === 'unit' && unit
            ? { ...unit }
            : what === 'add-unit'
              ? { eligible: false }
              : what === 'add-body'
                ? { kind: 'meeting' }
                : what === 'body' && body
                  ? { name: body.name, form: body.form ?? undefined, seat: body.seat ?? undefined }
                  : {},
    payload: (values) => {
      const { posts } = values as { posts?: Values[] }
      const home = person?.unit ?? values.unit
      return posts ? { ...values, posts: posts.map((each) => ({ ...each, unit: each.unit || home })) } : values
    },
    // What was seen goes along: what another administrator changed meanwhile is not overwritten.
    send: (payload) =>
      post<Partial<Told<typeof answers.PersonAdded>>>(
        what === 'add-person'
          ? '/api/people'
          : what === 'add-unit'
            ? '/api/units'
            : what === 'unit'
              ? `/api/units/${encodeURIComponent(unit?.id ?? '')}`
              : what === 'add-body'
                ? '/api/bodies'
                : body && ofBodies.has(what)
                  ? `/api/bodies/${encodeURIComponent(body.id)}`
                  : `/api/people/${encodeURIComponent(person?.id ?? '')}/${what}`,
        what === 'posts'
          ? { ...payload, seen: seen.current.person?.posts }
          : what === 'unit'
            ? { ...payload, seen: seen.current.unit }
            : seen.current.body && ofBodies.has(what)
              ? {
                  ...payload,
                  ...(what === 'body' ? {} : { active: what === 'enable-body' }),
                  seen: seenOf(seen.current.body),
                }
              : payload,
      ),
    onDone: (answer, here) => {
      const name = person?.name ?? body?.name ?? String(form.values.name ?? '')
      toast(act.done(name))
      for (const key of ['people', 'units', 'bodies', 'issuers', 'office-acts', 'delegates'])
        void client.invalidateQueries({ queryKey: [key] })
      if (!here()) {
        if (answer.password) toast(`${name}的一次性密码没有显示：表已经关上。请另给一个。`, 'warn')
      } else if (answer.password)
        setGiven({ name, username: answer.username ?? person?.username ?? null, password: answer.password })
      else onClose()
    },
  })
  const stale = form.problem?.code === 'stale_version'
  useEffect(() => {
    if (stale) for (const key of ['people', 'units', 'bodies']) void client.invalidateQueries({ queryKey: [key] })
  }, [stale, client])
  // Told that it changed, and shown what it is now.
  useEffect(() => {
    if (stale) seen.current = { person, unit, body }
  }, [stale, person, unit, body])
  if (given) return <OneTimePassword {...given} onClose={onClose} />
  const count = Object.keys(form.errors).length
  const name = person?.name ?? unit?.name ?? body?.name ?? ''
  return (
    <form
      className="stack command-form"
      data-command={act.command}
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      <Restored form={form} />
      <FormTrouble form={form} />
      {stale ? (
        <div className="note note-warn" role="alert" data-testid="stale">
          <p>{form.problem?.detail}</p>
          {person ? (
            <p>
              现在的任职：
              {person.posts
                .map((each) => `${roleName(each.role)}${each.endsOn ? `（至${each.endsOn}）` : ''}`)
                .join('、') || '无'}
            </p>
          ) : null}
          {body ? (
            <p>
              现在：{body.name}，{body.active ? '在用' : '已停用'}
            </p>
          ) : null}
          <p>您所填的没有丢失；核对以后再次提交，即以所填的为准。</p>
        </div>
      ) : null}
      {act.note ? <p className="note note-info">{act.note(name)}</p> : null}
      <FormContext value={{ values: form.values, errors: form.errors, set: form.set, deviable: [] }}>
        <Fields fields={fields} />
      </FormContext>
      {count > 0 ? (
        <p className="note note-error" role="alert">
          有 {count} 处需要更正，已在各栏下标明。
        </p>
      ) : null}
      <div className="row-end form-foot">
        <Button onClick={onClose}>先放着</Button>
        <Button type="primary" danger={act.danger ?? false} htmlType="submit" loading={form.busy}>
          {act.title}
        </Button>
      </div>
    </form>
  )
}
function OneTimePassword({
  name,
  username,
  password,
  onClose,
}: {
  name: string
  username: string | null
  password: string
  onClose: () => void
}) {
  const [copied, setCopied] = useState(false)
  return (
    <div className="stack" data-testid="one-time-password">
      <p>
        {name}
        {username ? `（用户名 ${username}）` : ''}的一次性密码：
      </p>
      <p>
        <code className="one-time">{password}</code>
      </p>
      <p className="note note-warn">只显示这一次。请当面或者以保密的方式告知本人；首次登录须修改。</p>
      <div className="row-end">
        <Button
          onClick={() => {
            void navigator.clipboard?.writeText(password).then(() => setCopied(true))
          }}
        >
          {copied ? '已复制' : '复制'}
        </Button>
        <Button type="primary" onClick={onClose}>
          已经记下
        </Button>
      </div>
    </div>
  )
}

type OfficeAct = Told<typeof answers.OfficeAct>
type Posts = Array<{ role: string; unit: string; endsOn?: string }>
/** Administration records: append-only, newest first. */
export function OfficeActs({ nameOf }: { nameOf: (id: string | null) => string }) {
  const list = usePages<OfficeAct>(['office-acts'], '/api/office-acts')
  const posts = (found: unknown) =>
    (found as Posts)
      .map((each) => `${roleName(each.role)}（${nameOf(each.unit)}${each.endsOn ? `，至${each.endsOn}` : ''}）`)
      .join('、') || '无'
  const change = ({ kind, detail }: OfficeAct): string => {
    switch (kind) {
      case 'person_added':
        return posts(detail.posts)
      case 'posts_changed':
        return `${posts(detail.before)} → ${posts(detail.after)}`
      case 'unit_added':
      case 'unit_changed':
        return [
          unitKinds[String(detail.kind)],
          detail.eligible ? '制定主体' : '不是制定主体',
          detail.eligible && detail.eligibleSince ? `自${String(detail.eligibleSince)}` : null,
          detail.eligible && detail.eligibleUntil ? `至${String(detail.eligibleUntil)}` : null,
        ]
          .filter(Boolean)
          .join('，')
      default:
        return '—'
    }
  }
  return (
    <>
      <h2>管理记录</h2>
      <PagedTable
        query={list}
        keyOf={(row) => row.id}
        empty="还没有记录。"
        columns={[
          { head: '时间', cell: (row) => momentOf(row.at), width: '9.5em' },
          { head: '事项', cell: (row) => officeActLabels[row.kind], width: '6em' },
          { head: '人员或者单位', cell: (row) => String(row.detail.name ?? row.subject) },
          { head: '内容', cell: change },
          { head: '缘由', cell: (row) => row.reason },
          { head: '办理人', cell: (row) => row.by.name },
        ]}
      />
    </>
  )
}
