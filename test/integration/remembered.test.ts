// 记住的页面：征求意见的一页除表单的两个号以外原样再发，收到一条意见即照新的；压缩的与没有压缩的是同一页。
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { submitComment } from '@dianzhang/workflow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordingLog } from '../support/http.ts'
import { type PortalFixture, portalFixture, wholeServer } from '../support/portal.ts'

let f: PortalFixture
let server: Server
let base = ''
const log = recordingLog()
beforeAll(async () => {
  f = await portalFixture()
  server = wholeServer(f, log).server()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
const own = /(?<=name="(?:commandId|token)" value=")[^"]+/g
async function get(path: string, encoding = 'identity', headers: Record<string, string> = {}) {
  const answer = await fetch(`${base}${path}`, { headers: { 'accept-encoding': encoding, ...headers } })
  const html = await answer.text()
  return {
    status: answer.status,
    etag: answer.headers.get('etag') ?? '',
    encoding: answer.headers.get('content-encoding'),
    private: answer.headers.get('cache-control')?.includes('private'),
    // 经过应用的，日志里有来自哪里；记住的不经过应用。
    remembered: !('address' in (log.lines.at(-1)?.fields ?? {})),
    html,
    own: html.match(own) ?? [],
    rest: html.replace(own, ''),
  }
}
const comment = (text: string) => submitComment(f.t.office, f.open.consultation, { text }, crypto.randomUUID())

describe('正在征求意见的一页', () => {
  it('再来的是记住的字节，表单的两个号各是各的', async () => {
    const path = `/consultations/${f.open.consultation}`
    const first = await get(path)
    const again = await get(path)
    const packed = await get(path, 'br, gzip')
    expect([first, again, packed].map(({ status, remembered }) => [status, remembered])).toEqual([
      [200, false],
      [200, true],
      [200, true],
    ])
    expect(packed.encoding).toBe('gzip')
    for (const one of [again, packed]) {
      expect(one.rest).toBe(first.rest)
      expect(one.etag).toBe(first.etag)
      expect(one.private).toBe(true)
    }
    const forms = [first, again, packed].map((one) => one.own)
    expect(forms.map((one) => one.length)).toEqual([2, 2, 2])
    expect(new Set(forms.map(([commandId]) => commandId)).size).toBe(3)
    expect((await get(path, 'identity', { 'if-none-match': first.etag })).status).toBe(304)
  })
  it('以记住的一页里的表单提交，照样收下', async () => {
    const path = `/consultations/${f.open.consultation}`
    await get(path)
    const {
      own: [commandId = '', token = ''],
      remembered,
    } = await get(path)
    expect(remembered).toBe(true)
    const body = new FormData()
    for (const [name, value] of Object.entries({ commandId, token, text: '由记住的一页提交的意见', website: '' }))
      body.append(name, value)
    // 打开不到两秒就提交的留待核对；这里要看的是号被认得。
    await new Promise((resolve) => setTimeout(resolve, 2_100))
    const answer = await fetch(`${base}${path}/comments`, { method: 'POST', body, redirect: 'manual' })
    expect(answer.status).toBe(303)
    const [row] = await f.t.connection.sql<Array<{ state: string | null }>>`
      select (select h.state from comment_holds h where h.comment_id = c.id limit 1) as state
      from comments c where c.body = '由记住的一页提交的意见'`
    expect(row).toEqual({ state: null })
  })
  it('每收到一条意见，件数即变；别的页面不因此重做', async () => {
    const path = `/consultations/${f.open.consultation}`
    const counted = async () => Number(/收到 ([\d,]+) 条/.exec((await get(path)).html)?.[1])
    await get('/register')
    for (let i = 0; i < 3; i += 1) {
      const before = await counted()
      expect(await counted()).toBe(before)
      await comment(`又一条意见，第${i}条`)
      expect(await counted()).toBe(before + 1)
    }
    expect((await get('/register')).remembered).toBe(true)
  })
})

describe('已经截止的一页', () => {
  it('说采纳情况何时公布；文件撤回以后不再说', async () => {
    const path = `/consultations/${f.closed.consultation}`
    const said = /采纳情况(?:至迟|应当在)/
    expect((await get(path)).html).toMatch(said)
    expect(await get(path)).toMatchObject({ remembered: true })
    const [row] = await f.t.connection.sql<Array<{ id: string }>>`
      select document_id as id from public_consultations where id = ${f.closed.consultation}`
    await f.t.send('head', row?.id ?? '', 'WithdrawDocument', { reason: '不再制定' })
    const after = await get(path)
    expect(after.remembered).toBe(false)
    expect(after.html).not.toMatch(said)
  })
})
