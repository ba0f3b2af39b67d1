// 真实的浏览器：无障碍检查、窄屏、不用脚本提意见、大字版、打印。截图存入 test/output/screenshots。
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { runOnMatter } from '@dianzhang/workflow'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  axeSource,
  desktop,
  everyPicture,
  launchBrowser,
  openWindow,
  phone,
  picture,
  resize,
  violations,
} from '../support/browser.ts'
import { openTitle, portalFixture, portalPages } from '../support/portal.ts'

/** WCAG 要求能用的最窄的屏。 */
const narrow = { width: 320, height: 640 }

const f = await portalFixture()
let browser: Browser
let origin: string
// 检查程序与网页同一来处：浏览器只编译一次，每页省下二百毫秒。
const server = serve({
  fetch: (request) =>
    new URL(request.url).pathname === '/axe.js'
      ? new Response(axeSource, { headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' } })
      : f.portal.fetch(request),
  port: 0,
  hostname: '127.0.0.1',
})

beforeAll(async () => {
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => server.close(resolve))
})

async function withPage<T>(options: BrowserContextOptions, work: (page: Page) => Promise<T>): Promise<T> {
  const { page, context } = await openWindow(browser, { bypassCSP: true, ...options })
  const done = await work(page)
  // 没有走完的留着：失败的说明要看它。
  await context.close()
  return done
}

// 同一页面的另一种内容不必再看一遍。
const variants = ['对某条提意见', '已公布采纳情况的征求意见', '文件在某日', '一年的清理目录', '很长的期限']
// 版面与别的页面相同的，不再以大字版看。
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

/** axe 按 WCAG 2.2 AA 与良好做法检查；`except` 之内的（别处已查过的页眉页脚）不再查。 */
const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
/** 结果随宽度而变的：点按的大小、能否滚动、有没有被藏起来的名称；颜色与结构不变，只在桌面查。 */
const widthRules = {
  type: 'rule',
  values: ['target-size', 'scrollable-region-focusable', 'button-name', 'link-name', 'label', 'aria-hidden-focus'],
}
const darkRules = { type: 'rule', values: ['color-contrast'] }
const check = (page: Page, except: readonly string[], runOnly: object = everyRule): Promise<string[]> =>
  violations(page, except, { runOnly })
// 在页面里运行的程序写成文本：测试程序本身没有浏览器的类型。
const findOverflow = `(() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1)
  return ['页面宽 ' + document.documentElement.scrollWidth, ...wide.map((e) => e.outerHTML.slice(0, 120))]
})()`
const fontSize = (page: Page): Promise<string> => page.evaluate('getComputedStyle(document.body).fontSize')

/** 横向超出视口的元素；没有为空。 */
const overflowing = (page: Page): Promise<string[]> => page.evaluate<string[]>(findOverflow)

describe('浏览器中的公众网站', () => {
  it('每一页在桌面与 320 像素下都通过无障碍检查，没有横向滚动；每页宽窄各拍一张', async () => {
    await withPage({}, async (page) => {
      const failed: string[] = []
      page.on('requestfailed', (request) => failed.push(request.url()))
      for (const [name, path] of pages) {
        await page.goto(origin + path)
        await page.addScriptTag({ url: '/axe.js' })
        // 页眉页脚各页相同，只在首页查。
        const except = name === '首页' ? [] : ['header.site', 'footer.site']
        expect.soft(await check(page, except), `宽 ${name}`).toEqual([])
        expect.soft(await overflowing(page), `宽 ${name}`).toEqual([])
        await picture(page, `portal-${name}-宽`)
        // 深色只换颜色，没有单独的版面。
        await page.emulateMedia({ colorScheme: 'dark' })
        expect.soft(await check(page, except, darkRules), `深色 ${name}`).toEqual([])
        await page.emulateMedia({ colorScheme: 'light' })
        await resize(page, narrow)
        expect.soft(await check(page, except, widthRules), `${narrow.width} ${name}`).toEqual([])
        expect.soft(await overflowing(page), `${narrow.width} ${name}`).toEqual([])
        if (everyPicture) {
          await resize(page, phone)
          await picture(page, `portal-${name}-窄`)
        }
        await resize(page, desktop)
      }
      expect(failed).toEqual([])
    })
  })

  it('大字版在 320 像素下也没有横向滚动，换页后仍是大字', async () => {
    await withPage({ viewport: narrow }, async (page) => {
      await page.goto(origin)
      await page.getByRole('link', { name: '大字版' }).click()
      // 选择记下了，再换页。
      await page.getByRole('link', { name: '恢复标准字号' }).waitFor()
      for (const [name, path] of pages.filter(([each]) => !alike.includes(each))) {
        await page.goto(origin + path)
        await expect.poll(() => fontSize(page)).toBe('24px')
        await expect.poll(() => overflowing(page), { message: name }).toEqual([])
      }
      await page.goto(origin + pages[3]?.[1])
      await picture(page, 'portal-大字版')
      await page.getByRole('link', { name: '恢复标准字号' }).click()
      await page.getByRole('link', { name: '大字版' }).waitFor()
      await expect.poll(() => fontSize(page)).toBe('18px')
    })
  })

  it('关闭脚本也能从首页走到提意见，拿到回执，再用回执号查到', async () => {
    await withPage({ javaScriptEnabled: false, viewport: phone }, async (page) => {
      await page.goto(origin)
      await page.getByRole('link', { name: openTitle }).click()
      await page.getByRole('link', { name: '对第九条提意见' }).click()
      // 前一页也有同样的各栏：到了新的一页再填。
      await page.waitForURL((url) => url.searchParams.get('anchor') === '第九条')
      await expect.poll(() => page.getByLabel('对哪一部分').inputValue()).toBe('第九条')
      // 所针对的一条整条写在表单上面，不必翻回去看。
      const about = await page.getByTestId('about').innerText()
      expect(about).toMatch(/^第九条/)
      const whole = await page.locator('article, main').first().innerText()
      expect(whole.replaceAll(/\s/g, '')).toContain(about.replaceAll(/\s/g, '').slice(0, 40))
      await page.getByLabel('姓名或单位名称').fill('字'.repeat(101))
      await page.getByLabel('意见内容（必填）').fill('水质检测结果应当每月公布。')
      await page.getByRole('button', { name: '提交意见' }).click()
      await page.getByRole('alert').waitFor()
      await page.waitForLoadState()
      await expect.poll(() => page.getByRole('alert').innerText()).toContain('姓名或单位名称不能超过 100 字')
      await expect.poll(() => page.getByLabel('意见内容（必填）').inputValue()).toBe('水质检测结果应当每月公布。')
      await expect.poll(() => page.getByLabel('对哪一部分').inputValue()).toBe('第九条')
      await picture(page, 'portal-意见有误')
      await page.getByLabel('姓名或单位名称').fill('')
      await page.getByRole('button', { name: '提交意见' }).click()
      await page.waitForURL(/\/receipts\/YJ/)
      const code = await page.locator('.code').innerText()
      await picture(page, 'portal-新回执')
      await page.getByRole('link', { name: '查回执' }).first().click()
      await page.getByLabel('回执号').fill(code)
      await page.getByRole('button', { name: '查询' }).click()
      await page.waitForURL((url) => decodeURIComponent(url.pathname) === `/receipts/${code}`)
      await expect.poll(() => page.getByText('水质检测结果应当每月公布。').first().isVisible()).toBe(true)
    })
  })

  it('只用键盘：先到“跳到正文”，焦点处处看得见', async () => {
    await withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.goto(`${origin}/register`)
      await page.keyboard.press('Tab')
      await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('跳到正文')
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.hash === '#main')
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press('Tab')
        await expect.poll(() => page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
      }
    })
  })

  it('打印时没有导航与表单，末尾有网址与打印日期', async () => {
    await withPage({ viewport: { width: 794, height: 1123 } }, async (page) => {
      await page.goto(`${origin}/register/${f.published.id}`)
      await page.emulateMedia({ media: 'print' })
      await expect.poll(() => page.getByRole('navigation', { name: '主要栏目' }).isVisible()).toBe(false)
      await expect.poll(() => page.locator('form:visible').count()).toBe(0)
      const note = await page.locator('.print-note').innerText()
      expect(note).toContain(`${origin}/register/${f.published.id}`)
      expect(note).toContain('打印日期：2026年4月10日')
      await picture(page, 'portal-打印')
    })
  })

  it('关闭脚本也能从文件的页面提出审查建议；审查人请制定机关说明、按条款停止执行、答复，公众凭回执读到', async () => {
    await withPage({ javaScriptEnabled: false, viewport: phone }, async (page) => {
      await page.goto(`${origin}/register/${f.published.id}`)
      await page.getByRole('link', { name: '提出审查建议' }).click()
      await page.waitForURL(/\/suggest$/)
      await page.getByLabel('理由（必填）').fill('第三条对农户设定罚款，没有依据。')
      await page.getByLabel('怎样不一致').first().fill('擅自设定处罚。')
      await page.getByRole('button', { name: '提交建议' }).click()
      // 写了怎样不一致而没有写是哪一部：退回，所填的都在。
      await page.getByRole('alert').waitFor()
      await expect.poll(() => page.getByLabel('理由（必填）').inputValue()).toContain('设定罚款')
      await page.getByLabel('哪一部法律').first().fill('中华人民共和国行政处罚法')
      await page.getByLabel('建议审查的条款').fill('第三条')
      await page.getByLabel('姓名或者名称').fill('马建国')
      await page.getByLabel('联系方式').fill('13995550101')
      await page.getByRole('button', { name: '提交建议' }).click()
      await page.waitForURL(/\/receipts\/JY/)
      const receipt = await page.locator('.code').innerText()
      // 写的每一句都在回执上。
      await page.locator('.said', { hasText: '《中华人民共和国行政处罚法》：擅自设定处罚。' }).waitFor()
      await picture(page, 'portal-建议回执')
      const [row] = await f.t.connection.sql`select matter_id as id from suggestions where receipt = ${receipt}`
      const id = String(row?.id)
      const act = async (username: string, type: string, payload: object = {}) => {
        const [now] = await f.t.connection.sql`select version from matters where id = ${id}`
        const command = { type, commandId: randomUUID(), expectedVersion: Number(now?.version), ...payload }
        await runOnMatter(f.t.office, f.t.as(username), id, command)
      }
      // 文件自这一日起施行；放在最后，不影响别的页面。
      await f.t.goTo('2026-06-02')
      const today = f.t.clock.now().toISOString().slice(0, 10)
      await act('filing.city', 'Accept')
      await act('filing.city', 'AskIssuer', { questions: '请说明第三条的依据。', until: '2029-12-31' })
      await act('secretariat', 'AnswerInquiry', { text: '没有依据。' })
      await act('filing.city', 'Conclude', {
        conclusions: [
          { conflict: '1', outcome: 'clearly_unlawful', ground: '《行政处罚法》第十六条', provisions: ['第三条'] },
        ],
        decision: { body: '中卫市人民政府', date: today },
      })
      await act('filing.city', 'Answer', { text: '经审查，第三条明显违法，已经停止执行。' })
      await page.goto(`${origin}/receipts`)
      await page.getByLabel('回执号').fill(receipt.toLowerCase())
      await page.getByRole('button', { name: '查询' }).click()
      await page.getByText('经审查，第三条明显违法，已经停止执行。').waitFor()
      await expect.poll(() => page.getByText('明显违法，停止执行（').isVisible()).toBe(true)
      await picture(page, 'portal-建议答复')
      await page.goto(`${origin}/register/${f.published.id}`)
      await expect.poll(() => page.getByText('第三条停止执行').first().isVisible()).toBe(true)
      await page.goto(`${origin}/suggestions`)
      await expect.poll(() => page.getByText('已答复1件').isVisible()).toBe(true)
      expect(await page.content()).not.toMatch(/马建国|13995550101/)
    })
  })
})
