import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const differing = (f: CleanupFacts, missing: number, extra: number): CleanupFacts =>
  dossier(f, { census: f.dossier.census && { ...f.dossier.census, previous: 'c-0', missing, extra } })
export const reconciled: CleanupRule = {
  id: 'cleanup.reconciled',
  title: '普查目录与上次继续有效的目录、此后的编号核对，差异逐件查明',
  severity: 'warn',
  basis: source.huayuan2024('普查范围'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: { census } }) => {
    if (census === null) return holds('冻结时核对')
    if (census.missing > 0)
      return fails(
        `与上次目录、此后的编号核对，应有而没有列入的${census.missing}件（见“核对差异”），请逐件查明，是遗漏的补报`,
      )
    return holds(
      census.previous === null
        ? '没有上一次清理的目录可以核对，只核对了编号'
        : `与上次目录、此后的编号相符${census.extra > 0 ? `，另有${census.extra}件不在其中` : ''}`,
    )
  },
  examples: {
    holds: [
      { name: '没有上一次', given: (f) => f, says: '没有上一次' },
      { name: '相符', given: (f) => differing(f, 0, 1), says: '相符' },
    ],
    refused: [{ name: '少了两件', given: (f) => differing(f, 2, 0), says: '2件' }],
  },
}
