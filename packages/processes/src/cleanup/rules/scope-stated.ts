import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, planned } from '../example.ts'
import type { CleanupRule } from '../shape.ts'

export const scopeStated: CleanupRule = {
  id: 'cleanup.scope-stated',
  title: '清理须写明范围：制定机关，或者指定的文件',
  severity: 'block',
  basis: source.shNpc('第二十三条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: { scope, joined } }) =>
    scope.issuers.length === 0 && (scope.documents ?? []).length + joined.length === 0
      ? fails('没有写明清理哪些机关制发的文件，也没有指定文件；请选定制定机关', {
          alsoBasis: [source.bjNpc('第二十一条')],
        })
      : holds(
          scope.documents
            ? `指定的${scope.documents.length}件`
            : `以${scope.issuers.length}个机关的名义制发、${scope.publishedUntil}以前公布的`,
        ),
  examples: {
    holds: [
      { name: '写明制定机关', given: planned, says: '2个机关' },
      {
        name: '即时清理指定文件',
        given: (f) => dossier(planned(f), { scope: { ...f.dossier.scope, issuers: [], documents: ['e-1'] } }),
        says: '1件',
      },
    ],
    refused: [
      {
        name: '什么也没有写',
        given: (f) => dossier(planned(f), { scope: { ...f.dossier.scope, issuers: [] } }),
        says: '没有写明',
      },
    ],
  },
}
