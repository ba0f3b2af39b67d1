import { artefactLabels, roleLabels } from '@dianzhang/contract'
import { artefactWord, latestPack, mark, requiredArtefacts, source } from '@dianzhang/packs'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'

export const draftArtefactsComplete: Rule = {
  id: 'draft.artefacts-complete',
  title: '文本、起草说明、制定依据对照表等材料齐备',
  severity: 'block',
  basis: source.majorDecision('第二十六条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const d = f.dossier
    const required = f.pack.artefacts
    const kinds = requiredArtefacts(required.value)
    const missing: string[] = kinds
      .filter((kind) => !d.artefacts.some((a) => a.kind === kind))
      .map((kind) => artefactLabels[kind])
    if (d.texts.length === 0) missing.unshift('文件文本')
    const hasTable = kinds.includes('legal_basis_table') && d.artefacts.some((a) => a.kind === 'legal_basis_table')
    if (hasTable && d.bases.length === 0) missing.push('制定依据对照表中的具体依据（至少一条）')
    const more = basedOn(required.source)
    if (missing.length > 0) return fails(`缺少：${missing.join('、')}。请起草经办人补齐${mark(required)}`, more)
    // 条文所列的全部送审材料，一并写出：其余各项由程序记录，或者随附。
    const listed = required.value.map(artefactWord).join('、')
    return holds(
      `文本与${kinds.map((kind) => artefactLabels[kind]).join('、')}齐备，列明制定依据${d.bases.length}条；送审材料：${listed}${mark(required)}`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '材料齐备', given: (f) => f, says: '列明制定依据2条' },
      {
        name: '四川：写出条文所列的八项材料',
        given: (f) => ({ ...f, pack: latestPack('510811', f.today) ?? f.pack }),
        says: '请示、草案、起草说明、征求有关单位意见及采纳情况',
      },
    ],
    refused: [
      {
        name: '没有制定依据对照表',
        given: (f) => withDossier(f, (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== 'legal_basis_table') })),
        says: '缺少：制定依据对照表',
      },
      { name: '对照表没有列出任何依据', given: (f) => withDossier(f, { bases: [] }), says: '至少一条' },
      {
        name: '什么都没有',
        given: (f) => withDossier(f, { texts: [], artefacts: [] }),
        says: '文件文本、起草说明、制定依据对照表',
      },
    ],
  },
}
