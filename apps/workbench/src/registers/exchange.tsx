// Filing with other installations, for the administrator: who they are and with which keys, how far both directions are, what
// stands still, and whether both records are the same.
import { type answers, trackLabels, tracks } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { type FormEvent, useState } from 'react'
import { fieldErrors, get, post, sentence } from '../api.ts'
import { UnitSelect } from '../forms/unit-select.tsx'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { unitsQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { dateOf, momentOf } from '../words.ts'
import { Loaded, RegisterPage, Table } from './parts.tsx'

type State = Told<typeof answers.ExchangePeers>
type Peer = State['peers'][number]
type Turn = Told<typeof answers.ExchangeTurn>
type Reconciled = Told<typeof answers.ExchangeReconciled>
type Stuck = Told<typeof answers.ExchangeStuck>

export function ExchangePage() {
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['exchange', 'peers'], queryFn: () => get<State>('/api/exchange/peers') })
  const { data: units } = useQuery(unitsQuery)
  const nameOf = (id: string | null) => (id === null ? '—' : (units?.find((unit) => unit.id === id)?.name ?? id))
  const refresh = () => client.invalidateQueries({ queryKey: ['exchange'] })
  const [found, setFound] = useState<Reconciled | null>(null)
  const [edited, setEdited] = useState<Peer | null>(null)
  const turn = () =>
    void post<Turn>('/api/exchange/turn', {})
      .then(({ sent, taken, done, failed, errors }) => {
        toast(
          errors.length > 0
            ? `没有办完：${errors.map(({ says }) => says).join('；')}`
            : `送出${sent}包，收到${taken}包，办了${done}件${failed > 0 ? `，办不成${failed}件` : ''}。`,
          errors.length > 0 ? 'warn' : undefined,
        )
        return refresh()
      })
      .catch((error) => toast(sentence(error), 'warn'))
  const reconcile = (peer: string) =>
    void post<Reconciled>('/api/exchange/reconcile', { peer })
      .then(setFound)
      .catch((error) => toast(sentence(error), 'warn'))
  return (
    <RegisterPage
      title="往来的系统"
      intro="备案的另一方用的是另一套系统的，在此登记：报送、登记、补正、意见、答复都带签名送达，两边各有记录，可以对账。"
      tools={<Button onClick={turn}>现在收发一次</Button>}
    >
      <Loaded query={query}>
        {(state) => (
          <>
            {state.own ? (
              <section className="note" aria-label="告诉对方的">
                <p>请把我方的名称与公钥告诉对方的管理员（当面或者以公文，不要只凭邮件）：</p>
                <p>
                  名称：<code className="breaks">{state.own.name}</code>
                </p>
                {state.own.keys.map((key) => (
                  <p key={key}>
                    公钥：<code className="breaks">{key}</code>
                  </p>
                ))}
                {state.own.before.map(({ key, lastDay }) => (
                  <p key={key} className="quiet">
                    换下的公钥，往来的包一并签到{dateOf(lastDay)}：<code className="breaks">{key}</code>
                  </p>
                ))}
              </section>
            ) : null}
            <Table
              rows={state.peers}
              keyOf={(row) => row.name}
              empty="还没有登记往来的系统；备案都在本系统里办。"
              columns={[
                {
                  head: '对方',
                  cell: (row) => (
                    <>
                      {row.label}
                      {row.active ? '' : '（停用）'}
                      <br />
                      <small className="quiet breaks">{row.name}</small>
                    </>
                  ),
                },
                {
                  head: '网址',
                  cell: (row) => (row.address ? <span className="breaks">{row.address}</span> : '只用光盘、U 盘'),
                },
                { head: '我方报给', cell: (row) => nameOf(row.filesTo) },
                { head: '报给我方', cell: (row) => nameOf(row.receivesAt) },
                { head: '我方发出', cell: (row) => <Way way={row.out} waiting="没有送到" /> },
                { head: '对方发来', cell: (row) => <Way way={row.in} waiting="没有办" /> },
                {
                  head: '',
                  cell: (row) => (
                    <>
                      <Button size="small" disabled={!row.address} onClick={() => reconcile(row.name)}>
                        对账
                      </Button>{' '}
                      <Button size="small" onClick={() => setEdited(row)}>
                        更正
                      </Button>
                    </>
                  ),
                },
              ]}
            />
            <Keys peers={state.peers} />
            {found ? <Found found={found} /> : null}
            <StuckMessages />
            <PeerForm
              key={edited?.name ?? ''}
              peer={edited}
              onDone={() => {
                setEdited(null)
                toast('已经登记。')
                void refresh()
              }}
            />
          </>
        )}
      </Loaded>
    </RegisterPage>
  )
}
/** From when to when each key of the other sides counts, and what they said when they were told of ours. */
function Keys({ peers }: { peers: readonly Peer[] }) {
  const rows = peers.flatMap((peer) => peer.terms.map((term) => ({ ...term, peer })))
  if (rows.length === 0) return null
  return (
    <section className="stack" aria-label="各方的公钥">
      <h2>各方的公钥</h2>
      <Table
        rows={rows}
        keyOf={(row) => `${row.peer.name} ${row.key}`}
        empty=""
        columns={[
          { head: '对方', cell: (row) => row.peer.label },
          { head: '公钥', cell: (row) => <code className="breaks">{row.key.slice(row.peer.name.length + 1)}</code> },
          {
            head: '何时起',
            cell: (row) => (
              <>
                {row.from ? momentOf(row.from) : '没有记下'}
                <br />
                <small className="quiet">{row.announced ? '对方以旧密钥签名告知' : '管理员登记'}</small>
              </>
            ),
          },
          { head: '到哪一日', cell: (row) => (row.lastDay ? dateOf(row.lastDay) : '—') },
          { head: '现在', cell: (row) => row.stateLabel },
        ]}
      />
      <ul className="lines">
        {peers.flatMap((peer) =>
          peer.told.map(({ key, at, step, stepLabel, why }) => (
            <li key={`${peer.name} ${key}`}>
              我方的新公钥告知{peer.label}：<span className={step === 'rejected' ? 'bad' : undefined}>{stepLabel}</span>
              （{momentOf(at)}）{why}
            </li>
          )),
        )}
      </ul>
    </section>
  )
}
function Way({ way, waiting }: { way: Peer['out']; waiting: string }) {
  return (
    <>
      {way.count}条{way.waiting > 0 ? `，${way.waiting}条${waiting}` : ''}
      {way.error ? (
        <>
          <br />
          <small className="bad">{way.error}</small>
        </>
      ) : null}
      {way.contactAt ? (
        <>
          <br />
          <small className="quiet">{momentOf(way.contactAt)}通过</small>
        </>
      ) : null}
    </>
  )
}
function Found({ found }: { found: Reconciled }) {
  return (
    <section className="note" aria-label="对账的结果">
      <h2>与{found.label}对账</h2>
      {found.equal ? <p>两边相同：{found.directions.map((each) => `${each.own.count}条`).join('、')}。</p> : null}
      {found.directions.map((each) =>
        each.equal ? null : (
          <div key={each.direction}>
            <p className="bad">
              {each.direction === 'out' ? '我方发出的' : '对方发来的'}不同：我方{each.own.count}条，对方
              {each.theirs.count}条。
            </p>
            <ul className="lines">
              {each.messages.map((one) => (
                <li key={one.seq}>{one.says}</li>
              ))}
            </ul>
            {each.cut ? <p>差得太多，没有逐条看。</p> : null}
          </div>
        ),
      )}
      <p className="quiet">问了对方{found.requests}次。</p>
    </section>
  )
}
/** What stands still, for everybody who may see the filing: also on the filing desk. */
export function StuckMessages() {
  const { data } = useQuery({
    queryKey: ['exchange', 'stuck'],
    queryFn: () => get<Stuck>('/api/exchange/stuck'),
  })
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="stack" aria-label="停住的往来">
      <h2>停住的往来（{items.length}）</h2>
      <Table
        rows={items}
        keyOf={(row) => row.id}
        empty=""
        taken={{ path: '/api/exchange/stuck' }}
        columns={[
          {
            head: '备案',
            cell: (row) =>
              row.matter ? (
                <Link to="/matters/$id" params={{ id: row.matter }} search={{ tab: 'filing' } as never}>
                  {row.title ?? row.matter}
                </Link>
              ) : (
                '（还没有开启）'
              ),
          },
          { head: '对方', cell: (row) => row.peerLabel },
          { head: '哪一包', cell: (row) => `${row.direction === 'out' ? '我方' : '对方'}${row.typeLabel}` },
          {
            head: '停在',
            cell: (row) => (
              <>
                <span className="bad">{row.stateLabel}</span>
                {row.why ? (
                  <>
                    <br />
                    <small>{row.why}</small>
                  </>
                ) : null}
              </>
            ),
          },
          { head: '时间', cell: (row) => momentOf(row.at) },
        ]}
      />
    </section>
  )
}
function PeerForm({ peer, onDone }: { peer: Peer | null; onDone: () => void }) {
  const [given, setGiven] = useState({
    name: peer?.name ?? '',
    label: peer?.label ?? '',
    address: peer?.address ?? '',
    keys: peer?.keys.join('\n') ?? '',
    tracks: peer?.tracks ?? [...tracks],
    filesTo: peer?.filesTo ?? null,
    receivesAt: peer?.receivesAt ?? null,
    active: peer?.active ?? true,
    overlapUntil: '',
    reason: '',
  })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setErrors({})
    const { filesTo, receivesAt, keys, overlapUntil, ...rest } = given
    try {
      await post('/api/exchange/peers', {
        ...rest,
        keys: keys.split(/\s+/).filter(Boolean),
        ...(overlapUntil ? { overlapUntil } : {}),
        ...(filesTo ? { filesTo } : {}),
        ...(receivesAt ? { receivesAt } : {}),
      })
      onDone()
    } catch (error) {
      setErrors(fieldErrors(error))
    }
  }
  const field = (name: 'name' | 'label' | 'address' | 'reason', label: string, placeholder = '') => (
    <Labelled label={label} error={errors[name]}>
      {(id) => (
        <Input
          id={id}
          value={given[name]}
          placeholder={placeholder}
          disabled={name === 'name' && peer !== null}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Labelled>
  )
  const unit = (name: 'filesTo' | 'receivesAt', label: string) => (
    <Labelled label={label} error={errors[name]}>
      {(id) => (
        <UnitSelect
          id={id}
          value={given[name]}
          many={false}
          bad={errors[name] !== undefined}
          onlyIssuers={false}
          onChange={(next) => setGiven({ ...given, [name]: (next as string | undefined) ?? null })}
        />
      )}
    </Labelled>
  )
  const keyError = Object.entries(errors).find(([path]) => path.startsWith('keys'))?.[1]
  return (
    <form className="stack card pad" onSubmit={submit}>
      <h2>{peer ? `更正：${peer.label}` : '登记一方'}</h2>
      {field('name', '对方的名称', 'ba.example.gov.cn/tlog/640500')}
      {field('label', '怎么称呼', '中卫市备案系统')}
      {field('address', '网址（不填的只用光盘、U 盘）', 'https://ba.example.gov.cn')}
      <Labelled label="对方的公钥（一行一把）" error={keyError}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            value={given.keys}
            onChange={(event) => setGiven({ ...given, keys: event.target.value })}
          />
        )}
      </Labelled>
      {peer ? (
        <Labelled label="换下的旧公钥收到哪一日为止（不填的立即不收）" error={errors.overlapUntil}>
          {(id) => (
            <DateInput
              id={id}
              value={given.overlapUntil}
              bad={errors.overlapUntil !== undefined}
              onChange={(next) => setGiven({ ...given, overlapUntil: next ?? '' })}
            />
          )}
        </Labelled>
      ) : null}
      <Labelled label="备案轨道" error={errors.tracks}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            value={given.tracks}
            options={tracks.map((track) => ({ value: track, label: trackLabels[track] }))}
            onChange={(next) => setGiven({ ...given, tracks: next })}
          />
        )}
      </Labelled>
      {unit('filesTo', '我方报给它：受理机关')}
      {unit('receivesAt', '它报给我方：由哪一机关受理')}
      <Labelled label="状态" error={errors.active}>
        {(id) => (
          <Select
            id={id}
            value={given.active}
            options={[
              { value: true, label: '启用' },
              { value: false, label: '停用：不收也不送' },
            ]}
            onChange={(next) => setGiven({ ...given, active: next })}
          />
        )}
      </Labelled>
      {field('reason', '依据或者缘由')}
      <Trouble says={errors['']} />
      <Submit
        lacks={[
          !given.name && '对方的名称',
          !given.label && '怎么称呼',
          !given.keys && '对方的公钥',
          !given.reason && '依据或者缘由',
        ]}
      >
        {peer ? '更正' : '登记'}
      </Submit>
    </form>
  )
}
