// Annual reports: those published, one of them – every figure a link to its list with a note, objections beside the figure until they
// are answered, corrections with their cause, the digest that binds it.
import { bars } from '@dianzhang/charts'
import type { answers } from '@dianzhang/contract'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { Chart } from './chart.tsx'
import { TakenAway } from './parts.tsx'
import { listPage } from './statistics.tsx'

type One = answers.Given<typeof answers.AnnualReport>
const hrefOf = (id: string): string => `/annual-reports/${encodeURIComponent(id)}`
const numerals = ['一', '二', '三', '四']

export function annualReportsPage({ items }: answers.Given<typeof answers.AnnualReports>): Page {
  return {
    title: '年度报告',
    crumbs: [{ label: '年度报告' }],
    body: (
      <>
        <h1>年度报告</h1>
        <p>每一个数都附有清单；公布以后重算不同的，写明更正与原因。</p>
        {items.length === 0 ? <p>还没有公布的年度报告。</p> : null}
        <ul class="list">
          {items.map((x) => (
            <li class="item">
              <h2>
                <a href={hrefOf(x.id)}>{x.title}</a>
              </h2>
              <p class="facts">
                <span>{dateWords(x.publishedOn)}公布</span>
                {x.corrections > 0 ? <span>更正{x.corrections}次</span> : null}
                {x.objections > 0 ? <span>{x.objections}条异议尚待答复</span> : null}
              </p>
            </li>
          ))}
        </ul>
        {items.length > 0 ? <TakenAway path="/public/v1/annual-reports" /> : null}
      </>
    ),
  }
}
function Told({ report, segment }: { report: One; segment: { text: string; figure: string; note: number } }) {
  const note = report.notes.find(({ n }) => n === segment.note)
  const open = report.contested.filter((x) => x.figure === segment.figure && x.answer === null)
  const corrected = report.corrected.some(({ figures }) => figures.some(({ id }) => id === segment.figure))
  return (
    <>
      <a href={note?.list ? listPage(note.list) : `#note-${segment.note}`}>{segment.text}</a>
      <sup>
        <a href={`#note-${segment.note}`} aria-label={`注${segment.note}`}>
          {segment.note}
        </a>
      </sup>
      {corrected ? <a href="#corrections">（已更正）</a> : null}
      {open.length > 0 ? <a href="#objections">（有异议）</a> : null}
    </>
  )
}
export function annualReportPage(found: One): Page {
  const three = found.issuers
  return {
    title: found.title,
    crumbs: [{ label: '年度报告', href: '/annual-reports' }, { label: `${found.year}年` }],
    body: (
      <article>
        <h1>{found.title}</h1>
        <p class="facts">
          <span>{found.unit}</span>
          <span>{dateWords(found.publishedOn)}公布</span>
          {found.asOf ? <span>数据截至{dateWords(found.asOf)}</span> : null}
          <span>
            下载：<a href={`/public/v1${hrefOf(found.id)}/report.docx`}>Word</a>、
            <a href={`/public/v1${hrefOf(found.id)}/report.pdf`}>PDF</a>、
            <a href={`/public/v1${hrefOf(found.id)}/figures.csv`}>各数（CSV）</a>、
            <a href={`/public/v1${hrefOf(found.id)}/figures.xlsx`}>各数（XLSX）</a>
          </span>
        </p>
        <section class="report-text">
          {found.sections.map(({ section, label, paragraphs }, i) => (
            <>
              <h2 id={section}>
                {numerals[i]}、{label}
              </h2>
              {paragraphs.map((paragraph) => (
                <p>
                  {paragraph.map((segment) =>
                    'figure' in segment ? (
                      <Told report={found} segment={segment as { text: string; figure: string; note: number }} />
                    ) : (
                      segment.text
                    ),
                  )}
                </p>
              ))}
            </>
          ))}
        </section>
        {three.length > 0 ? (
          <section aria-labelledby="three">
            <h2 id="three">各制定机关的三个数</h2>
            <Chart
              title="年末现行有效件数"
              chart={bars(
                { id: 'closing', title: '各机关年末现行有效件数', unit: '件' },
                three.slice(0, 20).map((x) => ({ label: x.issuer, value: x.closing })),
              )}
              head={['制定机关', '年初有效', '制发', '恢复效力', '废止、失效', '年末有效']}
              rows={three.map((x) => [
                { text: x.issuer },
                ...[x.opening, x.issued, x.revived, x.ended, x.closing].map((n) => ({ text: String(n) })),
              ])}
            />
          </section>
        ) : null}
        {found.corrected.length > 0 ? (
          <section aria-labelledby="corrections">
            <h2 id="corrections">更正</h2>
            <ul>
              {found.corrected.map((x) => (
                <li>
                  {dateWords(x.on)}更正：{x.figures.map((f) => `${f.label}由${f.from}更正为${f.to}`).join('；')}。原因：
                  {x.cause}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {found.contested.length > 0 ? (
          <section aria-labelledby="objections">
            <h2 id="objections">对数的异议</h2>
            <ul>
              {found.contested.map((x) => (
                <li>
                  {dateWords(x.on)}，{x.unit}对“{found.figures.find(({ id }) => id === x.figure)?.label ?? x.figure}”：
                  {x.reason}
                  <br />
                  {x.answer ? `${dateWords(x.answer.on)}答复：${x.answer.label}。${x.answer.reason}` : '尚待答复。'}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-labelledby="notes">
          <h2 id="notes">附注：各数的算式、依据与清单</h2>
          <ol class="notes">
            {found.notes.map((x) => (
              <li id={`note-${x.n}`}>
                {x.source ? (
                  <>
                    {x.text}：人工填报。来源：{x.source}
                  </>
                ) : (
                  <>
                    {x.label} {x.text}。算式：{x.formula}。依据：{x.basis}。
                    {x.list ? <a href={listPage(x.list)}>清单</a> : null}
                    {x.denominatorList ? (
                      <>
                        、<a href={listPage(x.denominatorList)}>分母的清单</a>
                      </>
                    ) : null}
                  </>
                )}
              </li>
            ))}
          </ol>
        </section>
        {found.digest ? (
          <p class="small">
            {found.frozenOn ? `${dateWords(found.frozenOn)}冻结` : ''}；摘要 <code class="digest">{found.digest}</code>
            {found.logSize === null ? '' : `；公开日志当时${found.logSize}条`}。
          </p>
        ) : null}
      </article>
    ),
  }
}
