// The start page: what it is and who makes it, from what the text begins (template, Word, blank), and beside it what title and
// classification bring with them, told as they are written. The form itself is generated from the contract.
import { type answers, noClassification, ProposeDocument } from '@dianzhang/contract'
import { genreOfTitle, templateOf } from '@dianzhang/text'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useEffect, useRef, useState } from 'react'
import { call, post, sentence } from '../api.ts'
import { readDocx } from '../document/text/upload.ts'
import { keepBackup, type WorkingCopy, workingCopyPath } from '../editor/use-working-copy.ts'
import { useLate } from '../parts/late.ts'
import { Loading } from '../parts/states.tsx'
import { toast } from '../parts/toasts.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { meQuery, planItemsQuery, unitsQuery } from '../queries.ts'
import type { CommandAnswer, Me, Told, UnitRow } from '../types.ts'
import { plain } from '../words.ts'
import { Fields } from './field.tsx'
import { FormContext } from './form-state.ts'
import { Restored } from './form-trouble.tsx'
import { known } from './prefill.ts'
import { groupOf, type Values } from './shape.ts'
import { type ClassificationHint, classificationHints } from './title-hints.ts'
import { useCommandForm } from './use-command.ts'

type Preview = Told<typeof answers.ProposalPreview>
const route = getRouteApi('/staff/new')
const shape = groupOf(ProposeDocument)
const { title: titleField, ...otherFields } = shape.fields
const blank: Values = {
  tier: 'government',
  classification: noClassification,
}
const starts = [
  { id: 'template', label: '从范本', says: '带齐应有的条款，要填的地方写着〔待填〕' },
  { id: 'word', label: '导入 Word', says: '已经有草稿的，读入以后接着改' },
  { id: 'blank', label: '空白', says: '只有标题' },
] as const
type Start = (typeof starts)[number]['id']
/** Whether the title itself says that it is provisional. */
const saysProvisional = (hints: readonly ClassificationHint[]): string =>
  String(hints.some((hint) => hint.field === 'provisional' && hint.passage === null))

export function ProposePage() {
  const { data: me } = useQuery(meQuery)
  const units = useQuery(unitsQuery)
  const { given } = route.useSearch()
  if (!me || units.isPending) return <Loading />
  return <Propose me={me} units={units.data ?? []} given={given} />
}
/** Whose documents a drafting unit usually writes: the government it belongs to. */
function usualIssuer(me: Me, units: readonly UnitRow[]): string | undefined {
  const governments = units.filter((unit) => unit.kind === 'government' && unit.eligible)
  const own = units.find((unit) => unit.id === me.unit)
  return (
    governments.find((unit) => unit.id === own?.parent) ?? (governments.length === 1 ? governments[0] : undefined)
  )?.id
}

/** The first working copy of the text; what cannot be read of a Word file is told, and the file is there all the same. */
async function begin(id: string, start: Start, file: File | null, values: Values, units: readonly UnitRow[]) {
  const title = String(values.title ?? '')
  const nameOf = (unit: unknown) => units.find((each) => each.id === unit)?.name
  let body = `${title}\n`
  if (start === 'template') {
    const classification = (values.classification ?? {}) as Values
    body = templateOf(genreOfTitle(title) ?? '办法', {
      title,
      issuer: nameOf((values.issuers as string[] | undefined)?.[0]),
      draftingUnit: nameOf(values.draftingUnit),
      provisional: classification.provisional === true,
    }).text
  }
  if (start === 'word' && file) {
    const { imported, refused } = await readDocx(id, file, {
      progress: () => undefined,
      signal: new AbortController().signal,
    })
    if (refused) {
      toast(
        `“${file.name}”有读不进来的内容，没有直接采用；请在“文本与版本”里用“导入 Word”，看过损失报告再读入。`,
        'warn',
      )
      return
    }
    body = imported.text
  }
  // Until the server has it, it is kept here, as what is written in the editor is.
  keepBackup(id, { body, waivers: [], revision: 0 })
  await call<WorkingCopy>(
    'PUT',
    workingCopyPath(id),
    { basedOn: null, body, waivers: [] },
    { headers: { 'if-match': '"0"' } },
  )
  keepBackup(id, null)
}

function Propose({ me, units, given }: { me: Me; units: readonly UnitRow[]; given: Values | undefined }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [start, setStart] = useState<Start>('template')
  const [file, setFile] = useState<File | null>(null)
  const sent = useRef<Values>({})
  const issuer = usualIssuer(me, units)
  const form = useCommandForm<CommandAnswer>({
    schema: ProposeDocument,
    storageKey: `dianzhang:${me.person}:propose${given ? JSON.stringify(given) : ''}`,
    initial: { ...blank, draftingUnit: me.unit, ...(issuer ? { issuers: [issuer] } : {}), ...known(shape, given) },
    payload: (values, commandId) => {
      sent.current = values
      return { ...values, type: 'ProposeDocument', commandId, jurisdiction: me.jurisdiction }
    },
    send: (payload) => post<CommandAnswer>('/api/documents', payload),
    // The page stays until the text has reached the server: whoever leaves at once, or reloads, must not lose it.
    onDone: async (answer, here) => {
      toast('已申请立项，等待政府办公室审核。')
      await begin(answer.id, start, file, sent.current, units).catch((error) =>
        toast(`文本没有开头：${sentence(error)}；在案卷里“编辑文本”再写即可。`, 'warn'),
      )
      void client.invalidateQueries({ queryKey: ['documents'] })
      void client.invalidateQueries({ queryKey: ['stage-load'] })
      if (here()) void navigate({ to: '/documents/$id', params: { id: answer.id } })
    },
  })
  const { set, values } = form
  const title = String(values.title ?? '')
  const classification = (values.classification ?? {}) as Values
  const word = useWordText(start === 'word' ? file : null)
  const hints = classificationHints(title, word.text)
  // The title the text gives itself, else the file's name; what was typed stays.
  const untitled = title.trim() === ''
  useEffect(() => {
    if (untitled && word.title) set(['title'], word.title)
  }, [untitled, word.title, set])
  // “暂行”, “试行” in the title settle it; whoever changes the switch afterwards has the last word.
  const settled = useRef<string | null>(form.restored ? saysProvisional(hints) : null)
  useEffect(() => {
    const key = saysProvisional(hints)
    if (settled.current === key || (settled.current === null && key === 'false')) return
    settled.current = key
    set(['classification', 'provisional'], key === 'true')
  }, [hints, set])
  // An item of the plan brings what the plan says of it; what is written already stays.
  const plan = useQuery(planItemsQuery)
  const item = plan.data?.items.find((each) => each.text === values.planItem)
  const brought = useRef(form.restored ? values.planItem : null)
  useEffect(() => {
    if (!item || brought.current === item.text) return
    brought.current = item.text
    if (untitled && genreOfTitle(item.title)) set(['title'], item.title)
    if (!String(values.necessity ?? '').trim()) set(['necessity'], item.necessity)
    for (const name of ['enterpriseRelated', 'majorDecision'] as const)
      if (item[name]) set(['classification', name], true)
  }, [item, untitled, values.necessity, set])
  const count = Object.keys(form.errors).length
  const open = hints.filter(
    (hint) => !(hint.field === 'provisional' && hint.passage === null) && classification[hint.field] !== true,
  )
  return (
    <main className="page">
      <h1>申请立项</h1>
      {!me.roles.includes('drafter') ? (
        <div className="note note-warn" role="alert">
          <p>申请立项由起草经办人办理，您没有这项任职，提交会被拒绝。</p>
        </div>
      ) : null}
      <Restored form={form} />
      {form.problem || form.offline ? (
        <div className="note note-error" role="alert">
          <p>{form.offline ?? form.problem?.detail}</p>
          {form.problem?.verdicts ? <Verdicts list={form.problem.verdicts} /> : null}
        </div>
      ) : null}
      <div className="start-two">
        <form
          className="stack card command-form"
          data-command="ProposeDocument"
          onSubmit={(event) => {
            event.preventDefault()
            void form.submit()
          }}
        >
          <FormContext value={{ values, errors: form.errors, set, deviable: [] }}>
            {titleField ? <Fields fields={{ title: titleField }} /> : null}
            {open.length > 0 ? (
              <div className="note note-info" data-testid="title-hints">
                <p>由{word.text ? '标题和文本' : '标题'}看，可能是：</p>
                {open.map((hint) => (
                  <p key={hint.field} className="row" data-hint={hint.field}>
                    <span>
                      {hint.says}
                      {hint.passage === null ? null : <q className="block quiet">{hint.passage}</q>}
                    </span>
                    <Button size="small" onClick={() => set(['classification', hint.field], true)}>
                      勾选“{hint.label}”
                    </Button>
                  </p>
                ))}
              </div>
            ) : null}
            <fieldset className="starts">
              <legend>文本怎样开头</legend>
              {starts.map((each) => (
                <label key={each.id} className={start === each.id ? 'chosen' : undefined}>
                  <input type="radio" name="start" checked={start === each.id} onChange={() => setStart(each.id)} />
                  <b>{each.label}</b>
                  <small>
                    {each.id === 'template' ? `${genreOfTitle(title) ?? '办法'}的范本：${each.says}` : each.says}
                  </small>
                </label>
              ))}
              {start === 'word' ? (
                <p>
                  <input
                    type="file"
                    accept=".docx"
                    aria-label="Word 文件"
                    onChange={(event) => {
                      const chosen = event.target.files?.item(0) ?? null
                      setFile(chosen)
                    }}
                  />
                  {word.says ? (
                    <span className={word.failed ? 'field-error' : 'hint'} role="status">
                      {word.says}
                    </span>
                  ) : null}
                </p>
              ) : null}
            </fieldset>
            <Fields fields={otherFields} />
          </FormContext>
          {count > 0 ? (
            <p className="field-error" role="alert">
              有 {count} 处需要更正，已在各栏下标明。
            </p>
          ) : null}
          <div className="row-end">
            <Button type="primary" htmlType="submit" loading={form.busy}>
              申请立项
            </Button>
          </div>
        </form>
        <Consequences values={values} />
      </div>
    </main>
  )
}

interface WordText {
  text: string
  title: string
  says: string | null
  failed: boolean
}
const unread: WordText = { text: '', title: '', says: null, failed: false }
/** The words of the chosen Word file, read here in the browser: for the title and the hints; what is taken over is read by the server. */
function useWordText(file: File | null): WordText {
  const [found, setFound] = useState<WordText>(unread)
  useEffect(() => {
    setFound(unread)
    if (!file) return
    let gone = false
    const name = file.name.replace(/\.docx$/i, '')
    void (async () => {
      try {
        const { importDocx } = await import('@dianzhang/formats')
        const { text, structure } = await importDocx(new Uint8Array(await file.arrayBuffer()))
        if (gone) return
        const { articles } = structure.counts
        const characters = text.replace(/\s/gu, '').length
        setFound({
          text,
          title: structure.title?.trim() || name,
          says: `读得出 ${characters} 字${articles > 0 ? `、${articles} 条` : ''}。`,
          failed: false,
        })
      } catch (error) {
        if (!gone) setFound({ ...unread, title: name, says: sentence(error), failed: true })
      }
    })()
    return () => {
      gone = true
    }
  }, [file])
  return found
}

/** What the present title and classification bring: asked again a moment after each change. */
function Consequences({ values }: { values: Values }) {
  const asked = useLate(
    JSON.stringify({
      title: String(values.title ?? '').slice(0, 200),
      tier: values.tier ?? 'government',
      genre: values.genre,
      issuers: values.issuers ?? [],
      draftingUnit: values.draftingUnit,
      ...(String(values.planItem ?? '').trim() ? { planItem: String(values.planItem).slice(0, 200) } : {}),
      classification: whole(values.classification),
    }),
    400,
  )
  const found = useQuery({
    queryKey: ['proposal-preview', asked],
    queryFn: () => post<Preview>('/api/documents/preview', JSON.parse(asked)),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  return (
    <aside className="consequences card" aria-labelledby="consequences-title" data-testid="consequences">
      <h2 id="consequences-title">这样申请，接下来是</h2>
      {found.data ? (
        <>
          <p className="consequences-day" role="status">
            {found.data.publishOn ? (
              <>
                依法最早 <b>{plain(found.data.publishOn)}</b> 公布
                {found.data.effectiveOn ? `，${plain(found.data.effectiveOn)}施行` : ''}
                {found.data.provisional ? '（暂定：其间的放假安排尚未公布）' : ''}
              </>
            ) : found.data.stuck ? (
              `推算不到公布：${found.data.stuck.join('；')}`
            ) : (
              '选定制定机关以后推算最早的公布日。'
            )}
          </p>
          <dl className="facts">
            {found.data.consequences.map((each) => (
              <div key={each.kind} className="facts-row" data-consequence={each.kind}>
                <dt>{each.label}</dt>
                <dd>{each.says}</dd>
              </div>
            ))}
          </dl>
          {found.data.steps.length > 0 ? (
            <details>
              <summary>各阶段最早的日期</summary>
              <ul className="plain">
                {found.data.steps.map((step) => (
                  <li key={`${step.stage}${step.from}`}>
                    {step.from}　{step.label}
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
        </>
      ) : found.isError ? (
        <p className="quiet">{sentence(found.error)}</p>
      ) : (
        <Loading lines={8} />
      )}
    </aside>
  )
}
/** Groups that are ticked but not yet filled in count as ticked. */
function whole(given: unknown): Values {
  const classification = (given ?? {}) as Values
  const { confidential, nonPublic, emergency, ...flags } = classification
  const complete = (value: unknown, ...needed: string[]): boolean =>
    typeof value === 'object' && value !== null && needed.every((name) => Boolean((value as Values)[name]))
  return {
    ...flags,
    confidential: confidential === true || (typeof confidential === 'object' && confidential !== null),
    ...(complete(nonPublic, 'ground') ? { nonPublic } : {}),
    ...(complete(emergency, 'ground', 'approver') && (emergency as Values).reference === undefined
      ? { emergency }
      : {}),
  }
}
