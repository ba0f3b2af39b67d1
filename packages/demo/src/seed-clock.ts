// 布置演示用的时钟与日程：每件文件有自己的时钟，只向前走；取号、公布等须依日期先后的，轮到才办。
import type { Clock } from '@dianzhang/workflow'

export class SeedClock implements Clock {
  #at = new Date(0)
  now(): Date {
    return this.#at
  }
  /** 走到某一时刻；已经过了的不动。 */
  goTo(at: Date): void {
    if (at > this.#at) this.#at = at
  }
  /** 过去若干分钟：同一天里先后办理的几件事不落在同一时刻。 */
  pass(minutes: number): void {
    this.#at = new Date(this.#at.getTime() + minutes * 60_000)
  }
}

/** 下一次办理的日期（北京时间当日上午）；`inTurn` 的须等其他文件都走过这一日之前的事。 */
export type Step = string | { day: string; inTurn: true }
/** 一件文件的经办：每次产出下一次办理的日期，直至不再有事。 */
export type Life = AsyncGenerator<Step, void, void>
/** 等轮到时才办：号码与登记次序因此与日期一致。 */
export const inTurn = (day: string): Step => ({ day, inTurn: true })

/**
 * 同时推进全部经办。`arrive` 在每次办理之前被调用，负责把该件的时钟走到那一日并办理其间到期的事。
 * 日期最早的一件从不等待，因此不会互相等死；任何一件出错，其余停在各自的下一步，错误照常抛出。
 */
export async function interleave<T extends { life: Life }>(
  all: readonly T[],
  arrive: (one: T, day: string) => Promise<void>,
): Promise<void> {
  const days = all.map(() => '')
  let stopped = false
  let waiting: Array<() => void> = []
  const moved = () => {
    const wake = waiting
    waiting = []
    for (const w of wake) w()
  }
  const earliest = (mine: number) =>
    days.every((day, i) => i === mine || day > (days[mine] ?? '') || (day === days[mine] && i > mine))
  const run = async (one: T, i: number) => {
    try {
      for (;;) {
        const next = await one.life.next()
        if (next.done || stopped) return
        const { day, turn } =
          typeof next.value === 'string' ? { day: next.value, turn: false } : { day: next.value.day, turn: true }
        days[i] = day > (days[i] ?? '') ? day : (days[i] ?? '')
        moved()
        while (turn && !stopped && !earliest(i)) await new Promise<void>((resolve) => waiting.push(resolve))
        if (stopped) return
        await arrive(one, day)
      }
    } catch (error) {
      stopped = true
      throw error
    } finally {
      days[i] = '9999'
      moved()
    }
  }
  const ends = await Promise.allSettled(all.map(run))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
