// 审核意见只约束它所审的那一份文本（含附件）：其后任何变化都使它不再适用于现文本。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import { type Dossier, type Facts, headText, reviewedHash, sameText, type TextRef } from '../facts.ts'
import { fails, holds, isHead } from '../finding.ts'
import { withCommand, withDossier, withNewText, withSlip } from '../patch.ts'
import { revised, underReview } from '../review-examples.ts'
import type { Finding, Rule } from '../rule.ts'
import { filled, versionOf } from '../words.ts'

/** 命令所附摘要与当前文本比对；没有附摘要的不比对。 */
function carried(f: Facts, what: string): Finding | null {
  const hash = f.command?.payload.contentHash
  if (!filled(hash) || isHead(f.dossier, hash)) return null
  return fails(`${what}的是${versionOf(f.dossier, hash)}，现为第${headText(f.dossier)?.n ?? 0}版；请就现文本办理`)
}

/** 修改后通过、属实质性修改，而其后没有保存新的文本：提示核对，不阻断（修改也可能在会前已写入）。 */
function withoutChanges(d: Dossier, head: TextRef): Finding | null {
  const { decision } = d
  if (decision?.outcome !== 'adopted_with_changes' || !decision.substantive || decision.textHash !== head.hash)
    return null
  return fails(`审议决定作实质性修改后通过，而现文本仍是会上审议的第${head.n}版；请核对修改是否已经写入`, {
    severity: 'warn',
    by: [roleLabels.drafter],
  })
}

function judgeIssuing(f: Facts): Finding {
  const d = f.dossier
  const { review } = d
  if (!review) return fails('尚未提请合法性审核', { by: [roleLabels.unit_head] })
  if (!isHead(d, review.textHash)) {
    return fails(
      `送审的是${versionOf(d, review.textHash)}，现为第${headText(d)?.n ?? 0}版；须重新送审或者恢复送审文本`,
      { by: [roleLabels.unit_head] },
    )
  }
  const hash = f.command?.payload.contentHash
  if (filled(hash) && !sameText(d, hash, review.textHash))
    return fails(`意见所附的是${versionOf(d, hash)}，送审的是${versionOf(d, review.textHash)}，两者不同`)
  return holds(`所审文本即送审的${versionOf(d, review.textHash)}（含附件）`)
}

export const reviewSameText: Rule = {
  id: 'review.same-text',
  title: '审核（确认）的文本就是现在的文本，附件一并计入',
  severity: 'block',
  basis: source.legalityReview('二（七）'),
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const d = f.dossier
    const head = headText(d)
    // 提请时还没有文本的，由“材料齐备”点名。
    if (!head && f.command?.type === 'SubmitForReview') return holds('还没有文本，见材料是否齐备')
    if (!head) return fails('还没有文本', { by: [roleLabels.drafter] })
    if (f.command?.type === 'IssueOpinion') return judgeIssuing(f)
    if (f.command?.type === 'ConfirmRevision')
      return carried(f, '拟确认') ?? withoutChanges(d, head) ?? holds(`确认的文本为第${head.n}版`)
    if (f.command?.type === 'SubmitForReview') return carried(f, '拟送审') ?? holds(`送审的文本为第${head.n}版`)
    const reviewed = reviewedHash(d)
    if (reviewed === null) return fails(`第${head.n}版没有有效的合法性审核意见或者修改确认`)
    if (!isHead(d, reviewed)) {
      return fails(
        `${versionOf(d, reviewed)}经审核，现为第${head.n}版；文本（含附件）已变化，须由审核人重新审核或者确认`,
      )
    }
    return holds(`第${head.n}版（含附件）即审核（确认）的文本`)
  },
  examples: {
    holds: [
      { name: '审核后没有变化', given: (f) => f, says: '第2版（含附件）即审核（确认）的文本' },
      { name: '修改以后经确认', given: revised, says: '第3版' },
      {
        name: '审核后只作非实质性更正',
        given: (f) => withSlip(f),
        says: '第3版',
      },
      {
        name: '意见附送审文本的摘要',
        given: (f) => withCommand(underReview(f), 'IssueOpinion', { contentHash: exampleHash(2) }),
        says: '送审的第2版',
      },
    ],
    refused: [
      {
        name: '审核以后又改了一条',
        given: (f) => withNewText(f, exampleHash(3), '2026-05-18T10:00:00+08:00'),
        says: '第2版经审核，现为第3版',
      },
      {
        name: '意见附的是旧版',
        given: (f) => withCommand(underReview(f), 'IssueOpinion', { contentHash: exampleHash(1) }),
        says: '意见所附的是第1版，送审的是第2版',
      },
      {
        name: '修改后通过，确认时修改还没有写入（只作提示）',
        given: (f) =>
          withCommand(
            withDossier(f, (d) => ({
              decision: d.decision && { ...d.decision, outcome: 'adopted_with_changes', substantive: true },
            })),
            'ConfirmRevision',
          ),
        says: '仍是会上审议的第2版',
      },
      {
        name: '送审以后文本变化',
        given: (f) =>
          withCommand(withNewText(underReview(f), exampleHash(3), '2026-05-06T10:00:00+08:00'), 'IssueOpinion', {}),
        says: '送审的是第2版，现为第3版',
      },
      {
        name: '签署后作实质性更正',
        given: (f) =>
          withDossier(withNewText(f, exampleHash(3), '2026-05-23T10:00:00+08:00', 'p-secretary'), {
            corrections: [
              {
                from: exampleHash(2),
                to: exampleHash(3),
                substantive: true,
                findings: [],
                confirmed: null,
                reason: '金额有误',
                at: '2026-05-23T10:00:00+08:00',
                by: 'p-secretary',
              },
            ],
          }),
        says: '第2版经审核，现为第3版',
      },
    ],
  },
}
