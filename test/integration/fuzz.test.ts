// 乱填的请求、改坏的 Word 文件：一律有说得清楚的答复，没有 5xx，没有不答复的，台账不受损。
// 次数由 FUZZ_REQUESTS、FUZZ_DOCX 指定（缺省 400 与 12；完整证明为 20000 与 600），FUZZ_SEED 定随机数。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { verifyChain } from '@dianzhang/ledger'
import { expect, test } from 'vitest'
import { zipOf } from '../../packages/formats/src/docx-import/docx.fixture.ts'
import { type Client, httpOffice, json, jurisdiction } from '../support/http.ts'

const requests = Number(process.env.FUZZ_REQUESTS ?? 400)
const documents = Number(process.env.FUZZ_DOCX ?? 12)
/** 没有答复算作停住的毫秒数。 */
const patience = 30_000

/** 放进网址的词。 */
const wordOf = (list: readonly string[]): string => pick(list).toWellFormed()

/** 同一个种子，同一串数（mulberry32）。 */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
const random = randomFrom(Number(process.env.FUZZ_SEED ?? 20_261_128))
const below = (n: number): number => Math.floor(random() * n)
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T

const hostileStrings = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e甲',
  '第一条',
  '9'.repeat(400),
  '甲'.repeat(5000),
  "'; drop table documents; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '2026-02-30',
  '9999-12-31',
  '0000-00-00',
  '1e400',
  'null',
  '__proto__',
  'constructor',
  '{"a":1}',
  '〔2026〕1号',
  '\\',
  '$1',
  '{{',
]
const hostileValues: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[[[[[]]]]]],
  ['甲', 1, null],
  { __proto__: { a: 1 }, constructor: 1 },
]

interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  format?: string
  minimum?: number
  maximum?: number
  $ref?: string
  [other: string]: unknown
}
interface Described {
  paths: Record<string, Record<string, { parameters?: Array<{ name: string; in: string }>; requestBody?: unknown }>>
  components: { schemas: Record<string, Schema> }
}

/** 大体合乎描述、时而不合的值。 */
function likely(schema: Schema, named: Record<string, Schema>, known: readonly string[], depth = 0): unknown {
  if (random() < 0.07 || depth > 6) return random() < 0.5 ? pick(hostileStrings) : pick(hostileValues)
  const ref = schema.$ref?.split('/').at(-1)
  if (ref !== undefined) return likely(named[ref] ?? {}, named, known, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices?.length) return likely(pick(choices), named, known, depth)
  if (schema.allOf?.length)
    return Object.assign({}, ...schema.allOf.map((one) => likely(one, named, known, depth) as object))
  const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type
  if (type === 'object' || schema.properties) {
    const made: Record<string, unknown> = {}
    for (const [name, inner] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(name) ? random() < 0.95 : random() < 0.4)
        made[name] = likely(inner, named, known, depth + 1)
    if (random() < 0.05) made[pick(hostileStrings)] = pick(hostileValues)
    return made
  }
  if (type === 'array')
    return Array.from({ length: below(3) }, () => likely(schema.items ?? {}, named, known, depth + 1))
  if (type === 'integer') return pick([0, 1, 2, 3, schema.minimum ?? 0, schema.maximum ?? 7])
  if (type === 'number') return random() * 100
  if (type === 'boolean') return random() < 0.5
  if (schema.format === 'uuid') return randomUUID()
  if (schema.format === 'date')
    return `202${below(8)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`
  if (schema.format === 'date-time') return `2026-0${1 + below(9)}-1${below(9)}T0${below(9)}:00:00+08:00`
  return pick([...known, ...known, '甲', '示范县人民政府', 'gov', 'water', pick(hostileStrings)])
}

const inTime = async (sent: Promise<Response>, what: string): Promise<Response> => {
  let timer: NodeJS.Timeout | undefined
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`没有答复：${what}`)), patience)
  })
  return await Promise.race([sent, stuck]).finally(() => clearTimeout(timer))
}

test(`${requests} 个乱填的请求与 ${documents} 份改坏的 Word 文件`, { timeout: 3_600_000 }, async () => {
  const { app, office, anonymous, signIn, log } = await httpOffice({ trustedProxies: [] })
  const clients: Client[] = [anonymous]
  for (const name of ['drafter', 'head', 'reviewer', 'secretary', 'admin']) clients.push(await signIn(name))
  const drafter = clients[1] as Client
  const known: string[] = [jurisdiction, '1', '2']
  for (const title of ['示范县农村供水管理办法', '示范县灌区管理办法']) {
    const made = await json<{ id: string }>(
      drafter.post('/api/documents', {
        commandId: randomUUID(),
        title,
        jurisdiction,
        issuers: ['gov'],
        tier: 'government',
        classification: noClassification,
        necessity: '规范管理。',
      }),
    )
    known.push(made.id)
  }
  const described = await json<Described>(anonymous.get('/api/openapi.json'))
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const named = described.components.schemas
  const statuses = new Map<number, number>()
  const wrong: string[] = []
  const note = async (answer: Response, what: string): Promise<void> => {
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    if (answer.status >= 500 && answer.status !== 503) wrong.push(`${answer.status} ${what}`)
    if (answer.status >= 400 && answer.headers.get('content-type')?.includes('problem+json')) {
      const { detail } = (await answer.json()) as { detail?: string }
      if (!detail || !/\p{Script=Han}/u.test(detail)) wrong.push(`没有中文说明：${what}`)
    } else await answer.body?.cancel().catch(() => undefined)
  }
  for (let at = 0; at < requests; at += 1) {
    const { path, method, operation } = pick(operations)
    // 演示时钟拨了不能拨回，退出登录会使客户端失效，事件流没有尽头。
    if (/demo\/clock|sign-out|change-password|events$/.test(path)) continue
    const filled = path.replace(/\{[^}]+\}/g, () =>
      encodeURIComponent(wordOf([...known, ...known, pick(hostileStrings)])),
    )
    const query = (operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'query' && random() < 0.5)
      .map(({ name }) => `${name}=${encodeURIComponent(wordOf([...known, pick(hostileStrings)]))}`)
    const address = `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`
    const content = (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content
    const schema = content?.['application/json']?.schema
    const body = schema ? (likely(schema, named, known) as Record<string, unknown> | null) : undefined
    const raw =
      body === undefined ? undefined : random() < 0.03 ? pick(['{', '[', '"', '', '\u0000']) : JSON.stringify(body)
    const what = `${method} ${address} ${raw?.slice(0, 300) ?? ''}`
    const headers: Record<string, string> = {
      cookie: pick(clients).cookie,
      ...(raw === undefined ? {} : { 'content-type': random() < 0.98 ? 'application/json' : 'text/plain' }),
      ...(random() < 0.3 ? { 'if-match': pick(['"0"', '"1"', '*', 'x', '']) } : {}),
    }
    const request = new Request(`http://localhost${address}`, {
      method,
      headers,
      ...(raw === undefined || method === 'GET' ? {} : { body: raw }),
    })
    await note(await inTime(Promise.resolve(app.fetch(request)), what), what)
  }
  const file = await zipOf({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${'<w:p><w:r><w:t>第一条 为了规范管理，制定本办法。</w:t></w:r></w:p>'.repeat(40)}</w:body></w:document>`,
  })
  for (let at = 0; at < documents; at += 1) {
    const broken = file.slice()
    const kind = below(4)
    if (kind === 0) for (let flips = 1 + below(40); flips > 0; flips -= 1) broken[below(broken.length)] = below(256)
    const bytes =
      kind === 1
        ? broken.slice(0, below(broken.length))
        : kind === 2
          ? new Uint8Array([...broken.slice(0, below(broken.length)), ...broken.slice(below(broken.length))])
          : broken
    if (kind === 3) bytes.fill(below(256), below(bytes.length), below(bytes.length))
    const what = `改坏的 Word 文件 ${at}`
    const sent = app.request(`/api/documents/${known[3]}/docx-import`, {
      method: 'POST',
      headers: {
        cookie: drafter.cookie,
        'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      },
      body: bytes,
    })
    await note(await inTime(Promise.resolve(sent), what), what)
  }
  if (requests > 1000) process.stdout.write(`答复：${JSON.stringify([...statuses].sort(([a], [b]) => a - b))}\n`)
  expect(wrong).toEqual([])
  expect(log.lines.filter(({ level }) => level === 'error').map(({ message, fields }) => [message, fields])).toEqual([])
  // 台账相连，一件不缺。
  const { ledgerEvents, matters: files } = schema
  const [rows, heads] = await Promise.all([
    office.db.select().from(ledgerEvents).orderBy(ledgerEvents.matterId, ledgerEvents.seq),
    office.db.select().from(files),
  ])
  expect(heads.length).toBeGreaterThanOrEqual(2)
  for (const head of heads) {
    const chain = rows.filter((row) => row.matterId === head.id)
    expect(verifyChain(chain, { seq: head.ledgerSeq, hash: head.ledgerHead }).faults).toEqual([])
  }
})
