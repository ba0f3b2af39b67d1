// 国家基准的最初两版：一经使用即固定，不再改动；现行各版见 index.ts。
import type { FirstPack } from '../../pack.ts'
import { source } from '../../sources.ts'
import { citationsCorrected } from '../corrections.ts'
import { param } from '../derive.ts'

const filingSteps = {
  formalCheck: param(5, 'working_day', source.huzhou2025('形式审查（3个工作日）与外地人大做法（5个工作日）'), {
    confidence: 'local_example',
    note: '国家对规范性文件备案的形式审查期限没有统一规定，取外地做法为缺省值',
  }),
  supplement: param(15, 'calendar_day', source.ruleFiling('第九条'), {
    confidence: 'inference',
    note: '该条规定的是规章的补正期限，规范性文件参照',
  }),
  review: param(2, 'month', source.ruleFiling('第二十一条'), {
    confidence: 'inference',
    note: '规章审查为2个月，规范性文件参照',
  }),
  correction: param(30, 'calendar_day', source.ruleFiling('第二十一条'), {
    confidence: 'inference',
    note: '规章的纠正期限为30日，规范性文件参照',
  }),
}
const filingDeadline = param(30, 'calendar_day', [source.ruleFiling('第二十五条'), source.organicLaw('第七十五条')], {
  confidence: 'inference',
  note: '规章为30日；规范性文件的备案期限由省级规定',
})

export const national: FirstPack = {
  jurisdiction: 'CN',
  name: '国家基准',
  version: 'CN@2018-12-04.1',
  effectiveFrom: '2018-12-04',
  areaCode: null,
  parent: null,
  consultation: {
    generalMinimum: param(7, 'working_day', source.indicators('第24项')),
    enterpriseMinimum: param(30, 'calendar_day', [source.business('第六十二条'), source.indicators('第24项')]),
    majorDecisionMinimum: param(30, 'calendar_day', source.majorDecision('第十五条')),
    shorteningRequires: param(['reason_in_notice', 'approver'], null, source.majorDecision('第十五条'), {
      note: '缩短期限的理由须在公告中说明；批准人一项为设计约定',
    }),
  },
  interagency: {
    replyDays: param(10, 'working_day', source.zhuzhou2009('部门会签10个工作日'), {
      note: '国家没有统一期限，取外地做法为缺省值',
    }),
    silenceIsConsent: param(false, null, source.design('部门逾期不答复不视为同意'), {
      note: '国家没有规定；缺省从严',
    }),
  },
  hearing: {
    materialsBefore: param(7, 'calendar_day', source.majorDecision('第十七条')),
    announceBefore: param(30, 'calendar_day', source.rulemaking('第十六条、第三十六条'), {
      note: '规章的规定，规范性文件参照',
    }),
  },
  dispute: {
    thirdPartyEvaluation: param(false, null, source.design('国家没有统一要求'), { note: '由地方规定' }),
  },
  artefacts: param(
    ['explanatory_note', 'legal_basis_table'],
    null,
    [source.majorDecision('第二十六条'), source.legalityReview('二（五）', 'partly_verified')],
    {
      confidence: 'partly_verified',
    },
  ),
  review: {
    minimum: param(5, 'working_day', source.legalityReview('二（五）')),
    maximum: param(15, 'working_day', source.legalityReview('二（五）')),
    majorDecisionMinimum: param(7, 'working_day', source.majorDecision('第二十六条')),
    emergencyLiftsTimeOnly: param(true, null, source.legalityReview('二（五）')),
  },
  fairCompetition: {
    inForceFrom: param('2024-08-01', null, source.fairCompetition('第二十七条', 'verified')),
    governmentReviewerUnit: param('市场监督管理局', null, source.fairCompetition('第十四条')),
  },
  deliberation: {
    bodies: param(
      {
        government: ['常务会议', '全体会议'],
        department: ['部门办公会议', '办公会议', '局务会议'],
        township: ['政府办公会议', '乡镇长办公会议', '镇长办公会议', '乡长办公会议', '党政办公会议'],
      },
      null,
      [
        source.makingAndSupervision('（七）', 'memory'),
        source.majorDecision('第三十条'),
        source.organicLaw('第七十五条'),
      ],
      { confidence: 'memory', note: '集体讨论决定有法律依据；各层级会议名称依通知（七），条文待核对' },
    ),
  },
  publication: {
    maximum: param(20, 'working_day', source.disclosure('第二十六条')),
    interpretationMaximum: param(
      3,
      'working_day',
      [source.zhengzhou('3个工作日内'), source.interpretation('解读期限')],
      {
        confidence: 'local_example',
      },
    ),
    interpretationRequired: param(true, null, source.interpretation('同步解读'), { confidence: 'memory' }),
  },
  effective: {
    minimumDelay: param(30, 'calendar_day', source.rulemaking('第三十二条、第三十六条'), {
      note: '规章的规定，规范性文件参照；公布当日不计入，第30日起方可施行',
    }),
  },
  validity: {
    generalMaximumYears: param(5, 'year', source.ruleOfLaw2010('有效期制度')),
    provisionalMaximumYears: param(2, 'year', source.ruleOfLaw2010('有效期制度', 'memory'), {
      confidence: 'memory',
      note: '暂行、试行的上限各地不一，缺省2年',
    }),
  },
  filing: [
    {
      track: 'government',
      tiers: ['government'],
      recipient: { kind: 'superior', name: '上一级人民政府' },
      deadline: filingDeadline,
      ...filingSteps,
    },
    {
      track: 'government',
      tiers: ['department', 'township'],
      recipient: { kind: 'government', name: '本级（县级）人民政府' },
      deadline: filingDeadline,
      ...filingSteps,
    },
    {
      track: 'npc',
      tiers: ['government'],
      recipient: { kind: 'npc', name: '本级人民代表大会常务委员会' },
      ...filingSteps,
      deadline: param(30, 'calendar_day', source.supervisionLaw('第三十九条'), {
        confidence: 'inference',
        note: '监督法规定备案审查职权；30日取北京、上海、山东人大的规定为缺省值',
      }),
    },
  ],
  evaluation: {
    preExpiryMonths: param(6, 'month', source.ruleOfLaw2010('有效期届满前评估')),
    yearlyQuota: param(0, null, source.design('国家没有规定年度件数')),
  },
  cleanup: {
    annual: param(false, null, source.rulemaking('第三十七条'), {
      note: '随上位法变动及时清理；是否每年清理由地方规定',
      confidence: 'inference',
    }),
    onSuperiorChangeMonths: param(3, 'month', source.rulemaking('第三十七条', 'memory'), {
      confidence: 'memory',
      note: '“及时”没有天数，缺省3个月',
    }),
  },
  suggestion: {
    formCheck: param(5, 'calendar_day', source.innerMongoliaOld('形式审查5日')),
    finish: param(60, 'calendar_day', source.innerMongoliaOld('60日办结')),
  },
  numbering: {
    documentPrefixes: param<Record<string, string>>({}, null, source.officialPapers('第九条第（五）项'), {
      confidence: 'inference',
      note: '机关代字由各地确定',
    }),
    registryTemplate: param('{region}-{yyyy}-{seq:04d}', null, source.design('统一登记号样式')),
    registryRegion: param('GF', null, source.design('统一登记号地区标识')),
    yearOf: param<'registration' | 'adoption'>('registration', null, source.design('跨年登记取登记年份'), {
      note: '各地做法不一',
    }),
    indexNumber: param<{ organisationCode: Record<string, string>; profile: string }>(
      { organisationCode: {}, profile: 'national' },
      null,
      source.indexGuide('前段码/后段码'),
      { confidence: 'partly_verified' },
    ),
  },
  calendar: { overlay: null },
}

export const firstPacksOfChina: FirstPack[] = [national, citationsCorrected(national)]
