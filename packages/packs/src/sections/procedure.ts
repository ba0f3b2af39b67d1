// 立项至归档各环节后来才有的参数。国家没有规定的写 null 或空的清单，出处是读过而没有此项的条文。
import type { OpenTrack } from '@dianzhang/contract'
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

const silent = '国家没有规定，由地方规定'
const none = { note: silent }

export const initiation = {
  planRequired: later<boolean>('政府规范性文件是否须先列入发文计划', 'replace', {
    national: param(false, null, source.rulemaking('第十条至第十三条'), {
      note: '规章的立项与年度计划；规范性文件由地方规定',
    }),
  }),
  /** 行政规范性文件的名称不得以此收尾。 */
  forbiddenGenres: later<string[]>('规范性文件不得使用的名称', 'replace', {
    since: 5,
    national: param(['条例', '法律', '法规', '规章'], null, source.rulemaking('第七条'), {
      quote: '规章的名称一般称“规定”、“办法”，但不得称“条例”',
      note: '规章尚且不得称“条例”，规范性文件更不得；条文没有写规范性文件',
      confidence: 'partly_verified',
    }),
  }),
  /** 名称里有这些词的，多半不是行政规范性文件。 */
  outsideWords: later<string[]>('不属于行政规范性文件的', 'replace', {
    since: 5,
    national: param(
      [
        '会议纪要',
        '工作要点',
        '工作总结',
        '工作计划',
        '表彰',
        '通报表扬',
        '任免',
        '任职',
        '免职',
        '考勤',
        '内部',
        '机构编制',
        '领导小组',
        '请示',
        '报告',
      ],
      null,
      source.design('名称不像行政规范性文件的'),
      {
        note: '国办发〔2018〕115号二（三）：内部管理规范、工作制度、机构编制、会议纪要、工作方案、请示报告、表彰奖惩、人事任免等不是行政规范性文件；条文没有用词表，按词认，只提请核对。工作方案常有涉及权利义务的，不列',
      },
    ),
  }),
}

export const consultation = {
  /** 公布采纳情况以后，提意见人的姓名与联系方式、受邀的名称保存几个月；听证会办结以后，报名人的同此。 */
  contactKeptMonths: later<number>('公布采纳情况后提意见人信息的保存期限', 'shorter', {
    since: 5,
    national: param(6, 'month', source.design('公布采纳情况后删除提意见人的姓名与联系方式'), {
      note: '个人信息的保存期限应当为实现处理目的所必要的最短时间（个人信息保护法第十九条）；没有月数，缺省6个月。意见本身照旧留存',
    }),
  }),
  /** 公开征求意见截止以后，几日之内公布采纳情况。 */
  feedbackWithin: later<number | null>('截止后公布采纳情况的期限', 'shorter', {
    since: 8,
    national: param<number | null>(
      20,
      'working_day',
      [source.business('第六十二条'), source.disclosure('第二十六条'), source.design('采纳情况的公布期限')],
      {
        confidence: 'inference',
        note: '条文要求建立意见采纳情况反馈机制，没有日数；采纳情况作为政府信息，取形成之日起20个工作日',
      },
    ),
  }),
  /** 涉企文件定向征求意见，经营主体与行业协会商会至少占百分之几。 */
  enterpriseShare: later<number | null>('定向征求意见中经营主体的最低比例', 'longer', {
    since: 8,
    national: param<number | null>(null, null, source.privateEconomy('第四十五条第一款'), {
      note: '“注重听取”各类经济组织、行业协会商会的意见，没有比例；由地方规定',
    }),
  }),
  shortenedMinimum: later<number | null>('缩短后的征求意见最低期限', 'longer', {
    national: param<number | null>(null, null, source.majorDecision('第十五条'), {
      note: '只要求在公开征求意见时说明理由，没有写缩短后的底线；由地方规定',
    }),
  }),
  nonPublicAllowed: later<string[]>('可以非公开征求意见的情形', 'replace', {
    national: param<string[]>([], null, source.business('第六十二条'), {
      note: '依法需要保密的除外；其他情形由地方规定',
    }),
  }),
  /** 涉企文件是否须听取各类经济组织（包括民营经济组织）与行业协会商会的意见并记明。 */
  hearEnterprises: later<boolean>('涉企文件是否须听取民营企业与行业协会商会的意见', 'replace', {
    from: '2025-05-20',
    national: param(true, null, [source.privateEconomy('第四十五条第一款'), source.adminRegulation('第十八条')], {
      note: '注重听取各类经济组织（包括民营经济组织）、行业协会商会的意见；行政法规制定程序条例（国务院令第838号）对行政法规有同样要求，规范性文件参照',
    }),
    before: param(false, null, source.business('第六十二条'), {
      note: '“充分听取市场主体、行业协会商会的意见”，没有要求记明',
    }),
  }),
  nonPublicConsent: later<'unit_head' | null>('非公开征求意见由谁同意', 'replace', {
    national: param<'unit_head' | null>(null, null, source.business('第六十二条'), none),
  }),
}

export const hearing = {
  /** 听证公告以后，报名至少开放几日。 */
  registrationMinimum: later<number>('听证会报名的最短期限', 'longer', {
    since: 8,
    national: param(5, 'working_day', [source.majorDecision('第十六条'), source.design('报名的日数')], {
      confidence: 'inference',
      note: '条文要求提前公布遴选办法、公平公开组织遴选，没有报名的日数；缺省5个工作日',
    }),
  }),
  requiredWhen: later<string[]>('应当听证的情形', 'replace', {
    national: param<string[]>([], null, source.majorDecision('第十六条'), {
      note: '“可以召开听证会”；法律、法规、规章规定应当召开的从其规定',
    }),
  }),
}

export const expert = {
  minimumExperts: later<number | null>('专家论证的最少人数', 'longer', {
    national: param<number | null>(null, null, source.majorDecision('第十九条'), none),
  }),
  minimumExpertsComplex: later<number | null>('复杂事项专家论证的最少人数', 'longer', {
    national: param<number | null>(null, null, source.majorDecision('第十九条'), none),
  }),
}

export const review = {
  /** 期间不计入审核期限的事由：补充材料、征求意见、专家论证。 */
  stopsFor: later<Array<'supplement' | 'consultation' | 'expert'>>('审核期限不计入的时间', 'replace', {
    national: param<Array<'supplement' | 'consultation' | 'expert'>>(
      ['supplement'],
      null,
      source.design('补充材料期间不计入审核期限'),
    ),
  }),
  againAfterMajorChange: later<boolean>('集体讨论后内容有较大变动是否须再次审核', 'replace', {
    national: param(true, null, source.legalityReview('二（七）'), {
      note: '未经合法性审核的不得提交集体审议；审议中有较大变动的文本须重新审核是由此得出的',
      confidence: 'partly_verified',
    }),
  }),
  /** 各层级由谁审核：`own` 本机关的审核机构；`own_or_designated` 有专门审核机构或人员的由本单位，没有的由县级政府确定的机构；`government` 同级政府审核机构。 */
  reviewerRouting: later<Record<'government' | 'department' | 'township' | 'onApproval', ReviewerRoute>>(
    '各层级由谁审核',
    'replace',
    {
      national: param<Record<'government' | 'department' | 'township' | 'onApproval', ReviewerRoute>>(
        {
          government: 'government',
          department: 'own_or_designated',
          township: 'own_or_designated',
          onApproval: 'government',
        },
        null,
        source.legalityReview('二（四）'),
      ),
    },
  ),
  /** 送审材料不全的，补正期限。 */
  supplementWithin: later<number | null>('送审材料补正期限', 'shorter', {
    national: param<number | null>(null, null, source.legalityReview('二（五）'), {
      note: '该意见没有补正的日数，由地方规定',
    }),
  }),
  /** 对审核意见有异议的协商、申请复核期限。 */
  objectionDays: later<number | null>('对审核意见有异议的申请复核期限', 'shorter', {
    national: param<number | null>(null, null, source.legalityReview('二（六）'), none),
  }),
  draftingUnitFirst: later<boolean>('起草部门有专门审核机构的是否先由其审核', 'replace', {
    national: param(true, null, source.legalityReview('二（四）')),
  }),
}
/** 由谁审核，见 `review.reviewerRouting`。 */
export type ReviewerRoute = 'own' | 'own_or_designated' | 'government'

export const fairCompetition = {
  materials: later<string[]>('公平竞争审查材料', 'replace', {
    from: '2025-04-20',
    before: param<string[]>([], null, source.fairCompetition('第十四条'), { note: '条例没有列举' }),
    national: param<string[]>(
      ['政策措施草案', '起草说明（含依据、听取公平竞争影响意见及采纳情况）', '公平竞争审查初审意见', '其他'],
      null,
      source.fairCompetitionRules('第三十一条'),
    ),
  }),
  again: later<boolean>('审查后发生重大变化是否重新审查', 'replace', {
    from: '2025-04-20',
    before: param(false, null, source.fairCompetition('第十四条'), { note: '条例没有写明' }),
    national: param(true, null, source.fairCompetitionRules('第二十七条、第二十八条、第三十二条')),
  }),
}

export const deliberation = {
  /** 会议名称未定的层级：只须是集体讨论的会议，不核对名称。 */
  anyBody: later<Array<'government' | 'department' | 'township'>>('会议名称未作规定的层级', 'replace', {
    national: param<Array<'government' | 'department' | 'township'>>([], null, source.organicLaw('第七十五条')),
  }),
  /** 组成人员出席到多少，会议方可举行。 */
  quorum: later<Quorum>('会议的法定出席人数', 'replace', {
    since: 3,
    national: param<Quorum>('unstated', null, [source.majorDecision('第三十条'), source.organicLaw('第七十五条')], {
      note: '只规定由常务会议或者全体会议讨论、行政首长最后发表意见，没有规定出席人数；由本级政府的工作规则或者议事规则规定，由管理员依该规则修订',
    }),
  }),
}
/** 法定出席人数：没有规定；半数以上（含本数）；过半数；三分之二以上（含本数）。 */
export type Quorum = 'unstated' | 'half' | 'over_half' | 'two_thirds'

export const majorDecision = {
  partyReport: later<boolean>('出台前是否须向同级党委请示报告', 'replace', {
    national: param(true, null, source.majorDecision('第三十一条')),
  }),
  summaryBy: later<string | null>('重大行政决策上年度情况报送日期', 'replace', {
    national: param<string | null>(null, null, source.majorDecision('第三条'), none),
  }),
}

export const publication = {
  /** 公布期限从何日起算：`formed` 文件形成之日；`signed` 签发之日。 */
  from: later<'formed' | 'signed'>('公布期限的起算', 'replace', {
    national: param<'formed' | 'signed'>('formed', null, source.disclosure('第二十六条')),
  }),
  /** 便于公众知晓的公布途径：所填的渠道含有其中一个词的，即是。 */
  channelWords: later<string[]>('法定的公布途径', 'replace', {
    since: 5,
    national: param(
      [
        '政府网',
        '门户网',
        '政务网',
        '政务公开',
        '网站',
        '官网',
        '平台',
        '公报',
        '政务新媒体',
        '公众号',
        '政务微博',
        '发布会',
        '报',
        '广播',
        '电视',
        '公示栏',
        '公告栏',
        '公开栏',
        '宣传栏',
      ],
      null,
      [source.disclosure('第二十三条'), source.makingAndSupervision('（八）')],
      {
        note: '条例列举政府公报、政府网站或者其他互联网政务媒体、新闻发布会以及报刊、广播、电视等；公示栏等出自国办发〔2018〕37号。条文没有用语表，按词认，只提请核对',
        confidence: 'partly_verified',
      },
    ),
  }),
  /** 表明没有向社会公布的用语。 */
  internalWords: later<string[]>('内部印发的用语', 'replace', {
    since: 5,
    national: param(['内部', '内网', '仅发', '只发', '不公开', '机关大院'], null, source.design('内部印发的用语'), {
      note: '国办发〔2018〕37号（八）：不得以内部文件形式印发执行；条文没有用语，用语表是本系统的约定',
    }),
  }),
}

export const effective = {
  /**
   * “N日后施行”从哪一日起可以施行：`on_nth` 公布后第N日；`after_nth` 满N日之后，即第N+1日。公布当日不计入。
   */
  firstDay: later<'on_nth' | 'after_nth'>('“若干日后施行”的起算', 'replace', {
    national: param<'on_nth' | 'after_nth'>('after_nth', null, source.rulemaking('第三十二条、第三十六条'), {
      quote: '应当自公布之日起30日后施行',
      note: '“30日后”从严理解为满30日之后，即公布后第31日起施行；条文没有写明第几日，规章的规定，规范性文件参照',
      confidence: 'partly_verified',
    }),
    before: param<'on_nth' | 'after_nth'>('on_nth', null, source.rulemaking('第三十二条、第三十六条'), {
      note: '此前按公布后第30日起即可施行办理',
      confidence: 'inference',
    }),
  }),
  /** 施行日距公布日超过几个月的，公布时请办理人核对（多半是年份写错）。 */
  remoteMonths: later<number>('施行日距公布日超过多久的提请核对', 'shorter', {
    since: 5,
    national: param(12, 'month', source.design('施行日期过远的提请核对'), {
      note: '国家没有上限，只提请核对，不阻断；缺省一年',
    }),
  }),
  /** 涉企文件是否须记明为经营主体留出的适应调整期；没有日数的，记明如何留出或者为何不留。 */
  adaptationAnswer: later<boolean>('涉企文件是否须记明适应调整期', 'replace', {
    from: '2025-05-20',
    national: param(true, null, source.privateEconomy('第四十五条第一款'), {
      note: '实施前根据实际情况留出必要的适应调整期；没有日数，有日数的地方从其日数',
    }),
    before: param(false, null, source.business('第六十五条'), { note: '结合实际，确定是否留出，没有要求记明' }),
  }),
  /** 涉企文件是否不溯及既往。 */
  enterpriseNotRetroactive: later<boolean>('涉企文件是否不溯及既往', 'replace', {
    from: '2025-05-20',
    national: param(true, null, source.privateEconomy('第四十五条第二款'), {
      note: '不溯及既往，为更好地保护权利和利益而作的特别规定除外',
    }),
    before: param(false, null, source.business('第六十五条')),
  }),
  enterpriseAdjustment: later<number | null>('涉企文件的适应调整期', 'longer', {
    national: param<number | null>(null, null, source.business('第六十五条'), {
      note: '结合实际确定是否为经营主体留出必要的适应调整期，没有日数；由地方规定',
    }),
  }),
}

export const validity = {
  /** 一件文件是否必须写明有效期；否则可以长期有效。 */
  required: later<boolean>('是否必须规定有效期', 'replace', {
    national: param(true, null, source.ruleOfLaw2010('有效期制度')),
  }),
  minimumYears: later<number | null>('有效期下限', 'longer', {
    national: param<number | null>(null, null, source.ruleOfLaw2010('有效期制度')),
  }),
  extendedMaximumYears: later<number | null>('载明理由时的有效期上限', 'shorter', {
    national: param<number | null>(null, null, source.ruleOfLaw2010('有效期制度'), none),
  }),
  provisionalExtendable: later<boolean>('暂行、试行的能否延长有效期', 'replace', {
    national: param(true, null, source.ruleOfLaw2010('有效期制度'), none),
  }),
  exemptKinds: later<Array<'repeal' | 'discontinue'>>('不适用有效期的文件', 'replace', {
    national: param<Array<'repeal' | 'discontinue'>>([], null, source.ruleOfLaw2010('有效期制度'), none),
  }),
  /** 延长以后有效期从何日起算：`effect` 施行之日；`publication` 重新公布之日。 */
  renewedFrom: later<'effect' | 'publication'>('延长后有效期的起算', 'replace', {
    national: param<'effect' | 'publication'>('effect', null, source.ruleOfLaw2010('有效期制度'), none),
  }),
  /** 有效期届满以前几个月提醒，由远及近。 */
  ladderMonths: later<number[]>('有效期届满前几个月提醒', 'replace', {
    since: 4,
    national: param([18, 6, 2, 1], 'month', [source.ruleOfLaw2010('有效期届满前评估'), source.design('届满前的提醒')], {
      confidence: 'inference',
      note: '届满前6个月评估出自国家文件；18、2、1个月为设计约定',
    }),
  }),
  /** 施行、修改以后超过几年没有动过的，另列公布。 */
  neglectYears: later<number>('超过几年未修改的另列公布', 'shorter', {
    since: 4,
    national: param(5, 'year', source.design('久未修改的文件另列公布'), {
      note: '没有有效期的文件至多每5年评估一次的外地做法（广东），缺省5年',
    }),
  }),
}

export const evaluation = {
  governmentPreExpiryMonths: later<number | null>('政府文件届满前评估提前量', 'replace', {
    national: param<number | null>(null, null, source.ruleOfLaw2010('有效期届满前评估'), {
      note: '没有另定的，同一般文件',
    }),
  }),
  openEndedEveryYears: later<number | null>('没有有效期的文件多久评估一次', 'shorter', {
    national: param<number | null>(null, null, source.rulemaking('第三十八条'), none),
  }),
  /** 起草时是否须写明目标与指标：须写明的，没有写明不能提请审核。 */
  indicatorsRequired: later<boolean>('起草时是否须写明目标与指标', 'replace', {
    since: 6,
    national: param(false, null, source.majorDecision('第三十六条'), {
      note: '条例要求评估决策效果，没有要求起草时写明指标；要求的地方由管理员依正式文件修订',
    }),
  }),
  /** 走了紧急程序、没有作应作的评估的，公布以后几个月内补作后评估。 */
  debtMonths: later<number>('省略的程序：公布后多久补作后评估', 'shorter', {
    since: 4,
    national: param(12, 'month', source.design('省略的评估以后评估补足'), {
      note: '国家没有规定，取公布后一年；由管理员依正式文件确认',
    }),
  }),
  finishDays: later<number | null>('后评估：方案批准后提交报告的期限', 'shorter', {
    since: 4,
    national: param<number | null>(90, 'calendar_day', source.design('后评估的办理期限'), {
      note: '国家没有日数，缺省90日',
    }),
  }),
  answerDays: later<number | null>('后评估：制定机关答复各项建议的期限', 'shorter', {
    since: 4,
    national: param<number | null>(30, 'calendar_day', source.design('制定机关对评估建议的答复期限'), {
      note: '国家没有日数，缺省30日',
    }),
  }),
  publishDays: later<number | null>('后评估：报告公布的期限', 'shorter', {
    since: 4,
    national: param<number | null>(20, 'working_day', source.disclosure('第二十六条'), {
      quote: '属于主动公开范围的政府信息，应当自该政府信息形成或者变更之日起20个工作日内及时公开',
      note: '自制定机关答复完毕之日起算',
    }),
  }),
  /** 没有落实的建议超过几个月的，另列公布。 */
  openProposalMonths: later<number>('后评估：没有落实的建议超过多久另列公布', 'shorter', {
    since: 4,
    national: param(12, 'month', source.design('没有落实的评估建议公开督促'), { note: '缺省一年' }),
  }),
  /** 逐项评价的各个方面与分值。 */
  dimensions: later<EvaluationDimension[]>('后评估：评价的各个方面', 'replace', {
    since: 4,
    national: param<EvaluationDimension[]>(
      [
        { code: 'legality', label: '合法性', weight: 25 },
        { code: 'reasonableness', label: '合理性', weight: 20 },
        { code: 'feasibility', label: '可操作性', weight: 20 },
        { code: 'effectiveness', label: '实施绩效（成本效益）', weight: 25 },
        { code: 'public_opinion', label: '公众评价', weight: 10 },
      ],
      null,
      [source.majorDecision('第三十六条'), source.design('评价的方面与分值')],
      {
        confidence: 'inference',
        note: '条例没有列举评价的方面；取部门、地方规定通行的写法，分值可以修订',
      },
    ),
  }),
}
/** 评价的一个方面；`weight` 为百分制的分值。 */
export interface EvaluationDimension {
  code: 'legality' | 'reasonableness' | 'feasibility' | 'effectiveness' | 'public_opinion'
  label: string
  weight: number
}

export const cleanup = {
  /** 上位法变化以后，逐件核查的期限。 */
  impactCheckWithin: later<number>('上位法变化的核查期限', 'shorter', {
    since: 4,
    national: param(30, 'calendar_day', [source.rulemaking('第三十七条'), source.design('核查的日数')], {
      confidence: 'inference',
      note: '条文只说“及时”，没有日数；缺省30日，变动事先知道的不晚于变动前一日',
    }),
  }),
  intervalYears: later<number | null>('全面清理的周期', 'shorter', {
    national: param<number | null>(null, null, source.rulemaking('第三十七条'), {
      note: '“及时”，没有周期；由地方规定',
    }),
  }),
  publishWithinDays: later<number | null>('清理结果公布期限', 'shorter', {
    national: param<number | null>(null, null, source.rulemaking('第三十七条'), none),
  }),
  unlistedNotBasis: later<boolean>('未列入继续有效目录的是否不得作为依据', 'replace', {
    national: param(false, null, source.rulemaking('第三十七条'), none),
  }),
  /** 清理结果（草案）公示的日数。 */
  noticeDays: later<number>('清理结果公示的日数', 'longer', {
    since: 4,
    national: param(9, 'calendar_day', source.qujiang2021('公示日期'), {
      quote: '公示时间：2021年11月16日至2021年11月24日',
      note: '国家没有日数；外地做法，由管理员依本地规定确认',
    }),
  }),
  /** 作出决定以前是否必须公示。 */
  noticeRequired: later<boolean>('清理结果是否必须公示', 'replace', {
    since: 4,
    national: param(false, null, source.qujiang2021('公示'), { note: '国家没有要求；外地有此做法，不公示的只作提示' }),
  }),
  /** 清理结果自决定之日起几日内公布。 */
  resultWithin: later<number | null>('清理结果作为政府信息的公布期限', 'shorter', {
    since: 4,
    national: param<number | null>(20, 'working_day', source.disclosure('第二十六条'), {
      quote: '属于主动公开范围的政府信息，应当自该政府信息形成或者变更之日起20个工作日内及时公开。',
    }),
  }),
  /** 清理决定本身是否作为行政规范性文件制定、编号、公布。 */
  decisionIsDocument: later<boolean>('清理决定本身是否为行政规范性文件', 'replace', {
    since: 4,
    national: param(true, null, source.qujiang2021('应予废止目录第5项'), {
      note: '该目录废止的一件（衢江区政发〔2018〕115号）即是先前的清理决定；国家没有明文',
    }),
  }),
  /** 没有上一次清理的，向前几年之内已经废止、失效的也列入目录。 */
  lookBackYears: later<number>('已废止、失效的向前列入几年', 'replace', {
    since: 4,
    national: param(2, 'year', source.ruleOfLaw2008('（十三）'), {
      note: '市县政府及其部门每隔两年清理一次；条文凭记忆，待核实',
    }),
  }),
  /** 修改的可以附“逾期未重新公布的失效”。 */
  conditionalLapse: later<boolean>('修改的可否附逾期失效', 'replace', {
    since: 4,
    national: param(true, null, source.tongchuan2020('清理决定'), {
      note: '须修改的应在某日以前重新公布，逾期未公布的自次日起失效；外地做法',
    }),
  }),
  /** 清理结果分为哪几栏、各栏的名称，依公布的次序。 */
  sections: later<CleanupSection[]>('清理结果的各栏', 'replace', {
    since: 4,
    national: param<CleanupSection[]>(
      [
        { label: '继续有效的行政规范性文件目录', outcomes: ['keep'] },
        { label: '需要修改的行政规范性文件目录', outcomes: ['amend'] },
        { label: '应予废止的行政规范性文件目录', outcomes: ['repeal'] },
        { label: '宣布失效的行政规范性文件目录', outcomes: ['lapse'] },
        { label: '清理时已废止、失效的行政规范性文件目录', outcomes: ['already_gone'] },
      ],
      null,
      source.qujiang2021('公示的各栏'),
      { note: '国家没有统一的栏目；有的地方只公布继续有效、废止、失效三栏' },
    ),
  }),
}

/** 清理结果的一栏：名称，及列入其中的清理结果。 */
export interface CleanupSection {
  label: string
  outcomes: Array<'keep' | 'amend' | 'repeal' | 'lapse' | 'already_gone'>
}

export const suggestion = {
  npcIncompleteNotice: later<number | null>('人大：审查建议内容不完整的告知期限', 'shorter', {
    national: param<number | null>(null, null, source.supervisionLaw('第四十条'), {
      note: '由省级人大常委会具体规定',
    }),
  }),
  npcTransfer: later<number | null>('人大：不属本级的移送期限', 'shorter', {
    national: param<number | null>(null, null, source.supervisionLaw('第四十条'), {
      note: '由省级人大常委会具体规定',
    }),
  }),
  npcNotReviewedNotice: later<number | null>('人大：不予审查的告知期限', 'shorter', {
    national: param<number | null>(null, null, source.supervisionLaw('第四十条'), {
      note: '由省级人大常委会具体规定',
    }),
  }),
  issuerReply: later<number | null>('制定机关书面答复期限', 'shorter', {
    national: param<number | null>(null, null, source.rulemaking('第三十五条'), none),
  }),
  finishExtension: later<number | null>('审查建议办结可以延长', 'shorter', {
    national: param<number | null>(null, null, source.rulemaking('第三十五条'), none),
  }),
  /** 不属本机关处理的移送、告知期限（政府轨道）。 */
  transfer: later<number | null>('审查建议：不属本机关的移送期限', 'shorter', {
    since: 3,
    national: param<number | null>(
      10,
      'calendar_day',
      [source.bjNpc('第十七条'), source.nxNpc('第二十、二十一、三十三条', 'local_example')],
      {
        confidence: 'local_example',
        note: '国家没有日数；政府轨道比照人大轨道的10日',
      },
    ),
  }),
  /** 提出人补正的期限。 */
  completeWithin: later<number | null>('审查建议：提出人补正的期限', 'longer', {
    since: 3,
    national: param<number | null>(15, 'calendar_day', source.design('提出人补正的期限'), {
      note: '条文只要求告知补充，没有写提出人补正的日数；逾期未补正的不予登记，补正以后随时恢复',
    }),
  }),
  /** 不予登记、移送、不启动审查的，告知提出人的期限（政府轨道）。 */
  notReviewedNotice: later<number | null>('审查建议：不启动审查等的告知期限', 'shorter', {
    since: 3,
    national: param<number | null>(
      10,
      'calendar_day',
      [source.bjNpc('第二十五条'), source.nxNpc('第二十、二十一、三十三条', 'local_example')],
      {
        confidence: 'local_example',
        note: '自决定之日起告知并说明理由；国家没有日数，比照人大轨道的10日',
      },
    ),
  }),
  /** 审查结束以后告知结果的期限。 */
  resultNotice: later<number | null>('审查建议：审查结束后的反馈期限', 'shorter', {
    since: 3,
    national: param<number | null>(15, 'calendar_day', source.sdNpc('第二十二条'), {
      confidence: 'local_example',
      note: '审查工作结束后反馈；国家没有日数，取外地的15日',
    }),
  }),
  /** 人大：审查期限。 */
  npcFinish: later<number | null>('人大：审查建议办结期限', 'shorter', {
    since: 3,
    national: param<number | null>(3, 'month', source.sdNpc('第十七条'), {
      confidence: 'local_example',
      note: '由省级人大常委会具体规定；没有规定的取外地的3个月',
    }),
  }),
  /** 办结期限从何日起算：`received` 收到之日；`accepted` 受理之日。 */
  finishFrom: later<'received' | 'accepted'>('审查建议办结期限的起算', 'replace', {
    since: 3,
    national: param<'received' | 'accepted'>('received', null, source.sc351('第四十二条第三款', 'local_example'), {
      quote: '应当自收到之日起60日内将处理情况书面告知',
      confidence: 'local_example',
      note: '国家没有规定，从严自收到之日起算',
    }),
  }),
  /** 请制定机关说明的时间是否不计入办结期限。 */
  inquiryExcluded: later<boolean>('请制定机关说明的时间是否不计入办结期限', 'replace', {
    since: 3,
    national: param(false, null, source.nm262('第四十七条', 'local_example'), {
      confidence: 'local_example',
      note: '国家没有规定；从严计入。内蒙古规定不计入，由该地管理员依条文修订',
    }),
  }),
  /** 不启动审查的情形，各须有的凭据。 */
  notStartedReasons: later<NotStartedReason[]>('审查建议：不启动审查的情形', 'replace', {
    since: 3,
    national: param<NotStartedReason[]>(
      [
        { code: 'already_changed', label: '所涉文件已经修改或者废止', proof: 'change' },
        { code: 'change_promised', label: '制定机关已书面同意修改或者废止，并有计划', proof: 'letter' },
        { code: 'already_examined', label: '对同一规定已经审查并有结论', proof: 'matter' },
        { code: 'unfounded', label: '理由不明确或者明显不成立', proof: 'text' },
        { code: 'other', label: '其他不启动审查的情形', proof: 'text' },
      ],
      null,
      [source.shNpc('第十八条'), source.bjNpc('第二十五条')],
      { confidence: 'local_example', note: '国家没有列举；由省级人大常委会规定的从其规定' },
    ),
  }),
  /** 答复（告知）以后，提出人的姓名与联系方式保存几个月。 */
  contactKeptMonths: later<number>('审查建议：答复后提出人信息的保存期限', 'shorter', {
    since: 3,
    national: param(6, 'month', source.design('答复后删除提出人的姓名与联系方式'), {
      note: '个人信息的保存期限应当为实现处理目的所必要的最短时间（个人信息保护法第十九条）；没有月数，缺省6个月',
    }),
  }),
  /** 统计按年度公布。 */
  statisticsYearly: later<boolean>('审查建议：是否按年公布办理情况', 'replace', {
    since: 3,
    national: param(true, null, source.shNpc('第四十条'), {
      confidence: 'local_example',
      note: '典型案例与办理情况公开；一律匿名',
    }),
  }),
}

/** 不启动审查的一种情形；`proof` 是须有的凭据：变动、制定机关的函、先前的审查、说明。 */
export interface NotStartedReason {
  code: string
  label: string
  proof: 'change' | 'letter' | 'matter' | 'text'
}

export const archive = {
  schedule: later<string>('归档范围和保管期限', 'replace', {
    from: '2024-03-01',
    before: param('本机关自编，报同级档案主管部门审核', null, source.archives('第十二条', 'partly_verified')),
    national: param('本机关自编，经同级档案主管部门审核同意', null, source.archivesRegulation('第十九条第二款')),
  }),
  retentions: later<string[]>('保管期限的种类', 'replace', {
    since: 10,
    before: param(['永久', '30年', '10年'], null, source.archives('第十二条', 'partly_verified')),
    national: param(['永久', '30年', '10年'], null, source.archives('第十二条', 'partly_verified'), {
      note: '用语据转述，未见条文；具体一件保管多久，依本机关经审核同意的保管期限表',
    }),
  }),
  /** 档号怎样拟：`{fonds}` 全宗号、`{yyyy}` 年度、`{retention}` 保管期限代码、`{seq:04d}` 件号；一段空着的连同其后的连接号省去。 */
  number: later<string>('档号的写法', 'replace', {
    since: 11,
    national: param('{fonds}-WS·{yyyy}-{retention}-{seq:04d}', null, source.archiveArrangement('第5.4条'), {
      note: '全宗号-档案门类代码·年度-保管期限-机构（问题）代码-件号；归档文件不按机构（问题）分类的，省略机构（问题）代码。结构据转述，未见条文',
    }),
  }),
  /** 保管期限 → 档号里的代码；没有列的，有年数的写 D 加年数。 */
  retentionCodes: later<Record<string, string>>('保管期限的代码', 'replace', {
    since: 11,
    national: param({ 永久: 'Y', '30年': 'D30', '10年': 'D10' }, null, source.archiveArrangement('第5.4条'), {
      note: '永久、定期30年、定期10年分别为 Y、D30、D10；据转述，未见条文',
    }),
  }),
  /** 单位代码 → 全宗号，由同级国家档案馆给定；没有登记的，拟出的档号里没有这一段。 */
  fonds: later<Record<string, string>>('各单位的全宗号', 'replace', {
    since: 11,
    national: param<Record<string, string>>({}, null, source.archivalCodes('第3.3条'), {
      note: '全宗号由同级国家档案馆给定，没有全国统一的值；由管理员登记',
    }),
  }),
  /** 还有这些事没有办结的，不归档。 */
  openBlocks: later<OpenTrack[]>('没有办结不得归档的事项', 'replace', {
    since: 11,
    national: param<OpenTrack[]>(['correction', 'filing_supplement'], null, source.design('哪些没有办结不得归档'), {
      quote: '应当归档的材料，由……各内设机构收集齐全，规范整理，定期交本单位档案机构或者档案工作人员集中管理',
      note: '档案法实施条例第十九条第一款要求收集齐全，没有列举事项；纠正、补正还要形成材料，甚至改动文件，缺省不得归档',
    }),
  }),
  /** 还有这些事没有办结的，归档时提示。 */
  openWarns: later<OpenTrack[]>('没有办结归档时提示的事项', 'replace', {
    since: 11,
    national: param<OpenTrack[]>(
      ['filing', 'suggestion', 'comments', 'evaluation', 'impact_check'],
      null,
      source.design('哪些没有办结归档时提示'),
      {
        note: '档案法实施条例第十九条第一款要求收集齐全，没有列举事项；备案审查、建议审查多半比归档的期限长，缺省只提示',
      },
    ),
  }),
  /** 保管期限从何日起算：`next_year` 文件形成次年的1月1日；`formed` 文件形成之日。 */
  keptFrom: later<'next_year' | 'formed'>('保管期限的起算', 'replace', {
    since: 11,
    national: param<'next_year' | 'formed'>('next_year', null, source.design('保管期限的起算'), {
      note: '没有查到条文；按通行做法自文件形成的次年1月1日起算，届满以后鉴定，不自动销毁',
    }),
  }),
  transferAfterYears: later<number | null>('向国家档案馆移交的年限', 'replace', {
    from: '2024-03-01',
    before: param<number | null>(null, null, source.archives('第十二条', 'partly_verified')),
    national: param<number | null>(10, 'year', source.archivesRegulation('第二十条第二款'), {
      quote: '县级国家档案馆接收范围的，“自档案形成之日起满十年”移交；中央、省、设区的市级为二十年',
    }),
  }),
  /** 审核、集体讨论阶段的材料形成以后，移送副本的期限。 */
  copyWithinDays: later<number | null>('审核、审议材料副本移送期限', 'shorter', {
    national: param<number | null>(null, null, source.majorDecision('第三十三条'), none),
  }),
  closeWithinDays: later<number | null>('公布后归档期限', 'shorter', {
    national: param<number | null>(null, null, source.majorDecision('第三十三条'), {
      note: '“及时”归档，没有日数',
    }),
  }),
}

/** 登记库、台账没有记录，须由人填报的一项统计：由谁填报，依据什么要报。 */
export interface ManualFigure {
  id: string
  label: string
  /** 填报的单位。 */
  who: string
  basis: string
}
const yearReport = '法治政府建设年度报告'
const filledIn: ManualFigure[] = [
  { id: 'manual-website', label: '政府网站发文件数', who: '政府办公室', basis: yearReport },
  { id: 'manual-wechat', label: '政务新媒体发文件数', who: '政府办公室', basis: yearReport },
  { id: 'manual-advice', label: '法律顾问出具法律意见件数', who: '司法行政部门', basis: yearReport },
  { id: 'manual-conflicts', label: '发现并处理政策相互抵触件数', who: '司法行政部门', basis: yearReport },
  { id: 'manual-information', label: '报送法治政府信息条数', who: '各部门、乡镇', basis: '年度考核评分细则' },
  { id: 'manual-court', label: '行政机关负责人出庭应诉率', who: '司法行政部门', basis: yearReport },
  { id: 'manual-judicial', label: '司法建议办理率', who: '司法行政部门', basis: yearReport },
]

export const yearly = {
  filingCatalogueBy: later<string | null>('上年度文件目录报送日期（月-日）', 'replace', {
    national: param<string | null>('01-31', null, source.ruleFiling('第二十二条'), {
      note: '规章的规定，规范性文件参照；地方另有规定的从其规定',
      confidence: 'partly_verified',
    }),
  }),
  threeNumbersBy: later<string | null>('上年度三个数报送日期（月-日）', 'replace', {
    since: 7,
    national: param<string | null>(
      '01-31',
      null,
      [source.disclosure('第四十九条'), source.disclosureReport('附件一')],
      {
        quote: '“每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告”',
        note: '年度报告表一中的规范性文件：本年制发件数、本年废止件数、现行有效件数',
      },
    ),
  }),
  reportBy: later<string | null>('法治政府建设年度报告报送日期（月-日）', 'replace', {
    since: 7,
    national: param<string | null>(
      '03-01',
      null,
      [source.governmentReport('年度报告'), source.haiyuan2023('年度报告')],
      {
        confidence: 'partly_verified',
        note: '县级政府每年3月1日前向同级党委、人大常委会和上一级党委、政府报告；只读到转述',
      },
    ),
  }),
  reportPublicBy: later<string | null>('法治政府建设年度报告公开日期（月-日）', 'replace', {
    since: 7,
    national: param<string | null>(
      '03-31',
      null,
      [source.governmentReport('年度报告'), source.haiyuan2023('年度报告')],
      {
        confidence: 'partly_verified',
        note: '3月底以前通过报刊、网站等向社会公开；只读到转述',
      },
    ),
  }),
  quarterListMonths: later<number | null>('季度备案目录：季度结束后几个月以内', 'replace', {
    since: 7,
    national: param<number | null>(2, 'month', source.olderProvince('第二十七条'), {
      confidence: 'local_example',
      note: '按季度公布备案目录，在下一季度的第二个月；外地旧例',
    }),
  }),
  reportOpensOn: later<string | null>('本年度的年度报告没有人开始编写的，由系统开启之日（月-日）', 'replace', {
    since: 8,
    national: param<string | null>('04-01', null, source.design('年度的报送、公开都是期限'), {
      note: '没有条文；设计约定：第一季度终了，季度目录、上年度文件目录、三个数、年度报告各项期限即照走，不待有人想起',
    }),
  }),
  catalogueBy: later<string | null>('重大行政决策事项目录公布日期（月-日）', 'replace', {
    since: 7,
    national: param<string | null>('03-31', null, source.haiyuan2023('重大行政决策'), {
      confidence: 'local_example',
      note: '第一季度前制定年度目录；条例没有日期',
    }),
  }),
  manualFigures: later<ManualFigure[]>('须由人填报的统计项与填报单位', 'replace', {
    since: 9,
    national: param<ManualFigure[]>(
      filledIn,
      null,
      [source.governmentReport('年度报告'), source.haiyuan2023('年度报告')],
      {
        confidence: 'local_example',
        note: '各项取自年度报告、考核标准所要求的数，登记库与台账没有记录；由谁填报没有条文，依职责写明，各地应当另定',
      },
    ),
  }),
}
