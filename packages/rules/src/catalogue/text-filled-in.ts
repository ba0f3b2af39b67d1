// 正文没有待填之处：范本的〔待填〕、XX局、202X年、【待定】、{{…}}、“单击此处输入文字”。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { headText } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { placesOf, withFlaws } from '../text-flaws.ts'

export const textFilledIn: Rule = {
  id: 'text.filled-in',
  title: '正文没有尚未填写的占位',
  severity: 'block',
  basis: source.officialPapers('第十九条（四）'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const open = (headText(f.dossier)?.says?.flaws ?? []).filter(({ kind }) => kind === 'unfilled')
    return open.length > 0
      ? fails(`正文还有没有填写的占位：${placesOf(open)}。请填写或者删去后保存为新的一版；表格、样表、引文里的不算`)
      : holds('正文没有待填之处')
  },
  examples: {
    holds: [
      { name: '正文已经写全', given: (f) => f, says: '没有待填' },
      {
        name: '只有坏字的，由另一条判断',
        given: (f) => withFlaws(f, [{ kind: 'damaged', words: '\ufffd', address: '第二条', line: 3 }]),
      },
    ],
    refused: [
      {
        name: '第二条还写着某个局',
        given: (f) => withFlaws(f, [{ kind: 'unfilled', words: 'XX', address: '第二条', line: 3 }]),
        says: '第二条“XX”',
      },
      {
        name: '待填之处多，只说前三处',
        given: (f) =>
          withFlaws(
            f,
            [4, 5, 6, 7].map((line) => ({ kind: 'unfilled' as const, words: '【待定】', address: '', line })),
          ),
        says: '第4行“【待定】”、第5行“【待定】”、第6行“【待定】”等4处',
      },
    ],
  },
}
