import { mark, type Param, source } from '@dianzhang/packs'
import { fails, holds, lackingMaterials } from '@dianzhang/rules'
import { lastSubmission } from '../dossier.ts'
import { dossier, justReceived } from '../example.ts'
import { type FilingFacts, type FilingRule, trackOf } from '../shape.ts'

/** 这一件应当报送哪些材料：文件的，或者修改、废止的决定的。 */
export const wantedMaterials = (f: Pick<FilingFacts, 'dossier' | 'pack'>): Param<string[]> | undefined =>
  f.dossier.decision ? f.pack.filingReview.decisionMaterials : trackOf(f)?.materials
/** 规则包要求而没有报送的材料，依要求的次序。 */
export const missingMaterials = (f: Pick<FilingFacts, 'dossier' | 'pack'>): string[] =>
  lackingMaterials(wantedMaterials(f)?.value ?? [], lastSubmission(f.dossier)?.materials ?? [])
export const formComplete: FilingRule = {
  id: 'filing-review.form-complete',
  title: '报送的材料齐全',
  severity: 'warn',
  basis: source.ruleFiling('第九条（参照）'),
  by: ['备案登记人'],
  judge: (f) => {
    const param = wantedMaterials(f)
    const missing = missingMaterials(f)
    const more = { alsoBasis: param?.source ?? [] }
    return missing.length > 0
      ? fails(`还缺少${missing.join('、')}；可以暂缓登记，要求补正${param ? mark(param) : ''}`, more)
      : holds('材料齐全', more)
  },
  examples: {
    holds: [
      { name: '要求的都报了', given: (f) => justReceived(f), says: '齐全' },
      {
        name: '名称带书名号的也算',
        given: (f) =>
          dossier(justReceived(f), {
            submissions: f.dossier.submissions.map((x) => ({
              ...x,
              materials: ['《备案报告》', '审查说明（一式五份）', '正式文本及电子文本'],
            })),
          }),
      },
    ],
    refused: [
      {
        name: '缺审查说明',
        given: (f) =>
          dossier(justReceived(f), {
            submissions: f.dossier.submissions.map((x) => ({ ...x, materials: ['备案报告', '正式文本'] })),
          }),
        says: '审查说明',
      },
    ],
  },
}
