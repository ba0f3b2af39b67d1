// The list of issuers.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../queries.ts'
import type { UnitRow } from '../types.ts'
import { dateOf } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'
import { unitKinds } from './unit-kinds.ts'

export function IssuersPage() {
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const query = usePages<UnitRow>(['issuers'], '/api/issuers')
  return (
    <RegisterPage
      title="制定主体清单"
      intro={
        <>
          只有列入清单的机关可以制定行政规范性文件；内设机构、临时机构不得以自己的名义制定（国办发〔2018〕115号二（三））。
          列入、移出由系统管理员在<Link to="/people">人员与单位</Link>更正单位时办理。
        </>
      }
    >
      <PagedTable
        query={query}
        keyOf={(row) => row.id}
        empty="清单还没有公布。"
        columns={[
          { head: '机关', cell: (row) => row.name },
          { head: '种类', cell: (row) => unitKinds[row.kind] ?? row.kind },
          { head: '列入日期', cell: (row) => row.eligibleSince ?? '—' },
          { head: '移出日期', cell: (row) => row.eligibleUntil ?? '—' },
          {
            head: '状态',
            cell: (row) =>
              !row.eligible || (row.eligibleUntil !== null && row.eligibleUntil < today) ? (
                <span className="bad">已移出</span>
              ) : row.eligibleSince !== null && row.eligibleSince > today ? (
                '尚未列入'
              ) : (
                <span className="good">可以制定</span>
              ),
          },
        ]}
      />
    </RegisterPage>
  )
}
