// Work on the comments beyond one by one: both counts, held ones, proposed groups and one answer for a group, what becomes public,
// who was asked by name, and a table of letters read from a workbook.

import {
  type CommandType,
  commentChannelLabels,
  type dispositionLabels as Dispositions,
  dispositionLabels,
  redactionLabels,
} from '@dianzhang/contract'
import { readXlsx } from '@dianzhang/formats'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import { get, NetworkError, ProblemError, post } from '../api.ts'
import { uuid } from '../forms/uuid.ts'
import { toast } from '../parts/toasts.tsx'
import { actionsQuery, refreshDoc } from '../queries.ts'
import type { CommandAnswer, Doc, Page } from '../types.ts'
import { momentOf } from '../words.ts'
import type { Comment, CommentClearance, CommentGroups, CommentTotals, Invitations } from './text/shapes.ts'

type Disposition = keyof typeof Dispositions

/** Sends one command about this file; what is refused is told in its own words. */
function useSend(doc: Doc) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const send = async (type: CommandType, payload: object, done: string): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      await post<CommandAnswer>(`/api/documents/${doc.id}/commands`, {
        type,
        commandId: uuid(),
        expectedVersion: doc.version,
        ...payload,
      })
      toast(done)
      return true
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NetworkError)) throw error
      setProblem(error instanceof ProblemError ? error.problem.detail : error.message)
      return false
    } finally {
      await refreshDoc(client, doc.id)
      setBusy(false)
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
    <div className="stack no-print">
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
      <Invited doc={doc} />
      <BeforePublic doc={doc} may={may('RedactComments')} publishable={may('PublishComments')} />
    </div>
  )
}

function Held({ doc, may }: { doc: Doc; may: boolean }) {
  const { send, busy, problem } = useSend(doc)
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
    <details open data-testid="held">
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
  const { send, busy, problem } = useSend(doc)
  const [open, setOpen] = useState(false)
  const [answering, setAnswering] = useState<string | null>(null)
  const found = useQuery({
    queryKey: ['doc', doc.id, 'comment-groups'],
    queryFn: () => get<CommentGroups>(`/api/documents/${doc.id}/comment-groups`),
    enabled: open,
  })
  const groups = found.data
  return (
    <details data-testid="grouping" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>内容相同的意见：归组与一并答复</summary>
      <p className="quiet">
        下面是提议，不是合并：一字不差或者只差几个字的归在一起，否定、立场、数字不同的从不归在一起。每条意见都保留，附上的话另外标出。
      </p>
      <Problem text={problem} />
      {groups?.accepted.map((group) => (
        <section key={group.group} className="sheet" data-group={group.group}>
          <h3>
            {group.label ?? '已归组'}（{group.members.length} 条）
          </h3>
          {may ? (
            answering === group.group ? (
              <AnswerGroup doc={doc} members={group.members} onClose={() => setAnswering(null)} />
            ) : (
              <span className="row">
                <Button size="small" type="primary" onClick={() => setAnswering(group.group)}>
                  一并答复
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
      {groups?.proposed.map((group) => (
        <section key={group.shown} className="sheet" data-proposed={group.shown}>
          <h3>提议归为一组（{group.members.length} 条）</h3>
          <blockquote className="quote pre">{group.text}</blockquote>
          <ul className="lines">
            {group.differences
              .filter((one) => !one.same)
              .map((one) => (
                <li key={one.id}>
                  {one.pieces.map((piece, i) =>
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
                    piece.added ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>,
                  )}
                </li>
              ))}
          </ul>
          {may ? (
            <span className="row">
              <Button
                size="small"
                type="primary"
                disabled={busy}
                onClick={() =>
                  void send(
                    'GroupComments',
                    { comments: group.members, outcome: 'same', label: group.text.slice(0, 40) },
                    '已归为一组。',
                  )
                }
              >
                归为一组
              </Button>
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
      ))}
      {groups && groups.proposed.length === 0 && groups.accepted.length === 0 ? <p>没有内容相同的意见。</p> : null}
    </details>
  )
}

interface Own {
  disposition: Disposition
  reason: string
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
  const ready = all.reason.trim() !== '' && Object.values(except).every(({ reason }) => reason.trim() !== '')
  return (
    <form
      className="stack inline-form"
      data-testid="answer-group"
      onSubmit={async (event) => {
        event.preventDefault()
        const sent = await send(
          'DisposeComments',
          {
            comments: members,
            ...all,
            except: Object.entries(except).map(([comment, own]) => ({ comment, ...own })),
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
        <textarea
          className="native"
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
                  <textarea
                    className="native"
                    aria-label="另作处理的理由"
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
        <Button size="small" type="primary" htmlType="submit" disabled={!ready} loading={busy}>
          答复这 {members.length} 条
        </Button>
      </div>
    </form>
  )
}

const columns = ['渠道', '来源', '收到日期', '意见内容', '条款', '姓名', '联系方式'] as const
/** Letters and meetings from a workbook: which row is wrong is said before anything is sent. */
function Letters({ doc }: { doc: Doc }) {
  const { send, busy, problem } = useSend(doc)
  const [rows, setRows] = useState<Array<{ row: number; entry: object; fault: string | null }> | string | null>(null)
  const read = async (file: File) => {
    const [sheet] = await readXlsx(new Uint8Array(await file.arrayBuffer()))
    const top = sheet?.rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() === '意见内容')) ?? -1
    const head = sheet?.rows[top]
    if (!sheet || !head) return setRows(`表里没有写着“意见内容”的表头；表头为：${columns.join('、')}。`)
    const at = Object.fromEntries(columns.map((name) => [name, head.cells.findIndex((cell) => cell.trim() === name)]))
    setRows(
      sheet.rows.slice(top + 1).flatMap(({ number, cells }) => {
        const cell = (name: (typeof columns)[number]) => (cells[at[name] ?? -1] ?? '').trim()
        if (cells.every((each) => each.trim() === '')) return []
        const channel =
          Object.entries(commentChannelLabels).find(([, label]) => label === cell('渠道'))?.[0] ?? 'letter'
        const receivedOn = cell('收到日期')
          .replaceAll(/[/.年月]/g, '-')
          .replace('日', '')
          .replace(/-(\d)(?=-|$)/g, '-0$1')
        const fault = !/^\d{4}-\d{2}-\d{2}$/.test(receivedOn)
          ? '收到日期不是日期'
          : cell('意见内容') === ''
            ? '没有意见内容'
            : cell('来源') === ''
              ? '没有来源'
              : null
        return [
          {
            row: number,
            fault,
            entry: {
              channel,
              source: cell('来源'),
              receivedOn,
              text: cell('意见内容'),
              ...(cell('条款') ? { element: cell('条款') } : {}),
              ...(cell('姓名') ? { name: cell('姓名') } : {}),
              ...(cell('联系方式') ? { contact: cell('联系方式') } : {}),
            },
          },
        ]
      }),
    )
  }
  const good = Array.isArray(rows) && rows.length > 0 && rows.every(({ fault }) => fault === null)
  return (
    <details data-testid="letters">
      <summary>录入来信、邮件、座谈会意见（表格）</summary>
      <p className="quiet">
        .xlsx，表头为：{columns.join('、')}。逐件录入的用“录入收到的意见”。截止以后收到的照样录入，记为迟到。
      </p>
      <input
        type="file"
        accept=".xlsx"
        aria-label="意见的表格"
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) void read(file).catch(() => setRows('这个文件读不出来，请另存为 .xlsx 再选。'))
        }}
      />
      <Problem text={problem} />
      {typeof rows === 'string' ? <Problem text={rows} /> : null}
      {Array.isArray(rows) ? (
        <>
          <ul className="lines">
            {rows
              .filter(({ fault }) => fault !== null)
              .map(({ row, fault }) => (
                <li key={row}>
                  第{row}行：{fault}
                </li>
              ))}
          </ul>
          <Button
            type="primary"
            disabled={!good}
            loading={busy}
            onClick={async () => {
              const sent = await send(
                'RecordComments',
                { entries: rows.map(({ entry }) => entry) },
                `已录入${rows.length}件。`,
              )
              if (sent) setRows(null)
            }}
          >
            录入 {rows.length} 件
          </Button>
        </>
      ) : null}
    </details>
  )
}

function Invited({ doc }: { doc: Doc }) {
  const found = useQuery({
    queryKey: ['doc', doc.id, 'invitations'],
    queryFn: () => get<Invitations>(`/api/documents/${doc.id}/invitations`),
  })
  const list = found.data
  if (!list || list.items.length === 0) return null
  return (
    <details data-testid="invitations">
      <summary>
        定向征求：{list.total} 家，已答复 {list.answered} 家
        {list.share === null ? '' : `，经营主体与行业协会商会占 ${list.share}%`}
      </summary>
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
              <td data-label="链接">
                {one.path ? <code className="wrap">{`${window.location.origin}${one.path}`}</code> : '—'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function BeforePublic({ doc, may, publishable }: { doc: Doc; may: boolean; publishable: boolean }) {
  const { send, busy, problem } = useSend(doc)
  const [open, setOpen] = useState(false)
  const found = useQuery({
    queryKey: ['doc', doc.id, 'comment-clearance'],
    queryFn: () => get<CommentClearance>(`/api/documents/${doc.id}/comment-clearance`),
    enabled: open,
  })
  const work = found.data
  const [why, setWhy] = useState('')
  const plain = work?.items.filter((item) => item.proposed.length === 0) ?? []
  return (
    <details data-testid="clearance" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>公开意见原文：逐件遮去个人信息</summary>
      {work ? (
        <p>
          已处理 {work.done} / {work.total} 件。标出的是疑似个人信息，由您确认；原文照旧留存，改主意可以再处理一次。
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
      <ul className="lines">
        {work?.items.map((item) => (
          <li key={item.comment} data-clearing={item.comment}>
            <p className="pre">
              <Marked text={item.text} spans={item.proposed} />
            </p>
            {may ? (
              <span className="row">
                <Button
                  size="small"
                  disabled={busy}
                  onClick={() =>
                    void send(
                      'RedactComments',
                      { items: [{ comment: item.comment, outcome: 'clear' }] },
                      '照原样公开。',
                    )
                  }
                >
                  照原样
                </Button>
                {item.proposed.length > 0 ? (
                  <Button
                    size="small"
                    type="primary"
                    disabled={busy}
                    onClick={() =>
                      void send(
                        'RedactComments',
                        {
                          items: [
                            {
                              comment: item.comment,
                              outcome: 'redacted',
                              spans: item.proposed.map(({ start, end, kind }) => ({
                                start,
                                end,
                                kind,
                                reason: '个人信息',
                              })),
                            },
                          ],
                        },
                        '遮去后公开。',
                      )
                    }
                  >
                    遮去标出的 {item.proposed.length} 处
                  </Button>
                ) : null}
                <input
                  className="native"
                  aria-label="不公开的理由"
                  placeholder="不公开的理由"
                  value={why}
                  onChange={(event) => setWhy(event.target.value)}
                />
                <Button
                  size="small"
                  disabled={busy || why.trim() === ''}
                  onClick={() =>
                    void send(
                      'RedactComments',
                      { items: [{ comment: item.comment, outcome: 'withheld', reason: why }] },
                      '不公开这一件。',
                    )
                  }
                >
                  不公开
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {publishable ? (
        <Button
          type="primary"
          disabled={busy || !work || work.done < work.total}
          onClick={() => void send('PublishComments', {}, '意见原文已经公开。')}
        >
          公开各件意见
        </Button>
      ) : null}
    </details>
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
          <mark key={i} title={redactionLabels[part.kind as keyof typeof redactionLabels]}>
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
