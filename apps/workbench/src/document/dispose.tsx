// Deals with public comments on the spot, one or several at a time; saved, checked and submitted the same way as the
// other forms. Several comments are several commands: each is answered by itself, and the result of each is told.
import { commandSchemas } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useEffect, useRef, useState } from 'react'
import { NetworkError, ProblemError, post } from '../api.ts'
import { Fields } from '../forms/field.tsx'
import { FormContext } from '../forms/form-state.ts'
import { describe, type Shape } from '../forms/shape.ts'
import { useCommandForm } from '../forms/use-command.ts'
import { uuid } from '../forms/uuid.ts'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { meQuery, refreshDoc, rememberOwn } from '../queries.ts'
import type { CommandAnswer, Doc } from '../types.ts'
import type { Comment } from './text/shapes.ts'

const shape = describe(commandSchemas.DisposeComment) as Extract<Shape, { kind: 'group' }>
const { disposition, reason, version } = shape.fields

/** What became of one comment: null when it is recorded, otherwise why it is not. */
export type Outcome = string | null

/** One disposition for these comments; `next` is what "and on to the next" leads to. */
export function DisposeInline({
  doc,
  comments,
  onOutcome,
  onClose,
  onNext,
}: {
  doc: Doc
  comments: readonly Comment[]
  onOutcome: (outcomes: ReadonlyMap<string, Outcome>) => void
  onClose: () => void
  /** Absent when no other comment waits. */
  onNext?: (() => void) | undefined
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [base, setBase] = useState(doc.version)
  const goesOn = useRef(false)
  const outcomes = useRef(new Map<string, Outcome>())
  // The same comment keeps its command through every retry, so that nothing is recorded twice.
  const ids = useRef(new Map<string, string>())
  const idOf = (comment: string): string => {
    const known = ids.current.get(comment) ?? uuid()
    ids.current.set(comment, known)
    return known
  }
  const [first] = comments
  const before = comments.length === 1 ? first?.disposition : null
  const form = useCommandForm<CommandAnswer>({
    schema: commandSchemas.DisposeComment,
    storageKey: `dianzhang:${me?.person ?? ''}:${doc.id}:DisposeComment:${comments.length === 1 ? first?.id : 'several'}`,
    initial: before
      ? { disposition: before.disposition, reason: before.reason, version: before.version ?? undefined }
      : {},
    payload: (values, commandId) => ({
      ...values,
      type: 'DisposeComment',
      comment: first?.id,
      commandId,
      expectedVersion: base,
    }),
    send: async (payload) => {
      outcomes.current = new Map()
      let last: CommandAnswer | null = null
      for (const { id } of comments)
        try {
          const answer: CommandAnswer = await post<CommandAnswer>(`/api/documents/${doc.id}/commands`, {
            ...payload,
            comment: id,
            commandId: comments.length === 1 ? payload.commandId : idOf(id),
            expectedVersion: last?.version ?? payload.expectedVersion,
          })
          last = answer
          outcomes.current.set(id, null)
        } catch (error) {
          const told = error instanceof ProblemError || error instanceof NetworkError
          // Nothing recorded yet: told as every other form tells it, with what was filled in still there.
          if (!told || last === null) throw error
          if (error instanceof ProblemError && error.problem.status < 500) ids.current.delete(id)
          outcomes.current.set(id, error instanceof ProblemError ? error.problem.detail : error.message)
        }
      if (last === null) throw new Error('no comment to deal with')
      return last
    },
    onDone: (answer, here) => {
      const failed = [...outcomes.current.values()].filter((outcome) => outcome !== null).length
      if (comments.length === 1) toast('已记录对这条意见的处理。')
      else
        toast(
          failed === 0
            ? `已记录对${comments.length}条意见的处理。`
            : `${comments.length}条中${comments.length - failed}条已记录，${failed}条没有办成，原因见各条。`,
          failed === 0 ? 'done' : 'warn',
        )
      rememberOwn(client, doc.id, base, answer)
      onOutcome(outcomes.current)
      const go = goesOn.current && onNext ? onNext : onClose
      void refreshDoc(client, doc.id)
      if (here()) go()
    },
  })
  // Until something is written, the form keeps up with the file.
  const { untouched } = form
  useEffect(() => {
    if (untouched) setBase(doc.version)
  }, [untouched, doc.version])
  const stale = form.problem?.code === 'stale_version'
  // It opens far down a long page, in the place of the button that opened it: the eye and the cursor go along, and back.
  const own = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const item = own.current?.closest('li')
    item?.scrollIntoView({ block: 'nearest' })
    own.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body) item?.querySelector('button')?.focus({ preventScroll: true })
      })
    }
  }, [])
  return (
    <form
      ref={own}
      className="stack inline-form command-form"
      data-command="DisposeComment"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      {comments.length > 1 ? (
        <p>
          <b>这{comments.length}条意见作同样的处理</b>，逐条记录；每条的回执都写这一理由。
        </p>
      ) : null}
      <Trouble says={form.offline} />
      {stale ? (
        <div className="note note-warn">
          <p>案卷已更新，您填写的内容都在。看过变化后可以接着提交。</p>
          <Button
            size="small"
            onClick={async () => {
              await refreshDoc(client, doc.id)
              setBase(client.getQueryData<Doc>(['doc', doc.id])?.version ?? doc.version)
              form.clearProblem()
            }}
          >
            按最新版本办理
          </Button>
        </div>
      ) : form.problem ? (
        <div className="note note-error" role="alert">
          <p>{form.problem.detail}</p>
          <Verdicts list={form.problem.verdicts ?? []} />
        </div>
      ) : null}
      <FormContext
        value={{
          values: form.values,
          errors: form.errors,
          set: form.set,
          doc,
          subject: doc as unknown as Record<string, unknown>,
          deviable: [],
        }}
      >
        <Fields
          fields={{
            ...(disposition ? { disposition } : {}),
            ...(reason ? { reason } : {}),
            ...(version ? { version } : {}),
          }}
        />
      </FormContext>
      <div className="row-end">
        <Button size="small" onClick={onClose}>
          先放着
        </Button>
        {onNext ? (
          <Button
            size="small"
            disabled={form.busy}
            onClick={() => {
              goesOn.current = true
              void form.submit().finally(() => {
                goesOn.current = false
              })
            }}
          >
            记录，接着下一条
          </Button>
        ) : null}
        <Button size="small" type="primary" htmlType="submit" loading={form.busy}>
          记录处理
        </Button>
      </div>
    </form>
  )
}
