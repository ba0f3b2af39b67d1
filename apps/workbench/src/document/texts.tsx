// Texts and versions: read one version, compare two, import Word, export. The parts are under text/.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { actionsQuery } from '../queries.ts'
import type { Doc } from '../types.ts'
import { Exports } from './text/exports.tsx'
import { Reading } from './text/reading.tsx'
import { versionsQuery } from './text/shapes.ts'
import { Versions } from './text/versions.tsx'
import './text/text.css'

const route = getRouteApi('/staff/documents/$id')
const ComparisonView = lazy(() => import('./text/comparison.tsx').then((m) => ({ default: m.ComparisonView })))
const ImportDocx = lazy(() => import('./text/import-docx.tsx').then((m) => ({ default: m.ImportDocx })))

/** What can be done right on the text page; the rest is on the right of the overview page. */
const here = ['SaveDraft', 'SubmitForReview', 'ResubmitAfterReturn', 'IssueOpinion', 'AnswerPoint', 'ConfirmRevision']

export function Texts({ doc }: { doc: Doc }) {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const versions = useQuery(versionsQuery(doc.id))
  const { data: actions } = useQuery(actionsQuery(doc.id))
  const [dropped, setDropped] = useState<File | null>(null)
  const [over, setOver] = useState(false)
  if (versions.isPending) return <Loading />
  if (versions.isError) return <ErrorNote error={versions.error} retry={() => versions.refetch()} />
  const list = versions.data
  const maySave = actions?.some((action) => action.command === 'SaveDraft' && action.allowed) ?? false
  const last = list.at(-1)?.n ?? 1
  const showing = list.some((each) => each.n === search.to) ? (search.to ?? last) : last
  const from =
    search.from && search.from !== showing && list.some((each) => each.n === search.from) ? search.from : null
  const view = search.view === 'import' ? 'import' : from ? (search.view === 'table' ? 'table' : 'redline') : 'reading'
  const go = (next: { from?: number | undefined; to?: number | undefined; view?: string | undefined }) =>
    navigate({
      search: (old) => ({
        tab: 'texts',
        ...(old.do ? { do: old.do } : {}),
        ...(old.side ? { side: old.side } : {}),
        ...(next.from ? { from: next.from } : {}),
        ...(next.to ? { to: next.to } : {}),
        ...(next.view ? { view: next.view } : {}),
      }),
      resetScroll: false,
    })
  if (view === 'import')
    return (
      <Suspense fallback={<Loading />}>
        <ImportDocx
          doc={doc}
          given={dropped}
          onClose={() => {
            setDropped(null)
            void go({ to: search.to })
          }}
        />
      </Suspense>
    )
  const importLink = maySave ? (
    <Link
      to="/documents/$id"
      params={{ id: doc.id }}
      search={{ tab: 'texts', view: 'import' }}
      resetScroll={false}
      className="act-small"
      data-testid="import"
    >
      导入 Word
    </Link>
  ) : null
  if (list.length === 0)
    return (
      <div className="stack">
        <Empty>还没有文本。由起草经办人“保存文本”或者导入 Word 后，每次保存都是不可更改的新一版。</Empty>
        <div className="row">{importLink}</div>
      </div>
    )
  const tabLink = (id: 'reading' | 'redline' | 'table', label: string) => (
    <button
      type="button"
      aria-pressed={view === id}
      disabled={id !== 'reading' && list.length < 2}
      onClick={() =>
        go(
          id === 'reading'
            ? { to: search.to }
            : {
                from:
                  from ?? list.findLast((each) => each.n < showing)?.n ?? list.find((each) => each.n !== showing)?.n,
                to: showing,
                view: id === 'table' ? 'table' : undefined,
              },
        )
      }
    >
      {label}
    </button>
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut for the import page
    <div
      className={over ? 'texts texts-over' : 'texts'}
      onDragOver={(event) => {
        if (!maySave || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        if (!maySave) return
        event.preventDefault()
        setOver(false)
        setDropped(event.dataTransfer.files.item(0))
        void go({ view: 'import' })
      }}
    >
      <div className="texts-bar no-print">
        <span className="segments">
          {tabLink('reading', '阅读')}
          {tabLink('redline', '花脸稿')}
          {tabLink('table', '修改对照表')}
        </span>
        <label>
          查看{' '}
          <select
            className="native"
            value={showing}
            onChange={(event) =>
              go({
                from: from ?? undefined,
                to: Number(event.target.value),
                view: view === 'table' ? 'table' : undefined,
              })
            }
          >
            {list.map((each) => (
              <option key={each.n} value={each.n}>
                第{each.n}版{each.kind === 'correction' ? '（签署后更正）' : ''}
                {each.note ? ` · ${each.note.slice(0, 20)}` : ''}
              </option>
            ))}
          </select>
        </label>
        <label>
          与其比较{' '}
          <select
            className="native"
            value={from ?? ''}
            onChange={(event) =>
              go({
                from: Number(event.target.value) || undefined,
                to: showing,
                view: view === 'table' && event.target.value !== '' ? 'table' : undefined,
              })
            }
          >
            <option value="">（不比较）</option>
            {list
              .filter((each) => each.n !== showing)
              .map((each) => (
                <option key={each.n} value={each.n}>
                  第{each.n}版
                </option>
              ))}
          </select>
        </label>
        <span className="texts-tools">
          <Exports doc={doc} n={showing} />
          {importLink}
          {maySave ? (
            <Link to="/documents/$id/edit" params={{ id: doc.id }} className="act-small act-primary" activeProps={{}}>
              编辑
            </Link>
          ) : null}
          {here.map((command) => {
            const action = actions?.find((each) => each.command === command && each.allowed)
            return action ? (
              <Link
                key={command}
                from="/documents/$id"
                to="/documents/$id"
                params={{ id: doc.id }}
                search={(old) => ({ ...old, do: command, on: undefined })}
                hash
                resetScroll={false}
                className="act-small"
                data-command={command}
              >
                {command === 'SaveDraft' ? '按纯文本修改' : action.label}
              </Link>
            ) : null
          })}
        </span>
      </div>
      {view === 'reading' ? (
        <Reading doc={doc} n={showing} />
      ) : (
        <Suspense fallback={<Loading />}>
          <ComparisonView key={`${from}-${showing}-${view}`} doc={doc} from={from ?? 1} to={showing} view={view} />
        </Suspense>
      )}
      <Versions doc={doc} list={list} showing={showing} />
    </div>
  )
}
