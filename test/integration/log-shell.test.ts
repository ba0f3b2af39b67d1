// 公开日志在终端里怎样用：真的服务进程、真的见证人进程、只凭网址的镜像。旧备份恢复以后不签，从镜像补齐或者声明中断；
// 更换公钥；轮流杀死服务、镜像、见证人，没有一个大小签过两个根，公布不等见证人。
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { backup, restore, withTransaction } from '@dianzhang/database'
import { publishEntry } from '@dianzhang/register'
import { start as startHere } from '@dianzhang/server'
import { parseCheckpoint, toBase64 } from '@dianzhang/tlog'
import { installJobs } from '@dianzhang/workflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { dianzhang as commandLine } from '../support/command-line.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { publicEntry } from '../support/public-entry.ts'
import { type ServeProcess, startServe } from '../support/serve.ts'
import { testSite } from '../support/site.ts'

const launcher = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dz-log-shell-'))
const data = join(folder, 'data')
const mirror = join(folder, 'mirror')
const jurisdiction = '640522'
const running = new Set<ServeProcess>()
const children = new Set<ChildProcess>()
let database: TestDatabase
let server: ServeProcess
let number = 0

const start = async (): Promise<ServeProcess> => {
  const one = await startServe({ DATABASE_URL: database.url, DIANZHANG_DATA_DIR: data })
  running.add(one)
  return one
}
/** 在本进程里起同样的服务：不再另等一个进程。 */
const startInside = async (): Promise<ServeProcess> => {
  const { url, stop: end } = await startHere('serve', {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: '0',
    DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
    DIANZHANG_SITE: testSite,
    DIANZHANG_SECRET: 'a-secret-for-tests-that-is-long-enough-0123456789',
    LOG_LEVEL: 'fatal',
    DATABASE_URL: database.url,
    DIANZHANG_DATA_DIR: data,
  })
  const one = { url, pid: process.pid, serving: process.pid, said: () => '', kill: end }
  running.add(one)
  return one
}
const stop = async (one: ServeProcess, signal: NodeJS.Signals): Promise<void> => {
  running.delete(one)
  await one.kill(signal)
}
/** 公布一件，与服务同一个数据库；答复用了多少毫秒。 */
async function publish(): Promise<number> {
  number += 1
  const one = publicEntry(number, {
    jurisdiction,
    title: `海原县第${number}件办法`,
    documentNumber: `海政规发〔2026〕${number}号`,
    issuers: ['海原县人民政府'],
    body: `第一条 为了第${number}件事，制定本办法。`,
  })
  const begun = performance.now()
  await withTransaction(database.connect().db, (tx) => publishEntry(tx, one, new Date()))
  return performance.now() - begun
}
const read = async (path: string): Promise<string> => (await fetch(`${server.url}${path}`)).text()
const checkpoint = async () => parseCheckpoint(await read('/tlog/checkpoint'))

/** 在本进程里运行一条命令，读它写出的一行 JSON。 */
async function dianzhang(...args: string[]): Promise<{ code: number; out: Record<string, unknown>; err: string }> {
  const said = await commandLine([...args, '--json'], {
    DATABASE_URL: database.url,
    DIANZHANG_DATA_DIR: data,
    DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
    DIANZHANG_SITE: testSite,
    DIANZHANG_SECRET: 'a-secret-for-tests-that-is-long-enough-0123456789',
  })
  return { ...said, out: JSON.parse(said.out.trim() || '{}') }
}
/** 另外的进程，可以杀死；`says` 等到它写出这样的话。 */
async function child(args: string[], says?: RegExp): Promise<{ out: () => string; process: ChildProcess }> {
  const one = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(one)
  let out = ''
  one.stdout?.on('data', (chunk) => {
    out += chunk
  })
  for (let i = 0; says && !says.test(out) && i < 1200; i += 1) await pause(100)
  return { out: () => out, process: one }
}
const killed = async (one: ChildProcess): Promise<void> => {
  if (one.exitCode === null && one.signalCode === null) {
    const ended = new Promise((done) => one.once('exit', done))
    // 启动程序可能另起一个进程：连它一起。
    for (const pid of [...childrenOf(one.pid ?? 0), one.pid ?? 0])
      try {
        process.kill(pid, 'SIGKILL')
      } catch {}
    await ended
  }
  children.delete(one)
}
const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

beforeAll(async () => {
  database = await testDatabase()
  server = await start()
  for (let i = 0; i < 3; i += 1) await publish()
})
afterAll(async () => {
  for (const one of [...running]) await stop(one, 'SIGTERM').catch(() => {})
  for (const one of [...children]) await killed(one)
  rmSync(folder, { recursive: true, force: true })
})

test('核对、镜像、证明文件；坏的证明、别的日志、连不上各有一句话', async () => {
  const vkey = (await read('/tlog/vkey')).trim()
  expect(vkey).toMatch(/^gf\.example\.gov\.cn\/tlog\/640522\+/)
  const tlog = `${server.url}/tlog/`
  expect((await dianzhang('log', 'verify', tlog, '-k', vkey, '--register', server.url)).out).toMatchObject({
    ok: true,
    differences: [],
  })
  expect((await dianzhang('log', 'mirror', tlog, '-k', vkey, '-d', mirror)).out).toMatchObject({ ok: true })
  expect((await dianzhang('log', 'verify', mirror)).out).toMatchObject({ ok: true })
  const proof = join(folder, '1.tlog-proof')
  const source = await read('/public/v1/proofs/1')
  writeFileSync(proof, source)
  const check = () => dianzhang('log', 'verify', tlog, '-k', vkey, '-p', proof)
  expect(await check()).toMatchObject({ code: 0, out: { verdict: 'genuine' } })
  const said = new Set<string>()
  for (const [spoilt, verdict] of [
    [source.replace(/^index 1$/m, 'index 0'), 'not_included'],
    [source.replace('gf.example.gov.cn/tlog/640522\n', 'gf.other.gov.cn/tlog/640522\n'), 'other_origin'],
    [source.slice(0, 40), 'malformed'],
    [source.replace(/^index 1$/m, 'index 9'), 'outside'],
  ] as const) {
    writeFileSync(proof, spoilt)
    const { code, out } = await check()
    expect({ code, verdict: out.verdict }).toEqual({ code: 1, verdict })
    said.add(String(out.says))
  }
  said.add((await dianzhang('log', 'verify', 'http://127.0.0.1:9/tlog/', '-k', vkey)).err)
  said.add((await dianzhang('log', 'verify', `${server.url}/nothing/`, '-k', vkey)).out.faults?.toString() ?? '')
  said.add((await dianzhang('log', 'verify', tlog, '-k', 'nonsense')).err)
  expect(said.size).toBe(7)
  for (const one of [...said].filter((text) => !text.startsWith('['))) expect(one).toMatch(/[一-龥]/)
})

test('轮流杀死服务、镜像、见证人：公布不等，没有一个大小有两个根，见证与副本随后接上', async () => {
  const vkey = (await read('/tlog/vkey')).trim()
  const witnessArgs = ['log', 'witness', '-d', join(folder, 'w1'), '-n', 'witness.test/w1', '-l', vkey, '--json']
  let witness = await child([...witnessArgs, '-p', '0'], /\n/)
  const { vkey: seen, url } = JSON.parse(witness.out()) as { vkey: string; url: string }
  const { port } = new URL(url)
  writeFileSync(join(data, 'anchors', 'tlog-policy'), `witness w1 ${seen} ${url}\nquorum w1\n`)
  const roots = new Map<number, Set<string>>()
  const note = async () => {
    const { size, root } = await checkpoint()
    roots.set(size, (roots.get(size) ?? new Set()).add(toBase64(root)))
    return size
  }
  const slowest: number[] = []
  for (const victim of ['witness', 'server', 'mirror'] as const) {
    slowest.push(await publish())
    await note()
    if (victim === 'witness') await killed(witness.process)
    if (victim === 'server') {
      // 签到一半：读检查点的同时杀死。
      const asked = fetch(`${server.url}/tlog/checkpoint`).catch(() => null)
      await stop(server, 'SIGKILL')
      await asked
      slowest.push(await publish())
      server = await start()
    }
    if (victim === 'mirror') {
      const copying = await child(['log', 'mirror', `${server.url}/tlog/`, '-d', mirror, '--json'])
      await pause(400)
      await killed(copying.process)
    }
    slowest.push(await publish())
    await note()
  }
  // 等的话，要等到见证人的时限（五秒）。
  for (const ms of slowest) expect(ms).toBeLessThan(4_500)
  for (const [size, each] of roots) expect([...each], `${size}`).toHaveLength(1)
  // 见证人回来，巡查时再请；它见过的不后退。
  witness = await child([...witnessArgs, '-p', port], /\n/)
  await publish()
  await expect
    .poll(async () => (await checkpoint()).note.signatures.map(({ name }) => name))
    .toContain('witness.test/w1')
  const verified = await dianzhang('log', 'verify', `${server.url}/tlog/`, '-k', vkey, '-w', seen, '-q', '1')
  expect(verified.out).toMatchObject({ ok: true, witnesses: ['witness.test/w1'] })
  expect((await dianzhang('log', 'mirror', `${server.url}/tlog/`, '-d', mirror)).out).toMatchObject({ ok: true })
  await killed(witness.process)
})

test('见证规则写坏了：照旧公布、照旧签，页面与地址说明原因', async () => {
  writeFileSync(join(data, 'anchors', 'tlog-policy'), 'witness w1\n')
  const { size } = await checkpoint()
  await publish()
  expect((await checkpoint()).size).toBe(size + 1)
  const { logs } = JSON.parse(await read('/.well-known/dianzhang-log.json')) as { logs: Array<{ policyFault: string }> }
  expect(logs[0]?.policyFault).toContain('第 1 行')
  expect(await read('/tlog')).toContain('见证规则第 1 行')
  rmSync(join(data, 'anchors', 'tlog-policy'))
})

test('更换公钥：运行中的服务随即改用新的；副本凭新旧两签认新的公钥；此后旧公钥签的不认', async () => {
  const before = (await read('/tlog/vkey')).trim()
  const oldKey = join(folder, 'old-key.pem')
  cpSync(join(data, 'anchors', 'tlog-key.pem'), oldKey)
  const { out } = await dianzhang('log', 'rotate', '-j', jurisdiction)
  const { vkey, until } = out as { vkey: string; until: number }
  expect((await read('/tlog/vkey')).trim()).toBe(vkey)
  await publish()
  await checkpoint()
  // 只知道旧公钥的人，凭更换时的检查点认新的。
  const tlog = `${server.url}/tlog/`
  expect((await dianzhang('log', 'verify', tlog, '-k', before)).out).toMatchObject({ ok: true })
  expect((await dianzhang('log', 'mirror', tlog, '-d', mirror)).out).toMatchObject({ ok: true })
  expect(readFileSync(join(mirror, 'vkey'), 'utf8').trim()).toBe(vkey)
  expect(readFileSync(join(mirror, 'retired'), 'utf8').trim()).toBe(`${before}:${until}`)
  // 得到旧密钥的人再签一个更大的：条目里写着已经更换，三种人都不认。
  const { forge } = await import('../support/forged-log.ts')
  const { auditLog, trustedText } = await import('@dianzhang/server')
  const entries: Uint8Array[] = []
  const honest = await auditLog(
    async (path) => {
      const answer = await fetch(new URL(path, tlog))
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
    },
    {
      origin: 'gf.example.gov.cn/tlog/640522',
      keys: [trustedText(vkey)],
      onEntry: (_e, _i, bytes) => entries.push(bytes),
    },
  )
  expect(honest.faults).toEqual([])
  const stolen = join(folder, 'stolen')
  mkdirSync(stolen)
  cpSync(oldKey, join(stolen, 'tlog-key.pem'))
  const forged = forge(entries, stolen, 'gf.example.gov.cn/tlog/640522')
  for (const keys of [
    [trustedText(before)],
    [{ ...trustedText(before), until }],
    [trustedText(vkey), { ...trustedText(before), until }],
  ]) {
    const audit = await auditLog(forged, { origin: 'gf.example.gov.cn/tlog/640522', keys })
    expect(audit.faults.map((x) => x.code)).toEqual(['retired_key'])
  }
})

test('恢复旧备份：到期的事不办、日志不长、不签；从镜像补齐以后同一个根、照旧签，其间的文号留住；补不齐的声明中断', async () => {
  const file = join(folder, 'backup.gz')
  await backup(database.url, file)
  const lost = [await publish(), await publish()]
  expect(lost).toHaveLength(2)
  const { size, root } = await checkpoint()
  expect((await dianzhang('log', 'mirror', `${server.url}/tlog/`, '-d', mirror)).out).toMatchObject({ ok: true, size })
  await stop(server, 'SIGTERM')
  const older = await testDatabase({ empty: true })
  await installJobs(older.url)
  await restore(file, older.url)
  database = older
  server = await startInside()
  const held = await fetch(`${server.url}/tlog/checkpoint`)
  expect((await held.text()).split('\n')[1]).toBe(String(size - 2))
  expect(held.headers.get('warning')).toContain('held')
  expect(await read('/tlog')).toContain('须从镜像补齐')
  expect(JSON.parse(await read('/healthz')).log[0].reason).toContain('停签')
  const { sql } = database.connect()
  const count = async () => (await sql`select count(*)::int as n from tlog_entries`)[0]?.n as number
  const there = await count()
  await pause(1500)
  expect(await count()).toBe(there)
  const caught = await dianzhang('log', 'catch-up', '-j', jurisdiction, '-f', mirror)
  // 补回的是摘要：登记库里还没有的那两件，答复里写明。
  expect(caught.out).toMatchObject({
    added: 2,
    size,
    held: null,
    lost: [`doc-${number - 1}`, `doc-${number}`],
    says: expect.stringContaining('重新登记以前'),
  })
  const after = await checkpoint()
  expect([after.size, toBase64(after.root)]).toEqual([size, toBase64(root)])
  const [open] =
    await sql`select value from settings where key like 'restoration:%' and jurisdiction_id = ${jurisdiction}`
  expect(JSON.stringify(open?.value)).toContain(`"last":${number},`)
  await publish()
  expect((await checkpoint()).size).toBe(size + 1)
  expect((await dianzhang('log', 'mirror', `${server.url}/tlog/`, '-d', mirror)).out).toMatchObject({ ok: true })
  expect((await verifyDatabase(sql)).faults.filter((x) => x.check === 'log')).toEqual([])

  // 又恢复一次，这次恢复以后先公布了别的：补不齐，只能声明中断。
  await stop(server, 'SIGTERM')
  const forked = await testDatabase({ empty: true })
  await installJobs(forked.url)
  await restore(file, forked.url)
  database = forked
  await publish()
  server = await startInside()
  expect(await dianzhang('log', 'catch-up', '-j', jurisdiction, '-f', mirror)).toMatchObject({
    code: 1,
    err: expect.stringContaining('已经分叉'),
  })
  const broken = await dianzhang('log', 'break', '-j', jurisdiction, '--reason', '机房失火，\n旧备份之后的已经失去')
  const { origin, notice } = broken.out as { origin: string; notice: string }
  expect(origin).toBe('gf.example.gov.cn/tlog/640522/2')
  expect(notice).toContain('机房失火， 旧备份之后的已经失去')
  expect(notice.match(/^— /gm)).toHaveLength(2)
  expect((await checkpoint()).origin).toBe(origin)
  expect(await read('/tlog')).toContain('机房失火')
  expect((await dianzhang('log', 'verify', `${server.url}/tlog/`)).out).toMatchObject({ ok: true, origin })
  // 先前的副本不再跟着走：换了名称，须由人决定。
  expect((await dianzhang('log', 'mirror', `${server.url}/tlog/`, '-d', mirror)).out).toMatchObject({ ok: false })
  expect(existsSync(join(mirror, 'checkpoint'))).toBe(true)
  expect(readdirSync(join(data, 'anchors')).some((name) => name.startsWith('tlog-key.pem.until-'))).toBe(true)
})
