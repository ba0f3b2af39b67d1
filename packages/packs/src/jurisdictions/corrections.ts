// 规则包的更正：数值不变、只是所引条号有误的，另立一版；原来的一版照旧留存，固定于它的案卷不受影响。
import type { Basis } from '@dianzhang/contract'
import type { FirstPack, Param } from '../pack.ts'
import { source } from '../sources.ts'

const recited =
  (wrong: Basis, right: Basis) =>
  <T>(param: Param<T>): Param<T> => ({
    ...param,
    source: param.source.map((cited) =>
      cited.document === wrong.document && cited.article === wrong.article ? right : cited,
    ),
  })

const hearingMaterials = recited(source.majorDecision('第十七条'), source.majorDecision('第十六条'))
const filingReview = recited(source.ruleFiling('第二十一条'), source.ruleFiling('第十一条'))
const filingDeadline = recited(source.ruleFiling('第二十五条'), source.ruleFiling('第四条、第二十五条'))

/**
 * 第一版之后的更正版（`….1` → `….2`），2026年11月对照公布的原文核对：听证材料的送达见于国务院令第713号第十六条，
 * 备案的报送期限、审查期限见于国务院令第789号第四条、第十一条。其余与 `pack` 相同。
 */
export const citationsCorrected = (pack: FirstPack): FirstPack => ({
  ...pack,
  version: pack.version.replace(/\.1$/, '.2'),
  hearing: { ...pack.hearing, materialsBefore: hearingMaterials(pack.hearing.materialsBefore) },
  filing: pack.filing.map((track) => ({
    ...track,
    review: filingReview(track.review),
    deadline: filingDeadline(track.deadline),
  })),
})
