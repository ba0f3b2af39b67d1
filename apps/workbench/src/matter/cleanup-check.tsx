// The check of the legality body: what is shown is agreed with or not. What others changed since it was shown is shown first.
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import { FormTrouble } from '../forms/form-trouble.tsx'
import { toast } from '../parts/toasts.tsx'
import { matters, refreshDoc } from '../queries.ts'
import type { Item, Items } from './cleanup-draft.ts'
import { everyItem, isDone, useSending } from './cleanup-send.ts'

/** A page of items, and the version at which it was asked for. */
export type Shown = Items & { at: number }

/** What a reviewer judges of an item. */
const judged = ({ outcome, reason, lapseGround, amend, provisions, gone }: Item): string =>
  JSON.stringify([outcome, reason, lapseGround, amend, provisions, gone])

interface Meanwhile {
  payload: Record<string, unknown>
  version: number
  changed: Item[]
}
export function Check({
  id,
  shown,
  whole,
  chosen,
  differs,
  tried,
  onTried,
  onDone,
}: {
  id: string
  /** Undefined while the page still shows what was asked for before. */
  shown: Shown | undefined
  /** The page is not narrowed to some items. */
  whole: boolean
  chosen: ReadonlyMap<number, Item>
  differs: Readonly<Record<number, string>>
  tried: boolean
  onTried: (tried: boolean) => void
  onDone: () => void
}) {
  const client = useQueryClient()
  const sending = useSending(id)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const differing = Object.entries(differs).map(([n, reason]) => ({
    item: Number(n),
    agrees: false,
    reason: reason.trim(),
  }))
  const bare = differing.filter(({ reason }) => !reason).map(({ item }) => item)

  const send = async (payload: Record<string, unknown>, version: number): Promise<void> => {
    setMeanwhile(null)
    const answer = await sending.send('CheckItems', payload, version)
    if (isDone(answer)) {
      onDone()
      onTried(false)
      toast('已记下合法性核对。')
    } else if (answer?.code === 'stale_version' && answer.currentVersion !== undefined) {
      const now = await everyItem(id)
      await refreshDoc(client, id, matters)
      const seen = new Map([...(shown?.items ?? []).map((x) => [x.n, x] as const), ...chosen])
      const asked = new Set(((payload.items ?? []) as Array<{ item: number }>).map(({ item }) => item))
      const all = payload.agreeAll === true
      const changed = [...now.values()].filter((x) => {
        const before = seen.get(x.n)
        return (all || asked.has(x.n)) && (before === undefined || judged(before) !== judged(x))
      })
      sending.clear()
      // Somebody else did something that is not judged here: what was clicked still holds.
      if (changed.length === 0) await send(payload, answer.currentVersion)
      else setMeanwhile({ payload, version: answer.currentVersion, changed })
    }
  }
  const check = (payload: Record<string, unknown>) => {
    onTried(true)
    if (shown && bare.length === 0) void send(payload, shown.at)
  }
  const listed = shown !== undefined && whole && shown.total === shown.items.length
  const most = 20
  return (
    <section className="cleanup-bulk cleanup-check stack" aria-label="合法性核对">
      <h2>合法性核对</h2>
      <p className="quiet">不同意的，在该行写明理由；其余的可以一并同意。</p>
      <Trouble sending={sending} items={differing.map(({ item }) => item)} />
      {meanwhile ? (
        <div className="note note-warn" role="alert" data-testid="changed-meanwhile">
          <p>
            <b>还没有记下：其间他人改了意见，或者有些项不在您看的这一页。</b>看过以后再定。
          </p>
          <ul className="lines">
            {meanwhile.changed.slice(0, most).map((x) => (
              <li key={x.n}>
                第{x.n}项《{x.title}》现为：{x.outcomeLabel ?? '没有意见'}
                {x.reason ? `（${x.reason}）` : ''}
              </li>
            ))}
          </ul>
          {meanwhile.changed.length > most ? (
            <p>
              共 {meanwhile.changed.length} 项，只列前 {most} 项。
            </p>
          ) : null}
          <Button size="small" onClick={() => void send(meanwhile.payload, meanwhile.version)}>
            已看过，仍照此核对
          </Button>{' '}
          <Button size="small" onClick={() => setMeanwhile(null)}>
            先不核对
          </Button>
        </div>
      ) : null}
      {tried && bare.length > 0 ? (
        <p className="cleanup-lack" role="alert">
          {`第${bare.join('、')}项：不同意的写明理由`}
        </p>
      ) : null}
      <div className="cleanup-bar">
        <Button
          type="primary"
          disabled={shown === undefined}
          loading={sending.busy}
          onClick={() => check({ agreeAll: true, ...(differing.length > 0 ? { items: differing } : {}) })}
        >
          {differing.length > 0 ? `不同意 ${differing.length} 件，其余都同意` : '都同意'}
        </Button>
        {listed ? null : <span className="quiet">连同不在这一页的各项</span>}
        {differing.length > 0 ? (
          <Button disabled={shown === undefined} loading={sending.busy} onClick={() => check({ items: differing })}>
            只记下不同意的
          </Button>
        ) : null}
        {chosen.size > 0 ? (
          <Button
            disabled={shown === undefined}
            loading={sending.busy}
            onClick={() =>
              check({
                items: [
                  ...[...chosen.keys()].filter((n) => differs[n] === undefined).map((item) => ({ item, agrees: true })),
                  ...differing,
                ],
              })
            }
          >
            同意所选 {chosen.size} 件
          </Button>
        ) : null}
      </div>
    </section>
  )
}
/** Why it was not done; where it can be told which item it is about, its number is named. */
export function Trouble({ sending, items }: { sending: ReturnType<typeof useSending>; items: readonly number[] }) {
  const { problem } = sending
  return (
    <>
      <FormTrouble form={sending} />
      {problem?.code === 'stale_version' ? (
        <p className="note note-warn" role="alert">
          {problem.detail}　所填的都在；看过现在的样子再提交。
        </p>
      ) : null}
      {problem?.issues?.length ? (
        <ul className="lines">
          {problem.issues.map(({ path, message }) => {
            const at = /^items\.(\d+)/.exec(path)?.[1]
            const n = at === undefined ? undefined : items[Number(at)]
            return (
              <li key={`${path}${message}`}>
                {n === undefined ? '' : `第${n}项：`}
                {message}
              </li>
            )
          })}
        </ul>
      ) : null}
    </>
  )
}
