// Channels that are configuration only: any gateway with an optional token step and one request a message (政务微信,
// 浙政钉, a gateway of short messages), or a folder into which files are dropped. Secrets are named, not written: `{{env:NAME}}`.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Message, type Outcome, type SendingChannel, whyOf } from './message.ts'
import { ask } from './request.ts'

const texts = z.record(z.string(), z.string())
/** What a message may be filled with. */
const placeholders = ['id', 'recipient', 'title', 'text', 'link', 'token'] as const
const request = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
  url: z.string().min(1),
  headers: texts.default({}),
  /** One of them at most. */
  json: z.unknown().optional(),
  form: texts.optional(),
  text: z.string().optional(),
})
type Request = z.infer<typeof request>
const written = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(written)
      : []
/** What could never be sent is said when the configuration is read, not four days later. */
const faultsOf = (given: Request, known: readonly string[]): string[] => [
  ...[given.json, given.form, given.text]
    .filter((body) => body !== undefined)
    .slice(1)
    .map(() => 'json、form、text 只能写一种'),
  ...(given.method === 'GET' && [given.json, given.form, given.text].some((body) => body !== undefined)
    ? ['GET 没有请求体：把内容写进 url，或者用 POST']
    : []),
  ...(/^https?:$/.test(URL.parse(given.url.replace(/\{\{[^}]*\}\}/g, 'x'))?.protocol ?? '')
    ? []
    : ['url 不是 http、https 网址']),
  ...written([given.url, given.headers, given.json, given.form, given.text])
    .flatMap((text) => [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name = '']) => name))
    .filter((name) => !known.includes(name))
    .map(
      (name) =>
        `不认得 {{${name}}}；可以写：${[...known.map((each) => `{{${each}}}`), '{{env:大写的名称}}'].join('、')}`,
    ),
]
const checked = <T extends typeof request>(shape: T, known: readonly string[]) =>
  shape.superRefine((given, c) => {
    for (const message of new Set(faultsOf(given as Request, known))) c.addIssue({ code: 'custom', message })
  })
const Name = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, '只用小写字母、数字与连字符')
const Shape = z.strictObject({
  channels: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('http'),
        name: Name,
        label: z.string().min(1).max(60),
        addressLabel: z.string().min(1).max(60).default('账号'),
        token: checked(
          request.extend({
            /** Where in the answer the token stands, dotted. */
            read: z.string().min(1),
            seconds: z.int().min(1).default(3600),
          }),
          [],
        ).optional(),
        message: checked(request, placeholders),
        /** What the answer must say besides 2xx. */
        ok: z.strictObject({ path: z.string(), equals: z.union([z.string(), z.number(), z.boolean()]) }).optional(),
        /** Answers after which this address is given up. */
        never: z.strictObject({ path: z.string(), in: z.array(z.union([z.string(), z.number()])) }).optional(),
        timeoutSeconds: z.number().min(1).max(120).default(15),
      }),
      z.strictObject({
        kind: z.literal('folder'),
        name: Name,
        label: z.string().min(1).max(60),
        addressLabel: z.string().min(1).max(60).default('账号'),
        folder: z.string().min(1),
      }),
    ]),
  ),
})
class ChannelsError extends Error {
  override readonly name = 'ChannelsError'
}
type Values = Record<string, string>
const fill = (text: string, values: Values): string =>
  text.replace(/\{\{([a-zA-Z]+)\}\}/g, (_, name: string) => values[name] ?? '')
const filled = (value: unknown, values: Values): unknown =>
  typeof value === 'string'
    ? fill(value, values)
    : Array.isArray(value)
      ? value.map((each) => filled(each, values))
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, values)]))
        : value
/** Gateways write 0 and "0", true and "true" for one another. */
const same = (said: unknown, wanted: string | number | boolean): boolean =>
  said !== undefined && said !== null && typeof said !== 'object' && String(said) === String(wanted)
const at = (body: string, path: string): unknown => {
  try {
    return path
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], JSON.parse(body))
  } catch {
    return undefined
  }
}
function built({ method, url, headers, json, form, text }: Request, values: Values) {
  const encoded = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encodeURIComponent(value)]))
  const body =
    json !== undefined
      ? JSON.stringify(filled(json, values))
      : form
        ? new URLSearchParams(filled(form, values) as Values).toString()
        : text === undefined
          ? undefined
          : fill(text, values)
  const type =
    json !== undefined
      ? 'application/json; charset=utf-8'
      : form
        ? 'application/x-www-form-urlencoded'
        : 'text/plain; charset=utf-8'
  return {
    method,
    url: fill(url, encoded),
    headers: { ...(body === undefined ? {} : { 'content-type': type }), ...(filled(headers, values) as Values) },
    body,
  }
}

type Env = Record<string, string | undefined>
function readConfiguration(json: string, env: Env): Array<z.infer<typeof Shape>['channels'][number]> {
  let given: unknown
  try {
    given = JSON.parse(json)
  } catch (error) {
    throw new ChannelsError(`不是 JSON：${whyOf(error)}`)
  }
  const missing = new Set<string>()
  const secrets = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replace(/\{\{env:([A-Z0-9_]+)\}\}/g, (_, name: string) => {
          if (!env[name]) missing.add(name)
          return env[name] ?? ''
        })
      : Array.isArray(value)
        ? value.map(secrets)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, secrets(each)]))
          : value
  const parsed = Shape.safeParse(secrets(given))
  const problems = [
    ...[...missing].map((name) => `没有设置环境变量 ${name}`),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`)),
  ]
  if (!parsed.success || problems.length > 0) throw new ChannelsError(problems.join('；'))
  const names = parsed.data.channels.map(({ name }) => name)
  const twice = names.find((name, i) => ['mail', 'webhook'].includes(name) || names.indexOf(name) !== i)
  if (twice !== undefined) throw new ChannelsError(`渠道名称“${twice}”重复`)
  return parsed.data.channels
}
const filledWith = (message: Message, token: string): Values => ({
  id: message.id,
  recipient: message.address,
  title: message.title,
  text: message.lines.join('\n'),
  link: message.link ?? '',
  token,
})

/**
 * What each channel would be sent for this message, as text; nothing is sent, secrets stand as their names. Refuses like
 * {@link configuredChannels}.
 */
export function previewChannels(
  json: string,
  message: Message,
): Array<{ name: string; label: string; token: string | null; message: string }> {
  const names: Env = new Proxy({}, { get: (_, name) => `〔${String(name)}〕` })
  const shown = ({ method, url, headers, body }: ReturnType<typeof built>): string =>
    [
      `${method} ${url}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(body ? ['', body] : []),
    ].join('\n')
  return readConfiguration(json, names).map((channel) => ({
    name: channel.name,
    label: channel.label,
    token: channel.kind === 'http' && channel.token ? shown(built(channel.token, {})) : null,
    message:
      channel.kind === 'http'
        ? shown(built(channel.message, filledWith(message, '〔令牌〕')))
        : `${join(channel.folder, `${message.id}.json`)}\n${dropped(message)}`,
  }))
}

/**
 * Reads the configuration; `{{env:NAME}}` anywhere is replaced by the variable, so that no secret stands in the file.
 * Refuses ({@link ChannelsError}) what is wrong, naming everything at once.
 */
export function configuredChannels(json: string, env: Env): Map<string, SendingChannel> {
  const channels = new Map<string, SendingChannel>()
  for (const channel of readConfiguration(json, env)) {
    const { label, addressLabel } = channel
    if (channel.kind === 'folder') {
      channels.set(channel.name, { label, addressLabel, personal: true, send: dropping(channel.folder) })
      continue
    }
    let token: { text: string; until: number } | null = null
    let fetching: Promise<string> | null = null
    const timeoutMs = channel.timeoutSeconds * 1000
    const fetched = async (): Promise<string> => {
      if (!channel.token) return ''
      const answer = await ask({ ...built(channel.token, {}), allowed: null, timeoutMs })
      const text = at(answer.body, channel.token.read)
      if (answer.status < 200 || answer.status >= 300 || typeof text !== 'string' || text === '')
        throw new Error(
          `没有取得令牌：网关答复 ${answer.status} ${text === undefined ? answer.body.slice(0, 200) : ''}`.trim(),
        )
      token = { text, until: Date.now() + channel.token.seconds * 1000 }
      return text
    }
    // Asked for once by however many wait for it: gateways take back the former when they give a new one.
    const tokenNow = async (): Promise<string> => {
      if (token && token.until > Date.now()) return token.text
      fetching ??= fetched().finally(() => {
        fetching = null
      })
      return fetching
    }
    const send = async (message: Message): Promise<Outcome> => {
      try {
        const values = filledWith(message, await tokenNow())
        const { status, body } = await ask({ ...built(channel.message, values), allowed: null, timeoutMs })
        // An expired token is fetched anew at the next attempt.
        if ((status === 401 || status === 403) && token?.text === values.token) token = null
        const { ok, never } = channel
        if (never?.in.some((each) => same(at(body, never.path), each)))
          return { kind: 'never', why: `网关答复 ${body.slice(0, 200)}` }
        if (status < 200 || status >= 300) return { kind: 'later', why: `网关答复 ${status}` }
        if (ok && !same(at(body, ok.path), ok.equals)) {
          if (token?.text === values.token) token = null
          return { kind: 'later', why: `网关答复 ${body.slice(0, 200)}` }
        }
        return { kind: 'sent' }
      } catch (error) {
        return { kind: 'later', why: whyOf(error) }
      }
    }
    channels.set(channel.name, { label, addressLabel, personal: true, send })
  }
  return channels
}
const dropped = ({ id, address, title, lines, link, at: instant }: Message): string =>
  JSON.stringify({ id, recipient: address, title, text: lines.join('\n'), link, at: instant.toISOString() })
/** One file a message, named by its id: complete when it has its name, and the same file however often it is written. */
const dropping =
  (folder: string) =>
  async (message: Message): Promise<Outcome> => {
    try {
      mkdirSync(folder, { recursive: true })
      const path = join(folder, `${message.id}.json`)
      writeFileSync(`${path}.part`, dropped(message), { flush: true })
      renameSync(`${path}.part`, path)
      return { kind: 'sent' }
    } catch (error) {
      return { kind: 'later', why: whyOf(error) }
    }
  }
