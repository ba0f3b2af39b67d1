// 一条命令的表单：为何现在不能、填写、偏离、案卷已变、各种答复。
import type { CommandType } from '@dianzhang/contract'
import { atLeastOneOf, commandLabels, commandSchemas } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Drawer from 'antd/es/drawer'
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { get, post } from '../api.ts'
import { versionsQuery } from '../document/text/shapes.ts'
import { Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { BasisText, Verdicts } from '../parts/verdicts.tsx'
import { docQuery, historyQuery, meQuery, refreshDoc } from '../queries.ts'
import type { Action, CommandAnswer, Doc } from '../types.ts'
import { dateOf, mainStages, momentOf, roleName, shortHash, stageName } from '../words.ts'
import type { AttachmentValue } from './attachments.tsx'
import { DecisionPanel, type DecisionSheet, decisive, sheetQuery } from './decision-panel.tsx'
import { Deviations, Fields } from './field.tsx'
import { FormContext } from './form-state.ts'
import { FormTrouble, Restored, shownProblem } from './form-trouble.tsx'
import { fetchAttachments, KeptAttachments, keptMetas } from './kept-attachments.tsx'
import { describe, type Shape, type Values } from './shape.ts'
import { useCommandForm } from './use-command.ts'
import { useCopyGuard, WorkingCopyNote } from './working-copy-note.tsx'

export interface Chart {
  stages: Array<{
    path: string
    label: string
    basis: { document: string; article: string; confidence?: never }
    tags: string[]
    initial: string | null
    parallel: boolean
    leaf: boolean
  }>
  arrows: Array<{
    id: string
    from: string
    to: string | null
    command: string | null
    label: string
    by: string[]
    basis: { document: string; article: string; confidence?: never } | null
    when: Record<string, unknown> | null
    judgedAfter: boolean
    rules: string[]
    records: string
  }>
  rules: Record<
    string,
    {
      title: string
      severity: string
      basis: { document: string; article: string; confidence?: never }
      by: string[]
      deviation: null | { basis: { document: string; article: string }; requires: string }
    }
  >
}
export const chartQuery = {
  queryKey: ['lifecycle'],
  queryFn: () => get<Chart>('/api/lifecycle'),
  staleTime: Number.POSITIVE_INFINITY,
} as const

/** 打开时先填好的内容；只填有依据的。 */
function initialOf(
  command: CommandType,
  shape: Extract<Shape, { kind: 'group' }>,
  doc: Doc,
  today: string,
  on: string | undefined,
  text: string | undefined,
  units: readonly string[],
  cases: Action['cases'],
  sheet: DecisionSheet | undefined,
): Values {
  const values: Values = {}
  for (const [name, field] of Object.entries(shape.fields))
    if (field.initial !== undefined) values[name] = field.initial
  if (/^Record(?!Decision)/.test(command) && shape.fields.date && !shape.fields.date.optional) values.date = today
  if (command === 'SaveDraft' || command === 'CorrectAfterSigning') values.body = text ?? ''
  if (command === 'CorrectAfterSigning') values.substantive = false
  if (command === 'Reclassify')
    values.classification = { ...doc.classification, emergency: doc.classification.emergency ?? undefined }
  if (command === 'ChangeIssuers') values.issuers = doc.issuers.map((unit) => unit.id)
  if (command === 'DisposeComment') values.comment = on ?? ''
  if (command === 'AnswerPoint') values.point = on ?? doc.review?.opinion?.points.find((point) => !point.answer)?.id
  if (command === 'Publish') {
    // 正文的施行条款怎么写，就怎么填。
    values.validity = sheet?.publication.validity ?? { years: doc.classification.provisional ? 2 : 5 }
    if (sheet?.publication.effectiveDate) values.effectiveDate = sheet.publication.effectiveDate
    values.channels = ['县人民政府网站']
  }
  if (command === 'RecordDecision' && doc.schedule)
    Object.assign(values, { body: doc.schedule.body, session: doc.schedule.session, date: doc.schedule.date })
  if (shape.fields.track) {
    const open = Object.entries(doc.filings)
    // A registrar's own track; where that leaves several, the one on which this can be done now.
    const own = open.filter(([, filing]) => filing.recipient !== null && units.includes(filing.recipient))
    const mine = (own.length > 0 ? own : open).map(([track]) => track)
    const now = mine.filter((track) => cases.some((each) => each.open && each.when?.track === track))
    values.track = on ?? (mine.length === 1 ? mine[0] : now.length === 1 ? now[0] : undefined)
  }
  return values
}
/** 有专门一块的命令：检查提示、逐条意见、意见所指的原文。`instead` 各栏由它代画；`beside` 画在左边。 */
interface Special {
  instead: readonly string[]
  Panel: ComponentType
  Beside?: ComponentType
}
const SubmitPanel = lazy(() => import('./submit-panel.tsx'))
const special: Partial<Record<CommandType, Special>> = {
  SaveDraft: { instead: ['waivers'], Panel: lazy(() => import('./draft-panel.tsx')) },
  SubmitForReview: { instead: ['waivers'], Panel: SubmitPanel },
  ResubmitAfterReturn: { instead: ['waivers'], Panel: SubmitPanel },
  IssueOpinion: {
    instead: ['points', 'waivers'],
    Panel: lazy(() => import('./opinion-panel.tsx')),
    Beside: lazy(() => import('./opinion-panel.tsx').then((m) => ({ default: m.OpinionText }))),
  },
  Publish: { instead: ['files'], Panel: lazy(() => import('./decision-panel.tsx')) },
  AnswerPoint: { instead: [], Panel: lazy(() => import('./point-panel.tsx')) },
  ChangeIssuers: { instead: [], Panel: lazy(() => import('./issuers-panel.tsx')) },
}
const verbatim = ['waivers']
const bindsText = new Set<string>(['Sign', 'ConfirmRevision', 'ConfirmCorrection', 'SubmitForReview'])

export function CommandDrawer({
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
  const known = command in commandSchemas
  const type = command as CommandType
  const needsText = (type === 'SaveDraft' || type === 'CorrectAfterSigning') && doc.text !== null
  // Fetched once: the text under the pen must not be replaced while somebody writes.
  const [textN] = useState(doc.text?.n)
  const text = useQuery({
    queryKey: ['doc', doc.id, 'version', textN],
    queryFn: () => get<{ body: string }>(`/api/documents/${doc.id}/versions/${textN}`),
    enabled: needsText,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const sheet = useQuery({ ...sheetQuery(doc), enabled: type === 'Publish' })
  const action = actions?.find((each) => each.command === command)
  return (
    <Drawer
      open
      onClose={onClose}
      title={known ? commandLabels[type] : '没有这项命令'}
      size={special[type]?.Beside ? 1320 : needsText || type === 'SaveDraft' ? 960 : decisive.has(type) ? 820 : 680}
      mask={{ closable: false }}
      destroyOnHidden
      className="command-drawer"
    >
      {!known ? (
        <p>地址中的命令有误。</p>
      ) : (needsText && text.isPending) || (type === 'Publish' && sheet.isPending) ? (
        <Loading />
      ) : (
        <Form
          key={`${command}-${on ?? ''}`}
          doc={doc}
          command={type}
          on={on}
          action={action}
          elsewhere={actions !== undefined && action === undefined}
          text={text.data?.body}
          sheet={sheet.data}
          onClose={onClose}
        />
      )}
    </Drawer>
  )
}

function Form({
  doc,
  command,
  on,
  action,
  elsewhere,
  text,
  sheet,
  onClose,
}: {
  doc: Doc
  command: CommandType
  on: string | undefined
  action: Action | undefined
  /** 不属于现在的阶段。 */
  elsewhere: boolean
  text: string | undefined
  /** 公布前的一页，由它预填施行日期与有效期。 */
  sheet: DecisionSheet | undefined
  onClose: () => void
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const { data: chart } = useQuery(chartQuery)
  const [base, setBase] = useState({ version: doc.version, seq: doc.ledger.seq, hash: doc.text?.hash, n: doc.text?.n })
  const shape = useMemo(() => describe(commandSchemas[command]) as Extract<Shape, { kind: 'group' }>, [command])
  const units = useMemo(
    () => me?.posts.filter((post) => post.role === 'registrar').map((post) => post.unit) ?? [],
    [me],
  )
  const together = useMemo(() => atLeastOneOf(commandSchemas[command]), [command])
  const today = dateOf(me?.demo?.now ?? new Date())
  // A version holds only the attachments saved with it: those of the last one go along unless left out.
  const versions = useQuery({ ...versionsQuery(doc.id), enabled: command === 'SaveDraft' })
  const before = versions.data?.at(-1)?.attachments ?? []
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const withKept = async (payload: Values): Promise<Values> => {
    const added = (payload.attachments as AttachmentValue[] | undefined) ?? []
    const kept = keptMetas(before, left).filter((each) => added.every((file) => file.name !== each.name))
    return kept.length === 0
      ? payload
      : { ...payload, attachments: [...(await fetchAttachments(doc.id, kept)), ...added] }
  }
  const guard = useCopyGuard(doc.id, command === 'SaveDraft' && action !== undefined)
  const form = useCommandForm<CommandAnswer>({
    schema: commandSchemas[command],
    storageKey: `dianzhang:${me?.person ?? ''}:${doc.id}:${command}:${on ?? ''}`,
    initial: useMemo(
      () => initialOf(command, shape, doc, today, on, text, units, action?.cases ?? [], sheet),
      [command, shape, doc, today, on, text, units, action, sheet],
    ),
    payload: (values, commandId) => ({
      ...values,
      type: command,
      commandId,
      expectedVersion: base.version,
      ...(bindsText.has(command) && base.hash ? { contentHash: base.hash } : {}),
      ...(command === 'SaveDraft' ? { workingCopyRevision: guard.revisionFor(String(values.body ?? '')) } : {}),
    }),
    verbatim,
    together,
    send: async (payload) => post<CommandAnswer>(`/api/documents/${doc.id}/commands`, await withKept(payload)),
    onDone: (answer) => {
      toast(
        `${commandLabels[command]}：已办理（${answer.events.map((event) => event.label).join('、')}），案卷现为第${answer.version}版${answer.stageLabel ? `，${answer.stageLabel}` : ''}。`,
      )
      if (command === 'Publish') toast(`公众现在可以打开 ${window.location.origin}/register/${doc.id}`)
      for (const warning of answer.warnings ?? []) toast(`提示：${warning.reason}`, 'warn')
      client.setQueryData(['own-seq', doc.id], Math.max(...answer.events.map((event) => event.seq), 0))
      void refreshDoc(client, doc.id)
      onClose()
    },
  })
  const stale = form.problem?.code === 'stale_version' || doc.version > base.version
  useEffect(() => {
    if (form.problem?.code === 'stale_version') void client.invalidateQueries({ queryKey: ['doc', doc.id] })
  }, [form.problem, client, doc.id])
  const unmet = form.problem?.verdicts ?? action?.verdicts ?? []
  const deviable = unmet
    .filter((v) => !v.holds || v.deviation)
    .flatMap((v) => {
      const rule = chart?.rules[v.rule]
      return rule?.deviation ? [{ rule: v.rule, title: rule.title, requires: rule.deviation.requires }] : []
    })
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (form.problem || form.offline) top.current?.scrollIntoView({ block: 'start' })
  }, [form.problem, form.offline])
  const extra = special[command]
  const own = Object.fromEntries(Object.entries(shape.fields).filter(([name]) => !extra?.instead.includes(name)))
  const undecided = guard.undecided(String(form.values.body ?? ''))
  const issues = Object.entries(form.errors)
  const named = new Set(Object.keys(shape.fields))
  const loose = issues.filter(([path]) => !named.has(path.split('.')[0] ?? '') || path === 'contentHash')

  // What is past does not come back: better to say so than to let somebody fill in what can never be handed in.
  if (elsewhere && form.untouched && /^(effective|closed)/.test(doc.stage))
    return (
      <div className="stack">
        <Elsewhere doc={doc} command={command} chart={chart} />
        <div className="row-end">
          <Button onClick={onClose}>回到案卷</Button>
        </div>
      </div>
    )
  // Comments are disposed of one by one, beside their words.
  if (command === 'DisposeComment' && !on)
    return (
      <div className="note note-info" data-testid="elsewhere">
        <p>
          意见逐条处理：请在
          <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'consultation' }}>
            征求意见
          </Link>
          一栏，就每条意见分别办理。
        </p>
      </div>
    )
  const context = { command, values: form.values, errors: form.errors, set: form.set, doc, together, deviable }
  return (
    <form
      className={extra?.Beside ? 'command-form form-beside' : 'stack command-form'}
      data-command={command}
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      {extra?.Beside ? (
        <FormContext value={context}>
          <Suspense fallback={<Loading lines={10} />}>
            <extra.Beside />
          </Suspense>
        </FormContext>
      ) : null}
      <div className={extra?.Beside ? 'stack form-main' : 'contents'}>
        <div ref={top} />
        {stale ? (
          <Stale
            doc={doc}
            base={base}
            onAccept={() => {
              setBase({ version: doc.version, seq: doc.ledger.seq, hash: doc.text?.hash, n: doc.text?.n })
              form.clearProblem()
            }}
          />
        ) : null}
        <Restored form={form} />
        <FormTrouble form={form} />
        {elsewhere && !shownProblem(form) ? <Elsewhere doc={doc} command={command} chart={chart} early /> : null}
        {!shownProblem(form) && action && !action.allowed ? (
          <div className="note note-warn">
            <p>
              {action.verdicts.some((v) => v.rule === 'role.permitted' && !v.holds)
                ? '这项办理不由您经办，提交会被拒绝。还差：'
                : '现在还不能办理；可以先填写，内容会暂存在本机。还差：'}
            </p>
            <Verdicts list={action.verdicts} />
          </div>
        ) : null}
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
        {bindsText.has(command) ? (
          <p className="hint">
            针对第{base.n}版文本，内容摘要 <code className="break">{base.hash}</code>
          </p>
        ) : null}
        {action ? (
          <p className="hint">
            依据：
            <BasisText basis={action.basis} />
            {'　'}由{action.by.map(roleName).join('、')}办理
          </p>
        ) : null}
        <FormContext value={context}>
          <Fields fields={own} />
          {command === 'SaveDraft' ? <KeptAttachments metas={before} left={left} onChange={setLeft} /> : null}
          {extra ? (
            <Suspense fallback={<Loading lines={3} />}>
              <extra.Panel />
            </Suspense>
          ) : null}
          <Deviations />
        </FormContext>
        {Object.keys(shape.fields).length <= 4 &&
        !Object.keys(shape.fields).some(
          (name) => !['type', 'commandId', 'expectedVersion', 'deviations', 'contentHash'].includes(name),
        ) ? (
          <p>这项办理没有需要填写的内容，确认后提交。</p>
        ) : null}
        {issues.length > 0 ? (
          <div className="note note-error" role="alert">
            <p>
              有 {issues.length} 处需要更正{loose.length === 0 ? '，已在各栏下标明' : '：'}
            </p>
            {loose.map(([path, message]) => (
              <p key={path}>
                {path}：{message}
              </p>
            ))}
          </div>
        ) : null}
        <div className="row-end form-foot">
          {undecided ? <span className="hint">请先在上面决定怎样处理工作稿</span> : null}
          <Button onClick={onClose}>先放着</Button>
          <Button type="primary" htmlType="submit" loading={form.busy} disabled={undecided}>
            {commandLabels[command]}
          </Button>
        </div>
      </div>
    </form>
  )
}

const stageOf = (path: string): string => {
  const own = stageName(path)
  return own === path && path.includes('.') ? stageOf(path.slice(0, path.lastIndexOf('.'))) : own
}
/** 不属于现在阶段的办理：在哪些阶段、由谁、依哪一条；案卷现在哪里。`early` 时可以先填。 */
function Elsewhere({
  doc,
  command,
  chart,
  early = false,
}: {
  doc: Doc
  command: CommandType
  chart: Chart | undefined
  early?: boolean
}) {
  const arrows = chart?.arrows.filter((arrow) => arrow.command === command) ?? []
  const stages = [...new Set(arrows.map((arrow) => stageOf(arrow.from)))]
  const by = [...new Set(arrows.flatMap((arrow) => arrow.by))]
  const order = (path: string): number => (mainStages as readonly string[]).indexOf(path.split('.')[0] ?? '')
  const ahead = arrows.some((arrow) => order(arrow.from) > order(doc.stage))
  const basis = arrows.find((arrow) => arrow.basis)?.basis
  return (
    <div className="note note-warn" role="alert" data-testid="elsewhere">
      <p>
        “{commandLabels[command]}”
        {stages.length > 0 ? `在${stages.map((stage) => `“${stage}”`).join('、')}阶段办理，` : '现在不能办理，'}
        本案卷现在“{doc.stageLabel}”阶段，因此现在不能办理。
      </p>
      {by.length > 0 ? <p>由{by.map(roleName).join('、')}办理。</p> : null}
      {basis ? (
        <p>
          依据：
          <BasisText basis={basis} />
        </p>
      ) : null}
      <p>
        {early ? '现在提交会被拒绝，并说明还差什么。' : ''}
        {early && ahead ? '可以先填写，内容暂存在本机，到那时打开还在。' : ''}整个流程见
        <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'chart' }}>
          流程图
        </Link>
        。
      </p>
    </div>
  )
}

/** 案卷已被他人更新：变了什么，填写的内容原样保留。 */
export function Stale({
  doc,
  base,
  onAccept,
}: {
  doc: Doc
  base: { version: number; seq: number; n: number | undefined }
  onAccept: () => void
}) {
  const { data } = useQuery(docQuery(doc.id))
  const { data: events, isPending } = useQuery(historyQuery(doc.id))
  const since = events?.filter((event) => event.seq > base.seq) ?? []
  const caught = (data?.version ?? 0) > base.version
  return (
    <div className="note note-warn" role="alert" data-testid="stale">
      <p>
        <b>案卷已更新</b>：您打开表单时是第{base.version}版，现为第{data?.version ?? '…'}版。您填写的内容都在。
      </p>
      {isPending ? (
        <Loading lines={2} />
      ) : (
        <ul className="plain">
          {since.map((event) => (
            <li key={event.seq}>
              {momentOf(event.at)}　{event.actor.name ?? '—'}
              {event.actor.unitName ? `（${event.actor.unitName}）` : ''}：{event.label}
              {event.type === 'DraftSaved' ? `，文本摘要 ${shortHash(event.textHash)}` : ''}
            </li>
          ))}
        </ul>
      )}
      {data?.text && base.n !== undefined && data.text.n > base.n ? (
        <p>
          文本已由第{base.n}版变为第{data.text.n}版，
          <a
            href={`/staff/documents/${doc.id}?tab=texts&from=${base.n}&to=${data.text.n}`}
            target="_blank"
            rel="noreferrer"
          >
            比较两版
          </a>
        </p>
      ) : null}
      <Button size="small" disabled={!caught} onClick={onAccept}>
        已看过变化，按第{data?.version ?? '…'}版办理
      </Button>
    </div>
  )
}
