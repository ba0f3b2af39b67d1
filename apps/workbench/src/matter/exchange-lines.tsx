// The exchange with another installation about one filing: what was sent, what came, how far each got, and what can be done
// about one that stands still.
import type { answers } from '@dianzhang/contract'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { post, sentence } from '../api.ts'
import { toast } from '../parts/toasts.tsx'
import type { Told } from '../types.ts'
import { momentOf } from '../words.ts'

type Line = Told<typeof answers.ExchangeLine>

export function ExchangeLines({ matter, label, lines }: { matter: string; label: string; lines: readonly Line[] }) {
  const client = useQueryClient()
  const again = (id: string) =>
    void post(`/api/matters/${matter}/exchange/${id}/again`, {})
      .then(() => {
        toast('已经排上，随即再送。')
        return client.invalidateQueries()
      })
      .catch((error) => toast(sentence(error), 'warn'))
  return (
    <section className="stack" aria-label="与对方系统的往来">
      <h2>
        与{label}的往来　<span className="quiet">对方在另一套系统里</span>
      </h2>
      {lines.length === 0 ? <p className="quiet">还没有往来，正在整理要送的材料。</p> : null}
      <ol className="lines">
        {lines.map((line) => (
          <li key={line.id}>
            {momentOf(line.at)}　{line.direction === 'out' ? '我方' : '对方'}
            {line.typeLabel}：<span className={line.stuck ? 'bad' : ''}>{line.stateLabel}</span>
            {line.settledAt ? <span className="quiet">（{momentOf(line.settledAt)}）</span> : null}
            {line.why ? <p className="hint bad">{line.why}</p> : null}
            {line.mayResend && (line.stuck || line.state === 'waiting') ? (
              <>
                {' '}
                <Button size="small" onClick={() => again(line.id)}>
                  再送一次
                </Button>
              </>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
