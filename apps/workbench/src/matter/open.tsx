// Opens a matter: the form is drawn from the schema in the contract, with the same saving of drafts, checking and
// submitting as an application for initiation.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { post } from '../api.ts'
import { Fields } from '../forms/field.tsx'
import { FormContext } from '../forms/form-state.ts'
import { FormTrouble, Restored } from '../forms/form-trouble.tsx'
import { known, prefilled } from '../forms/prefill.ts'
import { groupOf, type Values } from '../forms/shape.ts'
import { useCommandForm } from '../forms/use-command.ts'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import type { CommandAnswer } from '../types.ts'
import { dateOf } from '../words.ts'
import { contractWords } from './matter-frame.ts'
import '../document/document.css'

const route = getRouteApi('/staff/matters/new/$process')

export function OpenMatterPage() {
  const { process } = route.useParams()
  const { given } = route.useSearch()
  const { contract } = contractWords(process)
  if (!contract)
    return (
      <main className="page narrow">
        <h1>没有这种事项</h1>
        <p>地址中的种类有误。</p>
        <Link to="/matters">回到事项</Link>
      </main>
    )
  return <Opening key={process} process={process} contract={contract} given={given} />
}
function Opening({
  process,
  contract,
  given,
}: {
  process: string
  given: Values | undefined
  contract: NonNullable<ReturnType<typeof contractWords>['contract']>
}) {
  const { data: me } = useQuery(meQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { schema, type, label } = contract.opening
  const shape = groupOf(schema)
  const today = dateOf(me?.demo?.now ?? new Date())
  const form = useCommandForm<CommandAnswer>({
    schema,
    storageKey: `dianzhang:${me?.person ?? ''}:open:${process}${given ? JSON.stringify(given) : ''}`,
    initial: { ...prefilled(shape, { today, target: undefined, view: {}, own: {} }), ...known(shape, given) },
    payload: (values, commandId) => ({ ...values, type, commandId }),
    send: ({ type: _, ...payload }) => post<CommandAnswer>('/api/matters', { process, ...payload }),
    onDone: (answer, here) => {
      toast(`${label}：已办理。`)
      void client.invalidateQueries({ queryKey: ['matters'] })
      if (here()) void navigate({ to: '/matters/$id', params: { id: answer.id } })
    },
  })
  const count = Object.keys(form.errors).length
  return (
    <main className="page narrow">
      <h1>{label}</h1>
      <Restored form={form} />
      <FormTrouble form={form} />
      <form
        className="stack card command-form"
        data-command={type}
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
            {label}
          </Button>
        </div>
      </form>
    </main>
  )
}
