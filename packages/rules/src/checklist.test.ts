// 材料清单所说的与关口所拦的是同一件事：缺一项，清单写缺，关口不放；补齐了，两处都不再提。
import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue/index.ts'
import { materialLines } from './checklist.ts'
import { exampleFacts } from './example-facts.ts'
import { classified, withCommand, withDossier } from './patch.ts'

const published = exampleFacts()
const making = withDossier(published, { publication: null, review: null })
const without = (kind: string) =>
  withDossier(making, (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== kind) }))
const stateOf = (f: typeof making, kind: string) => materialLines(f).find((each) => each.kind === kind)?.state

describe('材料清单', () => {
  it('合规的案卷各项都有，依使用的先后', () => {
    const lines = materialLines(making)
    expect(lines.map((each) => each.state)).toEqual(lines.map(() => 'have'))
    expect(lines.map((each) => each.kind)).toEqual([
      'text',
      'explanatory_note',
      'legal_basis_table',
      'fcr_first_opinion',
      'own_legality_opinion',
      'interpretation',
    ])
  })
  it.each([
    ['explanatory_note', 'draft.artefacts-complete', 'SubmitForReview'],
    ['legal_basis_table', 'draft.artefacts-complete', 'SubmitForReview'],
    ['own_legality_opinion', 'review.own-first', 'SubmitForReview'],
    ['interpretation', 'publication.interpretation', 'Publish'],
    ['fcr_first_opinion', 'assessment.fair-competition', 'SubmitForReview'],
  ] as const)('缺%s：清单写缺，%s 也不放行', (kind, rule, command) => {
    const f = without(kind)
    expect(stateOf(f, kind)).toBe('missing')
    expect(catalogue[rule].judge(withCommand(f, command)).holds).toBe(false)
  })
  it('有而不合用的写明缘由：对照表没有列出依据，审核的是旧版文本', () => {
    expect(stateOf(withDossier(making, { bases: [] }), 'legal_basis_table')).toBe('unfit')
    const stale = withDossier(making, (d) => ({
      texts: [...d.texts, { ...(d.texts.at(-1) as (typeof d.texts)[number]), n: 99, hash: 'f'.repeat(64) }],
    }))
    const line = materialLines(stale).find((each) => each.kind === 'own_legality_opinion')
    expect(line?.state).toBe('unfit')
    expect(line?.why).toContain('请就提请的文本重新审核')
  })
  it('不公开征求意见的，起草说明在提请审核时要用；已经公布、终止的不再列', () => {
    const quiet = classified(making, { affectsRights: false, enterpriseRelated: false, majorDecision: false })
    expect(materialLines(quiet).find((each) => each.kind === 'explanatory_note')?.neededFor).toBe('review')
    expect(
      materialLines(withDossier(published, { publication: published.dossier.publication ?? ({} as never) })),
    ).toEqual([])
    expect(
      materialLines(withDossier(making, { closing: { reason: '撤回', at: '2026-05-06T10:00:00+08:00' } })),
    ).toEqual([])
  })
})
