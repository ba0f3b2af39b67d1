// OAI-PMH 2.0: the register for harvesters, in the order of the public log, so that a token holds however much changes
// meanwhile. What is no longer public stays as a deleted record.
import { AppError } from '@dianzhang/contract'
import {
  changedRecords,
  countRecords,
  earliestRecord,
  exportEntry,
  getEntry,
  logNames,
  type RegisterDetail,
} from '@dianzhang/register'
import type { Context } from 'hono'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import type { AppEnv } from '../http/types.ts'

const replacements: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 does not allow these
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"']/g, (char) => replacements[char] ?? char)
const element = (name: string, text: string | null | undefined): string =>
  text === null || text === undefined || text === '' ? '' : `<${name}>${xml(text)}</${name}>`

type OaiErrorCode =
  | 'badVerb'
  | 'badArgument'
  | 'badResumptionToken'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'
class OaiError extends Error {
  readonly code: OaiErrorCode
  constructor(code: OaiErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Formats: the schema, the namespace, and which export it is (null: written here). */
const formats = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
    export: null,
    page: 100,
  },
  gbt47229: {
    schema: 'urn:dianzhang:schema:gbt47229.2',
    namespace: 'urn:dianzhang:gbt47229.2',
    export: 'xml',
    page: 100,
  },
  akn: {
    schema: 'http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd',
    namespace: 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0',
    export: 'akn',
    page: 20,
  },
} as const
type Prefix = keyof typeof formats

/** Which arguments a verb takes, and which it must have. */
const verbs: Record<string, { may: string[]; must: string[] }> = {
  Identify: { may: [], must: [] },
  ListMetadataFormats: { may: ['identifier'], must: [] },
  ListSets: { may: ['resumptionToken'], must: [] },
  GetRecord: { may: ['identifier', 'metadataPrefix'], must: ['identifier', 'metadataPrefix'] },
  ListIdentifiers: { may: ['metadataPrefix', 'from', 'until', 'set', 'resumptionToken'], must: ['metadataPrefix'] },
  ListRecords: { may: ['metadataPrefix', 'from', 'until', 'set', 'resumptionToken'], must: ['metadataPrefix'] },
}
interface Position {
  prefix: Prefix
  set: string | null
  from: string | null
  until: string | null
  after: number
  cursor: number
  total: number
}
const sets: Record<string, string> = { made: '本系统制发的文件', imported: '导入登记的文件' }

export function oaiRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  for (const [method, path] of [
    ['get', '/oai'],
    ['post', '/oai'],
    ['get', '/oai/:code'],
    ['post', '/oai/:code'],
  ] as const)
    ops.open(
      {
        method,
        path,
        tag: '机器读取',
        summary: `OAI-PMH 2.0（${path === '/oai' ? '本站的登记库' : '某一法域的登记库'}）：Identify、ListMetadataFormats、ListSets、ListIdentifiers、ListRecords、GetRecord；格式 oai_dc、gbt47229、akn`,
        answer: { description: 'OAI-PMH 应答；有误的也是 200，错误写在 error 里', mediaType: 'text/xml' },
      },
      async (c) => respond(c, await argumentsOf(c), path === '/oai' ? undefined : param(c, 'code')),
    )

  async function respond(c: Context<AppEnv>, given: URLSearchParams, wanted?: string): Promise<Response> {
    const origin = ctx.publicUrl ? new URL(ctx.publicUrl).origin : new URL(c.req.url).origin
    const host = new URL(origin).hostname
    const repository = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/i.test(host) ? host : 'dianzhang.invalid'
    const names = await logNames(office.readDb)
    const log = wanted === undefined ? names[0] : names.find((each) => each.code === wanted)
    if (wanted !== undefined && !log) throw new AppError('not_found', `没有法域 ${wanted} 的公开登记库。`)
    const code = log?.code ?? ''
    const base = `${origin}/oai${wanted === undefined ? '' : `/${encodeURIComponent(wanted)}`}`
    const identifier = (id: string): string => `oai:${repository}:${code}/${encodeURIComponent(id)}`
    const idOf = (text: string): string => {
      const prefix = `oai:${repository}:${code}/`
      if (!text.startsWith(prefix))
        throw new OaiError('idDoesNotExist', `没有标识为“${text}”的记录：标识应以 ${prefix} 开头`)
      try {
        return decodeURIComponent(text.slice(prefix.length))
      } catch {
        throw new OaiError('idDoesNotExist', `没有标识为“${text}”的记录`)
      }
    }
    const detail = (id: string) => getEntry(office.readDb, id, { now: office.clock.now(), jurisdiction: code })
    const header = async (record: { id: string; at: string; withdrawn: boolean }, entry?: RegisterDetail | null) => {
      const known = entry === undefined && !record.withdrawn ? await detail(record.id) : entry
      const gone = record.withdrawn || known === null
      return `<header${gone ? ' status="deleted"' : ''}><identifier>${xml(identifier(record.id))}</identifier><datestamp>${record.at}</datestamp>${known ? `<setSpec>${known.origin}</setSpec>` : ''}</header>`
    }
    const metadata = async (entry: RegisterDetail, prefix: Prefix): Promise<string | null> => {
      const url = `${origin}/register/${encodeURIComponent(entry.id)}`
      const { export: format } = formats[prefix]
      if (format === null) return dublinCore(entry, url)
      try {
        const bytes = await exportEntry(entry, format, url)?.write()
        const text = Buffer.from(bytes ?? [])
          .toString('utf8')
          .replace(/^\uFEFF?<\?xml[^>]*\?>\s*/, '')
        return format === 'xml' ? `<gbt47229 xmlns="${formats.gbt47229.namespace}">${text}</gbt47229>` : text
      } catch {
        return null
      }
    }
    const record = async (
      one: { id: string; at: string; withdrawn: boolean },
      prefix: Prefix,
    ): Promise<string | null> => {
      const entry = one.withdrawn ? null : await detail(one.id)
      if (!entry) return `<record>${await header(one, null)}</record>`
      const body = await metadata(entry, prefix)
      return body === null ? null : `<record>${await header(one, entry)}<metadata>${body}</metadata></record>`
    }
    const envelope = (request: string, body: string): Response =>
      c.body(
        `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"><responseDate>${new Date().toISOString().slice(0, 19)}Z</responseDate><request${request}>${xml(base)}</request>${body}</OAI-PMH>\n`,
        200,
        { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'no-store' },
      )
    const all = [...given.entries()]
    const attributes = all.map(([name, value]) => ` ${name}="${xml(value)}"`).join('')
    try {
      const verb = checkedVerb(given)
      const prefixOf = (text: string): Prefix => {
        if (!(text in formats))
          throw new OaiError('cannotDisseminateFormat', `没有格式“${text}”：可以是 ${Object.keys(formats).join('、')}`)
        return text as Prefix
      }
      if (verb === 'Identify') {
        const earliest = (await earliestRecord(office.readDb, code)) ?? '2000-01-01T00:00:00Z'
        return envelope(
          attributes,
          `<Identify><repositoryName>${xml(`${log?.name ?? ''}行政规范性文件登记库`)}</repositoryName><baseURL>${xml(base)}</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>noreply@${xml(repository)}</adminEmail><earliestDatestamp>${earliest}</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"><scheme>oai</scheme><repositoryIdentifier>${xml(repository)}</repositoryIdentifier><delimiter>:</delimiter><sampleIdentifier>${xml(identifier('1'))}</sampleIdentifier></oai-identifier></description></Identify>`,
        )
      }
      if (verb === 'ListMetadataFormats') {
        const asked = given.get('identifier')
        if (asked !== null) await found(asked)
        return envelope(
          attributes,
          `<ListMetadataFormats>${Object.entries(formats)
            .map(
              ([name, { schema, namespace }]) =>
                `<metadataFormat><metadataPrefix>${name}</metadataPrefix><schema>${schema}</schema><metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`,
            )
            .join('')}</ListMetadataFormats>`,
        )
      }
      if (verb === 'ListSets') {
        if (given.has('resumptionToken')) throw new OaiError('badResumptionToken', '集合只有一页，没有续页标记')
        return envelope(
          attributes,
          `<ListSets>${Object.entries(sets)
            .map(([spec, name]) => `<set><setSpec>${spec}</setSpec><setName>${name}</setName></set>`)
            .join('')}</ListSets>`,
        )
      }
      if (verb === 'GetRecord') {
        const prefix = prefixOf(given.get('metadataPrefix') ?? '')
        const one = await found(given.get('identifier') ?? '')
        const body = await record(one, prefix)
        if (body === null) throw new OaiError('cannotDisseminateFormat', '这件文件没有任何日期，不能写成这种格式')
        return envelope(attributes, `<GetRecord>${body}</GetRecord>`)
      }
      const at = positionOf(given, prefixOf)
      const asked = {
        jurisdiction: code,
        after: at.after,
        from: at.from ?? undefined,
        until: at.until ?? undefined,
        origin: (at.set ?? undefined) as 'made' | 'imported' | undefined,
      }
      const size = verb === 'ListIdentifiers' ? 500 : formats[at.prefix].page
      const rows = await changedRecords(office.readDb, { ...asked, limit: size + 1 })
      const page = rows.slice(0, size)
      if (page.length === 0 && at.after < 0) throw new OaiError('noRecordsMatch', '没有符合条件的记录')
      const total = at.total >= 0 ? at.total : await countRecords(office.readDb, { ...asked, limit: 1 })
      const bodies = await Promise.all(
        page.map((one) => (verb === 'ListIdentifiers' ? header(one) : record(one, at.prefix))),
      )
      const last = page.at(-1)
      const token =
        rows.length > size && last
          ? `<resumptionToken completeListSize="${total}" cursor="${at.cursor}">${tokenOf({ ...at, after: last.index, cursor: at.cursor + page.length, total })}</resumptionToken>`
          : at.after >= 0
            ? `<resumptionToken completeListSize="${total}" cursor="${at.cursor}"/>`
            : ''
      return envelope(attributes, `<${verb}>${bodies.filter((body) => body !== null).join('')}${token}</${verb}>`)
    } catch (error) {
      if (!(error instanceof OaiError)) throw error
      const bare = error.code === 'badVerb' || error.code === 'badArgument'
      return envelope(bare ? '' : attributes, `<error code="${error.code}">${xml(error.message)}</error>`)
    }
    async function found(text: string) {
      const [one] = await changedRecords(office.readDb, { jurisdiction: code, after: -1, limit: 1, id: idOf(text) })
      if (!one) throw new OaiError('idDoesNotExist', `没有标识为“${text}”的记录`)
      return one
    }
  }
}

async function argumentsOf(c: Context<AppEnv>): Promise<URLSearchParams> {
  return c.req.method === 'POST' ? new URLSearchParams(await c.req.text()) : new URL(c.req.url).searchParams
}
function checkedVerb(given: URLSearchParams): string {
  const [verb = '', ...more] = given.getAll('verb')
  const law = verbs[verb]
  if (more.length > 0) throw new OaiError('badVerb', 'verb 写了不止一次')
  if (!law)
    throw new OaiError(
      'badVerb',
      verb === '' ? '没有写 verb' : `没有 verb“${verb}”：可以是 ${Object.keys(verbs).join('、')}`,
    )
  const names = [...given.keys()].filter((name) => name !== 'verb')
  for (const name of names) {
    if (!law.may.includes(name)) throw new OaiError('badArgument', `${verb} 没有参数“${name}”`)
    if (given.getAll(name).length > 1) throw new OaiError('badArgument', `参数“${name}”写了不止一次`)
  }
  if (names.includes('resumptionToken')) {
    if (names.length > 1) throw new OaiError('badArgument', 'resumptionToken 须单独使用')
    return verb
  }
  for (const name of law.must) if (!names.includes(name)) throw new OaiError('badArgument', `${verb} 缺少参数“${name}”`)
  return verb
}
function positionOf(given: URLSearchParams, prefixOf: (text: string) => Prefix): Position {
  const token = given.get('resumptionToken')
  if (token !== null) {
    try {
      const at = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Position
      if (!Number.isSafeInteger(at.after) || !(at.prefix in formats)) throw new Error('token')
      return at
    } catch {
      throw new OaiError('badResumptionToken', '续页标记读不出来，请从头取')
    }
  }
  const prefix = prefixOf(given.get('metadataPrefix') ?? '')
  const set = given.get('set')
  if (set !== null && !(set in sets))
    throw new OaiError('noRecordsMatch', `没有集合“${set}”：可以是 ${Object.keys(sets).join('、')}`)
  const [from, until] = [given.get('from'), given.get('until')]
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/
  for (const [name, value] of [
    ['from', from],
    ['until', until],
  ] as const)
    if (value !== null && (!form.test(value) || Number.isNaN(Date.parse(value))))
      throw new OaiError('badArgument', `${name} 应写作 YYYY-MM-DD 或者 YYYY-MM-DDThh:mm:ssZ`)
  if (from !== null && until !== null) {
    if (from.length !== until.length) throw new OaiError('badArgument', 'from 与 until 的写法须相同')
    if (from > until) throw new OaiError('badArgument', 'from 不得晚于 until')
  }
  const whole = until !== null && until.length === 10 ? `${until}T23:59:59Z` : until
  return {
    prefix,
    set,
    from: from?.length === 10 ? `${from}T00:00:00Z` : from,
    until: whole,
    after: -1,
    cursor: 0,
    total: -1,
  }
}
const tokenOf = (at: Position): string => Buffer.from(JSON.stringify(at)).toString('base64url')

function dublinCore(entry: RegisterDetail, url: string): string {
  const dc = (name: string, text: string | null | undefined) => element(`dc:${name}`, text)
  return [
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">',
    dc('title', entry.title),
    ...entry.issuers.map((name) => dc('creator', name)),
    dc('subject', entry.subject),
    dc('description', entry.statusExplanation),
    dc('publisher', entry.leadIssuer),
    dc('date', entry.publishedOn),
    dc('type', entry.category),
    dc('format', 'text/html'),
    dc('identifier', url),
    dc('identifier', entry.documentNumber),
    dc('language', 'zh-CN'),
    ...entry.relations.flatMap(({ document }) => (document.id ? [dc('relation', document.title ?? document.id)] : [])),
    dc('coverage', entry.region),
    '</oai_dc:dc>',
  ].join('')
}
