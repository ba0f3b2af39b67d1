// 浏览器测试共用的一双手：一间演示县开在自己的端口，以各人的名义打开工作台，点开可办事项、填写、办成。
import type { AddressInfo } from 'node:net'
import { ensurePortalBuilt } from '@dianzhang/portal/build'
import { ensureWorkbenchBuilt } from '@dianzhang/workbench'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { County } from '../model/county.ts'
import {
  chooseFrom,
  desktop,
  launchBrowser,
  openAct,
  openWindow,
  overflowOf,
  phone,
  picture,
  resize,
  violations,
  type Window,
} from './browser.ts'

export const staffChrome = ['.top', '.doc-head'] as const
export const publicChrome = ['header.site', 'footer.site'] as const

export const form = (page: Page, command: string): Locator => page.locator(`form[data-command="${command}"]`)
export const field = (page: Page, command: string, name: string): Locator =>
  form(page, command).locator(`[data-field="${name}"]`)
/** 办成：表单收起；收不起来的，连同表单上说明的缘由一并报出。 */
export async function submit(page: Page, command: string): Promise<void> {
  await form(page, command).locator('button[type="submit"]').click()
  await form(page, command)
    .waitFor({ state: 'detached' })
    .catch(async (error: Error) => {
      throw new Error(`${command}没有办成，表单上写着：\n${await form(page, command).innerText()}`, { cause: error })
    })
}
/** 点开可办事项里的一项，填写，办成。 */
export async function act(page: Page, command: string, fill: () => Promise<unknown> = async () => {}): Promise<void> {
  await openAct(page, command)
  await fill()
  await submit(page, command)
}
/** 填写日期一栏。 */
export async function day(page: Page, command: string, name: string, value: string): Promise<void> {
  await field(page, command, name).locator('input').fill(value)
  await page.keyboard.press('Tab')
}
/** 填写文字一栏。 */
export const write = (page: Page, command: string, name: string, value: string): Promise<void> =>
  field(page, command, name).locator('input, textarea').first().fill(value)
/** 在下拉的一栏里选定含有所给文字的一项。 */
export async function choose(page: Page, command: string, name: string, option: string): Promise<void> {
  await chooseFrom(field(page, command, name).locator('.ant-select').first(), option)
}
/** 表格的一格，以“第几行”加栏名认出。 */
export const cell = (page: Page, command: string, row: number, name: string): Locator =>
  form(page, command).locator('td', { has: page.getByLabel(`第${row}行${name}`, { exact: true }) })
/** 在表格的一格里选定。 */
export async function pick(page: Page, command: string, row: number, name: string, option: string): Promise<void> {
  await chooseFrom(cell(page, command, row, name).locator('.ant-select').first(), option)
}
/** 在单选的一栏里选定。 */
export const radio = (page: Page, command: string, name: string, option: string): Promise<void> =>
  field(page, command, name).getByText(option, { exact: true }).click()
/** 无障碍检查没有严重的，三百九十像素下没有横向滚动；宽窄各拍一张。 */
export async function sound(page: Page, name: string, except: readonly string[]): Promise<void> {
  const found = await violations(page, except, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect
    .soft(
      found.filter((each) => /^(serious|critical)/.test(each)),
      name,
    )
    .toEqual([])
  await picture(page, `${name}-宽`)
  await resize(page, phone)
  expect.soft(await overflowOf(page), `${name} 390`).toBeLessThanOrEqual(0)
  await picture(page, `${name}-窄`)
  await resize(page, desktop)
}

/** 这间县开在自己的端口；各人各一个窗口，`null` 为公众。测试结束后关闭，页面自己报过错的不通过。 */
export function workbenchOf(c: County): { windowOf(username: string | null, key?: string): Promise<Page> } {
  const server = c.app.server()
  const windows = new Map<string, Window>()
  let browser: Browser
  let url = ''
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
  return {
    async windowOf(username, key = username ?? '公众') {
      const open = windows.get(key)
      if (open) return open.page
      const fresh = await openWindow(browser, { baseURL: url, ...(username ? {} : { javaScriptEnabled: true }) })
      if (username) {
        const [name = '', value = ''] = (await c.session(username)).split(';')[0]?.split(/=(.*)/s) ?? []
        await fresh.context.addCookies([{ name, value, url }])
      }
      windows.set(key, fresh)
      return fresh.page
    },
  }
}
