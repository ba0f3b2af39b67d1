// One row of the census: document and questions, opinion, reason, check. The keyboard walks the rows: arrows change
// the row, 1–5 choose, Enter goes to the reason.
import {
  type CleanupOutcome,
  cleanupOutcomeLabels,
  cleanupOutcomes,
  type LapseGround,
  lapseGroundLabels,
} from '@dianzhang/contract'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type KeyboardEvent, useId } from 'react'
import { DateInput } from '../parts/date-input.tsx'
import { type Draft, type Item, lackOf } from './cleanup-draft.ts'

export interface RowProps {
  item: Item
  draft: Draft | undefined
  open: boolean
  chosen: boolean
  /** May give opinions, may check. */
  gives: boolean
  checks: boolean
  /** Not of the own unit (the organiser may fill in for others). */
  foreign: boolean
  differs: string | undefined
  /** Tried once: what is missing is said in the row. */
  tried: boolean
  onKey: (event: KeyboardEvent, item: Item) => void
  onOpen: (item: Item) => void
  onChoose: (n: number, on: boolean) => void
  onDraft: (item: Item, change: Partial<Draft>) => void
  onDiffer: (n: number, reason: string | null) => void
}
export const rowId = (n: number): string => `cleanup-item-${n}`
export const reasonId = (n: number): string => `cleanup-reason-${n}`

/** Without its full stop, where more follows. */
const unstopped = (text: string): string => text.replace(/。$/u, '')

export function Row(props: RowProps) {
  const { item, draft, open, gives, checks, differs } = props
  const editable = gives && !item.gone && !item.afterDecision
  const outcome = draft ? draft.outcome : item.outcome
  const label = outcome ? cleanupOutcomeLabels[outcome] : '未提出'
  const lack = draft && props.tried ? lackOf(draft) : ''
  const dates = [
    item.publishedOn ? `${item.publishedOn}公布` : '',
    item.validUntil ? `有效期至${item.validUntil}` : '',
    item.statusLabel,
    item.origin === 'late' ? '补报' : item.origin === 'added' ? '并入' : '',
    item.afterDecision ? '决定以后发现，不入本次目录' : '',
  ].filter(Boolean)
  return (
    <tr className={draft ? 'selected' : ''}>
      {gives || checks ? (
        <td data-label="选定">
          <input
            type="checkbox"
            aria-label={`选定第${item.n}项`}
            checked={props.chosen}
            onChange={(event) => props.onChoose(item.n, event.target.checked)}
          />
        </td>
      ) : null}
      <td data-label="序号">{item.n}</td>
      <td data-label="文件">
        <div>
          {item.entry ? <a href={`/register/${encodeURIComponent(item.entry)}`}>{item.title}</a> : item.title}
          <p className="hint">
            {[item.number, item.unitName ?? '没有责任单位'].filter(Boolean).join('　')}
            {props.foreign ? '（不由您的单位负责）' : ''}
          </p>
          <p className="hint">{dates.join('，')}</p>
          {item.flagLabels.map((flag) => (
            <p className="cleanup-flag" key={flag}>
              请注意：{flag}？
            </p>
          ))}
        </div>
      </td>
      <td data-label="清理意见">
        <div>
          {editable ? (
            <button
              type="button"
              id={rowId(item.n)}
              className={`cleanup-pick${outcome ? '' : ' cleanup-none'}`}
              aria-label={`第${item.n}项清理意见：${label}`}
              aria-expanded={open}
              aria-keyshortcuts="1 2 3 4 5"
              onKeyDown={(event) => props.onKey(event, item)}
              onClick={() => props.onOpen(item)}
            >
              {label}
              {draft ? <small>　未保存</small> : null}
            </button>
          ) : (
            label
          )}
          {editable && open ? (
            <Choices
              label={`第${item.n}项选定清理意见`}
              value={outcome}
              onPick={(next) => props.onDraft(item, { outcome: next })}
            />
          ) : null}
        </div>
      </td>
      <td data-label="清理理由">
        {editable && (open || draft) ? (
          <Reasons
            name={`第${item.n}项`}
            id={reasonId(item.n)}
            value={
              draft ?? {
                outcome: item.outcome,
                reason: item.reason ?? '',
                lapseGround: '',
                what: '',
                due: '',
                ifLate: false,
              }
            }
            lack={lack}
            onChange={(change) => props.onDraft(item, change)}
            onKey={(event) => props.onKey(event, item)}
          />
        ) : (
          <div>
            {[
              item.reason && (item.lapseGround || item.amend) ? unstopped(item.reason) : item.reason,
              item.lapseGround ? lapseGroundLabels[item.lapseGround] : '',
              item.amend
                ? `拟修改：${unstopped(item.amend.what)}${item.amend.due ? `，${item.amend.due}以前` : ''}${item.amend.ifLate ? '，逾期失效' : ''}`
                : '',
            ]
              .filter(Boolean)
              .join('；')}
          </div>
        )}
      </td>
      <td data-label="核对">
        <div>
          {item.origin === 'list'
            ? ''
            : item.gone
              ? '无须核对'
              : item.check && item.checked
                ? item.check.agrees
                  ? '同意'
                  : '不同意'
                : item.outcome
                  ? '未核对'
                  : ''}
          {item.check && !item.check.agrees ? <p className="hint">{item.check.reason}</p> : null}
          {checks && item.outcome && !item.gone && !item.afterDecision ? (
            <>
              <Button
                size="small"
                aria-pressed={differs !== undefined}
                aria-label={`第${item.n}项不同意`}
                onClick={() => props.onDiffer(item.n, differs === undefined ? '' : null)}
              >
                不同意
              </Button>
              {differs === undefined ? null : (
                <Input.TextArea
                  aria-label={`第${item.n}项不同意的理由`}
                  rows={2}
                  autoFocus
                  placeholder="不同意的理由"
                  value={differs}
                  {...(props.tried && !differs.trim() ? { status: 'error' as const } : {})}
                  onChange={(event) => props.onDiffer(item.n, event.target.value)}
                />
              )}
            </>
          ) : null}
        </div>
      </td>
    </tr>
  )
}
/** The five outcomes, numbered as on the keyboard. */
export function Choices({
  label,
  value,
  onPick,
}: {
  label: string
  value: CleanupOutcome | null
  onPick: (next: CleanupOutcome) => void
}) {
  return (
    <fieldset className="cleanup-choices" aria-label={label}>
      {cleanupOutcomes.map((each, i) => (
        <button type="button" key={each} aria-pressed={value === each} onClick={() => onPick(each)}>
          <kbd>{i + 1}</kbd> {cleanupOutcomeLabels[each]}
        </button>
      ))}
    </fieldset>
  )
}
/** The reason, with the plan of an amendment or the ground of a lapse. */
export function Reasons({
  name,
  id,
  value,
  lack,
  onChange,
  onKey,
}: {
  name: string
  id: string
  value: Omit<Draft, 'seen'>
  lack: string
  onChange: (change: Partial<Draft>) => void
  onKey?: (event: KeyboardEvent) => void
}) {
  const told = useId()
  const bad = lack ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': told } : {}
  const keys = onKey ? { onKeyDown: onKey } : {}
  return (
    <div className="cleanup-reasons">
      <Input.TextArea
        id={id}
        aria-label={`${name}清理理由`}
        placeholder={value.outcome === 'keep' ? '继续有效的可以不填' : '清理理由'}
        rows={2}
        value={value.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
        {...keys}
        {...(value.reason.trim() ? {} : bad)}
      />
      {value.outcome === 'lapse' ? (
        <select
          aria-label={`${name}失效的缘由`}
          value={value.lapseGround}
          onChange={(event) => onChange({ lapseGround: event.target.value as LapseGround | '' })}
          {...keys}
        >
          <option value="">失效的缘由……</option>
          {Object.entries(lapseGroundLabels).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      ) : null}
      {value.outcome === 'amend' ? (
        <>
          <Input
            aria-label={`${name}拟修改的内容`}
            placeholder="拟修改的内容"
            value={value.what}
            onChange={(event) => onChange({ what: event.target.value })}
            {...keys}
            {...(value.what.trim() ? {} : bad)}
          />
          <DateInput
            id={`${id}-due`}
            label={`${name}完成时限`}
            value={value.due}
            onChange={(due = '') => onChange({ due })}
            onKey={onKey}
            bad={Boolean(lack) && !value.due}
          />
          <label>
            <input
              type="checkbox"
              checked={value.ifLate}
              onChange={(event) => onChange({ ifLate: event.target.checked })}
            />{' '}
            逾期未重新公布的，自次日起失效
          </label>
        </>
      ) : null}
      {lack ? (
        <p className="cleanup-lack" id={told} role="alert">
          {lack}
        </p>
      ) : null}
    </div>
  )
}
