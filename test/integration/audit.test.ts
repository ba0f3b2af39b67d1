// 案卷评查，经接口与命令行：本系统的一份案卷依台账重放，别处的一份照写明的判断；谁可以看；读不出的点名；抽取可以复核。
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { answers, noClassification } from '@dianzhang/contract'
import { importDocx } from '@dianzhang/formats'
import { openOffices } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
type Json = Record<string, unknown>
const golden = (name: string): string => fileURLToPath(new URL(`../golden/audit/${name}`, import.meta.url))
const elsewhere = JSON.parse(readFileSync(golden('elsewhere.json'), 'utf8')) as Json & { events: Json[] }
const document = await build.published(c, build.today(c), {
  issuers: ['hy-agri'],
  tier: 'department' as const,
  classification: { ...noClassification, ...build.urgent },
  title: '海原县农机停放办法',
})
const own = `/api/audits/documents/${document.id}`
const upload = async (username: string, path: string, body: string, type: string): Promise<Response> =>
  c.app.request(path, {
    method: 'POST',
    headers: {
      cookie: await c.session(username),
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  })
const status = async (username: string, path: string): Promise<number> =>
  (await c.app.request(path, { headers: { cookie: await c.session(username) } })).status

describe('本系统的案卷', () => {
  it('依台账列出经过，当时放行的各条都成立，逾期没有办的写明几日', async () => {
    const report = answers.AuditReport.parse(await c.get<Json>('reviewer', own))
    expect(report.steps[0]?.label).toBe('申请立项')
    expect(report.steps.map((s) => s.label)).toContain('公布')
    expect(report.findings.filter((f) => f.result === 'missed').map((f) => `${f.rule}：${f.reason}`)).toEqual([])
    expect(report.findings.find((f) => f.rule === 'deliberation.adopted')?.result).toBe('met')
    expect(report.source).toContain(document.id)
  })
  it('公布以后一直没有报送备案的，列为逾期，写明迟了几日、依哪一条', async () => {
    c.go('2026-05-06')
    const report = answers.AuditReport.parse(await c.get<Json>('reviewer', own))
    const filing = report.deadlines.find((d) => d.key.startsWith('filing:'))
    expect(filing?.state).toBe('overdue')
    expect(filing?.lateDays).toBe((Date.parse('2026-05-06') - Date.parse(String(filing?.dueOn))) / 86_400_000)
    expect(filing?.basis[0]?.document).not.toBe('')
    c.go('2026-03-02')
  })
  it('报告可以取 Word 文件，读得出全部各节', async () => {
    const answer = await c.app.request(`${own}/report.docx`, { headers: { cookie: await c.session('reviewer') } })
    expect(answer.status).toBe(200)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const { text } = await importDocx(bytes)
    for (const line of ['行政规范性文件案卷评查报告', '办理经过', '符合规定的', '海原县农机停放办法'])
      expect(text).toContain(line)
  })
  it('只有评查的人可以看，其余一律没有找到', async () => {
    expect(await status('drafter', own)).toBe(404)
    expect(await status('contact', own)).toBe(404)
    expect(await status('drafter', '/api/audits/sample?year=2026&n=1&seed=s')).toBe(404)
    expect((await upload('drafter', '/api/audits', JSON.stringify(elsewhere), 'application/json')).status).toBe(404)
    expect(await status('reviewer', '/api/audits/documents/doc-none')).toBe(404)
    expect((await c.app.request(own)).status).toBe(401)
  })
})

describe('别处的案卷', () => {
  it('JSON 与表得到同一份报告', async () => {
    const json = await upload('secretariat', '/api/audits', JSON.stringify(elsewhere), 'application/json')
    const table = await upload('secretariat', '/api/audits', readFileSync(golden('elsewhere.csv'), 'utf8'), 'text/csv')
    expect(json.status).toBe(200)
    const report = answers.AuditReport.parse(await json.json())
    expect(await table.json()).toEqual(report)
    expect(report.counts.missed).toBe(7)
    const paper = await upload('secretariat', '/api/audits.docx', JSON.stringify(elsewhere), 'application/json')
    expect(paper.status).toBe(200)
    expect(paper.headers.get('content-type')).toContain('wordprocessingml')
  })
  it('读不出的一项写明第几项、哪一栏', async () => {
    const broken = readFileSync(golden('elsewhere.csv'), 'utf8').replace('2025/5/14', '2025/5/41')
    const answer = await upload('secretariat', '/api/audits', broken, 'text/csv')
    expect(answer.status).toBe(422)
    const problem = (await answer.json()) as { issues: Array<{ path: string; message: string }> }
    expect(problem.issues[0]?.path).toBe('events.11.date')
    expect(problem.issues[0]?.message).toContain('第12项（签署，2025-05-41）的日期')
  })
  it('没有这个法域的规则，写明可以依国家的', async () => {
    const answer = await upload(
      'secretariat',
      '/api/audits',
      JSON.stringify({ ...elsewhere, place: '999999' }),
      'application/json',
    )
    expect(answer.status).toBe(422)
    expect(JSON.stringify(await answer.json())).toContain('写 CN')
  })
})

describe('抽取', () => {
  it('由公布的种子抽取，照公布的办法算得出同样的', async () => {
    const path = `/api/audits/sample?${new URLSearchParams({ year: '2026', n: '1', seed: '2026春' })}`
    const sample = answers.AuditSample.parse(await c.get<Json>('secretariat', path))
    expect(sample.population).toBe(1)
    expect(sample.items[0]?.id).toBe(document.id)
    expect(sample.items[0]?.rank).toBe(createHash('sha256').update(`2026春\n${document.id}`).digest('hex'))
    expect(sample.populationDigest).toBe(createHash('sha256').update(document.id).digest('hex'))
  })
  it('抽取记入办公台账：抽到哪几件、由几件中抽、由谁；同一种子不能再抽，另换种子的写明抽过几次', async () => {
    const office = async (who: string, payload: Json) => {
      const answer = await c.post(who, '/api/matters/office/commands', {
        type: 'SampleFiles',
        commandId: randomUUID(),
        expectedVersion: 1,
        ...payload,
      })
      return { status: answer.status, body: (await answer.json()) as Json & { result: Json; warnings: Json[] } }
    }
    await openOffices(c.office)
    const first = await office('secretariat', { year: 2026, n: 1, seed: '2026春' })
    expect(first.status).toBe(200)
    expect(first.body.result).toMatchObject({ population: 1, drawn: [document.id] })
    const again = await office('secretariat', { year: 2026, n: 1, seed: '2026春' })
    expect(again.status).toBe(409)
    expect(JSON.stringify(again.body)).toContain('sample.drawn-once')
    expect((await office('secretariat', { year: 2020, n: 1, seed: '2026春' })).status).toBe(409)
    expect((await office('secretariat', { year: 2026, n: 0, seed: '2026春' })).status).toBe(422)
    expect((await office('drafter', { year: 2026, n: 1, seed: '另一个' })).status).not.toBe(200)
    const other = await office('reviewer', { year: 2026, n: 1, seed: '另一个' })
    expect(other.body.warnings.map(({ rule }) => rule)).toEqual(['sample.first-draw'])
    const { items } = answers.AuditSamples.parse(await c.get<Json>('secretariat', '/api/audits/samples'))
    expect(items.map(({ seed, drawn }) => [seed, drawn.map(({ id }) => id)])).toEqual([
      ['另一个', [document.id]],
      ['2026春', [document.id]],
    ])
    expect(items[0]?.by).toContain('审核')
    expect(await status('drafter', '/api/audits/samples')).toBe(404)
  })
})

describe('命令行', () => {
  const run = promisify(execFile)
  const bin = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))
  const env = { PATH: process.env.PATH ?? '', DIANZHANG_DATA_DIR: '/nonexistent/dianzhang' }
  it('评查一个文件，不需要数据库；读不出的返回 1 并点名', async () => {
    const { stdout } = await run(process.execPath, [bin, 'audit', golden('elsewhere.csv')], { env })
    expect(stdout).toContain('不符合7项')
    expect(stdout).toContain('迟13日')
    const failed = (await run(process.execPath, [bin, 'audit', '--json', golden('elsewhere.md')], { env }).catch(
      (error: unknown) => error,
    )) as { code: number; stderr: string }
    expect(failed.code).toBe(1)
    expect(JSON.parse(failed.stderr).code).toBe('invalid')
  })
  it('没有写明评查哪一份、抽取没有种子的，返回 2', async () => {
    for (const args of [['audit'], ['audit', '--sample', '3']]) {
      const failed = (await run(process.execPath, [bin, ...args], { env }).catch((error: unknown) => error)) as {
        code: number
      }
      expect(failed.code).toBe(2)
    }
  })
})
