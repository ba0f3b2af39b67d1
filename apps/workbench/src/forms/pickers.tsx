// Chosen from records: who approves, circumstances, meetings, the authority that decided, people, reserved document
// numbers, changes of validity, adopted opinions. Ids are stored, names are seen.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { useState } from 'react'
import { get, search } from '../api.ts'
import type { Comment } from '../document/text/shapes.ts'
import { useLate } from '../parts/late.ts'
import { bodiesQuery, planItemsQuery, unitsQuery } from '../queries.ts'
import type { Colleague, Delegates, Doc, NumberRow, Pack, PackVersion, Page, Series } from '../types.ts'
import { plain } from '../words.ts'
import { useForm } from './form-state.ts'
import { forceEventName } from './words.ts'

interface PickProps<T = string> {
  id: string
  value: T | undefined
  onChange: (next: T | undefined) => void
  bad: boolean
}
const statusOf = (bad: boolean) => (bad ? { status: 'error' as const } : {})
const optional = (next: string | null | undefined): string | undefined => next ?? undefined

/** Who approves: a leader of the issuer. */
export function LeaderSelect({ id, value, onChange, bad }: PickProps) {
  const { doc, values } = useForm()
  const { data } = useQuery({
    queryKey: ['leaders'],
    queryFn: () => get<Colleague[]>('/api/leaders'),
    staleTime: 600_000,
  })
  const issuers = doc?.issuers.map((unit) => unit.id) ?? (values.issuers as string[] | undefined) ?? []
  const able = (data ?? []).filter((each) => issuers.length === 0 || issuers.includes(each.unit))
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(optional(next))}
      allowClear
      placeholder="选择制定机关的负责人"
      options={able.map((each) => ({ value: each.id, label: `${each.name}（${each.unitName}）` }))}
      {...statusOf(bad)}
    />
  )
}

/** An item of the year's plan; what no plan here lists (an earlier year's, one kept elsewhere) is written by hand. */
export function PlanItemSelect({ id, value, onChange, bad }: PickProps) {
  const { data } = useQuery(planItemsQuery)
  const [typed, setTyped] = useState('')
  const listed = (data?.items ?? []).map((item) => ({
    value: item.text,
    label: `${item.text}：${item.title}（${item.unit.name}，${plain(item.due)}前）`,
  }))
  // What was written and is in no item's line counts as written.
  const written = typed.trim()
  const own = listed.some((each) => each.label.includes(written)) ? '' : written
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: string | null) => {
        setTyped('')
        onChange(optional(next))
      }}
      onSearch={setTyped}
      onBlur={() => {
        if (own) onChange(own)
        setTyped('')
      }}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={
        data && listed.length === 0
          ? '本年度没有公布的计划；计划在别处的，写明年度与项次'
          : '选择计划的一项；计划以外的不选'
      }
      notFoundContent="写明年度与项次，如“2026年度制定计划第3项”。"
      options={own ? [...listed, { value: own, label: `照所写的：${own}` }] : listed}
      {...statusOf(bad)}
    />
  )
}

/** Circumstances: those listed in the pack. At initiation there is no file yet, so the current version is taken. */
export function GroundSelect({
  id,
  value,
  onChange,
  bad,
  section,
  matter,
}: PickProps & { section: 'deviation' | 'confidential' | 'consultation'; matter?: string | undefined }) {
  const { doc } = useForm()
  const { data: packs } = useQuery({
    queryKey: ['packs'],
    queryFn: () => get<PackVersion[]>('/api/packs'),
    enabled: !doc,
  })
  const latest = packs?.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)).at(-1)?.version
  const version = doc?.packVersion ?? latest
  const { data } = useQuery({
    queryKey: ['pack', version],
    queryFn: () => get<Pack>(`/api/packs/${encodeURIComponent(version ?? '')}`),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const listed: Array<{ code: string; label: string; for?: string[] | undefined }> =
    section === 'consultation'
      ? (data?.consultation?.nonPublicAllowed?.value ?? []).map((each) => ({ code: each, label: each }))
      : (data?.[section]?.grounds?.value ?? [])
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(optional(next))}
      allowClear
      placeholder={data && listed.length === 0 ? '本地没有规定这种情形' : '选择一种情形'}
      options={listed
        .filter((ground) => !matter || !ground.for || ground.for.includes(matter))
        .map((ground) => ({ value: ground.code, label: ground.label }))}
      {...statusOf(bad)}
    />
  )
}
/** Deviations awaiting approval: which one, and what it deviates from. */
export function DeviationSelect({ id, value, onChange, bad }: PickProps) {
  const { doc } = useForm()
  const pending = (doc?.deviations ?? []).flatMap((each) => (each.confirmed || each.id === null ? [] : [each]))
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(optional(next))}
      allowClear
      placeholder="不选为待您批准的全部"
      options={pending.map((each) => ({ value: each.id, label: `第${each.id}项：${each.matter}（${each.ground}）` }))}
      {...statusOf(bad)}
    />
  )
}

/**
 * Meetings for deliberation: those of this document's issuer come first (those of the government at this level when
 * issued in the name of its office). A name already chosen is taken as the record of that name.
 */
export function MeetingSelect({ id, value, onChange, bad, doc }: PickProps & { doc: Doc | undefined }) {
  const { data } = useQuery(bodiesQuery)
  const { data: units } = useQuery(unitsQuery)
  const meetings = data?.filter((body) => body.kind === 'meeting' && body.active) ?? []
  const lead = units?.find((unit) => unit.id === doc?.issuers[0]?.id)
  const organ = lead?.kind === 'office' ? (lead.parent ?? lead.id) : lead?.id
  const option = (body: (typeof meetings)[number]) => ({ value: body.id, label: body.name })
  const chosen = meetings.find((body) => body.id === value || body.name === value)
  return (
    <Select
      id={id}
      value={chosen?.id ?? value ?? null}
      onChange={(next: string | null) => onChange(optional(next))}
      placeholder="选择一个会议"
      showSearch={{ optionFilterProp: 'label' }}
      notFoundContent="没有登记这样的会议，请系统管理员在“会议与机构”登记。"
      options={[
        { label: '本件的审议机关', options: meetings.filter((body) => body.unit === organ).map(option) },
        { label: '其他机关', options: meetings.filter((body) => body.unit !== organ).map(option) },
      ]}
      {...statusOf(bad)}
    />
  )
}

/** Kinds of meetings: those already there, the same as listed in the pack. */
export function FormSelect({ id, value, onChange, bad }: PickProps) {
  const { data } = useQuery(bodiesQuery)
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: string | null) => onChange(optional(next))}
      placeholder="选择会议的种类"
      options={[...new Set(data?.flatMap((body) => body.form ?? []) ?? [])].map((form) => ({
        value: form,
        label: form,
      }))}
      {...statusOf(bad)}
    />
  )
}

/** The authority that decided: a unit, or its meeting. */
export function OrganSelect({
  id,
  value,
  onChange,
  bad,
  by = 'id',
}: PickProps & { /** Whether the id or the name is stored. */ by?: 'id' | 'name' }) {
  const { data: bodies } = useQuery(bodiesQuery)
  const { data: units } = useQuery(unitsQuery)
  const option = (one: { id: string; name: string }) => ({ value: by === 'id' ? one.id : one.name, label: one.name })
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: string | null) => onChange(optional(next))}
      allowClear
      placeholder="选择机关或者会议"
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        {
          label: '机关',
          options: (units ?? []).filter(({ kind }) => kind !== 'internal' && kind !== 'temporary').map(option),
        },
        { label: '会议', options: (bodies ?? []).filter((body) => body.kind === 'meeting' && body.active).map(option) },
      ]}
      {...statusOf(bad)}
    />
  )
}

/**
 * Registered people, stored by id; with `unit` only those of that unit; oneself is not among them, except with
 * `self`.
 */
export function PersonSelect({
  id,
  value,
  onChange,
  bad,
  label,
  unit,
}: PickProps & { label?: string; unit?: string | undefined }) {
  const [typed, setTyped] = useState('')
  const q = useLate(typed.trim())
  const { data, isFetching } = useQuery({
    queryKey: ['delegates', q, 100],
    queryFn: () => get<Delegates>(`/api/delegates${search({ q, limit: 100 })}`),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const words = (one: Colleague) => `${one.name}（${one.unitName}）`
  const rows = (data?.items ?? []).filter((one) => unit === undefined || one.unit === unit)
  const groups = [...Map.groupBy(rows, (row) => row.unitName)]
  const options = groups.map(([unitName, list]) => ({
    label: unitName,
    options: list.map((one) => ({ value: one.id, label: words(one) })),
  }))
  return (
    <Select
      id={id}
      {...(label ? { 'aria-label': label } : {})}
      value={value || null}
      onChange={(next: string | null) => {
        setTyped('')
        onChange(optional(next))
      }}
      allowClear
      placeholder="输入姓名或者单位，选择一个人"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      notFoundContent={isFetching ? '正在检索……' : '名册里没有这样的在职人员。'}
      options={options}
      {...statusOf(bad)}
    />
  )
}

/** Document numbers reserved earlier and not used yet. */
export function ReservedSelect({ id, value, onChange, bad }: PickProps) {
  const { data: series } = useQuery({
    queryKey: ['series', 'reserved'],
    queryFn: () => get<Page<Series>>('/api/series?reserved=true&limit=100'),
  })
  const held = series?.items.filter((one) => one.kind === 'document') ?? []
  const found = useQueries({
    queries: held.map((one) => ({
      queryKey: ['series', one.series, one.year, 'reserved'],
      queryFn: () =>
        get<Page<NumberRow>>(
          `/api/series/${encodeURIComponent(one.series)}/${one.year}/numbers${search({ limit: 100 })}`,
        ),
    })),
  })
  const numbers = found.flatMap((each) => each.data?.items.filter((one) => one.status === 'reserved') ?? [])
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: string | null) => onChange(optional(next))}
      allowClear
      placeholder={series && held.length === 0 ? '没有预留的号，依次取下一个' : '不用预留的，依次取下一个'}
      notFoundContent="没有预留的号。"
      options={numbers.map((one) => ({
        value: one.text,
        label: `${one.text}${one.reservedFor ? `（${one.reservedFor}）` : ''}`,
      }))}
      {...statusOf(bad)}
    />
  )
}

/** Which change of validity to withdraw. */
export function ForceEventSelect({ id, value, onChange, bad, doc }: PickProps<number> & { doc: Doc | undefined }) {
  const events = (doc?.forceEvents ?? []).map((event, i) => ({ ...event, n: i + 1 }))
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next: number | null) => onChange(next ?? undefined)}
      allowClear
      placeholder="最近一项"
      options={events.map((event) => ({
        value: event.n,
        label: `第${event.n}项：${plain(event.on)}${forceEventName(event.kind)}，${event.decision?.body ?? event.reason}`,
      }))}
      {...statusOf(bad)}
    />
  )
}

/** Adopted opinions: public comments (adopted or partly adopted), and units that gave opinions. */
export function OpinionsSelect({ id, value, onChange, bad, doc }: PickProps<string[]> & { doc: Doc | undefined }) {
  const { data } = useQuery({
    queryKey: ['doc', doc?.id, 'comments', 'all'],
    queryFn: () => get<Page<Comment>>(`/api/documents/${doc?.id}/comments${search({ limit: 100 })}`),
    enabled: doc !== undefined,
  })
  const adopted = data?.items.filter((one) => one.disposition && one.disposition.disposition !== 'not_adopted') ?? []
  const units = (doc?.interagency ?? []).filter((one) => one.opinion && one.opinion.stance !== 'agree')
  return (
    <Select
      id={id}
      mode="multiple"
      value={value ?? []}
      onChange={(next: string[]) => onChange(next)}
      placeholder="选择采纳了的意见"
      showSearch={{ optionFilterProp: 'label' }}
      notFoundContent="没有采纳了的公众意见，也没有单位提出意见。"
      options={[
        {
          label: '公众意见',
          options: adopted.map((one) => ({
            value: one.id,
            label: `${one.anchor?.element ? `${one.anchor.element}：` : ''}${one.text.slice(0, 40)}（${one.disposition?.label ?? ''}）`,
          })),
        },
        {
          label: '单位的意见',
          options: units.map((one) => ({
            value: one.unit,
            label: `${doc?.units[one.unit] ?? one.unit}：${one.opinion?.text.slice(0, 40) ?? ''}`,
          })),
        },
      ]}
      {...statusOf(bad)}
    />
  )
}
