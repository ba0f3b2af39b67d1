// 办公室：一次建成、处处传递的上下文。写入口、查询、作业都以它为第一参数；时间只从 clock 取得。

import type { WorkCalendar } from '@dianzhang/calendar'
import type { Role } from '@dianzhang/contract'
import type { Db, DbOrTx, Tx } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'

/** 时钟：当前时刻。演示模式可以向前拨动。 */
export interface Clock {
  now(): Date
  /** 本机的真实时间；有它的钟要与数据库的钟核对。测试里任意拨动的钟没有。 */
  wall?(): Date
}
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}
/** 指标的出口；服务端以 Prometheus 实现。 */
export interface Meters {
  command(
    type: string,
    outcome: 'accepted' | 'replayed' | 'refused' | 'forbidden' | 'stale' | 'invalid' | 'failed',
  ): void
  refusal(rule: string): void
}
/** 作业队列：在办理事务之内入队，与状态变化同生共灭。 */
export interface JobQueue {
  enqueue(tx: Tx, job: Job): Promise<void>
}
export type Job = { name: 'deadline-reached'; jurisdiction: string; document: string; key: string; startAfter: Date }
/** 规则包与工作日历的来源（库中的规则包 + 已录入的放假通知）。记在内存里；同一数据库上别的服务改了的，下一次请求即知道。 */
export interface RuleStore {
  pack(jurisdiction: string, version: string): Pack
  latest(jurisdiction: string, on: string): Pack
  calendar(jurisdiction: string): WorkCalendar
  versions(jurisdiction: string): Pack[]
  /**
   * 与数据库的版次核对：`revision` 是随别的行一起读来的（`rulesRevision`），与记住的不同即重新读入，读完才往下办。
   * 事务之内传 `db`，不另占连接。
   */
  current(revision: string, db?: DbOrTx): Promise<void>
  /** 没有别的行可读时（公众查日历、命令行），自己去读版次。 */
  refresh(): Promise<void>
}
export interface Office {
  mode: 'demo' | 'serve' | 'test'
  db: Db
  /** 办理命令用的连接：等锁的命令再多，也不占查阅、登录与就绪检查的连接。 */
  commandDb: Db
  /** 会话、登录与就绪检查用的连接，不作他用。 */
  sessionDb: Db
  /** 只读查询用的连接（公开登记库可以指向只读热备）。 */
  readDb: Db
  clock: Clock
  log: Log
  meters: Meters
  rules: RuleStore
  jobs: JobQueue
}

/** 一项任职：在某单位的某角色；由委托取得的注明委托人。 */
export interface Post {
  role: Role
  unit: string
  delegatedFrom?: string
}
export type Actor =
  | {
      kind: 'person'
      jurisdiction: string
      person: string
      userId: string
      name: string
      unit: string
      unitName: string
      posts: Post[]
      mustChangePassword: boolean
    }
  | { kind: 'public'; jurisdiction: string }
  | { kind: 'system'; jurisdiction: string }
/** 登录的工作人员。 */
export type Person = Extract<Actor, { kind: 'person' }>
