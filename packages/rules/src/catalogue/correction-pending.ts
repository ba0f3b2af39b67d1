// 确认更正：须有待确认的更正，所确认的就是现在的文本。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import { type CorrectionRecord, type Facts, headText } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier, withSlip } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled, versionOf } from '../words.ts'

/** 尚未确认的非实质性更正；实质性的另行复审，不在其中。 */
const pendingCorrections = (f: Facts): CorrectionRecord[] =>
  f.dossier.corrections.filter((c) => !c.substantive && c.confirmed === null)

const confirming = (f: Facts, contentHash?: string): Facts =>
  withCommand(withSlip(f), 'ConfirmCorrection', contentHash === undefined ? {} : { contentHash }, {
    person: 'p-reviewer',
    unit: 'hy-justice',
    roles: ['legality_reviewer'],
  })

export const correctionPending: Rule = {
  id: 'correction.pending',
  title: '有待确认的更正，所确认的是更正以后的现文本',
  severity: 'block',
  basis: source.officialPapers('第二十五条第（一）项'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    if (f.command?.type !== 'ConfirmCorrection') return holds('没有正在确认的更正')
    const open = pendingCorrections(f)
    if (open.length === 0)
      return fails(
        f.dossier.corrections.length > 0
          ? '签署以后的更正都已确认，或者属于实质性修改、另行复审，没有待确认的更正'
          : '签署以后没有更正，没有待确认的更正',
      )
    const hash = f.command.payload.contentHash
    const head = headText(f.dossier)
    if (filled(hash) && hash !== head?.hash)
      return fails(
        `所确认的是${versionOf(f.dossier, hash)}，现为第${head?.n ?? 0}版；请刷新以后就现文本的花脸稿核对、确认`,
      )
    return holds(`待确认的更正${open.length}处`)
  },
  examples: {
    holds: [
      { name: '有一处错字更正待确认', given: (f) => confirming(f), says: '待确认的更正1处' },
      { name: '写明所确认的就是现文本', given: (f) => confirming(f, exampleHash(3)) },
    ],
    refused: [
      { name: '没有更正', given: (f) => withDossier(confirming(f), { corrections: [] }), says: '没有待确认的更正' },
      {
        name: '都已确认',
        given: (f) =>
          withDossier(confirming(f), (d) => ({
            corrections: d.corrections.map((c) => ({
              ...c,
              confirmed: { at: '2026-05-23T11:00:00+08:00', by: 'p-reviewer' },
            })),
          })),
        says: '都已确认',
      },
      { name: '确认的是更正以前的文本', given: (f) => confirming(f, exampleHash(2)), says: '请刷新以后' },
    ],
  },
}
