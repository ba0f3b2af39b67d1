// Editing the text: fetches the text, the working draft and the rights; without a text, a template is chosen first.
import {
  genreOfTitle,
  type LintOptions,
  type RequiredClause,
  type TemplateGenre,
  templateGenres,
  templateOf,
} from '@dianzhang/text'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useMemo, useRef, useState } from 'react'
import { get } from '../api.ts'
import { findingsQuery, structureQuery } from '../document/text/shapes.ts'
import { useStream } from '../live.ts'
import { Company } from '../parts/company.tsx'
import { NotOpened, useTitle } from '../parts/opening.tsx'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { actionsQuery, docQuery } from '../queries.ts'
import type { Doc, Pack, WholeText } from '../types.ts'
import { momentOf } from '../words.ts'
import { backupOf, keepBackup, useArrived, type WorkingCopy, workingCopyPath } from './use-working-copy.ts'
import { type Start, Workspace } from './workspace.tsx'
import '../document/document.css'
import './editor.css'

const route = getRouteApi('/staff/documents/$id/edit')

export function EditPage() {
  const { id } = route.useParams()
  // Begun on what the file is now: what another window did a moment ago is not told as a change made meanwhile.
  const doc = useQuery({ ...docQuery(id), refetchInterval: 30_000, refetchOnMount: 'always' })
  useTitle(doc.data && `编辑 ${doc.data.title}`)
  const client = useQueryClient()
  const { company } = useStream(
    () => void client.invalidateQueries({ queryKey: docQuery(id).queryKey, exact: true }),
    id,
    true,
  )
  // A later question that fails must not take the text from under the pen.
  if (!doc.data) return <NotOpened found={doc} />
  return (
    <main className="edit-page" key={id}>
      <header className="edit-head">
        <h1>{doc.data.title}</h1>
        <p className="doc-facts">
          <span className="stage-tag">{doc.data.stageLabel}</span>
          <span className="quiet">{doc.data.text ? `文本第 ${doc.data.text.n} 版` : '还没有文本'}</span>
          <Company names={company} />
        </p>
      </header>
      {doc.isFetchedAfterMount ? <Opened doc={doc.data} /> : <Loading lines={12} />}
    </main>
  )
}

function Opened({ doc }: { doc: Doc }) {
  // Left a moment ago with changes still on their way: what is fetched before they arrive would be the text without them.
  return useArrived(doc.id) ? <Begun doc={doc} /> : <Loading lines={12} />
}
function Begun({ doc }: { doc: Doc }) {
  const actions = useQuery(actionsQuery(doc.id))
  const action = actions.data?.find((each) => each.command === 'SaveDraft')
  const allowed = action?.allowed === true
  // Taken once: what is being written must not be replaced under the pen.
  const [n] = useState(doc.text?.n ?? null)
  const version = useQuery({
    queryKey: ['doc', doc.id, 'version', n],
    queryFn: () => get<WholeText>(`/api/documents/${doc.id}/versions/${n}`),
    enabled: n !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const copy = useQuery({
    queryKey: ['working-copy', doc.id],
    queryFn: () => get<WorkingCopy | null>(workingCopyPath(doc.id)),
    enabled: allowed,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const structure = useQuery({ ...structureQuery(doc.id, n ?? 0), enabled: n !== null })
  const known = useQuery({ ...findingsQuery(doc.id, n ?? 0), enabled: n !== null, staleTime: Number.POSITIVE_INFINITY })
  const pack = useQuery({
    queryKey: ['pack', doc.packVersion],
    queryFn: () => get<Pack>(`/api/packs/${encodeURIComponent(doc.packVersion)}`),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const [chosen, setChosen] = useState<string | null>(null)
  const [backup, setBackup] = useState(() => backupOf(doc.id))
  const opened = useRef(false)
  const validity = pack.data?.validity
  const general = validity?.generalMaximumYears?.value
  const provisional = validity?.provisionalMaximumYears?.value
  const options = useMemo(
    (): LintOptions => ({
      title: doc.title,
      ...(doc.classification.provisional ? { provisional: true } : {}),
      ...(general !== undefined && provisional !== undefined ? { maxYears: { general, provisional } } : {}),
      issuers: doc.issuers.map((issuer) => issuer.name),
    }),
    [doc.title, doc.classification.provisional, doc.issuers, general, provisional],
  )
  const earlier = useMemo(() => (known.data?.waived ?? []).map(({ waiver }) => waiver), [known.data])
  const failed = [actions, version, copy].find((each) => each.isError && each.data === undefined)
  if (failed) return <ErrorNote error={failed.error} retry={() => failed.refetch()} />
  if (
    actions.isPending ||
    pack.isPending ||
    (n !== null && (version.isPending || structure.isPending || known.isPending)) ||
    (allowed && copy.isPending)
  )
    return <Loading lines={12} />

  const stored = copy.data ?? null
  const saved = version.data?.body ?? ''
  // Asked at the opening only: what is stored later is what is written here.
  if (allowed && backup && backup.body !== (stored?.body ?? saved) && chosen === null && !opened.current)
    return (
      <div className="note note-info" data-testid="backup">
        <p>
          <b>上次离开时有改动没有存上服务器</b>，暂存在本机。
          {stored && stored.revision !== backup.revision
            ? `其后${stored.byName}另存过工作稿（${momentOf(stored.at)}），接着改之后请先与其对照。`
            : ''}
        </p>
        <div className="row">
          <Button type="primary" onClick={() => setChosen(backup.body)}>
            接着本机的改
          </Button>
          <Button
            onClick={() => {
              keepBackup(doc.id, null)
              setBackup(null)
            }}
          >
            不要了
          </Button>
        </div>
      </div>
    )
  if (allowed && !stored && saved.trim() === '' && chosen === null)
    return (
      <Templates
        doc={doc}
        years={(doc.classification.provisional ? provisional : general) ?? undefined}
        onChoose={setChosen}
      />
    )
  // Once open it stays: words written before the document moved on must not vanish.
  if (allowed || saved !== '') opened.current = true
  const fromBackup = backup !== null && chosen === backup.body
  const start: Start = {
    body: chosen ?? stored?.body ?? saved,
    // What was kept here is stored over the revision it was made from, so that others are not overwritten unseen.
    revision: fromBackup ? backup.revision : (stored?.revision ?? 0),
    basedOn: stored?.basedOn ?? n,
    at: chosen === null ? (stored?.at ?? null) : null,
    waivers: (fromBackup ? backup.waivers : stored?.waivers) ?? [],
    unsaved: chosen !== null && chosen !== '',
  }
  return (
    <>
      {!allowed ? (
        <div className="note note-warn">
          <p>
            <b>只能查看，不能修改。</b>
            {action ? '还差：' : '您没有修改本案卷文本的权限。'}
          </p>
          {action ? <Verdicts list={action.verdicts} /> : null}
        </div>
      ) : stored && chosen === null ? (
        <p className="edit-resume" role="status">
          {`接着${stored.byName}的工作稿（${momentOf(stored.at)} 自动保存${stored.basedOn ? `，在第${stored.basedOn}版上修改` : ''}）。`}
        </p>
      ) : null}
      {opened.current ? (
        <Workspace
          doc={doc}
          start={start}
          base={structure.data?.structure ?? null}
          earlier={earlier}
          options={options}
          editable={allowed}
        />
      ) : (
        <Empty>还没有文本。</Empty>
      )}
    </>
  )
}

/** No text yet: choose a template by genre, or start blank. */
function Templates({
  doc,
  years,
  onChoose,
}: {
  doc: Doc
  years: number | undefined
  onChoose: (body: string) => void
}) {
  const likely = (templateGenres as readonly string[]).includes(doc.genre ?? '')
    ? (doc.genre as TemplateGenre)
    : genreOfTitle(doc.title)
  const [genre, setGenre] = useState<TemplateGenre>(likely ?? '办法')
  const template = templateOf(genre, {
    title: doc.title,
    issuer: doc.issuers[0]?.name,
    draftingUnit: doc.draftingUnit.name,
    provisional: doc.classification.provisional,
    maxYears: years,
  })
  return (
    <section className="templates">
      <h2>从模板开始</h2>
      <p className="quiet">
        模板带齐应有的条款，要填的地方写着〔待填〕，没有填的会一直提示。也可以从空白开始，或者把 Word 里的文字粘贴进来。
      </p>
      <fieldset className="template-genres">
        <legend>文种</legend>
        {templateGenres.map((each) => (
          <label key={each} className={each === genre ? 'chosen' : undefined}>
            <input type="radio" name="genre" checked={each === genre} onChange={() => setGenre(each)} />
            {each}
            {each === likely ? <small>本件</small> : null}
          </label>
        ))}
      </fieldset>
      <p>
        <b>{genre}</b>：{template.purpose}。
      </p>
      <div className="template-two">
        <section aria-labelledby="template-preview">
          <h3 id="template-preview">样子</h3>
          <div className="pre template-preview">{template.text}</div>
        </section>
        <section aria-labelledby="template-clauses">
          <h3 id="template-clauses">应有的条款</h3>
          <dl>
            {template.clauses.map((clause) => (
              <div key={clause.key}>
                <dt>{clause.name}</dt>
                <dd>
                  {clause.hint}
                  <small>
                    依据：{clause.basis}
                    {confidence(clause)}
                  </small>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <div className="row">
        <Button type="primary" onClick={() => onChoose(template.text)}>
          用这个模板
        </Button>
        <Button onClick={() => onChoose(`${doc.title}\n`)}>从空白开始</Button>
        <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'texts' }}>
          回到案卷
        </Link>
      </div>
    </section>
  )
}
const confidence = ({ confidence: level }: RequiredClause): string =>
  level === 'verified' ? '' : level === 'partly_verified' ? '（部分核实）' : '（通行做法，以本地规定为准）'
