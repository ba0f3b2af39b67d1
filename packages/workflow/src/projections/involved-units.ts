// Who can see a file: two things that change with the file, kept on its row; lists and visibility filter by them.
import type { Role } from '@dianzhang/contract'
import type { Dossier } from '@dianzhang/rules'

/** Units the file involves: issuers, units consulted, units that accept filings after publication. */
export function involvedUnits(d: Dossier): string[] {
  const recipients = Object.values(d.filings).map((f) => f?.recipient ?? null)
  return [...new Set([...d.issuers, ...d.interagency.map((i) => i.unit), ...recipients.filter((r) => r !== null)])]
}

/**
 * Roles that see this file whatever their unit: legal counsel sees those submitted for review, the fair competition
 * reviewer those that touch the economic activity of businesses.
 */
export function concernedRoles(d: Dossier): Role[] {
  const roles: Role[] = []
  if (d.review !== null) roles.push('legal_adviser')
  if (d.classification.competition ?? d.classification.enterpriseRelated) roles.push('fair_competition_reviewer')
  return roles
}
