// Final scorecards of departments and townships: by the register of units, nobody ranked; behind each deduction its cases.
import type { answers } from '@dianzhang/contract'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { TakenAway } from './parts.tsx'
import { listPage } from './statistics.tsx'

const hrefOf = (id: string): string => `/scorecards/${encodeURIComponent(id)}`

export function scorecardsPage(found: answers.Given<typeof answers.Scorecards>): Page {
  return {
    title: '年度考核评分',
    crumbs: [{ label: '年度考核评分' }],
    body: (
      <>
        <h1>年度考核评分</h1>
        <p>已经审定的评分，依单位名册的次序排列，不排名次；扣分所依的每一件都可以点开。</p>
        <p class="facts">
          {found.years.map((year) => (
            <span>{year === found.year ? `${year}年` : <a href={`/scorecards?year=${year}`}>{year}年</a>}</span>
          ))}
        </p>
        {found.items.length === 0 ? <p>还没有审定的评分。</p> : null}
        <ul class="list">
          {found.items.map((x) => (
            <li class="item">
              <h2>
                <a href={hrefOf(x.id)}>
                  {x.year}年 {x.unit}
                </a>
              </h2>
              <p class="facts">
                <span>{x.total}分</span>
                <span>{x.standard}</span>
                <span>{dateWords(x.finalOn)}审定</span>
              </p>
            </li>
          ))}
        </ul>
        {found.items.length > 0 ? (
          <TakenAway path="/public/v1/scorecards" query={{ year: String(found.year ?? '') }} />
        ) : null}
      </>
    ),
  }
}
export function unitScorecardPage(found: answers.Given<typeof answers.UnitScorecard>): Page {
  const title = `${found.unit}${found.year}年度考核评分`
  return {
    title,
    crumbs: [{ label: '年度考核评分', href: '/scorecards' }, { label: title }],
    body: (
      <>
        <h1>{title}</h1>
        <p>
          {found.total}分。标准：{found.standard}（{found.source}）。{dateWords(found.finalOn)}审定。
        </p>
        <table class="stack figures">
          <thead>
            <tr>
              <th scope="col">考核内容</th>
              <th scope="col">分值</th>
              <th scope="col">自评</th>
              <th scope="col">得分</th>
              <th scope="col">理由与所依的件</th>
            </tr>
          </thead>
          <tbody>
            {found.items.map((x) => (
              <tr>
                <td class="name">
                  {x.text}
                  <small class="basis">
                    {x.group}；{x.ruleLabel}
                  </small>
                </td>
                <td class="num" data-label="分值">
                  {x.weight}
                </td>
                <td class="num" data-label="自评">
                  {x.self ?? '—'}
                </td>
                <td class="num" data-label="得分">
                  {x.score ?? '—'}
                </td>
                <td>
                  {x.reason}
                  {x.cases.map((one) => (
                    <div>
                      <a href={listPage(one.list)}>
                        {one.label}：{one.count}件
                      </a>
                    </div>
                  ))}
                  {x.objection ? (
                    <div>
                      {dateWords(x.objection.on)}异议：{x.objection.reason}
                      {x.objection.label ? `；答复：${x.objection.label}，${x.objection.answer}` : ''}
                    </div>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <TakenAway path={`/public/v1${hrefOf(found.id)}/items`} />
      </>
    ),
  }
}
