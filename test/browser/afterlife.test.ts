// 公布以后，在真实的浏览器里由各人点击办成：上位法变动登记，逐件核查，进入清理，逐件意见（键盘、成批、Excel 出入、两人同时填），
// 核对、决定、公布，公众在门户看到废止。一间县，开在自己的端口。
import type { AddressInfo } from 'node:net'
import { ensurePortalBuilt } from '@dianzhang/portal/build'
import { importEntries } from '@dianzhang/register'
import { ensureWorkbenchBuilt } from '@dianzhang/workbench'
import { openOffices } from '@dianzhang/workflow'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'
import {
  axeSource,
  desktop,
  go,
  launchBrowser,
  openWindow,
  overflowOf,
  phone,
  picture,
  resize,
  violations,
  type Window,
} from '../support/browser.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
await openOffices(c.office)

describe('公布以后的一件文件，在工作台与公众网站上', { timeout: 240_000 }, () => {
  const server = c.app.server()
  let browser: Browser
  let url = ''
  let cleanup = ''
  const windows = new Map<string, Window>()
  beforeAll(async () => {
    await Promise.all([ensurePortalBuilt(), ensureWorkbenchBuilt()])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
  })
  afterAll(async () => {
    for (const { faults } of windows.values()) expect(faults).toEqual([])
    await browser?.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const windowOf = async (username: string | null, key = username ?? '公众'): Promise<Page> => {
    const open = windows.get(key)
    if (open) return open.page
    const fresh = await openWindow(browser, { baseURL: url, ...(username ? {} : { javaScriptEnabled: true }) })
    if (username) {
      const [name = '', value = ''] = (await c.session(username)).split(';')[0]?.split(/=(.*)/s) ?? []
      await fresh.context.addCookies([{ name, value, url }])
    }
    windows.set(key, fresh)
    return fresh.page
  }
  const form = (page: Page, command: string) => page.locator(`form[data-command="${command}"]`)
  const field = (page: Page, command: string, name: string) => form(page, command).locator(`[data-field="${name}"]`)
  const submit = async (page: Page, command: string) => {
    await form(page, command).locator('button[type="submit"]').click()
    await form(page, command).waitFor({ state: 'detached' })
  }
  /** 点开可办事项里的一项，填写，办成。 */
  const act = async (page: Page, command: string, fill: () => Promise<unknown> = async () => {}) => {
    await page.locator(`.act[data-command="${command}"]`).click()
    await form(page, command).waitFor()
    await fill()
    await submit(page, command)
  }
  const day = async (page: Page, command: string, name: string, value: string) => {
    await field(page, command, name).locator('input').fill(value)
    await page.keyboard.press('Tab')
  }
  /** 无障碍检查没有严重的，三百九十像素下没有横向滚动。 */
  const sound = async (page: Page, name: string, except: readonly string[]) => {
    await page.evaluate(axeSource)
    const found = await violations(page, except, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    expect
      .soft(
        found.filter((each) => /^(serious|critical)/.test(each)),
        name,
      )
      .toEqual([])
    await picture(page, `afterlife-${name}-宽`)
    await resize(page, phone)
    expect.soft(await overflowOf(page), `${name} 390`).toBeLessThanOrEqual(0)
    await picture(page, `afterlife-${name}-窄`)
    await resize(page, desktop)
  }
  const staffChrome = ['.top', '.doc-head']
  const publicChrome = ['header.site', 'footer.site']

  it('登记上位法的废止，以它为依据的开启核查；起草单位作出结论，审核人确认，进入即时清理', async () => {
    async function* lines() {
      for (const [i, title] of ['渔船补贴办法', '渔船停泊规定', '渔船检修办法', '渔船救助规定'].entries())
        yield JSON.stringify({
          id: `渔${i}`,
          title: `海原县${title}`,
          documentNumber: `海农发〔2020〕${i + 1}号`,
          body: '第一条 根据《某渔船条例》制定本办法。\n第二条 每船补贴一千元。',
          issuer: '海原县农业农村局',
          category: '行政规范性文件',
          status: '有效',
          publishedAt: '2020-01-01',
          effectiveAt: '2020-02-01',
        })
    }
    await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: '旧目录', now: c.office.clock.now() })
    const page = await windowOf('reviewer')
    await go(page, '/staff/acts')
    await page.getByRole('link', { name: '登记上位法或者它的变动' }).click()
    await form(page, 'RegisterAct').waitFor()
    await field(page, 'RegisterAct', 'title').locator('input').fill('某渔船条例')
    await field(page, 'RegisterAct', 'issuers').locator('input').first().fill('某省人民代表大会常务委员会')
    await page.keyboard.press('Enter')
    await day(page, 'RegisterAct', 'publishedOn', '2012-12-28')
    await day(page, 'RegisterAct', 'effectiveDate', '2013-01-01')
    await field(page, 'RegisterAct', 'status').getByText('已废止', { exact: true }).click()
    await day(page, 'RegisterAct', 'statusSince', '2026-06-01')
    await field(page, 'RegisterAct', 'source').locator('input, textarea').fill('公报第3期')
    await submit(page, 'RegisterAct')
    await go(page, '/staff/acts')
    const events = page.getByRole('region', { name: '各次变动' })
    await events.getByText('某渔船条例').waitFor()
    await events.getByText('4 件').first().waitFor()
    await page.getByRole('link', { name: '某渔船条例', exact: true }).first().click()
    await page.getByRole('heading', { name: '以《某渔船条例》为依据、引用它的文件' }).waitFor()
    await sound(page, '上位法', staffChrome)

    const drafter = await windowOf('drafter')
    await go(drafter, '/staff/acts')
    const name = '《海原县渔船补贴办法》：《某渔船条例》废止、失效的核查'
    await drafter.getByRole('link', { name }).click()
    await drafter.getByRole('heading', { level: 1, name }).waitFor()
    const check = new URL(drafter.url()).pathname
    await act(drafter, 'StartCheck')
    await act(drafter, 'Conclude', async () => {
      await field(drafter, 'Conclude', 'outcome').getByText('应予废止', { exact: true }).click()
      await field(drafter, 'Conclude', 'reason').locator('textarea').fill('依据已经废止，补贴不再发放。')
    })
    await go(page, check)
    await act(page, 'ConfirmConclusion')
    await page.getByRole('link', { name: '变动与结论' }).click()
    await page.getByText('依据已经废止，补贴不再发放。').first().waitFor()
    await sound(page, '核查', staffChrome)
    await page
      .getByText(/已列入/)
      .first()
      .waitFor()
    await page.getByRole('link', { name: '因《某渔船条例》变化的即时清理' }).click()
    await page.getByRole('heading', { level: 1, name: '因《某渔船条例》变化的即时清理' }).waitFor()
    cleanup = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  })

  it('清理目录：几行用键盘、几行成批；另一人同时改了一行，各自所填都在；条款不丢；Excel 导出填好读回；坏行由人选择', async () => {
    const rest = (
      await c.sql`select id from register_entries where title like '海原县渔船%' and title <> '海原县渔船补贴办法' order by title`
    ).map((x) => String(x.id))
    const office = await windowOf('secretariat')
    const send = async (who: string, type: string, payload: object) => {
      const [row] = await c.sql`select version from matters where id = ${cleanup}`
      const answer = await c.post(who, `/api/matters/${cleanup}/commands`, {
        type,
        commandId: crypto.randomUUID(),
        expectedVersion: Number(row?.version),
        ...payload,
      })
      expect([type, answer.status, answer.ok ? '' : await answer.text()]).toEqual([type, 200, ''])
    }
    await send('secretariat', 'AddDocuments', { documents: rest, why: '同一依据的几件。' })
    await go(office, `/staff/matters/${cleanup}`)
    await act(office, 'FreezeCensus')
    await send('secretariat', 'GiveOpinion', {
      item: 1,
      outcome: 'repeal',
      reason: '先填的一条。',
      provisions: ['第二条'],
    })
    await go(office, `/staff/matters/${cleanup}?tab=items`)
    const rows = office.locator('.cleanup-pick')
    await rows.nth(3).waitFor()
    // 键盘：第一行改理由，第二行选定。
    await rows.first().focus()
    await office.keyboard.press('3')
    await office.keyboard.press('Enter')
    await office.getByLabel('第1项清理理由').fill('依据已经废止。')
    await office.keyboard.press('Escape')
    await office.keyboard.press('j')
    await office.keyboard.press('3')
    await office.getByLabel('第2项清理理由').fill('依据已经废止。')
    // 成批：第三、四行。
    for (const n of [3, 4]) await office.getByLabel(`选定第${n}项`).check()
    const bulk = office.getByRole('region', { name: '成批填写' })
    await bulk.getByRole('button', { name: /应予废止/ }).click()
    await bulk.getByLabel('选定各项清理理由').fill('一并废止。')
    await bulk.getByRole('button', { name: '填入选定的 2 件' }).click()
    // 另一人先改了第四项：保存时说明，其余不丢。
    await send('secretariat', 'GiveOpinion', { item: 4, outcome: 'keep', reason: '仍在执行。' })
    await office.getByRole('button', { name: '保存 4 件意见' }).click()
    const clash = office.getByTestId('clashes')
    await clash.getByText(/第4项.*现为：继续有效（仍在执行。）/).waitFor()
    await picture(office, 'afterlife-清理两人同时')
    expect(await office.getByLabel('第2项清理理由').inputValue()).toBe('依据已经废止。')
    await clash.getByRole('button', { name: '仍照我填的保存' }).click()
    await office.locator('.toast', { hasText: '已保存 4 件的清理意见' }).waitFor()
    await office.getByTestId('cleanup-sum').getByText('应予废止 4').waitFor()
    const own = await c.get<{ items: Array<Record<string, unknown>> }>('secretariat', `/api/matters/${cleanup}/items`)
    expect(own.items.map((x) => [x.n, x.outcome, x.reason])).toEqual([
      [1, 'repeal', '依据已经废止。'],
      [2, 'repeal', '依据已经废止。'],
      [3, 'repeal', '一并废止。'],
      [4, 'repeal', '一并废止。'],
    ])
    expect(own.items[0]?.provisions).toEqual(['第二条'])
    // 规则不许的（409）写明缘由，所填的都在：没有理由而仍拟继续有效的。
    await sound(office, '清理目录', staffChrome)

    // Excel 导出，改两行（其中一行写得认不出），读回：先说明坏行，什么也没有写入；略去以后读入其余。
    const [download] = await Promise.all([
      office.waitForEvent('download'),
      office.getByRole('link', { name: 'CSV', exact: true }).first().click(),
    ])
    const { readFile } = await import('node:fs/promises')
    const table = (await readFile((await download.path()) ?? '', 'utf8')).replace(/^\ufeff/, '')
    expect(download.suggestedFilename()).toMatch(/清理意见表.*\.csv$/)
    const changed = table
      .split('\r\n')
      .map((line) =>
        line.includes('渔船检修办法')
          ? line.replace('应予废止', '继续有效').replace(/依据已经废止。|一并废止。/, '仍在执行，另有依据。')
          : line.includes('渔船救助规定')
            ? line.replace('应予废止', '再议')
            : line,
      )
      .join('\r\n')
    const sheets = office.getByRole('region', { name: '清理意见表' })
    await sheets.locator('input[type="file"]').setInputFiles({
      name: '清理意见表.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(changed),
    })
    const faults = office.getByTestId('import-faults')
    await faults.getByText(/第\d+行：.*再议/).waitFor()
    await picture(office, 'afterlife-坏行')
    const unchanged = await c.get<{ items: Array<Record<string, unknown>> }>(
      'secretariat',
      `/api/matters/${cleanup}/items`,
    )
    expect(unchanged.items.every((x) => x.outcome === 'repeal')).toBe(true)
    await faults.getByRole('button', { name: '略去这些行，读入其余' }).click()
    await office.locator('.toast', { hasText: '读入意见 1 件，略去 1 行' }).waitFor()
    await office.getByTestId('cleanup-sum').getByText('继续有效 1').waitFor()
  })

  it('审核人核对，文秘记录决定、公布；公众在门户看到废止、清理结果与依据', async () => {
    const reviewer = await windowOf('reviewer')
    await go(reviewer, `/staff/matters/${cleanup}?tab=items`)
    // 这个窗口先前看过它：等看到的是别人填过以后的样子；照旧的样子点下的，服务端不收（412），须看过再点。
    await reviewer.getByTestId('cleanup-sum').getByText('继续有效 1').waitFor()
    await reviewer.getByText('没有核对 4 件').first().waitFor()
    await reviewer.getByRole('button', { name: '都同意', exact: true }).click()
    await reviewer.getByText('没有核对 0 件', { exact: false }).first().waitFor()
    const office = await windowOf('secretariat')
    await go(office, `/staff/matters/${cleanup}`)
    await act(office, 'Decide', async () => {
      await field(office, 'Decide', 'body').locator('.ant-select').click()
      await office.locator('.ant-select-item-option', { hasText: '海原县人民政府' }).first().click()
      await office.keyboard.press('Tab')
      await day(office, 'Decide', 'date', '2026-03-02')
    })
    await act(office, 'PublishResult')
    await go(office, `/staff/matters/${cleanup}?tab=items`)
    await office.getByTestId('cleanup-effects').getByText('已办成 3 件，没有办成 0 件').waitFor()
    await sound(office, '清理公布以后', staffChrome)

    const [row] = await c.sql`select id from register_entries where title = '海原县渔船补贴办法'`
    const page = await windowOf(null)
    await page.goto(`/register/${row?.id}`)
    await page.getByText('已废止').first().waitFor()
    expect(await page.getByText('依据已经废止').first().isVisible()).toBe(true)
    await sound(page, '门户-废止的文件', publicChrome)
    await page.goto('/cleanups')
    await page.getByRole('link', { name: /因《某渔船条例》变化的即时清理/ }).click()
    await page.getByText('海原县渔船补贴办法').first().waitFor()
    expect(await page.locator('body').innerText()).toMatch(/应予废止\D*3/)
    await sound(page, '门户-清理结果', publicChrome)
    await page.goto('/acts?q=某渔船条例')
    await sound(page, '门户-查上位法', publicChrome)
    await page.getByRole('link', { name: '某渔船条例' }).first().click()
    await page.getByText(/另有 3 件引用它的文件已经废止、失效/).waitFor()
    await sound(page, '门户-上位法', publicChrome)
    for (const [path, heading] of [
      ['/evaluations', '后评估'],
      ['/scorecard', '制定质量自评'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await sound(page, `门户-${heading}`, publicChrome)
    }
  })

  it('制定依据对照表由正文填入：点一下，逐条列出，照此提交', async () => {
    const f = await build.drafted(c, { title: '海原县农机停放办法', issuers: ['hy-agri'], tier: 'department' })
    await f.do('drafter', 'SaveDraft', {
      body: [
        '海原县农机停放办法',
        '第一条 根据《中华人民共和国农业法》第三十七条，制定本办法。',
        '第二条 违反本办法的，依照《中华人民共和国道路交通安全法》第五十六条处理。',
        '第三条 本办法由县农业农村局负责解释。',
      ].join('\n'),
    })
    const page = await windowOf('drafter')
    await go(page, `/staff/documents/${f.id}`)
    await page.locator('.act[data-command="ProvideArtefact"]').click()
    const own = form(page, 'ProvideArtefact')
    await own.waitFor()
    await field(page, 'ProvideArtefact', 'kind').locator('.ant-select').click()
    await page.locator('.ant-select-item-option', { hasText: '制定依据对照表' }).first().click()
    await own.getByRole('button', { name: /由正文|从正文|填入/ }).click()
    await expect.poll(() => own.getByLabel('第1行依据名称').inputValue()).toContain('农业法')
    await picture(page, 'afterlife-对照表')
    await submit(page, 'ProvideArtefact')
    const [table] =
      await c.sql`select bases from artefacts where document_id = ${f.id} and kind = 'legal_basis_table' order by n desc limit 1`
    expect(table?.bases).toMatchObject([
      { title: '中华人民共和国农业法', articles: ['第三十七条'], clause: '第一条' },
      { title: '中华人民共和国道路交通安全法', articles: ['第五十六条'], clause: '第二条' },
    ])
  })
})
