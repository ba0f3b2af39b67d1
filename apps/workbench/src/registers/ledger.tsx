// Verification of the ledger and its public anchors.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { get } from '../api.ts'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'
import { Anchors } from './anchors.tsx'
import { WholeCheck } from './ledger-check.tsx'
import { Loaded, RegisterPage } from './parts.tsx'

type LedgerState = Told<typeof answers.LedgerState>
export function LedgerPage() {
  const query = useQuery({ queryKey: ['ledger'], queryFn: () => get<LedgerState>('/api/ledger/verify') })
  const { data: me } = useQuery(meQuery)
  return (
    <RegisterPage
      title="台账核验"
      intro="每一步都写入逐条相链的台账，每日封存。这里核对最近一次封存所列的链头仍在台账之中；逐条重算摘要用“全部核验”。"
      tools={
        <Button onClick={() => query.refetch()} loading={query.isFetching}>
          再核对一次
        </Button>
      }
    >
      <Loaded query={query}>
        {(state) => (
          <>
            <div
              className={`note ${state.intact === false ? 'note-error' : state.intact ? 'note-good' : 'note-info'}`}
              role="status"
            >
              <p>
                <b>
                  {state.intact === false
                    ? '核对不符：封存过的记录有缺失，请立即查明'
                    : state.intact
                      ? '核对相符'
                      : '还没有封存过，无从核对'}
                </b>
              </p>
            </div>
            <dl className="facts card">
              <dt>案卷与事项</dt>
              <dd>{state.documents} 件</dd>
              <dt>台账</dt>
              <dd>{state.events} 条</dd>
              {state.latestSeal ? (
                <>
                  <dt>最近封存</dt>
                  <dd>
                    {state.latestSeal.day}（{momentOf(state.latestSeal.at)} 封存），{state.latestSeal.documents} 件、
                    {state.latestSeal.events} 条
                  </dd>
                  <dt>汇总摘要</dt>
                  <dd className="hash break">{state.latestSeal.root}</dd>
                  <dt>封存摘要</dt>
                  <dd className="hash break">{state.latestSeal.seal}</dd>
                </>
              ) : null}
            </dl>
          </>
        )}
      </Loaded>
      <WholeCheck mayStart={me?.roles.includes('admin') ?? false} seal={query.data?.latestSeal?.seal ?? null} />
      <Anchors />
    </RegisterPage>
  )
}
