// The own tab of an annual report: the words with their figures and notes, what is to be filled in by hand, objections, what differs since.
import { timeline } from '@dianzhang/charts'
import { type answers, reportDutyLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api.ts'
import { Chart } from '../parts/chart.tsx'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { deadlinesQuery, matters } from '../queries.ts'
import { Table } from '../registers/parts.tsx'
import type { Told } from '../types.ts'
import type { Matter } from './types.ts'

type Segment = { text: string; figure?: string; note?: number }
interface Own {
  year: number
  report: {
    sections: Array<{ section: string; label: string; paragraphs: Segment[][] }>
    notes: Array<{
      n: number
      label: string
      text: string
      formula: string
      list: string | null
      source: string | null
    }>
  }
  filled: Array<{ figure: string; value: string; source: string }>
  manual: Array<{ id: string; label: string; who: string }>
  duties: Array<{ duty: keyof typeof reportDutyLabels; to: string; on: string; reference: string | null }>
  frozen: {
    on: string
    asOf: string
    digest: string
    logSize: number | null
    issuers: Array<{ issuer: string; opening: number; issued: number; revived: number; ended: number; closing: number }>
  } | null
  publishedOn: string | null
  /** Not frozen yet: as known at the end of which day the figures are. */
  presentAsOf: string | null
  objections: Array<{
    n: number
    figureLabel: string
    unitName: string
    reason: string
    on: string
    answer: { outcome: string; reason: string; on: string } | null
  }>
  corrections: Array<{
    on: string
    cause: string
    figures: Array<{ id: string; label: string; from: string; to: string }>
  }>
}
/** The list of a number as a page, where the address is that of the data. */
const listPage = (address: string): string => address.replace('/public/v1/statistics/', '/statistics/')

export default function AnnualReport({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  return (
    <div className="stack">
      <dl className="facts">
        <dt>冻结</dt>
        <dd>{own.frozen ? `${own.frozen.on}，截至 ${own.frozen.asOf} 的记录` : '还没有'}</dd>
        {own.frozen ? (
          <>
            <dt>摘要</dt>
            <dd style={{ overflowWrap: 'anywhere' }}>
              {own.frozen.digest}
              {own.frozen.logSize === null ? '' : `；公开日志当时 ${own.frozen.logSize} 条`}
            </dd>
            <dt>文稿</dt>
            <dd>
              <a href={`/api/matters/${matter.id}/annual-report.docx`}>Word</a>、
              <a href={`/api/matters/${matter.id}/annual-report.pdf`}>PDF</a>
            </dd>
          </>
        ) : null}
        <dt>公布</dt>
        <dd>
          {own.publishedOn ? (
            <a href={`/annual-reports/${encodeURIComponent(matter.id)}`}>{own.publishedOn}</a>
          ) : (
            '还没有'
          )}
        </dd>
      </dl>
      <Calendar matter={matter} />
      {own.presentAsOf ? (
        <p className="hint">各数截至 {own.presentAsOf}，点开是恰好那些文件；随记录变动，冻结时写定。</p>
      ) : null}
      {own.report.sections.map(({ section, label, paragraphs }) => (
        <section key={section} className="stack">
          <h3>{label}</h3>
          {paragraphs.length === 0 ? <p className="soft">还没有写。</p> : null}
          {paragraphs.map((segments, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text, in their order
            <p key={i}>
              {segments.map((x, at) => {
                const note = own.report.notes.find(({ n }) => n === x.note)
                return note?.list ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, in their order
                  <a key={at} href={listPage(note.list)} title={`${note.label}：${note.formula}`}>
                    {x.text}
                  </a>
                ) : (
                  x.text
                )
              })}
            </p>
          ))}
        </section>
      ))}
      {own.frozen ? (
        <section className="stack">
          <h3>各制定机关的三个数</h3>
          <Table
            rows={own.frozen.issuers}
            keyOf={(x) => x.issuer}
            empty="没有"
            columns={[
              { head: '制定机关', cell: (x) => x.issuer },
              { head: '年初', cell: (x) => x.opening, num: true },
              { head: '制发', cell: (x) => x.issued, num: true },
              { head: '恢复', cell: (x) => x.revived, num: true },
              { head: '废止、失效', cell: (x) => x.ended, num: true },
              { head: '年末', cell: (x) => x.closing, num: true },
            ]}
          />
        </section>
      ) : null}
      <section className="stack">
        <h3>须由人填报的数</h3>
        <Table
          rows={own.manual}
          keyOf={(x) => x.id}
          empty=""
          columns={[
            { head: '指标', cell: (x) => x.label },
            { head: '由谁', cell: (x) => x.who },
            {
              head: '所填',
              cell: (x) => {
                const filled = own.filled.find(({ figure }) => figure === x.id)
                return filled ? `${filled.value}（${filled.source}）` : '还没有填报'
              },
            },
          ]}
        />
      </section>
      {own.duties.length > 0 ? (
        <section className="stack">
          <h3>报送、公开</h3>
          <ul>
            {own.duties.map((x, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
              <li key={i}>
                {x.on} {reportDutyLabels[x.duty] ?? x.duty}：{x.to}
                {x.reference ? `（${x.reference}）` : ''}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {own.objections.length > 0 ? (
        <section className="stack">
          <h3>对数的异议</h3>
          <Table
            rows={own.objections}
            keyOf={(x) => String(x.n)}
            empty=""
            columns={[
              { head: '序号', cell: (x) => x.n, num: true },
              { head: '单位', cell: (x) => x.unitName },
              { head: '哪一个数', cell: (x) => x.figureLabel },
              { head: '理由', cell: (x) => x.reason },
              {
                head: '答复',
                cell: (x) =>
                  x.answer ? `${x.answer.outcome === 'upheld' ? '采纳' : '不采纳'}：${x.answer.reason}` : '尚待答复',
              },
            ]}
          />
        </section>
      ) : null}
      {own.corrections.length > 0 ? (
        <section className="stack">
          <h3>更正</h3>
          <ul>
            {own.corrections.map((x, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
              <li key={i}>
                {x.on}：{x.figures.map((f) => `${f.label}由 ${f.from} 更正为 ${f.to}`).join('；')}。{x.cause}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {own.publishedOn ? <Differences id={matter.id} /> : null}
    </div>
  )
}
/** What the same question answers today, where it differs from what was published. */
function Differences({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['figure-differences', id],
    queryFn: () => get<Told<typeof answers.ReportDifferences>>(`/api/matters/${id}/figure-differences`),
  })
  return (
    <section className="stack">
      <h3>以截止日重算</h3>
      {found.isPending ? (
        <Loading lines={2} />
      ) : found.isError ? (
        <ErrorNote error={found.error} retry={() => found.refetch()} />
      ) : (
        <Table
          rows={found.data.items}
          keyOf={(x) => x.id}
          empty={`截至 ${found.data.asOf ?? ''} 的记录今日重算，与公布的相同。`}
          taken={{ path: `/api/matters/${id}/figure-differences` }}
          columns={[
            { head: '指标', cell: (x) => x.label },
            { head: '公布的', cell: (x) => x.from },
            { head: '重算', cell: (x) => x.to },
            { head: '其后才登记的', cell: (x) => x.late.join('、') || '—' },
          ]}
        />
      )}
    </section>
  )
}
/** What is to be reported and made public by which day, and what of it is done. */
function Calendar({ matter }: { matter: Matter }) {
  const { data } = useQuery(deadlinesQuery(matter.id, matters))
  if (!data || data.length === 0) return null
  const clocks = data.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
  return (
    <Chart
      title="这一年度的报送、公开"
      chart={timeline(
        { id: 'report-calendar', title: '这一年度的报送、公开', unit: '' },
        clocks.map(({ dueOn, label, status }) => ({ on: dueOn, label, done: status === 'met' })),
      )}
    >
      <Table
        rows={clocks}
        keyOf={(x) => x.key}
        empty=""
        columns={[
          { head: '事项', cell: (x) => x.label },
          { head: '以前办理', cell: (x) => x.dueOn },
          { head: '办理', cell: (x) => x.metOn ?? '还没有' },
        ]}
      />
    </Chart>
  )
}
