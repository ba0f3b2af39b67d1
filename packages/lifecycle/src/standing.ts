// 退回与改动之后：哪些认可仍然成立，哪些已经失去效力，为什么。由内容摘要推算，不由人勾选。
import { type Dossier, headText, reviewedHash, type Standing, sameText, secretariatCheckCovers } from '@dianzhang/rules'

/**
 * 对照当前文本，逐项说明已取得的认可是否仍然成立。
 * 征求意见约束程序而不约束逐字文本，恒成立（改动是否须再次征求由承办人判断并可重新公开征求）；
 * 审核意见、审议决定、签署只约束其所附摘要的文本（及其后的非实质性更正）。
 */
export function standing(d: Dossier): Standing[] {
  const head = headText(d)
  if (!head) return []
  const out: Standing[] = []
  const version = (hash: string) => {
    const t = d.texts.find((x) => x.hash === hash)
    return t ? `第${t.n}版` : '另一文本'
  }
  const bound = (approval: string, label: string, hash: string | null) => {
    if (hash === null) return
    const stands = sameText(d, hash, head.hash)
    out.push({
      approval,
      label,
      stands,
      why: stands
        ? `所依文本（${version(hash)}）没有变化，仍然成立`
        : `${label}针对${version(hash)}，现为第${head.n}版，须重新取得`,
    })
  }
  const round = d.consultations.at(-1)
  if (round?.closedAt)
    out.push({
      approval: 'consultation',
      label: '公开征求意见',
      stands: true,
      why:
        round.textHash === head.hash
          ? '征求意见稿与当前文本一致'
          : `征求意见稿为第${round.textVersion}版，其后有修改；作实质性修改的应当再次公开征求意见`,
    })
  bound('expert-review', '专家论证', d.expertReviews.at(-1)?.textHash ?? null)
  bound('risk-assessment', '风险评估', d.riskAssessments.at(-1)?.textHash ?? null)
  bound('fair-competition', '公平竞争审查', d.fairCompetition.at(-1)?.textHash ?? null)
  if (d.review?.opinion) {
    if (d.review.opinion.outcome === 'unlawful')
      out.push({
        approval: 'legality-opinion',
        label: '合法性审核',
        stands: false,
        why: '审核结论为不合法，须修改后重新提请审核',
      })
    else bound('legality-opinion', '合法性审核', reviewedHash(d) ?? d.review.opinion.contentHash)
  }
  if (secretariatCheckCovers(d) === 'decision')
    out.push({
      approval: 'secretariat-check',
      label: '办公机构审核',
      stands: true,
      why: '审核以后已经审议通过；其后的修改由审核人、原签批人复审，不再回到办公机构',
    })
  else if (d.secretariatCheck?.outcome === 'passed')
    bound('secretariat-check', '办公机构审核', d.secretariatCheck.textHash)
  if (d.decision && (d.decision.outcome === 'adopted' || d.decision.outcome === 'adopted_with_changes'))
    bound('decision', '集体审议决定', d.decision.textHash)
  for (const s of d.signatures) bound(`signature:${s.issuer}`, '签署', s.textHash)
  if (d.numbers)
    out.push({
      approval: 'numbers',
      label: `文号 ${d.numbers.document}`,
      stands: true,
      why: '文号随案卷保留，不因退回而另编；确需取消的办理作废',
    })
  return out
}
