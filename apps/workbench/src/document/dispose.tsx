// Deals with one public comment on the spot; saved, checked and submitted the same way as the other forms.
import { commandSchemas } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import { post } from '../api.ts'
import { Fields } from '../forms/field.tsx'
import { FormContext } from '../forms/form-state.ts'
import { describe, type Shape } from '../forms/shape.ts'
import { useCommandForm } from '../forms/use-command.ts'
import { toast } from '../parts/toasts.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { meQuery, refreshDoc } from '../queries.ts'
import type { CommandAnswer, Doc } from '../types.ts'
import type { Comment } from './text/shapes.ts'

const shape = describe(commandSchemas.DisposeComment) as Extract<Shape, { kind: 'group' }>
const { disposition, reason, version } = shape.fields

export function DisposeInline({ doc, comment, onClose }: { doc: Doc; comment: Comment; onClose: () => void }) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [base, setBase] = useState(doc.version)
  const form = useCommandForm<CommandAnswer>({
    schema: commandSchemas.DisposeComment,
    storageKey: `dianzhang:${me?.person ?? ''}:${doc.id}:DisposeComment:${comment.id}`,
    initial: comment.disposition
      ? {
          disposition: comment.disposition.disposition,
          reason: comment.disposition.reason,
          version: comment.disposition.version ?? undefined,
        }
      : {},
    payload: (values, commandId) => ({
      ...values,
      type: 'DisposeComment',
      comment: comment.id,
      commandId,
      expectedVersion: base,
    }),
    send: (payload) => post<CommandAnswer>(`/api/documents/${doc.id}/commands`, payload),
    onDone: (answer) => {
      toast('已记录对这条意见的处理。')
      client.setQueryData(['own-seq', doc.id], Math.max(...answer.events.map((event) => event.seq), 0))
      void refreshDoc(client, doc.id)
      onClose()
    },
  })
  const stale = form.problem?.code === 'stale_version'
  return (
    <form
      className="stack inline-form command-form"
      data-command="DisposeComment"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      {form.offline ? <p className="field-error">{form.offline}</p> : null}
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
        <Button size="small" type="primary" htmlType="submit" loading={form.busy}>
          记录处理
        </Button>
      </div>
    </form>
  )
}
