// 管理员与帮助：要照看的事逐条看得到、去得了；待核实的值逐项核实，几项并成一版；印出的案卷是办理单。
import { withTransaction } from '@dianzhang/database'
import { demoJurisdiction } from '@dianzhang/demo'
import { xlsxOf } from '@dianzhang/formats'
import { publishEntry } from '@dianzhang/register'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  desktop,
  go,
  launchBrowser,
  openWindow,
  overflowOf,
  phone,
  picture,
  resize,
  signInHere,
  violations,
  type Window,
} from '../support/browser.ts'
import { countyPassword, countyServer } from '../support/county-server.ts'
import { publicEntry } from '../support/public-entry.ts'

describe('系统管理', async () => {
  const { url, database } = await countyServer('2026-11-20T09:00:00+08:00')
  let browser: Browser
  let admin: Window
  beforeAll(async () => {
    browser = await launchBrowser()
    admin = await openWindow(browser, { baseURL: url })
    await signInHere(admin.context, 'admin', countyPassword)
  })
  afterAll(async () => {
    // 无障碍检查自己量颜色时写的样式不算。
    expect(admin.faults.filter((each) => !/Applying inline style/.test(each))).toEqual([])
    await browser?.close()
  })

  it('要照看的事：待核实的值、明年的放假安排、备份都写明，去得了该办的一页；别的角色看不到', async () => {
    const { page } = admin
    await page.goto('/staff/administration')
    const item = (key: string) => page.locator(`[data-item="${key}"]`)
    await item('packs').getByText('项值待核实').waitFor()
    await expect.poll(() => item('holidays').innerText()).toContain('还没有2027年的放假安排')
    await expect.poll(() => item('backup').innerText()).toMatch(/须留意[\s\S]*npx dianzhang backup/)
    await expect.poll(() => item('jobs').innerText()).toContain('到期的都已办理')
    await picture(page, 'administration-要照看的')
    await resize(page, phone)
    expect(await overflowOf(page)).toBe(0)
    await picture(page, 'administration-要照看的-窄')
    await resize(page, desktop)
    expect(await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] })).toEqual([])
    await item('packs').getByRole('link', { name: '去办' }).click()
    await page.getByTestId('verification-queue').waitFor()
    const other = await openWindow(browser, { baseURL: url })
    await signInHere(other.context, 'drafter', countyPassword)
    expect((await other.context.request.get('/api/administration')).status()).toBe(403)
    expect((await other.context.request.post('/api/jobs/run', { data: {} })).status()).toBe(403)
    const ran = await admin.context.request.post('/api/jobs/run', { data: {} })
    expect([ran.status(), await ran.json()]).toEqual([200, { done: 0, failed: 0 }])
    await other.context.close()
  })

  it('核实工作台：一项只确认、一项改正，并成一版；新的一版里不再待核实', async () => {
    const { page, context } = admin
    await go(page, '/staff/packs')
    const queued = async () =>
      Number(/(\d+) 项来自推断/.exec(await page.getByTestId('verification-queue').innerText())?.[1])
    await expect.poll(queued).toBeGreaterThan(2)
    const before = await queued()
    await page.getByRole('button', { name: '逐项核实' }).click()
    const desk = page.getByTestId('verification-desk')
    const now = desk.locator('section[data-path]')
    const first = await now.getAttribute('data-path')
    await expect.poll(() => now.getByRole('button', { name: '值不变，只确认' }).isDisabled()).toBe(true)
    await now.getByLabel('正式文件的名称与文号').fill('海政办发〔2026〕1号')
    await now.getByLabel('条款').fill('第三条')
    await now.getByRole('button', { name: '值不变，只确认' }).click()
    await desk.locator(`tr[data-path="${first}"]`).getByText('不变，只确认').waitFor()
    // 下一项：焦点在它的名称上，同一份文件已经填上。
    await now.locator('h3:focus').waitFor()
    await expect.poll(() => now.getByLabel('正式文件的名称与文号').inputValue()).toBe('海政办发〔2026〕1号')
    const second = await now.getAttribute('data-path')
    expect(second).not.toBe(first)
    await now.getByLabel('条款').fill('第五条')
    await now.getByRole('button', { name: '值与条文不同，改正' }).click()
    await expect.poll(() => page.evaluate('document.activeElement === document.body')).toBe(false)
    await expect
      .poll(() =>
        now
          .locator('textarea, input, select')
          .evaluateAll((all) =>
            all
              .map((each) => String((each as unknown as { value: string }).value))
              .filter((each) => /^[{[]/.test(each)),
          ),
      )
      .toEqual([])
    await picture(page, 'administration-核实')
    expect(await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] })).toEqual([])
    await now.getByRole('button', { name: /值不变，只确认|照此改正/ }).click()
    await desk.getByRole('button', { name: '以这 2 项另立一版' }).click()
    await page.locator('.toast', { hasText: '含 2 项' }).waitFor()
    await page
      .getByTestId('verification-queue')
      .getByText(`${before - 2} 项来自推断`)
      .waitFor()
    const versions = (await (await context.request.get('/api/packs')).json()) as Array<{ version: string }>
    expect(versions.length).toBeGreaterThan(1)
  })

  it('放宽的一项：附上正式文件提出，复核的人在待办里看到逐项对照，下载得到文件，复核以后才成一版', async () => {
    const { page, context } = admin
    await go(page, '/staff/packs')
    const revise = page.getByRole('button', { name: '修订公开征求意见最低期限（一般）' })
    await revise.click()
    const desk = page.getByTestId('verification-desk')
    const now = desk.locator('section[data-path]')
    await now.getByLabel('正式文件的名称与文号').fill('海政办发〔2026〕9号')
    await now.getByLabel('条款').fill('第四条')
    await now
      .locator('input[type="file"]')
      .setInputFiles({ name: '办法.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 办法') })
    await now.getByText('办法.pdf').waitFor()
    await now.getByRole('button', { name: '值与条文不同，改正' }).click()
    const value = now.getByRole('spinbutton')
    const old = Number(await value.inputValue())
    // 比国家规定短的根本不许：先加长，成一版，再缩回来就是放宽。
    await value.fill(String(old + 8))
    await now.getByRole('button', { name: '照此改正' }).click()
    await desk.getByRole('button', { name: '以这 1 项另立一版' }).click()
    await page.locator('.toast', { hasText: '含 1 项' }).waitFor()
    await revise.click()
    await now.getByLabel('正式文件的名称与文号').fill('海政办发〔2026〕10号')
    await now.getByLabel('条款').fill('第四条')
    await now
      .locator('input[type="file"]')
      .setInputFiles({ name: '新办法.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 新办法') })
    await now.getByRole('button', { name: '值与条文不同，改正' }).click()
    await value.fill(String(old + 4))
    await now.getByRole('button', { name: '照此改正' }).click()
    await desk.getByTestId('looser').getByText('须另一人复核').waitFor()
    const propose = desk.getByRole('button', { name: '提出这 1 项，请人复核' })
    await expect.poll(() => propose.isDisabled()).toBe(true)
    await desk.getByLabel('为什么放宽').fill('县里已经改为较短的期限')
    await picture(page, 'administration-放宽')
    await propose.click()
    await page.getByTestId('waiting-revision').getByText('等着复核的修订').waitFor()
    await expect
      .poll(() => page.getByTestId('waiting-revision').getByRole('link', { name: '复核', exact: true }).count())
      .toBe(0)
    await picture(page, 'administration-等着复核')

    const reviewer = await openWindow(browser, { baseURL: url })
    await signInHere(reviewer.context, 'reviewer', countyPassword)
    await reviewer.page.goto('/staff/')
    // 轮到他的在待办里，点了就是复核的表单。
    await reviewer.page
      .locator('.grid-row', { hasText: '复核放宽的修订' })
      .getByRole('link', { name: '复核放宽的修订' })
      .click()
    const form = reviewer.page.locator('form[data-command="ApproveRevision"]')
    await form.getByTestId('waiting-changes').getByText('县里已经改为较短的期限').waitFor()
    const download = reviewer.page.waitForEvent('download')
    await form.getByRole('link', { name: '新办法.pdf' }).click()
    expect((await download).suggestedFilename()).toBe('新办法.pdf')
    await picture(reviewer.page, 'administration-复核')
    await form.locator('[data-field="opinion"] textarea').fill('与所附文件第四条一致')
    await form.getByRole('button', { name: '复核放宽的修订' }).click()
    await form.waitFor({ state: 'detached' })
    expect(reviewer.faults).toEqual([])
    await reviewer.context.close()
    const versions = (await (await context.request.get('/api/packs')).json()) as Array<{ version: string }>
    const last = (await (
      await context.request.get(`/api/packs/${encodeURIComponent(versions.at(-1)?.version ?? '')}`)
    ).json()) as { consultation: { generalMinimum: { value: number; confirmedBy: string; file: { name: string } } } }
    expect(last.consultation.generalMinimum).toMatchObject({
      value: old + 4,
      confirmedBy: expect.stringMatching(/提出，.+复核/),
      file: { name: '新办法.pdf' },
    })
  })

  it('人员由表格录入：有误的一行写明缘由不录，其余逐人录入，一次性密码按单位列着，收起以后不再有', async () => {
    const { page } = admin
    await go(page, '/staff/people')
    // 单位的名录来得慢：表格照它核对，所以等它。
    await page.route('**/api/units', async (route) => {
      await new Promise((done) => setTimeout(done, 1_000))
      await route.continue()
    })
    await page.reload()
    await page.getByRole('button', { name: /由表格录入/ }).click()
    const drawer = page.getByTestId('people-import')
    const book = await xlsxOf([
      {
        name: '人员',
        columns: ['姓名', '用户名', '单位', '任职'].map((title) => ({ title, width: 16 })),
        rows: [
          ['马新一', 'ma.xinyi', '海原县财政局', '部门联络员'],
          ['王误', 'wang.wu', '没有这个局', '部门联络员'],
          ['李新二', 'li.xiner', '海原县农业农村局', '起草经办人'],
        ],
      },
    ])
    await drawer.locator('input[type="file"]').setInputFiles({
      name: '人员.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(book),
    })
    await drawer.getByText('读出 3 人，其中 1 人有误，不录入').waitFor()
    await expect.poll(() => drawer.locator('tr', { hasText: '王误' }).innerText()).toContain('没有“没有这个局”这个单位')
    await drawer.getByLabel(/^理由/).fill('海人任〔2026〕3号')
    await drawer.getByRole('button', { name: '录入 2 人' }).click()
    await drawer.getByText('已录入 2 人').waitFor()
    const passwords = drawer.getByTestId('one-time-passwords')
    await expect.poll(() => passwords.locator('caption').allInnerTexts()).toEqual(['海原县财政局', '海原县农业农村局'])
    // 只出现这一次：按 Esc 收不起来，也没有别的地方一碰就没有。
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.ant-drawer-close').count()).toBe(0)
    await passwords.waitFor()
    await picture(page, 'administration-人员表格')
    const password = await passwords.locator('tr', { hasText: 'ma.xinyi' }).locator('code').innerText()
    // 密码真的能用。
    const fresh = await openWindow(browser, { baseURL: url })
    await signInHere(fresh.context, 'ma.xinyi', password)
    await fresh.page.goto('/staff/')
    await fresh.page.getByRole('heading', { name: '修改密码' }).waitFor()
    await fresh.context.close()
    await passwords.getByRole('button', { name: '已经记下，关闭' }).click()
    await drawer.waitFor({ state: 'detached' })
    await page.getByText('李新二').first().waitFor()
    await expect.poll(() => page.getByText('王误').count()).toBe(0)
  })

  it('全部核验由按钮开始，在另外的进程里做完，给出可以打印的证明；别的角色看得到、开始不了', async () => {
    const { page } = admin
    await go(page, '/staff/ledger')
    const whole = page.getByTestId('whole-check')
    await whole.getByText('还没有核验过').waitFor()
    await whole.getByRole('button', { name: '全部核验一次' }).click()
    const proof = whole.getByTestId('certificate')
    await proof.getByText('全部相符，没有发现问题').waitFor({ timeout: 240_000 })
    await expect.poll(() => proof.locator('tbody tr').count()).toBeGreaterThan(10)
    await expect.poll(() => proof.innerText()).toContain('台账哈希链')
    await picture(page, 'administration-核验证明')
    // 印出来的只有证明，写明是哪里的台账。
    await page.evaluate('window.print = () => {}')
    await proof.getByRole('button', { name: '打印核验证明' }).click()
    await page.emulateMedia({ media: 'print' })
    await page.getByRole('heading', { name: '公开的锚' }).waitFor({ state: 'hidden' })
    await proof.getByText('行政规范性文件台账').waitFor()
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    await page.emulateMedia({ media: null })
    await page.getByRole('heading', { name: '公开的锚' }).waitFor()
    const office = await openWindow(browser, { baseURL: url })
    await signInHere(office.context, 'secretariat', countyPassword)
    expect(await (await office.context.request.get('/api/ledger/check')).json()).toMatchObject({
      state: 'done',
      ok: true,
    })
    expect((await office.context.request.post('/api/ledger/check', { data: {} })).status()).toBe(403)
    await office.context.close()
  })

  it('一次取来的长名单先列五十行，写明共几行，印时全列', async () => {
    const { page } = admin
    const units = (await (await page.request.get('/api/units')).json()) as object[]
    const many = Array.from({ length: 120 }, (_, n) => ({ ...units[0], id: `long-${n}`, name: `长名单第${n}处` }))
    await page.route('**/api/units', (route) => route.fulfill({ json: many }))
    await page.goto('/staff/people')
    const rows = () => page.locator('main tbody tr', { hasText: '长名单第' }).count()
    const more = page.getByRole('button', { name: '载入更多' }).first()
    await page.getByText('共 120 行，已列 50 行').waitFor()
    await expect.poll(rows).toBe(50)
    await more.click()
    await page.getByText('共 120 行，已列 100 行').waitFor()
    await page.emulateMedia({ media: 'print' })
    await expect.poll(rows).toBe(120)
    await page.emulateMedia({ media: null })
    await more.click()
    await expect.poll(() => page.getByText('共 120 行').count()).toBe(0)
    await expect.poll(rows).toBe(120)
    await page.unroute('**/api/units')
    // 载入一次，屏上、存着的不再是假的单位。
    await page.goto('/staff/people')
  })

  it('没有送到的推送按一下“再试”，即列入待送的；公开日志的一段再推一次，还是原来的标识', async () => {
    const { page } = admin
    const { sql, db } = database.connect()
    const entry = publicEntry(1, { jurisdiction: demoJurisdiction })
    await withTransaction(db, (tx) => publishEntry(tx, entry, new Date('2026-11-19T10:00:00+08:00')))
    await sql`insert into deliveries (jurisdiction_id, id, channel, target, event, template, data, state, attempts, created_at, settled_at, error)
      values (${demoJurisdiction}, 'd1', 'webhook', 'webhook:市平台', 'log:1', 'webhook', '{}', 'dead', 11, '2026-11-15T09:00:00+08:00', '2026-11-19T09:00:00+08:00', '对方四天没有答复')`
    await go(page, '/staff/outward')
    const row = page.locator('tr', { hasText: '已经没有的推送' })
    await row.getByText('对方四天没有答复').waitFor()
    expect(await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] })).toEqual([])
    await row.getByRole('button', { name: '再试' }).click()
    await page.getByText('没有送不到的。').waitFor()
    await row.waitFor()
    expect(await sql`select state, settled_at from deliveries where id = 'd1'`).toMatchObject([
      { state: 'due', settled_at: null },
    ])

    // 接收方丢了的，公开日志的一段再推一次。
    // 还差什么写在按钮旁边，连着按钮；填一栏少一栏，没有齐的按了、回车都不提交。
    const enter = page.getByRole('button', { name: '登记', exact: true })
    const lacks = () =>
      enter.evaluate((button) => {
        const told = button.ownerDocument.getElementById(button.getAttribute('aria-describedby') ?? '')
        return told?.textContent ?? null
      })
    await expect.poll(lacks).toBe('还差：名称、网址、依据或者缘由')
    await page.getByLabel('名称').fill('市备案平台')
    await expect.poll(lacks).toBe('还差：网址、依据或者缘由')
    await page.getByLabel('名称').press('Enter')
    await enter.focus()
    await page.keyboard.press('Enter')
    expect(await sql`select 1 from webhooks`).toHaveLength(0)
    await page.getByLabel('网址').fill('https://hooks.example.gov.cn/dianzhang')
    await page.getByLabel('依据或者缘由').fill('接入市平台')
    await expect.poll(lacks).toBe(null)
    await enter.click()
    await page.getByTestId('webhook-secret').getByText('“市备案平台”的密钥只显示这一次').waitFor()
    const [logged] = await sql<
      Array<{ idx: number }>
    >`select min(idx)::int as idx from tlog_entries where jurisdiction_id = ${demoJurisdiction}`
    const index = String(logged?.idx)
    const replay = page.getByTestId('replay')
    await replay.locator('summary').click()
    await replay.getByLabel('日志序号自').fill(index)
    await replay.getByLabel('至', { exact: true }).fill(index)
    const again = async () =>
      [
        ...(await sql<Array<{ id: string; state: string; settled: boolean }>>`
          select id, state, settled_at is not null as settled from deliveries
          where channel = 'webhook' and event = ${`log:${index}`} and id <> 'd1'`),
      ].map(({ id, state, settled }) => [id, state, settled])
    expect(await again()).toEqual([])
    await replay.getByRole('button', { name: '重推' }).click()
    await page.getByText('已排上 1 件，标识与先前相同。').waitFor()
    const [[delivery] = []] = await again()
    expect(await again()).toEqual([[delivery, 'due', false]])
    // 送到过的再推一次，还是同一标识的那一件，重新待送。
    await sql`update deliveries set state = 'sent', settled_at = now() where id = ${delivery as string}`
    await replay.getByRole('button', { name: '重推' }).click()
    await expect.poll(again).toEqual([[delivery, 'due', false]])
    // 没有记载的一段，说没有，也不排。
    await replay.getByLabel('日志序号自').fill('900000')
    await replay.getByLabel('至', { exact: true }).fill('900001')
    await replay.getByRole('button', { name: '重推' }).click()
    await page.getByText('这一段里没有要推送的。').waitFor()
    // 停用、启用都写缘由；同一网址不能登记两次。
    const receiver = page.locator('tr', { hasText: 'hooks.example.gov.cn' })
    const change = page.getByTestId('change-webhook')
    for (const [press, state] of [
      ['停用', '停用：管理员停用'],
      ['启用', '启用'],
    ] as const) {
      await receiver.getByRole('button', { name: press }).click()
      await change.getByLabel('依据或者缘由').fill('对方更换系统')
      await change.getByRole('button', { name: press }).click()
      await change.waitFor({ state: 'detached' })
      await receiver.getByRole('cell', { name: state, exact: true }).waitFor()
    }
    await page.getByLabel('名称').fill('又一处')
    await page.getByLabel('网址').fill('https://hooks.example.gov.cn/dianzhang')
    await page.getByLabel('依据或者缘由').fill('接入市平台')
    await enter.click()
    await page.getByText('这个网址已经登记：“市备案平台”').waitFor()
    await picture(page, 'administration-对外通知')
  })

  it('帮助写的是要办的事，与任职有关的在前；第一次来的三句话按一下就收起，不再出现', async () => {
    const { page } = admin
    await go(page, '/staff/')
    await page.getByTestId('first-run').getByRole('button', { name: '知道了' }).click()
    await page.getByTestId('first-run').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { name: '我的待办' }).waitFor()
    await expect.poll(() => page.getByTestId('first-run').count()).toBe(0)
    await page.getByRole('link', { name: '帮助' }).click()
    await page.getByRole('heading', { name: '帮助', exact: true }).waitFor()
    await expect
      .poll(async () => (await page.locator('.help h2').allInnerTexts()).slice(0, 2))
      .toEqual(['今天要办什么', '照看系统'])
    await picture(page, 'administration-帮助')
    expect(await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] })).toEqual([])
  })
})
