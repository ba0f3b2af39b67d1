// The opinion table out and in; a look at the lists before they are published.
import { type answers, type CleanupOutcome, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useRef, useState } from 'react'
import { get, NetworkError, ProblemError, post, search, sentence } from '../api.ts'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import type { Told } from '../types.ts'
import { type Items, type Own, sumText } from './cleanup-draft.ts'

type Taken = Told<typeof answers.ListTaken>
const csv = 'text/csv'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * The table goes out, is filled in and comes back; rows that cannot be read are listed, and the person chooses to
 * leave them out or to mend them.
 */
export function Sheets({
  id,
  choice,
  gives,
  onTaken,
}: {
  id: string
  choice: Record<string, string>
  gives: boolean
  onTaken: (changed: number, skipped: number) => void
}) {
  const [file, setFile] = useState<File | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = async (chosen: File, skipBad: boolean) => {
    setBusy(true)
    setError(null)
    try {
      const type = /\.xlsx$/i.test(chosen.name) ? xlsx : csv
      const answer = await post<Taken>(
        `/api/matters/${id}/opinions-import${search({ name: chosen.name, skipBad })}`,
        new Blob([chosen], { type }),
      )
      setFile(null)
      if (input.current) input.current.value = ''
      onTaken(answer.changed ?? 0, answer.skipped.length)
    } catch (failed) {
      if (!(failed instanceof ProblemError) && !(failed instanceof NetworkError)) throw failed
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  const problem = error instanceof ProblemError ? error.problem : null
  const lines = problem?.issues?.filter(({ path }) => path.startsWith('第')) ?? []
  return (
    <section className="stack" aria-label="清理意见表">
      <p className="cleanup-bar">
        <a href={`/api/matters/${id}/opinions.xlsx${search(choice)}`}>导出清理意见表（Excel）</a>
        <a href={`/api/matters/${id}/opinions.csv${search(choice)}`}>CSV</a>
        {gives ? (
          <label>
            读入填好的表{' '}
            <input
              ref={input}
              type="file"
              accept=".xlsx,.csv"
              disabled={busy}
              onChange={(event) => {
                const chosen = event.target.files?.[0] ?? null
                setFile(chosen)
                if (chosen) void take(chosen, false)
              }}
            />
          </label>
        ) : null}
      </p>
      {error ? (
        <div className="note note-error" role="alert" data-testid="import-faults">
          {problem?.verdicts?.length ? <Verdicts list={problem.verdicts} /> : <p>{sentence(error)}</p>}
          {lines.length > 0 && file ? (
            <>
              <ul className="lines">
                {lines.map(({ path, message }) => (
                  <li key={`${path}${message}`}>
                    {path}：{message}
                  </li>
                ))}
              </ul>
              <Button size="small" loading={busy} onClick={() => void take(file, true)}>
                略去这些行，读入其余
              </Button>{' '}
              <Button
                size="small"
                onClick={() => {
                  setError(null)
                  setFile(null)
                  if (input.current) input.current.value = ''
                }}
              >
                改正以后再来
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
/** The lists: a draft before publication, fetched only when opened. */
export function Lists({ id, own, publishes, version }: { id: string; own: Own; publishes: boolean; version: number }) {
  return (
    <section className="stack" aria-label="各栏">
      <h2>各栏{own.published ? '' : '（公布以前为草案）'}</h2>
      <p>{sumText(own)}</p>
      {cleanupOutcomes.map((outcome) => (
        <Section key={outcome} id={id} outcome={outcome} count={own.counts[outcome]} version={version} />
      ))}
      <p className="cleanup-bar">
        <a href={`/api/matters/${id}/lists.docx`}>下载各栏（Word）</a>
        <a href={`/api/matters/${id}/lists.csv`}>CSV</a>
        {publishes ? (
          <Link
            to="/matters/$id"
            params={{ id }}
            search={(old: Record<string, unknown>) => ({ ...old, do: 'PublishResult' })}
            resetScroll={false}
            className="act act-main"
          >
            各栏已看过，公布清理结果
          </Link>
        ) : null}
      </p>
    </section>
  )
}
function Section({
  id,
  outcome,
  count,
  version,
}: {
  id: string
  outcome: CleanupOutcome
  count: number
  version: number
}) {
  const [open, setOpen] = useState(false)
  const found = useQuery({
    queryKey: ['matter', id, 'items', 'list', outcome, version],
    queryFn: () => get<Items>(`/api/matters/${id}/items${search({ outcome, limit: 1000 })}`),
    enabled: open && count > 0,
  })
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {cleanupOutcomeLabels[outcome]}（{count}件）
      </summary>
      {open && count > 0 && found.isPending ? <Loading lines={2} /> : null}
      {found.isError ? <ErrorNote error={found.error} retry={() => found.refetch()} /> : null}
      <ol>
        {found.data?.items
          .filter((x) => !x.afterDecision)
          .map((x) => (
            <li key={x.n}>
              {x.title}
              {x.number ? `（${x.number}）` : ''}
              {x.reason ? <p className="hint">{x.reason}</p> : null}
            </li>
          ))}
      </ol>
      {found.data?.nextCursor ? <p className="quiet">只列前一千件，其余见文件。</p> : null}
    </details>
  )
}
