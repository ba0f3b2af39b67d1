import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENESIS, sha256Hex } from './hash.ts'
import { merkleRoot } from './merkle.ts'
import { proveInclusion, type Seal, type SealedHead, sealDay, verifyInclusion, verifySeals } from './seal.ts'
import { SealTree } from './seal-tree.ts'

const headsArb = fc.uniqueArray(
  fc.record({
    document: fc.stringMatching(/^[a-z0-9]{1,6}$/),
    seq: fc.integer({ min: 1, max: 50 }),
    hash: fc.nat().map((n) => sha256Hex(String(n))),
  }),
  { selector: (head) => head.document, minLength: 1, maxLength: 20 },
)
const sha = async (...parts: Uint8Array[]) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(parts.flatMap((part) => [...part]))))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('默克尔树', () => {
  it('没有叶、一片叶、三片叶的根与 RFC 6962 的定义逐步算出的相同', async () => {
    const leaf = (text: string) => sha(Uint8Array.of(0), new TextEncoder().encode(text))
    const node = (left: Uint8Array, right: Uint8Array) => sha(Uint8Array.of(1), left, right)
    expect(merkleRoot([])).toBe(hex(await sha()))
    expect(merkleRoot(['甲'])).toBe(hex(await leaf('甲')))
    expect(merkleRoot(['a', 'b', 'c'])).toBe(
      hex(await node(await node(await leaf('a'), await leaf('b')), await leaf('c'))),
    )
  })
})

describe('每日封存', () => {
  it('与链头给出的次序无关；统计件数与记录条数', () => {
    fc.assert(
      fc.property(headsArb, (heads) => {
        const seal = sealDay({ day: '2026-03-02', heads, prevSeal: null })
        expect(sealDay({ day: '2026-03-02', heads: [...heads].reverse(), prevSeal: null })).toEqual(seal)
        expect(seal.documents).toBe(heads.length)
        expect(seal.events).toBe(heads.reduce((sum, head) => sum + head.seq, 0))
        expect(seal.prevSeal).toBe(GENESIS)
        expect(verifySeals([seal], heads)).toEqual({ ok: true, faults: [] })
      }),
    )
  })

  it('拒绝同一案卷出现两次', () => {
    const head = { document: 'a', seq: 1, hash: GENESIS }
    expect(() => sealDay({ day: '2026-03-02', heads: [head, head], prevSeal: null })).toThrow('出现两次')
  })

  it('链变短、案卷消失、封存过的一条被重写都会被指名', () => {
    fc.assert(
      fc.property(headsArb, fc.nat(), (heads, pick) => {
        const victim = heads[pick % heads.length] as SealedHead
        const seal = sealDay({ day: '2026-03-02', heads, prevSeal: null })
        const change = (next: SealedHead | null) =>
          heads.flatMap((head) => (head.document !== victim.document ? [head] : next ? [next] : []))
        const only = (current: SealedHead[]) =>
          verifySeals([seal], current).faults.map((fault) => [fault.document, fault.code])
        expect(only(change({ ...victim, seq: victim.seq - 1 }))).toEqual([[victim.document, 'cut-tail']])
        expect(only(change(null))).toEqual([[victim.document, 'removed-document']])
        expect(only(change({ ...victim, hash: sha256Hex('别的') }))).toEqual([[victim.document, 'rewritten']])
        expect(only(change({ ...victim, seq: victim.seq + 1, hash: sha256Hex('新的一条') }))).toEqual([])
      }),
    )
  })

  it('链已变长但封存过的那一条被重写，凭该条的摘要看得出', () => {
    const seal = sealDay({
      day: '2026-03-02',
      heads: [{ document: 'a', seq: 2, hash: sha256Hex('二') }],
      prevSeal: null,
    })
    const grown = (second: string) => [
      {
        document: 'a',
        seq: 5,
        hash: sha256Hex('五'),
        hashAt: (seq: number) => (seq === 2 ? sha256Hex(second) : undefined),
      },
    ]
    expect(verifySeals([seal], grown('二')).ok).toBe(true)
    expect(verifySeals([seal], grown('贰')).faults.map((fault) => fault.code)).toEqual(['rewritten'])
  })

  it('封存的任何一个字段被改动都会被发现', () => {
    fc.assert(
      fc.property(
        headsArb,
        fc.constantFrom<keyof Seal>('day', 'documents', 'events', 'root', 'prevSeal', 'seal', 'heads', 'office'),
        (heads, field) => {
          const office = { seq: 7, hash: sha256Hex('办公台账') }
          const seal = sealDay({ day: '2026-03-02', heads, prevSeal: null, office })
          const changed: Record<keyof Seal, unknown> = {
            day: '2026-03-03',
            documents: seal.documents + 1,
            events: seal.events + 1,
            root: sha256Hex(seal.root),
            prevSeal: sha256Hex(seal.prevSeal),
            seal: sha256Hex(seal.seal),
            heads: seal.heads.map((head, i) => (i === 0 ? { ...head, seq: head.seq + 1 } : head)),
            office: { ...office, seq: 8 },
          }
          const tampered = { ...seal, [field]: changed[field] } as Seal
          expect(verifySeals([tampered], heads).faults.map((fault) => fault.code)).toContain('altered-seal')
        },
      ),
    )
  })

  it('抽去一日的封存即断链；没有记录的日子不必封存，有记录的必须', () => {
    const heads = [{ document: 'a', seq: 1, hash: sha256Hex('一') }]
    const one = sealDay({ day: '2026-03-02', heads, prevSeal: null })
    const two = sealDay({ day: '2026-03-03', heads, prevSeal: one.seal })
    const three = sealDay({ day: '2026-03-05', heads, prevSeal: two.seal })
    const codes = (seals: Seal[], eventDays: string[], through?: string) =>
      verifySeals(seals, heads, { eventDays, ...(through ? { through } : {}) }).faults.map((fault) => fault.code)
    expect(codes([one, two, three], ['2026-03-02', '2026-03-03'])).toEqual([])
    expect(codes([one, three], ['2026-03-02'])).toEqual(['broken-link'])
    expect(codes([one, two, three], ['2026-03-04'])).toEqual(['missing-day'])
    expect(codes([one, two, three], ['2026-03-06'])).toEqual([])
    expect(codes([one, two, three], ['2026-03-06'], '2026-03-06')).toEqual(['missing-day'])
    expect(codes([two, one], [])).toContain('out-of-order')
  })

  it('包含证明对每个案卷成立；链头或路径被改、换一个根即不成立', () => {
    fc.assert(
      fc.property(headsArb, fc.nat(), (heads, pick) => {
        const { root } = sealDay({ day: '2026-03-02', heads, prevSeal: null })
        for (const head of heads) {
          const proof = proveInclusion(heads, head.document)
          expect(proof && verifyInclusion(proof, root)).toBe(true)
        }
        const victim = heads[pick % heads.length] as SealedHead
        const proof = proveInclusion(heads, victim.document)
        if (!proof) throw new Error('应有证明')
        expect(verifyInclusion({ ...proof, head: { ...proof.head, seq: proof.head.seq + 1 } }, root)).toBe(false)
        expect(verifyInclusion(proof, sha256Hex(root))).toBe(false)
        const bent = proof.path.map((step, i) => (i === 0 ? { ...step, hash: sha256Hex(step.hash) } : step))
        if (bent.length > 0) expect(verifyInclusion({ ...proof, path: bent }, root)).toBe(false)
      }),
    )
    expect(proveInclusion([], 'a')).toBeNull()
  })
})

describe('逐日相接的树', () => {
  it('任意多日、任意增改：每日的封存与由全部链头重算的逐字节相同，所记的只是当日变了的', () => {
    fc.assert(
      fc.property(fc.array(headsArb, { minLength: 1, maxLength: 8 }), (days) => {
        const tree = new SealTree()
        const all = new Map<string, SealedHead>()
        const seals: Seal[] = []
        let prevSeal: string | null = null
        for (const [i, given] of days.entries()) {
          const changed = given.map((head) => ({ ...head, seq: head.seq + (all.get(head.document)?.seq ?? 0) }))
          for (const head of changed) all.set(head.document, head)
          const day = `2026-03-0${i + 1}`
          const whole = sealDay({ day, heads: [...all.values()], prevSeal, office: { seq: i + 1, hash: GENESIS } })
          const seal = tree.seal({ day, changed, prevSeal, office: { seq: i + 1, hash: GENESIS } })
          expect({ ...seal, heads: [] }).toEqual({ ...whole, heads: [] })
          expect(seal.heads.map((head) => head.document)).toEqual(changed.map((head) => head.document).sort())
          expect(new SealTree([...all.values()]).root()).toBe(whole.root)
          seals.push(i % 2 === 0 ? seal : whole)
          prevSeal = seal.seal
        }
        // Seals of all heads and seals of those that changed, mixed in one chain, are checked alike.
        const now = [...all.values()].map((head) => ({ ...head, hashAt: () => undefined }))
        expect(verifySeals(seals, now)).toEqual({ ok: true, faults: [] })
        const last = seals.at(-1) as Seal
        const cut = { ...last, heads: last.heads.slice(1) }
        if (days.length % 2 === 1 && last.heads.length > 1)
          expect(verifySeals([...seals.slice(0, -1), cut], now).faults.map((fault) => fault.code)).toContain(
            'altered-seal',
          )
      }),
    )
  })
  it('改一件、末尾添一件的代价与总数无关：一万件上三百日，比把树重建十五遍还快', () => {
    const id = (n: number) => `m${String(n).padStart(6, '0')}`
    const all = Array.from({ length: 10_000 }, (_, n) => ({ document: id(n), seq: 1, hash: GENESIS }))
    new SealTree(all)
    // Processor time: other work on the machine must not decide.
    const spent = (since?: NodeJS.CpuUsage): number => process.cpuUsage(since).user
    const first = process.cpuUsage()
    const tree = new SealTree(all)
    const built = spent(first)
    const begun = process.cpuUsage()
    let prevSeal: string | null = null
    for (let day = 0; day < 300; day += 1)
      prevSeal = tree.seal({
        day: '2026-01-01',
        changed: [
          { document: id(day * 31), seq: 2, hash: sha256Hex(String(day)) },
          { document: id(10_000 + day), seq: 1, hash: GENESIS },
        ],
        prevSeal,
      }).seal
    expect(spent(begun)).toBeLessThan(15 * built)
  })
})
