// Verdicts: satisfied or not, the reason, the article, the earliest date, who can satisfy it.
import { type Basis, confidenceLabels, type Verdict } from '@dianzhang/contract'
import { lazy, Suspense, useState } from 'react'
import type { TraceDay } from '../types.ts'
import { isDoubtful, plain, roleName } from '../words.ts'

const TraceCalendar = lazy(() => import('./trace-calendar.tsx'))

/** How a basis is cited: `《名称》（文号）条款`. */
export function cite({ document, article }: Basis): string {
  const match = /^(?!本系统|案卷)([^（《]+)(（.+）)?$/.exec(document)
  return `${match ? `《${match[1]}》${match[2] ?? ''}` : document}${article}`
}
export function BasisText({ basis, also = [] }: { basis: Basis; also?: Basis[] | undefined }) {
  return (
    <span className="basis">
      {[basis, ...also].map((each, i) => (
        <span key={`${each.document}${each.article}`}>
          {i > 0 ? '；' : ''}
          {cite(each)}
          {isDoubtful(each.confidence) ? (
            <mark title="出处或者数额尚未核实，以正式文件为准">
              {each.confidence ? confidenceLabels[each.confidence] : ''}
            </mark>
          ) : null}
        </span>
      ))}
    </span>
  )
}
export function Verdicts({ list, all = false }: { list: Verdict[]; all?: boolean }) {
  const shown = all ? list : list.filter((v) => !v.holds)
  if (shown.length === 0) return null
  return (
    <ul className="verdicts">
      {shown.map((v) => (
        <VerdictItem key={v.rule} verdict={v} />
      ))}
    </ul>
  )
}
function VerdictItem({ verdict: v }: { verdict: Verdict }) {
  const [open, setOpen] = useState(false)
  const trace = v.trace as TraceDay[] | undefined
  const kind = v.holds ? 'holds' : v.deviation ? 'deviates' : v.severity === 'warn' ? 'warns' : 'blocks'
  return (
    <li className={`verdict verdict-${kind}`} data-rule={v.rule}>
      <p>
        <b>{{ holds: '满足', deviates: '依规定偏离', warns: '提示', blocks: '未满足' }[kind]}</b> {v.title}
      </p>
      <p>{v.reason}</p>
      <p className="verdict-facts">
        <span>
          依据：
          <BasisText basis={v.basis} also={v.alsoBasis} />
        </span>
        {v.earliest && !v.holds ? (
          <span className="earliest">
            {{ closing: '最早截止', effective: '最早施行', act: '最早可办' }[v.earliestOf ?? 'act']}：
            <b>{plain(v.earliest)}</b>
            {v.provisional ? '（暂定：该年放假安排尚未公布）' : ''}
          </span>
        ) : null}
        {v.by?.length && !v.holds ? <span>可由{v.by.map(roleName).join('、')}办理</span> : null}
        {v.deviation ? (
          <span>
            偏离理由：{v.deviation.ground}（批准：{v.deviation.approver}）
          </span>
        ) : null}
        {trace?.length ? (
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            为什么是这一天
          </button>
        ) : null}
      </p>
      {open && trace ? (
        <Suspense fallback={null}>
          <TraceCalendar trace={trace} />
        </Suspense>
      ) : null}
    </li>
  )
}
