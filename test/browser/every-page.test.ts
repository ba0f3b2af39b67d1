// 每一页都查到：公众网站由首页顺着链接走到每一条路由，工作台由路由表逐页打开；新添的一页没有走到，就不通过。
// 浅色、深色各查一遍无障碍，320 至 2560 像素没有横向滚动。
import { createPortal } from '@dianzhang/portal'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  axeSource,
  desktop,
  everyPicture,
  go,
  inColours,
  openWindow,
  overflowOf,
  phone,
  picture,
  resize,
  violations,
} from '../support/browser.ts'
import { demoPassword, useDemo } from '../support/demo.ts'
import { signIn } from '../support/serve.ts'

const demo = useDemo()
const narrow = { width: 320, height: 700 }
const wide = { width: 2560, height: 1300 }
const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
const dark = { type: 'rule', values: ['color-contrast'] }
const narrowRules = { type: 'rule', values: ['target-size', 'scrollable-region-focusable', 'button-name', 'label'] }

/** 读屏听得到的名称里没有外文：缩写、按键、格式的写法除外。 */
const foreign = `(() => {
  const known = /^(?:Word|WPS|XLSX|CSV|PDF|ICS|Atom|JSON|API|RSS|HTML|docx|xlsx|URL|https?|YYYY|MM|DD|Ctrl|Alt|Shift|Tab|Esc|Enter|SHA|ID|QR|CN|Akoma|Ntoso|LD|txt|SMTP|Webhooks?|Ed25519|HMAC|Merkle|MCP|ma|gov|cn|example|ba|tlog|notice)$/i
  return [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder], [aria-roledescription]')].flatMap((one) =>
    ['aria-label', 'title', 'alt', 'placeholder', 'aria-roledescription'].flatMap((name) => {
      const value = one.getAttribute(name) ?? ''
      const words = (value.match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !known.test(word))
      return words.length > 0 && !/[\\/.:]/.test(value) ? [name + '=' + value.slice(0, 60)] : []
    }),
  )
})()`
/**
 * 这一页的毛病：浅色全查，深色查对比度，窄屏查点按与名称，各种宽度查横向滚动。打开时是哪一种颜色，先查哪一种，不换回来：下一页从
 * 另一种查起。
 */
async function faultsOf(page: Page, name: string, except: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const of = async (kind: string, runOnly: object) => {
    const list = await violations(page, except, { runOnly })
    found.push(...list.filter((each) => !/^minor/.test(each)).map((each) => `${name}（${kind}）：${each}`))
  }
  const inLight = async () => {
    await of('浅色', everyRule)
    found.push(...(await page.evaluate<string[]>(foreign)).map((each) => `${name}（外文）：${each}`))
  }
  const inDark = async () => {
    await of('深色', dark)
    await picture(page, `every-${name}-深色`)
  }
  if (await page.evaluate<boolean>('matchMedia("(prefers-color-scheme: dark)").matches')) {
    await inColours(page, 'dark')
    await inDark()
    await inColours(page, 'light')
    await inLight()
  } else {
    await inLight()
    await inColours(page, 'dark')
    await inDark()
  }
  for (const size of [wide, ...(everyPicture ? [phone] : []), narrow]) {
    await resize(page, size)
    const over = await overflowOf(page)
    if (over > 0) found.push(`${name}：${size.width} 像素时横向多出 ${over} 像素`)
    if (size === phone) await picture(page, `every-${name}-窄`)
  }
  await of('320 像素', narrowRules)
  await resize(page, desktop)
  return found
}
/** 文件名里不能有的字符换掉。 */
const named = (pattern: string): string => pattern.replace(/[/:$]+/g, '_')

describe('公众网站', () => {
  /** 不是页面的：文件（核验的网页是下载的一份文件，另有测试）、改道、给机器的。 */
  const notPages =
    /\.(?:atom|json|csv|xlsx|xml|txt|ico|html)$|^\/opensearch\/|^\/assets\/|\/export\/|\/attachments\/|\*/
  /** 走不到的：要凭据才有的，写明在哪里查。 */
  const elsewhere: Record<string, string> = {
    '/receipts/:code': '回执号只有提交的人有',
    '/receipts/:code/complete': '改道：补正以后回到回执',
    '/yearly-lists/:id/proposals': '改道：提出以后回到清单',
    '/consultations/:id/comments': '改道：提交以后回到征求意见',
    // 演示县里还没有走得到的链接；有了以后删去这几行，即逐页检查。
    '/hearings/:id/draw': '演示县的听证还在报名',
    '/hearings/:id/registrations': '改道：报名以后回到听证',
    '/invitations/:code': '一次性的链接只在寄出的信里',
    '/subscriptions/:id': '网址只在寄出的信里',
    '/subscriptions/:id/end': '网址只在寄出的信里',
  }
  it('由首页顺着链接走得到每一种页面，浅色深色、宽窄都没有无障碍问题', async () => {
    const portal = createPortal({ office: {} as never, publicUrl: '', owner: null, log: async () => null })
    const patterns = [
      ...new Set(portal.routes.filter(({ method }) => method === 'GET').map(({ path }) => path)),
    ].filter((path) => !notPages.test(path))
    expect(patterns.length).toBeGreaterThan(30)
    const shapes = patterns.map(
      (path) => [path, new RegExp(`^${path.replace(/\./g, '\\.').replace(/:[^/]+/g, '[^/]+')}$`)] as const,
    )
    /** 固定的地址先于带参数的。 */
    const patternOf = (path: string) =>
      shapes
        .filter(([, shape]) => shape.test(path))
        .toSorted(([a], [b]) => a.split(':').length - b.split(':').length)[0]?.[0]
    const reached = new Map<string, string>()
    /** 每一种看几个：只在某一件里才有的链接也要走到。 */
    const looked = new Map<string, number>()
    const waiting = ['/']
    const asked = new Set(waiting)
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const pattern = patternOf(new URL(path, demo.url).pathname)
      if (!pattern || (looked.get(pattern) ?? 0) >= 12) continue
      looked.set(pattern, (looked.get(pattern) ?? 0) + 1)
      const answer = await fetch(demo.url + path)
      if (!answer.headers.get('content-type')?.includes('text/html') || answer.status >= 300) {
        await answer.body?.cancel()
        continue
      }
      // 改道的，到的是另一种页面。
      const landed = new URL(answer.url)
      const own = answer.redirected ? pattern : (patternOf(landed.pathname) ?? pattern)
      if (!reached.has(own)) reached.set(own, landed.pathname + landed.search)
      for (const [, href = ''] of (await answer.text()).matchAll(/(?:href|action)="([^"#]*)/g)) {
        const url = new URL(href.replaceAll('&amp;', '&'), demo.url)
        const next = url.pathname + url.search
        if (url.origin !== new URL(demo.url).origin || asked.has(next)) continue
        asked.add(next)
        waiting.push(next)
      }
    }
    expect(patterns.filter((path) => !reached.has(path) && !(path in elsewhere))).toEqual([])
    const { page, context } = await openWindow(demo.browser, { baseURL: demo.url })
    // 逐页载入：半兆的一段话只送一次。
    await context.addInitScript(axeSource)
    const problems: string[] = []
    for (const [pattern, path] of [...reached, ['没有的订阅', '/subscriptions/nope?token=x'] as const]) {
      await page.goto(path)
      problems.push(...(await faultsOf(page, named(pattern), pattern === '/' ? [] : ['header.site', 'footer.site'])))
    }
    await context.close()
    expect(problems).toEqual([])
  })
})

describe('工作台', () => {
  it('路由表里的每一页都打开，浅色深色、宽窄都没有无障碍问题', async () => {
    const secretary = await signIn(() => demo.url, 'secretariat', demoPassword)
    const documents = (await secretary.get('/api/documents?limit=100')).body as {
      items: Array<{ id: string; title: string }>
    }
    const id = documents.items.find(({ title }) => title.includes('畜禽粪污资源化利用'))?.id
    const matters = (await secretary.get('/api/matters?process=review-suggestion&limit=1')).body as {
      items: Array<{ id: string }>
    }
    /** 每一条路由一个样子：谁打开，网址是什么。添一页，就在这里添一行。 */
    const pages: Record<string, [username: string, path: string]> = {
      '/': ['drafter', '/staff'],
      '/documents/$id': ['drafter', `/staff/documents/${id}`],
      '/documents/$id/edit': ['drafter', `/staff/documents/${id}/edit`],
      '/new': ['drafter', '/staff/new'],
      '/help': ['drafter', '/staff/help'],
      '/messages': ['drafter', '/staff/messages'],
      '/password': ['drafter', '/staff/password'],
      '/matters': ['secretariat', '/staff/matters?scope=all'],
      '/matters/$id': ['secretariat', `/staff/matters/${matters.items[0]?.id}`],
      '/matters/new/$process': ['secretariat', '/staff/matters/new/cleanup'],
      '/series': ['secretariat', '/staff/series'],
      '/series/$series/$year': ['secretariat', `/staff/series/${encodeURIComponent('海政规发')}/2026`],
      '/filings': ['secretariat', '/staff/filings'],
      '/archive': ['secretariat', '/staff/archive'],
      '/sessions': ['secretariat', '/staff/sessions'],
      '/acts': ['secretariat', '/staff/acts'],
      '/validity': ['secretariat', '/staff/validity?scope=all'],
      '/issuers': ['secretariat', '/staff/issuers'],
      '/bodies': ['secretariat', '/staff/bodies'],
      '/delegations': ['secretariat', '/staff/delegations'],
      '/holidays': ['secretariat', '/staff/holidays'],
      '/ledger': ['secretariat', '/staff/ledger'],
      '/dashboard': ['secretariat', '/staff/dashboard'],
      '/audits': ['secretariat', '/staff/audits'],
      '/packs': ['admin', '/staff/packs'],
      '/people': ['admin', '/staff/people'],
      '/jobs': ['admin', '/staff/jobs'],
      '/administration': ['admin', '/staff/administration'],
      '/outward': ['admin', '/staff/outward'],
      '/exchange': ['admin', '/staff/exchange'],
      '/sign-in': ['', '/staff/sign-in'],
    }
    const problems: string[] = []
    for (const [username, own] of Map.groupBy(Object.entries(pages), ([, [who]]) => who)) {
      const { page, context, faults } =
        username === '' ? await openWindow(demo.browser, { baseURL: demo.url }) : await demo.open(username)
      for (const [pattern, [, path]] of own) {
        if (username === '') await page.goto(path)
        else await go(page, path)
        await page.locator('h1').first().waitFor()
        await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
        await expect
          .poll(async () => {
            const at = await page.evaluate<string>('window.__TSR_ROUTER__.state.matches.at(-1).fullPath')
            return at === '/' ? at : at.replace(/\/$/, '')
          })
          .toBe(pattern)
        const first = pattern === own[0]?.[0]
        problems.push(...(await faultsOf(page, `工作台${named(pattern)}`, first ? [] : ['.top'])))
      }
      if (username === 'drafter') {
        const known = await page.evaluate<string[]>('Object.keys(window.__TSR_ROUTER__.routesByPath)')
        expect(known.map((path) => (path === '/' ? path : path.replace(/\/$/, ''))).toSorted()).toEqual(
          Object.keys(pages).toSorted(),
        )
      }
      expect([username, ...faults]).toEqual([username])
      await context.close()
    }
    expect(problems).toEqual([])
  })
})
