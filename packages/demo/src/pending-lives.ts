// 正在办理与已经终止的十一件：待签署、待公布、待上会、修改确认、审核中、征求意见、协调分歧、审核不合法、撤回、不予立项、待立项。
import { addDays } from '@dianzhang/calendar'
import type { DemoText } from './demo-text.ts'
import { type Casting, Dates, DemoFile, type Setting } from './desk.ts'
import { inTurn, type Life } from './seed-clock.ts'
import {
  agri,
  askDepartments,
  consultPublic,
  decide,
  decideInSession,
  finance,
  government,
  housing,
  housingBureau,
  lawful,
  market,
  opinionNumber,
  prepare,
  sign,
  submit,
  town,
} from './stages.ts'
import { farmServices } from './texts/agri-services.ts'
import { builderCredit } from './texts/builder-credit.ts'
import { elevators } from './texts/elevators.ts'
import { grazingBan } from './texts/grazing-ban.ts'
import { heating } from './texts/heating.ts'
import { manure, manureRevised } from './texts/manure.ts'
import { repealedBasis } from './texts/older.ts'
import { propertyFees } from './texts/property-fees.ts'
import { tractors } from './texts/tractors.ts'
import { wasteSorting } from './texts/waste-sorting.ts'

/** 尚未公布的，正文写预计的施行日：`ahead` 日之后的月初。 */
const cast = (s: Setting, c: Omit<Casting, 'effective'>, ahead: number): DemoFile =>
  new DemoFile(s, { ...c, effective: new Dates(s).effectiveAfter(addDays(s.anchor, ahead)) })

async function* heatingLife(s: Setting): Life {
  const f = cast(
    s,
    {
      ...housing,
      ...government,
      text: heating,
      genre: '办法',
      subject: '城乡建设',
      classification: { majorDecision: true, expertise: true, stability: true },
      planItem: '重大行政决策事项目录第2项',
    },
    10,
  )
  yield* prepare(f, 175)
  yield* askDepartments(f, [finance('agree_with_comments', '延长供热的补助应当以预算安排为限。'), market('agree')])
  yield* consultPublic(
    f,
    [
      {
        text: '停热退费的比例要写具体数字，不要写“适当退还”。',
        anchor: { element: '第十八条' },
        disposition: 'adopted',
        reason: '已按温度分三档写明退费比例。',
      },
      {
        text: '空着的房子不该交基本热费。',
        anchor: { element: '第十五条' },
        disposition: 'not_adopted',
        reason: '管网维护成本仍然发生，已将比例限制在百分之二十以内。',
      },
      {
        text: '十八度太低，老人受不了，建议二十度。',
        disposition: 'not_adopted',
        reason: '十八摄氏度为国家规定的最低标准，提高须同步改造围护结构。',
      },
    ],
    { summary: '收到意见3条，采纳1条，不采纳2条，均说明理由。' },
  )
  yield f.dates.workdaysAfter(f.today, 2)
  await f.send(f.cast.drafter, 'RecordExpertReview', {
    conclusion: '退费分档合理，室温检测程序可行；建议明确检测机构的选择方式（已在第十七条规定共同委托）。',
    date: f.today,
    experts: 5,
  })
  await f.send(f.cast.drafter, 'RecordRiskAssessment', {
    outcome: 'controllable',
    level: 'low',
    conclusion: '主要风险为热费争议，已有退费与检测规定，低风险、可控。',
    date: f.today,
  })
  yield* submit(f)
  yield* lawful(f, opinionNumber(f, 20))
  yield* decideInSession(f, f.dates.before(6), '第21次')
  yield f.dates.before(1)
  // 重大行政决策没有请示报告同级党委，签署被拒绝。
  await f.refused('leader', 'Sign', { contentHash: f.hash }, 'assessment.party-report')
}

async function* elevatorsLife(s: Setting): Life {
  const f = cast(
    s,
    { ...housing, ...government, text: elevators, genre: '办法', subject: '城乡建设', planItem: '年度制定计划第6项' },
    5,
  )
  yield* prepare(f, 130)
  yield* askDepartments(f, [finance('agree_with_comments', '补助台数应当纳入年度计划。'), market('agree')])
  yield* consultPublic(
    f,
    [
      {
        text: '一楼采光受影响，要有补偿。',
        anchor: { element: '第六条' },
        disposition: 'adopted',
        reason: '已增加对受影响较大业主的补偿办法。',
      },
      {
        text: '五楼的出钱系数怎么算，举个例子。',
        anchor: { element: '第七条' },
        disposition: 'partly_adopted',
        reason: '条文保留系数，计算示例在解读中给出。',
      },
    ],
    { summary: '收到意见2条，采纳1条，部分采纳1条。' },
  )
  // 起草单位自己的合法性审核在先，不能跳过。
  await f.refused(f.cast.head, 'SubmitForReview', {}, 'review.own-first')
  yield* submit(f)
  yield* lawful(f, opinionNumber(f, 18))
  yield* decide(f, f.dates.before(36), '第18次', {
    outcome: 'adopted_with_changes',
    substantive: true,
    changes: '第十条联合审查的期限由十个工作日改为八个工作日。',
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.save(
    f.body.replace('应当自受理之日起十个工作日内', '应当自受理之日起八个工作日内'),
    '按常务会议意见修改第十条',
  )
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('reviewer', 'ConfirmRevision', { contentHash: f.hash, note: '仅缩短办理期限，内容合法。' })
  // 编号在冷藏保鲜办法公布以后，不论演示从哪一日看起：先后不同，号码也就不同。
  yield f.dates.workdayFrom(f.dates.workdaysAfter(f.today, 1), f.dates.before(8))
  yield* sign(f)
  yield inTurn(f.today)
  await f.send('secretariat', 'AssignNumbers')
  yield inTurn(f.dates.workdaysAfter(f.today, 1))
  await f.send('secretariat', 'VoidNumber', {
    reason: '登记时误选文种，号码作废，不再使用',
    approver: 'leader',
  })
  await f.send('secretariat', 'AssignNumbers')
  yield f.dates.before(0)
  // 没有政策解读，公布被拒绝：等起草单位补交。
  await f.refused(
    'secretariat',
    'Publish',
    { effectiveDate: f.effective, validity: { years: 5 }, channels: ['海原县人民政府网站'] },
    'publication.interpretation',
  )
}

async function* manureLife(s: Setting): Life {
  const f = cast(
    s,
    { ...agri, ...government, text: manure, genre: '办法', subject: '生态环境', planItem: '年度制定计划第8项' },
    25,
  )
  yield* prepare(f, 105)
  yield* askDepartments(f, [
    finance('agree'),
    housingBureau('agree'),
    market('agree_with_comments', '保证金应当有法律、法规依据，请核实。'),
  ])
  yield* consultPublic(
    f,
    [
      {
        text: '交保证金没有道理，养牛本来就不挣钱。',
        anchor: { element: '第九条' },
        disposition: 'not_adopted',
        reason: '起草单位认为可以督促落实责任，提请审核机构把关。',
      },
      {
        text: '种植户用粪肥补助每立方米十五元合理，支持。',
        anchor: { element: '第十二条' },
        disposition: 'adopted',
        reason: '保留。',
      },
    ],
    { summary: '收到意见2条，采纳1条，不采纳1条。' },
  )
  yield* submit(f, f.dates.before(26), '检查提出的两处请审核机构把关。', [
    {
      id: 'L07',
      quote: '交纳粪污处理保证金',
      reason: '养殖场粪污泄漏后清理费用难以追缴，起草单位认为有必要保留，请审核机构把关。',
    },
  ])
  const accepted = f.today
  yield f.dates.workdaysAfter(f.today, 2)
  await f.send('adviser', 'RecordAdviserOpinion', {
    opinion: '第九条保证金、第十九条罚款均缺少上位法依据，建议删除或者改为衔接条款。',
  })
  yield f.dates.workdayFrom(f.reviewEarliest(accepted))
  // 起草人不能审核自己的文件：按权限拒绝，同样记入案卷。
  await f.refused('drafter', 'IssueOpinion', { outcome: 'lawful' }, 'forbidden')
  await f.send('reviewer', 'IssueOpinion', {
    outcome: 'revise',
    number: opinionNumber(f, 19),
    opinion: '总体可行，四处应当修改。',
    points: [
      {
        id: '1',
        text: '收取粪污处理保证金没有法律、行政法规依据，增加了养殖场的义务，应当删除。',
        element: '第九条',
        quote: '应当向县农业农村局交纳粪污处理保证金',
        basis: '优化营商环境条例第六十四条',
      },
      {
        id: '2',
        text: '行政规范性文件不得设定罚款，应当删除，改为与上位法衔接的规定。',
        element: '第十九条',
        quote: '处五百元以上五千元以下罚款',
        basis: '行政处罚法第十六条',
      },
      {
        id: '3',
        text: '有机肥企业年处理量五千吨的门槛排除了小型企业，请说明理由或者降低。',
        element: '第十三条',
        quote: '年处理量在五千吨以上',
      },
      { id: '4', text: '散养户的范围不清，请在第二条明确数量标准。', element: '第二条', quote: '农户自用的少量散养' },
    ],
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.save(manureRevised(f.written), '删去保证金、罚款，增加泄漏处置两条，服务与监督的规定归为一章')
  await f.send('drafter', 'AnswerPoint', { point: '1', answer: 'adopted', version: 2 })
  await f.send('drafter', 'AnswerPoint', { point: '2', answer: 'adopted', version: 2 })
  yield f.dates.workdaysAfter(f.today, 1)
  // 还有两条没有答复，确认修改被拒绝。
  await f.refused('reviewer', 'ConfirmRevision', { contentHash: f.hash }, 'review.points-answered')
}

async function* propertyFeesLife(s: Setting): Life {
  const f = cast(
    s,
    {
      ...housing,
      ...government,
      text: propertyFees,
      genre: '细则',
      subject: '城乡建设',
      classification: { enterpriseRelated: true, competition: true },
      planItem: '年度制定计划第9项',
    },
    40,
  )
  yield* prepare(f, 115)
  yield* askDepartments(f, [
    finance('agree'),
    market('agree_with_comments', '第二十二条应当引用价格法律、法规，已核对。'),
  ])
  yield* consultPublic(
    f,
    [
      {
        text: '空置房减收三成不合理，公共服务成本没有减少（物业企业）。',
        anchor: { element: '第十二条' },
        disposition: 'not_adopted',
        reason: '空置期间占用的服务较少，减收幅度参照多数地方的做法。',
      },
      {
        text: '小区广告收入从来没公示过，支持每半年公示。',
        anchor: { element: '第十六条' },
        disposition: 'adopted',
        reason: '保留并明确单独列账。',
      },
      {
        text: '装修押金能不能一并取消？',
        anchor: { element: '第十八条' },
        disposition: 'adopted',
        reason: '已规定不得收取强制性的保证金。',
      },
    ],
    { open: { groups: ['物业服务企业', '行业协会商会'] }, summary: '收到意见3条，采纳2条，不采纳1条。' },
  )
  yield f.dates.workdaysAfter(f.today, 1)
  await f.compete({
    outcome: 'no_restriction',
    conclusion: '政府指导价限于前期物业，不限定经营者，不排除、限制竞争。',
  })
  yield f.dates.before(4)
  await f.submit({
    note: '材料齐备，提请审核。',
    waivers: [
      {
        id: 'C02',
        quote: '《中卫市物业服务收费管理办法》',
        reason: '市发展改革部门制定的办法，已核对现行文本，只是文件库尚未收录。',
      },
    ],
  })
  await f.send('reviewer', 'AcceptPackage', {})
  yield f.dates.before(1)
  await f.send('adviser', 'RecordAdviserOpinion', { opinion: '第五条与第九条关于业主共同决定的表述宜与民法典一致。' })
  // 审核不少于五个工作日，提前出具被拒绝并告知最早日期。
  await f.refused('reviewer', 'IssueOpinion', { outcome: 'lawful' }, 'review.min-period')
}

async function* wasteSortingLife(s: Setting): Life {
  const f = cast(
    s,
    {
      ...housing,
      ...government,
      text: wasteSorting,
      genre: '办法',
      subject: '生态环境',
      planItem: '年度制定计划第10项',
    },
    60,
  )
  yield* prepare(f, 45)
  yield f.dates.workdayFrom(f.dates.workdaysAfter(f.today, 1), f.dates.before(9))
  await f.send(f.cast.drafter, 'RequestOpinions', {
    units: ['hy-finance', 'hy-market'],
    message: '请就经费分担和监督检查提出意见。',
  })
  yield f.dates.workdayFrom(f.dates.before(6))
  const closes = f.dates.workdayFrom(addDays(f.today, 4))
  const [verdict] = (
    await f.refused(
      f.cast.drafter,
      'OpenPublicConsultation',
      { channels: ['海原县人民政府网站'], closesAt: closes },
      'consultation.minimum-period',
    )
  ).filter((v) => !v.holds)
  const earliest = verdict?.earliest ?? closes
  const later = addDays(s.anchor, 10)
  await f.open({ closesAt: earliest > later ? earliest : later })
  const anchored: Array<[string, { element: string; quote?: string }?]> = [
    [
      '山里七天才收一次，夏天臭得很，建议夏天至少三天一次。',
      { element: '第十条', quote: '山区行政村不少于每七日一次' },
    ],
    ['炉灰单独放可以，但是收集桶是塑料的，热灰会烧坏，请配铁桶。', { element: '第六条' }],
    ['每人每年二十元保洁费能接受，但是账要逐月贴出来。', { element: '第十七条' }],
    ['农药瓶不算在内，那放到哪里？建议写清楚去处。', { element: '第二条' }],
    ['废旧地膜要不要一起收？'],
  ]
  for (const [text, anchor] of anchored) {
    const next = addDays(f.today, 1)
    if (next <= s.anchor) yield next
    await f.comment(text, anchor)
  }
  yield f.dates.before(0)
  await f.send('contact.market', 'RecordOpinion', {
    opinion: 'agree_with_comments',
    text: '再生资源回收站点的登记要求应当与现行规定一致。',
  })
  // 同样的话几个人说，有一人附了照片；村里还寄来一封信；点名征求两家，听证会正在报名。
  const same = '山里七天才收一次，夏天臭得很，建议夏天至少三天一次，再多配几个桶。'
  await f.comment(same, { element: '第十条' })
  await f.comment(`${same}我家门口的桶常常是满的，附了照片。`, { element: '第十条' }, '满了的收集桶.png')
  await f.send(f.cast.drafter, 'RecordComments', {
    entries: [
      {
        channel: 'letter',
        source: '来信第12号',
        receivedOn: f.today,
        element: '第十七条',
        text: '我叫马占林，住在李旺镇团结路8号，电话13900000000。保洁费的账要每月贴在村务公开栏。',
      },
    ],
  })
  await f.send(f.cast.drafter, 'InviteParticipants', {
    invitees: [
      { name: '海原县再生资源回收协会', kind: 'association' },
      { name: '海原县洁美环卫服务公司', kind: 'enterprise' },
    ],
  })
  await f.hearing({
    subject: '保洁费的标准与收运的频次',
    heldOn: addDays(f.today, 45),
    registersUntil: addDays(f.today, 20),
    categories: [
      { name: '农户代表', seats: 2 },
      { name: '经营者代表', seats: 1 },
    ],
    registrations: ['农户代表', '农户代表', '农户代表', '经营者代表'],
  })
  // “领导着急”不是缩短期限的情形；正在征求意见的，也不能另开一次。
  await f.refused(
    f.cast.drafter,
    'RequestDeviation',
    {
      rule: 'consultation.minimum-period',
      ground: '领导着急',
      reference: '县领导口头交办',
      reason: '赶在年底以前出台。',
      approver: 'leader',
    },
    'deviation.approved',
  )
  await f.refused(
    f.cast.drafter,
    'OpenPublicConsultation',
    { channels: ['海原县人民政府网站'] },
    'consultation.one-at-a-time',
  )
}

async function* farmServicesLife(s: Setting): Life {
  const f = cast(
    s,
    { ...agri, ...government, text: farmServices, genre: '办法', subject: '农业农村', planItem: '年度制定计划第11项' },
    50,
  )
  yield* prepare(f, 85)
  yield* askDepartments(f, [
    finance(
      'object',
      '一、丘陵山区补助比例提高到四成，超出上级规定的三成，没有依据；二、由服务组织代为抵减，资金不直达农户，监管风险大，建议直接补助到户。',
    ),
    market('agree'),
  ])
  yield* consultPublic(
    f,
    [
      {
        text: '直接把补助打到农户卡里更放心。',
        anchor: { element: '第五条' },
        disposition: 'partly_adopted',
        reason: '兑付方式正与县财政局协调，拟允许农户自选。',
      },
      {
        text: '终端数据经常丢，人工核验不能取消。',
        anchor: { element: '第十三条' },
        disposition: 'adopted',
        reason: '保留村、乡、县三级核验。',
      },
    ],
    { summary: '收到意见2条，采纳1条，部分采纳1条。', published: true },
  )
  yield f.dates.workdaysAfter(f.today, 3)
  await f.send('drafter', 'RecordCoordination', {
    units: ['hy-finance'],
    settled: [],
    date: f.today,
    summary: '两部门会商：兑付方式同意允许农户自选；丘陵山区比例未能一致，县财政局坚持不超过三成。',
  })
  yield f.dates.workdaysAfter(f.today, 1)
  // 财政局的异议还没有协调一致，也没有上报决定，提请审核被拒绝。
  await f.refused('head', 'SubmitForReview', {}, 'dispute.settled-or-escalated')
}

async function* builderCreditLife(s: Setting): Life {
  const f = cast(
    s,
    {
      ...housing,
      ...government,
      text: builderCredit,
      genre: '办法',
      subject: '市场监管',
      classification: { enterpriseRelated: true, competition: true },
    },
    45,
  )
  const revised = f.body
    .replace(
      '企业在本县设立分公司、办理税务登记并承诺三年内不迁出的，方可参加信用评价；未参加信用评价',
      '企业可以自愿申请参加信用评价，不受注册地限制；未参加信用评价',
    )
    .replace('\n在本县纳税额每满五十万元的，加二分，最高加十分。', '')
  yield* prepare(f, 150)
  yield* askDepartments(f, [
    finance('agree'),
    market('agree_with_comments', '第八条、第九条涉嫌限制外地企业，须作公平竞争审查。'),
  ])
  yield* consultPublic(
    f,
    [
      {
        text: '外地企业要设分公司才能投标，违反公平竞争（施工企业）。',
        anchor: { element: '第八条' },
        disposition: 'adopted',
        reason: '已删去设立分公司、承诺不迁出的要求。',
      },
      { text: '纳税多就加分，不公平。', anchor: { element: '第九条' }, disposition: 'adopted', reason: '已删去。' },
    ],
    { open: { groups: ['建筑施工企业', '行业协会商会'] }, summary: '收到意见2条，均采纳。', wait: 2 },
  )
  yield f.dates.workdaysAfter(f.today, 1)
  await f.compete({
    outcome: 'restricts',
    conclusion: '现稿要求外地企业设立分公司、按纳税额加分，限制市场准入，不符合例外情形。',
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.refused(f.cast.head, 'SubmitForReview', {}, 'assessment.fair-competition')
  await f.save(revised, '删去设立分公司、纳税加分的规定')
  yield f.dates.workdaysAfter(f.today, 2)
  await f.compete({
    outcome: 'no_restriction',
    conclusion: '修改稿不区分注册地，不排除、限制竞争。',
  })
  const deposit = { id: 'L07', quote: '缴存农民工工资保证金' }
  yield* submit(f, undefined, undefined, [
    { ...deposit, reason: '保障农民工工资支付条例规定的保证金，本条是减少缴存，没有新设。' },
  ])
  yield f.dates.workdayFrom(f.reviewEarliest(f.today))
  await f.send('reviewer', 'IssueOpinion', {
    outcome: 'unlawful',
    waivers: [{ ...deposit, reason: '有行政法规依据，且为减轻企业负担，可以保留。' }],
    number: opinionNumber(f, 16),
    opinion: '第八条、第十五条不合法，退回修改。',
    grounds: [
      '第八条规定未参加信用评价的企业不得参加投标，没有法律、法规依据而减损企业权利。',
      '第十五条对D级企业限制承接工程一年，属于变相设定行政处罚。',
    ],
  })
  yield f.dates.workdaysAfter(f.today, 8)
  await f.save(
    revised
      .replace('；未参加信用评价的企业，不得参加政府投资工程的投标', '')
      .replace('列为重点监管对象，限制其在本县承接政府投资工程一年', '列为重点监管对象，增加检查频次，依法公示')
      .replace(
        '基础分八十分，按照评价标准加减分。',
        `基础分八十分，参照《${repealedBasis.title}》（${repealedBasis.docNo}）第三条加减分。`,
      ),
    '按审核意见修改第八条、第十五条，第九条写明评定的依据',
  )
  await f.send(f.cast.drafter, 'ProvideArtefact', {
    kind: 'legal_basis_table',
    title: '制定依据对照表（第二稿）',
    bases: [...builderCredit.bases, { ...repealedBasis, articles: ['第三条'], clause: '第九条' }],
  })
  yield f.dates.workdaysAfter(f.today, 1)
  // 新引的依据早已废止：提请审核被拒绝，并指出是哪一件。
  await f.refused(f.cast.head, 'SubmitForReview', {}, 'draft.basis-in-force')
}

/** 已列入下次常务会议；一条审核意见没有采纳，理由随件上会。 */
async function* tractorsLife(s: Setting): Life {
  const f = cast(
    s,
    { ...agri, ...government, text: tractors, genre: '办法', subject: '农业农村', planItem: '年度制定计划第9项' },
    20,
  )
  yield* prepare(f, 92)
  yield* askDepartments(f, [finance('agree'), market('agree_with_comments', '维修网点明码标价的要求宜写进第十一条。')])
  yield* consultPublic(
    f,
    [
      {
        text: '合作社自己修自己的车，不要再让办证。',
        anchor: { element: '第十四条' },
        disposition: 'adopted',
        reason: '第十四条已写明不得要求另行办理手续。',
      },
    ],
    { summary: '收到意见1条，采纳1条。' },
  )
  yield* submit(f)
  yield f.dates.workdayFrom(f.reviewEarliest(f.today))
  await f.send('reviewer', 'IssueOpinion', {
    outcome: 'revise',
    number: opinionNumber(f, 22),
    opinion: '总体合法，一处建议修改。',
    points: [
      {
        id: '1',
        text: '停放点与粮食、饲草堆放处的距离，建议按消防技术标准表述，不写具体米数。',
        element: '第十条',
        quote: '保持十五米以上距离',
      },
    ],
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('drafter', 'AnswerPoint', {
    point: '1',
    answer: 'not_adopted',
    reason: '村组停放点没有条件查阅消防标准，写明米数便于执行；十五米不低于现行标准的要求。',
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('reviewer', 'ConfirmRevision', { contentHash: f.hash, note: '未采纳的一条理由可以成立，随件上会说明。' })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('secretariat', 'RecordSecretariatCheck', { outcome: 'passed', reasons: [] })
  yield inTurn(f.dates.before(1))
  await f.send('secretariat', 'ScheduleDeliberation', {
    body: '海原县人民政府常务会议',
    session: '第22次',
    date: f.dates.workdaysAfter(s.anchor, 4),
  })
  // 还在审核的一件也列入议题：议题单上看得见它还差什么。
  await f.inSession(await f.sessionNamed('第22次'), 'AddItem', {
    matter: await f.another(propertyFees.title),
    attending: ['hy-market'],
  })
  // 邻县的常务会议不能替本县作出决定。
  await f.refused(
    'secretariat',
    'ScheduleDeliberation',
    { body: '中宁县人民政府常务会议', session: '第22次', date: addDays(f.today, 7) },
    'deliberation.body-competent',
  )
}

async function* grazingBanLife(s: Setting): Life {
  const f = cast(
    s,
    { ...town, issuers: ['hy-town-lijun'], tier: 'township', text: grazingBan, genre: '办法', subject: '生态环境' },
    30,
  )
  yield* prepare(f, 65)
  yield* askDepartments(f, [finance('agree')])
  yield* consultPublic(
    f,
    [
      {
        text: '饲草跟不上，建议乡里先解决草料再禁牧。',
        anchor: { element: '第十一条' },
        disposition: 'partly_adopted',
        reason: '增加饲草配送服务队的规定。',
      },
    ],
    { summary: '收到意见1条，部分采纳。' },
  )
  yield f.dates.workdaysAfter(f.today, 2)
  await f.send(f.cast.head, 'WithdrawDocument', {
    reason: '县人民政府拟制定全县统一的封山禁牧管理办法，本乡不再单独制定。',
  })
}

const proposal = (title: string, necessity: string): DemoText => ({
  title,
  necessity,
  body: () => '',
  note: '',
  bases: [],
})

async function* declinedLife(s: Setting): Life {
  const f = cast(
    s,
    {
      ...agri,
      issuers: ['hy-business-group'],
      tier: 'government',
      genre: '通知',
      subject: '营商环境',
      text: proposal(
        '海原县优化营商环境工作领导小组关于规范涉农企业现场检查的通知',
        '涉农企业反映检查频次较高，领导小组会议议定规范检查次数，拟以领导小组名义发文。',
      ),
    },
    0,
  )
  yield f.dates.before(48)
  await f.propose()
  yield f.dates.workdaysAfter(f.today, 2)
  // 议事协调机构不是制定主体，立项被拒绝。
  await f.refused('secretariat', 'ApproveInitiation', {}, 'issuer.eligible')
  await f.send('secretariat', 'DeclineInitiation', {
    reason: '领导小组是议事协调机构，不得制发行政规范性文件；内容可由县人民政府或者主管部门另行立项。',
  })
}

async function* initiationLife(s: Setting): Life {
  const f = cast(
    s,
    {
      ...agri,
      ...government,
      genre: '办法',
      subject: '农业农村',
      text: proposal(
        '海原县农村供水工程运行管理办法',
        '农村供水工程移交后，水费收缴、设施维修、应急供水的责任不明确，山区冬季停水投诉较多，拟制定统一的运行管理办法，主要规定管护主体、水价与补助、水质检测、停水告知和应急供水。',
      ),
    },
    120,
  )
  yield f.dates.before(2)
  await f.propose()
}

export const pendingLives = (setting: () => Setting): Array<{ setting: Setting; life: Life }> =>
  [
    heatingLife,
    elevatorsLife,
    builderCreditLife,
    propertyFeesLife,
    manureLife,
    farmServicesLife,
    tractorsLife,
    grazingBanLife,
    declinedLife,
    wasteSortingLife,
    initiationLife,
  ].map((of) => {
    const s = setting()
    return { setting: s, life: of(s) }
  })
