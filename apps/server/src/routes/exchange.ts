// Filing between two installations: what the other side calls (packages, receipts, ledger), and what our own people see of it.
import { Readable } from 'node:stream'
import { AppError, answers, exchangeStepLabels, type ProblemCode, tracks } from '@dianzhang/contract'
import { readManifest } from '@dianzhang/exchange'
import {
  actInOffice,
  exchangeState,
  messagesOfMatter,
  receiptsOf,
  requirePeer,
  requireVisible,
  sendAgain,
  stuckMessages,
} from '@dianzhang/workflow'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Outcome, packageBytes, unsignedBytes } from '../exchange/exchange.ts'
import { Refused } from '../exchange/package.ts'
import { type Operations, param } from '../http/operations.ts'
import { rateLimited } from '../http/problem.ts'
import { minute } from '../http/tables.ts'
import type { AppEnv } from '../http/types.ts'

const {
  ExchangeAgain,
  ExchangeHead,
  ExchangeKeyAnswered,
  ExchangeKeys,
  ExchangeKeyTaken,
  ExchangeLedger,
  ExchangePeerSaved,
  ExchangePeers,
  ExchangeReceipts,
  ExchangeReconciled,
  ExchangeStuck,
  ExchangeTaken,
  ExchangeTile,
  ExchangeTurn,
} = answers
const tag = '两套系统之间'
const zip = 'application/zip'
const whole = z.coerce.number().int().min(0)
const direction = z.enum(['out', 'in']).optional()
/** So many packages come in at once; the next is asked to wait. */
const mostAtOnce = 4
const signedRequest = [
  {
    name: 'Authorization',
    description: 'Dianzhang 加一个空格与请求的签名（signed-note 的 Base64），见 docs/exchange.md',
    required: true,
  },
] as const

export function exchangeRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const post = () => {
    if (!ctx.exchange) throw new AppError('not_found', '两套系统之间的往来没有启用。')
    return ctx.exchange
  }
  const asked = (c: Context<AppEnv>): string => {
    const { pathname, search } = new URL(c.req.url)
    return `${pathname}${search}`
  }
  /** The other side that asks; 404 for everybody else: whether there is something is nobody's business. */
  const caller = async (c: Context<AppEnv>) => {
    const found = await post().caller(c.req.header('authorization'), c.req.method, asked(c))
    if (!found) throw new AppError('not_found', '没有找到')
    return { jurisdiction: found.jurisdiction, peer: found.peer.name }
  }
  const refusal = (outcome: Extract<Outcome, { kind: 'refused' }>): AppError => {
    const codes: Record<string, ProblemCode> = {
      same_id: 'conflict',
      same_place: 'conflict',
      too_large: 'too_large',
      unknown_sender: 'forbidden',
      bad_signature: 'forbidden',
      old_key: 'forbidden',
      not_agreed: 'forbidden',
    }
    const { id, digest, reasons, receipts, statement } = outcome
    return new AppError(codes[reasons[0]?.code ?? ''] ?? 'invalid', reasons.map(({ says }) => says).join('；'), {
      id,
      digest,
      reasons,
      receipts,
      statement,
    })
  }
  let coming = 0
  ops.open(
    {
      method: 'post',
      path: '/exchange/v1/packages',
      tag,
      summary: '收一包：清单、签名与文件（ZIP）。同一包再来得到同样的答复；收下、不收都给签名的回执',
      description: `请求自己没有签名的，至多 ${unsignedBytes / 1024 / 1024} MB；有签名的，至多 100 MB。不收的答复里有 reasons（代码与一句话）、receipts 与 statement（签名的拒绝）。`,
      upload: { mediaType: zip, description: '包' },
      answer: { description: '收下的凭据', schema: ExchangeTaken },
      problems: [
        'invalid',
        'conflict',
        'too_large',
        'forbidden',
        'unsupported_media_type',
        'rate_limited',
        'not_found',
      ],
    },
    async (c) => {
      const exchange = post()
      const known = await exchange.caller(c.req.header('authorization'), 'POST', asked(c))
      if (!known) ctx.limits.publicWrites.take(c.get('address'))
      if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== zip)
        throw new AppError('unsupported_media_type', `此处只接受包（ZIP），类型为 ${zip}。`)
      const max = known ? packageBytes : unsignedBytes
      if (coming >= mostAtOnce) throw rateLimited(5)
      coming += 1
      try {
        if (Number(c.req.header('content-length') ?? 0) > max) throw new Refused('too_large')
        const body = c.req.raw.body ? Readable.fromWeb(c.req.raw.body as never) : Readable.from([])
        const outcome = await exchange.spooled(body, max, (path) => exchange.takePackage(path))
        if (outcome.kind === 'refused') throw refusal(outcome)
        const { kind: _, ...taken } = outcome
        return c.json(taken)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const outcome = await exchange.tooLarge()
        throw outcome.kind === 'refused' ? refusal(outcome) : error
      } finally {
        coming -= 1
      }
    },
  )
  ops.open(
    {
      method: 'post',
      path: '/exchange/v1/keys',
      tag,
      summary: '告知更换的密钥：由旧、新两把公钥签名的一句话；收下、不收都给签名的答复',
      body: z.object({
        to: z.string().min(1).max(200).describe('收件方的名称'),
        notice: z.string().min(1).max(4000).describe('signed-note，见 docs/exchange.md'),
      }),
      answer: { description: '签名的答复：accepted、again、rejected，缘由在 reasons', schema: ExchangeKeyTaken },
      problems: ['not_found', 'rate_limited'],
    },
    async (c, { body }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      const outcome = await post().takeKeyNotice(body.to, body.notice)
      if (outcome === null) throw new AppError('not_found', '没有找到')
      return c.json(outcome)
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/exchange/v1/keys',
      tag,
      summary: '由收件方来取更换密钥的告知：来问者还没有签字收下的',
      headers: signedRequest,
      answer: { description: '告知，先后依更换的次序', schema: ExchangeKeys },
      problems: ['not_found'],
    },
    async (c) => c.json({ items: await post().keysUntold(await caller(c)) }),
  )
  ops.open(
    {
      method: 'post',
      path: '/exchange/v1/keys/answers',
      tag,
      summary: '对取去的告知签字：收下或者不收',
      headers: signedRequest,
      body: z.object({ statement: z.string().min(1).max(20_000), note: z.string().min(1).max(4000) }),
      answer: { description: 'noted：是否记下；不是本方待答的告知、签名不符的为 false', schema: ExchangeKeyAnswered },
      problems: ['not_found'],
    },
    async (c, { body }) => c.json({ noted: await post().takeKeyAnswer(await caller(c), body) }),
  )
  ops.open(
    {
      method: 'get',
      path: '/exchange/v1/packages/:id',
      tag,
      summary: '由收件方来取一包（ZIP）；只给这一包的收件方，以及恢复备份以后取回自己送出的一包的寄件方',
      headers: signedRequest,
      answer: { description: '包', mediaType: zip },
      problems: ['not_found'],
    },
    async (c) => {
      const between = await caller(c)
      const id = param(c, 'id')
      // What the side that asks sent itself, it may have lost.
      const body = (await post().package(between, 'out', id)) ?? (await post().package(between, 'in', id))
      if (!body) throw new AppError('not_found', '没有找到')
      return c.body(Readable.toWeb(body) as ReadableStream, 200, { 'Content-Type': zip, 'Cache-Control': 'no-store' })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/exchange/v1/packages/:id/receipts',
      tag,
      summary: '一包的全部回执：收到、不收、送到、办不成、打开；各有签名，写明包的摘要',
      answer: { description: '回执，依先后', schema: ExchangeReceipts },
      problems: ['not_found'],
    },
    async (c) => {
      post()
      ctx.limits.receipts.take(c.get('address'))
      const found = await receiptsOf(office.db, param(c, 'id'))
      if (!found) throw new AppError('not_found', '没有这一包')
      return c.json({
        id: param(c, 'id'),
        digest: found.digest,
        receipts: found.receipts.flatMap(({ manifest, note }) => {
          const read = readManifest(manifest ?? '')
          return read?.kind === 'receipt' && manifest !== null && note !== null
            ? [
                {
                  step: read.step,
                  stepLabel: exchangeStepLabels[read.step],
                  at: read.at,
                  reasons: read.reasons,
                  manifest,
                  note,
                },
              ]
            : []
        }),
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/exchange/v1/ledger',
      tag,
      summary: '往来记录：我方说给来问者的（或者收自来问者的，direction=in），自 after 的下一条起',
      headers: signedRequest,
      query: z.object({
        after: z.coerce.number().int().min(-1).optional().describe('已有的最后一条的序号；没有的写 -1'),
        limit: z.coerce.number().int().min(1).max(100).optional(),
        direction,
      }),
      answer: { description: '一页', schema: ExchangeLedger },
      problems: ['not_found'],
    },
    async (c, { query }) => {
      const between = await caller(c)
      const way = query.direction ?? 'out'
      const limit = query.limit ?? 100
      const own = post().own(between.jurisdiction).name
      const items = await post().ledger(between, way, (query.after ?? -1) + 1, limit)
      const last = await post().last(between, way)
      const end = items.at(-1)?.seq
      return c.json({
        from: way === 'out' ? own : between.peer,
        to: way === 'out' ? between.peer : own,
        items,
        next: end !== undefined && end < last ? end : null,
        last,
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/exchange/v1/ledger/head',
      tag,
      summary: '往来记录两个方向各有几条、最后一条的序号、全部的摘要（Merkle 根）',
      headers: signedRequest,
      answer: { description: '两个方向', schema: ExchangeHead },
      problems: ['not_found', 'rate_limited'],
    },
    async (c) => {
      const between = await caller(c)
      ctx.limits.exports.take(c.get('address'))
      return c.json({ out: await post().head(between, 'out'), in: await post().head(between, 'in') })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/exchange/v1/ledger/tile',
      tag,
      summary: '对账用的一块：level 层第 index 块，至多 256 个摘要',
      headers: signedRequest,
      query: z.object({ level: whole.max(3), index: whole.max(1_000_000), direction }),
      answer: { description: '摘要（十六进制）', schema: ExchangeTile },
      problems: ['not_found', 'rate_limited'],
    },
    async (c, { query }) => {
      const between = await caller(c)
      ctx.limits.exports.take(c.get('address'))
      return c.json({ hashes: await post().tile(between, query.direction ?? 'out', query.level, query.index) })
    },
  )

  // ── Our own people ──────────────────────────────────────────────────────────────────────────────────────────────────
  const unit = z.string().trim().min(1).max(60).optional()
  const SavedPeer = z.strictObject({
    name: z.string().trim().min(3).max(200).describe('对方公开日志的名称'),
    label: z.string().trim().min(1).max(100),
    address: z.string().trim().max(300).optional(),
    keys: z.array(z.string().trim().min(10).max(300)).min(1).max(5),
    overlapUntil: z.iso.date().optional().describe('换下的旧公钥收到哪一日为止；不填的立即不收'),
    tracks: z.array(z.enum(tracks)).min(1).max(2).optional(),
    filesTo: unit.describe('我方报给它的受理机关'),
    receivesAt: unit.describe('它报给我方，由哪一机关受理'),
    active: z.boolean().optional(),
    reason: z.string().trim().min(1).max(500),
    commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复'),
  })
  ops.staff(
    {
      method: 'get',
      path: '/api/exchange/peers',
      tag,
      summary: '与哪些系统来往：各自的名称、公钥、两个方向的进展；以及告诉对方的我方名称与公钥',
      roles: ['admin', 'secretariat', 'registrar', 'filing_reviewer'],
      answer: { description: '各方', schema: ExchangePeers },
    },
    async (c, { actor }) =>
      c.json({
        own: ctx.exchange ? ctx.exchange.own(actor.jurisdiction) : null,
        peers: await exchangeState(office, actor.jurisdiction),
      }),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/exchange/peers',
      tag,
      summary: '登记、更正一方：名称、网址、公钥、轨道，我方报给它哪一机关，它报给我方由谁受理',
      roles: ['admin'],
      body: SavedPeer,
      answer: { status: 201, description: '登记的一方', schema: ExchangePeerSaved },
    },
    async (c, { body: { commandId, ...payload }, actor }) =>
      c.json(await actInOffice<{ name: string }>(office, actor, 'SaveExchangePeer', payload, commandId), 201),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/exchange/stuck',
      tag,
      table: {
        name: '停住的往来',
        columns: [
          ['时间', 18, ({ at }) => minute(at)],
          ['对方', 24, 'peerLabel'],
          ['方向', 10, ({ direction }) => (direction === 'out' ? '我方发出' : '对方发来')],
          ['办的是什么', 20, 'typeLabel'],
          ['备案', 50, 'title'],
          ['到了哪一步', 16, 'stateLabel'],
          ['缘由', 50, 'why'],
        ],
      },
      summary: '停住的往来：没有收下、办不成、送不出去的，各写明缘由；管理员看全部，其余的人看自己看得到的',
      roles: ['admin', 'secretariat', 'registrar', 'filing_reviewer'],
      answer: { description: '至多 200 件，新的在前', schema: ExchangeStuck },
    },
    async (c, { actor }) => {
      const all = await stuckMessages(office.db, actor.jurisdiction)
      if (actor.posts.some(({ role }) => role === 'admin')) return c.json({ items: all })
      const seen = await Promise.all(
        all.map(({ matter }) =>
          matter === null
            ? false
            : requireVisible(office, actor, matter).then(
                () => true,
                () => false,
              ),
        ),
      )
      return c.json({ items: all.filter((_, i) => seen[i]) })
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/matters/:id/exchange/:message/again',
      tag,
      summary: '把没有收下、还没有送到的一包再送一次',
      roles: ['admin', 'secretariat', 'unit_head', 'registrar', 'filing_reviewer'],
      answer: { description: '已经排上，随即送出', schema: ExchangeAgain },
      problems: ['not_found'],
    },
    async (c, { actor }) => {
      const message = param(c, 'message')
      if (!(await messagesOfMatter(office.db, actor.jurisdiction, param(c, 'id'))).includes(message))
        throw new AppError('not_found', '没有可以再送的这一包')
      await sendAgain(office, actor.jurisdiction, message)
      ctx.exchange?.tend().catch((error: unknown) => office.log.error({ err: error }, '往来没有办完，稍后再办'))
      return c.json({ id: message })
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/exchange/turn',
      tag,
      summary: '现在就收发一次：送出等待的，取来对方的，办理收到的',
      roles: ['admin'],
      answer: { description: '送出几包，收到几包，办了几件', schema: ExchangeTurn },
    },
    async (c) => c.json(await post().tend(true)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/exchange/reconcile',
      tag,
      summary: '与一方对账：两个方向逐块比较，至多十次请求，指出哪一条只有一边有',
      roles: ['admin'],
      body: z.object({ peer: z.string().max(200) }),
      answer: { description: '差别', schema: ExchangeReconciled },
      problems: ['not_found', 'conflict'],
    },
    async (c, { body, actor }) => {
      const peer = await requirePeer(office.db, actor.jurisdiction, body.peer)
      if (peer.address === '') throw new AppError('conflict', '没有登记这一方的网址，请以文件夹对账')
      const found = await post()
        .reconcileWith(peer)
        .catch((error: unknown) => {
          throw new AppError('conflict', `对方没有答复：${error instanceof Error ? error.message : String(error)}`)
        })
      return c.json({ peer: peer.name, label: peer.label, ...found })
    },
  )
}
