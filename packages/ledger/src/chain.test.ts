import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChainEvent, verifyChain } from './chain.ts'
import { chainNext } from './hash.ts'

const bodyArb = fc.record({
  type: fc.constantFrom('DocumentProposed', 'DraftSaved', 'OpinionIssued', 'Published'),
  at: fc.constant('2026-03-02T09:00:00.000Z'),
  payload: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
})
const chainOf = (bodies: ReadonlyArray<Record<string, unknown>>): ChainEvent[] => {
  const events: ChainEvent[] = []
  let head: string | null = null
  for (const [i, content] of bodies.entries()) {
    const body = { document: 'd1', seq: i + 1, ...content }
    const next = chainNext(head, body)
    events.push({ seq: i + 1, body, ...next })
    head = next.hash
  }
  return events
}
const chainArb = fc.array(bodyArb, { minLength: 1, maxLength: 8 }).map(chainOf)
const headOf = (events: readonly ChainEvent[]) => {
  const last = events.at(-1)
  if (!last) throw new Error('空链没有链头')
  return { seq: last.seq, hash: last.hash }
}
const codes = (events: readonly ChainEvent[], head?: { seq: number; hash: string }) =>
  verifyChain(events, head).faults.map((fault) => fault.code)
const flip = (hex: string, at: number) => hex.slice(0, at) + (hex[at] === '0' ? '1' : '0') + hex.slice(at + 1)

describe('哈希链', () => {
  it('未被改动的链没有问题，链头正确；空链也没有问题', () => {
    fc.assert(
      fc.property(chainArb, (events) => {
        expect(verifyChain(events, headOf(events))).toEqual({ ok: true, head: headOf(events), faults: [] })
      }),
    )
    expect(verifyChain([]).ok).toBe(true)
    expect(codes([], { seq: 2, hash: 'a'.repeat(64) })).toEqual(['cut-tail'])
  })

  it('任何一条记录的任何一个字段被改动都会被发现', () => {
    fc.assert(
      fc.property(
        chainArb,
        fc.nat(),
        fc.constantFrom('seq', 'prevHash', 'hash', 'type', 'at', 'payload', 'document', 'added'),
        fc.nat({ max: 63 }),
        (events, pick, field, at) => {
          const i = pick % events.length
          const tampered = events.map((event, n) => {
            if (n !== i) return event
            const body = event.body as Record<string, unknown>
            if (field === 'seq') return { ...event, seq: event.seq + 1 }
            if (field === 'prevHash') return { ...event, prevHash: flip(event.prevHash, at) }
            if (field === 'hash') return { ...event, hash: flip(event.hash, at) }
            if (field === 'payload') return { ...event, body: { ...body, payload: { 改: true } } }
            return { ...event, body: { ...body, [field]: `${String(body[field])}改` } }
          })
          const report = verifyChain(tampered, headOf(events))
          expect(report.ok).toBe(false)
          expect(report.faults.every((fault) => fault.message.length > 0)).toBe(true)
        },
      ),
    )
  })

  it('改动内容并重算该条摘要，下一条就接不上；改的是最后一条，链头就不符', () => {
    fc.assert(
      fc.property(chainArb, fc.nat(), (events, pick) => {
        const i = pick % events.length
        const tampered = events.map((event, n) => {
          if (n !== i) return event
          const body = { ...(event.body as object), forged: true }
          return { ...event, body, ...chainNext(events[i - 1]?.hash ?? null, body) }
        })
        expect(codes(tampered, headOf(events))).toEqual([i === events.length - 1 ? 'wrong-head' : 'broken-link'])
      }),
    )
  })

  it('调换任意两条都会被发现，无论序号是否跟着调换', () => {
    fc.assert(
      fc.property(
        fc.array(bodyArb, { minLength: 2, maxLength: 8 }).map(chainOf),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (events, a, b, renumber) => {
          const i = a % events.length
          const j = b % events.length
          fc.pre(i !== j)
          const swapped = events.map((event, n) => events[n === i ? j : n === j ? i : n] ?? event)
          const given = renumber ? swapped.map((event, n) => ({ ...event, seq: n + 1 })) : swapped
          expect(verifyChain(given, headOf(events)).ok).toBe(false)
        },
      ),
    )
  })

  it('截去尾部：链自身看不出，与所存链头对照即可看出', () => {
    fc.assert(
      fc.property(fc.array(bodyArb, { minLength: 2, maxLength: 8 }).map(chainOf), fc.nat(), (events, pick) => {
        const kept = events.slice(0, 1 + (pick % (events.length - 1)))
        expect(verifyChain(kept).ok).toBe(true)
        expect(codes(kept, headOf(events))).toEqual(['cut-tail'])
        expect(codes(events, headOf(kept))).toEqual(['extra-tail'])
      }),
    )
  })

  it('抽去中间一条报缺号与断链，并说明缺哪一条', () => {
    const events = chainOf([{ type: 'a' }, { type: 'b' }, { type: 'c' }])
    const report = verifyChain(events.filter((event) => event.seq !== 2))
    expect(report.faults.map((fault) => fault.code)).toEqual(['gap', 'broken-link'])
    expect(report.faults[0]?.message).toBe('缺少第 2 条')
    expect(codes(events.slice(1))).toEqual(['gap', 'broken-link'])
  })

  it('同一序号两条记录报分叉', () => {
    const events = chainOf([{ type: 'a' }, { type: 'b' }])
    const other = { document: 'd1', seq: 2, type: 'c' }
    const fork = { seq: 2, body: other, ...chainNext(events[0]?.hash ?? null, other) }
    expect(codes([...events, fork], headOf(events))).toEqual(['fork'])
  })

  it('不能以规范 JSON 表示的内容按被改动处理，不抛出', () => {
    const [event] = chainOf([{ type: 'a' }])
    if (!event) throw new Error('链为空')
    expect(codes([{ ...event, body: { at: undefined } }])).toEqual(['altered'])
  })
})
