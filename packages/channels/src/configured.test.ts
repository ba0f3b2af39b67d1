// Two gateways nobody wrote a line of code for: one with a token, one with a form; and a folder.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configuredChannels } from './index.ts'
import type { Message } from './message.ts'

const asked: Array<{ path: string; type: string; body: string; key: string }> = []
let tokens = 0
let refuses = false
const gateway = createServer(async (request, response) => {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  const path = request.url ?? ''
  asked.push({
    path,
    type: request.headers['content-type'] ?? '',
    body,
    key: String(request.headers['x-key'] ?? ''),
  })
  const say = (value: object) => response.end(JSON.stringify(value))
  if (path.startsWith('/token')) say({ data: { access_token: `t${++tokens}` } })
  else if (path.startsWith('/sms')) say({ code: body.includes('empty') ? 'NO_SUCH_NUMBER' : 'OK' })
  else say({ errcode: refuses ? 42001 : 0 })
})
const folder = mkdtempSync(join(tmpdir(), 'dianzhang-drop-'))
let channels: ReturnType<typeof configuredChannels>
beforeAll(async () => {
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  channels = configuredChannels(
    JSON.stringify({
      channels: [
        {
          kind: 'http',
          name: 'govchat',
          label: '政务微信',
          addressLabel: '政务微信账号',
          token: { method: 'GET', url: `${base}/token?secret={{env:CHAT_SECRET}}`, read: 'data.access_token' },
          message: {
            url: `${base}/send?access_token={{token}}`,
            json: { touser: '{{recipient}}', text: { content: '{{title}}\n{{link}}' } },
          },
          ok: { path: 'errcode', equals: 0 },
        },
        {
          kind: 'http',
          name: 'sms',
          label: '短信',
          message: {
            url: `${base}/sms`,
            headers: { 'x-key': '{{env:SMS_KEY}}' },
            form: { mobile: '{{recipient}}', content: '【典章】{{title}}', outid: '{{id}}' },
          },
          ok: { path: 'code', equals: 'OK' },
          never: { path: 'code', in: ['NO_SUCH_NUMBER'] },
        },
        { kind: 'folder', name: 'drop', label: '文件交换', folder },
      ],
    }),
    { CHAT_SECRET: 's&1', SMS_KEY: 'k' },
  )
})
afterAll(async () => {
  await new Promise((done) => gateway.close(done))
  rmSync(folder, { recursive: true, force: true })
})
const message: Message = {
  id: 'n-1',
  address: 'zhang"san',
  title: '轮到您：审核',
  lines: ['轮到您：审核'],
  link: 'https://gf.example.gov.cn/staff/documents/1?a=1&b=2',
  at: new Date('2026-03-02T01:00:00Z'),
}

describe('channels by configuration', () => {
  it('fetches a token once and sends JSON in which nothing can break out of its place', async () => {
    const chat = channels.get('govchat')
    expect(await chat?.send(message)).toEqual({ kind: 'sent' })
    expect(await chat?.send({ ...message, id: 'n-2' })).toEqual({ kind: 'sent' })
    expect(asked.map((each) => each.path)).toEqual([
      '/token?secret=s&1',
      '/send?access_token=t1',
      '/send?access_token=t1',
    ])
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
      touser: 'zhang"san',
      text: { content: `轮到您：审核\n${message.link}` },
    })
  })
  it('tries again, with a new token, when the answer says no', async () => {
    const chat = channels.get('govchat')
    refuses = true
    expect(await chat?.send(message)).toMatchObject({ kind: 'later' })
    refuses = false
    expect(await chat?.send(message)).toEqual({ kind: 'sent' })
    expect(asked.at(-1)?.path).toBe('/send?access_token=t2')
  })
  it('sends a form, and gives up an address the gateway does not know', async () => {
    const sms = channels.get('sms')
    expect(await sms?.send({ ...message, address: '13900000000' })).toEqual({ kind: 'sent' })
    const last = asked.at(-1)
    expect(last).toMatchObject({ type: 'application/x-www-form-urlencoded', key: 'k' })
    expect(Object.fromEntries(new URLSearchParams(last?.body))).toEqual({
      mobile: '13900000000',
      content: '【典章】轮到您：审核',
      outid: 'n-1',
    })
    expect(await sms?.send({ ...message, address: 'empty' })).toMatchObject({ kind: 'never' })
  })
  it('drops one file a message, however often it is sent', async () => {
    const drop = channels.get('drop')
    await drop?.send(message)
    await drop?.send(message)
    expect(readdirSync(folder)).toEqual(['n-1.json'])
    expect(JSON.parse(readFileSync(join(folder, 'n-1.json'), 'utf8'))).toMatchObject({
      id: 'n-1',
      title: message.title,
    })
  })
  it('names everything that is wrong: a secret that is not set, a field that is unknown', () => {
    const wrong = { channels: [{ kind: 'http', name: 'X', label: 'x', message: { url: '{{env:NOT_SET}}', jsom: {} } }] }
    expect(() => configuredChannels(JSON.stringify(wrong), {})).toThrow(/没有设置环境变量 NOT_SET.*channels/s)
    expect(() => configuredChannels('{', {})).toThrow(/不是 JSON/)
  })
})
