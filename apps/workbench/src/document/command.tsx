// A command on a document: the shared form, plus the document's own parts: what to see before deciding, the hints from
// checks, the working draft, the attachments kept.
import type { CommandType } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { get } from '../api.ts'
import type { AttachmentValue } from '../forms/attachments.tsx'
import { CommandDrawer } from '../forms/command-drawer.tsx'
import { CommandForm, type Parts } from '../forms/command-form.tsx'
import { DecisionPanel, DecisionText, PublishPanel } from '../forms/decision-panel.tsx'
import { type DecisionSheet, decisive, sheetQuery } from '../forms/decision-sheet.ts'
import { fetchAttachments, KeptAttachments, keptMetas } from '../forms/kept-attachments.tsx'
import type { Values } from '../forms/shape.ts'
import { TextSince } from '../forms/stale.tsx'
import { useCopyGuard, WorkingCopyNote } from '../forms/working-copy-note.tsx'
import { Loading } from '../parts/states.tsx'
import { meQuery } from '../queries.ts'
import type { Action, Doc, WholeText } from '../types.ts'
import { documentProcess, frameOf } from './frame.ts'
import { showPublished } from './published.ts'
import { versionsQuery } from './text/shapes.ts'

/**
 * Commands with a panel of their own: hints from checks, comments one by one, the original text a comment is about.
 * It draws the fields in `instead` in their place; `Beside` is drawn on the left.
 */
interface Special {
  instead: readonly string[]
  Panel: ComponentType
  Beside?: ComponentType
}
const SubmitPanel = lazy(() => import('../forms/submit-panel.tsx'))
const special: Partial<Record<CommandType, Special>> = {
  SaveDraft: { instead: ['waivers'], Panel: lazy(() => import('../forms/draft-panel.tsx')) },
  SubmitForReview: { instead: ['waivers'], Panel: SubmitPanel },
  ResubmitAfterReturn: { instead: ['waivers'], Panel: SubmitPanel },
  IssueOpinion: {
    instead: ['points', 'waivers'],
    Panel: lazy(() => import('../forms/opinion-panel.tsx')),
    Beside: lazy(() => import('../forms/opinion-panel.tsx').then((m) => ({ default: m.OpinionText }))),
  },
  Publish: { instead: ['files'], Panel: PublishPanel },
  AnswerPoint: { instead: [], Panel: lazy(() => import('../forms/point-panel.tsx')) },
  ChangeIssuers: { instead: [], Panel: lazy(() => import('../forms/issuers-panel.tsx')) },
}
const editsText = (command: CommandType): boolean => command === 'SaveDraft' || command === 'CorrectAfterSigning'

export function DocumentCommand({
  doc,
  command,
  on,
  actions,
  onClose,
}: {
  doc: Doc
  command: string
  on: string | undefined
  actions: Action[] | undefined
  onClose: () => void
}) {
  const frame = frameOf(doc)
  const known = frame.schemaOf(command) !== undefined
  const type = command as CommandType
  const needsText = editsText(type) && doc.text !== null
  // Fetched once: the text under the pen must not be replaced while somebody writes.
  const [textN] = useState(doc.text?.n)
  const text = useQuery({
    queryKey: ['doc', doc.id, 'version', textN],
    queryFn: () => get<WholeText>(`/api/documents/${doc.id}/versions/${textN}`),
    enabled: needsText,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const sheet = useQuery({ ...sheetQuery(doc), enabled: type === 'Publish' })
  return (
    <CommandDrawer
      title={known ? frame.labelOf(command) : null}
      width={special[type]?.Beside || decisive.has(type) ? 1320 : needsText || type === 'SaveDraft' ? 960 : 680}
      onClose={onClose}
    >
      {(needsText && text.isPending) || (type === 'Publish' && sheet.isPending) ? (
        <Loading />
      ) : // Comments are disposed of one by one, beside their words.
      type === 'DisposeComment' && !on ? (
        <div className="note note-info" data-testid="elsewhere">
          <p>
            意见逐条处理：请在
            <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'consultation' }}>
              征求意见
            </Link>
            一栏，就每条意见分别办理。
          </p>
        </div>
      ) : (
        <DocumentForm
          key={`${command}-${on ?? ''}`}
          doc={doc}
          command={type}
          on={on}
          actions={actions}
          text={text.data?.body}
          sheet={sheet.data}
          onClose={onClose}
        />
      )}
    </CommandDrawer>
  )
}

/** Items filled in on opening that the document interprets itself (the `prefill` notation in the schema). */
function ownPrefill(
  doc: Doc,
  on: string | undefined,
  text: string | undefined,
  units: readonly string[],
  cases: Action['cases'],
  sheet: DecisionSheet | undefined,
): Values {
  const filings = Object.entries(doc.filings)
  // A registrar's own track; where that leaves several, the one on which this can be done now.
  const own = filings.filter(([, filing]) => filing.recipient !== null && units.includes(filing.recipient))
  const mine = (own.length > 0 ? own : filings).map(([track]) => track)
  const now = mine.filter((track) => cases.some((each) => each.open && each.when?.track === track))
  return {
    text: text ?? '',
    point: on ?? doc.review?.opinion?.points.find((point) => !point.answer)?.id,
    track: on ?? (mine.length === 1 ? mine[0] : now.length === 1 ? now[0] : undefined),
    // Filled in as the body's effective-date clause is written.
    validity: sheet?.publication.validity ?? { years: doc.classification.provisional ? 2 : 5 },
    'effective-date': sheet?.publication.effectiveDate ?? undefined,
  }
}

function DocumentForm({
  doc,
  command,
  on,
  actions,
  text,
  sheet,
  onClose,
}: {
  doc: Doc
  command: CommandType
  on: string | undefined
  actions: Action[] | undefined
  text: string | undefined
  /** The page before publication, from which the effective date and validity are filled in. */
  sheet: DecisionSheet | undefined
  onClose: () => void
}) {
  const { data: me } = useQuery(meQuery)
  const action = actions?.find((each) => each.command === command)
  const saving = command === 'SaveDraft'
  // A version holds only the attachments saved with it: those of the last one go along unless left out.
  const versions = useQuery({ ...versionsQuery(doc.id), enabled: saving })
  const before = versions.data?.at(-1)?.attachments ?? []
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const guard = useCopyGuard(doc.id, saving && action !== undefined)
  const units = useMemo(
    () => me?.posts.filter((post) => post.role === 'registrar').map((post) => post.unit) ?? [],
    [me],
  )
  const prefill = useMemo(
    () => ownPrefill(doc, on, text, units, action?.cases ?? [], sheet),
    [doc, on, text, units, action, sheet],
  )
  const extra = special[command]
  const parts: Parts = {
    doc,
    prefill,
    instead: extra?.instead ?? [],
    verbatim: ['waivers'],
    beside: extra?.Beside ? (
      <Suspense fallback={<Loading lines={10} />}>
        <extra.Beside />
      </Suspense>
    ) : decisive.has(command) ? (
      <DecisionText doc={doc} command={command} />
    ) : null,
    above: (form) => (
      <>
        <WorkingCopyNote
          guard={guard}
          documentId={doc.id}
          body={String(form.values.body ?? '')}
          problem={form.problem}
          onContinue={(copy) => {
            form.set(['body'], copy.body)
            form.set(['waivers'], copy.waivers)
            form.clearProblem()
          }}
        />
        {decisive.has(command) ? <DecisionPanel doc={doc} command={command} /> : null}
      </>
    ),
    fields: saving ? <KeptAttachments metas={before} left={left} onChange={setLeft} /> : null,
    below: extra ? (
      <Suspense fallback={<Loading lines={3} />}>
        <extra.Panel />
      </Suspense>
    ) : null,
    since: (seen) => <TextSince id={doc.id} from={seen.text?.n} to={doc.text?.n} />,
    ...(saving
      ? {
          also: (values: Values) => ({ workingCopyRevision: guard.revisionFor(String(values.body ?? '')) }),
          completed: async (payload: Values) => {
            const added = (payload.attachments as AttachmentValue[] | undefined) ?? []
            const kept = keptMetas(before, left).filter((each) => added.every((file) => file.name !== each.name))
            return kept.length === 0
              ? payload
              : { ...payload, attachments: [...(await fetchAttachments(doc.id, kept)), ...added] }
          },
          undecided: (values: Values) =>
            guard.undecided(String(values.body ?? '')) ? '请先在上面决定怎样处理工作稿' : null,
        }
      : {}),
    onAnswer: () => {
      if (command === 'Publish')
        showPublished(doc.id, `${window.location.origin}/register/${encodeURIComponent(doc.id)}`)
    },
  }
  return (
    <CommandForm
      matter={frameOf(doc)}
      process={documentProcess}
      command={command}
      target={on}
      action={action}
      elsewhere={actions !== undefined && action === undefined}
      onClose={onClose}
      parts={parts}
    />
  )
}
