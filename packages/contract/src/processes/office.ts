// 办公室自己的事务：预留号、规则包、放假通知、委托、人员与单位、主体清单、上位法。一个法域一件，常年办理，不办结。
import { z } from 'zod'
import {
  BodyChange,
  BodyCorrectionInput,
  BodyInput,
  HolidayNotice,
  PersonInput,
  PostsChange,
  UnitInput,
} from '../administration.ts'
import { Attachment } from '../commands.ts'
import { type Role, roleLabels, roles, trackLabels, tracks } from '../vocabulary.ts'
import { defineContract, field, labelled } from './define.ts'

/** 上位法的层级。 */
export const actLevelLabels = {
  constitution: '宪法',
  law: '法律',
  interpretation: '法律解释',
  decision: '有关法律问题的决定',
  regulation: '行政法规',
  supervision: '监察法规',
  state_council: '国务院文件',
  judicial: '司法解释',
  ministry: '部门规章',
  local_regulation: '地方性法规',
  local_rule: '地方政府规章',
  normative: '上级行政规范性文件',
} as const
type ActLevelName = keyof typeof actLevelLabels

const text = (most: number) => z.string().trim().min(1).max(most)
const ref = text(60)
const reason = field(text(500), '依据或者缘由', {
  control: 'long-text',
  description: '如任免文件的文号；记入办公台账与管理记录',
})
const source = z.strictObject({ document: field(text(300), '文件'), article: field(text(300), '条款') })

/** 一部上位法：登记以后，案卷所引的依据即可核对效力；效力有变动的，逐件核查以它为依据的文件。有误的，照正确的内容再登记一次。 */
/** 整个名称写在书名号里的，去掉这一对；名称里自己的书名号（“《税收征收管理法》实施细则”）照旧。 */
function bareTitle(written: string): string {
  const inner = /^(?:《(.+)》|〈(.+)〉)$/su.exec(written)
  const [, double, single] = inner ?? []
  const title = double ?? single ?? ''
  let depth = 0
  for (const sign of title) {
    if (sign === '《' || sign === '〈') depth += 1
    if (sign === '》' || sign === '〉') depth -= 1
    if (depth < 0) return written
  }
  return title === '' ? written : title.trim()
}
const ActInput = z.strictObject({
  title: field(text(300).overwrite(bareTitle), '名称', { placeholder: '物业管理条例', control: 'act' }),
  documentNumber: field(text(120).nullish(), '文号', { placeholder: '国务院令第379号；可不填' }),
  level: field(z.enum(Object.keys(actLevelLabels) as [ActLevelName, ...ActLevelName[]]).nullish(), '层级', {
    labels: actLevelLabels,
  }),
  issuers: field(z.array(text(120)).min(1).max(10), '制定机关'),
  publishedOn: field(z.iso.date(), '公布日期'),
  effectiveDate: field(z.iso.date(), '施行日期'),
  status: field(z.enum(['in_force', 'amended', 'repealed', 'expired']), '效力', {
    labels: { in_force: '现行有效', amended: '已修改', repealed: '已废止', expired: '已失效' },
    description: '新公布的一版填“现行有效”；旧版被修改、废止的，填旧版的公布日期与“自何日起”',
  }),
  statusSince: field(z.iso.date().nullish(), '自何日起', { description: '修改、废止、失效的填' }),
  articles: field(z.array(text(60)).max(300).nullish(), '变动的条', {
    description: '知道改了哪些条的，逐条写，如“第十二条”；不知道的不填，按整件核查',
  }),
  commencement: field(
    z
      .array(
        z.strictObject({
          articles: field(z.array(text(60)).min(1).max(300), '条'),
          effectiveDate: field(z.iso.date(), '施行日期'),
        }),
      )
      .max(20)
      .nullish(),
    '另行施行的条',
    { description: '个别条款另日施行的' },
  ),
  replacedBy: field(text(300).nullish(), '由何代替', { description: '代替它的上位法的名称' }),
  aliases: field(z.array(text(120)).max(20).nullish(), '别称'),
  corrects: field(text(60).nullish(), '更正哪一项登记', {
    description: '先前登记有误的，写那一项的标识；名称、文号没有写错的不必填',
    control: 'hidden',
  }),
  source: field(text(300), '据何处登记', { description: '网址或者公报期号' }),
})
export type ActInput = z.infer<typeof ActInput>
/** 一项登记的模式；导入文件的每一行照此核对。 */
export const ActFact = ActInput

/** 规则包的几项改动，各有正式文件为据。 */
const packChanges = field(
  z
    .array(
      z.strictObject({
        path: field(text(120), '参数'),
        value: field(z.unknown(), '新的值'),
        unit: field(z.enum(['working_day', 'calendar_day', 'month', 'year']).optional(), '单位', {
          labels: { working_day: '工作日', calendar_day: '日', month: '月', year: '年' },
        }),
        source: field(source, '依据'),
        quote: field(text(500).optional(), '条文原话'),
        note: field(text(500).optional(), '备注'),
        file: field(Attachment.optional(), '正式文件', { control: 'attachment' }),
      }),
    )
    .min(1)
    .max(50),
  '改动的参数',
)

/** 各命令的栏目。 */
const officeFields = {
  ReserveNumber: {
    issuer: field(ref, '制定机关', { control: 'unit' }),
    purpose: field(text(500), '用途', { control: 'long-text' }),
    expiresOn: field(z.iso.date(), '到期日', { description: '到期未用的自动作废，永不另行使用' }),
  },
  ReleaseReservation: {
    number: field(text(120), '预留号'),
    reason: field(text(1000), '作废的理由', { control: 'long-text' }),
    approver: field(text(200), '批准人', { control: 'person' }),
  },
  ExpireReservations: { through: field(z.iso.date(), '到期日在此日以前的') },
  RevisePack: {
    base: field(text(60), '在哪一版上修订'),
    effectiveFrom: field(z.iso.date(), '自何日起适用'),
    changes: packChanges,
  },
  ProposeRevision: {
    base: field(text(60), '在哪一版上修订'),
    effectiveFrom: field(z.iso.date(), '自何日起适用'),
    changes: packChanges,
    reason: field(text(500), '为什么放宽', { control: 'long-text', description: '复核的人据此判断；记入办公台账' }),
  },
  ApproveRevision: {
    proposal: field(text(60), '提出的修订', { control: 'pack-proposal' }),
    opinion: field(text(500), '复核意见', {
      control: 'long-text',
      description: '对照了哪一份正式文件，为什么可以放宽',
    }),
  },
  DeclineRevision: {
    proposal: field(text(60), '提出的修订', { control: 'pack-proposal' }),
    reason: field(text(500), '为什么不采用', { control: 'long-text' }),
  },
  ConfirmParameter: {
    base: field(text(60), '在哪一版上确认'),
    path: field(text(120), '参数'),
    source: field(source, '据以确认的文件与条款'),
    quote: field(text(500).optional(), '条文原话'),
    effectiveFrom: field(z.iso.date(), '自何日起适用'),
  },
  RecordHolidayNotice: {
    id: field(HolidayNotice.shape.id, '标识'),
    jurisdiction: field(HolidayNotice.shape.jurisdiction, '适用于', { description: 'CN 为全国，否则为本法域' }),
    year: field(HolidayNotice.shape.year, '年份'),
    source: field(HolidayNotice.shape.source, '发文机关与文号'),
    days: field(HolidayNotice.shape.days, '放假与调休的日子'),
  },
  GrantDelegation: {
    toPerson: field(ref, '受托人', { control: 'person' }),
    role: field(z.enum(roles as [Role, ...Role[]]), '委托的任职', { labels: roleLabels }),
    unit: field(ref.optional(), '任职所在单位', { control: 'unit', description: '缺省为本人所在单位' }),
    startsOn: field(z.iso.date().optional(), '起始日', { description: '缺省自今日起' }),
    endsOn: field(z.iso.date(), '终止日'),
    reason: field(text(500), '缘由', { control: 'long-text' }),
  },
  RevokeDelegation: { delegation: field(text(60), '委托') },
  SaveUnit: {
    id: field(UnitInput.shape.id, '单位代码'),
    name: field(UnitInput.shape.name, '名称'),
    kind: field(UnitInput.shape.kind, '种类'),
    parent: field(UnitInput.shape.parent, '上级单位', { control: 'unit' }),
    eligible: field(UnitInput.shape.eligible, '列入制定主体清单'),
    eligibleSince: field(UnitInput.shape.eligibleSince, '清单公布日期'),
    eligibleUntil: field(UnitInput.shape.eligibleUntil, '在清单上的最后一日'),
    areaCode: field(UnitInput.shape.areaCode, '行政区划代码'),
    bodyCode: field(UnitInput.shape.bodyCode, '机关代码'),
    seen: field(UnitInput.optional(), '更正时所见的现有内容', { description: '添加的不填', control: 'hidden' }),
    reason,
  },
  PublishIssuerList: {
    units: field(z.array(ref).min(1).max(500), '清单上的单位'),
    publishedOn: field(z.iso.date(), '公布日期'),
    source: field(text(300), '公布清单的文件', { description: '发文机关与文号，或者公布的网址' }),
  },
  SavePerson: {
    name: field(PersonInput.shape.name, '姓名'),
    username: field(PersonInput.shape.username, '用户名'),
    unit: field(ref, '所在单位', { control: 'unit' }),
    posts: field(PersonInput.shape.posts, '任职'),
    email: field(z.email().max(200).optional(), '电子邮箱', { description: '单点登录据此认人；不入台账' }),
    reason,
  },
  ChangePosts: {
    person: field(ref, '人员', { control: 'person' }),
    posts: field(PostsChange.shape.posts, '新的全部任职'),
    seen: field(PostsChange.shape.seen, '所见的现有任职', { control: 'hidden' }),
    reason,
  },
  DisableAccount: { person: field(ref, '人员', { control: 'person' }), reason },
  EnableAccount: { person: field(ref, '人员', { control: 'person' }), reason },
  ResetPassword: { person: field(ref, '人员', { control: 'person' }), reason },
  SaveBody: {
    id: field(text(120).optional(), '更正的会议或者机构', { description: '登记新的不填' }),
    name: field(BodyInput.shape.name.optional(), '名称'),
    kind: field(BodyInput.shape.kind.optional(), '会议或者审核机构'),
    unit: field(ref.optional(), '所属的机关', { control: 'unit' }),
    form: field(BodyCorrectionInput.shape.form, '会议的种类'),
    seat: field(BodyCorrectionInput.shape.seat, '审核机构设在'),
    active: field(z.boolean().optional(), '在用'),
    seen: field(BodyChange.shape.seen, '所见的现有内容', { control: 'hidden' }),
    reason,
  },
  ConfirmNumbers: {
    series: field(
      z
        .array(
          z.strictObject({
            series: field(text(120), '系列'),
            year: field(z.int().min(1949).max(9999), '年份'),
            last: field(z.int().min(0).max(999_999), '实际用到几号'),
            kind: field(z.enum(['document', 'registry', 'index']).optional(), '种类', {
              labels: { document: '发文字号', registry: '登记号', index: '索引号' },
            }),
          }),
        )
        .max(500),
      '各系列实际用到几号',
    ),
    reason,
  },
  RaiseExpiryAlerts: {
    alerts: field(
      z
        .array(
          z.strictObject({
            entry: field(z.string().max(200), '登记库的条目'),
            validUntil: field(z.iso.date(), '有效期最后一日'),
            months: field(z.int().min(0).max(600), '届满前几个月'),
            dueOn: field(z.iso.date(), '应当提醒之日'),
            unit: field(z.string().max(100), '责任单位'),
            role: field(z.string().max(40), '责任人的角色', { labels: roleLabels }),
          }),
        )
        .min(1)
        .max(500),
      '届满提醒',
    ),
  },
  ConfirmValidity: {
    entry: field(z.string().trim().min(1).max(200), '登记库的条目', { control: 'entry' }),
    until: field(z.iso.date().optional(), '有效期最后一日', { description: '正文没有写有效期的不填' }),
    quote: field(z.string().trim().max(500).optional(), '正文的原话', {
      description: '与系统读出的日期不同的，抄录正文写明有效期的一句',
    }),
  },
  RegisterAct: ActInput.shape,
  ImportActs: {
    acts: field(z.array(ActInput).min(1).max(5000), '上位法'),
    source: field(text(300), '据何处登记'),
  },
  JudgeMandate: {
    act: field(text(300), '哪一部上位法', { control: 'act', placeholder: '物业管理条例' }),
    address: field(text(60), '哪一条', { placeholder: '第十二条第二款' }),
    quote: field(text(1000), '原文', {
      control: 'long-text',
      description: '授权、要求制定的那一句；登记库有该法全文的，须与全文一致',
    }),
    ours: field(z.enum(['must_make', 'not_ours']), '是否须由本地制定', {
      labels: { must_make: '须由本地制定', not_ours: '不须由本地制定' },
    }),
    unit: field(ref.optional(), '由哪个单位起草', {
      control: 'unit',
      when: { field: 'ours', is: ['must_make'] },
      requiredWhen: { field: 'ours', is: ['must_make'], says: '写明由哪个单位起草' },
    }),
    madeBy: field(z.string().trim().min(1).max(200).optional(), '已经制定的，是哪一件', {
      control: 'entry',
      description: '还没有制定的不填；制定以后再确认一次',
      when: { field: 'ours', is: ['must_make'] },
    }),
    reason: field(text(500).optional(), '理由', {
      control: 'long-text',
      when: { field: 'ours', is: ['not_ours'] },
      requiredWhen: { field: 'ours', is: ['not_ours'], says: '写明为什么不须由本地制定' },
    }),
  },
  SampleFiles: {
    year: field(z.int().min(2000).max(2100), '年度', { description: '抽取这一年公布的文件' }),
    n: field(z.int().min(1).max(100), '抽取件数'),
    seed: field(text(200), '先行公布的种子', {
      description: '抽取以前已经公布、事先谁也不能选定的，如某日的开奖号码、收盘指数；同样的种子任何人抽出同样的文件',
    }),
  },
  ResendCommand: {
    send: field(z.string().trim().min(1).max(60), '再次转办哪一项', { control: 'hidden', prefill: 'target' }),
    to: field(z.string().trim().min(1).max(200).optional(), '转到另一件案卷', {
      description:
        '原来的一件已经办结、撤回的，写另一件同一种案卷的编号；不填的，转到原来的一件，原是开立新案卷的，另开一件',
    }),
    reason: field(text(500), '为什么再次转办', { control: 'long-text' }),
  },
  UrgeTurn: {
    matter: field(z.string().trim().min(1).max(200), '催办哪一件', { control: 'hidden' }),
    command: field(z.string().trim().min(1).max(80), '哪一步', { control: 'hidden' }),
    words: field(z.string().trim().max(300).optional(), '附言', { control: 'long-text', description: '可不填' }),
  },
  RemindTurns: {
    reminders: field(
      z
        .array(
          z.strictObject({
            id: field(z.string().max(400), '标识', { control: 'hidden' }),
            matter: field(z.string().max(200), '案卷'),
            command: field(z.string().max(80), '哪一步', { control: 'hidden' }),
            since: field(z.string().max(40), '自何时起轮到'),
            role: field(z.string().max(40), '提醒的角色', { labels: roleLabels }),
            unit: field(z.string().max(100), '单位'),
            rung: field(z.int().min(0).max(50), '第几级'),
            dueOn: field(z.iso.date(), '期限'),
          }),
        )
        .min(1)
        .max(500),
      '逐级提醒',
    ),
  },
  SaveWebhook: {
    id: field(z.string().trim().min(1).max(60).optional(), '更正哪一处', { control: 'hidden' }),
    label: field(text(100), '名称', { placeholder: '市备案平台' }),
    url: field(z.string().trim().min(1).max(500), '网址', { placeholder: 'https://…' }),
    types: field(z.array(z.string().max(40)).max(40).optional(), '只推送哪几种', { description: '不选则全部' }),
    active: field(z.boolean().optional(), '启用'),
    reason,
  },
  RotateWebhook: { webhook: field(z.string().trim().min(1).max(60), '哪一处', { control: 'hidden' }), reason },
  SaveExchangePeer: {
    name: field(z.string().trim().min(3).max(200), '对方的名称', {
      placeholder: 'ba.example.gov.cn/tlog/640500',
      description: '对方公开日志的名称，由对方告知；同一名称再登记一次即为更正',
    }),
    label: field(text(100), '怎么称呼', { placeholder: '中卫市备案系统' }),
    address: field(z.string().trim().max(300).optional(), '网址', {
      placeholder: 'https://ba.example.gov.cn',
      description: '不填的只用光盘、U 盘来往',
    }),
    keys: field(z.array(z.string().trim().min(10).max(300)).min(1).max(5), '对方的公钥', {
      description: '“名称+标识+Base64”，由对方当面或者以公文告知；换下的旧公钥自动记为已更换',
    }),
    overlapUntil: field(z.iso.date().optional(), '换下的旧公钥收到哪一日为止', {
      description: '这一日以前新旧两把都收；不填的，换下的立即不收',
    }),
    notice: field(z.string().max(4000).optional(), '对方告知更换的签名', { control: 'hidden' }),
    tracks: field(z.array(z.enum(tracks)).min(1).max(2).optional(), '备案轨道', {
      labels: trackLabels,
      description: '不选则两条都有',
    }),
    filesTo: field(ref.optional(), '我方报给它：受理机关', {
      control: 'unit',
      description: '报送这一机关的备案改由对方系统受理；只对此后报送的起作用',
    }),
    receivesAt: field(ref.optional(), '它报给我方：由哪一机关受理', { control: 'unit' }),
    active: field(z.boolean().optional(), '启用'),
    reason,
  },
  ReleaseNotices: {
    waiting: field(z.enum(['drop', 'send']), '停发期间积压的', {
      labels: { drop: '不再发出', send: '照常补发' },
      description: '备份以后已经发出过的，补发会再收到一次',
    }),
    reason,
  },
} as const
export type OfficeCommand = keyof typeof officeFields
/** 看得到办公台账的任职。 */
export const officeOverseers = ['admin', 'secretariat', 'legality_reviewer'] as const
/** 某一命令的内容。 */
export type OfficePayload<T extends OfficeCommand> = z.infer<z.ZodObject<(typeof officeFields)[T]>>

const labels: Record<OfficeCommand, string> = {
  ReserveNumber: '预留文号',
  ReleaseReservation: '作废预留号',
  ExpireReservations: '到期预留号作废',
  RevisePack: '修订规则包',
  ProposeRevision: '提出放宽的修订',
  ApproveRevision: '复核放宽的修订',
  DeclineRevision: '不采用提出的修订',
  ConfirmParameter: '确认参数',
  RecordHolidayNotice: '录入放假通知',
  GrantDelegation: '委托',
  RevokeDelegation: '撤销委托',
  SaveUnit: '添加、更正单位',
  PublishIssuerList: '公布制定主体清单',
  SavePerson: '添加人员',
  ChangePosts: '变更任职',
  DisableAccount: '停用账号',
  EnableAccount: '恢复账号',
  ResetPassword: '重置密码',
  SaveBody: '登记、更正会议与机构',
  ConfirmNumbers: '恢复以后确认用号',
  RaiseExpiryAlerts: '有效期届满提醒',
  ConfirmValidity: '确认正文所写的有效期',
  RegisterAct: '登记上位法',
  ImportActs: '批量登记上位法',
  JudgeMandate: '确认应制定的文件',
  SampleFiles: '抽取案卷评查',
  ResendCommand: '再次转办',
  UrgeTurn: '催办',
  RemindTurns: '临期、逾期提醒',
  SaveWebhook: '登记推送',
  RotateWebhook: '更换推送密钥',
  SaveExchangePeer: '登记往来的系统',
  ReleaseNotices: '放行对外通知',
}
/** 台账事件，与命令一一对应。 */
const officeRecords = {
  OfficeOpened: '办公台账建立',
  NumberReserved: '文号已预留',
  ReservationReleased: '预留号已作废',
  ReservationsExpired: '到期预留号已作废',
  PackRevised: '规则包已修订',
  RevisionProposed: '已提出放宽的修订，待复核',
  RevisionApproved: '放宽的修订已复核，规则包已修订',
  RevisionDeclined: '提出的修订没有采用',
  ParameterConfirmed: '参数已确认',
  HolidayNoticeRecorded: '放假通知已录入',
  DelegationGranted: '已委托',
  DelegationRevoked: '委托已撤销',
  UnitSaved: '单位已添加或者更正',
  IssuerListPublished: '制定主体清单已公布',
  PersonSaved: '人员已添加',
  PostsChanged: '任职已变更',
  AccountDisabled: '账号已停用',
  AccountEnabled: '账号已恢复',
  PasswordReset: '密码已重置',
  BodySaved: '会议与机构已登记或者更正',
  NumbersConfirmed: '用号已确认',
  ExpiryAlertsRaised: '已提醒有效期届满',
  ValidityConfirmed: '已确认正文所写的有效期',
  ActRegistered: '上位法已登记',
  ActsImported: '上位法已批量登记',
  MandateJudged: '应制定的文件已确认',
  FilesSampled: '评查的案卷已抽取',
  CommandResent: '已再次转办',
  TurnUrged: '已催办',
  TurnsReminded: '已提醒',
  WebhookSaved: '推送已登记',
  WebhookRotated: '推送密钥已更换',
  ExchangePeerSaved: '往来的系统已登记',
  NoticesReleased: '对外通知已放行',
} as const
export type OfficeRecord = keyof typeof officeRecords

export const officeContract = defineContract({
  kind: 'office',
  label: '办公事务',
  noun: '办公事务',
  opening: { type: 'OpenOffice' as const, label: '建立办公台账', fields: {} },
  commands: labelled(labels, officeFields),
  stages: { open: '常年办理' },
  records: officeRecords,
})
