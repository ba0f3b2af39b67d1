// 布置演示用的时钟与日程：时刻只向前走，每件文件的经办各按自己的日程推进，先到先办。
import type { Clock } from '../office.ts'

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

/** 一件文件的经办：每次产出下一次办理的日期（北京时间当日上午），直至不再有事。 */
export type Life = AsyncGenerator<string, void, void>

/**
 * 按日期先后推进全部经办，同一日的依给出的次序。`arrive` 在每次办理之前被调用，负责把时钟走到那一刻并办理其间到期的事。
 */
export async function interleave(lives: readonly Life[], arrive: (day: string) => Promise<void>): Promise<void> {
  const waiting: Array<{ day: string; order: number; life: Life }> = []
  const resume = async (life: Life, order: number) => {
    const next = await life.next()
    if (!next.done) waiting.push({ day: next.value, order, life })
  }
  for (const [order, life] of lives.entries()) await resume(life, order)
  for (;;) {
    waiting.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.order - b.order))
    const first = waiting.shift()
    if (!first) return
    await arrive(first.day)
    await resume(first.life, first.order)
  }
}
