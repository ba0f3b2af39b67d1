// Import of Word: upload, report of losses, parsed result, preview; an import that loses words must be confirmed
// first, and nothing is adopted before that.
import { commandSchemas } from '@dianzhang/contract'
import { changeSaid, countLoss, type LossItem, lossKindNames } from '@dianzhang/formats'
import { parseText } from '@dianzhang/text'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import Radio from 'antd/es/radio'
import { Fragment, useEffect, useMemo, useRef, useState } from 'react'
import { ProblemError, post, sentence } from '../../api.ts'
import { largestAttachment, readAttachment } from '../../forms/attachments.tsx'
import { attachmentsToKeep, KeptAttachments } from '../../forms/kept-attachments.tsx'
import { useCommandForm } from '../../forms/use-command.ts'
import { useCopyGuard, WorkingCopyNote } from '../../forms/working-copy-note.tsx'
import { Labelled } from '../../parts/labelled.tsx'
import { Submit } from '../../parts/submit.tsx'
import { toast } from '../../parts/toasts.tsx'
import { Verdicts } from '../../parts/verdicts.tsx'
import { actionsQuery, meQuery, refreshDoc, rememberOwn } from '../../queries.ts'
import type { CommandAnswer, Doc } from '../../types.ts'
import { type DocxImport, versionsQuery } from './shapes.ts'
import { Sheet } from './sheet.tsx'
import { docxType, readDocx } from './upload.ts'

const docxAccept = `.docx,${docxType}`
/** Takes one file from a drop or a file chooser. */
const firstFile = (files: FileList | null | undefined): File | null => files?.item(0) ?? null

export function ImportDocx({ doc, given, onClose }: { doc: Doc; given: File | null; onClose: () => void }) {
  const { data: actions } = useQuery(actionsQuery(doc.id))
  const save = actions?.find((action) => action.command === 'SaveDraft')
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState<number | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [imported, setImported] = useState<DocxImport | null>(null)
  const [over, setOver] = useState(false)
  const [revisions, setRevisions] = useState<Decision>(undecided)
  const aborter = useRef<AbortController | null>(null)
  const start = async (chosen: File | null, decided: Decision = undecided) => {
    if (!chosen) return
    aborter.current?.abort()
    const own = new AbortController()
    aborter.current = own
    setFile(chosen)
    setRevisions(decided)
    setImported(null)
    setFailure(null)
    setPart(0)
    try {
      const answer = await readDocx(doc.id, chosen, {
        revisions: decided.all,
        single: decided.single,
        progress: (now) => aborter.current === own && setPart(now),
        signal: own.signal,
      })
      if (aborter.current === own) setImported(answer.imported)
    } catch (error) {
      if (aborter.current === own) setFailure(error)
    } finally {
      if (aborter.current === own) setPart(null)
    }
  }
  const latest = useRef(start)
  latest.current = start
  useEffect(() => {
    if (given) void latest.current(given)
  }, [given])
  return (
    <section className="stack" aria-label="导入 Word 文件">
      <div className="page-head">
        <h2>导入 Word 文件</h2>
        <Button size="small" onClick={onClose}>
          回到文本
        </Button>
      </div>
      {save && !save.allowed ? (
        <div className="note note-warn">
          <p>现在不能保存文本，导入后无法存为新版：</p>
          <Verdicts list={save.verdicts} />
        </div>
      ) : null}
      <label
        className={`drop${over ? ' drop-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void start(firstFile(event.dataTransfer.files))
        }}
      >
        <b>{imported || failure ? '换一份文件' : '选择 Word 或 WPS 保存的 .docx，或者拖到这里'}</b>
        <span className="quiet">先解析给您看，不会直接采用；修订、批注、图片等没有进入正文的逐条列出。</span>
        <input
          type="file"
          accept={docxAccept}
          aria-label="选择 .docx 文件"
          onChange={(event) => {
            const input = event.target
            void start(firstFile(input.files))
            input.value = ''
          }}
        />
      </label>
      {part !== null && file ? (
        <div className="note" role="status">
          <p>
            {part < 1 ? `正在上传《${file.name}》` : `正在解析《${file.name}》`}
            <progress max={1} value={part < 1 ? part : undefined} aria-label="进度" />
          </p>
          <Button size="small" onClick={() => aborter.current?.abort()}>
            取消
          </Button>
        </div>
      ) : null}
      {failure ? (
        <div className="note note-error" role="alert" data-testid="import-refused">
          <p>
            <b>《{file?.name}》没有导入</b>
          </p>
          <p>{refusalOf(failure)}</p>
        </div>
      ) : null}
      {imported && file && imported.text.trim() === '' ? (
        <div className="note note-error" role="alert" data-testid="import-empty">
          <p>
            <b>《{file.name}》里没有可以导入的文字</b>
          </p>
          <p>
            {imported.facts.pictures > 0
              ? `文件里有 ${imported.facts.pictures} 张图片。扫描件、截图里的文字读不出来，请取得可以编辑的文件，或者补录。`
              : '请确认选对了文件。'}
          </p>
          {imported.loss.length > 0 ? <LossReport loss={imported.loss} /> : null}
        </div>
      ) : imported && file ? (
        <Result
          key={imported.confirmation}
          doc={doc}
          file={file}
          imported={imported}
          maySave={save?.allowed ?? false}
          revisions={revisions}
          onDecide={(decided) => void start(file, decided)}
        />
      ) : null}
    </section>
  )
}
const refusalOf = (error: unknown): string =>
  error instanceof ProblemError
    ? (error.problem.issues?.map((issue) => issue.message).join('；') ?? sentence(error))
    : sentence(error)

const groups: Array<{ id: string; title: string; has: (item: LossItem) => boolean }> = [
  { id: 'lost', title: '丢失的文字', has: (item) => item.losesWords },
  { id: 'changed', title: '改了形式的', has: (item) => !item.losesWords && item.effect === 'changed' },
  { id: 'noted', title: '没有导入、不含正文文字的', has: (item) => !item.losesWords && item.effect === 'dropped' },
]
export function LossReport({ loss }: { loss: readonly LossItem[] }) {
  if (loss.length === 0) return <p className="note note-good">文件里的文字全部进入了文本，没有丢失，也没有改动形式。</p>
  return (
    <div className="stack" data-testid="loss">
      {groups.map((group) => {
        const items = loss.filter(group.has)
        if (items.length === 0) return null
        return (
          <details key={group.id} open={group.id === 'lost' || items.length <= 12} className={`loss loss-${group.id}`}>
            <summary>
              {group.title}：{countLoss(items)} 处
            </summary>
            <div className="scroll-x">
              <table className="table loss-table">
                <thead>
                  <tr>
                    <th scope="col">位置</th>
                    <th scope="col">种类</th>
                    <th scope="col">说明</th>
                    <th scope="col">内容</th>
                    <th scope="col">所在段落</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: an immutable report
                    <tr key={i} data-loss={item.kind}>
                      <td className="nowrap">{item.paragraph > 0 ? `第${item.paragraph}段` : '全文'}</td>
                      <td className="nowrap">{lossKindNames[item.kind]}</td>
                      <td>
                        {item.message}
                        {item.author ? (
                          <span className="quiet">
                            （{item.author}
                            {item.date ? `，${item.date.slice(0, 10)}` : ''}）
                          </span>
                        ) : null}
                      </td>
                      <td className="break">{item.content}</td>
                      <td className="quiet">{item.quote}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        )
      })}
    </div>
  )
}
function Facts({ imported }: { imported: DocxImport }) {
  const { facts } = imported
  const figures: Array<[string, string | number | null]> = [
    ['标题', imported.title ?? '（没有读出标题）'],
    ['编、章、节', [facts.parts, facts.chapters, facts.sections].join('、')],
    [
      '条',
      facts.articles === 0
        ? '没有分条'
        : `${facts.articles}（${facts.firstArticle}至${facts.lastArticle}）${facts.insertedArticles > 0 ? `，另有“之一” ${facts.insertedArticles}` : ''}`,
    ],
    ['段落', `${facts.nonEmptyParagraphs}（其中自动编号 ${facts.autoNumberedParagraphs}）`],
    ['表格', facts.tables],
    ['文本框', facts.visibleTextBoxes],
    ['图片', facts.pictures],
    ['目录', facts.hasToc ? '有（目录不是正文，没有作为条文）' : '没有'],
  ]
  return (
    <dl className="facts">
      {figures.map(([name, value]) => (
        <div key={name} className="facts-row">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <dt>编号</dt>
      <dd>
        {imported.faults.length === 0 ? (
          '连续，没有问题'
        ) : (
          <ul className="lines">
            {imported.faults.map((fault) => (
              <li key={`${fault.line}${fault.message}`}>
                第{fault.line}行：{fault.message}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  )
}
/** Which document this text says it is: where that does not match the file, it is said before adopting. */
function Differences({ doc, imported }: { doc: Doc; imported: DocxImport }) {
  const wrong = imported.differences.filter(({ kind }) => kind === 'contradicts' || kind === 'doubtful')
  const open = imported.differences.filter(({ kind }) => kind === 'unfilled' || kind === 'unsaid')
  return (
    <section className="sheet" aria-label="与案卷的比对" data-testid="import-differences">
      <h3>是不是这件案卷的文本</h3>
      {wrong.length > 0 ? (
        <div className="note note-error" role="alert">
          <p>
            <b>与案卷《{doc.title}》不符，请先核对是不是拿错了文件：</b>
          </p>
          <ul className="lines">
            {wrong.map(({ says }) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
          <p>照此保存，签署、公布时会被拒绝。</p>
        </div>
      ) : (
        <p className="note note-good">标题、发文字号、制定机关、施行日期、有效期、解释机关与案卷没有不符。</p>
      )}
      {open.length > 0 ? <p className="quiet">{open.map(({ says }) => says).join('；')}。</p> : null}
    </section>
  )
}
type Fate = 'accept' | 'reject'
/** What to do with all of them, and with single ones (by number). */
interface Decision {
  all?: Fate | undefined
  single: ReadonlyMap<number, Fate>
}
const undecided: Decision = { single: new Map() }
const authorsOf = ({ changes }: DocxImport): string[] => [
  ...new Set(changes.flatMap(({ author }) => (author ? [author] : []))),
]
const fates = { accept: '接受', reject: '拒绝', undecided: '未定' } as const
/** How the decisions so far are summed up: “已接受 3 处，已拒绝 1 处，还有 2 处没有决定”. */
function decidedSaid({ changes }: DocxImport): string {
  const count = (fate: keyof typeof fates): number => changes.filter(({ decision }) => decision === fate).length
  return [
    count('accept') > 0 ? `已接受 ${count('accept')} 处` : '',
    count('reject') > 0 ? `已拒绝 ${count('reject')} 处` : '',
    count('undecided') > 0 ? `还有 ${count('undecided')} 处没有决定，取修订之前的文字` : '',
  ]
    .filter((one) => one !== '')
    .join('，')
}
/** How many are listed at once; more than that are better dealt with in Word. */
const mostListed = 300
/**
 * The revisions in the Word file: shown as they look in Word, accepted or rejected all together or one by one; once
 * decided, the Word file is read again.
 */
function RevisionChoice({
  imported,
  decided,
  onDecide,
}: {
  imported: DocxImport
  decided: Decision
  onDecide: (decided: Decision) => void
}) {
  const authors = authorsOf(imported)
  const { changes, redline } = imported
  const [chosen, setChosen] = useState<ReadonlyMap<number, Fate | 'undecided'>>(new Map())
  const fateOf = (number: number, decision: Fate | 'undecided') => chosen.get(number) ?? decision
  const waiting = changes.filter(({ number, decision }) => fateOf(number, decision) !== decision)
  const apply = () => {
    const single = new Map<number, Fate>()
    for (const { number, decision } of changes) {
      const fate = fateOf(number, decision)
      if (fate !== 'undecided') single.set(number, fate)
    }
    onDecide({ single })
  }
  const listed = changes.slice(0, mostListed)
  return (
    <section className="sheet" aria-label="修订" data-testid="revisions">
      <h3>修订：{imported.revisions} 处</h3>
      <p className="quiet" role="status" data-testid="revisions-said">
        {authors.length > 0 ? `修订人：${authors.join('、')}。` : ''}
        {decidedSaid(imported)}。
      </p>
      <Radio.Group
        aria-label="怎样处理修订"
        value={decided.all ?? (decided.single.size > 0 ? 'single' : 'open')}
        onChange={(event) => {
          if (event.target.value === 'open') onDecide(undecided)
          else if (event.target.value !== 'single') onDecide({ all: event.target.value as Fate, single: new Map() })
        }}
        options={[
          { value: 'open', label: '还没有决定' },
          { value: 'accept', label: '全部接受' },
          { value: 'reject', label: '全部拒绝' },
          ...(decided.single.size > 0 ? [{ value: 'single', label: '逐处决定' }] : []),
        ]}
      />
      <details className="redline" open={redline.length <= 20}>
        <summary>有修订的段落：{redline.length} 段</summary>
        {redline.map(({ paragraph, parts }) => (
          <p key={paragraph}>
            <span className="quiet">第{paragraph}段　</span>
            {parts.map((part, i) => {
              const key = `${i}${part.kind}`
              const said = part.author ? `${part.author}${part.date ? `，${part.date.slice(0, 10)}` : ''}` : undefined
              const mark = part.change === undefined ? null : <sup className="quiet">{part.change}</sup>
              if (part.kind === 'inserted' || part.kind === 'moved-to')
                return (
                  <Fragment key={key}>
                    <ins title={said}>{part.text}</ins>
                    {mark}
                  </Fragment>
                )
              if (part.kind === 'deleted' || part.kind === 'moved-from')
                return (
                  <Fragment key={key}>
                    <del title={said}>{part.text}</del>
                    {mark}
                  </Fragment>
                )
              return <span key={key}>{part.text}</span>
            })}
          </p>
        ))}
      </details>
      {changes.length > 1 || decided.single.size > 0 ? (
        <details className="revision-list" open={changes.length <= 20}>
          <summary>逐处接受或者拒绝</summary>
          <div className="scroll-x">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">编号</th>
                  <th scope="col">修订</th>
                  <th scope="col">修订人、日期</th>
                  <th scope="col">决定</th>
                </tr>
              </thead>
              <tbody>
                {listed.map((change) => (
                  <tr key={change.number} data-change={change.number}>
                    <td>{change.number}</td>
                    <td className="break">{changeSaid({ ...change, author: '', date: '' })}</td>
                    <td className="nowrap">
                      {[change.author, change.date?.slice(0, 10)].filter(Boolean).join('，') || '没有写'}
                    </td>
                    <td className="nowrap">
                      <Radio.Group
                        aria-label={`第${change.number}处`}
                        size="small"
                        value={fateOf(change.number, change.decision)}
                        onChange={(event) =>
                          setChosen(new Map(chosen).set(change.number, event.target.value as Fate | 'undecided'))
                        }
                        options={(['accept', 'reject', 'undecided'] as const).map((value) => ({
                          value,
                          label: fates[value],
                        }))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {changes.length > listed.length ? (
            <p className="quiet">
              只列出前 {listed.length} 处，其余 {changes.length - listed.length} 处随“全部”，或者请在 Word 里处理。
            </p>
          ) : null}
          <Button size="small" type="primary" disabled={waiting.length === 0} onClick={apply}>
            {waiting.length > 0 ? `按所选重读（改了 ${waiting.length} 处决定）` : '按所选重读'}
          </Button>
        </details>
      ) : null}
    </section>
  )
}
interface ResultProps {
  doc: Doc
  file: File
  imported: DocxImport
  maySave: boolean
  revisions: Decision
  onDecide: (decided: Decision) => void
}
function Result({ doc, file, imported, maySave, revisions, onDecide }: ResultProps) {
  const client = useQueryClient()
  const navigate = useNavigate({ from: '/documents/$id' })
  const { data: me } = useQuery(meQuery)
  const { data: versions } = useQuery(versionsQuery(doc.id))
  const [agreed, setAgreed] = useState(false)
  const [base, setBase] = useState(doc.version)
  const structure = useMemo(() => parseText(imported.text), [imported.text])
  const lost = countLoss(imported.loss.filter((item) => item.losesWords))
  const attachable = file.size <= largestAttachment
  const [keepFile, setKeepFile] = useState(attachable)
  const latest = versions?.at(-1)?.attachments ?? []
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const guard = useCopyGuard(doc.id, maySave)
  const form = useCommandForm<CommandAnswer>({
    schema: commandSchemas.SaveDraft,
    storageKey: `dianzhang:${me?.person ?? ''}:${doc.id}:import:${imported.confirmation}`,
    initial: { note: `由 Word 文件《${file.name}》导入` },
    payload: (values, commandId) => ({
      type: 'SaveDraft',
      commandId,
      expectedVersion: base,
      body: imported.text,
      note: values.note,
      workingCopyRevision: guard.revisionFor(imported.text),
    }),
    send: async (payload) => {
      // The server reads the file once more with the confirmation: what is saved is what was confirmed.
      const again = imported.wouldLoseWords
        ? await readDocx(doc.id, file, {
            confirm: imported.confirmation,
            revisions: revisions.all,
            single: revisions.single,
            progress: () => {},
            signal: new AbortController().signal,
          })
        : { imported, refused: false }
      const attachments = [
        ...(await attachmentsToKeep(doc.id, left, ({ name }) => keepFile && name === file.name)),
        ...(keepFile ? [{ ...(await readAttachment(file)), use: 'source' as const }] : []),
      ]
      return await post<CommandAnswer>(`/api/documents/${doc.id}/commands`, {
        ...payload,
        body: again.imported.text,
        attachments,
      })
    },
    onDone: (answer, here) => {
      const n = answer.textVersion
      toast(`已存为第${n ?? ''}版文本。`)
      rememberOwn(client, doc.id, base, answer)
      void refreshDoc(client, doc.id)
      if (here()) void navigate({ search: { tab: 'texts', ...(n ? { to: n } : {}) }, resetScroll: true })
    },
  })
  const stale = form.problem?.code === 'stale_version' || (form.offline === null && doc.version > base)
  return (
    <div className="stack">
      {imported.revisions > 0 ? <RevisionChoice imported={imported} decided={revisions} onDecide={onDecide} /> : null}
      <Differences doc={doc} imported={imported} />
      <section className="sheet" aria-label="损失报告">
        <h3>损失报告</h3>
        {lost > 0 ? (
          <p className="bad">
            <b>有 {lost} 处文字不会进入文本。</b>请逐条看过
            {imported.changes.some(({ decision }) => decision === 'undecided')
              ? '；有修订还没有决定，取的是修订之前的文字'
              : ''}
            。
          </p>
        ) : null}
        <LossReport loss={imported.loss} />
      </section>
      <section className="sheet" aria-label="解析结果">
        <h3>读出来的结构</h3>
        <Facts imported={imported} />
        <details className="import-preview" open={imported.text.length < 60_000}>
          <summary>预览正文</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard */}
          <section className="preview-box" aria-label="正文预览" tabIndex={0}>
            <Sheet structure={structure} prefix="i-" />
          </section>
        </details>
      </section>
      <form
        className="sheet command-form"
        data-command="SaveDraft"
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit()
        }}
      >
        <h3>作为新版保存</h3>
        {imported.wouldLoseWords ? (
          <Checkbox checked={agreed} onChange={(event) => setAgreed(event.target.checked)}>
            我已看过损失报告，知道上列 {lost} 处文字不会进入文本，仍要采用
          </Checkbox>
        ) : null}
        <Labelled label="本版说明">
          {(id) => (
            <Input
              id={id}
              value={String(form.values.note ?? '')}
              maxLength={2000}
              onChange={(event) => form.set(['note'], event.target.value)}
            />
          )}
        </Labelled>
        <KeptAttachments metas={latest} left={left} onChange={setLeft} />
        <Checkbox checked={keepFile} disabled={!attachable} onChange={(event) => setKeepFile(event.target.checked)}>
          原 Word 文件作为附件一并保存，留存备查，不公开{attachable ? '' : '（超过 10 MB，不能保存）'}
        </Checkbox>
        <WorkingCopyNote guard={guard} documentId={doc.id} body={imported.text} problem={form.problem} />
        {form.offline ? (
          <p className="note note-error" role="alert">
            {form.offline}
          </p>
        ) : null}
        {stale ? (
          <div className="note note-warn" role="alert">
            <p>案卷已更新。看过变化后可以接着保存，导入的内容都在。</p>
            <p>
              <Link
                to="/documents/$id"
                params={{ id: doc.id }}
                search={{ tab: 'history' }}
                target="_blank"
                className="link"
              >
                看历史
              </Link>
            </p>
            <Button
              size="small"
              onClick={async () => {
                await refreshDoc(client, doc.id)
                setBase(client.getQueryData<Doc>(['doc', doc.id])?.version ?? doc.version)
                form.clearProblem()
              }}
            >
              按最新的案卷保存
            </Button>
          </div>
        ) : form.problem ? (
          <div className="note note-error" role="alert">
            <p>{form.problem.issues?.map((issue) => issue.message).join('；') ?? form.problem.detail}</p>
            <Verdicts list={form.problem.verdicts ?? []} />
          </div>
        ) : null}
        <div className="row-end">
          <Submit
            type="primary"
            loading={form.busy}
            why={
              !maySave
                ? '现在不能保存新版，缘由见上'
                : stale
                  ? '案卷已更新，先按最新的案卷'
                  : imported.wouldLoseWords && !agreed
                    ? '勾选确认之前，不采用任何内容。'
                    : guard.undecided(imported.text) && '请先在上面决定怎样处理工作稿'
            }
          >
            作为新版保存
          </Submit>
        </div>
      </form>
    </div>
  )
}
