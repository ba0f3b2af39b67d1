// withTransaction：死锁重试、离开事务后的句柄不可用、错误中取出约束名。
import { databaseProblem, sql, TransactionEndedError, type Tx, withTransaction } from '@dianzhang/database'
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
        // The one that tries again lets the other end first, or both could meet a second time.
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
