// Saves as a new version: by command, like everything else that is done; if the file has changed, says first what has
// changed.
import { commandSchemas } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Modal from 'antd/es/modal'
import { useEffect, useId, useRef, useState } from 'react'
import { post } from '../api.ts'
import { frameOf } from '../document/frame.ts'
import { versionsQuery } from '../document/text/shapes.ts'
import { FormTrouble } from '../forms/form-trouble.tsx'
import { attachmentsToKeep, KeptAttachments } from '../forms/kept-attachments.tsx'
import { Stale, TextSince } from '../forms/stale.tsx'
import { useCommandForm } from '../forms/use-command.ts'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery, refreshDoc, rememberOwn } from '../queries.ts'
import type { CommandAnswer, Doc } from '../types.ts'
import type { Draft, WorkingCopy } from './use-working-copy.ts'

/**
 * The file as it was when editing began: compared with the present one on saving, and what changed in between is told
 * first.
 */
export interface SeenDoc {
  version: number
  seq: number
  n: number | undefined
}
export const seenOf = (doc: Doc): SeenDoc => ({ version: doc.version, seq: doc.ledger.seq, n: doc.text?.n })

export function SaveVersion({
  doc,
  seen: base,
  onSeen,
  draftOf,
  copyRevision,
  open: openNotes,
  broken,
  onSaved,
  onConflict,
  onClose,
}: {
  doc: Doc
  seen: SeenDoc
  onSeen: (seen: SeenDoc) => void
  draftOf: () => Draft
  /** The number of the working draft saved last: one that someone else has saved since must not be cleared with it. */
  copyRevision: () => Promise<number>
  /** Unsettled hints, broken and unsure references. */
  open: number
  broken: number
  onSaved: (answer: CommandAnswer) => void
  /** Someone else has saved the working draft. */
  onConflict: (theirs: WorkingCopy | null) => void
  onClose: () => void
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const versions = useQuery(versionsQuery(doc.id))
  const before = versions.data?.at(-1)?.attachments ?? []
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const id = useId()
  const form = useCommandForm<CommandAnswer>({
    schema: commandSchemas.SaveDraft,
    storageKey: `dianzhang:${me?.person ?? ''}:${doc.id}:SaveDraft:editor`,
    initial: {},
    verbatim: ['waivers', 'body'],
    payload: (values, commandId) => {
      const { body, waivers } = draftOf()
      return {
        type: 'SaveDraft',
        commandId,
        expectedVersion: base.version,
        body,
        note: values.note,
        attachments: [],
        ...(waivers.length > 0 ? { waivers } : {}),
      }
    },
    send: async (payload) => {
      const attachments = await attachmentsToKeep(doc.id, left)
      return post<CommandAnswer>(`/api/documents/${doc.id}/commands`, {
        ...payload,
        attachments,
        workingCopyRevision: await copyRevision(),
      })
    },
    onDone: (answer, here) => {
      toast(`已保存为${doc.text ? `第${doc.text.n + 1}版` : '第1版'}文本。`)
      for (const warning of answer.warnings ?? []) toast(`提示：${warning.reason}`, 'warn')
      rememberOwn(client, doc.id, base.version, answer)
      void refreshDoc(client, doc.id)
      if (here()) onSaved(answer)
    },
  })
  const stale = form.problem?.code === 'stale_version' || (form.offline === null && doc.version > base.version)
  useEffect(() => {
    if (form.problem?.code === 'stale_version') void client.invalidateQueries({ queryKey: ['doc', doc.id] })
  }, [form.problem, client, doc.id])
  const theirs = form.problem?.code === 'stale_working_copy' ? (form.problem.current as WorkingCopy | null) : undefined
  const told = useRef(onConflict)
  told.current = onConflict
  useEffect(() => {
    if (theirs !== undefined) told.current(theirs)
  }, [theirs])
  const issues = Object.entries(form.errors)
  return (
    <Modal
      open
      title="保存为新版"
      footer={null}
      // What was sent becomes the text, and the draft is dropped with it: until the answer nobody writes on.
      onCancel={form.busy ? () => {} : onClose}
      closable={!form.busy}
      keyboard={!form.busy}
      mask={{ closable: false }}
      width={620}
      destroyOnHidden
    >
      <form
        className="stack"
        data-command="SaveDraft"
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit()
        }}
      >
        {stale ? (
          <Stale
            matter={frameOf(doc)}
            base={base}
            onAccept={() => {
              onSeen(seenOf(doc))
              form.clearProblem()
            }}
          >
            <TextSince id={doc.id} from={base.n} to={doc.text?.n} />
          </Stale>
        ) : null}
        <FormTrouble form={form} />
        <p>
          每一版保存后都不可更改。{doc.text ? `现有第${doc.text.n}版，将保存为第${doc.text.n + 1}版。` : '这是第一版。'}
        </p>
        {openNotes > 0 || broken > 0 ? (
          <p className="note note-info">
            还有 {openNotes} 处检查提示没有了结{broken > 0 ? `，${broken} 处引用的条款已经删去或者待核` : ''}。
            可以先保存；提请审核时随送审材料送交。
          </p>
        ) : null}
        <div className="field">
          <label className="field-label" htmlFor={id}>
            本版说明
          </label>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={2000}
            placeholder="改了什么、为什么改；可以不写"
            value={String(form.values.note ?? '')}
            onChange={(event) => form.set(['note'], event.target.value)}
          />
        </div>
        <KeptAttachments metas={before} left={left} onChange={setLeft} />
        {issues.length > 0 ? (
          <div className="note note-error" role="alert">
            {issues.map(([path, message]) => (
              <p key={path}>
                {path === 'body' ? '文本' : path}：{message}
              </p>
            ))}
          </div>
        ) : null}
        <div className="row-end">
          <Button disabled={form.busy} onClick={onClose}>
            回去再改
          </Button>
          <Submit type="primary" loading={form.busy} why={versions.isPending && '正在载入上一版'}>
            保存为新版
          </Submit>
        </div>
      </form>
    </Modal>
  )
}
