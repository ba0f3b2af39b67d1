import { mark, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { decided, external } from '../example.ts'
import { isPast } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const decisionPublished: CleanupRule = {
  id: 'cleanup.decision-published',
  title: '清理决定本身是一件行政规范性文件，先行公布',
  severity: 'block',
  basis: source.qujiang2021('应予废止目录第5项'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const named = f.command.payload.document ?? f.dossier.decision?.document
    const { decisionIsDocument } = f.pack.cleanup
    const { decision } = f.external
    if (typeof named !== 'string' || named === '')
      return decisionIsDocument.value && !isPast(f)
        ? fails(
            `没有指明清理决定是哪一件文件${mark(decisionIsDocument)}；决定本身应经审核、编号、公布，各件的变动以它为根据`,
            {
              severity: 'warn',
            },
          )
        : holds('以会议的决定为根据')
    if (!decision) return fails('所指的清理决定不是本办公室的一件文件')
    return decision.publishedOn
      ? holds(`《${decision.title}》${decision.number ?? ''}已于${day(decision.publishedOn)}公布`)
      : fails(`《${decision.title}》还没有公布；公布以后才能公布清理结果`)
  },
  examples: {
    holds: [
      { name: '决定已经公布', given: decided, says: '公布' },
      {
        name: '以往的清理，没有指明',
        given: (f) => {
          const g = decided(f, { document: null })
          return {
            ...g,
            dossier: { ...g.dossier, census: g.dossier.census && { ...g.dossier.census, origin: 'list' as const } },
          }
        },
      },
    ],
    refused: [
      {
        name: '还没有公布',
        given: (f) => {
          const g = decided(f)
          return external(g, { decision: g.external.decision && { ...g.external.decision, publishedOn: null } })
        },
        says: '还没有公布',
      },
      { name: '没有指明，提示', given: (f) => decided(f, { document: null }), says: '没有指明' },
    ],
  },
}
