import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import { type Facts, headText, reviewedHash } from '../facts.ts'
import { decisionCoversHead, fails, holds, isHead } from '../finding.ts'
import { withCommand, withDossier, withNewText } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled, unitNames, versionOf } from '../words.ts'

const signing = (f: Facts, contentHash: string): Facts =>
  withCommand(f, 'Sign', { contentHash }, { person: 'p-leader', unit: 'hy-gov', roles: ['leader'] })

export const signingSameText: Rule = {
  id: 'signing.same-text',
  title: '签署的文本就是审核、审议通过的现文本',
  severity: 'block',
  basis: source.officialPapers('第二十二条、第二十五条第（一）项'),
  by: [roleLabels.leader],
  judge: (f) => {
    const d = f.dossier
    const head = headText(d)
    if (!head) return fails('还没有文本')
    const faults: string[] = []
    const reviewed = reviewedHash(d)
    if (!isHead(d, reviewed))
      faults.push(
        `第${head.n}版未经合法性审核或者确认${reviewed === null ? '' : `（审核的是${versionOf(d, reviewed)}）`}`,
      )
    if (!decisionCoversHead(d))
      faults.push(
        `第${head.n}版不是审议通过的文本（${d.decision ? `审议的是${versionOf(d, d.decision.textHash)}` : '尚无审议决定'}）`,
      )
    const hash = f.command?.type === 'Sign' ? f.command.payload.contentHash : undefined
    if (filled(hash) && !isHead(d, hash))
      faults.push(`拟签署的是${versionOf(d, hash)}，现为第${head.n}版，请刷新后核对再签`)
    const stale =
      f.command?.type === 'Sign'
        ? []
        : d.signatures.filter(
            (s) =>
              d.issuers.includes(s.issuer) && !d.signatures.some((o) => o.issuer === s.issuer && isHead(d, o.textHash)),
          )
    if (stale.length > 0)
      faults.push(
        `${unitNames(f, [...new Set(stale.map((s) => s.issuer))])}签署的是${versionOf(d, stale.at(-1)?.textHash ?? null)}，须报原签批人复审`,
      )
    return faults.length > 0 ? fails(faults.join('；')) : holds(`第${head.n}版即审核、审议通过的文本`)
  },
  examples: {
    holds: [
      { name: '签署现文本', given: (f) => signing(f, exampleHash(2)), says: '第2版即审核、审议通过的文本' },
      { name: '已签署，其后没有变化', given: (f) => f },
    ],
    refused: [
      { name: '所见的是旧版', given: (f) => signing(f, exampleHash(1)), says: '拟签署的是第1版，现为第2版' },
      {
        name: '审议以后文本被改',
        given: (f) => signing(withNewText(f, exampleHash(3), '2026-05-21T10:00:00+08:00'), exampleHash(3)),
        says: '第3版不是审议通过的文本（审议的是第2版）',
      },
      {
        name: '没有审议通过',
        given: (f) => signing(withDossier(f, { decision: null }), exampleHash(2)),
        says: '不是审议通过的文本',
      },
    ],
  },
}
