// The pure part of the exchange: how manifests and paths are written, equal records after any loss, repetition and reordering, and how few
// requests find one message that is missing among a hundred thousand.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { formatVerifierKey, type Note, signatureTypes, utf8ToBytes, verifierKey } from '@dianzhang/tlog'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absent,
  claimsOf,
  compare,
  digestOf,
  furthest,
  headOf,
  judgeKeyNotice,
  type Keyring,
  keyNoticeText,
  keysOn,
  leafOf,
  type Manifest,
  manifestText,
  mayPass,
  pathOf,
  Replica,
  readKeyNotice,
  readManifest,
  ready,
  reasonFor,
  refusalCodes,
  replaceKeys,
  rootOfBlock,
  type Source,
  type Step,
} from './index.ts'

const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
const base = (seq: number, prev: string | null, id: string) => ({
  v: 1 as const,
  id,
  from: 'a.example/tlog/640522',
  to: 'b.example/tlog/640500',
  seq,
  prev,
  at: '2026-03-02T01:00:00Z',
  files: [],
})
const command = (seq: number, prev: string | null, id: string, about: string): Manifest => ({
  ...base(seq, prev, id),
  kind: 'command',
  about,
  track: 'government',
  recipient: '中卫市人民政府',
  on: '2026-03-02',
  document: {
    entry: 'e',
    matter: 'm',
    title: '办法',
    number: null,
    registry: null,
    tier: 'government',
    issuers: ['海原县人民政府'],
    draftingUnit: '海原县农业农村局',
    publishedOn: '2026-02-01',
    effectiveDate: '2026-03-05',
    address: null,
    log: null,
  },
  command: { type: 'ReceiveFiling' },
})

describe('清单', () => {
  it('只认规范的写法：换了次序、多了空白、多了栏目的都不是', () => {
    const source = manifestText(command(0, null, uuid(1), 'f'))
    expect(readManifest(source)?.id).toBe(uuid(1))
    expect(readManifest(JSON.stringify(JSON.parse(source), null, 1))).toBeNull()
    expect(readManifest(JSON.stringify({ ...JSON.parse(source), extra: 1 }))).toBeNull()
    expect(readManifest('{')).toBeNull()
    const parsed = JSON.parse(source)
    const linked = (address: string) =>
      readManifest(manifestText({ ...parsed, document: { ...parsed.document, address } }))
    expect(linked('https://a.example/register/1')).not.toBeNull()
    expect(linked('javascript:alert(1)')).toBeNull()
    expect(claimsOf(source)).toEqual({ id: uuid(1), from: 'a.example/tlog/640522' })
    expect(claimsOf('[')).toEqual({ id: null, from: null })
  })
  it('任何文件名都成为一层之下的安全路径，清单里写别的路径的不收', () => {
    const withPath = (path: string) =>
      readManifest(
        manifestText({
          ...command(0, null, uuid(1), 'f'),
          files: [{ path, item: '', name: '', mediaType: '', sha256: '0'.repeat(64), size: 0 }],
        }),
      )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const path = pathOf(1, name)
        fc.pre(path.isWellFormed())
        expect(withPath(path)?.files[0]?.path).toBe(path)
      }),
    )
    for (const path of [
      '../x',
      'files/../x',
      'files/a/b',
      '/etc/passwd',
      'files/a\\b',
      'files/',
      'files/..',
      'files/C:x',
      'x',
      'files/a\u0000',
    ])
      expect(withPath(path), path).toBeNull()
  })
  it('每种拒绝各有一句话，只有途中损坏的才值得原样再送', () => {
    const said = refusalCodes.map((code) => reasonFor(code, '甲').says)
    expect(new Set(said).size).toBe(refusalCodes.length)
    expect(refusalCodes.filter((code) => mayPass([reasonFor(code)]))).toEqual([
      'broken_package',
      'missing_file',
      'changed_file',
      'extra_file',
    ])
  })
  it('到了哪一步只看说过的话，先后不论；曾被拒绝、后来收下的算收下', () => {
    expect(furthest([])).toBeNull()
    expect(furthest(['accepted', 'rejected'])).toBe('accepted')
    expect(furthest(['delivered', 'accepted'])).toBe('delivered')
  })
  it('缺文件的一包只挡同一件备案，不挡别的', () => {
    const open = [
      { seq: 0, about: 'f', state: 'incomplete' as const },
      { seq: 1, about: 'g', state: 'held' as const },
      { seq: 2, about: 'f', state: 'held' as const },
      { seq: 3, about: 'g', state: 'held' as const },
    ]
    expect(ready(open, 3).map(({ seq }) => seq)).toEqual([1])
  })
})

describe('任意的丢失、重复、乱序', () => {
  const digest = (manifest: Manifest) => digestOf(manifestText(manifest))
  const two = () => {
    let n = 1000
    const side = (): Replica => {
      const self: Replica = new Replica(digest, (of, step: Step) => ({
        ...base(self.out.length, self.out.at(-1)?.id ?? null, uuid(n++)),
        kind: 'receipt',
        about: of.id,
        digest: digest(of),
        step,
        reasons: [],
      }))
      return self
    }
    return [side(), side()] as const
  }
  /** One step: who, what (says, delivers one, loses one, delivers one twice, fetches all), which one. */
  const step = fc.record({
    who: fc.constantFrom<0 | 1>(0, 1),
    act: fc.constantFrom('say', 'deliver', 'deliver', 'drop', 'twice', 'pull'),
    which: fc.nat(1000),
  })
  it('一千种安排，最后两边的记录相同，命令各办一次，依说出的次序', () => {
    let serial = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (schedule) => {
        const sides = two()
        const sent = [0, 0]
        /** On the way; taking any of them is what reorders. */
        const onTheWay: [Manifest[], Manifest[]] = [[], []]
        const push = (who: 0 | 1) => {
          for (const message of sides[who].out.slice(sent[who])) onTheWay[who].push(message)
          sent[who] = sides[who].out.length
        }
        const pull = (who: 0 | 1) => {
          for (const message of [...sides[(1 - who) as 0 | 1].out]) sides[who].take(message)
        }
        for (const { who, act, which } of schedule) {
          const other = sides[(1 - who) as 0 | 1]
          if (act === 'say')
            sides[who].say((seq, prev) => command(seq, prev, uuid(5_000_000 + serial++), `f${which % 3}`))
          push(who)
          const way = onTheWay[who]
          const at = way.length === 0 ? -1 : which % way.length
          const message = way[at]
          if (act === 'pull') pull(who)
          if (!message) continue
          if (act === 'deliver' || act === 'drop') way.splice(at, 1)
          if (act === 'deliver' || act === 'twice') other.take(message)
        }
        // What was lost is fetched by the other side, until there is no new receipt.
        for (let round = 0; round < 4; round += 1) {
          pull(0)
          pull(1)
        }
        for (const who of [0, 1] as const) {
          const [own, other] = [sides[who], sides[(1 - who) as 0 | 1]]
          expect([...other.in.entries()].sort(([a], [b]) => a - b).map(([, x]) => x.manifest)).toEqual(own.out)
          const commands = own.out.filter(({ kind }) => kind === 'command').map(({ id }) => id)
          expect(other.applied).toEqual(commands)
          for (const id of commands) expect(furthest(own.stated.get(id) ?? [])).toBe('delivered')
        }
      }),
      { numRuns: 1000 },
    )
  })
  it('同一标识、另外的内容是冲突；同一序号、另一包也是；原来的不动', () => {
    const [, b] = two()
    const first = command(0, null, uuid(1), 'f')
    expect(b.take(first)).toBe('new')
    expect(b.take(first)).toBe('again')
    expect(b.take({ ...first, at: '2026-03-02T02:00:00Z' })).toBe('same_id')
    expect(b.take(command(0, null, uuid(2), 'f'))).toBe('same_place')
    expect(b.in.size).toBe(1)
  })
})

describe('对账', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  /** One side in memory. */
  const trees = new WeakMap<object, Uint8Array[][]>()
  function levelsOf(leaves: ReadonlyArray<Uint8Array | undefined>): Uint8Array[][] {
    const known = trees.get(leaves)
    if (known) return known
    const levels: Uint8Array[][] = [leaves.map((leaf) => leaf ?? absent)]
    for (let level = 0; (levels[level] as Uint8Array[]).length > 256; level += 1) {
      const below = levels[level] as Uint8Array[]
      levels.push(
        Array.from({ length: Math.ceil(below.length / 256) }, (_, i) =>
          rootOfBlock(below.slice(i * 256, (i + 1) * 256), level),
        ),
      )
    }
    trees.set(leaves, levels)
    return levels
  }
  function sourceOf(leaves: ReadonlyArray<Uint8Array | undefined>, asked = { n: 0 }): Source {
    const levels = levelsOf(leaves)
    const bytes = async (level: number, index: number) => (levels[level] ?? []).slice(index * 256, (index + 1) * 256)
    return {
      head: async () => {
        asked.n += 1
        const last = leaves.findLastIndex((leaf) => leaf !== undefined)
        return headOf(leaves.filter((leaf) => leaf !== undefined).length, last, bytes)
      },
      tile: async (level, index) => {
        asked.n += 1
        return (await bytes(level, index)).map(hex)
      },
    }
  }
  const all = Array.from({ length: 100_000 }, (_, i) => leafOf(Buffer.from(`message ${i}`)))
  it.each([0, 65_536, 77_777, 99_999])('十万条，少了第 %i 条：至多十次请求，指出正是这一条', async (gone) => {
    const asked = { n: 0 }
    const short = all.map((leaf, i) => (i === gone ? undefined : leaf))
    if (gone === all.length - 1) short.pop()
    for (const [own, theirs] of [
      [all, short],
      [short, all],
    ] as const) {
      asked.n = 0
      const found = await compare(sourceOf(own), sourceOf(theirs, asked))
      expect(found).toMatchObject({ equal: false, cut: false, ranges: [{ from: gone, to: gone }] })
      expect(asked.n).toBe(found.requests)
      expect(asked.n).toBeLessThanOrEqual(10)
    }
  })
  it('相同的一次请求就知道；落后一段的是一段；差得太多的说明没有逐条看', async () => {
    const same = await compare(sourceOf(all), sourceOf(all))
    expect(same).toMatchObject({ equal: true, requests: 1, ranges: [] })
    const behind = await compare(sourceOf(all), sourceOf(all.slice(0, 99_950)))
    expect(behind.ranges).toEqual([{ from: 99_950, to: 99_999 }])
    const many = all.map((leaf, i) => (i % 1000 === 0 ? undefined : leaf))
    const cut = await compare(sourceOf(all), sourceOf(many))
    expect(cut.cut).toBe(true)
    expect(cut.requests).toBeLessThanOrEqual(8)
    expect(cut.ranges.at(-1)?.to).toBe(99_999)
  })
  it('任意几条少了、改了，正好指出这些', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(599), { maxLength: 5 }), fc.boolean(), async (at, removed) => {
        const own = all.slice(0, 600)
        const theirs = own.map((leaf, i) => (at.includes(i) ? (removed ? undefined : leafOf(Buffer.from('x'))) : leaf))
        const found = await compare(sourceOf(own), sourceOf(theirs), 100)
        const named = found.ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
        expect(named).toEqual(at.toSorted((a, b) => a - b))
      }),
      { numRuns: 50 },
    )
  })
})

describe('更换密钥', () => {
  const name = 'a.example/tlog/640522'
  const seed = (n: number) =>
    createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, n + 1)]),
      format: 'der',
      type: 'pkcs8',
    })
  const keys = Array.from({ length: 6 }, (_, n) => {
    const secret = seed(n)
    const raw = new Uint8Array(createPublicKey(secret).export({ type: 'spki', format: 'der' }).subarray(-32))
    const key = verifierKey(name, signatureTypes.ed25519, raw)
    return {
      vkey: formatVerifierKey(key),
      line: (text: string) => ({ name, keyId: key.keyId, signature: sign(null, utf8ToBytes(text), secret) }),
    }
  })
  const key = (n: number) => keys[n] as (typeof keys)[number]
  const dayOf = (n: number) => new Date(Date.UTC(2026, 10, 1 + n)).toISOString().slice(0, 10)
  /** From key `n` to the next one; the old one counts up to day `last`. */
  const noticeOf = (n: number, last: number): Note => {
    const text = keyNoticeText({ name, key: key(n + 1).vkey, lastDay: dayOf(last) })
    return { text, signatures: [key(n + 1).line(text), key(n).line(text)] }
  }
  const take = (ring: Keyring, note: Note, day: number) => {
    const notice = readKeyNotice(note.text)
    if (notice === null) throw new Error('不是告知更换的话')
    const judged = judgeKeyNotice(note, notice, ring, dayOf(day))
    if (judged !== 'new') return { ring, judged }
    const others = keysOn(ring, dayOf(day)).holding.filter(
      (each) => !note.signatures.some(({ keyId }) => each.includes(keyId)),
    )
    const at = `${dayOf(day)}T00:00:00.000Z`
    return {
      judged,
      ring: replaceKeys(ring, [notice.key, ...others], { day: dayOf(day), at, lastDay: notice.lastDay }),
    }
  }
  const first: Keyring = { keys: [key(0).vkey], retired: [], terms: {} }
  it('并用期内新旧都收，期满之日当天还收，次日起旧的不收；旧的仍然认得出', () => {
    const { ring, judged } = take(first, noticeOf(0, 10), 3)
    expect(judged).toBe('new')
    for (const day of [3, 10])
      expect(keysOn(ring, dayOf(day)).holding.toSorted()).toEqual([key(0).vkey, key(1).vkey].toSorted())
    expect(keysOn(ring, dayOf(11))).toEqual({ holding: [key(1).vkey], ended: [key(0).vkey] })
    expect(take(ring, noticeOf(0, 10), 5).judged).toBe('again')
  })
  it('来迟的、不是旧钥匙签的、新钥匙没有签的、冒名的、改了一个字的，各不收', () => {
    expect(take(first, noticeOf(0, 2), 3).judged).toBe('late_key')
    expect(take(first, noticeOf(1, 9), 3).judged).toBe('bad_signature')
    const note = noticeOf(0, 10)
    for (const at of [0, 1])
      expect(take(first, { ...note, signatures: note.signatures.filter((_, i) => i === at) }, 3).judged).toBe(
        'bad_signature',
      )
    const later = { ...note, text: note.text.replace(dayOf(10), dayOf(28)) }
    expect(take(first, later, 3).judged).toBe('bad_signature')
    for (const text of [
      note.text.replace(name, 'z.example/tlog/1'),
      `${note.text}多一行\n`,
      note.text.replace(dayOf(10), '十日'),
      note.text.replace('key/1', 'key/2'),
      '',
    ])
      expect(readKeyNotice(text), text).toBeNull()
  })
  it('管理员换下而没有定期满之日的立即不收；定了的期满之日不因再次告知而推后', () => {
    const at = `${dayOf(3)}T00:00:00.000Z`
    const now = replaceKeys(first, [key(1).vkey], { day: dayOf(3), at })
    expect(keysOn(now, dayOf(3))).toEqual({ holding: [key(1).vkey], ended: [key(0).vkey] })
    const soon = replaceKeys(first, [key(1).vkey], { day: dayOf(3), at, lastDay: dayOf(5) })
    const longer = replaceKeys(soon, [key(1).vkey], { day: dayOf(4), at, lastDay: dayOf(20) })
    expect(keysOn(longer, dayOf(6)).ended).toEqual([key(0).vkey])
    // No notice brings a key back that has ended; an administrator who enters it again does.
    expect(take(longer, noticeOf(0, 20), 6).judged).toBe('again')
    expect(take({ ...longer, keys: [], retired: [key(0).vkey] }, noticeOf(0, 20), 6).judged).toBe('old_key')
    expect(keysOn(replaceKeys(longer, [key(0).vkey], { day: dayOf(6), at }), dayOf(9)).holding).toEqual([key(0).vkey])
  })
  it('任意几次更换，告知的话任意丢失、重复、乱序、迟到：收的总是期满之日未到的，不收的不再复活，认得的一把不少', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(12), overlap: fc.nat(8) }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.record({ which: fc.nat(4), day: fc.nat(30) }), { maxLength: 25 }),
        (changes, arrivals) => {
          let begins = 0
          const notices = changes.map(({ at, overlap }, n) => {
            begins += at
            return { note: noticeOf(n, begins + overlap), n, last: begins + overlap, from: begins }
          })
          let ring = first
          const ended = new Set<string>()
          for (const { which, day } of arrivals.toSorted((x, y) => x.day - y.day)) {
            const notice = notices[which % notices.length] as (typeof notices)[number]
            if (day < notice.from) continue
            const before = keysOn(ring, dayOf(day))
            for (const each of before.ended) ended.add(each)
            const { ring: after, judged } = take(ring, notice.note, day)
            const now = keysOn(after, dayOf(day))
            if (judged === 'new') {
              expect(before.holding).toContain(key(notice.n).vkey)
              expect(day).toBeLessThanOrEqual(notice.last)
              expect(now.holding).toContain(key(notice.n + 1).vkey)
              expect(keysOn(after, dayOf(notice.last + 1)).holding).not.toContain(key(notice.n).vkey)
            } else expect(after).toBe(ring)
            expect(now.holding.length).toBeGreaterThan(0)
            expect(now.holding.filter((each) => ended.has(each))).toEqual([])
            expect([...now.holding, ...now.ended]).toEqual(expect.arrayContaining([...before.holding, ...before.ended]))
            ring = after
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
