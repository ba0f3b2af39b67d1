// 各地数值与条文逐项核对：每一行是一地、一日、一项参数应有的值与出处的条文。
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sharedData } from '../../../../test/support/shared-data.ts'
import { requiredArtefacts } from '../artefact-words.ts'
import { laterSections } from '../sections/index.ts'
import type { Later } from '../sections/later.ts'
import { isConvention, isUnverified } from '../words.ts'
import { describeParam, findPack, latestPack } from './index.ts'
import { allParameters } from './parameters.ts'

type Row = [place: string, on: string, path: string, value: unknown, unit: string | null, article: string | null]
/** 条文给出的值（核实程度一律为 verified）；`article` 为 null 的只核对数值。 */
const rows: Row[] = [
  // 海原县：令89号（2017）自始即是30日，不因人大条例、令127号的施行而变。
  ['640522', '2023-03-09', 'filing.government.government.deadline', 30, 'calendar_day', '第二十四条第一项'],
  ['640522', '2026-11-28', 'filing.government.government.deadline', 30, 'calendar_day', '第二十四条第一项'],
  ['640522', '2026-11-28', 'filing.government.department+township.deadline', 30, 'calendar_day', '第二十四条'],
  ['640522', '2024-05-01', 'filing.npc.government.deadline', 30, 'calendar_day', '第十条第二项、第十三条'],
  ['640522', '2026-11-28', 'filing.npc.government.formalCheck', 10, 'calendar_day', '第十四条第一款'],
  ['640522', '2026-11-28', 'filing.npc.government.supplement', 10, 'calendar_day', '第十四条第二款'],
  ['640522', '2026-11-28', 'filing.npc.government.review', 60, 'calendar_day', '第三十四条'],
  ['640522', '2026-11-28', 'filing.npc.government.correction', 60, 'calendar_day', '第三十六条第二款'],
  ['640522', '2023-03-09', 'filing.government.government.correction', 60, 'calendar_day', '第三十条第一项、第三十一条'],
  [
    '640522',
    '2026-11-28',
    'filing.government.department+township.correction',
    60,
    'calendar_day',
    '第三十条第一项、第三十一条',
  ],
  ['640522', '2026-11-28', 'effective.minimumDelay', 30, 'calendar_day', '第十九条'],
  ['640522', '2026-11-28', 'effective.enterpriseAdjustment', 30, 'calendar_day', '第六十二条'],
  ['640522', '2023-09-01', 'consultation.generalMinimum', 7, 'working_day', '指标22'],
  ['640522', '2023-08-31', 'consultation.generalMinimum', 7, 'working_day', '（十一）'],
  ['640522', '2026-11-28', 'consultation.enterpriseMinimum', 30, 'calendar_day', '指标22'],
  ['640522', '2026-11-28', 'consultation.majorDecisionMinimum', 30, 'calendar_day', '指标32'],
  ['640522', '2026-11-28', 'review.minimum', 5, 'working_day', '指标20'],
  ['640522', '2026-11-28', 'review.maximum', 15, 'working_day', '指标20'],
  ['640522', '2026-11-28', 'review.majorDecisionMinimum', 7, 'working_day', '指标34'],
  ['640522', '2026-11-28', 'dispute.thirdPartyEvaluation', true, null, '指标21'],
  ['640522', '2024-11-13', 'hearing.materialsBefore', 7, 'calendar_day', '第十六条'],
  ['640522', '2024-11-14', 'hearing.materialsBefore', 10, 'working_day', '第十八条、第三十八条'],
  ['640522', '2026-11-28', 'publication.maximum', 20, 'working_day', '第二十六条'],
  ['640522', '2026-11-28', 'cleanup.annual', false, null, '第二十三条'],
  // 昭化区
  ['510811', '2022-03-01', 'consultation.generalMinimum', 30, 'calendar_day', '第十九条第二款'],
  ['510811', '2026-11-28', 'consultation.shortenedMinimum', 7, 'calendar_day', '第十九条第二款'],
  ['510811', '2026-11-28', 'review.minimum', 5, 'working_day', '第二十九条'],
  ['510811', '2026-11-28', 'review.maximum', 15, 'working_day', '第二十九条'],
  ['510811', '2026-11-28', 'effective.minimumDelay', 30, 'calendar_day', '第十二条'],
  ['510811', '2026-11-28', 'validity.generalMaximumYears', 5, 'year', '第十三条'],
  ['510811', '2026-11-28', 'validity.extendedMaximumYears', 10, 'year', '第十三条'],
  ['510811', '2026-11-28', 'validity.provisionalMaximumYears', 2, 'year', '第十三条第二款'],
  ['510811', '2026-11-28', 'filing.government.government.deadline', 30, 'calendar_day', '第三十六条'],
  ['510811', '2026-11-28', 'filing.government.department+township.deadline', 30, 'calendar_day', '第三十六条'],
  ['510811', '2026-11-28', 'filing.npc.government.deadline', 30, 'calendar_day', '第三十六条第一项'],
  ['510811', '2026-11-28', 'suggestion.finish', 60, 'calendar_day', '第四十二条第三款'],
  ['510811', '2026-11-28', 'suggestion.formCheck', null, null, '第四十二条'],
  // 奈曼旗
  ['150525', '2023-12-01', 'consultation.generalMinimum', 15, 'calendar_day', '第十三条第三款'],
  ['150525', '2026-11-28', 'review.minimum', 5, 'working_day', '第二十四条'],
  ['150525', '2026-11-28', 'review.maximum', 15, 'working_day', '第二十四条'],
  ['150525', '2026-11-28', 'review.againAfterMajorChange', true, null, '第二十六条'],
  ['150525', '2026-11-28', 'publication.maximum', 20, 'working_day', '第三十条'],
  ['150525', '2026-11-28', 'validity.generalMaximumYears', 5, 'year', '第四十八条'],
  ['150525', '2026-11-28', 'validity.provisionalMaximumYears', 2, 'year', '第四十八条第二款、第四十九条第二款'],
  ['150525', '2026-11-28', 'evaluation.preExpiryMonths', 6, 'month', '第四十九条第一款'],
  ['150525', '2026-11-28', 'filing.government.government.deadline', 30, 'calendar_day', '第三十三条'],
  ['150525', '2026-11-28', 'filing.government.department+township.formalCheck', 5, 'working_day', '第三十八条第一款'],
  ['150525', '2026-11-28', 'filing.government.government.supplement', 5, 'working_day', '第三十八条第三款'],
  ['150525', '2026-11-28', 'filing.government.government.review', 30, 'calendar_day', '第四十二条'],
  ['150525', '2026-11-28', 'filing.government.government.correction', 60, 'calendar_day', '第四十一条'],
  ['150525', '2026-11-28', 'suggestion.formCheck', 5, 'working_day', '第四十四条'],
  ['150525', '2026-11-28', 'suggestion.finish', 60, 'calendar_day', '第四十四条'],
  ['150525', '2026-11-28', 'hearing.announceBefore', 7, 'working_day', '第十八条第一项'],
  ['150525', '2026-11-28', 'cleanup.annual', false, null, '第五十条'],
  ['150525', '2024-07-01', 'filing.npc.government.deadline', 30, 'calendar_day', '第九条第二项、第十四条'],
  ['150525', '2026-11-28', 'filing.npc.government.formalCheck', 10, 'calendar_day', '第十五条'],
  ['150525', '2026-11-28', 'filing.npc.government.supplement', 10, 'calendar_day', '第十五条第二款'],
  ['150525', '2026-11-28', 'filing.npc.government.review', 3, 'month', '第二十六条'],
  ['150525', '2026-11-28', 'filing.npc.government.correction', 30, 'calendar_day', '第三十五条'],
  // 三地：其余各项
  ['640522', '2024-05-01', 'suggestion.npcIncompleteNotice', 5, 'calendar_day', '第二十、二十一、三十三条'],
  ['640522', '2024-05-01', 'suggestion.npcTransfer', 10, 'calendar_day', '第二十、二十一、三十三条'],
  ['640522', '2024-05-01', 'suggestion.npcNotReviewedNotice', 10, 'calendar_day', '第二十、二十一、三十三条'],
  ['640522', '2026-11-28', 'yearly.filingCatalogueBy', '01-31', null, '第三十四条'],
  ['640522', '2026-11-28', 'majorDecision.partyReport', true, null, '第二十、二十二、二十三、二十七条'],
  ['640522', '2026-11-28', 'majorDecision.summaryBy', '03-30', null, '第二十七条'],
  ['640522', '2026-11-28', 'filing.government.government.copies', 5, null, '第二十六条'],
  ['640522', '2026-11-28', 'filing.npc.government.copies', 5, null, '第十三条'],
  ['510811', '2026-11-28', 'yearly.filingCatalogueBy', '01-31', null, '第四十三条'],
  ['510811', '2026-11-28', 'consultation.nonPublicConsent', 'unit_head', null, '第十九条第一款'],
  ['150525', '2026-11-28', 'yearly.filingCatalogueBy', '01-31', null, '第三十六条'],
  ['150525', '2026-11-28', 'review.emergencyLiftsTimeOnly', true, null, '第三十一条'],
  ['150525', '2026-11-28', 'validity.provisionalExtendable', false, null, '第四十九条第二款'],
  ['150525', '2026-11-28', 'validity.renewedFrom', 'publication', null, '第四十九条第一款'],
  ['150525', '2026-11-28', 'publication.from', 'signed', null, '第三十条'],
  ['150525', '2026-11-28', 'cleanup.intervalYears', 2, 'year', '第五十条'],
  ['150525', '2026-11-28', 'cleanup.publishWithinDays', 30, 'calendar_day', '第五十一条'],
  ['150525', '2026-11-28', 'cleanup.unlistedNotBasis', true, null, '第五十一条'],
  ['150525', '2026-11-28', 'filing.government.government.reviewExtension', 15, 'calendar_day', '第四十二条'],
  ['150525', '2026-11-28', 'filing.npc.government.reviewExtension', 3, 'month', '第二十六条'],
  ['150525', '2026-11-28', 'filing.npc.township.deadline', 30, 'calendar_day', '第九条第二项、第五十四条'],
  ['150525', '2026-11-28', 'filing.npc.government.copies', 2, null, '第十四条'],
  // 国家
  ['CN', '2026-11-28', 'fairCompetition.inForceFrom', '2024-08-01', null, '第四十八条'],
  ['CN', '2026-11-28', 'fairCompetition.governmentReviewerUnit', '市场监督管理局', null, '第三十条、第三十一条'],
  ['CN', '2026-11-28', 'consultation.generalMinimum', 7, 'working_day', '指标22'],
  ['CN', '2026-11-28', 'review.minimum', 5, 'working_day', '二（五）'],
  ['CN', '2026-11-28', 'review.maximum', 15, 'working_day', '二（五）'],
  ['CN', '2026-11-28', 'review.emergencyLiftsTimeOnly', true, null, '二（五）、（七）'],
  ['CN', '2026-11-28', 'archive.transferAfterYears', 10, 'year', '第二十条第二款'],
  // 国家：其余各项
  ['CN', '2026-11-28', 'archive.schedule', '本机关自编，经同级档案主管部门审核同意', null, '第十九条第二款'],
  ['CN', '2026-11-28', 'fairCompetition.again', true, null, '第二十七条、第二十八条、第三十二条'],
  // 安徽、烟台、广州
  ['340000', '2026-11-28', 'consultation.generalMinimum', 30, 'calendar_day', '第十二条'],
  ['340000', '2026-11-28', 'consultation.shortenedMinimum', 10, 'calendar_day', '第十二条'],
  ['340000', '2026-11-28', 'validity.generalMaximumYears', null, null, null],
  ['340000', '2026-11-28', 'filing.government.government.deadline', 15, 'calendar_day', '第二十九条'],
  ['340000', '2026-11-28', 'filing.government.government.formalCheck', null, null, '第三十一条'],
  ['340000', '2026-11-28', 'filing.government.department+township.supplement', 5, 'working_day', '第三十一条'],
  ['340000', '2026-11-28', 'cleanup.intervalYears', 2, 'year', '第三十四条'],
  ['340000', '2026-11-28', 'suggestion.finish', 30, 'calendar_day', '第四十二条'],
  ['370600', '2026-11-28', 'consultation.generalMinimum', 7, 'working_day', '第十八条'],
  ['370600', '2026-11-28', 'consultation.enterpriseMinimum', 30, 'calendar_day', '第十八条'],
  ['370600', '2026-11-28', 'validity.provisionalMaximumYears', 3, 'year', '第四十三条'],
  ['370600', '2026-11-28', 'filing.government.government.deadline', 30, 'calendar_day', '第四十五条'],
  ['370600', '2026-11-28', 'filing.government.government.supplement', 15, 'calendar_day', '第四十八条'],
  ['370600', '2026-11-28', 'filing.government.government.review', 60, 'calendar_day', '第四十九条'],
  ['370600', '2026-11-28', 'filing.government.government.correction', 30, 'calendar_day', '第四十九条'],
  ['440100', '2026-11-28', 'consultation.generalMinimum', 7, 'working_day', '第十四条'],
  ['440100', '2026-11-28', 'validity.generalMaximumYears', 5, 'year', '第三十条'],
  ['440100', '2026-11-28', 'validity.provisionalMaximumYears', 3, 'year', '第三十条'],
  ['440100', '2026-11-28', 'evaluation.governmentPreExpiryMonths', 12, 'month', '第三十三条'],
  ['440100', '2026-11-28', 'suggestion.finish', 30, 'working_day', '第三十九条'],
  ['440100', '2026-11-28', 'filing.government.government.deadline', 30, 'calendar_day', '第四十一条'],
  ['440100', '2026-11-28', 'filing.npc.government.deadline', 30, 'calendar_day', '第四十一条'],
  ['340000', '2026-11-28', 'consultation.enterpriseMinimum', 30, 'calendar_day', '第十二条'],
  ['340000', '2026-11-28', 'review.minimum', 5, 'working_day', '第十八条'],
  ['340000', '2026-11-28', 'review.maximum', 15, 'working_day', '第十八条'],
  ['340000', '2026-11-28', 'review.draftingUnitFirst', true, null, '第十六条'],
  ['340000', '2026-11-28', 'review.emergencyLiftsTimeOnly', true, null, '第二十三条'],
  ['340000', '2026-11-28', 'publication.maximum', 20, 'working_day', '第二十六条'],
  ['340000', '2026-11-28', 'effective.minimumDelay', 30, 'calendar_day', '第二十七、三十条'],
  ['340000', '2026-11-28', 'validity.required', false, null, '通读46条'],
  ['340000', '2026-11-28', 'validity.provisionalMaximumYears', null, null, '通读46条'],
  ['340000', '2026-11-28', 'filing.government.department+township.deadline', 15, 'calendar_day', '第二十九条'],
  ['340000', '2026-11-28', 'filing.government.government.supplement', 5, 'working_day', '第三十一条'],
  ['340000', '2026-11-28', 'initiation.planRequired', true, null, '第九条'],
  ['370600', '2026-11-28', 'review.minimum', 5, 'working_day', '第三十四、三十五条'],
  ['370600', '2026-11-28', 'review.maximum', 15, 'working_day', '第三十四、三十五条'],
  ['370600', '2026-11-28', 'review.supplementWithin', 3, 'working_day', '第三十二条'],
  ['370600', '2026-11-28', 'expert.minimumExperts', 3, null, '第二十四条'],
  ['370600', '2026-11-28', 'expert.minimumExpertsComplex', 5, null, '第二十四条'],
  ['370600', '2026-11-28', 'effective.minimumDelay', 30, 'calendar_day', '第四十二条'],
  ['370600', '2026-11-28', 'validity.required', false, null, '第四十三条'],
  ['370600', '2026-11-28', 'validity.minimumYears', 1, 'year', '第四十三条'],
  ['370600', '2026-11-28', 'validity.generalMaximumYears', 5, 'year', '第四十三条'],
  ['370600', '2026-11-28', 'suggestion.formCheck', 5, 'working_day', '第五十二、五十四条'],
  ['370600', '2026-11-28', 'suggestion.finish', 60, 'calendar_day', '第五十二、五十四条'],
  ['370600', '2026-11-28', 'suggestion.finishExtension', 30, 'calendar_day', '第五十二、五十四条'],
  ['370600', '2026-11-28', 'suggestion.issuerReply', 10, 'calendar_day', '第五十二、五十四条'],
  ['370600', '2026-11-28', 'evaluation.preExpiryMonths', 6, 'month', '第五十七条'],
  ['370600', '2026-11-28', 'evaluation.openEndedEveryYears', 5, 'year', '第五十七条'],
  ['370600', '2026-11-28', 'yearly.filingCatalogueBy', '01-31', null, '第五十六条'],
  ['370600', '2026-11-28', 'archive.copyWithinDays', 30, 'calendar_day', '第七十至七十四条'],
  ['370600', '2026-11-28', 'archive.closeWithinDays', 60, 'calendar_day', '第七十至七十四条'],
  ['440100', '2026-11-28', 'review.minimum', 5, 'working_day', '第二十二、二十四条'],
  ['440100', '2026-11-28', 'review.maximum', 15, 'working_day', '第二十二、二十四条'],
  ['440100', '2026-11-28', 'review.objectionDays', 10, 'working_day', '第二十二、二十四条'],
  ['440100', '2026-11-28', 'effective.minimumDelay', 30, 'calendar_day', '第二十九条'],
  ['440100', '2026-11-28', 'evaluation.preExpiryMonths', 6, 'month', '第三十三条'],
  ['440100', '2026-11-28', 'cleanup.annual', false, null, '第三十五条'],
]
const at = (place: string, on: string, path: string) => {
  const pack = latestPack(place, on)
  if (!pack) throw new Error(`${place} 在 ${on} 没有规则包`)
  const found = allParameters(pack).find((each) => each.path === path)
  if (!found) throw new Error(`${pack.version} 没有 ${path}`)
  return found.param
}

describe('条文给出的值', () => {
  it.each(rows)('%s %s %s 为 %s %s（%s）', (place, on, path, value, unit, article) => {
    const param = at(place, on, path)
    expect([param.value, param.unit ?? null]).toEqual([value, unit])
    expect(param.confidence).toBe('verified')
    if (article !== null) expect(param.source.map((b) => b.article)).toContain(article)
  })
  /** 清单类的值：一地、一项、条文所列。 */
  it.each([
    ['640522', 'filing.government.government.materials', ['备案报告', '审查说明', '正式文本']],
    ['640522', 'filing.government.department+township.materials', ['备案报告', '审查说明', '正式文本']],
    ['510811', 'consultation.nonPublicAllowed', ['突发事件', '危及国家安全等', '依法保密', '法律法规规章另有规定']],
    [
      '150525',
      'filing.government.government.materials',
      ['备案报告', '正式文本', '起草说明', '依据', '征求意见相关材料', '合法性审核意见'],
    ],
    ['510811', 'review.stopsFor', ['supplement']],
    ['150525', 'review.stopsFor', ['supplement', 'consultation', 'expert']],
    ['370600', 'review.stopsFor', ['supplement', 'consultation', 'expert']],
    ['150525', 'validity.exemptKinds', ['repeal', 'discontinue']],
    ['440100', 'validity.exemptKinds', ['repeal']],
    ['340000', 'deliberation.anyBody', ['government', 'department', 'township']],
    [
      'CN',
      'fairCompetition.materials',
      ['政策措施草案', '起草说明（含依据、听取公平竞争影响意见及采纳情况）', '公平竞争审查初审意见', '其他'],
    ],
  ])('%s %s 与条文所列相同', (place, path, list) => {
    expect(at(place, '2026-11-28', path)).toMatchObject({ value: list, confidence: 'verified' })
  })
  it('送审材料写条文的说法，连同条号；须提交的仍是起草说明与制定依据', () => {
    for (const [place, article, word] of [
      ['CN', '二（五）', '征求意见及意见采纳情况'],
      ['640522', '二（五）', '本单位的合法性审核意见'],
      ['510811', '第二十六条', '请示'],
      ['340000', '第十七条', '条文依据对照表'],
      ['370600', '第三十二条', '依据目录及文本'],
      ['440100', '第二十条', '历次法制机构意见及采纳情况'],
    ] as const) {
      const found = at(place, '2026-11-28', 'artefacts')
      expect(found.value, place).toContain(word)
      expect(
        found.source.map((b) => b.article),
        place,
      ).toContain(article)
      expect(requiredArtefacts(found.value as string[]), place).toEqual(['explanatory_note', 'legal_basis_table'])
      expect(describeParam(found)).not.toMatch(/[a-z]_[a-z]/)
    }
    const old = findPack('640522@2023-03-09.2')
    expect(old && describeParam(old.artefacts)).toBe('起草说明、制定依据对照表')
  })
  it('有效期的年数不出自国发〔2010〕33号；人大轨道的期限由省级人大常委会规定', () => {
    for (const path of ['validity.generalMaximumYears', 'validity.provisionalMaximumYears'])
      expect(isUnverified(at('CN', '2026-11-28', path)), path).toBe(true)
    for (const field of ['deadline', 'review', 'correction'])
      expect(at('CN', '2026-11-28', `filing.npc.government.${field}`).source[0], field).toMatchObject({
        document: expect.stringContaining('监督法'),
        article: '第四十条',
      })
  })
  it('各地的会议依本地条文的名称', () => {
    const bodies = (place: string) => at(place, '2026-11-28', 'deliberation.bodies').value as Record<string, string[]>
    expect(bodies('640522').government).toEqual(['政府常务会议', '政府全体会议'])
    expect(bodies('640522').department).toEqual(['局务会议', '办务会议', '委员会会议'])
    expect(bodies('510811').department).toEqual(['部门办公会议'])
    expect(bodies('150525')).toMatchObject({ government: ['政府常务会议'], department: ['部门办公会议'] })
  })
  it('令89号不再是有效期、人大备案的出处', () => {
    const cited = (path: string) => at('640522', '2026-11-28', path).source.map((b) => b.document)
    for (const path of [
      'validity.generalMaximumYears',
      'validity.provisionalMaximumYears',
      'filing.npc.government.deadline',
    ])
      expect(cited(path).join(), path).not.toContain('令第89号')
  })
  it('说明里不再有“条文未取得”，文本没有日数的写明“自治区办法未定日数”', () => {
    for (const [place, on] of [
      ['640522', '2026-11-28'],
      ['150525', '2026-11-28'],
    ] as const) {
      const pack = latestPack(place, on)
      expect(JSON.stringify(pack)).not.toContain('条文未取得')
    }
    const note = (path: string) => at('640522', '2026-11-28', path).note
    for (const path of [
      'filing.government.government.formalCheck',
      'filing.government.department+township.supplement',
      'suggestion.finish',
    ])
      expect(note(path), path).toContain('自治区办法未定日数')
  })
  it('没有统一规定的仍标为待核实', () => {
    for (const path of ['filing.government.government.review', 'filing.npc.government.correction'])
      expect(isUnverified(at('CN', '2026-11-28', path)), path).toBe(true)
  })
  it('三地待核实的项数；没有条文可查的约定另数', () => {
    // 第三代以后的参数（其他各种事项的）另数。
    const third = new Set(
      Object.entries(laterSections as Record<string, Record<string, Later<unknown>>>).flatMap(([section, specs]) =>
        Object.entries(specs).flatMap(([key, spec]) => ((spec.since ?? 2) >= 3 ? [`${section}.${key}`] : [])),
      ),
    )
    const counted = (place: string, isThird: boolean, section = '') =>
      allParameters(latestPack(place, '2026-11-28') as NonNullable<ReturnType<typeof latestPack>>).filter(
        (p) =>
          isUnverified(p.param) &&
          !isConvention(p.param) &&
          third.has(p.path) === isThird &&
          p.path.startsWith(section),
      ).length
    const doubtful = (place: string) => counted(place, false)
    expect(doubtful('640522')).toBeLessThanOrEqual(19)
    expect(doubtful('510811')).toBeLessThanOrEqual(24)
    expect(doubtful('150525')).toBeLessThanOrEqual(11)
    for (const place of ['640522', '510811', '150525'])
      expect(counted(place, true, 'suggestion.'), `${place} 建议审查`).toBeLessThanOrEqual(8)
  })
})

/** 证据表的一项：一地、一项参数，条文怎么说。 */
interface Fact {
  jurisdiction: string
  path: string
  value: unknown
  unit: string | null
  sourceKey: string
  article: string
  confidence: string
  effectiveFrom: string
}
/** 出处代号 → 文件名称中认得出的一段。 */
const documents: Record<string, string> = {
  NX89: '令第89号',
  NX127: '令第127号',
  NXNPC: '宁夏回族自治区各级人民代表大会常务委员会规范性文件备案审查条例',
  NXHEAR: '宁夏回族自治区行政听证程序规定',
  NXMAJ: '宁夏回族自治区重大行政决策规定',
  NXBIZ: '宁夏回族自治区优化营商环境条例',
  SC351: '令第351号',
  NM262: '令第262号',
  NMNPC: '内蒙古自治区各级人民代表大会常务委员会规范性文件备案审查条例',
  FC99: '令第99号',
  GB115: '国办发〔2018〕115号',
  DA772: '国务院令第772号',
}
const renamed: Record<string, string> = {
  'review.again': 'review.againAfterMajorChange',
  emergency: 'review.emergencyLiftsTimeOnly',
  'filing.annualCatalogue': 'yearly.filingCatalogueBy',
}
/** 证据表的路径 → 规则包中的各条路径。 */
function pathsOf({ jurisdiction, path }: Fact): string[] {
  const plain = path.replace(/（.*?）/g, '')
  if (plain === 'suggestion')
    return ['suggestion.npcIncompleteNotice', 'suggestion.npcNotReviewedNotice', 'suggestion.npcTransfer']
  if (renamed[plain]) return [renamed[plain]]
  if (!plain.startsWith('filing.')) {
    const [first = '', ...more] = plain.split(' / ')
    return [first, ...more.map((each) => (each.includes('.') ? each : `${first.split('.')[0]}.${each}`))]
  }
  const [, track = '', field = ''] = /^filing\.?(\*|government|npc)?(?:\([a-z+]+\))?\.(.+)$/.exec(plain) ?? []
  const only = /\(([a-z+]+)\)/.exec(plain)?.[1]
  // “两轨”与“*”在证据表里指政府轨道的两种文件；人大轨道另有各自的行。
  const wanted = (p: string) =>
    (track === 'npc' ? p.startsWith('filing.npc.government.') : p.startsWith('filing.government.')) &&
    (only === undefined || p.split('.')[2] === only)
  const pack = latestPack(jurisdiction, '2026-11-28')
  const fields = field.split(' / ')
  return pack
    ? allParameters(pack)
        .map((p) => p.path)
        .filter((p) => wanted(p) && fields.includes(p.split('.').at(-1) ?? ''))
    : []
}
/** 证据表所写的值 → 该路径应有的值与单位；`undefined` 为条文没有此数。 */
function expectedOf(f: Fact, path: string): [unknown, string | null] | undefined {
  const days = (text: unknown): [unknown, string] => [Number.parseInt(String(text), 10), 'calendar_day']
  if (f.value === null) return undefined
  if (path === 'yearly.filingCatalogueBy') return ['01-31', null]
  if (path === 'review.minimum' && f.jurisdiction === 'CN') return [5, 'working_day']
  if (path === 'review.maximum' && f.jurisdiction === 'CN') return [15, 'working_day']
  if (path.startsWith('suggestion.npc')) {
    const key =
      path === 'suggestion.npcIncompleteNotice'
        ? 'incompleteNotice'
        : path === 'suggestion.npcTransfer'
          ? 'transfer'
          : 'notReviewedNotice'
    return days((f.value as Record<string, string>)[key])
  }
  return [f.value, f.unit]
}
const file = sharedData('packs-evidence.json')

describe.skipIf(file === null)('证据表逐项', () => {
  // 跳过的组，其内容照样要收集。
  const { facts } = (file === null ? { facts: [] } : JSON.parse(readFileSync(file, 'utf8'))) as { facts: Fact[] }
  it.each(facts.map((f) => [`${f.jurisdiction} ${f.path}`, f] as const))('%s', (_name, f) => {
    const paths = pathsOf(f)
    expect(paths.length).toBeGreaterThan(0)
    // 自条文施行之日起就是这个值，到今日仍是；本地的第一版以前没有规则包。
    const first = latestPack(f.jurisdiction, f.effectiveFrom) ? f.effectiveFrom : '2026-11-28'
    for (const on of new Set([first, '2026-11-28']))
      for (const path of paths) {
        const found = at(f.jurisdiction, on, path)
        const expected = expectedOf(f, path)
        const where = `${path} ${on}`
        if (expected === undefined) {
          // 条文没有此数：没有值，或者值另有出处、待核实。
          const borrowed = found.source.some((b) => !b.document.includes(documents[f.sourceKey] ?? '—'))
          expect(found.value === null || found.value === false || isUnverified(found) || borrowed, where).toBe(true)
          continue
        }
        const [value, unit] = expected
        if (path === 'deliberation.bodies') {
          const { township: _, ...organs } = value as Record<string, unknown>
          expect(found.value, where).toMatchObject(organs)
        } else if (path === 'review.reviewerRouting')
          expect(found.value, where).toMatchObject({ township: 'own_or_designated' })
        else expect([found.value, found.unit ?? null], where).toEqual([value, unit])
        expect(found.confidence, where).toBe(f.confidence)
        const cited = found.source.filter((b) => b.document.includes(documents[f.sourceKey] ?? '—'))
        expect(cited.map((b) => b.article).join('；'), where).toContain(f.article)
      }
  })
})
