// 作业队列：pg-boss，与业务同库；在办理事务之内入队，事务回滚则作业不存在。
import { type Db, sql } from '@dianzhang/database'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Job, JobQueue, Log } from '../office.ts'

const queueNames = ['deadline-reached'] as const satisfies ReadonlyArray<Job['name']>
const schemaName = 'pgboss'

/** 安装或升级队列所需的表；与迁移一起在启动前执行。 */
export async function installJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: schemaName,
    max: 1,
    supervise: false,
    schedule: false,
    application_name: 'dianzhang-migrate',
  })
  boss.on('error', () => {})
  await boss.start()
  for (const name of queueNames)
    await boss.createQueue(name, { policy: 'standard', retryLimit: 5, retryBackoff: true, retryDelay: 5 })
  await boss.stop({ graceful: false })
}

/**
 * 队列自己的语句（领取、维护）：维护语句一次含有多条，只能按简单协议发出，故直接经连接池而不经构造器。
 */
function ownStatements(db: Db): { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> } {
  const pool = (db as unknown as { $client: { query(text: string, values?: unknown[]): Promise<Answer | Answer[]> } })
    .$client
  return {
    async executeSql(text, values) {
      const answer = await (values?.length ? pool.query(text, values) : pool.query(text))
      return Array.isArray(answer) ? { rows: answer.flatMap((a) => a.rows) } : answer
    },
  }
}
interface Answer {
  rows: unknown[]
}

export interface Queue {
  boss: PgBoss
  jobs: JobQueue
  stop(): Promise<void>
}
/** 接通队列；此后可以入队。收取作业由 worker 另行开始。 */
export async function connectQueue(db: Db, log: Log, options: { supervise: boolean }): Promise<Queue> {
  const boss = new PgBoss({
    db: ownStatements(db),
    schema: schemaName,
    migrate: false,
    createSchema: false,
    supervise: options.supervise,
    schedule: false,
  })
  boss.on('error', (error) => log.warn({ error: error.message }, '作业队列出错'))
  await boss.start()
  return {
    boss,
    jobs: {
      async enqueue(tx, job) {
        const { name, startAfter, ...data } = job
        await boss.send(name, data, { db: fromDrizzle(tx, sql), startAfter })
      },
      boss,
    } as JobQueue & { boss: PgBoss },
    stop: () => boss.stop({ graceful: false }),
  }
}
export const bossOf = (jobs: JobQueue): PgBoss => (jobs as JobQueue & { boss: PgBoss }).boss
