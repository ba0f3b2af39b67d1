// 征求意见的两段路：公众提意见（附照片、回执）、报名听证；经办人归组并一并答复（一条另作处理）、录入来信、遮去个人信息、公开原文。
import { randomUUID } from 'node:crypto'
import { xlsxOf } from '@dianzhang/formats'
import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import {
  chooseFrom,
  go,
  openForm,
  openWindow,
  overflowOf,
  picture,
  resize,
  unfold,
  violations,
  type Window,
} from '../support/browser.ts'
import { useDemo } from '../support/demo.ts'

const demo = useDemo()
const title = '农村生活垃圾分类和收运处理管理办法'
/** 与演示所附的一张字节不同：同样的字节只存一份。 */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNQaHAAAAGkAOGt06eBAAAAAElFTkSuQmCC',
  'base64',
)
/** 一份 GB18030 的表格：一件来电，“请增加一辆清运车。”。 */
const gb18030 = Buffer.from(
  'x/61wCzAtNS0LMrVtb3I1cbaLNLivPvE2sjdDQq157uwLLXnu7C8x8K8tdozusUsMjAyNi0xMS0xNyzH69T2vNPSu8G+x+XUy7O1oaMNCg==',
  'base64',
)
const opened: Window[] = []
afterAll(() => expect(opened.flatMap(({ faults }) => faults)).toEqual([]))

/** 此刻这一页没有无障碍问题。 */
async function clean(page: Page): Promise<void> {
  expect(await violations(page, [], {})).toEqual([])
}

describe('公众', () => {
  it('提一条附照片的意见，凭回执看得到照片的摘要；报名听证，凭回执查得到报名', async () => {
    const window = await openWindow(demo.browser, { baseURL: demo.url, javaScriptEnabled: true, bypassCSP: true })
    opened.push(window)
    const { page } = window
    await page.goto('/consultations')
    await page
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click()
    await page.locator('#comment-text').fill('收集点离学校太近，请挪远一些。')
    await page.locator('#comment-files').setInputFiles({ name: '收集点.png', mimeType: 'image/png', buffer: png })
    // 人不会在两秒以内写完：太快的待核，下一件就是。
    await page.waitForTimeout(2_100)
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.waitForURL(/\/receipts\//)
    await page.getByText('收集点.png').first().waitFor()
    await page.getByText('收集点离学校太近').first().waitFor()
    await clean(page)

    await page.goto('/')
    await page.locator('main').getByRole('link', { name: '听证会', exact: true }).click()
    await page.waitForURL(/\/hearings$/)
    await page.locator('main h2 a').first().click()
    await page.getByLabel('您属于哪一类').selectOption({ index: 0 })
    await page.getByLabel('姓名或单位名称').fill('田玉梅')
    await page.getByLabel('电话').fill('0955-4010000')
    await page.getByLabel('打算说什么').fill('收运的频次应当随季节调整。')
    await clean(page)
    await page.getByRole('button', { name: '报名' }).click()
    await page.waitForURL(/\/receipts\//)
    await page.getByRole('heading', { name: '听证会报名回执' }).waitFor()
    await page.getByText('收运的频次应当随季节调整。').waitFor()
    await clean(page)
    await picture(page, 'consultation-听证回执')

    // 起草单位看得到是谁、怎么联系、要说什么；旁的人只有编号。
    const roll = async (username: string) => {
      const staff = await demo.open(username)
      opened.push(staff)
      const answer = await staff.context.request.get('/api/matters?process=hearing&limit=5')
      const { items } = (await answer.json()) as { items: Array<{ id: string }> }
      await staff.page.goto(`/staff/matters/${items[0]?.id}?tab=roll`)
      await staff.page.getByTestId('registrations').locator('tbody tr').first().waitFor()
      await clean(staff.page)
      return staff.page.getByTestId('hearing')
    }
    const own = await roll('drafter.housing')
    const row = own.locator('tr', { hasText: '收运的频次应当随季节调整。' })
    for (const words of ['田玉梅', '0955-4010000', '待遴选']) await row.getByText(words).waitFor()
    await picture(own.page(), 'consultation-听证名单')
    const others = await roll('reviewer')
    await others.getByText('只有起草单位的人员看得到').waitFor()
    await expect.poll(() => others.getByText('田玉梅').count()).toBe(0)

    // 撤回先说后果，再按一下才撤回。
    const withdraw = page.locator('details', { hasText: '撤回报名' })
    await unfold(withdraw)
    await withdraw.getByRole('button', { name: '确定撤回' }).click()
    await page.getByText('已经撤回').first().waitFor()
  })

  it('打开表单不到两秒就提交的：照样有回执，待核', async () => {
    const { context } = await openWindow(demo.browser, { baseURL: demo.url })
    const list = await (await context.request.get('/consultations')).text()
    const place = new RegExp(`href="(/consultations/[^"/]+)"[^>]*>[^<]*${title}`).exec(list)?.[1] ?? ''
    for (const text of ['快捷键粘贴的一条：请在集市旁加一处收集点。', '出售空调，电话面议。']) {
      const form = await (await context.request.get(place)).text()
      const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? ''
      const answer = await context.request.post(`${place}/comments`, {
        multipart: { commandId: field('commandId'), token: field('token'), website: '', anchor: '', text },
      })
      expect(answer.status()).toBe(200)
      expect(answer.url()).toContain('/receipts/')
      expect(await answer.text()).toContain(text)
    }
    await context.close()
  })
})

describe('经办人', () => {
  it('归组、一并答复、录入来信、公布、遮去、公开：公众看到的是遮去以后的', async () => {
    const drafter = await demo.open('drafter.housing')
    opened.push(drafter)
    const { page, context } = drafter
    const documents = (await (await context.request.get('/api/documents?limit=100')).json()) as {
      items: Array<{ id: string; title: string }>
    }
    const id = documents.items.find((each) => each.title.includes(title))?.id ?? ''
    // 财政局也答复了，征求意见这一关只等公众的意见。
    const finance = await demo.open('contact')
    const { version } = (await (await finance.context.request.get(`/api/documents/${id}`)).json()) as {
      version: number
    }
    const answered = await finance.context.request.post(`/api/documents/${id}/commands`, {
      data: { type: 'RecordOpinion', commandId: randomUUID(), expectedVersion: version, opinion: 'agree' },
    })
    expect([answered.status(), answered.ok() ? '' : await answered.text()]).toEqual([200, ''])
    await finance.context.close()
    await page.goto(`/staff/documents/${id}?tab=consultation`)
    await page.getByTestId('counts').waitFor()

    // 附件只供下载：不在本站的页面里打开，也不让浏览器猜它是什么；看不到案卷的人，与没有这个附件一样。
    const comments = (await (await context.request.get(`/api/documents/${id}/comments`)).json()) as {
      items: Array<{ attachments: Array<{ name: string; sha256: string }> }>
    }
    const sha256 = comments.items
      .flatMap(({ attachments }) => attachments)
      .find(({ name }) => name === '收集点.png')?.sha256
    const file = await context.request.get(`/api/documents/${id}/comment-attachments/${sha256}`)
    expect(file.headers()).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('收集点.png')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    })
    expect((await file.body()).equals(png)).toBe(true)
    const elsewhere = await demo.open('drafter.town')
    const unseen = await elsewhere.context.request.get(`/api/documents/${id}/comment-attachments/${sha256}`)
    expect(unseen.status()).toBe(404)
    await elsewhere.context.close()

    // 待核的两条：恢复的照常处理，另一条留到公布以前。
    const held = page.getByTestId('held')
    await held.getByText('疑似垃圾信息，待核 2 条').waitFor()
    await held.locator('li', { hasText: '请在集市旁加一处收集点' }).getByRole('button', { name: '恢复' }).click()
    await held.getByText('疑似垃圾信息，待核 1 条').waitFor()

    // 有一行不对的表格，一件也不录入；改好以后再选同一个文件。
    const letters = page.getByTestId('letters')
    await unfold(letters)
    const table = (last: string) => ({
      name: '来信.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `\ufeff渠道,来源,收到日期,意见内容\r\n来信,来信第20号,2026/11/16,"请写明\n投诉电话。"\r\n座谈会,十一月座谈会,${last},请写明清运的时间。\r\n`,
      ),
    })
    const before = await page.getByTestId('counts').innerText()
    await letters.locator('input[type=file]').setInputFiles(table('2026-11-31'))
    await letters.getByText('第4行：收到日期“2026-11-31”不是日期').waitFor()
    await expect.poll(() => page.getByTestId('counts').innerText()).toBe(before)
    await letters.locator('input[type=file]').setInputFiles(table('2026年11月17日'))
    await letters.getByRole('button', { name: '录入这 2 件' }).click()
    await page.getByTestId('counts').filter({ hasText: '座谈会 1 条' }).waitFor()

    /** 前一份录入完了，才选下一份。 */
    const entered = () => letters.getByRole('button', { name: /录入这/ }).waitFor({ state: 'detached' })
    await entered()
    // Excel 的工作簿、另存的 GB18030 表格，一样读得出来。
    const columns = ['渠道', '来源', '收到日期', '意见内容'].map((name) => ({ title: name, width: 16 }))
    const book = await xlsxOf([
      { name: '来信', columns, rows: [['邮件', '邮件第7号', '2026-11-17', '请公布收运路线。']] },
    ])
    await letters.locator('input[type=file]').setInputFiles({
      name: '邮件.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(book),
    })
    await letters.getByRole('button', { name: '录入这 1 件' }).click()
    await page.getByTestId('counts').filter({ hasText: '电子邮件 1 条' }).waitFor()
    await entered()
    await letters.locator('input[type=file]').setInputFiles({ name: '电话.csv', mimeType: 'text/csv', buffer: gb18030 })
    await letters.getByRole('button', { name: '录入这 1 件' }).click()
    await page.getByTestId('counts').filter({ hasText: '电话 1 条' }).waitFor()
    await page.locator('.comments li', { hasText: '请增加一辆清运车' }).waitFor()

    const choose = (form: Locator, label: string, option: string) =>
      chooseFrom(form.getByRole('combobox', { name: label }), option)
    // 一封来信：表单打开就有一件等着填，收到日期是今天。
    await entered()
    const letter1 = await openForm(page, letters.getByRole('link', { name: '逐件录入' }), 'RecordComments')
    await choose(letter1, '渠道', '来信')
    await letter1.getByLabel('来源').fill('来信第21号')
    await letter1.getByLabel('意见内容').fill('请写明由谁监督。')
    await clean(page)
    await picture(page, 'consultation-来信')
    await letter1.locator('button[type=submit]').click()
    await letter1.waitFor({ state: 'detached' })
    await page
      .locator('.comments li', { hasText: '请写明由谁监督。' })
      .getByText('来信第21号', { exact: false })
      .waitFor()

    // 一份邀请：写上名称、选定类别即发出，得到对方的链接。
    const invitations = page.getByTestId('invitations')
    await unfold(invitations)
    const sent = Number(/定向征求：(\d+) 家/.exec(await invitations.locator('summary').innerText())?.[1] ?? 0)
    const invite = await openForm(
      page,
      invitations.getByRole('link', { name: '邀请单位或者个人' }),
      'InviteParticipants',
    )
    await invite.getByLabel('名称').fill('海原县环卫行业协会')
    await choose(invite, '类别', '行业协会商会')
    await clean(page)
    await picture(page, 'consultation-邀请')
    await invite.locator('button[type=submit]').click()
    await invite.waitFor({ state: 'detached' })
    await invitations.locator('summary', { hasText: `定向征求：${sent + 1} 家` }).waitFor()
    const link = invitations.locator('tr', { hasText: '海原县环卫行业协会' }).locator('code')
    const reply = await openWindow(demo.browser, { baseURL: demo.url })
    opened.push(reply)
    await reply.page.goto((await link.innerText()).trim())
    await reply.page.locator('#comment-text').fill('协会愿意参与宣传。')
    await clean(reply.page)
    await reply.page.getByRole('button', { name: '提交' }).click()
    await reply.page.waitForURL(/\/receipts\//)
    await page.reload()
    await unfold(invitations)
    await invitations.locator('tr', { hasText: '海原县环卫行业协会' }).getByText('已答复').waitFor()

    // 归为一组，一个答复，其中一条另作处理。
    const grouping = page.getByTestId('grouping')
    await unfold(grouping)
    await grouping.getByRole('button', { name: '归为一组' }).click()
    await grouping.getByRole('button', { name: '一并答复' }).click()
    await grouping.getByLabel('这一组的理由').fill('夏季改为三天一次。')
    const other = grouping.locator('[data-member]', { hasText: '我家门口的桶' })
    await other.getByLabel('另作处理').check()
    await other.getByLabel('另作处理的理由').fill('频次已改；添桶另行安排。')
    await clean(page)
    await picture(page, 'consultation-一并答复')
    await grouping.getByRole('button', { name: '答复这 2 条' }).click()
    await page.locator('.comments li', { hasText: '频次已改；添桶另行安排。' }).waitFor()
    await expect.poll(() => page.locator('.comments .disposed', { hasText: '夏季改为三天一次。' }).count()).toBe(1)

    await grouping.getByRole('heading', { name: /已归为一组（2 条，都已答复）/ }).waitFor()

    // 归错了的分开，再归一次。
    await grouping.getByRole('button', { name: '分开' }).click()
    await grouping.getByText('没有内容相同的意见。').waitFor()
    await expect.poll(() => page.locator('.comments .disposed', { hasText: '夏季改为三天一次。' }).count()).toBe(1)

    // 截止以后处理其余各条，公布采纳情况。
    const moved = await context.request.post('/api/demo/clock', { data: { now: '2026-12-14T09:00:00+08:00' } })
    expect([moved.status(), moved.ok() ? '' : await moved.text()]).toEqual([200, ''])
    await page.reload()
    await page.getByLabel('选定全部未处理的').check()
    await page.getByRole('button', { name: /一并处理选定的/ }).click()
    const form = page.locator('form[data-command="DisposeComment"]')
    await form.getByText('采纳', { exact: true }).click()
    await form.locator('textarea').fill('已经研究，写入文本。')
    await form.getByRole('button', { name: '记录处理' }).click()
    // 还有待核的，公布不成：页上写着，表单打开就说。
    await page.getByText('未处理 0 条，另有待核 1 条').waitFor()
    await go(page, `/staff/documents/${id}?tab=consultation&do=PublishFeedback`)
    const feedback = page.locator('form[data-command="PublishFeedback"]')
    await feedback.getByText('有1条疑似垃圾信息待核对').waitFor()
    await feedback.getByRole('button', { name: '先放着' }).click()
    // 紧接着打开下一张表单，案卷还没有重新取到：刚才是自己办的，不说“已被他人更新”。
    const own = new RegExp(`/api/documents/${id}$`)
    await page.route(own, async (route) => {
      await new Promise((done) => setTimeout(done, 2_000))
      await route.continue()
    })
    const settled = page.waitForResponse((answer) => answer.url().endsWith('/commands'))
    await held.getByRole('button', { name: '确认为垃圾信息' }).click()
    expect((await settled).status()).toBe(200)
    await go(page, `/staff/documents/${id}?tab=consultation&do=PublishFeedback`)
    await feedback.locator('textarea').first().fill('感谢大家提的意见。')
    // 提示只留几秒，忙的机器上也许没看到就过去了：等的是答复。
    const published = page.waitForResponse((answer) => answer.url().endsWith('/commands'))
    await feedback.locator('button[type=submit]').click()
    const answer = await published
    expect([answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([200, ''])
    await page.unroute(own)
    await page.getByText(/已于 .* 公布/).waitFor()

    // 逐件遮去，公开。
    const clearance = page.getByTestId('clearance')
    await unfold(clearance)
    const letter = clearance.locator('[data-clearing]', { hasText: '马占林' })
    await unfold(letter.locator('details'))
    await letter.getByLabel('另外遮去的字').fill('李旺镇')
    await letter.getByRole('button', { name: '标出' }).click()
    await letter.getByText('原文里没有还没遮去的“李旺镇”').waitFor()
    await letter.getByLabel('另外遮去的字').fill('村务公开栏')
    await letter.getByRole('button', { name: '标出' }).click()
    await clean(page)
    await picture(page, 'consultation-遮去')
    await letter.getByRole('button', { name: '遮去这 4 处，其余公开' }).click()
    await letter.waitFor({ state: 'detached' })
    const withheld = clearance.locator('[data-clearing]', { hasText: '请写明由谁监督' })
    await unfold(withheld.locator('details'))
    await withheld.getByLabel('不公开的理由').fill('来信人要求不公开。')
    await withheld.getByRole('button', { name: '不公开这一件' }).click()
    await withheld.waitFor({ state: 'detached' })
    await clearance.getByRole('button', { name: /没有发现个人信息/ }).click()
    await clearance.getByRole('button', { name: '公开各件意见' }).click()
    await clearance.getByRole('link', { name: '各件意见' }).click()
    await page.getByRole('heading', { name: /收到的各件意见/ }).waitFor()
    const shown = () => page.locator('main').innerText()
    await expect
      .poll(shown)
      .toContain('我叫〔姓名略〕，〔住址略〕，电话〔电话号码略〕。保洁费的账要每月贴在〔其他个人信息略〕。')
    await expect.poll(shown).toContain('来信人要求不公开。')
    await expect.poll(shown).not.toMatch(/马占林|13900000000|村务公开栏|请写明由谁监督/)
    await clean(page)

    // 公众看到的三页，窄的屏、浅色与深色。
    await resize(page, { width: 320, height: 700 })
    const here = page.url().replace(/\/[^/]+$/, '')
    for (const part of ['feedback', 'clauses', 'opinions']) {
      await page.goto(`${here}/${part}`)
      for (const mode of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: mode })
        expect([part, mode, await overflowOf(page)]).toEqual([part, mode, 0])
        await clean(page)
        await picture(page, `consultation-${part}-320-${mode}`)
      }
    }
  })
})
