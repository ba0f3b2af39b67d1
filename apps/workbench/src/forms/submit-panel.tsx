// Submitting for review, and resubmitting after a return: first the hints from checks not yet answered. All of them
// are frozen with the materials for review and reviewers see them all; they do not stop the submission.
import { useQuery } from '@tanstack/react-query'
import { findingsQuery } from '../document/text/shapes.ts'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { FindingsPanel, type WaiverValue } from './findings-panel.tsx'
import { useForm } from './form-state.ts'
import '../document/text/text.css'

export default function SubmitPanel() {
  const { doc } = useForm()
  if (!doc?.text) return null
  return <Open doc={doc} n={doc.text.n} />
}
function Open({ doc, n }: { doc: NonNullable<ReturnType<typeof useForm>['doc']>; n: number }) {
  const form = useForm()
  const found = useQuery(findingsQuery(doc.id, n))
  if (found.isPending) return <Loading lines={4} />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  const { open, waived } = found.data
  const value = (form.values.waivers as WaiverValue[] | undefined) ?? []
  const left = open.length - value.length
  return (
    <fieldset className="group" data-field="waivers">
      <legend>检查提示</legend>
      {open.length === 0 ? (
        <p className="note note-good">第{n}版文本没有待答复的检查提示。</p>
      ) : (
        <div className="note note-info" role="status">
          <p>
            第{n}版文本还有 <b>{open.length}</b> 处检查提示没有答复
            {value.length > 0 ? `，本次说明 ${value.length} 处，余 ${Math.max(0, left)} 处` : ''}
            。可以回去改，可以说明理由；没有答复的<b>全部随送审材料送交审核人</b>，不影响提请。
          </p>
        </div>
      )}
      <FindingsPanel
        doc={doc}
        n={n}
        open={open}
        waived={waived}
        value={value}
        onChange={(next) => form.set(['waivers'], next)}
        errors={form.errors}
        by="drafter"
      />
    </fieldset>
  )
}
