// Many people at once from a workbook: every row is looked at first, each is entered by itself, and the one-time passwords are
// shown by unit, to be printed, until they are put away.
import type { answers } from '@dianzhang/contract'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Drawer from 'antd/es/drawer'
import Input from 'antd/es/input'
import { useEffect, useRef, useState } from 'react'
import { post, sentence } from '../api.ts'
import { uuid } from '../forms/uuid.ts'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { Told, UnitRow } from '../types.ts'
import { headings, type ListedPerson, readPeople } from './people-sheet.ts'

type Entered = { password: string } | { problem: string }

export function PeopleImport({ units, onClose }: { units: readonly UnitRow[]; onClose: () => void }) {
  const client = useQueryClient()
  const [people, setPeople] = useState<readonly ListedPerson[]>([])
  const [trouble, setTrouble] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [entered, setEntered] = useState<ReadonlyMap<number, Entered>>(new Map())
  const [busy, setBusy] = useState(false)
  // A row keeps its command through every retry: nobody is entered twice.
  const ids = useRef(new Map<number, string>())
  const chosen = useRef<File | null>(null)
  const read = async (file: File | null | undefined) => {
    if (!file) return
    chosen.current = file
    const found = await readPeople(file, units).catch(sentence)
    if (chosen.current !== file) return
    ids.current = new Map()
    setEntered(new Map())
    setTrouble(typeof found === 'string' ? found : null)
    setPeople(typeof found === 'string' ? [] : found)
  }
  const left = people.filter((each) => each.input && !('password' in (entered.get(each.row) ?? {})))
  const enter = async () => {
    setBusy(true)
    const results = new Map(entered)
    for (const { row, input } of left) {
      const commandId = ids.current.get(row) ?? uuid()
      ids.current.set(row, commandId)
      try {
        const { password = '' } = await post<Partial<Told<typeof answers.PersonAdded>>>('/api/people', {
          ...input,
          reason: reason.trim(),
          commandId,
        })
        results.set(row, { password })
      } catch (error) {
        results.set(row, { problem: sentence(error) })
      }
      setEntered(new Map(results))
    }
    setBusy(false)
    for (const key of ['people', 'office-acts', 'delegates']) void client.invalidateQueries({ queryKey: [key] })
  }
  const held = entered.size > 0
  useEffect(() => {
    if (!held) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [held])
  const done = people.filter((each) => 'password' in (entered.get(each.row) ?? {}))
  const wrong = people.filter((each) => each.problems.length > 0)
  return (
    <Drawer
      open
      onClose={onClose}
      title="由表格录入人员"
      size={820}
      mask={{ closable: false }}
      // The passwords are shown this once: the list is put away only by saying so, and not left by mistake.
      keyboard={done.length === 0 && !busy}
      closable={done.length === 0 && !busy}
      destroyOnHidden
      className="command-drawer"
    >
      <div className="stack" data-testid="people-import">
        <p className="hint">
          XLSX 或者 CSV 的表格，表头写：{headings.join('、')}。任职可以几项，以“、”隔开；后两列可以没有。
        </p>
        <Labelled label="表格文件">
          {(id) => (
            // Those being entered keep their list: their passwords come one by one, and belong to its rows.
            <input
              id={id}
              type="file"
              accept=".xlsx,.csv"
              disabled={busy}
              onChange={(e) => void read(e.target.files?.item(0))}
            />
          )}
        </Labelled>
        <Trouble says={trouble} />
        {people.length > 0 ? (
          <>
            <p role="status">
              读出 {people.length} 人{wrong.length > 0 ? `，其中 ${wrong.length} 人有误，不录入` : ''}
              {done.length > 0 ? `；已录入 ${done.length} 人` : ''}。
            </p>
            <div className="scroll-x">
              <table className="table folds">
                <thead>
                  <tr>
                    <th>行</th>
                    <th>姓名</th>
                    <th>用户名</th>
                    <th>单位</th>
                    <th>结果</th>
                  </tr>
                </thead>
                <tbody>
                  {people.map((each) => {
                    const result = entered.get(each.row)
                    return (
                      <tr key={each.row}>
                        <td data-label="行">{each.row}</td>
                        <td data-label="姓名">{each.name}</td>
                        <td data-label="用户名">{each.username}</td>
                        <td data-label="单位">{each.unitName}</td>
                        <td data-label="结果">
                          {each.problems.length > 0 ? (
                            <span className="bad">{each.problems.join('；')}</span>
                          ) : result && 'problem' in result ? (
                            <span className="bad">{result.problem}</span>
                          ) : result ? (
                            <span className="good">已录入</span>
                          ) : (
                            '待录入'
                          )}
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </div>
          </>
        ) : null}
        {left.length > 0 ? (
          <>
            <Labelled label="理由（依据或者缘由，记入管理记录）">
              {(id) => <Input id={id} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
            </Labelled>
            <div className="row-end">
              <Submit
                type="primary"
                htmlType="button"
                loading={busy}
                lacks={[reason.trim() === '' && '理由']}
                onClick={() => void enter()}
              >
                录入 {left.length} 人
              </Submit>
            </div>
          </>
        ) : null}
        {done.length > 0 ? <Passwords people={done} entered={entered} onClose={onClose} /> : null}
      </div>
    </Drawer>
  )
}
function Passwords({
  people,
  entered,
  onClose,
}: {
  people: readonly ListedPerson[]
  entered: ReadonlyMap<number, Entered>
  onClose: () => void
}) {
  const units = [...new Set(people.map((each) => each.unitName))]
  return (
    <section className="stack" aria-label="一次性密码" data-testid="one-time-passwords">
      <p className="note note-warn">只显示这一次，按单位分列，可以打印；请以保密的方式分送本人，首次登录须修改。</p>
      {units.map((unit) => (
        <table key={unit} className="table">
          <caption>{unit}</caption>
          <thead>
            <tr>
              <th>姓名</th>
              <th>用户名</th>
              <th>一次性密码</th>
            </tr>
          </thead>
          <tbody>
            {people
              .filter((each) => each.unitName === unit)
              .map((each) => {
                const result = entered.get(each.row)
                return (
                  <tr key={each.row}>
                    <td>{each.name}</td>
                    <td>{each.username}</td>
                    <td>
                      <code className="one-time">{result && 'password' in result ? result.password : ''}</code>
                    </td>
                  </tr>
                )
              })}
          </tbody>
        </table>
      ))}
      <div className="row-end no-print">
        <Button onClick={() => window.print()}>打印</Button>
        <Button type="primary" onClick={onClose}>
          已经记下，关闭
        </Button>
      </div>
    </section>
  )
}
