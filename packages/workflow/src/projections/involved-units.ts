import type { Dossier } from '@dianzhang/rules'

/** 案卷所涉单位：制定机关、被征求意见的单位、公布后的备案单位；列表与可见范围据此过滤。 */
export function involvedUnits(d: Dossier): string[] {
  const recipients = Object.values(d.filings).map((f) => f?.recipient ?? null)
  return [...new Set([...d.issuers, ...d.interagency.map((i) => i.unit), ...recipients.filter((r) => r !== null)])]
}
