// 备案的两张台，在真实的浏览器里由各人点击办成：登记人作形式审查，逐项要求补正、制定机关逐项上传、登记须有号、文书取得走；
// 备案审查人左边看文本、报告与清单，右边逐项审查、函询、出具意见，制定机关答复、改正并重新报送，审结。
import { readFile } from 'node:fs/promises'
import { noClassification } from '@dianzhang/contract'
import { checkLayout, gbt9704, importDocx } from '@dianzhang/formats'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { county, type File } from '../model/county.ts'
import { go, openAct, openForm, picture, unfold } from '../support/browser.ts'
import {
  cell,
  choose,
  day,
  field,
  form,
  pick,
  radio,
  sound,
  staffChrome,
  submit,
  workbenchOf,
  write,
} from '../support/hands.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
const published = (title: string) =>
  build.published(c, build.today(c), {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...noClassification, ...build.urgent },
    title,
  })
const filed = async (title: string, materials: string[]): Promise<File> => {
  const document = await published(title)
  await document.do('secretariat', 'FileDocument', { track: 'government', materials })
  return document
}
/** 一份文书：文件名、其中的文字；版式合于公文格式。 */
async function letter(page: Page, label: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.filing-letter', { hasText: label }).first().click(),
  ])
  const bytes = new Uint8Array(await readFile((await download.path()) ?? ''))
  expect(await checkLayout(bytes, gbt9704), label).toEqual([])
  return { name: download.suggestedFilename(), text: JSON.stringify(await importDocx(bytes)) }
}
const stage = (page: Page, label: string) => page.locator('.stage-tag', { hasText: label }).waitFor()

describe('备案台', () => {
  const { windowOf } = workbenchOf(c)
  const open = async (username: string, title: string): Promise<Page> => {
    const page = await windowOf(username)
    await go(page, '/staff/filings')
    await page.locator('tr', { hasText: title }).locator('a[href*="/matters/"]').first().click()
    await page.getByRole('region', { name: '报送的内容' }).waitFor()
    return page
  }

  it('登记人：缺的逐项要求补正，制定机关逐项上传；登记没有号不行；回执、补正通知取得走', async () => {
    const title = '海原县农机购置补贴办法'
    await filed(title, ['正式文本'])
    const registrar = await open('registrar.county', title)
    const sent = registrar.getByRole('region', { name: '报送的内容' })
    for (const name of ['备案报告', '审查说明']) await sent.getByText(`✗ 缺 ${name}`).waitFor()
    await sent.getByText('✓ 正式文本').waitFor()
    await sound(registrar, 'filing-desk-形式审查', staffChrome)
    await openAct(registrar, 'DeferFiling')
    // 清单中缺的已经逐项填好，登记人另加一项。
    await expect
      .poll(() => field(registrar, 'DeferFiling', 'items').locator('input, textarea').first().inputValue())
      .toContain('备案报告')
    await picture(registrar, 'filing-desk-要求补正')
    await submit(registrar, 'DeferFiling')
    await stage(registrar, '暂缓登记')
    const asked = await letter(registrar, '补正通知')
    expect(asked.name).toMatch(/补正通知.*\.docx$/)
    for (const name of ['备案报告', '审查说明']) expect(asked.text).toContain(name)

    // 制定机关的备案台上是它该办的，日期与补正通知写明的相同。
    const office = await open('secretariat', title)
    await office.getByText(/以前补正：备案报告、审查说明/).waitFor()
    await openForm(office, office.locator('[data-command="Resubmit"]').first(), 'Resubmit')
    const uploads = form(office, 'Resubmit').locator('input[type="file"]')
    await expect.poll(() => uploads.count()).toBe(2)
    for (const [i, name] of ['备案报告', '审查说明'].entries())
      await uploads.nth(i).setInputFiles({
        name: `${name}.txt`,
        mimeType: 'text/plain',
        buffer: Buffer.from(`${name}：农机购置补贴办法符合规定。`),
      })
    await write(office, 'Resubmit', 'note', '已经逐项补齐。')
    await picture(office, 'filing-desk-逐项补正')
    await submit(office, 'Resubmit')

    await stage(registrar, '形式审查')
    await registrar.getByText('✓ 审查说明').first().waitFor()
    const [file] = await Promise.all([
      registrar.waitForEvent('download'),
      sent.getByRole('link', { name: '审查说明.txt' }).click(),
    ])
    expect(await readFile((await file.path()) ?? '', 'utf8')).toBe('审查说明：农机购置补贴办法符合规定。')
    // 登记须有号：号已经取好下一个，删去的指明这一栏，填上才登记。
    await openForm(registrar, registrar.locator('[data-command="RegisterFiling"]').first(), 'RegisterFiling')
    const number = field(registrar, 'RegisterFiling', 'number')
    await expect.poll(() => number.locator('input').inputValue()).toMatch(/^海备〔2026〕\d+号$/)
    const next = await number.locator('input').inputValue()
    await number.locator('input').fill('')
    await form(registrar, 'RegisterFiling').locator('button[type="submit"]').click()
    await number.locator('.field-error').waitFor()
    await number.locator('input').fill(next)
    await submit(registrar, 'RegisterFiling')
    await stage(registrar, '已登记')
    const receipt = await letter(registrar, '备案登记回执')
    expect(receipt.text).toContain(next)
    await sound(registrar, 'filing-desk-已登记', staffChrome)
  })

  it('备案审查人：左边文本、报告与清单，右边逐项审查、函询、意见；制定机关答复、改正并重新报送，审结为自行改正', async () => {
    const title = '海原县农机作业补贴办法'
    const document = await filed(title, ['备案报告', '审查说明', '正式文本'])
    const registrar = await open('registrar.county', title)
    await openForm(registrar, registrar.locator('[data-command="RegisterFiling"]').first(), 'RegisterFiling')
    await expect
      .poll(() => field(registrar, 'RegisterFiling', 'number').locator('input').inputValue())
      .toMatch(/^海备〔2026〕\d+号$/)
    await submit(registrar, 'RegisterFiling')
    await stage(registrar, '已登记')

    const reviewer = await open('filing.county', title)
    const left = reviewer.getByRole('region', { name: '报送的内容' })
    const right = reviewer.getByRole('region', { name: '审查', exact: true })
    await left.getByRole('region', { name: '报送的文本' }).getByText('第一条').first().waitFor()
    await expect
      .poll(async () => {
        const [one, two] = [await left.boundingBox(), await right.boundingBox()]
        return one !== null && two !== null && one.x + one.width <= two.x
      })
      .toBe(true)
    // 不写明看哪一部分的：等着他审查的打开即是报送与审查，其余部分各有地址；等的不是他的，打开是概况。
    const plain = new URL(reviewer.url()).pathname
    const chosen = (page: Page) => page.locator('.tabs [aria-current="page"]').innerText()
    await go(reviewer, plain)
    await left.getByRole('region', { name: '报送的文本' }).waitFor()
    await expect.poll(() => chosen(reviewer)).toBe('报送与审查')
    await reviewer.locator('.tabs').getByRole('link', { name: '概况', exact: true }).click()
    await expect.poll(() => new URL(reviewer.url()).search).toBe('?tab=overview')
    await left.waitFor({ state: 'detached' })
    await reviewer.reload()
    await expect.poll(() => chosen(reviewer)).toBe('概况')
    await reviewer.locator('.tabs').getByRole('link', { name: '报送与审查' }).click()
    await expect.poll(() => new URL(reviewer.url()).search).toBe('')
    const issuer = await windowOf('secretariat')
    await go(issuer, plain)
    await expect.poll(() => chosen(issuer)).toBe('概况')
    await openForm(reviewer, reviewer.locator('[data-command="StartReview"]').first(), 'StartReview')
    await choose(reviewer, 'StartReview', 'kind', '主动审查')
    await submit(reviewer, 'StartReview')
    // 函询没有写明期限：本地没有规定日数，说明差什么；写明以后送出。
    await openAct(reviewer, 'AskExplanation')
    await write(reviewer, 'AskExplanation', 'questions', '请说明第二条增设条件的依据。')
    await form(reviewer, 'AskExplanation').locator('button[type="submit"]').click()
    await reviewer.getByText('本地没有规定这一期限的日数').first().waitFor()
    await picture(reviewer, 'filing-desk-函询没有期限')
    await day(reviewer, 'AskExplanation', 'until', '2026-03-20')
    await submit(reviewer, 'AskExplanation')
    await stage(reviewer, '函询')
    // 办完以后轮到别人，正在看的不因此收走。
    await expect.poll(() => chosen(reviewer)).toBe('报送与审查')
    await left.waitFor()
    expect((await letter(reviewer, '函询函')).text).toContain('2026年3月20日')

    // 制定机关的备案台上，最近的一项是答复函询，期限与函中写明的相同。
    const office = await windowOf('secretariat')
    await go(office, '/staff/filings')
    await office.locator('tr', { hasText: title }).getByText('2026-03-20以前').waitFor()
    await open('secretariat', title)
    await openForm(office, office.locator('[data-command="Explain"]').first(), 'Explain')
    await write(office, 'Explain', 'text', '没有上位法依据，拟修改。')
    await submit(office, 'Explain')

    await stage(reviewer, '实质审查')
    await openForm(reviewer, reviewer.locator('[data-command="RecordCheck"]').first(), 'RecordCheck')
    await pick(reviewer, 'RecordCheck', 2, '结果', '存在问题')
    // 没有看过的不预先写“未发现问题”：不填的报不出去；其余一并填入须确认。
    const checks = form(reviewer, 'RecordCheck')
    await expect
      .poll(() =>
        checks
          .locator('.ant-select-selection-item, .ant-select-content-value')
          .filter({ hasText: '未发现问题' })
          .count(),
      )
      .toBe(0)
    await checks.locator('button[type="submit"]').click()
    await checks.locator('.field-error').first().waitFor()
    await checks.getByRole('button', { name: '其余 8 项均为“未发现问题”' }).click()
    await checks.getByText('其余 8 项都已经逐项看过').waitFor()
    await picture(reviewer, 'filing-desk-逐项审查')
    await checks.getByRole('button', { name: '是，填入' }).click()
    await submit(reviewer, 'RecordCheck')
    await right.getByText('9／9 项').waitFor()
    await unfold(reviewer.locator('details.action-group', { hasText: '少用的' }))
    await openAct(reviewer, 'IssueReviewOpinion')
    await pick(reviewer, 'IssueReviewOpinion', 1, '问题属于', '超越权限')
    await cell(reviewer, 'IssueReviewOpinion', 1, '存在的问题').locator('textarea').fill('第二条增设条件，没有依据。')
    await cell(reviewer, 'IssueReviewOpinion', 1, '依据').locator('input').fill('《优化营商环境条例》第六十四条')
    await pick(reviewer, 'IssueReviewOpinion', 1, '要求', '修改')
    await picture(reviewer, 'filing-desk-出具意见')
    await submit(reviewer, 'IssueReviewOpinion')
    await stage(reviewer, '审查意见')
    expect((await letter(reviewer, '书面审查意见')).text).toContain('第二条增设条件')
    await sound(reviewer, 'filing-desk-审查意见', staffChrome)

    await office.reload()
    await openForm(office, office.locator('[data-command="AnswerOpinion"]').first(), 'AnswerOpinion')
    await radio(office, 'AnswerOpinion', 'action', '修改')
    await write(office, 'AnswerOpinion', 'answer', '采纳，三十日内修改第二条。')
    await submit(office, 'AnswerOpinion')
    await stage(office, '改正')
    // 修改决定公布、作出变动，而没有报送：说明还差报送；报送以后才算改正。
    const amending = await published('海原县农业农村局关于修改农机作业补贴办法的决定')
    await document.refresh()
    await document.do('secretariat', 'AmendDocument', {
      on: build.today(c),
      reason: '依审查意见修改第二条。',
      byDocument: amending.id,
    })
    await openForm(office, office.locator('[data-command="ReportCorrection"]').first(), 'ReportCorrection')
    await field(office, 'ReportCorrection', 'document').locator('input').fill('关于修改农机作业补贴')
    await office.locator('.ant-select-item-option', { hasText: '关于修改农机作业补贴办法的决定' }).first().click()
    await write(office, 'ReportCorrection', 'report', '已经修改第二条。')
    await form(office, 'ReportCorrection').locator('button[type="submit"]').click()
    await office.getByText('还没有报送备案；修改、废止也须报送').first().waitFor()
    await amending.refresh()
    await amending.do('secretariat', 'FileDocument', { track: 'government', materials: ['正式文本'] })
    await submit(office, 'ReportCorrection')
    await reviewer.getByText(/已由《海原县农业农村局关于修改农机作业补贴办法的决定》.*改正并重新报送备案/).waitFor()
    await openForm(reviewer, reviewer.locator('[data-command="CloseReview"]').first(), 'CloseReview')
    await choose(reviewer, 'CloseReview', 'outcome', '制定机关自行改正')
    await submit(reviewer, 'CloseReview')
    await stage(reviewer, '审结')
    await sound(reviewer, 'filing-desk-审结', staffChrome)
    await expect
      .poll(async () => {
        const labels = await reviewer.locator('.filing-letter').allInnerTexts()
        return labels.map((each) => each.replace(/（.*/u, ''))
      })
      .toEqual(expect.arrayContaining(['备案登记回执', '函询函', '书面审查意见', '备案审查结果通知']))
  })
})
