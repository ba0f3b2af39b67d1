// The statistics of a year: the three numbers, charts, every indicator with its formula; each number opens exactly its list.
import { bars, dots, lines, multiples, stacked } from '@dianzhang/charts'
import { type answers, tierLabels } from '@dianzhang/contract'
import type { statisticsWithQuarters } from '@dianzhang/workflow'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { Chart, type ChartCell } from './chart.tsx'
import { Further, TakenAway } from './parts.tsx'

type Found = Awaited<ReturnType<typeof statisticsWithQuarters>>
type Item = Found['items'][number]
type List = answers.Given<typeof answers.StatisticList>

/** The page of a list, where the interface answers its data. */
export const listPage = (address: string): string => address.replace('/public/v1/statistics/', '/statistics/')
const cell = (value: number | string, list?: string): ChartCell => ({
  text: String(value),
  ...(list ? { href: listPage(list) } : {}),
})
const threeLabels: Record<string, string> = {
  opening: '期初有效',
  issued: '制发',
  revived: '恢复效力',
  ended: '废止、失效',
  closing: '期末有效',
}
function Figure({ item }: { item: Item }) {
  return (
    <tr>
      <td class="name">{item.label}</td>
      <td class="num" data-label="数">
        <a href={listPage(item.list)}>{item.text}</a>
      </td>
      <td class="num" data-label="分子／分母">
        {item.denominatorList ? (
          <>
            {item.numerator}／<a href={listPage(item.denominatorList)}>{item.denominator}</a>
          </>
        ) : (
          '—'
        )}
      </td>
      <td data-label="算式">
        {item.formula}
        <small class="basis">依据：{item.basis}</small>
      </td>
    </tr>
  )
}

export function statisticsPage(found: Found, years: readonly number[], year: number): Page {
  const { items, issuers, quarters, manual } = found
  const of = (id: string): Item | undefined => items.find((x) => x.id === id)
  const three = Object.keys(threeLabels).flatMap((id) => of(id) ?? [])
  const shares = items.filter((x) => x.denominator !== undefined)
  const labels = quarters.map(({ label }) => label)
  const tiers = [...Object.entries(tierLabels), ['', '未分层级'] as const].filter(([tier]) =>
    quarters.some((q) => (q.tiers[tier] ?? 0) > 0),
  )
  const shown = (quarters[0]?.issuers ?? [])
    .map(({ issuer }, i) => ({ label: issuer, values: quarters.map((q) => q.issuers[i]?.value ?? 0) }))
    .filter(({ values }) => values.some((n) => n > 0))
  const files = new URLSearchParams({ from: found.from, to: found.to, as_of: found.asOf })
  return {
    title: `${year}年规范性文件统计`,
    crumbs: [{ label: '统计', href: '/statistics' }, { label: `${year}年` }],
    body: (
      <>
        <h1>{year}年规范性文件统计</h1>
        <p>
          {dateWords(found.from)}至{dateWords(found.to)}，截至{dateWords(found.asOf)}
          的记录。每一个数都可以点开，看到恰好是哪些件； 不足五件的只说件数。各单位依名称排列，不排名次。
        </p>
        <p class="facts">
          {years.map((one) => (
            <span>{one === year ? `${one}年` : <a href={`/statistics?year=${one}`}>{one}年</a>}</span>
          ))}
          <span>
            下载：<a href={`/public/v1/statistics.csv?${files}`}>CSV</a>、
            <a href={`/public/v1/statistics.xlsx?${files}`}>电子表格</a>
          </span>
          <span>
            <a href={`/filing-list?year=${year}`}>{year}年度备案目录</a>
          </span>
          <span>
            <a href="/annual-reports">年度报告</a>
          </span>
        </p>
        <section aria-labelledby="three">
          <h2 id="three">三个数</h2>
          <ul class="tiles">
            {three.map((x) => (
              <li>
                <a href={listPage(x.list)}>
                  <b>{x.value}</b>
                  <span>{threeLabels[x.id]}</span>
                </a>
              </li>
            ))}
          </ul>
          <p>期初 + 制发 + 恢复效力 − 废止、失效 = 期末。</p>
        </section>
        <section aria-labelledby="charts">
          <h2 id="charts">两年来</h2>
          <div class="charts">
            <Chart
              title="各季度末现行有效件数"
              chart={lines({ id: 'standing', title: '各季度末现行有效件数', unit: '件' }, labels, [
                { label: '现行有效', values: quarters.map((q) => q.closing.value) },
              ])}
              head={['季度', '季末现行有效']}
              rows={quarters.map((q) => [cell(q.label), cell(q.closing.value, q.closing.list)])}
            />
            <Chart
              title="各季度制发件数"
              chart={stacked(
                { id: 'issued', title: '各季度制发件数', unit: '件' },
                labels,
                tiers.map(([tier, label]) => ({ label, values: quarters.map((q) => q.tiers[tier] ?? 0) })),
              )}
              head={['季度', '制发', ...tiers.map(([, label]) => label)]}
              rows={quarters.map((q) => [
                cell(q.label),
                cell(q.issued.value, q.issued.list),
                ...tiers.map(([tier]) => cell(q.tiers[tier] ?? 0)),
              ])}
            />
            <Chart
              title="各项率（不足五件的为空心）"
              chart={dots(
                { id: 'shares', title: '各项率', unit: '%' },
                shares
                  .filter((x) => (x.denominator ?? 0) > 0)
                  .slice(0, 14)
                  .map((x) => ({ label: x.label, numerator: x.numerator ?? 0, denominator: x.denominator ?? 0 })),
              )}
              head={['指标', '怎样说', '分子', '分母']}
              rows={shares.map((x) => [
                cell(x.label),
                cell(x.text),
                cell(x.numerator ?? 0, x.list),
                cell(x.denominator ?? 0, x.denominatorList),
              ])}
            />
            <Chart
              title="各机关现行有效件数"
              chart={bars(
                { id: 'issuers', title: '各机关现行有效件数', unit: '件' },
                issuers
                  .slice(0, 20)
                  .map((x) => ({ label: x.issuer, value: x.figures.find(({ id }) => id === 'closing')?.value ?? 0 })),
              )}
              head={['制定机关', ...Object.values(threeLabels)]}
              rows={issuers.map((x) => [
                cell(x.issuer),
                ...Object.keys(threeLabels).map((id) => {
                  const own = x.figures.find((f) => f.id === id)
                  return cell(own?.value ?? 0, own?.list)
                }),
              ])}
            />
            <Chart
              title="各机关每季度制发件数"
              chart={multiples({ id: 'each', title: '各机关每季度制发件数', unit: '' }, labels, shown.slice(0, 12))}
              head={['制定机关', ...labels]}
              rows={(quarters[0]?.issuers ?? []).map(({ issuer }, i) => [
                cell(issuer),
                ...quarters.map((q) => cell(q.issuers[i]?.value ?? 0, q.issuers[i]?.list)),
              ])}
            />
          </div>
        </section>
        <section aria-labelledby="all">
          <h2 id="all">各项指标</h2>
          <table class="stack figures">
            <thead>
              <tr>
                <th scope="col">指标</th>
                <th scope="col">数</th>
                <th scope="col">分子／分母</th>
                <th scope="col">算式与依据</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Figure item={item} />
              ))}
              {manual.map((x) => (
                <tr>
                  <td class="name">{x.label}</td>
                  <td colspan={2}>需人工填报（{x.who}）</td>
                  <td>
                    本系统没有记录<small class="basis">依据：{x.basis}</small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </>
    ),
  }
}
/** A document opens in the register, one of another installation where it is published there; the rest are lines. */
function Named({ item }: { item: List['items'][number] }) {
  const href = item.issuer === '' ? null : item.address === undefined ? entryHref(item.id) : item.address
  return href ? <a href={href}>{item.title}</a> : <span>{item.title}</span>
}
const partLabels = { count: '', numerator: '（分子）', denominator: '（分母）' } as const
const rowsOfPage = 200
/** Exactly the documents behind one number; `query` is what was asked, `passed` how many are before this page. */
export function statisticListPage(found: List, query: Record<string, string | undefined>, passed: number): Page {
  const title = `${found.label}${partLabels[found.part]}`
  const items = found.items.slice(passed, passed + rowsOfPage)
  const shown = passed + items.length
  const asked = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))
  const next = new URLSearchParams([...asked, ['after', String(shown)]])
  return {
    title,
    crumbs: [{ label: '统计', href: `/statistics?year=${found.to.slice(0, 4)}` }, { label: title }],
    body: (
      <>
        <h1>{title}</h1>
        <p>
          {dateWords(found.from)}至{dateWords(found.to)}，截至{dateWords(found.asOf)}的记录，共{found.total}件。
          {found.total > items.length ? `本页为第${passed + 1}至${shown}件。` : ''}
        </p>
        {found.items.length === 0 ? <p>一件也没有。</p> : null}
        <ol class="list" start={passed + 1}>
          {items.map((x) => (
            <li class="item">
              <Named item={x} />
              <p class="facts">
                {x.issuer ? <span>{x.issuer}</span> : null}
                {x.on ? <span>{dateWords(x.on)}</span> : null}
              </p>
            </li>
          ))}
        </ol>
        <Further href={shown < found.total ? `/statistics/${encodeURIComponent(found.id)}?${next}` : null} />
        {found.total > 0 ? (
          <TakenAway path={`/public/v1/statistics/${encodeURIComponent(found.id)}/list`} query={query} />
        ) : null}
      </>
    ),
  }
}
