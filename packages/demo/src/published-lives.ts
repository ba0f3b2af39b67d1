// 已经公布的八件：试行将满、已废止、现行、停止执行、待报送、逾期未报送、紧急、乡镇补正后登记。
import { addDays } from '@dianzhang/calendar'
import { type Casting, Dates, DemoFile, type Setting } from './desk.ts'
import { inTurn, type Life } from './seed-clock.ts'
import {
  agri,
  askDepartments,
  bothTracks,
  consultPublic,
  decide,
  fileWith,
  finance,
  government,
  housing,
  housingBureau,
  lawful,
  market,
  opinionNumber,
  prepare,
  publish,
  release,
  sign,
  submit,
  town,
} from './stages.ts'
import { coldChain } from './texts/cold-chain.ts'
import { farmlandUpkeep, farmlandUpkeepOld } from './texts/farmland-upkeep.ts'
import { gasSafety } from './texts/gas-safety.ts'
import { homestead } from './texts/homestead.ts'
import { parkingFees } from './texts/parking-fees.ts'
import { ruralPoints } from './texts/rural-points.ts'
import { villageAssets } from './texts/village-assets.ts'

const cast = (s: Setting, c: Omit<Casting, 'effective'>, meet: number): { f: DemoFile; meet: string } => {
  const dates = new Dates(s)
  const day = dates.before(meet)
  return { f: new DemoFile(s, { ...c, effective: dates.effectiveAfter(day) }), meet: day }
}

async function* ruralPointsLife(s: Setting): Life {
  const { f, meet } = cast(
    s,
    {
      ...agri,
      ...government,
      text: ruralPoints,
      genre: '办法',
      subject: '农业农村',
      classification: { provisional: true },
      planItem: '年度制定计划第3项',
      until: addDays(s.anchor, 19),
    },
    600,
  )
  yield* prepare(f, 680)
  yield* askDepartments(f, [
    finance('agree_with_comments', '兑换资金应当列入年度预算，明确每村上限。'),
    housingBureau('agree'),
  ])
  yield* consultPublic(
    f,
    [
      {
        text: '希望写明积分不能和低保、贫困户评定挂钩，村里以前这么干过。',
        anchor: { element: '第七条' },
        disposition: 'adopted',
        reason: '第三条已明确不得以扣分为由限制、减少村民依法享有的待遇。',
      },
      {
        text: '一分换一元太少，建议提高到两元。',
        anchor: { element: '第十二条' },
        disposition: 'not_adopted',
        reason: '受财政承受能力限制，试行期满评估时再研究。',
      },
    ],
    { summary: '收到意见2条，采纳1条，不采纳1条并说明理由。' },
  )
  yield* submit(f)
  yield* lawful(f, opinionNumber(f, 4))
  yield* decide(f, meet, '第8次')
  yield* sign(f)
  yield inTurn(f.today)
  const year = f.today.slice(0, 4)
  await f.send('secretariat', 'AssignNumbers')
  yield inTurn(f.dates.workdaysAfter(f.today, 1))
  // 试行文件拟定三年，超过上限，被拒绝；改为写明的届满日。
  await f.refused(
    'secretariat',
    'Publish',
    { effectiveDate: f.effective, validity: { years: 3 }, channels: ['海原县人民政府网站'] },
    'validity.maximum',
  )
  await publish(f, {
    summary: '统一农村人居环境整治积分的项目、登记、公示与兑换。',
    keywords: ['人居环境', '积分', '试行'],
  })
  yield* fileWith(f, bothTracks(f.today.slice(0, 4), 6))
  yield f.dates.workdaysAfter(f.today, 10)
  await f.send('secretariat', 'ArchiveFile', { retention: '30年', archiveNo: `WS·${year}-D30-0001` })
}

/** 旧细则与废止它的新办法写在一处：新办法施行之日旧细则废止。 */
function farmlandLives(s: Setting, t: Setting): Array<{ setting: Setting; life: Life }> {
  const { f, meet } = cast(
    t,
    { ...agri, ...government, text: farmlandUpkeep, genre: '办法', subject: '农业农村', planItem: '年度制定计划第2项' },
    250,
  )
  const { f: old, meet: oldMeet } = cast(
    s,
    {
      ...agri,
      ...government,
      text: farmlandUpkeepOld,
      genre: '细则',
      subject: '农业农村',
      planItem: '年度制定计划第5项',
    },
    560,
  )
  async function* oldLife(): Life {
    yield* prepare(old, 645)
    yield* askDepartments(old, [finance('agree'), market('agree')])
    yield* consultPublic(old, [], { summary: '征求意见期间未收到意见。' })
    yield* submit(old)
    yield* lawful(old, opinionNumber(old, 6))
    yield* decide(old, oldMeet, '第10次')
    yield* sign(old)
    yield* release(old, { summary: '规定高标准农田工程的管护责任、经费和考核。', keywords: ['高标准农田', '管护'] })
    yield* fileWith(old, bothTracks(old.today.slice(0, 4), 8))
    yield inTurn(f.dates.workdayFrom(f.effective))
    await old.send('secretariat', 'RepealDocument', {
      on: f.effective,
      byDocument: f.id,
      reason: `《${f.cast.text.title}》施行，本细则同时废止`,
    })
  }
  async function* newLife(): Life {
    yield* prepare(f, 335)
    await f.send('drafter', 'ProvideArtefact', {
      kind: 'replacement_list',
      title: '拟废止文件清单',
      body: '《海原县高标准农田工程管护实施细则》',
    })
    yield* askDepartments(f, [
      finance('agree_with_comments', '补助标准提高后每年增支约二百六十万元，请分三年落实。'),
      housingBureau('agree'),
    ])
    yield* consultPublic(
      f,
      [
        {
          text: '流转大户退出时设施坏了算谁的，要写清楚。',
          anchor: { element: '第十条' },
          disposition: 'adopted',
          reason: '已在第十条增加退出验收和修复、赔偿的规定。',
        },
        {
          text: '管护员一年报酬太低，没人愿意干。',
          disposition: 'partly_adopted',
          reason: '取消报酬占比的限制，具体标准由管护协议约定。',
        },
        {
          text: '建议把旱作区补助提高到五元。',
          anchor: { element: '第十三条', quote: '旱作区每亩每年二元' },
          disposition: 'not_adopted',
          reason: '旱作区设施少、维修费用低，且每三年评估一次标准。',
        },
      ],
      { summary: '收到意见3条，采纳1条，部分采纳1条，不采纳1条。' },
    )
    yield* submit(f)
    yield* lawful(f, opinionNumber(f, 2))
    yield* decide(f, meet, '第3次')
    yield* sign(f)
    yield* release(f, {
      summary: '规定高标准农田工程设施的确权移交、管护责任、经费标准与考核。',
      keywords: ['高标准农田', '管护', '补助'],
    })
    yield* fileWith(f, bothTracks(f.today.slice(0, 4), 3))
    yield f.dates.before(60)
    await f.send('registrar.npc', 'CloseFiling', { track: 'npc', conclusion: '未发现与上位法抵触的情形，审查办结。' })
    await f.send('secretariat', 'ArchiveFile', { retention: '永久' })
  }
  return [
    { setting: s, life: oldLife() },
    { setting: t, life: newLife() },
  ]
}

async function* parkingFeesLife(s: Setting): Life {
  const { f, meet } = cast(
    s,
    {
      ...housing,
      ...government,
      text: parkingFees,
      genre: '办法',
      subject: '城乡建设',
      classification: { hearingRequired: true },
      planItem: '年度制定计划第7项',
    },
    370,
  )
  yield* prepare(f, 490)
  yield* askDepartments(f, [finance('agree'), market('agree_with_comments', '收费公示牌的内容应当符合明码标价规定。')])
  yield* consultPublic(
    f,
    [
      {
        text: '三十分钟免费太短，去医院看病不够用，建议六十分钟。',
        anchor: { element: '第十四条' },
        disposition: 'partly_adopted',
        reason: '由十五分钟延长至三十分钟；医院周边不设收费泊位。',
      },
      { text: '晚上应当免费，老小区没有车位。', disposition: 'adopted', reason: '第十条已规定夜间免费。', same: true },
      {
        text: '晚上应当免费，老小区没有车位！我是南苑小区的田秀兰，楼下天天抢车位。',
        disposition: 'adopted',
        reason: '第十条已规定夜间免费。',
        same: true,
        hides: '田秀兰',
      },
    ],
    {
      summary: '收到意见3条，采纳2条，部分采纳1条；另行举行听证会。',
      same: '夜间免费',
      published: true,
    },
  )
  const announcedOn = f.today
  await f.send(f.cast.drafter, 'RecordHearing', { announcedOn })
  yield f.dates.workdayFrom(addDays(announcedOn, 32))
  const materialsSentOn = addDays(f.today, -20)
  await f.send(f.cast.drafter, 'RecordHearing', {
    announcedOn,
    materialsSentOn,
    heldOn: f.today,
    participants: 21,
    record:
      '参加人二十一人，其中居民代表十一人。多数赞成统一管理，建议延长免费时长、公开收支；二人反对收费。记录人、主持人签字。',
  })
  yield* submit(f)
  yield* lawful(f, opinionNumber(f, 9))
  yield* decide(f, meet, '第16次', { outcome: 'adopted', dissents: ['一名参会人员建议先试点两条街道，会议未采纳。'] })
  yield* sign(f)
  yield* release(f, { summary: '规范城区道路临时停车泊位的设置、使用和收费。', keywords: ['停车', '收费', '泊位'] })
  yield* fileWith(f, bothTracks(f.today.slice(0, 4), 12))
  yield f.dates.before(52)
  await f.send('registrar.npc', 'RequestCorrection', {
    track: 'npc',
    points: [
      '第十二条第（四）项未规定处理程序，第十九条催缴措施与收费委托合同不衔接，请研究修改。',
      '收费标准尚未依法听证公布而已开始收费，请说明情况。',
    ],
  })
  yield f.dates.before(45)
  await f.send('secretariat', 'SuspendDocument', {
    on: f.today,
    decision: { body: '海原县人民政府常务会议', date: f.today },
    reason: '县人大常委会备案审查提出纠正意见，收费标准依法听证公布以前停止执行',
  })
  yield f.dates.before(40)
  await f.send('secretariat', 'AnswerCorrection', {
    track: 'npc',
    answer: '已决定停止执行，正在依法组织收费标准听证，并起草修改稿。',
    action: 'amend',
  })
}

async function* coldChainLife(s: Setting): Life {
  const { f, meet } = cast(
    s,
    {
      ...agri,
      ...government,
      text: coldChain,
      genre: '办法',
      subject: '农业农村',
      classification: { enterpriseRelated: true, competition: true },
      planItem: '年度制定计划第4项',
    },
    15,
  )
  // 一处错字留待签署以后更正：只改字，不动内容。
  const slip = f.body.replace('每年对设施使用情况抽查一次', '每年对设施使用情况抽査一次')
  yield f.dates.before(155)
  await f.propose()
  yield f.dates.workdaysAfter(f.today, 3)
  await f.send('secretariat', 'ApproveInitiation', {})
  yield f.dates.workdaysAfter(f.today, 5)
  await f.draft()
  await f.save(slip, '调整补助标准与使用监督的写法')
  yield* askDepartments(f, [finance('agree_with_comments', '补助总额应当控制在预算以内，先建后补。'), market('agree')])
  yield f.dates.workdaysAfter(f.today, 1)
  // 涉企文件只给七日，短于三十日，被拒绝。
  await f.refused(
    'drafter',
    'OpenPublicConsultation',
    { channels: ['海原县人民政府网站'], closesAt: addDays(f.today, 10) },
    'consultation.minimum-period',
  )
  await f.open({ groups: ['农民专业合作社', '冷链企业', '行业协会商会'] })
  yield addDays(f.today, 6)
  await f.comment('外县企业在本县建库能不能申请？建议不限制注册地。', { element: '第四条' })
  yield addDays(f.today, 9)
  await f.comment('气调库造价高，每立方米二百六十元偏低。', {
    element: '第七条',
    quote: '气调贮藏库，每立方米补助二百六十元',
  })
  yield f.dates.workdayFrom(addDays(f.closesOn, 1))
  await f.send('drafter', 'DisposeComment', {
    comment: f.comments[0],
    disposition: 'adopted',
    reason: '第四条、第五条已明确不限注册地。',
    version: 2,
  })
  await f.send('drafter', 'DisposeComment', {
    comment: f.comments[1],
    disposition: 'not_adopted',
    reason: '补助与建设总投资三成的上限并用，已能覆盖差额。',
  })
  await f.send('drafter', 'PublishFeedback', { summary: '收到意见2条，采纳1条，不采纳1条；另召开企业座谈会两次。' })
  yield f.dates.workdaysAfter(f.today, 1)
  // 涉及经营者经济活动而没有公平竞争审查，提请审核被拒绝。
  await f.refused('head', 'SubmitForReview', {}, 'assessment.fair-competition')
  await f.compete({
    outcome: 'no_restriction',
    conclusion: '各类经营主体平等申请，补助按库容定额，不排除、限制竞争。',
    number: `海市监竞审〔${f.today.slice(0, 4)}〕7号`,
  })
  yield* submit(f)
  yield* lawful(f, opinionNumber(f, 11))
  yield* decide(f, meet, '第20次')
  yield* sign(f)
  await f.send('secretariat', 'CorrectAfterSigning', {
    substantive: false,
    body: f.body,
    reason: '第十七条“抽査”系“抽查”之误，只作文字更正。',
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('reviewer', 'ConfirmCorrection', { note: '已对照花脸稿，只改一字。' })
  yield* release(f, {
    summary: '规定农产品产地冷藏保鲜设施的补助对象、标准、程序与使用监督。',
    keywords: ['冷藏保鲜', '补助', '涉企'],
  })
}

async function* homesteadLife(s: Setting): Life {
  const { f, meet } = cast(
    s,
    {
      ...agri,
      issuers: ['hy-agri', 'hy-housing'],
      tier: 'department',
      text: homestead,
      genre: '通知',
      subject: '城乡建设',
    },
    62,
  )
  yield* prepare(f, 145)
  yield* askDepartments(f, [
    finance('agree'),
    housingBureau('agree_with_comments', '三层以上自建住房的设计、施工资质要求须保留。'),
    market('agree'),
  ])
  yield* consultPublic(
    f,
    [
      {
        text: '希望写明以前收的建房押金要退。',
        anchor: { element: '五、（一）' },
        disposition: 'partly_adopted',
        reason: '已明确不得收取；以往收取的由各乡镇清理后另行公告。',
      },
    ],
    { summary: '收到意见1条，部分采纳。' },
  )
  yield* submit(f)
  yield* lawful(f, opinionNumber(f, 14))
  yield* decide(f, meet, '第11次')
  // 联合发文只有一家签署即要编号，被拒绝。
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('head', 'Sign', { contentHash: f.hash, issuer: 'hy-agri' })
  await f.refused('secretariat', 'AssignNumbers', {}, 'numbering.after-signing')
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('head.housing', 'Sign', { contentHash: f.hash, issuer: 'hy-housing' })
  yield* release(f, {
    summary: '一窗受理、一次查验，规范宅基地审批与农村建房管理。',
    keywords: ['宅基地', '农村建房', '联合发文'],
  })
  // 至今没有报送备案：期限已过。
}

async function* gasSafetyLife(s: Setting): Life {
  const dates = new Dates(s)
  const start = dates.before(37)
  // 紧急办理约两周半；施行日取公布之日，须在起草时即知，故由工作日历推得。缩短也不短于7日，末日是休息日的顺延。
  const closes = dates.workdayFrom(addDays(start, 7))
  const submitOn = dates.workdaysAfter(dates.workdayFrom(addDays(closes, 1)), 1)
  const issueOn = dates.workdaysAfter(submitOn, 2)
  const publishOn = dates.workdaysAfter(issueOn, 1)
  const f = new DemoFile(s, {
    ...housing,
    ...government,
    text: gasSafety,
    genre: '通告',
    subject: '公共安全',
    effective: publishOn,
    until: addDays(publishOn, 180),
    classification: {
      emergency: {
        ground: 'superior_order',
        reference: {
          act: '自治区安全生产委员会办公室关于立即排查居民燃气安全隐患的紧急通知',
          number: `宁安委办发〔${start.slice(0, 4)}〕31号`,
          date: dates.before(39),
        },
        approver: 'leader',
      },
    },
  })
  yield start
  await f.propose()
  await f.send('secretariat', 'ApproveInitiation', {
    note: '紧急情形，即时立项。',
    approver: 'leader',
  })
  await f.draft()
  await f.send(f.cast.drafter, 'RequestOpinions', {
    units: ['hy-finance', 'hy-market'],
    message: '紧急事项，请于当日答复。',
  })
  await f.send('contact', 'RecordOpinion', { opinion: 'agree', text: '所需资金在预备费中安排。' })
  await f.send('contact.market', 'RecordOpinion', {
    opinion: 'agree_with_comments',
    text: '气瓶检查由我局负责，已列入。',
  })
  // 标明紧急而没有批准的，不能缩短；县长本人批准以后方可公告。
  const shortened = { reason: '居民燃气险情持续，按一般期限征求意见将延误排查和人员转移' }
  await f.refused(f.cast.drafter, 'OpenPublicConsultation', { closesAt: closes, shortened }, 'deviation.approved')
  await f.send('leader', 'ApproveDeviation', { note: '情况属实，同意。' })
  await f.open({ closesAt: closes, shortened })
  yield addDays(start, 1)
  await f.comment('入户检查的人怎么辨认真假？', { element: '一、（三）' })
  yield dates.workdayFrom(addDays(closes, 1))
  await f.send(f.cast.drafter, 'DisposeComment', {
    comment: f.comments[0],
    disposition: 'adopted',
    reason: '已规定佩戴统一证件、两人以上入户，没有证件的可以拒绝。',
    version: 1,
  })
  await f.send(f.cast.drafter, 'PublishFeedback', { summary: '收到意见1条，采纳。' })
  yield submitOn
  await f.submit({ note: '紧急情形，请优先审核。' })
  await f.send('reviewer.2', 'AcceptPackage', {})
  yield issueOn
  // 受理后第二个工作日出具意见：紧急只放宽时限，不免除审核；理由与批准人随命令记入案卷。
  await f.send('reviewer.2', 'IssueOpinion', {
    outcome: 'lawful',
    number: opinionNumber(f, 17),
    opinion: '内容符合突发事件应对有关规定，程序从简有据。',
    deviations: [{ rule: 'review.min-period' }],
  })
  await f.send('secretariat', 'RecordSecretariatCheck', { outcome: 'passed', reasons: [] })
  await f.send('secretariat', 'ScheduleDeliberation', {
    body: '海原县人民政府常务会议',
    session: '第19次（紧急）',
    date: f.today,
  })
  await f.send('secretariat', 'RecordDecision', { outcome: 'adopted', minutes: '会议一致同意，要求即日部署。' })
  await f.send('leader', 'Sign', { contentHash: f.hash, opinion: '同意，立即公布施行。' })
  yield publishOn
  yield* release(f, {
    summary: '部署居民燃气安全隐患紧急排查和人员临时转移安置。',
    keywords: ['燃气', '紧急', '排查'],
    immediateReason: '不立即施行将有碍险情排查和人员转移',
  })
  yield dates.workdaysAfter(f.today, 3)
  await f.send('secretariat', 'FileDocument', {
    track: 'government',
    materials: ['备案报告', '正式文本', '紧急情形说明'],
  })
}

async function* villageAssetsLife(s: Setting): Life {
  const { f, meet } = cast(
    s,
    { ...town, issuers: ['hy-town-lijun'], tier: 'township', text: villageAssets, genre: '办法', subject: '农业农村' },
    190,
  )
  yield* prepare(f, 275)
  yield* askDepartments(f, [finance('agree'), { unit: 'hy-market', by: 'contact.market', opinion: 'agree' }])
  yield* consultPublic(
    f,
    [
      {
        text: '出租价格太低的老合同能不能收回来？',
        anchor: { element: '第十七条' },
        disposition: 'partly_adopted',
        reason: '规定先协商变更，协商不成依法处理，不得强行收回。',
      },
      {
        text: '公开栏的账看不懂，要逐笔公开。',
        anchor: { element: '第十八条' },
        disposition: 'adopted',
        reason: '第十八条已规定逐项、逐笔公开。',
      },
    ],
    { summary: '收到意见2条，采纳1条，部分采纳1条。' },
  )
  yield* submit(f)
  const accepted = f.today
  yield f.dates.workdaysAfter(f.today, 2)
  const from = f.today
  await f.send('reviewer', 'RequestSupplement', {
    missing: ['成员代表会议讨论记录', '台账样式的填写说明'],
    reason: '送审材料不完整',
  })
  yield f.dates.workdaysAfter(f.today, 3)
  await f.send(f.cast.drafter, 'Supplement', { note: '已补充讨论记录和填写说明。' })
  // 补充材料的几日不计入，最早出具之日随之后移。
  yield f.dates.workdayFrom(f.reviewEarliest(accepted, { pauses: [{ from, to: f.today, reason: '补充材料' }] }))
  await f.send('reviewer', 'IssueOpinion', {
    outcome: 'lawful',
    number: opinionNumber(f, 5),
    opinion: '内容合法，附件台账样式可行。',
  })
  yield* decide(f, meet, '第6次')
  yield* sign(f)
  yield* release(f, {
    summary: '规范村集体资金、资产、资源的登记、审批、公开与监督。',
    keywords: ['集体资产', '乡镇', '台账'],
  })
  yield f.dates.workdaysAfter(f.today, 4)
  await f.send('secretariat', 'FileDocument', { track: 'government', materials: ['备案报告', '正式文本'] })
  yield f.dates.workdaysAfter(f.today, 2)
  await f.send('registrar.county', 'RequestFilingSupplement', {
    track: 'government',
    missing: ['起草说明', '合法性审核意见书复印件'],
  })
  yield f.dates.workdaysAfter(f.today, 3)
  await f.send('secretariat', 'SupplementFiling', {
    track: 'government',
    note: '已补齐起草说明和审核意见书。',
    materials: ['起草说明', '合法性审核意见书'],
  })
  yield f.dates.workdaysAfter(f.today, 2)
  await f.send('registrar.county', 'AcknowledgeFiling', {
    track: 'government',
    number: `海政备〔${f.today.slice(0, 4)}〕9号`,
  })
}

/** 每件各有自己的时钟：`setting` 为每件新给一份。 */
export const publishedLives = (setting: () => Setting): Array<{ setting: Setting; life: Life }> => [
  ...[ruralPointsLife, parkingFeesLife, villageAssetsLife, homesteadLife, coldChainLife, gasSafetyLife].map((of) => {
    const s = setting()
    return { setting: s, life: of(s) }
  }),
  ...farmlandLives(setting(), setting()),
]
