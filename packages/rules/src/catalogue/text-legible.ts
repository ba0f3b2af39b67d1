// 正文没有坏字：替换符、编码错乱、私用区、双向控制符、夹注的拼音、繁简混用。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { headText } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { placesOf, withFlaws } from '../text-flaws.ts'

export const textLegible: Rule = {
  id: 'text.legible',
  title: '正文没有坏字',
  severity: 'block',
  basis: source.officialPapers('第十九条（四）'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const damaged = (headText(f.dossier)?.says?.flaws ?? []).filter(({ kind }) => kind === 'damaged')
    return damaged.length > 0
      ? fails(`正文有坏字：${placesOf(damaged)}。请对照原件改正后保存为新的一版`)
      : holds('正文没有坏字')
  },
  examples: {
    holds: [
      { name: '正文清楚', given: (f) => f, says: '没有坏字' },
      {
        name: '只有占位的，由另一条判断',
        given: (f) => withFlaws(f, [{ kind: 'unfilled', words: 'XX', address: '第二条', line: 3 }]),
      },
    ],
    refused: [
      {
        name: '复制时丢了一个字',
        given: (f) => withFlaws(f, [{ kind: 'damaged', words: '\ufffd', address: '第二条', line: 3 }]),
        says: '第二条“\ufffd”',
      },
      {
        name: '全文繁体，没有条款地址',
        given: (f) => withFlaws(f, [{ kind: 'damaged', words: '', address: '', line: 1 }]),
        says: '第1行',
      },
    ],
  },
}
