// 一个机关对同一文本只签署一次。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds, isHead, signatureOf } from '../finding.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitName } from '../words.ts'

const leader = { person: 'p-leader', unit: 'hy-gov', roles: ['leader' as const] }
/** 签署的机关：写明的（代码或者全称），缺省为签署人所在的机关。 */
function signingFor(f: Facts): string | null {
  const given = f.command?.payload.issuer
  if (typeof given !== 'string') return f.command?.actor.unit ?? null
  const { units } = f.external
  return units[given]?.id ?? Object.values(units).find((u) => u.name === given)?.id ?? given
}

export const signingOnce: Rule = {
  id: 'signing.once',
  title: '本机关尚未签署现文本',
  severity: 'block',
  basis: source.officialPapers('第二十二条'),
  by: [roleLabels.leader],
  judge: (f) => {
    const issuer = f.command?.type === 'Sign' ? signingFor(f) : null
    const signed = issuer === null ? null : signatureOf(f.dossier, issuer)
    if (issuer === null || signed === null || !isHead(f.dossier, signed.textHash)) return holds('尚未签署现文本')
    return fails(`${unitName(f, issuer)}已于${day(signed.on)}签署本文本，不必再签；等候其他机关签署，或者办理编号`)
  },
  examples: {
    holds: [
      { name: '与签署无关', given: (f) => f },
      { name: '尚未签署', given: (f) => withCommand(withDossier(f, { signatures: [] }), 'Sign', {}, leader) },
    ],
    refused: [
      { name: '签过了又签', given: (f) => withCommand(f, 'Sign', {}, leader), says: '已于' },
      {
        name: '以全称指明机关，签过了又签',
        given: (f) => withCommand(f, 'Sign', { issuer: '海原县人民政府' }, leader),
        says: '海原县人民政府已于',
      },
    ],
  },
}
