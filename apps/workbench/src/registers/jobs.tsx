// Jobs: what the system does when it is due, and whether it did.
import type { answers } from '@dianzhang/contract'
import { Link } from '@tanstack/react-router'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

type Job = Told<typeof answers.Job>
const sendLabels: Record<string, string> = {
  CloseConsultation: '征求意见截止',
  TakeEffect: '开始施行',
  DeclareLapsed: '宣布失效',
}
function JobList({ state, empty }: { state: 'open' | 'done'; empty: string }) {
  const query = usePages<Job>(['jobs'], '/api/jobs', { state })
  return (
    <PagedTable
      query={query}
      keyOf={(row) => `${row.document}${row.key}`}
      empty={empty}
      columns={[
        { head: '到期', cell: (row) => momentOf(row.dueAt) },
        { head: '期限', cell: (row) => row.label },
        { head: '届时办理', cell: (row) => sendLabels[row.sends ?? ''] ?? row.sends },
        {
          head: '状态',
          cell: (row) =>
            row.sent ? (
              <span className="good">已办理</span>
            ) : row.status === 'open' ? (
              '待到期'
            ) : (
              ({ met: '已了结', cancelled: '已取消', paused: '中止中' }[row.status] ?? row.status)
            ),
        },
        {
          head: '案卷',
          cell: (row) => (
            <Link to="/documents/$id" params={{ id: row.document }} search={{ tab: 'deadlines' }}>
              打开
            </Link>
          ),
        },
      ]}
    />
  )
}
export function JobsPage() {
  return (
    <RegisterPage title="到期作业" intro="到期时由系统经同一入口办理的事项；任何人不得代为提交。">
      <h2>未到期的</h2>
      <JobList state="open" empty="没有等待到期的作业。" />
      <h2>已了结的</h2>
      <JobList state="done" empty="还没有办理过的作业。" />
    </RegisterPage>
  )
}
