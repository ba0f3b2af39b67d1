// What was said between installations: every message is what its digest, its leaf and its signature say, none is missing in its
// row, every file that came with one is whole, and what the outbox gave to be sent is there.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { digest, type Run, recorded } from './verify-run.ts'

interface Row {
  jurisdiction: string
  peer: string
  direction: 'out' | 'in'
  seq: string
  id: string
  kind: string
  about: string
  step: string | null
  manifest: string
  note: string
  digest: string
  leaf: Buffer
  state: string
  keys: string[] | null
  before: string | null
}
const ed25519 = Buffer.from('302a300506032b6570032100', 'hex')
/** Whether one of the signature lines is by one of the keys (`<name>+<id>+<base 64>`). */
function signedBy(note: string, keys: readonly string[]): boolean {
  const at = note.lastIndexOf('\n\n')
  const text = Buffer.from(note.slice(0, at + 1))
  return note
    .slice(at + 2)
    .split('\n')
    .some((line) => {
      const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
      const bytes = Buffer.from(encoded ?? '', 'base64')
      return keys.some((vkey) => {
        const [, of, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? []
        if (of !== name || bytes.subarray(0, 4).toString('hex') !== id) return false
        const spki = Buffer.concat([ed25519, Buffer.from(key ?? '', 'base64').subarray(1)])
        return verify(null, text, createPublicKey({ key: spki, format: 'der', type: 'spki' }), bytes.subarray(4))
      })
    })
}

export async function checkExchange(run: Run): Promise<void> {
  const { sql, count, fault } = run
  const [there] = await sql<{ there: boolean }[]>`select to_regclass('exchange_messages') is not null as there`
  if (!there?.there) return
  const files = new Map<string, string>()
  const cursor = sql<Row[]>`
    select m.jurisdiction_id as jurisdiction, m.peer, m.direction, m.seq, m.id, m.kind, m.about, m.step, m.manifest, m.note, m.digest, m.leaf,
      m.state, p.keys || p.retired as keys,
      (select b.id from exchange_messages b where b.jurisdiction_id = m.jurisdiction_id and b.peer = m.peer
        and b.direction = m.direction and b.seq = m.seq - 1) as before
    from exchange_messages m left join exchange_peers p on p.jurisdiction_id = m.jurisdiction_id and p.name = m.peer
    where m.manifest is not null and (${recorded(run, 'm.at')} or ${recorded(run, 'm.settled_at')})`.cursor(200)
  for await (const rows of cursor)
    for (const row of rows) {
      count('exchange')
      const bad = (what: string) =>
        fault(
          'exchange',
          row.id,
          `与 ${row.peer} 往来的第 ${row.seq} 条（${row.direction === 'out' ? '我方发出' : '对方发来'}）${what}`,
        )
      const hash = digest(row.manifest)
      // What is not what was said cannot be read any further.
      if (hash !== row.digest) {
        bad('的清单被改动')
        continue
      }
      if (
        !createHash('sha256')
          .update(Buffer.concat([Buffer.from([0]), Buffer.from(row.manifest)]))
          .digest()
          .equals(row.leaf)
      )
        bad('的摘要叶不符')
      const said = JSON.parse(row.manifest) as Record<string, unknown> & {
        files?: Array<{ sha256: string; path: string }>
      }
      const own = row.direction === 'out'
      if (
        said.id !== row.id ||
        said.seq !== Number(row.seq) ||
        said.kind !== row.kind ||
        said.about !== row.about ||
        (said.step ?? null) !== row.step ||
        (own ? said.to : said.from) !== row.peer
      )
        bad('与其清单所写不同')
      if (row.before !== null && said.prev !== row.before) bad('与前一条接不上')
      if (!row.note.startsWith(`dianzhang/exchange/manifest/1\n${String(said.from)}\n${row.id}\n${row.digest}\n\n`))
        bad('的签名不是签在这一条上')
      else if (!/\n\n(?:— \S+ [A-Za-z0-9+/]+={0,2}\n)+$/.test(row.note)) bad('的签名被改动')
      else if (!own && !signedBy(row.note, row.keys ?? [])) bad('的签名与登记的公钥对不上')
      if (own || row.state !== 'incomplete')
        for (const file of said.files ?? []) files.set(`${row.jurisdiction} ${file.sha256}`, row.id)
    }
  for (const [key, id] of files) {
    const [jurisdiction = '', sha256 = ''] = key.split(' ')
    const hash = createHash('sha256')
    let next = 0
    for await (const pieces of sql<{ n: number; bytes: Buffer }[]>`
      select n, bytes from exchange_files where jurisdiction_id = ${jurisdiction} and sha256 = ${sha256} order by n`.cursor(
      8,
    ))
      for (const { n, bytes } of pieces) {
        if (n === next) next += 1
        hash.update(bytes)
      }
    if (next === 0 || hash.digest('hex') !== sha256)
      fault('exchange', id, `随 ${id} 往来的文件 ${sha256} 不在或者被改动`)
  }
  const gaps = await sql<{ peer: string; direction: string; next: string; n: string }[]>`
    select s.peer, s.direction, s.next, count(m.seq) as n from exchange_streams s left join exchange_messages m
      on m.jurisdiction_id = s.jurisdiction_id and m.peer = s.peer and m.direction = s.direction and m.seq < s.next
    group by s.jurisdiction_id, s.peer, s.direction, s.next having count(m.seq) <> s.next`
  for (const { peer, direction, next, n } of gaps)
    fault(
      'exchange',
      peer,
      `与 ${peer} 的往来（${direction === 'out' ? '我方发出' : '对方发来'}）应有 ${next} 条，只有 ${n} 条`,
    )
  const lost = await sql<{ id: string }[]>`
    select s.id from sends s where s.process = 'exchange' and s.outcome = 'accepted' and ${recorded(run, 's.settled_at')} and not exists (
      select from exchange_messages m where m.jurisdiction_id = s.jurisdiction_id and m.direction = 'out' and m.id = s.id)`
  for (const { id } of lost) fault('exchange', id, `案卷送出的 ${id} 不在往来记录里`)
}
