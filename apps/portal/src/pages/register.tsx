// Register: search, facets, results.
import {
  type Facet,
  type PublicStatus,
  publicStatuses,
  publicStatusLabels,
  type RegisterFacets,
  type RegisterPage,
  type SearchSuggestion,
} from '@dianzhang/register'
import type { Page, View } from '../page.ts'
import { datedField } from '../parts.ts'
import { dateWords } from '../words.ts'
import { Empty, EntryItem } from './parts.tsx'
import { subscribeHref } from './subscriptions.tsx'

export interface RegisterForm {
  q: string
  status: string
  issuer: string
  category: string
  year: string
  on: string
  unmodified: string
  sort: string
}
export const noFilters: RegisterForm = {
  q: '',
  status: '',
  issuer: '',
  category: '',
  year: '',
  on: '',
  unmodified: '',
  sort: '',
}
const names: Record<keyof RegisterForm, string> = {
  q: '文字',
  status: '效力',
  issuer: '机关',
  category: '类别',
  year: '公布年份',
  on: '按哪一天',
  unmodified: '未修改',
  sort: '次序',
}

const address = (form: RegisterForm, change: Partial<RegisterForm> & { cursor?: string } = {}): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...form, ...change })) if (value) query.set(name, value)
  const text = query.toString()
  return text === '' ? '/register' : `/register?${text}`
}

/** The same query as a file, or of the interface. */
const listAddress = (form: RegisterForm, ending: string): string =>
  address(form).replace('/register', `/public/v1/documents${ending}`)
/** Choices with their counts; what is chosen stays a choice though nothing else has it. */
const choices = (
  facet: readonly Facet[],
  chosen: string,
): Array<{ value: string; label: string; count: number | null }> => {
  const known = facet.map(({ value, label, count }) => ({ value, label, count }))
  return chosen === '' || known.some(({ value }) => value === chosen)
    ? known
    : [{ value: chosen, label: chosen, count: null }, ...known]
}

/** What the form offers of issuers and years, each under the other conditions. */
export type RegisterChoices = Pick<RegisterFacets, 'issuer' | 'moreIssuers' | 'year'>

function Choices({ id, name, facet, chosen }: { id: string; name: string; facet: readonly Facet[]; chosen: string }) {
  return (
    <select id={id} name={name}>
      <option value="">不限</option>
      {choices(facet, chosen).map(({ value, label, count }) => (
        <option value={value} selected={value === chosen}>
          {label}
          {count === null ? '' : `（${count} 件）`}
        </option>
      ))}
    </select>
  )
}

const blanked = (change: SearchSuggestion['change']): Partial<RegisterForm> =>
  Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? '']))

export function registerPage(
  _view: View,
  form: RegisterForm,
  found: RegisterPage | { problem: string },
  continued: boolean,
  offered: RegisterChoices | null = null,
): Page {
  const problem = 'problem' in found ? found.problem : null
  const page = 'results' in found ? found : null
  const facets = page?.facets
  const applied = (Object.keys(names) as Array<keyof RegisterForm>).filter((name) => form[name] !== '')
  const shown = (name: keyof RegisterForm): string =>
    name === 'status'
      ? (publicStatusLabels[form.status as PublicStatus] ?? form.status)
      : name === 'on' && /^\d{4}-\d{2}-\d{2}$/.test(form.on)
        ? dateWords(form.on)
        : name === 'unmodified'
          ? `超过 ${form.unmodified} 年`
          : name === 'sort'
            ? '新公布的在前'
            : form[name]
  return {
    title: form.q ? `“${form.q}”的检索结果` : '文件库',
    status: problem ? 422 : 200,
    crumbs: [{ label: '文件库' }],
    body: (
      <>
        <h1>{form.q ? `“${form.q}”的检索结果` : '文件库'}</h1>
        <form action="/register" method="get" class="filters" aria-label="筛选条件">
          <div class="field wide">
            <label for="f-q">标题、文号、机关或正文中的文字</label>
            <input id="f-q" name="q" type="search" maxlength={200} value={form.q} />
          </div>
          <div class="field">
            <label for="f-status">效力状态</label>
            <select id="f-status" name="status">
              <option value="">不限</option>
              {publicStatuses.map((status) => (
                <option value={status} selected={form.status === status}>
                  {publicStatusLabels[status]}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="f-on">按哪一天判断效力（不填为今天）</label>
            <input id="f-on" name="on" {...datedField} value={form.on} />
          </div>
          <div class="field">
            <label for="f-year">公布年份</label>
            {offered && offered.year.length > 0 ? (
              <Choices id="f-year" name="year" facet={offered.year} chosen={form.year} />
            ) : (
              <input id="f-year" name="year" inputmode="numeric" pattern="[0-9]{4}" maxlength={4} value={form.year} />
            )}
          </div>
          <div class="field">
            {/* All of them to choose from; of more than that, the fullest are suggested while one writes. */}
            {offered && offered.issuer.length > 0 && offered.moreIssuers === 0 ? (
              <>
                <label for="f-issuer">制定机关</label>
                <Choices id="f-issuer" name="issuer" facet={offered.issuer} chosen={form.issuer} />
              </>
            ) : (
              <>
                <label for="f-issuer">制定机关（全称）</label>
                <input id="f-issuer" name="issuer" maxlength={200} value={form.issuer} list="issuers" />
                <datalist id="issuers">
                  {choices(offered?.issuer ?? [], '').map(({ value, count }) => (
                    <option value={value}>{`${value}（${count} 件）`}</option>
                  ))}
                </datalist>
              </>
            )}
          </div>
          {form.q ? (
            <div class="field">
              <label for="f-sort">次序</label>
              <select id="f-sort" name="sort">
                <option value="">标题里有的在前</option>
                <option value="newest" selected={form.sort === 'newest'}>
                  新公布的在前
                </option>
              </select>
            </div>
          ) : null}
          {form.unmodified ? <input type="hidden" name="unmodified" value={form.unmodified} /> : null}
          {form.category ? <input type="hidden" name="category" value={form.category} /> : null}
          <div class="field go">
            <button type="submit">检索</button>
          </div>
        </form>
        {problem ? (
          <div class="alert" role="alert">
            <p>{problem}</p>
            <p>
              请更正条件后重新检索，或者<a href="/register">清除全部条件</a>。
            </p>
          </div>
        ) : null}
        {applied.length > 0 ? (
          <ul class="chips" aria-label="已选条件">
            {applied.map((name) => (
              <li>
                <a href={address(form, { [name]: '' })}>
                  {names[name]}：{shown(name)}
                  <span class="hidden">，去掉这个条件</span>
                  <span aria-hidden="true"> ×</span>
                </a>
              </li>
            ))}
          </ul>
        ) : null}
        {page ? (
          <div class="columns">
            <section class="results" aria-labelledby="results-title">
              <h2 id="results-title">
                {page.countExact ? `共 ${page.count} 件` : `至多 ${page.count} 件`}
                {continued ? '（续）' : ''}
              </h2>
              <p class="small">
                {page.description} 效力状态按{dateWords(page.asOf)}计算。
              </p>
              <p class="small">
                本次检索：
                <a href={subscribeHref('query', address({ ...form, sort: '' }).split('?')[1] ?? '')}>订阅新结果</a>、
                <a href={listAddress(form, '.csv')}>下载 CSV</a>、<a href={listAddress(form, '.xlsx')}>下载 XLSX</a>、
                <a href={listAddress(form, '')}>接口</a>
              </p>
              {page.results.length > 0 ? (
                <ul class="list">
                  {page.results.map((entry) => (
                    <EntryItem entry={entry} q={form.q} />
                  ))}
                </ul>
              ) : (
                <Empty>
                  <p>没有符合条件的文件。{page.suggestions.length > 0 ? '这样查就有：' : '可以这样再试：'}</p>
                  {page.suggestions.length > 0 ? (
                    <ul class="suggestions">
                      {page.suggestions.map(({ label, change, count, exact }) => (
                        <li>
                          <a href={address(form, blanked(change))}>{label}</a>
                          <span class="count">
                            {exact ? '' : '至多 '}
                            {count} 件
                          </span>
                        </li>
                      ))}
                    </ul>
                  ) : null}
                  {page.suggestions.length > 0 ? <p>也可以：</p> : null}
                  <ul>
                    <li>减少字数，只留最关键的两三个字；</li>
                    <li>{applied.length > 1 ? '去掉上面的一个条件；' : '用文件的另一种叫法；'}</li>
                    <li>
                      <a href="/register">清除全部条件，浏览文件库</a>。
                    </li>
                  </ul>
                  <p class="small">依申请公开的文件不在库中；尚未公布的草案，请看正在征求意见的栏目。</p>
                </Empty>
              )}
              <p class="more">
                {continued ? <a href={address(form)}>回到第一页</a> : null}
                {page.nextCursor ? (
                  <a rel="next" href={address(form, { cursor: page.nextCursor })}>
                    下一页
                  </a>
                ) : null}
              </p>
            </section>
            {facets && page.count > 0 ? (
              <aside class="facets" aria-label="缩小范围">
                <FacetList title="效力状态" name="status" items={facets.status} form={form} />
                <FacetList title="制定机关" name="issuer" items={facets.issuer.slice(0, 12)} form={form} />
                <FacetList title="类别" name="category" items={facets.category.slice(0, 12)} form={form} />
                <FacetList title="公布年份" name="year" items={facets.year.slice(0, 12)} form={form} />
                <FacetList title="久未修改" name="unmodified" items={facets.unmodified} form={form} />
                {facets.exact ? null : <p class="small">候选较多，以上件数为上限。</p>}
              </aside>
            ) : null}
          </div>
        ) : null}
      </>
    ),
  }
}

function FacetList({
  title,
  name,
  items,
  form,
}: {
  title: string
  name: 'status' | 'issuer' | 'category' | 'year' | 'unmodified'
  items: readonly Facet[]
  form: RegisterForm
}) {
  if (items.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li>
            {form[name] === item.value ? (
              <strong>
                {item.label}
                <span class="count">{item.count}</span>
              </strong>
            ) : (
              <a href={address(form, { [name]: item.value })}>
                {item.label}
                <span class="count">{item.count}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
