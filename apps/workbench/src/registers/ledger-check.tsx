// The whole check by a button: begun here, done by a process of its own, its result printable as a certificate.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import { get, post, sentence } from '../api.ts'
import { Empty } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'

type Check = Told<typeof answers.LedgerCheck>
const queryKey = ['ledger', 'check'] as const

/** `seal`: digest of the latest seal, which the certificate names. */
export function WholeCheck({ mayStart, seal }: { mayStart: boolean; seal: string | null }) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const { data } = useQuery({
    queryKey,
    queryFn: () => get<Check>('/api/ledger/check'),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 1_500 : false),
  })
  const start = async () => {
    setBusy(true)
    try {
      client.setQueryData(queryKey, await post<Check>('/api/ledger/check', {}))
    } catch (error) {
      toast(sentence(error), 'warn')
    } finally {
      setBusy(false)
    }
  }
  const running = data?.state === 'running'
  return (
    <section className="stack" aria-labelledby="whole-check" data-testid="whole-check">
      <div className="page-head">
        <h2 id="whole-check">全部核验</h2>
        {mayStart ? (
          <Button type="primary" loading={busy || running} onClick={() => void start()}>
            {running ? '正在核验' : '全部核验一次'}
          </Button>
        ) : null}
      </div>
      <p className="quiet">
        以独立的代码逐条重算全部台账、文本、附件、编号、封存与公开日志的摘要；在另外的进程里做，不耽误办理。
      </p>
      {!data || data.state === 'never' ? (
        <Empty>还没有核验过。</Empty>
      ) : running ? (
        <p role="status">{momentOf(data.startedAt ?? '')} 开始，正在核验……</p>
      ) : data.state === 'failed' ? (
        <p className="note note-error" role="alert">
          {data.trouble}
        </p>
      ) : (
        <Certificate check={data} seal={seal} />
      )}
    </section>
  )
}
/** Prints what is marked `printed-alone` and nothing else of the page. */
function printAlone(): void {
  document.body.classList.add('prints-alone')
  window.addEventListener('afterprint', () => document.body.classList.remove('prints-alone'), { once: true })
  window.print()
}
function Certificate({ check, seal }: { check: Check; seal: string | null }) {
  const { data: me } = useQuery(meQuery)
  return (
    <article className="card certificate printed-alone" data-testid="certificate">
      <h3>核验证明</h3>
      {me ? <p className="quiet">{me.place}　行政规范性文件台账</p> : null}
      <p className={check.ok ? 'good' : 'bad'} role="status">
        <b>
          {check.ok ? '全部相符，没有发现问题' : `发现${check.faults}处问题，请立即查明（dianzhang verify 列出逐处）`}
        </b>
      </p>
      <dl className="facts">
        <dt>核验时间</dt>
        <dd>
          {momentOf(check.startedAt ?? '')} 至 {momentOf(check.finishedAt ?? '')}
        </dd>
        <dt>由谁核验</dt>
        <dd>{check.by}</dd>
        {seal ? (
          <>
            <dt>最近封存的摘要</dt>
            <dd className="hash break">{seal}</dd>
          </>
        ) : null}
      </dl>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th>核验的</th>
              <th className="num">件数</th>
              <th className="num">问题</th>
            </tr>
          </thead>
          <tbody>
            {check.checks.map((each) => (
              <tr key={each.check}>
                <td>{each.label}</td>
                <td className="num">{each.checked}</td>
                <td className={each.faults > 0 ? 'num bad' : 'num'}>{each.faults}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {check.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      <p className="no-print">
        <Button size="small" onClick={printAlone}>
          打印核验证明
        </Button>
      </p>
    </article>
  )
}
