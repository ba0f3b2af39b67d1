// The own tab of a scorecard: each item with its standard, self-assessment, score, the cases behind a deduction, the objection.
import { Table } from '../registers/parts.tsx'
import type { Matter } from './types.ts'

interface Case {
  evidence: string
  label: string
  count: number
  list: string
}
interface Own {
  unitName: string
  standard: { label: string; source: string }
  items: Array<{
    id: string
    group: string
    text: string
    standard: string
    weight: number
    ruleLabel: string
    self: number | null
    score: number | null
    reason: string | null
    cases: Case[]
    objection: { reason: string; on: string; decision: { outcome: string; reason: string } | null } | null
  }>
  total: number | null
  selfTotal: number | null
  selfOn: string | null
  checkedOn: string | null
  finalOn: string | null
  preview: Array<{ item: string; score: number; cases: Case[] }>
}
const Cases = ({ cases }: { cases: readonly Case[] }) => (
  <>
    {cases.map((x) => (
      <div key={x.evidence}>
        <a href={x.list.replace('/public/v1/statistics/', '/statistics/')}>
          {x.label}：{x.count} 件
        </a>
      </div>
    ))}
  </>
)

export default function Scorecard({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  return (
    <div className="stack">
      <dl className="facts">
        <dt>单位</dt>
        <dd>{own.unitName}</dd>
        <dt>标准</dt>
        <dd>
          {own.standard.label}（{own.standard.source}）
        </dd>
        <dt>自评</dt>
        <dd>{own.selfOn ? `${own.selfTotal} 分，${own.selfOn} 报送` : '还没有'}</dd>
        <dt>核定</dt>
        <dd>{own.checkedOn ? `${own.total} 分，${own.checkedOn}` : '还没有'}</dd>
        <dt>审定</dt>
        <dd>
          {own.finalOn ? <a href={`/scorecards/${encodeURIComponent(matter.id)}`}>{own.finalOn} 公布</a> : '还没有'}
        </dd>
      </dl>
      <Table
        rows={own.items}
        keyOf={(x) => x.id}
        empty=""
        columns={[
          {
            head: '考核内容',
            cell: (x) => (
              <>
                {x.text}
                <div className="soft">
                  {x.group}；{x.ruleLabel}。{x.standard}
                </div>
              </>
            ),
          },
          { head: '分值', cell: (x) => x.weight, num: true },
          { head: '自评', cell: (x) => x.self ?? '—', num: true },
          {
            head: '得分',
            cell: (x) => x.score ?? own.preview.find(({ item }) => item === x.id)?.score ?? '—',
            num: true,
          },
          {
            head: '理由与所依的件',
            cell: (x) => (
              <>
                {x.reason}
                <Cases
                  cases={x.cases.length > 0 ? x.cases : (own.preview.find(({ item }) => item === x.id)?.cases ?? [])}
                />
                {x.objection ? (
                  <div>
                    {x.objection.on} 异议：{x.objection.reason}
                    {x.objection.decision
                      ? `；${x.objection.decision.outcome === 'upheld' ? '采纳' : '不采纳'}：${x.objection.decision.reason}`
                      : '（尚待答复）'}
                  </div>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}
