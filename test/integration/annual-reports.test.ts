// 年度报告，经接口：编写、填报、冻结、异议、批准、公布、其后补录而更正；每一个数都打得开，正文里没有打不开的数。
import { randomUUID } from 'node:crypto'
import { answers } from '@dianzhang/contract'
import { importDocx } from '@dianzhang/formats'
import { importEntries } from '@dianzhang/register'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-01-05T09:00:00+08:00' })
type Json = Record<string, unknown>
async function* lines(records: readonly object[]): AsyncGenerator<string> {
  for (const record of records)
    yield JSON.stringify({ category: '地方规范性文件', region: '海原县', issuer: '海原县人民政府', ...record })
}
const add = (name: string, ...records: object[]) =>
  importEntries(c.office, lines(records), { jurisdiction: '640522', sourceName: name, now: c.clock.now() })
const entry = (n: number, publishedAt: string, status = '现行有效') => ({
  id: `r-${n}`,
  title: `海原县第${n}项管理办法`,
  publishedAt,
  effectiveAt: publishedAt,
  status,
  body: `第一条 为了第${n}项管理，制定本办法。`,
})
const body = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as Json })
let id = ''
async function command(username: string, type: string, payload: Json = {}) {
  const [row] = await c.sql`select version from matters where id = ${id}`
  return body(
    await c.post(username, `/api/matters/${id}/commands`, {
      type,
      commandId: randomUUID(),
      expectedVersion: Number(row?.version),
      ...payload,
    }),
  )
}
const done = async (username: string, type: string, payload: Json = {}) => {
  const answer = await command(username, type, payload)
  expect(answer.status, `${type}：${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
const refused = async (username: string, type: string, payload: Json, rule: string) => {
  const answer = await command(username, type, payload)
  expect(answer.status, JSON.stringify(answer.body)).toBe(409)
  expect(JSON.stringify(answer.body)).toContain(rule)
}
const report = async () => answers.AnnualReport.parse(await c.get<Json>(null, `/public/v1/annual-reports/${id}`))

describe('年度报告', () => {
  it('编写：不许直接写数，没有的先填报；年度没有结束不能冻结', async () => {
    await add('年初已有', ...[1, 2, 3].map((n) => entry(n, '2024-03-01')))
    await add('本年公布', ...[4, 5].map((n) => entry(n, '2025-06-01')))
    const open = (year: number) =>
      c.post('secretariat', '/api/matters', { process: 'annual-report', commandId: randomUUID(), year })
    const opened = await body(await open(2025))
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    id = String(opened.body.id)
    expect((await open(2025)).status).toBe(422)
    const early = await body(await open(2026))
    const [mine, version] = [id, early.body.version]
    id = String(early.body.id)
    await refused('secretariat', 'FreezeReport', {}, 'report.year-over')
    expect(version).toBe(1)
    id = mine
    await refused('secretariat', 'WriteSection', { section: 'plans', text: '完成5件。' }, 'report.figures-linked')
    const website = { section: 'measures', text: '网站发文{{manual-website}}，制发{{issued}}。' }
    await refused('secretariat', 'WriteSection', website, 'report.figures-known')
    await refused(
      'secretariat',
      'FillFigure',
      { figure: 'issued', value: '9件', source: '甲' },
      'report.filled-by-hand',
    )
    await done('secretariat', 'FillFigure', {
      figure: 'manual-website',
      value: '128件',
      source: '县政府办公室，网站后台',
    })
    await done('secretariat', 'WriteSection', website)
    await refused('secretariat', 'FreezeReport', {}, 'report.sections-written')
    for (const section of ['shortcomings', 'leaders', 'plans'])
      await done('secretariat', 'WriteSection', { section, text: '有待加强。' })
  })
  it('冻结：数与清单相符，附摘要；没有公布的看不到', async () => {
    await done('secretariat', 'FreezeReport')
    expect((await c.app.request(`/public/v1/annual-reports/${id}`)).status).toBe(404)
    expect((await c.app.request(`/annual-reports/${id}`)).status).toBe(404)
    const [row = {}] = await c.sql`select snapshot from matters where id = ${id}`
    const frozen = (
      row.snapshot as {
        context: { dossier: { frozen: { digest: string; figures: Array<{ id: string; value: number }> } } }
      }
    ).context.dossier.frozen
    expect(frozen.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(frozen.figures.find((x) => x.id === 'issued')?.value).toBe(2)
  })
  it('异议：批准以前须答复，答复以前同一单位不能再提；没有的数不能提', async () => {
    await refused('head', 'ObjectToFigure', { figure: 'nothing', reason: '少计。' }, 'report.figure-known')
    await done('head', 'ObjectToFigure', { figure: 'issued', reason: '少计一件。' })
    await refused('head', 'ObjectToFigure', { figure: 'issued', reason: '又提。' }, 'report.one-objection')
    await refused(
      'secretariat',
      'ApproveReport',
      { body: 'hy-gov:常务会议', on: '2026-01-05' },
      'report.objections-answered',
    )
    await done('secretariat', 'AnswerObjection', { objection: 1, outcome: 'not_upheld', reason: '该件系上年公布。' })
    await done('secretariat', 'ApproveReport', { body: 'hy-gov:常务会议', on: '2026-01-05' })
    expect((await command('drafter', 'PublishReport')).status).toBe(403)
    await done('secretariat', 'PublishReport')
  })
  it('公布：正文里的每一个数都有注，注的清单恰好那么多件；三个数加总；docx、PDF、CSV', async () => {
    const found = await report()
    const notes = new Map(found.notes.map((x) => [x.n, x]))
    for (const segment of found.sections.flatMap((x) => x.paragraphs.flat()))
      if ('figure' in segment) expect(notes.get(segment.note)?.figure).toBe(segment.figure)
    for (const note of found.notes) {
      if (note.list === null) {
        expect(note.source).toContain('县政府办公室')
        expect(note.label).toBe('政府网站发文件数')
        continue
      }
      const figure = found.figures.find((x) => x.id === note.figure)
      const { total } = await c.get<{ total: number }>(null, note.list)
      expect(total, note.figure).toBe(figure?.numerator ?? figure?.value)
    }
    // 历史里写作标识的数，附有名称：人读到的是“政府网站发文件数”，不是 {{manual-website}}。
    const history = await c.get<{ items: Array<{ payload: Json; names?: Record<string, string> }> }>(
      'secretariat',
      `/api/matters/${id}/history`,
    )
    const written = history.items.filter(({ payload }) => /manual-website/.test(JSON.stringify(payload)))
    expect(written.length).toBeGreaterThan(1)
    for (const { names } of written) expect(names?.['manual-website']).toBe('政府网站发文件数')
    for (const x of found.issuers) expect(x.opening + x.issued + x.revived - x.ended).toBe(x.closing)
    expect(found.issuers[0]).toMatchObject({ issuer: '海原县人民政府', opening: 3, issued: 2, closing: 5 })
    for (const name of ['report.docx', 'report.pdf', 'figures.csv']) {
      const answer = await c.app.request(`/public/v1/annual-reports/${id}/${name}`)
      expect(answer.status, name).toBe(200)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect(bytes.byteLength).toBeGreaterThan(500)
      if (name !== 'report.docx') continue
      // 会议纪要的文号不是报告的文号，没有自己的文号即没有红头；清单的地址是给人看的那一页。
      const { text } = await importDocx(bytes)
      expect(text).not.toContain('人民政府文件')
      expect(text).toMatch(/本报告经.*2026年\d+月\d+日批准/)
      expect(text).toContain('/statistics/issued?')
      expect(text).not.toContain('/public/v1/')
    }
    const html = await (await c.app.request(`/annual-reports/${id}`)).text()
    expect(html).not.toContain('<script')
    expect(html).toContain('少计一件')
    // 正文各段：去掉带链接的数、年月日以后，不剩别的数。
    const text = /<section class="report-text">([\s\S]*?)<\/section>/.exec(html)?.[1] ?? ''
    expect(text.length).toBeGreaterThan(100)
    const rest = text
      .replace(/<a [^>]*>[\s\S]*?<\/a>/g, '')
      .replace(/<[^>]*>/g, '')
      .replace(/\d{4}年/g, '')
    expect(rest).not.toMatch(/\d/)
  })
  it('其后补录一件，重算与公布的不同：指出补录的是哪一件，更正写明原因；没有差别的不能更正', async () => {
    const differences = async () =>
      answers.ReportDifferences.parse(await c.get<Json>('secretariat', `/api/matters/${id}/figure-differences`))
    expect((await differences()).items).toEqual([])
    await refused('secretariat', 'RecordCorrection', { cause: '无。' }, 'report.differs')
    c.go('2026-04-20')
    await add('补录', entry(6, '2025-11-01'))
    const { items } = await differences()
    expect(items.find((x) => x.id === 'issued')).toMatchObject({ from: '2件', to: '3件' })
    expect(items.find((x) => x.id === 'issued')?.late.join()).toContain('海原县第6项管理办法')
    await done('secretariat', 'RecordCorrection', { cause: '补录2025年11月公布的一件。' })
    expect((await differences()).items).toEqual([])
    const found = await report()
    expect(found.corrected[0]?.figures).toContainEqual({ id: 'issued', label: '本期制发件数', from: '2件', to: '3件' })
    expect(await (await c.app.request(`/annual-reports/${id}`)).text()).toContain('更正')
    await refused('secretariat', 'RecordCorrection', { cause: '无。' }, 'report.differs')
  })
  it('期限：季度目录、三个数、报送、公开各有一日，办了即了', async () => {
    await done('secretariat', 'RecordDuty', { duty: 'three_numbers', to: '政务公开主管部门', on: '2026-01-30' })
    const items = await c.get<Array<{ key: string; dueOn: string; status: string }>>(
      'secretariat',
      `/api/matters/${id}/deadlines`,
    )
    const due = Object.fromEntries(items.map((x) => [x.key, `${x.dueOn} ${x.status}`]))
    expect(due).toEqual({
      quarter_1: '2025-05-31 open',
      quarter_2: '2025-08-31 open',
      quarter_3: '2025-11-30 open',
      quarter_4: '2026-02-28 open',
      filing_list: '2026-01-31 open',
      three_numbers: '2026-01-31 met',
      report: '2026-03-01 open',
      public: '2026-03-31 met',
    })
    const report = await verifyDatabase(c.sql)
    expect(report.faults.filter(({ check }) => check !== 'seals')).toEqual([])
  })
})
