// 更正须有改动：与更正以前一字不差的，不是更正。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withSlip } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { versionOf } from '../words.ts'

const correcting = (f: Facts, to: string): Facts => withCommand(withSlip(f, { to }), 'CorrectAfterSigning')

export const correctionChanges: Rule = {
  id: 'correction.changes',
  title: '更正以后的文本与原来的不同',
  severity: 'block',
  basis: source.officialPapers('第二十五条第（一）项'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    // 就更正以后的案卷判断：最近一次更正即正在办理的这一次。
    const made = f.command?.type === 'CorrectAfterSigning' ? f.dossier.corrections.at(-1) : undefined
    if (made === undefined || made.from !== made.to) return holds('更正改动了文本')
    return fails(`更正后的文本与${versionOf(f.dossier, made.from)}一字不差，没有更正什么；请改动文字以后再提交`)
  },
  examples: {
    holds: [
      { name: '没有正在更正', given: (f) => f },
      { name: '改了错字', given: (f) => correcting(f, exampleHash(3)) },
    ],
    refused: [{ name: '一字未改', given: (f) => correcting(f, exampleHash(2)), says: '一字不差' }],
  },
}
