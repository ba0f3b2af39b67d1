// 一次提交没有成功时说什么：网络不通，或者服务端的拒绝。案卷已变（412）由别处说明。
import Button from 'antd/es/button'
import { Verdicts } from '../parts/verdicts.tsx'
import type { CommandForm } from './use-command.ts'

type Trouble = Pick<CommandForm, 'offline' | 'problem'>

/** 服务端的拒绝要由表单显示的；案卷已变的不在此列。 */
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

/** 上次填了没有提交的内容又在表单里了；可以不要。 */
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
