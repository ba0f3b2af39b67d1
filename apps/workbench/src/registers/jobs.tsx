// Jobs: what the system does when it is due, and whether it did.
import type { answers } from '@dianzhang/contract'
import { MatterLink } from '../matter/matter-link.tsx'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'
import { RunJobs } from './run-jobs.tsx'

type Job = Told<typeof answers.Job>
function JobList({ state, empty }: { state: 'open' | 'done'; empty: string }) {
  const query = usePages<Job>(['jobs'], '/api/jobs', { state })
  return (
    <PagedTable
      query={query}
      keyOf={(row) => `${row.document}${row.key}`}
      empty={empty}
      columns={[
        { head: '到期', cell: (row) => momentOf(row.dueAt) },
        {
          head: '名称',
          cell: (row) =>
            row.title === null ? (
              <span className="quiet">{row.processLabel}（名称不能查看）</span>
            ) : (
              <MatterLink id={row.document} process={row.process} tab="deadlines">
                {row.title}
              </MatterLink>
            ),
        },
        { head: '期限', cell: (row) => row.label },
        { head: '届时办理', cell: (row) => row.sendsLabel },
        {
          head: '状态',
          cell: (row) => (
            <>
              <span className={row.sent ? 'good' : row.late ? 'bad' : ''}>{row.statusLabel}</span>
              {row.late ? <RunJobs /> : null}
            </>
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
