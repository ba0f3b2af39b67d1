import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { opinionAnswer } from '../dossier.ts'
import { corrected, kept, on, opined, willAmend } from '../example.ts'
import { changeDue, opinionDue } from '../periods.ts'
import type { FilingRule } from '../shape.ts'

export const notCorrected: FilingRule = {
  id: 'filing-review.not-corrected',
  title: '逾期没有答复、没有改正，或者答复不改的，才督办、提出议案',
  severity: 'block',
  basis: source.ruleFiling('第二十一条（参照）'),
  by: ['备案审查人'],
  judge: (f) => {
    const d = f.dossier
    if (d.correction) return fails('制定机关已经报告改正情况，审结即可')
    const ordered = d.motion?.decided
    if (ordered?.until)
      return f.today > ordered.until
        ? holds(`责令改正的期限已于${day(ordered.until)}届满`)
        : fails(`责令于${day(ordered.until)}以前改正，期限没有届满`, { earliest: ordered.until })
    const answer = opinionAnswer(d)
    if (answer?.action === 'keep' || answer?.action === 'explain') return holds('制定机关答复不作修改')
    const due = answer ? changeDue(f) : opinionDue(f)
    const what = answer ? '改正并报告' : '答复审查意见'
    if (!due) return holds(`本地没有规定${what}的日数`)
    return f.today > due.answer.due
      ? holds(`应于${day(due.answer.due)}以前${what}，逾期没有办理`, { alsoBasis: due.basis })
      : fails(`制定机关应于${day(due.answer.due)}以前${what}，期限没有届满`, {
          alsoBasis: due.basis,
          earliest: due.answer.due,
        })
  },
  examples: {
    holds: [
      { name: '答复不作修改', given: (f) => opined(f, [kept]), says: '不作修改' },
      { name: '逾期没有答复', given: (f) => on(opined(f), '2027-01-05'), says: '逾期' },
    ],
    refused: [
      { name: '答复的期限没有届满', given: (f) => opined(f), says: '期限没有届满' },
      { name: '答复修改，期限没有届满', given: (f) => opined(f, [willAmend]), says: '改正并报告' },
      { name: '已经改正', given: (f) => corrected(opined(f, [willAmend])), says: '已经报告' },
    ],
  },
}
