// Items for sessions: files at deliberation, and whether they may be tabled.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get, search } from '../api.ts'
import { Empty, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { actionsQuery, docQuery } from '../queries.ts'
import type { DocumentRow, Page } from '../types.ts'
import { plain } from '../words.ts'
import { Loaded, RegisterPage } from './parts.tsx'

export function SessionsPage() {
  const query = useQuery({
    queryKey: ['documents', 'deliberation'],
    queryFn: () => get<Page<DocumentRow>>(`/api/documents${search({ stage: 'deliberation', limit: 100 })}`),
    refetchInterval: 15_000,
  })
  return (
    <RegisterPage title="议题" intro="已到集体审议阶段的案卷，按会议排列；每件列明能否上会，不能的差什么。">
      <Loaded query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>现在没有待审议的案卷。</Empty>
          ) : (
            <div className="stack">
              {page.items.map((row) => (
                <Item key={row.id} row={row} />
              ))}
            </div>
          )
        }
      </Loaded>
    </RegisterPage>
  )
}
function Item({ row }: { row: DocumentRow }) {
  const doc = useQuery(docQuery(row.id))
  const actions = useQuery(actionsQuery(row.id))
  const decide = actions.data?.find((action) => action.command === 'RecordDecision')
  const gates = decide?.verdicts.filter((v) => v.rule !== 'role.permitted') ?? []
  const unmet = gates.filter((v) => !v.holds && v.severity === 'block')
  const schedule = doc.data?.schedule
  return (
    <section className="sheet card">
      <div className="page-head">
        <h2>
          <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'decisions' }}>
            {row.title}
          </Link>
        </h2>
        <span>{schedule ? `${plain(schedule.date)}　${schedule.body}　${schedule.session}` : '尚未安排会议'}</span>
      </div>
      {actions.isPending ? (
        <Loading lines={2} />
      ) : unmet.length === 0 ? (
        <p className="good">上会条件都已具备。</p>
      ) : (
        <>
          <p className="bad">还差 {unmet.length} 项：</p>
          <Verdicts list={gates} />
        </>
      )}
      {doc.data?.review?.opinion?.points.some((point) => point.answer?.kind === 'not_adopted') ? (
        <p className="note note-warn">
          有审核意见未采纳，理由须随件上会：
          {doc.data.review.opinion.points
            .filter((point) => point.answer?.kind === 'not_adopted')
            .map((point) => `${point.text}（${point.answer?.reason ?? ''}）`)
            .join('；')}
        </p>
      ) : null}
    </section>
  )
}
