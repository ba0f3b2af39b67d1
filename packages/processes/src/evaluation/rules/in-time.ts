import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { answered, doing, on, reported } from '../example.ts'
import { answerDue, finishDue, publishDue, within } from '../periods.ts'
import type { EvaluationRule } from '../shape.ts'

const periods: Record<string, typeof finishDue> = {
  SubmitReport: finishDue,
  AnswerReport: answerDue,
  PublishReport: publishDue,
}
export const inTime: EvaluationRule = {
  id: 'evaluation.in-time',
  title: '提交、答复、公布都在期限以内',
  severity: 'warn',
  basis: source.majorDecision('第三十六条'),
  by: ['评估人员', '制定机关'],
  judge: (f) => {
    const { type } = f.command
    if (type === 'SubmitReport' && f.today > f.dossier.until)
      return fails(`已经超过方案所定的期限${day(f.dossier.until)}；照常办理，记为逾期`)
    const found = periods[type]?.(f)
    if (!found) return holds('没有日数的期限')
    const [basis, ...alsoBasis] = found.basis
    const more = {
      ...(basis ? { basis } : {}),
      ...(alsoBasis.length ? { alsoBasis } : {}),
      provisional: found.answer.provisional,
    }
    return f.today > found.answer.due
      ? fails(`已经超过期限：${within(found)}；照常办理，记为逾期`, more)
      : holds(within(found), more)
  },
  examples: {
    holds: [
      { name: '方案批准后90日内提交', given: (f) => doing(f, 'SubmitReport'), says: '90日' },
      { name: '答复完毕后20个工作日内公布', given: (f) => doing(answered(f), 'PublishReport'), says: '20个工作日' },
    ],
    refused: [
      { name: '过了方案的期限', given: (f) => on(doing(f, 'SubmitReport'), '2027-01-05'), says: '方案所定' },
      { name: '过了30日才答复', given: (f) => on(doing(reported(f), 'AnswerReport'), '2026-11-30'), says: '30日' },
      { name: '过了20个工作日才公布', given: (f) => on(doing(answered(f), 'PublishReport'), '2026-12-10') },
    ],
  },
}
