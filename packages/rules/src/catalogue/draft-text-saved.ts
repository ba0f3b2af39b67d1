import { source } from '@dianzhang/packs'
import { headText } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** 有文本才能征求意见、论证评估。 */
export const draftTextSaved: Rule = {
  id: 'draft.text-saved',
  title: '已形成文本',
  severity: 'block',
  basis: source.rulemaking('第十四条、第三十六条（参照）'),
  by: ['起草经办人'],
  judge: (f) => {
    const head = headText(f.dossier)
    return head
      ? { holds: true, reason: `当前为第${head.n}版文本` }
      : { holds: false, reason: '尚未保存任何文本，请先保存文本' }
  },
  examples: {
    holds: [{ name: '已保存文本', given: (f) => f }],
    refused: [
      { name: '尚未保存文本', given: (f) => ({ ...f, dossier: { ...f.dossier, texts: [] } }), says: '尚未保存' },
    ],
  },
}
