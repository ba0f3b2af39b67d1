// 文本各版：查看、比较；材料。
import { artefactLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '../api.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import type { Doc } from '../types.ts'
import { momentOf, shortHash } from '../words.ts'

const route = getRouteApi('/staff/documents/$id')
interface AttachmentMeta {
  name: string
  sha256: string
  size?: number
  bytes?: number
}
interface Version {
  n: number
  hash: string
  note: string | null
  kind: string
  by: string
  at: string
  characters: number
  attachments: AttachmentMeta[]
}
interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'changed'
  from: number | null
  to: number | null
  parts: Array<{ kind: 'same' | 'added' | 'removed'; text: string }>
}
const fileUrl = (doc: Doc, sha256: string) => `/api/documents/${doc.id}/attachments/${sha256}`

export function Texts({ doc }: { doc: Doc }) {
  const { from, to } = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const versions = useQuery({
    queryKey: ['doc', doc.id, 'versions'],
    queryFn: () => get<Version[]>(`/api/documents/${doc.id}/versions`),
  })
  if (versions.isPending) return <Loading />
  if (versions.isError) return <ErrorNote error={versions.error} retry={() => versions.refetch()} />
  const list = versions.data
  if (list.length === 0) return <Empty>还没有文本。由起草经办人“保存文本”后，每次保存都是不可更改的新一版。</Empty>
  const last = list.at(-1)?.n ?? 1
  const showing = to ?? last
  const go = (search: { from?: number | undefined; to?: number | undefined }) =>
    navigate({
      search: (old) => ({
        tab: 'texts',
        ...(old.do ? { do: old.do } : {}),
        ...(search.from ? { from: search.from } : {}),
        ...(search.to ? { to: search.to } : {}),
      }),
      resetScroll: false,
    })
  return (
    <div className="stack">
      <div className="row no-print">
        <label>
          查看{' '}
          <select className="native" value={showing} onChange={(e) => go({ from, to: Number(e.target.value) })}>
            {list.map((each) => (
              <option key={each.n} value={each.n}>
                第{each.n}版{each.kind === 'correction' ? '（签署后更正）' : ''}{' '}
                {each.note ? `· ${each.note.slice(0, 20)}` : ''}
              </option>
            ))}
          </select>
        </label>
        <label>
          与其比较{' '}
          <select
            className="native"
            value={from ?? ''}
            onChange={(e) => go({ from: Number(e.target.value) || undefined, to: showing })}
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
      </div>
      {from && from !== showing ? <Diff doc={doc} from={from} to={showing} /> : <OneText doc={doc} n={showing} />}
      <h2>各版</h2>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th>版次</th>
              <th>时间</th>
              <th>经办</th>
              <th>字数</th>
              <th>说明</th>
              <th>内容摘要</th>
              <th>附件</th>
            </tr>
          </thead>
          <tbody>
            {[...list].reverse().map((each) => (
              <tr key={each.n} className={each.n === showing ? 'selected' : ''}>
                <td>
                  <Link
                    to="/documents/$id"
                    params={{ id: doc.id }}
                    search={{ tab: 'texts', to: each.n }}
                    resetScroll={false}
                  >
                    第{each.n}版
                  </Link>
                </td>
                <td>{momentOf(each.at)}</td>
                <td>{doc.people[each.by] ?? each.by}</td>
                <td className="num">{each.characters}</td>
                <td>{each.note ?? ''}</td>
                <td>
                  <code title={each.hash}>{shortHash(each.hash)}</code>
                </td>
                <td>
                  {each.attachments.map((file) => (
                    <a key={file.sha256} href={fileUrl(doc, file.sha256)} download={file.name}>
                      {file.name}
                    </a>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
function OneText({ doc, n }: { doc: Doc; n: number }) {
  const text = useQuery({
    queryKey: ['doc', doc.id, 'version', n],
    queryFn: () => get<{ body: string; hash: string }>(`/api/documents/${doc.id}/versions/${n}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (text.isPending) return <Loading />
  if (text.isError) return <ErrorNote error={text.error} />
  const [title, ...rest] = text.data.body.split('\n')
  return (
    <article className="text">
      <h3>{title}</h3>
      {rest.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an immutable text; the line number is its identity
        <p key={i} className={/^第[一二三四五六七八九十百零]+[章节]/.test(line.trim()) ? 'chapter' : undefined}>
          {line
            .split(/^(\s*第[一二三四五六七八九十百零]+条)/)
            .map((part, k) => (k === 1 ? <b key="article">{part}</b> : part))}
        </p>
      ))}
      <p className="quiet hash">内容摘要 {text.data.hash}</p>
    </article>
  )
}
function Diff({ doc, from, to }: { doc: Doc; from: number; to: number }) {
  const [only, setOnly] = useState(false)
  const diff = useQuery({
    queryKey: ['doc', doc.id, 'diff', from, to],
    queryFn: () =>
      get<{ changed: number; lines: DiffLine[]; attachments: Array<{ name: string; kind: string }> }>(
        `/api/documents/${doc.id}/diff?from=${from}&to=${to}`,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (diff.isPending) return <Loading />
  if (diff.isError) return <ErrorNote error={diff.error} />
  const files = diff.data.attachments.filter((file) => file.kind !== 'same')
  return (
    <div className="stack">
      <p>
        第{from}版 → 第{to}版：{diff.data.changed === 0 ? '正文没有变化' : `${diff.data.changed} 段有变化`}。
        <ins>新增</ins> <del>删去</del>
        <label className="no-print">
          {'　'}
          <input type="checkbox" checked={only} onChange={(e) => setOnly(e.target.checked)} /> 只看有变化的
        </label>
      </p>
      <div className="diff">
        {diff.data.lines
          .filter((line) => !only || line.kind !== 'same')
          .map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an immutable comparison
            <p key={i} className={`diff-${line.kind}`}>
              <span className="diff-n">{line.from ?? ''}</span>
              <span className="diff-n">{line.to ?? ''}</span>
              <span>
                {line.parts.map((part, k) => {
                  const key = `${k}${part.kind}`
                  return part.kind === 'added' ? (
                    <ins key={key}>{part.text}</ins>
                  ) : part.kind === 'removed' ? (
                    <del key={key}>{part.text}</del>
                  ) : (
                    <span key={key}>{part.text}</span>
                  )
                })}
              </span>
            </p>
          ))}
      </div>
      {files.length > 0 ? (
        <p>
          附件：
          {files
            .map(
              (file) =>
                `${file.name}（${{ added: '新增', removed: '删去', changed: '已变' }[file.kind] ?? file.kind}）`,
            )
            .join('、')}
        </p>
      ) : null}
    </div>
  )
}

interface Artefact {
  kind: string
  label: string
  n: number
  title: string | null
  body: string | null
  attachment: AttachmentMeta | null
  bases: Array<{ title: string; docNo?: string; articles?: string[]; clause?: string }> | null
  hash: string
  by: string
  at: string
}
/** 全部文件的清单：各版文本、材料、附件，连同内容摘要；可下载成表格。 */
function FileList({ doc, artefacts }: { doc: Doc; artefacts: Artefact[] }) {
  const versions = useQuery({
    queryKey: ['doc', doc.id, 'versions'],
    queryFn: () => get<Version[]>(`/api/documents/${doc.id}/versions`),
  })
  const rows = [
    ...(versions.data ?? []).flatMap((each) => [
      ['文本', `第${each.n}版`, each.note ?? '', momentOf(each.at), each.hash],
      ...each.attachments.map((file) => ['文本附件', `第${each.n}版`, file.name, momentOf(each.at), file.sha256]),
    ]),
    ...artefacts.flatMap((each) => [
      [each.label, `第${each.n}次`, each.title ?? '', momentOf(each.at), each.hash],
      ...(each.attachment
        ? [[`${each.label}附件`, `第${each.n}次`, each.attachment.name, momentOf(each.at), each.attachment.sha256]]
        : []),
    ]),
  ]
  const download = () => {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const csv = [['种类', '版次', '名称或说明', '时间', '内容摘要（SHA-256）'], ...rows]
      .map((row) => row.map(cell).join(','))
      .join('\r\n')
    // The mark in front makes spreadsheet programs read it as UTF-8.
    const url = URL.createObjectURL(new Blob([`\uFEFF${csv}`], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${doc.title}-文件清单.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 1000)
  }
  return (
    <p className="row no-print">
      <span className="quiet">全部文件 {rows.length} 件（含各版文本与附件）</span>
      <button type="button" className="link" onClick={download}>
        下载文件清单
      </button>
    </p>
  )
}
export function Materials({ doc }: { doc: Doc }) {
  const found = useQuery({
    queryKey: ['doc', doc.id, 'artefacts'],
    queryFn: () => get<Artefact[]>(`/api/documents/${doc.id}/artefacts`),
  })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  if (found.data.length === 0) return <Empty>还没有材料。起草说明与制定依据对照表是提请审核的必备材料。</Empty>
  const kinds = [...new Set(found.data.map((each) => each.kind))]
  return (
    <div className="stack">
      <FileList doc={doc} artefacts={found.data} />
      {kinds.map((kind) => {
        const [latest, ...older] = found.data.filter((each) => each.kind === kind)
        if (!latest) return null
        return (
          <section key={kind} className="sheet">
            <h2>
              {artefactLabels[kind as keyof typeof artefactLabels] ?? kind}
              {latest.title ? `：${latest.title}` : ''}
            </h2>
            <p className="quiet">
              第{latest.n}次提交，{momentOf(latest.at)}，{doc.people[latest.by] ?? latest.by}，摘要{' '}
              <code>{shortHash(latest.hash)}</code>
              {older.length > 0 ? `；此前 ${older.length} 次均保留` : ''}
            </p>
            {latest.body ? <div className="pre">{latest.body}</div> : null}
            {latest.bases?.length ? (
              <div className="scroll-x">
                <table className="table">
                  <thead>
                    <tr>
                      <th>依据</th>
                      <th>文号</th>
                      <th>条款</th>
                      <th>对应本文件条款</th>
                    </tr>
                  </thead>
                  <tbody>
                    {latest.bases.map((basis) => (
                      <tr key={`${basis.title}${basis.clause ?? ''}`}>
                        <td>{basis.title}</td>
                        <td>{basis.docNo ?? ''}</td>
                        <td>{basis.articles?.join('、') ?? ''}</td>
                        <td>{basis.clause ?? ''}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            ) : null}
            {latest.attachment ? (
              <p>
                附件：
                <a href={fileUrl(doc, latest.attachment.sha256)} download={latest.attachment.name}>
                  {latest.attachment.name}
                </a>
              </p>
            ) : null}
          </section>
        )
      })}
    </div>
  )
}
