// The form of a command, used by every kind of matter: why it cannot be done now, filling in, deviations, changes in
// the meantime, the various answers.
// What a kind of matter draws itself (the text under review, hints from checks…) is given by `parts`, see
// document/command.tsx.
import { atLeastOneOf, togetherTitle } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { post } from '../api.ts'
import type { Frame } from '../matter/frame.ts'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { type AheadLine, nextWords, type TurnLine } from '../parts/turn-words.ts'
import { BasisText, Verdicts } from '../parts/verdicts.tsx'
import { chartQuery, meQuery, refreshDoc, rememberOwn, versionAfterOwn } from '../queries.ts'
import type { Action, CommandAnswer, Doc } from '../types.ts'
import { dateOf, roleName } from '../words.ts'
import { Deviations } from './deviations.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { Fields, shownFields } from './field.tsx'
import { FormContext } from './form-state.ts'
import { FormTrouble, Restored, shownProblem } from './form-trouble.tsx'
import { known, prefilled } from './prefill.ts'
import { groupOf, type Values } from './shape.ts'
import { Stale } from './stale.tsx'
import { type CommandForm as Filling, useCommandForm } from './use-command.ts'

/** What was seen when the form was opened. */
export interface Seen {
  version: number
  seq: number
  text: Frame['text']
}
/** The parts of a particular kind of matter; a kind without them gives none. */
export interface Parts {
  /** Fills in from these; the keys are the `prefill` notation in the schema. */
  prefill?: Values
  /** `below` draws these fields in their place. */
  instead?: readonly string[]
  /** Submitted as they are, without removing empty strings in them. */
  verbatim?: readonly string[]
  /** Submitted along with it. */
  also?: (values: Values) => Values
  /** Completed before sending (fetching kept attachments and so on). */
  completed?: (payload: Values) => Promise<Values>
  onAnswer?: (answer: CommandAnswer) => void
  beside?: ReactNode
  above?: (form: Filling) => ReactNode
  fields?: ReactNode
  below?: ReactNode
  /** What else to look at after changes in the meantime. */
  since?: (seen: Seen) => ReactNode
  /** A second way to submit: done, and straight on to the next of its kind. */
  onward?: { label: string; go: () => void } | null
  /** Something is still undecided, so it cannot be submitted yet. */
  undecided?: (values: Values) => string | null
  /** Values of the panel's own, which are not part of the command. */
  notSent?: readonly string[]
  /** It ends something for good. */
  grave?: boolean
  doc?: Doc
}

export function CommandForm({
  matter,
  process,
  command,
  target,
  given,
  action,
  elsewhere,
  onClose,
  parts = {},
}: {
  matter: Frame
  process: string
  command: string
  target: string | undefined
  /** Filled in by the link that led here. */
  given?: Values | undefined
  action: Action | undefined
  /** Does not belong to the present stage. */
  elsewhere: boolean
  onClose: () => void
  parts?: Parts
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const { data: chart } = useQuery(chartQuery(process))
  const goesOn = useRef(false)
  const [seen, setSeen] = useState<Seen>({ version: matter.version, seq: matter.seq, text: matter.text })
  const schema = matter.schemaOf(command)
  if (!schema) throw new Error(`no schema of ${command}`)
  const shape = useMemo(() => groupOf(schema), [schema])
  const together = useMemo(() => atLeastOneOf(schema), [schema])
  const today = dateOf(me?.demo?.now ?? new Date())
  // Only at the opening: what comes in later must not move what is being filled in.
  const initial = useMemo(
    () => ({
      ...prefilled(shape, { today, target, view: matter.view, own: parts.prefill ?? {} }),
      ...known(shape, given),
    }),
    [shape, today, target, given, matter.view, parts.prefill],
  )
  const boundToText = Object.entries(shape.fields).find(([, field]) => field.control === 'text-hash')?.[0]
  // A decision on a text stands on the text that was seen, whoever changed it.
  const base = (): number => (boundToText ? seen.version : versionAfterOwn(client, matter.id, seen.version))
  const form = useCommandForm<CommandAnswer>({
    schema,
    storageKey: `dianzhang:${me?.person ?? ''}:${matter.id}:${command}:${target ?? ''}${given ? JSON.stringify(given) : ''}`,
    initial,
    payload: (values, commandId) => ({
      ...Object.fromEntries(Object.entries(values).filter(([name]) => !parts.notSent?.includes(name))),
      type: command,
      commandId,
      expectedVersion: base(),
      ...(boundToText && seen.text ? { [boundToText]: seen.text.hash } : {}),
      ...parts.also?.(values),
    }),
    verbatim: parts.verbatim ?? [],
    together,
    send: async (payload) =>
      post<CommandAnswer>(
        `${matter.place.api}/${matter.id}/commands`,
        parts.completed ? await parts.completed(payload) : payload,
      ),
    onDone: (answer, here) => {
      toast(
        `${matter.labelOf(command)}：已办理${answer.stageLabel && answer.stageLabel !== matter.stageLabel ? `，现在是“${answer.stageLabel}”` : ''}。`,
      )
      parts.onAnswer?.(answer)
      for (const warning of answer.warnings ?? []) toast(`提示：${warning.reason}`, 'warn')
      rememberOwn(client, matter.id, base(), answer)
      // What happens next, and who has it, once the file has been read anew.
      void refreshDoc(client, matter.id, matter.place).then(() => {
        const now = client.getQueryData<{ turns?: TurnLine[]; ahead?: AheadLine[] }>([matter.place.key, matter.id])
        const words = nextWords(
          now?.turns ?? [],
          now?.ahead ?? [],
          dateOf(client.getQueryData(meQuery.queryKey)?.demo?.now ?? new Date()),
        )
        if (words) toast(words)
      })
      if (!here()) return
      if (goesOn.current && parts.onward) parts.onward.go()
      else onClose()
    },
  })
  // Without an answer it may be one's own act that moved it: sent again, it is answered as it was.
  const stale = form.problem?.code === 'stale_version' || (form.offline === null && matter.version > base())
  const { key } = matter.place
  useEffect(() => {
    if (form.problem?.code === 'stale_version') void client.invalidateQueries({ queryKey: [key, matter.id] })
  }, [form.problem, client, key, matter.id])
  const deviable = (form.problem?.verdicts ?? action?.verdicts ?? [])
    .filter((v) => !v.holds || v.deviation)
    .flatMap((v) => {
      const rule = chart?.rules[v.rule]
      return rule?.deviation ? [{ rule: v.rule, title: rule.title, requires: rule.deviation.requires }] : []
    })
  const whyNot = useId()
  const top = useRef<HTMLDivElement>(null)
  const main = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (form.problem || form.offline) top.current?.scrollIntoView({ block: 'start' })
  }, [form.problem, form.offline])
  const own = Object.fromEntries(Object.entries(shape.fields).filter(([name]) => !parts.instead?.includes(name)))
  const undecided = parts.undecided?.(form.values) ?? null
  const issues = Object.entries(form.errors)
  const loose = issues.filter(([path]) => {
    const field = shape.fields[path.split('.')[0] ?? '']
    return !field || field.control === 'text-hash' || field.control === 'hidden'
  })

  // What is past does not come back: better to say so than to let somebody fill in what can never be handed in.
  if (elsewhere && form.untouched && matter.ended)
    return (
      <div className="stack">
        <Elsewhere matter={matter} command={command} chart={chart} />
        <div className="row-end">
          <Button onClick={onClose}>回到{matter.noun}</Button>
        </div>
      </div>
    )
  const context = {
    values: form.values,
    errors: form.errors,
    set: form.set,
    subject: matter.view,
    ...(parts.doc ? { doc: parts.doc } : {}),
    together,
    togetherTitle: togetherTitle(schema),
    deviable,
  }
  return (
    <form
      className={parts.beside ? 'command-form form-beside' : 'stack command-form'}
      data-command={command}
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      {parts.beside ? (
        <div className="form-side">
          {/* What stands beside may be a whole page: by keyboard nobody has to walk through it. */}
          <button type="button" className="skip skip-side" onClick={() => main.current?.focus()}>
            跳过旁边的内容，到要填的各栏
          </button>
          <FormContext value={context}>{parts.beside}</FormContext>
        </div>
      ) : null}
      <div ref={main} tabIndex={-1} className={parts.beside ? 'stack form-main' : 'contents'}>
        <div ref={top} />
        {stale ? (
          <Stale
            matter={matter}
            base={seen}
            onAccept={() => {
              setSeen({ version: matter.version, seq: matter.seq, text: matter.text })
              form.clearProblem()
            }}
          >
            {parts.since?.(seen)}
          </Stale>
        ) : null}
        <Restored form={form} />
        <FormTrouble form={form} />
        {elsewhere && !shownProblem(form) ? <Elsewhere matter={matter} command={command} chart={chart} early /> : null}
        {!shownProblem(form) && action && !action.allowed ? <NotYet action={action} /> : null}
        {parts.above?.(form)}
        {boundToText && seen.text ? (
          <details className="hint">
            <summary>针对第{seen.text.n}版文本</summary>
            内容摘要 <code className="break">{seen.text.hash}</code>
          </details>
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
          {parts.fields}
          {parts.below}
          <Deviations />
        </FormContext>
        {shownFields(shape.fields, form.values).length === 0 ? <p>这项办理没有需要填写的内容，确认后提交。</p> : null}
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
          <Button onClick={onClose}>先放着</Button>
          {parts.onward ? (
            <Button
              aria-disabled={undecided !== null || form.busy}
              {...(undecided === null ? {} : { 'aria-describedby': whyNot })}
              onClick={() => {
                if (undecided !== null || form.busy) return
                goesOn.current = true
                void form.submit().finally(() => {
                  goesOn.current = false
                })
              }}
            >
              {parts.onward.label}
            </Button>
          ) : null}
          <Submit type="primary" danger={parts.grave === true} loading={form.busy} why={undecided} whyId={whyNot}>
            {matter.labelOf(command)}
          </Submit>
        </div>
      </div>
    </form>
  )
}

function NotYet({ action }: { action: Action }) {
  return (
    <div className="note note-warn">
      <p>
        {action.verdicts.some((v) => v.rule === 'role.permitted' && !v.holds)
          ? '这项办理不由您经办，提交会被拒绝。还差：'
          : '还差下面几项。这张表里填得上的，填好即可办理；其余的要等，先填的会暂存在本机。'}
      </p>
      <Verdicts list={action.verdicts} />
    </div>
  )
}
