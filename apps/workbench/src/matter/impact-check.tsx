// The own tab of a check: when and how the superior act changes, where the document mentions it, conclusion and
// contest.
import { Link } from '@tanstack/react-router'
import type { Matter } from './types.ts'

interface Own {
  document: { entry: string; title: string; number: string | null; matter: string | null }
  unitName: string
  event: { title: string; label: string; on: string; articles: string[]; replacedBy: string | null; source: string }
  scopeLabel: string
  places: Array<{ address: string; articles: string[]; roleLabel: string; declared: boolean }>
  conclusion: { label: string; reason: string; articles: string[]; on: string } | null
  earlier: Array<{ label: string; reason: string; on: string }>
  contests: Array<{ on: string; reason: string; answer: { on: string; accepted: boolean; reason: string } | null }>
  confirmed: { on: string } | null
  cleanup: {
    matter: string
    title: string | null
    state: 'joined' | 'refused' | 'waiting'
    reason: string | null
  } | null
}
export default function ImpactCheck({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  const { event, document } = own
  return (
    <div className="stack">
      <dl className="facts">
        <dt>上位法</dt>
        <dd>《{event.title}》</dd>
        <dt>变动</dt>
        <dd>
          自{event.on}起{event.label}
          {event.articles.length > 0 ? `：${event.articles.join('、')}` : '（没有载明哪些条）'}
          {event.replacedBy ? `，由《${event.replacedBy}》代替` : ''}
        </dd>
        <dt>据何处得知</dt>
        <dd>{event.source}</dd>
        <dt>核查的文件</dt>
        <dd>
          {document.matter ? (
            <Link to="/documents/$id" params={{ id: document.matter }}>
              {document.title}
            </Link>
          ) : (
            <a href={`/register/${encodeURIComponent(document.entry)}`}>{document.title}</a>
          )}
          {document.number ? `（${document.number}）` : ''}
        </dd>
        <dt>由谁核查</dt>
        <dd>{own.unitName}</dd>
        <dt>范围</dt>
        <dd>{own.scopeLabel}</dd>
      </dl>
      <h2>本文件提到它的地方</h2>
      <ul className="lines">
        {own.places.map((place) => (
          <li key={`${place.address}${place.roleLabel}${place.articles.join()}`}>
            {place.address || '（没有写明何处）'}：{place.roleLabel}
            {place.articles.length > 0 ? `，引${place.articles.join('、')}` : '，没有写条款'}
            {place.declared ? '（制定依据对照表载明）' : ''}
          </li>
        ))}
      </ul>
      {own.conclusion ? (
        <>
          <h2>结论</h2>
          <p className="pre">
            {own.conclusion.on}　{own.conclusion.label}
            {own.conclusion.articles.length > 0 ? `（${own.conclusion.articles.join('、')}）` : ''}：
            {own.conclusion.reason}
            {own.confirmed ? `　${own.confirmed.on}已确认` : '　待合法性审核人确认'}
          </p>
          {own.cleanup ? <Joined cleanup={own.cleanup} /> : null}
        </>
      ) : null}
      {own.contests.length > 0 ? (
        <>
          <h2>异议</h2>
          <ul className="lines">
            {own.contests.map((each) => (
              <li key={`${each.on}${each.reason}`}>
                {each.on}：{each.reason}
                {each.answer
                  ? `　答复：${each.answer.accepted ? '成立' : '不成立'}，${each.answer.reason}`
                  : '　待答复'}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

/** Which cleanup took the document, or why it did not. */
function Joined({ cleanup }: { cleanup: NonNullable<Own['cleanup']> }) {
  const link = (
    <Link to="/matters/$id" params={{ id: cleanup.matter }}>
      {cleanup.title ?? '即时清理'}
    </Link>
  )
  if (cleanup.state === 'joined') return <p>已列入{link}。</p>
  if (cleanup.state === 'waiting') return <p>正在送往{cleanup.title ? link : '即时清理'}。</p>
  return (
    <p role="alert">
      没有列入{cleanup.title ? link : '即时清理'}：{cleanup.reason}。请由文秘在清理中并入这件文件，或者另行部署。
    </p>
  )
}
