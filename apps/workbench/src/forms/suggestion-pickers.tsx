// Choices in the review suggestion forms: which conflict is meant, which articles of the document concerned.
import { useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { articlesOf, registerText } from '../matter/register-text.ts'
import type { ControlProps } from './control-props.ts'
import { useForm } from './form-state.ts'

const statusOf = (bad: boolean) => (bad ? { status: 'error' as const } : {})

export function ConflictSelect({ id, value, onChange, bad }: ControlProps) {
  const own = useForm().subject as
    | { conflicts?: Array<{ id: string; act: string; article: string | null }> }
    | undefined
  return (
    <Select
      id={id}
      value={(value as string) ?? null}
      onChange={onChange}
      placeholder="选择一项冲突"
      options={(own?.conflicts ?? []).map((x) => ({ value: x.id, label: `${x.id}. 《${x.act}》${x.article ?? ''}` }))}
      {...statusOf(bad)}
    />
  )
}
/** Lists the articles of the document concerned; one that goes down to paragraph or item can also be written in. */
export function ProvisionSelect({ id, value, onChange, bad }: ControlProps) {
  const own = useForm().subject as { document?: { entry?: string }; provisions?: string[] } | undefined
  const found = useQuery(registerText(own?.document?.entry))
  const listed = [...new Set([...(own?.provisions ?? []), ...articlesOf(found.data?.body ?? '')])]
  return (
    <Select
      id={id}
      mode="tags"
      value={(value as string[]) ?? []}
      onChange={onChange}
      tokenSeparators={['、', '；', ';']}
      placeholder="选择，或者写到条、款、项后按回车"
      options={listed.map((each) => ({ value: each, label: each }))}
      {...statusOf(bad)}
    />
  )
}
