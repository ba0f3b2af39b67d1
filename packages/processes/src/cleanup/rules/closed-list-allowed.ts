import { mark, source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, planned } from '../example.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const allowing = (f: CleanupFacts): CleanupFacts => ({
  ...f,
  pack: {
    ...f.pack,
    cleanup: { ...f.pack.cleanup, unlistedNotBasis: { ...f.pack.cleanup.unlistedNotBasis, value: true } },
  },
})
export const closedListAllowed: CleanupRule = {
  id: 'cleanup.closed-list-allowed',
  title: '未列入目录即停止执行，须有本地规定',
  severity: 'warn',
  basis: source.ruleOfLaw2008('（十三）'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    if (!f.dossier.closedList) return holds('没有附“未列入的停止执行”')
    const { unlistedNotBasis } = f.pack.cleanup
    return unlistedNotBasis.value
      ? holds(`本地规定：未列入继续有效目录的不得作为行政管理的依据${mark(unlistedNotBasis)}`, {
          ...(unlistedNotBasis.source[0] ? { basis: unlistedNotBasis.source[0] } : {}),
        })
      : fails('本地规定没有写“未列入继续有效目录的不得作为依据”；要有此效果，须由清理决定写明，并在公布以前逐件确认')
  },
  examples: {
    holds: [
      { name: '没有附', given: planned, says: '没有附' },
      { name: '本地有规定', given: (f) => allowing(dossier(planned(f), { closedList: true })), says: '本地规定' },
    ],
    refused: [
      { name: '本地没有规定', given: (f) => dossier(planned(f), { closedList: true }), says: '由清理决定写明' },
    ],
  },
}
