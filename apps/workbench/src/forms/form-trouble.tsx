// What to say when a submission did not succeed: the network is down, or the server refused. A file that has changed
// (412) is explained elsewhere.
import Button from 'antd/es/button'
import { Verdicts } from '../parts/verdicts.tsx'
import type { CommandForm } from './use-command.ts'

type Trouble = Pick<CommandForm, 'offline' | 'problem'>

/** Refusals by the server that the form must show; a file that has changed is not among them. */
export const shownProblem = (form: Trouble) => (form.problem?.code === 'stale_version' ? null : form.problem)

export function FormTrouble({ form }: { form: Trouble }) {
  const problem = shownProblem(form)
  return (
    <>
      {form.offline ? (
        <div className="note note-error" role="alert">
          <p>{form.offline}</p>
          <p>再次提交不会重复办理：同一次填写用的是同一个命令标识。</p>
        </div>
      ) : null}
      {problem ? (
        <div className="note note-error" role="alert" data-testid="problem">
          <p>
            <b>{problem.title}</b>
          </p>
          {problem.verdicts?.length ? <Verdicts list={problem.verdicts} /> : <p>{problem.detail}</p>}
        </div>
      ) : null}
    </>
  )
}

/** What was filled in last time and not submitted is in the form again; it can be discarded. */
export function Restored({ form }: { form: Pick<CommandForm, 'restored' | 'reset'> }) {
  if (!form.restored) return null
  return (
    <div className="note note-info">
      <p>已恢复您上次没有提交的内容。</p>
      <Button size="small" onClick={form.reset}>
        不要了，重新填写
      </Button>
    </div>
  )
}
