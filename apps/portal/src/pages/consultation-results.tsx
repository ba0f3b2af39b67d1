// What became of a consultation: clause by clause, and the opinions in their own words once they may be public.
import type { ConsultationDetail } from '@dianzhang/register'
import type { ClauseFeedback, PublishedComment } from '@dianzhang/workflow'
import { consultationHref } from '../addresses.ts'
import type { Page } from '../page.ts'
import { Empty, Further, TakenAway } from './parts.tsx'

const tone = (label: string): string => (label === '采纳' ? 'good' : label === '部分采纳' ? 'soon' : 'plain')
const crumbsOf = (item: ConsultationDetail, last: string) => [
  { label: '征求意见', href: '/consultations' },
  { label: item.title, href: consultationHref(item.id) },
  { label: last },
]
const Lines = ({ text }: { text: string }) => (
  <>
    {text.split('\n').map((line) => (
      <p>{line}</p>
    ))}
  </>
)

function Opinions({ list }: { list: ClauseFeedback['general'] }) {
  return (
    <ul class="opinions">
      {list.map((opinion) => (
        <li>
          {opinion.label ? <span class={`badge ${tone(opinion.label)}`}>{opinion.label}</span> : null}{' '}
          {opinion.text ? <q>{opinion.text}</q> : null}
          {opinion.reason ? <p>{opinion.reason}</p> : null}
        </li>
      ))}
    </ul>
  )
}

export function clausesPage(item: ConsultationDetail, found: ClauseFeedback | null): Page {
  const changed = found?.clauses.filter((clause) => clause.changed).length ?? 0
  const heard = found?.clauses.filter((clause) => clause.changed || clause.opinions.length > 0) ?? []
  const quiet = (found?.clauses.length ?? 0) - heard.length
  return {
    title: `${item.title}：逐条看意见和修改`,
    crumbs: crumbsOf(item, '逐条'),
    body: (
      <>
        <h1>《{item.title}》逐条看：原文、意见、改了什么</h1>
        {found?.with ? (
          <p class="lead">
            征求意见稿与<a href={found.with.href}>{found.with.label}</a>逐条对照：{changed} 条有修改。
          </p>
        ) : (
          <p class="lead">修改后的文本还没有公开；公布以后，这里会逐条列出改了什么、为什么改。</p>
        )}
        {found?.feedbackPublished ? null : <p>采纳情况还没有公布，公布以后这里会列出对各条的意见。</p>}
        {heard.map((clause) => (
          <section class="clause">
            <h2>
              {clause.before?.address ?? clause.after?.address}
              {clause.before === null ? '（新增）' : null}
              {found?.with && clause.after === null ? '（删去）' : null}
              {clause.before && clause.after && clause.before.address !== clause.after.address
                ? ` → ${clause.after.address}`
                : null}
            </h2>
            {clause.diff ? (
              <>
                <h3>改了什么</h3>
                <p class="text diff">
                  {clause.diff.map((part) =>
                    part.kind === 'removed' ? (
                      <del>{part.text}</del>
                    ) : part.kind === 'added' ? (
                      <ins>{part.text}</ins>
                    ) : (
                      part.text
                    ),
                  )}
                </p>
              </>
            ) : null}
            <div class="two">
              {clause.before ? (
                <div>
                  <h3>征求意见稿</h3>
                  <Lines text={clause.before.text} />
                </div>
              ) : null}
              {clause.after && clause.changed ? (
                <div>
                  <h3>{found?.with?.label}</h3>
                  <Lines text={clause.after.text} />
                </div>
              ) : null}
            </div>
            {clause.opinions.length > 0 ? (
              <>
                <h3>对这一条的意见（{clause.opinions.length} 条）</h3>
                <Opinions list={clause.opinions} />
              </>
            ) : null}
            {clause.why ? (
              <p class="note">
                <strong>为什么改：</strong>
                {clause.why}
              </p>
            ) : found?.with && clause.opinions.some((x) => x.adopted) ? (
              <p class="note">采纳的意见没有改变这一条的文字，体现在别处或者执行中。</p>
            ) : null}
          </section>
        ))}
        {quiet > 0 ? <p>其余 {quiet} 条没有意见，也没有修改。</p> : null}
        {found && found.general.length > 0 ? (
          <section>
            <h2>对全文的意见（{found.general.length} 条）</h2>
            <Opinions list={found.general} />
          </section>
        ) : null}
        <p>
          <a href={consultationHref(item.id)}>回到征求意见稿</a>
        </p>
      </>
    ),
  }
}

export function opinionsPage(
  item: ConsultationDetail,
  found: { items: PublishedComment[]; total: number; next: number | null },
): Page {
  return {
    title: `${item.title}：各件意见`,
    crumbs: crumbsOf(item, '各件意见'),
    body: (
      <>
        <h1>《{item.title}》收到的各件意见</h1>
        <p class="lead">
          共 {found.total} 件。公开以前逐件核对：个人信息已经遮去，写作“〔……略〕”；不公开的写明理由。附件不公开。
        </p>
        {found.items.length === 0 ? (
          <Empty>
            <p>没有收到意见。</p>
          </Empty>
        ) : (
          <ol class="list" start={found.items[0]?.n ?? 1}>
            {found.items.map((one) => (
              <li class="item" id={`o${one.n}`}>
                <p class="facts">
                  <span>第 {one.n} 件</span>
                  <span>{one.element ?? '全文'}</span>
                  <span>{one.channelLabel}</span>
                  {one.late ? <span>截止以后收到</span> : null}
                  {one.redacted ? <span>有遮去的内容</span> : null}
                </p>
                {one.text === null ? (
                  <p class="note">不公开：{one.reason}</p>
                ) : (
                  <blockquote class="said">
                    <Lines text={one.text} />
                  </blockquote>
                )}
                {one.disposition ? (
                  <p>
                    <span class={`badge ${tone(one.disposition.label)}`}>{one.disposition.label}</span>{' '}
                    {one.disposition.reason}
                  </p>
                ) : null}
              </li>
            ))}
          </ol>
        )}
        <Further href={found.next === null ? null : `${consultationHref(item.id)}/opinions?from=${found.next}`} />
        {found.items.length > 0 ? <TakenAway path={`/public/v1${consultationHref(item.id)}/comments`} /> : null}
        <p>
          <a href={`${consultationHref(item.id)}/feedback`}>采纳情况</a>
        </p>
      </>
    ),
  }
}
