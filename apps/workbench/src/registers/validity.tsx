// Expiry and evaluation: alerts before the end of validity, validity stated in the text of imported documents, the
// evaluations of this year.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useState } from 'react'
import { get, post, sentence } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { actionsQuery, matters, meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { Loaded, PagedTable, RegisterPage, usePages } from './parts.tsx'

type Reminder = Told<typeof answers.ExpiryAlerts>['items'][number]
type Questions = Told<typeof answers.ValidityQuestions>
type Question = Questions['items'][number]
type Quota = Told<typeof answers.EvaluationQuota>
const route = getRouteApi('/staff/validity')

export function ValidityPage() {
  return (
    <RegisterPage
      title="届满与后评估"
      intro="有效期将要届满的，依次提醒责任人；由后评估、修改、废止等作出答复。继续适用的，重新制定公布。"
    >
      <QuotaLine />
      <AlertList />
      <QuestionList />
    </RegisterPage>
  )
}
function QuotaLine() {
  const query = useQuery({ queryKey: ['evaluation-quota'], queryFn: () => get<Quota>('/api/evaluation-quota') })
  return (
    <Loaded query={query}>
      {({ year, required, published, running }) => (
        <p className="card">
          {year} 年度：须评估 <b>{required}</b> 件，已经公布 <b>{published}</b> 件，正在评估 <b>{running}</b> 件
          {required > published + running ? (
            <>
              ，<span className="bad">还差 {required - published - running} 件没有开始</span>
            </>
          ) : null}
          。{' '}
          <Link to="/matters" search={{ process: 'evaluation', scope: 'all' }}>
            查看后评估
          </Link>
        </p>
      )}
    </Loaded>
  )
}
// biome-ignore-start lint/a11y/useSemanticElements: a group of buttons, as on the desk
function AlertList() {
  const { scope } = route.useSearch()
  const navigate = route.useNavigate()
  const asked = { ...(scope === 'all' ? {} : { open: 'true' }), ...(scope === 'mine' ? { mine: 'true' } : {}) }
  const query = usePages<Reminder>(['expiry-alerts'], '/api/expiry-alerts', asked)
  return (
    <section aria-labelledby="alerts-title">
      <h2 id="alerts-title">届满提醒</h2>
      <div className="desk-head">
        <div className="segments" role="group" aria-label="范围">
          {(
            [
              [undefined, '没有答复的'],
              ['mine', '由我办理的'],
              ['all', '全部'],
            ] as const
          ).map(([value, label]) => (
            <button
              key={label}
              type="button"
              aria-pressed={scope === value}
              onClick={() => navigate({ search: value ? { scope: value } : {}, replace: true })}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
      <PagedTable
        query={query}
        keyOf={(row) => `${row.entry}:${row.validUntil}:${row.months}`}
        empty={scope === 'all' ? '还没有提醒过。' : '没有等待答复的提醒。'}
        columns={[
          {
            head: '文件',
            cell: (row) => (
              <>
                <a href={`/register/${encodeURIComponent(row.entry)}`}>{row.title}</a>
                <small className="block quiet">{row.documentNumber}</small>
              </>
            ),
          },
          { head: '有效期至', cell: (row) => row.validUntil, width: '8em' },
          {
            head: '哪一级',
            cell: (row) => (
              <>
                届满前 {row.months} 个月
                <small className="block quiet">{row.dueOn} 提醒</small>
              </>
            ),
            width: '10em',
          },
          {
            head: '责任人',
            cell: (row) => (
              <>
                {row.owner.name}
                <small className="block quiet">
                  {row.owner.roleLabel}
                  {row.mine ? '（本人）' : ''}
                </small>
              </>
            ),
          },
          {
            head: '答复',
            cell: (row) =>
              row.answered === null ? (
                <span className="bad">没有答复</span>
              ) : row.answered.matter ? (
                <Link to="/matters/$id" params={{ id: row.answered.matter }}>
                  {row.answered.by === 'cleanup' ? '清理' : '后评估'}
                </Link>
              ) : (
                '已修改、废止或者失效'
              ),
            width: '9em',
          },
        ]}
      />
    </section>
  )
}
// biome-ignore-end lint/a11y/useSemanticElements: as above
function QuestionList() {
  const query = usePages<Question>(['validity-questions'], '/api/validity-questions')
  const { data: me } = useQuery(meQuery)
  const may = me?.roles.some((role) => ['admin', 'secretariat', 'legality_reviewer'].includes(role)) ?? false
  const actions = useQuery({ ...actionsQuery('office', matters), enabled: may })
  const answerable = actions.data?.some((action) => action.command === 'ConfirmValidity' && action.allowed) ?? false
  return (
    <section aria-labelledby="questions-title">
      <h2 id="questions-title">正文所写的有效期</h2>
      <p className="quiet">
        导入的文件没有登记有效期，正文里写有一个。确认以后照此提醒、届满失效；读错的，答复没有写明。
      </p>
      <PagedTable
        query={query}
        keyOf={(row) => row.entry}
        empty="没有等待确认的。"
        columns={[
          {
            head: '文件',
            cell: (row) => (
              <>
                <a href={`/register/${encodeURIComponent(row.entry)}`}>{row.title}</a>
                <small className="block quiet">{row.documentNumber}</small>
              </>
            ),
          },
          { head: '读到的有效期至', cell: (row) => row.asked, width: '10em' },
          ...(answerable ? [{ head: '答复', cell: (row: Question) => <Answer question={row} />, width: '16em' }] : []),
        ]}
      />
    </section>
  )
}
/** Answers one: confirmed as read, another day, or none stated. */
function Answer({ question }: { question: Question }) {
  const client = useQueryClient()
  const [until, setUntil] = useState(question.asked)
  const [busy, setBusy] = useState(false)
  const answer = async (day: string | undefined) => {
    setBusy(true)
    try {
      const told = await post<Told<typeof answers.ValidityConfirmed>>('/api/validity-answers', {
        entry: question.entry,
        ...(day ? { until: day } : {}),
      })
      toast(told.validUntil ? `有效期至 ${told.validUntil}，已确认。` : '已记为没有写明有效期。')
      await client.invalidateQueries({ queryKey: ['validity-questions'] })
    } catch (error) {
      toast(sentence(error), 'warn')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <DateInput
        id={`until-${question.entry}`}
        label={`《${question.title}》的有效期至`}
        value={until}
        onChange={(day = '') => setUntil(day)}
      />{' '}
      <Submit
        size="small"
        type="primary"
        htmlType="button"
        loading={busy}
        lacks={[until === '' && '日期']}
        onClick={() => answer(until)}
      >
        确认
      </Submit>{' '}
      <Button size="small" disabled={busy} onClick={() => answer(undefined)}>
        没有写明
      </Button>
    </>
  )
}
