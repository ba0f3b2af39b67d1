// 论证、评估、审查说的是哪一份文本：其后有实质变化的，结论不及于现在的文本。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import { type AssessmentRecord, type Facts, headText } from '../facts.ts'
import { fails, holds, substanceBetween } from '../finding.ts'
import { assessingAgain, changedInSubstance, classified, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { versionOf } from '../words.ts'

/** 现有结论所及的文本与现文本有实质不同的，说明不同在何处；及于现文本的为 null。 */
function staleness(f: Facts, label: string, last: AssessmentRecord | undefined): string | null {
  const head = headText(f.dossier)
  if (!last?.textHash || !head) return null
  const changed = substanceBetween(f, last.textHash, head.hash)
  if (!changed) return null
  const what = changed.changes.slice(0, 3).join('；')
  return `${label}依据的是${versionOf(f.dossier, last.textHash)}，现为第${head.n}版，其间有实质变化（${what}${changed.changes.length > 3 ? '等' : ''}）`
}
const changed = (f: Facts): Facts =>
  changedInSubstance(withNewText(assessingAgain(f), 'a'.repeat(64), '2026-05-12T10:00:00+08:00'), 2, {
    changes: ['用语：增加罚款'],
  })

export const assessmentCurrent: Rule = {
  id: 'assessment.current',
  title: '专家论证、风险评估、公平竞争审查及于现文本的实质内容',
  severity: 'block',
  basis: source.fairCompetitionRules('第二十七条、第二十八条、第三十二条'),
  by: [roleLabels.drafter, roleLabels.fair_competition_reviewer],
  judge: (f) => {
    const { classification: c, expertReviews, riskAssessments, fairCompetition } = f.dossier
    const again = f.pack.fairCompetition.again
    const others = f.pack.assessment.again
    const also = { alsoBasis: [...again.source, ...others.source] }
    const faults = [
      c.expertise && { say: staleness(f, '专家论证', expertReviews.at(-1)), by: others },
      (c.majorDecision || c.stability) && { say: staleness(f, '风险评估', riskAssessments.at(-1)), by: others },
      (c.competition ?? c.enterpriseRelated) && {
        say: staleness(f, '公平竞争审查', fairCompetition.at(-1)),
        by: again,
      },
    ].filter((x): x is { say: string; by: typeof again } => Boolean(x) && (x as { say: string | null }).say !== null)
    if (faults.length === 0) return holds('须作的论证、评估、审查及于现文本的实质内容', also)
    return fails(
      `${faults.map((x) => x.say).join('；')}；请就现文本再次确认或者重新审查${mark(...faults.map((x) => x.by))}`,
      // 依旧版规则包办理的，当时没有此项要求，只作提示。
      { ...also, severity: faults.some((x) => x.by.value) ? 'block' : 'warn' },
    )
  },
  examples: {
    holds: [
      { name: '审查以后只有文字上的不同', given: (f) => withNewText(f, 'a'.repeat(64), '2026-05-12T10:00:00+08:00') },
      {
        name: '不须论证、评估、审查的',
        given: (f) =>
          classified(changed(f), {
            expertise: false,
            majorDecision: false,
            stability: false,
            competition: false,
            enterpriseRelated: false,
          }),
      },
    ],
    refused: [
      { name: '审查以后增加了罚款', given: changed, says: '第2版，现为第3版，其间有实质变化（用语：增加罚款）' },
      {
        name: '旧版规则包没有此项要求，只作提示',
        given: (f) => assessingAgain(changed(f), false),
        says: '请就现文本',
      },
    ],
  },
}
