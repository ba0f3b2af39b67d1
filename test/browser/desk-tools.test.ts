// 工作台上的几样：入门指引指着真的地方；页眉写着是谁的；推到以后；导出与打印是全部的行。

import type { Page } from 'playwright-core'
import { readSheet } from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import { go, phone, picture, resize, untied, violations, type Window } from '../support/browser.ts'
import { useDemo } from '../support/demo.ts'

const demo = useDemo()
const opened: Window[] = []
afterAll(() => expect(opened.flatMap(({ faults }) => faults)).toEqual([]))
const desk = async (username: string): Promise<Page> => {
  const window = await demo.open(username)
  opened.push(window)
  await window.page.goto('/staff/')
  await window.page.locator('.grid-row').first().waitFor()
  return window.page
}
let office: Promise<Page> | undefined
/** 文秘的待办：头一次用时打开，其后各测试接着用，从待办开始。 */
const officeDesk = async (): Promise<Page> => {
  office ??= desk('secretariat')
  const page = await office
  await go(page, '/staff/')
  await page.getByRole('heading', { name: '我的待办' }).waitFor()
  await page.locator('.desk-list[aria-busy="false"] .grid-row').first().waitFor()
  return page
}

describe('入门指引', () => {
  it('一处一处指着真的地方，键盘也走得到；不看了即收起，从帮助可以再看一遍', async () => {
    const page = await desk('drafter')
    await page.getByTestId('first-run').getByRole('button', { name: '带我看一遍' }).click()
    const card = page.getByTestId('tour')
    const heard: string[] = []
    for (;;) {
      heard.push(await card.locator('h2').innerText())
      await expect.poll(() => page.locator('.tour-at').count()).toBe(1)
      // 所指的地方看得见，没有被说明盖住。
      await expect
        .poll(
          async () => {
            const [at, own] = [await page.locator('.tour-at').boundingBox(), await card.boundingBox()]
            return at !== null && own !== null && own.x >= 0 && own.y >= 0 && own.y + own.height <= 900
          },
          { message: `“${heard.at(-1)}”画在看得见的地方` },
        )
        .toBe(true)
      if (heard.length === 2) {
        expect(await violations(page, [], {})).toEqual([])
        await picture(page, 'desk-指引')
      }
      if (await card.getByRole('button', { name: '看完了' }).count()) break
      await page.keyboard.press('ArrowRight')
      await card.locator('h2', { hasNotText: heard.at(-1) ?? '' }).waitFor()
    }
    expect(heard.length).toBeGreaterThan(5)
    expect(heard).toEqual(expect.arrayContaining(['要办什么', '申请立项', '找什么都在这里', '帮助']))
    await card.getByRole('button', { name: '看完了' }).click()
    await card.waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.tour-at').count()).toBe(0)
    await page.reload()
    await page.locator('.grid-row').first().waitFor()
    await expect.poll(() => page.getByTestId('first-run').count()).toBe(0)

    await page.getByRole('link', { name: '帮助', exact: true }).click()
    await resize(page, phone)
    await page.getByRole('link', { name: '再看一遍入门指引' }).click()
    await card.waitFor()
    await picture(page, 'desk-指引-手机')
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })
  })
})

describe('换一页', () => {
  it('窗口照新的一页取名，焦点到它的标题；页面的程序来得慢、有未读消息、后退，都一样', async () => {
    const page = await desk('drafter')
    await page.locator('.bell b').waitFor()
    await page.route('**/assets/*.js', async (route) => {
      await new Promise((done) => setTimeout(done, 300))
      await route.continue()
    })
    const heard = () => page.evaluate<string>('document.activeElement.tagName + document.activeElement.textContent')
    const at = async (heading: string) => {
      await expect.poll(() => page.title()).toMatch(new RegExp(`^\\(\\d+\\+?\\) ${heading} · 典章$`))
      await expect.poll(heard).toBe(`H1${heading}`)
    }
    const nav = page.getByRole('navigation', { name: '主导航' })
    for (const [heading, under] of [['申请立项'], ['委托', '机构与人员'], ['放假安排', '机构与人员']] as const) {
      if (under) await nav.getByRole('button', { name: under }).click()
      await nav.getByRole('link', { name: heading, exact: true }).click()
      await at(heading)
    }
    await page.goBack()
    await at('委托')
    await page.locator('nav.nav').getByRole('link', { name: '案卷', exact: true }).click()
    await at('我的待办')
  })
})
describe('主导航', () => {
  it('常用的一栏排得下，其余按标题展开，键盘也走得到；系统管理员从系统管理开始；Ctrl+K 按名称找到页面', async () => {
    const window = await demo.open('admin')
    opened.push(window)
    const { page } = window
    await resize(page, { width: 1280, height: 900 })
    await page.goto('/staff/sign-in')
    await page.getByLabel('用户名').fill('admin')
    await page.getByLabel('密码').fill('dianzhang-demo')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '系统管理', exact: true }).waitFor()
    const nav = page.getByRole('navigation', { name: '主导航' })
    const fits = () =>
      nav.evaluate((bar: { scrollWidth: number; clientWidth: number }) => bar.scrollWidth <= bar.clientWidth)
    await expect.poll(fits).toBe(true)
    await expect.poll(() => nav.locator('.here, .active').allInnerTexts()).toEqual(['系统管理'])

    const group = nav.getByRole('button', { name: '运行' })
    await group.focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => group.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    await expect.poll(() => nav.getByRole('link', { name: '到期作业' }).count()).toBe(0)
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('heading', { name: '到期作业', exact: true }).waitFor()
    await expect.poll(() => group.getAttribute('aria-expanded')).toBe('false')
    await expect.poll(() => nav.locator('.nav-group.here > button').innerText()).toBe('运行')

    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox', { name: '检索', exact: true }).fill('放假')
    await page.getByRole('option', { name: '放假安排 机构与人员' }).click()
    await page.getByRole('heading', { name: '放假安排', exact: true }).waitFor()
    // 窄屏没有展开的标题，各页都在一行里，现在的一页在看得见的地方。
    await resize(page, phone)
    await expect.poll(() => nav.getByRole('button').count()).toBe(0)
    await expect
      .poll(async () => {
        const at = await nav.getByRole('link', { name: '放假安排' }).boundingBox()
        return at !== null && at.x >= 0 && at.x + at.width <= phone.width
      })
      .toBe(true)
  })
})

describe('检索一切', () => {
  it('输入法还在选字时按回车，是选字，不是打开头一项；选好以后按回车才打开', async () => {
    const page = await officeDesk()
    await page.keyboard.press('Control+k')
    const box = page.locator('dialog.search-all')
    await box.getByLabel('检索', { exact: true }).fill('办法')
    await box.locator('[role="option"].chosen').waitFor()
    /** 按一下回车；页面接不接去，与 `taken` 不同的当即抛出。 */
    const enter = (composing: boolean, taken: boolean) =>
      page.evaluate(`if (document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {
        key: 'Enter', bubbles: true, cancelable: true, isComposing: ${composing},
      })) === ${taken}) throw new Error('回车${taken ? '没有' : ''}被页面接去')`)
    const at = page.url()
    await enter(true, false)
    await expect.poll(() => box.count()).toBe(1)
    expect(page.url()).toBe(at)
    await enter(false, true)
    await box.waitFor({ state: 'detached' })
  })
})

describe('申请立项', () => {
  it('选定计划的一项，必要性随之填入，推演当它列入计划；没有的一项照所写的收下，推演说明缘由', async () => {
    const page = await desk('drafter')
    await go(page, '/staff/new')
    const box = page.locator('[data-field="planItem"]')
    const told = () => page.getByTestId('consequences').innerText()
    await expect.poll(told).toContain('没有列入2026年度制定计划')
    await box.getByRole('combobox').fill('村集体')
    await page.getByTitle('村集体资产出租', { exact: false }).click()
    await expect.poll(() => page.locator('[data-field="necessity"] textarea').inputValue()).toContain('没有依据')
    await expect.poll(told).toContain('依法最早')
    await box.getByRole('combobox').fill('2026年度制定计划第9项')
    await page.keyboard.press('Tab')
    await expect.poll(told).toContain('第9项没有列在计划里')
  })
})

describe('填写', () => {
  it('粘贴的标题太长，一字不丢，写明多了几个字；改变书写方向的字符不收，说得出为什么', async () => {
    const page = await desk('drafter')
    await go(page, '/staff/new')
    const title = page.locator('[data-field="title"]')
    const long = '海原县'.repeat(80)
    await title.locator('input').fill(long)
    await title.getByText('最多 200 个字，多了 40 个').waitFor()
    await expect.poll(() => title.locator('input').inputValue()).toBe(long)
    await expect.poll(() => untied(page)).toEqual([])
    await title.locator('input').fill('海原县\u202e粮食储备办法')
    await page.locator('[data-field="necessity"] textarea').fill('试')
    await page.locator('form[data-command="ProposeDocument"] button[type="submit"]').click()
    await title.getByText('标题里有看不见的字符').waitFor()
  })
  it('日期逐字键入，写的是哪一日就是哪一日；不是日期的留在原处，写明怎样写，不当作别的一日', async () => {
    const page = await officeDesk()
    await page.locator('.preview').getByRole('button', { name: '稍后提醒' }).click()
    const day = page.getByPlaceholder('年-月-日').last()
    const type = async (words: string) => {
      await day.focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.type(words)
      await expect.poll(() => day.inputValue()).toBe(words)
      await page.keyboard.press('Tab')
    }
    for (const [words, shown] of [
      ['2026-12-15', '2026-12-15'],
      ['2026年12月5日', '2026-12-05'],
      ['2026/12/25', '2026-12-25'],
    ] as const) {
      await type(words)
      await expect.poll(() => day.inputValue()).toBe(shown)
    }
    await type('2027-2-30')
    await page.getByText('“2027-2-30”不是真实的日期').waitFor()
    await expect.poll(() => day.inputValue()).toBe('2027-2-30')
    await expect.poll(() => day.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => untied(page)).toEqual([])
    await type('2030-1-1')
    await page.getByText(/最晚为2027年/).waitFor()
    await type('2026-12-18')
    await expect.poll(() => page.getByText(/不是真实的日期|最晚为/).count()).toBe(0)
  })
})

describe('议题', () => {
  it('要开的会议写明各件能否上会、差什么，日子没有到不算差；开过的会议看得到决定、出席与纪要，议题单取得走', async () => {
    const page = await officeDesk()
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '议题', exact: true }).click()
    const coming = page.locator('section.sheet', { hasText: '第22次' }).first()
    await coming.getByText('上会条件都已具备').waitFor()
    await coming.getByText(/还不能决定，差 \d+ 项/).click()
    await coming.getByText('不得提交集体审议').first().waitFor()
    await expect.poll(() => page.locator('main').innerText()).not.toContain('晚于今日')
    const paper = page.waitForEvent('download')
    await coming.getByRole('link', { name: '议题单，PDF' }).click()
    expect((await paper).suggestedFilename()).toMatch(/第22次议题单.*\.pdf$/)

    const { items } = (await (await page.request.get('/api/matters?process=session&q=第21次')).json()) as {
      items: Array<{ id: string }>
    }
    await go(page, `/staff/matters/${items[0]?.id}`)
    const meeting = page.getByTestId('session')
    for (const words of ['应到4人，实到3人', '暂缓', '设备检修进度尚未核实', '副县长', '纪要（〔2026〕21号）'])
      await meeting.getByText(words).first().waitFor()
  })
})

describe('待办', () => {
  it('别的单位逾期的，不写成本人逾期：写明是谁的期限', async () => {
    const page = await officeDesk()
    type Line = { mine: boolean; dueOn: string | null; unit: { name: string } | null }
    const { items } = (await (await page.request.get('/api/matters?mine=true&limit=100')).json()) as {
      items: Array<{ title: string; nextDueOn: string | null; overdue: boolean; mine: Line[]; turns: Line[] }>
    }
    const theirs = items.filter(
      ({ overdue, nextDueOn, mine, turns }) =>
        overdue && mine[0]?.dueOn === null && turns.some((turn) => !turn.mine && turn.dueOn === nextDueOn),
    )
    expect(theirs.length).toBeGreaterThan(0)
    for (const { title, nextDueOn } of theirs.slice(0, 3)) {
      // 不是本人的日子，不排在最前：检索出来看。
      await page.getByLabel('在标题中检索').fill(title)
      const due = page
        .locator('.grid-row', { hasText: title })
        .filter({ hasText: nextDueOn ?? '' })
        .locator('.due')
      await expect.poll(() => due.first().innerText()).toMatch(/的期限/)
      await expect.poll(() => due.first().getAttribute('class')).not.toContain('late')
    }
  })
  it('要办的没有期限，而这件另有日子的，写明那是这件的下一个期限，不当作这件事的期限', async () => {
    const page = await officeDesk()
    await page.getByLabel('在标题中检索').fill('李俊乡农村集体资金资产资源')
    const row = page.locator('.grid-row', { hasText: '归档' })
    await expect
      .poll(() => row.locator('.due').allInnerTexts())
      .toEqual([expect.stringMatching(/^20\d\d-.*\n这件的下一个期限$/)])
  })
  it('页眉写着哪个单位的；推到以后的不在待办里，写着到哪一日、为什么，点一下就回来', async () => {
    const page = await desk('reviewer')
    await expect.poll(() => page.locator('.brand').innerText()).toContain('海原县司法局')
    const first = page.locator('.grid-row').first()
    const title = (await first.locator('.cell-title a').getAttribute('title')) ?? ''
    await first.hover()
    const preview = page.locator('.preview')
    await preview.getByRole('heading', { name: title }).waitFor()
    await preview.getByRole('button', { name: '稍后提醒' }).click()
    await preview.getByLabel('为什么').fill('等财政局的数字')
    await preview.getByRole('button', { name: '到时提醒' }).click()
    await page.locator('.grid-row', { hasText: title }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '稍后', exact: true }).click()
    await page.locator('.grid-row', { hasText: title }).waitFor()
    await picture(page, 'desk-稍后')
    await page.getByTestId('later').getByText('等财政局的数字').waitFor()
    await page.getByTestId('later').getByRole('button', { name: '现在就列' }).click()
    await page.getByRole('button', { name: '待我办', exact: true }).click()
    await page.locator('.grid-row', { hasText: title }).waitFor()
  })

  it('往下走一件，只重画选中的变了的两行；打开时只取一页，滚过以后在前面多取一页', async () => {
    const page = await desk('secretariat')
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname === '/api/matters') asked.push(searchParams.get('cursor') ?? '')
    })
    await page.goto('/staff/?scope=all')
    await page.locator('.grid-row').nth(10).waitFor()
    await page.getByRole('button', { name: '载入更多' }).waitFor()
    // 每画一行，写一次它最近的时刻。
    const [formatted, drawn] = await page.evaluate<[number, number]>(`(async () => {
      const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')
      let times = 0
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
        configurable: true,
        get() {
          const format = get.call(this)
          return (value) => {
            times += 1
            return format(value)
          }
        },
      })
      dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))
      while (!document.querySelector('.grid-row.selected[aria-rowindex="2"]')) await new Promise((done) => setTimeout(done))
      return [times, document.querySelectorAll('.grid-row').length]
    })()`)
    expect(drawn).toBeGreaterThan(15)
    expect(formatted).toBeGreaterThan(0)
    expect(formatted).toBeLessThan(drawn)
    expect(asked.filter((cursor) => cursor !== '')).toEqual([])
    await page.evaluate(`document.querySelector('.grid-body').scrollTop = 10`)
    await expect.poll(() => asked.filter((cursor) => cursor !== '').length).toBeGreaterThan(0)
    await expect.poll(() => page.locator('.grid').getAttribute('aria-rowcount').then(Number)).toBeGreaterThan(50)
  })
  it('检索随打随找：打得再快也不丢字，列的是最后打的；输入法没有打完的不问', async () => {
    const page = await officeDesk()
    await page.getByRole('button', { name: '全部可见' }).click()
    await page.getByRole('heading', { name: '全部可见' }).waitFor()
    const title = (await page.locator('.grid-row .cell-title a').last().getAttribute('title')) ?? ''
    const asked: string[] = []
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.pathname === '/api/matters') asked.push(url.searchParams.get('q') ?? '')
    })
    // 滚到下面再检索，从头看起。
    const scrolled = () => page.evaluate<number>(`document.querySelector('.grid-body').scrollTop`)
    await page.evaluate(`document.querySelector('.grid-body').scrollTop = 1e6`)
    await expect.poll(scrolled).toBeGreaterThan(100)
    const box = page.getByLabel('在标题中检索')
    await box.fill('办法')
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('办法')
    await expect.poll(scrolled).toBe(0)
    const words = title.slice(0, 8)
    for (const delay of [0, 15, 60, 120]) {
      await box.fill('')
      await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(null)
      await box.pressSequentially(words, { delay })
      await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(words)
      await expect.poll(() => box.inputValue()).toBe(words)
      await page.locator('.desk-list[aria-busy="false"] .grid-row', { hasText: title }).first().waitFor()
    }
    await box.fill('')
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(null)
    await page.locator('.desk-list[aria-busy="false"]').waitFor()
    asked.length = 0
    const keys = await page.context().newCDPSession(page)
    for (const text of ['b', 'ba', 'ban', 'ban f', 'ban fa'])
      await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    // 比“等前一问”的上限长：这期间问过的就在里面。
    await page.waitForTimeout(600)
    // 先前没有问过的：刚问过的，答复还留着，不再问。
    await keys.send('Input.insertText', { text: '细则' })
    await expect.poll(() => [...new Set(asked.filter(Boolean))]).toEqual(['细则'])
    await expect.poll(() => box.inputValue()).toBe('细则')
    // 别处清除条件，框里也清掉。
    await page.locator('.desk-list[aria-busy="false"]').waitFor()
    await page.getByRole('button', { name: '我关注的' }).click()
    await page.getByRole('button', { name: '清除条件' }).click()
    await expect.poll(() => box.inputValue()).toBe('')
  })

  it('导出的、印在纸上的，是全部的行，不只是屏幕上的几行', async () => {
    const page = await officeDesk()
    await page.getByRole('button', { name: '全部可见' }).click()
    // 先前一摞的行留到新的取来：取来以后才算。
    await page.getByRole('heading', { name: '全部可见' }).waitFor()
    await page.locator('.desk-list[aria-busy="false"]').waitFor()
    const foot = page.locator('.desk-foot')
    // 一页不是全部：按到没有了为止。
    const all = foot.getByText('已是全部')
    const more = foot.getByRole('button', { name: '载入更多' })
    await expect
      .poll(async () => {
        // 列表自己也在往下取：正要按时已经取完的，不必再按。
        if (await more.isVisible()) await more.click({ timeout: 2_000 }).catch(() => {})
        return all.isVisible()
      })
      .toBe(true)
    const total = Number(/已载入 (\d+) 件/.exec(await foot.innerText())?.[1])
    expect(total).toBeGreaterThan(40)
    await expect.poll(() => page.locator('.grid-row').count()).toBeLessThan(total)
    const book = await page
      .context()
      .request.get((await foot.getByRole('link', { name: 'XLSX' }).getAttribute('href')) ?? '')
    expect(await readSheet(await book.body())).toHaveLength(total + 1)
    const csv = await (
      await page.context().request.get((await foot.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '')
    ).text()
    expect(csv).toContain('要办什么')
    await page.emulateMedia({ media: 'print' })
    await expect.poll(() => page.locator('.grid-row').count()).toBe(total)
    await expect.poll(() => page.locator('.top').isVisible()).toBe(false)
    // 一行接一行，最后一行也在纸上。
    await expect
      .poll(async () => {
        const [head, last] = [
          await page.locator('.grid-row').first().boundingBox(),
          await page.locator('.grid-row').last().boundingBox(),
        ]
        return (last?.y ?? 0) - (head?.y ?? 0)
      })
      .toBeGreaterThan(total * 15)
    await picture(page, 'desk-打印')
    await page.emulateMedia({ media: 'screen' })
  })
})
