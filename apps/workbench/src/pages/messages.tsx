// The message centre, and where one wants to be told besides: other channels, a calendar.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState } from 'react'
import { fieldErrors, get, post, remove, sentence } from '../api.ts'
import { MatterLink } from '../matter/matter-link.tsx'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { toast } from '../parts/toasts.tsx'
import { Loaded, RegisterPage, usePages } from '../registers/parts.tsx'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'

type Message = Told<typeof answers.Message>
type Preferences = Told<typeof answers.NoticePreferences>
const kinds: Record<Message['kind'], string> = {
  turn: '待办',
  moved: '关注',
  urge: '催办',
  rung: '提醒',
  later: '稍后',
}

export function MessagesPage() {
  const [all, setAll] = useState(false)
  const client = useQueryClient()
  const query = usePages<Message>(['messages'], '/api/messages', all ? {} : { unread: 'true' })
  const read = async (ids?: string[]) => {
    try {
      await post('/api/messages/read', ids ? { ids } : {})
    } catch (error) {
      toast(sentence(error), 'warn')
    }
    await client.invalidateQueries({ queryKey: ['messages'] })
  }
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <RegisterPage
      title="消息"
      intro="轮到您的、您关注的有变动、催办与提醒。办了的不再算未读。"
      tools={
        <>
          <Button onClick={() => setAll(!all)} aria-pressed={all}>
            {all ? '只看未读' : '看全部'}
          </Button>
          {rows.some((row) => !row.read) ? <Button onClick={() => read()}>全部记为已读</Button> : null}
        </>
      }
    >
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <ErrorNote error={query.error} retry={() => query.refetch()} />
      ) : rows.length === 0 ? (
        <p className="quiet card pad">{all ? '还没有消息。' : '没有未读的消息。'}</p>
      ) : (
        <ul className="messages card">
          {rows.map((row) => (
            <li key={row.id} className={row.read || !row.standing ? 'read' : undefined}>
              <div className="message-head">
                <span className={`tag${row.kind === 'urge' || row.kind === 'rung' ? ' tag-warn' : ''}`}>
                  {kinds[row.kind]}
                </span>
                <MatterLink id={row.matter} process={row.process} onClick={() => read([row.id])}>
                  {row.title}
                </MatterLink>
                {row.standing ? null : <span className="quiet">已办</span>}
              </div>
              <p>
                {row.words}
                {row.dueOn ? `，期限${row.dueOn}` : ''}
              </p>
              <p className="quiet">
                <time dateTime={row.at}>{momentOf(row.at)}</time>　{row.why}
                {row.read ? null : (
                  <button type="button" className="link message-read" onClick={() => read([row.id])}>
                    记为已读
                  </button>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button onClick={() => query.fetchNextPage()} loading={query.isFetchingNextPage}>
          载入更多
        </Button>
      ) : null}
      {rows.length > 0 ? (
        <p className="desk-foot">
          <TakeAway path="/api/messages" params={query.params} list={query} />
        </p>
      ) : null}
      <Elsewhere />
      <CalendarAddress />
    </RegisterPage>
  )
}

function Elsewhere() {
  const query = useQuery({
    queryKey: ['notice-preferences'],
    queryFn: () => get<Preferences>('/api/notice-preferences'),
  })
  return (
    <section aria-labelledby="elsewhere">
      <h2 id="elsewhere">还在别处收</h2>
      <Loaded query={query}>
        {(found) =>
          found.channels.length === 0 ? (
            <p className="quiet">本系统没有开通邮件等渠道；由系统维护人员在配置中开通。</p>
          ) : (
            <div className="stack">
              {found.channels.map((channel) => (
                <ChannelForm
                  key={channel.name}
                  channel={channel}
                  chosen={found.chosen.find((each) => each.channel === channel.name)}
                />
              ))}
            </div>
          )
        }
      </Loaded>
    </section>
  )
}
function ChannelForm({
  channel,
  chosen,
}: {
  channel: Preferences['channels'][number]
  chosen: Preferences['chosen'][number] | undefined
}) {
  const client = useQueryClient()
  const [address, setAddress] = useState(chosen?.address ?? '')
  const [rhythm, setRhythm] = useState(chosen?.rhythm ?? 'daily')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const save = async (to: string) => {
    setErrors({})
    try {
      await post('/api/notice-preferences', { channel: channel.name, address: to, rhythm })
      if (to === '') setAddress('')
      toast(to === '' ? `不再用${channel.label}告知，地址已删除。` : `已设好${channel.label}。`)
      await client.invalidateQueries({ queryKey: ['notice-preferences'] })
    } catch (error) {
      setErrors(fieldErrors(error))
    }
  }
  const id = `channel-${channel.name}`
  const problem = errors.address ?? errors.channel ?? errors['']
  return (
    <form
      className="card pad row-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (address.trim() === '')
          setErrors({ address: `请填写${channel.addressLabel}${chosen ? '；不再用的，按“删除地址”' : ''}` })
        else void save(address.trim())
      }}
    >
      <label htmlFor={id}>
        {channel.label}：{channel.addressLabel}
      </label>
      <Input
        id={id}
        value={address}
        maxLength={254}
        onChange={(event) => setAddress(event.target.value)}
        aria-describedby={problem ? `${id}-problem` : undefined}
        status={problem ? 'error' : ''}
      />
      <select
        className="native"
        aria-label={`${channel.label}多久一次`}
        value={rhythm}
        onChange={(event) => setRhythm(event.target.value as 'daily')}
      >
        <option value="daily">每个工作日一次汇总</option>
        <option value="immediate">随到随发（夜间与休息日除外）</option>
      </select>
      <Button htmlType="submit">保存</Button>
      {chosen ? <Button onClick={() => save('')}>删除地址</Button> : null}
      {problem ? (
        <p id={`${id}-problem`} className="field-error">
          {problem}
        </p>
      ) : null}
      {chosen?.suspendedWhy ? <p className="note note-warn">没有送到，已经停发：{chosen.suspendedWhy}</p> : null}
    </form>
  )
}
function CalendarAddress() {
  const client = useQueryClient()
  const [address, setAddress] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['calendar-address'],
    queryFn: () => get<Told<typeof answers.CalendarState>>('/api/calendar-address'),
  })
  const make = async () => {
    setAddress((await post<Told<typeof answers.CalendarAddress>>('/api/calendar-address', {})).address)
    await client.invalidateQueries({ queryKey: ['calendar-address'] })
  }
  const revoke = async () => {
    await remove('/api/calendar-address')
    setAddress(null)
    toast('日历地址已作废，读不到了。')
    await client.invalidateQueries({ queryKey: ['calendar-address'] })
  }
  const done = (work: () => Promise<void>) => () => void work().catch((error) => toast(sentence(error), 'warn'))
  return (
    <section aria-labelledby="calendar-address">
      <h2 id="calendar-address">我的日历</h2>
      <p className="quiet">
        把地址放进手机或者电脑的日历，各案卷的期限随之显示。凭地址就读得到标题与日期，不要给别人；可以随时作废。
      </p>
      {address ? (
        <p className="note">
          只显示这一次：<code className="breaks">{address}</code>
        </p>
      ) : null}
      <p className="tools">
        <Button onClick={done(make)}>{query.data?.since ? '另给一个地址（先前的作废）' : '取得日历地址'}</Button>{' '}
        {query.data?.since ? <Button onClick={done(revoke)}>作废</Button> : null}
      </p>
    </section>
  )
}
