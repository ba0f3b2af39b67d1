// 真实的浏览器：无障碍检查、窄屏、不用脚本提意见、大字版、打印。截图存入 test/output/screenshots。
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/chromium.ts'
import { openTitle, portalFixture, portalPages } from '../support/portal.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const screenshots = fileURLToPath(new URL('../output/screenshots', import.meta.url))
mkdirSync(screenshots, { recursive: true })
const desktop = { width: 1280, height: 900 }
const phone = { width: 320, height: 640 }
// 全部页面的截图费时，设置 DIANZHANG_SCREENSHOTS=1 时才拍。
const pictured = ['首页', '征求意见稿', '文件', '带条件的检索']
const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true })

const f = await portalFixture()
let browser: Browser
let origin: string
const server = serve({ fetch: f.portal.fetch, port: 0, hostname: '127.0.0.1' })

beforeAll(async () => {
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await playwright.launch({
    executablePath: await chromiumPath(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
})
afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => server.close(resolve))
})

async function withPage<T>(options: BrowserContextOptions, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true, ...options })
  try {
    context.setDefaultTimeout(10_000)
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}

// 同一页面的另一种内容不必再看一遍。
const variants = ['对某条提意见', '已公布采纳情况的征求意见', '文件在某日', '一年的清理目录', '很长的期限']
// 版面与别的页面相同的：窄屏时只看有没有横向滚动。
const alike = [
  '已结束的征求意见',
  '已截止的征求意见',
  '采纳情况未公布',
  '文件库',
  '没有结果的检索',
  '没有的页面',
  '没有的文件',
  '没有的回执',
  '条件有误',
]
const pages: Array<[name: string, path: string]> = [
  ...portalPages(f).filter(([name]) => !variants.includes(name)),
  ['没有的页面', '/nope'],
  ['没有的文件', '/register/nope'],
  ['没有的回执', '/receipts/YJ20260101-00'],
  ['条件有误', '/register?on=2026-02-30'],
]

// 在页面里运行的程序写成文本：测试程序本身没有浏览器的类型。
const runAxe = (disabled: readonly string[]): string => `window.axe.run({
  resultTypes: ['violations'],
  elementRef: false,
  rules: ${JSON.stringify(Object.fromEntries(disabled.map((rule) => [rule, { enabled: false }])))},
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
})`
const findOverflow = `(() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1)
  return ['页面宽 ' + document.documentElement.scrollWidth, ...wide.map((e) => e.outerHTML.slice(0, 120))]
})()`
const fontSize = (page: Page): Promise<string> => page.evaluate('getComputedStyle(document.body).fontSize')

/** axe 按 WCAG 2.2 AA 与良好做法检查，答复每条违反：规则与元素。 */
async function violations(page: Page, disabled: readonly string[] = []): Promise<string[]> {
  const results = await page.evaluate<AxeResults>(runAxe(disabled))
  return results.violations.flatMap((found) =>
    found.nodes.map((node) => `${found.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  )
}
/** 横向超出视口的元素；没有为空。 */
const overflowing = (page: Page): Promise<string[]> => page.evaluate<string[]>(findOverflow)

describe('浏览器中的公众网站', { timeout: 60_000 }, () => {
  it('每一页在桌面与 320 像素下都通过无障碍检查，没有横向滚动', async () => {
    await withPage({ viewport: desktop }, async (page) => {
      const failed: string[] = []
      page.on('requestfailed', (request) => failed.push(request.url()))
      for (const [name, path] of pages) {
        await page.goto(origin + path)
        await page.addScriptTag({ path: axePath })
        // 颜色不随宽度变化，对比度只在桌面查（它占去大半时间）。
        for (const viewport of [desktop, phone]) {
          await page.setViewportSize(viewport)
          if (viewport === desktop || !alike.includes(name)) {
            const found = await violations(page, viewport === phone ? ['color-contrast'] : [])
            expect.soft(found, `${viewport.width} ${name}`).toEqual([])
          }
          expect.soft(await overflowing(page), `${viewport.width} ${name}`).toEqual([])
          if (pictured.includes(name) || process.env.DIANZHANG_SCREENSHOTS)
            await picture(page, `portal-${viewport.width}-${name}`)
        }
        await page.setViewportSize(desktop)
      }
      expect(failed).toEqual([])
    })
  })

  it('大字版在 320 像素下也没有横向滚动，换页后仍是大字', async () => {
    await withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
      await page.goto(origin)
      await page.getByRole('link', { name: '大字版' }).click()
      for (const [name, path] of pages) {
        await page.goto(origin + path)
        expect(await fontSize(page)).toBe('24px')
        expect(await overflowing(page), name).toEqual([])
      }
      await page.goto(origin + pages[3]?.[1])
      await page.screenshot({ path: `${screenshots}/portal-large.png`, fullPage: true })
      await page.getByRole('link', { name: '恢复标准字号' }).click()
      expect(await fontSize(page)).toBe('18px')
    })
  })

  it('关闭脚本也能从首页走到提意见，拿到回执，再用回执号查到', async () => {
    await withPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
      await page.goto(origin)
      await page.getByRole('link', { name: openTitle }).click()
      await page.getByRole('link', { name: '对第九条提意见' }).click()
      expect(await page.getByLabel('对哪一部分').inputValue()).toBe('第九条')
      await page.getByLabel('姓名或单位名称').fill('字'.repeat(101))
      await page.getByLabel('意见内容（必填）').fill('水质检测结果应当每月公布。')
      await page.getByRole('button', { name: '提交意见' }).click()
      expect(await page.getByRole('alert').innerText()).toContain('姓名或单位名称不能超过 100 字')
      expect(await page.getByLabel('意见内容（必填）').inputValue()).toBe('水质检测结果应当每月公布。')
      expect(await page.getByLabel('对哪一部分').inputValue()).toBe('第九条')
      await page.screenshot({ path: `${screenshots}/portal-comment-error.png`, fullPage: true })
      await page.getByLabel('姓名或单位名称').fill('')
      await page.getByRole('button', { name: '提交意见' }).click()
      await page.waitForURL(/\/receipts\/YJ/)
      const code = await page.locator('.code').innerText()
      await page.screenshot({ path: `${screenshots}/portal-receipt.png`, fullPage: true })
      await page.getByRole('link', { name: '查回执' }).first().click()
      await page.getByLabel('回执号').fill(code)
      await page.getByRole('button', { name: '查询' }).click()
      expect(await page.getByText('水质检测结果应当每月公布。').first().isVisible()).toBe(true)
    })
  })

  it('只用键盘：先到“跳到正文”，焦点处处看得见', async () => {
    await withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.goto(`${origin}/register`)
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.textContent')).toBe('跳到正文')
      await page.keyboard.press('Enter')
      expect(new URL(page.url()).hash).toBe('#main')
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press('Tab')
        const style = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
        expect(style).toBe('solid')
      }
    })
  })

  it('打印时没有导航与表单，末尾有网址与打印日期', async () => {
    await withPage({ viewport: { width: 794, height: 1123 } }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      await page.goto(`${origin}/register/${f.published.id}`)
      expect(await page.getByRole('navigation', { name: '主要栏目' }).isVisible()).toBe(false)
      expect(await page.locator('form:visible').count()).toBe(0)
      const note = await page.locator('.print-note').innerText()
      expect(note).toContain(`${origin}/register/${f.published.id}`)
      expect(note).toContain('打印日期：2026年4月10日')
      await page.screenshot({ path: `${screenshots}/portal-print.png`, fullPage: true })
    })
  })
})
