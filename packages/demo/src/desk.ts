// 演示案卷的经办台：以各账号的身份，经同一写入口办理命令；日期一律问日历与规则包。
import { randomUUID } from 'node:crypto'
import { addDays, addMonths, dateInShanghai, type Pause, validityLastDay, type WorkCalendar } from '@dianzhang/calendar'
import {
  AppError,
  type Classification,
  type Command,
  type CommandType,
  commandSchemas,
  type FindingWaiver,
  noClassification,
  type ProposeDocument,
  type Verdict,
} from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import type { CommandAnswer, Office, Person } from '@dianzhang/workflow'
import {
  openMatter,
  proposeDocument,
  registerForHearing,
  runCommand,
  runOnMatter,
  submitComment,
  takeFiles,
} from '@dianzhang/workflow'
import { demoJurisdiction, demoPeople, demoUnits } from './county.ts'
import type { DemoText, TextDates } from './demo-text.ts'
import type { SeedClock } from './seed-clock.ts'

/** 一个像素的图片：演示意见的附件。 */
const smallPicture = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

export interface Setting {
  office: Office
  clock: SeedClock
  /** 布置的最后一日：演示时刻的前一日。 */
  anchor: string
  accounts: ReadonlyMap<string, string>
  /** 本件案卷的标识；立项以前为空。 */
  document: { id: string }
}
const chinese = (day: string): string =>
  `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

/** 演示账号的身份，与登录后所得相同。 */
export function demoActor(accounts: ReadonlyMap<string, string>, username: string): Person {
  const p = demoPeople.find((x) => x.username === username)
  const userId = accounts.get(username)
  if (!p || userId === undefined) throw new Error(`演示县没有账号 ${username}`)
  const unitName = demoUnits.find((u) => u.id === p.unit)?.name ?? p.unit
  return {
    kind: 'person',
    jurisdiction: demoJurisdiction,
    person: p.id,
    userId,
    name: p.name,
    unit: p.unit,
    unitName,
    posts: p.posts,
    mustChangePassword: false,
  }
}
/** 由演示时刻倒推日期。 */
export class Dates {
  readonly calendar: WorkCalendar
  readonly anchor: string
  constructor(setting: Setting) {
    this.calendar = setting.office.rules.calendar(demoJurisdiction)
    this.anchor = setting.anchor
  }
  /** 演示之前第 n 日；不是工作日的取其前最近的工作日。 */
  before(n: number): string {
    let day = addDays(this.anchor, -n)
    while (!this.calendar.isWorkday(day).workday) day = addDays(day, -1)
    return day
  }
  /** 不早于所给各日的第一个工作日。 */
  workdayFrom(...days: string[]): string {
    const latest = days.sort().at(-1) ?? this.anchor
    return this.calendar.isWorkday(latest).workday ? latest : this.calendar.nextWorkday(latest)
  }
  /** 其后第 n 个工作日。 */
  workdaysAfter(day: string, n: number): string {
    let at = day
    for (let i = 0; i < n; i++) at = this.calendar.nextWorkday(at)
    return at
  }
  /** 预计施行日：公布后足够久的一个月的第一日。 */
  effectiveAfter(meeting: string): string {
    return `${addMonths(addDays(meeting, 50), 1).slice(0, 7)}-01`
  }
}

export interface Casting {
  text: DemoText
  drafter: string
  head: string
  draftingUnit: string
  issuers: string[]
  tier: ProposeDocument['tier']
  genre: NonNullable<ProposeDocument['genre']>
  classification?: Partial<Classification>
  planItem?: string
  subject: string
  effective: string
  until?: string
}
/** 一件文件：记住其版本与现文本，使经办的写法只剩下事情本身。 */
export class DemoFile {
  hash = ''
  consultation = ''
  closesOn = ''
  readonly comments: string[] = []
  readonly cast: Casting
  readonly dates: Dates
  readonly effective: string
  readonly until: string
  readonly #s: Setting
  /** 采纳了的意见：公众意见的编号、提出意见的单位。 */
  readonly #adopted = new Set<string>()
  /** 起草单位已作公平竞争初审。 */
  #screened = false
  constructor(setting: Setting, cast: Casting) {
    this.#s = setting
    this.cast = cast
    this.dates = new Dates(setting)
    this.effective = cast.effective
    this.until = cast.until ?? validityLastDay(cast.effective, 5)
  }
  get id(): string {
    return this.#s.document.id
  }
  get today(): string {
    return dateInShanghai(this.#s.clock.now().toISOString())
  }
  get body(): string {
    return this.cast.text.body(this.written)
  }
  /** 写进正文的日期。 */
  get written(): TextDates {
    return { effective: chinese(this.effective), until: chinese(this.until) }
  }
  async propose(): Promise<void> {
    const c = this.cast
    this.#s.clock.pass(3)
    const answer = await proposeDocument(this.#s.office, demoActor(this.#s.accounts, c.drafter), {
      type: 'ProposeDocument',
      commandId: randomUUID(),
      title: c.text.title,
      jurisdiction: demoJurisdiction,
      issuers: c.issuers,
      draftingUnit: c.draftingUnit,
      tier: c.tier,
      genre: c.genre,
      classification: { ...noClassification, affectsRights: true, ...c.classification },
      necessity: c.text.necessity,
      planItem: c.planItem,
      subject: c.subject,
    })
    this.#s.document.id = answer.id
  }
  async send<T extends CommandType>(username: string, type: T, payload: object = {}): Promise<CommandAnswer> {
    const t = schema.matters
    this.#s.clock.pass(3)
    const [row] = await this.#s.office.db.select({ version: t.version }).from(t).where(eq(t.id, this.id))
    const parsed: unknown = commandSchemas[type].parse({
      type,
      commandId: randomUUID(),
      expectedVersion: row?.version ?? 0,
      ...payload,
    })
    const answer = await runCommand(this.#s.office, demoActor(this.#s.accounts, username), this.id, parsed as Command)
    if (typeof answer.contentHash === 'string') this.hash = answer.contentHash
    const given = payload as { comment?: string; disposition?: string; opinion?: string }
    if (type === 'DisposeComment' && given.disposition !== 'not_adopted') this.#adopted.add(given.comment ?? '')
    if (type === 'RecordOpinion' && given.opinion !== 'agree')
      this.#adopted.add(demoPeople.find((p) => p.username === username)?.unit ?? '')
    return answer
  }
  /** 公告听证会，并有人报名。 */
  async hearing({ registrations, ...notice }: { registrations: readonly string[] } & Record<string, unknown>) {
    this.#s.clock.pass(3)
    const command = {
      type: 'AnnounceHearing',
      commandId: randomUUID(),
      document: this.id,
      place: '县政府第二会议室',
      time: '09:30',
      ...notice,
    }
    const answer = await openMatter(this.#s.office, demoActor(this.#s.accounts, this.cast.drafter), 'hearing', command)
    for (const [i, category] of registrations.entries()) {
      this.#s.clock.pass(9)
      await registerForHearing(this.#s.office, String(answer.id), {
        category,
        name: `报名人${i + 1}`,
        contact: `1390000010${i}`,
        statement: '收运的频次和保洁费要公开。',
      })
    }
  }
  /** 文秘为会议排期；返回会议的标识。 */
  async scheduleSession(payload: object): Promise<string> {
    this.#s.clock.pass(3)
    const command = { type: 'ScheduleSession', commandId: randomUUID(), ...payload }
    const answer = await openMatter(this.#s.office, demoActor(this.#s.accounts, 'secretariat'), 'session', command)
    return String(answer.id)
  }
  /** 文秘在一次会议上办理一条命令。 */
  async inSession(session: string, type: string, payload: object): Promise<void> {
    const t = schema.matters
    this.#s.clock.pass(3)
    const [row] = await this.#s.office.db.select({ version: t.version }).from(t).where(eq(t.id, session))
    const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
    await runOnMatter(this.#s.office, demoActor(this.#s.accounts, 'secretariat'), session, command)
  }
  /** 这一次会议的标识；没有的就是布置有误。 */
  async sessionNamed(session: string): Promise<string> {
    const t = schema.sessions
    const [row] = await this.#s.office.db.select({ id: t.id }).from(t).where(eq(t.session, session))
    if (!row) throw new Error(`没有${session}会议`)
    return row.id
  }
  /** 此题名的另一件案卷；没有的就是布置有误。 */
  async another(title: string): Promise<string> {
    const t = schema.matters
    const [row] = await this.#s.office.db
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.process, 'normative-document'), eq(t.title, title)))
    if (!row) throw new Error(`没有《${title}》的案卷`)
    return row.id
  }
  /** 办理一条应当被拒绝的命令；拒绝由写入口记入案卷。办成了就是布置有误。 */
  async refused(username: string, type: CommandType, payload: object, rule: string): Promise<Verdict[]> {
    try {
      await this.send(username, type, payload)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const verdicts = error.extra.verdicts ?? []
      if (error.code === rule || verdicts.some((v) => v.rule === rule && !v.holds)) return verdicts
      throw new Error(`《${this.cast.text.title}》的${type}被拒绝，但不是因为 ${rule}：${error.message}`)
    }
    throw new Error(`《${this.cast.text.title}》的${type}本应因 ${rule} 被拒绝`)
  }
  save(body: string, note: string, waivers?: FindingWaiver[]): Promise<CommandAnswer> {
    return this.send(this.cast.drafter, 'SaveDraft', {
      body,
      note,
      attachments: this.cast.text.attachments ?? [],
      ...(waivers ? { waivers } : {}),
    })
  }
  /** 政府制发的文件，起草单位的负责人（没有起草、修改过文本）先就现文本审核；部门自己制发的不须。 */
  async ownFirst(): Promise<void> {
    if (this.cast.tier !== 'government') return
    await this.send(this.cast.head, 'ProvideArtefact', {
      kind: 'own_legality_opinion',
      title: '本单位的合法性审核意见',
      body: '经审核，内容不与上位法抵触，没有违法增设许可、处罚、收费，同意提请审核。',
      conclusion: 'lawful',
    })
  }
  /** 提请审核；征求意见以后作了修改的，说明采纳的是哪几条意见。 */
  async submit(payload: { note: string; waivers?: FindingWaiver[] }): Promise<void> {
    await this.ownFirst()
    const opinions = [...this.#adopted]
    await this.send(this.cast.head, 'SubmitForReview', {
      ...payload,
      ...(opinions.length > 0
        ? { sinceConsultation: { answer: 'adopts_opinion', opinions, reason: '采纳征求到的意见所作的修改。' } }
        : {}),
    })
  }
  /** 公平竞争审查；政府制发的文件由起草单位先行初审。 */
  async compete(payload: { outcome: string; conclusion: string; number?: string }): Promise<void> {
    if (this.cast.tier === 'government' && !this.#screened) {
      this.#screened = true
      await this.send(this.cast.drafter, 'ProvideArtefact', {
        kind: 'fcr_first_opinion',
        title: '公平竞争审查初审意见',
        body: '已对照公平竞争审查标准逐条初审，附利害关系人意见。',
      })
    }
    await this.send('competition', 'RecordFairCompetitionReview', {
      date: this.today,
      stakeholdersHeard: ['有关经营者代表', '行业协会商会'],
      ...payload,
    })
  }
  /** 初稿、起草说明、制定依据对照表与（已有的）解读。 */
  async draft(): Promise<void> {
    const { text, drafter } = this.cast
    await this.save(this.body, '初稿')
    await this.send(drafter, 'ProvideArtefact', {
      kind: 'explanatory_note',
      title: `关于《${text.title}》的起草说明`,
      body: text.note,
    })
    await this.send(drafter, 'ProvideArtefact', {
      kind: 'legal_basis_table',
      title: '制定依据对照表',
      bases: text.bases,
    })
    if (text.interpretation)
      await this.send(drafter, 'ProvideArtefact', {
        kind: 'interpretation',
        title: '政策解读',
        body: text.interpretation,
      })
  }
  async open(payload: object = {}): Promise<void> {
    const answer = await this.send(this.cast.drafter, 'OpenPublicConsultation', {
      channels: ['海原县人民政府网站', '乡镇政务公开栏'],
      contact: '起草单位办公室（信函、电子邮件或者当面提出均可）',
      ...payload,
    })
    this.consultation = String(answer.consultationId)
    this.closesOn = String(answer.closesOn)
  }
  /** 公众提一条意见；`photo` 是所附图片的文件名。 */
  async comment(text: string, anchor?: { element: string; quote?: string }, photo?: string): Promise<void> {
    this.#s.clock.pass(17)
    const taken = await takeFiles(
      this.#s.office,
      demoJurisdiction,
      photo === undefined ? [] : [{ name: photo, bytes: smallPicture }],
    )
    if ('problems' in taken) throw new Error(taken.problems.join('；'))
    const attachments = taken.files.length > 0 ? { attachments: taken.files } : {}
    const receipt = await submitComment(this.#s.office, this.consultation, {
      text,
      ...(anchor ? { anchor } : {}),
      ...attachments,
    })
    this.comments.push(receipt.commentId)
  }
  /** 合法性审核最早可以出具意见的日期。 */
  reviewEarliest(acceptedOn: string, options: { pauses?: Pause[] } = {}): string {
    const pack = this.#s.office.rules.latest(demoJurisdiction, acceptedOn)
    const param = this.cast.classification?.majorDecision ? pack.review.majorDecisionMinimum : pack.review.minimum
    const { due } = this.dates.calendar.explain({
      start: acceptedOn,
      amount: param.value,
      unit: param.unit ?? 'working_day',
      mode: 'minimum',
      ...(options.pauses ? { pauses: options.pauses } : {}),
    })
    return due
  }
}
