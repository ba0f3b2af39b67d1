// Drafting materials and the list of all files.
import { type answers, artefactLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../api.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { actionsQuery } from '../queries.ts'
import type { Doc, Told } from '../types.ts'
import { momentOf, shortHash } from '../words.ts'
import { stateWords } from './package-list.tsx'
import { fileUrl } from './text/versions.tsx'

type Artefact = Told<typeof answers.Artefact>
type File = Told<typeof answers.FileLine>
/** The list of all files: versions of the text, materials, attachments, with content digests; to be taken away as a table. */
function FileList({ doc }: { doc: Doc }) {
  const { data } = useQuery({
    queryKey: ['doc', doc.id, 'files'],
    queryFn: () => get<File[]>(`/api/documents/${doc.id}/files`),
  })
  return (
    <p className="row no-print">
      <span className="quiet">{data ? `全部文件 ${data.length} 件（含各版文本与附件）` : '文件清单'}</span>
      <TakeAway path={`/api/documents/${doc.id}/files`} />
    </p>
  )
}
const usedFor = { consultation: '公开征求意见', review: '提请审核', publication: '公布' } as const
/** What this file needs: each with whether it is there, why not, and the button that supplies it. */
function Checklist({ doc }: { doc: Doc }) {
  const { data: actions } = useQuery(actionsQuery(doc.id))
  const may = (command: string) => actions?.some((action) => action.command === command && action.allowed) ?? false
  if (doc.materials.length === 0) return null
  return (
    <section aria-labelledby="checklist-title" data-testid="checklist">
      <h2 id="checklist-title">材料清单</h2>
      <ul className="checklist">
        {doc.materials.map((each) => (
          <li key={each.kind} className={`checklist-${each.state}`} data-material={each.kind}>
            <b className="checklist-state">{stateWords[each.state]}</b>
            <span>
              {each.label}
              <small>
                {usedFor[each.neededFor]}时要用{each.why && each.state !== 'missing' ? `；${each.why}` : ''}
              </small>
            </span>
            <span className="no-print">
              {each.kind === 'text' ? (
                may('SaveDraft') ? (
                  <Link
                    to="/documents/$id/edit"
                    params={{ id: doc.id }}
                    className={each.state === 'have' ? 'act' : 'button-link'}
                  >
                    {each.state === 'have' ? '再改' : '写文本'}
                  </Link>
                ) : null
              ) : may('ProvideArtefact') ? (
                <Link
                  to="/documents/$id"
                  params={{ id: doc.id }}
                  search={(old: object) => ({ ...old, do: 'ProvideArtefact', on: each.kind })}
                  resetScroll={false}
                  className={each.state === 'have' ? 'act' : 'button-link'}
                  aria-label={`${each.state === 'have' ? '重新提交' : '补'}${each.label}`}
                >
                  {each.state === 'have' ? '重新提交' : '补上'}
                </Link>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
export function Materials({ doc }: { doc: Doc }) {
  return (
    <div className="stack">
      <Checklist doc={doc} />
      <Provided doc={doc} />
    </div>
  )
}
function Provided({ doc }: { doc: Doc }) {
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
      <FileList doc={doc} />
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
              {latest.derived ? '随记录变化，最后一项记录在' : `第${latest.n}次提交，`}
              {momentOf(latest.at)}
              {latest.derived ? '' : `，${doc.people[latest.by] ?? latest.by}`}，摘要{' '}
              <code>{shortHash(latest.hash)}</code>
              {older.length > 0 ? `；此前 ${older.length} 次均保留` : ''}
            </p>
            {latest.body ? <div className="pre">{latest.body}</div> : null}
            {latest.bases?.length ? (
              <div className="scroll-x">
                <table className="table folds">
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
                        <td data-label="依据">{basis.title}</td>
                        <td data-label="文号">{basis.docNo || '—'}</td>
                        <td data-label="条款">{basis.articles?.join('、') || '—'}</td>
                        <td data-label="对应条款">{basis.clause || '—'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            ) : null}
            {latest.attachment ? (
              <p>
                附件：
                <a href={fileUrl(doc, latest.attachment)} download={latest.attachment.name}>
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
