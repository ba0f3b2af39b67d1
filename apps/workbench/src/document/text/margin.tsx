// The margin: hints from checks (explained ones are folded behind), citations, anchors of comments, numbering faults;
// can be filtered, and a click on an item goes to the body.
import type { Severity } from '@dianzhang/text'
import { type ReactNode, useMemo, useState } from 'react'
import { Empty } from '../../parts/states.tsx'
import { momentOf } from '../../words.ts'
import { type Item, type Side, sideNames, sides } from './items.ts'
import { anchorTone, anchorWords, isDoubtfulCitation, severities, severityNames } from './words.ts'

export interface MarginProps {
  items: readonly Item[]
  side: Side
  onSide: (side: Side) => void
  current: string | null
  onPick: (item: Item) => void
  /** What can be done under each item: explain the reason, list it as an opinion, and so on. */
  tools?: (item: Item) => ReactNode
  /** The parts not yet fetched. */
  missing?: ReactNode
}
/** The visible items of the current tab, for walking by keyboard. */
export const walkable = (items: readonly Item[], side: Side): Item[] =>
  items.filter((item) => item.side === side && !(item.side === 'findings' && item.waiver))

export function Margin({ items, side, onSide, current, onPick, tools, missing }: MarginProps) {
  const counts = useMemo(() => {
    const found: Record<Side, number> = { findings: 0, citations: 0, anchors: 0, faults: 0 }
    for (const item of items) if (!(item.side === 'findings' && item.waiver)) found[item.side]++
    return found
  }, [items])
  const [severity, setSeverity] = useState<Severity | ''>('')
  const [category, setCategory] = useState('')
  const [doubtful, setDoubtful] = useState(false)
  const [kind, setKind] = useState<'' | 'point' | 'comment'>('')
  const here = items.filter((item) => item.side === side)
  const findings = here.flatMap((item) => (item.side === 'findings' ? [item] : []))
  const categories = [...new Set(findings.map((item) => item.finding.category))].sort()
  const shown = here.filter((item) => {
    switch (item.side) {
      case 'findings':
        return (
          (severity === '' || item.finding.severity === severity) &&
          (category === '' || item.finding.category === category)
        )
      case 'citations':
        return !doubtful || isDoubtfulCitation(item.citation.status)
      case 'anchors':
        return kind === '' || item.anchor.kind === kind
      default:
        return true
    }
  })
  const waived = shown.filter((item) => item.side === 'findings' && item.waiver)
  const open = shown.filter((item) => !(item.side === 'findings' && item.waiver))
  const card = (item: Item) => (
    <Card key={item.ref} item={item} on={item.ref === current} onPick={onPick}>
      {tools?.(item)}
    </Card>
  )
  return (
    <div className="margin">
      <div className="margin-tabs" role="tablist" aria-label="页边">
        {sides.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === side}
            onClick={() => onSide(each)}
            disabled={counts[each] === 0 && each === 'faults' && each !== side}
          >
            {sideNames[each]} <b>{counts[each]}</b>
          </button>
        ))}
      </div>
      <div className="margin-filters">
        {side === 'findings' && findings.length > 0 ? (
          <>
            <select
              className="native"
              aria-label="按轻重筛选"
              value={severity}
              onChange={(e) => setSeverity(e.target.value as Severity | '')}
            >
              <option value="">轻重不限</option>
              {severities.map((each) => (
                <option key={each} value={each}>
                  {severityNames[each]}
                </option>
              ))}
            </select>
            <select
              className="native"
              aria-label="按类别筛选"
              value={category}
              onChange={(e) => setCategory(e.target.value)}
            >
              <option value="">类别不限</option>
              {categories.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </>
        ) : null}
        {side === 'citations' && here.length > 0 ? (
          <label>
            <input type="checkbox" checked={doubtful} onChange={(e) => setDoubtful(e.target.checked)} />{' '}
            只看须留意的（废止、失效、未找到等）
          </label>
        ) : null}
        {side === 'anchors' && here.length > 0 ? (
          <select
            className="native"
            aria-label="按来源筛选"
            value={kind}
            onChange={(e) => setKind(e.target.value as '' | 'point' | 'comment')}
          >
            <option value="">审核意见与公众意见</option>
            <option value="point">只看审核意见</option>
            <option value="comment">只看公众意见</option>
          </select>
        ) : null}
      </div>
      {missing}
      {side === 'findings' && findings.length > 0 ? (
        <p className="hint">每条都是一个问题，不是结论：可以改文本，也可以说明理由不改。</p>
      ) : null}
      {shown.length === 0 && !missing ? <Empty>{emptyWords(side, here.length > 0)}</Empty> : null}
      <ol className="cards">{open.map(card)}</ol>
      {waived.length > 0 ? (
        <details className="waived">
          <summary>已说明不改的 {waived.length} 处</summary>
          <ol className="cards">{waived.map(card)}</ol>
        </details>
      ) : null}
    </div>
  )
}
const emptyWords = (side: Side, filtered: boolean): string =>
  filtered
    ? '没有符合筛选条件的。'
    : {
        findings: '没有发现要问的。',
        citations: '没有引用其他文件。',
        anchors: '没有针对条文的意见。',
        faults: '编号连续，没有问题。',
      }[side]

function Card({
  item,
  on,
  onPick,
  children,
}: {
  item: Item
  on: boolean
  onPick: (item: Item) => void
  children: ReactNode
}) {
  return (
    <li className={`card-item${on ? ' on' : ''}`} data-card={item.ref} {...dataOf(item)}>
      <button type="button" className="card-head" aria-current={on || undefined} onClick={() => onPick(item)}>
        {headOf(item)}
      </button>
      <Body item={item} />
      {children}
    </li>
  )
}
const dataOf = (item: Item): Record<string, string> =>
  item.side === 'findings'
    ? { 'data-finding': item.finding.id, ...(item.waiver ? { 'data-waived': '' } : {}) }
    : item.side === 'anchors'
      ? { 'data-state': item.anchor.state }
      : item.side === 'citations'
        ? { 'data-status': item.citation.status }
        : {}
function headOf(item: Item): ReactNode {
  switch (item.side) {
    case 'findings':
      return (
        <>
          <span className={`sev sev-${item.finding.severity}`}>{severityNames[item.finding.severity]}</span>
          <b>{item.finding.category}</b>
          <span className="quiet">{item.finding.address ?? (item.place ? '' : '全文')}</span>
        </>
      )
    case 'citations':
      return (
        <>
          <span className={`sev sev-${isDoubtfulCitation(item.citation.status) ? 'warn' : 'good'}`}>
            {item.citation.statusLabel}
          </span>
          <b>{item.words}</b>
        </>
      )
    case 'anchors':
      return (
        <>
          <span className={`sev sev-${anchorTone[item.anchor.state]}`}>{anchorWords(item.anchor)}</span>
          <b>{item.anchor.kind === 'point' ? '审核意见' : '公众意见'}</b>
          <span className="quiet">原在{item.anchor.address ?? '全文'}</span>
        </>
      )
    case 'faults':
      return (
        <>
          <span className="sev sev-warn">编号</span>
          <b>{item.fault.message}</b>
        </>
      )
  }
}
function Body({ item }: { item: Item }) {
  switch (item.side) {
    case 'findings': {
      const { finding, waiver } = item
      return (
        <>
          {finding.quote ? <blockquote className="quote">{finding.quote}</blockquote> : null}
          <p>{finding.message}</p>
          <p className="quiet">
            依据：{finding.basis}　编号 {finding.id}
          </p>
          {finding.explained ? <p className="reason">起草人已说明：{finding.explained}（仍待审核人确认）</p> : null}
          {waiver ? (
            <p className="reason">
              {waiver.by === 'reviewer' ? '审核人' : '起草人'}
              {waiver.personName ?? ''}（第{waiver.version}版，{momentOf(waiver.at)}）：{waiver.reason}
            </p>
          ) : null}
        </>
      )
    }
    case 'citations': {
      const { citation } = item
      return (
        <>
          {citation.references.length > 0 ? <p>{citation.references.map((each) => each.text).join('、')}</p> : null}
          {citation.entry ? (
            <p>
              <a href={citation.entry.href} target="_blank" rel="noreferrer">
                {citation.entry.source === 'acts' ? '上位法目录' : '登记库'}：{citation.entry.title}
              </a>
              <span className="quiet">
                {citation.entry.documentNumber ? `　${citation.entry.documentNumber}` : ''}
                {citation.entry.effectiveDate ? `　${citation.entry.effectiveDate}起施行` : ''}
                {citation.entry.validUntil ? `，至${citation.entry.validUntil}` : ''}
              </span>
            </p>
          ) : (
            <p className="quiet">登记库与上位法目录里都没有找到，请核对名称与文号。</p>
          )}
        </>
      )
    }
    case 'anchors': {
      const { anchor } = item
      return (
        <>
          {anchor.quote ? <blockquote className="quote">{anchor.quote}</blockquote> : null}
          <p className="pre">{anchor.text}</p>
          <p className="quiet">
            {anchor.madeOn === null ? '' : `针对第${anchor.madeOn}版`}
            {anchor.state === 'changed' && anchor.now ? `　现为${anchor.now.address}，请对照原文` : ''}
          </p>
          {anchor.answer ? (
            <p className="reason">
              {anchor.answer.kind === 'adopted' ? '采纳' : '不采纳'}
              {anchor.answer.version ? `，体现于第${anchor.answer.version}版` : ''}
              {anchor.answer.reason ? `：${anchor.answer.reason}` : ''}
            </p>
          ) : null}
          {anchor.disposition ? (
            <p className="reason">
              {anchor.disposition.label ?? ''}：{anchor.disposition.reason}
            </p>
          ) : null}
        </>
      )
    }
    case 'faults':
      return <p className="quiet">第{item.fault.line}行。编号照原样保留，不自动改。</p>
  }
}
