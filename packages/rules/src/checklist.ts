// 材料清单：现在要用到的各项材料，已有的、缺的、须就新文本重做的。要哪些由规则包与规则得出，这里不另立条件。
import { type ArtefactKind, artefactLabels } from '@dianzhang/contract'
import { requiredArtefacts } from '@dianzhang/packs'
import { catalogue } from './catalogue/index.ts'
import { type Facts, headText } from './facts.ts'
import { withCommand } from './patch.ts'
import { consultationNeeded } from './periods.ts'
import type { RuleId } from './rule.ts'

/** 材料清单的一行。 */
export interface MaterialLine {
  /** 材料的种类；文件文本为 `text`。 */
  kind: ArtefactKind | 'text'
  label: string
  /** 最早在哪一步要用：公开征求意见、提请审核、公布。 */
  neededFor: 'consultation' | 'review' | 'publication'
  /** 已有；缺；已有而不合用（如审的是旧版文本）。 */
  state: 'have' | 'missing' | 'unfit'
  /** 缺什么、为何不合用；已有的为 null。 */
  why: string | null
}
/** 此刻等着补的材料的名称：先是起草时就要备齐的；就定稿出具的本单位审核意见在其后，公布时才用的最后。 */
export function lackingNow(f: Facts): string[] {
  const lacking = materialLines(f).filter(({ kind, state }) => kind !== 'text' && state !== 'have')
  const turnOf = (line: MaterialLine) =>
    line.neededFor === 'publication' ? 2 : line.kind === 'own_legality_opinion' ? 1 : 0
  const first = Math.min(...lacking.map(turnOf))
  return lacking.filter((line) => turnOf(line) === first).map(({ label }) => label)
}
const says = (f: Facts, id: RuleId, type: string) => catalogue[id].judge(withCommand(f, type))

/**
 * 各项材料此刻的情形，依使用的先后；终止的、已经公布的不再列。起草说明在不必公开征求意见时于提请审核时要用。
 * 条件与 `draft.artefacts-complete`、`assessment.fair-competition`、`review.own-first`、`publication.interpretation` 相同。
 */
export function materialLines(f: Facts): MaterialLine[] {
  const d = f.dossier
  if (d.publication || d.closing) return []
  const has = (kind: ArtefactKind) => d.artefacts.some((a) => a.kind === kind)
  const line = (kind: ArtefactKind, neededFor: MaterialLine['neededFor'], why: string | null): MaterialLine => ({
    kind,
    label: artefactLabels[kind],
    neededFor,
    state: why === null ? 'have' : has(kind) ? 'unfit' : 'missing',
    why,
  })
  const required = requiredArtefacts(f.pack.artefacts.value)
  const { classification: c } = d
  const open = consultationNeeded(c) ? 'consultation' : 'review'
  const lines: MaterialLine[] = [
    {
      kind: 'text',
      label: '文件文本',
      neededFor: open,
      state: headText(d) ? 'have' : 'missing',
      why: headText(d) ? null : '还没有文本',
    },
    line('explanatory_note', open, has('explanatory_note') ? null : '还没有起草说明'),
    ...(required.includes('legal_basis_table')
      ? [
          line(
            'legal_basis_table',
            'review',
            !has('legal_basis_table') ? '还没有逐条写明依据' : d.bases.length === 0 ? '没有列出任何依据' : null,
          ),
        ]
      : []),
  ]
  if ((c.competition ?? c.enterpriseRelated) && d.tier === 'government' && !d.issuers.includes(d.draftingUnit))
    lines.push(
      line('fcr_first_opinion', 'review', has('fcr_first_opinion') ? null : '送公平竞争审查以前，起草单位先行初审'),
    )
  const own = says(f, 'review.own-first', d.review ? 'IssueOpinion' : 'SubmitForReview')
  if (!own.holds || has('own_legality_opinion'))
    lines.push(line('own_legality_opinion', 'review', own.holds ? null : own.reason))
  const interpretation = says(f, 'publication.interpretation', 'Publish')
  if (!interpretation.holds || has('interpretation'))
    lines.push(line('interpretation', 'publication', interpretation.holds ? null : '公布时须有政策解读'))
  return lines
}
