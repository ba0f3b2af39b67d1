// The log against vectors and logs that others made, where they are at hand, and against itself.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bundleOf,
  checkProof,
  checkpointText,
  checkSignatures,
  consistencyProof,
  cosignedText,
  entriesOf,
  entryForm,
  Frontier,
  formatAddCheckpoint,
  formatNote,
  formatProofFile,
  formatVerifierKey,
  fromBase64,
  fromUtf8,
  inclusionProof,
  judgeCheckpoint,
  leafHash,
  MalformedError,
  type NodeReader,
  type NoteSignature,
  nodeHash,
  nodesFromTiles,
  parseCheckpoint,
  parseNote,
  parsePolicy,
  parseTilePath,
  parseVerifierKey,
  rootAt,
  rootOfTile,
  tilePath,
  tilesOf,
  timestamped,
  utf8ToBytes,
  verifierKey,
  verifyConsistency,
  verifyInclusion,
  type Witnessed,
} from './index.ts'

const shared = fileURLToPath(new URL('../../../../shared/data/tlog/', import.meta.url))
const there = existsSync(`${shared}merkle-vectors.json`)

/** A tree held whole in memory, written as the definition reads. */
function slowRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (leaves.length === 1 && only) return only
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(slowRoot(leaves.slice(0, k)), slowRoot(leaves.slice(k)))
}
const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafHash(utf8ToBytes(`entry ${i}`)))
const readerOf =
  (leaves: readonly Uint8Array[]): NodeReader =>
  async (nodes) =>
    nodes.map(({ level, index }) => slowRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))

describe.runIf(there)('vectors of others', () => {
  const vectors = there
    ? (JSON.parse(readFileSync(`${shared}merkle-vectors.json`, 'utf8')) as {
        inclusion: Array<Record<string, never>>
        consistency: Array<Record<string, never>>
      })
    : { inclusion: [], consistency: [] }
  interface Vector {
    file: string
    leafIdx: number
    treeSize: number
    root: string | null
    leafHash: string | null
    proof: string[] | null
    size1: number
    size2: number
    root1: string | null
    root2: string | null
    wantErr: boolean
  }
  const bytes = (text: string | null | undefined) => (text ? fromBase64(text) : new Uint8Array(0))
  it('98 inclusion proofs are accepted and refused as their authors say', () => {
    const list = vectors.inclusion as unknown as Vector[]
    expect(list).toHaveLength(98)
    const wrong = list.filter(
      (v) =>
        verifyInclusion(bytes(v.leafHash), v.leafIdx, v.treeSize, (v.proof ?? []).map(bytes), bytes(v.root)) ===
        v.wantErr,
    )
    expect(wrong.map((v) => v.file)).toEqual([])
  })
  it('98 consistency proofs are accepted and refused as their authors say', () => {
    const list = vectors.consistency as unknown as Vector[]
    expect(list).toHaveLength(98)
    const wrong = list.filter(
      (v) =>
        verifyConsistency(v.size1, v.size2, (v.proof ?? []).map(bytes), bytes(v.root1), bytes(v.root2)) === v.wantErr,
    )
    expect(wrong.map((v) => v.file)).toEqual([])
  })
  it('a log of another program: every checkpoint, every tile, every bundle, every pair', async () => {
    const { files } = JSON.parse(readFileSync(`${shared}tessera-log.json`, 'utf8')) as { files: Record<string, string> }
    const file = (path: string) => fromBase64(files[path] ?? '')
    const key = parseVerifierKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')
    const read = (size: number) =>
      nodesFromTiles(async (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile)
        return file(tilePath(tile))
      }, size)
    const roots: Uint8Array[] = []
    for (let size = 0; size <= 15; size += 1) {
      const checkpoint = parseCheckpoint(fromUtf8(file(`checkpoint.${size}`)))
      expect(checkSignatures(checkpoint, [{ key }])).toEqual([{ name: key.name, ok: true, time: null }])
      expect(checkpoint.size).toBe(size)
      expect(await rootAt(read(size), size)).toEqual(checkpoint.root)
      roots.push(checkpoint.root)
    }
    const entries = entriesOf(file('tile/entries/000.p/15'))
    expect(entries).toHaveLength(15)
    for (const [i, entry] of entries.entries()) {
      const proof = await inclusionProof(read(15), i, 15)
      expect(verifyInclusion(leafHash(entry), i, 15, proof, roots[15] as Uint8Array)).toBe(true)
    }
    for (let a = 1; a <= 15; a += 1)
      for (let b = a; b <= 15; b += 1)
        expect(
          verifyConsistency(
            a,
            b,
            await consistencyProof(read(b), a, b),
            roots[a] as Uint8Array,
            roots[b] as Uint8Array,
          ),
        ).toBe(true)
  })
})

describe('tree', () => {
  it('a proof for every leaf of every small tree holds, and none holds for another leaf', async () => {
    for (let n = 1; n <= 20; n += 1) {
      const leaves = leavesOf(n)
      const root = await rootAt(readerOf(leaves), n)
      expect(root).toEqual(slowRoot(leaves))
      for (let i = 0; i < n; i += 1) {
        const proof = await inclusionProof(readerOf(leaves), i, n)
        for (let j = 0; j < n; j += 1) expect(verifyInclusion(leaves[i] as Uint8Array, j, n, proof, root)).toBe(i === j)
      }
    }
  })
  it('a changed byte, a missing or an additional digest is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), async (n, a, b) => {
        const leaves = leavesOf(n)
        const first = 1 + (a % n)
        const proof = await consistencyProof(readerOf(leaves), first, n)
        const [r1, r2] = [slowRoot(leaves.slice(0, first)), slowRoot(leaves)]
        expect(verifyConsistency(first, n, proof, r1, r2)).toBe(true)
        expect(verifyConsistency(first, n, [...proof, r1], r1, r2)).toBe(false)
        if (proof.length === 0) return
        expect(verifyConsistency(first, n, proof.slice(1), r1, r2)).toBe(false)
        const spoiled = proof.map((p) => p.slice())
        const at = spoiled[b % spoiled.length] as Uint8Array
        at[b % 32] = (at[b % 32] ?? 0) ^ 1
        expect(verifyConsistency(first, n, spoiled, r1, r2)).toBe(false)
      }),
    )
  })
  it('tiles give the same roots and proofs as the whole tree, across a tile boundary', async () => {
    const leaves = leavesOf(600)
    const tiles = new Map<string, Uint8Array>()
    const at = (level: number, n: number, width: number): Uint8Array => {
      if (level === 0) return Uint8Array.from(leaves.slice(n * 256, n * 256 + width).flatMap((x) => [...x]))
      return Uint8Array.from(Array.from({ length: width }, (_, i) => [...rootOfTile(at(0, n * 256 + i, 256))]).flat())
    }
    for (const tile of tilesOf(600))
      if (tile.level !== 'entries') tiles.set(tilePath(tile), at(tile.level, tile.n, tile.width))
    expect([...tiles.keys()]).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2'])
    const read = nodesFromTiles(async (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array(0), 600)
    const root = slowRoot(leaves)
    expect(await rootAt(read, 600)).toEqual(root)
    const edge = new Frontier()
    for (const leaf of leaves) edge.add(leaf)
    expect(edge.root()).toEqual(root)
    for (const i of [0, 255, 256, 511, 512, 599])
      expect(verifyInclusion(leaves[i] as Uint8Array, i, 600, await inclusionProof(read, i, 600), root)).toBe(true)
    for (const first of [1, 255, 256, 257, 512, 600])
      expect(
        verifyConsistency(first, 600, await consistencyProof(read, first, 600), slowRoot(leaves.slice(0, first)), root),
      ).toBe(true)
  })
})

describe('tiles and bundles', () => {
  it('paths are written in groups of three and read back; anything else is no path', () => {
    expect(tilePath({ level: 0, n: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(parseTilePath('tile/entries/000.p/15')).toEqual({ level: 'entries', n: 0, width: 15 })
    for (const path of [
      'tile/0/1',
      'tile/00/000',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/015',
      'tile/0/x000/001',
      'tile/0/001/002',
      'tile/64/000',
      'tile/8/0/000',
      'tile/0/000/',
      '/tile/0/000',
    ])
      expect(parseTilePath(path), path).toBeNull()
  })
  it('a bundle gives back its entries, and one cut short is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 20 }), (entries) => {
        const bundle = bundleOf(entries)
        expect(entriesOf(bundle).map((x) => [...x])).toEqual(entries.map((x) => [...x]))
        expect(() => entriesOf(bundle.subarray(0, bundle.length - 1))).toThrow(MalformedError)
      }),
    )
    expect(() => bundleOf([new Uint8Array(65_536)])).toThrow(RangeError)
  })
})

describe('notes', () => {
  it('the example of the specification reads, and its form is kept', () => {
    const source =
      'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n' +
      '— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n'
    const note = parseNote(source)
    expect(note.signatures).toHaveLength(1)
    expect(note.signatures[0]?.name).toBe('quasimodo.example/salvatore')
    expect(note.text.endsWith('subito sera.\n')).toBe(true)
    expect(formatNote(note)).toBe(source)
  })
  it.each([
    'text without signatures\n',
    'text\n\n- dash.example AAAAAAA=\n',
    'text\n\n— two names AAAAAAA=\n',
    'text\n\n— plus+name AAAAAAA=\n',
    'text\n\n— name notbase64\n',
    'text\n\n— name AAAAAAA=',
    'tab\there\n\n— name AAAAAAA=\n',
  ])('%j is no signed note', (source) => expect(() => parseNote(source)).toThrow(MalformedError))
  it('a verifier key with a wrong id, type or length is refused', () => {
    const key = verifierKey('log.example', 1, new Uint8Array(32).fill(7))
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key)
    expect(() => parseVerifierKey(formatVerifierKey({ ...key, keyId: '00000000' }))).toThrow(MalformedError)
    expect(() => parseVerifierKey(formatVerifierKey(verifierKey('log.example', 1, new Uint8Array(31))))).toThrow()
    expect(() => parseVerifierKey('log.example')).toThrow(MalformedError)
  })
})

const seed = (n: number) => new Uint8Array(32).fill(n)
const logKey = (n = 1) => verifierKey('county.example/tlog/640522', 1, ed25519.getPublicKey(seed(n)))
const witnessKey = verifierKey('witness.example/w1', 4, ed25519.getPublicKey(seed(9)))
/** A signed checkpoint over `leaves`; `time` adds a cosignature. */
function signed(leaves: readonly Uint8Array[], key = logKey(), secret = seed(1), time?: number): string {
  const root = leaves.length === 0 ? new Frontier().root() : slowRoot(leaves)
  const text = checkpointText({ origin: 'county.example/tlog/640522', size: leaves.length, root })
  const signatures: NoteSignature[] = [
    { name: key.name, keyId: key.keyId, signature: ed25519.sign(utf8ToBytes(text), secret) },
  ]
  if (time !== undefined)
    signatures.push({
      name: witnessKey.name,
      keyId: witnessKey.keyId,
      signature: timestamped(time, ed25519.sign(cosignedText(text, time), seed(9))),
    })
  return formatNote({ text, signatures })
}

describe('proof files', () => {
  const leaves = leavesOf(11)
  const proofOf = async (index: number, checkpoint: string) =>
    formatProofFile({ extra: null, index, proof: await inclusionProof(readerOf(leaves), index, 11), checkpoint })
  const trust = { origin: 'county.example/tlog/640522', keys: [{ key: logKey() }], witnesses: [{ key: witnessKey }] }
  it('every way a proof can end has its own sentence', async () => {
    const now = 1_790_000_000
    const good = await proofOf(4, signed(leaves, logKey(), seed(1), now))
    const entry = utf8ToBytes('entry 4')
    const answers = [
      checkProof(good, entry, trust),
      checkProof(good.slice(0, 40), entry, trust),
      checkProof(good, utf8ToBytes('entry 5'), trust),
      checkProof(good, entry, { ...trust, origin: 'other.example/tlog/1' }),
      checkProof(good, entry, { ...trust, keys: [{ key: logKey(2) }] }),
      checkProof(good.replace(/\n11\n/, '\n12\n'), entry, trust),
      checkProof(good, entry, { ...trust, keys: [{ key: logKey(), until: 10 }] }),
      checkProof(good, entry, { ...trust, now: now - 10_000 }),
      checkProof(good.replace('index 4', 'index 40'), entry, trust),
      checkProof(await proofOf(4, signed(leaves)), entry, { ...trust, quorum: 1 }),
    ]
    expect(answers.map((x) => x.verdict)).toEqual([
      'genuine',
      'malformed',
      'not_included',
      'other_origin',
      'unsigned',
      'bad_signature',
      'retired_key',
      'future',
      'outside',
      'few_witnesses',
    ])
    expect(new Set(answers.map((x) => x.says)).size).toBe(answers.length)
    expect(answers[0]?.witnesses).toEqual(['witness.example/w1'])
  })
})

describe('witness', () => {
  const body = (old: number, proof: Uint8Array[], checkpoint: string) =>
    utf8ToBytes(formatAddCheckpoint(old, proof, checkpoint))
  const keys = (origin: string) => (origin === 'county.example/tlog/640522' ? [{ key: logKey() }] : null)
  it('answers every case of the protocol with its own status, and never goes back', async () => {
    const leaves = leavesOf(9)
    let state: Witnessed | null = null
    const ask = (old: number, proof: Uint8Array[], checkpoint: string) => {
      const answer = judgeCheckpoint(body(old, proof, checkpoint), keys, () => state)
      if (answer.status === 200) state = answer.keep
      return answer.status
    }
    const proof = (a: number, b: number) => consistencyProof(readerOf(leaves), a, b)
    expect(judgeCheckpoint(utf8ToBytes('nothing'), keys, () => null).status).toBe(400)
    expect(ask(0, [], signed(leaves.slice(0, 4)))).toBe(200)
    expect(ask(0, [], signed(leaves.slice(0, 4)))).toBe(409)
    expect(ask(4, [], signed(leaves.slice(0, 4)))).toBe(200)
    expect(ask(4, [], signed([...leaves.slice(0, 3), leafHash(utf8ToBytes('another'))]))).toBe(409)
    expect(ask(4, [], signed(leaves))).toBe(422)
    expect(ask(10, [], signed(leaves))).toBe(400)
    expect(ask(4, await proof(4, 9), signed(leaves, logKey(2), seed(2)))).toBe(403)
    expect(ask(4, await proof(4, 9), signed(leaves).replaceAll('county.example', 'town.example'))).toBe(404)
    expect(ask(4, await proof(4, 9), signed(leaves))).toBe(200)
    expect(ask(4, await proof(4, 7), signed(leaves.slice(0, 7)))).toBe(409)
    expect(state).toMatchObject({ size: 9 })
  })
  it('a policy names witnesses and how many are asked for', () => {
    const vkey = formatVerifierKey(witnessKey)
    const policy = parsePolicy(
      `# 县里的\nwitness a ${vkey} http://a.example\nwitness b ${vkey} http://b.example\ngroup both 2 a b\nquorum both\n`,
    )
    expect(policy.witnesses.map((w) => w.url)).toEqual(['http://a.example', 'http://b.example'])
    expect(policy.quorum).toEqual({ of: ['a', 'b'], need: 2 })
    expect(() => parsePolicy('quorum nobody')).toThrow(MalformedError)
    expect(() => parsePolicy(`witness a ${vkey} http://a.example\ngroup g 2 a`)).toThrow(MalformedError)
  })
})

it('an entry that says more than the closed form is none', () => {
  const entry = {
    v: 1,
    log: '640522',
    type: 'seal',
    at: '2026-11-28T00:00:00.000Z',
    subject: '2026-11-27',
    prev: null,
    record: 'a'.repeat(64),
  }
  expect(entryForm(entry)).toBe(true)
  expect(entryForm({ ...entry, name: '某人' })).toBe(false)
  expect(entryForm({ ...entry, document: { title: '标题' } })).toBe(false)
  expect(entryForm({ ...entry, record: '原文' })).toBe(false)
})
