// 谁看得到一件案卷：随案卷变化的两项，与案卷存在同一行，列表与可见范围据此过滤。
import type { Role } from '@dianzhang/contract'
import type { Dossier } from '@dianzhang/rules'

/** 案卷所涉单位：制定机关、被征求意见的单位、公布后的备案单位。 */
export function involvedUnits(d: Dossier): string[] {
  const recipients = Object.values(d.filings).map((f) => f?.recipient ?? null)
  return [...new Set([...d.issuers, ...d.interagency.map((i) => i.unit), ...recipients.filter((r) => r !== null)])]
}

/** 不论在哪个单位都看得到这件案卷的角色：法律顾问看已送审的，公平竞争审查人看涉及经营者经济活动的。 */
export function concernedRoles(d: Dossier): Role[] {
  const roles: Role[] = []
  if (d.review !== null) roles.push('legal_adviser')
  if (d.classification.competition ?? d.classification.enterpriseRelated) roles.push('fair_competition_reviewer')
  return roles
}
