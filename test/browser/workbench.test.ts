// 工作台在真实的浏览器里：登录、待办、读到拒绝的理由与条文、填写、案卷已变、会话中途失效，填写的内容都不丢。
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Running, start } from '@dianzhang/server'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/chromium.ts'
import { testDatabase } from '../support/database.ts'
import { signIn } from '../support/serve.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const screenshots = fileURLToPath(new URL('../output/screenshots', import.meta.url))
mkdirSync(screenshots, { recursive: true })
// 全部页面的截图费时，设置 DIANZHANG_SCREENSHOTS=1 时才拍。
const everyPicture = process.env.DIANZHANG_SCREENSHOTS === '1'
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 800 }
const password = 'dianzhang-demo'

let running: Running
let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'dianzhang-test-workbench-'))

beforeAll(async () => {
  const database = await testDatabase()
  const server = start('demo', {
    DATABASE_URL: database.url,
    DIANZHANG_DATA_DIR: folder,
    DIANZHANG_DEMO_NOW: '2026-11-18T09:00:00+08:00',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
  })
  const opening = playwright.launch({
    executablePath: await chromiumPath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  ;[running, browser] = await Promise.all([server, opening])
})
afterAll(async () => {
  await browser?.close()
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Window {
  page: Page
  context: BrowserContext
  /** 页面自己报出的错误；拒绝的答复（4xx）不算。 */
  faults: string[]
}
async function open(username: string | null, viewport = desktop): Promise<Window> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport,
    baseURL: running.url,
  })
  context.setDefaultTimeout(10_000)
  if (username) await signInHere(context, username)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text())
  })
  return { page, context, faults }
}
async function signInHere(context: BrowserContext, username: string): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/username', { data: { username, password } })
  expect(answer.status()).toBe(200)
}
const staff = (username: string) => signIn(() => running.url, username, password)
async function documentCalled(title: string): Promise<string> {
  const secretary = await staff('secretariat')
  const { body } = await secretary.get(`/api/documents?q=${encodeURIComponent(title)}`)
  const found = (body as { items: Array<{ id: string; title: string }> }).items.find((each) =>
    each.title.includes(title),
  )
  if (!found) throw new Error(`演示县没有《${title}》`)
  return found.id
}
const form = (page: Page, command: string) => page.locator(`form[data-command="${command}"]`)
const fieldOf = (page: Page, command: string, field: string) => form(page, command).locator(`[data-field="${field}"]`)

describe('工作台', () => {
  it('登录页给出演示账号；登录与待办两页的脚本合计不超过 300 KB', async () => {
    const { page, context, faults } = await open(null)
    const sizes: Array<Promise<number>> = []
    page.on('requestfinished', (request) => {
      if (/\.js$/.test(new URL(request.url()).pathname))
        sizes.push(request.sizes().then((each) => each.responseBodySize))
    })
    await page.goto('/staff')
    await page.getByRole('heading', { name: '最初五分钟' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/staff/sign-in')
    await page.screenshot({ path: `${screenshots}/workbench-登录.png`, fullPage: true })
    await page.getByLabel('用户名').fill('drafter')
    await page.getByLabel('密码', { exact: true }).fill('wrong-password')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('用户名或者密码不正确').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '我的待办' }).waitFor()
    await page.locator('.grid-row').first().waitFor()
    const total = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0)
    expect(total).toBeGreaterThan(50_000)
    expect(total).toBeLessThanOrEqual(300 * 1024)
    expect(faults).toEqual([])
    await context.close()
  })

  it('待办用键盘走：j 选下一件，/ 检索写进网址，回车打开', async () => {
    const { page, context, faults } = await open('secretariat')
    await page.goto('/staff?scope=all')
    await page.locator('.grid-row').nth(2).waitFor()
    await page.screenshot({ path: `${screenshots}/workbench-待办.png` })
    await page.keyboard.press('j')
    expect(await page.locator('.grid-row.selected').getAttribute('aria-rowindex')).toBe('2')
    await page.keyboard.press('/')
    await page.keyboard.type('供热')
    await page.waitForURL(/q=/)
    await page.locator('.grid-row', { hasText: '供热' }).waitFor()
    await expect.poll(() => page.locator('.grid-row').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '海原县城区集中供热管理办法' }).waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('审核人读到为何还不能出具意见、依哪一条、最早哪一天；硬要提交也得到同样的说明', async () => {
    const id = await documentCalled('普通住宅物业服务收费管理细则')
    const { page, context, faults } = await open('reviewer')
    await page.goto(`/staff/documents/${id}`)
    const closed = page.locator('.closed[data-command="IssueOpinion"]')
    await closed.waitFor()
    if ((await closed.getAttribute('open')) === null) await closed.locator('summary').first().click()
    const verdict = closed.locator('[data-rule="review.min-period"]')
    await verdict.waitFor()
    const said = await verdict.innerText()
    expect(said).toContain('依据：')
    expect(said).toMatch(/《.+》/)
    expect(said).toMatch(/最早可办：\d{4}年\d{1,2}月\d{1,2}日/)
    await verdict.getByRole('button', { name: '为什么是这一天' }).click()
    await verdict.locator('.month').first().waitFor()
    await page.screenshot({ path: `${screenshots}/workbench-拒绝.png` })

    await closed.getByRole('link', { name: /先填写/ }).click()
    await form(page, 'IssueOpinion').getByText('合法', { exact: true }).click()
    await form(page, 'IssueOpinion').getByRole('button', { name: '出具合法性审核意见' }).click()
    const refusal = page.getByTestId('problem')
    await refusal.waitFor()
    expect(await refusal.innerText()).toContain('最早可办')
    expect(faults).toEqual([])
    await context.close()
  })

  it('漏填的在各栏下说明，不发出请求；案卷已被他人更新时说明变了什么，填写的内容都在', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    const { page, context, faults } = await open('drafter')
    await page.goto(`/staff/documents/${id}?do=AnswerPoint`)
    const answer = form(page, 'AnswerPoint')
    let posts = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1
    })
    await answer.getByRole('button', { name: '答复审核意见' }).click()
    await fieldOf(page, 'AnswerPoint', 'answer').getByText('必须填写').waitFor()
    expect(posts).toBe(0)
    await answer.getByText('不采纳', { exact: true }).click()
    const reason = '种养结合的面积标准由上级另行规定，本办法不宜重复。'
    await fieldOf(page, 'AnswerPoint', 'reason').locator('textarea').fill(reason)

    const drafter = await staff('drafter')
    const before = (await drafter.get(`/api/documents/${id}`)).body as { version: number }
    const other = await drafter.post(`/api/documents/${id}/commands`, {
      type: 'ProvideArtefact',
      commandId: randomUUID(),
      expectedVersion: before.version,
      kind: 'research_report',
      body: '实地调研十二个养殖场。',
    })
    expect(other.status).toBe(200)
    const stale = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.status() === 412,
    )
    await answer.getByRole('button', { name: '答复审核意见' }).click()
    await stale
    const notice = page.getByTestId('stale')
    await notice.getByText('提交材料').waitFor()
    expect(await fieldOf(page, 'AnswerPoint', 'reason').locator('textarea').inputValue()).toBe(reason)
    await page.screenshot({ path: `${screenshots}/workbench-案卷已更新.png` })
    await notice.getByRole('button', { name: /已看过变化/ }).click()
    await answer.getByRole('button', { name: '答复审核意见' }).dblclick()
    await page.getByText(/答复审核意见：已办理/).waitFor()
    const after = (await drafter.get(`/api/documents/${id}`)).body as {
      version: number
      review: { opinion: { points: Array<{ answer: null | { reason: string | null } }> } }
    }
    // 双击只办理一次。
    expect(after.version).toBe(before.version + 2)
    expect(after.review.opinion.points.filter((point) => point.answer?.reason === reason)).toHaveLength(1)
    expect(faults).toEqual([])
    await context.close()
  })

  it('会话在填写中途失效：就地重新登录，停住的提交接着办成，不必重填', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    const { page, context, faults } = await open('drafter')
    await page.goto(`/staff/documents/${id}?do=ProvideArtefact`)
    const provide = form(page, 'ProvideArtefact')
    await fieldOf(page, 'ProvideArtefact', 'kind').locator('input').click()
    await page.getByTitle('必要性评估').click()
    const text = '现行规定已施行五年，配套标准多有变化，确有重新制定的必要。'
    await fieldOf(page, 'ProvideArtefact', 'body').locator('textarea').fill(text)
    await context.clearCookies()
    await provide.getByRole('button', { name: '提交材料' }).click()
    const dialog = page.locator('.ant-modal', { hasText: '登录已过期' })
    await dialog.waitFor()
    await page.screenshot({ path: `${screenshots}/workbench-登录已过期.png` })
    expect(await fieldOf(page, 'ProvideArtefact', 'body').locator('textarea').inputValue()).toBe(text)
    await dialog.getByLabel('密码', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: '重新登录' }).click()
    await page.getByText(/提交材料：已办理/).waitFor()
    const drafter = await staff('drafter')
    const { body } = await drafter.get(`/api/documents/${id}/artefacts`)
    expect((body as Array<{ body: string | null }>).filter((each) => each.body === text)).toHaveLength(1)
    expect(faults).toEqual([])
    await context.close()
  })

  it('两个窗口同时编号：只编一次号，另一个窗口得知案卷已更新', async () => {
    const id = await documentCalled('城区集中供热管理办法')
    const [secretary, leader] = await Promise.all([staff('secretariat'), staff('leader')])
    const read = async () =>
      (await secretary.get(`/api/documents/${id}`)).body as { version: number; stage: string; text: { hash: string } }
    const command = async (who: typeof leader, type: string, payload: object) => {
      const { version } = await read()
      const answer = await who.post(`/api/documents/${id}/commands`, {
        type,
        commandId: randomUUID(),
        expectedVersion: version,
        ...payload,
      })
      expect([type, answer.status]).toEqual([type, 200])
    }
    await command(secretary, 'ReportToPartyCommittee', { date: '2026-11-18', reference: '请示' })
    await command(leader, 'Sign', { contentHash: (await read()).text.hash })
    expect((await read()).stage).toBe('numbering')
    const windows = await Promise.all([open('secretariat'), open('secretariat')])
    const answers = await Promise.all(
      windows.map(async ({ page }) => {
        await page.goto(`/staff/documents/${id}?do=AssignNumbers`)
        await form(page, 'AssignNumbers').waitFor()
        return page
      }),
    ).then((pages) =>
      Promise.all(
        pages.map(async (page) => {
          const answered = page.waitForResponse(
            (response) => response.request().method() === 'POST' && /commands$/.test(response.url()),
          )
          await form(page, 'AssignNumbers').getByRole('button', { name: '统一登记编号' }).click()
          return (await answered).status()
        }),
      ),
    )
    expect(answers.sort()).toEqual([200, 412])
    await expect
      .poll(async () => (await Promise.all(windows.map(({ page }) => page.getByTestId('stale').count()))).sort().join())
      .toBe('0,1')
    for (const { context, faults } of windows) {
      expect(faults).toEqual([])
      await context.close()
    }
  })

  it('没有提交的内容关掉再开还在；他人的变动几秒内在页面上说明', async () => {
    const id = await documentCalled('农业生产社会化服务补助资金管理办法')
    const { page, context, faults } = await open('drafter')
    await page.goto(`/staff/documents/${id}?do=RecordCoordination`)
    await fieldOf(page, 'RecordCoordination', 'summary').locator('textarea').fill('补助标准改为据实核定。')
    await form(page, 'RecordCoordination').getByRole('button', { name: '先放着' }).click()
    await form(page, 'RecordCoordination').waitFor({ state: 'detached' })
    await page.goto(`/staff/documents/${id}?do=RecordCoordination`)
    await page.getByText('已恢复您上次没有提交的内容').waitFor()
    expect(await fieldOf(page, 'RecordCoordination', 'summary').locator('textarea').inputValue()).toBe(
      '补助标准改为据实核定。',
    )
    await page.goto(`/staff/documents/${id}`)
    await page.locator('.act').first().waitFor()
    const drafter = await staff('drafter')
    const { version } = (await drafter.get(`/api/documents/${id}`)).body as { version: number }
    const saved = await drafter.post(`/api/documents/${id}/commands`, {
      type: 'ProvideArtefact',
      commandId: randomUUID(),
      expectedVersion: version,
      kind: 'other',
      body: '财政局补充测算表。',
    })
    expect(saved.status).toBe(200)
    await page
      .getByTestId('news')
      .getByText(/提交材料/)
      .waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('各页无障碍检查无重大问题，窄屏没有横向滚动，没有脚本与样式错误', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    const inForce = await documentCalled('高标准农田工程设施管护办法')
    const tabs = ['texts', 'materials', 'consultation', 'review', 'deadlines', 'plan', 'history', 'refusals']
    const pages: Array<[string, string]> = [
      ['桌面', '/staff?scope=all'],
      ['案卷-概况', `/staff/documents/${id}`],
      ...tabs.map((tab): [string, string] => [`案卷-${tab}`, `/staff/documents/${id}?tab=${tab}`]),
      ['案卷-审议至备案', `/staff/documents/${inForce}?tab=decisions`],
      ['流程图', `/staff/documents/${inForce}?tab=chart`],
      ['表单-保存文本', `/staff/documents/${id}?do=SaveDraft`],
      ['议题', '/staff/sessions'],
      ['编号台', '/staff/series'],
      ['备案台', '/staff/filings'],
      ['制定主体', '/staff/issuers'],
      ['规则包', '/staff/packs'],
      ['人员与单位', '/staff/people'],
      ['委托', '/staff/delegations'],
      ['放假安排', '/staff/holidays'],
      ['台账核验', '/staff/ledger'],
    ]
    const { page, context, faults } = await open('secretariat')
    // 版面与别的页面相同的，只看窄屏。
    const alike = ['案卷-materials', '案卷-refusals', '议题', '编号台', '制定主体', '人员与单位', '台账核验', '流程图']
    const problems: string[] = []
    await page.goto('/staff/password')
    for (const [name, path] of pages) {
      // 在页面之内转到，不必每次重新载入程序。
      await page.evaluate(
        `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
      )
      await page.waitForURL((url) => `${url.pathname}${url.search}` === path)
      await page.locator('h1').first().waitFor()
      await expect.poll(() => page.locator('.skeleton').count(), { timeout: 10_000 }).toBe(0)
      if (!alike.includes(name)) {
        const found = (await page.evaluate(
          `${name === '桌面' ? axe : ''}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations'] })`,
        )) as AxeResults
        for (const each of found.violations) {
          if (each.impact === 'serious' || each.impact === 'critical')
            problems.push(
              `${name}：${each.id} ${each.nodes
                .map((node) => node.html.slice(0, 160))
                .slice(0, 2)
                .join(' | ')}`,
            )
        }
      }
      if (everyPicture) await page.screenshot({ path: `${screenshots}/workbench-${name}-宽.png`, fullPage: true })
      await page.setViewportSize(phone)
      const over = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
      if (over > 0) problems.push(`${name}：窄屏横向多出 ${over} 像素`)
      if (everyPicture) await page.screenshot({ path: `${screenshots}/workbench-${name}-窄.png`, fullPage: true })
      await page.setViewportSize(desktop)
    }
    expect(problems).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  }, 60_000)
})
