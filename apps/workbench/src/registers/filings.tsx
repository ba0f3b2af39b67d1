// The filing desk: what the person's unit has to file, examine and register; each track with its own deadline. For the
// receiver also what was published and never sent.
import type { answers } from '@dianzhang/contract'
import { filingLabels, tierLabels, trackLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery, unitsQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { StuckMessages } from './exchange.tsx'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

type FilingRow = Told<typeof answers.FilingRow>
type Unfiled = Told<typeof answers.Unfiled>['items'][number]
type Track = FilingRow['tracks'][number]

export function FilingsPage() {
  const query = usePages<FilingRow>(['filings'], '/api/filings')
  const { data: me } = useQuery(meQuery)
  const { data: units } = useQuery(unitsQuery)
  const receives = me?.posts.some((post) => post.role === 'registrar' || post.role === 'filing_reviewer') ?? false
  const nameOf = (id: string) => units?.find((unit) => unit.id === id)?.name ?? id
  const cell = (row: FilingRow, track: 'government' | 'npc') => {
    const found = row.tracks.find((each) => each.track === track)
    return found ? <State found={found} /> : <span className="quiet">—</span>
  }
  return (
    <RegisterPage
      title="备案台"
      intro="本机关该办的在前，各轨道各有期限；等着对方办的只作说明。打开备案即可办理。"
      tools={
        <>
          {receives ? (
            <Link to="/matters" search={{ process: 'filing-review' } as never}>
              全部备案审查
            </Link>
          ) : null}
          <a href="/filing-list">年度备案目录</a>
        </>
      }
    >
      <StuckMessages />
      {receives ? <Missing nameOf={nameOf} /> : null}
      <PagedTable
        query={query}
        keyOf={(row) => row.id}
        empty="没有须由您所在单位办理备案的文件。"
        columns={[
          {
            head: '文件',
            cell: (row) =>
              row.from === null && !row.decision ? (
                <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'decisions' }}>
                  {row.title}
                </Link>
              ) : (
                <>
                  <Link to="/matters/$id" params={{ id: row.id }} search={{ tab: 'filing' }}>
                    {row.title}
                  </Link>
                  <br />
                  <small className="quiet">{row.from === null ? '没有另行的文件' : `由“${row.from}”报来`}</small>
                </>
              ),
          },
          { head: '制定机关', cell: (row) => nameOf(row.leadIssuer) },
          {
            head: '层级',
            width: '4em',
            cell: (row) => (tierLabels[row.tier as keyof typeof tierLabels] ?? row.tier).replace('规范性文件', ''),
          },
          { head: trackLabels.government, cell: (row) => cell(row, 'government') },
          { head: trackLabels.npc, cell: (row) => cell(row, 'npc') },
        ]}
      />
    </RegisterPage>
  )
}
/** One track: its state, what is to be done here by when, what the other side has to do. */
function State({ found }: { found: Track }) {
  const label = found.stage ?? filingLabels[found.status as keyof typeof filingLabels] ?? found.status
  return (
    <>
      {found.review ? (
        <Link to="/matters/$id" params={{ id: found.review }} search={{ tab: 'filing' }}>
          {label}
        </Link>
      ) : (
        label
      )}
      {found.own ? (
        <>
          <br />
          <span className={found.own.overdue ? 'bad' : ''}>
            {found.own.on}以前{found.own.overdue ? '，已逾期' : ''}
          </span>
          <br />
          <small className="quiet">{found.own.label.split('：').at(-1)}</small>
        </>
      ) : null}
      {found.other ? (
        <>
          <br />
          <small className="quiet">
            对方：{found.other.label.split('：').at(-1)}，{found.other.on}
            {found.other.overdue ? '（已过）' : ''}
          </small>
        </>
      ) : null}
    </>
  )
}
function Missing({ nameOf }: { nameOf: (id: string) => string }) {
  const query = usePages<Unfiled>(['filings', 'unfiled'], '/api/filings/unfiled', { late: 'true' })
  const total = query.data?.pages[0]?.total ?? 0
  if (total === 0) return null
  return (
    <section className="stack" aria-label="已经公布、没有报送的">
      <h2>已经公布、没有报送的（{total}）</h2>
      <PagedTable
        query={query}
        keyOf={(row) => `${row.document}${row.track}${row.review ?? ''}`}
        empty=""
        columns={[
          { head: '文件', cell: (row) => row.title },
          { head: '制定机关', cell: (row) => nameOf(row.issuer) },
          { head: '公布于', cell: (row) => row.publishedOn },
          {
            head: '应当报送',
            cell: (row) => (
              <>
                {row.dueOn ?? '—'}
                {row.daysLate > 0 ? `，迟${row.daysLate}日` : ''}
                {row.returned ? '（退回后没有重新报送）' : ''}
              </>
            ),
          },
          {
            head: '办理',
            cell: (row) =>
              row.review ? (
                <Link to="/matters/$id" params={{ id: row.review }} search={{ tab: 'filing' }}>
                  打开
                </Link>
              ) : (
                <Link to="/matters/new/$process" params={{ process: 'filing-review' }}>
                  要求报送
                </Link>
              ),
          },
        ]}
      />
    </section>
  )
}
