// 快照：存了再取，一切如旧；不认识的一概拒绝，而不是带着错误的事实继续办理。
import { exampleFacts, exampleHash } from '@dianzhang/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StateValue } from 'xstate'
import {
  allStages,
  decide,
  explain,
  initial,
  type LifecycleEvent,
  lifecycle,
  newDossier,
  optionsOf,
  regionsOf,
  restore,
  type Snapshot,
  type StoredSnapshot,
  snapshotVersion,
  stageOf,
  step,
  store,
  upcasters,
} from './index.ts'

const leaves = (prefix: string): string[] =>
  [...allStages.keys()]
    .filter((p) => p.startsWith(prefix) && !allStages.get(p)?.states)
    .map((p) => p.slice(prefix.length))
const nested = (path: string): StateValue =>
  path.split('.').reduceRight<StateValue>((inner, name) => (inner === '' ? name : { [name]: inner }), '')
/** 全部状态值：施行之前的每个阶段，施行之后三个区域的每种组合。 */
const values: StateValue[] = [
  ...leaves('')
    .filter((p) => !p.startsWith('effective.'))
    .map(nested),
  ...leaves('effective.force.').flatMap((force) =>
    leaves('effective.filing.government.').flatMap((government) =>
      leaves('effective.filing.npc.').flatMap((npc) =>
        leaves('effective.archive.').map((archive) => ({ effective: { force, filing: { government, npc }, archive } })),
      ),
    ),
  ),
]
const dossier = exampleFacts().dossier
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10))
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString())
const words = fc.string({ unit: 'grapheme', maxLength: 40 })
const hash = fc.nat(9).map(exampleHash)
/** 任意的案卷：由合规案卷改动各部分而来，文字为任意字符。 */
const anyDossier = fc
  .record({
    title: words,
    necessity: words,
    texts: fc.array(
      fc.record({
        n: fc.nat(20),
        hash,
        at: instant,
        by: words,
        kind: fc.constantFrom('draft' as const, 'correction' as const),
      }),
      { maxLength: 4 },
    ),
    editors: fc.array(words, { maxLength: 3 }),
    consultations: fc.subarray(dossier.consultations),
    interagency: fc.subarray(dossier.interagency),
    review: fc.option(fc.constant(dossier.review)),
    decision: fc.option(fc.constant(dossier.decision)),
    numbers: fc.option(fc.constant(dossier.numbers)),
    publication: fc.option(fc.constant(dossier.publication)),
    forceEvents: fc.array(
      fc.record({
        kind: fc.constantFrom('amended' as const, 'repealed' as const, 'suspended' as const, 'resumed' as const),
        on: day,
        reason: words,
        byDocument: fc.option(words),
        decision: fc.constant(null),
        at: instant,
      }),
      { maxLength: 3 },
    ),
    returnedFrom: fc.option(fc.constantFrom('deliberation', 'signing', 'legality_review')),
    deviations: fc.array(
      fc.record({
        id: words,
        rule: words,
        ground: words,
        reference: fc.option(words),
        approver: words,
        reason: fc.option(words),
        at: instant,
        command: words,
        askedBy: fc.option(words),
        confirmed: fc.option(fc.record({ at: instant, by: words, name: words, unit: words })),
        used: fc.array(fc.record({ at: instant, command: words }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map((change) => ({ ...dossier, ...change }))

/** 经过数据库一遭：序列化为 JSON 再读回。 */
const throughDatabase = (stored: StoredSnapshot): unknown => JSON.parse(JSON.stringify(stored))
const event = (type: LifecycleEvent['type'], payload: Record<string, unknown> = {}): LifecycleEvent => {
  const f = exampleFacts()
  return {
    type,
    payload,
    meta: {
      at: f.now,
      on: f.today,
      actor: { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat'] },
      resolved: {},
    },
    pack: f.pack,
    calendar: f.calendar,
    external: f.external,
  }
}

describe('快照的存取', () => {
  it('每个状态值都能存取：阶段、区域、可办的命令不变', () => {
    expect(values).toHaveLength(9 + 4 + 3 + 7 * 8 * 8 * 2)
    for (const value of values) {
      const before = lifecycle.resolveState({ value, context: { dossier } }) as unknown as Snapshot
      const after = restore(throughDatabase(store(before)))
      expect(after.value).toEqual(value)
      expect(stageOf(after.value)).toBe(stageOf(before.value))
      expect(regionsOf(after.value)).toEqual(regionsOf(before.value))
    }
  })
  it('任意的案卷在任意的状态下，存取之后与原来一字不差，能办的事与理由也一样', () => {
    fc.assert(
      fc.property(anyDossier, fc.constantFrom(...values), (d, value) => {
        const before = lifecycle.resolveState({ value, context: { dossier: d } }) as unknown as Snapshot
        const after = restore(throughDatabase(store(before)))
        expect(after.value).toEqual(before.value)
        expect(after.context).toEqual(before.context)
        expect(store(after)).toEqual(store(before))
        expect(optionsOf(after)).toEqual(optionsOf(before))
        expect(explain(after, event('RecomputeDeadlines'))).toEqual(explain(before, event('RecomputeDeadlines')))
      }),
      { numRuns: 150 },
    )
  })
  it('存下的是自有的信封，不是 XState 的内部结构；取回的可以继续走', () => {
    const fresh = newDossier({
      id: 'd',
      jurisdiction: '640522',
      packVersion: dossier.packVersion,
      title: '办法',
      tier: 'government',
      issuers: ['hy-gov'],
      draftingUnit: 'hy-agri',
      classification: dossier.classification,
      necessity: '需要。',
      at: '2026-03-02T01:00:00.000Z',
      by: 'p-drafter',
    })
    const stored = throughDatabase(store(initial(fresh))) as Record<string, unknown>
    expect(Object.keys(stored).sort()).toEqual(['context', 'machine', 'value', 'version'])
    const snapshot = restore(stored)
    expect(decide(snapshot, event('ApproveInitiation')).kind).toBe('granted')
    const next = step(snapshot, event('ApproveInitiation'))
    expect(stageOf(next.snapshot.value)).toBe('drafting')
    expect(next.records).toEqual(['InitiationApproved'])
    // 走一步不改动原来的快照。
    expect(stageOf(snapshot.value)).toBe('initiation')
    expect(snapshot.context.dossier.initiatedAt).toBeNull()
  })
})

describe('不认识的快照一概拒绝', () => {
  const good = throughDatabase(
    store(lifecycle.resolveState({ value: 'drafting', context: { dossier } }) as unknown as Snapshot),
  ) as Record<string, unknown>
  it.each([
    ['未来的版本', { ...good, version: snapshotVersion + 1 }, /第 3 版.*请升级程序/],
    ['没有版本', { ...good, version: undefined }, /缺少从第 0 版升版的函数/],
    ['别的机器', { ...good, machine: 'other' }, /结构不符/],
    ['没有案卷', { ...good, context: {} }, /结构不符/],
    ['案卷缺少一部分', { ...good, context: { dossier: { ...dossier, texts: undefined } } }, /结构不符[\s\S]*texts/],
    [
      '案卷某部分不是原来的种类',
      { ...good, context: { dossier: { ...dossier, issuers: 'hy-gov' } } },
      /结构不符[\s\S]*issuers/,
    ],
    ['没有制定机关', { ...good, context: { dossier: { ...dossier, issuers: [] } } }, /结构不符/],
    ['不存在的阶段', { ...good, value: 'approval' }, /approval/],
    ['不存在的子阶段', { ...good, value: { legality_review: 'approved' } }, /approved/],
    ['状态值为空', { ...good, value: null }, /结构不符/],
    ['什么也没有', null, /缺少从第 0 版升版的函数/],
  ])('%s', (_name, stored, message) => {
    expect(() => restore(stored)).toThrow(message)
  })
  it('升版函数逐级相接：第 1 版至现行版本之前，每一级都有', () => {
    for (let v = 1; v < snapshotVersion; v++) expect(upcasters[v], `缺少从第 ${v} 版升版的函数`).toBeTypeOf('function')
    expect(
      Object.keys(upcasters)
        .map(Number)
        .every((v) => v >= 1 && v < snapshotVersion),
    ).toBe(true)
  })
})
