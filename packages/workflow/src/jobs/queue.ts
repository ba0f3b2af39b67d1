// Job queue: pg-boss, in the same database as the business; jobs are queued inside the command's transaction, so a
// rollback leaves no job.
import { type Db, sql } from '@dianzhang/database'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Job, JobQueue, Log } from '../office.ts'

const queueNames = ['deadline-reached'] as const satisfies ReadonlyArray<Job['name']>
const schemaName = 'pgboss'

/** Installs or upgrades the tables the queue needs; run together with the migrations before start. */
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
 * The queue's own statements (fetching, maintenance): a maintenance statement holds several at once and can be sent
 * only by the simple protocol, hence straight through the pool and not through the builder.
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
/** Connects the queue; jobs can be queued from here on. The worker starts fetching them separately. */
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
