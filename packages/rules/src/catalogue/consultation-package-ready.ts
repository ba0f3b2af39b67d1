import { source } from '@dianzhang/packs'
import { headText } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** 公开征求意见时一并公布草案与说明；两者同时冻结并计算摘要。 */
export const consultationPackageReady: Rule = {
  id: 'consultation.package-ready',
  title: '征求意见稿与起草说明齐备',
  severity: 'block',
  basis: source.majorDecision('第十五条'),
  by: ['起草经办人'],
  judge: (f) => {
    const missing = [
      headText(f.dossier) ? null : '征求意见稿',
      f.dossier.artefacts.some((a) => a.kind === 'explanatory_note') ? null : '起草说明',
    ].filter((x) => x !== null)
    return missing.length === 0
      ? { holds: true, reason: '征求意见稿与起草说明齐备，将一并公布' }
      : { holds: false, reason: `公开征求意见须公布草案及其说明，尚缺：${missing.join('、')}` }
  },
  examples: {
    holds: [{ name: '草案与说明齐备', given: (f) => f }],
    refused: [
      {
        name: '没有起草说明',
        given: (f) => ({
          ...f,
          dossier: { ...f.dossier, artefacts: f.dossier.artefacts.filter((a) => a.kind !== 'explanatory_note') },
        }),
        says: '起草说明',
      },
      { name: '没有文本', given: (f) => ({ ...f, dossier: { ...f.dossier, texts: [] } }), says: '征求意见稿' },
    ],
  },
}
