// The own tab of a cleanup: one row for each item, opinions by keyboard one by one or several at once, saved together;
// the check of the legality body; a look at the lists before publication.
import { type CleanupOutcome, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { get, search } from '../api.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { actionsQuery, matters, meQuery, refreshDoc } from '../queries.ts'
import type { Action } from '../types.ts'
import { Check, type Shown, Trouble } from './cleanup-check.tsx'
import {
  changedMeanwhile,
  type Draft,
  type Drafts,
  draftOf,
  type Item,
  type Items,
  isSame,
  keep,
  kept,
  lackOf,
  type Own,
  opinionOf,
  outcomeKey,
  savedAs,
  sumText,
} from './cleanup-draft.ts'
import { Lists, PastList, Sheets } from './cleanup-files.tsx'
import { Choices, Reasons, Row, reasonId, rowId } from './cleanup-row.tsx'
import { everyItem, isDone, useSending } from './cleanup-send.ts'
import { CleanupTold } from './cleanup-told.tsx'
import type { Matter } from './types.ts'
import './cleanup.css'

const perPage = 50
const chosenOnly: Record<string, string> = {
  '': '全部',
  open: '没有意见的',
  own: '本单位的',
  flagged: '有疑问的',
  unchecked: '没有核对的',
  differing: '核对不同意的',
  late: '补报、并入的',
}
const empty: Omit<Draft, 'seen'> = { outcome: null, reason: '', lapseGround: '', what: '', due: '', ifLate: false }
/** This person's posts allow it; whether the conditions are met is judged when it is sent. */
const mayDo = (actions: Action[] | undefined, command: string): boolean =>
  actions?.some(
    (each) => each.command === command && !each.verdicts.some((v) => v.rule === 'role.permitted' && !v.holds),
  ) ?? false
export default function Cleanup({ matter }: { matter: Matter }) {
  const { data: me } = useQuery(meQuery)
  if (!me) return <Loading />
  const own = matter as unknown as Own
  if (own.census === null) return <NoCensus id={matter.id} />
  return (
    <Table
      key={matter.id}
      matter={matter}
      own={own}
      secretary={me.roles.includes('secretariat')}
      storageKey={`dianzhang:cleanup:${me.person}:${matter.id}`}
    />
  )
}
/** Before there is a census: it is frozen from the register, or a list of long ago is handed in. */
function NoCensus({ id }: { id: string }) {
  const client = useQueryClient()
  const { data: actions } = useQuery(actionsQuery(id, matters))
  return (
    <div className="stack">
      <Empty>还没有普查目录：部署以后先冻结普查目录；以往的清理，以当时的目录文件建立。</Empty>
      {mayDo(actions, 'ImportCensus') ? (
        <PastList
          id={id}
          onTaken={({ skipped }) => {
            toast(`目录已经读入${skipped.length > 0 ? `，略去 ${skipped.length} 行` : ''}。`)
            void refreshDoc(client, id, matters)
          }}
        />
      ) : null}
    </div>
  )
}
function Table({
  matter,
  own,
  secretary,
  storageKey,
}: {
  matter: Matter
  own: Own
  secretary: boolean
  storageKey: string
}) {
  const { id } = matter
  const client = useQueryClient()
  const { data: actions } = useQuery(actionsQuery(id, matters))
  const gives = mayDo(actions, 'GiveOpinion')
  const checks = mayDo(actions, 'CheckItems')
  const [unit, setUnit] = useState('')
  const [only, setOnly] = useState('')
  const [from, setFrom] = useState(0)
  const choice = useMemo(() => ({ unit, only }), [unit, only])
  const found = useQuery({
    queryKey: ['matter', id, 'items', choice, from, matter.version],
    // `at`: nothing shown is older; a command on what is shown is given at this version.
    queryFn: async (): Promise<Shown> => ({
      ...(await get<Items>(
        `/api/matters/${id}/items${search({ ...choice, limit: perPage, cursor: from > 0 ? from : null })}`,
      )),
      at: matter.version,
    }),
    placeholderData: keepPreviousData,
  })
  const [restored] = useState(() => kept(storageKey))
  const [drafts, setDrafts] = useState<Drafts>(restored.drafts)
  const [differs, setDiffers] = useState<Readonly<Record<number, string>>>(restored.differs)
  useEffect(() => keep(storageKey, { drafts, differs }), [storageKey, drafts, differs])
  const [open, setOpen] = useState<number | null>(null)
  const [chosen, setChosen] = useState<ReadonlyMap<number, Item>>(new Map())
  const [tried, setTried] = useState(false)
  const [clashes, setClashes] = useState<readonly Item[]>([])
  // The version at which everything filled in was seen; a command at another one is compared row by row first.
  const seen = useRef(matter.version)
  const giving = useSending(id)
  const latest = useRef(drafts)
  latest.current = drafts

  const rows = found.data?.items ?? []
  const filled = Object.entries(drafts).map(([n, draft]) => [Number(n), draft] as const)
  const change = (item: Item, next: Partial<Draft>) => {
    if (Object.keys(drafts).length === 0) seen.current = found.data?.at ?? matter.version
    setDrafts((old) => ({ ...old, [item.n]: { ...(old[item.n] ?? draftOf(item)), ...next } }))
  }
  // At once where it is there: the next key may come before the page is drawn again.
  const focusOn = (elementId: string) => {
    const there = document.getElementById(elementId)
    if (there) there.focus()
    else setTimeout(() => document.getElementById(elementId)?.focus())
  }
  const forget = (ns: readonly number[]) =>
    setDrafts((old) => Object.fromEntries(Object.entries(old).filter(([n]) => !ns.includes(Number(n)))))

  const save = async (checked?: { version: number; over: ReadonlySet<number> }): Promise<void> => {
    const lacking = filled.filter(([, draft]) => lackOf(draft) !== '')
    setTried(true)
    if (lacking[0]) {
      focusOn(reasonId(lacking[0][0]))
      return
    }
    const changed = filled.filter(([n, draft]) => checked?.over.has(n) || !isSame(draft, draft.seen))
    const same = filled.filter((each) => !changed.includes(each)).map(([n]) => n)
    if (changed.length === 0) {
      forget(same)
      setTried(false)
      return
    }
    setClashes([])
    const answer = await giving.send(
      'GiveOpinion',
      { items: changed.map(([n, draft]) => opinionOf(n, draft)) },
      checked?.version ?? seen.current,
    )
    if (isDone(answer)) {
      seen.current = answer.version
      // What was written while it was under way stays, over what was saved.
      const sent = new Map(filled)
      setDrafts((old) =>
        Object.fromEntries(
          Object.entries(old).flatMap(([n, draft]) => {
            const saved = sent.get(Number(n))
            return saved === draft ? [] : [[n, saved ? { ...draft, seen: savedAs(saved) } : draft]]
          }),
        ),
      )
      setTried(false)
      setOpen((old) => (old !== null && latest.current[old] !== sent.get(old) ? old : null))
      setChosen(new Map())
      toast(`已保存 ${changed.length} 件的清理意见。`)
    } else if (answer?.code === 'stale_version' && answer.currentVersion !== undefined) {
      // Somebody else was quicker: what they did to other rows does not matter here.
      const now = await everyItem(id)
      const clash = changed.flatMap(([n, draft]) => {
        const x = now.get(n)
        return x && changedMeanwhile(draft, x) ? [x] : []
      })
      await refreshDoc(client, id, matters)
      if (clash.length > 0) {
        seen.current = answer.currentVersion
        setClashes(clash)
      } else if (!checked) await save({ version: answer.currentVersion, over: new Set() })
    }
  }
  /** Having seen what others changed, saves as filled in all the same. */
  const insist = () => {
    void save({ version: seen.current, over: new Set(clashes.map(({ n }) => n)) })
  }
  const onKey = (event: KeyboardEvent, item: Item) => {
    // Enter and Escape are the input method's until its word is chosen.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
      return
    }
    if (event.key === 'Escape') {
      setOpen(null)
      focusOn(rowId(item.n))
      return
    }
    // Letters and digits belong to whoever is writing.
    if (!(event.target instanceof HTMLButtonElement) || event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    const outcome = outcomeKey(event.key)
    if (step !== undefined) {
      event.preventDefault()
      let at = rows.findIndex(({ n }) => n === item.n) + step
      while (rows[at] && !document.getElementById(rowId(rows[at]?.n ?? 0))) at += step
      const next = rows[at]
      if (next) document.getElementById(rowId(next.n))?.focus()
    } else if (outcome) {
      event.preventDefault()
      change(item, { outcome })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      setOpen(item.n)
      focusOn(reasonId(item.n))
    }
  }
  const lacking = tried ? filled.filter(([, draft]) => lackOf(draft) !== '') : []
  const elsewhere = lacking.filter(([n]) => !rows.some((x) => x.n === n))
  const all = rows.length > 0 && rows.every(({ n }) => chosen.has(n))
  const turn = (to: number) => {
    setFrom(to)
    setOpen(null)
  }
  const total = found.data?.total ?? 0
  return (
    <div className="stack">
      <p className="cleanup-sum" data-testid="cleanup-sum" role="status">
        {sumText(own)}
      </p>
      <p className="quiet">
        {own.open > 0 ? `还有 ${own.open} 件没有意见` : '各件都有意见'}
        {own.ownOpen > 0 ? `，其中您的单位 ${own.ownOpen} 件` : ''}
        {`；有疑问 ${own.flagged} 件`}
        {/* A list of long ago was checked then. */}
        {own.census?.origin === 'list' ? '。' : `，没有核对 ${own.unchecked} 件，核对不同意 ${own.differing} 件。`}
        {own.deadlineForUnits ? `各单位于 ${own.deadlineForUnits} 以前报送。` : ''}
      </p>
      <progress
        aria-label="已有意见的件数"
        max={Math.max(1, own.total)}
        value={own.total - own.open}
        style={{ width: '100%' }}
      />
      <div className="cleanup-bar">
        <label>
          责任单位{' '}
          <select
            value={unit}
            onChange={(event) => {
              setUnit(event.target.value)
              turn(0)
            }}
          >
            <option value="">全部</option>
            {own.byUnit.map((each) => (
              <option key={each.unit ?? each.name} value={each.unit ?? each.name}>
                {each.name}（{each.open > 0 ? `差 ${each.open}，` : ''}共 {each.total}）
              </option>
            ))}
          </select>
        </label>
        <label>
          只看{' '}
          <select
            value={only}
            onChange={(event) => {
              setOnly(event.target.value)
              turn(0)
            }}
          >
            {Object.entries(chosenOnly).map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Sheets
        id={id}
        choice={choice}
        gives={gives}
        onTaken={(changed, skipped) => {
          toast(`读入意见 ${changed} 件${skipped > 0 ? `，略去 ${skipped} 行` : ''}。`)
          void refreshDoc(client, id, matters)
        }}
      />
      {gives ? (
        <p className="hint">
          键盘：↑↓（或 j k）换行，1–5 选定（
          {cleanupOutcomes.map((key, i) => `${i + 1} ${cleanupOutcomeLabels[key]}`).join('、')}
          ），回车写理由，Esc 回到行，Ctrl＋回车保存。
        </p>
      ) : null}
      {chosen.size > 0 && gives ? (
        <Bulk
          count={chosen.size}
          onApply={(value) => {
            if (Object.keys(drafts).length === 0) seen.current = found.data?.at ?? matter.version
            const able = [...chosen.values()].filter((x) => !x.gone && !x.afterDecision)
            setDrafts((old) => ({
              ...old,
              ...Object.fromEntries(able.map((x) => [x.n, { ...value, seen: old[x.n]?.seen ?? x }])),
            }))
          }}
        />
      ) : null}
      {chosen.size > 0 && mayDo(actions, 'AssignUnit') ? (
        <p>
          <Link
            to="/matters/$id"
            params={{ id }}
            search={(old: Record<string, unknown>) => ({
              ...old,
              do: 'AssignUnit',
              given: { items: [...chosen.keys()].map(String) },
            })}
            resetScroll={false}
          >
            为选定的 {chosen.size} 件指定责任单位
          </Link>
        </p>
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ErrorNote error={found.error} retry={() => found.refetch()} /> : null}
      {found.data && rows.length === 0 ? <Empty>没有这样的文件。</Empty> : null}
      {rows.length > 0 ? (
        <div className="scroll-x">
          <table className="table folds cleanup-table" aria-label="清理目录">
            <thead>
              <tr>
                {gives || checks ? (
                  <th>
                    <input
                      type="checkbox"
                      aria-label="选定本页各项"
                      checked={all}
                      onChange={() =>
                        setChosen((old) => {
                          const next = new Map(old)
                          for (const x of rows)
                            if (all) next.delete(x.n)
                            else next.set(x.n, x)
                          return next
                        })
                      }
                    />
                  </th>
                ) : null}
                <th>序号</th>
                <th>文件</th>
                <th>清理意见</th>
                <th>清理理由</th>
                <th>核对</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((item) => (
                <Row
                  key={item.n}
                  item={item}
                  draft={drafts[item.n]}
                  open={open === item.n}
                  chosen={chosen.has(item.n)}
                  gives={gives}
                  checks={checks}
                  foreign={gives && !secretary && !item.own}
                  differs={differs[item.n]}
                  tried={tried}
                  onKey={onKey}
                  onOpen={({ n }) => setOpen(open === n ? null : n)}
                  onChoose={(n, on) =>
                    setChosen((old) => {
                      const next = new Map(old)
                      if (on) next.set(n, item)
                      else next.delete(n)
                      return next
                    })
                  }
                  onDraft={change}
                  onDiffer={(n, reason) =>
                    setDiffers((old) => {
                      const { [n]: _gone, ...rest } = old
                      return reason === null ? rest : { ...rest, [n]: reason }
                    })
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {total > perPage ? (
        <nav className="cleanup-bar" aria-label="翻页">
          <Button size="small" disabled={from === 0} onClick={() => turn(Math.max(0, from - perPage))}>
            上一页
          </Button>
          <span>
            第 {from + 1}–{Math.min(total, from + perPage)} 件，共 {total} 件
          </span>
          <Button size="small" disabled={from + perPage >= total} onClick={() => turn(from + perPage)}>
            下一页
          </Button>
        </nav>
      ) : null}
      {filled.length > 0 && gives ? (
        <section className="cleanup-save stack" aria-label="保存清理意见">
          {clashes.length > 0 ? (
            <div className="note note-warn" role="alert" data-testid="clashes">
              <p>
                <b>其间他人已改了这些项</b>。您填的都在；仍照您填的保存，或者放弃您对这些项所填的。
              </p>
              <ul className="lines">
                {clashes.map((x) => (
                  <li key={x.n}>
                    第{x.n}项《{x.title}》现为：{x.outcomeLabel ?? '没有意见'}
                    {x.reason ? `（${x.reason}）` : ''}
                  </li>
                ))}
              </ul>
              <Button size="small" onClick={insist}>
                仍照我填的保存
              </Button>{' '}
              <Button
                size="small"
                onClick={() => {
                  forget(clashes.map(({ n }) => n))
                  setClashes([])
                  giving.clear()
                }}
              >
                放弃这些项
              </Button>
            </div>
          ) : null}
          <Trouble sending={giving} items={filled.map(([n]) => n)} />
          {elsewhere.map(([n, draft]) => (
            <p className="cleanup-lack" key={n}>
              第{n}项《{draft.seen.title}》：{lackOf(draft)}（不在这一页）
            </p>
          ))}
          <div className="cleanup-bar">
            <Button type="primary" loading={giving.busy} onClick={() => void save()}>
              保存 {filled.length} 件意见
            </Button>
            <Button
              disabled={giving.busy}
              onClick={() => {
                setDrafts({})
                setClashes([])
                setTried(false)
                giving.clear()
              }}
            >
              不要了
            </Button>
            {lacking.length > 0 ? <span className="cleanup-lack">还有 {lacking.length} 件没有填全</span> : null}
          </div>
        </section>
      ) : null}
      {checks ? (
        <Check
          id={id}
          shown={found.data}
          whole={from === 0 && unit === '' && only === ''}
          chosen={chosen}
          differs={differs}
          tried={tried}
          onTried={setTried}
          onDone={() => {
            setDiffers({})
            setChosen(new Map())
          }}
        />
      ) : null}
      <CleanupTold id={id} own={own} confirms={mayDo(actions, 'ConfirmUnlisted')} />
      <Lists id={id} own={own} publishes={mayDo(actions, 'PublishResult')} version={matter.version} />
    </div>
  )
}
/** The same opinion for the chosen items; after that each can still be changed, and only saving counts. */
function Bulk({ count, onApply }: { count: number; onApply: (value: Omit<Draft, 'seen'>) => void }) {
  const [value, setValue] = useState(empty)
  return (
    <section className="cleanup-bulk stack" aria-label="成批填写">
      <h2>选定的 {count} 件</h2>
      <Choices
        label="选定各项的清理意见"
        value={value.outcome}
        onPick={(outcome: CleanupOutcome) => setValue((old) => ({ ...old, outcome }))}
      />
      {value.outcome ? (
        <>
          <Reasons
            name="选定各项"
            id="cleanup-bulk-reason"
            value={value}
            lack=""
            onChange={(next) => setValue((old) => ({ ...old, ...next }))}
          />
          <div>
            <Button type="primary" onClick={() => onApply(value)}>
              填入选定的 {count} 件
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}
