// The administrator's start page: what has to be looked after, what is wrong first, each with where to go or what to press.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { get } from '../api.ts'
import type { Told } from '../types.ts'
import { Loaded, RegisterPage } from './parts.tsx'
import { RunJobs } from './run-jobs.tsx'

type Overview = Told<typeof answers.Administration>
type Item = Overview['items'][number]
const stateWords = { bad: '出了问题', attention: '须留意', ok: '正常' } as const
const query = {
  queryKey: ['administration'],
  queryFn: () => get<Overview>('/api/administration'),
  refetchInterval: 60_000,
} as const

export function AdministrationPage() {
  const found = useQuery(query)
  return (
    <RegisterPage
      title="系统管理"
      intro="要照看的事，出了问题的在前；每分钟看一次。"
      tools={
        <Button onClick={() => found.refetch()} loading={found.isFetching}>
          再看一次
        </Button>
      }
    >
      <Loaded query={found}>
        {({ items }) => (
          <ul className="lookafter card">
            {items.map((item) => (
              <Line key={item.key} item={item} />
            ))}
          </ul>
        )}
      </Loaded>
    </RegisterPage>
  )
}
function Line({ item }: { item: Item }) {
  return (
    <li className={`lookafter-${item.state}`} data-item={item.key}>
      <b className="lookafter-state">{stateWords[item.state]}</b>
      <span>
        <b>{item.label}</b>：{item.says}
      </span>
      <span className="row">
        {item.does === 'run-jobs' ? <RunJobs /> : null}
        {item.to ? (
          <Link to={item.to as '/packs'} className="act act-main">
            {item.state === 'ok' ? '看' : '去办'}
          </Link>
        ) : null}
      </span>
    </li>
  )
}
