// 起草单位先行审核，审的是一份文本：还没有文本的，没有可以审核的。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'

const providing = (f: Facts, kind: string): Facts => withCommand(f, 'ProvideArtefact', { kind })

export const reviewOwnText: Rule = {
  id: 'review.own-text',
  title: '本单位的合法性审核意见所审的文本已经保存',
  severity: 'block',
  basis: source.legalityReview('二（四）、二（五）'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const kind = f.command?.type === 'ProvideArtefact' ? f.command.payload.kind : undefined
    if (kind !== 'own_legality_opinion' || f.dossier.texts.length > 0) return holds('所审的文本已经保存')
    return fails('尚未保存任何文本，没有可以审核的；请起草经办人先保存文本，再提交本单位的合法性审核意见')
  },
  examples: {
    holds: [
      { name: '有文本', given: (f) => providing(f, 'own_legality_opinion') },
      { name: '其他材料不以文本为前提', given: (f) => providing(withDossier(f, { texts: [] }), 'explanatory_note') },
    ],
    refused: [
      {
        name: '还没有文本',
        given: (f) => providing(withDossier(f, { texts: [] }), 'own_legality_opinion'),
        says: '没有可以审核的',
      },
    ],
  },
}
