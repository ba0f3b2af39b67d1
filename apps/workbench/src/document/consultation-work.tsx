// Work on the comments beyond one by one: both counts, held ones, proposed groups and one answer for a group, what becomes public,
// who was asked by name, and a table of letters read from a workbook.

import {
  type CommandType,
  type dispositionLabels as Dispositions,
  dispositionLabels,
  redactionLabels,
} from '@dianzhang/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { get, NetworkError, ProblemError, post, search, sentence } from '../api.ts'
import { uuid } from '../forms/uuid.ts'
import { Submit } from '../parts/submit.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { toast } from '../parts/toasts.tsx'
import { actionsQuery, refreshDoc, rememberOwn, versionAfterOwn } from '../queries.ts'
import type { CommandAnswer, Doc, Page } from '../types.ts'
import { momentOf } from '../words.ts'
import type { LetterRow } from './letters-table.ts'
import type { Comment, CommentClearance, CommentGroups, CommentTotals, Invitations } from './text/shapes.ts'

type Disposition = keyof typeof Dispositions

/**
 * Sends one command about this file; what is refused is told in its own words. Where the button that was pressed is gone
 * afterwards, focus stands at the summary of `box`. `named`: what a person calls the part of the payload at this path.
 */
function useSend(doc: Doc, box?: RefObject<HTMLElement | null>, named?: (path: string) => string) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // The same content after silence is the same command, at the version it was sent at: letters are not entered twice.
  const unanswered = useRef<{ content: string; commandId: string; version: number } | null>(null)
  const send = async (type: CommandType, payload: object, done: string): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    const content = JSON.stringify([type, payload])
    const before = unanswered.current?.content === content ? unanswered.current : null
    const now = versionAfterOwn(client, doc.id, doc.version)
    try {
      const say = (commandId: string, expectedVersion: number) => {
        unanswered.current = { content, commandId, version: expectedVersion }
        return post<CommandAnswer>(`/api/documents/${doc.id}/commands`, {
          type,
          commandId,
          expectedVersion,
          ...payload,
        })
      }
      const answer = await say(before?.commandId ?? uuid(), before?.version ?? now).catch((error) => {
        // It never arrived, and the file has moved since: as one sees it now.
        if (before && before.version !== now && error instanceof ProblemError && error.problem.code === 'stale_version')
          return say(before.commandId, now)
        throw error
      })
      const version = unanswered.current?.version ?? now
      unanswered.current = null
      rememberOwn(client, doc.id, version, answer)
      toast(done)
      return true
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NetworkError)) throw error
      if (error instanceof ProblemError && error.problem.status < 500) unanswered.current = null
      const issues = error instanceof ProblemError ? (error.problem.issues ?? []) : []
      setProblem(
        named && issues.length > 0
          ? issues.map(({ path, message }) => `${named(path)}：${message}`).join('；')
          : sentence(error),
      )
      return false
    } finally {
      await refreshDoc(client, doc.id)
      setBusy(false)
      requestAnimationFrame(() => {
        const at = document.activeElement
        if (at === null || at === document.body || (at instanceof HTMLButtonElement && at.disabled))
          (box?.current ?? document.querySelector('.comment-work'))?.querySelector<HTMLElement>('summary')?.focus()
      })
    }
  }
  return { send, busy, problem }
}
const Problem = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p className="field-error" role="alert">
      {text}
    </p>
  )

export function CommentWork({ doc }: { doc: Doc }) {
  const { data: actions } = useQuery(actionsQuery(doc.id))
  const may = (command: CommandType) => actions?.some((one) => one.command === command && one.allowed) ?? false
  const totals = useQuery({
    queryKey: ['doc', doc.id, 'comment-totals'],
    queryFn: () => get<CommentTotals>(`/api/documents/${doc.id}/comment-totals`),
  })
  const rounds = totals.data?.items ?? []
  return (
    <div className="stack no-print comment-work">
      {rounds.map((round) => (
        <p key={round.consultation} data-testid="counts">
          第{round.n}次：收到 {round.total} 条（不同内容 {round.distinct} 条）
          {round.late > 0 ? `，其中截止以后 ${round.late} 条` : ''}
          {round.channels.length > 0
            ? `；${round.channels.map(({ label, count }) => `${label} ${count} 条`).join('、')}`
            : ''}
          {round.held > 0 ? `；疑似垃圾信息待核 ${round.held} 条` : ''}
        </p>
      ))}
      {rounds.some(({ held }) => held > 0) ? <Held doc={doc} may={may('SettleHeldComments')} /> : null}
      <Grouping doc={doc} may={may('GroupComments')} />
      {may('RecordComments') ? <Letters doc={doc} /> : null}
      <Invited doc={doc} may={may('InviteParticipants')} />
      <BeforePublic doc={doc} may={may('RedactComments')} publishable={may('PublishComments')} />
    </div>
  )
}

function Held({ doc, may }: { doc: Doc; may: boolean }) {
  const box = useRef<HTMLDetailsElement>(null)
  const { send, busy, problem } = useSend(doc, box)
  const list = useQuery({
    queryKey: ['doc', doc.id, 'comments-held'],
    queryFn: () => get<Page<Comment>>(`/api/documents/${doc.id}/comments?held=true&limit=100`),
  })
  const items = list.data?.items ?? []
  const settle = (comments: string[], outcome: 'restored' | 'spam') =>
    send(
      'SettleHeldComments',
      { comments, outcome, reason: outcome === 'restored' ? '内容与本件有关，恢复。' : '与本件无关。' },
      outcome === 'restored' ? '已恢复，照常处理。' : '已确认，不再计入。',
    )
  return (
    <details open ref={box} data-testid="held">
      <summary>疑似垃圾信息，待核 {items.length} 条</summary>
      <Problem text={problem} />
      <ul className="lines">
        {items.map((comment) => (
          <li key={comment.id}>
            <span className="pre">{comment.text.slice(0, 300)}</span>
            <span className="quiet">（{comment.held?.reason}）</span>
            {may ? (
              <span className="row">
                <Button size="small" disabled={busy} onClick={() => void settle([comment.id], 'restored')}>
                  恢复
                </Button>
                <Button size="small" disabled={busy} onClick={() => void settle([comment.id], 'spam')}>
                  确认为垃圾信息
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {may && items.length > 1 ? (
        <Button
          size="small"
          disabled={busy}
          onClick={() =>
            void settle(
              items.map(({ id }) => id),
              'spam',
            )
          }
        >
          所列 {items.length} 条都是垃圾信息
        </Button>
      ) : null}
    </details>
  )
}

function Grouping({ doc, may }: { doc: Doc; may: boolean }) {
  const box = useRef<HTMLDetailsElement>(null)
  const { send, busy, problem } = useSend(doc, box)
  const [open, setOpen] = useState(false)
  const [answering, setAnswering] = useState<string | null>(null)
  /** Members of a proposal that the person takes out of it. */
  const [out, setOut] = useState<ReadonlySet<string>>(new Set())
  const found = useQuery({
    queryKey: ['doc', doc.id, 'comment-groups'],
    queryFn: () => get<CommentGroups>(`/api/documents/${doc.id}/comment-groups`),
    enabled: open,
  })
  const groups = found.data
  return (
    <details ref={box} data-testid="grouping" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>内容相同的意见：归组与一并答复</summary>
      <p className="quiet">
        下面是提议，不是合并：一字不差或者只差几个字的归在一起，否定、立场、数字不同的从不归在一起。每条意见都保留，多出的话标出来。人少的一组排在前面；件数多少不决定是否采纳。
      </p>
      <Problem text={problem} />
      {found.isError ? <Problem text={sentence(found.error)} /> : null}
      {open && found.isPending ? <p role="status">正在比较各条意见……</p> : null}
      {groups?.accepted.map((group) => (
        <section key={group.group} className="sheet" data-group={group.group}>
          <h3>
            已归为一组（{group.members.length} 条，{answeredWords(group.answered, group.members.length)}）
            {group.label ? `：${group.label}` : ''}
          </h3>
          {may ? (
            answering === group.group ? (
              <AnswerGroup
                doc={doc}
                members={group.members}
                onClose={() => {
                  setAnswering(null)
                  box.current?.querySelector('summary')?.focus()
                }}
              />
            ) : (
              <span className="row">
                <Button
                  size="small"
                  type={group.answered < group.members.length ? 'primary' : 'default'}
                  onClick={() => setAnswering(group.group)}
                >
                  {group.answered < group.members.length ? '一并答复' : '重新答复'}
                </Button>
                <Button
                  size="small"
                  disabled={busy}
                  onClick={() => void send('GroupComments', { comments: group.members, outcome: 'apart' }, '已分开。')}
                >
                  分开
                </Button>
              </span>
            )
          ) : null}
        </section>
      ))}
      {groups?.proposed.map((group) => {
        const kept = group.members.filter((id) => !out.has(id))
        return (
          <section key={group.shown} className="sheet" data-proposed={group.shown}>
            <h3>提议归为一组（{group.members.length} 条）</h3>
            <blockquote className="quote pre">{group.text}</blockquote>
            <ul className="plain-list">
              {group.differences.map((one) => (
                <li key={one.id}>
                  <label>
                    <input
                      type="checkbox"
                      disabled={!may}
                      checked={!out.has(one.id)}
                      onChange={(event) =>
                        setOut((old) => {
                          const next = new Set(old)
                          if (event.target.checked) next.delete(one.id)
                          else next.add(one.id)
                          return next
                        })
                      }
                    />{' '}
                    {one.same ? <span className="quiet">与上面的一样</span> : <Pieces list={one.pieces} />}
                  </label>
                </li>
              ))}
            </ul>
            {may ? (
              <span className="row">
                <Submit
                  size="small"
                  type="primary"
                  htmlType="button"
                  loading={busy}
                  why={kept.length < 2 && '至少勾选两条才成一组'}
                  onClick={() =>
                    void send(
                      'GroupComments',
                      { comments: kept, outcome: 'same', label: group.text.slice(0, 40) },
                      `${kept.length}条已归为一组。`,
                    )
                  }
                >
                  {kept.length === group.members.length ? '归为一组' : `勾选的 ${kept.length} 条归为一组`}
                </Submit>
                <Button
                  size="small"
                  disabled={busy}
                  onClick={() => void send('GroupComments', { comments: group.members, outcome: 'apart' }, '已分开。')}
                >
                  说的不是一回事
                </Button>
              </span>
            ) : null}
          </section>
        )
      })}
      {groups && groups.proposed.length === 0 && groups.accepted.length === 0 ? <p>没有内容相同的意见。</p> : null}
    </details>
  )
}

const answeredWords = (answered: number, of: number): string =>
  answered === 0 ? '尚未答复' : answered === of ? '都已答复' : `已答复 ${answered} 条`

/** What one comment says; what it has more than the one shown above is marked. */
const Pieces = ({ list }: { list: ReadonlyArray<{ text: string; added: boolean }> }) => (
  <>
    {list.map((piece, i) =>
      piece.added ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
        <mark className="in-text" key={i}>
          {piece.text}
        </mark>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
        <span key={i}>{piece.text}</span>
      ),
    )}
  </>
)

interface Own {
  disposition: Disposition
  reason: string
  /** The version of the text that shows it; only where something is adopted. */
  version?: number | undefined
}
const codes = Object.keys(dispositionLabels) as Disposition[]
function Choice({ value, onChange, label }: { value: Disposition; onChange: (v: Disposition) => void; label: string }) {
  return (
    <select
      className="native"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as Disposition)}
    >
      {codes.map((code) => (
        <option key={code} value={code}>
          {dispositionLabels[code]}
        </option>
      ))}
    </select>
  )
}
/** Where what is adopted can be read; by itself the newest text. */
function Shown({ doc, own, onChange }: { doc: Doc; own: Own; onChange: (version: number | undefined) => void }) {
  if (own.disposition === 'not_adopted' || doc.texts.length === 0) return null
  return (
    <label>
      体现于{' '}
      <select
        className="native"
        value={own.version ?? ''}
        onChange={(event) => onChange(event.target.value ? Number(event.target.value) : undefined)}
      >
        <option value="">（不写明）</option>
        {doc.texts.toReversed().map(({ n }) => (
          <option key={n} value={n}>
            第{n}版文本
          </option>
        ))}
      </select>
    </label>
  )
}
/** Without a version where nothing is adopted. */
const said = (own: Own): Own => (own.disposition === 'not_adopted' ? { ...own, version: undefined } : own)
/** One answer for a group, and another for some of its members where need be. */
function AnswerGroup({ doc, members, onClose }: { doc: Doc; members: readonly string[]; onClose: () => void }) {
  const { send, busy, problem } = useSend(doc)
  const [all, setAll] = useState<Own>({ disposition: 'adopted', reason: '' })
  const [except, setExcept] = useState<Readonly<Record<string, Own>>>({})
  const list = useQuery({
    queryKey: ['doc', doc.id, 'comments-of-group', members.join()],
    queryFn: async () => {
      const found: Comment[] = []
      let cursor: string | null = ''
      while (cursor !== null && found.length < members.length) {
        const page: Page<Comment> = await get<Page<Comment>>(
          `/api/documents/${doc.id}/comments?limit=100${cursor ? `&cursor=${cursor}` : ''}`,
        )
        found.push(...page.items.filter(({ id }) => members.includes(id)))
        cursor = page.nextCursor
      }
      return found
    },
  })
  const first = useRef<HTMLFormElement>(null)
  useEffect(() => first.current?.querySelector('select')?.focus(), [])
  const lacking = [
    all.reason.trim() === '' && '理由',
    Object.values(except).some(({ reason }) => reason.trim() === '') && '另作处理的理由',
  ]
  return (
    <form
      ref={first}
      className="stack inline-form"
      data-testid="answer-group"
      onSubmit={async (event) => {
        event.preventDefault()
        const sent = await send(
          'DisposeComments',
          {
            comments: members,
            ...said(all),
            except: Object.entries(except).map(([comment, own]) => ({ comment, ...said(own) })),
          },
          `已答复${members.length}条，每条的回执都写着各自的答复。`,
        )
        if (sent) onClose()
      }}
    >
      <Problem text={problem} />
      <div className="row">
        <Choice
          label="这一组的处理"
          value={all.disposition}
          onChange={(disposition) => setAll({ ...all, disposition })}
        />
        <Shown doc={doc} own={all} onChange={(version) => setAll({ ...all, version })} />
        <textarea
          className="native reason"
          aria-label="这一组的理由"
          placeholder="理由，写入每一条的回执"
          value={all.reason}
          onChange={(event) => setAll({ ...all, reason: event.target.value })}
        />
      </div>
      <ul className="lines">
        {(list.data ?? []).map((comment) => {
          const own = except[comment.id]
          const set = (next: Own | null) => {
            const { [comment.id]: _, ...rest } = except
            setExcept(next ? { ...rest, [comment.id]: next } : rest)
          }
          return (
            <li key={comment.id} data-member={comment.id}>
              <span className="pre">{comment.text.slice(0, 300)}</span>
              <label>
                <input
                  type="checkbox"
                  checked={own !== undefined}
                  onChange={(event) => set(event.target.checked ? { disposition: 'partly_adopted', reason: '' } : null)}
                />{' '}
                另作处理
              </label>
              {own ? (
                <div className="row">
                  <Choice
                    label="另作的处理"
                    value={own.disposition}
                    onChange={(disposition) => set({ ...own, disposition })}
                  />
                  <Shown doc={doc} own={own} onChange={(version) => set({ ...own, version })} />
                  <textarea
                    className="native reason"
                    aria-label="另作处理的理由"
                    placeholder="理由，只写入这一条的回执"
                    value={own.reason}
                    onChange={(event) => set({ ...own, reason: event.target.value })}
                  />
                </div>
              ) : null}
            </li>
          )
        })}
      </ul>
      <div className="row-end">
        <Button size="small" onClick={onClose}>
          先放着
        </Button>
        <Submit size="small" type="primary" loading={busy} lacks={lacking}>
          答复这 {members.length} 条
        </Submit>
      </div>
    </form>
  )
}

const letterColumns = ['渠道', '来源', '收到日期', '意见内容', '条款', '姓名', '联系方式']
/** Letters and meetings from a table: which row is wrong is said before anything is sent, and nothing is half done. */
function Letters({ doc }: { doc: Doc }) {
  const box = useRef<HTMLDetailsElement>(null)
  const [rows, setRows] = useState<LetterRow[] | string | null>(null)
  const [name, setName] = useState('')
  const { send, busy, problem } = useSend(doc, box, (path) => {
    const row = Array.isArray(rows) ? rows[Number(path.split('.')[1])]?.row : undefined
    return row === undefined ? '这份表' : `第${row}行`
  })
  const chosen = useRef<File | null>(null)
  const read = async (file: File) => {
    chosen.current = file
    // What was read of another file does not stand under the name of this one.
    setName(file.name)
    setRows(null)
    const found = await import('./letters-table.ts')
      .then(({ readLetters }) => readLetters(file))
      .then((read) => (typeof read === 'string' ? `“${file.name}”：${read}` : read))
      .catch(() => `“${file.name}”读不出来，请在 Excel 或者 WPS 里另存为 .xlsx 或者 .csv 再选。`)
    if (chosen.current === file) setRows(found)
  }
  const faulty = Array.isArray(rows) ? rows.filter(({ fault }) => fault !== null) : []
  return (
    <details ref={box} data-testid="letters">
      <summary>录入来信、邮件、座谈会意见</summary>
      <p>
        <Link
          to="/documents/$id"
          params={{ id: doc.id }}
          search={{ tab: 'consultation', do: 'RecordComments' }}
          data-command="RecordComments"
          resetScroll={false}
          activeProps={{}}
          className="act"
        >
          逐件录入
        </Link>{' '}
        <label className="file-button">
          由表格录入（.xlsx、.csv）
          <input
            type="file"
            accept=".xlsx,.csv"
            disabled={busy}
            onChange={(event) => {
              const file = event.target.files?.[0]
              // The same file, mended, is chosen again under its name.
              event.target.value = ''
              if (file) void read(file)
            }}
          />
        </label>
      </p>
      <p className="quiet">表头：{letterColumns.join('、')}；后三列可以没有。截止以后收到的照样录入，记为迟到。</p>
      <Problem text={problem} />
      {typeof rows === 'string' ? <Problem text={rows} /> : null}
      {faulty.length > 0 ? (
        <div className="note note-error" role="alert">
          <p>
            “{name}”有 {faulty.length} 行要改，一件也没有录入。改好以后再选一次：
          </p>
          <ul className="lines">
            {faulty.map(({ row, fault }) => (
              <li key={row}>
                第{row}行：{fault}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {Array.isArray(rows) && faulty.length === 0 ? (
        <p role="status">
          “{name}”读出 {rows.length} 件{problem === null ? '，每一行都齐全。' : '，没有录入。'}{' '}
          <Button
            size="small"
            type="primary"
            loading={busy}
            onClick={async () => {
              const sent = await send(
                'RecordComments',
                { entries: rows.map(({ entry }) => entry) },
                `已录入${rows.length}件。`,
              )
              if (sent) setRows((now) => (now === rows ? null : now))
            }}
          >
            录入这 {rows.length} 件
          </Button>
        </p>
      ) : null}
    </details>
  )
}

function Invited({ doc, may }: { doc: Doc; may: boolean }) {
  const found = useQuery({
    queryKey: ['doc', doc.id, 'invitations'],
    queryFn: () => get<Invitations>(`/api/documents/${doc.id}/invitations`),
  })
  const list = found.data
  if (!list || (list.items.length === 0 && !may)) return null
  return (
    <details data-testid="invitations">
      <summary>
        {list.total === 0 ? '定向征求：还没有点名邀请' : `定向征求：${list.total} 家，已答复 ${list.answered} 家`}
        {list.share === null ? '' : `，经营主体与行业协会商会占 ${list.share}%`}
      </summary>
      {may ? (
        <p>
          <Link
            to="/documents/$id"
            params={{ id: doc.id }}
            search={{ tab: 'consultation', do: 'InviteParticipants' }}
            data-command="InviteParticipants"
            resetScroll={false}
            activeProps={{}}
            className="act"
          >
            邀请单位或者个人
          </Link>
        </p>
      ) : null}
      {list.items.length > 0 ? (
        <>
          <p className="quiet">
            每家一个链接，复制以后交给对方；答复一次有效，可以反复打开，转给别人也看不到答了什么。
          </p>
          <table className="table folds">
            <thead>
              <tr>
                <th>名称</th>
                <th>类别</th>
                <th>发出</th>
                <th>答复</th>
                <th>链接</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((one) => (
                <tr key={one.id}>
                  <td data-label="名称">{one.name}</td>
                  <td data-label="类别">{one.label}</td>
                  <td data-label="发出">{momentOf(one.at)}</td>
                  <td data-label="答复">{one.state}</td>
                  <td data-label="链接">{one.path ? <OneLink name={one.name} path={one.path} /> : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <TakeAway path={`/api/documents/${doc.id}/invitations`} />
        </>
      ) : null}
    </details>
  )
}
/** A link to hand over; where the clipboard is not to be had (plain http), it stands selected. */
function OneLink({ name, path }: { name: string; path: string }) {
  const code = useRef<HTMLElement>(null)
  const address = `${window.location.origin}${path}`
  return (
    <span>
      <code ref={code} className="break">
        {address}
      </code>{' '}
      <Button
        size="small"
        aria-label={`复制：给${name}的链接`}
        onClick={async () => {
          try {
            await navigator.clipboard.writeText(address)
            toast(`给${name}的链接已复制。`)
          } catch {
            if (code.current) window.getSelection()?.selectAllChildren(code.current)
            toast('浏览器不许直接复制；链接已经选中，请按 Ctrl+C。')
          }
        }}
      >
        复制
      </Button>
    </span>
  )
}

function BeforePublic({ doc, may, publishable }: { doc: Doc; may: boolean; publishable: boolean }) {
  const box = useRef<HTMLDetailsElement>(null)
  const { send, busy, problem } = useSend(doc, box)
  const [open, setOpen] = useState(false)
  const [all, setAll] = useState(false)
  const found = useQuery({
    queryKey: ['doc', doc.id, 'comment-clearance', all],
    queryFn: () => get<CommentClearance>(`/api/documents/${doc.id}/comment-clearance${search({ all, limit: 100 })}`),
    enabled: open,
    placeholderData: keepPreviousData,
  })
  const work = found.data
  const plain = work?.items.filter((item) => item.decided === null && item.proposed.length === 0) ?? []
  const answered = doc.consultations.filter((round) => round.feedbackAt)
  return (
    <details ref={box} data-testid="clearance" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>公开意见原文：逐件遮去个人信息</summary>
      {found.isError ? <Problem text={sentence(found.error)} /> : null}
      {work ? (
        <p className="row">
          <span role="status">
            已处理 {work.done} / {work.total} 件。标出的是疑似个人信息，由您确认；原文照旧留存，改主意可以再处理一次。
          </span>
          <label>
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> 也列出已经处理的
          </label>
        </p>
      ) : null}
      <Problem text={problem} />
      {may && plain.length > 1 ? (
        <Button
          size="small"
          disabled={busy}
          onClick={() =>
            void send(
              'RedactComments',
              { items: plain.map(({ comment }) => ({ comment, outcome: 'clear' })) },
              `${plain.length}件照原样公开。`,
            )
          }
        >
          这 {plain.length} 件没有发现个人信息，看过了，照原样公开
        </Button>
      ) : null}
      <ul className="plain-list clearing">
        {work?.items.map((item) => (
          <ClearOne
            key={`${item.comment} ${item.decided?.times ?? 0}`}
            item={item}
            may={may}
            busy={busy}
            decide={(decision, done) =>
              void send('RedactComments', { items: [{ comment: item.comment, ...decision }] }, done)
            }
          />
        ))}
      </ul>
      {work && !publishable && answered.length < doc.consultations.length ? (
        <p className="quiet">公布采纳情况以后，才能公开各件意见。</p>
      ) : null}
      {publishable ? (
        <Submit
          type="primary"
          htmlType="button"
          loading={busy}
          why={work ? work.done < work.total && `还有 ${work.total - work.done} 件没有处理` : '正在载入'}
          onClick={() => void send('PublishComments', {}, '意见原文已经公开。')}
        >
          公开各件意见
        </Submit>
      ) : null}
      {answered.map((round) => (
        <p key={round.id}>
          第{round.n}次：公众看到的
          <a href={`/consultations/${round.id}/feedback`}>采纳情况</a>、
          <a href={`/consultations/${round.id}/clauses`}>逐条对照</a>
          {work?.published.includes(round.id) ? (
            <>
              、<a href={`/consultations/${round.id}/opinions`}>各件意见</a>（已公开）
            </>
          ) : null}
        </p>
      ))}
    </details>
  )
}

type Clearing = CommentClearance['items'][number]
type Kind = keyof typeof redactionLabels
interface Place {
  start: number
  end: number
  kind: Kind
}
/** Every occurrence of these words that is not within a place already there. */
function placesOf(text: string, words: string, kind: Kind, there: readonly Place[]): Place[] {
  const found: Place[] = []
  for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + words.length)) {
    const end = start + words.length
    if (!there.some((one) => one.start < end && start < one.end)) found.push({ start, end, kind })
  }
  return found
}
/** One comment before it becomes public: as it is, with places blacked out, or not at all. */
function ClearOne({
  item,
  may,
  busy,
  decide,
}: {
  item: Clearing
  may: boolean
  busy: boolean
  decide: (decision: object, done: string) => void
}) {
  const [places, setPlaces] = useState<readonly Place[]>(
    (item.decided ? item.decided.spans : item.proposed).map(({ start, end, kind }) => ({
      start,
      end,
      kind: kind as Kind,
    })),
  )
  const [words, setWords] = useState('')
  const [kind, setKind] = useState<Kind>('other')
  const [fault, setFault] = useState<string | null>(null)
  const [why, setWhy] = useState(item.decided?.reason ?? '')
  const add = () => {
    const found = words === '' ? [] : placesOf(item.text, words, kind, places)
    setFault(
      found.length > 0 ? null : words === '' ? '请先写出或者选中要遮去的字。' : `原文里没有还没遮去的“${words}”。`,
    )
    if (found.length === 0) return
    setPlaces([...places, ...found].sort((a, b) => a.start - b.start))
    setWords('')
  }
  return (
    <li data-clearing={item.comment}>
      {item.decided ? (
        <p>
          <b>{item.decided.label}</b>
          {item.decided.reason ? `：${item.decided.reason}` : ''}
        </p>
      ) : null}
      <p
        className="pre"
        onMouseUp={() => {
          const chosen = window.getSelection()?.toString().trim() ?? ''
          if (may && chosen !== '' && item.text.includes(chosen)) setWords(chosen)
        }}
      >
        <Marked text={item.text} spans={places} />
      </p>
      {may && places.length > 0 ? (
        <ul className="row plain-row" aria-label="要遮去的各处">
          {places.map((place) => {
            const hidden = item.text.slice(place.start, place.end)
            return (
              <li key={place.start}>
                {redactionLabels[place.kind]}“{hidden}”{' '}
                <Button
                  size="small"
                  aria-label={`不遮：${hidden}`}
                  onClick={() => setPlaces(places.filter((one) => one !== place))}
                >
                  不遮
                </Button>
              </li>
            )
          })}
        </ul>
      ) : null}
      {may ? (
        <>
          <span className="row">
            {places.length > 0 ? (
              <Button
                size="small"
                type="primary"
                disabled={busy}
                onClick={() =>
                  decide(
                    { outcome: 'redacted', spans: places.map((place) => ({ ...place, reason: '个人信息' })) },
                    `遮去${places.length}处后公开。`,
                  )
                }
              >
                遮去这 {places.length} 处，其余公开
              </Button>
            ) : (
              <Button size="small" disabled={busy} onClick={() => decide({ outcome: 'clear' }, '照原样公开。')}>
                照原样公开
              </Button>
            )}
          </span>
          <details>
            <summary>另外遮去几个字，或者不公开</summary>
            <div className="stack">
              <span className="row">
                <input
                  className="native"
                  aria-label="另外遮去的字"
                  placeholder="写出或者选中原文里的字"
                  value={words}
                  onChange={(event) => setWords(event.target.value)}
                />
                <select
                  className="native"
                  aria-label="遮去的是什么"
                  value={kind}
                  onChange={(event) => setKind(event.target.value as Kind)}
                >
                  {Object.entries(redactionLabels).map(([id, label]) => (
                    <option key={id} value={id}>
                      {label}
                    </option>
                  ))}
                </select>
                <Button size="small" onClick={add}>
                  标出
                </Button>
              </span>
              <Problem text={fault} />
              <span className="row">
                <input
                  className="native"
                  aria-label="不公开的理由"
                  placeholder="不公开的理由，公众看得到"
                  value={why}
                  onChange={(event) => setWhy(event.target.value)}
                />
                <Submit
                  size="small"
                  htmlType="button"
                  loading={busy}
                  lacks={[why.trim() === '' && '不公开的理由']}
                  onClick={() => decide({ outcome: 'withheld', reason: why }, '这一件不公开，理由公开。')}
                >
                  不公开这一件
                </Submit>
              </span>
            </div>
          </details>
        </>
      ) : null}
    </li>
  )
}
function Marked({ text, spans }: { text: string; spans: ReadonlyArray<{ start: number; end: number; kind: string }> }) {
  const parts: Array<{ text: string; kind: string | null }> = []
  let at = 0
  for (const span of spans) {
    if (span.start > at) parts.push({ text: text.slice(at, span.start), kind: null })
    parts.push({ text: text.slice(span.start, span.end), kind: span.kind })
    at = span.end
  }
  if (at < text.length) parts.push({ text: text.slice(at), kind: null })
  return (
    <>
      {parts.map((part, i) =>
        part.kind ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in order
          <mark className="in-text" key={i} title={redactionLabels[part.kind as keyof typeof redactionLabels]}>
            {part.text}
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in order
          <span key={i}>{part.text}</span>
        ),
      )}
    </>
  )
}
