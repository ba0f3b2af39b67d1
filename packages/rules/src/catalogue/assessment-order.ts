// 顺序：先征求部门意见，后作专家论证、风险评估；其后文本又有变化的须再次确认。
import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { type AssessmentRecord, type Facts, headText, type PlainDate } from '../facts.ts'
import { fails, holds, isHead } from '../finding.ts'
import { withDossier, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, versionOf } from '../words.ts'

interface Fault {
  text: string
  severity: 'block' | 'warn'
}

function lastAnswer(f: Facts): PlainDate | null {
  const dates = f.dossier.interagency.flatMap((i) => (i.opinion ? [i.opinion.on] : []))
  return dates.sort().at(-1) ?? null
}

function faultOf(f: Facts, label: string, again: string, records: AssessmentRecord[]): Fault | null {
  const d = f.dossier
  const last = records.at(-1)
  const head = headText(d)
  if (!last || !head) return null
  const answered = lastAnswer(f)
  const inverted = answered !== null && last.date < answered
  const changed = last.textHash === null ? last.date < dateInShanghai(head.at) : !isHead(d, last.textHash)
  const seen = `${label}（${day(last.date)}，${versionOf(d, last.textHash)}）`
  if (inverted && changed) {
    return {
      severity: 'block',
      text: `${seen}早于部门答复（${day(answered)}），其后文本又有变化（现为第${head.n}版），结论不再可靠，须就现文本${again}`,
    }
  }
  if (inverted)
    return { severity: 'warn', text: `${seen}早于部门答复（${day(answered)}），顺序不当；文本没有变化，提请说明` }
  if (changed) return { severity: 'warn', text: `${seen}以后文本有变化（现为第${head.n}版），宜就现文本${again}` }
  return null
}

const beforeDepartments = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    expertReviews: d.expertReviews.map((r) => ({ ...r, date: '2026-03-10', textHash: d.texts[0]?.hash ?? null })),
  }))

export const assessmentOrder: Rule = {
  id: 'assessment.order',
  title: '专家论证、风险评估在部门答复之后，并及于现文本',
  severity: 'block',
  basis: source.majorDecision('第十三条、第十四条、第十九条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const d = f.dossier
    const faults = [
      faultOf(f, '专家论证', '由专家再次确认', d.expertReviews),
      faultOf(f, '风险评估', '再次确认风险评估结论', d.riskAssessments),
    ].filter((x) => x !== null)
    if (faults.length === 0) return holds('专家论证、风险评估的顺序与所据文本符合要求')
    const severity = faults.some((x) => x.severity === 'block') ? 'block' : 'warn'
    return fails(faults.map((x) => x.text).join('；'), { severity })
  },
  examples: {
    holds: [
      { name: '论证、评估均在部门答复之后，及于现文本', given: (f) => f, says: '符合要求' },
      {
        name: '顺序颠倒且文本变化，专家已再次确认',
        given: (f) =>
          withDossier(beforeDepartments(f), (d) => ({
            expertReviews: [...d.expertReviews, ...f.dossier.expertReviews],
          })),
        says: '符合要求',
      },
    ],
    refused: [
      { name: '专家论证早于部门答复，其后文本变化', given: beforeDepartments, says: '由专家再次确认' },
      {
        name: '顺序颠倒而文本没有变化，只作提示',
        given: (f) =>
          withDossier(f, (d) => ({ expertReviews: d.expertReviews.map((r) => ({ ...r, date: '2026-03-10' })) })),
        says: '顺序不当',
      },
      {
        name: '论证以后文本又有变化，只作提示',
        given: (f) => withNewText(f, 'f'.repeat(64), '2026-05-10T10:00:00+08:00'),
        says: '现为第3版',
      },
    ],
  },
}
