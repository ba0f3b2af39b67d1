// Request for initiation: this form too is generated from the contract.
import { noClassification, ProposeDocument } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { post } from '../api.ts'
import { Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { meQuery, unitsQuery } from '../queries.ts'
import type { CommandAnswer, Me, UnitRow } from '../types.ts'
import { Fields } from './field.tsx'
import { FormContext } from './form-state.ts'
import { Restored } from './form-trouble.tsx'
import { groupOf, type Values } from './shape.ts'
import { useCommandForm } from './use-command.ts'

const shape = groupOf(ProposeDocument)
const blank: Values = {
  tier: 'government',
  classification: noClassification,
}
export function ProposePage() {
  const { data: me } = useQuery(meQuery)
  const units = useQuery(unitsQuery)
  if (!me || units.isPending) return <Loading />
  return <Propose me={me} issuer={usualIssuer(me, units.data ?? [])} />
}
/** Whose documents a drafting unit usually writes: the government it belongs to. */
function usualIssuer(me: Me, units: readonly UnitRow[]): string | undefined {
  const governments = units.filter((unit) => unit.kind === 'government' && unit.eligible)
  const own = units.find((unit) => unit.id === me.unit)
  return (
    governments.find((unit) => unit.id === own?.parent) ?? (governments.length === 1 ? governments[0] : undefined)
  )?.id
}
function Propose({ me, issuer }: { me: Me; issuer: string | undefined }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useCommandForm<CommandAnswer>({
    schema: ProposeDocument,
    storageKey: `dianzhang:${me.person}:propose`,
    initial: { ...blank, draftingUnit: me.unit, ...(issuer ? { issuers: [issuer] } : {}) },
    payload: (values, commandId) => ({ ...values, type: 'ProposeDocument', commandId, jurisdiction: me.jurisdiction }),
    send: (payload) => post<CommandAnswer>('/api/documents', payload),
    onDone: (answer) => {
      toast('已申请立项，等待政府办公室审核。')
      void client.invalidateQueries({ queryKey: ['documents'] })
      void client.invalidateQueries({ queryKey: ['stage-load'] })
      void navigate({ to: '/documents/$id', params: { id: answer.id } })
    },
  })
  const count = Object.keys(form.errors).length
  return (
    <main className="page narrow">
      <h1>申请立项</h1>
      {!me.roles.includes('drafter') ? (
        <div className="note note-warn" role="alert">
          <p>申请立项由起草经办人办理，您没有这项任职，提交会被拒绝。</p>
        </div>
      ) : null}
      <Restored form={form} />
      {form.problem || form.offline ? (
        <div className="note note-error" role="alert">
          <p>{form.offline ?? form.problem?.detail}</p>
          {form.problem?.verdicts ? <Verdicts list={form.problem.verdicts} /> : null}
        </div>
      ) : null}
      <form
        className="stack card command-form"
        data-command="ProposeDocument"
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit()
        }}
      >
        <FormContext value={{ values: form.values, errors: form.errors, set: form.set, deviable: [] }}>
          <Fields fields={shape.fields} />
        </FormContext>
        {count > 0 ? (
          <p className="field-error" role="alert">
            有 {count} 处需要更正，已在各栏下标明。
          </p>
        ) : null}
        <div className="row-end">
          <Button type="primary" htmlType="submit" loading={form.busy}>
            申请立项
          </Button>
        </div>
      </form>
    </main>
  )
}
