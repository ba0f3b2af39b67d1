// The meetings to come with their items, and the files that wait for a meeting: whether each may be tabled, and what it lacks.
import type { answers } from '@dianzhang/contract'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get, search } from '../api.ts'
import { OpenLink } from '../matter/open-link.tsx'
import { Agenda, Papers } from '../matter/session.tsx'
import type { MatterRow } from '../matter/types.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { actionsQuery, docQuery, matterQuery } from '../queries.ts'
import type { DocumentRow, Page, Told } from '../types.ts'
import { plain, weekdayOf } from '../words.ts'
import { Loaded, RegisterPage } from './parts.tsx'

type Meeting = Told<typeof answers.SessionFile>

export function SessionsPage() {
  const coming = useQueries({
    queries: ['scheduled', 'agenda_set'].map((stage) => ({
      queryKey: ['matters', 'session', stage],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<Page<MatterRow>>(`/api/matters${search({ process: 'session', stage, limit: 50 })}`, signal),
      refetchInterval: 15_000,
    })),
  })
  const waiting = useQuery({
    queryKey: ['documents', 'deliberation'],
    queryFn: () => get<Page<DocumentRow>>(`/api/documents${search({ stage: 'deliberation', limit: 100 })}`),
    refetchInterval: 15_000,
  })
  const failed = coming.find((each) => each.isError)
  const meetings = coming
    .flatMap((each) => each.data?.items ?? [])
    .toSorted((a, b) => ((a.nextDueOn ?? '9') < (b.nextDueOn ?? '9') ? -1 : 1))
  return (
    <RegisterPage
      title="议题"
      intro="要开的会议与各件议题，到了集体审议阶段的案卷；每件列明能否上会，不能的差什么。"
      tools={<OpenLink process="session" />}
    >
      <h2>要开的会议</h2>
      {failed ? (
        <ErrorNote error={failed.error} retry={() => failed.refetch()} />
      ) : coming.some((each) => each.isPending) ? (
        <Loading lines={3} />
      ) : meetings.length === 0 ? (
        <Empty>还没有排期的会议。</Empty>
      ) : (
        meetings.map((row) => <Coming key={row.id} row={row} />)
      )}
      <h2>到了集体审议阶段的案卷</h2>
      <Loaded query={waiting}>
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
function Coming({ row }: { row: MatterRow }) {
  const found = useQuery(matterQuery(row.id))
  const meeting = found.data as unknown as Meeting | undefined
  return (
    <section className="sheet card">
      <div className="page-head">
        <h3>
          <Link to="/matters/$id" params={{ id: row.id }}>
            {row.title}
          </Link>
        </h3>
        <span>
          {meeting
            ? `${plain(meeting.date)} 星期${weekdayOf(meeting.date)}${meeting.place ? `　${meeting.place}` : ''}`
            : ''}
          {'　'}
          <Papers id={row.id} paper="agenda" label="议题单" />
        </span>
      </div>
      {meeting ? (
        <Agenda items={meeting.items} people={meeting.people} />
      ) : found.isError ? (
        <ErrorNote error={found.error} retry={() => found.refetch()} />
      ) : (
        <Loading lines={2} />
      )}
    </section>
  )
}
function Item({ row }: { row: DocumentRow }) {
  const doc = useQuery(docQuery(row.id))
  const schedule = doc.data?.schedule
  // A file with its meeting is judged there, as of the day of the meeting.
  const actions = useQuery({ ...actionsQuery(row.id), enabled: doc.isSuccess && !schedule })
  const gates =
    actions.data
      ?.find((action) => action.command === 'ScheduleDeliberation')
      ?.verdicts.filter((v) => v.rule !== 'role.permitted') ?? []
  const unmet = gates.filter((v) => !v.holds && v.severity === 'block')
  return (
    <section className="sheet card">
      <div className="page-head">
        <h3>
          <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'decisions' }}>
            {row.title}
          </Link>
        </h3>
        <span>
          {schedule ? `${plain(schedule.date)}　${schedule.body}　${schedule.session}` : doc.data ? '尚未安排会议' : ''}
        </span>
      </div>
      {schedule ? null : doc.isPending || actions.isPending ? (
        <Loading lines={2} />
      ) : unmet.length === 0 ? (
        <p className="good">可以安排会议。</p>
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
