// The card a file opens with: whose turn, what, by when, one button; who did what last; following. The rest is folded.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { type ReactNode, useEffect, useState } from 'react'
import { call, sentence } from '../api.ts'
import { Later } from '../parts/later.tsx'
import { toast } from '../parts/toasts.tsx'
import { type AheadLine, aheadWords, dueWords, lastWords, type TurnLine, whom } from '../parts/turn-words.ts'
import { meQuery } from '../queries.ts'
import type { Action, Me } from '../types.ts'
import { dateOf, momentOf, plain, roleName } from '../words.ts'
import type { Frame } from './frame.ts'

/** What the card needs of a matter beside its frame. */
export interface Turned {
  turns: readonly TurnLine[]
  ahead?: readonly AheadLine[] | undefined
  followed: boolean
  later?: { until: string; why: string } | null | undefined
  last: { at: string; label: string; by: { name: string } | null; kind: 'person' | 'public' | 'system' } | null
}

/** Commands that have their button on the card. */
export const cardedOf = (turns: readonly TurnLine[]): string[] =>
  turns.flatMap((line) => (line.mine ? [line.command] : []))

export function TurnCard({
  matter,
  turned,
  actions,
  button,
}: {
  matter: Frame
  turned: Turned
  actions: readonly Action[] | undefined
  button: (action: Action, primary: boolean) => ReactNode
}) {
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const client = useQueryClient()
  const { id, seq } = matter
  // What is on the screen is seen: from now on only what comes later is news.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new record is seen anew
  useEffect(() => {
    const timer = setTimeout(() => {
      void call('POST', `/api/matters/${id}/marks`, { seen: true })
        .then(() => client.invalidateQueries({ queryKey: ['messages'] }))
        .then(() => client.invalidateQueries({ queryKey: ['desk'], refetchType: 'none' }))
        .catch(() => undefined)
    }, 800)
    return () => clearTimeout(timer)
  }, [id, seq, client])
  const mine = turned.turns.filter((line) => line.mine)
  // Another post of the same unit that may do the same is not a second thing to wait for.
  const others = turned.turns.filter(
    (line) => !line.mine && !mine.some((x) => x.command === line.command && x.unit?.id === line.unit?.id),
  )
  const actionOf = (line: TurnLine) => actions?.find((action) => action.command === line.command)
  const buttons = mine.flatMap((line) => actionOf(line) ?? [])
  const [first] = mine
  // Whoever it waits for when its day has come: one line for the posts of a unit, as for what is awaited today.
  const ahead = together(turned.ahead ?? []).map(({ line }) => line)
  // What is overdue and ours stands above as somebody's turn; what is overdue and another organ's is not ours to do.
  const next = matter.deadlines
    .filter((clock) => clock.status === 'open' && clock.dueOn >= today)
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))[0]
  return (
    <section className={`turn-card${first ? ' turn-mine' : ''}`} aria-label="轮到谁" data-testid="turn-card">
      <div className="turn-what">
        {first ? (
          <>
            <p className="turn-line">
              轮到您：<b>{mine.map((line) => line.verb).join('、')}</b>
              <Day line={mine.find((line) => line.dueOn !== null) ?? first} today={today} />
            </p>
            {others.length > 0 ? (
              <p className="quiet">
                同时等着：
                {others
                  .slice(0, 3)
                  .map((line) => `${whom(line)}${line.verb}`)
                  .join('；')}
                {others.length > 3 ? ` 等${others.length}项` : ''}
              </p>
            ) : null}
          </>
        ) : others[0] ? (
          together(others)
            .slice(0, 4)
            .map(({ line, roles }) => (
              <p key={`${line.command}${line.role}${line.unit?.id ?? ''}`} className="turn-line">
                轮到<b>{whom(line)}</b>
                {line.unit ? `（${roles.map(roleName).join('、')}）` : ''}：{line.verb}
                <Day line={line} today={today} />
                {line.held && mayUrge(line, me) ? <Urge matter={id} line={line} /> : null}
                {line.held ? null : <span className="bad">　还没有人担任{roleName(line.role)}，请管理员设定</span>}
              </p>
            ))
        ) : ahead.length > 0 ? (
          ahead.slice(0, 3).map((line) => (
            <p key={`${line.command}${line.role}${line.unit?.id ?? ''}`} className="turn-line">
              <b>{aheadWords(line, today)}</b>
              <Day line={line} today={today} />
            </p>
          ))
        ) : (
          <p className="turn-line">
            现在没有等着办理的事
            {next === undefined ? '' : `；下一个日子：${next.label}，${plain(next.dueOn)}`}。
          </p>
        )}
        {turned.last ? (
          <p className="quiet">
            最近：{lastWords(turned.last as never)}，{momentOf(turned.last.at)}
          </p>
        ) : null}
      </div>
      <div className="turn-do">
        {buttons.map((action, i) =>
          action.allowed ? (
            <span key={action.command}>{button(action, i === 0)}</span>
          ) : (
            // What is lacking may be something the form itself asks for; it can be filled in ahead in any case.
            <span key={action.command} className="turn-early">
              {button(action, false)}
              <small className="quiet">{lacking(action)}</small>
            </span>
          ),
        )}
        {first ? <Later id={matter.id} later={turned.later ?? null} /> : null}
        <Follow matter={matter} followed={turned.followed} />
      </div>
    </section>
  )
}
/** What one unit is awaited for is one line, whichever of its posts may do it. */
function together<Line extends TurnLine>(lines: readonly Line[]): Array<{ line: Line; roles: string[] }> {
  const out: Array<{ line: Line; roles: string[] }> = []
  for (const line of lines) {
    const same = line.unit
      ? out.find(({ line: x }) => x.command === line.command && x.unit?.id === line.unit?.id && x.dueOn === line.dueOn)
      : undefined
    if (same) {
      same.roles.push(line.role)
      if (line.held && !same.line.held) same.line = line
    } else out.push({ line, roles: [line.role] })
  }
  return out
}
/** Why it cannot be done yet: from which day, or how many points are lacking. */
function lacking(action: Action): string {
  const unmet = action.verdicts.filter((v) => !v.holds && v.severity === 'block')
  const earliest = unmet
    .flatMap((v) => v.earliest ?? [])
    .toSorted()
    .at(-1)
  return earliest && unmet.every((v) => v.earliest)
    ? `${action.label}最早${plain(earliest)}`
    : `${action.label}还差${unmet.length}项，见“暂时不能办”`
}
function Day({ line, today }: { line: TurnLine; today: string }) {
  const words = dueWords(line, today)
  return words ? <span className={line.daysLate > 0 ? 'due late' : 'due'}>　{words}</span> : null
}
/** Who may ask for it: who brought it about, who drafts or answers for a unit, the secretariat; the rules have the last word. */
const mayUrge = (line: TurnLine, me: Me | null | undefined): boolean =>
  me != null &&
  (line.askedBy?.id === me.person || me.roles.some((role) => ['secretariat', 'drafter', 'unit_head'].includes(role)))
function Urge({ matter, line }: { matter: string; line: TurnLine }) {
  const [busy, setBusy] = useState(false)
  const urge = async () => {
    setBusy(true)
    try {
      await call('POST', '/api/messages/urge', { matter, command: line.command })
      toast(`已催办${whom(line)}，记入办公台账。`)
    } catch (error) {
      toast(sentence(error), 'warn')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="small" loading={busy} onClick={() => void urge()} aria-label={`催办${whom(line)}${line.verb}`}>
      催办
    </Button>
  )
}
function Follow({ matter, followed }: { matter: Frame; followed: boolean }) {
  const client = useQueryClient()
  const [now, setNow] = useState(followed)
  useEffect(() => setNow(followed), [followed])
  const change = async () => {
    try {
      await call('POST', `/api/matters/${matter.id}/marks`, { followed: !now })
      setNow(!now)
      toast(now ? '不再关注。' : '已关注，列在待办页的“我关注的”。')
      void client.invalidateQueries({ queryKey: ['desk'] })
      void client.invalidateQueries({ queryKey: [matter.place.key, matter.id], exact: true })
    } catch {
      toast('没有记上，请再试一次。', 'warn')
    }
  }
  return (
    <Button size="small" aria-pressed={now} onClick={() => void change()}>
      {now ? '★ 已关注' : '☆ 关注'}
    </Button>
  )
}
