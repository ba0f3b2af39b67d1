import { source } from '@dianzhang/packs'
import { headText, sameText } from '../facts.ts'
import type { Rule } from '../rule.ts'
import { versionOf } from '../words.ts'

/** 签署的须是审议通过的文本；其后只允许有非实质性更正记录。 */
export const deliberationSameText: Rule = {
  id: 'deliberation.same-text',
  title: '当前文本就是审议通过的文本',
  severity: 'block',
  basis: source.officialPapers('第二十五条第（一）项'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const d = f.dossier
    const head = headText(d)
    if (!d.decision || !head) return { holds: false, reason: '尚无审议决定' }
    return sameText(d, d.decision.textHash, head.hash)
      ? { holds: true, reason: `审议通过的是${versionOf(d, d.decision.textHash)}，没有实质变化` }
      : { holds: false, reason: `审议通过的是${versionOf(d, d.decision.textHash)}，现为第${head.n}版；须重新审议` }
  },
  examples: {
    holds: [{ name: '审议后没有改动', given: (f) => f }],
    refused: [
      {
        name: '审议后文本又有改动',
        given: (f) => ({
          ...f,
          dossier: {
            ...f.dossier,
            texts: [
              ...f.dossier.texts,
              { n: f.dossier.texts.length + 1, hash: 'e'.repeat(64), at: f.now, by: 'p', kind: 'draft' as const },
            ],
          },
        }),
        says: '重新审议',
      },
    ],
  },
}
