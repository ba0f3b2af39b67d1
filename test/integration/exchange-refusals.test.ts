// 一个陌生的、一个认识的寄件方，向一个真实的服务进程送各种不能收的包：每一种各有自己的拒绝与签名的回执；乱序、重复、补送的
// 最后都收齐；一条被人从库里删去，对账指出正是它。
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { digestOf, type Manifest, manifestText, pathOf, requestText, signedText } from '@dianzhang/exchange'
import { formatNote, formatVerifierKey } from '@dianzhang/tlog'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { packageStream } from '../../apps/server/src/exchange/package.ts'
import { newKey, signerOf } from '../../apps/server/src/log/keys.ts'
import { type System, system, until } from '../support/two-systems.ts'

const me = 'c.example.gov.cn/tlog/640521'
let b: System
const key = signerOf(newKey('ed25519'), me)
const older = signerOf(newKey('ed25519'), me)
const folder = mkdtempSync(join(tmpdir(), 'dianzhang-refusals-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Payload = Record<string, unknown>
const save = async (keys: string[]) => {
  const answer = await (await b.as('admin')).post('/api/exchange/peers', {
    name: me,
    label: '中宁县系统',
    address: '',
    keys,
    receivesAt: 'zw-gov',
    tracks: ['government'],
    reason: '试',
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
}
beforeAll(async () => {
  b = await system('b.example.gov.cn')
  // 先登记旧的，再换成新的：旧的成为已更换的。
  await save([formatVerifierKey(older.key)])
  await save([formatVerifierKey(key.key)])
})

let seq = 0
let last: string | null = null
interface Shape {
  files?: Array<{ name: string; bytes: Buffer }>
  patch?: Partial<Manifest>
  command?: Payload
  signer?: typeof key
  /** 不占往来的序号：反正不会收下。 */
  outside?: boolean
}
const about = randomUUID()
function message({ files = [], patch = {}, command, signer = key, outside = false }: Shape) {
  const id = randomUUID()
  const listed = files.map(({ name, bytes }, i) => ({
    path: pathOf(i + 1, name),
    item: '正式文本',
    name,
    mediaType: 'text/plain',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
  }))
  const manifest = {
    v: 1,
    id,
    from: me,
    to: b.name,
    seq,
    prev: last,
    at: '2026-11-18T01:00:00.000Z',
    files: listed,
    kind: 'command',
    about,
    track: 'government',
    recipient: '中卫市人民政府',
    on: '2026-11-18',
    document: {
      entry: 'e-1',
      matter: `m-${patch.about ?? about}`,
      title: '中宁县枸杞产业扶持办法',
      number: '宁政规发〔2026〕1号',
      registry: null,
      tier: 'government',
      issuers: ['中宁县人民政府'],
      draftingUnit: '中宁县农业农村局',
      publishedOn: '2026-11-02',
      effectiveDate: '2026-12-05',
      address: null,
      log: { origin: me, index: 3 },
    },
    command: command ?? {
      type: 'ReceiveFiling',
      materials: ['备案报告', '正式文本', '审查说明'],
      sentOn: '2026-11-18',
      textHash: 'x',
    },
    ...patch,
  } as Manifest
  if (!outside) {
    seq += 1
    last = manifest.id
  }
  const text = manifestText(manifest)
  const note = signed(manifest, text, signer)
  return {
    manifest,
    text,
    note,
    contents: files.map((file, i) => ({ path: listed[i]?.path ?? '', bytes: file.bytes })),
  }
}
const signed = (manifest: Manifest, text: string, signer = key) => {
  const plain = signedText(manifest, digestOf(text))
  return formatNote({ text: plain, signatures: [signer.signText(plain)] })
}
const zipOf = async (
  { text, note, contents }: ReturnType<typeof message>,
  more: Array<[string, Buffer]> = [],
  compression: 'STORE' | 'DEFLATE' = 'STORE',
) => {
  const zip = new JSZip()
  zip.file('manifest.json', text)
  zip.file('manifest.sig', note)
  for (const { path, bytes } of contents) zip.file(path, bytes, { createFolders: false })
  for (const [path, bytes] of more) zip.file(path, bytes, { createFolders: false })
  return Buffer.from(await zip.generateAsync({ type: 'uint8array', compression }))
}
async function send(bytes: Buffer) {
  const answer = await fetch(`${b.url}/exchange/v1/packages`, {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: new Uint8Array(bytes),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as Payload & {
      detail?: string
      reasons?: Array<{ code: string; says: string; file?: string }>
      receipts?: Array<{ manifest: string; note: string }>
      statement?: { statement: string; note: string } | null
    },
  }
}
const refused = async (bytes: Buffer, code: string, status: number, words: RegExp) => {
  const { status: got, body } = await send(bytes)
  expect(
    body.reasons?.map((x) => x.code),
    JSON.stringify(body),
  ).toEqual([code])
  expect(got).toBe(status)
  expect(body.detail).toMatch(words)
  expect(body.statement?.note).toContain(`— ${b.name} `)
  return body
}
const file = (text = '第一条 为了……') => [{ name: '正式文本.txt', bytes: Buffer.from(text) }]
const receipts = async (id: string) =>
  (await (await fetch(`${b.url}/exchange/v1/packages/${id}/receipts`)).json()) as {
    digest: string
    receipts: Array<{
      step: string
      stepLabel: string
      reasons: Array<{ code: string; file?: string }>
      manifest: string
    }>
  }

describe('不能收的包', () => {
  it('不是 ZIP、没有清单、清单不合格式、目录以外的路径、没有列出的文件，各有一句', async () => {
    await refused(Buffer.from('不是压缩包'), 'broken_package', 422, /读不出来/)
    const whole = await zipOf(message({ files: file(), outside: true }))
    await refused(whole.subarray(0, whole.length - 40), 'broken_package', 422, /读不出来/)
    const none = new JSZip()
    none.file('a.txt', 'x')
    await refused(Buffer.from(await none.generateAsync({ type: 'uint8array' })), 'broken_package', 422, /没有清单/)
    const loose = message({ outside: true })
    await refused(
      await zipOf({ ...loose, text: JSON.stringify(JSON.parse(loose.text), null, 1) }),
      'bad_manifest',
      422,
      /规范 JSON/,
    )
    for (const path of ['../../etc/cron.d/x', '/etc/x', 'files/../../x'])
      await refused(
        await zipOf(message({ outside: true }), [[path, Buffer.from('x')]]),
        'unsafe_path',
        422,
        /不能收的文件名/,
      )
  })
  it('说自己多大都不算：声称很小、展开很大的不展开；超过一兆又没有签名的请求不收', async () => {
    const bomb = message({ files: file('x') })
    const body = await refused(
      await zipOf(
        { ...bomb, contents: [{ path: bomb.contents[0]?.path ?? '', bytes: Buffer.alloc(50_000_000) }] },
        [],
        'DEFLATE',
      ),
      'changed_file',
      422,
      /摘要不同/,
    )
    expect(body.reasons?.[0]?.file).toContain('正式文本')
    const answer = await send(Buffer.alloc(2 * 1024 * 1024))
    expect(answer.status).toBe(413)
    const large = message({
      patch: {
        files: [
          { path: 'files/1-x', item: '', name: 'x', mediaType: '', sha256: '0'.repeat(64), size: 100 * 1024 * 1024 },
          { path: 'files/2-x', item: '', name: 'x', mediaType: '', sha256: '0'.repeat(64), size: 1 },
        ],
      },
    })
    await refused(await zipOf(large), 'too_large', 413, /100 MB/)
  })
  it('不认识的寄件方、别人签的、已更换的旧密钥、收件方不是这里、机关不由这里受理、没有约定的轨道', async () => {
    const stranger = signerOf(newKey('ed25519'), 'x.example/tlog/1')
    await refused(
      await zipOf(message({ outside: true, signer: stranger, patch: { from: 'x.example/tlog/1' } })),
      'unknown_sender',
      403,
      /不认识寄件方“x\.example/,
    )
    await refused(
      await zipOf(message({ outside: true, signer: signerOf(newKey('ed25519'), me) })),
      'bad_signature',
      403,
      /签名/,
    )
    await refused(await zipOf(message({ outside: true, signer: older })), 'old_key', 403, /旧密钥/)
    await refused(
      await zipOf(message({ outside: true, patch: { to: 'z.example/tlog/1' } })),
      'wrong_recipient',
      422,
      /不是我方/,
    )
    const other = message({ patch: { recipient: '海原县人民政府' } as never })
    await refused(await zipOf(other), 'wrong_recipient', 422, /海原县人民政府/)
    const track = message({ patch: { track: 'npc', about: randomUUID() } as never })
    await refused(await zipOf(track), 'not_agreed', 403, /没有约定/)
    // 认识的寄件方，拒绝也记在往来里，回执写明包的摘要。
    const kept = await receipts(other.manifest.id)
    expect(kept.digest).toBe(digestOf(other.text))
    expect(kept.receipts.map(({ step, reasons }) => [step, reasons[0]?.code])).toEqual([
      ['rejected', 'wrong_recipient'],
    ])
    expect(JSON.parse(kept.receipts[0]?.manifest ?? '{}')).toMatchObject({
      about: other.manifest.id,
      digest: kept.digest,
    })
  })
  it('改了一个字节、缺一个文件的点名那个文件；原样再送即收下；再来一次同样的答复；同一标识另外的内容是冲突', async () => {
    const one = message({ files: file(), patch: { about: randomUUID() } as never })
    const changed = { ...one, contents: one.contents.map((x) => ({ ...x, bytes: Buffer.from('第一条 为了…?') })) }
    await refused(
      await zipOf({
        ...changed,
        contents: [
          {
            path: one.contents[0]?.path ?? '',
            bytes: Buffer.concat([(one.contents[0]?.bytes ?? Buffer.alloc(0)).subarray(0, -1), Buffer.from('!')]),
          },
        ],
      }),
      'changed_file',
      422,
      /1-正式文本\.txt/,
    )
    await refused(await zipOf({ ...one, contents: [] }), 'missing_file', 422, /1-正式文本\.txt/)
    await refused(await zipOf(one, [['files/9-x.txt', Buffer.from('x')]]), 'extra_file', 422, /9-x\.txt/)
    const good = await zipOf(one)
    const taken = await send(good)
    expect(taken.status, JSON.stringify(taken.body)).toBe(200)
    expect(taken.body).toMatchObject({ id: one.manifest.id, state: 'accepted' })
    const again = await send(good)
    expect(again.body).toMatchObject({ id: one.manifest.id, state: 'again' })
    // 收下以后，途中损坏的旧包再来，不改变什么。
    expect((await send(await zipOf({ ...one, contents: [] }))).status).toBe(422)
    const other = { ...one.manifest, at: '2026-11-18T02:00:00.000Z' } as Manifest
    const text = manifestText(other)
    await refused(await zipOf({ ...one, manifest: other, text, note: signed(other, text) }), 'same_id', 409, /内容不同/)
    const steps = await until(
      '送到',
      () => receipts(one.manifest.id),
      (x) => x.receipts.some(({ step }) => step === 'delivered'),
    )
    expect(steps.receipts.map(({ step, reasons }) => reasons[0]?.code ?? step)).toEqual(
      expect.arrayContaining(['changed_file', 'missing_file', 'extra_file', 'accepted', 'same_id', 'delivered']),
    )
  })
  it('将近一百兆的一包逐段收下，服务进程的内存不随之增长', async () => {
    const bytes = randomBytes(95 * 1024 * 1024)
    const one = message({ files: [{ name: '正式文本（扫描）.pdf', bytes }], patch: { about: randomUUID() } as never })
    const signedRequest = (method: string, path: string) => {
      const text = requestText({ from: me, to: b.name, method, path, at: new Date().toISOString() })
      return `Dianzhang ${Buffer.from(formatNote({ text, signatures: [key.signText(text)] })).toString('base64')}`
    }
    const resident = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${b.process?.serving}/status`, 'utf8'))?.[1] ?? 0) / 1024
    /** 其间常驻内存至多比开始时多几兆。 */
    const growth = async (work: () => Promise<void>): Promise<number> => {
      const before = resident()
      let most = before
      const timer = setInterval(() => {
        most = Math.max(most, resident())
      }, 20)
      await work()
      clearInterval(timer)
      return Math.round(Math.max(most, resident()) - before)
    }
    const packed = packageStream({ manifest: one.text, note: one.note }, one.manifest.files, async function* () {
      for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20))
    })
    const taking = await growth(async () => {
      const answer = await fetch(`${b.url}/exchange/v1/packages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/zip',
          authorization: signedRequest('POST', '/exchange/v1/packages'),
        },
        body: Readable.toWeb(packed) as ReadableStream,
        duplex: 'half',
      } as RequestInit)
      expect(answer.status, await answer.text()).toBe(200)
    })
    expect(taking, `收将近一百兆，多用 ${taking} MB`).toBeLessThan(70)
  })
  it('先到的后办：后一包先来，等前一包；办不成的说明为什么', async () => {
    const filing = randomUUID()
    const first = message({ files: file('另一件'), patch: { about: filing } as never })
    const second = message({
      patch: { about: filing } as never,
      command: { type: 'Explain', text: '没有人问。' },
    })
    expect((await send(await zipOf(second))).body).toMatchObject({ state: 'accepted' })
    expect((await receipts(second.manifest.id)).receipts.map(({ step }) => step)).toEqual(['accepted'])
    expect((await send(await zipOf(first))).status).toBe(200)
    const said = await until(
      '办',
      () => receipts(second.manifest.id),
      (x) => x.receipts.length > 1,
    )
    expect(said.receipts.at(-1)).toMatchObject({ step: 'not_delivered', stepLabel: '没有办成' })
    expect((await receipts(first.manifest.id)).receipts.map(({ step }) => step)).toEqual(['accepted', 'delivered'])
    // 收件方的命令，寄件方不能送来。
    const foreign = message({
      patch: { about: filing } as never,
      command: { type: 'RegisterFiling', number: '假备〔2026〕1号' },
    })
    await send(await zipOf(foreign))
    const answered = await until(
      '办',
      () => receipts(foreign.manifest.id),
      (x) => x.receipts.length > 1,
    )
    expect(JSON.stringify(answered.receipts.at(-1)?.reasons)).toContain('不由对方办理')
  })
  it('没有签名的请求取不到记录与包；别人的标识也取不到', async () => {
    for (const path of [
      'ledger?after=-1',
      'ledger/head',
      'ledger/tile?level=0&index=0',
      `packages/${randomUUID()}`,
      `packages/${randomUUID()}/receipts`,
    ])
      expect((await fetch(`${b.url}/exchange/v1/${path}`)).status, path).toBe(404)
    expect((await (await b.as('secretariat')).post('/api/exchange/peers', { name: 'x' })).status).toBe(403)
  })
  it('同样的一包做两次，一个字节不差；核验读全部往来', async () => {
    const one = message({ files: file('定稿'), outside: true })
    const make = async () => {
      const pieces: Buffer[] = []
      for await (const piece of packageStream(
        { manifest: one.text, note: one.note },
        one.manifest.files,
        async function* () {
          yield one.contents[0]?.bytes ?? Buffer.alloc(0)
        },
      ))
        pieces.push(piece as Buffer)
      return Buffer.concat(pieces)
    }
    const bytes = await make()
    expect(bytes.equals(await make())).toBe(true)
    const read = await JSZip.loadAsync(bytes)
    expect(await read.file(one.contents[0]?.path ?? '')?.async('string')).toBe('定稿')
    const report = await verifyDatabase(b.sql)
    expect(report.faults).toEqual([])
    expect(report.checks.find(({ check }) => check === 'exchange')?.checked).toBeGreaterThan(10)
    // 绕过守卫删去一条、改一个字节：核验指出来。
    const [gone] =
      await b.sql`select id, seq from exchange_messages where peer = ${me} and direction = 'in' order by seq limit 1`
    await b.sql.unsafe(`alter table exchange_messages disable trigger all;
      delete from exchange_messages where id = '${gone?.id}' and direction = 'in';
      update exchange_messages set manifest = manifest || ' ' where direction = 'in' and seq = ${Number(gone?.seq) + 2};
      alter table exchange_messages enable trigger all`)
    const after = (await verifyDatabase(b.sql)).faults.map(({ message }) => message).join('\n')
    expect(after).toContain('的清单被改动')
    expect(after).toMatch(/应有 \d+ 条，只有 \d+ 条/)
  })
})
