// The own tab of a drafting plan or catalogue of decisions: the items with where each stands, proposals of the public,
// adjustments, approval and consent.
import {
  adjustmentLabels,
  argumentLabels,
  decisionStepLabels,
  planItemKindLabels,
  proposalAnswerLabels,
} from '@dianzhang/contract'
import { Link } from '@tanstack/react-router'
import { Table } from '../registers/parts.tsx'
import type { Matter } from './types.ts'

interface Item {
  n: number
  title: string
  unitName: string
  due: string
  kind: keyof typeof planItemKindLabels | null
  steps: Array<keyof typeof decisionStepLabels>
  hearing: boolean
  basis: string
  overlap: string | null
  argued: { outcome: keyof typeof argumentLabels; argument: string } | null
  dropped: { on: string; reason: string } | null
  carried: { on: string; reason: string } | null
  completed: { on: string; document: string | null } | null
}
interface Own {
  year: number
  until: string | null
  items: Item[]
  proposals: Array<{
    n: number
    title: string
    reason: string
    on: string
    answer: { answer: keyof typeof proposalAnswerLabels; reason: string } | null
  }>
  approval: { on: string; number: string | null } | null
  consent: { on: string; reference: string } | null
  publishedOn: string | null
  adjustments: Array<{ on: string; adjustment: string; item: number; reason: string }>
  statement: { summary: string; on: string } | null
  /** Files that name an item of this plan. */
  documents?: Array<{ item: number; id: string; title: string; stage: string }>
  counts?: Array<{ unit: string; now: number; before: number | null }>
  standing: number
  unsettled: number
}
const stateOf = (item: Item): string =>
  item.dropped
    ? `${item.dropped.on} 撤下：${item.dropped.reason}`
    : item.carried
      ? `${item.carried.on} 结转：${item.carried.reason}`
      : item.completed
        ? `${item.completed.on} 完成`
        : item.argued
          ? argumentLabels[item.argued.outcome]
          : '等待论证'
const adjustmentName = (code: string): string =>
  code === 'carry' ? '结转下一年度' : (adjustmentLabels[code as keyof typeof adjustmentLabels] ?? code)

export default function YearlyList({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  return (
    <div className="stack">
      <dl className="facts">
        <dt>公开征集</dt>
        <dd>{own.until ? `至 ${own.until}` : '没有公开征集'}</dd>
        <dt>批准</dt>
        <dd>
          {own.approval ? `${own.approval.on}${own.approval.number ? `，${own.approval.number}` : ''}` : '还没有'}
        </dd>
        {matter.process === 'decision-catalogue' ? (
          <>
            <dt>党委同意</dt>
            <dd>{own.consent ? `${own.consent.on}，${own.consent.reference}` : '还没有'}</dd>
          </>
        ) : null}
        <dt>公布</dt>
        <dd>
          {own.publishedOn ? (
            <a href={`/yearly-lists/${encodeURIComponent(matter.id)}`}>{own.publishedOn}</a>
          ) : (
            '还没有'
          )}
        </dd>
        <dt>件数</dt>
        <dd>
          列入 {own.standing} 项，没有着落的 {own.unsettled} 项
        </dd>
      </dl>
      <Table
        rows={own.items}
        keyOf={(item) => String(item.n)}
        empty="还没有申报的事项"
        columns={[
          { head: '序号', cell: (item) => item.n, num: true },
          { head: '名称', cell: (item) => item.title },
          {
            head: '类别、程序',
            cell: (item) =>
              item.kind && item.steps.length === 0
                ? planItemKindLabels[item.kind]
                : `${item.steps.map((step) => decisionStepLabels[step]).join('、')}${item.hearing ? '；听证' : ''}`,
          },
          { head: '单位', cell: (item) => item.unitName },
          { head: '完成时限', cell: (item) => item.due },
          {
            head: '情况',
            cell: (item) => (
              <>
                {stateOf(item)}
                {own.documents
                  ?.filter((x) => x.item === item.n)
                  .map((x) => (
                    <div key={x.id}>
                      <Link to="/documents/$id" params={{ id: x.id }}>
                        {x.title}
                      </Link>
                    </div>
                  ))}
              </>
            ),
          },
        ]}
      />
      {own.counts && own.counts.length > 0 ? (
        <section className="stack">
          <h3>各单位的件数（只减不增）</h3>
          <Table
            rows={own.counts}
            keyOf={(x) => x.unit}
            empty=""
            columns={[
              { head: '单位', cell: (x) => x.unit },
              { head: '本年', cell: (x) => x.now, num: true },
              { head: '上年', cell: (x) => x.before ?? '没有上年的清单', num: true },
            ]}
          />
        </section>
      ) : null}
      {own.proposals.length > 0 ? (
        <section className="stack">
          <h3>公众的建议</h3>
          <Table
            rows={own.proposals}
            keyOf={(one) => String(one.n)}
            empty=""
            columns={[
              { head: '序号', cell: (one) => one.n, num: true },
              { head: '建议', cell: (one) => one.title },
              { head: '理由', cell: (one) => one.reason },
              {
                head: '答复',
                cell: (one) =>
                  one.answer ? `${proposalAnswerLabels[one.answer.answer]}：${one.answer.reason}` : '还没有答复',
              },
            ]}
          />
        </section>
      ) : null}
      {own.adjustments.length > 0 ? (
        <section className="stack">
          <h3>调整</h3>
          <ul>
            {own.adjustments.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
              <li key={i}>
                {one.on}：第 {one.item} 项{adjustmentName(one.adjustment)}。{one.reason}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {own.statement ? (
        <section className="stack">
          <h3>年终完成情况</h3>
          <p>{own.statement.summary}</p>
        </section>
      ) : null}
    </div>
  )
}
