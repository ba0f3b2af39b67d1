// The opinion table out and in, the list of a cleanup of long ago; a look at the lists before they are published.
import { type answers, type CleanupOutcome, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useState } from 'react'
import { get, NetworkError, ProblemError, post, search, sentence } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import type { Told } from '../types.ts'
import { type Items, type Own, sumText } from './cleanup-draft.ts'

type Taken = Told<typeof answers.ListTaken>
const csv = 'text/csv'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Chooses a list and hands it in. Rows that cannot be read are listed with line and reason and nothing is written; the person chooses
 * to leave them out or to mend them. `to`: where it goes, with the query that says more.
 */
function ListUpload({
  to,
  query = {},
  label,
  onTaken,
}: {
  to: string
  query?: Record<string, string>
  label: string
  onTaken: (answer: Taken) => void
}) {
  const [file, setFile] = useState<File | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const take = async (chosen: File, skipBad: boolean) => {
    setFile(chosen)
    setBusy(true)
    setError(null)
    try {
      const type = /\.xlsx$/i.test(chosen.name) ? xlsx : csv
      const answer = await post<Taken>(
        `${to}${search({ ...query, name: chosen.name, skipBad })}`,
        new Blob([chosen], { type }),
      )
      setFile(null)
      onTaken(answer)
    } catch (failed) {
      if (!(failed instanceof ProblemError) && !(failed instanceof NetworkError)) throw failed
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  const problem = error instanceof ProblemError ? error.problem : null
  const lines = problem?.issues?.filter(({ path }) => path.startsWith('第')) ?? []
  const readable = (problem as { readable?: number } | null)?.readable ?? 0
  return (
    <>
      <p className="cleanup-bar">
        <label className="file-button">
          {label}
          <input
            type="file"
            accept=".xlsx,.csv"
            disabled={busy}
            onChange={(event) => {
              const chosen = event.target.files?.[0]
              // The same file, mended, is chosen again under its name.
              event.target.value = ''
              if (chosen) void take(chosen, false)
            }}
          />
        </label>
        {busy ? <span role="status">正在读入《{file?.name}》……</span> : null}
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
              {readable > 0 ? (
                <Button size="small" loading={busy} onClick={() => void take(file, true)}>
                  略去这些行，读入其余
                </Button>
              ) : null}{' '}
              <Button
                size="small"
                onClick={() => {
                  setError(null)
                  setFile(null)
                }}
              >
                改正以后再来
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
/** The opinion table goes out, is filled in and comes back. */
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
  return (
    <section className="stack" aria-label="清理意见表">
      <p className="cleanup-bar">
        <a href={`/api/matters/${id}/opinions.xlsx${search(choice)}`}>导出清理意见表（Excel）</a>
        <a href={`/api/matters/${id}/opinions.csv${search(choice)}`}>CSV</a>
      </p>
      {gives ? (
        <ListUpload
          to={`/api/matters/${id}/opinions-import`}
          label="读入填好的表"
          onTaken={({ changed = 0, skipped }) => onTaken(changed, skipped.length)}
        />
      ) : null}
    </section>
  )
}
/** A cleanup of long ago: its published list becomes the census, with the outcomes it states. */
export function PastList({ id, onTaken }: { id: string; onTaken: (answer: Taken) => void }) {
  const [asOf, setAsOf] = useState<string>()
  return (
    <section className="stack" aria-label="以往的清理目录">
      <h2>以往的清理：以当时的目录建立</h2>
      <p className="quiet">
        目录须有文件名称、清理结果两列，另有文号、清理牵头单位、清理理由、公布日期、有效期至的一并读入；Excel（.xlsx）与
        CSV
        都可以，继续有效、保留、宣布失效、予以废止、拟修改等各种说法都认。读不出的行写明是哪一行、为什么，什么也不写入，由您决定改正还是略去。
      </p>
      <p className="cleanup-bar">
        <label htmlFor="cleanup-as-of">目录的日期</label>
        <DateInput id="cleanup-as-of" value={asOf} onChange={setAsOf} />
        <span className="quiet">不填的，依公布截止日或者目录中最近的文件推定</span>
      </p>
      <ListUpload
        to={`/api/matters/${id}/census-import`}
        query={asOf ? { asOf } : {}}
        label="选择目录文件"
        onTaken={onTaken}
      />
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
        <a href={`/api/matters/${id}/lists.xlsx`}>XLSX</a>，<a href={`/api/matters/${id}/lists.csv`}>CSV</a>
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
