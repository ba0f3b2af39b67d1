// Files whose deadlines would move under the present version.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../api.ts'
import type { Told } from '../types.ts'
import { Table } from './parts.tsx'

type Affected = Told<typeof answers.AffectedDocument>
/**
 * Files handled under an old version whose deadlines would change under the present one; a person previews each and
 * then switches it.
 */
export function AffectedFiles() {
  const list = useQuery({ queryKey: ['packs', 'affected'], queryFn: () => get<Affected[]>('/api/packs/affected') })
  if (!list.data || list.data.length === 0) return null
  return (
    <details className="card" open>
      <summary>改用现行一版以后期限会变动的案卷：{list.data.length} 件</summary>
      <p>
        系统不自行改动。管理员打开案卷，在“改用新版规则包”中预览变化以后办理；公告过的征求意见截止日由起草单位延长。
      </p>
      <Table
        rows={list.data}
        keyOf={(row) => row.id}
        empty="没有。"
        taken={{ path: '/api/packs/affected' }}
        columns={[
          {
            head: '案卷',
            cell: (row) => (
              <Link to="/documents/$id" params={{ id: row.id }} search={{ tab: 'deadlines' }}>
                {row.title}
              </Link>
            ),
          },
          { head: '阶段', cell: (row) => row.stageLabel },
          { head: '规则包', cell: (row) => `${row.from} → ${row.to}（${row.parameters} 项不同）` },
          {
            head: '期限',
            cell: (row) =>
              row.deadlines.map((each) => (
                <span key={each.key} className="block">
                  {each.label}：{each.before ?? '（无）'} → <b>{each.after ?? '（无）'}</b>
                </span>
              )),
          },
        ]}
      />
    </details>
  )
}
