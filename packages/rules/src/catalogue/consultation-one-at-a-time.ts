// 同一案卷的公开征求意见，前一次截止以后才能开始后一次。
import { addDays } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const consultationOneAtATime: Rule = {
  id: 'consultation.one-at-a-time',
  title: '没有正在进行的公开征求意见',
  severity: 'block',
  basis: source.majorDecision('第十五条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const open = f.dossier.consultations.find((r) => r.closedAt === null)
    return open
      ? fails(
          `第${open.n}次公开征求意见正在进行，${day(open.closesOn)}24:00截止，不能重复开始；需要更长时间的请延长期限，文本有实质变化的待截止以后再次征求`,
          // 截止日的24:00以后。
          { earliest: addDays(open.closesOn, 1) },
        )
      : holds('没有正在进行的公开征求意见')
  },
  examples: {
    holds: [{ name: '先前的已经截止', given: (f) => f, says: '没有正在进行' }],
    refused: [
      {
        name: '前一次还没有截止',
        given: (f) =>
          withDossier(f, (d) => ({
            consultations: d.consultations.map((r) => ({ ...r, closedAt: null, feedbackAt: null })),
          })),
        says: '不能重复开始',
      },
    ],
  },
}
