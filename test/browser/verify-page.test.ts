// 核验页：下载下来的一个文件，断网打开，选一份证明，说属实；动过任何一个字的都不说属实，各说为什么。
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withTransaction } from '@dianzhang/database'
import { contentHash } from '@dianzhang/ledger'
import { publishEntry } from '@dianzhang/register'
import { LogKeeper } from '@dianzhang/server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openWindow, phone, picture, violations } from '../support/browser.ts'
import { httpOffice, jurisdiction } from '../support/http.ts'
import { publicEntry } from '../support/public-entry.ts'

const bodies = Array.from({ length: 5 }, (_, n) => `第一条 为了第${n}件事，制定本办法。`)
const digest = (n: number): string => contentHash({ body: bodies[n] ?? '', attachments: [] })
let folder: string
let browser: Browser
let page: Page
let proof: string
let document: string

beforeAll(async () => {
  const t = await httpOffice()
  folder = mkdtempSync(join(tmpdir(), 'dz-verify-page-'))
  t.ctx.log = new LogKeeper({ office: t.office, folder, host: 'gf.example.gov.cn' })
  for (const [n, body] of bodies.entries())
    await withTransaction(t.office.db, (tx) => publishEntry(tx, publicEntry(n, { jurisdiction, body }), new Date()))
  proof = await (await t.app.request('/public/v1/proofs/3')).text()
  document = await (await t.app.request('/public/v1/documents/doc-3')).text()
  const file = join(folder, 'verify.html')
  writeFileSync(file, await (await t.app.request('/tlog/verify.html')).text())
  browser = await launchBrowser()
  const window = await openWindow(browser, { viewport: phone })
  page = window.page
  await window.context.setOffline(true)
  await page.goto(pathToFileURL(file).href)
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** 选一份证明，读页面的答复。 */
async function asked(text: string | Uint8Array, hash = ''): Promise<{ title: string; all: string; yes: boolean }> {
  await page.evaluate(`document.getElementById('answer').textContent = ''`)
  await page.evaluate(`document.getElementById('hash').value = ${JSON.stringify(hash)}`)
  await page.locator('#file').setInputFiles({ name: 'x.tlog-proof', mimeType: 'text/plain', buffer: Buffer.from(text) })
  const box = page.locator('#answer')
  await box.locator('h2').waitFor()
  return {
    title: (await box.locator('h2').textContent()) ?? '',
    all: (await box.textContent()) ?? '',
    yes: (await box.getAttribute('class')) === 'yes',
  }
}

test('真的证明，断网也说属实，写明是哪一条；没有违反无障碍的地方', async () => {
  const answer = await asked(proof)
  expect(answer).toMatchObject({ yes: true, title: '属实：是日志的第 3 条。' })
  expect(answer.all).toContain('示政规发〔2026〕3号')
  expect(answer.all).toContain(`内容摘要：${digest(3)}`)
  expect(answer.all).toContain('未经见证')
  expect((await asked(proof, digest(3).toUpperCase())).title).toBe('属实：是日志的第 3 条，内容摘要相符。')
  await picture(page, '核验页')
  expect(await violations(page, [], {})).toEqual([])
})

test('摘要不同的、不是证明的、残缺的、别的日志的，各说各的', async () => {
  expect(await asked(proof, digest(2))).toMatchObject({
    yes: false,
    title: expect.stringContaining('内容摘要与您所填的不同'),
  })
  for (const text of [
    '',
    '随便一个文件',
    proof.slice(0, 60),
    proof.replace(/^index .*$/m, ''),
    proof.slice(0, proof.indexOf('\n\n')),
  ])
    expect(await asked(text)).toMatchObject({ yes: false, title: expect.stringContaining('证明文件读不出来') })
  expect(await asked(proof.replaceAll('gf.example.gov.cn', 'gf.other.gov.cn'))).toMatchObject({
    yes: false,
    title: expect.stringContaining('这是另一个日志的证明'),
  })
  expect(await asked(proof.replace(/^index \d+$/m, 'index 2'))).toMatchObject({
    yes: false,
    title: expect.stringContaining('证明不成立'),
  })
  expect(await asked(proof.replace(/^index \d+$/m, 'index 77'))).toMatchObject({
    yes: false,
    title: expect.stringContaining('不在这个检查点之内'),
  })
  // 信任的公钥换成别人的：不认。
  const keys = page.locator('#keys')
  const trusted = await keys.inputValue()
  await keys.fill(trusted.replace(/.{8}$/, 'AAAAAAA='))
  expect((await asked(proof)).yes).toBe(false)
  await keys.fill(`${trusted} 签到 4`)
  expect(await asked(proof)).toMatchObject({ yes: false, title: expect.stringContaining('公钥已经更换') })
  await keys.fill(trusted)
  expect((await asked(proof)).yes).toBe(true)
})

test('手里的数据文件：没有动过的相符，动过正文或者附件的不同，不是数据文件的说明', async () => {
  const choose = async (file: unknown): Promise<string> => {
    await asked(proof)
    await page.evaluate(`document.getElementById('answer').textContent = ''`)
    await page.locator('#doc').setInputFiles({
      name: 'x.json',
      mimeType: 'application/json',
      buffer: Buffer.from(typeof file === 'string' ? file : JSON.stringify(file)),
    })
    const title = page.locator('#answer h2')
    await title.waitFor()
    return (await title.textContent()) ?? ''
  }
  const whole = JSON.parse(document) as { body: string; attachments: object[] }
  expect(await choose(document)).toBe('属实：是日志的第 3 条，内容摘要相符。')
  expect(await choose({ ...whole, body: `${whole.body} ` })).toContain('内容摘要与您所填的不同')
  const added = { name: '附表.pdf', mediaType: 'application/pdf', sha256: 'a'.repeat(64) }
  expect(await choose({ ...whole, attachments: [added] })).toContain('内容摘要与您所填的不同')
  for (const other of ['', '不是', '{}', '[]', '{"body":1}'])
    expect(await choose(other)).toContain('不是登记库的数据文件')
})

test('证明里每一处改一个字节，都不说属实', async () => {
  const bytes = Buffer.from(proof)
  const answers: Array<[number, string]> = []
  for (let at = 0; at < bytes.length; at += 13) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) === 0x41 ? 0x42 : 0x41
    const answer = await asked(changed)
    if (answer.yes) answers.push([at, bytes.subarray(Math.max(0, at - 10), at + 10).toString()])
  }
  expect(answers).toEqual([])
})
