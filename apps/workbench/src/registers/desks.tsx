// 编号台、备案台、议题、制定主体清单。
import { filingLabels, tierLabels, trackLabels, unitKindLabels } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { get, post, search, sentence } from '../api.ts'
import { PersonSelect } from '../forms/pickers.tsx'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { Empty, Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { actionsQuery, docQuery, meQuery, unitsQuery } from '../queries.ts'
import type { DocumentRow, Page } from '../types.ts'
import { dateOf, momentOf, plain } from '../words.ts'
import { Confirmation, kindLabels } from './confirmation.tsx'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

interface Series {
  series: string
  year: number
  kind: string
  lastSeq: number
  issued: number
  reserved: number
  void: number
}
export function SeriesPage() {
  const query = useQuery({ queryKey: ['series'], queryFn: () => get<Series[]>('/api/series'), refetchInterval: 10_000 })
  return (
    <RegisterPage title="编号台" intro="每个号都是已用、预留或者作废之一，不跳号；办理“统一登记编号”时依次取下一个号。">
      <Confirmation />
      <Reserve />
      <Loaded query={query}>
        {(rows) => (
          <Table
            rows={rows}
            keyOf={(row) => `${row.series}${row.year}`}
            empty="还没有编过号。第一份文件办理“统一登记编号”后，序列出现在这里。"
            columns={[
              {
                head: '序列',
                cell: (row) => (
                  <Link to="/series/$series/$year" params={{ series: row.series, year: String(row.year) }}>
                    {row.series.replace(/^(登记|索引):/, '')}
                  </Link>
                ),
              },
              { head: '种类', cell: (row) => kindLabels[row.kind] ?? row.kind },
              { head: '年份', cell: (row) => row.year },
              { head: '已用', num: true, cell: (row) => row.issued },
              { head: '预留', num: true, cell: (row) => row.reserved },
              { head: '作废', num: true, cell: (row) => row.void },
              { head: '下一个', num: true, cell: (row) => <b>{row.lastSeq + 1}</b> },
            ]}
          />
        )}
      </Loaded>
    </RegisterPage>
  )
}
/** 预留一个发文字号；到期未用即作废。 */
function Reserve() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const { data: units } = useQuery(unitsQuery)
  const [values, setValues] = useState({ issuer: '', purpose: '', expiresOn: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (!me?.roles.includes('secretariat')) return null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const made = await post<{ text?: string }>('/api/series/reservations', values)
      toast(`已预留${made.text ?? '一个发文字号'}。`)
      setValues({ issuer: '', purpose: '', expiresOn: '' })
      await client.invalidateQueries({ queryKey: ['series'] })
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <details className="card">
      <summary>预留一个发文字号</summary>
      <form className="inline-grid" onSubmit={submit}>
        <Labelled label="制定机关">
          {(id) => (
            <select
              id={id}
              className="native"
              value={values.issuer}
              onChange={(e) => setValues({ ...values, issuer: e.target.value })}
            >
              <option value="">请选择</option>
              {units
                ?.filter((unit) => unit.eligible)
                .map((unit) => (
                  <option key={unit.id} value={unit.id}>
                    {unit.name}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
        <Labelled label="用途">
          {(id) => (
            <Input
              id={id}
              maxLength={500}
              value={values.purpose}
              onChange={(e) => setValues({ ...values, purpose: e.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="预留至">
          {(id) => (
            <DateInput
              id={id}
              min={dateOf(me.demo?.now ?? new Date())}
              value={values.expiresOn}
              onChange={(expiresOn = '') => setValues({ ...values, expiresOn })}
            />
          )}
        </Labelled>
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!values.issuer || !values.purpose.trim() || !values.expiresOn}
        >
          预留
        </Button>
        {problem ? (
          <p className="field-error" role="alert">
            {problem}
          </p>
        ) : null}
      </form>
    </details>
  )
}
/** 放弃预留号：作废须写明理由与批准人。 */
function Release({ text, onDone }: { text: string; onDone: () => void }) {
  const client = useQueryClient()
  const [values, setValues] = useState({ reason: '', approver: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await post('/api/series/reservations/release', { text, ...values })
      toast(`${text} 已作废。`)
      await client.invalidateQueries({ queryKey: ['series'] })
      onDone()
    } catch (error) {
      setProblem(sentence(error))
    }
  }
  return (
    <form className="card inline-grid" onSubmit={submit}>
      <b>放弃 {text}</b>
      <Labelled label="理由">
        {(id) => (
          <Input id={id} value={values.reason} onChange={(e) => setValues({ ...values, reason: e.target.value })} />
        )}
      </Labelled>
      <Labelled label="批准人">
        {(id) => (
          <PersonSelect
            id={id}
            value={values.approver || undefined}
            onChange={(approver = '') => setValues({ ...values, approver })}
            bad={false}
          />
        )}
      </Labelled>
      <Button danger htmlType="submit" disabled={!values.reason.trim() || !values.approver.trim()}>
        作废这个号
      </Button>
      {problem ? <p className="field-error">{problem}</p> : null}
    </form>
  )
}
interface NumberRow {
  seq: number
  text: string
  status: 'issued' | 'reserved' | 'void'
  document: string | null
  at: string
  by: string | null
  reservedFor: string | null
  expiresOn: string | null
  voidReason: string | null
  voidApprover: string | null
}
const numbersRoute = getRouteApi('/staff/series/$series/$year')
export function NumbersPage() {
  const { series, year } = numbersRoute.useParams()
  const [releasing, setReleasing] = useState<string | null>(null)
  const query = usePages<NumberRow>(
    ['series', series, year],
    `/api/series/${encodeURIComponent(series)}/${year}/numbers`,
  )
  return (
    <RegisterPage
      title={`${series.replace(/^(登记|索引):/, '')}　${year}年`}
      tools={<Link to="/series">全部序列</Link>}
    >
      {releasing ? <Release key={releasing} text={releasing} onDone={() => setReleasing(null)} /> : null}
      <PagedTable
        query={query}
        keyOf={(row) => String(row.seq)}
        empty="这个序列还没有号。"
        columns={[
          { head: '序号', num: true, cell: (row) => row.seq },
          { head: '编号', cell: (row) => <b>{row.text}</b> },
          {
            head: '状态',
            cell: (row) => (
              <span className={row.status === 'void' ? 'bad' : row.status === 'issued' ? 'good' : ''}>
                {{ issued: '已用', reserved: '预留', void: '作废' }[row.status]}
              </span>
            ),
          },
          {
            head: '案卷',
            cell: (row) =>
              row.document ? (
                <Link to="/documents/$id" params={{ id: row.document }}>
                  打开案卷
                </Link>
              ) : (
                (row.reservedFor ?? '—')
              ),
          },
          { head: '时间', cell: (row) => momentOf(row.at) },
          {
            head: '说明',
            cell: (row) =>
              row.voidReason
                ? `${row.voidReason}（批准：${row.voidApprover ?? '—'}）`
                : row.expiresOn
                  ? `预留至 ${row.expiresOn}`
                  : '',
          },
          {
            head: '操作',
            cell: (row) =>
              row.status === 'reserved' ? (
                <Button size="small" onClick={() => setReleasing(row.text)}>
                  放弃
                </Button>
              ) : null,
          },
        ]}
      />
    </RegisterPage>
  )
}
interface FilingRow {
  id: string
  title: string
  tier: string
  leadIssuer: string
  version: number
  filing: Record<string, unknown> | null
  /** 自己一侧（制定机关或者备案机关）的期限里最近的一项。 */
  due: { on: string; label: string; overdue: boolean } | null
  updatedAt: string
}
/** 快照里的备案状态可能是叶子名，也可能再嵌一层。 */
const leaf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' && value !== null ? Object.keys(value).join('、') : ''
export function FilingsPage() {
  const query = usePages<FilingRow>(['filings'], '/api/filings')
  const { data: units } = useQuery(unitsQuery)
  const state = (row: FilingRow, track: 'government' | 'npc') => {
    const status = leaf(row.filing?.[track])
    return (
      <span className={status === 'due' || status === 'returned' || status === 'correction' ? 'bad' : ''}>
        {filingLabels[status as keyof typeof filingLabels] ?? (status || '—')}
      </span>
    )
  }
  return (
    <RegisterPage
      title="备案台"
      intro="制定机关一侧看待报送、待补正、待答复的；备案机关一侧看待审查、待登记的。打开案卷即可办理。"
    >
      <PagedTable
        query={query}
        keyOf={(row) => row.id}
        empty="没有须由您所在单位办理备案的文件。"
        columns={[
          {
            head: '文件',
            cell: (row) => (
              <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'decisions' }}>
                {row.title}
              </Link>
            ),
          },
          {
            head: '制定机关',
            cell: (row) => units?.find((unit) => unit.id === row.leadIssuer)?.name ?? row.leadIssuer,
          },
          {
            head: '层级',
            cell: (row) => (tierLabels[row.tier as keyof typeof tierLabels] ?? row.tier).replace('规范性文件', ''),
          },
          { head: trackLabels.government, cell: (row) => state(row, 'government') },
          { head: trackLabels.npc, cell: (row) => state(row, 'npc') },
          {
            head: '最近期限',
            cell: (row) =>
              row.due === null ? (
                <span className="quiet">—</span>
              ) : (
                <span className={row.due.overdue ? 'bad' : ''}>
                  {row.due.on} {row.due.overdue ? '已逾期' : ''}
                  <br />
                  <small className="quiet">{row.due.label}</small>
                </span>
              ),
          },
          { head: '更新于', cell: (row) => dateOf(row.updatedAt) },
        ]}
      />
    </RegisterPage>
  )
}
export function SessionsPage() {
  const query = useQuery({
    queryKey: ['documents', 'deliberation'],
    queryFn: () => get<Page<DocumentRow>>(`/api/documents${search({ stage: 'deliberation', limit: 100 })}`),
    refetchInterval: 15_000,
  })
  return (
    <RegisterPage title="议题" intro="已到集体审议阶段的案卷，按会议排列；每件列明能否上会，不能的差什么。">
      <Loaded query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>现在没有待审议的案卷。</Empty>
          ) : (
            <div className="stack">
              {page.items.map((row) => (
                <Item key={row.id} row={row} />
              ))}
            </div>
          )
        }
      </Loaded>
    </RegisterPage>
  )
}
function Item({ row }: { row: DocumentRow }) {
  const doc = useQuery(docQuery(row.id))
  const actions = useQuery(actionsQuery(row.id))
  const decide = actions.data?.find((action) => action.command === 'RecordDecision')
  const gates = decide?.verdicts.filter((v) => v.rule !== 'role.permitted') ?? []
  const unmet = gates.filter((v) => !v.holds && v.severity === 'block')
  const schedule = doc.data?.schedule
  return (
    <section className="sheet card">
      <div className="page-head">
        <h2>
          <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'decisions' }}>
            {row.title}
          </Link>
        </h2>
        <span>{schedule ? `${plain(schedule.date)}　${schedule.body}　${schedule.session}` : '尚未安排会议'}</span>
      </div>
      {actions.isPending ? (
        <Loading lines={2} />
      ) : unmet.length === 0 ? (
        <p className="good">上会条件都已具备。</p>
      ) : (
        <>
          <p className="bad">还差 {unmet.length} 项：</p>
          <Verdicts list={gates} />
        </>
      )}
      {doc.data?.review?.opinion?.points.some((point) => point.answer?.kind === 'not_adopted') ? (
        <p className="note note-warn">
          有审核意见未采纳，理由须随件上会：
          {doc.data.review.opinion.points
            .filter((point) => point.answer?.kind === 'not_adopted')
            .map((point) => `${point.text}（${point.answer?.reason ?? ''}）`)
            .join('；')}
        </p>
      ) : null}
    </section>
  )
}
export const unitKinds: Record<string, string> = unitKindLabels
interface Issuer {
  id: string
  name: string
  kind: string
  eligible: boolean
  eligibleSince: string | null
  eligibleUntil: string | null
}
export function IssuersPage() {
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const query = useQuery({ queryKey: ['issuers'], queryFn: () => get<Issuer[]>('/api/issuers') })
  return (
    <RegisterPage
      title="制定主体清单"
      intro={
        <>
          只有列入清单的机关可以制定行政规范性文件；内设机构、临时机构不得以自己的名义制定（国办发〔2018〕115号二（三））。
          列入、移出由系统管理员在<Link to="/people">人员与单位</Link>更正单位时办理。
        </>
      }
    >
      <Loaded query={query}>
        {(rows) => (
          <Table
            rows={rows}
            keyOf={(row) => row.id}
            empty="清单还没有公布。"
            columns={[
              { head: '机关', cell: (row) => row.name },
              { head: '种类', cell: (row) => unitKinds[row.kind] ?? row.kind },
              { head: '列入日期', cell: (row) => row.eligibleSince ?? '—' },
              { head: '移出日期', cell: (row) => row.eligibleUntil ?? '—' },
              {
                head: '状态',
                cell: (row) =>
                  !row.eligible || (row.eligibleUntil !== null && row.eligibleUntil < today) ? (
                    <span className="bad">已移出</span>
                  ) : row.eligibleSince !== null && row.eligibleSince > today ? (
                    '尚未列入'
                  ) : (
                    <span className="good">可以制定</span>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </RegisterPage>
  )
}
