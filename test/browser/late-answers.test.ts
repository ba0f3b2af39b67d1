// 迟到的答复不算现在：答复到的时候，人已经走开、表已经关上、会话已经换了、先前没有答复的已经办成。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import type { Locator, Page, Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { becomes, go, unfold, type Window } from '../support/browser.ts'
import { demoPassword, useDemo } from '../support/demo.ts'
import { demoStaff } from '../support/demo-staff.ts'
import { caretAtEnd } from './in-page.mjs'

const demo = useDemo()
const { staff, documentCalled, behind } = demoStaff(demo)
const form = (page: Page, command: string): Locator => page.locator(`form[data-command="${command}"]`)
const text = (page: Page): Locator => form(page, 'ProvideArtefact').locator('[data-field="body"]').getByRole('textbox')
/** 起草单位的一份材料，内容是 `body` 的有几份。 */
async function materials(id: string, body: string): Promise<number> {
  const { body: found } = await (await staff('drafter')).get(`/api/documents/${id}/artefacts`)
  return (found as Array<{ body: string | null }>).filter((each) => each.body === body).length
}
/** 打开“提交材料”，写上 `body`。 */
async function provide(page: Page, id: string, body: string): Promise<void> {
  await go(page, `/staff/documents/${id}?do=ProvideArtefact`)
  await form(page, 'ProvideArtefact').locator('[data-field="kind"]').locator('input').click()
  await page.getByTitle('必要性评估').click()
  await text(page).fill(body)
}
const handIn = (page: Page): Promise<void> =>
  form(page, 'ProvideArtefact').getByRole('button', { name: '提交材料' }).click()
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(
    "Object.keys(sessionStorage).filter((key) => key.startsWith('dianzhang:') && !key.includes('reloaded'))",
  )
/**
 * 扣住下一个到 `url` 的 `method` 请求：`asked` 是它已经到了服务端、有了答复（`before` 时还没有送去），`release` 放它过去。
 */
async function hold(
  page: Page,
  url: string | RegExp,
  { method = 'GET', before = false, times = 1 }: { method?: string; before?: boolean; times?: number } = {},
): Promise<{ asked: Promise<number>; release: () => void; done: Promise<void> }> {
  const asked = Promise.withResolvers<number>()
  const released = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  let left = times
  const handle = async (route: Route): Promise<void> => {
    if (route.request().method() !== method || left === 0) return route.fallback()
    left -= 1
    if (before) {
      asked.resolve(0)
      await released.promise
      await route.continue().catch(() => {})
    } else {
      const response = await route.fetch()
      asked.resolve(response.status())
      await released.promise
      await route.fulfill({ response }).catch(() => {})
    }
    if (left === 0) {
      done.resolve()
    }
  }
  await page.route(url, handle)
  return { asked: asked.promise, release: released.resolve, done: done.promise }
}
/** 下一个到 `url` 的 `method` 请求办了，答复却断在路上。 */
async function lose(page: Page, url: string | RegExp, method = 'POST'): Promise<{ lost: Promise<number> }> {
  const lost = Promise.withResolvers<number>()
  let left = 1
  await page.route(url, async (route) => {
    if (route.request().method() !== method || left === 0) return route.fallback()
    left -= 1
    const { status } = { status: (await route.fetch()).status() }
    await route.abort('connectionreset')
    lost.resolve(status)
  })
  return { lost: lost.promise }
}
/** 只在这一个测试里用的窗口。 */
async function inWindow(username: string, work: (window: Window) => Promise<void>): Promise<void> {
  const window = await demo.open(username)
  window.context.setDefaultTimeout(15_000)
  try {
    await work(window)
    expect(window.faults).toEqual([])
  } finally {
    await window.context.close()
  }
}
/** 页面又画过两次：随答复即有的变化，此时都在屏上了。 */
const drawn = (page: Page): Promise<void> =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
/** 又画过两次，`read` 还是 `value`：不是等它成立，是看它没有变。 */
async function stays<T>(page: Page, read: () => Promise<T>, value: T): Promise<void> {
  await drawn(page)
  expect(await read()).toEqual(value)
}
/** 回到这个窗口。 */
const comesBack = (page: Page): Promise<void> =>
  page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")

describe('提交途中关上的表', () => {
  it('答复到了，不关后来打开的另一张，草稿不留', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page }) => {
      const body = `途中关上的${randomUUID()}`
      await provide(page, id, body)
      const held = await hold(page, '**/commands', { method: 'POST' })
      await handIn(page)
      expect(await held.asked).toBe(200)
      await page.getByRole('button', { name: '先放着' }).click()
      await form(page, 'ProvideArtefact').waitFor({ state: 'detached' })
      await go(page, `/staff/documents/${id}?do=WithdrawDocument`)
      await form(page, 'WithdrawDocument').waitFor()
      held.release()
      await page.getByText('提交材料：已办理').waitFor()
      // 关表是答复之后随即的事：等页面再画过两次。
      await drawn(page)
      await stays(page, () => form(page, 'WithdrawDocument').count(), 1)
      expect(new URL(page.url()).searchParams.get('do')).toBe('WithdrawDocument')
      await expect.poll(async () => (await kept(page)).filter((key) => key.includes('ProvideArtefact'))).toEqual([])
      expect(await materials(id, body)).toBe(1)
    })
  })

  it('人已到了别的案卷，答复不把人带走', async () => {
    const [id, other] = [
      await documentCalled('畜禽粪污资源化利用管理办法'),
      await documentCalled('高标准农田工程设施管护办法'),
    ]
    await inWindow('drafter', async ({ page }) => {
      const body = `人已走开的${randomUUID()}`
      await provide(page, id, body)
      const held = await hold(page, '**/commands', { method: 'POST' })
      await handIn(page)
      expect(await held.asked).toBe(200)
      await go(page, `/staff/documents/${other}?do=RepealDocument`)
      await page.locator('.command-drawer').waitFor()
      held.release()
      await page.getByText('提交材料：已办理').waitFor()
      await drawn(page)
      expect(new URL(page.url()).pathname).toBe(`/staff/documents/${other}`)
      expect(new URL(page.url()).searchParams.get('do')).toBe('RepealDocument')
    })
  })

  it('又打开的，接着等那一次的答复：答复是它的，办的是一次', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page }) => {
      const body = `关上又打开的${randomUUID()}`
      await provide(page, id, body)
      const held = await hold(page, '**/commands', { method: 'POST' })
      await handIn(page)
      expect(await held.asked).toBe(200)
      await page.getByRole('button', { name: '先放着' }).click()
      await form(page, 'ProvideArtefact').waitFor({ state: 'detached' })
      await go(page, `/staff/documents/${id}?do=ProvideArtefact`)
      await expect.poll(() => text(page).innerText()).toBe(body)
      // 在等的：按不出第二次。
      await form(page, 'ProvideArtefact').locator('.ant-btn-loading').waitFor()
      held.release()
      await form(page, 'ProvideArtefact').waitFor({ state: 'detached' })
      await page.getByText('提交材料：已办理').waitFor()
      expect(await materials(id, body)).toBe(1)
    })
  })
})

describe('没有等到答复的办理', () => {
  it('关上再打开、照样再提交：是同一次，不说是别人改的', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page }) => {
      const body = `答复断了的${randomUUID()}`
      await provide(page, id, body)
      const { lost } = await lose(page, '**/commands')
      await handIn(page)
      expect(await lost).toBe(200)
      await page.getByText('再次提交不会重复办理').waitFor()
      // 自己办成的已经由推送告知。
      await becomes(page, "document.querySelector('[data-testid=news]') !== null")
      await stays(page, () => page.getByTestId('stale').count(), 0)
      await page.getByRole('button', { name: '先放着' }).click()
      await form(page, 'ProvideArtefact').waitFor({ state: 'detached' })
      await go(page, `/staff/documents/${id}?do=ProvideArtefact`)
      await expect.poll(() => text(page).innerText()).toBe(body)
      await handIn(page)
      await page.getByText('提交材料：已办理').waitFor()
      expect(await materials(id, body)).toBe(1)
    })
  })

  it('答复断了以后改过再提交的，说明先前那一次已经办成', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page }) => {
      const body = `先前的${randomUUID()}`
      await provide(page, id, body)
      const { lost } = await lose(page, '**/commands')
      await handIn(page)
      expect(await lost).toBe(200)
      await page.getByText('再次提交不会重复办理').waitFor()
      await text(page).fill(`${body}，改过`)
      await handIn(page)
      await page.getByTestId('problem').getByText('先前提交的那一次已经办成').waitFor()
      expect([await materials(id, body), await materials(id, `${body}，改过`)]).toEqual([1, 0])
    })
  })

  it('申请立项：答复以后还在写文本的片刻里，填过的不再存成草稿', async () => {
    await inWindow('drafter', async ({ page }) => {
      await go(page, '/staff/new')
      const propose = form(page, 'ProposeDocument')
      await propose.locator('[data-field="necessity"] textarea').fill('群众反映集中，确有制定的必要。')
      const title = `海原县迟到答复管理办法${randomUUID().slice(0, 4)}`
      const held = await hold(page, '**/working-copy', { method: 'PUT' })
      await propose.locator('[data-field="title"] input').fill(title)
      await propose.getByRole('button', { name: '申请立项' }).click()
      expect(await held.asked).toBe(200)
      // 存草稿的间隔是十分之四秒。
      await page.waitForTimeout(700)
      held.release()
      await page.getByRole('heading', { name: title }).waitFor()
      await expect.poll(async () => (await kept(page)).filter((key) => key.includes('propose'))).toEqual([])
    })
  })
})

describe('会话换了', () => {
  it('退出时还在路上的，迟到的拒绝不再要人登录', async () => {
    await inWindow('secretariat', async ({ page }) => {
      await go(page, '/staff/matters')
      const held = await hold(page, '**/api/matters?**', { before: true })
      await go(page, '/staff/matters?scope=all')
      await held.asked
      await page.getByRole('button', { name: '退出' }).click()
      await page.getByRole('heading', { name: '行政规范性文件工作台' }).waitFor()
      const refused = page.waitForResponse((answer) => answer.url().includes('/api/matters?'))
      held.release()
      expect((await refused).status()).toBe(401)
      await drawn(page)
      await stays(page, () => page.locator('.ant-modal').count(), 0)
    })
  })

  it('没有退出成的，说没有退出', async () => {
    await inWindow('secretariat', async ({ page }) => {
      await go(page, '/staff/help')
      await page.route('**/sign-out', (route) => route.abort())
      await page.getByRole('button', { name: '退出' }).click()
      await page.getByText('没有退出').waitFor()
      expect(new URL(page.url()).pathname).toBe('/staff/help')
    })
  })

  it('另一个窗口换了人登录：这一页不以那个人的名义办理，也不看那个人的；原来的人重新登录，接着办', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page, context }) => {
      const body = `换人登录的${randomUUID()}`
      await provide(page, id, body)
      const other = await context.request.post('/api/auth/sign-in/username', {
        data: { username: 'head', password: demoPassword },
      })
      expect(other.status()).toBe(200)
      // 页面自己先问到的，对话已经在上面：照样是提交在等。
      await page.evaluate(`document.querySelector('form[data-command="ProvideArtefact"]').requestSubmit()`)
      const dialog = page.locator('.ant-modal', { hasText: '另有人登录' })
      await dialog.waitFor()
      expect(await materials(id, body)).toBe(0)
      await dialog.getByLabel('密码', { exact: true }).fill(demoPassword)
      await dialog.getByRole('button', { name: '重新登录' }).click()
      await page.getByText('提交材料：已办理').waitFor()
      const { body: history } = await (await staff('drafter')).get(`/api/documents/${id}/history?limit=100`)
      const { person } = (await (await staff('drafter')).get('/api/me')).body as { person: string }
      const last = (history as { items: Array<{ actor: { person?: string | null } }> }).items.at(-1)
      expect(last?.actor.person).toBe(person)
    })
  })

  it('会话过期以后回到窗口：就地重新登录，还在原来的一页；旧会话迟到的拒绝不把人带到登录页', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page, context }) => {
      // 时间往前拨，只是页面看到的。
      await page.addInitScript(
        'const real = Date.now; globalThis.ahead = 0; Date.now = () => real.call(Date) + globalThis.ahead',
      )
      await go(page, `/staff/documents/${id}?tab=history`)
      await page.locator('main.doc').waitFor()
      const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
      const ended = await fetch(`${demo.url}/api/auth/sign-out`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: '{}',
      })
      expect(ended.status).toBe(200)
      // 人是谁，过一分钟再问。
      await page.evaluate('globalThis.ahead = 120_000')
      const late = await hold(page, '**/api/me')
      await comesBack(page)
      expect(await late.asked).toBe(401)
      const dialog = page.locator('.ant-modal', { hasText: '登录已过期' })
      await dialog.waitFor()
      await dialog.getByLabel('密码', { exact: true }).fill(demoPassword)
      await dialog.getByRole('button', { name: '重新登录' }).click()
      await dialog.waitFor({ state: 'detached' })
      const again = page.waitForResponse((answer) => answer.url().endsWith('/api/me') && answer.status() === 200)
      late.release()
      await again
      await drawn(page)
      expect(new URL(page.url()).pathname).toBe(`/staff/documents/${id}`)
      await stays(page, () => page.locator('.ant-modal').count(), 0)
    })
  })
})

/** 起草中的新的一件，只给一个测试用。 */
async function freshDocument(
  title = `海原县迟到办法${randomUUID().slice(0, 8)}`,
): Promise<{ id: string; title: string }> {
  const { status, body } = await (await staff('drafter')).post('/api/documents', {
    commandId: randomUUID(),
    title,
    jurisdiction: '640522',
    issuers: ['hy-gov'],
    tier: 'government',
    necessity: '需要统一规定。',
    classification: { ...noClassification, affectsRights: true },
  })
  expect([status, status === 201 ? '' : body]).toEqual([201, ''])
  return { id: (body as { id: string }).id, title }
}
describe('编辑器的自动保存', () => {
  const first = (title: string) =>
    `${title}\n第一条　为了规范管理，制定本办法。\n第二条　本办法自2027年3月1日起施行。\n`
  const opened = async ({ page, context }: Window): Promise<{ id: string; copy: () => Promise<string | null> }> => {
    const { id, title } = await freshDocument()
    const put = await context.request.put(`/api/documents/${id}/working-copy`, {
      headers: { 'if-match': '"0"' },
      data: { basedOn: null, body: first(title), waivers: [] },
    })
    expect(put.status()).toBe(200)
    await go(page, `/staff/documents/${id}/edit`)
    await page
      .locator('.edit-text > *', { hasText: '第二条' })
      .or(page.locator('.edit-text > *').nth(1))
      .first()
      .waitFor()
    return {
      id,
      copy: async () =>
        ((await (await context.request.get(`/api/documents/${id}/working-copy`)).json()) as { body: string } | null)
          ?.body ?? null,
    }
  }
  const type = async (page: Page, words: string): Promise<void> => {
    await page.locator('.edit-text > *', { hasText: '规范管理' }).first().evaluate(caretAtEnd)
    await page.keyboard.type(words)
  }

  it('存上了而答复断在路上，再存时不说是别人改的', async () => {
    await inWindow('drafter', async (window) => {
      const { page } = window
      const { id, copy } = await opened(window)
      const { lost } = await lose(page, '**/working-copy', 'PUT')
      await type(page, '断在路上的。')
      expect(await lost).toBe(200)
      await page.getByText('未连上服务器').waitFor()
      // 暂存在本机的，只给本人。
      await expect
        .poll(async () => (await kept(page)).filter((key) => key.startsWith('dianzhang:text:')))
        .toEqual([`dianzhang:text:drafter:${id}`])
      await type(page, '接着写的。')
      await page
        .getByRole('button', { name: '现在就试' })
        .click()
        .catch(() => {})
      await expect.poll(copy, { timeout: 15_000 }).toContain('接着写的。')
      await page.getByText(/已自动保存/).waitFor()
      await stays(page, () => page.getByTestId('conflict').count(), 0)
    })
  })

  it('离开时还在路上的，回来等它到了再打开：不问要不要接着本机的，写的都在', async () => {
    await inWindow('drafter', async (window) => {
      const { page } = window
      const { id, copy } = await opened(window)
      const held = await hold(page, '**/working-copy', { method: 'PUT', before: true })
      await type(page, '还在路上的。')
      await go(page, `/staff/documents/${id}`)
      await held.asked
      await go(page, `/staff/documents/${id}/edit`)
      // 先到的东西都到了，也不拿它没有到以前的一份开始。
      await page.waitForTimeout(1_000)
      await stays(page, () => page.getByTestId('backup').count(), 0)
      held.release()
      await page.locator('.edit-text', { hasText: '还在路上的。' }).waitFor()
      await stays(page, () => page.getByTestId('backup').count(), 0)
      await type(page, '回来写的。')
      await expect.poll(copy, { timeout: 15_000 }).toContain('还在路上的。回来写的。')
      await stays(page, () => page.getByTestId('conflict').count(), 0)
    })
  })

  it('放弃工作稿：还在路上的一次不会后到，又成了工作稿', async () => {
    await inWindow('drafter', async (window) => {
      const { page } = window
      const { copy } = await opened(window)
      const held = await hold(page, '**/working-copy', { method: 'PUT', before: true })
      await type(page, '不要的。')
      await held.asked
      const removed = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
      await page.getByRole('button', { name: '放弃工作稿' }).click()
      await page.getByRole('button', { name: '确定放弃，不可恢复' }).click()
      held.release()
      expect((await removed).status()).toBe(204)
      await page.waitForURL(/tab=texts/)
      expect(await copy()).toBe(null)
      await expect.poll(async () => (await kept(page)).filter((key) => key.startsWith('dianzhang:text:'))).toEqual([])
    })
  })

  it('放弃的只是看过的那一份：别人其后存的不清除', async () => {
    await inWindow('drafter', async (window) => {
      const { page, context } = window
      const { id, copy } = await opened(window)
      const seen = (await (await context.request.get(`/api/documents/${id}/working-copy`)).json()) as {
        revision: number
      }
      const other = await context.request.put(`/api/documents/${id}/working-copy`, {
        headers: { 'if-match': `"${seen.revision}"` },
        data: { basedOn: null, body: '别人其后写的。\n', waivers: [] },
      })
      expect(other.status()).toBe(200)
      await page.getByRole('button', { name: '放弃工作稿' }).click()
      await page.getByRole('button', { name: '确定放弃，不可恢复' }).click()
      await page.getByTestId('conflict').waitFor()
      expect(await copy()).toContain('别人其后写的。')
    })
  })

  it('保存为新版，等答复时关不上：不会一边写一边被带走', async () => {
    await inWindow('drafter', async (window) => {
      const { page } = window
      const { id } = await opened(window)
      await page.getByRole('button', { name: '保存为新版' }).click()
      const dialog = page.locator('.ant-modal', { hasText: '每一版保存后都不可更改' })
      await dialog.waitFor()
      const held = await hold(page, '**/commands', { method: 'POST' })
      await dialog.getByRole('button', { name: '保存为新版' }).click()
      expect(await held.asked).toBe(200)
      await page.keyboard.press('Escape')
      await stays(page, () => dialog.getByRole('button', { name: '回去再改' }).isDisabled(), true)
      await stays(page, () => dialog.isVisible(), true)
      held.release()
      await page.waitForURL((url) => url.pathname === `/staff/documents/${id}`)
    })
  })
})

describe('列表与名册', () => {
  it('检索：答复没有到就按了回车，答复到了打开找到的第一件', async () => {
    const { id, title } = await freshDocument()
    await inWindow('drafter', async ({ page }) => {
      await go(page, '/staff/help')
      await page.keyboard.press('Control+k')
      const box = page.getByRole('searchbox', { name: '检索' })
      await box.waitFor()
      const held = await hold(page, '**/api/search?**')
      await box.fill(title)
      await held.asked
      await box.press('Enter')
      expect(new URL(page.url()).pathname).toBe('/staff/help')
      await stays(page, () => page.getByText(/^没有找到/).count(), 0)
      held.release()
      await page.waitForURL((url) => url.pathname === `/staff/documents/${id}`)
    })
  })

  it('检索：换了字，前一个问题的空手不算这一个的', async () => {
    await inWindow('drafter', async ({ page }) => {
      await go(page, '/staff/help')
      await page.keyboard.press('Control+k')
      const box = page.getByRole('searchbox', { name: '检索' })
      await box.fill('没有这样的字甲')
      await page.getByText('没有找到“没有这样的字甲”').waitFor()
      const held = await hold(page, '**/api/search?**', { before: true })
      await box.fill('没有这样的字乙')
      await held.asked
      await stays(page, () => page.getByText('没有找到“没有这样的字乙”').count(), 0)
      held.release()
      await page.getByText('没有找到“没有这样的字乙”').waitFor()
    })
  })

  it('待办：点开一件以后，检索迟到的答复不把人叫回来', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page }) => {
      // 案卷页的程序扣住不给，走在路上。
      const program = Promise.withResolvers<void>()
      let holding = false
      await page.route(/\/staff\/.*\.js$/, async (route) => {
        if (holding) await program.promise
        await route.continue().catch(() => {})
      })
      await go(page, '/staff')
      const row = page.locator('.desk-list [role="row"], .desk-list a', { hasText: '畜禽粪污' }).first()
      await row.waitFor()
      holding = true
      const held = await hold(page, /\/api\/matters\?.*q=/, { before: true })
      const box = page.getByRole('textbox', { name: '在标题中检索' }).or(page.locator('.desk-search input')).first()
      await box.fill('畜')
      await held.asked
      await box.pressSequentially('禽', { delay: 0 })
      await page.locator(`.desk-list a[href*="${id}"]`).first().click()
      held.release()
      // 停下打字的四分之一秒过去，前一个答复也到了。
      await page.waitForTimeout(600)
      program.resolve()
      await page.waitForURL((url) => url.pathname === `/staff/documents/${id}`)
      await page.locator('main.doc').waitFor()
    })
  })

  it('打印：等后面各页时离开了的，不打印别的一页', async () => {
    await inWindow('admin', async ({ page }) => {
      await page.addInitScript('globalThis.printed = 0; window.print = () => { globalThis.printed += 1 }')
      const asked = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      await page.route('**/api/people?**', async (route) => {
        if (!route.request().url().includes('cursor=next')) {
          const response = await route.fetch()
          return route.fulfill({ response, json: { ...((await response.json()) as object), nextCursor: 'next' } })
        }
        asked.resolve()
        await released.promise
        await route.fulfill({ json: { items: [], nextCursor: null } }).catch(() => {})
      })
      await go(page, '/staff/people')
      await page.getByRole('button', { name: '载入更多' }).first().waitFor()
      await page.getByRole('button', { name: '打印' }).first().click()
      await asked.promise
      await go(page, '/staff/help')
      released.resolve()
      await page.waitForTimeout(500)
      await stays(page, () => page.evaluate('globalThis.printed'), 0)
    })
  })

  it('打印：后面的没有取到，说没有打印，不把一部分当全部印出', async () => {
    await inWindow('admin', async ({ page }) => {
      await page.addInitScript('globalThis.printed = 0; window.print = () => { globalThis.printed += 1 }')
      await page.route('**/api/people?**', async (route) => {
        if (route.request().url().includes('cursor=next'))
          return route.fulfill({
            status: 422,
            json: { code: 'invalid', title: '内容有误', detail: '没有这一页', status: 422 },
          })
        const response = await route.fetch()
        await route.fulfill({ response, json: { ...((await response.json()) as object), nextCursor: 'next' } })
      })
      await go(page, '/staff/people')
      await page.getByRole('button', { name: '载入更多' }).first().waitFor()
      await page.getByRole('button', { name: '打印' }).first().click()
      await page.getByText('没有打印，后面的没有取到').waitFor()
      await stays(page, () => page.evaluate('globalThis.printed'), 0)
    })
  })

  it('变更任职：开着表时名册又取过一次的，别人其间改过仍然先说', async () => {
    await inWindow('admin', async ({ page }) => {
      await page.addInitScript(
        'const real = Date.now; globalThis.ahead = 0; Date.now = () => real.call(Date) + globalThis.ahead',
      )
      await go(page, '/staff/people?do=posts&on=contact')
      const posts = page.locator('.command-drawer form')
      await posts.waitFor()
      const client = await staff('admin')
      const now = (await client.get(`/api/people?q=${encodeURIComponent('部门联络员（财政局）')}`)).body as {
        items: Array<{ id: string; posts: Array<{ role: string; unit: string }> }>
      }
      const seen = now.items.find(({ id }) => id === 'contact')?.posts
      const changed = await client.post('/api/people/contact/posts', {
        posts: [...(seen ?? []).map(({ role, unit }) => ({ role, unit })), { role: 'drafter', unit: 'hy-finance' }],
        seen,
        reason: '兼任起草经办。',
      })
      expect([changed.status, changed.status === 200 ? '' : changed.body]).toEqual([200, ''])
      await page.evaluate('globalThis.ahead = 120_000')
      const again = page.waitForResponse((answer) => answer.url().includes('/api/people?'))
      await comesBack(page)
      await again
      await page.locator('tr', { hasText: '部门联络员（财政局）' }).getByText('起草经办人').first().waitFor()
      await posts.locator('[data-field="reason"] textarea, [data-field="reason"] input').first().fill('照我看到的改。')
      await posts.locator('button[type="submit"]').click()
      await page.getByTestId('stale').waitFor()
      const after = (await client.get(`/api/people?q=${encodeURIComponent('部门联络员（财政局）')}`)).body as typeof now
      expect(after.items.find(({ id }) => id === 'contact')?.posts.map(({ role }) => role)).toContain('drafter')
    })
  })
})

describe('案卷', () => {
  it('可办的事项：变动以前问的还在路上，变动以后另问，不等它', async () => {
    const { id } = await freshDocument()
    await inWindow('drafter', async ({ page }) => {
      let asked = 0
      page.on('request', (request) => {
        if (request.url().endsWith(`/documents/${id}/actions`)) asked += 1
      })
      const held = await hold(page, `**/documents/${id}/actions`)
      await go(page, `/staff/documents/${id}`)
      await held.asked
      await behind('secretariat', id, 'ApproveInitiation', { approver: '县长（签发领导）' })
      await expect.poll(() => asked).toBe(2)
      held.release()
      await page.locator('.act[data-command="ProvideArtefact"]').first().waitFor()
    })
  })

  it('附件：一份大的还在读，又加的一份不丢', async () => {
    const { id } = await freshDocument()
    await behind('secretariat', id, 'ApproveInitiation', { approver: '县长（签发领导）' })
    await inWindow('drafter', async ({ page }) => {
      await page.addInitScript(`{
        const { readAsDataURL } = FileReader.prototype
        const slow = new Promise((done) => { globalThis.readSlow = done })
        FileReader.prototype.readAsDataURL = function (file) {
          if (file.name.includes('大')) void slow.then(() => readAsDataURL.call(this, file))
          else readAsDataURL.call(this, file)
        }
      }`)
      await go(page, `/staff/documents/${id}?do=SaveDraft`)
      const save = form(page, 'SaveDraft')
      const input = save.locator('[data-field="attachments"] input[type="file"]')
      await input.setInputFiles({ name: '大的.txt', mimeType: 'text/plain', buffer: Buffer.from('大') })
      await input.setInputFiles({ name: '小的.txt', mimeType: 'text/plain', buffer: Buffer.from('小') })
      await save.getByText('小的.txt').waitFor()
      await page.evaluate('globalThis.readSlow()')
      await save.getByText('大的.txt').waitFor()
      await stays(page, () => save.getByText('小的.txt').count(), 1)
    })
  })

  it('由 Word 读入：读着的时候又写了字的，先问，不代替', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    await inWindow('drafter', async ({ page }) => {
      const released = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      await page.route('**/docx-import', async (route) => {
        asked.resolve()
        await released.promise
        await route.fulfill({ json: { text: '由 Word 读入的字。', title: null, loss: [], wouldLoseWords: false } })
      })
      await provide(page, id, '')
      await form(page, 'ProvideArtefact')
        .locator('[data-field="body"] input[type="file"]')
        .setInputFiles({ name: '说明.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK') })
      await asked.promise
      await text(page).fill('读着的时候写的。')
      released.resolve()
      await page.getByText('读入以后代替现在所写的').waitFor()
      await stays(page, () => text(page).innerText(), '读着的时候写的。')
    })
  })

  it('来信的表格：录入了而答复断在路上，再按是同一次，一件不多', async () => {
    const { id } = await freshDocument()
    await behind('secretariat', id, 'ApproveInitiation', { approver: '县长（签发领导）' })
    await behind('drafter', id, 'SaveDraft', { body: '海原县迟到办法\n第一条　每亩补助不超过五千元。' })
    await behind('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '统一补助标准。' })
    await behind('drafter', id, 'OpenPublicConsultation', { contact: '县农业农村局' })
    const on = ((await (await staff('drafter')).get('/api/me')).body as { demo?: { now: string } }).demo?.now.slice(
      0,
      10,
    )
    await inWindow('drafter', async ({ page }) => {
      await go(page, `/staff/documents/${id}?tab=consultation`)
      const letters = page.getByTestId('letters')
      await unfold(letters)
      await letters.locator('input[type=file]').setInputFiles({
        name: '来信.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`\ufeff渠道,来源,收到日期,意见内容\r\n来信,来信第1号,${on},请写明投诉电话。\r\n`),
      })
      const { lost } = await lose(page, '**/commands')
      await letters.getByRole('button', { name: '录入这 1 件' }).click()
      expect(await lost).toBe(200)
      await letters.getByText('没有连上服务器').waitFor()
      await page.getByTestId('counts').filter({ hasText: '收到 1 条' }).waitFor()
      // 案卷重新取过，按钮才又按得下去。
      await letters.locator('.ant-btn-loading').waitFor({ state: 'detached' })
      await letters.getByRole('button', { name: '录入这 1 件' }).click()
      await page.getByText('已录入1件。').waitFor()
      const { comments } = (await (await staff('drafter')).get(`/api/documents/${id}`)).body as {
        comments: { total: number }
      }
      expect(comments.total).toBe(1)
    })
  })
})
