// 办公事务：一个阶段，常年办理。预留号、规则包、放假通知、委托、人员与单位，与案卷同一个写入口、同样的凭据。
import { type OfficeCommand, type OfficeRecord, officeContract, roles } from '@dianzhang/contract'
import { type Arrows, type CommandLaw, compile, defineProcess } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { officeRules } from './rules/index.ts'
import { OfficeDossier, type OfficeFacts, type OfficeResolved, type OfficeRuleId, type OfficeShape } from './shape.ts'

const papers = source.officialPapers('第九条第（五）项')
const convention = (article: string) => source.design(article)
const admin = (article: string): CommandLaw => ({ by: ['admin'], basis: convention(article) })
const law: Record<OfficeCommand, CommandLaw> = {
  ReserveNumber: { by: ['secretariat'], basis: papers },
  ReleaseReservation: { by: ['secretariat'], basis: papers },
  ExpireReservations: { by: ['system'], basis: papers },
  RevisePack: admin('规则包由系统管理员依正式文件修订'),
  ProposeRevision: admin('放宽的修订由系统管理员依正式文件提出'),
  ApproveRevision: {
    by: ['legality_reviewer'],
    basis: convention('放宽期限、减少要求或者增加例外的修订，须由合法性审核人员依同一正式文件复核'),
  },
  DeclineRevision: {
    by: ['legality_reviewer', 'admin'],
    basis: convention('提出的修订由复核的人退回，或者由系统管理员收回'),
  },
  ConfirmParameter: admin('待核实的参数由系统管理员依正式文件确认'),
  RecordHolidayNotice: { by: ['admin', 'system'], basis: convention('放假通知由系统管理员录入') },
  GrantDelegation: { by: [...roles], basis: convention('委托代行任职：限本人任职、限期、可以撤销') },
  RevokeDelegation: { by: [...roles], basis: convention('委托由委托人或者系统管理员撤销') },
  SaveUnit: { by: ['admin', 'system'], basis: convention('单位由系统管理员登记') },
  PublishIssuerList: { by: ['admin', 'secretariat'], basis: source.legalityReview('二（三）') },
  SavePerson: { by: ['admin', 'system'], basis: convention('账号由系统管理员开立，没有自助注册') },
  ChangePosts: admin('任职由系统管理员依任免文件登记'),
  DisableAccount: admin('离任的账号停用，不删除'),
  EnableAccount: admin('账号由系统管理员恢复'),
  ResetPassword: { by: ['admin', 'system'], basis: convention('密码由系统管理员重置，当事人登录后修改') },
  SaveBody: { by: ['admin'], basis: source.organicLaw('第七十五条') },
  ConfirmNumbers: { by: ['secretariat', 'admin'], basis: convention('数据由备份恢复以后，用号逐系列确认') },
  RaiseExpiryAlerts: { by: ['system'], basis: source.ruleOfLaw2010('有效期届满前评估') },
  ConfirmValidity: {
    by: ['registrar', 'secretariat', 'legality_reviewer'],
    basis: convention('正文写明的有效期由人确认以后才作为事实'),
  },
  RegisterAct: { by: ['secretariat', 'legality_reviewer', 'admin'], basis: source.legalityReview('二（三）') },
  ImportActs: { by: ['secretariat', 'legality_reviewer', 'admin', 'system'], basis: source.legalityReview('二（三）') },
  JudgeMandate: {
    by: ['legality_reviewer', 'secretariat'],
    basis: convention('上位法要求配套制定的，由人确认是否须由本地制定、是否已经制定'),
  },
  SampleFiles: {
    by: ['legality_reviewer', 'secretariat', 'leader', 'inspector'],
    basis: convention('评查哪几件由先行公布的种子决定，抽取记入办公台账，任何人可以复核'),
  },
  ResendCommand: {
    by: ['secretariat', 'legality_reviewer'],
    basis: convention('对方案卷没有接受的转办，由人看过缘由再次转办'),
  },
  UrgeTurn: { by: [...roles], basis: source.officialPapers('第二十四条第（六）项') },
  RemindTurns: { by: ['system'], basis: source.officialPapers('第二十四条第（六）项') },
  SaveWebhook: admin('推送到哪里由系统管理员登记'),
  RotateWebhook: admin('推送的密钥由系统管理员更换'),
  SaveExchangePeer: {
    by: ['admin', 'system'],
    basis: convention('与哪些系统来往、各用什么公钥由系统管理员登记；对方以旧密钥签名告知新公钥的，由系统登记'),
  },
  ReleaseNotices: admin('恢复以后对外通知由系统管理员放行'),
}
type OnOpen = Record<OfficeCommand, [records: OfficeRecord, ...rules: OfficeRuleId[]]>
const arrows: OnOpen = {
  ReserveNumber: ['NumberReserved', 'number.not-suspended', 'number.prefix-known', 'number.reservation-ahead'],
  ReleaseReservation: ['ReservationReleased', 'number.reservation-open', 'number.approver-in-office'],
  ExpireReservations: ['ReservationsExpired'],
  RevisePack: ['PackRevised', 'pack.from-today', 'pack.not-laxer', 'pack.second-person'],
  ProposeRevision: ['RevisionProposed', 'pack.from-today', 'pack.not-laxer', 'pack.one-proposal'],
  ApproveRevision: ['RevisionApproved', 'pack.proposal-open', 'pack.not-laxer', 'pack.another-person'],
  DeclineRevision: ['RevisionDeclined', 'pack.proposal-open'],
  ConfirmParameter: ['ParameterConfirmed', 'pack.from-today'],
  RecordHolidayNotice: ['HolidayNoticeRecorded', 'holiday.one-place', 'holiday.once'],
  GrantDelegation: [
    'DelegationGranted',
    'delegation.own-post',
    'delegation.not-administration',
    'delegation.to-another',
    'delegation.ahead',
    'delegation.within-term',
    'delegation.taker-in-office',
    'delegation.signing-within-organ',
    'delegation.no-administrator',
    'delegation.no-overlap',
  ],
  RevokeDelegation: ['DelegationRevoked', 'delegation.by-giver', 'delegation.stands'],
  SaveUnit: ['UnitSaved', 'unit.id-free', 'unit.as-seen', 'unit.name-unique', 'unit.no-circle'],
  PublishIssuerList: ['IssuerListPublished', 'issuers.published'],
  SavePerson: ['PersonSaved', 'person.username-free'],
  ChangePosts: ['PostsChanged', 'person.another', 'person.posts-as-seen', 'person.no-delegation-held'],
  DisableAccount: ['AccountDisabled', 'person.another'],
  EnableAccount: ['AccountEnabled', 'person.another'],
  ResetPassword: ['PasswordReset', 'person.another', 'person.has-password'],
  SaveBody: ['BodySaved', 'body.as-seen', 'body.standard-fixed', 'body.name-free'],
  ConfirmNumbers: ['NumbersConfirmed', 'number.confirmation-due', 'number.confirmation-complete'],
  RaiseExpiryAlerts: ['ExpiryAlertsRaised'],
  ConfirmValidity: ['ValidityConfirmed', 'validity.question-open', 'validity.as-read'],
  RegisterAct: ['ActRegistered', 'act.once', 'act.published'],
  ImportActs: ['ActsImported', 'act.once', 'act.published'],
  JudgeMandate: ['MandateJudged', 'mandate.as-written', 'mandate.once'],
  SampleFiles: ['FilesSampled', 'sample.files-to-draw', 'sample.drawn-once', 'sample.first-draw'],
  ResendCommand: ['CommandResent', 'send.refused'],
  UrgeTurn: ['TurnUrged', 'urge.awaited', 'urge.not-too-often'],
  RemindTurns: ['TurnsReminded'],
  SaveWebhook: ['WebhookSaved'],
  RotateWebhook: ['WebhookRotated'],
  SaveExchangePeer: ['ExchangePeerSaved'],
  ReleaseNotices: ['NoticesReleased', 'notices.held'],
}
const on = Object.fromEntries(
  Object.entries(arrows).map(([command, [records, ...rules]]) => [command, [{ records, rules }]]),
) as unknown as Arrows<OfficeShape>

/** 提出的修订在案卷里等着复核；复核或者退回以后不留在案卷里（台账里有）。 */
function proposed(dossier: OfficeDossier, event: { type: string; meta: { resolved: OfficeResolved } }): OfficeDossier {
  const { proposal, ...rest } = dossier
  if (event.type === 'ProposeRevision') {
    const made = event.meta.resolved.proposal as OfficeDossier['proposal']
    return made ? { ...rest, proposal: made } : dossier
  }
  return proposal && event.type !== 'ApproveRevision' && event.type !== 'DeclineRevision' ? dossier : rest
}

export const office = defineProcess<OfficeShape>({
  kind: officeContract.kind,
  label: officeContract.label,
  noun: officeContract.noun,
  opening: {
    command: 'OpenOffice',
    law: { by: ['system'], basis: convention('一个法域一份办公台账') },
    label: officeContract.opening.label,
    record: 'OfficeOpened',
  },
  initial: 'open',
  stages: {
    open: {
      label: officeContract.stages.open,
      basis: convention('办公事务常年办理，没有办结之日'),
      whose: ['secretariat', 'admin'],
      tags: ['standing'],
      on,
      ideal: () => null,
      // 只有等着复核的修订轮到人；其余常年可办，不列在谁的待办里。
      asks: (dossier) => (dossier.proposal ? ['ApproveRevision'] : []),
    },
  },
  labels: {
    command: Object.fromEntries(
      Object.entries(officeContract.commands).map(([type, { label }]) => [type, label]),
    ) as Record<OfficeCommand, string>,
    stage: (path) => (officeContract.stages as Record<string, string>)[path] ?? path,
    cases: {},
  },
  law,
  order: convention('办公事务常年办理'),
  rules: officeRules,
  facts: (dossier, event): OfficeFacts => ({
    today: event.meta.on,
    dossier,
    command: { type: event.type, payload: event.payload, actor: event.meta.actor },
    state: event.state,
  }),
  caseOf: () => ({}),
  casesOfDossier: new Set(),
  // 办公事务总依现行的规则包，随每一次办理更新。
  evolve: (dossier, event) => ({
    ...proposed(dossier, event),
    packVersion: event.pack.version,
    counts: { ...dossier.counts, [event.type]: (dossier.counts[event.type] ?? 0) + 1 },
    last: { command: event.type, at: event.meta.at, by: event.meta.actor.person },
  }),
  clocks: {
    of: () => [],
    restOn: () => [],
    ours: () => false,
    due: (command, dueOn) => ({ type: command as OfficeCommand, through: dueOn }),
  },
  snapshot: { version: 1, dossier: OfficeDossier, upcasters: {} },
})
export const officeEngine = compile(office)
