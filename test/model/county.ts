// 演示县的 HTTP 应用：真实数据库、真实登录、可以拨动的时钟；并记下经接口射出的箭头与被点名的规则。
import { createHash, randomUUID } from 'node:crypto'
import {
  AppError,
  type Command,
  type CommandType,
  noClassification,
  type ProposeDocument,
  type Verdict,
} from '@dianzhang/contract'
import type { Connection } from '@dianzhang/database'
import { demoJurisdiction, demoPeople, openCounty } from '@dianzhang/demo'
import { GENESIS } from '@dianzhang/ledger'
import {
  allArrows,
  arrowName,
  caseOf,
  type LifecycleEvent,
  matches,
  type PlacedArrow,
  restore,
  type Snapshot,
  stageOf,
  store,
} from '@dianzhang/lifecycle'
import type { RuleId, SubstanceFact } from '@dianzhang/rules'
import {
  type App,
  createApp,
  createAuth,
  createLimiter,
  createMetrics,
  generousLimits,
  publicWriteRates,
} from '@dianzhang/server'
import { createOffice, type Office, runCommand, runDueJobs } from '@dianzhang/workflow'
import { afterAll } from 'vitest'
import type { TestDatabase } from '../support/database.ts'
import { asSaid, cookieOf } from '../support/http.ts'
import { TestClock } from '../support/office.ts'
import { officeDatabase } from '../support/office-database.ts'
import { hashOf } from '../support/passwords.ts'

const password = 'model-walk-password-1'
const quiet = { info() {}, warn() {}, error() {} }

export interface Answer {
  id: string
  version: number
  stage: string
  regions?: { force: string; filing: { government: string; npc: string }; archive: string }
  events: Array<{ seq: number; type: string }>
  contentHash?: string
  consultationId?: string
  [extra: string]: unknown
}
export interface Refusal {
  status: number
  code: string
  detail: string
  /** 不成立且阻断的规则。 */
  rules: string[]
  verdicts: Verdict[]
}

/** 状态值中的全部阶段路径（含外层）。 */
export function activeStages(value: unknown, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix ? `${prefix}.${value}` : value]
  return Object.entries(value as object).flatMap(([name, inner]) => {
    const path = prefix ? `${prefix}.${name}` : name
    return [path, ...activeStages(inner, path)]
  })
}
/** 一次办理的结果：办成的有领域事件与其后的快照。 */
interface Outcome {
  records?: string[]
  after?: Snapshot
  verdicts?: Verdict[]
}
const blocking = (v: Verdict): boolean => !v.holds && v.severity === 'block' && !v.deviation

export interface County {
  app: App
  office: Office
  clock: TestClock
  database: TestDatabase
  /** 射出过的箭头（名称）。 */
  fired: Set<string>
  /** `箭头 ← 规则`：经接口被点名而拒绝（或者依提示性规则放行而留下提示）的。 */
  named: Set<string>
  /** 其中只点名这一条的。 */
  namedAlone: Set<string>
  go(day: string): void
  /** 办理到期事项；逐案卷记下由系统射出的箭头。 */
  runDue(): Promise<void>
  /** 把一件处于所给状态的案卷放进库里（没有台账）：命令造不成的情形由此经接口办理。`comments` 为未处理的公众意见件数，`body` 为各版正文。 */
  plant(snapshot: Snapshot, comments?: number, substance?: readonly SubstanceFact[], body?: string): Promise<File>
  propose(username: string, patch?: Partial<ProposeDocument>): Promise<File>
  open(id: string): Promise<File>
  snapshot(id: string): Promise<Snapshot>
  post(username: string | null, path: string, body: unknown): Promise<Response>
  get<T>(username: string | null, path: string): Promise<T>
  /** 某人的会话：请求头 `cookie` 的值。 */
  session(username: string): Promise<string>
  sql: Connection['sql']
}

/** 一件案卷：以某人的身份经接口办理。 */
export class File {
  readonly #county: County & {
    note(
      id: string,
      before: Snapshot,
      command: { type: CommandType } & Record<string, unknown>,
      username: string,
      outcome: Outcome,
    ): void
  }
  readonly id: string
  version: number
  stage: string
  hash = ''
  /** 不代为备齐随提请、随审查的材料。 */
  unprepared = false
  /** 刚放进库里的快照：第一次办理以前不必再读。 */
  planted: Snapshot | null = null
  constructor(county: never, id: string, version: number, stage: string) {
    this.#county = county
    this.id = id
    this.version = version
    this.stage = stage
  }
  async #send(
    username: string,
    type: CommandType,
    payload: object,
  ): Promise<{ status: number; body: Record<string, unknown>; before: Snapshot; command: never }> {
    if (!this.#preparing) payload = await this.#prepared(type, payload)
    const before = this.planted ?? (await this.#county.snapshot(this.id))
    this.planted = null
    const command = { type, ...payload } as never
    // 没有列为涉及经营者经济活动的，市场监管看不到；这里要走的是机器的箭头，先让他看得到。
    if (username === 'competition')
      await this.#county
        .sql`update matters set concerned_roles = array_append(array_remove(concerned_roles, 'fair_competition_reviewer'), 'fair_competition_reviewer') where id = ${this.id}`
    const response = await this.#county.post(username, `/api/documents/${this.id}/commands`, {
      commandId: randomUUID(),
      expectedVersion: this.version,
      ...(command as object),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown>, before, command }
  }
  #preparing = false
  /** 自己先行审核、初审，听取利害关系人：另有专门的测试，走查中随提请、随审查一并备齐。 */
  async #prepared(type: CommandType, payload: object): Promise<object> {
    if (this.unprepared || !(type === 'SubmitForReview' || type === 'RecordFairCompetitionReview')) return payload
    const { dossier: d } = (await this.#county.snapshot(this.id)).context
    const head = d.texts.at(-1)?.hash
    const provide = async (username: string, more: object) => {
      this.#preparing = true
      try {
        await this.do(username, 'ProvideArtefact', more)
      } finally {
        this.#preparing = false
      }
    }
    const has = (kind: string) => d.artefacts.find((a) => a.kind === kind)
    const byGovernment = d.tier === 'government' && d.draftingUnit === 'hy-agri' && head !== undefined
    if (type === 'SubmitForReview' && byGovernment && has('own_legality_opinion')?.opinion?.textHash !== head)
      await provide('head', { kind: 'own_legality_opinion', conclusion: 'lawful', body: `审的是${head}。` })
    if (type !== 'RecordFairCompetitionReview') return payload
    if (byGovernment && !has('fcr_first_opinion'))
      await provide('drafter', { kind: 'fcr_first_opinion', body: '初审。' })
    return { stakeholdersHeard: ['经营者代表'], ...payload }
  }
  /** 办成；答复新版本与阶段。 */
  async do(username: string, type: CommandType, payload: object = {}): Promise<Answer> {
    const { status, body, before, command } = await this.#send(username, type, payload)
    if (status !== 200)
      throw new Error(
        `${this.stage}：${username} 办理 ${type} 未成（${status} ${String(body.code)}）：${String(body.detail)}`,
      )
    const answer = body as unknown as Answer
    this.version = answer.version
    this.stage = answer.stage
    if (answer.contentHash) this.hash = answer.contentHash
    this.#county.note(this.id, before, command, username, {
      records: answer.events.map((e) => e.type),
      // 有自动前行的，才须看现在处于哪一支所去的阶段。
      ...(answer.events.length > 1 ? { after: await this.#county.snapshot(this.id) } : {}),
      verdicts: answer.warnings as Verdict[],
    })
    return answer
  }
  /** 被规则拒绝（409）；阻断的规则须恰是所列（次序不论）。 */
  async refused(username: string, type: CommandType, payload: object, ...rules: RuleId[]): Promise<Refusal> {
    const { status, body, before, command } = await this.#send(username, type, payload)
    const verdicts = (body.verdicts ?? []) as Verdict[]
    const named = verdicts.filter(blocking).map((v) => v.rule)
    if (status !== 409 || body.code !== 'refused')
      throw new Error(
        `${this.stage}：${username} 办理 ${type} 应当被规则拒绝，却得到 ${status}：${String(body.detail ?? body.stage)}`,
      )
    const [want, got] = [rules.toSorted(), named.toSorted()]
    if (JSON.stringify(want) !== JSON.stringify(got))
      throw new Error(
        `${this.stage}：${type} 应当点名 ${want.join('、')}，实际点名 ${got.join('、')}：${String(body.detail)}`,
      )
    this.#county.note(this.id, before, command, username, { verdicts })
    return { status, code: String(body.code), detail: String(body.detail), rules: named, verdicts }
  }
  /** 试办；答复状态、阻断的规则与说明，不论成败；办成的，结论是随之留下的提示。 */
  async attempt(username: string, type: CommandType, payload: object = {}): Promise<Refusal> {
    const { status, body, before, command } = await this.#send(username, type, payload)
    const verdicts = (body.verdicts ?? body.warnings ?? []) as Verdict[]
    if (status === 409) this.#county.note(this.id, before, command, username, { verdicts })
    return {
      status,
      code: String(body.code ?? ''),
      detail: String(body.detail ?? ''),
      rules: verdicts.filter(blocking).map((v) => v.rule),
      verdicts,
    }
  }
  /** 系统经同一入口办理（不经接口：任何人不得代发）。 */
  async system(type: 'RecomputeDeadlines'): Promise<void> {
    const before = await this.#county.snapshot(this.id)
    const answer = await runCommand(this.#county.office, { kind: 'system', jurisdiction: demoJurisdiction }, this.id, {
      type,
      commandId: randomUUID(),
      expectedVersion: 0,
    } as Command)
    this.version = answer.version
    this.#county.note(this.id, before, { type }, 'system', {
      records: answer.events.map((e) => e.type),
      after: await this.#county.snapshot(this.id),
    })
  }
  /** 系统经同一入口办理而被规则拒绝；答复其结论。 */
  async refusedToSystem(type: CommandType): Promise<Verdict[]> {
    const refusal = await runCommand(this.#county.office, { kind: 'system', jurisdiction: demoJurisdiction }, this.id, {
      type,
      commandId: randomUUID(),
      expectedVersion: 0,
    } as Command).then(
      () => null,
      (error: unknown) => error,
    )
    if (!(refusal instanceof AppError) || refusal.code !== 'refused')
      throw new Error(`${this.stage}：系统办理 ${type} 应当被规则拒绝，却得到 ${String(refusal)}`)
    return refusal.extra.verdicts as Verdict[]
  }
  /** 由到期作业或者公众意见改变之后，取现在的版本与阶段。 */
  async refresh(): Promise<this> {
    const now = await this.#county.open(this.id)
    this.planted = null
    this.version = now.version
    this.stage = now.stage
    return this
  }
}

/** 建成一县。`eligibleUntil`：某单位列入制定主体清单的最后一日。 */
export async function county(options: { now: string; eligibleUntil?: Record<string, string> }): Promise<County> {
  const database = await officeDatabase()
  const connection = database.connect({ max: 8 })
  const { db, sql } = connection
  const clock = new TestClock(options.now)
  const metrics = createMetrics({ db, clock, process: false })
  const office = await createOffice({ db, readDb: db, clock, log: quiet, meters: metrics.meters, mode: 'test' })
  afterAll(() => office.close())
  await openCounty(db, { passwordHash: await hashOf(password), at: clock.now() })
  // 邻县的政府：与县政府同级，供联合制发的情形。
  await sql`insert into units (jurisdiction_id, id, name, kind, parent_id, eligible, eligible_since, sort)
    values (${demoJurisdiction}, 'zn-gov', '中宁县人民政府', 'government', 'zw-gov', true, '2020-01-01', 99)`
  for (const [unit, until] of Object.entries(options.eligibleUntil ?? {}))
    await sql`update units set eligible_until = ${until} where id = ${unit}`
  const auth = createAuth({
    db,
    log: quiet,
    secret: 'a-secret-for-the-model-walk-that-is-long-enough-0123',
    publicUrl: null,
    secureCookies: false,
    oidc: null,
    limits: generousLimits,
    idleMinutes: null,
    now: () => office.clock.now(),
  })
  const limiter = () => createLimiter(publicWriteRates.test)
  const app = createApp({
    witness: asSaid,
    office,
    auth,
    metrics,
    demoClock: null,
    trustedProxies: [],
    publicUrl: null,
    metricsToken: null,
    https: false,
    limits: { publicWrites: limiter(), receipts: limiter(), exports: limiter() },
  })

  const cookies = new Map<string, Promise<string>>()
  const request = (path: string, body: unknown, cookie: string) =>
    Promise.resolve(
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
        body: JSON.stringify(body),
      }),
    )
  const session = (username: string): Promise<string> => {
    const known = cookies.get(username)
    if (known) return known
    const fresh = request('/api/auth/sign-in/username', { username, password }, '').then(async (answer) => {
      if (!answer.ok) throw new Error(`${username} 不能登录：${answer.status} ${await answer.text()}`)
      return cookieOf(answer)
    })
    cookies.set(username, fresh)
    return fresh
  }
  const byStage = Map.groupBy(allArrows, (a) => a.stage)
  const fired = new Set<string>()
  const named = new Set<string>()
  const namedAlone = new Set<string>()
  const rowOf = async (id: string) => {
    const [row] = await sql<
      Array<{ version: number; stage: string; snapshot: unknown }>
    >`select version, stage, snapshot from matters where id = ${id}`
    if (!row) throw new Error(`没有案卷 ${id}`)
    return row
  }
  const self = {
    app,
    office,
    clock,
    database,
    fired,
    named,
    namedAlone,
    go: (day: string) => clock.set(day.length === 10 ? `${day}T09:00:00+08:00` : day),
    snapshot: async (id: string) => restore((await rowOf(id)).snapshot),
    post: async (username: string | null, path: string, body: unknown) =>
      request(path, body, username ? await session(username) : ''),
    sql,
    session,
    get: async <T>(username: string | null, path: string): Promise<T> => {
      const answer = await app.request(path, { headers: username ? { cookie: await session(username) } : {} })
      if (!answer.ok) throw new Error(`GET ${path}：${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    open: async (id: string) => {
      const row = await rowOf(id)
      return new File(self as never, id, row.version, row.stage)
    },
    async propose(username: string, patch: Partial<ProposeDocument> = {}) {
      const response = await self.post(username, '/api/documents', {
        commandId: randomUUID(),
        title: '海原县设施农业补助资金管理办法',
        jurisdiction: demoJurisdiction,
        issuers: ['hy-gov'],
        tier: 'government',
        classification: { ...noClassification, affectsRights: true },
        necessity: '补助标准分散在多个通知中，申请人难以查找，需要统一。',
        ...patch,
      })
      if (response.status !== 201) throw new Error(`申请立项未成：${response.status} ${await response.text()}`)
      return self.open(((await response.json()) as Answer).id)
    },
    async plant(snapshot: Snapshot, comments = 0, substance: readonly SubstanceFact[] = [], body?: string) {
      const id = randomUUID()
      const dossier = { ...snapshot.context.dossier, id }
      // 正文：与现文本有实质变化的各版少一句罚款，其余相同；少一句的另用一个摘要，因为比较的结果依摘要记住。
      const head = dossier.texts.at(-1)?.hash
      const changed = substance.flatMap((s) => (s.to === head && s.substantive ? [s.from] : []))
      const another = (hash: string): string =>
        changed.includes(hash) ? createHash('sha256').update(hash).digest('hex') : hash
      const stored = JSON.parse(
        changed.reduce(
          (json, hash) => json.replaceAll(hash, another(hash)),
          JSON.stringify(store({ ...snapshot, context: { dossier } } as Snapshot)),
        ),
      )
      await sql`
        insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit,
          pack_version, opened_by, involved_units, concerned_roles, ledger_seq, ledger_head, created_at, updated_at)
        values (${demoJurisdiction}, ${id}, 'normative-document', 1, ${stageOf(snapshot.value)}, ${sql.json(stored)}, ${dossier.title},
          ${dossier.draftingUnit}, ${dossier.packVersion},
          ${dossier.proposedBy}, ${dossier.issuers}, ${['legal_adviser', 'fair_competition_reviewer']}, 0, ${GENESIS}, now(), now())`
      await sql`insert into documents (jurisdiction_id, id, tier, lead_issuer)
        values (${demoJurisdiction}, ${id}, ${dossier.tier}, ${dossier.issuers[0] ?? ''})`
      const texts = dossier.texts.map((t) => ({
        jurisdiction_id: demoJurisdiction,
        document_id: id,
        n: t.n,
        hash: another(t.hash),
        body:
          body ??
          `${dossier.title}\n第一条　为规范示范事项，制定本办法。${changed.includes(t.hash) ? '' : '违反的处罚款五百元。'}`,
        attachments: sql.json([]),
        kind: t.kind,
        created_by: t.by,
        at: t.at,
      }))
      if (texts.length > 0) await sql`insert into texts ${sql(texts)}`
      for (let n = 0; n < comments; n++)
        await sql`insert into comments (jurisdiction_id, id, document_id, consultation_id, receipt, body, hash, at)
          values (${demoJurisdiction}, ${randomUUID()}, ${id}, 'planted', ${randomUUID()}, '意见', ${'0'.repeat(64)}, now())`
      const file = new File(self as never, id, 1, stageOf(snapshot.value))
      file.unprepared = true
      file.planted = restore(stored)
      return file
    },
    async runDue() {
      const before = new Map(
        (
          await sql<
            Array<{ id: string; seq: number; snapshot: unknown }>
          >`select id, ledger_seq as seq, snapshot from matters`
        ).map((r) => [r.id, r]),
      )
      await runDueJobs(office)
      const events = await sql<Array<{ matter_id: string; type: string; command: CommandType; command_id: string }>>`
        select matter_id, type, body #>> '{command,type}' as command, command_id from ledger_events e
        where matter_id in (select id from matters where process = 'normative-document')
          and seq > (select coalesce(max((h ->> 'seq')::int), 0) from jsonb_array_elements(${sql.json([...before].map(([id, r]) => ({ id, seq: r.seq })))}) h where h ->> 'id' = e.matter_id)
        order by matter_id, seq`
      for (const [id, list] of Map.groupBy(events, (e) => e.matter_id)) {
        const commands = new Set(list.map((e) => e.command_id))
        if (commands.size > 1)
          throw new Error(`案卷 ${id} 一次到期办理了 ${commands.size} 项，无从判断各从何处出发；请分日拨钟`)
        const row = before.get(id)
        const [first] = list
        if (row && first)
          self.note(
            id,
            restore(row.snapshot),
            { type: first.command, ...(first.command === 'DeclareLapsed' ? { on: '2000-01-01' } : {}) },
            'system',
            { records: list.map((e) => e.type), after: await self.snapshot(id) },
          )
      }
    },
    /** 由命令之前的快照与答复的领域事件，推知射出的是哪支箭头；被拒的推知是哪支箭头的规则。 */
    note(
      _id: string,
      before: Snapshot,
      command: { type: CommandType } & Record<string, unknown>,
      username: string,
      outcome: Outcome,
    ) {
      const { type, ...payload } = command
      const unit = demoPeople.find((p) => p.username === username)?.unit
      const issuer = typeof payload.issuer === 'string' ? payload.issuer : unit
      const event = {
        type,
        payload,
        meta: {
          at: clock.now().toISOString(),
          on: new Date(clock.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10),
          actor: { person: username, unit: unit ?? null, roles: [] },
          resolved: issuer ? { unit: issuer } : {},
        },
      } as unknown as LifecycleEvent
      const actual = caseOf(before.context.dossier, event)
      const possible = activeStages(before.value).flatMap((stage) =>
        (byStage.get(stage) ?? []).filter((a) => a.command === type && matches(a.arrow.when, actual)),
      )
      const { records, after } = outcome
      const hit: PlacedArrow[] = records ? possible.filter((a) => a.arrow.records === records[0]).slice(0, 1) : possible
      if (records) {
        if (hit.length !== 1)
          throw new Error(
            `${type} 办成，记为 ${records.join('、')}，却找不到对应的箭头（阶段 ${JSON.stringify(before.value)}）`,
          )
        for (const a of hit) fired.add(arrowName(a))
        if (after)
          for (const a of allArrows)
            if (a.command === null && records.slice(1).includes(a.arrow.records)) automatic(a, after)
      }
      const failing = (outcome.verdicts ?? []).filter((v) => !v.holds)
      for (const a of possible)
        for (const v of failing)
          if (a.arrow.rules?.includes(v.rule as RuleId)) {
            named.add(`${arrowName(a)} ← ${v.rule}`)
            if (failing.filter(blocking).length <= 1) namedAlone.add(`${arrowName(a)} ← ${v.rule}`)
          }
    },
  }
  // 自动前行的箭头以领域事件识别；几支记同一事件的，看现在处于哪一支所去的阶段。
  const automatic = (a: PlacedArrow, after: Snapshot) => {
    const same = allArrows.filter((b) => b.command === null && b.arrow.records === a.arrow.records)
    if (same.length === 1 || activeStages(after.value).includes(a.arrow.to ?? '')) fired.add(arrowName(a))
  }
  return self as unknown as County
}
