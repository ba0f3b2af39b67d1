import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { headText } from '../facts.ts'
import { fails, holds, signatureOf, unsignedIssuers } from '../finding.ts'
import { withDossier, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitName, unitNames, versionOf } from '../words.ts'

export const signingAllIssuers: Rule = {
  id: 'signing.all-issuers',
  title: '每个制定机关的负责人均已就现文本签署',
  severity: 'block',
  basis: source.officialPapers('第二十二条'),
  by: [roleLabels.leader],
  judge: (f) => {
    const d = f.dossier
    const open = unsignedIssuers(d)
    if (open.length > 0) {
      const each = open.map((issuer) => {
        const old = signatureOf(d, issuer)
        return old
          ? `${unitName(f, issuer)}（${day(old.on)}签署的是${versionOf(d, old.textHash)}）`
          : unitName(f, issuer)
      })
      return fails(`尚未就第${headText(d)?.n ?? 0}版签署：${each.join('、')}；联合制发的，由所有联署机关的负责人会签`, {
        by: open.map((issuer) => `${unitName(f, issuer)}${roleLabels.leader}`),
      })
    }
    return holds(`${unitNames(f, d.issuers)}均已签署`)
  },
  examples: {
    holds: [{ name: '制定机关已经签署', given: (f) => f, says: '海原县人民政府均已签署' }],
    refused: [
      {
        name: '联合制发，另一方没有签署',
        given: (f) => withDossier(f, { issuers: ['hy-gov', 'zn-gov'] }),
        says: '中宁县人民政府',
      },
      {
        name: '签署以后文本变化',
        given: (f) => withNewText(f, 'f'.repeat(64), '2026-05-23T10:00:00+08:00'),
        says: '签署的是第2版',
      },
    ],
  },
}
