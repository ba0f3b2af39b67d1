// What goes outside, for the administrator: whether it is stopped, what could not be delivered, where it is pushed to.
import { type answers, deliveryStateLabels } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useId, useState } from 'react'
import { fieldErrors, get, post, sentence } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

type State = Told<typeof answers.OutwardState>
type Delivery = Told<typeof answers.DeliveryRow>
type Saved = Told<typeof answers.WebhookSaved>
type Webhook = State['webhooks'][number]
const changes = {
  rotate: { label: '更换密钥', says: '换下的密钥还认一日，其间两个同时签名。' },
  stop: { label: '停用', says: '停用以后不再推送；再启用时，其间的要另行重推。' },
  start: { label: '启用', says: '自此推送新的；停用其间的要另行重推。' },
} as const
type Change = keyof typeof changes

export function OutwardPage() {
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['outward'], queryFn: () => get<State>('/api/outward') })
  const refresh = () => client.invalidateQueries({ queryKey: ['outward'] })
  const [saved, setSaved] = useState<(Saved & { label: string }) | null>(null)
  const [changing, setChanging] = useState<{ row: Webhook; what: Change } | null>(null)
  return (
    <RegisterPage title="对外通知" intro="邮件、推送与各渠道送出的每一件。送到哪里不显示，内容只有标题与网址。">
      <Loaded query={query}>
        {(state) => (
          <>
            {state.held ? <Release since={state.held} onDone={refresh} /> : null}
            <p>
              渠道：{state.channels.map((each) => each.label).join('、') || '没有开通'}。
              {Object.entries(state.counts)
                .map(([name, n]) => `${deliveryStateLabels[name as Delivery['state']] ?? name}${n}件，`)
                .join('')}
              公众订阅：有效{state.subscriptions.active ?? 0}，待确认{state.subscriptions.pending ?? 0}，停寄
              {state.subscriptions.suspended ?? 0}。
            </p>
            <h2>推送到</h2>
            <Table
              rows={state.webhooks}
              keyOf={(row) => row.id}
              empty="没有登记推送。"
              columns={[
                { head: '名称', cell: (row) => row.label },
                { head: '网址', cell: (row) => <span className="breaks">{row.url}</span> },
                {
                  head: '状态',
                  cell: (row) => (row.active ? '启用' : `停用：${row.inactiveWhy ?? '管理员停用'}`),
                  width: '7em',
                },
                {
                  head: '办理',
                  width: '12em',
                  cell: (row) => (
                    <span className="row-acts">
                      <Button size="small" onClick={() => setChanging({ row, what: 'rotate' })}>
                        更换密钥
                      </Button>
                      <Button size="small" onClick={() => setChanging({ row, what: row.active ? 'stop' : 'start' })}>
                        {row.active ? '停用' : '启用'}
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
            {changing ? (
              <ChangeWebhook
                key={changing.row.id + changing.what}
                {...changing}
                onDone={(done) => {
                  setChanging(null)
                  if (done) setSaved(done)
                  void refresh()
                }}
                onClose={() => setChanging(null)}
              />
            ) : null}
            {state.webhooks.length > 0 ? <Replay webhooks={state.webhooks} onDone={refresh} /> : null}
            {saved ? (
              <div className="note note-warn" role="status" data-testid="webhook-secret">
                <p>
                  <b>“{saved.label}”的密钥只显示这一次</b>，请交给接收方：
                </p>
                <p>
                  密钥（v1）：<code className="breaks">{saved.secret}</code>
                </p>
                <p>
                  验签公钥（v1a）：<code className="breaks">{saved.publicKey}</code>
                </p>
              </div>
            ) : null}
            <WebhookForm
              onDone={(done) => {
                setSaved(done)
                void refresh()
              }}
            />
          </>
        )}
      </Loaded>
      <h2>没有送到的</h2>
      <p className="quiet">不再自动再试的：收的一方不收，或者试了约四日还不成。照缘由改好以后按“再试”。</p>
      <Deliveries state="dead" empty="没有送不到的。" />
      <h2>待送的</h2>
      <p className="quiet">没有送成的自动再试，间隔越来越长；已经改好的，按“现在再试”。</p>
      <Deliveries state="due" empty="没有待送的。" />
    </RegisterPage>
  )
}
/** What is sent, in words. */
function whatOf(event: string): string {
  const [kind, id] = event.split(':')
  if (kind === 'log') return `公开日志第${id}号`
  if (kind === 'confirm') return '订阅的确认信'
  if (kind === 'digest') return `${id}的汇总`
  return '通知'
}
function Deliveries({ state, empty }: { state: Delivery['state']; empty: string }) {
  const client = useQueryClient()
  const query = usePages<Delivery>(['outward', 'deliveries'], '/api/outward/deliveries', { state }, 10_000)
  const again = (id: string) =>
    void post(`/api/outward/deliveries/${id}/again`, {})
      .then(() => {
        toast('已经排上，几秒以后看结果。')
        return client.invalidateQueries({ queryKey: ['outward'] })
      })
      .catch((error) => toast(sentence(error), 'warn'))
  return (
    <PagedTable
      query={query}
      keyOf={(row) => row.id}
      empty={empty}
      columns={[
        { head: '自何时', cell: (row) => momentOf(row.createdAt) },
        { head: '什么', cell: (row) => whatOf(row.event) },
        { head: '渠道', cell: (row) => row.channelLabel },
        { head: '收的一方', cell: (row) => row.targetLabel },
        { head: '试过', cell: (row) => `${row.attempts}次` },
        { head: '缘由', cell: (row) => row.error ?? '' },
        ...(state === 'dead'
          ? [{ head: '最后一次', cell: (row: Delivery) => (row.settledAt ? momentOf(row.settledAt) : '') }]
          : [{ head: '下次', cell: (row: Delivery) => (row.nextAt ? momentOf(row.nextAt) : '') }]),
        {
          head: '办理',
          cell: (row) =>
            state === 'dead' || row.attempts > 0 ? (
              <Button size="small" onClick={() => again(row.id)}>
                {state === 'dead' ? '再试' : '现在再试'}
              </Button>
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}
function Release({ since, onDone }: { since: string; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const lacks = [!reason.trim() && '凭什么放行']
  const missing = useId()
  const release = async (waiting: 'drop' | 'send') => {
    setErrors({})
    try {
      await post('/api/outward/release', { waiting, reason })
      toast('对外通知已放行。')
      onDone()
    } catch (error) {
      setErrors(fieldErrors(error))
    }
  }
  return (
    <div className="note note-warn">
      <p>
        数据由备份恢复，自{momentOf(since)}
        起对外通知停着，一件没有发出。核对过丢失的时段以后放行；积压的其间可能已经发出过。
      </p>
      <Labelled label="凭什么放行" error={errors.reason ?? errors['']}>
        {(id) => <Input id={id} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}
      </Labelled>
      <div className="row">
        <Submit htmlType="button" lacks={lacks} saidIn={missing} onClick={() => release('drop')}>
          放行，积压的不再发出
        </Submit>
        <Submit htmlType="button" lacks={lacks} whyId={missing} onClick={() => release('send')}>
          放行，积压的照常补发
        </Submit>
      </div>
    </div>
  )
}
/** A stretch of the public log once more, under the same ids: for a receiver that lost what it had. */
function Replay({ webhooks, onDone }: { webhooks: State['webhooks']; onDone: () => void }) {
  const [given, setGiven] = useState({ id: webhooks[0]?.id ?? '', from: '', to: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      const { replayed } = await post<Told<typeof answers.Replayed>>(`/api/outward/webhooks/${given.id}/replay`, {
        from: Number(given.from),
        to: Number(given.to),
      })
      toast(replayed === 0 ? '这一段里没有要推送的。' : `已排上 ${replayed} 件，标识与先前相同。`)
      onDone()
    } catch (error) {
      setProblem(sentence(error))
    }
  }
  const number = (name: 'from' | 'to', label: string) => (
    <label>
      {label}{' '}
      <input
        className="native"
        type="number"
        min={0}
        required
        value={given[name]}
        onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
      />
    </label>
  )
  return (
    <details data-testid="replay">
      <summary>重推公开日志的一段</summary>
      <form className="row" onSubmit={submit}>
        <label>
          推送到{' '}
          <select
            className="native"
            value={given.id}
            onChange={(event) => setGiven({ ...given, id: event.target.value })}
          >
            {webhooks.map((each) => (
              <option key={each.id} value={each.id}>
                {each.label}
              </option>
            ))}
          </select>
        </label>
        {number('from', '日志序号自')}
        {number('to', '至')}
        <Button htmlType="submit">重推</Button>
      </form>
      <Trouble says={problem} />
    </details>
  )
}
/** Changing the key, stopping, starting again: asked with its reason, which is kept with the office's own acts. */
function ChangeWebhook({
  row,
  what,
  onDone,
  onClose,
}: {
  row: Webhook
  what: Change
  onDone: (saved: (Saved & { label: string }) | null) => void
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { label, says } = changes[what]
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      if (what === 'rotate')
        onDone({ ...(await post<Saved>(`/api/outward/webhooks/${row.id}/rotate`, { reason })), label: row.label })
      else {
        const { id, label: name, url, types } = row
        await post<Saved>('/api/outward/webhooks', { id, label: name, url, types, active: what === 'start', reason })
        toast(`“${row.label}”已${label}。`)
        onDone(null)
      }
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="stack card pad" onSubmit={submit} data-testid="change-webhook">
      <h3>
        {label}：{row.label}
      </h3>
      <p className="quiet">{says}</p>
      <Labelled label="依据或者缘由">
        {(id) => (
          <Input id={id} value={reason} maxLength={500} autoFocus onChange={(event) => setReason(event.target.value)} />
        )}
      </Labelled>
      <Trouble says={problem} />
      <div className="row-end">
        <Button onClick={onClose}>先放着</Button>
        <Submit type="primary" danger={what === 'stop'} loading={busy} lacks={[!reason.trim() && '依据或者缘由']}>
          {label}
        </Submit>
      </div>
    </form>
  )
}
function WebhookForm({ onDone }: { onDone: (saved: Saved & { label: string }) => void }) {
  const [busy, setBusy] = useState(false)
  const [given, setGiven] = useState({ label: '', url: '', reason: '' })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setErrors({})
    setBusy(true)
    try {
      onDone({ ...(await post<Saved>('/api/outward/webhooks', given)), label: given.label })
      toast(`已登记“${given.label}”。`)
      setGiven({ label: '', url: '', reason: '' })
    } catch (error) {
      setErrors(fieldErrors(error))
    } finally {
      setBusy(false)
    }
  }
  const field = (name: keyof typeof given, label: string, placeholder = '') => (
    <Labelled label={label} error={errors[name]}>
      {(id) => (
        <Input
          id={id}
          value={given[name]}
          placeholder={placeholder}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Labelled>
  )
  return (
    <form className="stack card pad" onSubmit={submit}>
      <h3>登记一处推送</h3>
      {field('label', '名称', '市备案平台')}
      {field('url', '网址', 'https://…')}
      {field('reason', '依据或者缘由')}
      <Trouble says={errors['']} />
      <Submit
        loading={busy}
        lacks={[!given.label.trim() && '名称', !given.url.trim() && '网址', !given.reason.trim() && '依据或者缘由']}
      >
        登记
      </Submit>
    </form>
  )
}
