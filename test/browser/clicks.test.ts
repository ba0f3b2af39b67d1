// 一件文件自立项至公布，六个账号与一名公众只用鼠标点、键盘写：数每个人点了几下。文字栏以 Tab 键走到，登录以回车。
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openWindow, phone, picture, type Window } from '../support/browser.ts'
import { countyPassword, countyServer } from '../support/county-server.ts'

/** 至多点这么多下（议题 17 第 10 节）。 */
const most = 55
const title = '海原县设施农业补助资金管理办法'
const articles = [
  '第一条　为规范设施农业补助资金管理，根据《中华人民共和国农业法》第三十七条，制定本办法。',
  '第二条　新建日光温室每亩补助不超过五千元，改造提升的每亩补助不超过两千元。',
  '第三条　本办法由海原县农业农村局负责解释。',
  '第四条　本办法自2026年5月1日起施行，有效期五年。',
]
type Who = 'drafter' | 'contact' | 'head' | 'reviewer' | 'secretariat' | 'leader' | '公众'

describe('一件文件要点几下', async () => {
  const { url } = await countyServer('2026-03-02T09:00:00+08:00')
  let browser: Browser
  const windows = new Map<Who, Window>()
  const clicks = new Map<Who, string[]>()
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => {
    for (const { faults } of windows.values()) expect(faults).toEqual([])
    await browser?.close()
  })

  /** 点一下，记下是谁点的、点了什么。本文件别处不点。 */
  const click = async (who: Who, what: Locator, named: string) => {
    await what.click()
    clicks.set(who, [...(clicks.get(who) ?? []), named])
  }
  const focused = async (one: Locator) => (await one.and(one.page().locator(':focus')).count()) === 1
  /** 以 Tab 走到一栏，写字。真的走得到才算。 */
  const type = async (page: Page, into: Locator, words: string, replace = false) => {
    await into.waitFor()
    for (let i = 0; i < 60; i++) {
      if (await focused(into)) break
      await page.keyboard.press('Tab')
    }
    await expect.poll(() => focused(into)).toBe(true)
    if (replace) await page.keyboard.press('Control+A')
    await page.keyboard.insertText(words)
  }
  const form = (page: Page, command: string) => page.locator(`form[data-command="${command}"]`)
  const field = (page: Page, command: string, name: string) => form(page, command).locator(`[data-field="${name}"]`)
  const primary = (page: Page, command: string) => form(page, command).locator('button.ant-btn-primary[type="submit"]')
  /** 头一次：打开工作台登录，回车。以后：回到待办。 */
  const desk = async (who: Exclude<Who, '公众'>): Promise<Page> => {
    const known = windows.get(who)
    if (known) {
      const { page } = known
      if (new URL(page.url()).pathname !== '/staff/' && new URL(page.url()).pathname !== '/staff')
        await click(who, page.locator('nav.nav').getByRole('link', { name: '案卷', exact: true }), '回到待办')
      return page
    }
    const window = await openWindow(browser, { baseURL: url })
    windows.set(who, window)
    const { page } = window
    await page.goto('/staff/')
    await page.getByLabel('用户名').waitFor()
    await page.keyboard.insertText(who)
    await page.keyboard.press('Tab')
    await page.keyboard.insertText(countyPassword)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '我的待办' }).waitFor()
    return page
  }
  /** 在待办里点要办的事，直接到它的表单。 */
  const toDo = async (who: Exclude<Who, '公众'>, command: string): Promise<Page> => {
    const page = await desk(who)
    // 回到待办时先看到的是上次的样子：等到写着这一件。
    const place = command === 'DisposeComment' ? 'on=first' : `do=${command}`
    await click(
      who,
      page.locator('.grid-row', { hasText: title }).locator(`.cell-turn a[href*="${place}"]`),
      '要办的事',
    )
    return page
  }
  const submit = async (who: Exclude<Who, '公众'>, page: Page, command: string) => {
    await click(who, primary(page, command), `提交 ${command}`)
    await gone(page, command)
  }
  /** 表单收起；没有收起的，把表单上写的一并报出。 */
  const gone = async (page: Page, command: string) => {
    const one = form(page, command)
    await one.waitFor({ state: 'detached' }).catch(async () => {
      throw new Error(`${command} 没有办成：${await one.innerText()}`)
    })
  }
  /** 案卷页卡片上的一个按钮。 */
  const card = async (who: Exclude<Who, '公众'>, page: Page, command: string) => {
    await click(who, page.locator(`.act[data-command="${command}"]`).first(), `打开 ${command}`)
    await form(page, command).waitFor()
  }
  const clockTo = async (day: string) => {
    const answer = await fetch(`${url}/api/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now: `${day}T09:00:00+08:00` }),
    })
    expect(answer.status).toBe(200)
    await answer.body?.cancel()
  }

  it(`立项到公布不超过 ${most} 下`, async () => {
    // 起草：申请立项。
    const drafter = await desk('drafter')
    await click('drafter', drafter.getByRole('link', { name: '申请立项' }).first(), '申请立项')
    await type(drafter, field(drafter, 'ProposeDocument', 'title').locator('input'), title)
    await type(
      drafter,
      field(drafter, 'ProposeDocument', 'necessity').locator('textarea'),
      '补助标准分散在多个通知中，申请人难以查找。',
    )
    await click(
      'drafter',
      field(drafter, 'ProposeDocument', 'classification.affectsRights').getByRole('switch'),
      '影响权利义务',
    )
    await click('drafter', form(drafter, 'ProposeDocument').getByText('空白', { exact: true }), '空白')
    await click('drafter', primary(drafter, 'ProposeDocument'), '提交 ProposeDocument')
    await drafter.getByRole('heading', { name: title }).waitFor()

    const office = await toDo('secretariat', 'ApproveInitiation')
    await submit('secretariat', office, 'ApproveInitiation')

    // 文本、起草说明、依据对照表，接连办完。
    await drafter.locator('.stage-tag', { hasText: '调研起草' }).waitFor()
    await click('drafter', drafter.locator('.act[data-command="SaveDraft"]').first(), '编辑文本')
    await drafter.locator('.edit-text > *', { hasText: title }).waitFor()
    await drafter.locator('.edit-text').focus()
    await drafter.keyboard.press('Control+End')
    for (const line of articles) {
      await drafter.keyboard.press('Enter')
      await drafter.keyboard.insertText(line)
    }
    await click('drafter', drafter.getByRole('button', { name: '保存为新版' }), '保存为新版')
    await click('drafter', form(drafter, 'SaveDraft').getByRole('button', { name: '保存为新版' }), '提交 SaveDraft')
    await gone(drafter, 'SaveDraft')
    await drafter.getByTestId('lacking').waitFor()
    await picture(drafter, 'clicks-还缺的材料')
    await click('drafter', drafter.getByTestId('lacking').getByRole('link', { name: '补起草说明' }), '补起草说明')
    await type(
      drafter,
      field(drafter, 'ProvideArtefact', 'body').getByRole('textbox'),
      '一、必要性。现行规定分散。',
      true,
    )
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.insertText('二、主要内容。统一补助标准。')
    await picture(drafter, 'clicks-起草说明')
    await click(
      'drafter',
      form(drafter, 'ProvideArtefact').getByRole('button', { name: '提交，接着补制定依据对照表' }),
      '提交，接着补',
    )
    await form(drafter, 'ProvideArtefact').getByLabel('第1行依据名称').waitFor()
    await expect
      .poll(() => form(drafter, 'ProvideArtefact').getByLabel('第1行依据名称').inputValue())
      .toBe('中华人民共和国农业法')
    await submit('drafter', drafter, 'ProvideArtefact')
    await card('drafter', drafter, 'RequestOpinions')
    await click('drafter', field(drafter, 'RequestOpinions', 'units').locator('input'), '选单位')
    await drafter.keyboard.insertText('海原县财政局')
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.press('Escape')
    await submit('drafter', drafter, 'RequestOpinions')
    await card('drafter', drafter, 'OpenPublicConsultation')
    await submit('drafter', drafter, 'OpenPublicConsultation')

    const finance = await toDo('contact', 'RecordOpinion')
    // 表态以前，文本就在旁边。
    const beside = (page: Page) => page.getByTestId('decision-text').getByText('新建日光温室每亩补助').first()
    await beside(finance).waitFor()
    await click('contact', field(finance, 'RecordOpinion', 'opinion').getByText('同意', { exact: true }), '同意')
    await submit('contact', finance, 'RecordOpinion')

    // 公众：手机，没有脚本。
    const citizen = await openWindow(browser, { baseURL: url, viewport: phone, javaScriptEnabled: false })
    windows.set('公众', citizen)
    await citizen.page.goto('/')
    await click('公众', citizen.page.getByRole('link', { name: title }).first(), '征求意见的文件')
    await click('公众', citizen.page.getByRole('link', { name: '对第二条提意见' }), '对第二条提意见')
    await citizen.page.waitForURL((to) => to.searchParams.get('anchor') === '第二条')
    await citizen.page.getByLabel('意见内容（必填）').focus()
    // 像人一样打字：打开表单不到两秒就提交的要等人核对。
    await citizen.page.keyboard.type('改造提升的补助建议按面积分档。', { delay: 150 })
    await click('公众', citizen.page.getByRole('button', { name: '提交意见' }), '提交意见')
    await citizen.page.waitForURL(/\/receipts\/YJ/)

    await clockTo('2026-03-12')
    await toDo('drafter', 'DisposeComment')
    await click('drafter', form(drafter, 'DisposeComment').getByText('部分采纳', { exact: true }), '部分采纳')
    await type(
      drafter,
      field(drafter, 'DisposeComment', 'reason').locator('textarea'),
      '按面积分两档，在申报指南中列明。',
    )
    await submit('drafter', drafter, 'DisposeComment')
    await card('drafter', drafter, 'PublishFeedback')
    await expect
      .poll(() => field(drafter, 'PublishFeedback', 'summary').locator('textarea').inputValue())
      .toContain('收到的意见已逐条研究处理。')
    await submit('drafter', drafter, 'PublishFeedback')

    // 起草单位负责人：先行审核，提请审核。
    const head = await toDo('head', 'ProvideArtefact')
    await beside(head).waitFor()
    await click('head', field(head, 'ProvideArtefact', 'conclusion').getByText('合法', { exact: true }), '合法')
    await submit('head', head, 'ProvideArtefact')
    await card('head', head, 'SubmitForReview')
    await submit('head', head, 'SubmitForReview')

    const reviewer = await toDo('reviewer', 'AcceptPackage')
    await beside(reviewer).waitFor()
    // 收不收，先看送来的齐不齐。
    await expect
      .poll(() => reviewer.getByTestId('package-list').innerText())
      .toMatch(/✓ 已有\s*起草说明[\s\S]*✓ 已有\s*本单位的合法性审核意见/)
    await submit('reviewer', reviewer, 'AcceptPackage')
    await clockTo('2026-03-19')
    // 隔了些日子，另打开工作台。
    await reviewer.goto('/staff/')
    await toDo('reviewer', 'IssueOpinion')
    await click('reviewer', field(reviewer, 'IssueOpinion', 'outcome').getByText('合法', { exact: true }), '合法')
    await submit('reviewer', reviewer, 'IssueOpinion')

    await toDo('secretariat', 'RecordSecretariatCheck')
    await click(
      'secretariat',
      field(office, 'RecordSecretariatCheck', 'outcome').getByText('通过', { exact: true }),
      '通过',
    )
    await submit('secretariat', office, 'RecordSecretariatCheck')
    await card('secretariat', office, 'ScheduleDeliberation')
    await type(office, field(office, 'ScheduleDeliberation', 'session').locator('input'), '第12次')
    await type(office, field(office, 'ScheduleDeliberation', 'date').locator('input'), '2026-03-19')
    await office.keyboard.press('Tab')
    await submit('secretariat', office, 'ScheduleDeliberation')
    await card('secretariat', office, 'RecordDecision')
    await click('secretariat', field(office, 'RecordDecision', 'outcome').getByText('通过', { exact: true }), '通过')
    await submit('secretariat', office, 'RecordDecision')

    const leader = await toDo('leader', 'Sign')
    await submit('leader', leader, 'Sign')

    await toDo('secretariat', 'AssignNumbers')
    await submit('secretariat', office, 'AssignNumbers')
    await card('secretariat', office, 'Publish')
    // 旁边是公众将看到的整页：用键盘的人跳过它，到要填的各栏。
    await form(office, 'Publish').getByRole('button', { name: '跳过旁边的内容，到要填的各栏' }).press('Enter')
    await type(office, field(office, 'Publish', 'interpretation').locator('textarea'), '解读：统一了补助标准。')
    await submit('secretariat', office, 'Publish')
    await office
      .getByRole('link', { name: /\/register\// })
      .first()
      .waitFor()

    // 印出的是办理单，不是屏幕上的一页。
    const sheet = office.getByTestId('process-sheet')
    await expect.poll(() => sheet.isVisible()).toBe(false)
    await office.emulateMedia({ media: 'print' })
    await sheet.waitFor()
    await expect.poll(() => office.locator('.doc-head').isVisible()).toBe(false)
    for (const words of ['行政规范性文件办理单', title, '海政规发〔2026〕1号', '同意立项', '公布'])
      await expect.poll(() => sheet.innerText()).toContain(words)
    await picture(office, 'clicks-办理单')
    await office.emulateMedia({ media: 'screen' })

    const lines = [...clicks].map(([who, list]) => `${who} ${list.length}：${list.join(' → ')}`)
    const total = [...clicks.values()].reduce((sum, list) => sum + list.length, 0)
    console.log([`一件文件共 ${total} 下`, ...lines].join('\n'))
    expect(total).toBeLessThanOrEqual(most)
  })
})
