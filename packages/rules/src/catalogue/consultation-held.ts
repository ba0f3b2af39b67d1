import { addDays } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { classified, withDossier } from '../patch.ts'
import { consultationNeeded } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

/** 必须公开征求意见的原因，逐项列出。 */
function causes(f: Facts): string {
  const { affectsRights, enterpriseRelated, majorDecision } = f.dossier.classification
  return [
    affectsRights && '对公民、法人和其他组织权利义务有重大影响或者涉及群众切身利益',
    enterpriseRelated && '与经营主体生产经营活动密切相关',
    majorDecision && '属于重大行政决策',
  ]
    .filter(Boolean)
    .join('、')
}

const stillOpen = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    consultations: d.consultations.map((r) => ({
      ...r,
      closedAt: null,
      closesOn: '2026-06-12',
      closesAt: '2026-06-13T00:00:00+08:00',
    })),
  }))

export const consultationHeld: Rule = {
  id: 'consultation.held',
  title: '依法应当公开征求意见的，已经公开征求并截止',
  severity: 'block',
  basis: source.indicators('第24项'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const d = f.dossier
    const also = {
      alsoBasis: [
        ...(d.classification.enterpriseRelated ? [source.business('第六十二条')] : []),
        ...(d.classification.majorDecision ? [source.majorDecision('第十四条、第十五条')] : []),
        source.organicLaw('第七十五条'),
      ],
    }
    const closed = d.consultations.findLast((r) => r.closedAt !== null)
    if (closed?.closedAt) {
      return holds(
        `已就第${closed.textVersion}版公开征求意见，${day(closed.opensOn)}公告，${day(closed.closesOn)}24:00截止`,
        also,
      )
    }
    const open = d.consultations.at(-1)
    if (open) {
      const earliest = addDays(open.closesOn, 1)
      return fails(`公开征求意见尚未截止：截止日为${day(open.closesOn)}24:00，最早可于${day(earliest)}办理下一步`, {
        ...also,
        earliest,
      })
    }
    if (d.classification.confidential)
      return holds('依法需要保密或者依法不予公开，不公开征求意见', {
        alsoBasis: [source.majorDecision('第十四条'), source.business('第六十二条')],
      })
    if (d.classification.nonPublic)
      return holds('依本地规定非公开征求意见，不公开征求', { alsoBasis: f.pack.consultation.nonPublicAllowed.source })
    if (!consultationNeeded(d.classification)) return holds('不属于依法必须公开征求意见的文件', also)
    return fails(`本文件${causes(f)}，应当向社会公开征求意见，尚未公开征求`, also)
  },
  examples: {
    holds: [
      { name: '已经征求并截止', given: (f) => f, says: '2026年4月13日（星期一）24:00截止' },
      {
        name: '涉密文件不公开征求',
        given: (f) => withDossier(classified(f, { confidential: true }), { consultations: [] }),
        says: '不公开征求意见',
      },
      {
        name: '不影响权利义务的文件',
        given: (f) =>
          withDossier(classified(f, { affectsRights: false, enterpriseRelated: false, majorDecision: false }), {
            consultations: [],
          }),
        says: '不属于依法必须公开征求意见',
      },
    ],
    refused: [
      {
        name: '涉企文件没有公开征求意见',
        given: (f) => withDossier(f, { consultations: [] }),
        says: '与经营主体生产经营活动密切相关',
      },
      { name: '仍在征求意见', given: stillOpen, says: '最早可于2026年6月13日（星期六）' },
    ],
  },
}
