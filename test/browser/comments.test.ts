// 几条公众意见一并处理：逐条记录，各有结果；没有办成的写明缘由，留着再办；处理一条可以接着下一条。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import type { APIRequestContext, Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openWindow, picture, signInHere, type Window } from '../support/browser.ts'
import { countyPassword, countyServer } from '../support/county-server.ts'

describe('几条意见一并处理', async () => {
  const { url } = await countyServer('2026-03-02T09:00:00+08:00')
  let browser: Browser
  let drafter: Window
  let id = ''
  let version = 0
  const command = async (request: APIRequestContext, type: string, payload: object = {}) => {
    const answer = await request.post(`/api/documents/${id}/commands`, {
      data: { type, commandId: randomUUID(), expectedVersion: version, ...payload },
    })
    expect([type, answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([type, 200, ''])
    version = ((await answer.json()) as { version: number }).version
  }
  beforeAll(async () => {
    browser = await launchBrowser()
    drafter = await openWindow(browser, { baseURL: url })
    await signInHere(drafter.context, 'drafter', countyPassword)
    const office = await openWindow(browser, { baseURL: url })
    await signInHere(office.context, 'secretariat', countyPassword)
    const { request } = drafter.context
    const opened = await request.post('/api/documents', {
      data: {
        commandId: randomUUID(),
        title: '海原县设施农业补助资金管理办法',
        jurisdiction: '640522',
        issuers: ['hy-gov'],
        tier: 'government',
        necessity: '补助标准分散。',
        classification: { ...noClassification, affectsRights: true },
      },
    })
    ;({ id, version } = (await opened.json()) as { id: string; version: number })
    await command(office.context.request, 'ApproveInitiation')
    await command(request, 'SaveDraft', { body: '海原县设施农业补助资金管理办法\n第一条　每亩补助不超过五千元。' })
    await command(request, 'ProvideArtefact', { kind: 'explanatory_note', body: '统一补助标准。' })
    await command(request, 'OpenPublicConsultation', { contact: '县农业农村局' })
    const doc = (await (await request.get(`/api/documents/${id}`)).json()) as { consultations: Array<{ id: string }> }
    for (const text of ['按面积分档。', '提前公示标准。', '明确申请时间。', '补助太少。']) {
      const answer = await request.post(`/public/v1/consultations/${doc.consultations[0]?.id}/comments`, {
        data: { text },
      })
      expect([answer.status(), answer.ok() ? '' : await answer.text()]).toEqual([201, ''])
    }
    await office.context.request.post('/api/demo/clock', { data: { now: '2026-03-12T09:00:00+08:00' } })
  })
  afterAll(async () => {
    expect(drafter.faults).toEqual([])
    await browser?.close()
  })

  it('选定几条，写一次处理与理由，逐条记下；中途有一条没有办成，写明缘由，其余照办', async () => {
    const { page } = drafter
    await page.goto(`/staff/documents/${id}?tab=consultation`)
    await page.getByText('公众意见 4 条，未处理 4 条').waitFor()
    const row = (text: string) => page.locator('.comments li', { hasText: text })
    for (const text of ['按面积分档。', '提前公示标准。', '明确申请时间。']) await row(text).getByLabel('选定').check()
    await page.getByRole('button', { name: '一并处理选定的 3 条' }).click()
    const form = page.locator('form[data-command="DisposeComment"]')
    await form.getByText('采纳', { exact: true }).click()
    await form.getByRole('button', { name: '意见合理，已在文本中修改。' }).click()
    await picture(page, 'comments-一并处理')
    // 第二条的答复没有送到：它写明缘由，第三条照办。
    let sent = 0
    await page.route('**/commands', (route) => (++sent === 2 ? route.abort() : route.continue()))
    await form.getByRole('button', { name: '记录处理' }).click()
    await page.locator('.toast', { hasText: '3条中2条已记录，1条没有办成' }).waitFor()
    await page.unroute('**/commands')
    await row('按面积分档。').getByText('意见合理，已在文本中修改。').waitFor()
    await row('明确申请时间。').getByText('意见合理，已在文本中修改。').waitFor()
    await row('提前公示标准。').getByText('没有办成：').waitFor()
    await page.getByText('公众意见 4 条，未处理 2 条').waitFor()

    // 没有办成的还选着；接着一条一条处理，处理完一条到下一条。
    await row('提前公示标准。').getByRole('button', { name: '处理这条意见' }).click()
    await form.getByText('不采纳', { exact: true }).click()
    await form.locator('textarea').fill('已有公示制度。')
    await form.getByRole('button', { name: '记录，接着下一条' }).click()
    await row('提前公示标准。').locator('.disposed-not_adopted').waitFor()
    await row('补助太少。').locator('form[data-command="DisposeComment"]').waitFor()
    await expect.poll(() => form.locator('textarea').inputValue()).toBe('')

    // 先放着，光标回到打开它的地方；卡片上的“处理意见”把人带到等着的一条跟前，已经在这一栏也一样，再点一次也一样。
    const focused = (inside: string) => page.evaluate<boolean>(`document.activeElement.closest('${inside}') !== null`)
    for (let n = 0; n < 2; n++) {
      await form.getByRole('button', { name: '先放着' }).click()
      await expect.poll(() => focused('.comments li')).toBe(true)
      await page.evaluate('scrollTo(0, 0)')
      await page.locator('.turn-card, main').locator('.act[data-command="DisposeComment"]').first().click()
      await row('补助太少。').locator('form[data-command="DisposeComment"]').waitFor()
      await expect.poll(() => focused('form[data-command="DisposeComment"]')).toBe(true)
      await expect
        .poll(async () => {
          const at = await form.boundingBox()
          return at !== null && at.y >= 0 && at.y + at.height <= 900
        })
        .toBe(true)
    }
  })
})
