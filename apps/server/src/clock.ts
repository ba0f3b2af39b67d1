// The clock: real time in production mode; in demo mode it starts at a given instant and runs on with real time, can
// only be moved forward, and its offset is stored in the database.
import { AppError } from '@dianzhang/contract'
import { and, type Db, eq, schema } from '@dianzhang/database'
import type { Clock } from '@dianzhang/workflow'
import { demoClockEnd } from './env.ts'

const { settings } = schema

export const systemClock: Clock = { now: () => new Date(), wall: () => new Date() }

/** The row belongs to no county: the state-wide jurisdiction code holds settings of the whole installation. */
const key = { jurisdictionId: 'CN', key: 'demo-clock' } as const

export class DemoClock implements Clock {
  readonly #db: Db
  #offset: number

  private constructor(db: Db, offset: number) {
    this.#db = db
    this.#offset = offset
  }

  /**
   * Reads the stored offset, or on first use starts at `initial` (ISO instant; default the real now) and stores it.
   * Later starts ignore `initial`: time in one database never goes back.
   */
  static async open(db: Db, initial: string | null): Promise<DemoClock> {
    const [stored] = await db
      .select({ value: settings.value })
      .from(settings)
      .where(and(eq(settings.jurisdictionId, key.jurisdictionId), eq(settings.key, key.key)))
    if (typeof stored?.value.offset === 'number') return new DemoClock(db, stored.value.offset)
    const clock = new DemoClock(db, initial === null ? 0 : Date.parse(initial) - Date.now())
    await clock.#store()
    return clock
  }

  now(): Date {
    return new Date(Date.now() + this.#offset)
  }

  wall(): Date {
    return new Date()
  }

  /** Moves the clock to a later instant and stores it; refuses (`invalid`) an earlier one and one after {@link demoClockEnd}. */
  async advance(to: Date): Promise<void> {
    const now = this.now()
    if (to.getTime() < now.getTime()) {
      throw new AppError('invalid', '演示时钟只能向前拨动', {
        issues: [{ path: 'now', message: `现在已是 ${now.toISOString()}，不能拨回 ${to.toISOString()}` }],
      })
    }
    if (to.getTime() > Date.parse(demoClockEnd)) {
      throw new AppError('invalid', `演示时钟最远拨到${demoClockEnd}`, {
        issues: [{ path: 'now', message: `最远到${demoClockEnd}；拨过以后不能拨回` }],
      })
    }
    this.#offset += to.getTime() - now.getTime()
    await this.#store()
  }

  async #store(): Promise<void> {
    const value = { offset: this.#offset }
    await this.#db
      .insert(settings)
      .values({ jurisdictionId: key.jurisdictionId, key: key.key, value })
      .onConflictDoUpdate({ target: [settings.jurisdictionId, settings.key], set: { value } })
  }
}
