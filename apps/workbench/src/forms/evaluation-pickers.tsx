// What the forms of a post-evaluation choose from: numbers of evidence and readings, the proposals of the report, the
// indicators stated at drafting.
import AutoComplete from 'antd/es/auto-complete'
import Select from 'antd/es/select'
import type { ControlProps } from './control-props.ts'
import { useForm } from './form-state.ts'

interface Own {
  evidence?: Array<{ id: string; kindLabel: string; title: string | null; source: string }>
  readings?: Array<{ id: string; indicator: string; value: number; unit: string | null }>
  proposals?: Array<{ id: string; text: string }>
  indicators?: Array<{ indicator: string }>
}
const statusOf = (bad: boolean) => (bad ? { status: 'error' as const } : {})
const useOwn = (): Own => (useForm().subject ?? {}) as Own

export function EvidenceSelect({ id, value, onChange, bad }: ControlProps) {
  const own = useOwn()
  return (
    <Select
      id={id}
      mode="multiple"
      value={(value as string[]) ?? []}
      onChange={onChange}
      placeholder="选择证据或者读数"
      options={[
        ...(own.evidence ?? []).map((x) => ({ value: x.id, label: `${x.id} ${x.kindLabel}：${x.title ?? x.source}` })),
        ...(own.readings ?? []).map((x) => ({
          value: x.id,
          label: `${x.id} ${x.indicator}：${x.value}${x.unit ?? ''}`,
        })),
      ]}
      {...statusOf(bad)}
    />
  )
}
export function ProposalSelect({ id, value, onChange, bad }: ControlProps) {
  const own = useOwn()
  return (
    <Select
      id={id}
      value={(value as string) ?? null}
      onChange={onChange}
      placeholder="选择一项建议"
      options={(own.proposals ?? []).map((x) => ({ value: x.id, label: `${x.id} ${x.text}` }))}
      {...statusOf(bad)}
    />
  )
}
export function IndicatorInput({ id, value, onChange, bad }: ControlProps) {
  const own = useOwn()
  return (
    <AutoComplete
      id={id}
      value={(value as string) ?? ''}
      onChange={(next: string) => onChange(next || undefined)}
      placeholder="选择起草时写明的指标，或者另写"
      options={[...new Set((own.indicators ?? []).map((x) => x.indicator))].map((each) => ({
        value: each,
        label: each,
      }))}
      {...statusOf(bad)}
    />
  )
}
