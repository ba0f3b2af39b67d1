// 公布以后，在真实的浏览器里由各人点击办成：上位法变动登记，逐件核查，进入清理，逐件意见（键盘、成批、Excel 出入、两人同时填），
// 核对、决定、公布，公众在门户看到废止。一间县，开在自己的端口。
import { readFileSync } from 'node:fs'
import { xlsxOf } from '@dianzhang/formats'
import { importEntries } from '@dianzhang/register'
import { openOffices } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'
import { go, openAct, picture } from '../support/browser.ts'
import { gb18030 } from '../support/gb18030.ts'
import {
  act,
  choose,
  day,
  field,
  form,
  publicChrome,
  radio,
  sound,
  staffChrome,
  submit,
  workbenchOf,
  write,
} from '../support/hands.ts'
import { sharedData } from '../support/shared-data.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
await openOffices(c.office)

describe('公布以后的一件文件，在工作台与公众网站上', () => {
  const { windowOf } = workbenchOf(c)
  let cleanup = ''

  const send = async (who: string, id: string, type: string, payload: object = {}) => {
    const [row] = await c.sql`select version from matters where id = ${id}`
    const answer = await c.post(who, `/api/matters/${id}/commands`, {
      type,
      commandId: crypto.randomUUID(),
      expectedVersion: Number(row?.version),
      ...payload,
    })
    expect([type, answer.status, answer.ok ? '' : await answer.text()]).toEqual([type, 200, ''])
  }
  const planned = async (payload: object): Promise<string> => {
    const answer = await c.post('secretariat', '/api/matters', {
      process: 'cleanup',
      type: 'PlanCleanup',
      commandId: crypto.randomUUID(),
      ...payload,
    })
    expect(answer.status).toBe(201)
    return String(((await answer.json()) as { id: string }).id)
  }

  it('登记上位法的废止，以它为依据的开启核查；起草单位作出结论，审核人确认，进入即时清理', async () => {
    async function* lines() {
      for (const [i, title] of ['渔船补贴办法', '渔船停泊规定', '渔船检修办法', '渔船救助规定'].entries())
        yield JSON.stringify({
          id: `渔${i}`,
          title: `海原县${title}`,
          documentNumber: `海农发〔2020〕${i + 1}号`,
          body: '第一条 根据《某渔船条例》制定本办法。\n第二条 每船补贴一千元。',
          issuer: '海原县农业农村局',
          category: '行政规范性文件',
          status: '有效',
          publishedAt: '2020-01-01',
          effectiveAt: '2020-02-01',
        })
    }
    await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: '旧目录', now: c.office.clock.now() })
    const page = await windowOf('reviewer')
    await go(page, '/staff/acts')
    await page.getByRole('link', { name: '登记上位法或者它的变动' }).click()
    await form(page, 'RegisterAct').waitFor()
    await field(page, 'RegisterAct', 'title').locator('input').fill('某渔船条例')
    await field(page, 'RegisterAct', 'issuers').locator('input').first().fill('某省人民代表大会常务委员会')
    await page.keyboard.press('Enter')
    await day(page, 'RegisterAct', 'publishedOn', '2012-12-28')
    await day(page, 'RegisterAct', 'effectiveDate', '2013-01-01')
    await field(page, 'RegisterAct', 'status').getByText('已废止', { exact: true }).click()
    await day(page, 'RegisterAct', 'statusSince', '2026-06-01')
    await field(page, 'RegisterAct', 'source').locator('input, textarea').fill('公报第3期')
    await submit(page, 'RegisterAct')
    await go(page, '/staff/acts')
    const events = page.getByRole('region', { name: '各次变动' })
    await events.getByText('某渔船条例').waitFor()
    await events.getByText('4 件').first().waitFor()
    await page.getByRole('link', { name: '某渔船条例', exact: true }).first().click()
    await page.getByRole('heading', { name: '以《某渔船条例》为依据、引用它的文件' }).waitFor()
    await sound(page, 'afterlife-上位法', staffChrome)

    const drafter = await windowOf('drafter')
    await go(drafter, '/staff/acts')
    const name = '《海原县渔船补贴办法》：《某渔船条例》废止、失效的核查'
    await drafter.getByRole('link', { name }).click()
    await drafter.getByRole('heading', { level: 1, name }).waitFor()
    const check = new URL(drafter.url()).pathname
    await act(drafter, 'StartCheck')
    await act(drafter, 'Conclude', async () => {
      await field(drafter, 'Conclude', 'outcome').getByText('应予废止', { exact: true }).click()
      await field(drafter, 'Conclude', 'reason').locator('textarea').fill('依据已经废止，补贴不再发放。')
    })
    await go(page, check)
    await act(page, 'ConfirmConclusion')
    await page.getByRole('link', { name: '变动与结论' }).click()
    await page.getByText('依据已经废止，补贴不再发放。').first().waitFor()
    await sound(page, 'afterlife-核查', staffChrome)
    await page
      .getByText(/已列入/)
      .first()
      .waitFor()
    await page.getByRole('link', { name: '因《某渔船条例》变化的即时清理' }).click()
    await page.getByRole('heading', { level: 1, name: '因《某渔船条例》变化的即时清理' }).waitFor()
    cleanup = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  })

  it('清理目录：几行用键盘、几行成批；另一人同时改了一行，各自所填都在；条款不丢；Excel 导出填好读回；坏行由人选择', async () => {
    const rest = (
      await c.sql`select id from register_entries where title like '海原县渔船%' and title <> '海原县渔船补贴办法' order by title`
    ).map((x) => String(x.id))
    const office = await windowOf('secretariat')
    await send('secretariat', cleanup, 'AddDocuments', { documents: rest, why: '同一依据的几件。' })
    await go(office, `/staff/matters/${cleanup}`)
    await act(office, 'FreezeCensus')
    await send('secretariat', cleanup, 'GiveOpinion', {
      item: 1,
      outcome: 'repeal',
      reason: '先填的一条。',
      provisions: ['第二条'],
    })
    await go(office, `/staff/matters/${cleanup}?tab=items`)
    const rows = office.locator('.cleanup-pick')
    await rows.nth(3).waitFor()
    // 键盘：第一行改理由，第二行选定。
    await rows.first().focus()
    await office.keyboard.press('3')
    await office.keyboard.press('Enter')
    await office.getByLabel('第1项清理理由').fill('依据已经废止。')
    await office.keyboard.press('Escape')
    await office.keyboard.press('j')
    await office.keyboard.press('3')
    await office.getByLabel('第2项清理理由').fill('依据已经废止。')
    // 成批：第三、四行。
    for (const n of [3, 4]) await office.getByLabel(`选定第${n}项`).check()
    const bulk = office.getByRole('region', { name: '成批填写' })
    await bulk.getByRole('button', { name: /应予废止/ }).click()
    await bulk.getByLabel('选定各项清理理由').fill('一并废止。')
    await bulk.getByRole('button', { name: '填入选定的 2 件' }).click()
    // 另一人先改了第四项：保存时说明，其余不丢。
    await send('secretariat', cleanup, 'GiveOpinion', { item: 4, outcome: 'keep', reason: '仍在执行。' })
    await office.getByRole('button', { name: '保存 4 件意见' }).click()
    const clash = office.getByTestId('clashes')
    await clash.getByText(/第4项.*现为：继续有效（仍在执行。）/).waitFor()
    await picture(office, 'afterlife-清理两人同时')
    await expect.poll(() => office.getByLabel('第2项清理理由').inputValue()).toBe('依据已经废止。')
    await clash.getByRole('button', { name: '仍照我填的保存' }).click()
    await office.locator('.toast', { hasText: '已保存 4 件的清理意见' }).waitFor()
    await office.getByTestId('cleanup-sum').getByText('应予废止 4').waitFor()
    const own = await c.get<{ items: Array<Record<string, unknown>> }>('secretariat', `/api/matters/${cleanup}/items`)
    expect(own.items.map((x) => [x.n, x.outcome, x.reason])).toEqual([
      [1, 'repeal', '依据已经废止。'],
      [2, 'repeal', '依据已经废止。'],
      [3, 'repeal', '一并废止。'],
      [4, 'repeal', '一并废止。'],
    ])
    expect(own.items[0]?.provisions).toEqual(['第二条'])
    // 规则不许的（409）写明缘由，所填的都在：没有理由而仍拟继续有效的。
    await sound(office, 'afterlife-清理目录', staffChrome)

    // Excel 导出，改两行（其中一行写得认不出），读回：先说明坏行，什么也没有写入；略去以后读入其余。
    const [download] = await Promise.all([
      office.waitForEvent('download'),
      office.getByRole('link', { name: 'CSV', exact: true }).first().click(),
    ])
    const { readFile } = await import('node:fs/promises')
    const table = (await readFile((await download.path()) ?? '', 'utf8')).replace(/^\ufeff/, '')
    expect(download.suggestedFilename()).toMatch(/清理意见表.*\.csv$/)
    const changed = table
      .split('\r\n')
      .map((line) =>
        line.includes('渔船检修办法')
          ? line.replace('应予废止', '继续有效').replace(/依据已经废止。|一并废止。/, '仍在执行，另有依据。')
          : line.includes('渔船救助规定')
            ? line.replace('应予废止', '再议')
            : line,
      )
      .join('\r\n')
    const sheets = office.getByRole('region', { name: '清理意见表' })
    await sheets.locator('input[type="file"]').setInputFiles({
      name: '清理意见表.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(changed),
    })
    const faults = office.getByTestId('import-faults')
    await faults.getByText(/第\d+行：.*再议/).waitFor()
    await picture(office, 'afterlife-坏行')
    const unchanged = await c.get<{ items: Array<Record<string, unknown>> }>(
      'secretariat',
      `/api/matters/${cleanup}/items`,
    )
    expect(unchanged.items.every((x) => x.outcome === 'repeal')).toBe(true)
    await faults.getByRole('button', { name: '略去这些行，读入其余' }).click()
    await office.locator('.toast', { hasText: '读入意见 1 件，略去 1 行' }).waitFor()
    await office.getByTestId('cleanup-sum').getByText('继续有效 1').waitFor()
  })

  it('审核人核对，文秘记录决定、公布；公众在门户看到废止、清理结果与依据', async () => {
    const reviewer = await windowOf('reviewer')
    await go(reviewer, `/staff/matters/${cleanup}?tab=items`)
    // 这个窗口先前看过它：等看到的是别人填过以后的样子；照旧的样子点下的，服务端不收（412），须看过再点。
    await reviewer.getByTestId('cleanup-sum').getByText('继续有效 1').waitFor()
    await reviewer.getByText('没有核对 4 件').first().waitFor()
    // 点下“都同意”的同时，承办单位换了一件的理由：没有记下，说明是哪一件，看过再定；只改了责任单位的，点下的照样算数。
    const agree = reviewer.getByRole('button', { name: '都同意', exact: true })
    let change: (() => Promise<void>) | undefined
    await reviewer.route('**/commands', async (route) => {
      const now = change
      change = undefined
      await now?.()
      await route.continue()
    })
    const meanwhile = async (other: () => Promise<void>) => {
      change = other
      await agree.click()
    }
    await meanwhile(() =>
      send('secretariat', cleanup, 'GiveOpinion', { item: 1, outcome: 'repeal', reason: '依据已经废止，另换的理由。' }),
    )
    const told = reviewer.getByTestId('changed-meanwhile')
    await told.getByText(/第1项.*应予废止（依据已经废止，另换的理由。）/).waitFor()
    await expect.poll(() => told.locator('li').count()).toBe(1)
    await picture(reviewer, 'afterlife-核对两人同时')
    await reviewer.getByText('没有核对 4 件').first().waitFor()
    await told.getByRole('button', { name: '先不核对' }).click()
    await meanwhile(() => send('secretariat', cleanup, 'AssignUnit', { items: [2], unit: 'hy-agri' }))
    await reviewer.getByText('没有核对 0 件', { exact: false }).first().waitFor()
    const office = await windowOf('secretariat')
    await go(office, `/staff/matters/${cleanup}`)
    await act(office, 'Decide', async () => {
      await choose(office, 'Decide', 'body', '海原县人民政府')
      await day(office, 'Decide', 'date', '2026-03-02')
    })
    await act(office, 'PublishResult')
    await go(office, `/staff/matters/${cleanup}?tab=items`)
    await office.getByTestId('cleanup-effects').getByText('已办成 3 件，没有办成 0 件').waitFor()
    await sound(office, 'afterlife-清理公布以后', staffChrome)

    const [row] = await c.sql`select id from register_entries where title = '海原县渔船补贴办法'`
    const page = await windowOf(null)
    await page.goto(`/register/${row?.id}`)
    await page.getByText('已废止').first().waitFor()
    await expect.poll(() => page.getByText('依据已经废止').first().isVisible()).toBe(true)
    await sound(page, 'afterlife-门户-废止的文件', publicChrome)
    await page.goto('/cleanups')
    await page.getByRole('link', { name: /因《某渔船条例》变化的即时清理/ }).click()
    await page.getByText('海原县渔船补贴办法').first().waitFor()
    await expect.poll(() => page.locator('body').innerText()).toMatch(/应予废止\D*3/)
    await sound(page, 'afterlife-门户-清理结果', publicChrome)
    await page.goto('/acts?q=某渔船条例')
    await sound(page, 'afterlife-门户-查上位法', publicChrome)
    await page.getByRole('link', { name: '某渔船条例' }).first().click()
    await page.getByText(/另有 3 件引用它的文件已经废止、失效/).waitFor()
    await sound(page, 'afterlife-门户-上位法', publicChrome)
    for (const [path, heading] of [
      ['/evaluations', '后评估'],
      ['/scorecard', '制定质量自评'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await sound(page, `afterlife-门户-${heading}`, publicChrome)
    }
  })

  it('以往的清理在工作台补录：先说明坏行，什么也没有写入；改正另一份（GB18030），略去一行，各栏加总', async () => {
    const id = await planned({
      kind: 'comprehensive',
      ground: '补录2019年的清理结果。',
      scope: { issuers: ['hy-gov'], publishedUntil: '2019-06-30' },
    })
    const office = await windowOf('secretariat')
    // 可办事项里的“以目录文件建立”在这一页办，不是空表单。
    await go(office, `/staff/matters/${id}?do=ImportCensus`)
    const past = office.getByRole('region', { name: '以往的清理目录' })
    await past.waitFor()
    await sound(office, 'afterlife-以往的清理目录', staffChrome)
    const head = ['序号', '文件名称', '文号', '清理牵头单位', '处理意见', '理由', '公布日期']
    const rows = [
      ['1', '海原县旧城改造办法', '海政发〔2010〕4号', '县住建局', '拟废止', '已有新的办法。', '2010年5月1日'],
      ['2', '海原县储备粮管理办法', '海政发〔2016〕2号', '县发改局', '暂时保留', '', '2016年2月30日'],
      ['3', '海原县科技奖励办法', '海政发〔2018〕3号', '县科技局', '建议修改', '与上级政策不一致。', '2018.3.1'],
      ['4', '海原县试点方案', '海政发〔2012〕6号', '县农业农村局', '停止执行', '试点结束。', '2012-01-05'],
      ['5', '海原县防汛办法', '海政发〔2014〕7号', '县水务局', '无需修改', '', '20140601'],
    ]
    const sheet = await xlsxOf([
      { name: '目录', columns: head.map((title) => ({ title, width: 20 })), rows: rows.map((row) => [...row]) },
    ])
    const choose = (name: string, buffer: Uint8Array) =>
      past.locator('input[type="file"]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(buffer) })
    await choose('2019年目录.xlsx', sheet)
    const faults = office.getByTestId('import-faults')
    await faults.getByText(/第3行：.*2016年2月30日/).waitFor()
    await faults.getByText(/第5行：看不出是废止还是失效：“停止执行”/).waitFor()
    await expect.poll(() => faults.locator('li').count()).toBe(2)
    await picture(office, 'afterlife-目录的坏行')
    expect((await c.get<{ stage: string }>('secretariat', `/api/matters/${id}`)).stage).toBe('planned')
    await faults.getByRole('button', { name: '改正以后再来' }).click()
    await faults.waitFor({ state: 'detached' })
    const mended = [head, ...rows].map((row) => row.join(',').replace('2016年2月30日', '2016年2月29日')).join('\r\n')
    await choose('2019年目录.csv', gb18030(mended))
    await faults.getByText('有1行读不出').waitFor()
    await expect.poll(() => faults.locator('li').count()).toBe(1)
    await faults.getByRole('button', { name: '略去这些行，读入其余' }).click()
    await office
      .getByTestId('cleanup-sum')
      .getByText('普查 4 ＋ 补充 0 ＝ 继续有效 2 ＋ 需要修改 1 ＋ 应予废止 1 ＋ 宣布失效 0')
      .waitFor()
    await office.getByText('海原县防汛办法').first().waitFor()
    await past.waitFor({ state: 'detached' })
  })

  const real = sharedData('cleanup-list-qujiang-2021.csv')
  it.runIf(real !== null)('衢江 2021 年的目录在工作台补录：85、11、24、8、10，共 138', async () => {
    const id = await planned({ kind: 'comprehensive', ground: '补录。', scope: { issuers: ['hy-gov'] } })
    const office = await windowOf('secretariat')
    await go(office, `/staff/matters/${id}?tab=items`)
    await office
      .getByRole('region', { name: '以往的清理目录' })
      .locator('input[type="file"]')
      .setInputFiles({ name: '衢江.csv', mimeType: 'text/csv', buffer: readFileSync(real ?? '') })
    await office
      .getByTestId('cleanup-sum')
      .getByText(
        '普查 138 ＋ 补充 0 ＝ 继续有效 85 ＋ 需要修改 11 ＋ 应予废止 24 ＋ 宣布失效 8 ＋ 清理时已废止、失效 10 ＝ 138',
      )
      .waitFor()
  })

  it('选定的几件指定责任单位；冻结以后才登记的，逐件确认已经列好，写明处理与理由才不挡公布', async () => {
    const brought = async (titles: readonly string[]) => {
      async function* lines() {
        for (const [i, title] of titles.entries())
          yield JSON.stringify({
            id: title,
            title,
            documentNumber: `海建规发〔2019〕${i + 1}号`,
            body: '第一条 略。',
            issuer: '海原县住房和城乡建设局',
            category: '行政规范性文件',
            status: '有效',
            publishedAt: '2019-05-01',
          })
      }
      await importEntries(c.office, lines(), {
        jurisdiction: '640522',
        sourceName: titles[0] ?? '',
        now: c.office.clock.now(),
      })
    }
    await brought(['海原县楼宇亮化办法', '海原县化粪池办法'])
    const id = await planned({
      kind: 'periodic',
      ground: '已满两年。',
      scope: { issuers: ['hy-housing'] },
      closedList: true,
    })
    await send('secretariat', id, 'FreezeCensus')
    await brought(['海原县窨井盖办法', '海原县围挡办法'])
    const office = await windowOf('secretariat')
    await go(office, `/staff/matters/${id}?tab=items`)
    for (const n of [1, 2]) await office.getByLabel(`选定第${n}项`).check()
    await office.getByRole('link', { name: '为选定的 2 件指定责任单位' }).click()
    await form(office, 'AssignUnit').waitFor()
    await choose(office, 'AssignUnit', 'unit', '海原县农业农村局')
    await submit(office, 'AssignUnit')
    const items = await c.get<{ items: Array<Record<string, unknown>> }>('secretariat', `/api/matters/${id}/items`)
    expect(items.items.map((x) => x.unit)).toEqual(['hy-agri', 'hy-agri'])
    await office.getByRole('link', { name: '逐件确认', exact: true }).click()
    const confirm = form(office, 'ConfirmUnlisted')
    await confirm.getByText('《海原县窨井盖办法》').first().waitFor()
    await confirm.getByText('《海原县围挡办法》').first().waitFor()
    // 没有写处理与理由的不提交。
    await confirm.locator('button[type="submit"]').click()
    await confirm.locator('.field-error').first().waitFor()
    for (const n of [0, 1]) {
      await confirm.getByText('不在本次清理之列，照旧有效', { exact: true }).nth(n).click()
      await confirm.locator('textarea').nth(n).fill('另行清理。')
    }
    await picture(office, 'afterlife-逐件确认')
    await submit(office, 'ConfirmUnlisted')
    await office.getByRole('link', { name: '逐件确认', exact: true }).waitFor({ state: 'detached' })
  })

  it('一件没有办成：缘由列出，点“再次转办”写明为什么；仍不成的说明结果，原来的一项不再转办', async () => {
    const file = await build.published(c, build.today(c), { title: '海原县农机检修办法' })
    const id = await planned({
      kind: 'immediate',
      ground: '任务已经完成。',
      scope: { issuers: ['hy-gov'], documents: [file.id] },
    })
    await send('secretariat', id, 'FreezeCensus')
    await send('secretariat', id, 'GiveOpinion', { item: 1, outcome: 'repeal', reason: '任务完成。' })
    await send('reviewer', id, 'CheckItems', { agreeAll: true })
    const decision = { body: '海原县人民政府常务会议', date: build.today(c) }
    await send('secretariat', id, 'Decide', decision)
    const [row] = await c.sql`select version from matters where id = ${file.id}`
    const repealed = await c.post('secretariat', `/api/documents/${file.id}/commands`, {
      type: 'RepealDocument',
      commandId: crypto.randomUUID(),
      expectedVersion: Number(row?.version),
      on: build.today(c),
      reason: '提前废止。',
      decision,
    })
    expect([repealed.status, repealed.ok ? '' : await repealed.text()]).toEqual([200, ''])
    const office = await windowOf('secretariat')
    await go(office, `/staff/matters/${id}`)
    await act(office, 'PublishResult')
    await go(office, `/staff/matters/${id}?tab=items`)
    await office.getByTestId('cleanup-effects').getByText('没有办成 1 件').waitFor()
    await go(office, `/staff/matters/${id}`)
    const asked = office.getByRole('region', { name: '要别的事项办理的' })
    await asked.getByText('没有办成').first().waitFor()
    await asked.getByText(/废止/).first().waitFor()
    await asked.getByRole('link', { name: '再次转办' }).click()
    await form(office, 'ResendCommand').waitFor()
    // 没有写理由的不提交，说明缺哪一栏。
    await form(office, 'ResendCommand').locator('button[type="submit"]').click()
    await field(office, 'ResendCommand', 'reason').locator('.field-error').waitFor()
    await field(office, 'ResendCommand', 'reason').locator('textarea').fill('已经核对，再送一次。')
    await picture(office, 'afterlife-再次转办')
    await submit(office, 'ResendCommand')
    await go(office, `/staff/matters/${id}`)
    await asked.getByText('已经再次转办：没有办成').waitFor()
    await expect.poll(() => asked.getByRole('link', { name: '再次转办' }).count()).toBe(0)
    await sound(office, 'afterlife-没有办成的一件', staffChrome)
  })

  it('后评估：提出方案、批准、证据、读数、报告、逐项答复、公布，各人点击办成；缺证据的说明是哪一方面；公众读到结果', async () => {
    const file = await build.published(c, build.today(c), { title: '海原县农机补贴办法' })
    const page = await windowOf('evaluator')
    const office = await windowOf('secretariat')
    await go(page, '/staff/matters?process=evaluation')
    await page.getByRole('link', { name: '提出评估方案' }).click()
    await field(page, 'PlanEvaluation', 'document').locator('input').fill('农机补贴')
    await page.locator('.ant-select-item-option', { hasText: '海原县农机补贴办法' }).first().click()
    await choose(page, 'PlanEvaluation', 'ground', '列入年度评估')
    await choose(page, 'PlanEvaluation', 'evaluator.unit', '海原县司法局')
    await write(page, 'PlanEvaluation', 'method', '问卷、座谈')
    await write(page, 'PlanEvaluation', 'subjects', '农户\n乡镇经办人员')
    await day(page, 'PlanEvaluation', 'until', '2026-05-29')
    await submit(page, 'PlanEvaluation')
    await page.getByRole('heading', { level: 1, name: '《海原县农机补贴办法》后评估' }).waitFor()
    // 单位写的是名称，不是代码。
    await page.getByText('评估的单位：海原县司法局').waitFor()
    const id = new URL(page.url()).pathname

    await go(office, id)
    await act(office, 'ApprovePlan')
    await go(page, id)
    await act(page, 'RecordEvidence', async () => {
      await choose(page, 'RecordEvidence', 'kind', '问卷调查')
      await write(page, 'RecordEvidence', 'source', '随机抽取的农户')
      await write(page, 'RecordEvidence', 'count', '120')
      await day(page, 'RecordEvidence', 'date', '2026-03-02')
      await write(page, 'RecordEvidence', 'summary', '多数满意。')
    })
    await act(page, 'RecordReading', async () => {
      for (const [name, value] of Object.entries({
        indicator: '按期发放率',
        value: '91',
        unit: '%',
        source: '县财政局',
      }))
        await write(page, 'RecordReading', name, value)
      await day(page, 'RecordReading', 'date', '2026-03-01')
      await write(page, 'RecordReading', 'target', '95')
      await write(page, 'RecordReading', 'provision', '第三条')
    })
    await act(page, 'SubmitReport', async () => {
      for (const name of ['overview', 'implementation', 'assessment', 'changes', 'conclusion', 'other'])
        await write(page, 'SubmitReport', `parts.${name}`, '情况属实，逐项写明。')
      await choose(page, 'SubmitReport', 'conclusion', '修改')
      for (const n of [0, 1, 2, 3, 4]) {
        await radio(page, 'SubmitReport', `dimensions.${n}.result`, '达到')
        await write(page, 'SubmitReport', `dimensions.${n}.text`, '达到。')
        if (n === 0) continue
        await choose(page, 'SubmitReport', `dimensions.${n}.evidence`, 'E1 问卷调查')
      }
      for (const [n, [text, proposal]] of [
        ['审核时间过长。', '缩短审核时间。'],
        ['证明重复。', '取消重复的证明。'],
      ].entries()) {
        await form(page, 'SubmitReport').getByRole('button', { name: '添加一项：发现与建议' }).click()
        await write(page, 'SubmitReport', `findings.${n}.text`, text ?? '')
        await write(page, 'SubmitReport', `findings.${n}.proposal`, proposal ?? '')
      }
      await form(page, 'SubmitReport').locator('button[type="submit"]').click()
      await form(page, 'SubmitReport').getByText('合法性没有指明证据').waitFor()
      await choose(page, 'SubmitReport', 'dimensions.0.evidence', 'R1 按期发放率')
    })
    await go(office, id)
    await act(office, 'AnswerReport', async () => {
      await radio(office, 'AnswerReport', 'answers.0.fate', '采纳')
      await radio(office, 'AnswerReport', 'answers.0.by', '修改')
      await radio(office, 'AnswerReport', 'answers.1.fate', '不采纳')
      await form(office, 'AnswerReport').locator('button[type="submit"]').click()
      await form(office, 'AnswerReport').getByText('有 1 处需要更正，已在各栏下标明').waitFor()
      await write(office, 'AnswerReport', 'answers.1.reason', '上位法有此要求。')
    })
    await act(office, 'PublishReport', () => write(office, 'PublishReport', 'summary', '总体可行，审核可以再快。'))
    await office.getByRole('link', { name: '方案、证据与报告' }).click()
    await office.getByText('缩短审核时间。').first().waitFor()
    await sound(office, 'afterlife-后评估-已公布', staffChrome)

    const open = await windowOf(null)
    await open.goto('/evaluations')
    await open
      .getByRole('link', { name: /海原县农机补贴办法/ })
      .first()
      .click()
    await open.getByRole('heading', { level: 1, name: '《海原县农机补贴办法》后评估' }).waitFor()
    await expect
      .poll(() => open.locator('main').innerText())
      .toMatch(/总体可行，审核可以再快。[\s\S]*91%[\s\S]*不采纳：上位法有此要求。/)
    await sound(open, 'afterlife-门户-一件后评估', publicChrome)
    // 所涉条款是链接，打得开；文件的页面有到评估的链接。
    await open.getByRole('link', { name: '第三条' }).first().click()
    await open.waitForURL(new RegExp(`/register/${file.id}`))
    await expect.poll(() => open.getByRole('link', { name: /评估/ }).count()).toBeGreaterThan(0)
  })

  it('由词句认出的授权条款：点“确认”，哪一部、哪一条、原文已经填好，用过的窗口里每一次都打得开；起草单位据此申请立项', async () => {
    await importEntries(
      c.office,
      (async function* () {
        yield JSON.stringify({
          id: '农机条例',
          title: '某省农机条例',
          body: '第一条 为了农机安全，制定本条例。\n第二条 农机停放的具体办法，由县级人民政府制定。\n第三条 农机检修的具体办法，由县级人民政府制定。',
          issuer: '某省人民代表大会常务委员会',
          category: '地方性法规',
          status: '有效',
          publishedAt: '2020-01-01',
          effectiveAt: '2020-02-01',
        })
      })(),
      { jurisdiction: '640522', sourceName: '农机', now: c.office.clock.now() },
    )
    const page = await windowOf('reviewer')
    for (const [article, what] of [
      ['第二条', '停放'],
      ['第三条', '检修'],
    ]) {
      await go(page, '/staff/acts')
      const proposals = page.getByRole('region', { name: '由词句认出、等人确认的授权条款' })
      await proposals.getByRole('button', { name: '列出' }).click()
      await proposals.getByRole('link', { name: `确认《某省农机条例》${article}` }).click()
      await form(page, 'JudgeMandate').waitFor()
      await expect.poll(() => field(page, 'JudgeMandate', 'address').locator('input').inputValue()).toBe(article)
      await expect.poll(() => field(page, 'JudgeMandate', 'quote').locator('textarea').inputValue()).toContain(what)
      await field(page, 'JudgeMandate', 'ours').getByText('须由本地制定', { exact: true }).click()
      await choose(page, 'JudgeMandate', 'unit', '海原县农业农村局')
      await submit(page, 'JudgeMandate')
    }
    const drafter = await windowOf('drafter')
    await go(drafter, '/staff/acts')
    await drafter.getByRole('link', { name: '据《某省农机条例》第二条申请立项' }).click()
    await form(drafter, 'ProposeDocument').waitFor()
    await expect
      .poll(() => field(drafter, 'ProposeDocument', 'necessity').locator('textarea').inputValue())
      .toMatch(/^《某省农机条例》第二条规定：“第二条 农机停放的具体办法，由县级人民政府制定/)
    await sound(drafter, 'afterlife-据授权条款申请立项', staffChrome)
  })

  it('制定依据对照表由正文填入：点一下，逐条列出，照此提交', async () => {
    const f = await build.drafted(c, { title: '海原县农机停放办法', issuers: ['hy-agri'], tier: 'department' })
    await f.do('drafter', 'SaveDraft', {
      body: [
        '海原县农机停放办法',
        '第一条 根据《中华人民共和国农业法》第三十七条，制定本办法。',
        '第二条 违反本办法的，依照《中华人民共和国道路交通安全法》第五十六条处理。',
        '第三条 本办法由县农业农村局负责解释。',
      ].join('\n'),
    })
    const page = await windowOf('drafter')
    await go(page, `/staff/documents/${f.id}`)
    const own = await openAct(page, 'ProvideArtefact')
    await choose(page, 'ProvideArtefact', 'kind', '制定依据对照表')
    // 由种类带出的与点一下填入的是同样几行：先到哪一个都一样。
    await own.getByRole('button', { name: /由正文|从正文|填入/ }).click()
    await expect.poll(() => own.getByLabel('第1行依据名称').inputValue()).toContain('农业法')
    await picture(page, 'afterlife-对照表')
    await submit(page, 'ProvideArtefact')
    const [table] =
      await c.sql`select bases from artefacts where document_id = ${f.id} and kind = 'legal_basis_table' order by n desc limit 1`
    expect(table?.bases).toMatchObject([
      { title: '中华人民共和国农业法', articles: ['第三十七条'], clause: '第一条' },
      { title: '中华人民共和国道路交通安全法', articles: ['第五十六条'], clause: '第二条' },
    ])
  })
})
