// What a proposal will bring with it, before it is made: how long, who examines it, the earliest day of publication. The
// machine and the rules are those of a real file, walked from a first dossier that is kept nowhere.
import { dateInShanghai } from '@dianzhang/calendar'
import type { answers, ProposalPreviewInput } from '@dianzhang/contract'
import { factsFor, newDossier } from '@dianzhang/lifecycle'
import { amount, mark } from '@dianzhang/packs'
import {
  competentMeetings,
  competentReviewers,
  consultationMinimum,
  consultationNeeded,
  type Facts,
} from '@dianzhang/rules'
import { documentDesk } from '../document-desk.ts'
import { loadUnits } from '../facts/load-facts.ts'
import type { Actor, Office } from '../office.ts'
import { presentOf } from './matters.ts'

type Preview = answers.Given<typeof answers.ProposalPreview>

/**
 * The consequences of title and classification, as the pack in force today says them; writes nothing. Issuers and drafting unit
 * are codes; unknown ones are left out, and without an issuer there is no course.
 */
export async function previewProposal(office: Office, actor: Actor, given: ProposalPreviewInput): Promise<Preview> {
  const { jurisdiction } = actor
  const at = office.clock.now().toISOString()
  const on = dateInShanghai(at)
  const pack = office.rules.latest(jurisdiction, on)
  const units = await loadUnits(office.db, jurisdiction)
  const issuers = given.issuers.filter((id) => units[id])
  const own = actor.kind === 'person' ? actor.unit : ''
  const dossier = newDossier({
    id: 'preview',
    jurisdiction,
    packVersion: pack.version,
    title: given.title,
    genre: given.genre,
    tier: given.tier,
    issuers,
    draftingUnit: given.draftingUnit && units[given.draftingUnit] ? given.draftingUnit : own,
    planItem: given.planItem,
    classification: given.classification,
    necessity: '',
    at,
    by: actor.kind === 'person' ? actor.person : 'system',
  })
  const now = await presentOf(documentDesk, office, actor, { row: { packVersion: pack.version }, dossier, units }, pack)
  const facts = factsFor(dossier, { ...now, type: 'RecomputeDeadlines', payload: {} })
  const walked = issuers.length > 0 ? documentDesk.plan?.(documentDesk.engine.initial(dossier), now) : undefined
  return {
    packVersion: pack.version,
    consequences: consequencesOf(facts),
    steps: (walked?.steps ?? []).map(({ stage, label, from, until }) => ({ stage, label, from, until })),
    publishOn: walked?.publishOn ?? null,
    effectiveOn: walked?.effectiveOn ?? null,
    stuck: walked?.stuck ? walked.stuck.verdicts.filter((v) => !v.holds).map((v) => v.reason) : null,
    provisional: walked?.provisional ?? false,
  }
}

/** One line for each thing the classification brings or spares. */
function consequencesOf(f: Facts): Preview['consequences'] {
  const { classification: c, tier, issuers } = f.dossier
  const { pack } = f
  const lines: Array<Preview['consequences'][number]> = []
  const say = (kind: string, label: string, says: string): void => void lines.push({ kind, label, says })
  const similar = f.external.planning?.similar ?? []
  if (similar.length > 0)
    say('overlap', '名称相近', `${similar.slice(0, 5).join('、')}：是否重复、可否合并或者修改原文件，立项时须说明`)
  if (consultationNeeded(c)) {
    const { decisive } = consultationMinimum(f, f.today)
    say('consultation', '公开征求意见', `至少${amount(decisive.param)}（${decisive.label}）${mark(decisive.param)}`)
  } else
    say(
      'consultation',
      '公开征求意见',
      c.confidential ? '涉密，不公开征求' : c.nonPublic ? '依本地规定不公开征求' : '依现在的分类不是必经程序',
    )
  if (c.expertise) {
    const { minimumExperts } = pack.expert
    say(
      'expert',
      '专家论证',
      minimumExperts.value === null ? '须有' : `须有，至少${minimumExperts.value}名专家${mark(minimumExperts)}`,
    )
  }
  if (c.majorDecision || c.stability) say('risk', '风险评估', '须有')
  if (c.competition ?? c.enterpriseRelated)
    say(
      'competition',
      '公平竞争审查',
      tier === 'government' && !issuers.includes(f.dossier.draftingUnit)
        ? `起草单位初审，${pack.fairCompetition.governmentReviewerUnit.value}审查`
        : '起草单位审查',
    )
  if (c.hearingRequired) say('hearing', '听证', '须举行')
  if (c.majorDecision) say('party', '请示报告党委', '签署以前须有')
  if (pack.review.draftingUnitFirst.value && tier === 'government' && !issuers.includes(f.dossier.draftingUnit))
    say('own-review', '本单位先行审核', '由没有起草的人审核')
  if (issuers.length > 0) say('review', '合法性审核', competentReviewers(f).rule)
  const meetings = competentMeetings(f).map((each) => each.name)
  if (issuers.length > 0)
    say(
      'deliberation',
      '集体审议',
      meetings.length > 0 ? meetings.join('或者') : '没有登记有权审议的会议，请管理员登记',
    )
  const { generalMaximumYears: general, provisionalMaximumYears: trial } = pack.validity
  const limit = c.provisional ? trial : general
  say(
    'validity',
    '有效期',
    limit.value === null ? '没有规定上限' : `${c.provisional ? '暂行、试行的' : ''}最长${limit.value}年${mark(limit)}`,
  )
  return lines
}
