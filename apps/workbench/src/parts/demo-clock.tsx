// The demo clock: it can only be moved forward; what falls due in the days passed over is done by the system.
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { lazy, Suspense, useRef, useState } from 'react'
import { post, sentence } from '../api.ts'
import type { ClockMoved } from '../types.ts'
import { addDays, dateOf, momentOf, plain, weekdayOf } from '../words.ts'
import { Submit } from './submit.tsx'
import { toast } from './toasts.tsx'

const DateInput = lazy(() => import('./date-input.tsx').then((found) => ({ default: found.DateInput })))

export function DemoClock({ now }: { now: string }) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [picked, setPicked] = useState('')
  // The calendar is fetched when the clock is opened: every page begins with this header.
  const [opened, setOpened] = useState(false)
  const details = useRef<HTMLDetailsElement>(null)
  const today = dateOf(now)
  const move = async (date: string) => {
    setBusy(true)
    try {
      const answer = await post<ClockMoved>('/api/demo/clock', {
        now: `${date}T09:00:00+08:00`,
      })
      toast(
        `演示时钟已拨到 ${momentOf(answer.now)}；其间到期、由系统办理 ${answer.ran} 项${answer.failed ? `，未办成 ${answer.failed} 项` : ''}。`,
        answer.failed ? 'warn' : 'done',
      )
      if (details.current) details.current.open = false
      await client.invalidateQueries()
    } catch (error) {
      toast(sentence(error), 'warn')
    } finally {
      setBusy(false)
    }
  }
  return (
    <details className="clock" ref={details} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <small>演示时钟</small> {plain(today)} 周{weekdayOf(today)}
      </summary>
      <div className="clock-menu">
        <p>时间只能向前。到期的事项（如征求意见截止、开始施行）随即办理。</p>
        <div className="row">
          <Button size="small" disabled={busy} onClick={() => move(addDays(today, 1))}>
            +1 天
          </Button>
          <Button size="small" disabled={busy} onClick={() => move(addDays(today, 7))}>
            +7 天
          </Button>
          <Button size="small" disabled={busy} onClick={() => move(addDays(today, 30))}>
            +30 天
          </Button>
        </div>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            if (picked) void move(picked)
          }}
        >
          {opened ? (
            <Suspense fallback={null}>
              <DateInput
                label="拨到哪一日"
                value={picked}
                min={addDays(today, 1)}
                onChange={(next) => setPicked(next ?? '')}
              />
            </Suspense>
          ) : null}
          <Submit size="small" type="primary" loading={busy} lacks={[!picked && '日期']}>
            拨到该日
          </Submit>
        </form>
      </div>
    </details>
  )
}
