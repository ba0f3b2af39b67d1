// 清单取走：接口说明里的每一张清单都另有工作簿与 CSV，逐张取来由另一个程序读回；没有的须写明为什么。
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { demoPassword, demoPeople } from '@dianzhang/demo'
import type { Running } from '@dianzhang/server'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCode } from '../support/code-words.ts'
import { demoDatabase, startDemo } from '../support/demo-county.ts'
import { type StaffClient as Caller, signIn } from '../support/serve.ts'

interface Shape {
  type?: string
  $ref?: string
  properties?: Record<string, Shape>
  items?: Shape
}
interface Document {
  paths: Record<
    string,
    { get?: { summary?: string; responses: Record<string, { content?: Record<string, { schema?: Shape }> }> } }
  >
  components?: { schemas?: Record<string, Shape> }
}
let server: Running
let document: Document
beforeAll(async () => {
  const database = await demoDatabase()
  server = await startDemo(database.appUrl, database.url)
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document
})
afterAll(() => server.stop())

/** 不是清单，或者另有自己的文件的：各写明缘由。 */
const none: Record<string, string> = {
  '/api/documents/{id}/actions': '此刻能办理什么，随时在变',
  '/api/matters/{id}/actions': '此刻能办理什么，随时在变',
  '/api/documents/{id}/archive': '卷内目录随整卷下载，另有 archive.zip',
  '/api/documents/{id}/versions': '列在文件清单里（files）',
  '/api/documents/{id}/artefacts': '列在文件清单里（files）',
  '/api/documents/{id}/comment-clearance': '逐件办理的一栏，意见另有清单（comments）',
  '/api/documents/{id}/comment-totals': '几个数，意见另有清单（comments）',
  '/api/documents/{id}/basis-proposal': '对照表的草稿，采用以后是一份材料',
  '/api/documents/{id}/anchors': '正文旁的记号',
  '/api/documents/{id}/review-findings': '正文旁的提问',
  '/api/matters/{id}/items': '清理意见表（opinions.xlsx）可以填好再读入',
  '/api/plan-items': '立项时供选的',
  '/api/leaders': '供选的人',
  '/api/delegates': '供选的人',
  '/api/packs/places': '供选的一版',
  '/api/saved-filters': '本人的几个筛选',
  '/api/dashboard': '几个数，统计另有表',
  '/api/stage-load': '几个数',
  '/api/administration': '要照看的几项，各有自己的页',
  '/public/v1/filing-rates': '与统计相同的几个数，统计另有表',
  '/public/v1/effects': '给机器：一件文件的效力变动',
  '/exchange/v1/keys': '给另一套系统',
  '/exchange/v1/ledger': '给另一套系统',
}
const callers = new Map<string, Promise<Caller>>()
const as = (username: string): Promise<Caller> => {
  const known = callers.get(username) ?? signIn(() => server.url, username, demoPassword)
  callers.set(username, known)
  return known
}
const shapeOf = (shape: Shape | undefined): Shape =>
  shape?.$ref ? shapeOf(document.components?.schemas?.[shape.$ref.split('/').at(-1) ?? '']) : (shape ?? {})
/** 答复是一张清单的路径：一串，或者 `items` 是一串；串里是成行的东西。 */
const lists = (): string[] =>
  Object.entries(document.paths).flatMap(([path, { get }]) => {
    const shape = shapeOf(get?.responses['200']?.content?.['application/json']?.schema)
    const rows = shape.type === 'array' ? shape : shapeOf(shape.properties?.items)
    return rows.type === 'array' && shapeOf(rows.items).type === 'object' ? [path] : []
  })
const tables = (): string[] =>
  Object.keys(document.paths).flatMap((path) => (path.endsWith('.xlsx') ? [path.slice(0, -'.xlsx'.length)] : []))
/** 谁看得到：依次试，第一个答复 200 的。 */
const readers = ['secretariat', 'drafter', 'reviewer', 'registrar', 'admin'].concat(
  demoPeople.map(({ username }) => username),
)

/** 一张表另要写明的查询，或者地址中的参数取自哪里。 */
async function addressesOf(table: string): Promise<string[]> {
  const asked: Record<string, string> = {
    '/public/v1/acts': '?q=法',
    '/public/v1/impact': '?act=行政处罚法',
    '/api/audits/sample': '?year=2026&n=3&seed=甲',
    '/api/packs/compare': '?left=left&right=right',
  }
  const items = async (path: string, username?: string): Promise<Array<Record<string, unknown>>> => {
    const { body } = username
      ? await (await as(username)).get(path)
      : { body: await (await fetch(`${server.url}${path}`)).json() }
    return Array.isArray(body) ? body : (body as { items: Array<Record<string, unknown>> }).items
  }
  const ids = async (path: string, username?: string, name = 'id') =>
    (await items(path, username)).map((row) => encodeURIComponent(String(row[name])))
  const fill = (values: readonly string[]) => values.map((value) => table.replace(/\{\w+\}/, value))
  if (table === '/api/packs/compare') {
    const [left, right = left] = (await ids('/api/packs', 'admin', 'version')).slice(-2)
    return [`${table}?left=${left}&right=${right}`]
  }
  if (table === '/api/series/{series}/{year}/numbers')
    return (await items('/api/series', 'secretariat')).map(
      ({ series, year }) => `/api/series/${encodeURIComponent(String(series))}/${year}/numbers`,
    )
  if (table.startsWith('/api/documents/{id}')) return fill(await ids('/api/documents?limit=40', 'secretariat'))
  if (table.startsWith('/api/matters/{id}/figure'))
    return fill(await ids('/api/matters?process=annual-report', 'secretariat'))
  if (table.startsWith('/api/matters/{id}/opinions') || table.startsWith('/api/matters/{id}/lists'))
    return fill(await ids('/api/matters?process=cleanup', 'secretariat'))
  if (table.startsWith('/api/matters/{id}')) return fill(await ids('/api/matters?limit=60', 'secretariat'))
  if (table.startsWith('/api/packs/{version}')) return fill((await ids('/api/packs', 'admin', 'version')).slice(-1))
  if (table.startsWith('/api/calendar/years')) return fill(['2026'])
  const parent = /^(\/public\/v1\/[\w-]+)\/\{\w+\}/.exec(table)?.[1]
  if (parent)
    return fill(parent === '/public/v1/consultations' ? await ids(`${parent}?open=false&limit=100`) : await ids(parent))
  return [`${table}${asked[table] ?? ''}`]
}
const headsOnly = [
  '/api/audits/samples',
  '/api/matters/{id}/figure-differences',
  '/api/delegations',
  '/api/office-acts',
  '/api/packs/affected',
  '/api/calendar/notices',
  '/api/outward/deliveries',
  '/api/exchange/stuck',
  '/public/v1/impact',
  '/public/v1/mandates',
  '/api/mandate-proposals',
]
/** 写在页面里的取走之处：给表的 `taken`，取走的几个键，续页的清单自带；另有自己的文件的写明后缀。 */
const takenAt = /(?:taken=\{\{\s*path:\s*|<Take(?:n)?Away\s+path=\{?)[`'"]((?:[^`'"$]|\$\{[^}]*\})+)[`'"]/g
const pagedAt = /usePages<\w+>\(\s*\[[^\]]*\],\s*[`'"]((?:[^`'"$]|\$\{[^}]*\})+)[`'"]/g
const fileAt = /[`'"]((?:\/|\$\{)(?:[^`'"$\s]|\$\{[^}]*\})+)\.xlsx/g
/** 不论参数叫什么。 */
const plain = (path: string): string => path.replaceAll(/\$?\{[^}]*\}+/g, '{}')
/** 没有自己的一页，或者页上只供选的，只由接口取；文件库检索的地址由条件拼出。 */
const onlyByApi = ['/api/deviations', '/api/documents', '/api/packs', '/public/v1/documents']
const formatted = (address: string, format: string): string => address.replace(/(?=\?|$)/, `.${format}`)
/** 表里的一格是照抄的文字，不是系统写的：其中可以有任何词。 */
const copied =
  /^(代码|账号|网址|清单|统计项|.*摘要|签名|序列|系列|名称|文件|案卷|上位法|意见|说明|理由|.*缘由|内容|规则包|版本|现用一版|现行一版|由哪一版修订|法域|收的一方|人员或者单位|.*名称或者说明|原文|出处|.*：出处|.*：值|值|参数|种子)$/u

describe('清单取走', () => {
  it('写成代码的话认得出：命令名、栏目名、标识、时刻；文号、日期、格式的名称不算', () => {
    for (const code of [
      'OpenPublicConsultation',
      '办理draftingUnit',
      'affects_rights',
      '{{manual-website}}',
      '2026-03-01T09:00',
    ])
      expect(isCode(code), code).toBe(true)
    for (const words of ['海政规发〔2026〕12号', '2026-03-01', '下载 XLSX、csv', 'Word（GB/T 9704）', 'Akoma Ntoso'])
      expect(isCode(words), words).toBe(false)
  })
  it('每一张清单都有工作簿与 CSV，不是清单的写明缘由', () => {
    const found = lists()
    expect(found.length).toBeGreaterThan(60)
    const given = (path: string) => tables().some((table) => table === path || table.startsWith(`${path}/`))
    expect(found.filter((path) => !given(path) && !none[path])).toEqual([])
    expect(Object.keys(none).filter((path) => !found.includes(path) || tables().includes(path))).toEqual([])
    // 有 CSV 的都有工作簿，反之亦然。
    const ends = (ending: string) =>
      Object.keys(document.paths).flatMap((path) => (path.endsWith(ending) ? [path.slice(0, -ending.length)] : []))
    expect(ends('.csv').toSorted()).toEqual(ends('.xlsx').toSorted())
  })
  it('每一张表都在页面上取得到：工作台、门户写了取走它的地方', () => {
    const offered = new Set(
      ['workbench', 'portal'].flatMap((app) => {
        const root = fileURLToPath(new URL(`../../apps/${app}/src/`, import.meta.url))
        return readdirSync(root, { recursive: true, encoding: 'utf8' })
          .filter((path) => /\.tsx?$/.test(path))
          .flatMap((path) => {
            const text = readFileSync(`${root}${path}`, 'utf8')
            // 续页的清单由 PagedTable 画出才有取走的键。
            const paged = text.includes('<PagedTable') ? [...text.matchAll(pagedAt)] : []
            return [...text.matchAll(takenAt), ...text.matchAll(fileAt), ...paged].map(([, at = '']) => plain(at))
          })
      }),
    )
    const missing = tables().filter((table) => {
      const own = plain(table)
      return (
        !onlyByApi.includes(table) &&
        ![...offered].some((at) => at === own || at.endsWith(own.split('{}').at(-1) || own))
      )
    })
    expect(offered.size).toBeGreaterThan(30)
    expect(missing).toEqual([])
  })
  it('逐张取来：工作簿由另一个程序读回，与 CSV 逐格相同；没有会被当作公式的，没有代码', async () => {
    const faults: string[] = []
    const empty: string[] = []
    for (const table of tables()) {
      let rows = 0
      for (const address of (await addressesOf(table)).slice(0, 40)) {
        const take = async (format: string) => {
          for (const username of table.startsWith('/public') ? [''] : readers) {
            const path = formatted(address, format)
            const answer = username ? await (await as(username)).raw(path) : await fetch(`${server.url}${path}`)
            if (answer.status === 200) return new Uint8Array(await answer.arrayBuffer())
            if (answer.status !== 403 && answer.status !== 404) faults.push(`${path} ${answer.status}`)
          }
          return null
        }
        const [csv, xlsx] = [await take('csv'), await take('xlsx')]
        if ((csv === null) !== (xlsx === null)) faults.push(`${address} 只有一种`)
        if (!csv || !xlsx) continue
        const read = rowsOf(new TextDecoder('utf-8', { ignoreBOM: false }).decode(csv))
        const book = (await readSheet(Buffer.from(xlsx))).map((row) =>
          row.map((cell) => (cell === null ? '' : String(cell))),
        )
        rows += read.length - 1
        const [head = []] = read
        if (read.length !== book.length) faults.push(`${address} CSV ${read.length} 行，工作簿 ${book.length} 行`)
        for (const [n, row] of read.entries())
          for (const [i, cell] of row.entries()) {
            const plain = cell.replace(/^'(?=[\s\u3000]*[=+\-@＝＋－＠\t\r])/u, '')
            const other = book[n]?.[i] ?? ''
            if (plain.trim() !== other.trim()) faults.push(`${address} 第${n + 1}行“${head[i]}”：${cell} ≠ ${other}`)
            if (/^[\s\u3000]*[=+\-@＝＋－＠]/u.test(cell)) faults.push(`${address} 公式：${cell}`)
            if (n > 0 && !copied.test(head[i] ?? '') && isCode(cell))
              faults.push(`${address} “${head[i]}”写成代码：${cell.slice(0, 80)}`)
          }
      }
      if (rows === 0) empty.push(table)
    }
    expect([...new Set(faults)].slice(0, 60)).toEqual([])
    // 演示县里一行也没有的，这里只核对表头；上位法的几张由 acts.test.ts 以真实的行核对。
    expect(empty).toEqual(headsOnly)
  }, 600_000)
  it('服务端分页的清单：逐页一件，不重不漏，取走的表仍是全部', async () => {
    const admin = await as('admin')
    const notice = {
      jurisdiction: '640522',
      source: '海原县人民政府办公室关于节日放假的通知',
      days: [{ date: '2027-01-01', kind: 'off', name: '元旦' }],
    }
    for (const id of ['local-a', 'local-b'])
      expect((await admin.post('/api/calendar/notices', { ...notice, id, year: 2027 })).status).toBeLessThan(300)
    let most = 0
    for (const [path, username] of [
      ['/api/issuers', 'admin'],
      ['/api/calendar/notices', 'admin'],
      ['/api/filings/unfiled', 'registrar.county'],
    ] as const) {
      const caller = await as(username)
      const seen: unknown[] = []
      let cursor = ''
      do {
        const { body } = await caller.get(`${path}?limit=1${cursor && `&cursor=${cursor}`}`)
        const page = body as { items: unknown[]; nextCursor: string | null; total?: number }
        expect(page.items.length, path).toBeLessThanOrEqual(1)
        seen.push(...page.items.map((row) => JSON.stringify(row)))
        cursor = page.nextCursor ?? ''
      } while (cursor !== '')
      expect(new Set(seen).size, path).toBe(seen.length)
      most = Math.max(most, seen.length)
      const csv = new TextDecoder().decode(await (await caller.raw(formatted(path, 'csv'))).arrayBuffer())
      expect(rowsOf(csv).length - 1, path).toBe(seen.length)
      expect((await caller.get(`${path}?cursor=不是`)).status, path).toBe(422)
    }
    expect(most).toBeGreaterThan(2)
    const late = (await (await as('registrar.county')).get('/api/filings/unfiled?late=true')).body as {
      items: Array<{ daysLate: number; returned: boolean }>
      total: number
    }
    expect(late.total).toBeGreaterThan(0)
    expect(late.items.filter((row) => row.daysLate === 0 && !row.returned)).toEqual([])
  })
})

/** 一份 CSV 的各行各格：引号里的换行、逗号照收。 */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') cell += text[++i]
      else if (char === '"') quoted = false
      else cell += char
    } else if (char === '"') quoted = true
    else if (char === ',') {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (char === '\r' && text[i + 1] === '\n') {
      i++
      rows.at(-1)?.push(cell)
      cell = ''
      rows.push([])
    } else cell += char
  }
  return rows.filter((row) => row.length > 0)
}
