// 专门的控件：模式写明用哪一个（`field(…, { control })`），这里登记它怎么画。没有登记的，照模式的种类画。
import type { Control } from '@dianzhang/contract'
import Input from 'antd/es/input'
import { type ComponentType, lazy, Suspense } from 'react'
import { Attachments } from './attachments.tsx'
import type { ControlProps } from './control-props.ts'
import { Editor } from './editor.tsx'
import { EvidenceSelect, IndicatorInput, ProposalSelect } from './evaluation-pickers.tsx'
import { useForm } from './form-state.ts'
import { MatterSelect } from './matter-select.tsx'
import { PackSelect } from './pack-select.tsx'
import {
  DeviationSelect,
  ForceEventSelect,
  FormSelect,
  GroundSelect,
  LeaderSelect,
  MeetingSelect,
  OpinionsSelect,
  OrganSelect,
  PersonSelect,
  ReservedSelect,
} from './pickers.tsx'
import type { Path, Shape } from './shape.ts'
import { ConflictSelect, ProvisionSelect } from './suggestion-pickers.tsx'
import { TableField } from './table-field.tsx'
import { PointSelect, VersionSelect } from './text-pickers.tsx'
import { UnitSelect } from './unit-select.tsx'
import { Validity } from './validity.tsx'

// Only a few forms choose from the register.
const RegisterSelect = lazy(() => import('./register-select.tsx'))

/** 框里的一个输入：值、改值、有没有错，与模式所写的限定。 */
type Of<T> = { id: string; value: T | undefined; onChange: (next: T | undefined) => void; bad: boolean }
const as = <T,>({ id, value, onChange, bad }: ControlProps): Of<T> => ({
  id,
  value: (value ?? undefined) as T | undefined,
  onChange,
  bad,
})
/** 这一件的某一项所指的标识：单位写作 `{ id, name }` 的取其代码。 */
function ofThis(subject: unknown, name: string | undefined): string | undefined {
  const found = name === undefined ? undefined : (subject as Record<string, unknown> | undefined)?.[name]
  return typeof found === 'object' && found !== null ? (found as { id?: string }).id : (found as string | undefined)
}

/** 画在框里的。 */
export const inputs: Partial<Record<Control, ComponentType<ControlProps>>> = {
  attachment: ({ id, shape, value, onChange }) =>
    shape.kind === 'list' ? (
      <Attachments id={id} value={value as never} onChange={onChange} />
    ) : (
      <Attachments
        id={id}
        single
        value={(value ? [value] : []) as never}
        onChange={(list) => onChange((list as unknown[])[0])}
      />
    ),
  unit: ({ shape, ...props }) => (
    <UnitSelect {...props} many={shape.kind === 'list'} onlyIssuers={shape.of?.list === 'issuers'} />
  ),
  person: (props) => {
    const { subject } = useForm()
    const unit = props.shape.of?.unit
    return <PersonSelect {...as<string>(props)} {...(unit ? { unit: ofThis(subject, unit) } : {})} />
  },
  leader: (props) => <LeaderSelect {...as<string>(props)} />,
  body: (props) => <MeetingSelect {...as<string>(props)} doc={useForm().doc} />,
  organ: (props) => <OrganSelect {...as<string>(props)} by={props.shape.of?.by === 'name' ? 'name' : 'id'} />,
  'meeting-form': (props) => <FormSelect {...as<string>(props)} />,
  entry: (props) => {
    const { doc } = useForm()
    return (
      <Suspense fallback={<Input id={props.id} disabled placeholder="载入中……" />}>
        <RegisterSelect {...as<string>(props)} except={doc?.id} />
      </Suspense>
    )
  },
  matter: (props) => {
    const { subject } = useForm()
    return <MatterSelect {...as<string>(props)} process={props.shape.of?.process} except={ofThis(subject, 'id')} />
  },
  ground: (props) => {
    const { values } = useForm()
    const { section, matter, matterField } = props.shape.of ?? {}
    return (
      <GroundSelect
        {...as<string>(props)}
        section={section as 'deviation' | 'confidential' | 'consultation'}
        matter={matter ?? (matterField ? (values[matterField] as string | undefined) : undefined)}
      />
    )
  },
  conflict: ConflictSelect,
  evidence: EvidenceSelect,
  proposal: ProposalSelect,
  indicator: IndicatorInput,
  provision: ProvisionSelect,
  pack: ({ id, value, onChange }) => <PackSelect id={id} value={value as string | undefined} onChange={onChange} />,
  'reserved-number': (props) => <ReservedSelect {...as<string>(props)} />,
  'document-text': ({ id, value, onChange, bad }) => (
    <Editor id={id} value={String(value ?? '')} onChange={onChange} bad={bad} />
  ),
  'text-version': ({ id, shape, value, onChange }) => (
    <VersionSelect id={id} value={value as number | undefined} onChange={onChange} optional={shape.optional} />
  ),
  deviation: (props) => <DeviationSelect {...as<string>(props)} />,
  'review-point': ({ id, value, onChange }) => (
    <PointSelect id={id} value={value as string | undefined} onChange={onChange} />
  ),
  'adopted-opinions': (props) => <OpinionsSelect {...as<string[]>(props)} doc={useForm().doc} />,
  'force-event': (props) => <ForceEventSelect {...as<number>(props)} doc={useForm().doc} />,
}
/** 连框一起画的。 */
export const wholes: Partial<Record<Control, ComponentType<{ shape: Shape; path: Path }>>> = {
  validity: Validity,
  table: TableField,
}
