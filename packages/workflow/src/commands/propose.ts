// Application for initiation: who may apply, the first fact of the new file, what is written.
import { type ProposeDocument, roleLabels, tierLabels } from '@dianzhang/contract'
import { type DocumentShape, newDossier } from '@dianzhang/lifecycle'
import { tierOfIssuer, type UnitFact } from '@dianzhang/rules'
import type { DeskOpening } from '../door/desk.ts'
import { invalid } from '../failures.ts'
import { unitId } from './handler.ts'

const issuersOf = (units: Record<string, UnitFact>, p: ProposeDocument): string[] => {
  const issuers = p.issuers.map((u, i) => unitId(units, u, `issuers.${i}`))
  if (new Set(issuers).size !== issuers.length) throw invalid(['issuers', '制定机关重复'])
  return issuers
}

export const proposal: DeskOpening<DocumentShape, ProposeDocument> = {
  may: (actor, p, units) => {
    if (actor.kind !== 'person') return { allowed: false, reason: '申请立项须由起草经办人办理' }
    const drafting = actor.posts.filter((post) => post.role === 'drafter')
    if (drafting.length === 0)
      return {
        allowed: false,
        reason: `申请立项由${roleLabels.drafter}办理；您的角色是${[...new Set(actor.posts.map((post) => roleLabels[post.role]))].join('、') || '（无）'}`,
      }
    const wanted = p.draftingUnit ? unitId(units, p.draftingUnit, 'draftingUnit') : (drafting[0]?.unit ?? actor.unit)
    const post = drafting.find((each) => each.unit === wanted)
    if (!post)
      return {
        allowed: false,
        reason: `您不是${units[wanted]?.name ?? wanted}的起草经办人，不能以其名义申请立项`,
      }
    return {
      allowed: true,
      as: { person: actor.person, unit: post.unit, roles: ['drafter'] },
      delegatedFrom: post.delegatedFrom ?? null,
    }
  },
  dossier: (c, p) => {
    if (p.jurisdiction !== c.jurisdiction) throw invalid(['jurisdiction', `只能在本法域（${c.jurisdiction}）申请立项`])
    const issuers = issuersOf(c.units, p)
    const lead = c.units[issuers[0] ?? '']
    const level = tierOfIssuer[lead?.kind ?? 'internal']
    if (level !== undefined && level !== p.tier)
      throw invalid([
        'tier',
        `牵头制定机关${lead?.name ?? ''}制发的是${tierLabels[level]}，不是${tierLabels[p.tier]}；文件层级决定由何种会议审议、向谁备案`,
      ])
    return newDossier({
      id: c.matterId,
      jurisdiction: c.jurisdiction,
      packVersion: c.pack.version,
      title: p.title.trim(),
      genre: p.genre,
      tier: p.tier,
      issuers,
      draftingUnit: c.as.unit ?? '',
      classification: p.classification,
      necessity: p.necessity,
      planItem: p.planItem,
      at: c.at,
      by: c.as.person ?? '',
    })
  },
  ledger: (p, dossier) => ({
    title: dossier.title,
    tier: dossier.tier,
    issuers: dossier.issuers,
    draftingUnit: dossier.draftingUnit,
    classification: p.classification,
    necessity: p.necessity,
    planItem: p.planItem ?? null,
  }),
  summary: ({ title, draftingUnit }) => ({ title, unit: draftingUnit }),
}
