// 一件文件的一生，在真实的浏览器里由各角色点击、填写办成：自立项至公布、备案，立在公开的文件库里；途中读到五次拒绝。
import { randomUUID } from 'node:crypto'
import { type CommandType, commandLabels, noClassification } from '@dianzhang/contract'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  becomes,
  chooseFrom,
  go,
  launchBrowser,
  openAct,
  openWindow,
  phone,
  picture,
  signInHere,
  unfold,
  type Window,
} from '../support/browser.ts'
import { countyPassword, countyServer } from '../support/county-server.ts'

const title = '海原县设施农业补助资金管理办法'
const articles = [
  '第一条　为规范设施农业补助资金管理，提高资金使用效益，制定本办法。',
  '第二条　新建日光温室每亩补助不超过五千元，改造提升的每亩补助不超过两千元。',
  '第三条　申请人应当在每年三月底前向所在地乡镇人民政府提出申请，提交种植面积证明。',
  '第四条　本办法由县农业农村局负责解释。',
  '第五条　本办法自2026年5月1日起施行，有效期五年。',
]
const classification = { ...noClassification, affectsRights: true }

type Role = 'drafter' | 'contact' | 'head' | 'reviewer' | 'secretariat' | 'leader' | 'registrar'

describe('一件文件的一生，在工作台与公众网站上', async () => {
  const { url } = await countyServer('2026-03-02T09:00:00+08:00')
  let browser: Browser
  let citizen: Window
  const windows = new Map<Role, Window>()
  /** 主角，与同一系列的另一件（在后台办到编号为止）。 */
  let id = ''
  let rival = ''
  let version = 0
  let receipt = ''
  let consultation = ''
  let number = ''

  beforeAll(async () => {
    browser = await launchBrowser()
    citizen = await openWindow(browser, { baseURL: url, viewport: phone, javaScriptEnabled: false })
  })
  afterAll(async () => {
    for (const { faults } of windows.values()) expect(faults).toEqual([])
    await browser?.close()
  })

  /** 某角色的窗口：第一次用时登录，其后一直开着。 */
  const windowOf = async (role: Role): Promise<Window> => {
    const open = windows.get(role)
    if (open) return open
    const fresh = await openWindow(browser, { baseURL: url })
    await signInHere(fresh.context, role, countyPassword)
    windows.set(role, fresh)
    return fresh
  }
  /** 屏上是这一版，或者更新的：系统也在办到期的、别处转来的事项。 */
  const shows = (page: Page): Promise<void> =>
    becomes(page, `Number(document.querySelector('main.doc')?.dataset.version) >= ${version}`)
  /** 某角色打开案卷，看到的是现在的版本。 */
  const at = async (role: Role, tab = ''): Promise<Page> => {
    const { page } = await windowOf(role)
    await go(page, `/staff/documents/${id}${tab && `?tab=${tab}`}`)
    await shows(page)
    return page
  }
  const formOf = (page: Page, command: CommandType) => page.locator(`form[data-command="${command}"]`)
  const field = (form: Locator, name: string) => form.locator(`[data-field="${name}"]`)
  const submit = (page: Page, command: CommandType) =>
    formOf(page, command).getByRole('button', { name: commandLabels[command], exact: true }).click()
  /** 提交，看到办成的提示；案卷的版本随之更新。 */
  const done = async (page: Page, command: CommandType): Promise<string> => {
    const form = formOf(page, command)
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/commands'),
    )
    await submit(page, command)
    const answer = await answered
    const told = answer.status() === 200 ? [] : [await answer.text()]
    expect([command, answer.status(), ...told]).toEqual([command, 200])
    version = ((await answer.json()) as { version: number }).version
    // 提示只留几秒，随即看；同名的上一条也许还在，最后一条是这一条。
    const said = await page
      .locator('.toast', { hasText: `${commandLabels[command]}：已办理` })
      .last()
      .innerText()
    await form.waitFor({ state: 'detached' })
    return said
  }
  /** 点开可办事项里的一项，填写，办成。 */
  const act = async (
    page: Page,
    command: CommandType,
    fill: (form: Locator) => Promise<void> = async () => {},
  ): Promise<string> => {
    await shows(page)
    await fill(await openAct(page, command))
    return done(page, command)
  }
  /** 离开案卷页：没有人看的页面不随每次变化重取。 */
  const leave = (page: Page) => go(page, '/staff/password')
  const choose = (form: Locator, name: string, option: string) =>
    chooseFrom(field(form, name).locator('input'), new RegExp(`^${option}$`))
  const date = async (form: Locator, name: string, value: string) => {
    const input = field(form, name).locator('input')
    await input.fill(value)
    await input.press('Tab')
  }
  /** 页眉的演示时钟拨到某日。 */
  const moveClock = async (page: Page, day: string) => {
    await page.locator('.clock summary').click()
    await page.getByLabel('拨到哪一日').fill(day)
    await page.getByLabel('拨到哪一日').press('Tab')
    await page.getByRole('button', { name: '拨到该日' }).click()
    await page.locator('.toast', { hasText: '演示时钟已拨到' }).waitFor()
    await page.locator('.clock:not([open])').waitFor()
  }
  /** 拨钟时系统会办理到期事项，版本要重新看。 */
  const lookAgain = async () => {
    const { context } = await windowOf('secretariat')
    const answer = await context.request.get(`/api/documents/${id}`)
    version = ((await answer.json()) as { version: number }).version
  }
  /** 硬要提交一项现在不能办的，读服务端写在页面上的说明。 */
  const refusal = async (page: Page, command: CommandType, rule: string): Promise<string> => {
    await submit(page, command)
    const said = await page.getByTestId('problem').locator(`[data-rule="${rule}"]`).innerText()
    expect(said).toContain('未满足')
    expect(said).toMatch(/依据：.+/)
    return said
  }
  /** 写着不能办的一项：展开它。 */
  const closedCard = async (page: Page, command: CommandType): Promise<Locator> => {
    const closed = page.locator(`.closed[data-command="${command}"]`)
    await closed.waitFor()
    await unfold(closed)
    return closed
  }
  /** 可办事项里写着不能办的一项：先读写明的条件，再硬要提交，得到同样的说明。 */
  const refused = async (
    page: Page,
    command: CommandType,
    rule: string,
    fill: (form: Locator) => Promise<void> = async () => {},
  ): Promise<string> => {
    const closed = await closedCard(page, command)
    const shown = closed.locator(`[data-rule="${rule}"]`)
    await shown.waitFor()
    await closed.getByRole('link', { name: /先填写/ }).click()
    await fill(formOf(page, command))
    const answered = await refusal(page, command, rule)
    await expect.poll(() => shown.innerText()).toBe(answered)
    return answered
  }
  /** 后台办理另一件案卷的一条命令，会话用各角色窗口的。 */
  const behind = async (role: Role, type: CommandType, payload: object = {}) => {
    const { context } = await windowOf(role)
    const seen = (await (await context.request.get(`/api/documents/${rival}`)).json()) as { version: number }
    const answer = await context.request.post(`/api/documents/${rival}/commands`, {
      data: { type, commandId: randomUUID(), expectedVersion: seen.version, ...payload },
    })
    expect([type, answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([type, 200, ''])
  }

  it('起草：登录、申请立项、拟稿、备齐材料、征求部门意见；征求意见的期限太短被拒，改过即成', async () => {
    const window = await openWindow(browser, { baseURL: url })
    const { page } = window
    windows.set('drafter', window)
    await page.goto('/staff/new')
    await page.getByLabel('用户名').fill('drafter')
    await page.getByLabel('密码', { exact: true }).fill(countyPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    const proposal = page.locator('form[data-command="ProposeDocument"]')
    await field(proposal, 'title').locator('input').fill(title)
    // 起草单位所属的政府，已经填上。
    await field(proposal, 'issuers').getByTitle('海原县人民政府').waitFor()
    await field(proposal, 'necessity').locator('textarea').fill('补助标准分散在多个通知中，申请人难以查找。')
    await field(proposal, 'classification.affectsRights').getByRole('switch').click()
    await proposal.getByText('空白', { exact: true }).click()
    // 分类一改，后果随之改：须公开征求意见，最早何日公布。
    const brings = page.getByTestId('consequences')
    await brings.locator('[data-consequence="consultation"]', { hasText: '至少7个工作日' }).waitFor()
    await brings.getByText('依法最早 2026年3月19日 公布').waitFor()
    await picture(page, 'journey-申请立项')
    await proposal.getByRole('button', { name: '申请立项' }).click()
    await page.getByRole('heading', { name: title }).waitFor()
    await page.waitForURL(/\/staff\/documents\/[^/?]+$/)
    id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    version = 1

    const office = await at('secretariat')
    await act(office, 'ApproveInitiation')
    await leave(office)

    await at('drafter')
    await page.locator('.act[data-command="SaveDraft"]').click()
    await page.locator('.edit-text > *', { hasText: title }).click()
    await page.keyboard.press('End')
    // 浏览器告知光标移动之后，编辑器才知道光标在哪里。
    const caret = `document.querySelector('.edit-text').editor.state.selection.$head.parentOffset`
    await expect.poll(() => page.evaluate(caret)).toBe(title.length)
    for (const line of articles) {
      await page.keyboard.press('Enter')
      await page.keyboard.insertText(line)
    }
    await page.getByRole('button', { name: '保存为新版' }).click()
    const saving = formOf(page, 'SaveDraft')
    await saving.getByLabel('本版说明').fill('征求意见稿')
    await picture(page, 'journey-编辑器')
    await saving.getByRole('button', { name: '保存为新版' }).click()
    await saving.waitFor({ state: 'detached' })
    // 有了第一版，接着是材料：回到案卷的首页。
    await page.waitForURL(/\/staff\/documents\/[^/?]+$/)
    version += 1
    const saved = await page.request.get(`/api/documents/${id}/versions/1`)
    expect(((await saved.json()) as { body: string }).body).toBe([title, ...articles].join('\n'))
    await at('drafter')
    await act(page, 'ProvideArtefact', async (form) => {
      await field(form, 'kind').getByTitle('起草说明').waitFor()
      const note = field(form, 'body').getByRole('textbox')
      // 打开时已有范本，写着〔待填〕；与正文同一编辑器，按层次写。
      await form.getByText(/还有 \d+ 处待填/).waitFor()
      await note.focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText('一、必要性')
      await page.keyboard.press('Enter')
      await page.keyboard.insertText('二、主要内容')
    })
    // 接着缺的一项已经选定。
    await act(page, 'ProvideArtefact', async (form) => {
      await field(form, 'kind').getByTitle('制定依据对照表').waitFor()
      await form.getByText('添加一条依据').click()
      await form.getByLabel('第1行依据名称').fill('中华人民共和国农业法')
      await form.getByLabel('第1行条款').fill('第三十七条')
      await form.getByLabel('第1行条款').press('Enter')
    })
    await act(page, 'RequestOpinions', (form) => choose(form, 'units', '海原县财政局'))
    await leave(page)

    const finance = await at('contact')
    await act(finance, 'RecordOpinion', async (form) => {
      await field(form, 'opinion').getByText('同意并提出意见', { exact: true }).click()
      await field(form, 'text').locator('textarea').fill('补助标准应当列入年度预算。')
    })
    await leave(finance)

    await at('drafter')
    const opening = await openAct(page, 'OpenPublicConsultation')
    const seen = page.frameLocator('iframe[title="公众将看到的页面"]')
    await seen.getByText(`${title}（征求意见稿）`).first().waitFor()
    await date(opening, 'closesAt', '2026-03-06')
    // 旁边的页面跟着改。
    await seen.getByText('2026年3月6日').first().waitFor()
    await field(opening, 'contact').locator('textarea, input').fill('县农业农村局办公室')
    const tooShort = await refusal(page, 'OpenPublicConsultation', 'consultation.minimum-period')
    expect(tooShort).toContain('最早截止：2026年3月11日')
    expect(tooShort).toMatch(/依据：.*《.+》/)
    await picture(page, 'journey-拒绝-征求意见期限太短')
    await date(opening, 'closesAt', '2026-03-11')
    await expect
      .poll(() => field(opening, 'contact').locator('textarea, input').inputValue())
      .toBe('县农业农村局办公室')
    await done(page, 'OpenPublicConsultation')
    // 公众现在可以打开的地址，可以扫、可以复制。
    const address = page.getByTestId('public-address')
    await address.getByRole('link', { name: /\/consultations\/[0-9a-f-]{36}$/ }).waitFor()
    await address.getByRole('img', { name: /二维码/ }).waitFor()
    await leave(page)
  })

  it('公众：没有脚本也能找到、提意见、拿到回执', async () => {
    const { page } = citizen
    await page.goto('/')
    await page.getByRole('link', { name: title }).first().click()
    await page.waitForURL(/\/consultations\/[^/?]+$/)
    consultation = new URL(page.url()).pathname
    await expect.poll(() => page.locator('.closing').first().innerText()).toContain('2026年3月11日')
    await page.getByRole('link', { name: '对第二条提意见' }).click()
    // 前一页也有同样的各栏：到了新的一页再填。
    await page.waitForURL((to) => to.searchParams.get('anchor') === '第二条')
    // 像人一样打字：打开表单不到两秒就提交的要等人核对。
    await page.getByLabel('意见内容（必填）').pressSequentially('改造提升的补助建议按面积分档。', { delay: 150 })
    await page.getByLabel('姓名或单位名称').fill('种植户')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.waitForURL(/\/receipts\/YJ/)
    receipt = new URL(page.url()).pathname
    await expect.poll(() => page.locator('main').innerText()).toContain('改造提升的补助建议按面积分档。')
  })

  it('征求意见未满不能送审；拨钟到期后逐条处理，采纳情况与回执在公众网站上看得到', async () => {
    await lookAgain()
    const head = await at('head')
    const early = await refused(head, 'SubmitForReview', 'consultation.held')
    expect(early).toContain('征求意见')
    await formOf(head, 'SubmitForReview').getByRole('button', { name: '先放着' }).click()
    await leave(head)

    const { page } = await windowOf('drafter')
    await moveClock(page, '2026-03-12')
    await lookAgain()
    await at('drafter', 'consultation')
    await page.getByText('改造提升的补助建议按面积分档。').waitFor()
    await page.getByRole('button', { name: '处理这条意见' }).click()
    const dispose = formOf(page, 'DisposeComment')
    await dispose.getByText('部分采纳', { exact: true }).click()
    await field(dispose, 'reason').locator('textarea').fill('按面积分两档，另行在申报指南中列明。')
    await dispose.getByRole('button', { name: '记录处理' }).click()
    await page.locator('.disposed', { hasText: '按面积分两档' }).waitFor()
    version += 1
    await act(page, 'PublishFeedback', (form) => field(form, 'summary').locator('textarea').fill('感谢参与。'))
    await leave(page)

    const { page: outside } = citizen
    await outside.goto(`${consultation}/feedback`)
    const row = await outside.locator('tbody tr').innerText()
    expect(row).toContain('第二条')
    expect(row).toContain('部分采纳')
    expect(row).toContain('按面积分两档，另行在申报指南中列明。')
    await expect.poll(() => outside.locator('main').innerText()).not.toContain('种植户')
    await outside.goto(receipt)
    await expect.poll(() => outside.locator('main').innerText()).toContain('按面积分两档，另行在申报指南中列明。')
    await picture(outside, 'journey-回执-处理结果')
  })

  it('合法性审核：受理当日出具意见被拒，先放着；到了写明的那一天，填过的内容还在，接着办成', async () => {
    const head = await at('head')
    // 政府制发的文件，起草单位先行合法性审核，由没有起草的人就现文本作出。
    await act(head, 'ProvideArtefact', async (form) => {
      await field(form, 'kind').getByTitle('本单位的合法性审核意见').waitFor()
      await field(form, 'body').getByRole('textbox').fill('经审核，内容不与上位法抵触，同意提请审核。')
      await field(form, 'conclusion').getByText('合法', { exact: true }).click()
    })
    // 送审时还没有答复的提示：说明一处不改，其余照送；审核人都看得到。
    let asked = 0
    await act(head, 'SubmitForReview', async (form) => {
      const open = form.locator('.findings-panel [data-finding]')
      await open.first().waitFor()
      asked = await open.count()
      expect(asked).toBeGreaterThan(1)
      await open.first().getByRole('button', { name: '不改，说明理由' }).click()
      await submit(head, 'SubmitForReview')
      await form.locator('[data-field="waivers"] .field-error').waitFor()
      await open.first().getByLabel('不改的理由').fill('依据见所附的制定依据对照表。')
      await form.getByText(`本次说明 1 处，余 ${asked - 1} 处`).waitFor()
      await picture(head, 'journey-提请审核')
    })
    await leave(head)
    const reviewer = await at('reviewer')
    await go(reviewer, `/staff/documents/${id}?tab=review&view=package`)
    await reviewer.getByText(`没有答复 ${asked - 1} 处，已说明不改 1 处`).waitFor()
    await reviewer.locator('.waived summary').click()
    await reviewer.locator('.waived').getByText('依据见所附的制定依据对照表。').waitFor()
    await expect
      .poll(() => reviewer.locator('.reading-margin [data-finding]:not([data-waived])').count())
      .toBe(asked - 1)
    await go(reviewer, `/staff/documents/${id}`)
    await act(reviewer, 'AcceptPackage')
    await shows(reviewer)
    const soon = await refused(reviewer, 'IssueOpinion', 'review.min-period', async (form) => {
      await field(form, 'outcome').getByText('合法', { exact: true }).click()
      await field(form, 'number').locator('input').fill('海司审〔2026〕3号')
    })
    const earliest = /最早可办：(\d+)年(\d+)月(\d+)日/.exec(soon)?.slice(1) ?? []
    expect(earliest).toEqual(['2026', '3', '19'])
    await picture(reviewer, 'journey-拒绝-审核期限未到')
    await formOf(reviewer, 'IssueOpinion').getByRole('button', { name: '先放着' }).click()
    await moveClock(reviewer, '2026-03-19')
    await lookAgain()
    await act(reviewer, 'IssueOpinion', async (form) => {
      await form.getByText('已恢复您上次没有提交的内容').waitFor()
      await expect.poll(() => field(form, 'number').locator('input').inputValue()).toBe('海司审〔2026〕3号')
    })
    await leave(reviewer)
  })

  it('审议与签署：未签署不能编号；领导签署所审的那一版', async () => {
    const office = await at('secretariat')
    await act(office, 'RecordSecretariatCheck', (form) =>
      field(form, 'outcome').getByText('通过', { exact: true }).click(),
    )
    await act(office, 'ScheduleDeliberation', async (form) => {
      await choose(form, 'body', '海原县人民政府常务会议')
      await field(form, 'session').locator('input').fill('第12次')
      await date(form, 'date', '2026-03-19')
    })
    await act(office, 'RecordDecision', (form) => field(form, 'outcome').getByText('通过', { exact: true }).click())
    await shows(office)
    await go(office, `/staff/documents/${id}?do=AssignNumbers`)
    const unsigned = await refusal(office, 'AssignNumbers', 'numbering.after-signing')
    expect(unsigned).toContain('签署')
    await formOf(office, 'AssignNumbers').getByRole('button', { name: '先放着' }).click()
    await leave(office)
    const leader = await at('leader')
    expect(await act(leader, 'Sign')).toContain('复核编号')
    await leave(leader)
  })

  it('编号：两个窗口对同一系列的两件同时编号，号码先后相连，各不相同', async () => {
    const { context: drafting } = await windowOf('drafter')
    const proposed = await drafting.request.post('/api/documents', {
      data: {
        commandId: randomUUID(),
        title: '海原县农田灌溉用水管理办法',
        jurisdiction: '640522',
        issuers: ['hy-gov'],
        tier: 'government',
        necessity: '用水次序需要统一规定。',
        // 涉密的不公开征求意见，不必等待。
        classification: {
          ...classification,
          confidential: { ground: 'state_secret', reference: '县保密局〔2026〕2号', approver: 'leader' },
        },
      },
    })
    expect(proposed.status()).toBe(201)
    rival = ((await proposed.json()) as { id: string }).id
    await behind('secretariat', 'ApproveInitiation')
    await behind('drafter', 'SaveDraft', { body: '海原县农田灌溉用水管理办法\n第一条　用水次序自上而下。' })
    await behind('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '说明。' })
    await behind('drafter', 'ProvideArtefact', { kind: 'legal_basis_table', bases: [{ title: '中华人民共和国水法' }] })
    await behind('drafter', 'RequestOpinions', { units: ['hy-finance'] })
    await behind('contact', 'RecordOpinion', { opinion: 'agree' })
    await behind('head', 'ProvideArtefact', {
      kind: 'own_legality_opinion',
      conclusion: 'lawful',
      body: '经审核，同意提请。',
    })
    await behind('head', 'SubmitForReview')
    await behind('reviewer', 'AcceptPackage')
    await behind('reviewer', 'RequestDeviation', {
      rule: 'review.min-period',
      ground: 'superior_order',
      reference: { act: '自治区防汛抗旱指挥部关于做好春灌的紧急通知', number: '宁汛发〔2026〕3号', date: '2026-03-10' },
      approver: 'leader',
    })
    await behind('leader', 'ApproveDeviation')
    await behind('reviewer', 'IssueOpinion', { outcome: 'lawful', deviations: [{ rule: 'review.min-period' }] })
    await behind('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
    await behind('secretariat', 'ScheduleDeliberation', {
      body: '海原县人民政府常务会议',
      session: '第12次',
      date: '2026-03-19',
    })
    await behind('secretariat', 'RecordDecision', { outcome: 'adopted' })
    const { context } = await windowOf('leader')
    const { text } = (await (await context.request.get(`/api/documents/${rival}`)).json()) as { text: { hash: string } }
    await behind('leader', 'Sign', { contentHash: text.hash })

    const office = await windowOf('secretariat')
    const second = await office.context.newPage()
    const both = [office.page, second]
    await Promise.all([at('secretariat'), go(second, `/staff/documents/${rival}`)])
    await Promise.all(both.map((page) => openAct(page, 'AssignNumbers')))
    // 提示只留几秒：各自提交了随即看。
    await Promise.all(
      both.map(async (page) => {
        await submit(page, 'AssignNumbers')
        await page.locator('.toast', { hasText: '统一登记编号：已办理' }).waitFor()
      }),
    )
    const numbers = await Promise.all(both.map((page) => page.locator('.doc-facts b').innerText()))
    expect(numbers.toSorted()).toEqual(['海政规发〔2026〕1号', '海政规发〔2026〕2号'])
    await go(second, '/staff/series')
    const row = second.locator('tr', { hasText: '海政规发' })
    await expect.poll(async () => (await row.innerText()).split(/\s+/)).toContain('2')
    await second.close()
    number = numbers[0] ?? ''
  })

  it('公布：施行太早被拒，改过即成；公众随即查到，施行之日状态自己变化；备案登记办结', async () => {
    await lookAgain()
    const office = await at('secretariat')
    const notYet = await closedCard(office, 'Publish')
    await expect.poll(() => notYet.innerText()).toContain('解读')
    await notYet.getByRole('link', { name: /先填写/ }).click()
    const publish = formOf(office, 'Publish')
    await date(publish, 'effectiveDate', '2026-04-01')
    await field(publish, 'interpretation').locator('textarea').fill('解读：统一了补助标准，三月底前申请。')
    const early = await refusal(office, 'Publish', 'effective.minimum-delay')
    expect(early).toContain('最早施行：2026年4月')
    await picture(office, 'journey-拒绝-施行太早')
    await date(publish, 'effectiveDate', '2026-05-01')
    expect(await done(office, 'Publish')).toContain('已办理')

    const { page: outside } = citizen
    await outside.goto('/register')
    await outside.getByLabel('标题、文号、机关或正文中的文字').fill('设施农业补助')
    await outside.keyboard.press('Enter')
    await outside.waitForURL((to) => to.searchParams.has('q'))
    await outside.getByRole('link', { name: title }).first().click()
    await outside.waitForURL((to) => to.pathname.startsWith('/register/'))
    const shown = await outside.locator('main').innerText()
    expect(shown).toContain(number)
    expect(shown).toContain('尚未施行')

    await act(office, 'FileDocument', (form) => field(form, 'track').getByText('报上级政府备案').click())
    const registrar = await at('registrar')
    // 受理机关在它自己的备案审查上登记；制定机关的案卷随之，这里没有登记人可以办的。
    await expect.poll(() => registrar.locator('.act[data-command="AcknowledgeFiling"]').count()).toBe(0)
    const filed = (await (await registrar.context().request.get(`/api/documents/${id}`)).json()) as {
      filings: { government: { review: string } }
    }
    await go(registrar, `/staff/matters/${filed.filings.government.review}?do=RegisterFiling`)
    const taken = field(formOf(registrar, 'RegisterFiling' as CommandType), 'number').locator('input')
    await expect.poll(() => taken.inputValue()).toMatch(/〔2026〕\d+号$/)
    const registered = registrar.waitForResponse((answer) => answer.url().endsWith('/commands'))
    await formOf(registrar, 'RegisterFiling' as CommandType)
      .locator('button[type="submit"]')
      .click()
    expect((await registered).status()).toBe(200)
    version = ((await (await registrar.context().request.get(`/api/documents/${id}`)).json()) as { version: number })
      .version
    await at('registrar')
    await moveClock(registrar, '2026-05-01')
    await lookAgain()
    await at('registrar', 'decisions')
    await registrar.locator('.doc-main').getByText('已登记').first().waitFor()
    await outside.reload()
    await expect.poll(() => outside.locator('main').innerText()).toContain('现行有效')
    await picture(outside, 'journey-公布之后')
    const history = await at('registrar', 'history')
    await history.locator('.doc-main').getByText('开始施行').first().waitFor()
  })
})
