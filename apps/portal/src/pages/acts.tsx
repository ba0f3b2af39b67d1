// Superior acts: whether one is in force on a day, which versions it has; which local documents rest on it or cite it.
import type { answers } from '@dianzhang/contract'
import type { OneKnownAct, ShownAct } from '@dianzhang/register'
import { entryHref } from '../addresses.ts'
import type { Page, View } from '../page.ts'
import { dateWords } from '../words.ts'
import { Empty, Facts, Further, TakenAway } from './parts.tsx'

const actHref = (id: string): string => `/acts/${encodeURIComponent(id)}`
const statusWords = {
  in_force: '现行有效',
  amended: '已修改，请核对所引条款',
  repealed: '已废止',
  expired: '已失效',
  pending: '已公布，尚未施行',
  unknown: '效力没有记载，请核对',
} as const
const lineOf = ({ level, documentNumber, publishedOn, effectiveOn, status }: ShownAct): string =>
  [
    statusWords[status],
    level,
    documentNumber,
    publishedOn ? `${dateWords(publishedOn)}公布` : null,
    effectiveOn ? `${dateWords(effectiveOn)}施行` : null,
  ]
    .filter(Boolean)
    .join('，')

/** `from`: how many have been passed over. */
export function actsPage(
  view: View,
  q: string,
  found: { items: ShownAct[]; total: number },
  asOf: string,
  from: number,
): Page {
  const shown = from + found.items.length
  return {
    title: '上位法',
    crumbs: [{ label: '上位法' }],
    body: (
      <>
        <h1>上位法</h1>
        <p>
          法律、行政法规、司法解释等的名称与效力，目录截至{dateWords(asOf)}
          ，连同其后登记的；查不到的不等于失效。点开可看本地哪些文件以它为依据。
        </p>
        <form action="/acts" method="get" class="filters" aria-label="查上位法">
          <div class="field">
            <label for="q-act">名称或者文号</label>
            <input id="q-act" name="q" type="search" value={q} maxlength={200} />
          </div>
          <button type="submit">查找</button>
        </form>
        <p>
          <a href="/mandates">上位法要求本地制定的文件</a>
        </p>
        {q === '' ? null : found.items.length === 0 ? (
          <Empty>
            <p>没有查到“{q}”。查不到不等于没有、不等于失效。</p>
          </Empty>
        ) : (
          <>
            <p>
              共 {found.total} 件{found.total > found.items.length ? `，本页为第 ${from + 1} 至 ${shown} 件` : ''}（
              {dateWords(view.today)}
              的效力）。
            </p>
            <ul class="list">
              {found.items.map((act) => (
                <li class="item">
                  <h2>
                    <a href={actHref(act.id)}>{act.title}</a>
                  </h2>
                  <p class="facts">{lineOf(act)}</p>
                </li>
              ))}
            </ul>
            <Further href={shown < found.total ? `/acts?${new URLSearchParams({ q, from: String(shown) })}` : null} />
            <TakenAway path="/public/v1/acts" query={{ q }} />
          </>
        )}
      </>
    ),
  }
}

/** `later`: a page after the first, so it says where the first is. */
export function actPage(
  view: View,
  found: OneKnownAct,
  impact: answers.Given<typeof answers.Impact>,
  later: boolean,
): Page {
  const { act, versions, standing } = found
  return {
    title: act.title,
    crumbs: [{ label: '上位法', href: '/acts' }, { label: act.title }],
    body: (
      <>
        <h1>{act.title}</h1>
        <Facts
          items={[
            [
              '效力',
              `${dateWords(view.today)}：${statusWords[act.status]}${standing?.since ? `（自${dateWords(standing.since)}起）` : ''}`,
            ],
            ['层级', act.level],
            ['文号', act.documentNumber],
            ['制定机关', act.issuer],
            ['公布', act.publishedOn ? dateWords(act.publishedOn) : null],
            ['施行', act.effectiveOn ? dateWords(act.effectiveOn) : null],
            ['据何处登记', act.registered ? act.source : null],
          ]}
        />
        {versions.length > 1 ? (
          <section aria-labelledby="versions-title">
            <h2 id="versions-title">历次版本</h2>
            <ul>
              {versions.toReversed().map((one) => (
                <li>
                  {one.id === act.id ? one.title : <a href={actHref(one.id)}>{one.title}</a>}：{lineOf(one)}
                  {one.articles.length > 0 ? `；变动的条：${one.articles.join('、')}` : ''}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-labelledby="impact-title">
          <h2 id="impact-title">本地哪些文件以此为依据、引用它</h2>
          {impact.groups.length === 0 ? (
            <Empty>
              <p>登记库里现在有效的文件没有引用它。</p>
            </Empty>
          ) : (
            impact.groups
              .filter((group) => group.items.length > 0)
              .map((group) => (
                <>
                  <h3>
                    {group.label}（{group.count} 件）
                  </h3>
                  <ul class="list">
                    {group.items.map((one) => (
                      <li class="item">
                        <h4>
                          <a href={entryHref(one.id)}>{one.title}</a>
                        </h4>
                        <p class="facts">
                          {one.documentNumber ? <span>{one.documentNumber}</span> : null}
                          <span>
                            {[
                              ...new Set(
                                one.edges.map(
                                  (edge) =>
                                    `${edge.address || '开头'}${edge.articles.length ? `引${edge.articles.join('、')}` : ''}`,
                                ),
                              ),
                            ]
                              .slice(0, 6)
                              .join('；')}
                          </span>
                        </p>
                      </li>
                    ))}
                  </ul>
                </>
              ))
          )}
          {impact.shown < impact.total ? (
            <p>
              共 {impact.total} 件，本页列出 {impact.shown} 件。
              {later ? <a href={actHref(act.id)}>从头看</a> : null}
              {later && impact.nextCursor ? '　' : null}
              {impact.nextCursor ? (
                <a href={`${actHref(act.id)}?after=${impact.nextCursor}`} rel="next">
                  后面的
                </a>
              ) : null}
            </p>
          ) : null}
          {impact.total > 0 ? <TakenAway path="/public/v1/impact" query={{ act: act.id }} /> : null}
          {impact.ended > 0 ? <p>另有 {impact.ended} 件引用它的文件已经废止、失效，没有列出。</p> : null}
        </section>
      </>
    ),
  }
}
