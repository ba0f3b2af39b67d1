// Two gateways nobody wrote a line of code for: one with a token, one with a form; and a folder.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configuredChannels, previewChannels } from './index.ts'
import { type Message, whyOf } from './message.ts'

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
  it('fetches one token for however many are sent at once', async () => {
    const chat = channels.get('govchat')
    refuses = true
    await chat?.send(message)
    refuses = false
    const before = tokens
    const all = await Promise.all(Array.from({ length: 12 }, (_, i) => chat?.send({ ...message, id: `m-${i}` })))
    expect(all.every((outcome) => outcome?.kind === 'sent')).toBe(true)
    expect(tokens).toBe(before + 1)
  })
  it('reads 0 and "0" as the same answer', async () => {
    for (const [equals, never] of [
      ['0', 42001],
      [0, '42001'],
    ] as const) {
      const base = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
      const one = configuredChannels(
        JSON.stringify({
          channels: [
            {
              kind: 'http',
              name: 'one',
              label: 'x',
              message: { url: `${base}/send`, text: '{{title}}' },
              ok: { path: 'errcode', equals },
              never: { path: 'errcode', in: [never] },
            },
          ],
        }),
        {},
      ).get('one')
      expect(await one?.send(message)).toEqual({ kind: 'sent' })
      refuses = true
      expect(await one?.send(message)).toMatchObject({ kind: 'never' })
      refuses = false
    }
  })
  it.each([
    [
      'a word it is not filled with',
      { url: 'https://a.example/', json: { to: '{{recipent}}' } },
      /不认得 \{\{recipent\}\}/,
    ],
    ['a secret in small letters', { url: 'https://a.example/?k={{env:key}}' }, /不认得 \{\{env:key\}\}/],
    ['no address', { url: 'a.example/send' }, /不是 http、https 网址/],
    ['another scheme', { url: 'file:///etc/passwd' }, /不是 http、https 网址/],
    ['two bodies', { url: 'https://a.example/', json: {}, form: {} }, /只能写一种/],
    ['a body where there is none', { method: 'GET', url: 'https://a.example/', json: {} }, /没有请求体/],
  ])('refuses %s when it is read', (_name, wrong, says) => {
    const channel = { kind: 'http', name: 'one', label: 'x', message: wrong }
    expect(() => configuredChannels(JSON.stringify({ channels: [channel] }), {})).toThrow(says)
  })
  it('refuses a token step filled with what only a message has', () => {
    const token = { url: 'https://a.example/{{recipient}}', read: 'a' }
    const channel = { kind: 'http', name: 'one', label: 'x', token, message: { url: 'https://a.example/' } }
    expect(() => configuredChannels(JSON.stringify({ channels: [channel] }), {})).toThrow(/不认得/)
  })
  it('shows what would be sent, without sending it and without a secret', () => {
    const before = asked.length
    const shown = previewChannels(
      JSON.stringify({
        channels: [
          {
            kind: 'http',
            name: 'govchat',
            label: '政务微信',
            token: { method: 'GET', url: 'https://a.example/token?secret={{env:CHAT_SECRET}}', read: 'a' },
            message: { url: 'https://a.example/send?t={{token}}', json: { to: '{{recipient}}', text: '{{title}}' } },
          },
          { kind: 'folder', name: 'drop', label: '文件交换', folder },
        ],
      }),
      message,
    )
    expect(shown.map(({ name }) => name)).toEqual(['govchat', 'drop'])
    expect(shown[0]?.token).toContain('secret=〔CHAT_SECRET〕')
    expect(shown[0]?.message).toContain('{"to":"zhang\\"san","text":"轮到您：审核"}')
    expect(shown[1]?.message).toContain('"title":"轮到您：审核"')
    expect(asked).toHaveLength(before)
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

describe('没有送成的缘由', () => {
  it('先用话说明是什么，再照抄对方所说；不认得的照原样', () => {
    const refused = Object.assign(new Error("Can't send mail - all recipients were rejected: 550 5.1.1 no"), {
      code: 'EENVELOPE',
      responseCode: 550,
      response: '550 5.1.1 no',
    })
    expect(whyOf(refused)).toBe('对方的邮件服务器不收，地址也许不对（550 5.1.1 no）')
    const closed = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:25'), { code: 'ECONNREFUSED' })
    expect(whyOf(closed)).toBe('连不上：对方没有开着，或者端口不对（connect ECONNREFUSED 127.0.0.1:25）')
    expect(whyOf(new Error('别的'))).toBe('别的')
  })
})
