// Documents that superior acts ask of this place: to be made, made, not made.
import type { answers } from '@dianzhang/contract'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { Empty, Further, TakenAway } from './parts.tsx'

const states = { must: '应制定', made: '已制定', missing: '未制定' } as const

export function mandatesPage(found: answers.Given<typeof answers.Mandates>): Page {
  return {
    title: '应制定的配套文件',
    crumbs: [{ label: '上位法', href: '/acts' }, { label: '应制定的配套文件' }],
    body: (
      <>
        <h1>应制定的配套文件</h1>
        <p>
          法律、法规、规章等写明由本地制定的，逐条列出，经合法性审核人、政府办公室确认；制定的文件失效以后不再算已制定。
        </p>
        <p>
          完成：{found.rate}（截至{dateWords(found.on)}）。
        </p>
        <ul class="links">
          {(['must', 'made', 'missing'] as const).map((state) => (
            <li>
              <a href={`/mandates?state=${state}`} aria-current={found.state === state ? 'true' : undefined}>
                {states[state]} {found.counts[state]} 件
              </a>
            </li>
          ))}
        </ul>
        <h2>
          {states[found.state]}的（{found.total} 件）
        </h2>
        {found.items.length === 0 ? (
          <Empty>
            <p>没有。</p>
          </Empty>
        ) : (
          <ul class="list">
            {found.items.map((one) => (
              <li class="item">
                <h3>
                  <a href={`/acts?q=${encodeURIComponent(one.act)}`}>《{one.act}》</a>
                  {one.address}
                </h3>
                <p class="excerpt">{one.quote}</p>
                <p class="facts">
                  <span>{one.made ? '已制定' : '未制定'}</span>
                  {one.by ? (
                    <span>
                      <a href={entryHref(one.by.id)}>{one.by.title}</a>
                      {one.made ? '' : '（已经失效）'}
                    </span>
                  ) : null}
                  {one.unit ? <span>{one.unit}起草</span> : null}
                  <span>{dateWords(one.confirmedOn)}确认</span>
                </p>
              </li>
            ))}
          </ul>
        )}
        <Further
          href={found.nextCursor && `/mandates?${new URLSearchParams({ state: found.state, from: found.nextCursor })}`}
        />
        {found.items.length > 0 ? <TakenAway path="/public/v1/mandates" query={{ state: found.state }} /> : null}
      </>
    ),
  }
}
