// To be reminded later: the matter leaves this person's desk until that day, or until it moves; the day, a message says so. Nobody
// else sees it, and no period stands still for it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { lazy, Suspense, useState } from 'react'
import { call, sentence } from '../api.ts'
import { meQuery } from '../queries.ts'
import { addDays, dateOf, plain } from '../words.ts'
import { Labelled } from './labelled.tsx'
import { Submit } from './submit.tsx'
import { toast } from './toasts.tsx'
import { Trouble } from './trouble.tsx'

const DateInput = lazy(() => import('./date-input.tsx').then((found) => ({ default: found.DateInput })))

export function Later({ id, later }: { id: string; later: { until: string; why: string } | null }) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const [open, setOpen] = useState(false)
  const [until, setUntil] = useState(() => addDays(today, 3))
  const [why, setWhy] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const keep = async (next: { until: string; why: string } | null) => {
    setBusy(true)
    setProblem(null)
    try {
      await call('POST', `/api/matters/${encodeURIComponent(id)}/marks`, { later: next })
      toast(next ? `${plain(next.until)}再列在待办里；其间有变动即回到待办，期限照算。` : '已回到待办。')
      setOpen(false)
      await Promise.all(
        [['desk'], ['doc', id], ['matter', id], ['messages']].map((queryKey) => client.invalidateQueries({ queryKey })),
      )
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  if (later)
    return (
      <p className="later" data-testid="later">
        <span>
          推到{plain(later.until)}再提醒：{later.why}
        </span>{' '}
        <Button size="small" loading={busy} onClick={() => void keep(null)}>
          现在就列
        </Button>
      </p>
    )
  if (!open)
    return (
      <Button size="small" className="later-open" onClick={() => setOpen(true)}>
        稍后提醒
      </Button>
    )
  return (
    <form
      className="later stack"
      data-testid="later-form"
      onSubmit={(event) => {
        event.preventDefault()
        void keep({ until, why: why.trim() })
      }}
    >
      <Labelled label="哪一日再提醒">
        {(own) => (
          <Suspense fallback={<Input id={own} disabled />}>
            <DateInput
              id={own}
              value={until}
              min={addDays(today, 1)}
              max={addDays(today, 60)}
              onChange={(next = '') => setUntil(next)}
            />
          </Suspense>
        )}
      </Labelled>
      <Labelled label="为什么">
        {(own) => (
          <Input
            id={own}
            value={why}
            maxLength={200}
            placeholder="如：等财政局的数字"
            onChange={(e) => setWhy(e.target.value)}
          />
        )}
      </Labelled>
      <Trouble says={problem} />
      <div className="row-end">
        <Button size="small" onClick={() => setOpen(false)}>
          不推
        </Button>
        <Submit
          size="small"
          type="primary"
          loading={busy}
          lacks={[until === '' && '哪一日', why.trim() === '' && '为什么']}
        >
          到时提醒
        </Submit>
      </div>
    </form>
  )
}
