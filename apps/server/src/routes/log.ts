// The public log: changes, checkpoints, tiles, proofs, keys. Addresses and bytes are those of C2SP tlog-tiles.
import { AppError, answers } from '@dianzhang/contract'
import { changesFrom, effectsOf, entriesFrom, getEntry, readTile } from '@dianzhang/register'
import { bytesToHex, formatVerifierKey, parseTilePath, sha256, tileWidth } from '@dianzhang/tlog'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import type { AppEnv } from '../http/types.ts'
import type { LogHead } from '../log/keeper.ts'

const { Changes, Effects, LogKeys } = answers
const tag = '公开日志'
const immutable = 'public, max-age=31536000, immutable'
const wholeNumber = (what: string) =>
  z.coerce
    .number({ error: `${what}应为整数` })
    .int(`${what}应为整数`)
    .min(0, `${what}不得小于 0`)

export function logRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const keeper = () => {
    if (!ctx.log) throw new AppError('not_found', '公开日志没有启用。')
    return ctx.log
  }
  /** The log under `/tlog/` itself; which one it is does not change while there is one. */
  let own: string | null = null
  const ownCode = async (): Promise<string> => {
    own ??= (await keeper().names())[0]?.code ?? null
    if (own === null) throw new AppError('not_found', '还没有公开日志。')
    return own
  }
  const headOf = async (code?: string): Promise<LogHead> => {
    const head = await keeper().head(code)
    if (!head)
      throw new AppError('not_found', code === undefined ? '还没有公开日志。' : `没有法域 ${code} 的公开日志。`)
    return head
  }
  ops.open(
    {
      method: 'get',
      path: '/public/v1/changes',
      tag,
      summary: '公开日志的条目，逐条相接，没有空号；after 是已有的最后一条的序号',
      query: z.object({
        after: wholeNumber('after').optional().describe('从它的下一条起；不写则从第 0 条起'),
        limit: z.coerce.number().int().min(1).max(1000).optional().describe('最多 1000，缺省 100'),
        jurisdiction: z.string().max(40).optional(),
      }),
      answer: { description: '一页条目与日志的头', schema: Changes },
      problems: ['unavailable'],
    },
    async (c, { query }) => {
      const head = await headOf(query.jurisdiction)
      const limit = query.limit ?? 100
      const from = query.after === undefined ? 0 : query.after + 1
      const entries = await changesFrom(office.readDb, head.code, from, limit, head.size)
      const last = entries.at(-1)?.index
      const { code, name: _, signedAt, quorum: __, policyFault: ___, ...told } = head
      return c.json({
        jurisdiction: code,
        entries,
        total: head.size,
        totalExact: true,
        next: last !== undefined && last + 1 < head.size ? last : null,
        head: { ...told, signedAt },
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/proofs/:index',
      tag,
      summary: '一条的证明文件（C2SP tlog-proof），附带条目原文，可以离线核验',
      query: z.object({ jurisdiction: z.string().max(40).optional() }),
      answer: { description: '证明文件', mediaType: 'text/plain' },
      problems: ['unavailable'],
    },
    async (c, { query }) => {
      const head = await headOf(query.jurisdiction)
      const given = param(c, 'index')
      if (!/^(0|[1-9]\d{0,15})$/.test(given))
        throw new AppError('not_found', `没有第“${given}”条：序号应为不小于 0 的整数。`)
      const index = Number(given)
      const [row] = await entriesFrom(office.readDb, head.code, index, 1, index + 1)
      const proof = row ? await keeper().proof(head.code, index, row.entry) : null
      if (proof === null)
        throw new AppError('not_found', row && head.held ? head.held : `日志已签 ${head.size} 条，没有第 ${index} 条。`)
      return c.body(proof, 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': `inline; filename="${head.code}-${index}.tlog-proof"`,
        'Cache-Control': 'public, no-cache',
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/effects',
      tag: '公开登记库',
      summary: '效力变动：一件文件受到的（affected）或者作出的（affecting），各自何日生效、是否已经生效',
      query: z.object({
        affected: z.string().max(200).optional(),
        affecting: z.string().max(200).optional(),
        on: z.iso.date().optional(),
        known_on: z.iso.date().optional().describe('只凭那一日（含）以前登记的变动'),
      }),
      answer: { description: '全部变动', schema: Effects },
      problems: ['not_found'],
    },
    async (c, { query }) => {
      if (query.affected === undefined && query.affecting === undefined)
        throw new AppError('invalid', '须写明 affected 或者 affecting：哪一件文件', {
          issues: [{ path: 'affected', message: '与 affecting 至少写一个' }],
        })
      const now = office.clock.now()
      const { known_on: knownOn, ...asked } = query
      // A document without changes is one thing, a document that does not exist another.
      for (const id of [query.affected, query.affecting])
        if (id !== undefined && !(await getEntry(office.readDb, id, { now })))
          throw new AppError('not_found', `登记库中没有标识为“${id}”的文件。`)
      const { items, on } = await effectsOf(office.readDb, { ...asked, knownOn, now })
      return c.json({ items, total: items.length, totalExact: true as const, on })
    },
  )

  const checkpoint = async (c: Context<AppEnv>, code?: string) => {
    const head = await headOf(code)
    if (head.checkpoint === null) throw new AppError('unavailable', head.held ?? '公开日志还没有签过检查点。')
    return c.body(head.checkpoint, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'public, no-cache',
      ...(head.held ? { Warning: '199 - "log is held"' } : {}),
    })
  }
  const tile = async (c: Context<AppEnv>, code?: string) => {
    const path = `tile/${param(c, 'level')}/${param(c, 'rest')}`
    const wanted = parseTilePath(path)
    if (!wanted) throw new AppError('not_found', `没有“${path}”这样的分块地址。`)
    const which = code ?? (await ownCode())
    // A tile, full or partial, once it is within what was signed, is always the same bytes.
    const least = (wanted.n * tileWidth + wanted.width) * tileWidth ** (wanted.level === 'entries' ? 0 : wanted.level)
    const size = await keeper().signedSize(which, least)
    if (size === 0) await headOf(code)
    const bytes = await readTile(office.readDb, which, wanted, size)
    if (bytes === null) throw new AppError('not_found', `日志已签 ${size} 条，还没有分块 ${path}。`)
    const headers = { ETag: `"${bytesToHex(sha256(bytes)).slice(0, 32)}"`, 'Cache-Control': immutable }
    if (
      c.req
        .header('if-none-match')
        ?.split(/\s*,\s*/)
        .includes(headers.ETag)
    )
      return c.body(null, 304, headers)
    return c.body(new Uint8Array(bytes), 200, { ...headers, 'Content-Type': 'application/octet-stream' })
  }
  const rotations = async (c: Context<AppEnv>, code?: string) =>
    c.body(JSON.stringify(keeper().rotations((await headOf(code)).code)), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'public, no-cache',
    })
  const vkey = async (c: Context<AppEnv>, code?: string) => {
    const head = await headOf(code)
    return c.body(`${keeper().keys(head.code).current[0] ?? ''}\n`, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'public, no-cache',
    })
  }
  const text = 'text/plain'
  for (const [prefix, codeOf] of [
    ['/tlog', () => undefined],
    ['/tlog/:code', (c: Context<AppEnv>) => param(c, 'code')],
  ] as const) {
    const which = prefix === '/tlog' ? '本站的日志' : '某一法域的日志'
    const problems = ['not_found', 'unavailable'] as const
    ops.open(
      {
        method: 'get',
        path: `${prefix}/checkpoint`,
        tag,
        summary: `${which}：签名的检查点`,
        answer: { description: '检查点', mediaType: text },
        problems,
      },
      (c) => checkpoint(c, codeOf(c)),
    )
    ops.open(
      {
        method: 'get',
        path: `${prefix}/tile/:level/:rest{.+}`,
        tag,
        summary: `${which}：摘要分块与条目束`,
        answer: { description: '分块', mediaType: 'application/octet-stream' },
        problems,
      },
      (c) => tile(c, codeOf(c)),
    )
    ops.open(
      {
        method: 'get',
        path: `${prefix}/vkey`,
        tag,
        summary: `${which}：核验签名的公钥`,
        answer: { description: '公钥（名称+标识+Base64）', mediaType: text },
        problems,
      },
      (c) => vkey(c, codeOf(c)),
    )
    ops.open(
      {
        method: 'get',
        path: `${prefix}/rotations`,
        tag,
        summary: `${which}：更换公钥时的检查点，新旧两把钥匙都签，监督者据此认新的公钥`,
        answer: { description: '检查点（JSON 数组，先换的在前）', schema: z.array(z.string()) },
        problems,
      },
      (c) => rotations(c, codeOf(c)),
    )
  }
  ops.open(
    {
      method: 'get',
      path: '/.well-known/dianzhang-log.json',
      tag,
      summary: '各日志的名称、公钥、已更换的公钥、见证规则、声明过的中断',
      answer: { description: '各日志', schema: LogKeys },
      problems: ['unavailable'],
    },
    async (c) => {
      const policy = keeper().policy()
      const names = await keeper().names()
      const logs = await Promise.all(
        names.map(async ({ code, name }, i) => {
          const keys = keeper().keys(code)
          return {
            jurisdiction: code,
            name,
            origin: keys.origin,
            prefix: i === 0 ? '/tlog/' : `/tlog/${code}/`,
            keys: keys.current,
            retired: keys.retired,
            quorum: policy.quorum?.need ?? 0,
            policyFault: policy.fault,
            witnesses: policy.witnesses.map((w) => ({ name: w.key.name, vkey: formatVerifierKey(w.key) })),
            held:
              keeper()
                .held()
                .find((each) => each.code === code)?.reason ?? null,
            breaks: keeper().breaks(code),
          }
        }),
      )
      return c.json({ logs })
    },
  )
}
