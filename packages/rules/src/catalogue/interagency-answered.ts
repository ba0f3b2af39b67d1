// “同意并提出意见”的，意见采纳与否有记载：送审材料须有征求意见及意见采纳情况。
import { dateInShanghai } from '@dianzhang/calendar'
import { artefactLabels, roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { type Facts, latestAskedOf } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { atOrAfter, day, unitName } from '../words.ts'

const commented = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    interagency: d.interagency.map((i) =>
      i.unit === 'hy-finance' && i.opinion
        ? { ...i, opinion: { ...i.opinion, stance: 'agree_with_comments' as const, text: '建议写明资金来源。' } }
        : i,
    ),
  }))

export const interagencyAnswered: Rule = {
  id: 'interagency.answered',
  title: '部门同意并提出的意见，采纳与否有记载',
  // 没有逐条答复的规定，只须有采纳情况：只作提示，办理中始终可见。
  severity: 'warn',
  basis: source.legalityReview('二（五）'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const d = f.dossier
    const table = d.artefacts.find((a) => a.kind === 'comment_disposition')
    const open = latestAskedOf(d).filter(({ unit, opinion }) => {
      if (opinion?.stance !== 'agree_with_comments') return false
      const after = (at: string) => atOrAfter(at, opinion.at)
      return !(
        (table && after(table.at)) ||
        d.coordination.some((c) => c.units.includes(unit) && after(c.at)) ||
        d.substanceAnswers.some((a) => a.opinions.includes(unit) && after(a.at))
      )
    })
    if (open.length === 0) return holds('部门提出的意见，采纳与否都有记载')
    const named = open.map((i) => `${unitName(f, i.unit)}（${day(dateInShanghai(i.opinion?.at ?? f.now))}答复）`)
    return fails(
      `${named.join('、')}同意并提出了意见，没有记载采纳与否；请在协调结果中写明，或者提交${artefactLabels.comment_disposition}`,
    )
  },
  examples: {
    holds: [
      { name: '各部门都同意，一个提出了意见，已在协调结果中写明', given: (f) => f, says: '都有记载' },
      {
        name: '协调结果写明了采纳与否',
        given: (f) =>
          withDossier(commented(f), {
            coordination: [
              {
                at: '2026-03-24T10:00:00+08:00',
                on: '2026-03-24',
                units: ['hy-finance', 'hy-market'],
                settled: [],
                summary: '第五条已写明资金来源。',
              },
            ],
          }),
        says: '都有记载',
      },
      {
        name: '提交了意见采纳情况表',
        given: (f) =>
          withDossier(commented(f), (d) => ({
            artefacts: [
              ...d.artefacts,
              {
                kind: 'comment_disposition' as const,
                hash: 'c'.repeat(64),
                at: '2026-03-25T10:00:00+08:00',
                by: 'p-drafter',
                n: 1,
              },
            ],
          })),
        says: '都有记载',
      },
    ],
    refused: [
      { name: '财政局提出了意见，没有记载采纳与否', given: commented, says: '海原县财政局（2026年3月16日' },
      {
        name: '协调在答复以前，不算',
        given: (f) =>
          withDossier(commented(f), {
            coordination: [
              {
                at: '2026-03-01T10:00:00+08:00',
                on: '2026-03-01',
                units: ['hy-finance'],
                settled: [],
                summary: '初步沟通。',
              },
            ],
          }),
        says: '没有记载采纳与否',
      },
    ],
  },
}
