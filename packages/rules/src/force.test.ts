// 效力变动之间的关系：收回与撤去、随文件而立随文件而废、由成立的变动推得状态。
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Act, forceStateOn, ineffectiveOn, standingForce, standsAt, turnsOn, undoTarget } from './force.ts'

interface Event {
  kind: string
  on: string
  byDocument: string | null
  undoes?: number
  follows?: boolean
}
const repealedBy = (byDocument: string | null, on = '2026-05-01'): Event => ({ kind: 'repealed', on, byDocument })
const act = (change: Partial<Act> = {}): Act => ({
  publishedOn: '2026-04-01',
  effectiveDate: '2026-05-01',
  validUntil: '2031-04-30',
  events: [],
  ...change,
})
/** 依 `turnsOn` 的指示追加，直至没有可做的；返回追加以后的变动。 */
function settle(events: Event[], names: string[], a: Act): Event[] {
  let now = events
  for (let i = 0; i < 10; i++) {
    const turns = turnsOn(now, names, a)
    if (turns.length === 0) return now
    now = [
      ...now,
      ...turns.map(({ event, takenBack }) => ({
        kind: takenBack ? 'restored' : 'reinstated',
        on: '2026-06-01',
        byDocument: names[0] ?? null,
        undoes: event,
        follows: true,
      })),
    ]
  }
  throw new Error('没有停下')
}

describe('效力变动的关系', () => {
  it('收回、撤去收回：以最后一次为准，收回本身不是变动', () => {
    const events = [repealedBy(null), { kind: 'restored', on: '2026-06-01', byDocument: null, undoes: 1 }]
    expect([standsAt(events, 1), standsAt(events, 2), standsAt(events, 9)]).toEqual([false, false, false])
    expect(standingForce(events)).toEqual([])
    const again = [...events, { kind: 'reinstated', on: '2026-06-02', byDocument: null, undoes: 1 }]
    expect(standingForce(again)).toEqual([again[0]])
    expect([undoTarget(again, undefined), undoTarget(again, 2), undoTarget(again, 7)]).toEqual([1, 1, null])
    expect(undoTarget(events, undefined)).toBeNull()
  })

  it('作出变动的文件何以落空：撤销、施行以前、终止以后', () => {
    expect(ineffectiveOn(act(), '2026-05-01')).toBeNull()
    expect(ineffectiveOn(act(), '2026-04-30')).toEqual({ why: 'not_yet', from: '2026-05-01' })
    expect(ineffectiveOn(act(), '2031-05-01')).toEqual({ why: 'ended', from: '2031-05-01' })
    expect(ineffectiveOn(act({ events: [{ kind: 'annulled', on: '2026-12-01' }] }), '2026-05-01')).toEqual({
      why: 'annulled',
    })
    const ended = act({ events: [{ kind: 'repealed', on: '2026-09-01' }] })
    expect([ineffectiveOn(ended, '2026-08-31'), ineffectiveOn(ended, '2026-09-01')?.why]).toEqual([null, 'ended'])
  })

  it('随该文件落空而收回，随它恢复而重新生效，反复多少次都对', () => {
    const annulled = act({ events: [{ kind: 'annulled', on: '2026-06-01' }] })
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 8 }), (falls) => {
        let events: Event[] = [repealedBy('a'), repealedBy('other')]
        for (const fell of falls) {
          events = settle(events, ['a'], fell ? annulled : act())
          expect(standsAt(events, 1)).toBe(!fell)
          expect(standsAt(events, 2)).toBe(true)
        }
      }),
    )
  })

  it('由人依决定收回的，不随任何文件翻回；由文件作出的收回，随那件文件而废', () => {
    const byDecision = [repealedBy('a'), { kind: 'restored', on: '2026-06-01', byDocument: null, undoes: 1 }]
    for (const a of [act(), act({ events: [{ kind: 'annulled', on: '2026-06-01' }] })])
      expect(turnsOn(byDecision, ['a'], a)).toEqual([])
    const byAnother = [repealedBy('a'), { kind: 'restored', on: '2026-06-01', byDocument: 'r', undoes: 1 }]
    const fallen = settle(byAnother, ['r'], act({ events: [{ kind: 'annulled', on: '2026-06-02' }] }))
    expect(standsAt(fallen, 1)).toBe(true)
    expect(standsAt(settle(fallen, ['r'], act()), 1)).toBe(false)
  })

  it('已经发生的变动不因所依文件后来废止而收回；还没有到日期的收回', () => {
    const ended = act({ events: [{ kind: 'repealed', on: '2026-09-01' }] })
    expect(turnsOn([repealedBy('a', '2026-05-01'), repealedBy('a', '2026-12-01')], ['a'], ended)).toEqual([
      { event: 2, takenBack: true },
    ])
  })

  it('状态由成立的变动推得：撤销在先，其次最早的终止，再次施行、停止、修改', () => {
    const on = (...events: Array<Partial<Event>>) =>
      forceStateOn(
        events.map((e) => ({ kind: 'amended', on: '2026-06-01', byDocument: null, ...e })),
        '2026-05-01',
        '2026-07-01',
      )
    expect(on()).toBe('in_force')
    expect(on({})).toBe('amended')
    expect(on({ on: '2026-08-01' })).toBe('in_force')
    expect(on({ kind: 'suspended' }, { kind: 'resumed', on: '2026-06-02' })).toBe('in_force')
    expect(on({ kind: 'suspended', on: '2026-06-03' }, { kind: 'resumed', on: '2026-06-02' })).toBe('suspended')
    expect(on({ kind: 'repealed' }, { kind: 'lapsed', on: '2026-05-20' })).toBe('expired')
    expect(on({ kind: 'repealed' }, { kind: 'annulled', on: '2026-12-01' })).toBe('annulled')
    expect(on({ kind: 'repealed' }, { kind: 'restored', undoes: 1 })).toBe('in_force')
    expect(forceStateOn([], '2026-08-01', '2026-07-01')).toBe('pending')
  })
})
