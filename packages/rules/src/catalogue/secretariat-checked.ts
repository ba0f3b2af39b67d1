import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { headText } from '../facts.ts'
import { fails, holds, secretariatCheckCovers } from '../finding.ts'
import { withDossier, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, versionOf } from '../words.ts'

export const secretariatChecked: Rule = {
  id: 'secretariat.checked',
  title: '提交审议前，办公机构已审核程序、格式、公开属性与解读方案',
  severity: 'block',
  basis: source.makingAndSupervision('（六）'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const d = f.dossier
    const check = d.secretariatCheck
    const also = { alsoBasis: [source.officialPapers('第二十条')] }
    if (!check) return fails('办公机构尚未审核程序、格式、公开属性与解读方案', also)
    const on = day(dateInShanghai(check.at))
    if (check.outcome === 'returned')
      return fails(`办公机构于${on}审核退回：${check.reasons.join('；') || '未写理由'}`, also)
    const covers = secretariatCheckCovers(d)
    if (covers === 'decision') return holds(`办公机构已于${on}审核通过，其后审议通过`, also)
    if (covers === null)
      return fails(
        `办公机构于${on}审核的是${versionOf(d, check.textHash)}，现为第${headText(d)?.n ?? 0}版，须重新审核`,
        also,
      )
    return holds(`办公机构已于${on}审核通过`, also)
  },
  examples: {
    holds: [{ name: '审核通过', given: (f) => f, says: '2026年5月15日（星期五）审核通过' }],
    refused: [
      { name: '没有审核', given: (f) => withDossier(f, { secretariatCheck: null }), says: '尚未审核' },
      {
        name: '审核退回',
        given: (f) =>
          withDossier(f, (d) => ({
            secretariatCheck: d.secretariatCheck && {
              ...d.secretariatCheck,
              outcome: 'returned' as const,
              reasons: ['缺少解读方案'],
            },
          })),
        says: '缺少解读方案',
      },
      {
        name: '审核以后文本又改',
        given: (f) => withNewText(f, 'f'.repeat(64), '2026-05-18T10:00:00+08:00'),
        says: '审核的是第2版，现为第3版',
      },
    ],
  },
}
