// log verify, mirror, witness, status, rotate, add-key, catch-up, break.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { AppError } from '@dianzhang/contract'
import { withTransaction, writeOnce } from '@dianzhang/database'
import { entriesFrom, logSize, missingFrom, takeOver } from '@dianzhang/register'
import {
  checkProof,
  Fold,
  foldEntries,
  formatVerifierKey,
  fromUtf8,
  MalformedError,
  parseProofFile,
  parseVerifierKey,
  toBase64,
} from '@dianzhang/tlog'
import { type Office, reserveFromLog } from '@dianzhang/workflow'
import { demoStateOf } from '../demo.ts'
import { readEnv } from '../env.ts'
import { LogKeeper } from '../log/keeper.ts'
import { keyFile, keyKinds, newKey, trusted, trustedText } from '../log/keys.ts'
import { type AuditOptions, auditLog, entriesOfCopy, type LogAudit, mirrorLog, sourceOf } from '../log/mirror.ts'
import { Witness } from '../log/witness-server.ts'
import { withOffice } from './database-actions.ts'
import { print } from './output.ts'

interface JsonOption {
  json?: boolean
}
export interface LogOptions extends JsonOption {
  vkey?: string[]
  retired?: string[]
  witness?: string[]
  quorum?: string
  proof?: string
  entry?: string
  register?: string
}
export interface WitnessOptions {
  dir: string
  name: string
  log: string[]
  port: string
  host: string
  json?: boolean
}

const invalid = (detail: string): AppError => new AppError('invalid', detail)
/** What the caller trusts; without a key the one that the source itself names (`vkey`). */
async function trustOf(where: string, options: LogOptions): Promise<AuditOptions & { quorum: number }> {
  try {
    const source = sourceOf(where)
    const lines = async (path: string) =>
      fromUtf8((await source(path)) ?? new Uint8Array())
        .trim()
        .split('\n')
        .filter(Boolean)
    const given = options.vkey ?? (await lines('vkey'))
    const [first] = given
    if (first === undefined) throw invalid('来源没有公钥，请以 --vkey 给出')
    const { name } = parseVerifierKey(first)
    const keys = given.map(parseVerifierKey)
    if (keys.some((key) => key.name !== name)) throw invalid('--vkey 所给的公钥不是同一个日志的')
    const retired = (options.retired ?? (options.vkey ? [] : await lines('retired'))).map((one) => {
      const [vkey = '', until = ''] = one.split(/:(?=\d+$)/)
      if (!/^\d+$/.test(until)) throw invalid(`已更换的公钥应写作“公钥:条数”：${one}`)
      return { ...trustedText(vkey), until: Number(until) }
    })
    const quorum = Number(options.quorum ?? 0)
    if (!Number.isInteger(quorum) || quorum < 0) throw invalid('--quorum 应为不小于 0 的整数')
    return {
      origin: name,
      keys: [...keys.map(trusted), ...retired],
      witnesses: (options.witness ?? []).map(trustedText),
      quorum,
    }
  } catch (error) {
    throw error instanceof MalformedError ? invalid(`公钥有误：${error.message}`) : error
  }
}
const auditText = (audit: LogAudit): string =>
  audit.ok && audit.checkpoint
    ? `属实：${audit.checkpoint.origin}，共 ${audit.checkpoint.size} 条，根 ${toBase64(audit.checkpoint.root)}${audit.witnesses.length > 0 ? `，由${audit.witnesses.join('、')}见证` : '，未经见证'}。`
    : audit.faults.map((fault) => `不符：${fault.says}`).join('\n')
const shown = (audit: LogAudit) => ({
  ok: audit.ok,
  origin: audit.checkpoint?.origin ?? null,
  size: audit.checkpoint?.size ?? null,
  root: audit.checkpoint ? toBase64(audit.checkpoint.root) : null,
  witnesses: audit.witnesses,
  faults: audit.faults,
})

export async function runLogVerify(where: string, options: LogOptions): Promise<void> {
  const trust = await trustOf(where, options)
  if (options.proof) {
    const file = readFileSync(options.proof, 'utf8')
    let entry: Uint8Array | null = options.entry ? new Uint8Array(readFileSync(options.entry)) : null
    try {
      entry ??= parseProofFile(file).extra
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
    }
    const answer = checkProof(file, entry ?? new Uint8Array(), { ...trust, now: Math.floor(Date.now() / 1000) })
    print(
      { ok: answer.ok, verdict: answer.verdict, says: answer.says, index: answer.index },
      () => answer.says,
      options.json,
    )
    if (!answer.ok) process.exitCode = 1
    return
  }
  const folded = new Fold()
  const audit = await auditLog(sourceOf(where), { ...trust, tiles: true, onEntry: (entry) => folded.add(entry) })
  const differences = options.register ? await compareRegister(options.register, folded) : []
  const ok = audit.ok && differences.length === 0
  print(
    { ...shown(audit), ok, differences },
    () => [auditText(audit), ...differences.map((each) => `登记库不符：${each}`)].join('\n'),
    options.json,
  )
  if (!ok) process.exitCode = 1
}
/** What the public register says otherwise than the log: documents that are missing or too many, other digests or dates. */
async function compareRegister(where: string, { documents, log }: Fold): Promise<string[]> {
  const found: string[] = []
  const base = where.endsWith('/') ? where : `${where}/`
  const read = async (path: string) => {
    const response = await fetch(new URL(path, base))
    return response.ok ? ((await response.json()) as Record<string, unknown>) : null
  }
  for (const [id, document] of documents) {
    const shownNow = await read(`public/v1/documents/${encodeURIComponent(id)}`)
    if (!shownNow) found.push(`${id} 日志里有，登记库没有`)
    else
      for (const [name, a, b] of [
        ['正文与附件的摘要', shownNow.textHash, document.content],
        ['文号', shownNow.documentNumber, document.number],
        ['施行日期', shownNow.effectiveDate, document.effective],
        ['有效期', shownNow.validUntil, document.until],
      ])
        if (a !== b) found.push(`${id} 的${name}是 ${a}，日志里是 ${b}`)
  }
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Record<string, unknown> | null = await read(
      `public/v1/documents?limit=100&jurisdiction=${log ?? ''}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    for (const item of (page?.items ?? []) as Array<{ id: string }>)
      if (!documents.has(item.id)) found.push(`${item.id} 登记库里有，日志没有`)
    cursor = (page?.nextCursor as string | null) ?? null
  }
  return found
}

export async function runLogMirror(where: string, options: LogOptions & { dir: string }): Promise<void> {
  // The keys that were trusted the first time are kept beside the copy, with every change that the log proved.
  const kept = (name: string): string[] | undefined => {
    const path = `${options.dir}/${name}`
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').filter(Boolean) : undefined
  }
  const [vkey, retired] = options.vkey ? [options.vkey, options.retired] : [kept('vkey'), kept('retired')]
  const trust = await trustOf(where, { ...options, ...(vkey ? { vkey } : {}), ...(retired ? { retired } : {}) })
  const result = await mirrorLog(sourceOf(where), options.dir, { ...trust, tiles: true })
  if (result.ok) {
    const current = result.keys.filter(({ until }) => until === undefined)
    const past = result.keys.filter(({ until }) => until !== undefined)
    writeFileSync(`${options.dir}/vkey`, current.map(({ key }) => `${formatVerifierKey(key)}\n`).join(''))
    if (past.length > 0)
      writeFileSync(
        `${options.dir}/retired`,
        past.map(({ key, until }) => `${formatVerifierKey(key)}:${until}\n`).join(''),
      )
  }
  print(
    { ...shown(result), added: result.added },
    () => (result.ok ? `${auditText(result)}新增 ${result.added} 条。` : auditText(result)),
    options.json,
  )
  if (!result.ok) process.exitCode = 1
}

export async function runLogWitness(options: WitnessOptions): Promise<void> {
  const witness = new Witness({ folder: options.dir, name: options.name, logs: options.log })
  const server = witness.server()
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(Number(options.port), options.host, done)
  })
  const address = server.address()
  const url = `http://${options.host}:${typeof address === 'object' ? address?.port : options.port}/`
  print({ vkey: witness.vkey, url }, () => `${witness.vkey}\n在 ${url} 见证。按 Ctrl-C 停止。`, options.json)
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
  await new Promise((done) => server.close(done))
}

/** The keeper as the server of this database would have it: a demonstration is told by what is in the database. */
export async function keeperOf(office: Office): Promise<LogKeeper> {
  const env = readEnv('demo', process.env)
  const state = env.databaseUrl === null ? 'demo' : await demoStateOf(env.databaseUrl)
  return new LogKeeper({
    office,
    folder: env.anchorDir,
    host: env.publicUrl === null ? null : new URL(env.publicUrl).host,
    keyFile: env.logKey,
    demo: state !== 'none' && state !== 'other',
  })
}

export const runLogStatus = (options: LogOptions & { jurisdiction: string }): Promise<void> =>
  withOffice('dianzhang log', async (office) => {
    const keeper = await keeperOf(office)
    const head = await keeper.head(options.jurisdiction)
    if (!head) throw new AppError('not_found', `没有法域 ${options.jurisdiction} 的公开日志`)
    const keys = keeper.keys(options.jurisdiction)
    print(
      { ...head, keys: keys.current, retired: keys.retired },
      () =>
        [
          `${head.origin}：已签 ${head.size} 条${head.held ? `；停签：${head.held}` : ''}`,
          ...keys.current.map((key) => `公钥 ${key}`),
          ...keys.retired.map(({ vkey, until }) => `已更换 ${vkey}（签到第 ${until} 条）`),
        ].join('\n'),
      options.json,
    )
  })

export const runLogRotate = (options: LogOptions & { jurisdiction: string; overlap: string }): Promise<void> =>
  withOffice('dianzhang log', async (office) => {
    const overlap = Number(options.overlap)
    if (!Number.isInteger(overlap) || overlap < 0 || overlap > 366) throw invalid('并用的天数应为 0 至 366')
    const keeper = await keeperOf(office)
    const { vkey, index, until, others } = await keeper.rotate(options.jurisdiction, newKey('ed25519'), overlap)
    print(
      { vkey, index, until, others },
      () =>
        `新公钥 ${vkey}\n日志第 ${index} 条已经写明；旧公钥签到第 ${until} 条为止。运行中的服务随即改用新的。请告知见证人与保存副本的人。${
          others.length > 0
            ? `同一把密钥签的其他各地的日志一并更换：${others.map(({ code }) => code).join('、')}。`
            : ''
        }${
          overlap > 0
            ? `往来的系统由旧密钥签名自动告知，往来的包在 ${overlap} 日内新旧两把都签；谁还没有收下，看 dianzhang exchange keys。`
            : '往来的系统没有告知，也不再用旧密钥签：请当面或者以公文告知对方的管理员。'
        }`,
      options.json,
    )
  })

export async function runLogAddKey(kind: string, json?: boolean): Promise<void> {
  const wanted = keyKinds.find((each) => each === kind && each !== 'ed25519')
  if (!wanted) throw invalid(`不认识“${kind}”：可以加 ml-dsa-44 或者 sm2`)
  const env = readEnv('demo', process.env)
  const path = keyFile(env.anchorDir, wanted)
  if (!writeOnce(path, newKey(wanted))) throw new AppError('conflict', `已经有 ${path}`)
  print({ path, kind: wanted }, () => `已写下 ${path}。下一个检查点起多一行 ${wanted} 签名。`, json)
}

export const runLogCatchUp = (options: LogOptions & { jurisdiction: string; from: string }): Promise<void> =>
  withOffice('dianzhang log', async (office) => {
    const code = options.jurisdiction
    const keeper = await keeperOf(office)
    const own = keeper.keys(code)
    const keys = [
      ...own.current.slice(0, 1).map(trustedText),
      ...own.retired.map(({ vkey, until }) => ({ ...trustedText(vkey), until })),
    ]
    const { audit, entries } = await entriesOfCopy(sourceOf(options.from), { origin: own.origin, keys })
    if (!audit.ok) throw new AppError('conflict', `镜像不可用：${audit.faults[0]?.says ?? ''}`)
    const { added, lost } = await withTransaction(office.db, async (tx) => {
      const size = await logSize(tx, code)
      const stored = await entriesFrom(tx, code, 0, size, size)
      const other = stored.findIndex((row, i) => entries[i] !== undefined && entries[i]?.text !== row.entry)
      if (other >= 0 || size > entries.length)
        throw new AppError(
          'conflict',
          `库里第 ${other >= 0 ? other : entries.length} 条不在镜像里：恢复以后又记了新的，两边已经分叉，不能补齐。须声明中断（log break）。`,
        )
      const missing = entries.slice(size)
      await takeOver(
        tx,
        code,
        size,
        missing.map(({ text, entry }) => ({ entry: text, type: entry.type, subject: entry.subject, at: entry.at })),
      )
      await reserveFromLog(
        office,
        tx,
        code,
        missing.flatMap(({ entry }) => [
          ...(entry.document?.number ? [entry.document.number] : []),
          ...(entry.type === 'number_void' && entry.subject ? [entry.subject] : []),
        ]),
      )
      // Acts came back as entries of the log, not as documents: what the backup does not hold is entered again by hand.
      const { documents } = foldEntries(entries.map(({ entry }) => entry))
      return { added: missing.length, lost: await missingFrom(tx, code, [...documents.keys()]) }
    })
    const head = await keeper.head(code)
    const says = [
      `补齐 ${added} 条，已签 ${head?.size ?? 0} 条。其间发出的文号已留住，请在编号台逐系列确认。`,
      ...(lost.length > 0
        ? [
            `日志补回的是摘要，不是正文：有 ${lost.length} 件日志里公布过、登记库里没有（${lost.slice(0, 5).join('、')}${lost.length > 5 ? '等' : ''}）。重新登记以前，带 --register 核对的人会看到“日志里有，登记库没有”；这是实情，不是日志有误。`,
          ]
        : []),
      ...(head?.held ? [`仍然停签：${head.held}`] : []),
    ]
    print(
      { added, size: head?.size ?? 0, held: head?.held ?? null, lost, says: says.join('') },
      () => says.join('\n'),
      options.json,
    )
  })

export const runLogBreak = (options: LogOptions & { jurisdiction: string; reason: string }): Promise<void> =>
  withOffice('dianzhang log', async (office) => {
    const keeper = await keeperOf(office)
    const { origin, index, notice } = await keeper.declareBreak(options.jurisdiction, options.reason)
    print(
      { origin, index, notice },
      () => `已声明中断：日志此后名为 ${origin}，第 ${index} 条写明先前一段的摘要。声明以新旧两个名称签名：\n${notice}`,
      options.json,
    )
  })
