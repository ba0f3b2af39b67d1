// The yearly drafting plan and the catalogue of major decisions: those published, each with its items, adjustments and
// year-end statement; while it is called for, a form for a proposal.
import type { answers } from '@dianzhang/contract'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { TakenAway } from './parts.tsx'

type Lists = answers.Given<typeof answers.YearlyLists>
type One = answers.Given<typeof answers.YearlyList>
const listHref = (id: string): string => `/yearly-lists/${encodeURIComponent(id)}`

export interface ProposalForm {
  commandId: string
  title: string
  reason: string
}

export function yearlyListsPage(found: Lists): Page {
  return {
    title: '计划与目录',
    crumbs: [{ label: '计划与目录' }],
    body: (
      <>
        <h1>年度制定计划与重大行政决策事项目录</h1>
        <p>本年度拟制定、修改、废止的文件，拟作出的重大行政决策；公布以后的每一次调整与年终完成情况都列在其中。</p>
        {found.items.length === 0 ? <p>还没有公布的计划、目录。</p> : null}
        <ul class="list">
          {found.items.map((x) => (
            <li class="item">
              <h2>
                <a href={listHref(x.id)}>{x.title}</a>
              </h2>
              <p class="facts">
                {x.callUntil ? <span>正在公开征集建议，至{dateWords(x.callUntil)}</span> : null}
                {x.publishedOn ? <span>{dateWords(x.publishedOn)}公布</span> : null}
                {x.publishedOn ? <span>{x.items}项</span> : null}
                {x.closed ? <span>年终完成情况已经公布</span> : null}
              </p>
            </li>
          ))}
        </ul>
        {found.items.length > 0 ? <TakenAway path="/public/v1/yearly-lists" /> : null}
      </>
    ),
  }
}
/** What an adjustment changed: a day in words, a unit as it is called. */
const wordsOf = (value: string): string => (/^\d{4}-\d\d-\d\d$/.test(value) ? dateWords(value) : value)
export function yearlyListPage(
  found: One,
  form: ProposalForm,
  problems: readonly string[] = [],
  sent: number | null = null,
): Page {
  const decisions = found.process === 'decision-catalogue'
  return {
    title: found.title,
    crumbs: [{ label: '计划与目录', href: '/yearly-lists' }, { label: found.title }],
    body: (
      <>
        <h1>{found.title}</h1>
        {sent === null ? null : (
          <p class="notice" role="status">
            已经收到您的建议，是第{sent}条，请记下。采纳与否，在批准以前答复，写在这一页；没有留下姓名、联系方式。
          </p>
        )}
        {found.publishedOn ? (
          <>
            <p>
              {dateWords(found.publishedOn)}公布，共{found.items}项。
              <a href={`/public/v1${listHref(found.id)}/items.csv`}>下载（CSV）</a>、
              <a href={`/public/v1${listHref(found.id)}/items.xlsx`}>电子表格</a>
            </p>
            <section class="scroll" aria-label="各项" tabindex={0}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">序号</th>
                    <th scope="col">{decisions ? '决策事项' : '项目'}</th>
                    <th scope="col">{decisions ? '程序' : '类别'}</th>
                    <th scope="col">{decisions ? '承办单位' : '起草单位'}</th>
                    <th scope="col">完成时限</th>
                    <th scope="col">情况</th>
                  </tr>
                </thead>
                <tbody>
                  {found.list.map((item) => (
                    <tr>
                      <td>{item.n}</td>
                      <td>{item.document ? <a href={entryHref(item.document)}>{item.title}</a> : item.title}</td>
                      <td>{decisions ? `${item.steps.join('、')}${item.hearing ? '；听证' : ''}` : item.kind}</td>
                      <td>{item.unit}</td>
                      <td>{dateWords(item.due)}</td>
                      <td>
                        {item.state}
                        {item.completedOn ? `（${dateWords(item.completedOn)}）` : ''}
                        {item.reason ? `：${item.reason}` : ''}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            {found.adjustments.length > 0 ? (
              <>
                <h2>调整</h2>
                <ul>
                  {found.adjustments.map((one) => (
                    <li>
                      {dateWords(one.on)}：第{one.item}项{one.label}
                      {one.from && one.to ? `，由“${wordsOf(one.from)}”改为“${wordsOf(one.to)}”` : ''}。理由：
                      {one.reason}
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
            {found.statement ? (
              <>
                <h2>年终完成情况</h2>
                <p>{found.statement.summary}</p>
                <p>{dateWords(found.statement.on)}公布</p>
              </>
            ) : null}
          </>
        ) : null}
        {found.publishedOn === null && found.callUntil === null && found.calledUntil ? (
          <p>公开征集已于{dateWords(found.calledUntil)}截止，正在论证、批准；公布以后也在这一页。</p>
        ) : null}
        {found.answered.length > 0 ? (
          <>
            <h2>公众的建议与答复</h2>
            <ul>
              {found.answered.map((one) => (
                <li>
                  第{one.n}条（{dateWords(one.on)}收到）：{one.label}。{one.reason}（{dateWords(one.answeredOn)}答复）
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {found.callUntil ? (
          <>
            <h2>建议列入一项</h2>
            <p>征集至{dateWords(found.callUntil)}。请不要写姓名、电话等个人信息。</p>
            {problems.length > 0 ? (
              <div class="alert" role="alert">
                <ul>
                  {problems.map((message) => (
                    <li>{message}</li>
                  ))}
                </ul>
              </div>
            ) : null}
            <form method="post" action={`${listHref(found.id)}/proposals`}>
              <input type="hidden" name="commandId" value={form.commandId} />
              <div class="field">
                <label for="proposal-title">建议列入的事项</label>
                <input id="proposal-title" name="title" maxlength={300} value={form.title} />
              </div>
              <div class="field">
                <label for="proposal-reason">为什么</label>
                <textarea id="proposal-reason" name="reason" rows={5}>
                  {form.reason}
                </textarea>
              </div>
              <button type="submit">提出建议</button>
            </form>
          </>
        ) : null}
      </>
    ),
  }
}
