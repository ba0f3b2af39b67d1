// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: rows outside the view are not in the document, so the table is told by roles
// biome-ignore-all lint/a11y/useFocusableInteractive: the link in each row takes the focus
// The desk of files: waiting and all, conditions in the address; of ten thousand rows only those in view are drawn. Keys: j/k, Enter, /.
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import type { InputRef } from 'antd/es/input'
import Input from 'antd/es/input'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { get, search } from '../api.ts'
import { placeOfCommand } from '../document/beside.ts'
import { useLive } from '../live.ts'
import type { MatterRow } from '../matter/types.ts'
import { useSoon, useTyped } from '../parts/late.ts'
import { Later } from '../parts/later.tsx'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { useStillHere } from '../parts/still-here.ts'
import { TakeAway, usePrinting } from '../parts/take-away.tsx'
import { DueCell, TurnCell } from '../parts/turn-cells.tsx'
import { lastWords } from '../parts/turn-words.ts'
import { UnitOptions } from '../parts/unit-options.tsx'
import { whenIdle } from '../parts/when-idle.ts'
import { actionsQuery, docQuery, documentProcess, loadQuery, meQuery, placeOf } from '../queries.ts'
import type { Action, Page, Restorations } from '../types.ts'
import { dateOf, mainStages, momentOf, roleName, stageName } from '../words.ts'
import { documentPage } from './ahead.ts'
import type { DeskSearch } from './desk-search.ts'
import { FirstRun } from './first-run.tsx'
import { SavedFilters } from './saved-filters.tsx'

const route = getRouteApi('/staff/')
/** More than a screen holds, and the next is asked for before the end is in view. */
const pageSize = 50
/** The questions a desk answers, and everything. */
const scopes: ReadonlyArray<{ scope: DeskSearch['scope']; label: string; title: string; empty: string }> = [
  { scope: undefined, label: '待我办', title: '我的待办', empty: '现在没有待您办理的事。' },
  {
    scope: 'later',
    label: '稍后',
    title: '推到以后的',
    empty: '没有您推到以后的事；在待办里选中一件，按“稍后提醒”即列在这里。',
  },
  { scope: 'waiting', label: '我在等', title: '我在等', empty: '现在没有您在等别人办理的事。' },
  { scope: 'followed', label: '我关注的', title: '我关注的', empty: '还没有您关注的；在案卷页按“关注”即列在这里。' },
  { scope: 'done', label: '已办', title: '我办过的', empty: '还没有您办理过的事。' },
  { scope: 'all', label: '全部可见', title: '全部可见', empty: '还没有您可以查看的案卷、事项。' },
]
const scopeOf = (scope: DeskSearch['scope']) =>
  scopes.find((each) => each.scope === scope) ?? { title: '我的待办', empty: '现在没有待您办理的事。' }
const scopeQuery = (scope: DeskSearch['scope']) =>
  scope === 'all'
    ? {}
    : scope === undefined || scope === 'later'
      ? // Written out: a query leaves out what is false.
        { mine: true, later: String(scope === 'later') }
      : { [scope]: true }

export function DeskPage() {
  const filters = route.useSearch()
  const navigate = useNavigate({ from: '/' })
  const stillHere = useStillHere('/')
  const { data: me } = useQuery(meQuery)
  const { scope } = filters
  const mine = scope === undefined
  const today = dateOf(me?.demo?.now ?? new Date())
  const overdue = filters.overdue === 'yes'
  const set = useCallback(
    (patch: Partial<Record<keyof DeskSearch, string | undefined>>) =>
      stillHere() &&
      navigate({
        search: (old: DeskSearch) =>
          Object.fromEntries(Object.entries({ ...old, ...patch }).filter(([, value]) => value)) as DeskSearch,
        replace: true,
      }),
    [navigate, stillHere],
  )
  const client = useQueryClient()
  const live = useLive(() => {
    void client.invalidateQueries({ queryKey: ['desk'] })
    void client.invalidateQueries({ queryKey: ['stage-load'] })
  })
  const query = {
    ...scopeQuery(scope),
    overdue,
    // A stage of the chart is one of documents.
    process: filters.stage ? documentProcess : undefined,
    stage: filters.stage,
    unit: filters.unit,
    q: filters.q,
    sort: filters.sort,
  }
  const list = useInfiniteQuery({
    queryKey: ['desk', scope, overdue, filters.stage, filters.unit, filters.q, filters.sort],
    queryFn: ({ pageParam, signal }) =>
      get<Page<MatterRow>>(`/api/matters${search({ ...query, limit: pageSize, cursor: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: (query) => (live || (query.state.data?.pages.length ?? 0) > 3 ? false : 15_000),
  })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const [at, setAt] = useState(0)
  const selected = rows[Math.min(at, rows.length - 1)]
  const searchBox = useRef<InputRef>(null)
  const more = useCallback(() => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }, [list.hasNextPage, list.isFetchingNextPage, list.fetchNextPage])

  const shown = list.isSuccess
  useEffect(() => (shown ? whenIdle(documentPage) : undefined), [shown])
  // Another filter begins at the top.
  const asked = JSON.stringify([filters.stage, filters.unit, filters.q, filters.scope, filters.sort, overdue])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time something else is asked
  useEffect(() => setAt(0), [asked])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) {
        if (event.key === 'Escape') target.blur()
        return
      }
      if (event.key === 'j' || event.key === 'ArrowDown')
        setAt((old) => Math.max(0, Math.min(old + 1, rows.length - 1)))
      else if (event.key === 'k' || event.key === 'ArrowUp') setAt((old) => Math.max(old - 1, 0))
      else if (event.key === 'Enter' && selected && !/^(A|BUTTON|SUMMARY)$/.test(target.tagName))
        void navigate({ to: placeOf(selected.process).page, params: { id: selected.id } })
      else if (event.key === '/') searchBox.current?.focus()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [rows.length, selected, navigate])

  const filtered = Boolean(filters.stage || filters.unit || filters.q || overdue)
  return (
    <main className="desk">
      <div className="desk-head">
        <h1>{scopeOf(scope).title}</h1>
        <div className="segments" role="group" aria-label="范围">
          {scopes.map((each) => (
            <button
              key={each.label}
              type="button"
              aria-pressed={scope === each.scope}
              onClick={() => set({ scope: each.scope, sort: undefined })}
            >
              {each.label}
            </button>
          ))}
        </div>
        <label className="desk-overdue">
          <input
            type="checkbox"
            checked={overdue}
            onChange={(e) => set({ overdue: e.target.checked ? 'yes' : undefined })}
          />{' '}
          只看逾期
        </label>
        <select
          className="native"
          aria-label="排序"
          value={filters.sort ?? ''}
          onChange={(e) => set({ sort: e.target.value || undefined })}
        >
          <option value="">{mine || scope === 'waiting' ? '最紧的在前' : '新近变动在前'}</option>
          {mine || scope === 'waiting' ? <option value="updated">新近变动在前</option> : null}
          {mine || scope === 'waiting' ? null : <option value="urgent">最紧的在前</option>}
          <option value="since">等得最久的在前</option>
          <option value="title">依名称</option>
        </select>
        <SearchBox
          value={filters.q ?? ''}
          onChange={(q) => set({ q: q || undefined })}
          busy={list.isFetching}
          box={searchBox}
        />
        <UnitFilter value={filters.unit ?? ''} onChange={(unit) => set({ unit: unit || undefined })} />
        {me?.roles.includes('drafter') ? (
          <Link to="/new" className="button-link">
            申请立项
          </Link>
        ) : null}
      </div>
      <FirstRun tour={filters.tour === 'yes'} onTour={(on) => void set({ tour: on ? 'yes' : undefined })} />
      <SavedFilters list="desk" now={{ ...filters, tour: undefined }} />
      {me?.roles.some((role) => role === 'secretariat' || role === 'admin') ? <Held /> : null}
      <StageLoadChart
        scope={scope}
        stage={filters.stage}
        onPick={(stage) => set({ stage: stage === filters.stage ? undefined : stage })}
      />
      <div className="desk-main">
        <section
          aria-label="案卷列表"
          className="desk-list"
          aria-busy={list.isPlaceholderData || list.isFetchingNextPage}
        >
          {list.isPending ? (
            <Loading lines={8} />
          ) : list.isError ? (
            <ErrorNote error={list.error} retry={() => list.refetch()} />
          ) : rows.length === 0 ? (
            <Empty>
              {filtered
                ? '没有符合条件的。'
                : me?.roles.length === 0
                  ? '您现在没有任职，因此没有可以查看、办理的案卷；任职由系统管理员设定。'
                  : scopeOf(scope).empty}
              {filtered ? (
                <Button
                  type="link"
                  onClick={() => set({ stage: undefined, unit: undefined, q: undefined, overdue: undefined })}
                >
                  清除条件
                </Button>
              ) : mine ? (
                <Button type="link" onClick={() => set({ scope: 'all' })}>
                  看全部可见案卷
                </Button>
              ) : null}
            </Empty>
          ) : (
            <Rows rows={rows} asked={asked} at={at} onAt={setAt} onEnd={more} today={today} />
          )}
          {rows.length > 0 ? (
            <p className="desk-foot">
              已载入 {rows.length} 件
              {list.hasNextPage ? (
                <Button size="small" loading={list.isFetchingNextPage} onClick={more}>
                  载入更多
                </Button>
              ) : (
                '，已是全部'
              )}
              <TakeAway path="/api/matters" params={query} list={list} />
              <span className="keys">
                <kbd>j</kbd>
                <kbd>k</kbd> 上下 <kbd>回车</kbd> 打开 <kbd>/</kbd> 检索
              </span>
            </p>
          ) : null}
        </section>
        {selected ? <Preview row={selected} /> : null}
      </div>
    </main>
  )
}

function SearchBox({
  value,
  onChange,
  busy,
  box,
}: {
  value: string
  onChange: (q: string) => void
  /** The list is being fetched. */
  busy: boolean
  box: React.RefObject<InputRef | null>
}) {
  const { settled, write, box: input } = useTyped(value)
  const q = useSoon(settled, busy)
  const latest = useRef({ value, write, onChange })
  useEffect(() => {
    latest.current = { value, write, onChange }
  })
  // The address says it unless somebody is typing: then it lags behind what stands here.
  useEffect(() => {
    if (document.activeElement !== box.current?.input) latest.current.write(value)
  }, [value, box])
  useEffect(() => {
    if (q !== latest.current.value) latest.current.onChange(q)
  }, [q])
  return (
    <Input
      ref={box}
      className="desk-search"
      {...input}
      placeholder="名称、文号、正文（按 / 键）"
      aria-label="在标题中检索"
      maxLength={100}
      allowClear
    />
  )
}
function UnitFilter({ value, onChange }: { value: string; onChange: (unit: string) => void }) {
  return (
    <select className="native" aria-label="起草单位" value={value} onChange={(e) => onChange(e.target.value)}>
      <option value="">全部起草单位</option>
      <UnitOptions />
    </select>
  )
}
function StageLoadChart({
  scope,
  stage,
  onPick,
}: {
  scope: DeskSearch['scope']
  stage: string | undefined
  onPick: (stage: string) => void
}) {
  const { data } = useQuery({ ...loadQuery(scope), refetchInterval: 15_000 })
  const byMain = new Map<string, { count: number; overdue: number }>()
  for (const row of data ?? []) {
    const main = row.stage.split('.')[0] ?? row.stage
    const sum = byMain.get(main) ?? { count: 0, overdue: 0 }
    byMain.set(main, { count: sum.count + row.count, overdue: sum.overdue + row.overdue })
  }
  const most = Math.max(1, ...[...byMain.values()].map((each) => each.count))
  const total = [...byMain.values()].reduce((sum, each) => sum + each.count, 0)
  return (
    <div
      className="load"
      role="group"
      aria-label={data ? `各阶段案卷数，共 ${total} 件；点一个阶段只看该阶段` : '各阶段案卷数，正在取'}
    >
      {[...mainStages, 'closed'].map((name) => {
        const { count, overdue } = byMain.get(name) ?? { count: 0, overdue: 0 }
        return (
          <button
            key={name}
            type="button"
            aria-pressed={stage === name}
            onClick={() => onPick(name)}
            disabled={data !== undefined && count === 0 && stage !== name}
            title={overdue ? `${overdue} 件逾期` : undefined}
          >
            <span className="load-bar" aria-hidden="true">
              <i style={{ height: `${Math.round((count / most) * 100)}%` }}>
                <i className="load-late" style={{ height: `${count ? Math.round((overdue / count) * 100) : 0}%` }} />
              </i>
            </span>
            <b>{data ? count : '…'}</b>
            <span className="load-name">{name === 'closed' ? '终止' : stageName(name)}</span>
          </button>
        )
      })}
    </div>
  )
}

function useRowHeight(): number {
  const [narrow, setNarrow] = useState(() => window.matchMedia('(max-width: 760px)').matches)
  useEffect(() => {
    const query = window.matchMedia('(max-width: 760px)')
    const tell = () => setNarrow(query.matches)
    query.addEventListener('change', tell)
    return () => query.removeEventListener('change', tell)
  }, [])
  return narrow ? 104 : 58
}
/** Rows of equal height; only the few in and around the viewport are drawn, on paper all. */
function Rows({
  rows,
  asked,
  at,
  onAt,
  onEnd,
  today,
}: {
  rows: MatterRow[]
  /** What the rows answer: another question begins at the top, wherever the one before was scrolled to. */
  asked: string
  at: number
  onAt: (n: number) => void
  onEnd: () => void
  today: string
}) {
  const height = useRowHeight()
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [tall, setTall] = useState(600)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setTall(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time something else is asked
  useEffect(() => {
    // After the router, which puts back where things were scrolled to whenever the address changes.
    const next = requestAnimationFrame(() => box.current?.scrollTo(0, 0))
    return () => cancelAnimationFrame(next)
  }, [asked])
  const printing = usePrinting()
  const first = printing ? 0 : Math.max(0, Math.floor(top / height) - 8)
  const last = printing ? rows.length : Math.min(rows.length, Math.ceil((top + tall) / height) + 8)
  // Who has begun to go down the list has the next page before the end of this one: a page ahead from then on.
  const ahead = top > 0 ? pageSize : 20
  useEffect(() => {
    if (!printing && last >= rows.length - ahead) onEnd()
  }, [printing, last, rows.length, ahead, onEnd])
  useEffect(() => {
    const element = box.current
    if (!element) return
    if (at * height < element.scrollTop) element.scrollTop = at * height
    else if ((at + 1) * height > element.scrollTop + element.clientHeight)
      element.scrollTop = (at + 1) * height - element.clientHeight
  }, [at, height])
  return (
    <div className="grid" role="table" aria-rowcount={rows.length}>
      <div role="rowgroup">
        <div className="grid-head" role="row">
          <span role="columnheader">名称</span>
          <span role="columnheader">要办什么</span>
          <span role="columnheader">期限</span>
          <span role="columnheader">最近</span>
        </div>
      </div>
      <div
        className="grid-body"
        role="rowgroup"
        ref={box}
        tabIndex={0}
        onScroll={(e) => setTop(e.currentTarget.scrollTop)}
      >
        <div role="presentation" style={{ height: rows.length * height, position: 'relative' }}>
          {rows.slice(first, last).map((row, i) => (
            <Row
              key={row.id}
              row={row}
              n={first + i}
              height={height}
              selected={first + i === at}
              today={today}
              onAt={onAt}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
/** One row; drawn anew only when something of it is another: a next page, a key or scrolling draws the new ones alone. */
const Row = memo(function Row({
  row,
  n,
  height,
  selected,
  today,
  onAt,
}: {
  row: MatterRow
  n: number
  height: number
  selected: boolean
  today: string
  onAt: (n: number) => void
}) {
  return (
    <div
      role="row"
      aria-rowindex={n + 1}
      className={`grid-row${selected ? ' selected' : ''}`}
      style={{ transform: `translateY(${n * height}px)`, height }}
      onMouseEnter={() => onAt(n)}
    >
      <span role="cell" className="cell-title">
        <Link
          to={placeOf(row.process).page}
          params={{ id: row.id }}
          onFocus={() => onAt(n)}
          title={row.title}
          className={row.unread ? 'unread' : undefined}
        >
          {row.unread ? <i className="dot" title="上次看过以后有变动" /> : null}
          {row.unread ? <span className="sr-only">未读：</span> : null}
          {row.title}
        </Link>
        <small>
          {row.process === documentProcess ? '' : `${row.processLabel} · `}
          {row.stageLabel} · {row.unit.name}
        </small>
      </span>
      <span role="cell" className="cell-turn">
        <TurnCell row={row} today={today} />
      </span>
      <span role="cell" className="cell-due">
        <DueCell row={row} today={today} />
      </span>
      <span role="cell" className="cell-at">
        {row.last ? (
          <>
            <span title={lastWords(row.last)}>{lastWords(row.last)}</span>
            <small>{momentOf(row.last.at)}</small>
          </>
        ) : (
          momentOf(row.updatedAt)
        )}
      </span>
    </div>
  )
})
/** What is required first, what is rare last. */
const urgency = (action: Action): number => ['required', 'possible', 'rare'].indexOf(action.need)

/** The chosen one: the next step, what is lacking for what cannot be done, and who can do it. */
function Preview({ row }: { row: MatterRow }) {
  const [id, setId] = useState(row.id)
  useEffect(() => {
    const timer = setTimeout(() => setId(row.id), 200)
    return () => clearTimeout(timer)
  }, [row.id])
  const place = placeOf(row.process)
  const { data, isPending, isError } = useQuery({
    ...actionsQuery(id, place),
    enabled: id === row.id,
    staleTime: 15_000,
  })
  // Whoever stays on a row is likely to open it.
  const client = useQueryClient()
  const isDocument = row.process === documentProcess
  useEffect(() => {
    if (isDocument && id === row.id) void client.prefetchQuery({ ...docQuery(id), staleTime: 15_000 })
  }, [client, id, row.id, isDocument])
  const fresh = id === row.id ? data : undefined
  const can = (fresh?.filter((action) => action.allowed) ?? []).sort((a, b) => urgency(a) - urgency(b))
  const blocked =
    fresh?.filter(
      (action) => !action.allowed && !action.verdicts.some((v) => v.rule === 'role.permitted' && !v.holds),
    ) ?? []
  const others =
    fresh?.filter(
      (action) =>
        !action.allowed &&
        // What only the system does is nobody's to do.
        action.by.some((role) => role !== 'system') &&
        action.verdicts.every((v) => v.holds || v.severity !== 'block' || v.rule === 'role.permitted'),
    ) ?? []
  return (
    <aside className="preview" aria-label="选中的案卷">
      <h2>{row.title}</h2>
      <p className="quiet">
        {row.unit.name} · {row.stageLabel}
      </p>
      {row.last ? (
        <p className="quiet">
          最近：{lastWords(row.last)}，{momentOf(row.last.at)}
        </p>
      ) : null}
      {row.mine.length > 0 ? <Later key={row.id} id={row.id} later={row.later ?? null} /> : null}
      {isError ? <p className="quiet">没有取到可办事项。</p> : null}
      {isPending || !fresh ? (
        isError ? null : (
          <Loading lines={4} />
        )
      ) : (
        <>
          {can.length > 0 ? (
            <>
              <h3>您现在可以办</h3>
              <ul className="chips">
                {can.map((action) => (
                  <li key={action.command}>
                    <Link
                      to={place.page}
                      params={{ id: row.id }}
                      search={isDocument ? placeOfCommand(action.command) : { do: action.command }}
                    >
                      {action.label}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p>现在没有您可以办理的事项。</p>
          )}
          {blocked.slice(0, 4).map((action) => (
            <div key={action.command} className="blocked">
              <b>{action.label}</b>
              <ul>
                {action.verdicts
                  .filter((v) => !v.holds && v.severity === 'block')
                  .slice(0, 3)
                  .map((v) => (
                    <li key={v.rule}>
                      {v.reason}
                      {v.earliest ? <em>最早 {v.earliest}</em> : null}
                      {v.by?.length ? <span className="quiet">（{v.by.map(roleName).join('、')}）</span> : null}
                    </li>
                  ))}
              </ul>
            </div>
          ))}
          {can.length === 0 && others.length > 0 ? (
            <>
              <h3>可由他人办理</h3>
              <ul className="plain">
                {others.slice(0, 6).map((action) => (
                  <li key={action.command}>
                    {action.label}：{action.by.map(roleName).join('、')}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </>
      )}
    </aside>
  )
}

/**
 * Numbers not yet confirmed after a restore from backup, so that neither numbering nor publication can succeed: said
 * ahead of the list.
 */
function Held() {
  const { data } = useQuery({
    queryKey: ['series', 'confirmation'],
    queryFn: () => get<Restorations>('/api/series/confirmation'),
    staleTime: 60_000,
  })
  if (!data?.open.length) return null
  return (
    <div className="note note-warn" role="status">
      <p>
        数据库由备份恢复以后，还没有确认各系列最后用到几号：编号、公布、报送与封存暂停。请到
        <Link to="/series">编号台</Link>确认。
      </p>
    </div>
  )
}
