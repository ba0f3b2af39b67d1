import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const initiationApproved: Rule = {
  id: 'initiation.approved',
  title: '立项申请已经批准',
  severity: 'block',
  basis: source.rulemaking('第十一条至第十三条、第三十六条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { initiatedAt, planItem } = f.dossier
    if (initiatedAt === null) {
      return fails(
        `尚未批准立项${planItem ? '' : '（未列入年度制定计划，须补充论证）'}，请政府办公室文秘办理“同意立项”`,
      )
    }
    return holds(`已于${day(dateInShanghai(initiatedAt))}批准立项`)
  },
  examples: {
    holds: [{ name: '已批准立项', given: (f) => f, says: '2026年3月4日（星期三）' }],
    refused: [
      { name: '申请以后尚未批准', given: (f) => withDossier(f, { initiatedAt: null }), says: '尚未批准立项' },
      {
        name: '计划外项目尚未批准',
        given: (f) => withDossier(f, { initiatedAt: null, planItem: null }),
        says: '补充论证',
      },
    ],
  },
}
