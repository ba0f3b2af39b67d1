// 工作台在真实的浏览器里：登录、待办、读到拒绝的理由与条文、填写、案卷已变、会话中途失效，填写的内容都不丢。
import { commandTypes } from '@dianzhang/contract'
import type { Page, Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  chooseFrom,
  codeWords,
  desktop,
  everyPicture,
  go,
  inColours,
  openAct,
  openWindow,
  overflowOf,
  phone,
  picture,
  resize,
  unfold,
  untied,
  violations,
  type Window,
} from '../support/browser.ts'
import { demoPassword, useDemo } from '../support/demo.ts'
import { demoStaff } from '../support/demo-staff.ts'

const demo = useDemo()
const windows = new Map<string, Window>()
const { staff, documentCalled, behind } = demoStaff(demo)

/** 某账号的窗口：第一次用时登录，其后各测试共用。 */
async function windowOf(username: string): Promise<Window> {
  const open = windows.get(username)
  if (open) return open
  const fresh = await demo.open(username)
  windows.set(username, fresh)
  return fresh
}
const form = (page: Page, command: string) => page.locator(`form[data-command="${command}"]`)
/** 待办右边选中的一件：可办的事项已经取来，键盘也已跟着换到这一件。 */
const previewed = (page: Page, title = '') =>
  page.locator('.preview', { hasText: title }).locator('h3, .blocked, h2 ~ p:not(.quiet)').first().waitFor()
const fieldOf = (page: Page, command: string, field: string) => form(page, command).locator(`[data-field="${field}"]`)

describe('工作台', () => {
  it('登录页给出演示账号；登录与待办两页的脚本合计不超过 300 KB，至多五个文件', async () => {
    const window = await openWindow(demo.browser, { baseURL: demo.url })
    const { page, faults } = window
    const scripts: Request[] = []
    page.on('request', (request) => {
      if (/\.js$/.test(new URL(request.url()).pathname)) scripts.push(request)
    })
    // 待办显示一秒以后，空闲时先取来的下一页不算在内：记下第一行显示的时刻，与测试何时看到无关。
    await page.addInitScript(`new MutationObserver((_, watcher) => {
      if (!document.querySelector('.grid-row')) return
      window.shownAt = performance.timeOrigin + performance.now()
      watcher.disconnect()
    }).observe(document, { childList: true, subtree: true })`)
    await page.goto('/staff')
    await page.getByRole('heading', { name: '最初五分钟' }).waitFor()
    await page.waitForURL((url) => url.pathname === '/staff/sign-in')
    // 每个角色一张，互不遮盖。
    await expect
      .poll(() =>
        page.locator('.start-card').evaluateAll((cards) => {
          const boxes = cards.map((card) => card.getBoundingClientRect())
          const covered = boxes.filter((a, i) =>
            boxes.some((b, k) => k > i && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
          )
          return [boxes.length > 5, covered.length]
        }),
      )
      .toEqual([true, 0])
    await picture(page, 'workbench-登录-宽')
    await resize(page, phone)
    await picture(page, 'workbench-登录-窄')
    await resize(page, desktop)
    await page.getByLabel('用户名').fill('drafter')
    await page.getByLabel('密码', { exact: true }).fill('wrong-password')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('用户名或者密码不正确').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(demoPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '我的待办' }).waitFor()
    await page.locator('.grid-row').first().waitFor()
    const shownAt = await page.evaluate<number>('shownAt')
    const sizes = await Promise.all(
      scripts.map(async (request) => {
        await (await request.response())?.finished()
        return request.timing().startTime < shownAt ? (await request.sizes()).responseBodySize : 0
      }),
    )
    const total = sizes.reduce((sum, each) => sum + each, 0)
    expect(total).toBeGreaterThan(50_000)
    expect(total).toBeLessThanOrEqual(300 * 1024)
    // 零碎的几十个文件，各是一次请求：慢的网络上先要等它们。
    expect(sizes.filter((size) => size > 0).length).toBeLessThanOrEqual(5)
    expect(faults).toEqual([])
    windows.set('drafter', window)
  })

  it('待办用键盘走：j 选下一件，/ 检索写进网址，回车打开', async () => {
    const { page, faults } = await windowOf('secretariat')
    let release = (): void => undefined
    const pressed = new Promise<void>((done) => {
      release = done
    })
    const list = /\/api\/matters\?/
    await page.route(
      list,
      async (route) => {
        await pressed
        await route.continue()
      },
      { times: 1 },
    )
    const asked = page.waitForRequest(list)
    await page.goto('/staff?scope=all')
    await asked
    // 列表还没有来就按了：来了以后选着第一件。
    await page.keyboard.press('j')
    release()
    await page.locator('.grid-row').nth(2).waitFor()
    await previewed(page)
    await page.keyboard.press('j')
    await expect.poll(() => page.locator('.grid-row.selected').getAttribute('aria-rowindex')).toBe('2')
    await page.keyboard.press('/')
    // 检索也看正文：只在名称里有的才只剩一件。
    await page.keyboard.type('城区集中供热')
    await page.waitForURL(/q=/)
    await page.locator('.grid-row', { hasText: '供热' }).waitFor()
    await expect.poll(() => page.locator('.grid-row').count()).toBe(1)
    await previewed(page, '供热')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '海原县城区集中供热管理办法' }).waitFor()
    expect(faults).toEqual([])
  })

  it('审核人读到为何还不能出具意见、依哪一条、最早哪一天；硬要提交也得到同样的说明', async () => {
    const id = await documentCalled('普通住宅物业服务收费管理细则')
    const { page, faults } = await windowOf('reviewer')
    await go(page, `/staff/documents/${id}`)
    const closed = page.locator('.closed[data-command="IssueOpinion"]')
    await closed.waitFor()
    await unfold(closed)
    const verdict = closed.locator('[data-rule="review.min-period"]')
    await verdict.waitFor()
    const said = await verdict.innerText()
    expect(said).toContain('依据：')
    expect(said).toMatch(/《.+》/)
    expect(said).toMatch(/最早可办：\d{4}年\d{1,2}月\d{1,2}日/)
    await verdict.getByRole('button', { name: '为什么是这一天' }).click()
    await verdict.locator('.month').first().waitFor()
    await picture(page, 'workbench-为什么是这一天')

    await closed.getByRole('link', { name: /先填写/ }).click()
    await form(page, 'IssueOpinion').getByText('合法', { exact: true }).click()
    await form(page, 'IssueOpinion').getByRole('button', { name: '出具合法性审核意见' }).click()
    const refusal = page.getByTestId('problem')
    await refusal.waitFor()
    await expect.poll(() => refusal.innerText()).toContain('最早可办')

    // 由网址打开不属于这一阶段的办理：说明在哪一阶段、由谁、依哪一条；已经过去的不再给出表单。
    const inForce = await documentCalled('高标准农田工程设施管护办法')
    const elsewhere = page.getByTestId('elsewhere')
    for (const [where, forms] of [
      [id, 1],
      [inForce, 0],
    ] as const) {
      await go(page, `/staff/documents/${where}?do=Sign`)
      await elsewhere.getByText(/“签署”在“签署”阶段办理/).waitFor()
      await expect.poll(() => elsewhere.innerText()).toMatch(/由.+办理。\s*依据：《/)
      await expect.poll(() => form(page, 'Sign').count()).toBe(forms)
    }
    expect(faults).toEqual([])
  })

  it('程序更新以后取不到零件的页面重新载入一次，说明一声，填写的内容还在', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    const { context } = await windowOf('drafter')
    const page = await context.newPage()
    await page.goto(`/staff/documents/${id}?do=ProvideArtefact`)
    const body = fieldOf(page, 'ProvideArtefact', 'body').getByRole('textbox')
    await body.fill('写到一半的材料')
    await page.route('**/assets/history-*.js', (route) => route.abort(), { times: 1 })
    // 只说几秒：先等着，再转页。
    const told = page.getByText('工作台刚刚更新，已载入新版').waitFor()
    await Promise.all([told, go(page, `/staff/documents/${id}?do=ProvideArtefact&tab=history`)])
    await expect.poll(() => body.innerText()).toBe('写到一半的材料')
    await page.getByRole('button', { name: '不要了，重新填写' }).click()
    await page.close()
  })

  it('漏填的在各栏下说明，不发出请求；案卷已被他人更新时说明变了什么，填写的内容都在', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    const { page, faults } = await windowOf('drafter')
    await go(page, `/staff/documents/${id}?do=AnswerPoint`)
    const answer = form(page, 'AnswerPoint')
    let posts = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/commands')) posts += 1
    })
    await answer.getByRole('button', { name: '答复审核意见' }).click()
    await fieldOf(page, 'AnswerPoint', 'answer').getByText('必须填写').waitFor()
    expect(posts).toBe(0)
    await answer.getByText('不采纳', { exact: true }).click()
    const reason = '种养结合的面积标准由上级另行规定，本办法不宜重复。'
    await fieldOf(page, 'AnswerPoint', 'reason').locator('textarea').fill(reason)

    const drafter = await staff('drafter')
    const before = (await drafter.get(`/api/documents/${id}`)).body as { version: number }
    await behind('drafter', id, 'ProvideArtefact', { kind: 'research_report', body: '实地调研十二个养殖场。' })
    const stale = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.status() === 412,
    )
    await answer.getByRole('button', { name: '答复审核意见' }).click()
    await stale
    const notice = page.getByTestId('stale')
    await notice.getByText('提交材料').waitFor()
    await expect.poll(() => fieldOf(page, 'AnswerPoint', 'reason').locator('textarea').inputValue()).toBe(reason)
    await picture(page, 'workbench-案卷已更新')
    await notice.getByRole('button', { name: /已看过变化/ }).click()
    // 双击的两下都按了，才放第一下的请求出去。
    let sent = 0
    let release = (): void => undefined
    const clicked = new Promise<void>((done) => {
      release = done
    })
    await page.route('**/commands', async (route) => {
      sent += 1
      await clicked
      await route.continue()
    })
    await answer.getByRole('button', { name: '答复审核意见' }).dblclick()
    release()
    await page.getByText(/答复审核意见：已办理/).waitFor()
    await page.unroute('**/commands')
    expect(sent).toBe(1)
    const after = (await drafter.get(`/api/documents/${id}`)).body as {
      version: number
      review: { opinion: { points: Array<{ answer: null | { reason: string | null } }> } }
    }
    // 双击只办理一次。
    expect(after.version).toBe(before.version + 2)
    expect(after.review.opinion.points.filter((point) => point.answer?.reason === reason)).toHaveLength(1)
    expect(faults).toEqual([])
  })

  it('会话在填写中途失效：就地重新登录，停住的提交接着办成，不必重填', async () => {
    const id = await documentCalled('畜禽粪污资源化利用管理办法')
    const { page, context, faults } = await windowOf('drafter')
    await go(page, `/staff/documents/${id}?do=ProvideArtefact`)
    const provide = form(page, 'ProvideArtefact')
    await fieldOf(page, 'ProvideArtefact', 'kind').locator('input').click()
    await page.getByTitle('必要性评估').click()
    const text = '现行规定已施行五年，配套标准多有变化，确有重新制定的必要。'
    await fieldOf(page, 'ProvideArtefact', 'body').getByRole('textbox').fill(text)
    // 提交正要到达时，会话在服务端作废；浏览器里的 cookie 还在。
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const asked = Promise.withResolvers<number>()
    const signedIn = Promise.withResolvers<void>()
    const askedAgain = Promise.withResolvers<number>()
    let revoked = 0
    await page.route(
      '**/commands',
      async (route) => {
        if (revoked === 0) {
          const answer = await fetch(`${demo.url}/api/auth/sign-out`, {
            method: 'POST',
            headers: { cookie, 'content-type': 'application/json' },
            body: '{}',
          })
          revoked = answer.status
          // 回到窗口时页面自己也问一次案卷。
          await page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
          await asked.promise
        } else await askedAgain.promise
        await route.continue()
      },
      { times: 2 },
    )
    // 页面自己问的一次：旧会话的拒绝，到得比重新登录还晚。会话作废以前也许还问过，与此无关，照常答。
    let refused = false
    let again = false
    await page.route(`**/api/documents/${id}`, async (route) => {
      const answer = await route.fetch()
      if (answer.status() === 401 && !refused) {
        refused = true
        asked.resolve(answer.status())
        await signedIn.promise
        again = true
        await route.fulfill({ response: answer })
        return
      }
      const after = again
      await route.fulfill({ response: answer })
      if (after) askedAgain.resolve(answer.status())
    })
    await provide.getByRole('button', { name: '提交材料' }).click()
    const dialog = page.locator('.ant-modal', { hasText: '登录已过期' })
    await dialog.waitFor()
    expect(revoked).toBe(200)
    await picture(page, 'workbench-登录已过期')
    await expect.poll(() => fieldOf(page, 'ProvideArtefact', 'body').getByRole('textbox').innerText()).toBe(text)
    await dialog.getByLabel('密码', { exact: true }).fill(demoPassword)
    const opened = page.waitForResponse(/sign-in/)
    await dialog.getByRole('button', { name: '重新登录' }).click()
    await (await opened).finished()
    await dialog.waitFor({ state: 'detached' })
    signedIn.resolve()
    // 照新的会话再问，不再要人登录一次。
    expect([await asked.promise, await askedAgain.promise]).toEqual([401, 200])
    await page.unroute(`**/api/documents/${id}`)
    await page.getByText(/提交材料：已办理/).waitFor()
    await dialog.waitFor({ state: 'detached' })
    const drafter = await staff('drafter')
    const { body } = await drafter.get(`/api/documents/${id}/artefacts`)
    expect((body as Array<{ body: string | null }>).filter((each) => each.body === text)).toHaveLength(1)
    expect(faults).toEqual([])
  })

  it('两个窗口同时给一件编号：只编一次，另一个窗口读到变了什么，填的预留号还在', async () => {
    const id = await documentCalled('城区集中供热管理办法')
    const secretary = await staff('secretariat')
    const read = async () =>
      (await secretary.get(`/api/documents/${id}`)).body as {
        stage: string
        text: { hash: string }
        numbers: { document: string }
      }
    await behind('secretariat', id, 'ReportToPartyCommittee', { date: '2026-11-18', reference: '请示' })
    await behind('leader', id, 'Sign', { contentHash: (await read()).text.hash })
    expect((await read()).stage).toBe('numbering')
    const reserved = await secretary.post('/api/series/reservations', {
      issuer: 'hy-gov',
      purpose: '供热办法',
      expiresOn: '2026-12-31',
    })
    const number = String(reserved.body.text)
    const { page: one, context, faults } = await windowOf('secretariat')
    const other = await context.newPage()
    const both = [one, other]
    await Promise.all(
      both.map(async (page) => {
        await go(page, `/staff/documents/${id}`)
        await openAct(page, 'AssignNumbers')
        await fieldOf(page, 'AssignNumbers', 'reserved').locator('input').click()
        await page.locator('.ant-select-dropdown:visible .ant-select-item-option-content', { hasText: number }).click()
      }),
    )
    const answers = await Promise.all(
      both.map(async (page) => {
        const answered = page.waitForResponse(
          (response) => response.request().method() === 'POST' && /commands$/.test(response.url()),
        )
        await form(page, 'AssignNumbers').getByRole('button', { name: '统一登记编号' }).click()
        const status = (await answered).status()
        // 办成的提示只留几秒，随即看。
        if (status === 200) await page.locator('.toast', { hasText: '统一登记编号：已办理' }).waitFor()
        return status
      }),
    )
    expect(answers.toSorted()).toEqual([200, 412])
    const loser = answers[0] === 200 ? other : one
    const notice = loser.getByTestId('stale')
    await notice.getByText(/政府办公室文秘.*统一登记编号|登记编号/).waitFor()
    await expect.poll(() => notice.innerText()).toContain('您填写的内容都在')
    await expect.poll(() => fieldOf(loser, 'AssignNumbers', 'reserved').innerText()).toContain(number)
    await picture(loser, 'workbench-两个窗口-已被先办')
    expect((await read()).numbers.document).toBe(number)
    expect(faults).toEqual([])
    await other.close()
  })

  it('变动效力须写明文件或者决定，提交以前就说明；文件按标题在登记库中选；登记人的备案轨道已经选好', async () => {
    const id = await documentCalled('高标准农田工程设施管护办法')
    const { page, faults } = await windowOf('secretariat')
    await go(page, `/staff/documents/${id}?do=RepealDocument`)
    const repeal = form(page, 'RepealDocument')
    await repeal.getByText('“作出变动的文件”与“作出变动的决定”至少写明一项。').waitFor()
    await repeal.getByRole('button', { name: '废止文件' }).click()
    const missing = repeal.getByText('须写明作出变动的文件或者决定，至少一项')
    await missing.waitFor()
    const entry = fieldOf(page, 'RepealDocument', 'byDocument')
    await entry.locator('input').click()
    await page.keyboard.type('宅基地')
    await page.locator('.entry-option', { hasText: '宅基地' }).waitFor()
    await expect.poll(() => page.locator('.entry-option').count()).toBe(1)
    await page.locator('.ant-select-item-option-active', { hasText: '宅基地' }).waitFor()
    await page.keyboard.press('Enter')
    await entry.getByTitle(/宅基地.*（海农规发〔2026〕\d+号）/).waitFor()
    await missing.waitFor({ state: 'detached' })
    await repeal.getByTestId('force-panel').getByText('“已废止”').waitFor()
    await repeal.getByRole('button', { name: '先放着' }).click()

    // 撤销不能收回原样：照写了发文字号，才办得了。
    await go(page, `/staff/documents/${id}?do=AnnulDocument`)
    const annul = form(page, 'AnnulDocument')
    await annul.getByTestId('force-panel').getByText('自始无效').waitFor()
    await annul.getByText('谁引用它').waitFor()
    const grave = annul.getByRole('button', { name: '撤销文件' })
    await expect.poll(() => grave.isDisabled()).toBe(true)
    await annul.getByLabel(/照写发文字号/).fill('海政规发〔2099〕1号')
    await expect.poll(() => grave.isDisabled()).toBe(true)
    const label = (await annul.locator('label', { hasText: '照写发文字号' }).innerText()).split('：').at(-1) ?? ''
    await annul.getByLabel(/照写发文字号/).fill(label.replace('〔', '[').replace('〕', ']'))
    await expect.poll(() => grave.isDisabled()).toBe(false)
    await annul.getByRole('button', { name: '先放着' }).click()

    // 能办什么的答复来得迟，表单等它：据以填好的，打开时就要有。
    const late = /\/api\/documents\/[^/]+\/actions$/
    await page.route(late, async (route) => {
      await new Promise((done) => setTimeout(done, 1_000))
      await route.continue()
    })
    await go(page, `/staff/documents/${await documentCalled('燃气')}?do=FileDocument`)
    await fieldOf(page, 'FileDocument', 'track').locator('label', { hasText: '报人大常委会备案' }).waitFor()
    await expect
      .poll(() => fieldOf(page, 'FileDocument', 'track').getByRole('radio', { name: '报人大常委会备案' }).isChecked())
      .toBe(true)
    await page.unroute(late)
    expect(faults).toEqual([])
  })

  it('管理员添加人员，一次性密码只出现一次，记录随即可见；县长按姓名检索到他，委托自明日起', async () => {
    const { page, faults } = await windowOf('admin')
    await go(page, '/staff/people?do=add-person')
    const add = (field: string) => fieldOf(page, 'AddPerson', field).locator('input')
    await add('name').fill('新任副县长')
    await add('username').fill('Deputy.Leader')
    const choose = async (field: string, words: string) => {
      await add(field).click()
      await add(field).fill(words)
      await page.locator('.ant-select-item-option-active', { hasText: words }).waitFor()
      await page.keyboard.press('Enter')
    }
    await choose('unit', '海原县人民政府')
    await form(page, 'AddPerson').getByRole('button', { name: '添加人员' }).click()
    await fieldOf(page, 'AddPerson', 'posts').getByText('必须填写').waitFor()
    // 更正连着各栏：读屏走到那一栏，听到要更正什么。
    await expect.poll(() => untied(page)).toEqual([])
    await expect.poll(() => page.locator('.field-bad [aria-invalid="true"]').count()).toBeGreaterThan(0)
    await add('posts.0.role').click()
    await page.getByTitle('签发领导').last().click()
    await add('reason').fill('任〔2026〕8号')
    await form(page, 'AddPerson').getByRole('button', { name: '添加人员' }).click()
    const once = page.getByTestId('one-time-password')
    await once.waitFor()
    await expect.poll(() => once.innerText()).toMatch(/deputy\.leader[\s\S]*[a-z0-9]{16}/)
    const secret = /[a-z0-9]{16}/.exec(await once.innerText())?.[0] ?? ''
    await page.getByRole('button', { name: '已经记下' }).click()
    await page.locator('tr', { hasText: '添加人员' }).getByText('任〔2026〕8号').waitFor()

    // 一次性密码登录以后只有改密一页，改了才办得了别的；演示里也一样。
    const deputy = await openWindow(demo.browser, { baseURL: demo.url })
    await deputy.page.goto('/staff/sign-in')
    await deputy.page.getByLabel('用户名').fill('deputy.leader')
    await deputy.page.getByLabel('密码', { exact: true }).fill(secret)
    await deputy.page.getByRole('button', { name: '登录', exact: true }).click()
    await deputy.page.getByText('须先换成自己的密码').waitFor()
    await go(deputy.page, '/staff/matters')
    await deputy.page.getByText('须先换成自己的密码').waitFor()
    await deputy.page.getByLabel('原密码').fill(secret)
    await deputy.page.getByLabel('新密码').fill('mulberry-vessel-ninety')
    await deputy.page.getByRole('button', { name: '修改', exact: true }).click()
    await expect.poll(() => new URL(deputy.page.url()).pathname).not.toBe('/staff/password')
    await go(deputy.page, '/staff/matters')
    await deputy.page.getByRole('heading', { level: 1, name: '事项' }).waitFor()
    expect(deputy.faults).toEqual([])

    const leader = await windowOf('leader')
    await go(leader.page, '/staff/delegations')
    const taker = leader.page.getByLabel('受托人')
    await taker.click()
    await taker.fill('副县长')
    await leader.page.locator('.ant-select-item-option', { hasText: '新任副县长' }).click()
    await leader.page.getByLabel(/起始日/).fill('2026-11-23')
    await leader.page.getByLabel(/终止日/).fill('2026-11-30')
    await leader.page.keyboard.press('Enter')
    await leader.page.getByLabel('事由').fill('出差')
    await leader.page.getByRole('button', { name: '委托', exact: true }).click()
    await leader.page.locator('tr', { hasText: '新任副县长' }).getByText('尚未开始').waitFor()

    // 签发不出本机关：说明缘由，问的一句随之收起。
    const toOutsider = async (who: Page, name: string) => {
      await who.getByLabel('受托人').click()
      await who.getByLabel('受托人').fill(name)
      await who.locator('.ant-select-item-option', { hasText: name }).click()
      await who.getByLabel(/终止日/).fill('2026-11-30')
      await who.keyboard.press('Enter')
      await who.getByLabel('事由').fill('出差')
      await who.getByRole('button', { name: '委托', exact: true }).dblclick()
    }
    const asked = (who: Page) => who.getByTestId('leaves-unit')
    await toOutsider(leader.page, '法律顾问')
    await expect.poll(() => asked(leader.page).innerText()).toContain('海原县司法局，不在海原县人民政府')
    await asked(leader.page).getByRole('button', { name: '委托给外单位的法律顾问' }).click()
    await leader.page.getByText('签发只能委托给本机关的其他负责人').waitFor()
    await asked(leader.page).waitFor({ state: 'detached' })
    // 别的任职可以给外单位的人，先问一句，连按两下也不越过；再想想的，什么也没有给出。
    const drafter = await windowOf('drafter')
    await go(drafter.page, '/staff/delegations')
    await toOutsider(drafter.page, '法律顾问')
    await asked(drafter.page).getByRole('button', { name: '再想想' }).click()
    await asked(drafter.page).waitFor({ state: 'detached' })
    await expect.poll(() => drafter.page.locator('tr', { hasText: '法律顾问' }).count()).toBe(0)
    await drafter.page.getByRole('button', { name: '委托', exact: true }).click()
    await asked(drafter.page).getByRole('button', { name: '委托给外单位的法律顾问' }).click()
    await drafter.page.locator('tr', { hasText: '法律顾问' }).getByText('有效').waitFor()
    await drafter.page.locator('tr', { hasText: '法律顾问' }).getByRole('button', { name: '撤销' }).click()
    await drafter.page
      .locator('.ant-popconfirm')
      .getByRole('button', { name: '撤 销' })
      .or(drafter.page.locator('.ant-popconfirm').getByRole('button', { name: '撤销', exact: true }))
      .first()
      .click()
    await drafter.page.locator('tr', { hasText: '法律顾问' }).getByText('已撤销').waitFor()
    expect([...faults, ...leader.faults]).toEqual([])
  })

  it('没有提交的内容关掉再开还在；他人的变动几秒内在页面上说明', async () => {
    const id = await documentCalled('农业生产社会化服务补助资金管理办法')
    const { page, faults } = await windowOf('drafter')
    await go(page, `/staff/documents/${id}?do=RecordCoordination`)
    await fieldOf(page, 'RecordCoordination', 'summary').locator('textarea').fill('补助标准改为据实核定。')
    await form(page, 'RecordCoordination').getByRole('button', { name: '先放着' }).click()
    await form(page, 'RecordCoordination').waitFor({ state: 'detached' })
    await page.goto(`/staff/documents/${id}?do=RecordCoordination`)
    await page.getByText('已恢复您上次没有提交的内容').waitFor()
    await expect
      .poll(() => fieldOf(page, 'RecordCoordination', 'summary').locator('textarea').inputValue())
      .toBe('补助标准改为据实核定。')
    // 后台重取失败不收走填到一半的表单。
    // 没有连上的，隔一会儿再试两次才算失败。
    let failed = 0
    page.on('requestfailed', (request) => {
      if (request.url().endsWith(`/api/documents/${id}`)) failed += 1
    })
    await page.route(`**/api/documents/${id}`, (route) => route.abort())
    await behind('drafter', id, 'ProvideArtefact', { kind: 'other', body: '财政局第一次测算表。' })
    await expect.poll(() => failed).toBeGreaterThanOrEqual(3)
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    await expect.poll(() => page.locator('h1').innerText()).toContain('农业生产社会化服务')
    await expect.poll(() => form(page, 'RecordCoordination').count()).toBe(1)
    await page.unroute(`**/api/documents/${id}`)
    await go(page, `/staff/documents/${id}`)
    await page.locator('.act').first().waitFor()
    await behind('drafter', id, 'ProvideArtefact', { kind: 'other', body: '财政局补充测算表。' })
    await page
      .getByTestId('news')
      .getByText(/提交材料/)
      .waitFor()
    expect(faults).toEqual([])
  })

  it('到期作业分未了结与已了结，逐页取完不漏不重；备案台写明最近的期限，逾期的标出', async () => {
    const admin = await staff('admin')
    type Job = { document: string; key: string; dueAt: string; status: string }
    const every = async (query: string): Promise<Job[]> => {
      const jobs: Job[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await admin.get(`/api/jobs?limit=3${query}${cursor && `&cursor=${cursor}`}`)
        const page = body as { items: Job[]; nextCursor: string | null }
        jobs.push(...page.items)
        cursor = page.nextCursor
      }
      return jobs
    }
    const [all, open, done] = await Promise.all([every(''), every('&state=open'), every('&state=done')])
    expect([open.length > 3, done.length > 3]).toEqual([true, true])
    expect([...open, ...done].map((job) => job.document + job.key).sort()).toEqual(
      all.map((job) => job.document + job.key).sort(),
    )
    const dates = (jobs: Job[]) => jobs.map((job) => job.dueAt)
    expect(dates(open)).toEqual(dates(open).toSorted())
    expect(dates(done)).toEqual(dates(done).toSorted().reverse())
    const filings = (await (await staff('secretariat')).get('/api/filings')).body as {
      items: Array<{ title: string; due: { on: string; overdue: boolean } | null }>
    }
    const late = filings.items.filter((item) => item.due?.overdue)
    // 一件没有按期报送；停车办法答复将修改，三十日（宁夏条例第三十七条）已满而没有改正。积分办法答复不改，已经提出议案，等的是对方。
    expect(late.map((item) => item.title)).toEqual([
      expect.stringContaining('规范农村宅基地'),
      expect.stringContaining('停车泊位'),
    ])
    expect(filings.items.find((item) => item.title.includes('积分管理'))?.due).toBeNull()
    expect(filings.items.some((item) => item.due === null)).toBe(true)
    const received = (await (await staff('registrar')).get('/api/filings')).body as typeof filings
    expect(received.items.some((item) => item.due !== null && !late.some((one) => one.title === item.title))).toBe(true)
  })

  it(
    '各页无障碍检查无重大问题，窄屏没有横向滚动，没有脚本与样式错误；每页宽窄各拍一张',
    async () => {
      const id = await documentCalled('畜禽粪污资源化利用管理办法')
      const inForce = await documentCalled('高标准农田工程设施管护办法')
      const open = await documentCalled('农业生产社会化服务补助资金管理办法')
      const tabs = ['texts', 'materials', 'consultation', 'review', 'deadlines', 'plan', 'history', 'refusals']
      const bySecretary: Array<[string, string]> = [
        ['案卷一览', '/staff?scope=all'],
        ['案卷-概况', `/staff/documents/${id}`],
        ...tabs.map((tab): [string, string] => [`案卷-${tab}`, `/staff/documents/${id}?tab=${tab}`]),
        ['案卷-审议至备案', `/staff/documents/${inForce}?tab=decisions`],
        ['流程图', `/staff/documents/${inForce}?tab=chart`],
        ['表单-保存文本', `/staff/documents/${id}?do=SaveDraft`],
        ['表单-公布', `/staff/documents/${await documentCalled('加装电梯')}?do=Publish`],
        ['表单-变更分类', `/staff/documents/${id}?do=Reclassify`],
        ['事项', '/staff/matters?scope=all'],
        ['议题', '/staff/sessions'],
        ['编号台', '/staff/series'],
        ['编号台-一个系列', `/staff/series/${encodeURIComponent('海政规发')}/2026`],
        ['备案台', '/staff/filings'],
        ['上位法', '/staff/acts?q=乡村振兴促进法&act=中华人民共和国乡村振兴促进法'],
        ['届满与后评估', '/staff/validity?scope=all'],
        ['制定主体', '/staff/issuers'],
        ['规则包', '/staff/packs'],
        ['人员与单位', '/staff/people'],
        ['委托', '/staff/delegations'],
        ['放假安排', '/staff/holidays'],
        ['台账核验', '/staff/ledger'],
        ['案卷评查', `/staff/audits?document=${inForce}`],
        ['案卷评查-抽取', '/staff/audits?year=2026&n=2&seed=样本'],
        ['修改密码', '/staff/password'],
      ]
      const byOthers: Array<[username: string, pages: Array<[string, string]>]> = [
        [
          'drafter',
          [
            ['待办-起草经办人', '/staff'],
            ['申请立项', '/staff/new'],
            ['案卷-征求意见-处理', `/staff/documents/${open}?tab=consultation`],
          ],
        ],
        [
          'reviewer',
          [
            ['待办-审核人', '/staff'],
            ['表单-审核意见', `/staff/documents/${await documentCalled('物业服务收费')}?do=IssueOpinion`],
          ],
        ],
        [
          'admin',
          [
            ['待办-系统管理员', '/staff'],
            ['到期作业', '/staff/jobs'],
            ['添加人员', '/staff/people?do=add-person'],
          ],
        ],
        ...(everyPicture
          ? ['head', 'contact', 'competition', 'leader', 'registrar', 'registrar.npc'].map(
              (username): [string, Array<[string, string]>] => [username, [[`待办-${username}`, '/staff']]],
            )
          : []),
      ]
      if (everyPicture)
        for (const command of commandTypes)
          bySecretary.push([`表单-${command}`, `/staff/documents/${id}?do=${command}`])
      // 版面与别的页面相同的，只看窄屏。
      const alike = [
        '案卷-materials',
        '案卷-refusals',
        '案卷-征求意见-处理',
        '流程图',
        '表单-变更分类',
        '事项',
        '议题',
        '编号台',
        '编号台-一个系列',
        '制定主体',
        '人员与单位',
        '台账核验',
        '到期作业',
        '待办-审核人',
        '待办-系统管理员',
      ]
      // 人员以用户名登录，管理员要看到它；评查的案卷以标识认，抽取的算法写明怎样复算。
      const coded = ['人员与单位', '添加人员', '案卷评查', '案卷评查-抽取']
      const inDarkToo = ['案卷-概况', '案卷-texts', '案卷-deadlines', '表单-公布', '规则包']
      const problems: string[] = []
      /** 各页都有的部分只查一次。 */
      const seen = new Set<string>()
      for (const [username, pages] of [['secretariat', bySecretary] as const, ...byOthers]) {
        const { page, faults } = await windowOf(username)
        await go(page, '/staff/password')
        for (const [name, path] of pages) {
          await go(page, path)
          await page.locator('h1').first().waitFor()
          if (/[?&]do=/.test(path)) await page.locator('form[data-command], [data-testid="elsewhere"]').waitFor()
          await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
          await expect.poll(() => untied(page), { message: `${name}，没有连着各栏的说明` }).toEqual([])
          if (!coded.includes(name))
            await expect.poll(() => codeWords(page), { message: `${name}，写成了代码的话` }).toEqual([])
          if (!alike.includes(name)) {
            const checked = ['.top', '.doc-head', '.rail', '.actions'].filter((part) => seen.has(part))
            const found = await violations(page, checked, { runOnly: ['wcag2a', 'wcag2aa'] })
            problems.push(...found.filter((each) => /^(serious|critical)/.test(each)).map((each) => `${name}：${each}`))
            // 深色只换颜色：对比度另查一遍；版面各不相同的几页，其余的拍照时逐页看。
            if (everyPicture || inDarkToo.includes(name)) {
              await inColours(page, 'dark')
              const dark = await violations(page, [], { runOnly: ['color-contrast'] })
              problems.push(...dark.map((each) => `${name}（深色）：${each}`))
              await inColours(page, 'light')
            }
            for (const part of name === '案卷-概况' ? ['.doc-head', '.rail', '.actions'] : ['.top']) seen.add(part)
          }
          await picture(page, `workbench-${name}-宽`)
          await resize(page, phone)
          const over = await overflowOf(page)
          if (over > 0) problems.push(`${name}：窄屏横向多出 ${over} 像素`)
          await picture(page, `workbench-${name}-窄`)
          await resize(page, desktop)
        }
        expect([username, ...faults]).toEqual([username])
      }
      expect(problems).toEqual([])
    },
    everyPicture ? 900_000 : undefined,
  )

  it('每一种事项的页面都打得开：各页、期限、流程图、历史与可办事项', async () => {
    const { page } = await windowOf('secretariat')
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    for (const kind of [
      'session',
      'office',
      'review-suggestion',
      'evaluation',
      'impact-check',
      'cleanup',
      'filing-review',
      'drafting-plan',
      'decision-catalogue',
      'annual-report',
      'scorecard',
      'hearing',
    ]) {
      const list = (await (await staff('secretariat')).get(`/api/matters?process=${kind}&limit=50`)).body as {
        items: Array<{ id: string; stage: string; title: string }>
      }
      // 每个阶段打开一件。
      for (const [stage, [matter]] of Map.groupBy(list.items, (each) => each.stage)) {
        await go(page, `/staff/matters/${matter?.id}`)
        await page.getByRole('heading', { level: 1, name: matter?.title ?? '' }).waitFor()
        const read = async (where: string) => {
          await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
          await expect.poll(() => codeWords(page), { message: `${kind} ${stage} ${where}` }).toEqual([])
        }
        await read('概况')
        for (const tab of [
          'history',
          ...(stage === list.items[0]?.stage ? ['deadlines', 'plan', 'chart', 'refusals'] : []),
        ]) {
          await go(page, `/staff/matters/${matter?.id}?tab=${tab}`)
          await page.getByRole('heading', { level: 1 }).waitFor()
          await read(tab)
        }
        await expect.poll(() => page.getByText('页面没有打开').count(), { message: `${kind} ${stage}` }).toBe(0)
      }
    }
    // 清理的目录：数字键选定，回车写理由，Ctrl＋回车保存，各栏随即加总；没有理由的不提交，填的都在。
    const cleanups = (await (await staff('secretariat')).get('/api/matters?process=cleanup&limit=50')).body as {
      items: Array<{ id: string; stage: string }>
    }
    const { id } = cleanups.items.find((each) => each.stage === 'collecting') ?? {}
    await go(page, `/staff/matters/${id}?tab=items`)
    const sum = page.getByTestId('cleanup-sum')
    const before = await sum.textContent()
    const repealed = Number(/应予废止 (\d+)/.exec(before ?? '')?.[1])
    const rows = page.locator('.cleanup-pick')
    await rows.first().focus()
    // 走到最后一行，再往下仍在最后一行。
    for (let i = await rows.count(); i > 0; i--) await page.keyboard.press('j')
    await expect
      .poll(() => page.evaluate('document.activeElement === [...document.querySelectorAll(".cleanup-pick")].at(-1)'))
      .toBe(true)
    await page.keyboard.press('3')
    await page.keyboard.press('Control+Enter')
    await page.getByText('除继续有效外，请写明清理理由').waitFor()
    await expect.poll(() => sum.textContent()).toBe(before)
    await page.keyboard.type('已有新的规定。')
    await picture(page, 'workbench-清理目录-宽')
    const axe = await violations(page, ['.top', '.doc-head'], { runOnly: ['wcag2a', 'wcag2aa'] })
    expect(axe.filter((each) => /^(serious|critical)/.test(each))).toEqual([])
    await resize(page, phone)
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    await picture(page, 'workbench-清理目录-窄')
    await resize(page, desktop)
    await page.keyboard.press('Control+Enter')
    await page
      .getByText(`应予废止 ${repealed + 1}`)
      .first()
      .waitFor()
    await page.getByText('已有新的规定。').first().waitFor()
    expect(faults).toEqual([])
  })

  it('审查建议全在页面上办：审查人请说明，制定机关答复，审查人定明显违法、按条款停止执行、答复，公众凭回执读到', async () => {
    const list = (await (await staff('filing.county')).get('/api/matters?process=review-suggestion&limit=50')).body as {
      items: Array<{ id: string; stage: string }>
    }
    const accepted = list.items.find((each) => each.stage === 'accepted')
    if (!accepted) throw new Error('演示县没有正在审查的建议')
    const { id } = accepted
    const own = (await (await staff('filing.county')).get(`/api/matters/${id}`)).body as { receipt: string }
    const reviewer = await windowOf('filing.county')
    const { page } = reviewer
    const act = async (on: Page, command: string, fill: () => Promise<unknown>) => {
      await openAct(on, command)
      await fill()
      await form(on, command).locator('button[type="submit"]').click()
      await form(on, command).waitFor({ state: 'detached' })
    }
    await go(page, `/staff/matters/${id}`)
    await page.getByRole('link', { name: '建议与条文' }).click()
    await page.getByText('所涉条款对农户设定罚款。').first().waitFor()
    await page.getByRole('region', { name: '所涉文件的条文' }).getByText('统一的收款凭证').first().waitFor()
    await act(page, 'AskIssuer', async () => {
      await fieldOf(page, 'AskIssuer', 'questions').locator('textarea').fill('请说明所涉条款的依据。')
      await fieldOf(page, 'AskIssuer', 'until').locator('input').fill('2027-01-15')
      await page.keyboard.press('Enter')
    })
    const issuer = await windowOf('head.town')
    await go(issuer.page, `/staff/matters/${id}?tab=suggestion`)
    await issuer.page.getByText('请说明所涉条款的依据。').first().waitFor()
    await act(issuer.page, 'AnswerInquiry', () =>
      fieldOf(issuer.page, 'AnswerInquiry', 'text').locator('textarea').fill('没有上位法依据。'),
    )
    await page.getByText('没有上位法依据。').first().waitFor()
    await act(page, 'Conclude', async () => {
      // 每一项没有结论的冲突已经各列一行。
      await form(page, 'Conclude').getByText('1. 《中华人民共和国行政处罚法》').waitFor()
      await chooseFrom(fieldOf(page, 'Conclude', 'conclusions.0.outcome').locator('.ant-select'), '明显违法')
      await fieldOf(page, 'Conclude', 'conclusions.0.ground').locator('input, textarea').fill('《行政处罚法》第十六条')
      await chooseFrom(fieldOf(page, 'Conclude', 'conclusions.0.provisions').locator('.ant-select'), '第六条')
      await form(page, 'Conclude').getByLabel('停止执行的决定').check()
      await chooseFrom(fieldOf(page, 'Conclude', 'decision.body').locator('.ant-select'), '海原县人民政府')
      await fieldOf(page, 'Conclude', 'decision.date').locator('input').fill('2026-11-18')
      await page.keyboard.press('Enter')
    })
    await act(page, 'Answer', () =>
      fieldOf(page, 'Answer', 'text').locator('textarea').fill('经审查，所涉条款停止执行。'),
    )
    await page.getByText('下载答复（Word）').waitFor()
    await picture(page, 'workbench-审查建议')
    await page.goto(`${demo.url}/receipts/${own.receipt}`)
    await page.getByText('经审查，所涉条款停止执行。').waitFor()
    await expect.poll(() => page.getByText('明显违法，停止执行（').isVisible()).toBe(true)
    const letter = await page.getByRole('link', { name: '下载答复（Word）' }).getAttribute('href')
    expect((await fetch(`${demo.url}${letter}`)).status).toBe(200)
  })
})
