// 浏览器测试共用：启动浏览器、以某角色开一个窗口、在程序之内转页、拍照、无障碍检查。
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium as playwright,
} from 'playwright-core'
import { chromiumPath } from './chromium.ts'

export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 800 }
/** 另有角色与命令很多、版面相同的页面，`DIANZHANG_SCREENSHOTS=1` 时才逐一去看。 */
export const everyPicture = process.env.DIANZHANG_SCREENSHOTS === '1'
const pictures = fileURLToPath(new URL('../output/screenshots', import.meta.url))
mkdirSync(pictures, { recursive: true })

/** 无界面的浏览器；调用者负责关闭。 */
export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({
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

/** 一张照片至多这么多像素：很长的页面只照前一段，照整页的费用大半花在没有人看的末尾。 */
const mostPixels = 1_300_000
/** 整页存为 JPEG（编码比 PNG 快一半）；`DIANZHANG_SCREENSHOTS=1` 时不论多长。 */
export async function picture(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? desktop.width
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight')
  const height = everyPicture ? whole : Math.min(whole, Math.floor(mostPixels / width))
  await page.screenshot({
    path: `${pictures}/${name}.jpg`,
    type: 'jpeg',
    quality: 75,
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.max(height, 1) },
  })
}

export interface Window {
  page: Page
  context: BrowserContext
  /** 页面自己报出的错误；拒绝的答复（4xx）不算。 */
  faults: string[]
}
/** 一个窗口：中文、北京时间、没有动画。 */
export async function openWindow(browser: Browser, options: BrowserContextOptions): Promise<Window> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: desktop,
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text())
  })
  return { page, context, faults }
}
/** 由接口登录，会话留在窗口里。 */
export async function signInHere(context: BrowserContext, username: string, password: string): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/username', { data: { username, password } })
  if (!answer.ok()) throw new Error(`${username} 登录失败：${answer.status()}`)
}
/** 在工作台之内转页，不重新载入程序；尚未打开工作台的窗口则载入。 */
export async function go(page: Page, path: string): Promise<void> {
  if (!page.url().includes('/staff')) {
    await page.goto(path)
    return
  }
  // 路由自己看着 pushState，不必另外告知。
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`)
  await page.waitForURL((url) => `${url.pathname}${url.search}` === path)
}

export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/**
 * 在页面里以给定的设置运行 axe（页面须已载入 `axeSource`），`except` 之内的不查；答复每条违反：严重程度、规则与元素。
 */
export async function violations(page: Page, except: readonly string[], settings: object): Promise<string[]> {
  const scope = { exclude: except.map((part) => [part]) }
  const results = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(scope)}, ${JSON.stringify({ resultTypes: ['violations'], elementRef: false, ...settings })})`,
  )
  return results.violations.flatMap((found) =>
    found.nodes.map((node) => `${found.impact} ${found.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  )
}
