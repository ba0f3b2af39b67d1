// A command on a document: the shared form, plus the document's own parts: what to see before deciding, the hints from
// checks, the working draft, the attachments kept.
import { type CommandType, forceCommands } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { get } from '../api.ts'
import { type ActionsFound, useAtOpening } from '../forms/at-opening.ts'
import type { AttachmentValue } from '../forms/attachments.tsx'
import { CommandDrawer } from '../forms/command-drawer.tsx'
import { CommandForm, type Parts } from '../forms/command-form.tsx'
import { DecisionPanel, DecisionText, PublishPanel } from '../forms/decision-panel.tsx'
import { type DecisionSheet, decides, sheetQuery } from '../forms/decision-sheet.ts'
import { FormContext } from '../forms/form-state.ts'
import { attachmentsToKeep, KeptAttachments } from '../forms/kept-attachments.tsx'
import { MaterialPanel } from '../forms/material-panel.tsx'
import type { Values } from '../forms/shape.ts'
import { TextSince } from '../forms/stale.tsx'
import { typedNumber, untyped } from '../forms/typed-number.ts'
import { useCopyGuard, WorkingCopyNote } from '../forms/working-copy-note.tsx'
import { Loading } from '../parts/states.tsx'
import { useStillHere } from '../parts/still-here.ts'
import { bodiesQuery, documentProcess, meQuery, unitsQuery } from '../queries.ts'
import type { Action, BodyRow, CommandAnswer, Doc, UnitRow, WholeText } from '../types.ts'
import { plain } from '../words.ts'
import { besideComments } from './beside.ts'
import { frameOf } from './frame.ts'
import { materialOf, useMaterialStart } from './material-start.ts'
import { PackageList } from './package-list.tsx'
import { showPublished } from './published.ts'
import { versionOfHash, versionsQuery } from './text/shapes.ts'

/**
 * Commands with a panel of their own: hints from checks, comments one by one, the original text a comment is about.
 * It draws the fields in `instead` in their place; `Beside` is drawn on the left.
 */
interface Special {
  instead: readonly string[]
  Panel: ComponentType
  Beside?: ComponentType
}
const ForcePanel = lazy(() => import('../forms/force-panel.tsx'))
/** What ends a document or a number for good: the button says so by its colour. */
const grave: ReadonlySet<CommandType> = new Set([
  'RepealDocument',
  'AnnulDocument',
  'DeclareLapsed',
  'WithdrawDocument',
  'DeclineInitiation',
  'VoidNumber',
])
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
  ArchiveFile: {
    instead: ['retention', 'archiveNo'],
    Panel: lazy(() => import('../forms/archive-panel.tsx')),
    Beside: lazy(() => import('../forms/archive-panel.tsx').then((m) => ({ default: m.ArchiveList }))),
  },
  ProvideArtefact: { instead: [], Panel: MaterialPanel },
  Publish: { instead: ['files'], Panel: PublishPanel },
  AnswerPoint: { instead: [], Panel: lazy(() => import('../forms/point-panel.tsx')) },
  ChangeIssuers: { instead: [], Panel: lazy(() => import('../forms/issuers-panel.tsx')) },
}
/** Whoever takes in what was submitted looks at what is there and what is not. */
const looksAtPackage: ReadonlySet<CommandType> = new Set(['AcceptPackage', 'RequestSupplement'])
const editsText = (command: CommandType): boolean => command === 'SaveDraft' || command === 'CorrectAfterSigning'

export function DocumentCommand({
  doc,
  command,
  on,
  actions: found,
  onClose,
}: {
  doc: Doc
  command: string
  on: string | undefined
  actions: ActionsFound
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
  const asked = type === 'ProvideArtefact' ? materialOf(doc, on) : undefined
  const start = useMaterialStart(doc, asked)
  const bodies = useQuery({ ...bodiesQuery, enabled: type === 'ScheduleDeliberation' })
  const units = useQuery({ ...unitsQuery, enabled: type === 'ScheduleDeliberation' })
  const settled = useAtOpening(found)
  const waits =
    !settled ||
    (needsText && text.isPending) ||
    (type === 'Publish' && sheet.isPending) ||
    (asked !== undefined && start === undefined) ||
    (type === 'ScheduleDeliberation' && (bodies.isPending || units.isPending))
  return (
    <CommandDrawer
      title={known ? frame.labelOf(command) : null}
      width={special[type]?.Beside || decides(type, asked) ? 1320 : needsText || type === 'SaveDraft' ? 960 : 680}
      onClose={onClose}
    >
      {waits ? (
        <Loading />
      ) : // Comments are disposed of one by one, beside their words.
      besideComments.has(type) && !on ? (
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
          actions={found.data}
          text={text.data?.body}
          sheet={sheet.data}
          known={{ ...start, meeting: meetingOf(doc, bodies.data, units.data) }}
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
  const round = doc.consultations.at(-1)
  const reviewed = versionOfHash(doc, doc.review?.opinion?.contentHash)
  const filings = Object.entries(doc.filings)
  // A registrar's own track; where that leaves several, the one on which this can be done now.
  const own = filings.filter(([, filing]) => filing.recipient !== null && units.includes(filing.recipient))
  const mine = (own.length > 0 ? own : filings).map(([track]) => track)
  const now = mine.filter((track) => cases.some((each) => each.open && each.when?.track === track))
  return {
    text: text ?? '',
    point: on ?? doc.review?.opinion?.points.find((point) => !point.answer)?.id,
    track: on ?? (mine.length === 1 ? mine[0] : now.length === 1 ? now[0] : undefined),
    contact: (round as { contact?: string } | undefined)?.contact ?? doc.draftingUnit.name,
    feedback: round ? feedbackWords(doc, round) : undefined,
    'revised-version': doc.text && reviewed !== null && doc.text.n > reviewed ? doc.text.n : undefined,
    // Filled in as the body's effective-date clause is written.
    validity: sheet?.publication.validity ?? { years: doc.classification.provisional ? 2 : 5 },
    'effective-date': sheet?.publication.effectiveDate ?? undefined,
  }
}

/** The next of the same kind: another material that is lacking, another point without an answer. */
function nextOf(doc: Doc, command: CommandType, now: string | undefined): { label: string; on: string } | null {
  if (command === 'ProvideArtefact') {
    const other = doc.materials.find(
      (each) => each.state !== 'have' && each.kind !== 'text' && each.kind !== now && each.neededFor !== 'publication',
    )
    return other ? { label: `提交，接着补${other.label}`, on: other.kind } : null
  }
  if (command === 'AnswerPoint') {
    const other = doc.review?.opinion?.points.find((point) => !point.answer && point.id !== now)
    return other ? { label: '答复，看下一条', on: other.id } : null
  }
  return null
}
/** How the round went, in the sentence the public reads first; can be changed. The page itself says how many, in both counts. */
const feedbackWords = (doc: Doc, round: Doc['consultations'][number]): string =>
  `${plain(round.opensOn)}至${plain(round.closesOn)}公开征求意见，${doc.comments.total === 0 ? '没有收到意见。' : '收到的意见已逐条研究处理。'}`
/** The meeting that usually deliberates what this issuer makes: its standing meeting, or its only one. */
function meetingOf(
  doc: Doc,
  bodies: readonly BodyRow[] | undefined,
  units: readonly UnitRow[] | undefined,
): string | undefined {
  const lead = units?.find((unit) => unit.id === doc.issuers[0]?.id)
  const organ = lead?.kind === 'office' ? (lead.parent ?? lead.id) : lead?.id
  const own = bodies?.filter((body) => body.kind === 'meeting' && body.active && body.unit === organ) ?? []
  return (own.length === 1 ? own[0] : own.find((body) => /常务会议|办公会议/.test(body.name)))?.id
}

/** Where the public reads what has just been made public; null where nothing has. */
function addressAfter(doc: Doc, command: CommandType, answer: CommandAnswer): string | null {
  const round = doc.consultations.at(-1)
  switch (command) {
    case 'Publish':
      return `/register/${encodeURIComponent(doc.id)}`
    case 'OpenPublicConsultation':
      return answer.consultationId ? `/consultations/${answer.consultationId}` : null
    case 'PublishFeedback':
      return round ? `/consultations/${round.id}/feedback` : null
    default:
      return null
  }
}
function DocumentForm({
  doc,
  command,
  on,
  actions,
  text,
  sheet,
  known,
  onClose,
}: {
  doc: Doc
  command: CommandType
  on: string | undefined
  actions: Action[] | undefined
  text: string | undefined
  /** What was asked for beforehand: the start of a material, the usual meeting. */
  known: Values
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known is taken at the opening
  const prefill = useMemo(
    () => ({ ...ownPrefill(doc, on, text, units, action?.cases ?? [], sheet), ...known }),
    [doc, on, text, units, action, sheet],
  )
  const navigate = useNavigate({ from: '/documents/$id' })
  const stillHere = useStillHere(`/documents/${doc.id}`)
  const next = nextOf(
    doc,
    command,
    on ?? (known.material as string | undefined) ?? (prefill.point as string | undefined),
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
    ) : decides(command, known.material) ? (
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
        {looksAtPackage.has(command) ? <PackageList doc={doc} /> : null}
        {decides(command, known.material) ? <DecisionPanel doc={doc} command={command} /> : null}
        {forceCommands.has(command) ? (
          <Suspense fallback={<Loading lines={3} />}>
            <FormContext value={{ values: form.values, errors: form.errors, set: form.set, doc, deviable: [] }}>
              <ForcePanel command={command} />
            </FormContext>
          </Suspense>
        ) : null}
      </>
    ),
    fields: saving ? <KeptAttachments metas={before} left={left} onChange={setLeft} /> : null,
    below: extra ? (
      <Suspense fallback={<Loading lines={3} />}>
        <extra.Panel />
      </Suspense>
    ) : null,
    onward: next && {
      label: next.label,
      go: () =>
        stillHere() &&
        void navigate({
          search: (old) => ({ ...old, do: command, on: next.on }),
          replace: true,
          resetScroll: false,
        }),
    },
    since: (seen) => <TextSince id={doc.id} from={seen.text?.n} to={doc.text?.n} />,
    ...(saving
      ? {
          also: (values: Values) => ({ workingCopyRevision: guard.revisionFor(String(values.body ?? '')) }),
          completed: async (payload: Values) => {
            const added = (payload.attachments as AttachmentValue[] | undefined) ?? []
            const kept = await attachmentsToKeep(doc.id, left, (each) => added.some((file) => file.name === each.name))
            return kept.length === 0 ? payload : { ...payload, attachments: [...kept, ...added] }
          },
          undecided: (values: Values) =>
            guard.undecided(String(values.body ?? '')) ? '请先在上面决定怎样处理工作稿' : null,
        }
      : {}),
    ...(command === 'AnnulDocument'
      ? {
          undecided: (values: Values) => untyped(doc, values),
          notSent: [typedNumber],
        }
      : {}),
    grave: grave.has(command),
    onAnswer: (answer) => {
      const address = addressAfter(doc, command, answer)
      if (address) showPublished(doc.id, `${window.location.origin}${address}`)
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
