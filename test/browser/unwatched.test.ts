// 不拍照时没有人看画面，窗口只画一角：量得的、查出的、按到的，与全画出来的一样。
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import {
  desktop,
  everyPicture,
  launchBrowser,
  openWindow,
  overflowOf,
  phone,
  resize,
  violations,
} from '../support/browser.ts'

const html = `<!doctype html><html lang="zh"><title>样子</title>
<style>main { width: 60vw } p, button { position: absolute } @media (max-width: 600px) { h1 { width: 900px } }</style>
<main><h1>样子</h1>一段看得清的话，排成几行，行数随窗口的宽窄而变。</main>
<p style="left: 1200px; top: 820px; color: #bbb; background: #fff">右下角看不清的字</p>
<p style="left: 40px; top: 2400px; color: #bbb; background: #fff">很下面看不清的字</p>
<button style="left: 1300px; top: 860px" onclick="document.title = '按到了'">按</button>`

it.skipIf(everyPicture)('没有人看的窗口只画一角：大小、位置、查出的毛病、按到的地方都与画出来的一样', async () => {
  const browser = await launchBrowser()
  try {
    /** 宽屏、窄屏各看一遍，按一下右下角。 */
    const seenIn = async (page: Page, narrow: () => Promise<void>) => {
      await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`)
      const look = async () => ({
        measured: await page.evaluate(`[innerWidth, innerHeight, visualViewport.width, devicePixelRatio,
          matchMedia('(prefers-reduced-motion: reduce)').matches, document.visibilityState,
          ...[...document.querySelectorAll('body *')].map((one) => JSON.stringify(one.getBoundingClientRect()))]`),
        over: await overflowOf(page),
        found: await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] }),
      })
      const wide = await look()
      await page.getByRole('button').click()
      const pressed = await page.title()
      await narrow()
      return { wide, pressed, narrow: await look() }
    }
    const { page } = await openWindow(browser, {})
    const unwatched = await seenIn(page, () => resize(page, phone))
    const shown = await (await browser.newContext({ viewport: desktop, reducedMotion: 'reduce' })).newPage()
    expect(unwatched).toEqual(await seenIn(shown, () => shown.setViewportSize(phone)))
    expect(unwatched.wide.found.filter((each) => each.includes('看不清的字'))).toHaveLength(2)
    expect([unwatched.pressed, unwatched.wide.over, unwatched.narrow.over > 0]).toEqual(['按到了', 0, true])
  } finally {
    await browser.close()
  }
})
