// 判断结果的简便写法，与若干规则共用的案卷读法。
import type { Basis } from '@dianzhang/contract'
import { type Dossier, type Facts, headText, type SignatureRecord, type SubstanceFact, sameText } from './facts.ts'
import type { Finding } from './rule.ts'
import { atOrAfter } from './words.ts'

/** 成立，附理由。 */
export const holds = (reason: string, more: Partial<Finding> = {}): Finding => ({ ...more, holds: true, reason })
/** 不成立，附理由：缺什么、依哪一条、何时可以。 */
export const fails = (reason: string, more: Partial<Finding> = {}): Finding => ({ ...more, holds: false, reason })

/** 以首条为依据、其余并列（国家与地方并列时均列明）。 */
export function basedOn(list: readonly Basis[]): Pick<Finding, 'basis' | 'alsoBasis'> {
  const [basis, ...rest] = list.filter(
    (b, i) => list.findIndex((o) => o.document === b.document && o.article === b.article) === i,
  )
  return { ...(basis ? { basis } : {}), ...(rest.length ? { alsoBasis: rest } : {}) }
}

/** 摘要所指文本是否即当前文本（只隔着非实质性更正的也算）。 */
export function isHead(d: Dossier, hash: string | null): boolean {
  const head = headText(d)
  return head !== null && hash !== null && sameText(d, hash, head.hash)
}

/** 审议决定是否及于当前文本：决定所附即当前文本，或者决定之后审核人对修改作过确认。 */
export function decisionCoversHead(d: Dossier): boolean {
  const { decision } = d
  if (!decision || (decision.outcome !== 'adopted' && decision.outcome !== 'adopted_with_changes')) return false
  if (isHead(d, decision.textHash)) return true
  const confirmation = d.review?.confirmation
  return (
    confirmation !== null &&
    confirmation !== undefined &&
    Date.parse(confirmation.at) >= Date.parse(decision.at) &&
    isHead(d, confirmation.contentHash)
  )
}

/**
 * 办公机构的审核（通过的）凭什么及于现文本：审核的就是现文本；或者其后审议通过——审议以后的修改由审核人、原签批人
 * 把关（公文条例第二十五条第（一）项），不再回到办公机构。都不是的为 null。关口与总览看同一个结论。
 */
export function secretariatCheckCovers(d: Dossier): 'text' | 'decision' | null {
  const check = d.secretariatCheck
  if (check?.outcome !== 'passed') return null
  if (isHead(d, check.textHash)) return 'text'
  return decisionCoversHead(d) && d.decision && atOrAfter(d.decision.at, check.at) ? 'decision' : null
}

/** 某制定机关最近一次签署。 */
export const signatureOf = (d: Dossier, issuer: string): SignatureRecord | null =>
  d.signatures.findLast((s) => s.issuer === issuer) ?? null

/** 尚未就当前文本签署的制定机关。 */
export const unsignedIssuers = (d: Dossier): string[] =>
  d.issuers.filter((issuer) => !isHead(d, signatureOf(d, issuer)?.textHash ?? null))

/** 该规则的偏离是否已经依法记录在案。 */
export function recordedDeviation(d: Dossier, rule: string): { ground: string; approver: string } | null {
  const record = d.deviations.findLast((v) => v.rule === rule && v.used.length > 0)
  return record ? { ground: record.ground, approver: record.confirmed?.name ?? record.approver } : null
}

/**
 * 两个文本之间的实质变化；没有实质变化时为 null。由写事务、查询自正文推算后作为事实读入；
 * 应当有而没有读入的，按有实质变化论，不因无从比较而放行。
 */
export function substanceBetween(f: Facts, from: string, to: string): SubstanceFact | null {
  if (from === to) return null
  const known = f.external.substance?.find((s) => s.from === from && s.to === to)
  if (known) return known.substantive ? known : null
  return { from, to, substantive: true, changes: ['两份文本没有比较，请刷新后再办理'], burdens: [] }
}
