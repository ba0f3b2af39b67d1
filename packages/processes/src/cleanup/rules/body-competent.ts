import { source } from '@dianzhang/packs'
import { fails, findOrgan, governmentOf, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import { softened } from '../judged.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

/** 有权决定的机关：制定机关自己，及其政府（办公室文件由政府决定）。 */
export const competentUnits = (f: Pick<CleanupFacts, 'dossier' | 'external'>): string[] => {
  const { units } = f.external
  const own = [...f.dossier.scope.issuers, f.dossier.unit].filter((id) => units[id])
  return [...new Set([...own, ...own.flatMap((id) => governmentOf(units, id)?.id ?? [])])]
}
const deciding = (f: CleanupFacts, body: string): CleanupFacts => doing(f, 'Decide', { body, date: '2026-11-18' })

export const bodyCompetent: CleanupRule = {
  id: 'cleanup.body-competent',
  title: '清理决定由制定机关集体审议作出',
  severity: 'block',
  basis: source.rulemaking('第三十七条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { body } = f.command.payload
    if (typeof body !== 'string') return holds('决定时写明审议的会议')
    const competent = competentUnits(f)
    const names = competent.map((id) => f.external.units[id]?.name ?? id).join('、')
    const organ = findOrgan(f.external.units, body, competent)
    if (!organ) return fails(`“${body}”不是已登记的机关或者会议；清理由${names}决定`, softened(f))
    return competent.includes(organ.unit)
      ? holds(`由${organ.name}决定`)
      : fails(`${organ.name}无权决定；清理由${names}决定`, softened(f))
  },
  examples: {
    holds: [
      { name: '没有写明', given: (f) => f, says: '写明' },
      { name: '县政府常务会议', given: (f) => deciding(f, '县政府常务会议'), says: '常务会议' },
    ],
    refused: [
      { name: '农业农村局局务会议', given: (f) => deciding(f, '海原县农业农村局局务会议'), says: '无权' },
      { name: '没有登记的会议', given: (f) => deciding(f, '专题碰头会'), says: '不是已登记' },
    ],
  },
}
