// Cleanups: those under public notice and those published; one cleanup's counts, lists and decision. During the notice
// an opinion can be given on the page; no name is taken.
import type { answers } from '@dianzhang/contract'
import { entryHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { dateWords } from '../words.ts'
import { Facts, TakenAway } from './parts.tsx'

type Row = answers.Given<typeof answers.PublicCleanupRow>
type Cleanup = answers.Given<typeof answers.PublicCleanup> & {
  issuers?: string[]
  ground?: string
  unlisted?: Array<{ id: string; title: string; documentNumber: string | null; reason: string }>
}
const cleanupHref = (id: string): string => `/cleanups/${encodeURIComponent(id)}`
const labels: Record<string, string> = {
  keep: '继续有效',
  amend: '需要修改',
  repeal: '应予废止',
  lapse: '宣布失效',
  already_gone: '清理时已废止、失效',
}
const countWords = (counts: Record<string, number> | null): string =>
  counts === null
    ? '结果在公示中'
    : Object.entries(labels)
        .map(([key, label]) => `${label} ${counts[key] ?? 0}`)
        .join('，')

const lapseWords = (state: 'waiting' | 'lapsed' | 'cancelled'): string =>
  ({ waiting: '期限未到', lapsed: '没有重新公布，已经失效', cancelled: '已经重新公布，不失效' })[state]

/** The list of cleanups. */
export function cleanupsPage(found: { items: readonly Row[]; total?: number }): Page {
  return {
    title: '规范性文件清理',
    crumbs: [{ label: '清理目录', href: '/cleanup' }, { label: '各次清理' }],
    body: (
      <>
        <h1>规范性文件清理</h1>
        <p>
          制定机关定期清理自己制发的文件，逐件决定继续有效、修改、废止还是失效。各栏由普查目录算出，件数总能加总。某日的全部文件见
          <a href="/cleanup">清理目录</a>。
        </p>
        {found.items.length === 0 ? (
          <p class="empty">还没有公示或者公布的清理。</p>
        ) : (
          <ul class="results">
            {found.items.map((x) => (
              <li>
                <h2>
                  <a href={cleanupHref(x.id)}>{x.title}</a>
                </h2>
                <p>
                  {x.kindLabel}，{x.unit}
                  {x.noticeUntil ? `，正在公示，${dateWords(x.noticeUntil)}以前可以提出意见` : ''}
                  {x.publishedOn ? `，${dateWords(x.publishedOn)}公布` : ''}
                </p>
                <p class="note">
                  普查 {x.census} 件，补充 {x.lateFinds} 件：{countWords(x.counts)}
                </p>
              </li>
            ))}
          </ul>
        )}
        {found.items.length > 0 ? <TakenAway path="/public/v1/cleanups" /> : null}
      </>
    ),
  }
}

export interface ObjectionForm {
  commandId: string
  text: string
  item: string
}
/** One cleanup; `form` is the form for opinions during the notice, handed back as it was where something is wrong. */
export function cleanupOnePage(
  x: Cleanup,
  form: ObjectionForm,
  told: { problem?: string; received?: number } = {},
): Page {
  const draft = x.stage === 'noticed'
  return {
    title: `${told.problem ? '未能提交：' : ''}${x.title}${draft ? '（公示）' : ''}`,
    ...(told.problem ? { status: 422 as const, private: true } : { personal: draft }),
    crumbs: [{ label: '各次清理', href: '/cleanups' }, { label: x.title }],
    alternates: [
      { href: `/public/v1/cleanups/${x.id}.csv`, type: 'text/csv', title: '各栏（CSV）' },
      {
        href: `/public/v1/cleanups/${x.id}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        title: '各栏（XLSX）',
      },
      {
        href: `/public/v1/cleanups/${x.id}.docx`,
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        title: '各栏（Word）',
      },
    ],
    body: (
      <>
        <h1>{x.title}</h1>
        {draft && x.noticeUntil ? (
          <div class="alert" role="status">
            <p>
              <strong>公示中。</strong>以下是清理结果的草案，{dateWords(x.noticeUntil)}24时以前可以提出意见。
            </p>
          </div>
        ) : null}
        <Facts
          items={[
            ['种类', x.kindLabel],
            ['组织清理的机关', x.unit],
            [
              '范围',
              `${(x.issuers ?? []).join('、')}${x.issuers?.length ? '制发，' : ''}${dateWords(x.publishedUntil)}以前公布的`,
            ],
            ['件数', `普查 ${x.census} 件，补充 ${x.lateFinds} 件，共 ${x.total} 件`],
            ['各栏', `${countWords(x.counts)}，合计 ${x.total}`],
            ...(x.decision
              ? ([['决定', `${x.decision.body}${x.decision.session ?? ''}，${dateWords(x.decision.date)}`]] as Array<
                  [string, string]
                >)
              : []),
            ...(x.effectiveOn
              ? ([['废止、失效的', `自${dateWords(x.effectiveOn)}起不再执行`]] as Array<[string, string]>)
              : []),
            ...(x.closedList
              ? ([['未列入目录的', '不得作为行政管理的依据，逐件列明如下']] as Array<[string, string]>)
              : []),
          ]}
        />
        <p>
          下载：<a href={`/public/v1/cleanups/${x.id}.docx`}>Word（公文版式）</a>，
          <a href={`/public/v1/cleanups/${x.id}.xlsx`}>XLSX</a>，<a href={`/public/v1/cleanups/${x.id}.csv`}>CSV</a>，
          <a href={`/public/v1/cleanups/${x.id}`}>JSON</a>
        </p>
        {x.lists.map((list, i) => (
          <section aria-labelledby={`list-${i}`}>
            <h2 id={`list-${i}`}>
              {list.label}（{list.count} 件）
            </h2>
            {list.count === 0 ? (
              <p class="empty">没有。</p>
            ) : (
              <table class="stack cleanup">
                <thead>
                  <tr>
                    <th scope="col">序号</th>
                    <th scope="col">文件名称</th>
                    <th scope="col">文号</th>
                    <th scope="col">公布日期</th>
                    <th scope="col">有效期至</th>
                    <th scope="col">理由</th>
                  </tr>
                </thead>
                <tbody>
                  {list.items.map((line) => (
                    <tr>
                      <td data-label="序号">{line.no}</td>
                      <td data-label="文件名称">
                        {typeof line.id === 'string' ? <a href={entryHref(line.id)}>{line.title}</a> : line.title}
                      </td>
                      <td data-label="文号">{line.documentNumber ?? ''}</td>
                      <td data-label="公布日期">{line.publishedOn ? dateWords(line.publishedOn) : ''}</td>
                      <td data-label="有效期至">{line.validUntil ? dateWords(line.validUntil) : ''}</td>
                      <td data-label="理由">{line.reason ?? ''}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        ))}
        {x.lapses.map((one) => (
          <section aria-labelledby={`lapse-${one.due}`}>
            <h2 id={`lapse-${one.due}`}>
              {dateWords(one.due)}以前重新公布，逾期失效的（{one.items.length} 件）
            </h2>
            <ul>
              {one.items.map((line) => (
                <li>
                  {line.id ? <a href={entryHref(line.id)}>{line.title}</a> : line.title}
                  {line.documentNumber ? `（${line.documentNumber}）` : ''}：{lapseWords(line.state)}
                  {line.republished ? (
                    <>
                      ，见<a href={entryHref(line.republished.id)}>{line.republished.title}</a>
                    </>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        ))}
        {x.unlisted?.length ? (
          <section aria-labelledby="unlisted">
            <h2 id="unlisted">未列入目录、不再执行的（{x.unlisted.length} 件）</h2>
            <ul>
              {x.unlisted.map((line) => (
                <li>
                  <a href={entryHref(line.id)}>{line.title}</a>
                  {line.documentNumber ? `（${line.documentNumber}）` : ''}：{line.reason}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {draft ? (
          <section aria-labelledby="object">
            <h2 id="object">提出意见</h2>
            {told.received ? (
              <p role="status">
                <strong>已收到，是第 {told.received} 条意见。</strong>处理情况由组织清理的机关研究后记入清理的卷宗。
              </p>
            ) : null}
            {told.problem ? (
              <div class="alert" role="alert">
                <p>{told.problem}</p>
              </div>
            ) : null}
            <form method="post" action={`${cleanupHref(x.id)}/objections`} accept-charset="utf-8" class="comment">
              <input type="hidden" name="commandId" value={form.commandId} />
              <div class="field">
                <label for="objection-item">哪一件（可以不填）</label>
                <select id="objection-item" name="item">
                  <option value="">对整个清理结果</option>
                  {x.lists
                    .flatMap((list) => list.items)
                    .filter((line) => typeof line.id === 'string')
                    .slice(0, 1000)
                    .map((line) => (
                      <option value={String(line.id)} selected={form.item === line.id}>
                        {line.title}
                      </option>
                    ))}
                </select>
              </div>
              <div class="field">
                <label for="objection-text">意见（必填）</label>
                <p class="hint" id="objection-hint">
                  不收姓名和联系方式，请不要写在意见里；要得到答复的，请在该文件的页面提出审查建议。
                </p>
                <textarea id="objection-text" name="text" rows={5} required aria-describedby="objection-hint">
                  {form.text}
                </textarea>
              </div>
              <button type="submit">提交意见</button>
            </form>
          </section>
        ) : null}
        <p class="note">
          普查目录的摘要：<code>{x.digest ?? ''}</code>
        </p>
      </>
    ),
  }
}
