// 可办事项：能办的是按钮；不能办的逐条写明差什么、依据、最早日期、谁能使其满足。
import { Link } from '@tanstack/react-router'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import type { Action, Doc } from '../types.ts'
import { rareCommands, roleName, stageName } from '../words.ts'

const system = new Set(['CloseConsultation', 'TakeEffect', 'RecomputeDeadlines', 'SubmitComment'])
const refusedByRole = (action: Action) => action.verdicts.some((v) => v.rule === 'role.permitted' && !v.holds)

export function Actions({ doc, actions, error }: { doc: Doc; actions: Action[] | undefined; error: unknown }) {
  return (
    <aside className="actions" aria-labelledby="actions-title">
      <h2 id="actions-title">可办事项</h2>
      {error ? <ErrorNote error={error} /> : null}
      {actions ? (
        <Lists doc={doc} actions={actions.filter((action) => !system.has(action.command))} />
      ) : error ? null : (
        <Loading lines={5} />
      )}
      {doc.progress.some((each) => !each.open) ? (
        <details className="action-group">
          <summary>自动前行还差什么</summary>
          {doc.progress
            .filter((each) => !each.open)
            .map((each) => (
              <div key={each.to}>
                <h4>到“{stageName(each.to)}”</h4>
                <Verdicts list={each.verdicts} />
              </div>
            ))}
        </details>
      ) : null}
    </aside>
  )
}
function Lists({ doc, actions }: { doc: Doc; actions: Action[] }) {
  // A number that is there is only confirmed once more: for the second of two windows, not a step to offer.
  const open = actions.filter((action) => action.allowed && !(action.command === 'AssignNumbers' && doc.numbers))
  // What waits for this very person comes first, however seldom it is.
  const awaited = (action: Action) =>
    (action.command === 'ConfirmCorrection' && doc.corrections.some((one) => !one.substantive && !one.confirmed)) ||
    (action.command === 'ApproveDeviation' && doc.deviations.some((one) => !one.confirmed))
  const rare = (action: Action) => rareCommands.has(action.command) && !awaited(action)
  const main = open.filter((action) => !rare(action))
  const rest = open.filter(rare)
  const mine = actions
    .filter((action) => !action.allowed && !refusedByRole(action))
    .toSorted((a, b) => Number(rare(a)) - Number(rare(b)))
  const others = actions.filter((action) => !action.allowed && refusedByRole(action))
  const leads = (action: Action) => action.cases.some((each) => each.open && each.to !== null)
  const steps = main.filter(leads)
  const inPlace = main.filter((action) => !leads(action))
  const button = (action: Action, primary: boolean) =>
    action.command === 'SaveDraft' ? (
      <Link
        key={action.command}
        to="/documents/$id/edit"
        params={{ id: doc.id }}
        activeProps={{}}
        className={primary ? 'act act-main' : 'act'}
        data-command={action.command}
      >
        编辑文本
      </Link>
    ) : (
      <Link
        key={action.command}
        from="/documents/$id"
        to="/documents/$id"
        params={{ id: doc.id }}
        search={(old) =>
          action.command === 'DisposeComment' ? { tab: 'consultation' } : { ...old, do: action.command, on: undefined }
        }
        resetScroll={false}
        activeProps={{}}
        className={primary ? (leads(action) ? 'act act-step' : 'act act-main') : 'act'}
        data-command={action.command}
      >
        {action.label}
      </Link>
    )
  return (
    <>
      {steps.length > 0 ? <div className="acts">{steps.map((action) => button(action, true))}</div> : null}
      {main.length > 0 ? (
        <div className="acts">{inPlace.map((action) => button(action, true))}</div>
      ) : rest.length > 0 ? null : (
        <p className="quiet">现在没有您可以办理的事项。</p>
      )}
      {rest.length > 0 ? <div className="acts acts-rest">{rest.map((action) => button(action, false))}</div> : null}
      {mine.length > 0 ? (
        <section className="action-group">
          <h3>暂时不能办（{mine.length}）</h3>
          {mine.map((action, i) => (
            <Closed key={action.command} doc={doc} action={action} open={i < 2} />
          ))}
        </section>
      ) : null}
      {others.length > 0 ? (
        <details className="action-group">
          <summary>由其他角色办理（{others.length}）</summary>
          {others.map((action) => (
            <Closed key={action.command} doc={doc} action={action} open={false} />
          ))}
        </details>
      ) : null}
    </>
  )
}
function Closed({ doc, action, open }: { doc: Doc; action: Action; open: boolean }) {
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
        <Link
          from="/documents/$id"
          to="/documents/$id"
          params={{ id: doc.id }}
          search={(old) => ({ ...old, do: action.command, on: undefined })}
          resetScroll={false}
        >
          先填写（暂存在本机）
        </Link>
      )}
    </details>
  )
}
