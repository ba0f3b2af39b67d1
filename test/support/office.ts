// 测试用的办公室：真实数据库、演示县的单位与人员、可以拨动的时钟。
import { randomUUID } from 'node:crypto'
import { type Command, type CommandType, noClassification, type ProposeDocument } from '@dianzhang/contract'
import { type Connection, type Db, schema } from '@dianzhang/database'
import { demoJurisdiction, demoPeople, demoUnits, installCounty } from '@dianzhang/demo'
import { restore } from '@dianzhang/lifecycle'
import {
  type Actor,
  type Clock,
  type CommandAnswer,
  createOffice,
  type Office,
  proposeDocument,
  runCommand,
  runDueJobs,
} from '@dianzhang/workflow'
import { afterAll } from 'vitest'
import type { TestDatabase } from './database.ts'
import { officeDatabase } from './office-database.ts'

export class TestClock {
  #now: Date
  constructor(now: string) {
    this.#now = new Date(now)
  }
  now(): Date {
    return this.#now
  }
  /** 拨到某一时刻；测试里可以往前也可以往后。 */
  set(now: string): void {
    this.#now = new Date(now)
  }
}
const quiet = { info() {}, warn() {}, error() {} }
/** 不记日志、不计数的办公室。 */
export const quietOffice = (db: Db, clock: Clock, readDb: Db = db) =>
  createOffice({ db, readDb, clock, log: quiet, meters: { command() {}, refusal() {} }, mode: 'test' })

export interface TestOffice {
  office: Office & { close(): Promise<void> }
  clock: TestClock
  database: TestDatabase
  connection: Connection
  /** 以某账号（见演示县）的身份。 */
  as(username: string): Actor
  /** 拨到某日（北京时间 09:00 或给出的时刻），并办理到期事项。 */
  goTo(instant: string): Promise<void>
  propose(username: string, patch?: Partial<ProposeDocument>): Promise<CommandAnswer>
  /** 办理一条命令；版本自动取当前版本。 */
  send<T extends CommandType>(username: string, id: string, type: T, payload?: object): Promise<CommandAnswer>
}

/** 新建一间测试办公室，时钟停在 `now`（带偏移的时刻）。 */
export async function testOffice(now = '2026-03-02T09:00:00+08:00'): Promise<TestOffice> {
  const database = await officeDatabase()
  const connection = database.connect()
  // 慢几倍的机器上，排在最后的也等得到连接。
  const { db } = database.asApplication({ max: 8, waitMs: 200_000 })
  const clock = new TestClock(now)
  await connection.db.insert(schema.authUsers).values(
    demoPeople.map((p) => ({
      id: `user-${p.username}`,
      name: p.name,
      email: `${p.username}@demo.invalid`,
      username: p.username,
    })),
  )
  // 与程序一样，读的另有连接：一条命令在办理之中还要问登记库，问的连接不能与办理的争。
  const { db: readDb } = database.asApplication({ max: 4, waitMs: 200_000 })
  const office = await quietOffice(db, clock, readDb)
  await installCounty(connection.db, (username) => `user-${username}`)
  afterAll(() => office.close())
  const as = (username: string): Actor => {
    const p = demoPeople.find((x) => x.username === username)
    if (!p) throw new Error(`演示县没有账号 ${username}`)
    return {
      kind: 'person',
      jurisdiction: demoJurisdiction,
      person: p.id,
      userId: `user-${p.username}`,
      name: p.name,
      unit: p.unit,
      unitName: demoUnits.find((u) => u.id === p.unit)?.name ?? p.unit,
      posts: p.posts,
      mustChangePassword: false,
    }
  }
  const versionOf = async (id: string): Promise<number> => {
    const rows = await connection.sql<Array<{ version: number }>>`select version from matters where id = ${id}`
    return rows[0]?.version ?? 0
  }
  /** 政府制发的文件，起草单位负责人先就现文本审核；已经审过现文本的不再审。 */
  const ownFirst = async (id: string): Promise<void> => {
    const [row] = await connection.sql<Array<{ snapshot: unknown }>>`select snapshot from matters where id = ${id}`
    const d = row && restore(row.snapshot).context.dossier
    const head = d?.texts.at(-1)?.hash
    if (d?.tier !== 'government' || d.draftingUnit !== 'hy-agri' || head === undefined) return
    if (d.artefacts.some((a) => a.opinion?.textHash === head)) return
    await runCommand(office, as('head'), id, {
      type: 'ProvideArtefact',
      commandId: randomUUID(),
      expectedVersion: await versionOf(id),
      kind: 'own_legality_opinion',
      conclusion: 'lawful',
      body: '经审核，同意提请。',
    } as Command)
  }
  return {
    office,
    clock,
    database,
    connection,
    as,
    async goTo(instant) {
      clock.set(instant.length === 10 ? `${instant}T09:00:00+08:00` : instant)
      await runDueJobs(office)
    },
    propose: (username, patch = {}) =>
      proposeDocument(office, as(username), {
        type: 'ProposeDocument',
        commandId: randomUUID(),
        title: '海原县设施农业补助资金管理办法',
        jurisdiction: demoJurisdiction,
        issuers: ['hy-gov'],
        tier: 'government',
        classification: { ...noClassification, affectsRights: true },
        necessity: '现行补助标准分散在多个通知中，申请人难以查找，需要统一。',
        ...patch,
      }),
    send: async (username, id, type, payload = {}) => {
      if (type === 'SubmitForReview') await ownFirst(id)
      return runCommand(office, as(username), id, {
        type,
        commandId: randomUUID(),
        expectedVersion: await versionOf(id),
        ...defaults[type],
        ...payload,
      } as Command)
    },
  }
}
/** 命令模式里的缺省值；直接调用业务时不经过模式，故在此补上。 */
const defaults: Partial<Record<CommandType, object>> = {
  SaveDraft: { attachments: [] },
  OpenPublicConsultation: { channels: [] },
  RecordOpinion: { text: '' },
  IssueOpinion: { points: [], grounds: [] },
  RecordDecision: { dissents: [] },
  RecordSecretariatCheck: { reasons: [] },
  FileDocument: { materials: [] },
  SupplementFiling: { materials: [] },
  Publish: { disclosure: 'active' },
  RecordFairCompetitionReview: { conclusion: '', stakeholdersHeard: ['经营者代表'] },
}
