// Materials for review: the hints from checks frozen at submission, seen beside the text under review.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Empty, ErrorNote, Loading } from '../../parts/states.tsx'
import { actionsQuery } from '../../queries.ts'
import type { Doc } from '../../types.ts'
import { momentOf } from '../../words.ts'
import { Reading } from './reading.tsx'
import { type FrozenFindings, frozenQuery } from './shapes.ts'
import './text.css'

const route = getRouteApi('/staff/documents/$id')
const clearing = (frozen: FrozenFindings): number => frozen.open.filter((each) => each.severity === 'block').length

/** One sentence on how many hints a submission for review carried. */
export function FrozenSummary({ doc }: { doc: Doc }) {
  const { data } = useQuery(frozenQuery(doc.id))
  const latest = data?.[0]
  if (!latest) return null
  return (
    <section className="sheet" data-testid="frozen">
      <p>
        <b>随送审材料的检查提示</b>：第{latest.n}次提请（{momentOf(latest.at)}，文本第{latest.textVersion}
        版），没有答复的 {latest.open.length} 处
        {clearing(latest) > 0 ? `（其中须审核人确认 ${clearing(latest)} 处）` : ''}，起草人已说明不改的{' '}
        {latest.waived.length} 处。
      </p>
      <p className="no-print">
        <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'review', view: 'package' }}>
          与送审文本并排看
        </Link>
      </p>
    </section>
  )
}
export function ReviewPackage({ doc }: { doc: Doc }) {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const frozen = useQuery(frozenQuery(doc.id))
  const { data: actions } = useQuery(actionsQuery(doc.id))
  if (frozen.isPending) return <Loading />
  if (frozen.isError) return <ErrorNote error={frozen.error} retry={() => frozen.refetch()} />
  const chosen = frozen.data.find((each) => String(each.n) === search.on) ?? frozen.data[0]
  const issue = actions?.find((action) => action.command === 'IssueOpinion' && action.allowed)
  return (
    <div className="texts">
      <div className="texts-bar no-print">
        <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'review' }} className="act-small">
          回到审核意见与答复
        </Link>
        {chosen && frozen.data.length > 1 ? (
          <label>
            送审{' '}
            <select
              className="native"
              value={chosen.n}
              onChange={(event) =>
                navigate({ search: (old) => ({ ...old, on: event.target.value }), replace: true, resetScroll: false })
              }
            >
              {frozen.data.map((each) => (
                <option key={each.n} value={each.n}>
                  第{each.n}次（文本第{each.textVersion}版）
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {chosen ? (
          <div>
            第{chosen.n}次提请，{momentOf(chosen.at)}，文本第{chosen.textVersion}版：没有答复 {chosen.open.length}{' '}
            处，已说明不改 {chosen.waived.length} 处
            <details className="hint">
              <summary>详情</summary>
              用的检查器 <code>{chosen.linter}</code>
            </details>
          </div>
        ) : null}
        <span className="texts-tools">
          {issue ? (
            <Link
              from="/documents/$id"
              to="/documents/$id"
              params={{ id: doc.id }}
              search={(old) => ({ ...old, do: 'IssueOpinion' })}
              resetScroll={false}
              className="act-small act-primary"
            >
              {issue.label}
            </Link>
          ) : null}
        </span>
      </div>
      {chosen ? (
        <Reading doc={doc} n={chosen.textVersion} frozen={chosen} />
      ) : (
        <Empty>还没有提请过合法性审核，没有冻结的检查提示。</Empty>
      )}
    </div>
  )
}
