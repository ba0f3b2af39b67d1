// Post-evaluation: the published results, proposals long not carried out; a page for each, its readings as chart and
// as table, its articles linked to the text.
import type { answers } from '@dianzhang/contract'
import { reportPartLabels } from '@dianzhang/contract'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { Facts, TakenAway } from './parts.tsx'

type List = answers.Given<typeof answers.PublicEvaluations>
type One = answers.Given<typeof answers.PublicEvaluation>
type Reading = One['readings'][number]
export const evaluationHref = (id: string): string => `/evaluations/${encodeURIComponent(id)}`
/** Where an article stands in the text; what names no article links to the document. */
const provisionHref = (entry: string, provision: string): string => {
  const article = /第[〇零一二三四五六七八九十百千\d]+条/u.exec(provision)?.[0]
  return article ? `${entryHref(entry)}?at=${encodeURIComponent(article)}` : entryHref(entry)
}
function Provisions({ entry, list }: { entry: string; list: readonly string[] }) {
  return (
    <>
      {list.map((provision, i) => (
        <>
          {i > 0 ? '、' : ''}
          <a href={provisionHref(entry, provision)}>{provision}</a>
        </>
      ))}
    </>
  )
}

export function evaluationsPage(found: List): Page {
  return {
    title: '后评估',
    crumbs: [{ label: '后评估' }],
    body: (
      <>
        <h1>后评估</h1>
        <p>
          行政规范性文件施行以后，由没有起草、没有在制定时评估过它的单位或者机构评估效果；制定机关逐项答复，结果在此公布。
        </p>
        <p>
          <a href="/scorecard">制定质量自评</a>
        </p>
        {found.quota.map(({ year, required, published }) => (
          <p>
            {year}年公布{published}件{required > 0 ? `，本地要求全年至少${required}件` : ''}。
          </p>
        ))}
        {found.years.length > 0 ? (
          <p>
            按年份：
            {found.years.map((year, i) => [
              i > 0 ? '　' : '',
              <a href={`/evaluations?year=${year}`} aria-current={found.year === year ? 'true' : undefined}>
                {year}年
              </a>,
            ])}
            {found.year === null ? null : ['　', <a href="/evaluations">全部</a>]}
          </p>
        ) : null}
        <h2>
          {found.year === null ? '已经公布的' : `${found.year}年公布的`}（{found.total}件）
        </h2>
        {found.items.length === 0 ? <p>还没有公布的后评估。</p> : null}
        <ul class="list">
          {found.items.map((x) => (
            <li class="item">
              <h3>
                <a href={evaluationHref(x.id)}>《{x.document.title}》后评估</a>
              </h3>
              <p class="facts">
                <span>结论：{x.conclusionLabel}</span>
                <span>{x.groundLabel}</span>
                <span>{dateWords(x.publishedOn)}公布</span>
                <span>
                  建议{x.proposals}项，{x.pending > 0 ? `${x.pending}项尚未落实` : '没有未落实的'}
                </span>
              </p>
              {x.summary ? <p class="excerpt">{x.summary}</p> : null}
            </li>
          ))}
        </ul>
        {found.items.length > 0 ? (
          <TakenAway
            path="/public/v1/evaluations"
            query={{ year: found.year === null ? undefined : String(found.year) }}
          />
        ) : null}
        <section aria-labelledby="older">
          <h2 id="older">
            超过{spanWords(found.openOlderMonths)}没有落实的建议（{found.openOlderCount}项）
          </h2>
          {found.openOlder.length === 0 ? <p>没有。</p> : null}
          <ul>
            {found.openOlder.map((x) => (
              <li>
                <a href={`${evaluationHref(x.evaluation)}#${x.proposal}`}>《{x.document.title}》</a>：{x.text}
                （自{dateWords(x.since)}答复至今
                {x.owner ? `，责任单位${x.owner}` : ''}
                {x.due ? `，原定${dateWords(x.due)}以前完成` : ''}）
              </li>
            ))}
          </ul>
        </section>
      </>
    ),
  }
}

/** A number of months in words: whole years as years. */
const spanWords = (months: number): string =>
  months === 12 ? '一年' : months % 12 === 0 ? `${months / 12}年` : `${months}个月`

export function evaluationPage(x: One): Page {
  const { document: file } = x
  const groups = Map.groupBy(x.readings, ({ indicator }) => indicator)
  return {
    title: `《${file.title}》后评估`,
    crumbs: [{ label: '后评估', href: '/evaluations' }, { label: file.title }],
    body: (
      <article>
        <h1>《{file.title}》后评估</h1>
        <section class="answer" aria-label="结果">
          <dl>
            <div>
              <dt>结论</dt>
              <dd>
                {x.conclusionLabel}
                {x.summary ? <p>{x.summary}</p> : null}
              </dd>
            </div>
            <div>
              <dt>评估的文件</dt>
              <dd>
                <a href={entryHref(file.id)}>《{file.title}》</a>
                {file.documentNumber}
              </dd>
            </div>
            <div>
              <dt>建议</dt>
              <dd>
                {x.proposals}项，{x.pending > 0 ? `${x.pending}项尚未落实` : '没有未落实的'}
              </dd>
            </div>
          </dl>
        </section>
        <Facts
          items={[
            ['缘由', x.groundLabel],
            ['组织评估', x.unit],
            ['评估', x.evaluator],
            ['方法', x.method.join('、')],
            ['调查对象', x.subjects.join('、')],
            ['公布', dateWords(x.publishedOn)],
            ['目的与内容', x.purpose],
          ]}
        />
        <p>
          <a href={`/public/v1/evaluations/${encodeURIComponent(x.id)}/report.docx`} download>
            下载评估报告（Word）
          </a>{' '}
          <a href={`/public/v1/evaluations/${encodeURIComponent(x.id)}/report.pdf`}>评估报告（PDF）</a>
        </p>
        <section aria-labelledby="dimensions">
          <h2 id="dimensions">各方面的评价</h2>
          <section class="scroll" aria-label="各方面的评价" tabindex={0}>
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">方面</th>
                  <th scope="col">评价</th>
                  <th scope="col">说明</th>
                  <th scope="col">证据</th>
                </tr>
              </thead>
              <tbody>
                {x.dimensions.map((row) => (
                  <tr>
                    <th scope="row">{row.label}</th>
                    <td data-label="评价">
                      {row.resultLabel}
                      {row.score === null ? '' : `（${row.score}${row.weight === null ? '' : `/${row.weight}`}分）`}
                    </td>
                    <td data-label="说明">{row.text}</td>
                    <td data-label="证据">
                      <Evidence refs={row.evidence} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </section>
        {groups.size > 0 ? (
          <section aria-labelledby="readings">
            <h2 id="readings">指标读数</h2>
            {[...groups].map(([indicator, rows], i) => (
              <Readings entry={file.id} indicator={indicator} rows={rows} n={i} />
            ))}
          </section>
        ) : null}
        {x.evidence.length > 0 ? (
          <section aria-labelledby="evidence">
            <h2 id="evidence">证据</h2>
            <ul>
              {x.evidence.map((row) => (
                <li id={row.id}>
                  {row.id}　{row.kindLabel}：{row.title ?? row.source}
                  {row.count === null ? '' : `，${row.count}份（人）`}
                  {row.groups.length > 0 ? `，${row.groups.join('、')}` : ''}（{dateWords(row.date)}，来源：{row.source}
                  ）
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-labelledby="answers">
          <h2 id="answers">建议与答复</h2>
          {x.answers.length === 0 ? <p>报告没有提出建议。</p> : null}
          <ol class="proposals">
            {x.answers.map((row, i) => (
              <li id={row.proposal}>
                <p>
                  <strong>{row.text}</strong>
                  {row.provisions.length > 0 ? (
                    <>
                      （
                      <Provisions entry={file.id} list={row.provisions} />）
                    </>
                  ) : null}
                </p>
                {x.findings[i]?.text ? <p>发现：{x.findings[i].text}</p> : null}
                <p>
                  答复：{row.fateLabel ?? '没有答复'}
                  {row.byLabel ? `，${row.byLabel}` : ''}
                  {row.document ? (
                    <>
                      ，见<a href={entryHref(row.document.id)}>《{row.document.title}》</a>
                      {row.inProvisions.join('、')}
                    </>
                  ) : row.fate === 'adopted' ? (
                    '，尚未落实到文件'
                  ) : null}
                  {row.reason ? `：${row.reason}` : ''}
                  {row.pending
                    ? `（${[row.owner, row.due ? `${dateWords(row.due)}以前完成` : ''].filter(Boolean).join('，')}）`
                    : ''}
                </p>
              </li>
            ))}
          </ol>
        </section>
        <section aria-labelledby="report">
          <h2 id="report">报告</h2>
          {Object.entries(reportPartLabels).map(([name, label]) =>
            (x.parts as Record<string, string>)[name] ? (
              <details>
                <summary>{label}</summary>
                {((x.parts as Record<string, string>)[name] ?? '').split('\n').map((line) => (
                  <p>{line}</p>
                ))}
              </details>
            ) : null,
          )}
        </section>
      </article>
    ),
  }
}
function Evidence({ refs }: { refs: readonly string[] }) {
  return (
    <>
      {refs.map((ref, i) => (
        <>
          {i > 0 ? '、' : ''}
          <a href={`#${ref}`}>{ref}</a>
        </>
      ))}
    </>
  )
}

/**
 * The readings of one indicator: a line and the line of its target drawn by the server, beside a table of the same
 * content.
 */
function Readings({
  entry,
  indicator,
  rows,
  n,
}: {
  entry: string
  indicator: string
  rows: readonly Reading[]
  n: number
}) {
  const sorted = rows.toSorted((a, b) => a.date.localeCompare(b.date))
  const unit = sorted[0]?.unit ?? ''
  const provision = sorted.find((x) => x.provision)?.provision
  return (
    <section aria-labelledby={`indicator-${n}`}>
      <h3 id={`indicator-${n}`}>
        {indicator}
        {provision ? (
          <>
            （
            <Provisions entry={entry} list={[provision]} />）
          </>
        ) : null}
      </h3>
      <Chart indicator={indicator} rows={sorted} unit={unit} n={n} />
      <table class="stack">
        <caption>{indicator}的读数</caption>
        <thead>
          <tr>
            <th scope="col">编号</th>
            <th scope="col">日期</th>
            <th scope="col">数值</th>
            <th scope="col">目标</th>
            <th scope="col">来源</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((x) => (
            <tr id={x.id}>
              <th scope="row">{x.id}</th>
              <td data-label="日期">{dateWords(x.date)}</td>
              <td data-label="数值">
                {x.value}
                {x.unit}
              </td>
              <td data-label="目标">{x.target === null ? '—' : `${x.target}${x.unit ?? ''}`}</td>
              <td data-label="来源">{x.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
// Narrow enough for the words to stay legible on a phone.
const [width, height, margin] = [380, 200, 44]
function Chart({ indicator, rows, unit, n }: { indicator: string; rows: readonly Reading[]; unit: string; n: number }) {
  const target = rows.findLast((x) => x.target !== null)?.target ?? null
  const values = [...rows.map(({ value }) => value), ...(target === null ? [] : [target])]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = (most - least) * 0.15 || Math.abs(most) * 0.1 || 1
  const [low, high] = [least - room, most + room]
  const times = rows.map(({ date }) => Date.parse(date))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const x = (time: number): number =>
    last === first ? width / 2 : margin + ((time - first) / (last - first)) * (width - 2 * margin)
  const y = (value: number): number => height - 30 - ((value - low) / (high - low)) * (height - 60)
  const points = rows.map((row, i) => ({ row, px: Math.round(x(times[i] ?? first)), py: Math.round(y(row.value)) }))
  const told = rows.map(({ date, value }) => `${dateWords(date)}${value}${unit}`).join('，')
  return (
    <svg
      class="readings"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`chart-title-${n} chart-desc-${n}`}
      width="100%"
    >
      <title id={`chart-title-${n}`}>{indicator}</title>
      <desc id={`chart-desc-${n}`}>
        {told}
        {target === null ? '' : `；目标${target}${unit}`}。
      </desc>
      <line x1={margin} y1={height - 30} x2={width - margin} y2={height - 30} stroke="currentColor" stroke-width="1" />
      {target === null ? null : (
        <>
          <line
            x1={margin}
            y1={Math.round(y(target))}
            x2={width - margin}
            y2={Math.round(y(target))}
            stroke="currentColor"
            stroke-dasharray="6 4"
            stroke-width="1"
          />
          <text x={width - margin} y={Math.round(y(target)) - 6} text-anchor="end" font-size="13" fill="currentColor">
            目标{target}
            {unit}
          </text>
        </>
      )}
      <polyline
        points={points.map(({ px, py }) => `${px},${py}`).join(' ')}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
      />
      {points.map(({ row, px, py }) => (
        <>
          <circle cx={px} cy={py} r="4" fill="currentColor" />
          <text x={px} y={py - 10} text-anchor="middle" font-size="13" fill="currentColor">
            {row.value}
            {unit}
          </text>
          {px === points[0]?.px || px === points.at(-1)?.px ? (
            <text x={px} y={height - 10} text-anchor="middle" font-size="12" fill="currentColor">
              {row.date}
            </text>
          ) : null}
        </>
      ))}
    </svg>
  )
}
