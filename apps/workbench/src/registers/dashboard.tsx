// The dashboard: duties that should be nought with the matters behind them, this year beside last year, eight quarters as charts.

import { bars, dots, lines, stacked } from '@dianzhang/charts'
import { type answers, tierLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../api.ts'
import { MatterLink } from '../matter/matter-link.tsx'
import { Chart } from '../parts/chart.tsx'
import type { Told } from '../types.ts'
import './dashboard.css'
import { Loaded, RegisterPage, Table } from './parts.tsx'

type Found = Told<typeof answers.Dashboard>
/** The page of a list, where the address is that of the data. */
const listPage = (address: string): string => address.replace('/public/v1/statistics/', '/statistics/')
export function DashboardPage() {
  const query = useQuery({ queryKey: ['dashboard'], queryFn: () => get<Found>('/api/dashboard') })
  return (
    <RegisterPage title="统计看板" intro="每一个数都打得开；不足五件的只说件数；各机关依名称排列，不排名次。">
      <Loaded query={query}>{(found) => <Board found={found} />}</Loaded>
    </RegisterPage>
  )
}
function Board({ found }: { found: Found }) {
  const labels = found.quarters.map(({ label }) => label)
  const tiers = [...Object.entries(tierLabels), ['', '未分层级'] as const].filter(([tier]) =>
    found.quarters.some((q) => (q.tiers[tier] ?? 0) > 0),
  )
  const shares = found.items.filter((x) => (x.denominator ?? 0) > 0)
  return (
    <div className="stack">
      <p>
        {found.scope}，{found.from} 至 {found.to}，截至 {found.asOf} 的记录。{' '}
        <a href="/public/v1/statistics.xlsx">下载电子表格</a>、<a href="/statistics">公众所见</a>、
        <a href="/filing-list">年度备案目录</a>、
        <Link to="/matters" search={{ process: 'annual-report', scope: 'all' }}>
          年度报告
        </Link>
        、
        <Link to="/matters" search={{ process: 'scorecard', scope: 'all' }}>
          考核评分
        </Link>
      </p>
      <section className="stack" aria-label="不应有的事">
        <h2>都应当是零</h2>
        <div className="duties">
          {found.duties.map((duty) => (
            <details key={duty.id} className={duty.value > 0 ? 'open' : undefined}>
              <summary>
                <b>{duty.value}</b>
                {duty.label}
              </summary>
              <ul>
                {duty.items.map((x) => (
                  <li key={`${x.id}${x.label}`}>
                    <MatterLink id={x.id} process={x.process}>
                      {x.title}
                    </MatterLink>
                    <div className="soft">
                      {x.unit}
                      {x.dueOn ? `，${x.label}，${x.dueOn} 届满` : ''}
                    </div>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </div>
      </section>
      <div className="charts">
        <Chart
          title="各季度末现行有效"
          chart={lines({ id: 'standing', title: '各季度末现行有效', unit: '件' }, labels, [
            { label: '现行有效', values: found.quarters.map((q) => q.closing.value) },
          ])}
        >
          <Table
            rows={found.quarters}
            keyOf={(q) => q.label}
            empty=""
            columns={[
              { head: '季度', cell: (q) => q.label },
              { head: '制发', cell: (q) => <a href={listPage(q.issued.list)}>{q.issued.value}</a>, num: true },
              { head: '季末有效', cell: (q) => <a href={listPage(q.closing.list)}>{q.closing.value}</a>, num: true },
            ]}
          />
        </Chart>
        <Chart
          title="各季度制发"
          chart={stacked(
            { id: 'issued', title: '各季度制发', unit: '件' },
            labels,
            tiers.map(([tier, label]) => ({ label, values: found.quarters.map((q) => q.tiers[tier] ?? 0) })),
          )}
        />
        {shares.length > 0 ? (
          <Chart
            title="各项率（不足五件的为空心）"
            chart={dots(
              { id: 'shares', title: '各项率', unit: '%' },
              shares
                .slice(0, 14)
                .map((x) => ({ label: x.label, numerator: x.numerator ?? 0, denominator: x.denominator ?? 0 })),
            )}
          />
        ) : null}
        <Chart
          title="各机关现行有效"
          chart={bars(
            { id: 'issuers', title: '各机关现行有效', unit: '件' },
            found.issuers
              .slice(0, 20)
              .map((x) => ({ label: x.issuer, value: x.figures.find(({ id }) => id === 'closing')?.value ?? 0 })),
          )}
        />
      </div>
      <Table
        rows={found.items}
        keyOf={(x) => x.id}
        empty=""
        columns={[
          { head: '指标', cell: (x) => x.label },
          { head: '本年', cell: (x) => <a href={listPage(x.list)}>{x.text}</a>, num: true },
          {
            head: '上年',
            cell: (x) => (x.beforeList ? <a href={listPage(x.beforeList)}>{x.before}</a> : '—'),
            num: true,
          },
          { head: '算式', cell: (x) => x.formula },
        ]}
      />
      <ul>
        {found.manual.map((x) => (
          <li key={x.id}>
            {x.label}：需人工填报（{x.who}）
          </li>
        ))}
      </ul>
    </div>
  )
}
