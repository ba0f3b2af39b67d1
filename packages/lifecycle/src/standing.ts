// 退回与改动之后：哪些认可仍然成立，哪些已经失去效力，为什么。由内容摘要推算，不由人勾选。
import {
  catalogue,
  type Dossier,
  type Facts,
  headText,
  reviewedHash,
  type Standing,
  sameText,
  secretariatCheckCovers,
  unexplained,
} from '@dianzhang/rules'

const onlyLacks = { statement: '随提请审核说明怎样处理即可', confirmation: '由审核机构确认修改即可' } as const

/**
 * 对照当前文本，逐项说明已取得的认可是否仍然成立。
 * 征求意见、论证、评估、审查约束文本的实质：有了 `f`（所读入的实质变化），与各关口的规则同一个结论；没有的只看摘要。
 * 审核意见、审议决定、签署只约束其所附摘要的文本（及其后的非实质性更正）。
 * `stage` 是案卷所在的阶段：修改确认里，审核机构确认以后及于现文本的，差的是确认，不是重新取得。
 */
export function standing(d: Dossier, f?: Facts, stage?: string): Standing[] {
  const head = headText(d)
  if (!head) return []
  const out: Standing[] = []
  const confirming = stage === 'legality_review.revising'
  const version = (hash: string) => {
    const t = d.texts.find((x) => x.hash === hash)
    return t ? `第${t.n}版` : '另一文本'
  }
  const bound = (approval: string, label: string, hash: string | null) => {
    if (hash === null) return
    const stands = sameText(d, hash, head.hash)
    // 确认修改同时约束审核与已有的决定。
    const confirmable = confirming && (approval === 'legality-opinion' || approval === 'decision')
    out.push({
      approval,
      label,
      stands,
      why: stands
        ? `所依文本（${version(hash)}）没有变化，仍然成立`
        : confirmable
          ? `${label}针对${version(hash)}，现为第${head.n}版，由审核机构确认修改以后及于现文本`
          : `${label}针对${version(hash)}，现为第${head.n}版，须重新取得`,
      ...(!stands && confirmable ? { lacks: 'confirmation' } : {}),
    })
  }
  /** 所依文本与现文本之间只有文字上的不同、没有实质变化的，仍然成立。 */
  const inSubstance = (approval: string, label: string, hash: string | null) => {
    const found = f?.external.substance?.find((s) => s.from === hash && s.to === head.hash)
    if (hash === null || sameText(d, hash, head.hash) || !found) return bound(approval, label, hash)
    const now = `${label}针对${version(hash)}，现为第${head.n}版`
    out.push({
      approval,
      label,
      stands: !found.substantive,
      why: found.substantive
        ? `${now}，其间有实质变化（${found.changes.slice(0, 3).join('；')}），须就现文本再次办理`
        : `${now}，其间没有实质变化，仍然成立`,
    })
  }
  const round = d.consultations.at(-1)
  if (round?.closedAt) {
    const compared =
      round.textHash === head.hash ||
      f?.external.substance?.some((s) => s.from === round.textHash && s.to === head.hash)
    const bare = f && { ...f, dossier: d, command: null }
    const judged = bare && compared ? catalogue['consultation.same-substance'].judge(bare) : undefined
    const stands = judged === undefined || judged.holds || judged.severity === 'warn'
    // 没有新增负担的，不须再次征求：按审核意见修改的由审核机构确认，此外由起草单位随提请说明。
    const differs = bare && !stands ? unexplained(bare) : null
    const lacks = differs === null ? undefined : confirming ? 'confirmation' : 'statement'
    out.push({
      approval: 'consultation',
      label: '公开征求意见',
      // 依旧版规则包办理、关口上只作提示的，不因此失去效力。
      stands,
      why:
        round.textHash === head.hash
          ? '征求意见稿与当前文本一致'
          : lacks
            ? `${differs}。没有新增负担，不须再次征求，${onlyLacks[lacks]}`
            : (judged?.reason ??
              `征求意见稿为第${round.textVersion}版，其后有修改；作实质性修改的应当再次公开征求意见`),
      ...(lacks ? { lacks } : {}),
    })
  }
  inSubstance('expert-review', '专家论证', d.expertReviews.at(-1)?.textHash ?? null)
  inSubstance('risk-assessment', '风险评估', d.riskAssessments.at(-1)?.textHash ?? null)
  inSubstance('fair-competition', '公平竞争审查', d.fairCompetition.at(-1)?.textHash ?? null)
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
