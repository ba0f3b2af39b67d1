import { type ReviewOutcome, reviewItemLabels, reviewOutcomeLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { isReturned } from '../dossier.ts'
import { corrected, decided, doing, dossier, external, notFiled, opined, willAmend } from '../example.ts'
import type { FilingFacts, FilingRule } from '../shape.ts'

const ended: ReadonlySet<string> = new Set(['repealed', 'annulled', 'expired'])
/** 各种结果各须有什么；没有的答复一句话，有的为 null。 */
const needs: Record<ReviewOutcome, (f: FilingFacts) => string | null> = {
  no_problem: ({ dossier: d }) => {
    if (!d.registered) return '还没有登记'
    const found = d.checks.find((x) => x.result === 'problem')
    if (found) return `逐项审查记有问题：${reviewItemLabels[found.item]}`
    if (d.opinion && !d.opinion.answers.some((x) => x.action === 'explain')) return '已经出具审查意见，制定机关没有说明'
    return null
  },
  explained: ({ dossier: d }) =>
    d.inquiries.some((x) => x.answered) || d.opinion?.answers.length ? null : '制定机关没有作过说明',
  answered: ({ dossier: d }) => (d.opinion?.answers.length ? null : '制定机关还没有答复审查意见'),
  reminder: ({ dossier: d }) => (d.reminders.length > 0 ? null : '还没有函告提醒'),
  corrected: ({ dossier: d, external: { status } }) =>
    d.correction || (status !== null && (ended.has(status) || (status === 'amended' && d.opinion !== null)))
      ? null
      : '制定机关还没有报告改正情况',
  annulled: ({ dossier: d }) => (d.motion?.decided?.decision === 'annul' ? null : '还没有撤销的决定'),
  not_filed: ({ dossier: d, external: { status } }) => {
    if (d.registered) return '已经登记的，应当审查'
    if (status !== null && ended.has(status)) return null
    return isReturned(d) ? null : '文件仍然有效，应当报送；没有退回的不能这样办结'
  },
}
export const outcomeFits: FilingRule = {
  id: 'filing-review.outcome-fits',
  title: '审结的结果与审查的记录相符',
  severity: 'block',
  basis: source.ruleFiling('第十一条、第二十一条（参照）'),
  by: ['备案审查人'],
  judge: (f) => {
    const outcome = f.command.payload.outcome as ReviewOutcome | undefined
    if (!outcome) return holds('办理时选定结果')
    const fault = needs[outcome](f)
    return fault
      ? fails(`不能以“${reviewOutcomeLabels[outcome]}”审结：${fault}`)
      : holds(`“${reviewOutcomeLabels[outcome]}”与记录相符`)
  },
  examples: {
    holds: [
      { name: '未发现问题', given: (f) => doing(f, 'CloseReview', { outcome: 'no_problem' }) },
      {
        name: '已经改正',
        given: (f) => doing(corrected(opined(f, [willAmend])), 'CloseReview', { outcome: 'corrected' }),
      },
      { name: '已经撤销', given: (f) => doing(decided(f), 'CloseReview', { outcome: 'annulled' }) },
      {
        name: '没有报送而文件已经废止',
        given: (f) => external(doing(notFiled(f), 'CloseReview', { outcome: 'not_filed' }), { status: 'repealed' }),
      },
    ],
    refused: [
      {
        name: '记有问题而说没有问题',
        given: (f) =>
          doing(
            dossier(f, {
              checks: f.dossier.checks.map((x, i) => (i === 1 ? { ...x, result: 'problem' as const } : x)),
            }),
            'CloseReview',
            { outcome: 'no_problem' },
          ),
        says: '记有问题',
      },
      {
        name: '没有改正而说改正了',
        given: (f) => doing(dossier(f, { correction: null }), 'CloseReview', { outcome: 'corrected' }),
        says: '没有报告改正',
      },
      {
        name: '没有决定而说撤销了',
        given: (f) => doing(dossier(f, { motion: null }), 'CloseReview', { outcome: 'annulled' }),
        says: '没有撤销的决定',
      },
      {
        name: '没有函告而说提醒了',
        given: (f) => doing(f, 'CloseReview', { outcome: 'reminder' }),
        says: '没有函告',
      },
      {
        name: '没有说明而说说明了',
        given: (f) => doing(dossier(f, { inquiries: [], opinion: null }), 'CloseReview', { outcome: 'explained' }),
        says: '没有作过说明',
      },
      {
        name: '文件有效、没有报送，不能办结',
        given: (f) => doing(notFiled(f), 'CloseReview', { outcome: 'not_filed' }),
        says: '应当报送',
      },
    ],
  },
}
