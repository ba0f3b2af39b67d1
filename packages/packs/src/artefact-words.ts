// 送审材料：规则包写条文的说法，案卷里按种类登记。哪些说法就是哪一种材料，在此对照。
import { type ArtefactKind, artefactKinds, artefactLabels } from '@dianzhang/contract'

/** 条文的说法 → 材料的种类。没有列在这里的（草案、请示、征求意见的情况等）由程序自身记录，或者随附，不作为单独的材料核对。 */
const words: Record<string, ArtefactKind> = {
  ...Object.fromEntries(artefactKinds.filter((k) => k !== 'other').map((kind) => [artefactLabels[kind], kind])),
  文件送审稿及其说明: 'explanatory_note',
  '草案、注释稿及起草说明': 'explanatory_note',
  '制定所依据的法律、法规、规章和国家政策规定': 'legal_basis_table',
  制定依据: 'legal_basis_table',
  条文依据对照表: 'legal_basis_table',
  依据目录及文本: 'legal_basis_table',
  依据文本: 'legal_basis_table',
}
const isKind = (text: string): text is ArtefactKind => (artefactKinds as readonly string[]).includes(text)

/** 一项说法（旧版规则包写的是种类代码）→ 须提交的材料种类；由程序自身记录或者随附的为 null。 */
const artefactKindOf = (said: string): ArtefactKind | null => (isKind(said) ? said : (words[said] ?? null))
/** 一项送审材料给人看的说法：种类代码写名称，条文的说法照写。 */
export const artefactWord = (said: string): string => (isKind(said) ? artefactLabels[said] : said)
/** 须先提交方可送审的材料种类，依规则包的次序，不重复。起草单位的审核意见另有规则核对，不在其中。 */
export const requiredArtefacts = (list: readonly string[]): ArtefactKind[] => [
  ...new Set(
    list
      .map(artefactKindOf)
      .filter((kind): kind is ArtefactKind => kind === 'explanatory_note' || kind === 'legal_basis_table'),
  ),
]
