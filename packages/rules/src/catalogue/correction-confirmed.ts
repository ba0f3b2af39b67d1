// 签署后的更正：实质与否由文字推算；哪怕是错字，也要另一个人看过花脸稿。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withSlip } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { versionOf } from '../words.ts'

export const correctionConfirmed: Rule = {
  id: 'correction.confirmed',
  title: '签署后的更正已由审核人或者签署人对照确认',
  severity: 'block',
  basis: source.officialPapers('第二十五条第（一）项'),
  by: [roleLabels.legality_reviewer, roleLabels.leader],
  judge: (f) => {
    const d = f.dossier
    const { maximumCharacters } = f.pack.correction
    const also = { alsoBasis: maximumCharacters.source }
    const open = d.corrections.filter((c) => !c.substantive && c.confirmed === null)
    if (open.length > 0)
      return fails(
        `${open.map((c) => `${versionOf(d, c.from)}更正为${versionOf(d, c.to)}（${c.reason}）`).join('、')}，尚未由审核人或者签署人对照花脸稿确认`,
        also,
      )
    return holds(d.corrections.length > 0 ? '签署后的更正均已确认或者另行复审' : '签署以后没有更正', also)
  },
  examples: {
    holds: [
      { name: '没有更正', given: (f) => f, says: '没有更正' },
      {
        name: '错字更正，审核人已确认',
        given: (f) => withSlip(f, { confirmed: { at: '2026-05-23T11:00:00+08:00', by: 'p-reviewer' } }),
        says: '均已确认',
      },
      {
        name: '实质性更正另行复审',
        given: (f) => withSlip(f, { substantive: true, findings: ['数字：500元→5000元'] }),
      },
    ],
    refused: [{ name: '错字更正没有人看过', given: withSlip, says: '第2版更正为第3版（错别字），尚未' }],
  },
}
