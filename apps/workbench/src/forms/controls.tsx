// Special controls: the schema says which to use (`field(…, { control })`), and how it is drawn is registered here.
// Without a registration it is drawn by the kind in the schema.
import type { Control } from '@dianzhang/contract'
import Input from 'antd/es/input'
import { type ComponentType, lazy, Suspense } from 'react'
import { Attachments } from './attachments.tsx'
import type { ControlProps } from './control-props.ts'
import { Editor } from './editor.tsx'
import { EvidenceSelect, IndicatorInput, ProposalSelect } from './evaluation-pickers.tsx'
import { FigureText } from './figure-text.tsx'
import { useForm } from './form-state.ts'
import { MatterSelect } from './matter-select.tsx'
import { OwnItemSelect } from './own-item-select.tsx'
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
  PlanItemSelect,
  ReservedSelect,
} from './pickers.tsx'
import type { Path, Shape } from './shape.ts'
import { StructuredText } from './structured-text.tsx'
import { ConflictSelect, ProvisionSelect } from './suggestion-pickers.tsx'
import { TableField } from './table-field.tsx'
import { PointSelect, VersionSelect } from './text-pickers.tsx'
import { UnitSelect } from './unit-select.tsx'
import { Validity } from './validity.tsx'

// Only a few forms choose from the register.
const RegisterSelect = lazy(() => import('./register-select.tsx'))
const ProposalField = lazy(() => import('../registers/waiting-revision.tsx'))

/** An input inside the frame: value, change of value, whether there is an error, and the limits the schema states. */
type Of<T> = { id: string; value: T | undefined; onChange: (next: T | undefined) => void; bad: boolean }
const as = <T,>({ id, value, onChange, bad }: ControlProps): Of<T> => ({
  id,
  value: (value ?? undefined) as T | undefined,
  onChange,
  bad,
})
/** The id that one item of this matter points to: a unit written as `{ id, name }` gives its code. */
function ofThis(subject: unknown, name: string | undefined): string | undefined {
  const found = name === undefined ? undefined : (subject as Record<string, unknown> | undefined)?.[name]
  return typeof found === 'object' && found !== null ? (found as { id?: string }).id : (found as string | undefined)
}

/** Drawn inside the frame. */
export const inputs: Partial<Record<Control, ComponentType<ControlProps>>> = {
  'own-item': OwnItemSelect,
  'figure-text': FigureText,
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
  'pack-proposal': ({ value, onChange }) => (
    <Suspense fallback={null}>
      <ProposalField value={value as string | undefined} onChange={onChange} />
    </Suspense>
  ),
  'plan-item': (props) => <PlanItemSelect {...as<string>(props)} />,
  'reserved-number': (props) => <ReservedSelect {...as<string>(props)} />,
  'document-text': ({ id, value, onChange, bad }) => (
    <Editor id={id} value={String(value ?? '')} onChange={onChange} bad={bad} />
  ),
  'structured-text': StructuredText,
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
/** Drawn together with the frame. */
export const wholes: Partial<Record<Control, ComponentType<{ shape: Shape; path: Path }>>> = {
  validity: Validity,
  table: TableField,
}
