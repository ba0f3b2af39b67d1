// Superior acts: search, force, the documents resting on them; registering an act or its change; changes being checked
// and how the checks ended.
import type { answers } from '@dianzhang/contract'
import { actForceLabels, impactCheck, type OfficeCommand, officeOverseers } from '@dianzhang/contract'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useEffect, useState } from 'react'
import { get, search } from '../api.ts'
import type { MatterRow } from '../matter/types.ts'
import { DateInput } from '../parts/date-input.tsx'
import { useLate } from '../parts/late.ts'
import { TakeAway } from '../parts/take-away.tsx'
import { actionsQuery, matters, meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

type ActsFound = Told<typeof answers.ActsPage>
type Act = ActsFound['items'][number]
type Impact = Told<typeof answers.Impact>
type Rates = Told<typeof answers.ImpactRates>
type Events = Told<typeof answers.ImpactEvents>
type Mandates = Told<typeof answers.Mandates>
type Proposals = Told<typeof answers.MandateProposals>
const route = getRouteApi('/staff/acts')

export function ActsPage() {
  const found = route.useSearch()
  const navigate = useNavigate({ from: '/acts' })
  const [typed, setTyped] = useState(found.q ?? '')
  const q = useLate(typed.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the address
  useEffect(
    () => void (q !== (found.q ?? '') && navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: true })),
    [q],
  )
  return (
    <RegisterPage
      title="上位法"
      intro="查一部上位法在某一日是否有效、哪些文件以它为依据；登记目录里没有的、将要变动的。登记一次变动，以它为依据的文件逐件开启核查。"
      tools={<RegisterLink />}
    >
      <div className="desk-head">
        <Input
          className="desk-search"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          placeholder="名称、文号中的文字，如“物业管理”"
          aria-label="检索上位法"
          maxLength={200}
          allowClear
        />
        <label htmlFor="acts-on">效力截至</label>{' '}
        <DateInput
          id="acts-on"
          value={found.on}
          onChange={(on) => navigate({ search: (old) => ({ ...old, on }), replace: true })}
        />
      </div>
      {found.q ? <FoundActs q={found.q} on={found.on} /> : null}
      {found.act ? <Resting act={found.act} on={found.on} /> : null}
      <EventList />
      <OpenChecks />
      <MandateList />
      <ProposalList />
      <RateList />
    </RegisterPage>
  )
}
/** What the words find, page by page. */
function FoundActs({ q, on }: { q: string; on: string | undefined }) {
  const list = usePages<Act>(['acts'], '/public/v1/acts', { q, on })
  const [first] = (list.data?.pages ?? []) as ActsFound[]
  return (
    <section aria-label="检索结果">
      {first ? (
        <p className="quiet">
          查到 {first.total} 部；目录截至 {first.asOf}。查不到的，不等于失效。
        </p>
      ) : null}
      <PagedTable<Act>
        query={list}
        keyOf={(row) => row.id}
        empty="没有查到。可以换一个名称；目录里没有的，可以登记。"
        columns={[
          {
            head: '名称',
            cell: (row) => (
              <Link to="/acts" search={(old) => ({ ...old, act: row.id })} resetScroll={false} activeProps={{}}>
                {row.title}
              </Link>
            ),
          },
          { head: '层级', cell: (row) => row.level, width: '7em' },
          { head: '文号', cell: (row) => row.documentNumber ?? '—' },
          { head: '施行', cell: (row) => row.effectiveOn ?? '—', width: '8em' },
          {
            head: '效力',
            cell: (row) => (
              <span className={row.status === 'repealed' || row.status === 'expired' ? 'bad' : ''}>
                {actForceLabels[row.status]}
              </span>
            ),
            width: '8em',
          },
          { head: '据何处', cell: (row) => (row.registered ? (row.source ?? '登记') : '目录') },
        ]}
      />
    </section>
  )
}
/** Whether this person may do it now in the office's own affairs; not asked for those who do not see these. */
function useOfficeMay(command: OfficeCommand): boolean {
  const { data: me } = useQuery(meQuery)
  const sees = me?.roles.some((role) => officeOverseers.some((one) => one === role)) ?? false
  const { data } = useQuery({ ...actionsQuery('office', matters), enabled: sees })
  return data?.some((action) => action.command === command && action.allowed) ?? false
}
/** Only for those who may register; the form and what was registered are with the office's own affairs. */
function RegisterLink() {
  if (!useOfficeMay('RegisterAct')) return null
  return (
    <Link to="/matters/$id" params={{ id: 'office' }} search={{ do: 'RegisterAct' }} className="button-link">
      登记上位法或者它的变动
    </Link>
  )
}
/** The documents that rest on a superior act or cite it, page by page. */
function Resting({ act, on }: { act: string; on: string | undefined }) {
  const query = useInfiniteQuery({
    queryKey: ['impact', act, on ?? ''],
    queryFn: ({ pageParam }) => get<Impact>(`/public/v1/impact${search({ act, on, limit: 100, cursor: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const [impact] = pages
        if (!impact) return null
        return (
          <section aria-labelledby="resting-title">
            <h2 id="resting-title">以《{impact.act.title}》为依据、引用它的文件</h2>
            <p className="quiet">
              {impact.on} 有效的 {impact.total} 处关联
              {impact.ended > 0 ? `；已经废止、失效的 ${impact.ended} 件不列` : ''}。
            </p>
            <Table
              rows={pages.flatMap(({ groups }) =>
                groups.flatMap((group) => group.items.map((item) => ({ ...item, role: group.label }))),
              )}
              keyOf={(row) => `${row.role}:${row.jurisdiction}:${row.id}`}
              empty="没有文件以它为依据。"
              columns={[
                {
                  head: '文件',
                  cell: (row) => (
                    <>
                      <a href={`/register/${encodeURIComponent(row.id)}`}>{row.title}</a>
                      <small className="block quiet">{row.documentNumber}</small>
                    </>
                  ),
                },
                { head: '角色', cell: (row) => row.role, width: '8em' },
                {
                  head: '在何处',
                  cell: (row) =>
                    row.edges.map((edge, i) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: places of one document, never reordered
                      <span key={i} className="block">
                        {edge.address}
                        {edge.articles.length > 0 ? `：${edge.articles.join('、')}` : '：整部'}
                      </span>
                    )),
                },
                { head: '公布', cell: (row) => row.publishedOn ?? '—', width: '8em' },
              ]}
            />
            {query.hasNextPage ? (
              <Button size="small" disabled={query.isFetching} onClick={() => query.fetchNextPage()}>
                再列一百件
              </Button>
            ) : null}
            {impact.total > 0 ? (
              <p className="desk-foot">
                <TakeAway path="/public/v1/impact" params={{ act, on }} list={query} />
              </p>
            ) : null}
          </section>
        )
      }}
    </Loaded>
  )
}
function EventList() {
  // The checks that a change opens come a moment after it was entered.
  const query = useQuery({
    queryKey: ['impact-events'],
    queryFn: () => get<Events>('/api/impact-events'),
    staleTime: 0,
    refetchInterval: 5_000,
  })
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">各次变动</h2>
      <Loaded query={query}>
        {({ items }) => (
          <Table
            rows={items}
            keyOf={(row) => row.key}
            empty="没有登记过影响本地文件的变动。"
            taken={{ path: '/api/impact-events' }}
            columns={[
              {
                head: '上位法',
                cell: (row) => (
                  <Link
                    to="/acts"
                    search={(old) => ({ ...old, q: row.act, act: row.act })}
                    activeProps={{}}
                    resetScroll={false}
                  >
                    {row.act}
                  </Link>
                ),
              },
              {
                head: '自何日起',
                cell: (row) => (
                  <>
                    {row.on} {row.upcoming ? <b>将要发生</b> : null}
                  </>
                ),
              },
              { head: '核查', cell: (row) => `${row.checks} 件`, num: true },
              { head: '还没有核完', cell: (row) => `${row.open} 件`, num: true },
            ]}
          />
        )}
      </Loaded>
    </section>
  )
}
/** The checks that this person may see. */
function OpenChecks() {
  const list = usePages<MatterRow>(['matters', 'impact-check'], '/api/matters', { process: impactCheck.kind })
  return (
    <section aria-labelledby="checks-title">
      <h2 id="checks-title">核查</h2>
      <PagedTable<MatterRow>
        query={list}
        keyOf={(row) => row.id}
        empty="没有您可以查看的核查。"
        columns={[
          {
            head: '核查',
            cell: (row) => (
              <Link to="/matters/$id" params={{ id: row.id }}>
                {row.title}
              </Link>
            ),
          },
          { head: '承办单位', cell: (row) => row.unit.name, width: '11em' },
          { head: '阶段', cell: (row) => row.stageLabel, width: '7em' },
          {
            head: '期限',
            cell: (row) =>
              row.nextDueOn ? (
                <span className={row.overdue ? 'bad' : ''}>
                  {row.nextDueOn}
                  {row.overdue ? ' 已逾期' : ''}
                </span>
              ) : (
                <span className="quiet">—</span>
              ),
            width: '9em',
          },
        ]}
      />
    </section>
  )
}
function RateList() {
  const query = useQuery({ queryKey: ['impact-rates'], queryFn: () => get<Rates>('/api/impact-rates') })
  return (
    <section aria-labelledby="rates-title">
      <h2 id="rates-title">不受影响的占多少</h2>
      <p className="quiet">已经确认的核查中，结论为不受影响的件数与比例；比例高的一种关联，多数变动与文件无关。</p>
      <Loaded query={query}>
        {({ items }) => (
          <Table
            rows={items}
            keyOf={(row) => row.role}
            empty="还没有核查。"
            taken={{ path: '/api/impact-rates' }}
            columns={[
              { head: '文件怎样提到它', cell: (row) => row.label },
              { head: '正在核查', cell: (row) => row.open, num: true },
              { head: '已经确认', cell: (row) => row.confirmed, num: true },
              { head: '不受影响', cell: (row) => row.unaffected, num: true },
              {
                head: '比例',
                cell: (row) => (row.share === null ? '—' : `${Math.round(row.share * 100)}%`),
                num: true,
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  )
}
/** Documents that superior acts ask of this place, as confirmed; each count opens its own list. */
function MandateList() {
  const [state, setState] = useState<Mandates['state']>('missing')
  const { data: me } = useQuery(meQuery)
  const jurisdiction = me?.jurisdiction
  const query = useInfiniteQuery({
    queryKey: ['mandates', jurisdiction ?? '', state],
    queryFn: ({ pageParam }) =>
      get<Mandates>(`/public/v1/mandates${search({ state, jurisdiction, limit: 50, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: jurisdiction !== undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-labelledby="mandates-title">
      <h2 id="mandates-title">上位法要求本地制定的</h2>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <p className="quiet">
              完成：{pages[0]?.rate}。
              {(['must', 'made', 'missing'] as const).map((one) => (
                <Button
                  key={one}
                  size="small"
                  type={state === one ? 'primary' : 'default'}
                  aria-pressed={state === one}
                  onClick={() => setState(one)}
                >
                  {{ must: '应制定', made: '已制定', missing: '未制定' }[one]} {pages[0]?.counts[one]} 件
                </Button>
              ))}
            </p>
            <Table
              rows={pages.flatMap(({ items }) => items)}
              keyOf={(row) => `${row.act}:${row.address}`}
              empty="没有。下面由词句认出的，逐条确认。"
              columns={[
                {
                  head: '上位法',
                  cell: (row) => (
                    <>
                      《{row.act}》{row.address}
                      <small className="block quiet">{row.quote}</small>
                    </>
                  ),
                },
                { head: '起草单位', cell: (row) => row.unit ?? '—', width: '11em' },
                {
                  head: '制定的文件',
                  cell: (row) =>
                    row.by ? (
                      <>
                        <a href={`/register/${encodeURIComponent(row.by.id)}`}>{row.by.title}</a>
                        {row.made ? '' : '（已经失效）'}
                      </>
                    ) : (
                      <>
                        还没有
                        {me?.roles.includes('drafter') ? (
                          <Link
                            to="/new"
                            search={{ given: { necessity: `《${row.act}》${row.address}规定：“${row.quote}”` } }}
                            className="block"
                            aria-label={`据《${row.act}》${row.address}申请立项`}
                          >
                            申请立项
                          </Link>
                        ) : null}
                      </>
                    ),
                },
                { head: '确认', cell: (row) => row.confirmedOn, width: '8em' },
              ]}
            />
            {query.hasNextPage ? (
              <Button size="small" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                载入更多
              </Button>
            ) : null}
            {pages[0]?.total ? (
              <p className="desk-foot">
                <TakeAway path="/public/v1/mandates" params={{ state, jurisdiction }} list={query} />
              </p>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  )
}
/** Clauses that the words of superior acts in the register propose; read when asked for. */
function ProposalList() {
  const [open, setOpen] = useState(false)
  const query = useInfiniteQuery({
    queryKey: ['mandate-proposals'],
    queryFn: ({ pageParam }) => get<Proposals>(`/api/mandate-proposals${search({ cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: open,
  })
  const may = useOfficeMay('JudgeMandate')
  return (
    <section aria-labelledby="proposals-title">
      <h2 id="proposals-title">由词句认出、等人确认的授权条款</h2>
      <p className="quiet">
        从登记库所收的法律、法规、规章全文认出；没有收全文的，可以照原文确认。
        {may ? (
          <Link to="/matters/$id" params={{ id: 'office' }} search={{ do: 'JudgeMandate' }} className="button-link">
            确认应制定的文件
          </Link>
        ) : null}
      </p>
      {open ? (
        <Loaded query={query}>
          {({ pages }) => (
            <>
              <Table
                rows={pages.flatMap(({ items }) => items)}
                keyOf={(row) => `${row.entry}:${row.address}:${row.what}`}
                empty={query.hasNextPage ? '这一批没有，可以再看一批。' : '没有等人确认的。'}
                columns={[
                  {
                    head: '上位法',
                    cell: (row) => (
                      <>
                        《{row.act}》{row.address}
                        <small className="block quiet">{row.quote}</small>
                      </>
                    ),
                  },
                  { head: '由谁', cell: (row) => row.who, width: '12em' },
                  { head: '制定什么', cell: (row) => row.what },
                  {
                    head: '要求',
                    cell: (row) =>
                      `${row.duty === 'may' ? '可以' : '应当'}${row.level === 'below' ? '，未写明县级' : ''}`,
                    width: '8em',
                  },
                  ...(may
                    ? [
                        {
                          head: '确认',
                          cell: ({ act, address, quote }: Proposals['items'][number]) => (
                            <Link
                              to="/matters/$id"
                              params={{ id: 'office' }}
                              search={{ do: 'JudgeMandate', given: { act, address, quote } }}
                              aria-label={`确认《${act}》${address}`}
                            >
                              确认
                            </Link>
                          ),
                          width: '5em',
                        },
                      ]
                    : []),
                ]}
              />
              {query.hasNextPage ? (
                <Button size="small" disabled={query.isFetching} onClick={() => query.fetchNextPage()}>
                  再看一批
                </Button>
              ) : null}
              <p className="desk-foot">
                <TakeAway path="/api/mandate-proposals" list={query} />
              </p>
            </>
          )}
        </Loaded>
      ) : (
        <Button size="small" onClick={() => setOpen(true)}>
          列出
        </Button>
      )}
    </section>
  )
}
