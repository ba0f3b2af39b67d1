// 公开日志：同一事务、没有空号；外面的人只凭网址与公钥就看得出改动；旧备份不签；见证人不答复不耽误公布。
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withTransaction } from '@dianzhang/database'
import { appendForceEvent, factsOfLogged, publishEntry, searchRegister, statusOn } from '@dianzhang/register'
import { auditLog, LogKeeper, type LogSource, mirrorLog, trustedText, Witness } from '@dianzhang/server'
import {
  consistencyProof,
  entryForm,
  foldEntries,
  fromBase64,
  type LogEntry,
  leafHash,
  nodesFromTiles,
  parseCheckpoint,
  parseEntry,
  parseProofFile,
  tilePath,
  toBase64,
  utf8ToBytes,
  verifyConsistency,
} from '@dianzhang/tlog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HttpOffice, httpOffice, jurisdiction } from '../support/http.ts'
import { publicEntry } from '../support/public-entry.ts'

let t: HttpOffice
let keeper: LogKeeper
let folder: string
const checkpoints: string[] = []

const entry = (n: number) =>
  publicEntry(n, {
    jurisdiction,
    effectiveDate: `2026-0${1 + (n % 9)}-15`,
    validUntil: n % 3 === 0 ? `2026-1${n % 3}-30` : null,
  })
/** 只凭网址读：经应用，不碰数据库。 */
const overHttp: LogSource = async (path) => {
  const response = await t.app.request(`/tlog/${path}`)
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
}
const trust = () => {
  const { origin, current } = keeper.keys(jurisdiction)
  return { origin, keys: current.slice(0, 1).map(trustedText) }
}
// biome-ignore lint/suspicious/noExplicitAny: 各个答复的形状由 http-surface 核对
const get = async (path: string): Promise<any> => (await t.app.request(path)).json()

beforeAll(async () => {
  t = await httpOffice()
  folder = mkdtempSync(join(tmpdir(), 'dz-log-'))
  keeper = new LogKeeper({ office: t.office, folder, host: null })
  t.ctx.log = keeper
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('序号', () => {
  test('二百件同时公布，其间不断有连接被掐断：序号仍是 0…n−1，办成的每件恰有一条，没办成的没有', async () => {
    const done = new Set<string>()
    let killed = 0
    const { sql } = t.database.connect()
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        withTransaction(
          t.office.db,
          async (tx) => {
            const id = await publishEntry(tx, entry(n), new Date(Date.UTC(2026, 0, 10, 1, 0, n)))
            if (n % 4 === 1) {
              killed += 1
              await tx.execute(`select pg_terminate_backend(pg_backend_pid())`)
            }
            if (n % 4 === 2) {
              await appendForceEvent(tx, jurisdiction, id, {
                kind: n % 8 === 2 ? 'repealed' : 'amended',
                on: `2026-0${1 + (n % 8)}-20`,
                reason: '另行规定',
                byDocument: null,
                decision: { body: '常务会议', date: '2026-01-09' },
              })
            }
            return id
          },
          { retries: 0 },
        ).then(
          (id) => done.add(id),
          () => {},
        ),
      ),
    )
    const rows = await sql<Array<{ idx: number; type: string; subject: string; entry: string }>>`
      select idx::int, type, subject, entry from tlog_entries where jurisdiction_id = ${jurisdiction} order by idx`
    expect(killed).toBe(50)
    expect(rows.map((row) => row.idx)).toEqual(rows.map((_, i) => i))
    expect(
      rows
        .filter((row) => row.type === 'publish')
        .map((row) => row.subject)
        .sort(),
    ).toEqual([...done].sort())
    expect(rows.filter((row) => row.type !== 'publish')).toHaveLength(50)
    for (const row of rows) expect(entryForm(JSON.parse(row.entry)), row.entry).toBe(true)
  })
  test('没有一条路绕得过去：直接改库也多出一条；条目改不了、删不掉、跳不了号', async () => {
    const { sql } = t.database.connect()
    const count = async () => (await sql`select count(*)::int as n from tlog_entries`)[0]?.n as number
    const before = await count()
    await sql`update register_entries set interpretation = '解读' where id = 'doc-0'`
    expect(await count()).toBe(before + 1)
    await sql`update register_entries set interpretation = interpretation where id = 'doc-0'`
    expect(await count()).toBe(before + 1)
    await expect(sql`update tlog_entries set entry = '{}' where idx = 0`).rejects.toThrow('只能新增')
    await expect(sql`delete from tlog_entries where idx = 0`).rejects.toThrow('只能新增')
    await expect(
      sql`insert into tlog_entries (jurisdiction_id, idx, type, at, entry, leaf) values (${jurisdiction}, ${before + 5}, 'seal', now(), '{}', '')`,
    ).rejects.toThrow('逐条相接')
  })
  test('条目里没有标题、正文、机关名称，也没有人', async () => {
    const { sql } = t.database.connect()
    const [leaves] = await sql`select string_agg(entry, '') as all from tlog_entries`
    const names = await sql`select name from people union select name from auth_users union select name from units`
    for (const secret of [...names.map((row) => row.name as string), '第4件的正文', '示范县第4件办法', '另行规定'])
      expect(leaves?.all, secret).not.toContain(secret)
  })
})

describe('外面的人', () => {
  test('只凭网址与公钥核对全部条目、分块与签名；镜像只补新的，每一对检查点都前后一致', async () => {
    const copy = join(folder, 'copy')
    const first = await mirrorLog(overHttp, copy, { ...trust(), tiles: true })
    expect(first.faults).toEqual([])
    checkpoints.push(await (await t.app.request('/tlog/checkpoint')).text())
    for (let n = 300; n < 306; n += 1) {
      await withTransaction(t.office.db, (tx) => publishEntry(tx, entry(n), new Date()))
      checkpoints.push(await (await t.app.request('/tlog/checkpoint')).text())
    }
    const again = await mirrorLog(overHttp, copy, { ...trust(), tiles: true })
    expect(again).toMatchObject({ ok: true, added: 6 })
    const parsed = checkpoints.map(parseCheckpoint)
    for (const [i, a] of parsed.entries())
      for (const b of parsed.slice(i)) {
        const read = nodesFromTiles(async (tile) => (await overHttp(tilePath(tile))) ?? new Uint8Array(), b.size)
        const proof = await consistencyProof(read, a.size, b.size)
        expect(verifyConsistency(a.size, b.size, proof, a.root, b.root)).toBe(true)
      }
  })
  test('证明文件由别人写的核验程序（@sigstore/verify）接受，改动一字即不接受', async () => {
    const { verifyMerkleInclusion } = createRequire(import.meta.url)('@sigstore/verify/dist/tlog/merkle.js') as {
      verifyMerkleInclusion: (entry: object, checkpoint: object) => void
    }
    for (const index of [0, 7, 101, 199]) {
      const file = parseProofFile(await (await t.app.request(`/public/v1/proofs/${index}`)).text())
      const { size, root } = parseCheckpoint(file.checkpoint)
      const theirs = (body: Uint8Array) => ({
        canonicalizedBody: Buffer.from(body),
        inclusionProof: {
          logIndex: String(index),
          treeSize: String(size),
          rootHash: Buffer.from(root),
          hashes: file.proof.map((hash) => Buffer.from(hash)),
          checkpoint: { envelope: file.checkpoint },
        },
      })
      const checkpoint = { logSize: BigInt(size), logHash: Buffer.from(root), origin: '', rest: [] }
      verifyMerkleInclusion(theirs(file.extra ?? new Uint8Array()), checkpoint)
      expect(() => verifyMerkleInclusion(theirs(utf8ToBytes('别的')), checkpoint)).toThrow()
    }
  })
  test.each([
    [
      '改写一条',
      (e: Uint8Array[]) =>
        e.map((x, i) => (i === 5 ? utf8ToBytes(new TextDecoder().decode(x).replace('"v":1', '"v": 1')) : x)),
    ],
    ['截去尾部', (e: Uint8Array[]) => e.slice(0, -3)],
    ['对调两条', (e: Uint8Array[]) => [e[1], e[0], ...e.slice(2)] as Uint8Array[]],
    ['插入一条', (e: Uint8Array[]) => [...e.slice(0, 9), e[3] as Uint8Array, ...e.slice(9, -1)]],
  ])('%s，即使重新签了检查点，先前的副本也看得出', async (_, change) => {
    const entries: Uint8Array[] = []
    const honest = await auditLog(overHttp, { ...trust(), onEntry: (_e, _i, bytes) => entries.push(bytes) })
    const before = honest.checkpoint
    if (!before) throw new Error('没有检查点')
    const forged = change(entries)
    // 掌握私钥的人重新签：根与条目是相符的，只有先前的副本知道不对。
    const { forge } = await import('../support/forged-log.ts')
    const audit = await auditLog(forge(forged, folder, trust().origin), {
      ...trust(),
      before: { checkpoint: before, leafAt: (index) => leafHash(entries[index] as Uint8Array) },
    })
    expect(audit.ok).toBe(false)
    expect(audit.faults.map((x) => x.code).some((code) => ['shorter', 'altered_entry', 'forked'].includes(code))).toBe(
      true,
    )
  })
})

describe('登记库', () => {
  test('由日志折叠得到的有效文件，任取五十日，与公开接口逐件相同', async () => {
    const entries: LogEntry[] = []
    await auditLog(overHttp, { ...trust(), onEntry: (e) => entries.push(e) })
    const { documents } = foldEntries(entries)
    for (let i = 0; i < 50; i += 1) {
      const on = new Date(Date.UTC(2026, 0, 1) + ((i * 37) % 400) * 86_400_000).toISOString().slice(0, 10)
      const folded = [...documents]
        .filter(([, d]) => statusOn(factsOfLogged(d), on).status === 'in_force')
        .map(([id]) => id)
      const listed: string[] = []
      for (let cursor: string | undefined, more = true; more; ) {
        const page = await searchRegister(t.office.readDb, {
          status: 'in_force',
          on,
          limit: 100,
          cursor,
          now: new Date(),
        })
        listed.push(...page.results.map((x) => x.id))
        cursor = page.nextCursor ?? undefined
        more = cursor !== undefined
      }
      expect(listed.sort(), on).toEqual(folded.sort())
    }
    const [id = '', document] = [...documents][3] ?? []
    expect((await get(`/public/v1/documents/${id}`)).textHash).toBe(document?.content)
  })
  test('changes 逐页取得全部，序号相接；超过上限、坏的序号、没有的证明各有一句话', async () => {
    const seen: number[] = []
    for (let after: number | null = null, more = true; more; ) {
      const page = await get(`/public/v1/changes?limit=50${after === null ? '' : `&after=${after}`}`)
      seen.push(...page.entries.map((e: { index: number }) => e.index))
      for (const e of page.entries) expect(Buffer.from(leafHash(utf8ToBytes(e.entry))).toString('hex')).toBe(e.leafHash)
      after = page.next
      more = after !== null
      if (!more) expect(seen).toHaveLength(page.total)
    }
    expect(seen).toEqual(seen.map((_, i) => i))
    const said = await Promise.all(
      [
        'changes?limit=1001',
        'changes?after=-1',
        'changes?jurisdiction=999999',
        'proofs/x',
        'proofs/99999',
        'effects',
      ].map(async (path) => {
        const { detail, issues } = await get(`/public/v1/${path}`)
        return `${detail} ${(issues ?? []).map((i: { message: string }) => i.message).join()}`
      }),
    )
    expect(new Set(said).size).toBe(said.length)
    for (const one of said) expect(one).toMatch(/[一-龥]/)
  })
})

describe('签名', () => {
  test('见证人：两个见证人签在检查点之下；一个不答复，公布与签名照旧', async () => {
    const one = new Witness({
      folder: join(folder, 'w1'),
      name: 'witness.test/w1',
      logs: keeper.keys(jurisdiction).current,
    })
    const server = one.server()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const down = new Witness({ folder: join(folder, 'w2'), name: 'witness.test/w2', logs: [] })
    writeFileSync(
      join(folder, 'tlog-policy'),
      `witness w1 ${one.vkey} http://127.0.0.1:${port}\nwitness w2 ${down.vkey} http://127.0.0.1:1\ngroup any any w1 w2\nquorum any\n`,
    )
    await withTransaction(t.office.db, (tx) => publishEntry(tx, entry(400), new Date()))
    const begun = performance.now()
    await keeper.catchUp(jurisdiction)
    expect(performance.now() - begun).toBeLessThan(4_500)
    await keeper.settled()
    const head = await keeper.head(jurisdiction)
    expect(head?.witnesses).toEqual(['witness.test/w1'])
    const file = await (await t.app.request('/public/v1/proofs/3')).text()
    const { checkProof } = await import('@dianzhang/tlog')
    const body = parseProofFile(file).extra ?? new Uint8Array()
    expect(parseEntry(body).subject).toBeTruthy()
    expect(
      checkProof(file, body, { ...trust(), witnesses: [one, down].map((w) => trustedText(w.vkey)), quorum: 1 }).verdict,
    ).toBe('genuine')
    await new Promise((done) => server.close(done))
  })
  test('更换公钥：先前的证明照旧成立，此后再用旧公钥签的不认', async () => {
    const { newKey } = await import('@dianzhang/server')
    const old = keeper.keys(jurisdiction)
    const proof = await (await t.app.request('/public/v1/proofs/5')).text()
    const { vkey } = await keeper.rotate(jurisdiction, newKey('ed25519'))
    await withTransaction(t.office.db, (tx) => publishEntry(tx, entry(500), new Date()))
    const { current, retired, origin } = keeper.keys(jurisdiction)
    expect(current[0]).toBe(vkey)
    expect(retired.map((x) => x.vkey)).toEqual([old.current[0]])
    const keys = [trustedText(vkey), ...retired.map((x) => ({ ...trustedText(x.vkey), until: x.until }))]
    const { checkProof } = await import('@dianzhang/tlog')
    const body = parseProofFile(proof).extra ?? new Uint8Array()
    expect(checkProof(proof, body, { origin, keys }).verdict).toBe('genuine')
    expect((await auditLog(overHttp, { origin, keys })).faults).toEqual([])
    const size = (await keeper.head(jurisdiction))?.size ?? 0
    expect(
      checkProof(proof, body, { origin, keys: [{ ...trustedText(old.current[0] ?? ''), until: 3 }] }).verdict,
    ).toBe('retired_key')
    expect(size).toBeGreaterThan(retired[0]?.until ?? 0)
  })
  test('同一把密钥签着两地的日志：换一地的，两地都写明、两把公钥接得上、各有告知；只换了一半的，先不动密钥文件', async () => {
    const { keyFile, newKey, signerOf } = await import('@dianzhang/server')
    const { formatVerifierKey, parseNote } = await import('@dianzhang/tlog')
    const { readKeyNotice } = await import('@dianzhang/exchange')
    const { readFileSync, existsSync } = await import('node:fs')
    const second = '640525'
    const { sql } = t.database.connect()
    const own = mkdtempSync(join(tmpdir(), 'dz-log-two-'))
    const both = new LogKeeper({ office: t.office, folder: own, host: 'two.example.gov.cn' })
    await sql`insert into jurisdictions (id, name) values (${second}, '某县') on conflict do nothing`
    await sql`insert into units (jurisdiction_id, id, name, kind) values (${second}, 'zz-gov', '某县人民政府', 'government')`
    await withTransaction(t.office.db, (tx) => publishEntry(tx, { ...entry(460), jurisdiction: second }, new Date()))
    for (const code of [jurisdiction, second]) await both.catchUp(code)
    const before = [jurisdiction, second].map((code) => both.keys(code).current[0] ?? '')
    const { vkey, others } = await both.rotate(jurisdiction, newKey('ed25519'), 20)
    const now = [jurisdiction, second].map((code) => both.keys(code).current[0] ?? '')
    expect(now[0]).toBe(vkey)
    expect(others).toEqual([{ code: second, vkey: now[1] }])
    for (const [i, code] of [jurisdiction, second].entries()) {
      const { retired, origin } = both.keys(code)
      expect(retired.map((x) => x.vkey)).toEqual([before[i]])
      const [told] = both.keyNotices(code)
      expect(readKeyNotice(parseNote(told?.notice ?? '').text)).toMatchObject({ name: origin, key: now[i] })
      const rows = await sql`select entry::jsonb ->> 'key' as key from tlog_entries
        where jurisdiction_id = ${code} and type = 'key_change' order by idx desc limit 1`
      expect(rows[0]?.key).toBe(now[i])
      await withTransaction(t.office.db, (tx) =>
        publishEntry(tx, { ...entry(470 + i), jurisdiction: code }, new Date()),
      )
      await both.catchUp(code)
      expect((await both.head(code))?.held).toBeNull()
    }
    // 记下了一地就被掐断：密钥文件还是旧的，哪一地也不用新的签；再说一次，接着换完。
    const coming = newKey('ed25519')
    writeFileSync(`${keyFile(own, 'ed25519')}.next`, coming)
    const state = JSON.parse(readFileSync(join(own, `tlog-${second}.json`), 'utf8'))
    const next = formatVerifierKey(signerOf(Buffer.from(coming), both.keys(second).origin).key)
    writeFileSync(join(own, `tlog-${second}.json`), JSON.stringify({ ...state, key: next }))
    const cut = new LogKeeper({ office: t.office, folder: own, host: 'two.example.gov.cn' })
    await withTransaction(t.office.db, (tx) => publishEntry(tx, { ...entry(480), jurisdiction: second }, new Date()))
    await cut.catchUp(second)
    expect((await cut.head(second))?.held).toContain('再运行一次 dianzhang log rotate')
    expect(existsSync(`${keyFile(own, 'ed25519')}.next`)).toBe(true)
    await cut.rotate(jurisdiction, newKey('ed25519'))
    for (const code of [jurisdiction, second]) {
      expect((await cut.head(code))?.held).toBeNull()
      expect(cut.keys(code).current[0]).toBe(
        formatVerifierKey(signerOf(Buffer.from(coming), cut.keys(code).origin).key),
      )
    }
    rmSync(own, { recursive: true, force: true })
  })
  test('更换公钥换到一半被掐断：在哪一步都一样，下一次接着换完，只记一条，两把公钥的人都核对得过', async () => {
    const { keyFile, newKey, signerOf } = await import('@dianzhang/server')
    const { readFileSync, readdirSync, renameSync, existsSync } = await import('node:fs')
    const { sql } = t.database.connect()
    const other = t.database.connect()
    const keyPath = keyFile(folder, 'ed25519')
    // 记条目以前；记了条目、签新旧两签以前；换了文件、记下以前；最后一种另把文件换回去：记下了新的、没有来得及换文件。
    const steps = [
      ['tlog_entries', false],
      ['tlog_checkpoints', false],
      ['tlog_cosignatures', false],
      ['tlog_cosignatures', true],
    ] as const
    for (const [table, filesBack] of steps) {
      const before = trust()
      const { retired } = keeper.keys(jurisdiction)
      const locked = Promise.withResolvers<void>()
      const gate = Promise.withResolvers<void>()
      const holding = withTransaction(other.db, async (tx) => {
        await tx.execute(`lock table ${table} in share row exclusive mode`)
        locked.resolve()
        await gate.promise
      })
      await locked.promise
      const rotating = keeper.rotate(jurisdiction, newKey('ed25519')).then(
        () => 'done',
        () => 'cut',
      )
      let waiting: Array<{ pid: number }> = []
      for (let i = 0; i < 3000 && waiting.length === 0; i += 1) {
        waiting = await sql`select pid from pg_locks where relation = ${table}::regclass and not granted`
        await new Promise((done) => setTimeout(done, 20))
      }
      for (const { pid } of waiting) await sql`select pg_terminate_backend(${pid})`
      expect([table, await rotating]).toEqual([table, 'cut'])
      gate.resolve()
      await holding
      if (filesBack) {
        renameSync(keyPath, `${keyPath}.next`)
        const past = readdirSync(folder).filter((name) => name.startsWith('tlog-key.pem.until-'))
        renameSync(join(folder, past.sort().at(-1) ?? ''), keyPath)
      }
      // 进程死了：另起一个，从文件与库里接着办。
      keeper = new LogKeeper({ office: t.office, folder, host: null })
      t.ctx.log = keeper
      const begun = existsSync(`${keyPath}.next`) ? `${keyPath}.next` : keyPath
      const { formatVerifierKey } = await import('@dianzhang/tlog')
      const coming = formatVerifierKey(signerOf(readFileSync(begun), before.origin).key)
      // 文件已经换的、已经记下的，签一次就接着换完；其余的再说一次，用当时的那一把。
      if (table !== 'tlog_cosignatures')
        expect((await keeper.rotate(jurisdiction, newKey('ed25519'))).vkey).toBe(coming)
      expect((await keeper.head(jurisdiction))?.held).toBeNull()
      expect(existsSync(`${keyPath}.next`)).toBe(false)
      expect(keeper.keys(jurisdiction).current[0]).toBe(coming)
      expect(keeper.keys(jurisdiction).retired).toHaveLength(retired.length + 1)
      const named: string[] = []
      for (const keys of [before.keys, trust().keys]) {
        named.length = 0
        const audit = await auditLog(overHttp, {
          origin: before.origin,
          keys,
          onEntry: ({ type, key }) => type === 'key_change' && key && named.push(key),
        })
        expect([table, audit.faults]).toEqual([table, []])
      }
      expect(named.filter((key) => key === coming)).toHaveLength(1)
    }
  })
  test('见证人见过更长的日志：库比它旧，停签并说明；公布照旧', async () => {
    const { forge } = await import('../support/forged-log.ts')
    const own = new LogKeeper({ office: t.office, folder, host: null })
    const bytes: Uint8Array[] = []
    await auditLog(overHttp, { ...trust(), onEntry: (_e, _i, one) => bytes.push(one) })
    // 见证人签过的比库里多四条：库是旧备份，库外记的也一同失去了。
    const longer = forge([...bytes, ...bytes.slice(0, 4)], folder, trust().origin)
    const witness = new Witness({
      folder: join(folder, 'w3'),
      name: 'witness.test/w3',
      logs: keeper.keys(jurisdiction).current,
    })
    const note = new TextDecoder().decode((await longer('checkpoint')) ?? new Uint8Array())
    expect((await witness.add(utf8ToBytes(`old 0\n\n${note}`))).status).toBe(200)
    const server = witness.server()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const policy = join(folder, 'tlog-policy')
    writeFileSync(policy, `witness w3 ${witness.vkey} http://127.0.0.1:${port}\nquorum w3\n`)
    await own.askWitnesses(jurisdiction)
    const { size } = (await keeper.head(jurisdiction)) ?? { size: 0 }
    await withTransaction(t.office.db, (tx) => publishEntry(tx, entry(550), new Date()))
    const head = await own.head(jurisdiction)
    expect(head?.size).toBe(size)
    expect(head?.held).toContain(`见证人 witness.test/w3 见过 ${size + 4} 条`)
    expect(own.behind()).toBe(true)
    rmSync(policy)
    await new Promise((done) => server.close(done))
  })
  test('库比签出的旧：不签、说明原因；声明中断以后以新的名称继续，先前的一段写明摘要', async () => {
    const { readFileSync } = await import('node:fs')
    const file = join(folder, `tlog-${jurisdiction}.json`)
    const state = JSON.parse(readFileSync(file, 'utf8'))
    await expect(keeper.declareBreak(jurisdiction, '无')).rejects.toThrow('没有中断')
    writeFileSync(
      file,
      JSON.stringify({ ...state, size: state.size + 40, root: toBase64(fromBase64(state.root).reverse()) }),
    )
    const head = await keeper.head(jurisdiction)
    expect(head?.held).toContain('库中只有')
    expect((await get('/healthz')).log[0].reason).toContain('停签')
    await withTransaction(t.office.db, (tx) => publishEntry(tx, entry(600), new Date()))
    expect((await keeper.head(jurisdiction))?.size).toBe(head?.size)
    const { origin } = await keeper.declareBreak(jurisdiction, '测试：旧备份')
    const after = await keeper.head(jurisdiction)
    expect(after).toMatchObject({ held: null, origin })
    expect(after?.size).toBe((head?.size ?? 0) + 2)
    expect(keeper.breaks(jurisdiction)).toHaveLength(1)
  })
})
