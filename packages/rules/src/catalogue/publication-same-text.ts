import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import { type Facts, headText, reviewedHash } from '../facts.ts'
import { decisionCoversHead, fails, holds, isHead, signatureOf } from '../finding.ts'
import { withDossier, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { unitName, versionOf } from '../words.ts'

const corrected = (f: Facts, substantive: boolean): Facts =>
  withDossier(withNewText(f, exampleHash(3), '2026-05-25T10:00:00+08:00', 'p-secretary'), {
    corrections: [
      {
        from: exampleHash(2),
        to: exampleHash(3),
        substantive,
        findings: [],
        confirmed: null,
        reason: '更正',
        at: '2026-05-25T10:00:00+08:00',
        by: 'p-secretary',
      },
    ],
  })

export const publicationSameText: Rule = {
  id: 'publication.same-text',
  title: '公布的文本与审核、审议、签署的文本一致',
  severity: 'block',
  basis: source.officialPapers('第二十五条第（一）项'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const d = f.dossier
    const head = headText(d)
    if (!head) return fails('还没有文本')
    const faults: string[] = []
    const reviewed = reviewedHash(d)
    if (!isHead(d, reviewed))
      faults.push(reviewed === null ? '没有有效的合法性审核意见' : `合法性审核的是${versionOf(d, reviewed)}`)
    if (!decisionCoversHead(d))
      faults.push(d.decision ? `审议的是${versionOf(d, d.decision.textHash)}` : '没有审议决定')
    for (const issuer of d.issuers) {
      const signature = signatureOf(d, issuer)
      if (!isHead(d, signature?.textHash ?? null))
        faults.push(
          signature
            ? `${unitName(f, issuer)}签署的是${versionOf(d, signature.textHash)}`
            : `${unitName(f, issuer)}没有签署`,
        )
    }
    if (faults.length > 0) return fails(`拟公布第${head.n}版，但${faults.join('、')}，文本不一致`)
    return holds(`第${head.n}版与审核、审议、签署的文本一致（非实质性更正除外）`)
  },
  examples: {
    holds: [
      { name: '文本一致', given: (f) => f, says: '第2版与审核、审议、签署的文本一致' },
      { name: '签署后只作非实质性更正', given: (f) => corrected(f, false), says: '第3版与审核' },
    ],
    refused: [
      {
        name: '签署后作实质性更正',
        given: (f) => corrected(f, true),
        says: '拟公布第3版，但合法性审核的是第2版、审议的是第2版、海原县人民政府签署的是第2版',
      },
      { name: '没有签署', given: (f) => withDossier(f, { signatures: [] }), says: '海原县人民政府没有签署' },
    ],
  },
}
