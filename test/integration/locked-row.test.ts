// 一行被锁住：等它的命令到时答复稍后再试，登录、待办、就绪检查与别的案卷照常。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { expect, it } from 'vitest'
import { countyPassword, countyServer } from '../support/county-server.ts'
import { held } from '../support/held.ts'
import { signIn } from '../support/serve.ts'

const { url, database } = await countyServer('2026-03-02T09:00:00+08:00')
const { sql } = database.connect()

it('外面锁住一行，五十条命令等着：别的都照常，这些命令以 503 说明没有办理，锁开以后照常办理', async () => {
  const enter = () => signIn(() => url, 'drafter', countyPassword)
  const clerk = await enter()
  const propose = async () =>
    (
      await clerk.post('/api/documents', {
        commandId: randomUUID(),
        title: '海原县示范办法',
        jurisdiction: '640522',
        issuers: ['hy-gov'],
        tier: 'government',
        necessity: '试验。',
        classification: { ...noClassification, affectsRights: true },
      })
    ).body as { id: string }
  const [locked, other] = [await propose(), await propose()]
  const save = (id: string, body: string) =>
    fetchSave(clerk, id, { type: 'SaveDraft', commandId: randomUUID(), expectedVersion: 1, body })

  const { release, done } = await held(sql, (tx) => tx`select 1 from matters where id = ${locked.id} for update`)
  const begun = performance.now()
  const waiting = Array.from({ length: 50 }, (_, i) => save(locked.id, `第${i}稿。`))
  // 与它们无关的不等它们：头一条等不到锁而答复（五秒）以前，都已办完。比先后，不比快慢：机器忙闲不同。
  let gaveUp = false
  void Promise.race(waiting).then(() => {
    gaveUp = true
  })
  const unhindered = async <T>(name: string, work: Promise<T>): Promise<T> => {
    const value = await work
    expect([name, gaveUp]).toEqual([name, false])
    return value
  }
  // 工作稿也要等同一行。
  const copy = clerk.get(`/api/documents/${locked.id}/working-copy`)
  const [ready, desk, file, , saved] = await Promise.all([
    unhindered('就绪检查', fetch(`${url}/readyz`)),
    unhindered('待办', clerk.get('/api/documents?mine=true')),
    unhindered('这一件', clerk.get(`/api/documents/${locked.id}`)),
    unhindered('登录', enter()),
    unhindered('另一件', save(other.id, '第一条　照常。')),
  ])
  expect([ready, desk, file, saved].map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect((await copy).status).toBe(200)
  const answers = await Promise.all(waiting)
  expect(performance.now() - begun).toBeLessThan(60_000)
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.body).toMatchObject({ code: 'unavailable' })
    expect(String(answer.body.detail)).toMatch(/没有办理/)
    expect(answer.retryAfter).toBeGreaterThan(0)
  }
  release()
  await done
  const [before] = await sql`select version, ledger_seq from matters where id = ${locked.id}`
  expect(before).toMatchObject({ version: 1, ledger_seq: 1 })
  expect((await save(locked.id, '第一条　锁开了。')).status).toBe(200)
})

async function fetchSave(clerk: Awaited<ReturnType<typeof signIn>>, id: string, command: object) {
  const { status, body, headers } = await clerk.post(`/api/documents/${id}/commands`, command)
  return { status, body, retryAfter: Number(headers.get('retry-after')) }
}
