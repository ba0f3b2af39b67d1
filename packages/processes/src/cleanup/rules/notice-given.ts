import { mark, source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import { isPast } from '../judged.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

export const noticeGiven: CleanupRule = {
  id: 'cleanup.notice-given',
  title: '决定以前公示清理结果（草案）',
  severity: 'block',
  basis: source.qujiang2021('公示'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { noticeRequired } = f.pack.cleanup
    if (f.dossier.notice) return holds('已经公示')
    if (isPast(f)) return holds('以往的清理，不在此公示')
    return fails(`没有公示清理结果（草案）${mark(noticeRequired)}；公示可以使遗漏、错列在决定以前改正`, {
      severity: noticeRequired.value ? 'block' : 'warn',
      ...(noticeRequired.source[0] ? { basis: noticeRequired.source[0] } : {}),
    })
  },
  examples: {
    holds: [
      { name: '已经公示', given: (f) => f, says: '已经公示' },
      {
        name: '以往的清理',
        given: (f) => dossier(f, { notice: null, census: f.dossier.census && { ...f.dossier.census, origin: 'list' } }),
      },
    ],
    refused: [
      { name: '没有公示，提示', given: (f) => dossier(f, { notice: null }), says: '没有公示' },
      {
        name: '本地要求公示而没有',
        given: (f): CleanupFacts => ({
          ...dossier(f, { notice: null }),
          pack: {
            ...f.pack,
            cleanup: { ...f.pack.cleanup, noticeRequired: { ...f.pack.cleanup.noticeRequired, value: true } },
          },
        }),
        says: '没有公示',
      },
    ],
  },
}
