import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { byDecision, doing, external, finding, made } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const stopDecided: FilingRule = {
  id: 'filing-review.stop-decided',
  title: '要求立即停止执行的，有决定，且文件正在施行',
  severity: 'block',
  basis: source.bjNpc('第二十九条'),
  by: ['备案审查人'],
  judge: ({ today, dossier: d, command: { payload }, external: { status } }) => {
    const stops = ((payload.findings ?? []) as Array<{ demand?: string }>).some((x) => x.demand === 'stop')
    if (!stops) return holds('没有要求立即停止执行')
    if (d.decision) return fails('停止执行的是文件；对修改、废止的决定，可以要求改正，或者提出撤销的议案')
    const decision = payload.decision as { date?: string } | undefined
    if (!decision) return fails('要求立即停止执行的，须写明作出决定的机关与日期')
    if ((decision.date ?? '') > today) return fails('决定的日期在今日以后')
    return status === 'in_force' || status === 'amended'
      ? holds('有停止执行的决定，文件正在施行')
      : fails('文件没有在施行，不能停止执行；可以要求修改或者废止')
  },
  examples: {
    holds: [
      { name: '只要求修改', given: (f) => doing(f, 'IssueReviewOpinion', { findings: [finding()] }) },
      {
        name: '有停止执行的决定',
        given: (f) => doing(f, 'IssueReviewOpinion', { findings: [finding('stop')], decision: made }),
      },
    ],
    refused: [
      {
        name: '报送的是废止的决定',
        given: (f) => byDecision(doing(f, 'IssueReviewOpinion', { findings: [finding('stop')], decision: made })),
        says: '停止执行的是文件',
      },
      {
        name: '没有决定',
        given: (f) => doing(f, 'IssueReviewOpinion', { findings: [finding('stop')] }),
        says: '作出决定的机关',
      },
      {
        name: '尚未施行',
        given: (f) =>
          external(doing(f, 'IssueReviewOpinion', { findings: [finding('stop')], decision: made }), {
            status: 'pending',
          }),
        says: '没有在施行',
      },
    ],
  },
}
