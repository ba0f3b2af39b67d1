import { type ArtefactKind, artefactLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import { type Dossier, type Facts, headText, type MaterialRef } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier, withNewText } from '../patch.ts'
import { underReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { versionOf } from '../words.ts'

/** 审核之后本来就要提交、更换的：解读随公布提交，其他材料供参考。 */
const free: readonly ArtefactKind[] = ['interpretation', 'other']

/** 与审核时不同的材料；后来增加的不算，更换的算。 */
function replaced(d: Dossier, judged: readonly MaterialRef[]): string[] {
  return judged
    .filter(({ kind }) => !free.includes(kind))
    .filter(({ kind, hash }) => d.artefacts.find((a) => a.kind === kind)?.hash !== hash)
    .map(({ kind }) => artefactLabels[kind] ?? kind)
}
const withNote = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    artefacts: d.artefacts.map((a) => (a.kind === 'explanatory_note' ? { ...a, hash: exampleHash('note-2') } : a)),
  }))

/** 送审材料自提请（受理、补充）之日起冻结；文本、材料已变的须重新提请或者补充，意见只约束它所审的材料。 */
export const reviewPackageUnchanged: Rule = {
  id: 'review.package-unchanged',
  title: '审核的就是送审的文本与材料，其后没有更换',
  severity: 'block',
  basis: source.legalityReview('二（五）、二（七）'),
  by: ['起草单位负责人'],
  judge: (f) => {
    const d = f.dossier
    const head = headText(d)
    const { review } = d
    if (!review || !head) return fails('尚未提请合法性审核')
    const { opinion } = review
    // 受理的须是送审的文本，并就此刻的材料冻结；其后文本是否变化由“审核的文本就是现在的文本”判断。
    if (f.command?.type === 'AcceptPackage')
      return review.textHash === head.hash
        ? holds(`送审的是${versionOf(d, review.textHash)}，没有变化；受理后材料冻结`)
        : fails(`送审的是${versionOf(d, review.textHash)}，现为第${head.n}版；请重新提请审核`)
    const changed = replaced(d, review.confirmation?.materials ?? opinion?.materials ?? review.materials)
    if (changed.length === 0)
      return holds(opinion ? '审核意见所依的材料没有更换' : `送审的是${versionOf(d, review.textHash)}，材料没有变化`)
    return fails(
      opinion
        ? `审核意见出具之后更换了${changed.join('、')}；请恢复原来的材料，或者由审核人就现在的材料确认、重新提请审核`
        : `送审之后更换了${changed.join('、')}；请由审核人要求补充材料后就现在的材料重新冻结，或者重新提请审核`,
    )
  },
  examples: {
    holds: [
      { name: '送审后没有改动', given: underReview, says: '材料没有变化' },
      { name: '意见出具之后没有更换材料', given: (f) => f, says: '没有更换' },
      {
        name: '意见出具之后才提交解读',
        given: (f) =>
          withDossier(f, (d) => ({
            artefacts: d.artefacts.map((a) => (a.kind === 'interpretation' ? { ...a, hash: exampleHash('later') } : a)),
          })),
        says: '没有更换',
      },
      { name: '受理之前更换材料，受理即冻结', given: (f) => withCommand(withNote(underReview(f)), 'AcceptPackage') },
    ],
    refused: [
      {
        name: '送审后又保存了新稿',
        given: (f) =>
          withCommand(withNewText(underReview(f), 'f'.repeat(64), '2026-05-06T10:00:00+08:00'), 'AcceptPackage'),
        says: '重新提请',
      },
      { name: '审核期间更换起草说明', given: (f) => withNote(underReview(f)), says: '更换了起草说明' },
      { name: '意见出具之后更换起草说明', given: withNote, says: '恢复原来的材料' },
    ],
  },
}
