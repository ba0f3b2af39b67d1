// Verifying and revising parameters by formal documents: the unverified ones are a queue, each is confirmed as it is or put right,
// and what was gone through becomes one new version. The old version and files in progress stay untouched.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState } from 'react'
import { post, sentence } from '../api.ts'
import { CommandDrawer } from '../forms/command-drawer.tsx'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { confidenceLabels, dateOf } from '../words.ts'
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
}
/**
 * The queue: the item in hand, those gone through, and one version of them all. What is open is a drawer, wherever on the page it
 * was opened from.
 */
export function VerificationDesk({
  base,
  queue,
  show,
  nameOf,
  onClose,
}: {
  base: string
  /** What is to be gone through, the one asked for first. */
  queue: readonly Row[]
  /** A value in words. */
  show: (value: unknown, unit: string | undefined) => string
  nameOf: NameOf
  onClose: () => void
}) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const [done, setDone] = useState<readonly Verified[]>([])
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set())
  const [effectiveFrom, setEffectiveFrom] = useState(today)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const left = queue.filter((row) => !skipped.has(row.path) && !done.some((each) => each.path === row.path))
  const [row] = left
  const rowOf = (path: string) => queue.find((each) => each.path === path)
  const submit = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await post<Told<typeof answers.PackRevised>>('/api/packs', {
        base,
        effectiveFrom,
        changes: done.map((each) => ({
          path: each.path,
          value: each.value,
          ...(each.unit ? { unit: each.unit } : {}),
          source: { document: each.document, article: each.article },
          ...(each.quote.trim() ? { quote: each.quote } : {}),
          ...(each.note.trim() ? { note: each.note } : {}),
        })),
      })
      toast(`已另立 ${made.version}，含 ${done.length} 项，自 ${effectiveFrom} 起适用于新立项的文件。`)
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
      <div className="stack" data-testid="verification-desk">
        {row ? (
          <Item
            key={row.path}
            row={row}
            last={done.at(-1)}
            show={show}
            nameOf={nameOf}
            onDone={(item) => setDone([...done, item])}
            onSkip={left.length > 1 ? () => setSkipped(new Set([...skipped, row.path])) : undefined}
          />
        ) : (
          <p className="good">都已看过。</p>
        )}
        {done.length > 0 ? (
          <section className="card stack" aria-label="将另立的一版">
            <h3>将另立的一版：{done.length} 项</h3>
            <div className="scroll-x">
              <table className="table folds">
                <thead>
                  <tr>
                    <th>项目</th>
                    <th>现在的值</th>
                    <th>新的一版</th>
                    <th>依据</th>
                    <th aria-label="操作" />
                  </tr>
                </thead>
                <tbody>
                  {done.map((each) => (
                    <tr key={each.path} data-path={each.path}>
                      <td data-label="项目">{each.name}</td>
                      <td data-label="现在的值">{show(rowOf(each.path)?.param.value, rowOf(each.path)?.param.unit)}</td>
                      <td data-label="新的一版">
                        {each.same ? <span className="quiet">不变，只确认</span> : <b>{show(each.value, each.unit)}</b>}
                      </td>
                      <td data-label="依据">
                        {each.document} {each.article}
                      </td>
                      <td>
                        <Button
                          size="small"
                          aria-label={`取出${each.name}`}
                          onClick={() => setDone(done.filter(({ path }) => path !== each.path))}
                        >
                          取出
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Labelled label="自何日起适用于新立项">
              {(id) => (
                <DateInput id={id} min={today} value={effectiveFrom} onChange={(next = '') => setEffectiveFrom(next)} />
              )}
            </Labelled>
            <p className="hint">
              在办的案卷仍用立项时的一版；会因此改变期限的，另立以后列在“规则包”页上，逐件预览后改用。
            </p>
            {problem ? (
              <p className="field-error" role="alert">
                {problem}
              </p>
            ) : null}
            <div className="row-end">
              <Button type="primary" loading={busy} disabled={!effectiveFrom} onClick={() => void submit()}>
                以这 {done.length} 项另立一版
              </Button>
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
  show,
  nameOf,
  onDone,
  onSkip,
}: {
  row: Row
  /** The item before: the same document often verifies several. */
  last: Verified | undefined
  show: (value: unknown, unit: string | undefined) => string
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
  const settled = settledValue(value)
  const same = JSON.stringify(settled) === JSON.stringify(row.param.value) && unit === (row.param.unit ?? '')
  const ready = document.trim() !== '' && article.trim() !== ''
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
    })
  return (
    <section className="card stack" aria-label={row.name} data-path={row.path}>
      <h3>{row.name}</h3>
      <dl className="facts">
        <dt>现在的值</dt>
        <dd>
          <b>{show(row.param.value, row.param.unit)}</b>　<mark>{confidenceLabels[row.param.confidence]}</mark>
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
          <Input.TextArea id={id} autoSize={{ minRows: 1 }} value={quote} onChange={(e) => setQuote(e.target.value)} />
        )}
      </Labelled>
      <Labelled label="说明（可不填）">
        {(id) => <Input id={id} value={note} onChange={(e) => setNote(e.target.value)} />}
      </Labelled>
      {changes ? (
        <Labelled label="条文所定的值">
          {(id) => (
            <span className="row">
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
          <Button
            type="primary"
            disabled={!ready || (settled === null && row.param.value !== null)}
            onClick={() => finish(false)}
          >
            {same ? '值不变，只确认' : '照此改正'}
          </Button>
        ) : (
          <Button type="primary" disabled={!ready} onClick={() => finish(true)}>
            值不变，只确认
          </Button>
        )}
      </div>
    </section>
  )
}
