// Anchors outside the database: first their signatures and links to each other are checked, then they are compared
// with the seals and the office ledger in the database. If an anchor is newer than the database, the database is an
// old one or its tail was cut off.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hasOfficeLedger } from './verify-rows.ts'
import { canonical, digest, genesis, type Run } from './verify-run.ts'

interface Head {
  seq: number
  hash: string
}
interface Anchor {
  database: string
  jurisdiction: string
  day: string
  seal: string
  office: Head | null
  national: Head | null
  prev: string
  key: string
  signature: string
}
export interface AnchorFile {
  anchors: Anchor[]
  publicKey: string
  /** The public key was given separately, not taken from the anchors. */
  keyGiven: boolean
}

/**
 * Reads anchors: `from` is a file (anchors.jsonl) or the address of the public interface. Throws when they cannot be
 * read or there is no public key.
 */
export async function readAnchors(from: string, keyFile?: string): Promise<AnchorFile> {
  let publicKey = keyFile ? readFileSync(keyFile, 'utf8') : null
  const anchors: Anchor[] = []
  if (/^https?:/.test(from)) {
    for (let after: number | null = 0; after !== null; ) {
      const url = new URL(from)
      url.searchParams.set('after', String(after))
      const answer = await fetch(url)
      if (!answer.ok) throw new Error(`读不到锚：${url.href} 答复 ${answer.status}`)
      const page = (await answer.json()) as { items: Anchor[]; next: number | null; publicKey: string | null }
      anchors.push(...page.items)
      publicKey ??= page.publicKey
      after = page.next
    }
  } else {
    const text = readFileSync(from, 'utf8')
    anchors.push(
      ...text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Anchor),
    )
    if (publicKey === null) {
      try {
        publicKey = readFileSync(join(dirname(from), 'anchor-public.pem'), 'utf8')
      } catch {
        throw new Error(`${from} 旁边没有公钥 anchor-public.pem，请用 --anchor-key 给出`)
      }
    }
  }
  if (publicKey === null) throw new Error('没有签名的公钥，请用 --anchor-key 给出')
  return { anchors, publicKey, keyGiven: keyFile !== undefined }
}

export async function checkAnchors({ sql, count, fault, note }: Run, file: AnchorFile | undefined): Promise<void> {
  if (!file) return
  const key: KeyObject = createPublicKey(file.publicKey)
  const fingerprint = digest(key.export({ type: 'spki', format: 'der' }))
  if (!file.keyGiven)
    note(`锚的公钥取自锚的旁边（指纹 ${fingerprint.slice(0, 16)}……），请与另外留存的核对；用 --anchor-key 可以指定`)
  if (file.anchors.length === 0) {
    fault('anchors', '锚', '一个锚也没有')
    return
  }
  const [own] = await sql<{ id: string | null }[]>`
    select value ->> 'id' as id from settings where jurisdiction_id = 'CN' and key = 'database'`
  const mine = file.anchors.filter((anchor) => anchor.database === own?.id)
  let prev = genesis
  for (const anchor of file.anchors) {
    const { signature, ...content } = anchor
    const name = `${anchor.jurisdiction} ${anchor.day} 的锚`
    if (anchor.prev !== prev) fault('anchors', name, `${name}没有接在前一个之后`)
    if (
      anchor.key !== fingerprint ||
      !verify(null, Buffer.from(`dianzhang/anchor/1\n${canonical(content)}`), key, Buffer.from(signature, 'base64'))
    )
      fault('anchors', name, `${name}签名不对，不是这把密钥所签或者被改动`)
    prev = digest(signature)
  }
  if (mine.length === 0) {
    fault('anchors', '锚', '没有一个锚是这个数据库的：数据库被换过，或者锚给错了')
    return
  }
  const office = await hasOfficeLedger(sql)
  for (const anchor of mine) {
    count('anchors')
    const name = `${anchor.jurisdiction} ${anchor.day}`
    const [row] = await sql<
      { seal: string }[]
    >`select seal from ledger_seals where jurisdiction_id = ${anchor.jurisdiction} and day = ${anchor.day}::text::date`
    if (!row) fault('anchors', name, `${name} 曾有封存并已公布，现在库中没有：数据库是旧的，或者封存被删`)
    else if (row.seal !== anchor.seal) fault('anchors', name, `${name} 的封存与当时公布的不同：历史被重写`)
    if (!office) continue
    for (const [jurisdiction, head] of [
      [anchor.jurisdiction, anchor.office],
      ['CN', anchor.national],
    ] as const) {
      if (!head) continue
      const [entry] = await sql<
        { hash: string }[]
      >`select hash from office_ledger where jurisdiction_id = ${jurisdiction} and seq = ${head.seq}`
      if (entry?.hash !== head.hash)
        fault(
          'anchors',
          name,
          `${name} 公布过的办公台账（${jurisdiction}）第 ${head.seq} 条${entry ? '摘要已变，记录被重写' : '已不在'}`,
        )
    }
  }
}
