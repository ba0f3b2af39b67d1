// 更换密钥的交接：两个服务、两个数据库（两个真实的进程之间的往来见 exchange.test.ts）。甲换了密钥，由旧密钥签名告知乙；并用期内新旧都收，期满之日以后旧的不收，各有签名的回执；
// 旧回执照样核得过。也试文件夹，以及管理员自己登记新的公钥、定下旧的收到哪一日。
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOf, keyNoticeText, type Manifest, manifestText, signedBy, signedText } from '@dianzhang/exchange'
import { formatNote, formatVerifierKey, parseNote } from '@dianzhang/tlog'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { newKey, signerOf } from '../../apps/server/src/log/keys.ts'
import { dianzhang } from '../support/command-line.ts'
import { acquaint, act, type System, system, until } from '../support/two-systems.ts'

const [here, other] = ['a.example.gov.cn', 'b.example.gov.cn'] as const
type Json = Record<string, unknown>
let a: System
let b: System
const usb = mkdtempSync(join(tmpdir(), 'dianzhang-keys-'))
afterAll(() => rmSync(usb, { recursive: true, force: true }))
beforeAll(async () => {
  ;[a, b] = await Promise.all([system(here, { apart: false }), system(other, { apart: false })])
  await acquaint(a, b)
})

const run = async (at: System, host: string, ...args: string[]) => {
  const { code, out, err } = await dianzhang(args, {
    DATABASE_URL: at.database,
    DIANZHANG_DATA_DIR: at.folder,
    DIANZHANG_PUBLIC_URL: `http://${host}`,
    LOG_LEVEL: 'fatal',
  })
  return { code, out: `${out}${err}` }
}
const parsed = <T>({ code, out }: { code: number; out: string }): T => {
  expect(code, out).toBe(0)
  return JSON.parse(out) as T
}
interface Term {
  key: string
  state: string
  from: string | null
  lastDay: string | null
  announced: boolean
}
const peerOf = async (at: System, name: string) => {
  const { body } = await (await at.as('admin')).get('/api/exchange/peers')
  const { own, peers } = body as {
    own: { keys: string[]; before: Array<{ key: string; lastDay: string }> }
    peers: Array<Json & { name: string; keys: string[]; retired: string[]; terms: Term[]; told: Array<Json> }>
  }
  const peer = peers.find((each) => each.name === name)
  if (!peer) throw new Error(`没有登记 ${name}`)
  return { own, peer }
}
const turn = async (one: System) => {
  const answer = await (await one.as('admin')).post('/api/exchange/turn', {})
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}
/** 甲新说的一句命令，等到乙办了；还它的签名。 */
let said = ''
async function delivered(): Promise<string> {
  const look = async () => {
    await turn(a)
    await turn(b)
    const [row] =
      await a.sql`select id, state, note, why from exchange_messages where direction = 'out' and peer = ${b.name}
      and kind = 'command' order by seq desc limit 1`
    return row as unknown as { id: string; state: string; note: string; why: string | null }
  }
  const sent = await until('送到', look, (row) => row?.state === 'delivered' && row.id !== said)
  said = sent.id
  return sent.note
}
/** 同一件备案在两边的标识。 */
let filing = { here: '', there: '' }
/** 甲报送一件未报送的文件；等到乙办了。 */
async function filed(): Promise<string> {
  const [row] =
    await a.sql`select m.id from matters m join documents d on d.jurisdiction_id = m.jurisdiction_id and d.id = m.id
    where m.stage = 'effective' and d.tier = 'government'
      and m.snapshot #>> '{context,dossier,filings,government,status}' = 'due' order by m.id limit 1`
  await act(
    a,
    'secretariat',
    String(row?.id),
    'FileDocument',
    { track: 'government', materials: ['正式文本'] },
    'documents',
  )
  const note = await delivered()
  const [theirs] = await b.sql`select id, snapshot #>> '{context,dossier,exchange,about}' as about from matters
    where process = 'filing-review' and snapshot #>> '{context,dossier,exchange,peer}' = ${a.name}`
  filing = { here: String(theirs?.about), there: String(theirs?.id) }
  return note
}
/** 等到甲的案卷随乙办到这一阶段。 */
const followed = (stage: string) =>
  until(
    stage,
    async () => {
      await turn(b)
      const [row] = await a.sql`select stage from matters where id = ${filing.here}`
      return row?.stage
    },
    (found) => found === stage,
  )
/** 乙退回补正，甲补齐；等到乙办了。 */
async function supplemented(): Promise<string> {
  await act(b, 'registrar', filing.there, 'DeferFiling', { items: ['审查说明'] })
  await followed('deferred')
  await act(a, 'secretariat', filing.here, 'Resubmit', {
    supplied: [{ item: '审查说明', file: { name: '审查说明.txt', content: '审查说明：合法。' } }],
    note: '已经补齐。',
  })
  return delivered()
}
/** 乙登记、函询，甲答复；等到乙办了。 */
async function explained(): Promise<string> {
  await act(b, 'registrar', filing.there, 'RegisterFiling', { number: '卫备〔2026〕101号' })
  await act(b, 'filing.city', filing.there, 'StartReview', { kind: 'own' })
  await act(b, 'filing.city', filing.there, 'RecordCheck', { items: [{ item: 'powers', result: 'doubt' }] })
  await act(b, 'filing.city', filing.there, 'AskExplanation', {
    questions: '第三条的依据是什么？',
    until: '2026-12-15',
  })
  await followed('inquiry')
  await act(a, 'secretariat', filing.here, 'Explain', { text: '依据《民法典》。' })
  return delivered()
}
const notices = async (to: string, notice: string) => {
  const answer = await fetch(`${b.url}/exchange/v1/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to, notice }),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as Json & {
      state?: string
      reasons?: Array<{ code: string; says: string }>
      statement?: { statement: string; note: string }
    },
  }
}
/** 以 `signer` 之名送乙一包；不占往来的序号，反正不会收下。 */
async function packageBy(signer: ReturnType<typeof signerOf>, from: string, to = b.name) {
  const manifest = {
    v: 1,
    id: randomUUID(),
    from,
    to,
    seq: 900_000,
    prev: null,
    at: '2026-11-18T01:00:00.000Z',
    files: [],
    kind: 'receipt',
    about: randomUUID(),
    digest: '0'.repeat(64),
    step: 'accepted',
    reasons: [],
  } as Manifest
  const text = manifestText(manifest)
  const plain = signedText(manifest, digestOf(text))
  const zip = new JSZip()
  zip.file('manifest.json', text)
  zip.file('manifest.sig', formatNote({ text: plain, signatures: [signer.signText(plain)] }))
  const answer = await fetch(`${b.url}/exchange/v1/packages`, {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: new Uint8Array(await zip.generateAsync({ type: 'uint8array' })),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as Json & {
      reasons?: Array<{ code: string; says: string }>
      statement?: { statement: string; note: string }
    },
  }
}
const clock = async (at: System, now: string) => {
  const answer = await (await at.as('admin')).post('/api/demo/clock', { now })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}
const keyFile = (at: System, match: RegExp) => {
  const folder = join(at.folder, 'anchors')
  const name = readdirSync(folder)
    .filter((each) => match.test(each))
    .sort()
    .at(-1)
  if (!name) throw new Error(`没有密钥文件：${readdirSync(folder).join('、')}`)
  return readFileSync(join(folder, name))
}

describe('更换密钥的交接', () => {
  let first = ''
  let notice = ''
  it('甲换了密钥，乙凭旧密钥的签名收下新的；并用期内两把都签、都收；双方的往来不断', async () => {
    first = await filed()
    const { vkey } = parsed<{ vkey: string }>(
      await run(a, here, 'log', 'rotate', '-j', '640522', '--overlap', '10', '--json'),
    )
    expect(vkey).not.toBe(a.key)
    // 换了以后马上来往：不论告知先到还是包先到，都收。
    const second = await supplemented()
    expect(signedBy(parseNote(second), [a.key])).toBe(true)
    expect(signedBy(parseNote(second), [vkey])).toBe(true)
    const { peer } = await until(
      '乙收下新的公钥',
      async () => {
        await turn(a)
        return peerOf(b, a.name)
      },
      (x) => x.peer.keys.includes(vkey),
    )
    expect(peer.terms).toMatchObject([
      { key: vkey, state: 'holding', lastDay: null, announced: true },
      { key: a.key, state: 'ending', lastDay: '2026-11-28', announced: false },
    ])
    expect(peer.terms[0]?.from).toMatch(/^2026-11-18/)
    expect(peer.keys).toEqual([vkey, a.key])
    // 甲看得到乙签名的答复；记在乙的办公台账里，由系统办理。
    const mine = await until(
      '乙的答复',
      () => peerOf(a, b.name),
      (x) => x.peer.told.length > 0,
    )
    expect(mine.peer.told).toMatchObject([{ key: vkey, step: 'accepted', why: null }])
    expect(mine.own).toMatchObject({ keys: [vkey], before: [{ key: a.key, lastDay: '2026-11-28' }] })
    const [kept] = await b.sql`select terms from exchange_peers where name = ${a.name}`
    notice = (kept?.terms as Record<string, { notice?: string }> | undefined)?.[vkey]?.notice ?? ''
    expect(signedBy(parseNote(notice), [a.key])).toBe(true)
    const shown = await run(b, other, 'exchange', 'keys')
    expect(shown.out).toContain(`收 ${vkey}：自 2026-11-18 起（对方以旧密钥签名告知）`)
    expect(shown.out).toContain(`收到所定之日 ${a.key}：自 2026-11-18 起，到 2026-11-28 为止`)
    // 再来一次同样的答复，什么也不变。
    expect((await notices(b.name, notice)).body).toMatchObject({ state: 'again' })
    const [before] = await b.sql`select count(*)::int as n from exchange_peers where name = ${a.name}`
    expect(before?.n).toBe(1)
  })
  it('告知的话不是旧密钥签的、改了期满之日的、不认识的寄件方、来迟的、不是一句告知：各有签名的不收', async () => {
    const refused = async (text: string, code: string, words: RegExp) => {
      const { status, body } = await notices(b.name, text)
      expect(status).toBe(200)
      expect(body.state, JSON.stringify(body)).toBe('rejected')
      expect(body.reasons?.map((each) => each.code)).toEqual([code])
      expect(body.reasons?.[0]?.says).toMatch(words)
      const word = body.statement ?? { statement: '', note: '' }
      expect(signedBy(parseNote(word.note), [b.key])).toBe(true)
      expect(JSON.parse(word.statement)).toMatchObject({ step: 'rejected', digest: digestOf(text) })
    }
    const made = (name: string, lastDay: string, ...signers: Array<ReturnType<typeof signerOf>>) => {
      const text = keyNoticeText({ name, key: formatVerifierKey(signers[0]?.key ?? stranger.key), lastDay })
      return formatNote({ text, signatures: signers.map((each) => each.signText(text)) })
    }
    const stranger = signerOf(newKey('ed25519'), a.name)
    const next = signerOf(newKey('ed25519'), a.name)
    const old = signerOf(keyFile(a, /^tlog-key\.pem\.until-/), a.name)
    await refused(made(a.name, '2026-12-31', stranger, signerOf(newKey('ed25519'), a.name)), 'bad_signature', /签名/)
    await refused(notice.replace('2026-11-28', '2027-11-28'), 'bad_signature', /签名/)
    await refused(made(a.name, '2026-11-01', next, old), 'late_key', /来迟.*2026-11-01/)
    await refused(
      made('z.example/tlog/1', '2026-12-31', signerOf(newKey('ed25519'), 'z.example/tlog/1')),
      'unknown_sender',
      /不认识/,
    )
    await refused('不是签名', 'bad_notice', /不合格式/)
    expect((await notices('z.example/tlog/1', notice)).status).toBe(404)
    expect((await peerOf(b, a.name)).peer.terms).toHaveLength(2)
  })
  it('期满之日以后：旧密钥签的不收，写明收到哪一日，有签名的回执；新的照收；旧的告知不使它复活；旧回执照样核得过', async () => {
    const old = signerOf(keyFile(a, /^tlog-key\.pem\.until-/), a.name)
    // 期满以前签名是认的：不收只因收件方写错，什么也没有记下。
    const wrong = 'z.example/tlog/1'
    expect((await packageBy(old, a.name, wrong)).body.reasons?.map(({ code }) => code)).toEqual(['wrong_recipient'])
    for (const one of [a, b]) await clock(one, '2026-11-29T09:00:00+08:00')
    const { status, body } = await packageBy(old, a.name)
    expect(status).toBe(403)
    expect(body.reasons?.map(({ code }) => code)).toEqual(['old_key'])
    expect(body.reasons?.[0]?.says).toContain('收到2026-11-28为止')
    const word = body.statement ?? { statement: '', note: '' }
    expect(signedBy(parseNote(word.note), [b.key])).toBe(true)
    expect(JSON.parse(word.statement)).toMatchObject({ step: 'rejected', to: a.name, reasons: [{ code: 'old_key' }] })
    // 由旧密钥再告知另一把：不收。
    const thief = signerOf(newKey('ed25519'), a.name)
    const text = keyNoticeText({ name: a.name, key: formatVerifierKey(thief.key), lastDay: '2027-01-31' })
    const stolen = formatNote({ text, signatures: [thief.signText(text), old.signText(text)] })
    expect((await notices(b.name, stolen)).body).toMatchObject({ state: 'rejected', reasons: [{ code: 'old_key' }] })
    // 甲此后只用新的签；往来不断。
    const third = await explained()
    expect(signedBy(parseNote(third), [a.key])).toBe(false)
    const { peer } = await peerOf(b, a.name)
    expect(peer).toMatchObject({ retired: [a.key] })
    expect(peer.terms.find(({ key }) => key === a.key)).toMatchObject({ state: 'ended', lastDay: '2026-11-28' })
    // 换钥匙以前的包，只有旧的一行签名，仍在乙的记录里、核得过；甲此时交出的记录里添上新的一行。
    expect(parseNote(first).signatures).toHaveLength(1)
    for (const one of [a, b]) expect((await verifyDatabase(one.sql)).faults).toEqual([])
    const same = await until(
      '两边相同',
      async () => (await (await a.as('admin')).post('/api/exchange/reconcile', { peer: b.name })).body as Json,
      (x) => x.equal === true,
    )
    expect(same.requests).toBe(1)
  })
  it('用文件夹：告知与答复都是文件；管理员自己登记的，旧的收到所定的一日，没有定的立即不收', async () => {
    const before = await peerOf(a, b.name)
    a.key = before.own.keys[0] ?? ''
    await acquaint(a, b, { address: { a: '', b: '' } })
    const { vkey } = parsed<{ vkey: string }>(
      await run(b, other, 'log', 'rotate', '-j', '640522', '--overlap', '5', '--json'),
    )
    const peer = async () => (await peerOf(a, b.name)).peer
    expect((await peer()).keys).toEqual(before.peer.keys)
    parsed(await run(b, other, 'exchange', 'send', '-f', usb, '--json'))
    expect(readdirSync(usb).some((name) => name.startsWith('key-b.example.gov.cn'))).toBe(true)
    await run(a, here, 'exchange', 'receive', '-f', usb, '--json')
    expect((await peer()).terms).toMatchObject([
      { key: vkey, state: 'holding', announced: true },
      { key: b.key, state: 'ending', lastDay: '2026-12-04' },
    ])
    await run(b, other, 'exchange', 'receive', '-f', usb, '--json')
    expect((await peerOf(b, a.name)).peer.told).toMatchObject([{ key: vkey, step: 'accepted' }])
    writeFileSync(join(usb, 'key-坏的.json'), '{')
    expect((await run(a, here, 'exchange', 'receive', '-f', usb, '--json')).code).not.toBe(2)
    // 管理员登记第三把，旧的两把收到所定的一日。
    const third = formatVerifierKey(signerOf(newKey('ed25519'), b.name).key)
    const save = async (body: Json) =>
      (await a.as('admin')).post('/api/exchange/peers', {
        name: b.name,
        label: '中卫市备案系统',
        keys: [third],
        filesTo: 'zw-gov',
        reason: '对方来函',
        ...body,
      })
    const late = await save({ overlapUntil: '2026-11-01' })
    expect(late.status).toBe(422)
    expect(JSON.stringify(late.body)).toContain('overlapUntil')
    expect((await save({ overlapUntil: '2026-11-30' })).status).toBe(201)
    expect((await peer()).terms).toMatchObject([
      { key: third, state: 'holding', announced: false },
      { key: vkey, state: 'ending', lastDay: '2026-11-30' },
      { key: b.key, state: 'ending', lastDay: '2026-11-30' },
    ])
    expect((await save({})).status).toBe(201)
    expect((await save({ keys: [b.key] })).status).toBe(201)
    const now = await peer()
    expect(now.keys).toEqual([b.key])
    expect(now.retired.toSorted()).toEqual([third, vkey].toSorted())
  })
  it('乙送不到甲的：甲去取乙的告知，收下并送回签名的答复；没有签名的来问，一律没有', async () => {
    const current = async (one: System, other: System) => (await peerOf(one, other.name)).own.keys[0] ?? ''
    a.key = await current(a, b)
    b.key = await current(b, a)
    await acquaint(a, b, { address: { a: '', b: b.url } })
    const { vkey } = parsed<{ vkey: string }>(
      await run(b, other, 'log', 'rotate', '-j', '640522', '--overlap', '7', '--json'),
    )
    await turn(b)
    expect((await peerOf(b, a.name)).peer.told.map(({ key }) => key)).not.toContain(vkey)
    const { peer } = await until(
      '甲取来新的公钥',
      async () => {
        await turn(a)
        return peerOf(a, b.name)
      },
      (x) => x.peer.keys.includes(vkey),
    )
    expect(peer.terms[0]).toMatchObject({ key: vkey, state: 'holding', announced: true })
    const told = await until(
      '乙记下甲的答复',
      async () => (await peerOf(b, a.name)).peer.told,
      (list) => list.some(({ key }) => key === vkey),
    )
    expect(told.find(({ key }) => key === vkey)).toMatchObject({ step: 'accepted', why: null })
    expect((await fetch(`${b.url}/exchange/v1/keys`)).status).toBe(404)
    const answers = await fetch(`${b.url}/exchange/v1/keys/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ statement: '{}', note: 'x' }),
    })
    expect(answers.status).toBe(404)
  })
})
