// What is printed of a file: the processing sheet (办理单), one page of who did what and when; the screen does not show it.
import { actorRoleLabels, legalityOutcomeLabels, opinionLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { historyQuery, meQuery } from '../queries.ts'
import type { Doc, HistoryEvent } from '../types.ts'
import { dateOf, momentOf, plain } from '../words.ts'
import { classificationTags } from './classification.ts'

/** Steps that only keep the file up to date are not acts of anybody. */
const routine = new Set(['RecomputeDeadlines'])
const whoDid = (event: HistoryEvent): string => {
  const { actor } = event as {
    actor?: { name?: string | null; unitName?: string | null; kind?: string; roles?: string[] }
  }
  const role = actor?.roles?.[0]
  return [actor?.unitName, actor?.name ?? (role ? (actorRoleLabels as Record<string, string>)[role] : null)]
    .filter(Boolean)
    .join('　')
}
export function ProcessSheet({ doc }: { doc: Doc }) {
  const { data: history } = useQuery({ ...historyQuery(doc.id), staleTime: 30_000 })
  const { data: me } = useQuery(meQuery)
  const opinion = doc.review?.opinion
  const rows: Array<[string, string]> = [
    ['制定机关', doc.issuers.map((each) => each.name).join('、')],
    ['起草单位', doc.draftingUnit.name],
    ['分类', classificationTags(doc.classification).join('、') || '一般'],
    ['制定的必要性', doc.necessity],
    ['现在的环节', doc.stageLabel],
    ...(doc.text ? [['文本', `第${doc.text.n}版，${momentOf(doc.text.at)}`] as [string, string]] : []),
    ...doc.interagency.map((item): [string, string] => [
      `${doc.units[item.unit] ?? item.unit}意见`,
      item.opinion
        ? `${opinionLabels[item.opinion.stance]}${item.opinion.text ? `：${item.opinion.text}` : ''}（${item.opinion.on}）`
        : `未答复（期限${item.dueOn}）`,
    ]),
    ...doc.consultations.map((round): [string, string] => [
      '公开征求意见',
      `${plain(round.opensOn)}至${plain(round.closesOn)}${round.feedbackAt ? `，采纳情况于${dateOf(round.feedbackAt)}公布` : ''}`,
    ]),
    ...(opinion
      ? [
          [
            '合法性审核',
            `${legalityOutcomeLabels[opinion.outcome]}${opinion.number ? `，${opinion.number}` : ''}，${plain(opinion.on)}`,
          ] as [string, string],
        ]
      : []),
    ...(doc.decision
      ? [['集体审议', `${plain(doc.decision.date)}　${doc.decision.body}　${doc.decision.session}`] as [string, string]]
      : []),
    ...(doc.signatures.length > 0
      ? [
          [
            '签署',
            doc.signatures.map((each) => `${doc.people[each.person] ?? each.person}（${each.on}）`).join('、'),
          ] as [string, string],
        ]
      : []),
    ...(doc.numbers
      ? [['发文字号', `${doc.numbers.document}　登记号 ${doc.numbers.registry}`] as [string, string]]
      : []),
    ...(doc.publication
      ? [
          ['公布', `${plain(doc.publication.publishedOn)}公布，${plain(doc.publication.effectiveDate)}施行`] as [
            string,
            string,
          ],
        ]
      : []),
  ]
  return (
    <section className="print-sheet" data-testid="process-sheet" aria-hidden="true">
      <p className="sheet-name">行政规范性文件办理单</p>
      <p className="sheet-title">{doc.title}</p>
      <table>
        <tbody>
          {rows.map(([name, says], i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rounds may read alike
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>办理经过</p>
      <table>
        <thead>
          <tr>
            <th>时间</th>
            <th>办理</th>
            <th>由谁</th>
          </tr>
        </thead>
        <tbody>
          {(history ?? [])
            .filter((event) => !routine.has(event.type))
            .toSorted((a, b) => a.seq - b.seq)
            .map((event) => (
              <tr key={event.seq}>
                <td>{momentOf(event.at)}</td>
                <td>{event.label}</td>
                <td>{whoDid(event)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p>
        打印：{me?.unitName}　{me?.name}　{momentOf(me?.demo?.now ?? new Date())}
      </p>
    </section>
  )
}
