// Environment variables: read once at start; when any is wrong, each problem is listed and the start refused.
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** `demo`: demo county, demo clock, embedded database; `serve`: production. */
export type Mode = 'demo' | 'serve'

export interface OidcSettings {
  discoveryUrl: string
  clientId: string
  clientSecret: string
  providerId: string
  /** The name users see. */
  name: string
  scopes: string[]
}
export interface Env {
  mode: Mode
  host: string
  port: number
  /** The port was given by the user; when it is taken, no other may be used instead. */
  portIsExplicit: boolean
  databaseUrl: string | null
  databaseReadUrl: string | null
  /**
   * The owner of the tables, used only for upgrade and restore; when set, the account of `databaseUrl` may only read
   * and write data.
   */
  databaseOwnerUrl: string | null
  dataDir: string
  /** Where the anchors outside the database are kept; by default anchors in the data folder. */
  anchorDir: string
  /** The path of the signing key (PEM, Ed25519) when it is kept elsewhere. */
  anchorKey: string | null
  /** The path of the public log's signing key (PEM, Ed25519) when it is kept elsewhere. */
  logKey: string | null
  /** May be left out in demo mode; the program then generates one and keeps it in the data folder. */
  secret: string | null
  demoNow: string | null
  trustedProxies: string[]
  /**
   * The public address, such as `https://gf.example.gov.cn`; with https the session cookie is sent over encrypted
   * connections only.
   */
  publicUrl: string | null
  /** How many processes serve the one port. */
  processes: number
  logLevel: string
  /**
   * The password (Bearer) required for reading metrics; when not set, production mode answers only the local machine.
   */
  metricsToken: string | null
  /** Whose site this is: masthead and footer of the portal. Demanded in production; null in a demonstration without it. */
  site: SiteOwner | null
  /** Where letters are handed over, and in whose name; null: no letters. */
  mail: { url: string; from: string } | null
  /** The path of the file with further channels (docs/notices.md); null: none. */
  channelsFile: string | null
  /** Hosts inside the office's own network to which webhooks may be sent nevertheless. */
  webhookAllow: string[]
  /** Minutes without a request after which a session ends; null (demo) for none. */
  idleMinutes: number | null
  oidc: OidcSettings | null
}

/** Whose site this is, as 国办函〔2019〕19号 wants it at the foot of every page. */
const Site = z.strictObject({
  government: z.string().min(1).max(60),
  host: z.string().min(1).max(60),
  operator: z.string().min(1).max(60),
  phone: z.string().min(1).max(40),
  icp: z.string().min(1).max(60),
  siteCode: z.string().regex(/^\d{10}$/, '应为十位数字'),
  police: z.string().min(1).max(60).optional(),
  correction: z.url(),
})
export type SiteOwner = z.infer<typeof Site>
const siteNames: Record<keyof SiteOwner, string> = {
  government: '政府名称',
  host: '主办单位',
  operator: '承办单位',
  phone: '联系电话',
  icp: '备案号',
  siteCode: '网站标识码',
  police: '公安备案号',
  correction: '找错网址',
}
const siteDemands = Object.entries(siteNames)
  .filter(([name]) => !Site.shape[name as keyof SiteOwner].safeParse(undefined).success)
  .map(([name, says]) => `${name} ${says}`)
  .join('、')
/** Given as the path of a JSON file, or as the JSON itself; a sentence when it is not complete. */
const siteOf = (given: string): SiteOwner | string => {
  const inline = given.trimStart().startsWith('{')
  let text: string
  let found: unknown
  try {
    text = inline ? given : readFileSync(given, 'utf8')
  } catch {
    return `读不到文件 ${given}`
  }
  try {
    found = JSON.parse(text)
  } catch {
    return `${inline ? '所写的内容' : `文件 ${given}`}不是 JSON`
  }
  const parsed = Site.safeParse(found)
  if (parsed.success) return parsed.data
  return parsed.error.issues
    .map((issue) => {
      const name = String(issue.path[0] ?? '')
      const says = siteNames[name as keyof SiteOwner]
      const value = (found as Record<string, unknown>)?.[name]
      return says
        ? `${name}（${says}）${value === undefined ? '没有填写' : issue.message}`
        : issue.code === 'unrecognized_keys'
          ? `没有这些项目：${issue.keys.join('、')}`
          : issue.message
    })
    .join('；')
}

/** The environment does not meet the requirements; `problems` has one line each, fit to be shown as they are. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`环境变量有误：\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * The end of the demo clock: beyond it, computed deadlines would pass the year 9999, and the clock cannot be turned
 * back.
 */
export const demoClockEnd = '2199-12-31'

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional())
const url = (protocols: RegExp, example: string) =>
  z.string().refine((value) => {
    const parsed = URL.parse(value)
    return parsed !== null && protocols.test(parsed.protocol)
  }, `应为网址，例如 ${example}`)
const postgresUrl = url(/^postgres(ql)?:$/, 'postgres://用户:口令@主机:5432/数据库')
const webUrl = url(/^https?:$/, 'https://gf.example.gov.cn')

const shape = z.object({
  HOST: optional(z.string().max(255)),
  PORT: optional(
    z
      .string()
      .refine(
        (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
        '应为 0–65535 的整数（0 表示任选空闲端口）',
      ),
  ),
  DATABASE_URL: optional(postgresUrl),
  DATABASE_READ_URL: optional(postgresUrl),
  DATABASE_OWNER_URL: optional(postgresUrl),
  DIANZHANG_DATA_DIR: optional(z.string()),
  DIANZHANG_ANCHOR_DIR: optional(z.string()),
  /** Read where PDF is set (packages/text-work). */
  DIANZHANG_FONT_DIR: optional(z.string().refine(existsSync, '没有这个文件夹')),
  DIANZHANG_ANCHOR_KEY: optional(z.string()),
  DIANZHANG_TLOG_KEY: optional(z.string()),
  DIANZHANG_SECRET: optional(z.string().min(32, '至少 32 个字符，请用随机生成的内容')),
  DIANZHANG_DEMO_NOW: optional(
    z.iso
      .datetime({ offset: true, error: '应为带时区偏移的时刻，例如 2026-03-02T09:00:00+08:00' })
      .refine((value) => Date.parse(value) <= Date.parse(demoClockEnd), `最远到${demoClockEnd}`),
  ),
  DIANZHANG_PUBLIC_URL: optional(webUrl),
  TRUSTED_PROXIES: optional(z.string()),
  DIANZHANG_PROCESSES: optional(
    z
      .string()
      .refine((value) => /^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= 64, '应为 1–64 的整数'),
  ),
  LOG_LEVEL: optional(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: '应为 fatal、error、warn、info、debug、trace、silent 之一',
    }),
  ),
  DIANZHANG_IDLE_MINUTES: optional(
    z
      .string()
      .refine(
        (value) => /^\d{1,3}$/.test(value) && Number(value) >= 5 && Number(value) <= 720,
        '应为 5–720 的整数（分钟）',
      ),
  ),
  DIANZHANG_SITE: optional(z.string()),
  DIANZHANG_SMTP_URL: optional(url(/^smtps?:$/, 'smtp://用户:口令@邮件服务器:587')),
  DIANZHANG_MAIL_FROM: optional(
    z.string().regex(/^(?:[^<>\r\n]{0,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, '应为“名称 <邮箱>”或者邮箱'),
  ),
  DIANZHANG_CHANNELS: optional(z.string().refine(existsSync, '没有这个文件')),
  DIANZHANG_WEBHOOK_ALLOW: optional(z.string().max(2000)),
  DIANZHANG_METRICS_TOKEN: optional(z.string().min(16, '至少 16 个字符')),
  OIDC_DISCOVERY_URL: optional(webUrl),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_PROVIDER_ID: optional(z.string().regex(/^[a-z0-9-]{1,40}$/, '只用小写字母、数字与连字符')),
  OIDC_NAME: optional(z.string().max(60)),
  OIDC_SCOPES: optional(z.string()),
})

/** `loopback`, an IP address, or a range of them like 10.0.0.0/8. */
function isAddressOrRange(text: string): boolean {
  if (text === 'loopback') return true
  const [address = '', prefix, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

/**
 * Reads the environment for one mode. Throws {@link EnvError} naming everything that is wrong at once.
 * `serve` demands `DATABASE_URL`, `DIANZHANG_SECRET`, `DIANZHANG_PUBLIC_URL` and `DIANZHANG_SITE`, and knows no demo clock.
 */
export function readEnv(mode: Mode, source: Record<string, string | undefined>): Env {
  const parsed = shape.safeParse(source)
  const problems: string[] = []
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.')}：${issue.message}`)
  }
  const broken = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])))
  const given = (name: string): boolean => (source[name] ?? '').trim() !== ''
  if (mode === 'serve') {
    for (const [name, purpose] of [
      ['DATABASE_URL', '生产模式须连接 PostgreSQL（15 或更新版本），例如 postgres://用户:口令@主机:5432/数据库'],
      ['DIANZHANG_SECRET', '生产模式须有会话签名密钥，至少 32 个随机字符，例如 openssl rand -base64 48 的输出'],
      [
        'DIANZHANG_PUBLIC_URL',
        '生产模式须写明对外网址，例如 https://gf.example.gov.cn；订阅源、导出文件里的地址由它构成，不由来访者说了算',
      ],
    ] as const) {
      if (!given(name) && !broken.has(name)) problems.push(`${name}：没有设置。${purpose}`)
    }
    if (given('DIANZHANG_DEMO_NOW')) problems.push('DIANZHANG_DEMO_NOW：只用于演示模式，生产模式不得设置')
  }
  if (mode === 'demo' && Number(source.DIANZHANG_PROCESSES) > 1)
    problems.push('DIANZHANG_PROCESSES：演示只有一个进程（演示时钟在它的内存里），多个进程只用于生产模式')
  const oidcNames = ['OIDC_DISCOVERY_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const oidcGiven = oidcNames.filter(given)
  if (oidcGiven.length > 0 && oidcGiven.length < oidcNames.length) {
    for (const name of oidcNames.filter((each) => !given(each))) {
      problems.push(`${name}：没有设置。单点登录须同时设置 ${oidcNames.join('、')}`)
    }
  }
  if (mode === 'demo' && oidcGiven.length > 0 && !given('DIANZHANG_PUBLIC_URL')) {
    problems.push('DIANZHANG_PUBLIC_URL：没有设置。单点登录须知道对外网址才能返回本系统')
  }
  if (given('DIANZHANG_SMTP_URL') !== given('DIANZHANG_MAIL_FROM'))
    problems.push(
      given('DIANZHANG_SMTP_URL')
        ? 'DIANZHANG_MAIL_FROM：没有设置。寄信须写明以哪个邮箱的名义，例如 典章 <notice@example.gov.cn>'
        : 'DIANZHANG_SMTP_URL：没有设置。写明了寄信人，还须写明邮件服务器',
    )
  const site = given('DIANZHANG_SITE') ? siteOf(source.DIANZHANG_SITE ?? '') : null
  if (typeof site === 'string') problems.push(`DIANZHANG_SITE：${site}。须有：${siteDemands}`)
  if (mode === 'serve' && !given('DIANZHANG_SITE'))
    problems.push(
      `DIANZHANG_SITE：没有设置。政府网站页底须写明是谁的网站（国办函〔2019〕19号）：JSON 文件的路径，或者 JSON 本身，须有 ${siteDemands}`,
    )
  const proxies = (source.TRUSTED_PROXIES ?? '').split(/[\s,，]+/).filter((entry) => entry !== '')
  for (const entry of proxies) {
    if (!isAddressOrRange(entry))
      problems.push(`TRUSTED_PROXIES：“${entry}”应为 IP 地址、网段（如 10.0.0.0/8）或 loopback`)
  }
  if (!parsed.success || problems.length > 0) throw new EnvError(problems)
  const env = parsed.data
  return {
    mode,
    host: env.HOST ?? '127.0.0.1',
    port: env.PORT === undefined ? 8080 : Number(env.PORT),
    portIsExplicit: env.PORT !== undefined,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseReadUrl: env.DATABASE_READ_URL ?? null,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? null,
    dataDir: env.DIANZHANG_DATA_DIR ?? defaultDataDir,
    anchorDir: env.DIANZHANG_ANCHOR_DIR ?? join(env.DIANZHANG_DATA_DIR ?? defaultDataDir, 'anchors'),
    anchorKey: env.DIANZHANG_ANCHOR_KEY ?? null,
    logKey: env.DIANZHANG_TLOG_KEY ?? null,
    secret: env.DIANZHANG_SECRET ?? null,
    demoNow: env.DIANZHANG_DEMO_NOW ?? null,
    trustedProxies: proxies,
    publicUrl: env.DIANZHANG_PUBLIC_URL ?? null,
    processes: Number(env.DIANZHANG_PROCESSES ?? 1),
    logLevel: env.LOG_LEVEL ?? (mode === 'serve' ? 'info' : 'warn'),
    metricsToken: env.DIANZHANG_METRICS_TOKEN ?? null,
    site: typeof site === 'string' ? null : site,
    mail:
      env.DIANZHANG_SMTP_URL && env.DIANZHANG_MAIL_FROM
        ? { url: env.DIANZHANG_SMTP_URL, from: env.DIANZHANG_MAIL_FROM }
        : null,
    channelsFile: env.DIANZHANG_CHANNELS ?? null,
    webhookAllow: (env.DIANZHANG_WEBHOOK_ALLOW ?? '')
      .toLowerCase()
      .split(/[\s,，]+/)
      .filter((host) => host !== ''),
    idleMinutes: env.DIANZHANG_IDLE_MINUTES ? Number(env.DIANZHANG_IDLE_MINUTES) : mode === 'serve' ? 30 : null,
    oidc:
      env.OIDC_DISCOVERY_URL && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET
        ? {
            discoveryUrl: env.OIDC_DISCOVERY_URL,
            clientId: env.OIDC_CLIENT_ID,
            clientSecret: env.OIDC_CLIENT_SECRET,
            providerId: env.OIDC_PROVIDER_ID ?? 'oidc',
            name: env.OIDC_NAME ?? '单点登录',
            scopes: (env.OIDC_SCOPES ?? 'openid profile email').split(/\s+/).filter((scope) => scope !== ''),
          }
        : null,
  }
}

/** `.dianzhang` in the program's folder. */
const defaultDataDir: string = fileURLToPath(new URL('../../../.dianzhang', import.meta.url))
