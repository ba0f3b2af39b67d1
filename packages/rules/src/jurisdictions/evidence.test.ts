// 各地数值与条文逐项核对：每一行是一地、一日、一项参数应有的值与出处的条文。
import { describe, expect, it } from 'vitest'
import { isUnverified } from '../words.ts'
import { latestPack } from './index.ts'
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
  // 国家
  ['CN', '2026-11-28', 'fairCompetition.inForceFrom', '2024-08-01', null, '第四十八条'],
  ['CN', '2026-11-28', 'fairCompetition.governmentReviewerUnit', '市场监督管理局', null, '第三十条、第三十一条'],
  ['CN', '2026-11-28', 'consultation.generalMinimum', 7, 'working_day', '指标22'],
  ['CN', '2026-11-28', 'review.minimum', 5, 'working_day', '二（五）'],
  ['CN', '2026-11-28', 'review.maximum', 15, 'working_day', '二（五）'],
  ['CN', '2026-11-28', 'review.emergencyLiftsTimeOnly', true, null, '二（五）、（七）'],
  ['CN', '2026-11-28', 'archive.transferAfterYears', 10, 'year', '第二十条第二款'],
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
  it('已核实的值都有条文原话或者读到的条号；三地待核实的项数', () => {
    const doubtful = (place: string) =>
      allParameters(latestPack(place, '2026-11-28') as NonNullable<ReturnType<typeof latestPack>>).filter((p) =>
        isUnverified(p.param),
      ).length
    // 其中两项没有条文写数：更正的字数、评估以后再次确认。
    expect(doubtful('640522')).toBeLessThanOrEqual(21)
    expect(doubtful('510811')).toBeLessThanOrEqual(26)
    expect(doubtful('150525')).toBeLessThanOrEqual(13)
  })
})
