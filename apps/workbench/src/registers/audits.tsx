// The audit of past files: one of ours, a described one from elsewhere, or a sample drawn by a published seed.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { get, NetworkError, ProblemError, post, search, sentence } from '../api.ts'
import { Download } from '../document/text/download.tsx'
import { MatterSelect } from '../forms/matter-select.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { actionsQuery, matters } from '../queries.ts'
import type { Told } from '../types.ts'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

type Report = Told<typeof answers.AuditReport>
type Sample = Told<typeof answers.AuditSample>
type Draw = Told<typeof answers.AuditSamples>['items'][number]
type Finding = Report['findings'][number]
const route = getRouteApi('/staff/audits')
const csv = 'text/csv'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function AuditsPage() {
  const { document, seed } = route.useSearch()
  return (
    <RegisterPage
      title="案卷评查"
      intro="以往的案卷按当时施行的规则逐关重新判断：做过什么、缺什么、依哪一条、迟几日。案卷没有写明的不作推测，列为不能判断。"
    >
      <Choose />
      {document ? (
        <Own id={document} />
      ) : seed ? (
        <Drawn />
      ) : (
        <>
          <Elsewhere />
          <Draws />
        </>
      )}
    </RegisterPage>
  )
}

/** Which one of our own, or how many by which seed. */
function Choose() {
  const found = route.useSearch()
  const navigate = route.useNavigate()
  const [document, setDocument] = useState(found.document)
  const [year, setYear] = useState(String(found.year ?? new Date().getFullYear()))
  const [n, setN] = useState(String(found.n ?? 3))
  const [seed, setSeed] = useState(found.seed ?? '')
  const go = (event: FormEvent, next: typeof found) => {
    event.preventDefault()
    void navigate({ search: next })
  }
  return (
    <div className="stack">
      <form className="row audit-choice" onSubmit={(event) => go(event, document ? { document } : {})}>
        <Labelled label="本系统的案卷">
          {(id) => (
            <MatterSelect
              id={id}
              value={document}
              onChange={setDocument}
              bad={false}
              process="normative-document"
              except={undefined}
            />
          )}
        </Labelled>
        <Submit lacks={[!document && '本系统的案卷']}>评查</Submit>
      </form>
      <form
        className="row audit-choice"
        onSubmit={(event) => go(event, { year: Number(year), n: Number(n), seed: seed.trim() })}
      >
        <Labelled label="年度">
          {(id) => (
            <Input id={id} value={year} onChange={(event) => setYear(event.target.value)} style={{ width: '5em' }} />
          )}
        </Labelled>
        <Labelled label="抽取件数">
          {(id) => <Input id={id} value={n} onChange={(event) => setN(event.target.value)} style={{ width: '5em' }} />}
        </Labelled>
        <Labelled label="先行公布的种子">
          {(id) => (
            <Input id={id} value={seed} onChange={(event) => setSeed(event.target.value)} style={{ width: '14em' }} />
          )}
        </Labelled>
        <Submit
          lacks={[
            !/^\d{4}$/.test(year) && '年度',
            !/^[1-9]\d*$/.test(n) && '抽取件数',
            seed.trim() === '' && '先行公布的种子',
          ]}
        >
          抽取
        </Submit>
      </form>
    </div>
  )
}
function Own({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['audit', id],
    queryFn: () => get<Report>(`/api/audits/documents/${encodeURIComponent(id)}`),
    retry: false,
  })
  return (
    <Loaded query={query}>
      {(report) => (
        <>
          <p className="row audit-choice">
            <Download path={`/api/audits/documents/${encodeURIComponent(id)}/report.docx`}>下载报告（Word）</Download>
            <Link to="/documents/$id" params={{ id }}>
              打开案卷
            </Link>
          </p>
          <ReportView report={report} />
        </>
      )}
    </Loaded>
  )
}
function Drawn() {
  const { year, n, seed } = route.useSearch()
  const query = useQuery({
    queryKey: ['audit-sample', year, n, seed],
    queryFn: () => get<Sample>(`/api/audits/sample${search({ year, n, seed })}`),
    retry: false,
  })
  return (
    <Loaded query={query}>
      {(sample) => (
        <section className="stack" aria-label="抽取的案卷">
          <p>
            {sample.year} 年公布的文件共 {sample.population} 件，种子“{sample.seed}”，抽取 {sample.items.length} 件。
          </p>
          <Table
            rows={sample.items}
            keyOf={(row) => row.id}
            empty="这一年没有公布的文件"
            taken={{ path: '/api/audits/sample', params: { year, n, seed } }}
            columns={[
              {
                head: '文件',
                cell: (row) => (
                  <Link to="/audits" search={{ document: row.id }}>
                    {row.title}
                  </Link>
                ),
              },
              { head: '结论', cell: (row) => row.summary },
            ]}
          />
          <KeepDraw />
          <details>
            <summary>怎样复核</summary>
            <p className="quiet">{sample.recipe}</p>
            <p className="quiet break">全部标识的摘要：{sample.populationDigest}</p>
          </details>
        </section>
      )}
    </Loaded>
  )
}
/** The draw becomes an act of the office, for whom that is allowed: what was seen only on a screen proves nothing. */
function KeepDraw() {
  const { year, n, seed } = route.useSearch()
  const actions = useQuery(actionsQuery('office', matters))
  if (!actions.data?.some((action) => action.command === 'SampleFiles' && action.allowed)) return null
  return (
    <p>
      <Link
        to="/matters/$id"
        params={{ id: 'office' }}
        search={{ do: 'SampleFiles', given: { year, n, seed } }}
        className="button-link"
      >
        记入办公台账
      </Link>{' '}
      <span className="quiet">记入以后，同一种子不能再抽这一年的；另换种子再抽的，各次都留在台账里。</span>
    </p>
  )
}
function Draws() {
  const query = usePages<Draw>(['audit-samples'], '/api/audits/samples')
  return (
    <section className="stack" aria-labelledby="draws-title">
      <h2 id="draws-title">已经抽取的</h2>
      <PagedTable
        query={query}
        keyOf={(row) => `${row.year}${row.seed}`}
        empty="还没有抽取过。填上年度、件数与先行公布的种子，抽取以后记入办公台账。"
        columns={[
          { head: '年度', cell: (row) => row.year, width: '5em' },
          { head: '种子', cell: (row) => row.seed },
          { head: '抽取', cell: (row) => `${row.population}件中抽${row.drawn.length}件`, width: '11em' },
          {
            head: '抽到的文件',
            cell: (row) => (
              <ul className="lines">
                {row.drawn.map((one) => (
                  <li key={one.id}>
                    <Link to="/audits" search={{ document: one.id }}>
                      {one.title}
                    </Link>
                  </li>
                ))}
              </ul>
            ),
          },
          { head: '由谁', cell: (row) => `${row.by}，${row.at.slice(0, 10)}`, width: '14em' },
        ]}
      />
    </section>
  )
}
function Elsewhere() {
  const [report, setReport] = useState<Report | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const take = async (file: File) => {
    setBusy(true)
    setError(null)
    setReport(null)
    try {
      const type = /\.json$/i.test(file.name) ? 'application/json' : /\.xlsx$/i.test(file.name) ? xlsx : csv
      setReport(await post<Report>('/api/audits', new Blob([file], { type })))
    } catch (failed) {
      if (!(failed instanceof ProblemError) && !(failed instanceof NetworkError)) throw failed
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  const issues = error instanceof ProblemError ? (error.problem.issues ?? []) : []
  return (
    <section className="stack" aria-label="别处的案卷">
      <p>
        评查别处的案卷：CSV、Excel 或者 JSON，一行一项，至少有日期、事项。{' '}
        <label className="file-button">
          {busy ? '正在评查……' : '选取案卷文件'}
          <input
            type="file"
            accept=".csv,.xlsx,.json"
            disabled={busy}
            onChange={(event) => {
              const chosen = event.target.files?.[0]
              // The same file, mended, is chosen again under its name.
              event.target.value = ''
              if (chosen) void take(chosen)
            }}
          />
        </label>
      </p>
      {error ? (
        <div className="note note-error" role="alert">
          <p>{issues.length > 0 ? '案卷读不出，请改正后重新选取：' : sentence(error)}</p>
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.path}${issue.message}`}>{issue.message}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {report ? (
        <>
          <p className="row audit-choice">
            <Button onClick={() => window.print()}>打印报告</Button>
          </p>
          <ReportView report={report} />
        </>
      ) : null}
    </section>
  )
}

const results = {
  missed: '不符合规定的',
  doubtful: '应予说明的',
  unknown: '不能判断的',
  excused: '经批准偏离的',
  met: '符合规定的',
} as const
const states = { late: '迟', overdue: '逾期', in_time: '没有逾期', running: '没有到期' } as const

/** What a lawyer reads: the conclusion, what is missing, what was late, what was done when. */
function ReportView({ report }: { report: Report }) {
  const late = report.deadlines.filter((d) => d.lateDays > 0)
  return (
    <article className="stack" data-testid="audit-report">
      <h2>{report.title}</h2>
      <p className="quiet">
        {report.tier}；制定机关：{report.issuers.join('、')}；起草单位：{report.draftingUnit}；{report.place}
        ；案卷来源：
        {report.source}；评查之日 {report.asOf}
      </p>
      <p className={`note ${report.counts.missed > 0 ? 'note-warn' : 'note-good'}`} role="status">
        {report.summary}
      </p>
      <Findings of="missed" report={report} />
      <Findings of="doubtful" report={report} />
      {late.length > 0 ? (
        <section>
          <h3>逾期的</h3>
          <Table
            rows={late}
            keyOf={(row) => row.key}
            empty=""
            columns={[
              { head: '事项', cell: (row) => row.label },
              { head: '应于', cell: (row) => row.dueOn },
              { head: '办理', cell: (row) => row.doneOn ?? '没有记载' },
              { head: '迟', cell: (row) => `${states[row.state]} ${row.lateDays} 日`, num: true },
              { head: '依据', cell: (row) => row.basis.map((b) => `${b.document}${b.article}`).join('；') },
            ]}
          />
        </section>
      ) : null}
      <Findings of="unknown" report={report} />
      <section>
        <h3>办理经过</h3>
        <Table
          rows={report.steps.map((step, i) => ({ ...step, key: String(i) }))}
          keyOf={(row) => row.key}
          empty="没有记载"
          columns={[
            { head: '日期', cell: (row) => row.on, width: '8em' },
            { head: '事项', cell: (row) => row.label },
            { head: '内容', cell: (row) => row.detail },
          ]}
        />
      </section>
      <Findings of="excused" report={report} />
      <Findings of="met" report={report} />
    </article>
  )
}
function Findings({ of, report }: { of: Finding['result']; report: Report }) {
  const list = report.findings.filter((f) => f.result === of)
  if (list.length === 0) return null
  return (
    <section>
      <h3>{results[of]}</h3>
      <ul className="stack">
        {list.map((f) => (
          <li key={f.rule}>
            <b>{f.title}</b>
            <span className="quiet">
              （{f.gateLabel}，{f.on}）
            </span>
            ：{f.reason}
            {of === 'missed' || of === 'doubtful' ? (
              <div className="quiet">
                依据：
                {f.basis.map((b) => `${b.document}${b.article}${b.text ? `：“${b.text}”` : ''}`).join('；')}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
