// withTransaction：死锁重试、离开事务后的句柄不可用、错误中取出约束名。
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import {
  connect,
  type Db,
  databaseProblem,
  isConnectionProblem,
  sql,
  TransactionEndedError,
  type Tx,
  withTransaction,
} from '@dianzhang/database'
import { beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ empty: true })
  await database.connect().sql`create table counters (id int constraint counters_pk primary key, value int not null)`
  await database.connect().sql`insert into counters values (1, 0), (2, 0)`
})

describe('事务', () => {
  it('离开事务的句柄抛出错误，不会在事务外继续写', async () => {
    const { db } = database.connect()
    const kept: Tx[] = []
    await withTransaction(db, async (tx) => {
      kept.push(tx)
      await tx.transaction(async (nested) => {
        kept.push(nested as unknown as Tx)
      })
      expect(() => kept[1]?.execute(sql`select 1`)).toThrow(TransactionEndedError)
      await tx.execute(sql`select 1`)
    })
    expect(() => kept[0]?.execute(sql`update counters set value = 99`)).toThrow(TransactionEndedError)
  })

  it('读几兆字节的一问，不为它另起工作进程：起一个比读完还久', async () => {
    const { sql: bare } = database.connect()
    await bare`create table lines as select n from generate_series(1, 300000) n`
    await bare`analyze lines`
    const asked = sql`explain select count(*) from lines where n % 7 = 3 and n % 5 = 2`
    const plan = async (db: Db | Tx): Promise<string> =>
      (await db.execute<{ 'QUERY PLAN': string }>(asked)).map((row) => row['QUERY PLAN']).join('\n')
    const { db } = database.connect()
    expect(await plan(db)).not.toContain('Gather')
    // 数据库自己的估计是会起的。
    await withTransaction(db, async (tx) => {
      await tx.execute(sql`set local parallel_setup_cost = 1000`)
      expect(await plan(tx)).toContain('Gather')
    })
  })

  it('数据库连着而不答复（线断了、没有人说）：到时放弃这条连接，说成连接问题；通了以后照常', async () => {
    const target = new URL(database.url)
    let cut = false
    const proxy = createServer((near) => {
      const far = connectTo(Number(target.port), target.hostname)
      const pass = (from: Socket, to: Socket) => {
        from.on('data', (bytes) => !cut && to.write(bytes))
        from.on('error', () => to.destroy())
        from.on('close', () => to.destroy())
      }
      pass(near, far)
      pass(far, near)
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const via = new URL(database.url)
    via.port = String((proxy.address() as AddressInfo).port)
    via.hostname = '127.0.0.1'
    const { db, close } = connect(via.href, { max: 1, silentMs: 400, waitMs: 1500 })
    try {
      await db.execute(sql`select 1`)
      // 闲着不算不答复。
      await new Promise((resolve) => setTimeout(resolve, 600))
      await db.execute(sql`select 1`)
      cut = true
      const begun = performance.now()
      const [alone, within] = await Promise.allSettled([
        db.execute(sql`select 1`),
        withTransaction(db, (tx) => tx.execute(sql`select 1`)),
      ])
      expect(performance.now() - begun).toBeLessThan(20_000)
      expect([alone, within].map((r) => r.status === 'rejected' && isConnectionProblem(r.reason))).toEqual([true, true])
      cut = false
      expect(await db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }])
    } finally {
      await close()
      proxy.close()
    }
  })

  it('异常回滚全部写入', async () => {
    const { db, sql: raw } = database.connect()
    await expect(
      withTransaction(db, async (tx) => {
        await tx.execute(sql`insert into counters values (3, 3)`)
        throw new Error('停')
      }),
    ).rejects.toThrow('停')
    expect(await raw`select from counters where id = 3`).toHaveLength(0)
  })

  it('两个互相等待的事务都完成，一个由重试完成', async () => {
    const { db, sql: raw } = database.connect()
    let attempts = 0
    let held = 0
    const both = Promise.withResolvers<void>()
    const winner = Promise.withResolvers<void>()
    const step = async (one: number, other: number): Promise<void> => {
      await withTransaction(db, async (tx) => {
        attempts += 1
        // 再试的一方先让另一方办完，否则两者可能再次相撞。
        if (attempts > 2) await winner.promise
        await tx.execute(sql`update counters set value = value + 1 where id = ${one}`)
        held += 1
        if (held === 2) both.resolve()
        await both.promise
        await tx.execute(sql`update counters set value = value + 1 where id = ${other}`)
      })
      winner.resolve()
    }
    await Promise.all([step(1, 2), step(2, 1)])
    expect(attempts).toBe(3)
    expect(await raw`select value from counters where id in (1, 2)`).toEqual([{ value: 2 }, { value: 2 }])
  })

  it('可串行化冲突重试后不丢失更新', async () => {
    const { db, sql: raw } = database.connect()
    await raw`insert into counters values (10, 0)`
    const add = (): Promise<void> =>
      withTransaction(
        db,
        async (tx) => {
          const [row] = await tx.execute<{ value: number }>(sql`select value from counters where id = 10`)
          await tx.execute(sql`update counters set value = ${(row?.value ?? 0) + 1} where id = 10`)
        },
        { isolation: 'serializable', retries: 20 },
      )
    await Promise.all([add(), add(), add(), add()])
    expect(await raw`select value from counters where id = 10`).toEqual([{ value: 4 }])
  })

  it('从包装过的错误里说出约束名', async () => {
    const { db } = database.connect()
    const error = await withTransaction(db, (tx) => tx.execute(sql`insert into counters values (1, 1)`)).catch(
      (thrown: unknown) => thrown,
    )
    expect(databaseProblem(error)).toMatchObject({ code: '23505', constraint: 'counters_pk', table: 'counters' })
    expect(databaseProblem(new Error('别的错误'))).toBeUndefined()
  })
})
