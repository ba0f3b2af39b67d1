// 部门起草、以政府名义制发的，起草部门先行审核，再送政府的审核机构：先由自己审，不是代替。
import { dateInShanghai } from '@dianzhang/calendar'
import { artefactLabels, ownConclusionLabels, roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { exampleHash } from '../example-facts.ts'
import type { ArtefactRef, Dossier, Facts } from '../facts.ts'
import { fails, holds, isHead } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitName, versionOf } from '../words.ts'

const label = artefactLabels.own_legality_opinion
const ownOf = (d: Dossier): ArtefactRef | null => d.artefacts.find((a) => a.kind === 'own_legality_opinion') ?? null
const own = (f: Facts, change: Partial<ArtefactRef>): Facts =>
  withDossier(f, (d) => ({
    artefacts: d.artefacts.map((a) => (a.kind === 'own_legality_opinion' ? { ...a, ...change } : a)),
  }))
const opinion = (f: Facts, change: Partial<NonNullable<ArtefactRef['opinion']>>): Facts => {
  const now = ownOf(f.dossier)?.opinion
  return now ? own(f, { opinion: { ...now, ...change } }) : f
}

export const reviewOwnFirst: Rule = {
  id: 'review.own-first',
  title: '政府制发的文件，起草单位已先行作合法性审核',
  severity: 'block',
  basis: source.legalityReview('二（四）、二（五）'),
  by: [roleLabels.unit_head],
  judge: (f) => {
    const d = f.dossier
    const submitting = f.command?.type === 'SubmitForReview'
    if (!f.pack.review.draftingUnitFirst.value) return holds('本地没有规定起草单位先行审核')
    if (d.tier !== 'government' || d.issuers.includes(d.draftingUnit))
      return holds('由本机关起草、本机关制发，审核机构的审核即是')
    if (d.review?.earlierForm && !submitting) return holds('送审时尚未要求随附起草单位的合法性审核意见')
    const given = ownOf(d)
    const from = unitName(f, d.draftingUnit)
    if (!given?.opinion)
      return fails(`缺少${from}的${label}：写明结论、审核人（不是起草人）与所审的文本，在提请之前提交`)
    const { conclusion, examiner, textHash } = given.opinion
    if (conclusion !== 'lawful')
      return fails(`${from}的${label}为“${ownConclusionLabels[conclusion]}”，请修改并重新审核后再提请`)
    if (d.editors.includes(examiner) || d.proposedBy === examiner)
      return fails(`${from}的${label}由起草、修改过文本的人作出，须由未参与起草的人审核`)
    // 提请以后的修改由审核机构把关；先行审核的须是提请的文本。
    const covers = submitting || !d.review ? isHead(d, textHash) : textHash === d.review.textHash || isHead(d, textHash)
    if (!covers)
      return fails(
        `${from}审核的是${versionOf(d, textHash)}，提请的是${versionOf(d, (submitting ? d.texts.at(-1)?.hash : d.review?.textHash) ?? null)}；请就提请的文本重新审核`,
      )
    if (!submitting && d.review && Date.parse(given.at) > Date.parse(d.review.submittedAt))
      return fails(
        `${from}的${label}（${day(dateInShanghai(given.at))}）晚于提请审核（${day(dateInShanghai(d.review.submittedAt))}），不是先行审核；请重新提请`,
      )
    return holds(`${from}已先行审核：${ownConclusionLabels[conclusion]}（${day(dateInShanghai(given.at))}）`)
  },
  examples: {
    holds: [
      { name: '起草单位先行审核', given: (f) => f, says: '海原县农业农村局已先行审核：合法' },
      {
        name: '部门自己制发的文件',
        given: (f) => withDossier(f, { tier: 'department', issuers: ['hy-agri'], artefacts: [] }),
        says: '审核机构的审核即是',
      },
      {
        name: '送审在前的旧案卷',
        given: (f) =>
          withDossier(f, (d) => ({ artefacts: [], review: d.review && { ...d.review, earlierForm: true } })),
        says: '尚未要求',
      },
    ],
    refused: [
      {
        name: '没有本单位的意见',
        given: (f) =>
          withDossier(f, (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== 'own_legality_opinion') })),
        says: '缺少海原县农业农村局的本单位的合法性审核意见',
      },
      { name: '结论不是合法', given: (f) => opinion(f, { conclusion: 'revise' }), says: '应当予以修改' },
      { name: '起草人自己审核', given: (f) => opinion(f, { examiner: 'p-drafter' }), says: '未参与起草的人' },
      {
        name: '审的是旧版',
        given: (f) => opinion(f, { textHash: exampleHash(1) }),
        says: '审核的是第1版，提请的是第2版',
      },
      { name: '提请以后才补', given: (f) => own(f, { at: '2026-05-06T10:00:00+08:00' }), says: '不是先行审核' },
    ],
  },
}
