// The filing desk: what the person's unit has to file, examine and register.
import type { answers } from '@dianzhang/contract'
import { filingLabels, tierLabels, trackLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { unitsQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { dateOf } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

type FilingRow = Told<typeof answers.FilingRow>
/** The filing state in a snapshot may be the name of a leaf, or nested one level deeper. */
const leaf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' && value !== null ? Object.keys(value).join('、') : ''
export function FilingsPage() {
  const query = usePages<FilingRow>(['filings'], '/api/filings')
  const { data: units } = useQuery(unitsQuery)
  const state = (row: FilingRow, track: 'government' | 'npc') => {
    const status = leaf(row.filing?.[track])
    return (
      <span className={status === 'due' || status === 'returned' || status === 'correction' ? 'bad' : ''}>
        {filingLabels[status as keyof typeof filingLabels] ?? (status || '—')}
      </span>
    )
  }
  return (
    <RegisterPage
      title="备案台"
      intro="制定机关一侧看待报送、待补正、待答复的；备案机关一侧看待审查、待登记的。打开案卷即可办理。"
    >
      <PagedTable
        query={query}
        keyOf={(row) => row.id}
        empty="没有须由您所在单位办理备案的文件。"
        columns={[
          {
            head: '文件',
            cell: (row) => (
              <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'decisions' }}>
                {row.title}
              </Link>
            ),
          },
          {
            head: '制定机关',
            cell: (row) => units?.find((unit) => unit.id === row.leadIssuer)?.name ?? row.leadIssuer,
          },
          {
            head: '层级',
            cell: (row) => (tierLabels[row.tier as keyof typeof tierLabels] ?? row.tier).replace('规范性文件', ''),
          },
          { head: trackLabels.government, cell: (row) => state(row, 'government') },
          { head: trackLabels.npc, cell: (row) => state(row, 'npc') },
          {
            head: '最近期限',
            cell: (row) =>
              row.due === null ? (
                <span className="quiet">—</span>
              ) : (
                <span className={row.due.overdue ? 'bad' : ''}>
                  {row.due.on} {row.due.overdue ? '已逾期' : ''}
                  <br />
                  <small className="quiet">{row.due.label}</small>
                </span>
              ),
          },
          { head: '更新于', cell: (row) => dateOf(row.updatedAt) },
        ]}
      />
    </RegisterPage>
  )
}
