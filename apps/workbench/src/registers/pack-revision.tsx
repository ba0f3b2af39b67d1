// Verifying and revising parameters by formal documents: the unverified ones are a queue, each is confirmed as it is or put right,
// and what was gone through becomes one new version. The old version and files in progress stay untouched.
import { type answers, confidenceLabels } from '@dianzhang/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useEffect, useRef, useState } from 'react'
import { post, sentence } from '../api.ts'
import { Attachments, type AttachmentValue } from '../forms/attachments.tsx'
import { CommandDrawer } from '../forms/command-drawer.tsx'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { Loading } from '../parts/states.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { dateOf } from '../words.ts'
import { RevisionChanges } from './pack-changes.tsx'
import type { Row } from './pack-rows.ts'
import { type NameOf, settledValue, UnitOfPeriod, ValueInput } from './pack-value.tsx'

/** One item gone through, not yet a version. */
export interface Verified {
  path: string
  name: string
  value: unknown
  unit: string
  /** The value stays as it was; only its standing changes. */
  same: boolean
  document: string
  article: string
  quote: string
  note: string
  /** The formal document itself. */
  file: AttachmentValue | undefined
}
type Compared = Told<typeof answers.PackRevisionPreview>
const changeOf = (each: Verified) => ({
  path: each.path,
  value: each.value,
  ...(each.unit ? { unit: each.unit } : {}),
  source: { document: each.document, article: each.article },
  ...(each.quote.trim() ? { quote: each.quote } : {}),
  ...(each.note.trim() ? { note: each.note } : {}),
})
/** A formal document is evidence; whether it is published with a text does not arise. */
const sent = ({ use: _use, ...file }: AttachmentValue) => file
/**
 * The queue: the item in hand, those gone through, and one version of them all. What is open is a drawer, wherever on the page it
 * was opened from.
 */
export function VerificationDesk({
  base,
  queue,
  nameOf,
  onClose,
}: {
  base: string
  /** What is to be gone through, the one asked for first. */
  queue: readonly Row[]
  /** A value in words. */
  nameOf: NameOf
  onClose: () => void
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const [done, setDone] = useState<readonly Verified[]>([])
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set())
  const [effectiveFrom, setEffectiveFrom] = useState(today)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const left = queue.filter((row) => !skipped.has(row.path) && !done.some((each) => each.path === row.path))
  const [row] = left
  // The button that was pressed is gone with its item: whoever works through the queue stands at the next one.
  const box = useRef<HTMLDivElement>(null)
  const stood = useRef(row?.path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: taking one out may leave the item in hand as it is
  useEffect(() => {
    const moved = stood.current !== row?.path
    stood.current = row?.path
    const at = document.activeElement
    if (moved || at === null || at === document.body)
      box.current?.querySelector<HTMLElement>('[data-standing]')?.focus()
  }, [row?.path, done.length])
  // Compared without the files: what they say does not change the comparison.
  const asked = { base, effectiveFrom, changes: done.map(changeOf) }
  const compared = useQuery({
    queryKey: ['packs', 'preview', asked],
    queryFn: () => post<Compared>('/api/packs/preview', asked),
    enabled: done.length > 0 && effectiveFrom !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  const looser = compared.data?.looser ?? []
  const faults = compared.data?.faults ?? []
  const withFiles = () => ({
    ...asked,
    changes: done.map((each) => ({ ...changeOf(each), ...(each.file ? { file: sent(each.file) } : {}) })),
  })
  const submit = async () => {
    setBusy(true)
    setProblem(null)
    try {
      if (looser.length > 0) {
        await post<Told<typeof answers.PackProposed>>('/api/packs/proposal', { ...withFiles(), reason: reason.trim() })
        toast('已提出，等合法性审核人员复核；其间仍用现行的一版。')
      } else {
        const made = await post<Told<typeof answers.PackRevised>>('/api/packs', withFiles())
        toast(`已另立 ${made.version}，含 ${done.length} 项，自 ${effectiveFrom} 起适用于新立项的文件。`)
      }
      await client.invalidateQueries({ queryKey: ['packs'] })
      onClose()
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <CommandDrawer title={queue.length > 1 ? `核实（还有 ${left.length} 项）` : '修订'} width={760} onClose={onClose}>
      <div ref={box} className="stack" data-testid="verification-desk">
        {row ? (
          <Item
            key={row.path}
            row={row}
            last={done.at(-1)}
            nameOf={nameOf}
            onDone={(item) => setDone([...done, item])}
            onSkip={left.length > 1 ? () => setSkipped(new Set([...skipped, row.path])) : undefined}
          />
        ) : (
          <p className="good" data-standing tabIndex={-1}>
            都已看过。
          </p>
        )}
        {done.length > 0 ? (
          <section className="card stack" aria-label="将另立的一版">
            <h3>将另立的一版：{done.length} 项</h3>
            {compared.data ? (
              <RevisionChanges
                found={{
                  ...compared.data,
                  changes: compared.data.changes.map((each) => {
                    const file = done.find(({ path }) => path === each.path)?.file
                    return { ...each, file: file ? { name: file.name, sha256: '', size: 0 } : null }
                  }),
                }}
                stored={false}
              />
            ) : compared.isError ? (
              <p className="field-error" role="alert">
                {sentence(compared.error)}
              </p>
            ) : (
              <Loading lines={done.length + 1} />
            )}
            <p className="row">
              {done.map((each) => (
                <Button
                  key={each.path}
                  size="small"
                  onClick={() => setDone(done.filter(({ path }) => path !== each.path))}
                >
                  取出“{each.name}”
                </Button>
              ))}
            </p>
            <Labelled label="自何日起适用于新立项">
              {(id) => (
                <DateInput id={id} min={today} value={effectiveFrom} onChange={(next = '') => setEffectiveFrom(next)} />
              )}
            </Labelled>
            <p className="hint">
              在办的案卷仍用立项时的一版；会因此改变期限的，另立以后列在“规则包”页上，逐件预览后改用。
            </p>
            {faults.length > 0 ? (
              <div className="note note-error" role="alert">
                {faults.map((each) => (
                  <p key={each.path}>{each.message}</p>
                ))}
              </div>
            ) : null}
            {looser.length > 0 ? (
              <div className="note note-warn" data-testid="looser">
                <p>
                  <b>有放宽的，须另一人复核</b>：提出以后由合法性审核人员依同一正式文件复核，复核以后才成一版。
                </p>
                <ul className="lines">
                  {looser.map((each) => (
                    <li key={each.path}>{each.message}</li>
                  ))}
                </ul>
                <Labelled label="为什么放宽">
                  {(id) => (
                    <Input.TextArea
                      id={id}
                      value={reason}
                      maxLength={500}
                      className="grow"
                      rows={2}
                      onChange={(event) => setReason(event.target.value)}
                    />
                  )}
                </Labelled>
              </div>
            ) : null}
            <Trouble says={problem} />
            <div className="row-end">
              <Submit
                type="primary"
                htmlType="button"
                loading={busy}
                lacks={[!effectiveFrom && '自何日起', looser.length > 0 && reason.trim() === '' && '为什么放宽']}
                why={compared.isFetching ? '正在与现行的一版对照' : faults.length > 0 && '先更正上面列出的各项'}
                onClick={() => void submit()}
              >
                {looser.length > 0 ? `提出这 ${done.length} 项，请人复核` : `以这 ${done.length} 项另立一版`}
              </Submit>
            </div>
          </section>
        ) : null}
      </div>
    </CommandDrawer>
  )
}

/** The item in hand: its value and source as they are, the formal document, and the value where it is to be put right. */
function Item({
  row,
  last,
  nameOf,
  onDone,
  onSkip,
}: {
  row: Row
  /** The item before: the same document often verifies several. */
  last: Verified | undefined
  nameOf: NameOf
  onDone: (item: Verified) => void
  onSkip: (() => void) | undefined
}) {
  const [value, setValue] = useState<unknown>(row.param.value)
  const [unit, setUnit] = useState(row.param.unit ?? '')
  const [changes, setChanges] = useState(false)
  const [document, setDocument] = useState(last?.document ?? '')
  const [article, setArticle] = useState('')
  const [quote, setQuote] = useState('')
  const [note, setNote] = useState('')
  const [file, setFile] = useState(last?.file)
  // The button that asked for it is gone: whoever puts the value right stands in it.
  const changed = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (changes) changed.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
  }, [changes])
  const settled = settledValue(value)
  const same = JSON.stringify(settled) === JSON.stringify(row.param.value) && unit === (row.param.unit ?? '')
  const lacking = [document.trim() === '' && '正式文件的名称与文号', article.trim() === '' && '条款']
  const finish = (keep: boolean) =>
    onDone({
      path: row.path,
      name: row.name,
      value: keep ? row.param.value : settled,
      unit: keep ? (row.param.unit ?? '') : unit,
      same: keep || same,
      document: document.trim(),
      article: article.trim(),
      quote,
      note,
      file,
    })
  return (
    <section className="card stack" aria-label={row.name} data-path={row.path}>
      <h3 data-standing tabIndex={-1}>
        {row.name}
      </h3>
      <dl className="facts">
        <dt>现在的值</dt>
        <dd>
          <b>{row.text}</b>　<mark>{confidenceLabels[row.param.confidence]}</mark>
        </dd>
        <dt>现在的出处</dt>
        <dd>{row.param.source.map((basis) => `${basis.document} ${basis.article}`).join('；')}</dd>
        {row.param.quote ? (
          <>
            <dt>原话</dt>
            <dd>“{row.param.quote}”</dd>
          </>
        ) : null}
      </dl>
      <Labelled label="正式文件的名称与文号">
        {(id) => <Input id={id} value={document} onChange={(e) => setDocument(e.target.value)} />}
      </Labelled>
      <Labelled label="条款">
        {(id) => <Input id={id} value={article} placeholder="第十二条" onChange={(e) => setArticle(e.target.value)} />}
      </Labelled>
      <Labelled label="条文原话（可不填）">
        {(id) => (
          <Input.TextArea id={id} className="grow" rows={1} value={quote} onChange={(e) => setQuote(e.target.value)} />
        )}
      </Labelled>
      <Labelled label="说明（可不填）">
        {(id) => <Input id={id} value={note} onChange={(e) => setNote(e.target.value)} />}
      </Labelled>
      <Labelled label="正式文件的原件（可不附；存入系统，可以下载核对）">
        {(id) => <Attachments id={id} single value={file ? [file] : []} onChange={(next) => setFile(next[0])} />}
      </Labelled>
      {changes ? (
        <Labelled label="条文所定的值">
          {(id) => (
            <span className="row" ref={changed}>
              <ValueInput
                id={id}
                label={row.name}
                like={row.param.value}
                value={value}
                onChange={setValue}
                nameOf={nameOf}
              />
              {row.param.unit ? <UnitOfPeriod value={unit} onChange={setUnit} /> : null}
            </span>
          )}
        </Labelled>
      ) : null}
      <div className="row-end">
        {onSkip ? <Button onClick={onSkip}>先跳过</Button> : null}
        {changes ? null : <Button onClick={() => setChanges(true)}>值与条文不同，改正</Button>}
        {changes ? (
          <Submit
            type="primary"
            htmlType="button"
            lacks={[...lacking, settled === null && row.param.value !== null && '条文所定的值']}
            onClick={() => finish(false)}
          >
            {same ? '值不变，只确认' : '照此改正'}
          </Submit>
        ) : (
          <Submit type="primary" htmlType="button" lacks={lacking} onClick={() => finish(true)}>
            值不变，只确认
          </Submit>
        )}
      </div>
    </section>
  )
}
