// exchange send, receive, reconcile, keys.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { depthOf, type Head } from '@dianzhang/exchange'
import {
  activePeers,
  type Between,
  type Direction,
  deliverAll,
  exchangeState,
  type Office,
  type Peer,
} from '@dianzhang/workflow'
import { z } from 'zod'
import { Exchange, folderName, type Outcome } from '../exchange/exchange.ts'
import { withOffice } from './database-actions.ts'
import { keeperOf } from './log-actions.ts'
import { print } from './output.ts'

export interface ExchangeOptions {
  folder: string
  jurisdiction?: string
  peer?: string
  json?: boolean
}

const withExchange = <T>(work: (exchange: Exchange, office: Office) => Promise<T>): Promise<T> =>
  withOffice('dianzhang exchange', async (office) => {
    const keeper = await keeperOf(office)
    // Packages that come in stand there only while they are looked at; of a command that was killed nothing else clears it.
    const folder = mkdtempSync(join(tmpdir(), 'dianzhang-exchange-'))
    const cleared = () => rmSync(folder, { recursive: true, force: true })
    process.once('exit', cleared)
    try {
      return await work(new Exchange({ office, keeper, folder }), office)
    } finally {
      process.off('exit', cleared)
      cleared()
    }
  })
/** The other sides that were asked for; refuses (not_found) where there is none. */
async function peersAsked(office: Office, options: ExchangeOptions): Promise<Peer[]> {
  const peers = (await activePeers(office.db)).filter(
    (peer) =>
      (options.jurisdiction === undefined || peer.jurisdictionId === options.jurisdiction) &&
      (options.peer === undefined || peer.name === options.peer),
  )
  if (peers.length === 0)
    throw new AppError('not_found', '没有登记这样的一方：请由管理员在工作台的“往来的系统”登记其名称与公钥')
  return peers
}
async function written(exchange: Exchange, peers: readonly Peer[], folder: string): Promise<number> {
  let count = 0
  for (const peer of peers) count += (await exchange.sendToFolder(peer.jurisdictionId, folder, peer.name)).written
  return count
}

export const runExchangeSend = (options: ExchangeOptions): Promise<void> =>
  withExchange(async (exchange, office) => {
    const peers = await peersAsked(office, options)
    await deliverAll(office)
    const count = await written(exchange, peers, options.folder)
    print(
      { written: count, peers: peers.map(({ name }) => name) },
      () => `写了 ${count} 包到 ${options.folder}，给${peers.map(({ label }) => label).join('、')}。`,
      options.json,
    )
  })

/** Whole or not at all. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text)
  renameSync(`${path}.part`, path)
}
const wordsOf = ({ file, outcome }: { file: string; outcome: Outcome }): string =>
  outcome.kind === 'taken'
    ? `✓ ${file}：${outcome.state === 'again' ? '先前已经收下' : '收下'}`
    : `✗ ${file}：${outcome.reasons.map(({ says }) => says).join('；')}`

export const runExchangeReceive = (options: ExchangeOptions): Promise<void> =>
  withExchange(async (exchange, office) => {
    if (!existsSync(options.folder)) throw new AppError('not_found', `没有文件夹 ${options.folder}`)
    const found = await exchange.receiveFromFolder(options.folder)
    await deliverAll(office)
    // What came of it goes back on the same medium; a refusal that stands in no record as a file of its own.
    for (const { file, outcome } of found)
      if (outcome.kind === 'refused' && outcome.receipts.length === 0 && outcome.statement)
        writeWhole(
          join(options.folder, `${file}.refused.json`),
          `${JSON.stringify({ reasons: outcome.reasons, ...outcome.statement }, null, 1)}\n`,
        )
    const back = await written(exchange, await peersAsked(office, options).catch(() => []), options.folder)
    const refused = found.filter(({ outcome }) => outcome.kind === 'refused').length
    print(
      {
        files: found.map(({ file, outcome }) => ({
          file,
          ...(outcome.kind === 'taken'
            ? { state: outcome.state, id: outcome.id }
            : { state: 'refused', id: outcome.id, reasons: outcome.reasons }),
        })),
        written: back,
      },
      () =>
        [
          ...found.map(wordsOf),
          `收下 ${found.length - refused} 包，没有收下 ${refused} 包；写回 ${back} 包，请带回给对方。`,
        ].join('\n'),
      options.json,
    )
    if (refused > 0) process.exitCode = 1
  })

const Nodes = z.array(z.string().regex(/^[0-9a-f]{64}$/))
const HeadForm = z.object({ count: z.int(), last: z.int(), root: z.string() })
/** One side's record as a file: the head, and the hash and id of every message. */
const RecordForm = z.object({
  v: z.literal(1),
  from: z.string(),
  to: z.string(),
  out: z.object({ head: HeadForm, ids: z.array(z.string().nullable()), tiles: z.record(z.string(), Nodes) }),
  in: z.object({ head: HeadForm, ids: z.array(z.string().nullable()), tiles: z.record(z.string(), Nodes) }),
})
type RecordFile = z.infer<typeof RecordForm>

async function recordOf(exchange: Exchange, between: Between): Promise<RecordFile> {
  const side = async (direction: Direction): Promise<RecordFile['out']> => {
    const head = await exchange.head(between, direction)
    const ids: Array<string | null> = []
    for (let at = 0; at <= head.last; at += 100)
      for (const { seq, id } of await exchange.ledger(between, direction, at, 100)) {
        if (seq >= at + 100) break
        while (ids.length < seq) ids.push(null)
        ids[seq] = id
      }
    const tiles: Record<string, string[]> = {}
    // One level more than the tree has: the other side's may be taller.
    for (let level = depthOf(head.last + 1); level >= 0; level -= 1)
      for (let index = 0; index * 256 ** (level + 1) <= head.last; index += 1)
        tiles[`${level}/${index}`] = await exchange.tile(between, direction, level, index)
    return { head, ids, tiles }
  }
  return {
    v: 1,
    from: exchange.own(between.jurisdiction).name,
    to: between.peer,
    out: await side('out'),
    in: await side('in'),
  }
}
const recordName = (from: string, to: string): string => `ledger-${folderName(from)}-to-${folderName(to)}.json`

export const runExchangeReconcile = (options: ExchangeOptions): Promise<void> =>
  withExchange(async (exchange, office) => {
    mkdirSync(options.folder, { recursive: true })
    type Result = { peer: string; label: string } & (
      | { compared: false }
      | ({ compared: true } & Awaited<ReturnType<Exchange['reconcile']>>)
    )
    const results: Result[] = []
    for (const peer of await peersAsked(office, options)) {
      const between = { jurisdiction: peer.jurisdictionId, peer: peer.name }
      const own = await recordOf(exchange, between)
      writeWhole(join(options.folder, recordName(own.from, own.to)), `${JSON.stringify(own)}\n`)
      const path = join(options.folder, recordName(peer.name, own.from))
      if (!existsSync(path)) {
        results.push({ peer: peer.name, label: peer.label, compared: false })
        continue
      }
      const theirs = readRecord(path)
      const found = await exchange.reconcile(between, {
        head: async (): Promise<{ out: Head; in: Head }> => ({ out: theirs.out.head, in: theirs.in.head }),
        tile: async (direction, level, index) => theirs[direction].tiles[`${level}/${index}`] ?? [],
        message: async (direction, seq) => theirs[direction].ids[seq] ?? null,
      })
      results.push({ peer: peer.name, label: peer.label, compared: true, ...found })
    }
    print(
      { peers: results },
      () =>
        results
          .map((each) =>
            !each.compared
              ? `${each.label}：已写下本方的记录；对方的还不在文件夹里，请由对方运行同一命令以后再对。`
              : each.equal
                ? `${each.label}：两边相同。`
                : `${each.label}：两边不同。\n${each.directions
                    .flatMap(({ direction, messages, ranges, cut }) => [
                      ...messages.map(({ says }) => `  ${direction === 'out' ? '我方发出' : '对方发来'}的${says}`),
                      ...(cut
                        ? [`  差得太多，没有逐条看：${ranges.map(({ from, to }) => `${from}–${to}`).join('、')}`]
                        : []),
                    ])
                    .join('\n')}`,
          )
          .join('\n'),
      options.json,
    )
    if (results.some((each) => each.compared && !each.equal)) process.exitCode = 1
  })
function readRecord(path: string): RecordFile {
  try {
    return RecordForm.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new AppError('invalid', `${path} 读不出来，请由对方重新写下`)
  }
}

export interface KeysOptions {
  jurisdiction?: string
  json?: boolean
}
/** Which keys of ours and of each other side count from when to when, and who has signed for our new one. */
export const runExchangeKeys = ({ jurisdiction, json }: KeysOptions): Promise<void> =>
  withExchange(async (exchange, office) => {
    const codes = [...new Set((await activePeers(office.db)).map((peer) => peer.jurisdictionId))]
    const places = await Promise.all(
      codes
        .filter((code) => jurisdiction === undefined || code === jurisdiction)
        .map(async (code) => ({
          jurisdiction: code,
          own: exchange.own(code),
          peers: (await exchangeState(office, code)).map(({ name, label, terms, told }) => ({
            name,
            label,
            terms,
            told,
          })),
        })),
    )
    if (places.length === 0) throw new AppError('not_found', '没有登记往来的系统')
    print(
      { places },
      () =>
        places
          .flatMap(({ own, peers }) => [
            `我方 ${own.name}`,
            ...own.keys.map((key) => `  现用 ${key}`),
            ...own.before.map(({ key, lastDay }) => `  旧的 ${key}，往来的包一并签到 ${lastDay}`),
            ...peers.flatMap(({ name, label, terms, told }) => [
              `${label} ${name}`,
              ...terms.map(
                ({ key, stateLabel, from, lastDay, announced }) =>
                  `  ${stateLabel} ${key}：${from ? `自 ${dateInShanghai(from)} 起` : '何时起没有记下'}${lastDay ? `，到 ${lastDay} 为止` : ''}${announced ? '（对方以旧密钥签名告知）' : ''}`,
              ),
              ...told.map(
                ({ key, at, stepLabel, why }) =>
                  `  对方答复我方的 ${key}：${dateInShanghai(at)} ${stepLabel}${why ? `，${why}` : ''}`,
              ),
            ]),
          ])
          .join('\n'),
      json,
    )
  })
