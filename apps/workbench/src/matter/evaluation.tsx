// The own tab of a post-evaluation: plan, indicators and readings, evidence, report and the answer to each proposal.
import type { Matter } from './types.ts'

interface Own {
  document: {
    entry: string
    title: string
    number: string | null
    matter: string | null
    draftingUnitName: string | null
  }
  groundLabel: string
  evaluator: { name: string | null }
  method: string[]
  subjects: string[]
  until: string
  purpose: string | null
  indicators: Array<{
    objective: string
    article: string | null
    indicator: string
    unit: string | null
    baseline: string | null
    target: string | null
  }>
  evidence: Array<{
    id: string
    kindLabel: string
    title: string | null
    source: string
    count: number | null
    groups: string[]
    date: string
    summary: string
  }>
  readings: Array<{
    id: string
    indicator: string
    value: number
    unit: string | null
    date: string
    source: string
    target: number | null
    provision: string | null
  }>
  dimensions: Array<{ code: string; label: string; weight: number }>
  report: null | {
    on: string
    conclusion: string
    dimensions: Array<{ dimension: string; result: string; score: number | null; evidence: string[] }>
    texts: null | {
      parts: Record<string, string>
      dimensions: Array<{ dimension: string; text: string }>
      findings: Array<{ text: string }>
    }
  }
  proposals: Array<{
    id: string
    text: string
    provisions: string[]
    answer: null | {
      fate: string
      by: string | null
      reason: string | null
      due: string | null
      ownerName: string | null
      document: { entry: string; title: string } | null
    }
  }>
  publishedOn: string | null
  labels: Record<string, Record<string, string>>
}
export default function Evaluation({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  const { labels } = own
  return (
    <div className="stack">
      <section className="stack" aria-label="方案">
        <h2>
          <a href={`/register/${encodeURIComponent(own.document.entry)}`}>《{own.document.title}》</a>
        </h2>
        <p>
          {own.groundLabel}，由{own.evaluator.name}评估，{own.until}以前提交报告。
          {own.document.draftingUnitName ? `起草单位：${own.document.draftingUnitName}。` : ''}
          方法：{own.method.join('、')}。调查对象：{own.subjects.join('、')}。
        </p>
        {own.purpose ? <p className="pre">{own.purpose}</p> : null}
        {own.publishedOn ? (
          <p>
            <a href={`/evaluations/${encodeURIComponent(matter.id)}`}>公开的结果</a>
          </p>
        ) : null}
      </section>
      {own.indicators.length > 0 ? (
        <section className="stack" aria-label="起草时写明的指标">
          <h2>起草时写明的指标</h2>
          <ul>
            {own.indicators.map((x) => (
              <li key={`${x.objective}${x.indicator}`}>
                {x.objective}：{x.indicator}
                {x.baseline ? `，基期${x.baseline}${x.unit ?? ''}` : ''}
                {x.target ? `，目标${x.target}${x.unit ?? ''}` : ''}
                {x.article ? `（${x.article}）` : ''}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="stack" aria-label="证据与读数">
        <h2>证据与读数</h2>
        {own.evidence.length + own.readings.length === 0 ? <p className="quiet">还没有记录证据。</p> : null}
        <ul>
          {own.evidence.map((x) => (
            <li key={x.id}>
              {x.id}　{x.kindLabel}：{x.title ?? x.source}
              {x.count === null ? '' : `，${x.count}份（人）`}　<span className="quiet">{x.date}</span>
              <p className="pre">{x.summary}</p>
            </li>
          ))}
          {own.readings.map((x) => (
            <li key={x.id}>
              {x.id}　{x.indicator}：{x.value}
              {x.unit}
              {x.target === null ? '' : `（目标${x.target}${x.unit ?? ''}）`}
              {x.provision ? `，${x.provision}` : ''}
              {'　'}
              <span className="quiet">
                {x.date}，{x.source}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {own.report ? (
        <section className="stack" aria-label="报告">
          <h2>报告：{labels.conclusion?.[own.report.conclusion]}</h2>
          <p>
            <a href={`/api/matters/${matter.id}/report.docx`}>下载报告（Word）</a>{' '}
            <a href={`/api/matters/${matter.id}/report.pdf`}>PDF</a>
          </p>
          <ul>
            {own.report.dimensions.map((x) => (
              <li key={x.dimension}>
                {own.dimensions.find(({ code }) => code === x.dimension)?.label ?? x.dimension}：
                {labels.result?.[x.result]}
                {x.score === null ? '' : `，${x.score}分`}（{x.evidence.join('、')}）
                <p className="hint">
                  {own.report?.texts?.dimensions.find(({ dimension }) => dimension === x.dimension)?.text}
                </p>
              </li>
            ))}
          </ul>
          {Object.entries(own.report.texts?.parts ?? {}).map(([name, text]) => (
            <details key={name}>
              <summary>{labels.part?.[name] ?? name}</summary>
              <p className="pre">{text}</p>
            </details>
          ))}
        </section>
      ) : null}
      {own.proposals.length > 0 ? (
        <section className="stack" aria-label="建议与答复">
          <h2>建议与答复</h2>
          <ol>
            {own.proposals.map((x) => (
              <li key={x.id}>
                {x.id}　{x.text}
                {x.provisions.length > 0 ? `（${x.provisions.join('、')}）` : ''}
                <p className="hint">
                  {x.answer
                    ? [
                        labels.fate?.[x.answer.fate],
                        x.answer.by ? labels.by?.[x.answer.by] : null,
                        x.answer.document ? `见《${x.answer.document.title}》` : null,
                        x.answer.reason,
                        x.answer.due ? `${x.answer.due}以前完成` : null,
                        x.answer.ownerName,
                      ]
                        .filter(Boolean)
                        .join('，')
                    : '还没有答复'}
                </p>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  )
}
