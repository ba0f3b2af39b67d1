// Cleanup list: documents that on a given day stay in force, are amended, repealed or lapsed, by year and issuer; can
// be printed and downloaded.
import type { WorkbookSheet } from '@dianzhang/formats'
import { type CleanupItem, type CleanupList, type CleanupOverview, cleanupLists } from '@dianzhang/register'
import type { Child } from 'hono/jsx'
import { entryHref } from '../addresses.ts'
import type { Page, View } from '../page.ts'
import { datedField } from '../parts.ts'
import { dateWords } from '../words.ts'
import { Empty } from './parts.tsx'

export interface CleanupForm {
  on: string
  year: string
  issuer: string
  list: CleanupList | ''
}

const cleanupAddress = (
  form: CleanupForm,
  change: Partial<CleanupForm> & { page?: number } = {},
  path = '/cleanup',
): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...form, ...change })) if (value) query.set(name, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Number of documents listed per column in the overview; more go to another page. */
export const itemsShown = 40
export const itemsPerPage = 100

export interface CleanupContent {
  overview: CleanupOverview
  /** The columns to list and their entries. */
  sections: Array<{ list: CleanupList; items: CleanupItem[] }>
  page: number
}

export function cleanupPage(view: View, form: CleanupForm, found: CleanupContent | { problem: string }): Page {
  const problem = 'problem' in found ? found.problem : null
  const content = 'overview' in found ? found : null
  const one = form.list === '' ? null : cleanupLists[form.list].label
  const title = `${form.year ? `${form.year}年` : ''}清理目录${one ? `：${one}` : ''}`
  return {
    title,
    status: problem ? 422 : 200,
    crumbs: one
      ? [{ label: '清理目录', href: cleanupAddress({ ...form, list: '' }) }, { label: one }]
      : [{ label: '清理目录' }],
    body: (
      <>
        <h1>{title}</h1>
        <p class="screen-only">
          规范性文件清理的结果：哪些继续有效，哪些已经修改、废止、失效，何时、为何、由什么决定。目录由登记库按日期和效力事件得出，随公布随更新；逐次的清理见
          <a href="/cleanups">各次清理</a>。
        </p>
        <form action="/cleanup" method="get" class="filters" aria-label="筛选条件">
          <div class="field">
            <label for="k-on">截至哪一天（不填为今天）</label>
            <input id="k-on" name="on" {...datedField} value={form.on} />
          </div>
          <div class="field">
            <label for="k-year">哪一年的清理结果</label>
            <select id="k-year" name="year">
              <option value="">历年</option>
              {yearsOf(content, form).map((year) => (
                <option value={year} selected={form.year === year}>
                  {year}年
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="k-issuer">制定机关</label>
            <select id="k-issuer" name="issuer">
              <option value="">全部机关</option>
              {issuersOf(content, form).map(({ value, count }) => (
                <option value={value} selected={form.issuer === value}>
                  {value}
                  {count === null ? '' : `（${count}）`}
                </option>
              ))}
            </select>
          </div>
          {form.list ? <input type="hidden" name="list" value={form.list} /> : null}
          <div class="field go">
            <button type="submit">查看</button>
          </div>
        </form>
        {problem ? (
          <div class="alert" role="alert">
            <p>{problem}</p>
            <p>
              请更正条件后再查看，或者<a href="/cleanup">清除全部条件</a>。
            </p>
          </div>
        ) : null}
        {content ? <Lists view={view} form={form} content={content} /> : null}
      </>
    ),
  }
}

const yearsOf = (content: CleanupContent | null, form: CleanupForm): string[] => {
  const years = content?.overview.years.map(String) ?? []
  return form.year === '' || years.includes(form.year) ? years : [form.year, ...years]
}
const issuersOf = (
  content: CleanupContent | null,
  form: CleanupForm,
): Array<{ value: string; count: number | null }> => {
  const issuers = content?.overview.issuers ?? []
  return form.issuer === '' || issuers.some(({ value }) => value === form.issuer)
    ? issuers
    : [{ value: form.issuer, count: null }, ...issuers]
}

function Lists({ view, form, content }: { view: View; form: CleanupForm; content: CleanupContent }) {
  const { overview, sections, page } = content
  const counted = (list: CleanupList): number => overview.counts.find((one) => one.list === list)?.count ?? 0
  const total = overview.counts.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <p>
        截至{dateWords(overview.asOf)}
        {form.issuer ? `，${form.issuer}` : ''}
        {form.year ? `；修改、废止、失效的为${form.year}年内发生的` : ''}。
        {overview.asOf > view.today ? '所问的日子还没有到，按已经登记的效力事件预计。' : ''}
      </p>
      <nav class="tabs" aria-label="各栏">
        <ul>
          <li>
            <a href={cleanupAddress(form, { list: '' })} aria-current={form.list === '' ? 'page' : undefined}>
              全部 {total}
            </a>
          </li>
          {overview.counts
            .filter(({ list, count }) => count > 0 || usual.has(list))
            .map(({ list, label, count }) => (
              <li>
                <a href={cleanupAddress(form, { list })} aria-current={form.list === list ? 'page' : undefined}>
                  {label} {count}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <p class="screen-only">
        下载{form.list ? '本栏' : '全部'}：
        <a href={cleanupAddress(form, {}, '/cleanup.csv')} download>
          CSV
        </a>
        、
        <a href={cleanupAddress(form, {}, '/cleanup.xlsx')} download>
          XLSX
        </a>
      </p>
      {total === 0 ? (
        <Empty>
          <p>
            没有符合条件的文件。可以<a href="/cleanup">清除全部条件</a>再看。
          </p>
        </Empty>
      ) : null}
      {sections.map(({ list, items }) => (
        <Section form={form} list={list} items={items} count={counted(list)} page={page} />
      ))}
      {form.list === '' && counted('unverified') > 0 ? (
        <p>
          另有外部导入而
          <a href={cleanupAddress(form, { list: 'unverified' })}>效力未核实的 {counted('unverified')} 件</a>
          ，没有列在以上各栏。
        </p>
      ) : null}
      <p class="small">
        只列主动公开的规范性文件；法律、法规、规章不在其中。外部导入的按来源自述或者本机关登记的效力事件，来源没有说清楚的列为“效力未核实”。
      </p>
    </>
  )
}
const usual = new Set<CleanupList>(['keep', 'amend', 'repeal', 'lapse'])
/**
 * The columns listed in the overview: the four cleanup results always; “validity not verified” is not a cleanup
 * result, so only its count is given.
 */
export const inOverview = ({ list, count }: { list: CleanupList; count: number }): boolean =>
  usual.has(list) || (count > 0 && list !== 'unverified')

function Section({
  form,
  list,
  items,
  count,
  page,
}: {
  form: CleanupForm
  list: CleanupList
  items: CleanupItem[]
  count: number
  page: number
}) {
  const { label } = cleanupLists[list]
  const kept = list === 'keep'
  const first = (page - 1) * itemsPerPage
  return (
    <section aria-labelledby={`k-${list}`}>
      <h2 id={`k-${list}`}>
        {label}（{count} 件）
      </h2>
      {items.length === 0 ? (
        <p>{form.year && !kept ? `${form.year}年没有。` : '没有。'}</p>
      ) : (
        <table class="stack cleanup">
          <thead>
            <tr>
              <th scope="col">序号</th>
              <th scope="col">文件名称</th>
              <th scope="col">文号</th>
              <th scope="col">制定机关</th>
              <th scope="col">{kept ? '施行日期' : '自何日起'}</th>
              <th scope="col">{kept ? '有效期至、说明' : '理由和依据'}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, at) => (
              <tr>
                <td data-label="序号">{first + at + 1}</td>
                <td data-label="文件名称">
                  <a href={entryHref(item.id)}>{item.title}</a>
                  {item.imported ? <span class="origin">（外部导入）</span> : null}
                </td>
                <td data-label="文号">{item.documentNumber}</td>
                <td data-label="制定机关">{item.issuers.join('、')}</td>
                <td data-label={kept ? '施行日期' : '自何日起'}>{dayOf(kept ? item.effectiveDate : item.on)}</td>
                <td data-label={kept ? '有效期至、说明' : '理由和依据'}>
                  {kept ? keptWords(item) : reasonWords(item)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {form.list === '' ? (
        count > items.length ? (
          <p class="more">
            <a href={cleanupAddress(form, { list })}>
              查看{label}的全部 {count} 件
            </a>
          </p>
        ) : null
      ) : (
        <p class="more">
          {page > 1 ? <a href={cleanupAddress(form, { page: page - 1 })}>上一页</a> : null}
          {count > first + items.length ? (
            <a rel="next" href={cleanupAddress(form, { page: page + 1 })}>
              下一页
            </a>
          ) : null}
        </p>
      )}
    </section>
  )
}

const dayOf = (date: string | null): string => (date === null ? '没有载明' : dateWords(date))

const keptWords = (item: CleanupItem): string =>
  [
    item.validUntil ? `有效期至${dateWords(item.validUntil)}` : item.imported ? null : '没有规定有效期',
    item.status === 'pending' ? '尚未施行' : item.reason,
  ]
    .filter((part) => part !== null)
    .join('；')

function reasonWords(item: CleanupItem): Child {
  const { decision, decidedBy } = item
  return (
    <>
      {item.reason}
      {decision ? (
        <>
          {item.reason ? '；' : ''}
          <a href={entryHref(decision.id)}>《{decision.title}》</a>
          {decision.documentNumber ? `（${decision.documentNumber}）` : ''}
        </>
      ) : null}
      {decidedBy ? `${item.reason ? '；' : ''}${decisionWords(decidedBy)}` : ''}
    </>
  )
}

/** 「海原县人民政府常务会议2026年3月1日决定（海政常〔2026〕3号）」 */
export const decisionWords = ({
  body,
  number,
  date,
}: {
  body: string
  number?: string | undefined
  date: string
}): string => `${body}${dateWords(date)}决定${number ? `（${number}）` : ''}`

const columns = [
  { title: '清理结果', width: 16 },
  { title: '序号', width: 6 },
  { title: '文件名称', width: 48 },
  { title: '文号', width: 24 },
  { title: '制定机关', width: 24 },
  { title: '公布日期', width: 12 },
  { title: '施行日期', width: 12 },
  { title: '有效期至', width: 12 },
  { title: '效力状态', width: 12 },
  { title: '自何日起', width: 12 },
  { title: '理由', width: 40 },
  { title: '决定', width: 40 },
  { title: '来源', width: 18 },
  { title: '网址', width: 50 },
]

/** The lists as one sheet. */
export function cleanupSheet(sections: CleanupContent['sections'], origin: string): WorkbookSheet {
  const rows = sections.flatMap(({ list, items }) =>
    items.map((item, at) => [
      cleanupLists[list].label,
      String(at + 1),
      item.title,
      item.documentNumber,
      item.issuers.join('、'),
      item.publishedOn,
      item.effectiveDate,
      item.validUntil,
      item.statusLabel,
      item.on,
      item.reason,
      item.decision
        ? `《${item.decision.title}》${item.decision.documentNumber ? `（${item.decision.documentNumber}）` : ''}`
        : item.decidedBy
          ? decisionWords(item.decidedBy)
          : null,
      item.imported ? '外部导入，未经核实' : '本系统制发',
      origin + entryHref(item.id),
    ]),
  )
  return { name: '清理目录', columns, rows }
}
