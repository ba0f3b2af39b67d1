// 门户测试用的材料：以真实命令办到各个阶段的几件文件，文字均为自拟。
import { type Classification, noClassification } from '@dianzhang/contract'
import { createPortal } from '@dianzhang/portal'
import { importEntries } from '@dianzhang/register'
import {
  createApp,
  createAuth,
  createLimiter,
  createMetrics,
  generousLimits,
  publicWriteRates,
} from '@dianzhang/server'
import { type Log, submitComment } from '@dianzhang/workflow'
import { type TestOffice, testOffice } from './office.ts'

export const secretTitle = '海原县尚未公开的草案管理办法'
export const onRequestTitle = '海原县依申请公开的专用办法'
export const openTitle = '海原县农村集中供水管理办法'
export const publishedTitle = '海原县设施农业补助资金管理办法'
/** 提意见的人留下的姓名与联系方式：任何页面都不得出现。 */
export const privateName = '不应公开的姓名'
export const privateContact = '0955-0000000'

const articles = (from: number, texts: readonly string[]): string[] =>
  texts.map((text, i) => `第${numeral(from + i)}条　${text}`)
const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const numeral = (n: number): string =>
  n < 10 ? (digits[n] ?? '') : `${n < 20 ? '' : digits[Math.floor(n / 10)]}十${digits[n % 10]}`

/** 二十余条、五章的草案，含有须转义的字符。 */
export const openBody = [
  openTitle,
  '第一章　总则',
  ...articles(1, [
    '为了规范农村集中供水，保障用水安全，根据有关法律法规，结合本县实际，制定本办法。',
    '本县行政区域内农村集中供水的规划、建设、运行、维护和监督管理，适用本办法。',
    '第二条所称农村集中供水，是指日供水能力 10 立方米以上 & 供水人口 >= 100 人的<b>供水</b>活动。',
    '县水务主管部门负责全县农村集中供水的监督管理；乡镇人民政府负责本辖区供水工程的日常管理。',
  ]),
  '第二章　工程建设',
  ...articles(5, [
    '供水工程应当符合供水专项规划，并依法办理审批手续。',
    '供水工程的设计、施工、监理单位应当具备相应资质，工程质量实行终身负责制。',
    '工程竣工后，建设单位应当在三十日内组织验收；未经验收或者验收不合格的，不得投入使用。',
    '工程资料应当在验收合格之日起十五个工作日内移交运行管理单位。',
  ]),
  '第三章　运行与水费',
  ...articles(9, [
    '运行管理单位应当保证水质符合国家生活饮用水卫生标准，每季度公布一次检测结果。',
    '因检修需要暂停供水的，应当提前二十四小时告知用户；突发事故停水的，应当立即组织抢修。',
    '水价按照补偿成本、保本微利的原则确定，实行计量收费；对脱贫户、低保户给予减免。',
    '水费应当专账核算，用于供水设施的运行和维护，收支情况每年公布一次。',
  ]),
  '第四章　监督管理',
  ...articles(13, [
    '任何单位和个人不得擅自改动、损毁供水设施，不得污染水源。',
    '县水务主管部门应当每年对供水工程开展一次检查，结果向社会公布。',
    '违反本办法规定的，依照有关法律法规处理。',
  ]),
  '第五章　附则',
  ...articles(16, ['本办法由县水务主管部门负责解释。', '本办法自公布之日起三十日后施行，有效期五年。']),
].join('\n')

export const publishedBody = [
  publishedTitle,
  '第一条　为了规范设施农业补助资金的管理和使用，提高资金使用效益，根据《中华人民共和国设施农业促进法》第二条和《没有收录的办法》，制定本办法。',
  '第二条　本办法所称补助资金，是指县级财政安排用于日光温室、塑料大棚建设和改造的资金。',
  '第三条　新建日光温室每亩补助不超过五千元，改造提升的每亩补助不超过两千元。',
  '第四条　申请人应当在每年三月底前向所在地乡镇人民政府提出申请，乡镇人民政府应当在十个工作日内核实并公示。',
  '第五条　违反本办法第三条，骗取补助资金的，由县农业农村主管部门责令退回，并依法处理。',
  '第六条　本办法由县农业农村局负责解释。',
  '第七条　本办法自2026年6月1日起施行，有效期五年。《海原县温室补助办法》（海政发〔2016〕9号）同时废止。',
].join('\n')

/** 导入的两件：所引的法律（两个版本），已经废止的旧办法（通知体例，有附件、表格、署名）。 */
const imported = [
  {
    id: 'law-2010',
    title: '中华人民共和国设施农业促进法',
    category: '法律',
    issuer: '某机关',
    status: '已修改',
    publishedAt: '2010-01-04',
    effectiveAt: '2010-03-01',
    body: '第一条　为了促进设施农业，制定本法。',
  },
  {
    id: 'law-2020',
    title: '中华人民共和国设施农业促进法',
    category: '法律',
    issuer: '某机关',
    status: '有效',
    publishedAt: '2020-01-04',
    effectiveAt: '2020-03-01',
    body: '第一条　为了促进设施农业发展，制定本法。\n第二条　国家扶持设施农业。\n第三条　将《温室条例》第五条修改为：“依照《中华人民共和国设施农业促进法》办理。”',
  },
  {
    id: 'old',
    title: '海原县温室补助办法',
    docNo: '海政发〔2016〕9号',
    category: '地方规范性文件',
    issuer: '海原县人民政府',
    status: '已废止',
    publishedAt: '2016-05-09',
    effectiveAt: '2016-06-01',
    body: [
      '海原县温室补助办法',
      '海政发〔2016〕9号',
      '各乡镇人民政府：',
      '现将温室补助的有关事项通知如下。',
      '一、补助对象',
      '（一）申请人。本县农户可以申请。',
      '1.新建温室的；',
      '2.改造温室的。',
      '（二）标准。按照附件执行。',
      '二、其他事项',
      '依照《中华人民共和国设施农业促进法》办理。',
      '附件：温室补助标准表',
      '海原县人民政府',
      '2016年5月9日',
      '附件',
      '温室补助标准表',
      '| 类型 | 每亩补助（元） |',
      '| --- | --- |',
      '| 新建 <日光> | 5000 |',
      '| 改造 | 2000 |',
    ].join('\n'),
  },
]

const note = [
  '一、制定的必要性',
  '现行规定分散在多个通知中，群众难以查找。',
  '二、主要内容',
  '明确标准、程序和监督责任。',
].join('\n')

/** 草案 → 公开征求意见，返回案卷与征求意见的标识。 */
/** 一件文件，办到公开征求意见。 */
export async function consult(
  t: TestOffice,
  title: string,
  body: string,
  extra: object = {},
  classification: Classification = { ...noClassification, affectsRights: true },
): Promise<{ id: string; consultation: string }> {
  const { id } = await t.propose('drafter', { title, classification })
  await t.send('secretariat', id, 'ApproveInitiation')
  await t.send('drafter', id, 'SaveDraft', { body, note: '征求意见稿', ...extra })
  await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: note })
  await t.send('drafter', id, 'ProvideArtefact', {
    kind: 'legal_basis_table',
    bases: [{ title: '中华人民共和国农业法', articles: ['第三十七条'] }],
  })
  await t.send('drafter', id, 'RequestOpinions', { units: ['hy-finance', 'hy-market'] })
  await t.send('contact', id, 'RecordOpinion', { opinion: 'agree' })
  await t.send('contact.market', id, 'RecordOpinion', { opinion: 'agree' })
  const opened = await t.send('drafter', id, 'OpenPublicConsultation', {
    channels: ['海原县人民政府网站'],
    contact: '县农业农村局办公室',
  })
  return { id, consultation: String(opened.consultationId) }
}

/** 受理满五个工作日之后，一路办到公布。 */
async function publish(t: TestOffice, id: string, payload: object): Promise<void> {
  await t.send('reviewer', id, 'IssueOpinion', { outcome: 'lawful', number: '海司审〔2026〕3号' })
  await t.send('secretariat', id, 'RecordSecretariatCheck', { outcome: 'passed' })
  await t.send('secretariat', id, 'ScheduleDeliberation', {
    body: '海原县人民政府常务会议',
    session: '第12次',
    date: '2026-03-20',
  })
  const rows = await t.connection.sql<
    Array<{ hash: string }>
  >`select hash from texts where document_id = ${id} order by n desc limit 1`
  await t.send('secretariat', id, 'RecordDecision', { outcome: 'adopted' })
  await t.send('leader', id, 'Sign', { contentHash: rows[0]?.hash ?? '' })
  await t.send('secretariat', id, 'AssignNumbers')
  await t.send('secretariat', id, 'Publish', { validity: { years: 5 }, channels: ['海原县人民政府网站'], ...payload })
}

export interface PortalFixture {
  t: TestOffice
  portal: ReturnType<typeof createPortal>
  /** 已公布、主动公开的文件。 */
  published: { id: string; consultation: string; receipt: string }
  /** 正在征求意见。 */
  open: { id: string; consultation: string }
  /** 已截止、采纳情况未公布。 */
  closed: { id: string; consultation: string }
  /** 只到起草阶段的草案。 */
  secret: { id: string }
  /** 公布为依申请公开。 */
  onRequest: { id: string }
  /** 导入的：所引法律的新旧两版，已经废止的旧办法。 */
  imported: { law: string; oldLaw: string; repealed: string }
}

/** 建成一间办公室和上述各件文件；时钟停在 2026-04-10 09:00。 */
export async function portalFixture(): Promise<PortalFixture> {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  async function* lines() {
    for (const record of imported) yield JSON.stringify(record)
  }
  await importEntries(t.office, lines(), { jurisdiction: '640522', sourceName: '样例', now: t.clock.now() })
  const rows = await t.connection.sql<Array<{ id: string; source: string }>>`
    select id, source_id as source from register_entries where origin = 'imported'`
  const idOf = (source: string): string => rows.find((row) => row.source === source)?.id ?? ''
  const { id: secret } = await t.propose('drafter', { title: secretTitle })
  await t.send('secretariat', secret, 'ApproveInitiation')
  await t.send('drafter', secret, 'SaveDraft', { body: `${secretTitle}\n第一条　这是没有公开的内容。`, note: '初稿' })

  const published = await consult(t, publishedTitle, publishedBody, {
    attachments: [
      {
        name: '补助标准表（2026）.txt',
        mediaType: 'text/plain',
        content: '日光温室 5000 元/亩\n塑料大棚 2000 元/亩\n',
      },
    ],
  })
  const comment = await submitComment(t.office, published.consultation, {
    text: '建议改造提升的标准按面积分档。\n并公布申请表。',
    name: privateName,
    contact: privateContact,
    anchor: { element: '第三条', quote: '改造提升的每亩补助不超过两千元' },
  })
  const second = await submitComment(t.office, published.consultation, { text: '建议增加蔬菜育苗补助。' })
  // 依申请公开的，须依法不予主动公开，不得影响权利义务。
  const onRequest = await consult(
    t,
    onRequestTitle,
    `${onRequestTitle}\n第一条　仅供测试依申请公开的条目。`,
    {},
    {
      ...noClassification,
      confidential: { ground: 'forbidden', reference: '县保密局〔2026〕4号', approver: 'leader' },
    },
  )
  await t.goTo('2026-03-12')
  await t.send('drafter', published.id, 'DisposeComment', {
    comment: comment.commentId,
    disposition: 'adopted',
    reason: '已按面积分档。',
  })
  await t.send('drafter', published.id, 'DisposeComment', {
    comment: second.commentId,
    disposition: 'not_adopted',
    reason: '不属于本办法的范围。',
  })
  for (const { id } of [published, onRequest]) {
    await t.send('drafter', id, 'PublishFeedback', { summary: '感谢参与，处理情况如下。' })
    await t.send('head', id, 'SubmitForReview')
    await t.send('reviewer', id, 'AcceptPackage')
  }
  await t.goTo('2026-03-20')
  await publish(t, published.id, {
    effectiveDate: '2026-06-01',
    interpretation: '解读：统一了补助标准。\n申请人在三月底前申请。',
    summary: '规定设施农业补助的对象、标准与申请程序。',
    keywords: ['设施农业', '补助'],
    files: ['补助标准表（2026）.txt'],
  })
  await publish(t, onRequest.id, { effectiveDate: '2026-06-01', disclosure: 'on_request', interpretation: '无。' })
  const closed = await consult(
    t,
    '海原县乡村公路养护办法',
    '海原县乡村公路养护办法\n第一条　为了加强公路养护，制定本办法。',
  )
  await t.goTo('2026-04-10')
  const open = await consult(t, openTitle, openBody)
  return {
    t,
    portal: createPortal({ office: t.office, version: '0.1.0' }),
    published: { ...published, receipt: comment.receipt },
    open,
    closed,
    secret: { id: secret },
    onRequest,
    imported: { law: idOf('law-2020'), oldLaw: idOf('law-2010'), repealed: idOf('old') },
  }
}

/** 同一办公室的整个服务端：门户连同安全头、限速。`log`：服务写日志之处。 */
export function wholeServer(
  { t }: PortalFixture,
  log: Log = { info() {}, warn() {}, error() {} },
): ReturnType<typeof createApp> {
  const office = { ...t.office, log }
  const { db } = office
  const limiter = () => createLimiter(publicWriteRates.test)
  return createApp({
    office,
    auth: createAuth({
      db,
      log,
      secret: 'a-secret-for-tests-that-is-long-enough-0123456789',
      publicUrl: null,
      secureCookies: false,
      oidc: null,
      limits: generousLimits,
      idleMinutes: null,
      now: () => office.clock.now(),
    }),
    metrics: createMetrics({ db, clock: office.clock, process: false }),
    demoClock: null,
    trustedProxies: [],
    publicUrl: null,
    metricsToken: null,
    https: false,
    limits: { publicWrites: limiter(), receipts: limiter(), exports: limiter() },
  })
}

/** 全部页面，供逐页检查：名称与地址。 */
export function portalPages(f: PortalFixture): Array<[name: string, path: string]> {
  return [
    ['首页', '/'],
    ['正在征求意见', '/consultations'],
    ['已结束的征求意见', '/consultations?state=closed'],
    ['征求意见稿', `/consultations/${f.open.consultation}`],
    ['对某条提意见', `/consultations/${f.open.consultation}?anchor=${encodeURIComponent('第三条')}`],
    ['已截止的征求意见', `/consultations/${f.closed.consultation}`],
    ['已公布采纳情况的征求意见', `/consultations/${f.published.consultation}`],
    ['采纳情况', `/consultations/${f.published.consultation}/feedback`],
    ['采纳情况未公布', `/consultations/${f.closed.consultation}/feedback`],
    ['查回执', '/receipts'],
    ['回执', `/receipts/${f.published.receipt}`],
    ['文件库', '/register'],
    ['带条件的检索', `/register?q=${encodeURIComponent('补助')}&status=pending&on=2026-04-10`],
    ['没有结果的检索', `/register?q=${encodeURIComponent('没有这样的词')}`],
    ['文件', `/register/${f.published.id}`],
    ['文件在某日', `/register/${f.published.id}?on=2026-06-01`],
    ['导入的旧办法', `/register/${f.imported.repealed}`],
    ['清理目录', '/cleanup'],
    ['一年的清理目录', '/cleanup?year=2026&list=keep'],
    ['算期限', '/calendar'],
    ['期限的逐日过程', '/calendar?jurisdiction=CN&start=2026-09-21&days=7&unit=working_day'],
    ['很长的期限', '/calendar?jurisdiction=640522&start=2026-01-05&days=5000&unit=calendar_day'],
    ['关于本站', '/about'],
  ]
}
