// 国家基准现行各版：最初的数值（first.ts）经更正，加上后来才有的参数（sections/）；国家规定变动之日各立一版。出处见 sources.md。
import type { FirstPack, Pack, Param } from '../../pack.ts'
import { param } from '../../param.ts'
import { source } from '../../sources.ts'
import { generation } from '../complete.ts'
import { withLater } from '../with-later.ts'
import { firstPacksOfChina } from './first.ts'

const last = firstPacksOfChina.at(-1) as FirstPack
const noUniform = '国家对规范性文件没有统一规定，地方文本差别大；未核实的缺省值，不与地方规定从严比较'

/** 政府轨道：形式审查取内蒙古令262号的5个工作日；其余参照规章。 */
const governmentSteps = {
  formalCheck: param<number | null>(5, 'working_day', source.nm262('第三十八条第一款', 'local_example'), {
    confidence: 'local_example',
    note: `${noUniform}；取内蒙古的5个工作日`,
  }),
  supplement: param<number | null>(15, 'calendar_day', source.ruleFiling('第九条'), {
    confidence: 'inference',
    note: '该条规定的是规章的补正期限，规范性文件参照',
  }),
  review: param<number | null>(2, 'month', source.ruleFiling('第十一条'), {
    confidence: 'inference',
    note: `规章审查为2个月，规范性文件参照；${noUniform}`,
  }),
  correction: param<number | null>(30, 'calendar_day', source.ruleFiling('第二十一条'), {
    confidence: 'inference',
    note: `规章的处理情况为30日，规范性文件参照；${noUniform}`,
  }),
}
/** 人大轨道：由省级人大常委会具体规定（监督法第四十条）；形式审查、补正取宁夏、内蒙古的10日。 */
const npcSteps = {
  formalCheck: param<number | null>(
    10,
    'calendar_day',
    [source.nxNpc('第十四条第一款', 'local_example'), source.nmNpc('第十五条', 'local_example')],
    { confidence: 'local_example', note: `${noUniform}；取宁夏、内蒙古的10日` },
  ),
  supplement: param<number | null>(
    10,
    'calendar_day',
    [source.nxNpc('第十四条第二款', 'local_example'), source.nmNpc('第十五条第二款', 'local_example')],
    { confidence: 'local_example', note: `${noUniform}；取宁夏、内蒙古的10日` },
  ),
  review: param<number | null>(2, 'month', [source.supervisionLaw('第四十条'), source.ruleFiling('第十一条')], {
    confidence: 'inference',
    note: `由省级人大常委会具体规定；2个月参照规章；${noUniform}`,
  }),
  correction: param<number | null>(
    30,
    'calendar_day',
    [source.supervisionLaw('第四十条'), source.ruleFiling('第二十一条')],
    {
      confidence: 'inference',
      note: `由省级人大常委会具体规定；30日参照规章；${noUniform}`,
    },
  ),
}
/** 报送人大常委会的期限由省级人大常委会具体规定，不由政府的规定得出。 */
const npcDeadline = param(30, 'calendar_day', source.supervisionLaw('第四十条'), {
  confidence: 'inference',
  note: '规范性文件备案审查的程序由省、自治区、直辖市的人大常委会具体规定；30日取宁夏、内蒙古等地条例的通例为缺省值',
})

const commonYears = [source.sc351('第十三条', 'local_example'), source.nm262('第四十八条', 'local_example')]
const consulted = last.consultation.generalMinimum
const corrected: FirstPack = {
  ...last,
  consultation: {
    ...last.consultation,
    generalMinimum: {
      ...consulted,
      source: [...consulted.source, source.nx127('指标22', 'local_example')],
      note: '国家的底线；宁夏令127号指标22逐字一致，四川、安徽为30日，内蒙古为15日',
      quote: '公开征求意见期限一般不少于7个工作日',
    },
  },
  artefacts: {
    ...last.artefacts,
    value: [
      '文件送审稿及其说明',
      '制定所依据的法律、法规、规章和国家政策规定',
      '征求意见及意见采纳情况',
      '本单位的合法性审核意见',
      '针对不同审核内容需要的其他材料',
    ],
    source: [source.legalityReview('二（五）'), source.majorDecision('第二十六条')],
    confidence: 'verified',
    quote:
      '应当包括文件送审稿及其说明，制定文件所依据的法律、法规、规章和国家政策规定，征求意见及意见采纳情况，本单位的合法性审核意见，以及针对不同审核内容需要的其他材料等',
    note: '制定依据可以用对照表，对照表的形式不是国家要求',
  },
  review: {
    ...last.review,
    minimum: {
      ...last.review.minimum,
      quote:
        '除为了预防、应对和处置突发事件，或者执行上级机关的紧急命令和决定需要立即制定实施规范性文件等外，合法性审核时间一般不少于5个工作日，最长不超过15个工作日',
    },
    maximum: { ...last.review.maximum, quote: '合法性审核时间一般不少于5个工作日，最长不超过15个工作日' },
    emergencyLiftsTimeOnly: {
      ...last.review.emergencyLiftsTimeOnly,
      source: [source.legalityReview('二（五）、（七）')],
      quote: '未经合法性审核或者经审核不合法的文件，不得提交集体审议',
    },
  },
  dispute: {
    thirdPartyEvaluation: param(false, null, source.majorDecision('第十三条'), {
      note: '只要求说明争议问题、各方意见与理由，没有第三方评估；由地方规定',
    }),
  },
  evaluation: {
    ...last.evaluation,
    yearlyQuota: param(0, null, source.majorDecision('第三十六条'), {
      note: '可以组织决策后评估，没有年度件数；由地方规定',
    }),
  },
  suggestion: {
    formCheck: param<number | null>(5, 'working_day', source.nm262('第四十四条', 'local_example'), {
      note: '国家没有统一规定，取内蒙古的5个工作日',
      quote: '收到申请之日起五个工作日内进行形式审查',
    }),
    finish: param<number | null>(
      60,
      'calendar_day',
      [source.sc351('第四十二条', 'local_example'), source.nm262('第四十四条', 'local_example')],
      { note: '国家没有统一规定；四川、内蒙古、烟台60日，安徽30日' },
    ),
  },
  validity: {
    generalMaximumYears: param<number | null>(
      5,
      'year',
      [...commonYears, source.ruleOfLaw2010('有效期制度', 'memory')],
      {
        confidence: 'local_example',
        note: '国发〔2010〕33号只要求建立有效期制度，没有年数；5年见于四川、内蒙古等省级办法，由地方规定',
      },
    ),
    provisionalMaximumYears: param<number | null>(
      2,
      'year',
      [...commonYears, source.ruleOfLaw2010('有效期制度', 'memory')],
      { confidence: 'local_example', note: '暂行、试行的上限各地不一（四川、内蒙古2年，烟台、广州3年），缺省2年' },
    ),
  },
  filing: last.filing.map((track) =>
    track.track === 'npc' ? { ...track, ...npcSteps, deadline: npcDeadline } : { ...track, ...governmentSteps },
  ),
}

/** 2025年4月20日起：公平竞争审查条例实施办法施行。 */
const cited = <T>(own: Param<T>, article: string, quote: string): Param<T> => ({
  ...own,
  source: [...own.source, source.fairCompetitionRules(article)],
  quote,
})
const fairCompetition2025: FirstPack['fairCompetition'] = {
  inForceFrom: cited(
    corrected.fairCompetition.inForceFrom,
    '第四十八条',
    '拟由县级以上人民政府出台的政策措施，包括办公厅（室）出台或者转发本级政府部门起草的政策措施',
  ),
  governmentReviewerUnit: cited(
    corrected.fairCompetition.governmentReviewerUnit,
    '第三十条、第三十一条',
    '由本级人民政府市场监督管理部门会同起草单位在起草阶段开展',
  ),
}

/** 国家规定变动的日期，每一日期一版。 */
const versions: Array<{ from: string; serial: number; changes?: Partial<FirstPack> }> = [
  { from: '2018-12-04', serial: 3 },
  { from: '2024-03-01', serial: 1 },
  { from: '2025-04-20', serial: 1, changes: { fairCompetition: fairCompetition2025 } },
  // 民营经济促进法施行。
  { from: '2025-05-20', serial: 1, changes: { fairCompetition: fairCompetition2025 } },
]

/** 国家基准现行各版，按日期排列；地方各版由当日有效的一版得出。 */
export const nationals: Pack[] = versions.map(({ from, serial, changes }) =>
  withLater({ ...corrected, ...changes, version: `CN@${from}.${serial}`, effectiveFrom: from, generation }),
)

export const packsOfChina: FirstPack[] = [...firstPacksOfChina, ...nationals]
