// What to see before deciding: the text (or its difference from what was last approved), who approved it and when,
// opinions not adopted and the reasons, the number to be given, closing days, and what the public will see.

import { parseText } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import { useMemo, useState } from 'react'
import { get, search } from '../api.ts'
import { Redline } from '../document/text/comparison.tsx'
import { Sheet } from '../document/text/sheet.tsx'
import { useLate } from '../parts/late.ts'
import { ErrorNote, Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import type { Doc, WholeText } from '../types.ts'
import { plain as dayOf, momentOf } from '../words.ts'
import { type DecisionSheet, sheetQuery } from './decision-sheet.ts'
import { useForm } from './form-state.ts'
import '../document/text/text.css'

/** Besides publication, these show the public page too: what is decided is what the public will see. */
const previewed: ReadonlySet<string> = new Set([
  'RecordSecretariatCheck',
  'RecordDecision',
  'Sign',
  'ConfirmCorrection',
  'AssignNumbers',
])
/** The most characters that are shown open; longer texts are folded, so that opening the drawer does not stall. */
const openUpTo = 30_000

/** On the right, above the form: who approved what, points not adopted with reasons, the number, the closing day and why. */
export function DecisionPanel({ doc, command }: { doc: Doc; command: string }) {
  const sheet = useQuery(sheetQuery(doc))
  if (sheet.isPending) return <Loading lines={6} />
  if (sheet.isError) return <ErrorNote error={sheet.error} retry={() => sheet.refetch()} />
  const { approvals, notAdopted, dissents, number, consultation } = sheet.data
  const wrong = sheet.data.differences.filter(({ kind }) => kind !== 'unsaid')
  return (
    <section className="stack decision-panel" aria-label="决定之前" data-testid="decision-panel">
      {wrong.length > 0 ? (
        <div className="note note-warn" role="status">
          <p>
            <b>正文与案卷不符：</b>
          </p>
          <ul className="plain">
            {wrong.map(({ says }) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {command === 'OpenPublicConsultation' && consultation.earliest ? (
        <div className="note note-info">
          <p>
            依法最早的截止日：<b>{dayOf(consultation.earliest)}</b>。{consultation.reason}
          </p>
        </div>
      ) : null}
      {number && (command === 'AssignNumbers' || command === 'Publish') ? (
        <div className="note note-info" data-testid="number-about">
          <p>
            {number.taken ? '发文字号' : '将要编的发文字号'}：<b className="copyable">{number.document}</b>
            <Button size="small" onClick={() => void copy(number.document)}>
              复制
            </Button>
            {'　'}登记号：{number.registry}
            {number.taken ? '' : '（同时有别的文件编号的，以编定时为准）'}
          </p>
        </div>
      ) : null}
      {approvals.length > 0 ? (
        <section aria-label="已有的认可">
          <h4>谁在何时认可过</h4>
          <ul className="plain">
            {approvals.map((one) => (
              <li key={`${one.what}${one.on}${one.unit ?? ''}`}>
                {momentOf(one.on)}　{one.what}
                {one.unit || one.who ? `：${[one.unit, one.who].filter(Boolean).join('　')}` : ''}
                {one.version === null ? '' : `，第${one.version}版`}
                {one.stands ? '' : <b className="bad">（不及于现文本：{one.why}）</b>}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {notAdopted.length > 0 ? (
        <section aria-label="没有采纳的审核意见">
          <h4>没有采纳的审核意见</h4>
          <ul className="plain">
            {notAdopted.map((point) => (
              <li key={point.id}>
                {point.text}　<span className="quiet">理由：{point.reason ?? '没有写明'}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {dissents.length > 0 ? (
        <section aria-label="不同意见">
          <h4>审议中的不同意见</h4>
          <ul className="plain">
            {dissents.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </section>
  )
}

/**
 * On the left: the text or what changed in it since it was last approved, and the page as the public will see it. What is about
 * to be public stands first, beside the form that decides it.
 */
export function DecisionText({ doc, command }: { doc: Doc; command: string }) {
  const form = useForm()
  const sheet = useQuery(sheetQuery(doc))
  if (sheet.isPending) return <Loading lines={10} />
  if (sheet.isError) return null
  const { text, approvedVersion, address } = sheet.data
  const decided = decidedPage(doc, command, address, form.values)
  return (
    <section className="stack decision-text" aria-label="将要决定的" data-testid="decision-text">
      {decided ? <PublicPage doc={doc} {...decided} first /> : null}
      {command === 'PublishFeedback' ? null : (
        <>
          {text ? (
            <TextOf doc={doc} n={text.n} approved={approvedVersion} folded={decided !== null} />
          ) : (
            <p className="note note-info">还没有文本。</p>
          )}
          {text && previewed.has(command) ? (
            <PublicPage doc={doc} page="public-preview" address={address} asked={{}} />
          ) : null}
        </>
      )}
    </section>
  )
}
/** The page that this command itself makes public; null for the others, of which the public sees nothing yet. */
function decidedPage(
  doc: Doc,
  command: string,
  address: string,
  values: Record<string, unknown>,
): Pick<Parameters<typeof PublicPage>[0], 'page' | 'address' | 'asked'> | null {
  const round = doc.consultations.at(-1)
  switch (command) {
    case 'OpenPublicConsultation':
      return { page: 'consultation-preview', address: null, asked: announcementAsked(values) }
    case 'PublishFeedback':
      return round
        ? {
            page: 'feedback-preview',
            address: `/consultations/${round.id}/feedback`,
            asked: { summary: shortened(values.summary) },
          }
        : null
    case 'Publish':
      return { page: 'public-preview', address, asked: askedOf(values) }
    default:
      return null
  }
}

async function copy(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words)
    toast(`已复制 ${words}。`)
  } catch {
    toast('没有复制成，请选中文字自行复制。', 'warn')
  }
}

/** The present text; when it differs from what was last approved, what was changed comes first, then the whole text. */
function TextOf({
  doc,
  n,
  approved,
  folded,
}: {
  doc: Doc
  n: number
  approved: DecisionSheet['approvedVersion']
  /** The whole text stands in the page above already. */
  folded: boolean
}) {
  const text = useQuery({
    queryKey: ['doc', doc.id, 'version', n],
    queryFn: () => get<WholeText>(`/api/documents/${doc.id}/versions/${n}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const changed = approved !== null && approved.n !== n
  return (
    <section aria-label="文本" className="stack">
      {changed ? (
        <details open>
          <summary>
            与{approved.by}时的第{approved.n}版相比，改了哪里
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard */}
          <section className="preview-box" aria-label="与上次认可的文本的差别" tabIndex={0}>
            <Redline doc={doc} from={approved.n} to={n} />
          </section>
          <p>
            <a
              href={`/staff/documents/${doc.id}?tab=texts&from=${approved.n}&to=${n}`}
              target="_blank"
              rel="noreferrer"
            >
              另开窗口看整篇花脸稿、修改对照表
            </a>
          </p>
        </details>
      ) : null}
      <p>
        <b>第{n}版文本</b>
        {text.data ? `（${charactersOf(text.data.body)}字）` : ''}
        {approved && !changed ? `，与${approved.by}时相同` : ''}{' '}
        <Button size="small" onClick={() => window.print()}>
          打印
        </Button>
      </p>
      {text.isPending ? (
        <Loading lines={6} />
      ) : text.isError ? (
        <ErrorNote error={text.error} retry={() => text.refetch()} />
      ) : (
        <Body body={text.data.body} folded={folded} />
      )}
    </section>
  )
}
/** As the editor counts: blanks are no characters. */
const charactersOf = (body: string): number => body.replace(/\s/gu, '').length
function Body({ body, folded }: { body: string; folded: boolean }) {
  const long = body.length > openUpTo
  // A long text is read in plain lines: its tree would hold up the drawer.
  const structure = useMemo(() => (long ? null : parseText(body)), [body, long])
  return (
    <details open={!long && !folded}>
      <summary>{long ? `正文较长（${charactersOf(body)}字），展开阅读` : '正文'}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard */}
      <section className="preview-box" aria-label="将要决定的正文" tabIndex={0}>
        {structure ? <Sheet structure={structure} prefix="d-" /> : <pre className="plain-text">{body}</pre>}
      </section>
    </details>
  )
}

/** Publication: choose the public attachments one by one, and list them as the public will see them. */
export function PublishPanel() {
  const form = useForm()
  const { doc } = form
  if (!doc) return null
  return <Publishing doc={doc} />
}
function Publishing({ doc }: { doc: Doc }) {
  const form = useForm()
  const sheet = useQuery(sheetQuery(doc))
  if (!sheet.data) return <Loading lines={4} />
  const { files, publication } = sheet.data
  const chosen = (form.values.files as string[] | undefined) ?? []
  return (
    <>
      <Said publication={publication} />
      <fieldset className="group" data-field="files">
        <legend>公开的附件</legend>
        {files.length === 0 ? <p>没有附件：公开的只有正文与解读。</p> : null}
        {files.map((file) => (
          <p key={file.sha256}>
            <Checkbox
              checked={chosen.includes(file.sha256)}
              disabled={file.use === 'source' || file.problem !== null}
              onChange={(event) =>
                form.set(
                  ['files'],
                  event.target.checked ? [...chosen, file.sha256] : chosen.filter((one) => one !== file.sha256),
                )
              }
            >
              {file.name}
            </Checkbox>
            <span className="quiet">
              {file.use === 'source'
                ? '留存的原始文件，不公开'
                : file.problem !== null
                  ? `不能公开：${file.problem}`
                  : '选定后公开，作者、单位等信息自动去掉'}
            </span>
          </p>
        ))}
      </fieldset>
    </>
  )
}

/** What the body's effective-date clause says: the words are listed item by item, and one press fills them in. */
function Said({ publication }: { publication: DecisionSheet['publication'] }) {
  const form = useForm()
  const { said, effectiveDate, validity, interpreter } = publication
  const rows = [
    ['施行日期', said.effective, effectiveDate ? dayOf(effectiveDate) : null],
    [
      '有效期',
      said.validity,
      validity === null
        ? null
        : 'years' in validity
          ? `${validity.years}年`
          : 'until' in validity
            ? `至${dayOf(validity.until)}`
            : '不规定有效期',
    ],
    ['由谁解释', said.interpreter, interpreter.length > 0 ? interpreter.join('、') : null],
  ] as const
  const same =
    (effectiveDate === null || form.values.effectiveDate === effectiveDate) &&
    (validity === null || JSON.stringify(form.values.validity) === JSON.stringify(validity))
  return (
    <section className="group" aria-label="正文写明的" data-testid="said-by-text">
      <h4>正文写明的</h4>
      <dl className="facts">
        {rows.map(([name, place, read]) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd>
              {place === null ? (
                '正文没有写明'
              ) : (
                <>
                  {read ?? '还没有填写，或者不能推算'}
                  <span className="quiet">
                    （{place.address || '正文'}：{place.quote}）
                  </span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {effectiveDate === null && validity === null ? null : same ? (
        <p className="good">所填的施行日期、有效期与正文相同。</p>
      ) : (
        <Button
          onClick={() => {
            if (effectiveDate) form.set(['effectiveDate'], effectiveDate)
            if (validity) form.set(['validity'], validity)
          }}
        >
          照正文填写施行日期、有效期
        </Button>
      )}
    </section>
  )
}

type Asked = Record<string, string | undefined>
/** A day that is not written to its end yet is not asked. */
const dayAsked = (given: unknown) =>
  /^\d{4}-\d\d-\d\d/.test(String(given ?? '')) ? String(given).slice(0, 10) : undefined
const listAsked = (given: unknown) => (Array.isArray(given) && given.length > 0 ? given.join('\n') : undefined)
/** What is proposed for a consultation → query conditions of its preview. */
const announcementAsked = (values: Record<string, unknown>): Asked => ({
  closesAt: dayAsked(values.closesAt),
  channels: listAsked(values.channels),
  groups: listAsked(values.groups),
  contact: shortened(values.contact),
  shortened: shortened((values.shortened as { reason?: unknown } | undefined)?.reason),
})
/**
 * What the public will see of the publication form → query conditions of the preview; unfinished dates are not asked.
 */
function askedOf(values: Record<string, unknown>): Asked {
  const validity = (values.validity ?? {}) as { years?: number; until?: string; none?: true }
  return {
    effectiveDate: dayAsked(values.effectiveDate),
    years: validity.years === undefined ? undefined : String(validity.years),
    until: dayAsked(validity.until),
    none: validity.none ? 'true' : undefined,
    channels: listAsked(values.channels),
    files: listAsked(values.files),
    keywords: listAsked(values.keywords),
    summary: shortened(values.summary),
    immediateReason: shortened(values.immediateReason),
  }
}
/** An address takes only so much, less still through a proxy: the preview shows the beginning of longer words, and says so. */
const shownWords = 400
function shortened(given: unknown): string | undefined {
  const words = typeof given === 'string' ? given.trim() : ''
  return words.length > shownWords ? `${words.slice(0, shownWords)}……（预览里只写到这里）` : words || undefined
}
/** Beside the form there is room for a page; on a phone it is opened when asked for, the fields come first. */
const wideEnough = () => window.matchMedia('(min-width: 901px)').matches
/**
 * The page as the portal itself writes it, shown embedded here; its address can be opened once published. `first`: it is what
 * is decided, open at once where there is room.
 */
function PublicPage({
  doc,
  page,
  address,
  asked,
  first = false,
}: {
  doc: Doc
  page: 'public-preview' | 'feedback-preview' | 'consultation-preview'
  /** Null where it is known only afterwards. */
  address: string | null
  asked: Asked
  first?: boolean
}) {
  const [open] = useState(() => first && wideEnough())
  const [shown, setShown] = useState(open)
  const src = useLate(`/api/documents/${doc.id}/${page}${search({ ...asked, v: String(doc.version) })}`)
  return (
    <details
      className={first ? 'group public-preview public-first' : 'group public-preview'}
      open={open}
      data-testid="public-preview"
      onToggle={(event) => setShown((was) => was || event.currentTarget.open)}
    >
      <summary>公众将看到的页面（预览，尚未公开）</summary>
      {shown ? (
        <iframe title="公众将看到的页面" src={src} sandbox="allow-same-origin allow-popups" className="public-page" />
      ) : null}
      <p>
        <a href={src} target="_blank" rel="noreferrer">
          另开窗口看
        </a>
        {address === null ? null : (
          <>
            　公布以后的地址：<code className="break">{`${window.location.origin}${address}`}</code>
          </>
        )}
      </p>
    </details>
  )
}
