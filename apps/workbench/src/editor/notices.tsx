// What is said above the text: a draft that was not saved, a newer version, numbers kept as they were written, references
// that no longer hold.
import type { Command } from '@tiptap/pm/state'
import Button from 'antd/es/button'
import type { Doc } from '../types.ts'
import { goTo, renumber } from './commands.ts'
import { keyHelp } from './plugins/keys.ts'
import type { doubtfulReferences } from './plugins/references.ts'
import type { Read } from './use-reading.ts'

/** The keys, each with what it does. */
export function KeyHelp() {
  return (
    <dl className="edit-keys">
      {keyHelp.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}

export function Notices({
  doc,
  seen,
  failed,
  onRetry,
  faults,
  editable,
  doubtful,
  run,
}: {
  doc: Doc
  /** The version that was in force when the draft was begun. */
  seen: number | undefined
  /** Why the draft was not saved; null: it was. */
  failed: string | null
  onRetry: () => void
  /** Faults of numbers that are kept as written; null: none is kept. */
  faults: Read['reading']['faults'] | null
  editable: boolean
  doubtful: ReturnType<typeof doubtfulReferences>
  run: (command: Command) => void
}) {
  return (
    <>
      {failed !== null ? (
        <div className="note note-error" role="alert">
          <p>没有保存：{failed}</p>
          <Button size="small" onClick={onRetry}>
            再试一次
          </Button>
        </div>
      ) : null}
      {doc.text && seen !== undefined && doc.text.n > seen ? (
        <div className="note note-warn" role="status" data-testid="newer">
          <p>
            <b>
              您是在第{seen}版上修改的，现在已有第{doc.text.n}版。
            </b>
            保存为新版之前，请先
            <a
              href={`/staff/documents/${doc.id}?tab=texts&from=${seen}&to=${doc.text.n}`}
              target="_blank"
              rel="noreferrer"
            >
              比较两版
            </a>
            ，把对方的改动并进来。
          </p>
        </div>
      ) : null}
      {faults !== null ? (
        <div className="note note-warn edit-faults" role="status" data-testid="faults">
          <p>
            <b>编号按原样保留。</b>
            {faults.length > 0 ? `原文编号有 ${faults.length} 处问题：` : '原文的编号照写法保留。'}
          </p>
          {faults.length > 0 ? (
            <ul className="plain">
              {faults.slice(0, 6).map((fault) => (
                <li key={`${fault.code}${fault.line}`}>{fault.message}</li>
              ))}
              {faults.length > 6 ? <li>……</li> : null}
            </ul>
          ) : null}
          <Button size="small" disabled={!editable} onClick={() => run(renumber)}>
            自动编号
          </Button>
        </div>
      ) : null}
      <Doubtful
        kind="broken"
        list={doubtful.filter((each) => each.broken)}
        words={(n) => `${n} 处引用的条款已经删去：`}
        onGo={(position) => run(goTo(position, position + 1))}
      />
      <Doubtful
        kind="unsure"
        list={doubtful.filter((each) => !each.broken)}
        words={(n) => `${n} 处“前款”之类的所指已变，请核对：`}
        onGo={(position) => run(goTo(position, position + 1))}
      />
    </>
  )
}

/** Broken and unsure references, each of which can be gone to. */
function Doubtful({
  kind,
  list,
  words,
  onGo,
}: {
  kind: 'broken' | 'unsure'
  list: ReadonlyArray<{ position: number; text: string }>
  words: (n: number) => string
  onGo: (position: number) => void
}) {
  if (list.length === 0) return null
  return (
    <div className="note note-warn" role="status" data-testid={kind}>
      <p>
        <b>{words(list.length)}</b>
        {list.slice(0, 8).map((each) => (
          <button key={each.position} type="button" className="link" onClick={() => onGo(each.position)}>
            {each.text}
          </button>
        ))}
      </p>
    </div>
  )
}
