// Actions: what can be done is a button; what cannot says, point by point, what is lacking, the basis, the earliest
// date, and who can satisfy it.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import type { Action } from '../types.ts'
import { roleName } from '../words.ts'
import type { Frame } from './frame.ts'

/** What is a kind's own: what it does not list, and buttons that lead elsewhere. */
export interface OwnActions {
  hides?: (action: Action) => boolean
  /** A button that leads elsewhere; null when there is none, and the form opens as usual. */
  link?: (action: Action, className: string) => ReactNode
}
/** What the system or the public does is not listed for staff. */
const others = new Set(['system', 'public'])
const forStaff = (action: Action) => action.by.some((role) => !others.has(role))
const refusedByRole = (action: Action) => action.verdicts.some((v) => v.rule === 'role.permitted' && !v.holds)

export function Actions({
  matter,
  actions,
  error,
  own = {},
  carded = [],
}: {
  matter: Frame
  actions: Action[] | undefined
  error: unknown
  own?: OwnActions
  /** Commands that already have their button on the card. */
  carded?: readonly string[]
}) {
  return (
    <aside className="actions" aria-labelledby="actions-title">
      <h2 id="actions-title">可办事项</h2>
      {error ? <ErrorNote error={error} /> : null}
      {actions ? (
        <Lists matter={matter} own={own} carded={carded} actions={actions.filter(forStaff)} />
      ) : error ? null : (
        <Loading lines={5} />
      )}
      {matter.progress.some((each) => !each.open) ? (
        <details className="action-group">
          <summary>自动前行还差什么</summary>
          {matter.progress
            .filter((each) => !each.open)
            .map((each) => (
              <div key={each.to}>
                <h4>到“{matter.stageOf(each.to)}”</h4>
                <Verdicts list={each.verdicts} />
              </div>
            ))}
        </details>
      ) : null}
    </aside>
  )
}
/** The button of one command: its form, or where its kind leads. */
export const actionButton = (matter: Frame, own: OwnActions, action: Action, primary: boolean): ReactNode => {
  const elsewhere = own.link?.(action, primary ? 'act act-step' : 'act act-main')
  if (elsewhere) return elsewhere
  return (
    <OpenForm
      key={action.command}
      matter={matter}
      command={action.command}
      className={primary ? 'act act-step' : 'act act-main'}
    >
      {action.label}
    </OpenForm>
  )
}
function Lists({
  matter,
  actions,
  own,
  carded,
}: {
  matter: Frame
  actions: Action[]
  own: OwnActions
  carded: readonly string[]
}) {
  const open = actions.filter((action) => action.allowed && !own.hides?.(action) && !carded.includes(action.command))
  const rare = (action: Action) => action.need === 'rare'
  // What somebody waits for comes first, however seldom it is.
  const required = (action: Action) => action.need === 'required'
  const requiredFirst = (a: Action, b: Action) => Number(required(b)) - Number(required(a))
  const main = open.filter((action) => !rare(action)).toSorted(requiredFirst)
  const rest = open.filter(rare)
  const mine = actions
    .filter((action) => !action.allowed && !refusedByRole(action))
    .toSorted((a, b) => Number(rare(a)) - Number(rare(b)) || requiredFirst(a, b))
  const elses = actions.filter((action) => !action.allowed && refusedByRole(action))
  const button = (action: Action) => {
    const elsewhere = own.link?.(action, 'act act-main')
    if (elsewhere) return elsewhere
    return (
      <OpenForm key={action.command} matter={matter} command={action.command} className="act act-main">
        {action.label}
      </OpenForm>
    )
  }
  return (
    <>
      {main.length > 0 ? (
        <div className="acts">{main.map(button)}</div>
      ) : rest.length > 0 || carded.length > 0 ? null : (
        <p className="quiet">现在没有您可以办理的事项。</p>
      )}
      {rest.length > 0 ? (
        <details className="action-group">
          <summary>少用的（{rest.length}）</summary>
          <div className="acts acts-rest">{rest.map(button)}</div>
        </details>
      ) : null}
      {mine.length > 0 ? (
        <section className="action-group">
          <h3>暂时不能办（{mine.length}）</h3>
          {mine.map((action, i) => (
            <Closed key={action.command} matter={matter} action={action} open={i < 2} />
          ))}
        </section>
      ) : null}
      {elses.length > 0 ? (
        <details className="action-group">
          <summary>由其他角色办理（{elses.length}）</summary>
          {elses.map((action) => (
            <Closed key={action.command} matter={matter} action={action} open={false} />
          ))}
        </details>
      ) : null}
    </>
  )
}
/** Opens the form of a command; the tab and the other conditions stay as they are. */
function OpenForm({
  matter,
  command,
  className,
  children,
}: {
  matter: Frame
  command: string
  className?: string
  children: ReactNode
}) {
  return (
    <Link
      to={matter.place.page}
      params={{ id: matter.id }}
      search={(old: Record<string, unknown>) => ({ ...old, do: command, on: undefined })}
      resetScroll={false}
      activeProps={{}}
      data-command={command}
      {...(className ? { className } : {})}
    >
      {children}
    </Link>
  )
}
function Closed({ matter, action, open }: { matter: Frame; action: Action; open: boolean }) {
  const unmet = action.verdicts.filter((v) => !v.holds && v.severity === 'block')
  const role = refusedByRole(action)
  return (
    <details className="closed" open={open} data-command={action.command}>
      <summary>
        {action.label}
        <small>{role ? action.by.map(roleName).join('、') : `差 ${unmet.length} 项`}</small>
      </summary>
      <Verdicts list={action.verdicts} />
      {role ? null : (
        <OpenForm matter={matter} command={action.command}>
          先填写（暂存在本机）
        </OpenForm>
      )}
    </details>
  )
}
