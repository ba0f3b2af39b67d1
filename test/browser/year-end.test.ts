// 文秘办结一年：看板、年度报告、答复异议、考核，公众页上的数点开恰好那么多件；图没有脚本，手机上不溢出，无障碍。
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { go, openForm, overflowOf, picture, resize, unfold, violations, type Window } from '../support/browser.ts'
import { useDemo } from '../support/demo.ts'
import { cell, choose, form, radio, sound, staffChrome, submit, write } from '../support/hands.ts'

const demo = useDemo()
let opened: Promise<Window> | undefined
/** 文秘的窗口：头一次用时登录，其后各测试接着用。 */
const secretariat = (): Promise<Window> => {
  opened ??= demo.open('secretariat')
  return opened
}

it('文秘从看板到年度报告：答复尚待答复的异议，公众页随之改变', async () => {
  const { page } = await secretariat()
  await go(page, '/staff/dashboard')
  await page.getByRole('heading', { name: '统计看板' }).waitFor()
  await page.locator('.charts svg[role=img]').first().waitFor()
  await expect.poll(() => page.locator('.duties details').count()).toBe(6)
  const { items } = (await (await fetch(`${demo.url}/public/v1/annual-reports`)).json()) as {
    items: Array<{ id: string }>
  }
  const id = items[0]?.id ?? ''
  const shown = async () => (await fetch(`${demo.url}/annual-reports/${id}`)).text()
  expect(await shown()).toContain('（有异议）')
  await go(page, `/staff/matters/${id}?tab=report`)
  await page.getByText('尚待答复').waitFor()
  // 哪一条异议由名称选定；不必知道标识。
  await openForm(page, page.locator('[data-command="AnswerObjection"]').first(), 'AnswerObjection')
  await choose(page, 'AnswerObjection', 'objection', '海原县')
  await radio(page, 'AnswerObjection', 'outcome', '不采纳')
  await write(page, 'AnswerObjection', 'reason', '在局网站的征求意见不计入政府网站公开征求意见。')
  await submit(page, 'AnswerObjection')
  await page.getByText('不采纳：在局网站').waitFor()
  await expect.poll(shown).not.toContain('（有异议）')
  await picture(page, 'year-end-report')
})
it('编写年度报告：数由名称选定，写的、读的都是名称，没有代码；再写时取出已写的在上面改', async () => {
  const { page } = await secretariat()
  const { items } = (await (await page.context().request.get('/api/matters?process=annual-report')).json()) as {
    items: Array<{ id: string; stage: string }>
  }
  const { id } = items.find(({ stage }) => stage === 'drafting') ?? { id: '' }
  const open = async () => {
    await go(page, `/staff/matters/${id}?tab=report&do=WriteSection`)
    await form(page, 'WriteSection').waitFor()
    await radio(page, 'WriteSection', 'section', '存在的不足和原因')
  }
  await open()
  const text = form(page, 'WriteSection').locator('[data-field="text"] textarea')
  await text.fill('全年制发，')
  await form(page, 'WriteSection').getByLabel('插入一个数').click()
  await page.getByTitle('本期制发件数', { exact: true }).click()
  await expect.poll(() => text.inputValue()).toBe('全年制发，【本期制发件数】')
  await text.fill('全年制发【本期制发件数】，备案仍有迟延，见【附表】。')
  await form(page, 'WriteSection').getByText('【附表】不是统计项').waitFor()
  await text.fill('全年制发【本期制发件数】，备案仍有迟延。')
  await expect.poll(() => form(page, 'WriteSection').innerText()).not.toContain('{{')
  await submit(page, 'WriteSection')
  await page.getByText(/^全年制发/).waitFor()
  await expect.poll(() => page.getByText(/^全年制发/).innerText()).toMatch(/^全年制发\d+件，备案仍有迟延。$/)
  await open()
  await form(page, 'WriteSection').getByRole('button', { name: '取出已写的，在上面改' }).click()
  await expect.poll(() => text.inputValue()).toBe('全年制发【本期制发件数】，备案仍有迟延。')
})
it('统计页、年度报告、考核评分：没有脚本，手机不溢出，无障碍；点开的清单恰好那么多件', async () => {
  const { page } = await secretariat()
  const { items } = (await (await fetch(`${demo.url}/public/v1/annual-reports`)).json()) as {
    items: Array<{ id: string }>
  }
  const cards = (await (await fetch(`${demo.url}/public/v1/scorecards`)).json()) as { items: Array<{ id: string }> }
  for (const path of [
    '/statistics?year=2025',
    `/annual-reports/${items[0]?.id}`,
    `/scorecards/${cards.items[0]?.id}`,
    '/statistics/issued?from=2025-01-01&to=2025-12-31',
  ]) {
    await page.goto(demo.url + path)
    await expect.poll(() => page.locator('script').count(), { message: path }).toBe(0)
    expect(await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] }), path).toEqual([])
    await resize(page, { width: 320, height: 700 })
    expect(await overflowOf(page), path).toBe(0)
    await resize(page, { width: 1280, height: 900 })
  }
  await page.goto(`${demo.url}/statistics?year=2025`)
  const tile = page.locator('.tiles a').nth(1)
  const told = Number(await tile.locator('b').innerText())
  await tile.click()
  await page.waitForURL(/\/statistics\/issued/)
  await expect.poll(() => page.locator('li.item').count()).toBe(told)
  expect(told).toBeGreaterThan(5)
})

/** 页面上的各个链接：地址与文字（去掉标签）。 */
const linksOf = (html: string): Array<{ href: string; text: string }> =>
  [...html.matchAll(/<a href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/gu)].map(([, href = '', inner = '']) => ({
    href: href.replaceAll('&amp;', '&'),
    text: inner.replaceAll(/<[^>]+>/gu, ' ').trim(),
  }))
/** 文字所说的件数：“16”“16件”“4件中3件”；“66.67%”与“没有”不是件数。 */
const countIn = (text: string): number | null => {
  const found = /^(?:\d+件中)?(\d+)(?:件|\s.*)?$/u.exec(text)
  return found ? Number(found[1]) : null
}
it('每一页监督的页面上，每一个数都点得开，打开的恰好那么多件；三个数加总；不足五件不说百分比；不排名次', async () => {
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(demo.url + path)
    expect(answer.status, path).toBe(200)
    return answer.text()
  }
  const { items } = (await (await fetch(`${demo.url}/public/v1/annual-reports`)).json()) as {
    items: Array<{ id: string }>
  }
  const cards = (await (await fetch(`${demo.url}/public/v1/scorecards`)).json()) as { items: Array<{ id: string }> }
  const pages = [
    '/statistics?year=2026',
    '/statistics?year=2025',
    '/filing-list?year=2026',
    '/filing-list?year=2025',
    '/scorecard',
    ...items.map(({ id }) => `/annual-reports/${id}`),
    ...cards.items.map(({ id }) => `/scorecards/${id}`),
  ]
  const lists = new Map<string, number>()
  let [followed, counted] = [0, 0]
  const wrong: string[] = []
  for (const path of pages)
    for (const { href, text } of linksOf(await get(path))) {
      if (!href.startsWith('/statistics/')) continue
      followed += 1
      if (!lists.has(href)) lists.set(href, (await get(href)).split('<li class="item">').length - 1)
      const said = countIn(text)
      if (said === null) continue
      counted += 1
      if (said !== lists.get(href)) wrong.push(`${path}：${text} 打开 ${href} 有 ${lists.get(href)} 件`)
    }
  expect(wrong).toEqual([])
  expect(followed).toBeGreaterThan(300)
  expect(counted).toBeGreaterThan(200)
  for (const year of [2024, 2025, 2026]) {
    const period = year === 2026 ? '' : `?from=${year}-01-01&to=${year}-12-31`
    const found = (await (await fetch(`${demo.url}/public/v1/statistics${period}`)).json()) as {
      items: Array<{ id: string; text: string; value: number | null; denominator?: number }>
      issuers: Array<{ issuer: string; figures: Array<{ id: string; value: number }> }>
    }
    const sums = [found.items, ...found.issuers.map(({ figures }) => figures)]
    for (const list of sums) {
      const n = (id: string) => Number(list.find((x) => x.id === id)?.value ?? 0)
      expect(n('opening') + n('issued') + n('revived') - n('ended'), `${year}`).toBe(n('closing'))
    }
    for (const x of found.items)
      if (x.denominator !== undefined && x.denominator < 5) expect(x.text, `${year} ${x.id}`).not.toContain('%')
    const names = found.issuers.map(({ issuer }) => issuer)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'zh')))
  }
})
it('考核评分：自评、核定、异议、答复、公布，各人点击办成；各项由名称选定，公众页上两者都在', async () => {
  const to = async (day: string) => {
    const { context } = await demo.open('admin')
    const answer = await context.request.post('/api/demo/clock', { data: { now: `${day}T09:00:00+08:00` } })
    expect(answer.status(), await answer.text()).toBe(200)
    await context.close()
  }
  const inspector = (await demo.open('inspector')).page
  const cards = (await (await inspector.request.get('/api/matters?process=scorecard&limit=50')).json()) as {
    items: Array<{ id: string; stage: string; unit: { id: string } }>
  }
  const id = cards.items.find(({ stage }) => stage === 'published_standard')?.id ?? ''
  const path = `/staff/matters/${id}?tab=scorecard`
  const { items } = (await (await inspector.request.get(`/api/matters/${id}`)).json()) as {
    items: Array<{ id: string; text: string; weight: number; evidence: string[] }>
  }
  await to('2026-12-07')
  const head = (await demo.open('head')).page
  const open = async (page: Page, command: string) => {
    await go(page, path)
    await page.locator(`[data-command="${command}"]`).first().waitFor({ state: 'attached' })
    const seldom = page.locator('details.action-group', { hasText: '少用的' })
    if ((await seldom.count()) > 0) await unfold(seldom)
    await openForm(page, page.locator(`[data-command="${command}"]`).first(), command)
  }
  await open(head, 'SelfAssess')
  // 每一项都已经列出，只填得分。
  for (const [i, { weight }] of items.entries())
    await cell(head, 'SelfAssess', i + 1, '得分')
      .locator('input')
      .fill(String(weight))
  await picture(head, 'year-end-自评')
  await submit(head, 'SelfAssess')

  await open(inspector, 'CheckScores')
  const judged = items.filter(({ evidence }) => evidence.length === 0)
  const lowered = judged.findIndex(({ weight }) => weight > 2)
  const one = judged[lowered] ?? judged[0]
  if (!one) throw new Error('没有由人评定的项')
  await cell(inspector, 'CheckScores', lowered + 1, '得分')
    .locator('input')
    .fill(String(one.weight - 2))
  await cell(inspector, 'CheckScores', lowered + 1, '理由')
    .locator('textarea')
    .fill('没有见到记录。')
  // 自评写在各项下面，不先填好；其余的由核定的人确认以后一并填入。
  await form(inspector, 'CheckScores').getByText('自评').first().waitFor()
  await inspector.getByRole('button', { name: /其余 \d+ 项与自评相同/ }).click()
  await inspector.getByRole('button', { name: '是，填入' }).click()
  await picture(inspector, 'year-end-核定')
  await submit(inspector, 'CheckScores')

  await open(head, 'ObjectToScore')
  await choose(head, 'ObjectToScore', 'item', one.text)
  await write(head, 'ObjectToScore', 'reason', '记录在档案室，请复核。')
  await submit(head, 'ObjectToScore')
  await head.getByText('记录在档案室，请复核。（尚待答复）').waitFor()

  await open(inspector, 'DecideObjection')
  await choose(inspector, 'DecideObjection', 'item', one.text)
  await radio(inspector, 'DecideObjection', 'outcome', '采纳')
  await write(inspector, 'DecideObjection', 'score', String(one.weight))
  await write(inspector, 'DecideObjection', 'reason', '复核属实。')
  await submit(inspector, 'DecideObjection')
  await inspector.getByText('采纳：复核属实。').waitFor()
  await sound(inspector, 'year-end-考核异议', staffChrome)

  await to('2026-12-28')
  const leader = (await demo.open('leader')).page
  await open(leader, 'FinaliseScore')
  await submit(leader, 'FinaliseScore')
  const shown = async () => (await fetch(`${demo.url}/scorecards/${id}`)).text()
  for (const words of ['记录在档案室，请复核。', '复核属实。']) await expect.poll(shown).toContain(words)
})
