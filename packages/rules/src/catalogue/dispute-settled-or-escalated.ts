import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { atOrAfter, day, unitName } from '../words.ts'
import { latestAsked } from './interagency-replied.ts'

interface Objection {
  unit: string
  at: string
  on: string
  settled: boolean
  escalated: boolean
}

// 只看每个单位最近一次答复；后来改为同意的不再是异议。
function objections(f: Facts): Objection[] {
  const { interagency, coordination, escalations } = f.dossier
  return latestAsked(f).flatMap(({ unit }) => {
    const opinion = interagency.filter((i) => i.unit === unit && i.opinion).at(-1)?.opinion
    if (opinion?.stance !== 'object') return []
    return [
      {
        unit,
        at: opinion.at,
        on: opinion.on,
        settled: coordination.some((c) => c.settled.includes(unit) && atOrAfter(c.at, opinion.at)),
        escalated: escalations.some((e) => atOrAfter(e.at, opinion.at)),
      },
    ]
  })
}

const disputed = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    interagency: d.interagency.map((i) =>
      i.unit === 'hy-finance' && i.opinion
        ? { ...i, opinion: { ...i.opinion, stance: 'object' as const, text: '补助标准缺少依据。' } }
        : i,
    ),
  }))
const escalated = (f: Facts): Facts =>
  withDossier(f, {
    escalations: [{ at: '2026-03-25T10:00:00+08:00', to: '县政府分管领导', decision: '按修改方案办理' }],
  })
const evaluated = (f: Facts): Facts =>
  withDossier(f, {
    thirdParty: [
      {
        date: '2026-03-30',
        at: '2026-03-30T10:00:00+08:00',
        by: 'p-drafter',
        textHash: null,
        conclusion: '方案可行。',
      },
    ],
  })

export const disputeSettledOrEscalated: Rule = {
  id: 'dispute.settled-or-escalated',
  title: '部门异议已经协调一致，或者已经上报决定',
  severity: 'block',
  basis: source.officialPapers('第十六条第（四）项'),
  by: [roleLabels.drafter, roleLabels.unit_head],
  judge: (f) => {
    const third = f.pack.dispute.thirdPartyEvaluation
    const more = { alsoBasis: [source.majorDecision('第十三条'), ...third.source] }
    const all = objections(f)
    if (all.length === 0) return holds('没有部门持异议', more)
    const open = all.filter((o) => !o.settled && !o.escalated)
    if (open.length > 0) {
      const names = open.map((o) => `${unitName(f, o.unit)}（${day(o.on)}答复不同意）`).join('、')
      return fails(
        `${names}的异议尚未协调一致，也没有上报决定。请记录协调结果，或者由起草单位负责人列明各方意见、理由和依据上报`,
        more,
      )
    }
    const major = all.filter((o) => !o.settled && o.escalated)
    const missing = major.filter((o) => !f.dossier.thirdParty.some((t) => t.date >= dateInShanghai(o.at)))
    if (third.value && missing.length > 0) {
      return fails(
        `${missing.map((o) => unitName(f, o.unit)).join('、')}的异议未能协调一致而上报决定，属于部门争议较大，应当引入第三方评估，尚无评估记录${mark(third)}`,
        more,
      )
    }
    return holds(`部门异议${all.length}项，均已协调一致或者上报决定${mark(third)}`, more)
  },
  examples: {
    holds: [
      { name: '没有异议', given: (f) => f, says: '没有部门持异议' },
      {
        name: '经协调不再持异议',
        given: (f) =>
          withDossier(disputed(f), {
            coordination: [
              {
                at: '2026-03-24T10:00:00+08:00',
                on: '2026-03-24',
                units: ['hy-finance'],
                settled: ['hy-finance'],
                summary: '修改补助条款。',
              },
            ],
          }),
        says: '均已协调一致',
      },
      { name: '上报决定，并有第三方评估', given: (f) => evaluated(escalated(disputed(f))), says: '上报决定' },
    ],
    refused: [
      { name: '财政局不同意，未协调', given: disputed, says: '海原县财政局（2026年3月16日（星期一）答复不同意）' },
      {
        name: '上报在异议之前，不算',
        given: (f) =>
          withDossier(disputed(f), {
            escalations: [{ at: '2026-03-01T10:00:00+08:00', to: '县政府', decision: null }],
          }),
        says: '尚未协调一致',
      },
      {
        name: '上报决定，但本地要求的第三方评估没有做',
        given: (f) => escalated(disputed(f)),
        says: '应当引入第三方评估',
      },
    ],
  },
}
