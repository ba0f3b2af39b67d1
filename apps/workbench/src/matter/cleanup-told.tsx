// What a cleanup has to tell beside its items: how the census compares with the last list and the numbers since, what the
// public objected, what is not listed, what became of each change.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Own } from './cleanup-draft.ts'

const shown = 100
const results = { failed: '没有办成', pending: '等待办理', done: '已办成' } as const
const named = (x: { title: string; number?: string | null | undefined }): string =>
  `《${x.title}》${x.number ? `（${x.number}）` : ''}`
/** One list with its count; long ones are cut, and say so. */
function Told<T>({
  title,
  list,
  total = list.length,
  line,
}: {
  title: string
  list: readonly T[]
  total?: number
  line: (one: T) => ReactNode
}) {
  if (total === 0) return null
  return (
    <details>
      <summary>
        {title}（{total}件）
      </summary>
      <ul className="lines">
        {list.slice(0, shown).map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that is only read
          <li key={i}>{line(one)}</li>
        ))}
      </ul>
      {total > shown ? <p className="quiet">只列前 {shown} 件。</p> : null}
    </details>
  )
}

/** So many are confirmed in one form; the next ones after that. */
const atOnce = 20

export function CleanupTold({ id, own, confirms }: { id: string; own: Own; confirms: boolean }) {
  const { differences, objections, effects, effectRows } = own
  const compared = differences === null ? 0 : (differences.missing?.length ?? 0) + (differences.extra?.length ?? 0)
  if (compared + objections.length + own.unlistedCount + effectRows.length === 0) return null
  return (
    <section className="stack" aria-label="比对、意见与各件变动">
      {effects ? (
        <>
          <h2>各件变动的结果</h2>
          <p data-testid="cleanup-effects">
            已办成 {effects.done} 件，没有办成 {effects.failed} 件
            {effects.pending > 0 ? `，等待办理 ${effects.pending} 件` : ''}。
            {effects.failed > 0 ? '一件没有办成，不影响其余各件；缘由逐件列出，可以在“概况”再次转办。' : ''}
          </p>
          {(['failed', 'pending', 'done'] as const).map((result) => (
            <Told
              key={result}
              title={results[result]}
              list={effectRows.filter((x) => x.result === result)}
              line={(x) =>
                `${x.item === null ? '' : `第${x.item}项`}${named(x)}：${x.kind === 'repealed' ? '废止' : '宣布失效'}${x.reason ? `——${x.reason}` : ''}`
              }
            />
          ))}
        </>
      ) : null}
      {objections.length > 0 ? (
        <>
          <h2>公示中收到的意见</h2>
          <ul className="lines">
            {objections.map((x) => (
              <li key={String(x.n)}>
                第{String(x.n)}条（{x.on}
                {x.item ? `，对第${String(x.item)}项` : ''}
                {x.source ? `，${String(x.source)}` : ''}）：{String(x.text)}
                <p className="hint">
                  {x.answer
                    ? `${x.answer.on}答复：${x.answer.adopted ? '采纳' : '不采纳'}。${String(x.answer.text)}`
                    : '还没有答复'}
                </p>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {own.unlistedCount > 0 ? (
        <>
          <h2>未列入目录、还没有确认的</h2>
          <p className="quiet">公布以前逐件确认：自决定公布之日起不再执行，还是不在本次清理之列。</p>
          <Told title="未列入" list={own.unlisted} total={own.unlistedCount} line={named} />
          {confirms ? (
            <p>
              <Link
                to="/matters/$id"
                params={{ id }}
                search={(old: Record<string, unknown>) => ({
                  ...old,
                  do: 'ConfirmUnlisted',
                  given: { entries: own.unlisted.slice(0, atOnce).map(({ entry }) => ({ entry })) },
                })}
                resetScroll={false}
                className="button-link"
              >
                逐件确认{own.unlistedCount > atOnce ? `（先列 ${atOnce} 件）` : ''}
              </Link>
            </p>
          ) : null}
        </>
      ) : null}
      {compared > 0 ? (
        <>
          <h2>与上次清理的目录、其后的用号比对</h2>
          <Told title="上次继续有效或者其后编号，而不在本次目录" list={differences?.missing ?? []} line={named} />
          <Told title="在本次目录，而上次目录没有、其后也没有编号" list={differences?.extra ?? []} line={named} />
        </>
      ) : null}
    </section>
  )
}
