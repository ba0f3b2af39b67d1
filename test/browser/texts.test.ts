// 文本在真实的浏览器里：导入 Word 并看损失报告、改两处、说明一处不改、比较、导出再导入；审核人就一句话提意见，起草人对照着答复。
import type { Element, StructuredText } from '@dianzhang/text'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { docxOf, paragraph, part, run } from '../../packages/formats/src/docx-import/docx.fixture.ts'
import { desktop, go, overflowOf, phone, picture, resize, violations, type Window } from '../support/browser.ts'
import { useDemo } from '../support/demo.ts'
import { selectOnwards } from './in-page.mjs'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const demo = useDemo()

const read = async <T>({ context }: Window, path: string): Promise<T> =>
  (await (await context.request.get(path)).json()) as T
async function documentCalled(window: Window, title: string): Promise<string> {
  const { items } = await read<{ items: Array<{ id: string }> }>(
    window,
    `/api/documents?q=${encodeURIComponent(title)}`,
  )
  if (!items[0]) throw new Error(`演示县没有《${title}》`)
  return items[0].id
}
/** 这一页没有重大的无障碍问题，窄屏没有横向滚动。 */
async function expectClean({ page }: Window, name: string): Promise<void> {
  await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
  const found = await violations(page, [], { runOnly: ['wcag2a', 'wcag2aa'] })
  const serious = found.filter((each) => /^(serious|critical)/.test(each)).map((each) => `${name}：${each}`)
  expect(serious).toEqual([])
  await picture(page, `texts-${name}-宽`)
  await resize(page, phone)
  const over = await overflowOf(page)
  await picture(page, `texts-${name}-窄`)
  await resize(page, desktop)
  expect(`${name}横向多出 ${over} 像素`).toBe(`${name}横向多出 0 像素`)
}
const form = (page: Page, command: string) => page.locator(`form[data-command="${command}"]`)
const card = (page: Page, finding: string) =>
  page.locator(`.reading-margin [data-finding="${finding}"]:not([data-waived])`)

interface Tree {
  level: string
  id: string
  words: string
  children: Tree[]
}
const treeOf = (list: readonly Element[]): Tree[] =>
  list.map((element) => ({
    level: element.level,
    id: element.id,
    words: [element.number, element.heading, element.text, JSON.stringify(element.rows ?? [])].join('|'),
    children: treeOf(element.children),
  }))
const structureOf = async (window: Window, id: string, n: number) =>
  (await read<{ structure: StructuredText }>(window, `/api/documents/${id}/versions/${n}/structure`)).structure

/** 一份带修订和批注的 Word 文件：保证金、罚款两处会被问到。 */
async function markedUpFile(): Promise<Buffer> {
  const attributes = 'w:author="审核人" w:date="2026-11-10T09:00:00Z"'
  const inserted = `<w:ins w:id="1" ${attributes}>${run('按照规定')}</w:ins>`
  const deleted = `<w:del w:id="2" ${attributes}><w:r><w:delText>、每只羊十元</w:delText></w:r></w:del>`
  const body = [
    '海原县畜禽粪污资源化利用管理办法',
    '第一章　总则',
    '第一条　为防治畜禽养殖污染，根据《中华人民共和国畜牧法》《示范区畜禽养殖管理办法》等规定，结合本县实际，制定本办法。',
    '第二条　本县行政区域内畜禽粪污的收集、贮存、处理和利用，适用本办法。',
    `${run('第三条　养殖场应当')}${inserted}${run('缴纳粪污处理保证金，每头牛五十元')}${deleted}${run('。')}<w:r><w:commentReference w:id="7"/></w:r>`,
    '第二章　责任与附则',
    '第四条　违反本办法规定的，处五百元以上五千元以下罚款。',
    '第五条　贮存设施应当符合下列要求：',
    '（一）防渗、防雨、防溢流；',
    '（二）设置安全警示标志。',
    '第六条　本办法由县农业农村局负责解释。',
    '第七条　本办法自2027年1月1日起施行，有效期五年。',
  ]
  const comment = `<w:comment w:id="7" w:author="法律顾问" w:date="2026-11-11T09:00:00Z">${paragraph('保证金有依据吗？')}</w:comment>`
  return Buffer.from(
    await docxOf(body.map((each) => paragraph(each)).join(''), { 'comments.xml': part('comments', comment) }),
  )
}

describe('文本', () => {
  it('起草人导入 Word、看损失报告、改两处、说明一处不改、比较两版，导出的 Word 再导入结构不变', async () => {
    const window = await demo.open('drafter')
    const { page, context, faults } = window
    const id = await documentCalled(window, '畜禽粪污资源化利用管理办法')
    await page.goto(`/staff/documents/${id}?tab=texts#第九条`)
    await page.locator('.t-article.here', { hasText: '第九条' }).waitFor()
    await expectClean(window, '阅读')
    const before = (await read<unknown[]>(window, `/api/documents/${id}/versions`)).length

    // 不是 Word 文件：说清楚，什么也没有采用。
    await page.getByTestId('import').click()
    const choose = page.getByLabel('选择 .docx 文件')
    await choose.setInputFiles({ name: '办法.docx', mimeType: docx, buffer: Buffer.from('%PDF-1.7\n%%EOF\n') })
    await page.getByTestId('import-refused').getByText('PDF').waitFor()
    await choose.setInputFiles({ name: '空白.docx', mimeType: docx, buffer: Buffer.from(await docxOf(paragraph(''))) })
    await page.getByTestId('import-empty').getByText('没有可以导入的文字').waitFor()

    // 修订和批注逐条列出；确认之前不能存。
    await choose.setInputFiles({ name: '办法.docx', mimeType: docx, buffer: await markedUpFile() })
    const loss = page.getByTestId('loss')
    await loss.getByText('丢失的文字').waitFor()
    await expect.poll(() => loss.locator('[data-loss="insertion"]').innerText()).toContain('按照规定')
    await expect.poll(() => loss.locator('[data-loss="comment"]').innerText()).toContain('保证金有依据吗？')
    const save = page.getByRole('button', { name: '作为新版保存' })
    await expectClean(window, '导入')
    await picture(page, 'texts-损失报告')
    await expect.poll(() => save.isDisabled()).toBe(true)
    // 修订照 Word 里的样子；全部接受、全部拒绝都不再是丢失，换来换去重读同一份文件。
    const changes = page.getByTestId('revisions')
    await expect.poll(() => changes.locator('ins').innerText()).toBe('按照规定')
    await expect.poll(() => changes.locator('del').innerText()).toBe('、每只羊十元')
    await changes.getByText('全部接受').click()
    await page.getByLabel('正文预览').getByText('养殖场应当按照规定缴纳粪污处理保证金，每头牛五十元。').waitFor()
    await expect.poll(() => loss.getByText('丢失的文字').count()).toBe(0)
    await expect.poll(() => loss.locator('[data-loss="deletion"]').innerText()).toContain('已接受')
    await expect.poll(() => save.isDisabled()).toBe(false)
    // 逐处：接受插入的，拒绝删去的。
    await changes.getByText('还没有决定', { exact: true }).click()
    await loss.getByText('丢失的文字').waitFor()
    await changes.locator('[data-change="1"]').getByText('接受').click()
    await changes.locator('[data-change="2"]').getByText('拒绝').click()
    await changes.getByRole('button', { name: /按所选重读/ }).click()
    await page.getByTestId('revisions-said').getByText('已接受 1 处，已拒绝 1 处').waitFor()
    await expect.poll(() => loss.getByText('丢失的文字').count()).toBe(0)
    await picture(page, 'texts-逐处修订')
    await changes.getByText('还没有决定', { exact: true }).click()
    await loss.getByText('丢失的文字').waitFor()
    await page.getByRole('checkbox', { name: /我已看过损失报告/ }).check()
    await save.click()
    const imported = before + 1
    await page.getByText(`已存为第${imported}版文本`).waitFor()
    await card(page, 'L07').waitFor()
    await expect.poll(() => card(page, 'L03').count()).toBe(1)
    const versions = await read<Array<{ n: number; attachments: Array<{ name: string }> }>>(
      window,
      `/api/documents/${id}/versions`,
    )
    expect(versions.at(-1)?.attachments.map((file) => file.name)).toContain('办法.docx')

    // 点一条到正文；在编辑器里由页边的提示去修改两处，依据一处说明理由。
    await card(page, 'L03').locator('.card-head').click()
    await page.locator('mark.here', { hasText: '罚款' }).waitFor()
    await page.getByRole('link', { name: '编辑', exact: true }).click()
    const asked = (finding: string) => page.locator(`.edit-note[data-finding="${finding}"]`)
    const goAndMend = async (finding: string, words: string): Promise<void> => {
      await asked(finding).locator('.edit-note-head').click()
      await asked(finding).getByRole('button', { name: '去修改' }).click()
      await page.keyboard.insertText(words)
      await asked(finding).waitFor({ state: 'detached' })
    }
    await goAndMend('L07', '定期清理，并按照规定填报')
    await goAndMend('L03', '由有关部门依照法律、法规的规定处理')
    await asked('C02').first().locator('.edit-note-head').click()
    await asked('C02').getByRole('button', { name: '不改并说明理由' }).click()
    await page.getByLabel(/不改的理由/).fill('自治区已经通过，尚未收录。')
    await page.getByRole('button', { name: '记下理由' }).click()
    await page.getByRole('button', { name: '保存为新版' }).click()
    await form(page, 'SaveDraft').getByRole('button', { name: '保存为新版' }).click()
    await page.waitForURL(/tab=texts/)
    const fixed = imported + 1
    await page.locator('.waived summary').click()
    await page.locator('.waived').getByText('自治区已经通过，尚未收录。').waitFor()
    await expect.poll(() => card(page, 'L07').count()).toBe(0)

    // 比较：花脸稿与对照表。
    await page.getByRole('button', { name: '花脸稿' }).click()
    await page.locator('.redline del', { hasText: '罚款' }).first().waitFor()
    // 花脸稿刚画出时还没有听着键盘。
    await expect
      .poll(async () => {
        await page.keyboard.press('n')
        return page.locator('.redline .here').count()
      })
      .toBeGreaterThan(0)
    await expectClean(window, '花脸稿')
    await page.getByRole('button', { name: '修改对照表' }).click()
    await page.locator('.compare-table tr', { hasText: '五百元以上' }).first().waitFor()
    await expect.poll(() => page.locator('.compare-table tbody tr').count()).toBe(2)
    await expectClean(window, '修改对照表')
    const table = await context.request.get(`/api/documents/${id}/diff/table.docx?from=${imported}&to=${fixed}`)
    expect(table.status()).toBe(200)

    // 导出再导入：没有丢失，结构相同。
    const exported = await context.request.get(`/api/documents/${id}/versions/${fixed}/export/docx`)
    expect(exported.status()).toBe(200)
    await page.getByTestId('import').click()
    await choose.setInputFiles({ name: '导出.docx', mimeType: docx, buffer: await exported.body() })
    await save.click()
    await page.getByText(`已存为第${fixed + 1}版文本`).waitFor()
    const [a, b] = await Promise.all([structureOf(window, id, fixed), structureOf(window, id, fixed + 1)])
    expect(treeOf(b.body)).toEqual(treeOf(a.body))
    expect([b.title, b.signature, b.attachments.length]).toEqual([a.title, a.signature, a.attachments.length])
    await go(page, `/staff/documents/${id}?tab=texts&from=${fixed}&to=${fixed + 1}`)
    await page.locator('.comparison-head').getByText('没有变化').waitFor()

    // 不用编辑器，在表单里直接改：边改边问，改好了不再问，说明了理由的随新版保存。
    // 各版的清单来得迟，上一版的附件也要随着新版。
    await page.route(`**/api/documents/${id}/versions`, async (route) => {
      await new Promise((done) => setTimeout(done, 20_000))
      await route.continue()
    })
    await page.goto(`/staff/documents/${id}?do=SaveDraft`)
    const plain = form(page, 'SaveDraft')
    const body = plain.locator('[data-field="body"] textarea')
    const panel = plain.locator('.findings-panel')
    await panel.locator('.waived').waitFor()
    const kept = (await body.inputValue()).replace('定期清理', '定期清理，每户缴纳清理保证金一百元')
    await body.fill(kept)
    const deposit = panel.locator('[data-finding="L07"]')
    await deposit.waitFor()
    await body.fill(kept.replace('缴纳清理保证金一百元', '承担清理责任'))
    await deposit.waitFor({ state: 'detached' })
    await body.fill(kept)
    await deposit.getByRole('button', { name: '不改，说明理由' }).click()
    await deposit.getByLabel('不改的理由').fill('依照县收费目录清单。')
    await plain.locator('button[type="submit"]').click()
    await plain.waitFor({ state: 'detached' })
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    const all = await read<Array<{ attachments: Array<{ name: string }> }>>(window, `/api/documents/${id}/versions`)
    expect(all.at(-1)?.attachments).toEqual(all.at(-2)?.attachments)
    expect(all.at(-1)?.attachments.length).toBeGreaterThan(0)
    // 须审核人确认的，起草人说明了也还在列，理由随之送审。
    const findings = await read<{ open: Array<{ id: string; explained?: string }> }>(
      window,
      `/api/documents/${id}/versions/${fixed + 2}/findings`,
    )
    expect(findings.open.find((each) => each.id === 'L07')?.explained).toBe('依照县收费目录清单。')
    expect(faults).toEqual([])
    await context.close()
  })

  it('审核人选中一句提意见，把一条提示列为意见，同意一条不改；起草人看到意见就在原处', async () => {
    const reviewer = await demo.open('reviewer')
    const { page, context, faults } = reviewer
    const id = await documentCalled(reviewer, '普通住宅物业服务收费管理细则')
    const moved = await context.request.post('/api/demo/clock', { data: { now: '2026-11-25T09:00:00+08:00' } })
    expect(moved.status()).toBe(200)
    await page.goto(`/staff/documents/${id}?tab=review&view=package`)
    await page.locator('.reading-margin [data-finding]').first().waitFor()
    await page.locator('.texts-tools a', { hasText: '出具合法性审核意见' }).click()
    const issuing = form(page, 'IssueOpinion')
    const sentence = page.locator('.opinion-text .t-article p', { hasText: '第三条' })
    await sentence.waitFor()
    const pick = page.getByRole('button', { name: '就这句提意见' })
    // 原文刚画出时还没有听着选中了什么。
    await expect
      .poll(async () => {
        if (!(await pick.isVisible())) await sentence.evaluate(selectOnwards)
        return pick.isVisible()
      })
      .toBe(true)
    await pick.click()
    const first = issuing.locator('[data-point="1"]')
    const quote = (await first.locator('blockquote').innerText()).trim()
    expect(quote.split('\n').map((line) => line.length > 5)).toEqual([true, true])
    await first.getByLabel('意见1内容').fill('表述与上位法不一致，请按上位法改写。')
    const findings = issuing.locator('[data-finding]')
    await findings.nth(0).getByRole('button', { name: '列为意见' }).click()
    await findings
      .nth(1)
      .getByRole('button', { name: /同意不改/ })
      .click()
    await findings.nth(1).getByLabel('同意不改的理由').fill('已核对，现行有效。')
    await expectClean(reviewer, '出具审核意见')
    await issuing.getByRole('button', { name: '出具合法性审核意见' }).click()
    await page.getByText(/出具合法性审核意见：已办理/).waitFor()
    const { review } = await read<{
      review: { opinion: { outcome: string; points: Array<{ element?: string; quote?: string }> } }
    }>(reviewer, `/api/documents/${id}`)
    expect(review.opinion.outcome).toBe('revise')
    expect(review.opinion.points).toHaveLength(2)
    expect(review.opinion.points[0]?.quote).toBe(quote)
    const { waived } = await read<{ waived: Array<{ waiver: { by: string; reason: string } }> }>(
      reviewer,
      `/api/documents/${id}/versions/1/findings`,
    )
    expect(waived.map(({ waiver }) => [waiver.by, waiver.reason])).toContainEqual(['reviewer', '已核对，现行有效。'])
    expect(faults).toEqual([])
    await context.close()

    const drafter = await demo.open('drafter.housing')
    await drafter.page.goto(`/staff/documents/${id}?tab=texts&side=anchors`)
    const anchored = drafter.page.locator('.card-item[data-state="exact"]', { hasText: '请按上位法改写' })
    await anchored.getByText('原处').waitFor()
    await anchored.locator('.card-head').click()
    await drafter.page.locator('mark.here').nth(1).waitFor()
    await go(drafter.page, `/staff/documents/${id}?tab=review&do=AnswerPoint&on=1`)
    await drafter.page.locator('.point-place-now').getByText(quote.slice(0, 8)).waitFor()
    // 逐条答复，一条记下即到下一条；到了最后一条，没有下一条可去。
    const answering = drafter.page.locator('form[data-command="AnswerPoint"]')
    const next = answering.getByRole('button', { name: '答复，看下一条' })
    for (const last of [false, true]) {
      await answering.locator('[data-field="answer"]').getByText('不采纳', { exact: true }).click()
      await answering.locator('[data-field="reason"] textarea').fill('上位法已有明确规定。')
      await expect.poll(() => next.count()).toBe(last ? 0 : 1)
      if (last) await answering.getByRole('button', { name: '答复审核意见', exact: true }).click()
      else {
        await next.click()
        await drafter.page.waitForURL(/[?&]on=(?:%22)?2/)
      }
    }
    await answering.waitFor({ state: 'detached' })
    const answered = await read<{ review: { opinion: { points: Array<{ answer: { kind: string } | null }> } } }>(
      drafter,
      `/api/documents/${id}`,
    )
    expect(answered.review.opinion.points.map((point) => point.answer?.kind)).toEqual(['not_adopted', 'not_adopted'])
    expect(drafter.faults).toEqual([])
    await drafter.context.close()
  })
})
