// 由形状画出各栏；少数栏目按名称另有专门的写法（单位、文本版本、附件、有效期等）。
import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Radio from 'antd/es/radio'
import Select from 'antd/es/select'
import Switch from 'antd/es/switch'
import { lazy, type ReactNode, Suspense, useId } from 'react'
import { get } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { unitsQuery } from '../queries.ts'
import { momentOf, shortHash } from '../words.ts'
import { Attachments } from './attachments.tsx'
import { Editor } from './editor.tsx'
import { useForm } from './form-state.ts'
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
import { type Path, pathKey, type Shape, type Values, valueAt } from './shape.ts'
import { fieldName, hintOf, optionName } from './words.ts'
import '../document/document.css'

// Only a few forms choose from the register.
const RegisterSelect = lazy(() => import('./register-select.tsx'))

const hidden = new Set(['type', 'commandId', 'expectedVersion', 'contentHash', 'jurisdiction', 'workingCopyRevision'])
/** 视其他栏的内容才需要填写的栏。 */
function applies(command: string, name: string, values: Values): boolean {
  const is = (field: string, ...wanted: string[]) => wanted.includes(String(values[field] ?? ''))
  switch (`${command}.${name}`) {
    case 'IssueOpinion.points':
      return is('outcome', 'revise')
    case 'IssueOpinion.grounds':
      return is('outcome', 'unlawful')
    case 'AnswerPoint.version':
      return is('answer', 'adopted')
    case 'AnswerPoint.reason':
      return is('answer', 'not_adopted')
    case 'DisposeComment.version':
      return is('disposition', 'adopted', 'partly_adopted')
    case 'RecordDecision.substantive':
    case 'RecordDecision.changes':
      return is('outcome', 'adopted_with_changes')
    case 'RecordFairCompetitionReview.exception':
      return is('outcome', 'exception')
    case 'RecordSecretariatCheck.reasons':
      return is('outcome', 'returned')
    case 'AddBody.form':
      return is('kind', 'meeting')
    case 'AddBody.seat':
      return is('kind', 'review')
    case 'ProvideArtefact.bases':
      return is('kind', 'legal_basis_table')
    case 'ProvideArtefact.conclusion':
    case 'ProvideArtefact.examiner':
    case 'ProvideArtefact.textVersion':
      return is('kind', 'own_legality_opinion')
    default:
      return true
  }
}
export function Fields({ fields, path = [] }: { fields: Record<string, Shape>; path?: Path }) {
  const form = useForm()
  const together = path.length === 0 ? (form.together ?? []) : []
  const shown = Object.entries(fields).filter(
    ([name, shape]) =>
      !(path.length === 0 && (hidden.has(name) || !applies(form.command, name, form.values))) &&
      shape.kind !== 'constant' &&
      name !== 'deviations',
  )
  const one = ([name, shape]: [string, Shape]) => <Field key={name} shape={shape} path={[...path, name]} />
  const isTogether = ([name]: [string, Shape]) => together.includes(name)
  return (
    <>
      {shown.map((each) =>
        isTogether(each) ? (
          each === shown.find(isTogether) ? (
            <fieldset key="together" className="group">
              <legend>
                作出变动的根据
                <span className="required" title="必填">
                  *
                </span>
              </legend>
              <p className="hint">
                {shown
                  .filter(isTogether)
                  .map(([name, shape]) => `“${fieldName(form.command, [name], shape.hint)}”`)
                  .join('与')}
                至少写明一项。
              </p>
              {shown.filter(isTogether).map(one)}
            </fieldset>
          ) : null
        ) : (
          one(each)
        ),
      )}
    </>
  )
}

/** 名称、说明、错误都与输入框相连，读屏软件读得到。 */
function Labelled({
  path,
  shape,
  children,
  id,
  inline = false,
}: {
  path: Path
  shape: Shape
  children: ReactNode
  id: string
  inline?: boolean
}) {
  const form = useForm()
  const error = form.errors[pathKey(path)]
  return (
    <div className={`field${inline ? ' field-inline' : ''}${error ? ' field-bad' : ''}`} data-field={pathKey(path)}>
      <label htmlFor={id}>
        <b>{fieldName(form.command, path, shape.hint)}</b>
        {shape.optional || shape.kind === 'boolean' ? null : (
          <span className="required" title="必填">
            *
          </span>
        )}
      </label>
      {children}
      <Hint text={shape.hint} label={fieldName(form.command, path, shape.hint)} />
      {error ? (
        <span className="field-error" role="alert">
          {error}
        </span>
      ) : null}
    </div>
  )
}
function Hint({ text, label }: { text: string | undefined; label: string }) {
  const hint = hintOf(text, label)
  return hint ? <span className="hint">{hint}</span> : null
}
const unitFields = new Set([
  'unit',
  'seat',
  'parent',
  'units',
  'settled',
  'issuers',
  'issuer',
  'draftingUnit',
  'recipient',
])
const suggestions: Record<string, string[]> = {
  channels: ['县人民政府网站', '部门网站', '政府公报', '政务新媒体', '新闻发布会', '公告栏'],
  groups: ['企业', '行业协会商会', '律师协会', '人大代表', '政协委员', '基层群众'],
  materials: ['备案报告', '文件正式文本', '起草说明', '制定依据', '合法性审核意见', '公平竞争审查结论'],
}
/** 情形所属的事项：紧急，缩短征求意见的期限，或者表单上选定的一项。 */
const matterOf = (parent: string, values: Values): string | undefined =>
  parent === 'emergency'
    ? 'emergency'
    : parent === 'shortened'
      ? 'consultation.minimum-period'
      : (values.rule as string | undefined)
const textRows = (max: number | null): number => (max === null || max > 4000 ? 8 : max > 500 ? 4 : 1)

export function Field({ shape, path }: { shape: Shape; path: Path }) {
  const form = useForm()
  const id = useId()
  const name = String(path.findLast((key) => typeof key === 'string') ?? '')
  const value = valueAt(form.values, path)
  const set = (next: unknown) => form.set(path, next)
  const bad = form.errors[pathKey(path)] ? ('error' as const) : undefined
  const status = bad ? { status: bad } : {}
  const wrap = (children: ReactNode, inline = false) => (
    <Labelled path={path} shape={shape} id={id} inline={inline}>
      {children}
    </Labelled>
  )
  if (name === 'attachments' && shape.kind === 'list')
    return wrap(<Attachments id={id} value={value as never} onChange={set} />)
  if (name === 'attachment' && shape.kind === 'group')
    return wrap(
      <Attachments id={id} single value={(value ? [value] : []) as never} onChange={(list) => set(list[0])} />,
    )
  if (name === 'validity') return <Validity path={path} shape={shape} />
  if (name === 'bases' && shape.kind === 'list') return <BasesTable path={path} shape={shape} />
  if ((name === 'textVersion' || name === 'version') && shape.kind === 'number')
    return wrap(<VersionSelect id={id} value={value as number | undefined} onChange={set} optional={shape.optional} />)
  if (name === 'point' && form.command === 'AnswerPoint')
    return wrap(<PointSelect id={id} value={value as string} onChange={set} />)
  if (name === 'byDocument' && path.length === 1)
    return wrap(
      <Suspense fallback={<Input id={id} disabled placeholder="载入中……" />}>
        <RegisterSelect
          id={id}
          value={value as string | undefined}
          onChange={set}
          bad={bad !== undefined}
          except={form.doc?.id}
        />
      </Suspense>,
    )
  const picked = { id, onChange: set, bad: bad !== undefined }
  const parent = String(path.at(-2) ?? '')
  if (path.length === 1 && name === 'body' && /^(ScheduleDeliberation|RecordDecision)$/.test(form.command))
    return wrap(<MeetingSelect {...picked} value={value as string | undefined} doc={form.doc} />)
  if (name === 'body' && parent === 'decision')
    return wrap(<OrganSelect {...picked} value={value as string | undefined} />)
  if (name === 'to' && form.command === 'EscalateDispute')
    return wrap(<OrganSelect {...picked} value={value as string | undefined} by="name" />)
  if (name === 'examiner')
    return wrap(<PersonSelect {...picked} value={value as string | undefined} unit={form.doc?.draftingUnit.id} />)
  if (name === 'form' && /^(AddBody|ChangeBody)$/.test(form.command))
    return wrap(<FormSelect {...picked} value={value as string | undefined} />)
  if (name === 'reserved') return wrap(<ReservedSelect {...picked} value={value as string | undefined} />)
  if (name === 'event' && form.command === 'RestoreForce')
    return wrap(<ForceEventSelect {...picked} value={value as number | undefined} doc={form.doc} />)
  if (name === 'opinions' && parent === 'sinceConsultation')
    return wrap(<OpinionsSelect {...picked} value={value as string[] | undefined} doc={form.doc} />)
  const deviates = /^(emergency|shortened)$/.test(parent) || /^(Request|Approve)Deviation$/.test(form.command)
  // 非公开征求意见：情形取本地规定的，书面同意的是起草单位负责人。
  if (name === 'approver' && parent === 'nonPublic')
    return wrap(<PersonSelect {...picked} value={value as string | undefined} unit={form.doc?.draftingUnit.id} />)
  if (name === 'ground' && parent === 'nonPublic')
    return wrap(<GroundSelect {...picked} value={value as string | undefined} section="consultation" />)
  if (name === 'approver' && (deviates || parent === 'confidential'))
    return wrap(<LeaderSelect {...picked} value={value as string | undefined} />)
  if (name === 'ground' && (deviates || parent === 'confidential'))
    return wrap(
      <GroundSelect
        {...picked}
        value={value as string | undefined}
        section={parent === 'confidential' ? 'confidential' : 'deviation'}
        matter={matterOf(parent, form.values)}
      />,
    )
  if (name === 'approver') return wrap(<PersonSelect {...picked} value={value as string | undefined} />)
  if (name === 'deviation' && form.command === 'ApproveDeviation')
    return wrap(<DeviationSelect id={id} value={value as string | undefined} onChange={set} bad={bad !== undefined} />)
  if (name === 'packVersion') return wrap(<PackSelect id={id} value={value as string} onChange={set} />)
  if (name === 'body' && (form.command === 'SaveDraft' || form.command === 'CorrectAfterSigning'))
    return wrap(<Editor id={id} value={String(value ?? '')} onChange={set} bad={bad !== undefined} />)
  if (unitFields.has(name) && (shape.kind === 'string' || (shape.kind === 'list' && shape.element.kind === 'string')))
    return wrap(
      <UnitSelect
        id={id}
        value={value}
        onChange={set}
        many={shape.kind === 'list'}
        bad={bad !== undefined}
        onlyIssuers={name === 'issuers'}
      />,
    )

  switch (shape.kind) {
    case 'string': {
      if (shape.format === 'date' || shape.format === 'instant')
        return wrap(<DateInput id={id} value={value as string | undefined} onChange={set} bad={bad !== undefined} />)
      const rows = textRows(shape.max)
      if (rows === 1)
        return wrap(
          <Input
            id={id}
            value={String(value ?? '')}
            onChange={(e) => set(e.target.value)}
            {...(shape.max ? { maxLength: shape.max } : {})}
            {...status}
          />,
        )
      return wrap(
        <Input.TextArea
          id={id}
          value={String(value ?? '')}
          onChange={(e) => set(e.target.value)}
          rows={rows === 8 ? 4 : 2}
          className="grow"
          {...(shape.max ? { maxLength: shape.max } : {})}
          showCount={String(value ?? '').length > 200}
          {...status}
        />,
      )
    }
    case 'number':
      return wrap(
        <InputNumber
          id={id}
          value={(value as number) ?? null}
          onChange={(next) => set(next ?? undefined)}
          {...(shape.min === null ? {} : { min: shape.min })}
          {...(shape.max === null ? {} : { max: shape.max })}
          precision={0}
          {...status}
        />,
      )
    case 'boolean':
      return wrap(
        <Switch id={id} checked={value === true} onChange={set} checkedChildren="是" unCheckedChildren="否" />,
        true,
      )
    case 'choice':
      return wrap(
        shape.values.length <= 4 ? (
          <Radio.Group
            id={id}
            value={value}
            onChange={(e) => set(e.target.value)}
            options={shape.values.map((each) => ({ value: each, label: optionName(name, each) }))}
          />
        ) : (
          <Select
            id={id}
            value={(value as string) ?? null}
            onChange={set}
            allowClear={shape.optional}
            placeholder="请选择"
            options={shape.values.map((each) => ({ value: each, label: optionName(name, each) }))}
            {...status}
          />
        ),
      )
    case 'either': {
      // 或者不填、或者逐栏写明的：画成一组；只写一句话的写法留给接口。
      const group = shape.options.find((each) => each.kind === 'group')
      if (group && (name === 'confidential' || name === 'reference')) {
        const off = name === 'confidential' ? false : undefined
        const on = typeof value === 'object' && value !== null
        const required = name === 'reference' && !shape.optional
        return (
          <fieldset className={on || required ? 'group' : 'group group-off'}>
            <legend>
              {required ? (
                fieldName(form.command, path, shape.hint)
              ) : (
                <Checkbox checked={on} onChange={(e) => set(e.target.checked ? {} : off)}>
                  {fieldName(form.command, path, shape.hint)}
                </Checkbox>
              )}
            </legend>
            <Hint text={shape.hint} label="" />
            {on || required ? <Fields fields={group.fields} path={path} /> : null}
          </fieldset>
        )
      }
      if (shape.options.some((each) => each.kind === 'string' && each.format === 'date') && name !== 'until')
        return wrap(<DateInput id={id} value={value as string | undefined} onChange={set} bad={bad !== undefined} />)
      return wrap(
        <Input.TextArea
          id={id}
          value={typeof value === 'string' ? value : ''}
          onChange={(e) => set(e.target.value)}
          rows={name === 'interpretation' ? 4 : 2}
          className="grow"
          {...status}
        />,
      )
    }
    case 'list': {
      const { element } = shape
      if (element.kind === 'choice')
        return wrap(
          <Checkbox.Group
            value={(value as string[]) ?? []}
            onChange={set}
            options={element.values.map((each) => ({ value: each, label: optionName(name, each) }))}
          />,
        )
      if (element.kind === 'string' && (element.max ?? 0) <= 300)
        return wrap(
          <Select
            id={id}
            mode="tags"
            value={(value as string[]) ?? []}
            onChange={set}
            tokenSeparators={['；', ';', '\n']}
            placeholder="输入后按回车，可以填多项"
            options={(suggestions[name] ?? []).map((each) => ({ value: each, label: each }))}
            {...status}
          />,
        )
      return <Repeated shape={shape} path={path} />
    }
    case 'group': {
      if (!shape.optional || name === 'classification')
        return (
          <fieldset className="group">
            <legend>{fieldName(form.command, path, shape.hint)}</legend>
            <Fields fields={shape.fields} path={path} />
          </fieldset>
        )
      const on = value !== undefined && value !== null
      return (
        <fieldset className={on ? 'group' : 'group group-off'}>
          <legend>
            <Checkbox checked={on} onChange={(e) => set(e.target.checked ? {} : undefined)}>
              {fieldName(form.command, path, shape.hint)}
            </Checkbox>
          </legend>
          {on ? <Hint text={shape.hint} label="" /> : null}
          {on ? <Fields fields={shape.fields} path={path} /> : null}
        </fieldset>
      )
    }
    default:
      return null
  }
}

function UnitSelect({
  id,
  value,
  onChange,
  many,
  bad,
  onlyIssuers,
}: {
  id: string
  value: unknown
  onChange: (next: unknown) => void
  many: boolean
  bad: boolean
  onlyIssuers: boolean
}) {
  const { data } = useQuery(unitsQuery)
  const options =
    data?.filter((unit) => !onlyIssuers || unit.eligible).map((unit) => ({ value: unit.id, label: unit.name })) ?? []
  return (
    <Select
      id={id}
      {...(many ? { mode: 'multiple' as const } : {})}
      value={(value as never) ?? (many ? [] : null)}
      onChange={onChange}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!many}
      placeholder={many ? '可选多个，按选择的先后' : '请选择'}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
function VersionSelect({
  id,
  value,
  onChange,
  optional,
}: {
  id: string
  value: number | undefined
  onChange: (next: unknown) => void
  optional: boolean
}) {
  const { doc } = useForm()
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      allowClear={optional}
      placeholder="缺省为当前文本"
      options={[...(doc?.texts ?? [])].reverse().map((text) => ({
        value: text.n,
        label: `第${text.n}版（${momentOf(text.at)}，摘要 ${shortHash(text.hash)}）`,
      }))}
    />
  )
}
function PointSelect({
  id,
  value,
  onChange,
}: {
  id: string
  value: string | undefined
  onChange: (next: unknown) => void
}) {
  const { doc } = useForm()
  const points = doc?.review?.opinion?.points ?? []
  const chosen = points.find((point) => point.id === value)
  return (
    <>
      <Select
        id={id}
        value={value ?? null}
        onChange={onChange}
        placeholder="选择一条审核意见"
        options={points.map((point) => ({
          value: point.id,
          label: `${point.id}. ${point.answer ? '【已答复】' : ''}${point.text.slice(0, 40)}`,
        }))}
      />
      {chosen ? (
        <blockquote className="quote">
          {chosen.element ? <b>{chosen.element}：</b> : null}
          {chosen.text}
          {chosen.basis ? <span className="quiet">（依据：{chosen.basis}）</span> : null}
        </blockquote>
      ) : null}
    </>
  )
}
interface PackPreview {
  from: string
  to: string
  parameters: Array<{ path: string; label: string; before: unknown; after: unknown }>
  deadlines: Array<{ key: string; label: string; before: string | null; after: string }>
  actions: Array<{ command: string; label: string; before: boolean; after: boolean }>
}
/** 选一版规则包，随即预览会有哪些变化。 */
function PackSelect({
  id,
  value,
  onChange,
}: {
  id: string
  value: string | undefined
  onChange: (next: unknown) => void
}) {
  const { doc } = useForm()
  const { data } = useQuery({
    queryKey: ['packs'],
    queryFn: () => get<Array<{ version: string; name: string; effectiveFrom: string }>>('/api/packs'),
  })
  const preview = useQuery({
    queryKey: ['doc', doc?.id, 'pack-preview', value],
    queryFn: () =>
      get<PackPreview>(`/api/documents/${doc?.id}/pack-preview?version=${encodeURIComponent(value ?? '')}`),
    enabled: Boolean(doc && value),
  })
  const found = preview.data
  return (
    <>
      <Select
        id={id}
        value={value ?? null}
        onChange={onChange}
        placeholder="选择一版规则包"
        options={(data ?? [])
          .filter((pack) => pack.version !== doc?.packVersion)
          .map((pack) => ({
            value: pack.version,
            label: `${pack.version}（自 ${pack.effectiveFrom} 起适用于新立项）`,
          }))}
      />
      {found ? (
        <div className="note note-info" role="status">
          <p>
            由 {found.from} 改用 {found.to} 的变化：
          </p>
          {found.parameters.length + found.deadlines.length + found.actions.length === 0 ? <p>没有变化。</p> : null}
          <ul className="lines">
            {found.parameters.map((each) => (
              <li key={each.path}>
                {each.label}：{shown(each.before)} → <b>{shown(each.after)}</b>
              </li>
            ))}
            {found.deadlines.map((each) => (
              <li key={each.key}>
                期限“{each.label}”：{each.before ?? '（无）'} → <b>{each.after}</b>
              </li>
            ))}
            {found.actions.map((each) => (
              <li key={each.command}>
                {each.label}：{each.before ? '可以办理' : '不能办理'} → <b>{each.after ? '可以办理' : '不能办理'}</b>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}
const shown = (value: unknown): string =>
  value === null || value === undefined
    ? '（无）'
    : typeof value === 'boolean'
      ? value
        ? '是'
        : '否'
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
/** 有效期：年数，或者写明末日。 */
function Validity({ path, shape }: { path: Path; shape: Shape }) {
  const form = useForm()
  const id = useId()
  const value = (valueAt(form.values, path) ?? {}) as { years?: number; until?: string }
  const mode = 'none' in value ? 'none' : 'until' in value ? 'until' : 'years'
  const error = form.errors[`${pathKey(path)}.years`] ?? form.errors[`${pathKey(path)}.until`]
  return (
    <Labelled path={path} shape={shape} id={id}>
      <span className="row">
        <Radio.Group
          value={mode}
          onChange={(e) =>
            form.set(
              path,
              e.target.value === 'none'
                ? { none: true }
                : e.target.value === 'until'
                  ? { until: undefined }
                  : { years: 5 },
            )
          }
          options={[
            { value: 'years', label: '自施行之日起若干年' },
            { value: 'until', label: '至某日' },
            { value: 'none', label: '不规定有效期' },
          ]}
        />
        {mode === 'none' ? null : mode === 'years' ? (
          <InputNumber
            id={id}
            value={value.years ?? null}
            min={1}
            max={99}
            precision={0}
            suffix="年"
            onChange={(years) => form.set(path, { years: years ?? undefined })}
          />
        ) : (
          <DateInput
            id={id}
            value={value.until}
            onChange={(until) => form.set(path, { until })}
            bad={error !== undefined}
          />
        )}
      </span>
      {error ? <span className="field-error">{error}</span> : null}
    </Labelled>
  )
}
/** 若干项，每项一张小表或者一段文字。 */
function Repeated({ shape, path }: { shape: Extract<Shape, { kind: 'list' }>; path: Path }) {
  const form = useForm()
  const id = useId()
  const items = (valueAt(form.values, path) as unknown[] | undefined) ?? []
  const { element } = shape
  const fresh = element.kind === 'group' ? {} : ''
  return (
    <Labelled path={path} shape={{ ...shape, optional: shape.min === 0 }} id={id}>
      <ol className="repeated">
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items are edited in place and have no identity yet
          <li key={i}>
            {element.kind === 'group' ? (
              <div className="repeated-group">
                <Fields
                  fields={Object.fromEntries(Object.entries(element.fields).filter(([name]) => name !== 'id'))}
                  path={[...path, i]}
                />
              </div>
            ) : (
              <Input.TextArea
                aria-label={`第${i + 1}项`}
                value={String(item ?? '')}
                onChange={(e) => form.set([...path, i], e.target.value)}
                rows={2}
                className="grow"
                {...(form.errors[pathKey([...path, i])] ? { status: 'error' as const } : {})}
              />
            )}
            <Button
              size="small"
              onClick={() =>
                form.set(
                  path,
                  items.filter((_, k) => k !== i),
                )
              }
              aria-label={`删去第${i + 1}项`}
            >
              删去
            </Button>
          </li>
        ))}
      </ol>
      {shape.max === null || items.length < shape.max ? (
        <Button
          id={id}
          // Its own words, not those of the label in front of the list.
          aria-label={`添加一项：${fieldName(form.command, path, shape.hint)}`}
          size="small"
          type="dashed"
          onClick={() => form.set(path, [...items, fresh])}
        >
          添加一项
        </Button>
      ) : null}
    </Labelled>
  )
}
/** 制定依据对照表：一行一条依据。 */
function BasesTable({ shape, path }: { shape: Shape; path: Path }) {
  const form = useForm()
  const id = useId()
  const rows =
    (valueAt(form.values, path) as
      | Array<{ title?: string; docNo?: string; articles?: string[]; clause?: string }>
      | undefined) ?? []
  const cell = (i: number, name: 'title' | 'docNo' | 'clause', label: string, placeholder: string) => (
    <Input
      aria-label={`第${i + 1}行${label}`}
      value={rows[i]?.[name] ?? ''}
      placeholder={placeholder}
      onChange={(e) => form.set([...path, i, name], e.target.value)}
      {...(form.errors[pathKey([...path, i, name])] ? { status: 'error' as const } : {})}
    />
  )
  return (
    <Labelled path={path} shape={shape} id={id}>
      {rows.length > 0 ? (
        <div className="scroll-x">
          <table className="bases">
            <thead>
              <tr>
                <th>依据名称</th>
                <th>文号</th>
                <th>条款</th>
                <th>对应本文件条款</th>
                <th aria-label="操作" />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are edited in place
                <tr key={i}>
                  <td>{cell(i, 'title', '依据名称', '中华人民共和国……法')}</td>
                  <td>{cell(i, 'docNo', '文号', '可不填')}</td>
                  <td>
                    <Select
                      mode="tags"
                      aria-label={`第${i + 1}行条款`}
                      value={row.articles ?? []}
                      onChange={(next) => form.set([...path, i, 'articles'], next)}
                      open={false}
                      suffixIcon={null}
                      tokenSeparators={['、', '；', ' ']}
                      placeholder="第三十七条"
                    />
                  </td>
                  <td>{cell(i, 'clause', '对应条款', '第一条')}</td>
                  <td>
                    <Button
                      size="small"
                      onClick={() =>
                        form.set(
                          path,
                          rows.filter((_, k) => k !== i),
                        )
                      }
                      aria-label={`删去第${i + 1}行`}
                    >
                      删去
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <Button
        id={id}
        aria-label="添加一条依据"
        size="small"
        type="dashed"
        onClick={() => form.set(path, [...rows, {}])}
      >
        添加一条依据
      </Button>
    </Labelled>
  )
}
/** 依规定偏离：只在规则允许偏离时出现，理由与批准人公开记录。 */
export function Deviations() {
  const form = useForm()
  const list = (form.values.deviations as Array<{ rule?: string }> | undefined) ?? []
  if (form.deviable.length === 0 && list.length === 0) return null
  return (
    <fieldset className="group">
      <legend>依规定偏离</legend>
      <p className="hint">
        下列条件的出处允许经批准后偏离。先办理“申请偏离期限”，由制定机关的负责人批准；理由、依据与批准人以批准的为准，公开记录。
      </p>
      {form.deviable.map(({ rule, title, requires }) => {
        const i = list.findIndex((each) => each.rule === rule)
        return (
          <div key={rule} className="stack">
            <Checkbox
              checked={i >= 0}
              onChange={(e) =>
                form.set(
                  ['deviations'],
                  e.target.checked ? [...list, { rule }] : list.filter((each) => each.rule !== rule),
                )
              }
            >
              偏离“{title}”：{requires}
            </Checkbox>
          </div>
        )
      })}
    </fieldset>
  )
}
