// Computes a period: on which day it expires, with the reason for each day.
import { describeDay, type PeriodAnswer, type Unit } from '@dianzhang/calendar'
import type { Page, View } from '../page.ts'
import { datedField } from '../parts.ts'
import { closingWords } from '../words.ts'

export interface CalendarForm {
  jurisdiction: string
  start: string
  days: string
  unit: string
  mode: string
}
export const unitWords: Record<Unit, string> = {
  working_day: '个工作日',
  calendar_day: '日',
  month: '个月',
  year: '年',
}
/**
 * Limit of the days listed one by one on the page; a longer period is computed all the same, but only its beginning
 * and end are listed.
 */
const rowsShown = 200
const kinds: Record<string, string> = {
  start: '不计',
  counted: '计入',
  skipped: '不计',
  paused: '中止',
  rolled: '顺延',
}

export function calendarPage(
  _view: View,
  form: CalendarForm,
  jurisdictions: ReadonlyArray<{ id: string; name: string }>,
  answer: PeriodAnswer | { problem: string } | null,
): Page {
  const problem = answer && 'problem' in answer ? answer.problem : null
  const result = answer && 'due' in answer ? answer : null
  const units = Object.entries(unitWords) as Array<[Unit, string]>
  return {
    title: '算期限',
    status: problem ? 422 : 200,
    crumbs: [{ label: '算期限' }],
    body: (
      <>
        <h1>期限哪一天届满</h1>
        <form action="/calendar" method="get" class="filters" aria-label="期限">
          <div class="field">
            <label for="c-j">地区</label>
            <select id="c-j" name="jurisdiction">
              {jurisdictions.map((item) => (
                <option value={item.id} selected={item.id === form.jurisdiction}>
                  {item.name}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="c-start">起算之事发生在哪一天（当天不计）</label>
            <input id="c-start" name="start" {...datedField} required value={form.start} />
          </div>
          <div class="field">
            <label for="c-days">期限</label>
            <input
              id="c-days"
              name="days"
              inputmode="numeric"
              pattern="[0-9]{1,5}"
              maxlength={5}
              required
              value={form.days}
            />
          </div>
          <div class="field">
            <label for="c-unit">单位</label>
            <select id="c-unit" name="unit">
              {units.map(([unit, label]) => (
                <option value={unit} selected={unit === form.unit}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="c-mode">是哪种期限</label>
            <select id="c-mode" name="mode">
              <option value="deadline" selected={form.mode !== 'minimum'}>
                不超过（须在届满前办完）
              </option>
              <option value="minimum" selected={form.mode === 'minimum'}>
                不少于（届满以后才能办）
              </option>
            </select>
          </div>
          <div class="field go">
            <button type="submit">计算</button>
          </div>
        </form>
        {problem ? (
          <div class="alert" role="alert">
            <p>{problem}</p>
          </div>
        ) : null}
        {result ? <Answer form={form} result={result} /> : null}
        {answer === null ? (
          <p>
            例如：
            <a href="/calendar?jurisdiction=CN&start=2026-09-21&days=7&unit=working_day">
              2026年9月21日起 7 个工作日（遇中秋、国庆）
            </a>
            ；
            <a href="/calendar?jurisdiction=CN&start=2025-09-25&days=30&unit=calendar_day">
              2025年9月25日起 30 日（末日是周六）
            </a>
            。
          </p>
        ) : null}
        <h2>算法</h2>
        <ul>
          <li>起算之事发生的当天不计，从下一天数起（民法典第二百零一条）。</li>
          <li>最后一天是法定休假日的，顺延到休假结束后的第一天；届满时间是当天 24:00（第二百零三条）。</li>
          <li>工作日依国务院办公厅每年的放假通知，调休上班的周六、周日算工作日；有地方节日的地区另行扣除。</li>
          <li>按月、按年计算的，到期月份的对应日届满；没有对应日的，到月末（第二百零二条）。</li>
          <li>
            放假通知还没有公布的年份，元旦、春节、清明、劳动节、端午、中秋、国庆等法定节日依放假办法照样扣除；只有调休、补假不知道，其余暂按周一至周五计算，结果会注明“暂计”，通知公布后自动重算。
          </li>
        </ul>
      </>
    ),
  }
}

function Answer({ form, result }: { form: CalendarForm; result: PeriodAnswer }) {
  const { trace } = result
  const head = trace.length > rowsShown ? trace.slice(0, rowsShown / 2) : trace
  const tail = trace.length > rowsShown ? trace.slice(-rowsShown / 2) : []
  const row = (day: PeriodAnswer['trace'][number]) => (
    <tr class={day.kind}>
      <td data-label="日期">{describeDay(day.date)}</td>
      <td data-label="计否">{kinds[day.kind] ?? day.kind}</td>
      <td data-label="第几">
        {day.index === undefined ? '' : `第 ${day.index} ${form.unit === 'working_day' ? '个工作日' : '天'}`}
      </td>
      <td data-label="为什么">
        {day.reason}
        {day.provisional ? '（暂计）' : ''}
      </td>
    </tr>
  )
  return (
    <section class="outcome" aria-labelledby="outcome-title">
      <h2 id="outcome-title">
        {form.mode === 'minimum' ? '最短到' : '届满'}：{closingWords(result.due)}
        {result.provisional ? '，暂计' : ''}
      </h2>
      {result.assumption ? <p class="caution">{result.assumption}。</p> : null}
      {result.rolled ? (
        <p>
          本应在{describeDay(result.rawDue)}届满，因当日休息，顺延至{describeDay(result.due)}。
        </p>
      ) : null}
      <h3>逐日过程</h3>
      <table class="stack days">
        <thead>
          <tr>
            <th scope="col">日期</th>
            <th scope="col">计否</th>
            <th scope="col">第几</th>
            <th scope="col">为什么</th>
          </tr>
        </thead>
        <tbody>
          {head.map(row)}
          {tail.length > 0 ? (
            <tr>
              <td colspan={4}>
                中间 {trace.length - head.length - tail.length} 天从略，均已计算；全部过程见开放接口
                /public/v1/calendar/explain。
              </td>
            </tr>
          ) : null}
          {tail.map(row)}
        </tbody>
      </table>
    </section>
  )
}
