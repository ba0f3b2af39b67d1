// 浏览器测试共用：启动浏览器、以某角色开一个窗口、在程序之内转页、拍照、无障碍检查。
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  type Locator,
  type Page,
  chromium as playwright,
  type Request,
  type Route,
} from 'playwright-core'
import { onFailure } from './after-failure.ts'
import { chromiumPath } from './chromium.ts'
import { isCodeSource } from './code-words.ts'
import { roomInMemory } from './memory-disk.ts'

export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 800 }
/** `DIANZHANG_SCREENSHOTS=1`：每页都拍照，角色与命令很多、版面相同的页面也逐一去看。 */
export const everyPicture = process.env.DIANZHANG_SCREENSHOTS === '1'
/** 至多等这么久（毫秒）：只为不无止境地等，慢几倍的机器也不该碰到。 */
const patience = 60_000
/** 连接断在半路的，再问几次。 */
const broken = 3
const pictures = fileURLToPath(new URL('../output/screenshots', import.meta.url))
mkdirSync(pictures, { recursive: true })

/** 无界面的浏览器；调用者负责关闭。 */
export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromiumPath(),
    // 各进程之间共用的内存，Playwright 缺省放在临时文件夹的文件里，写一页、文件系统记一页。
    ignoreDefaultArgs: roomInMemory(2 ** 30) ? ['--disable-dev-shm-usage'] : [],
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

/** 整页存为 JPEG（编码比 PNG 快一半）。只在 `DIANZHANG_SCREENSHOTS=1` 时：没有人看的照片，占浏览器测试近一半的时间。 */
export async function picture(page: Page, name: string): Promise<void> {
  if (!everyPicture) return
  await page.screenshot({ path: `${pictures}/${name}.jpg`, type: 'jpeg', quality: 75, fullPage: true })
}
/**
 * 不拍照时没有人看画面：排版仍照 `size`，只画左上角一小块。页面量得的大小、点按的位置、无障碍检查都一样；栅格化与合成占浏览器
 * 处理器时间的七分之一（docs/decisions/070）。印在纸上的样子（`emulateMedia`）打开网页以后再换：这里另开的一条控制，换站时不记得它。
 */
async function unwatched(page: Page, size: { width: number; height: number }): Promise<void> {
  const control = controls.get(page) ?? (await page.context().newCDPSession(page))
  controls.set(page, control)
  const screen = { screenWidth: size.width, screenHeight: size.height }
  await control.send('Emulation.setDeviceMetricsOverride', {
    ...size,
    ...screen,
    deviceScaleFactor: 1,
    mobile: false,
    dontSetVisibleSize: true,
  })
  await control.send('Emulation.setVisibleSize', { width: 16, height: 16 })
}
const controls = new WeakMap<Page, CDPSession>()
/** 换成另一种大小的屏，等页面照它排好：媒体查询、大小变化都已经告知，据此重画的也画过了。 */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  if (everyPicture) await page.setViewportSize(size)
  else await unwatched(page, size)
  await page.evaluate(`new Promise((done) => {
    const look = () =>
      innerWidth === ${size.width} && innerHeight === ${size.height}
        ? requestAnimationFrame(() => requestAnimationFrame(done))
        : requestAnimationFrame(look)
    look()
  })`)
}
/** 换成浅色或者深色，等颜色都换过：组件的颜色由程序换，比样式表晚；连着三次看到同样的颜色才算。 */
export async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  // 在页面里看，不逐次来回：一次来回，这一头与浏览器各进程合计几毫秒处理器时间。
  await page.evaluate(`new Promise((done) => {
    const colours = () => [...document.querySelectorAll('body, [class*="ant-"]')].slice(0, 60).map((one) => {
      const { color, backgroundColor } = getComputedStyle(one)
      return color + backgroundColor
    }).join()
    let before = ''
    let same = 0
    let looks = 0
    const look = () => {
      const now = colours()
      same = now === before ? same + 1 : 0
      before = now
      if (same < 3 && ++looks < 50) setTimeout(look, 100)
      else done()
    }
    setTimeout(look, 100)
  })`)
}
/** 横向超出视口的像素：等它没有，等不到的才算。 */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    const begun = performance.now()
    const look = () => {
      const over = Math.max(0, document.documentElement.scrollWidth - innerWidth)
      if (over === 0 || performance.now() - begun > 30_000) done(over)
      else requestAnimationFrame(look)
    }
    look()
  })`)
/** 展开一块折叠的内容；正要点时页面重画，已经展开了的，不再合上。 */
export const unfold = (details: Locator): Promise<void> =>
  untilTrue('展开', async () => {
    const open = (await details.getAttribute('open')) !== null
    if (!open) await details.locator('summary').first().click()
    return open
  })
/**
 * 点开一项办理的表单。点的一刻页面因别的答复重排，点就落了空：网址没有变的再点一次。打不开的，报出网址与抽屉里写着的话。
 */
export async function openForm(page: Page, press: Locator, command: string): Promise<Locator> {
  const form = page.locator(`form[data-command="${command}"]`)
  await untilTrue(`打开 ${command}`, async () => {
    if (await form.first().isVisible()) return true
    if (!new URL(page.url()).searchParams.has('do')) await press.click()
    await form
      .first()
      .waitFor({ timeout: 2_000 })
      .catch(() => {})
    return form.first().isVisible()
  }).catch(async (error: Error) => {
    const shown = (await page.locator('.command-drawer').allInnerTexts()).join('\n').slice(0, 2_000)
    throw new Error(`${error.message}；网址 ${page.url()}，抽屉里写着：\n${shown}`, { cause: error })
  })
  return form
}
/** 点开可办事项里的一项。 */
export const openAct = (page: Page, command: string): Promise<Locator> =>
  openForm(page, page.locator(`.act[data-command="${command}"]`), command)

export interface Window {
  page: Page
  context: BrowserContext
  /** 页面自己报出的错误；拒绝的答复（4xx）不算。 */
  faults: string[]
}
/**
 * 每个答复最多迟多少毫秒到，各自随机，先问的可以后到：`TEST_ANSWERS_LATE=800 npx vitest …`，用来找只在快的机器上成立的
 * 页面与测试。平时不迟。
 */
const slowest = Number(process.env.TEST_ANSWERS_LATE ?? 0)

/**
 * 按以前等它按得下去。表单还差什么、正在载入的，按钮不是灰的，写明为什么（`aria-disabled`），按了不提交：Playwright 只等
 * `disabled` 的，不等它。人也是看它说的去了再按；转着圈的（上一件还在办）也一样，那时按了不算。`force` 的照按。
 */
function pressesWhenReady(page: Page): void {
  const every = Object.getPrototypeOf(page.locator('html')) as Locator & { readonly patient?: true }
  if (every.patient) return
  const { click } = every
  Object.assign(every, {
    patient: true,
    async click(this: Locator, options?: Parameters<Locator['click']>[0]): Promise<void> {
      if (options?.force !== true) {
        const within = options?.timeout === undefined ? {} : { timeout: options.timeout }
        const end = Date.now() + (options?.timeout ?? patience)
        const one = this.first()
        const notYet = async (): Promise<boolean> =>
          (await one.getAttribute('aria-disabled', within)) === 'true' ||
          /\bant-btn-loading\b/.test((await one.getAttribute('class', within)) ?? '')
        while (await notYet()) {
          if (Date.now() > end) throw new Error(`按不下去：${this}`)
          await new Promise((done) => setTimeout(done, 50))
        }
      }
      await click.call(this, options)
    },
  })
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
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  watch(context)
  sendAgain(context)
  for (const routed of [context, page]) pastClosing(routed)
  if (slowest > 0)
    await context.route(/\/api\//, async (route) => {
      await new Promise((done) => setTimeout(done, Math.random() * slowest))
      await route.continue()
    })
  if (!everyPicture) await unwatched(page, options.viewport ?? desktop)
  pressesWhenReady(page)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text())
  })
  return { page, context, faults }
}
/** 各个开着的窗口最近问过服务什么：测试失败时说。 */
const watched = new Map<BrowserContext, Request[]>()
function watch(context: BrowserContext): void {
  const asked: Request[] = []
  watched.set(context, asked)
  context.on('request', (request) => {
    if (!/^(document|xhr|fetch)$/.test(request.resourceType())) return
    asked.push(request)
    if (asked.length > 20) asked.shift()
  })
  context.once('close', () => watched.delete(context))
}
onFailure(async () => {
  const soon = <T>(what: Promise<T>, otherwise: T) =>
    Promise.race([what.catch(() => otherwise), new Promise<T>((done) => setTimeout(done, 2_000, otherwise))])
  const windows = [...watched].map(async ([context, asked]) => {
    const answers = asked.map(async (request) => {
      const status = await soon(
        request.response().then((answer) => String(answer?.status() ?? '没有答复')),
        '还没有答复',
      )
      return `${request.method()} ${request.url().replace(/^https?:\/\/[^/]+/, '')} ${status}`
    })
    const shown = context
      .pages()
      .map(async (page) => `${page.url()} ${await soon(page.evaluate<string>(looks), '问不出来')}`)
    return `窗口 ${[...(await Promise.all(shown)), `最近问的：${(await Promise.all(answers)).join('；')}`].join('\n  ')}`
  })
  return (await Promise.all(windows)).join('\n')
})
/** 标题、开着的对话与抽屉、提示与更正、焦点所在：看得见的才算。 */
const looks = `[
  ['标题', 'h1'],
  ['对话与抽屉', '.ant-modal-title, .ant-drawer-title, dialog[open] h2, [role="dialog"] h2'],
  ['提示', '.toast, [role="alert"], .field-error, .skeleton'],
  ['焦点', ':focus'],
].map(([name, where]) => name + '：' + [...document.querySelectorAll(where)]
  .filter((one) => one.getClientRects().length > 0)
  .map((one) => (one.innerText || one.className || one.tagName).replace(/\\s+/g, ' ').slice(0, 60)).slice(0, 8).join('、')).join('；')`

/** 窗口的接口闲着的连接，正要用时那一头也许刚关了：另起一次。办理带着命令标识，问两次只办一次。 */
function sendAgain({ request }: BrowserContext): void {
  const { fetch } = request
  request.fetch = ((what, options) => fetch.call(request, what, { maxRetries: broken, ...options })) as typeof fetch
}
/** 拦下的请求，等着放行时窗口已经关了、页面已经走了或者不再要、拦截已经撤去的，不必再放行：不是测试的差错。 */
function pastClosing(routed: BrowserContext | Page): void {
  const { route } = routed
  routed.route = (url, handler, options) =>
    route.call(
      routed,
      url,
      async (held: Route, request: Request) => {
        try {
          await handler(held, request)
        } catch (error) {
          if (!/closed|disposed|already handled/i.test(String(error))) throw error
        }
      },
      options,
    )
}
/** 由接口登录，会话留在窗口里。 */
export async function signInHere(context: BrowserContext, username: string, password: string): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/username', {
    data: { username, password },
  })
  if (!answer.ok()) throw new Error(`${username} 登录失败：${answer.status()}`)
}
/** 在工作台之内转页，不重新载入程序；尚未打开工作台的窗口则载入。返回时网址所指的一页已经画出，前一页已经收起。 */
export async function go(page: Page, path: string): Promise<void> {
  if (!page.url().includes('/staff')) await page.goto(path)
  // 路由自己看着 pushState，不必另外告知；标识据以认出走到的是这一次。
  else {
    const state = JSON.stringify({ __TSR_key: randomUUID() })
    await page.evaluate(`history.pushState(${state}, '', ${JSON.stringify(path)})`)
  }
  await arrived(page)
  await present(page, path)
}
/**
 * 打开的是一件案卷，等到屏上是它现在的一版：这个窗口先前看过它的，别人其间办的由服务器告知，可能晚到一步，而照旧的样子
 * 填的，服务端不收。
 */
async function present(page: Page, path: string): Promise<void> {
  const [, kind, id] = /^\/staff\/(documents|matters)\/([^/?#]+)(?:[?#]|$)/.exec(path) ?? []
  if (!kind) return
  const answer = await page.context().request.get(`/api/${kind}/${id}`)
  if (!answer.ok()) return
  const { version } = (await answer.json()) as { version: number }
  await becomes(
    page,
    `(() => {
      const shown = document.querySelector('main.doc')
      return shown === null || Number(shown.dataset.version) >= ${version}
    })()`,
  )
}
/**
 * 等到页面里的 `condition` 成立；其间页面重新载入也不要紧。网页的安全规定不许 waitForFunction；在页面里逐次看，一秒一回，
 * 不是看一次来回一次。
 */
export const becomes = (page: Page, condition: string): Promise<void> =>
  untilTrue(condition, () =>
    page
      .evaluate<boolean>(
        `new Promise((done) => {
          const begun = performance.now()
          const holds = () => {
            try {
              return ${condition}
            } catch {
              return false
            }
          }
          const look = () => {
            if (holds()) done(true)
            else if (performance.now() - begun > 1_000) done(false)
            else setTimeout(look, 20)
          }
          look()
        })`,
      )
      .catch(() => false),
  )
/** 同时进行的几个测试也用，所以不用属于某个测试的 expect。 */
async function untilTrue(what: string, look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patience
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`等不到：${what}`)
    await new Promise((done) => setTimeout(done, 20))
  }
}
/** 路由已经走到现在的网址：这以前，屏上还是前一页，看到的、点到的都可能是它的。 */
const arrived = (page: Page): Promise<void> =>
  becomes(
    page,
    `(() => {
      const state = window.__TSR_ROUTER__?.state
      const at = state?.resolvedLocation
      return state?.status === 'idle' && at !== undefined && at.state.__TSR_key === history.state?.__TSR_key
    })()`,
  )

/**
 * 页面上（连同读屏听到的名称、提示）写成代码的话，见 code-words.ts。照抄的文字、摘要、网址与填写的内容不算。
 */
export const codeWords = (page: Page): Promise<string[]> => page.evaluate<string[]>(codeWordsSource)
const codeWordsSource = `(() => {
  const isCode = ${isCodeSource}
  const found = new Set()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode
    if (parentElement && !parentElement.closest('code, pre, script, noscript, style, textarea, .hash, [hidden]') && isCode(data))
      found.add(data.trim().slice(0, 120))
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription'])
    for (const element of document.querySelectorAll('[' + name + ']')) {
      const told = element.getAttribute(name)
      if (isCode(told)) found.add(name + '：' + told.slice(0, 120))
    }
  return [...found]
})()`

/** 表单里的说明与更正，没有连在所说的一栏上的：读屏走到那一栏听不到。 */
export const untied = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('[data-tied]')].flatMap((field) => {
    const control = document.getElementById(field.dataset.tied)
    const told = (control?.getAttribute('aria-describedby') ?? '').split(' ')
    return [...field.children]
      .filter((each) => each.matches('.hint, .field-error') && !told.includes(each.id))
      .map((each) => (control ? '' : '没有控件 ') + field.innerText.slice(0, 60) + '：' + each.innerText.slice(0, 60))
  })`)

/**
 * 打开下拉的一栏，选定含有所给文字的一项，等列表收起：还开着、正在收起的列表盖着别处，也不在页面的任何一部分里。
 * 可选多个的，选完自己不收起，离开那一栏才收起。
 */
export async function chooseFrom(control: Locator, option: string | RegExp): Promise<void> {
  const page = control.page()
  const list = page.locator('.ant-select-dropdown:visible')
  const wanted = list.locator('.ant-select-item-option', { hasText: option }).first()
  // 刚打开时页面恰好重画的，列表又收起：没有开着的再打开。
  await untilTrue(`选定“${option}”`, async () => {
    if ((await list.count()) === 0) await control.click()
    return wanted.click({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
  })
  const input = control.locator('input').or(control).last()
  await untilTrue(`选定“${option}”以后列表收起`, async () => {
    if ((await list.count()) === 0) return true
    // 刚按过鼠标时离开不算数，故再离开一次。
    await input.focus()
    await input.blur()
    return false
  })
}

export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/**
 * 在页面里以给定的设置运行 axe，`except` 之内的不查；答复每条违反：严重程度、规则与元素。半兆的程序，一页只送一次。
 */
export async function violations(page: Page, except: readonly string[], settings: object): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axeSource)
  const scope = { exclude: except.map((part) => [part]) }
  const results = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(scope)}, ${JSON.stringify({ resultTypes: ['violations'], elementRef: false, ...settings })})`,
  )
  return results.violations.flatMap((found) =>
    found.nodes.map((node) => `${found.impact} ${found.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  )
}
