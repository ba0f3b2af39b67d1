// 规则包、放假安排、台账核验、到期作业。

import type { Basis } from '@dianzhang/contract'
import { artefactLabels, tierLabels } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { get, ProblemError, post, sentence } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { toast } from '../parts/toasts.tsx'
import { cite } from '../parts/verdicts.tsx'
import { meQuery, unitsQuery } from '../queries.ts'
import { addDays, confidenceLabels, dateOf, isDoubtful, momentOf, weekdayOf } from '../words.ts'
import { Anchors } from './anchors.tsx'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

interface Param {
  value: unknown
  unit?: string
  source: Basis[]
  confidence: string
  confirmedBy: string | null
  confirmedOn: string | null
  note?: string
  quote?: string
}
/** One procedure's parameters: how many there are, which still wait for an article, which the program settled itself. */
interface Verification {
  label: string
  parameters: number
  unverified: string[]
  conventions: string[]
}
type Pack = {
  version: string
  name: string
  effectiveFrom: string
  parent: string | null
  verification: Verification[]
} & Record<string, unknown>
/** 制定、公布与备案待核实 19 项；审查建议 8 项；… */
const openCounts = (verification: readonly Verification[]): string =>
  verification
    .filter((each, n) => n === 0 || each.unverified.length > 0)
    .map((each, n) => `${each.label}${n === 0 ? '待核实' : ''} ${each.unverified.length} 项`)
    .join('，')
const isParam = (value: unknown): value is Param =>
  typeof value === 'object' && value !== null && 'value' in value && 'confidence' in value && 'source' in value
const groupNames: Record<string, string> = {
  consultation: '公开征求意见',
  interagency: '部门意见',
  hearing: '听证',
  dispute: '分歧',
  review: '合法性审核',
  fairCompetition: '公平竞争审查',
  deliberation: '集体审议',
  publication: '公布',
  effective: '施行',
  validity: '有效期',
  evaluation: '评估',
  cleanup: '清理',
  suggestion: '审查建议',
  numbering: '编号',
  filing: '备案',
}
const unitNames: Record<string, string> = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' }
const words: Record<string, string> = {
  registration: '登记年份',
  adoption: '成文年份',
  reason_in_notice: '公告写明理由',
  approver: '有批准人',
  national: '国家目录样式（9位机构代码/4位年份-5位流水号）',
  creditCode: '统一社会信用代码样式',
}
/** 号码的样式写成人读的：{region}-{yyyy}-{seq:04d} → 地区标识-年份-4位顺序号。 */
const templateWords = (text: string): string =>
  text
    .replaceAll('{region}', '地区标识')
    .replaceAll('{yyyy}', '年份')
    .replace(/\{seq(?::0?(\d+)d)?\}/g, (_all, digits: string | undefined) => `${digits ? `${digits}位` : ''}顺序号`)

interface Row {
  path: string
  name: string
  param: Param
  /** 值写成的话。 */
  text: string
}
function rowsOf(pack: Pack): Row[] {
  const labels = (pack.labels ?? {}) as Record<string, string>
  const texts = (pack.texts ?? {}) as Record<string, string>
  const rows: Row[] = []
  const walk = (value: unknown, path: string[]) => {
    if (isParam(value)) {
      const key = path.join('.')
      rows.push({
        path: key,
        name: labels[key] ?? key,
        param: value,
        text: texts[key] ?? '',
      })
    } else if (Array.isArray(value)) {
      for (const each of value) {
        if (typeof each !== 'object' || each === null) continue
        const { recipient, tiers, track } = each as { recipient?: { name: string }; tiers?: string[]; track?: string }
        const label = recipient
          ? `报${recipient.name}（${(tiers ?? []).map((tier) => tierLabels[tier as keyof typeof tierLabels]?.replace('规范性文件', '') ?? tier).join('、')}）`
          : ''
        for (const [name, param] of Object.entries(each))
          if (isParam(param))
            rows.push({
              path: `${path.join('.')}.${track}.${(tiers ?? []).join('+')}.${name}`,
              text: texts[`${path.join('.')}.${track}.${(tiers ?? []).join('+')}.${name}`] ?? '',
              name: `${label}${labels[`${path.join('.')}.${track}.${(tiers ?? []).join('+')}.${name}`]?.split('：').at(-1) ?? name}`,
              param,
            })
      }
    } else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) walk(each, [...path, name])
  }
  const order = Object.keys(groupNames)
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  for (const [name, value] of Object.entries(pack).sort(([a], [b]) => place(a) - place(b)))
    if (typeof value === 'object' && name !== 'labels' && name !== 'texts' && name !== 'verification')
      walk(value, [name])
  return rows
}
interface Side {
  text: string
  confidence: string
  sources: Array<{ document: string; article: string }>
  quote: string | null
  note: string | null
}
interface Comparison {
  left: { version: string; name: string }
  right: { version: string; name: string }
  different: number
  rows: Array<{ path: string; label: string; same: boolean; left: Side | null; right: Side | null }>
}
interface ComparePlace {
  jurisdiction: string
  name: string
  versions: string[]
  verification: Verification[]
}
function SideCell({ side }: { side: Side | null }) {
  if (!side) return <span className="quiet">没有此项</span>
  return (
    <>
      <b>{side.text}</b>
      {side.sources.map((basis) => (
        <span key={`${basis.document}${basis.article}`} className="block quiet">
          {cite(basis)}
        </span>
      ))}
      {side.quote ? <span className="block">“{side.quote}”</span> : null}
      {side.note ? <span className="block quiet">{side.note}</span> : null}
    </>
  )
}
/** 任意两版规则包并排对照，不同的在前。 */
function ComparePacks() {
  const places = useQuery({
    queryKey: ['packs', 'places'],
    queryFn: () => get<ComparePlace[]>('/api/packs/places'),
  })
  const { data: me } = useQuery(meQuery)
  const [chosen, setChosen] = useState<{ left?: string; right?: string }>({})
  const [all, setAll] = useState(false)
  const found = places.data ?? []
  const own = found.find((each) => each.jurisdiction === me?.jurisdiction)
  const left = chosen.left ?? own?.versions[0]
  const right = chosen.right ?? found.find((each) => each !== own && each.jurisdiction !== 'CN')?.versions[0]
  const compared = useQuery({
    queryKey: ['packs', 'compare', left, right],
    queryFn: () =>
      get<Comparison>(
        `/api/packs/compare?left=${encodeURIComponent(left ?? '')}&right=${encodeURIComponent(right ?? '')}`,
      ),
    enabled: left !== undefined && right !== undefined,
  })
  const pick = (label: string, value: string | undefined, set: (version: string) => void) => (
    <select className="native" aria-label={label} value={value ?? ''} onChange={(e) => set(e.target.value)}>
      {found.map((place) => (
        <optgroup key={place.jurisdiction} label={`${place.name}（${openCounts(place.verification)}）`}>
          {place.versions.map((version) => (
            <option key={version} value={version}>
              {version}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
  return (
    <details className="card">
      <summary>两地、两版对照</summary>
      <p className="row">
        {pick('对照的一版', left, (version) => setChosen({ ...chosen, left: version }))}
        {pick('与之对照的另一版', right, (version) => setChosen({ ...chosen, right: version }))}
        <label>
          <input type="checkbox" checked={all} onChange={(e) => setAll(e.target.checked)} /> 也列相同的
        </label>
      </p>
      {left !== undefined && right !== undefined ? (
        <Loaded query={compared}>
          {(page) => (
            <>
              <p>
                {page.rows.length} 项中有 <b>{page.different}</b> 项不同。
              </p>
              <Table
                rows={all ? page.rows : page.rows.filter((row) => !row.same)}
                keyOf={(row) => row.path}
                empty="没有不同。"
                columns={[
                  { head: '项目', width: '190px', cell: (row) => row.label },
                  { head: `${page.left.name} ${page.left.version}`, cell: (row) => <SideCell side={row.left} /> },
                  { head: `${page.right.name} ${page.right.version}`, cell: (row) => <SideCell side={row.right} /> },
                ]}
              />
            </>
          )}
        </Loaded>
      ) : null}
    </details>
  )
}
interface Affected {
  id: string
  title: string
  stageLabel: string
  from: string
  to: string
  parameters: number
  deadlines: Array<{ key: string; label: string; before: string | null; after: string | null }>
}
/** 依旧版办理、改用现行一版以后期限会变动的案卷；由人逐件预览后改用。 */
function AffectedFiles() {
  const list = useQuery({ queryKey: ['packs', 'affected'], queryFn: () => get<Affected[]>('/api/packs/affected') })
  if (!list.data || list.data.length === 0) return null
  return (
    <details className="card" open>
      <summary>改用现行一版以后期限会变动的案卷：{list.data.length} 件</summary>
      <p>
        系统不自行改动。管理员打开案卷，在“改用新版规则包”中预览变化以后办理；公告过的征求意见截止日由起草单位延长。
      </p>
      <Table
        rows={list.data}
        keyOf={(row) => row.id}
        empty="没有。"
        columns={[
          {
            head: '案卷',
            cell: (row) => (
              <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'deadlines' }}>
                {row.title}
              </Link>
            ),
          },
          { head: '阶段', cell: (row) => row.stageLabel },
          { head: '规则包', cell: (row) => `${row.from} → ${row.to}（${row.parameters} 项不同）` },
          {
            head: '期限',
            cell: (row) =>
              row.deadlines.map((each) => (
                <span key={each.key} className="block">
                  {each.label}：{each.before ?? '（无）'} → <b>{each.after ?? '（无）'}</b>
                </span>
              )),
          },
        ]}
      />
    </details>
  )
}
const packRoute = getRouteApi('/staff/packs')
export function PacksPage() {
  const { version } = packRoute.useSearch()
  const navigate = useNavigate({ from: '/packs' })
  const list = useQuery({ queryKey: ['packs'], queryFn: () => get<Pack[]>('/api/packs') })
  const chosen = version ?? list.data?.at(-1)?.version
  const pack = useQuery({
    queryKey: ['packs', chosen],
    queryFn: () => get<Pack>(`/api/packs/${encodeURIComponent(chosen ?? '')}`),
    enabled: chosen !== undefined,
  })
  const { data: units } = useQuery(unitsQuery)
  const { data: me } = useQuery(meQuery)
  const [revising, setRevising] = useState<Row | null>(null)
  const name = (id: string) =>
    units?.find((unit) => unit.id === id)?.name ??
    tierLabels[id as keyof typeof tierLabels] ??
    artefactLabels[id as keyof typeof artefactLabels] ??
    words[id] ??
    id
  const show = (value: unknown, unit: string | undefined): string => {
    if (value === null) return '条文未定'
    if (typeof value === 'boolean') return value ? '是' : '否'
    if (typeof value === 'number') return `${value}${unit ? (unitNames[unit] ?? '') : ''}`
    if (typeof value === 'string') return templateWords(name(value))
    if (Array.isArray(value)) return value.map((each) => show(each, undefined)).join('、')
    if (typeof value === 'object' && value !== null)
      return Object.entries(value)
        .map(
          ([key, each]) =>
            `${key === 'organisationCode' ? '组织代码' : key === 'profile' ? '方案' : name(key)}：${show(each, undefined)}`,
        )
        .join('；')
    return '—'
  }
  return (
    <RegisterPage
      title="规则包"
      intro="每个数额都有出处；未经核实的注明“待核实”，由系统管理员依正式文件确认后另立新版。案卷适用立项时的一版，改用新版须经办理并预览变化。"
      tools={
        <select
          className="native"
          aria-label="版本"
          value={chosen ?? ''}
          onChange={(e) => navigate({ search: { version: e.target.value } })}
        >
          {list.data?.map((each) => (
            <option key={each.version} value={each.version}>
              {each.version}（自 {each.effectiveFrom} 起）
            </option>
          ))}
        </select>
      }
    >
      <AffectedFiles />
      <ComparePacks />
      <Loaded query={pack}>
        {(found) => {
          const rows = rowsOf(found)
          const settled = found.verification.reduce((sum, each) => sum + each.conventions.length, 0)
          return (
            <>
              <p>
                {found.name}　共 {rows.length} 项。待核实的：
                {found.verification.map((each, n) => (
                  <span key={each.label}>
                    {n > 0 ? '，' : ''}
                    {each.label} <b className={each.unverified.length > 0 ? 'bad' : 'good'}>{each.unverified.length}</b>
                  </span>
                ))}
                {settled > 0 ? `；另有本系统的约定 ${settled} 项，须由管理员确认` : ''}。
              </p>
              {revising ? (
                <Revision key={revising.path} base={found.version} row={revising} onClose={() => setRevising(null)} />
              ) : null}
              <Table
                rows={rows}
                keyOf={(row) => row.path}
                empty="这一版没有参数。"
                columns={[
                  { head: '项目', width: '190px', cell: (row) => row.name },
                  {
                    head: '值',
                    width: '200px',
                    cell: (row) => (
                      <b>
                        {row.path.startsWith('numbering.') || row.text === ''
                          ? show(row.param.value, row.param.unit)
                          : row.text}
                      </b>
                    ),
                  },
                  {
                    head: '出处',
                    cell: (row) =>
                      row.param.source.map((basis) => (
                        <span key={`${basis.document}${basis.article}`} className="block">
                          {cite(basis)}
                        </span>
                      )),
                  },
                  {
                    head: '核实',
                    width: '110px',
                    cell: (row) => (
                      <>
                        {isDoubtful(row.param.confidence) ? (
                          <mark>{confidenceLabels[row.param.confidence]}</mark>
                        ) : (
                          <span className="good">{confidenceLabels[row.param.confidence]}</span>
                        )}
                        {row.param.confirmedBy ? (
                          <span className="block quiet">
                            {row.param.confirmedBy} {row.param.confirmedOn}
                          </span>
                        ) : null}
                      </>
                    ),
                  },
                  {
                    head: '原话与说明',
                    width: '300px',
                    cell: (row) => (
                      <>
                        {row.param.quote ? <span className="block">“{row.param.quote}”</span> : null}
                        {row.param.note ? <span className="block quiet">{row.param.note}</span> : null}
                      </>
                    ),
                  },
                  ...(me?.roles.includes('admin')
                    ? [
                        {
                          head: '修订',
                          width: '70px',
                          cell: (row: Row) => (
                            <Button size="small" onClick={() => setRevising(row)}>
                              修订
                            </Button>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </>
          )
        }}
      </Loaded>
    </RegisterPage>
  )
}

const units: Array<[string, string]> = [
  ['working_day', '个工作日'],
  ['calendar_day', '日'],
  ['month', '个月'],
  ['year', '年'],
]
const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
/** 一个值在表单里怎么写：清单一行一项，其他有结构的值写成 JSON，没有的留空。 */
const written = (value: unknown): string =>
  value === null
    ? ''
    : isList(value)
      ? value.join('\n')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
/** 表单里写的读成与原值同一种的值；读不成的返回要告诉人的话。 */
function readValue(text: string, old: unknown): { value: unknown } | { problem: string } {
  if (typeof old === 'string') return { value: text.trim() }
  if (isList(old))
    return {
      value: text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    }
  if (typeof old === 'number' || old === null) {
    const number = Number(text)
    return text.trim() === '' || Number.isNaN(number) ? { problem: '值应为数字。' } : { value: number }
  }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { problem: '值的写法有误：须与原来的结构相同。' }
  }
}

/** 依正式文件修订一项参数：另立新版，旧版与在办案卷不受影响。 */
function Revision({ base, row, onClose }: { base: string; row: Row; onClose: () => void }) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const old = row.param.value
  const [values, setValues] = useState({
    value: written(old),
    unit: row.param.unit ?? '',
    document: '',
    article: '',
    quote: '',
    note: '',
    effectiveFrom: today,
  })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    const read = readValue(values.value, old)
    if ('problem' in read) return setProblem(read.problem)
    setBusy(true)
    try {
      const made = await post<{ version: string }>('/api/packs', {
        base,
        effectiveFrom: values.effectiveFrom,
        changes: [
          {
            path: row.path,
            value: read.value,
            ...(values.unit ? { unit: values.unit } : {}),
            source: { document: values.document, article: values.article },
            ...(values.quote.trim() ? { quote: values.quote } : {}),
            ...(values.note.trim() ? { note: values.note } : {}),
          },
        ],
      })
      toast(`已另立 ${made.version}，自 ${values.effectiveFrom} 起适用于新立项的文件。`)
      await client.invalidateQueries({ queryKey: ['packs'] })
      onClose()
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  const set = (key: keyof typeof values) => (event: { target: { value: string } }) =>
    setValues({ ...values, [key]: event.target.value })
  const field = (key: keyof typeof values, label: string) => (
    <Labelled label={label}>{(id) => <Input id={id} value={values[key]} onChange={set(key)} />}</Labelled>
  )
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>修订：{row.name}</h2>
      <div className="inline-grid">
        <Labelled label={isList(old) ? '值（一行一项）' : '值'}>
          {(id) =>
            typeof old === 'boolean' ? (
              // biome-ignore lint/a11y/noAutofocus: 表单开在表格之上，须把人带到这里
              <select id={id} autoFocus value={values.value} onChange={set('value')}>
                <option value="true">是</option>
                <option value="false">否</option>
              </select>
            ) : typeof old === 'object' && old !== null ? (
              <Input.TextArea id={id} autoFocus autoSize value={values.value} onChange={set('value')} />
            ) : (
              <Input id={id} autoFocus value={values.value} onChange={set('value')} />
            )
          }
        </Labelled>
        {row.param.unit ? (
          <Labelled label="单位">
            {(id) => (
              <select id={id} value={values.unit} onChange={set('unit')}>
                {units.map(([unit, label]) => (
                  <option key={unit} value={unit}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        ) : null}
        {field('document', '正式文件的名称与文号')}
        {field('article', '条款')}
        {field('quote', '条文原话（可不填）')}
        {field('note', '说明（可不填）')}
        <Labelled label="自何日起适用于新立项">
          {(id) => (
            <DateInput
              id={id}
              min={today}
              value={values.effectiveFrom}
              onChange={(effectiveFrom = '') => setValues({ ...values, effectiveFrom })}
            />
          )}
        </Labelled>
      </div>
      {problem ? (
        <p className="field-error" role="alert">
          {problem}
        </p>
      ) : null}
      <div className="row-end">
        <Button onClick={onClose}>不修订</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!values.value || !values.document.trim() || !values.article.trim()}
        >
          确认并另立新版
        </Button>
      </div>
    </form>
  )
}

interface Notice {
  id: string
  jurisdiction: string
  year: number
  source: string
  days: Array<{ date: string; kind: 'off' | 'work'; name: string }>
  loadedAt: string
}
const holidaysRoute = getRouteApi('/staff/holidays')
export function HolidaysPage() {
  const { data: me } = useQuery(meQuery)
  const query = useQuery({ queryKey: ['notices'], queryFn: () => get<Notice[]>('/api/calendar/notices') })
  const present = Number((me?.demo?.now ?? new Date().toISOString()).slice(0, 4))
  const { year = present } = holidaysRoute.useSearch()
  const years = [...new Set([present - 2, present - 1, present, present + 1, present + 2, year])].sort((a, b) => a - b)
  return (
    <RegisterPage
      title="放假安排"
      intro="国务院办公厅历年放假通知（2015—2026年）已随程序提供；此后各年通知公布后在此录入，受影响的期限随即重算并列明变化。未录入的年份，凡落在其中的期限一律注明“暂定”。"
    >
      <nav className="year-strip" aria-label="各年安排">
        {years.map((each) => {
          const known =
            each <= 2026 || query.data?.some((notice) => notice.year === each && notice.jurisdiction === 'CN')
          return (
            <Link
              key={each}
              to="/holidays"
              search={each === present ? {} : { year: each }}
              resetScroll={false}
              activeProps={{}}
              aria-current={each === year ? 'page' : undefined}
              className={known ? 'known' : 'provisional'}
            >
              <b>{each}年</b> {known ? '已公布' : '尚未公布，暂定'}
            </Link>
          )
        })}
      </nav>
      <YearTable year={year} />
      <h2>另行录入的通知</h2>
      {me?.roles.includes('admin') ? <NewNotice /> : null}
      <Loaded query={query}>
        {(rows) => (
          <Table
            rows={rows}
            keyOf={(row) => row.id}
            empty="还没有另行录入的通知。"
            columns={[
              { head: '年份', cell: (row) => row.year },
              { head: '范围', cell: (row) => (row.jurisdiction === 'CN' ? '全国' : '本法域') },
              { head: '来源', cell: (row) => row.source },
              {
                head: '放假',
                cell: (row) =>
                  row.days
                    .filter((day) => day.kind === 'off')
                    .map((day) => `${day.date.slice(5)} ${day.name}`)
                    .join('、'),
              },
              {
                head: '调休上班',
                cell: (row) =>
                  row.days
                    .filter((day) => day.kind === 'work')
                    .map((day) => day.date.slice(5))
                    .join('、') || '—',
              },
              { head: '录入', cell: (row) => momentOf(row.loadedAt) },
            ]}
          />
        )}
      </Loaded>
    </RegisterPage>
  )
}
interface YearDay {
  date: string
  kind: string
  name?: string
  workday: boolean
  reason: string
  source?: string
}
interface Year {
  year: number
  announced: boolean
  workdays: number
  assumption: string | null
  days: YearDay[]
}
const span = (dates: string[]): string => {
  const runs: string[][] = []
  for (const date of dates) {
    const run = runs.at(-1)
    if (run && addDays(run.at(-1) ?? date, 1) === date) run.push(date)
    else runs.push([date])
  }
  const short = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日（周${weekdayOf(date)}）`
  return runs
    .map((run) =>
      run.length === 1 ? short(run[0] ?? '') : `${short(run[0] ?? '')}至${short(run.at(-1) ?? '')}，共${run.length}天`,
    )
    .join('；')
}
/** 一年的放假与调休，一个节日一行。 */
function YearTable({ year }: { year: number }) {
  const query = useQuery({
    queryKey: ['calendar-year', year],
    queryFn: () => get<Year>(`/api/calendar/years/${year}`),
  })
  return (
    <Loaded query={query}>
      {(found) => {
        const groups = [...Map.groupBy(found.days, (day) => day.name ?? day.reason)].map(([name, days]) => ({
          name,
          off: days.filter((day) => !day.workday).map((day) => day.date),
          work: days.filter((day) => day.workday).map((day) => day.date),
          source: [...new Set(days.flatMap((day) => day.source ?? []))].join('、'),
        }))
        groups.sort((a, b) => (a.off[0] ?? a.work[0] ?? '').localeCompare(b.off[0] ?? b.work[0] ?? ''))
        return (
          <>
            <h2>
              {found.year}年：{found.workdays} 个工作日{found.announced ? '' : '（暂定）'}
            </h2>
            {found.assumption ? <p className="note note-warn">{found.assumption}。</p> : null}
            <Table
              rows={groups}
              keyOf={(row) => row.name}
              empty="这一年的放假安排尚未公布。"
              columns={[
                { head: '节日', cell: (row) => row.name },
                { head: '放假（含相连的周末）', cell: (row) => span(row.off) || '—' },
                { head: '调休上班', cell: (row) => row.work.map((date) => span([date])).join('、') || '—' },
                { head: '来源', cell: (row) => row.source || '—' },
              ]}
            />
          </>
        )
      }}
    </Loaded>
  )
}
/** 一行一日：`2027-02-05 春节`；前加“班”为调休上班。 */
function NewNotice() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [values, setValues] = useState({ id: '', jurisdiction: 'CN', year: '', source: '', days: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    const days: Array<{ date: string; kind: 'off' | 'work'; name: string }> = []
    for (const [i, line] of values.days.split('\n').entries()) {
      if (line.trim() === '') continue
      const match = /^(班)?\s*(\d{4}-\d{2}-\d{2})\s+(.+)$/.exec(line.trim())
      if (!match?.[2] || !match[3])
        return setProblem(`第${i + 1}行写法有误，应如“2027-02-05 春节”，调休上班的前加“班”。`)
      days.push({ date: match[2], kind: match[1] ? 'work' : 'off', name: match[3] })
    }
    setBusy(true)
    try {
      await post('/api/calendar/notices', {
        id: values.id,
        jurisdiction: values.jurisdiction,
        year: Number(values.year),
        source: values.source,
        days,
      })
      toast('已录入，受影响的期限随即重算。')
      setValues({ id: '', jurisdiction: 'CN', year: '', source: '', days: '' })
      await client.invalidateQueries()
    } catch (error) {
      setProblem(
        error instanceof ProblemError && error.problem.issues?.length
          ? error.problem.issues.map((issue) => `${issue.path}：${issue.message}`).join('；')
          : sentence(error),
      )
    } finally {
      setBusy(false)
    }
  }
  const field = (name: 'id' | 'year' | 'source', label: string, hint: string) => (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          value={values[name]}
          placeholder={hint}
          onChange={(e) => setValues({ ...values, [name]: e.target.value })}
        />
      )}
    </Labelled>
  )
  return (
    <details className="card">
      <summary>录入一份通知</summary>
      <form className="stack" onSubmit={submit}>
        <div className="inline-grid">
          {field('id', '标识', 'CN-2027')}
          {field('year', '年份', '2027')}
          {field('source', '发文机关与文号', '国办发明电〔2026〕× 号')}
          <Labelled label="范围">
            {(id) => (
              <select
                id={id}
                className="native"
                value={values.jurisdiction}
                onChange={(e) => setValues({ ...values, jurisdiction: e.target.value })}
              >
                <option value="CN">全国</option>
                <option value={me?.jurisdiction ?? ''}>本法域（地方节日）</option>
              </select>
            )}
          </Labelled>
        </div>
        <Labelled label="各日，一行一日">
          {(id) => (
            <Input.TextArea
              id={id}
              rows={6}
              value={values.days}
              placeholder={'2027-02-05 春节\n班 2027-02-14 春节'}
              onChange={(e) => setValues({ ...values, days: e.target.value })}
            />
          )}
        </Labelled>
        {problem ? (
          <p className="field-error" role="alert">
            {problem}
          </p>
        ) : null}
        <div className="row-end">
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={!values.id || !values.year || !values.source || !values.days}
          >
            录入并重算期限
          </Button>
        </div>
      </form>
    </details>
  )
}

interface LedgerState {
  documents: number
  events: number
  latestSeal: null | {
    day: string
    documents: number
    events: number
    root: string
    seal: string
    at: string
    missing: number
  }
  intact: boolean | null
}
export function LedgerPage() {
  const query = useQuery({ queryKey: ['ledger'], queryFn: () => get<LedgerState>('/api/ledger/verify') })
  return (
    <RegisterPage
      title="台账核验"
      intro="每一步都写入逐条相链的台账，每日封存。这里核对最近一次封存所列的链头仍在台账之中；逐条重算摘要用命令 dianzhang verify。"
      tools={
        <Button onClick={() => query.refetch()} loading={query.isFetching}>
          再核对一次
        </Button>
      }
    >
      <Loaded query={query}>
        {(state) => (
          <>
            <div
              className={`note ${state.intact === false ? 'note-error' : state.intact ? 'note-good' : 'note-info'}`}
              role="status"
            >
              <p>
                <b>
                  {state.intact === false
                    ? '核对不符：封存过的记录有缺失，请立即查明'
                    : state.intact
                      ? '核对相符'
                      : '还没有封存过，无从核对'}
                </b>
              </p>
            </div>
            <dl className="facts card">
              <dt>案卷</dt>
              <dd>{state.documents} 件</dd>
              <dt>台账</dt>
              <dd>{state.events} 条</dd>
              {state.latestSeal ? (
                <>
                  <dt>最近封存</dt>
                  <dd>
                    {state.latestSeal.day}（{momentOf(state.latestSeal.at)} 封存），{state.latestSeal.documents} 件、
                    {state.latestSeal.events} 条
                  </dd>
                  <dt>汇总摘要</dt>
                  <dd className="hash break">{state.latestSeal.root}</dd>
                  <dt>封存摘要</dt>
                  <dd className="hash break">{state.latestSeal.seal}</dd>
                </>
              ) : null}
            </dl>
          </>
        )}
      </Loaded>
      <Anchors />
    </RegisterPage>
  )
}
interface Job {
  document: string
  key: string
  kind: string
  label: string
  sends: string
  dueAt: string
  status: string
  sent: boolean
}
const sendLabels: Record<string, string> = {
  CloseConsultation: '征求意见截止',
  TakeEffect: '开始施行',
  DeclareLapsed: '宣布失效',
}
function JobList({ state, empty }: { state: 'open' | 'done'; empty: string }) {
  const query = usePages<Job>(['jobs'], '/api/jobs', { state })
  return (
    <PagedTable
      query={query}
      keyOf={(row) => `${row.document}${row.key}`}
      empty={empty}
      columns={[
        { head: '到期', cell: (row) => momentOf(row.dueAt) },
        { head: '期限', cell: (row) => row.label },
        { head: '届时办理', cell: (row) => sendLabels[row.sends] ?? row.sends },
        {
          head: '状态',
          cell: (row) =>
            row.sent ? (
              <span className="good">已办理</span>
            ) : row.status === 'open' ? (
              '待到期'
            ) : (
              ({ met: '已了结', cancelled: '已取消', paused: '中止中' }[row.status] ?? row.status)
            ),
        },
        {
          head: '案卷',
          cell: (row) => (
            <Link to="/documents/$id" params={{ id: row.document }} search={{ tab: 'deadlines' }}>
              打开
            </Link>
          ),
        },
      ]}
    />
  )
}
export function JobsPage() {
  return (
    <RegisterPage title="到期作业" intro="到期时由系统经同一入口办理的事项；任何人不得代为提交。">
      <h2>未到期的</h2>
      <JobList state="open" empty="没有等待到期的作业。" />
      <h2>已了结的</h2>
      <JobList state="done" empty="还没有办理过的作业。" />
    </RegisterPage>
  )
}
